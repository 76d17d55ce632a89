import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { clock, day, moment, number } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { Chips, FilterChips } from '#web/kit/chips.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { ShowMore } from '#web/kit/pagination.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { type Column, Table } from '#web/kit/table.tsx';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { listViolations, type ViolationRow, violationStates } from '../schema.ts';
import './entry.css';
import { useReturnsFeed } from './follow.ts';
import { cellPath } from './use-return.ts';
import { CloseDialog } from './violation-close.tsx';
import { periodName, say, shown } from './words.ts';

type State = ViolationRow['state'];
const isState = (text: string | null): text is State => violationStates.some((state) => state === text);
const step = 200;
const most = 1000;

/** Broken rules and unusual values as work: whose it is, by when, what the unit said, and closing it with a reason. */
export default function ViolationsScreen() {
  const [query, setQuery] = useQueryState();
  const { province, commune } = useScope();
  const asked = query.get('trang-thai');
  const state: State = isState(asked) ? asked : 'open';
  const period = query.get('ky') ?? undefined;
  const [limit, setLimit] = useState(step);
  const [closing, setClosing] = useState<ViolationRow>();
  const list = useQuery(listViolations, { query: { state, limit, ...(period === undefined ? {} : { period }), ...(province === undefined ? {} : { province }), ...(commune === undefined ? {} : { unit: commune }) } });
  const changedAt = useReturnsFeed({ ...(period === undefined ? {} : { periods: [period] }), reload: list.reload, hold: closing !== undefined });
  const choose = (next: State): void => { setLimit(step); setQuery({ 'trang-thai': next }); };
  const value = list.value;
  return (
    <>
      <PageHead title={t('returns.violations-title')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: t('returns.violations') }]}
        say={<>{value && t('returns.violations-say', { open: value.open })}{changedAt !== undefined && <span role="status"> {t('returns.just-updated', { at: clock(changedAt) })}</span>}</>} />
      <div className="stack">
        <FilterChips label={t('returns.state')} value={state} onChoose={choose} choices={violationStates.map((one) => ({ value: one, label: t(`returns.violation-${one}`), ...(one === 'open' && value !== undefined ? { count: value.open } : {}) }))} />
        {period !== undefined && <Chips items={[{ value: period, label: periodName(period) }]} onRemove={() => setQuery({ ky: undefined })} />}
        <RemoteView of={list} isEmpty={({ rows }) => rows.length === 0} empty={<NothingHere state={state} />}>
          {(found) => <Found found={found} state={state} onClose={setClosing} {...(found.more && limit < most ? { onMore: () => setLimit(most) } : {})} />}
        </RemoteView>
      </div>
      {closing && <CloseDialog row={closing} onDone={() => { setClosing(undefined); list.reload(); }} onLeave={() => setClosing(undefined)} />}
    </>
  );
}

const NothingHere = ({ state }: { readonly state: State }) => (
  <Card title={t(`returns.violation-${state}`)}><EmptyState icon="ok" title={t(`returns.no-violations-${state}`)} action={<LinkButton to="/bao-cao" query={{ xem: 'lich' }}>{t('returns.import-open-form')}</LinkButton>}>{t('returns.no-violations-say')}</EmptyState></Card>
);

type FoundProps = { readonly found: ReplyOf<typeof listViolations>; readonly state: State; readonly onClose: (row: ViolationRow) => void; readonly onMore?: () => void };
function Found({ found: { rows, more }, state, onClose, onMore }: FoundProps) {
  const columns: Column<ViolationRow>[] = [
    { key: 'what', header: t('returns.violation-what'), cell: (row) => <What row={row} /> },
    { key: 'figures', header: t('returns.violation-figures'), cell: (row) => <Figures row={row} /> },
    { key: 'due', header: t('returns.violation-due'), compare: (a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0), cell: (row) => (row.overdue ? <StatusBadge kind="bad" bare>{t('returns.violation-overdue', { day: day(row.due) })}</StatusBadge> : day(row.due)) },
    { key: 'owner', header: t('returns.violation-owner'), cell: (row) => (row.owner === row.unit.code ? named(row.unit) : row.owner) },
    { key: 'said', header: t('returns.explanation'), cell: (row) => <Said row={row} /> },
    ...(state === 'closed' ? [] : [{ key: 'close', header: t('returns.violation-action'), cell: (row: ViolationRow) => (row.mayClose ? <Button size="small" onClick={() => onClose(row)}>{t('returns.violation-close')}<span className="vh"> {say(row.name)}, {named(row.unit)}</span></Button> : <span className="muted">–</span>) }]),
  ];
  return (
    <Card flush title={t(`returns.violation-${state}`)}>
      <Table caption={t('returns.violations-title')} hideCaption rows={rows} rowKey={(row) => row.id} rowName={(row) => `${say(row.name)}, ${named(row.unit)}`} columns={columns} />
      {more && (onMore ? <ShowMore shown={rows.length} onMore={onMore} /> : <Notice><p>{t('returns.violations-more', { count: number(rows.length) })}</p></Notice>)}
    </Card>
  );
}

const What = ({ row }: { readonly row: ViolationRow }) => (
  <>
    <A to={cellPath(row.key, row.slot)}>{say(row.name)}</A>
    <div><small>{named(row.unit)} · {periodName(row.key.period)} · {t('returns.revision', { rev: row.rev })}</small></div>
    <div><StatusBadge kind={row.severity === 'hard' ? 'bad' : 'warn'} bare>{t(row.kind === 'outlier' ? 'returns.violation-outlier' : row.severity === 'hard' ? 'returns.violation-hard' : 'returns.violation-soft')}</StatusBadge></div>
    {row.kind === 'rule' && <small>{say(row.instruction)}</small>}
  </>
);

/** An unusual value beside its usual one; a rule with both its sides. */
const Figures = ({ row }: { readonly row: ViolationRow }) => {
  const [one, other] = row.kind === 'rule' ? [t('returns.violation-left'), t('returns.violation-right')] : [t('returns.violation-value'), t('returns.violation-usual')];
  return <span className="pair2"><span>{one} <b>{shown(row.value)}</b></span><span>{other} <b>{shown(row.usual)}</b></span></span>;
};

const Said = ({ row }: { readonly row: ViolationRow }) => (
  <>
    {row.explanation === '' ? <span className="muted">{t('returns.violation-unexplained')}</span> : row.explanation}
    {row.closedAt !== null && <><br /><small>{t('returns.violation-closed-at', { at: moment(row.closedAt) })} {row.reason === 'values-changed' ? t('returns.violation-values-changed') : row.reason}</small></>}
  </>
);
