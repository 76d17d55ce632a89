import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { clock, day, moment, number } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { type Column, Table } from '#web/kit/table.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { type AcceptanceRow, type Act, listAcceptances } from '../schema.ts';
import './entry.css';
import { AcceptanceDrawer, sayVerdict } from './acceptance-drawer.tsx';
import { useReturnsFeed } from './follow.ts';
import { periodName, say } from './words.ts';

type Answer = ReplyOf<typeof listAcceptances>;

/** The ministry's table: a line a province, taken as a whole, in part, or given back; what moved since stands beside it. */
export default function AcceptanceScreen() {
  const [query, setQuery] = useQueryState();
  const [period, dataSet, province] = [query.get('ky') ?? undefined, query.get('bieu') ?? undefined, query.get('tinh') ?? undefined];
  const list = useQuery(listAcceptances, { query: { ...(period === undefined ? {} : { period }), ...(dataSet === undefined ? {} : { dataSet }) } });
  const value = list.value;
  const changedAt = useReturnsFeed({ ...(value?.period == null ? {} : { periods: [value.period] }), reload: list.reload, hold: province !== undefined });
  const total = (of: (row: AcceptanceRow) => number): number => value?.rows.reduce((sum, row) => sum + of(row), 0) ?? 0;
  return (
    <>
      <PageHead title={t('returns.acceptance-title')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: t('returns.queue'), to: '/bao-cao/duyet?buoc=ministry' }, { label: t('returns.acceptance') }]}
        say={<>{value?.period != null && t('returns.acceptance-say', { waiting: number(total((row) => row.waiting)), accepted: number(total((row) => row.accepted)), expected: number(total((row) => row.expected)) })}{changedAt !== undefined && <span role="status"> {t('returns.just-updated', { at: clock(changedAt) })}</span>}</>} />
      <div className="stack">
        {value !== undefined && value.periods.length > 0 && (
          <div className="row">
            <Select id="ky-nghiem-thu" label={t('returns.period')} value={value.period ?? ''} choices={value.periods.map((one) => ({ value: one, label: periodName(one) }))} onChoose={(one) => setQuery({ ky: one, tinh: undefined })} />
            {value.dataSets.length > 1 && <Select id="bieu-nghiem-thu" label={t('returns.acceptance-form')} value={value.dataSet ?? ''} choices={value.dataSets.map((one) => ({ value: one.id, label: say(one.name) }))} onChoose={(one) => setQuery({ bieu: one, ky: undefined, tinh: undefined })} />}
          </div>
        )}
        <RemoteView of={list} isEmpty={({ rows }) => rows.length === 0} empty={<Card title={t('returns.acceptance')}><EmptyState icon="ok" title={t('returns.acceptance-none')} action={<LinkButton to="/bao-cao/duyet" query={{ buoc: 'ministry' }}>{t('returns.queue')}</LinkButton>}>{t('returns.acceptance-none-say')}</EmptyState></Card>}>
          {(found) => <Provinces found={found} onOpen={(code) => setQuery({ tinh: code })} />}
        </RemoteView>
      </div>
      {value?.period != null && value.dataSet !== null && province !== undefined && (
        <AcceptanceDrawer province={province} period={value.period} dataSet={value.dataSet} onClose={() => setQuery({ tinh: undefined })} onDone={list.reload} />
      )}
    </>
  );
}

function Provinces({ found, onOpen }: { readonly found: Answer; readonly onOpen: (province: string) => void }) {
  const [onlyWaiting, setOnlyWaiting] = useState(false);
  const rows = onlyWaiting ? found.rows.filter((row) => row.waiting > 0) : found.rows;
  /** @param side left out on phones, where a line is a card */
  const count = (key: string, header: string, of: (row: AcceptanceRow) => number, side = false): Column<AcceptanceRow> => ({ key, header, numeric: true, ...(side ? { className: 'hide-s' } : {}), compare: (a, b) => of(a) - of(b), cell: (row) => number(of(row)) });
  const columns: Column<AcceptanceRow>[] = [
    { key: 'unit', header: t('returns.province'), compare: (a, b) => named(a.unit).localeCompare(named(b.unit)), cell: (row) => named(row.unit) },
    { key: 'received', header: t('returns.acceptance-received'), numeric: true, compare: (a, b) => a.received - b.received, cell: (row) => `${number(row.received)}/${number(row.expected)}` },
    count('late', t('returns.late'), (row) => row.late, true), count('before', t('returns.acceptance-before'), (row) => row.before, true), count('waiting', t('returns.acceptance-waiting'), (row) => row.waiting),
    count('accepted', t('returns.acceptance-accepted'), (row) => row.accepted), count('open', t('returns.acceptance-open'), (row) => row.openViolations, true),
    { key: 'last', header: t('returns.acceptance-last'), className: 'hide-s', cell: (row) => <LastAct act={row.last} /> },
    { key: 'do', header: t('returns.violation-action'), className: 'nowrap', cell: (row) => <Button size="small" look={row.waiting > 0 ? 'primary' : 'plain'} onClick={() => onOpen(row.unit.code)}>{t(row.waiting > 0 ? 'returns.acceptance-open-province' : 'returns.acceptance-see')}<span className="vh"> {named(row.unit)}</span></Button> },
  ];
  return (
    <Card flush title={periodName(found.period ?? '')} say={found.due === null ? undefined : `${t('returns.due')} ${day(found.due)}`} tools={<Button size="small" aria-pressed={onlyWaiting} onClick={() => setOnlyWaiting(!onlyWaiting)}>{t('returns.acceptance-only-waiting')}</Button>}>
      <Table caption={t('returns.acceptance-title')} hideCaption rows={rows} rowKey={(row) => row.unit.code} rowName={(row) => named(row.unit)} columns={columns} />
    </Card>
  );
}

const LastAct = ({ act }: { readonly act: Act | null }) => (act === null ? <span className="muted">–</span> : (
  <><span>{sayVerdict(act.verdict)} {number(act.returns)}</span> <small className="muted">{moment(act.at)}</small>
    {act.moved.length > 0 && <div><StatusBadge kind="warn" bare>{t('returns.acceptance-moved', { count: act.moved.length })}</StatusBadge></div>}</>
));
