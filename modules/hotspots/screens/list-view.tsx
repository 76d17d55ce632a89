import { useState } from 'react';
import { useLocation } from 'wouter';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { boardColumns, listPlaces, type Narrowing, type PlaceRow, sorts, states, type State } from '../schema.ts';
import { placePath } from './addresses.ts';
import { CheckBar } from './place-card.tsx';
import type { Units } from './units.ts';
import { capital, saySource, sayState, stateKinds, titleOf } from './words.ts';

/** The same places as rows, page by page: thousands are never sent at once. */
export function ListView({ narrowing, units }: { readonly narrowing: Narrowing; readonly units: Units | undefined }) {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const code = query.get('ma') ?? '';
  const [typed, setTyped] = useState(code);
  const state = states.find((one) => one === query.get('trang-thai'));
  const column = state === undefined ? boardColumns.find((one) => one === query.get('cot')) : undefined;
  const sort = sorts.find((one) => one === query.get('sap')) ?? 'urgency';
  const page = Math.max(1, Number(query.get('trang') ?? '1') || 1);
  const found = useQuery(listPlaces, { query: { ...narrowing, sort, page, ...(state === undefined ? {} : { state }), ...(column === undefined ? {} : { column }), ...(code === '' ? {} : { code }) } });
  return (
    <Card title={t('hotspots.list')} flush>
      <form className="row body noprint hs-find" onSubmit={(event) => { event.preventDefault(); setQuery({ ma: typed.replace(/[^ĐđDdNn0-9A-Za-z-]/g, ''), trang: undefined }); }}>
        <TextInput label={t('hotspots.code')} hint={t('hotspots.code-hint')} width="mid" value={typed} onText={setTyped} />
        <Select label={t('hotspots.state')} value={state ?? ''} onChoose={(next) => setQuery({ 'trang-thai': next, cot: undefined, trang: undefined })} choices={[{ value: '', label: t('hotspots.all-states') }, ...states.map((value: State) => ({ value, label: sayState(value) }))]} />
        <Select label={t('hotspots.sort')} value={sort} onChoose={(next) => setQuery({ sap: next === 'urgency' ? undefined : next, trang: undefined })} choices={sorts.map((value) => ({ value, label: sayKey(`hotspots.sort-${value}`) }))} />
        <Button type="submit" icon="search">{t('hotspots.find')}</Button>
      </form>
      <RemoteView of={found} lines={10} isEmpty={(value) => value.total === 0} empty={<EmptyState icon="pin" title={t('hotspots.none-found')} />}>
        {(value) => (
          <>
            <Table caption={t('hotspots.list-caption', { total: number(value.total) })} rows={value.rows} rowKey={(row) => row.id} onOpen={(row) => navigate(placePath(row))} columns={columns(units)} />
            <Pagination page={value.page} pages={Math.max(1, Math.ceil(value.total / value.pageSize))} total={value.total} onPage={(next) => setQuery({ trang: next })} />
          </>
        )}
      </RemoteView>
    </Card>
  );
}

const columns = (units: Units | undefined) => [
  { key: 'code', header: t('hotspots.code'), rowHeader: true, className: 'nowrap', cell: (row: PlaceRow) => <A to={placePath(row)}>{row.code}</A> },
  { key: 'what', header: t('hotspots.what'), cell: (row: PlaceRow) => <>{capital(titleOf(row))}<br /><small className="muted">{saySource(row.source)}</small></> },
  { key: 'commune', header: t('hotspots.commune'), cell: (row: PlaceRow) => units?.nameOf(row.commune) ?? row.commune },
  { key: 'state', header: t('hotspots.state'), cell: (row: PlaceRow) => <><StatusBadge kind={stateKinds[row.state]} bare>{sayState(row.state)}</StatusBadge>{row.checks.length > 0 && <><br /><CheckBar checks={row.checks} /></>}</> },
  { key: 'found', header: t('hotspots.found-on'), cell: (row: PlaceRow) => day(row.foundOn) },
  { key: 'days', header: t('hotspots.days-in-state'), numeric: true, cell: (row: PlaceRow) => number(row.daysInState) },
  { key: 'due', header: t('hotspots.due'), cell: (row: PlaceRow) => (row.overdueDays > 0 ? <span className="c-bad b">{t('hotspots.overdue-by', { count: row.overdueDays })}</span> : row.dueOn === null ? '–' : day(row.dueOn)) },
  { key: 'again', header: t('hotspots.recurrences'), numeric: true, cell: (row: PlaceRow) => number(row.recurrences) },
];
