import { useState } from 'react';
import { useParams } from 'wouter';
import { compareVietnamese } from '#kernel/fold.ts';
import type { ReplyOf } from '#kernel/contract.ts';
import { day, number, percent } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { getDrive, type DriveAreaRow, type DriveCount } from '../schema.ts';
import { CountDialog } from './drive-dialogs.tsx';
import { drivePath, monthName, nameOf } from './words.ts';

type View = ReplyOf<typeof getDrive>;
type Own = NonNullable<View['own']>;
const millions = (amount: number): string => t('prevention.million', { amount: number(amount / 1_000_000, 1) });

/** One campaign: its words, its reach by channel, and the areas it has reached least first. */
export default function DriveScreen() {
  const { province = '', drive = '' } = useParams<{ province: string; drive: string }>();
  const scope = useScope();
  const view = useQuery(getDrive, { params: { province, drive }, query: { ...(scope.province === undefined ? {} : { scope: scope.province }), ...(scope.commune === undefined ? {} : { commune: scope.commune }) } });
  usePageTitle(view.value === undefined ? undefined : nameOf(view.value.drive));
  return (
    <RemoteView of={view} lines={10}>{(value) => (
      <>
        <PageHead title={nameOf(value.drive)} say={`${day(value.drive.startsOn)} – ${day(value.drive.endsOn)}`} crumbs={[{ label: t('prevention.title'), to: '/phong-ngua' }, { label: t('prevention.drives'), to: '/phong-ngua?xem=truyen-thong' }, { label: nameOf(value.drive) }]} tools={<CopyLink />} />
        <StatStrip stats={[
          { label: t('prevention.people-reached'), value: number(value.totals.reached), note: t('prevention.attendances') }, { label: t('prevention.activities'), value: number(value.totals.activities) },
          { label: t('prevention.communes'), value: number(value.totals.communes), note: t('prevention.of-all', { count: number(value.rows.reduce((sum, row) => sum + row.allCommunes, 0)) }) }, { label: t('prevention.cost'), value: millions(value.totals.costVnd) },
        ]} />
        <div className="cols">
          <div className="stack">{value.own !== null && <OwnCard value={value} own={value.own} onDone={view.reload} />}<Areas value={value} /></div>
          <div className="stack">
            <Card title={t('prevention.message')}><blockquote className="doc">{language() === 'en' ? value.drive.messageEn : value.drive.messageVi}</blockquote></Card>
            <Card title={t('prevention.channels')} flush><Table caption={t('prevention.channels')} hideCaption rows={value.channels} rowKey={(row) => row.channel} empty={<p className="body muted">{t('prevention.nothing-held')}</p>} columns={[
              { key: 'channel', header: t('prevention.channel'), rowHeader: true, cell: (row) => sayKey(`prevention.channel.${row.channel}`) }, { key: 'activities', header: t('prevention.activities'), numeric: true, cell: (row) => number(row.activities) },
              { key: 'reached', header: t('prevention.people-reached'), numeric: true, cell: (row) => number(row.reached) }, { key: 'cost', header: t('prevention.cost'), numeric: true, cell: (row) => millions(row.costVnd) },
            ]} /></Card>
          </div>
        </div>
      </>
    )}</RemoteView>
  );
}

function Areas({ value }: { readonly value: View }) {
  if (value.rows.length <= 1) return null;
  const columns: readonly Column<DriveAreaRow>[] = [
    { key: 'name', header: t(value.by === 'province' ? 'prevention.province' : 'prevention.commune'), rowHeader: true, compare: (a, b) => compareVietnamese(a.nameVi, b.nameVi), cell: (row) => <A to={withQuery(drivePath(value.drive), { 'pham-vi': value.by === 'province' ? row.code : `${row.province}-${row.code}` })}>{row.nameVi}</A> },
    ...(value.by === 'province' ? [{ key: 'share', header: t('prevention.communes'), numeric: true, compare: (a: DriveAreaRow, b: DriveAreaRow) => a.communes / a.allCommunes - b.communes / b.allCommunes, cell: (row: DriveAreaRow) => `${number(row.communes)} / ${number(row.allCommunes)} (${percent(row.communes / row.allCommunes, 0)})` }] : []),
    { key: 'activities', header: t('prevention.activities'), numeric: true, compare: (a, b) => a.activities - b.activities, cell: (row) => number(row.activities) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, compare: (a, b) => a.reached - b.reached, cell: (row) => number(row.reached) },
    { key: 'cost', header: t('prevention.cost'), numeric: true, compare: (a, b) => a.costVnd - b.costVnd, cell: (row) => millions(row.costVnd) },
  ];
  return <Card title={t('prevention.by-area', { count: number(value.rows.length) })} say={t('prevention.least-first')} flush><Table caption={t('prevention.least-first')} hideCaption columns={columns} rows={value.rows} rowKey={(row) => row.code} /></Card>;
}

function OwnCard({ value, own, onDone }: { readonly value: View; readonly own: Own; readonly onDone: () => void }) {
  const [editing, setEditing] = useState<{ readonly held?: DriveCount }>();
  const columns: readonly Column<DriveCount>[] = [
    { key: 'month', header: t('prevention.month'), rowHeader: true, cell: (row) => <>{monthName(row.month)}<small>{sayKey(`prevention.channel.${row.channel}`)}</small></> }, { key: 'activities', header: t('prevention.activities'), numeric: true, cell: (row) => number(row.activities) },
    { key: 'reached', header: t('prevention.people-reached'), numeric: true, cell: (row) => number(row.reached) }, { key: 'cost', header: t('prevention.cost'), numeric: true, cell: (row) => millions(row.costVnd) },
    ...(own.mayRecord ? [{ key: 'do', header: <span className="vh">{t('prevention.put-right')}</span>, label: '', cell: (row: DriveCount) => <Button size="small" icon="edit" onClick={() => setEditing({ held: row })}>{t('prevention.put-right')}<span className="vh">: {monthName(row.month)}</span></Button> }] : []),
  ];
  return (
    <Card title={own.nameVi} flush tools={own.mayRecord && <Button size="small" look="primary" icon="plus" onClick={() => setEditing({})}>{t('prevention.record')}</Button>}>
      <Table caption={t('prevention.own-months', { commune: own.nameVi })} hideCaption columns={columns} rows={own.counts} rowKey={(row) => `${row.month} ${row.channel}`} empty={<p className="body muted">{t('prevention.nothing-held')}</p>} />
      {editing !== undefined && <CountDialog drive={value.drive} own={own} held={editing.held} onClose={() => setEditing(undefined)} onDone={() => { setEditing(undefined); onDone(); }} />}
    </Card>
  );
}
