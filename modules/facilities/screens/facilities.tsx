import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Badge, StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { type FacilityRow, type FacilityTotals, listFacilities } from '../schema.ts';
import './facilities.css';
import { OccupancyBar } from './occupancy-bar.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import { facilityName, facilityPath, keyOf, occupancyKind, sayOccupancy } from './words.ts';

const filters = ['', 'over-full', 'behind', 'overdue'] as const;
const owners = ['', 'public', 'private'] as const;
const oneOf = <V extends string>(list: readonly V[], text: string | null): V | undefined => list.find((one) => one === text);

/** The register: every facility the reader may see, the fullest and the late ones one press away. */
export default function FacilitiesScreen() {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const [entering, setEntering] = useState(false);
  const { province } = useScope();
  const may = useMay();
  const only = oneOf(filters, query.get('loc')) ?? '';
  const ownership = oneOf(owners, query.get('loai')) ?? '';
  const list = useQuery(listFacilities, { query: { ...(province === undefined ? {} : { province }), ...(only === '' ? {} : { only }), ...(ownership === '' ? {} : { ownership }) } });
  const clear = <Button onClick={() => setQuery({ loc: undefined, loai: undefined })}>{t('facilities.clear-filter')}</Button>;
  return (
    <>
      <PageHead title={t('facilities.title')} say={t('facilities.say')} tools={
        <><CopyLink />{may('facilities.forecast') && <LinkButton to="/co-so/du-bao" icon="chart">{t('facilities.forecast')}</LinkButton>}{may('facilities.register') && <Button icon="plus" onClick={() => setEntering(true)}>{t('facilities.enter')}</Button>}</>} />
      <div className="stack">
        <RemoteView of={list}>{(value) => (
          <>
            <Totals totals={value.totals} asOf={value.asOf} />
            <Card flush>
              <div className="body row between">
                <FilterChips label={t('facilities.filter')} value={only} onChoose={(next) => setQuery({ loc: next === '' ? undefined : next })} choices={filters.map((one) => ({ value: one, label: t(one === '' ? 'facilities.all' : `facilities.only-${one}`) }))} />
                <FilterChips label={t('facilities.ownership')} value={ownership} onChoose={(next) => setQuery({ loai: next === '' ? undefined : next })} choices={owners.map((one) => ({ value: one, label: t(one === '' ? 'facilities.both' : `facilities.${one}`) }))} />
              </div>
              <Table caption={t('facilities.title')} hideCaption columns={columns()} rows={value.rows} rowKey={(row) => `${row.province}/${row.code}`} onOpen={(row) => navigate(facilityPath(keyOf(row)))}
                empty={only !== '' || ownership !== '' ? <EmptyState title={t('facilities.none-so')} icon="search" action={clear} /> : <EmptyState title={t('facilities.none')} icon="home">{t('facilities.none-say')}</EmptyState>} />
            </Card>
          </>
        )}</RemoteView>
      </div>
      {entering && <RegisterDialog province={province} onClose={() => setEntering(false)} onDone={(key) => { setEntering(false); navigate(facilityPath(key)); }} />}
    </>
  );
}

const Totals = ({ totals, asOf }: { readonly totals: FacilityTotals; readonly asOf: string }) => (
  <StatStrip stats={[
    { label: t('facilities.facilities'), value: number(totals.facilities), note: t('facilities.of-them-public', { count: totals.publicOnes }) },
    { label: t('facilities.there'), value: number(totals.there), note: t('facilities.as-of', { day: day(asOf) }) },
    { label: t('facilities.places'), value: number(totals.places), note: t('facilities.by-norm', { count: number(totals.normPlaces) }) },
    { label: t('facilities.over-full'), value: number(totals.overFull), ...(totals.overFull > 0 ? { tone: 'bad' as const } : {}), note: t('facilities.over-full-say') },
    { label: t('facilities.overdue'), value: number(totals.overdueMatters), ...(totals.overdueMatters > 0 ? { tone: 'bad' as const } : {}), note: t('facilities.behind-count', { count: totals.behind }) },
  ]} />
);

const columns = (): Column<FacilityRow>[] => [
  { key: 'name', header: t('facilities.facility'), rowHeader: true, cell: (row) => <><A to={facilityPath(keyOf(row))}>{facilityName(row)}</A><small>{[row.code, t(`facilities.${row.ownership}`), row.closedOn === null ? null : t('facilities.closed-on', { day: day(row.closedOn) })].filter((part) => part !== null).join(' · ')}</small></> },
  { key: 'there', header: t('facilities.there'), numeric: true, compare: (a, b) => thereOf(a) - thereOf(b), cell: (row) => (row.standing === null ? '–' : number(thereOf(row))) },
  { key: 'places', header: t('facilities.places'), numeric: true, compare: (a, b) => a.places - b.places, cell: (row) => number(row.places) },
  { key: 'occupancy', header: t('facilities.occupancy'), compare: (a, b) => (a.standing?.occupancy ?? -1) - (b.standing?.occupancy ?? -1), cell: (row) => <><StatusBadge kind={occupancyKind(row.standing?.occupancy)} bare>{sayOccupancy(row.standing?.occupancy)}</StatusBadge><OccupancyBar ratio={row.standing?.occupancy ?? null} /></> },
  { key: 'day', header: t('facilities.last-day'), compare: (a, b) => (a.standing?.day ?? '').localeCompare(b.standing?.day ?? ''), cell: (row) => <>{row.standing === null ? '–' : day(row.standing.day)}{row.daysMissing > 0 && <small className="c-bad">{t('facilities.days-missing', { count: row.daysMissing })}</small>}</> },
  { key: 'matters', header: t('facilities.open-matters'), numeric: true, compare: (a, b) => a.overdueMatters - b.overdueMatters, cell: (row) => <>{number(row.openMatters)}{row.overdueMatters > 0 && <> <Badge hot>{t('facilities.overdue-short', { count: row.overdueMatters })}</Badge></>}</> },
  { key: 'findings', header: t('facilities.open-findings'), numeric: true, compare: (a, b) => a.openFindings - b.openFindings, cell: (row) => number(row.openFindings) },
  { key: 'inspected', header: t('facilities.last-inspected'), compare: (a, b) => (a.lastExternalOn ?? '').localeCompare(b.lastExternalOn ?? ''), cell: (row) => (row.lastExternalOn === null ? t('facilities.never') : day(row.lastExternalOn)) },
];
const thereOf = (row: FacilityRow): number => (row.standing === null ? -1 : row.standing.voluntary + row.standing.compulsory);
