import { useEffect, useRef, useState } from 'react';
import { Redirect } from 'wouter';
import { daysBetween } from '#kernel/day.ts';
import { clock, day } from '#web/i18n/format.ts';
import { named, sayKey, t } from '#web/i18n/words.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { StackedBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import type { Entry } from '#web/offline/outbox.ts';
import { isOpen } from '#web/offline/outbox.ts';
import { useOutbox, waitingOfOthers } from '#web/offline/outbox-here.ts';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { homeReach, useMay, useSession } from '#web/session.tsx';
import { type DueCell, listDue, type ReturnKey } from '../schema.ts';
import { subjectOf } from '../entry/answers.ts';
import { dueKinds } from './due-kinds.ts';
import './entry.css';
import { ExportButton } from './export-button.tsx';
import { useReturnsFeed } from './follow.ts';
import './sender.ts';
import { EntryState, OutboxCard } from './send-state.tsx';
import { pathOf } from './use-return.ts';
import { periodName, periodShort, say } from './words.ts';
import type { ReplyOf } from '#kernel/contract.ts';

type Due = ReplyOf<typeof listDue>;
const order: readonly DueCell['is'][] = ['returned', 'overdue', 'due-soon', 'open'];

/** What is owed, due first; a commune officer who owes a return lands in its grid at once. */
export default function CalendarScreen() {
  const session = useSession();
  const reach = homeReach(session);
  const scope = useScope();
  const may = useMay();
  const [query] = useQueryState();
  const unit = scope.commune ?? scope.province ?? ('commune' in reach && reach.commune !== undefined ? reach.commune : 'province' in reach && reach.province !== undefined ? reach.province : '00');
  const due = useQuery(listDue, { query: { unit } });
  const outbox = useOutbox(session.account);
  const changedAt = useReturnsFeed({ nodes: due.value === undefined ? [] : [due.value.unit.code, due.value.unit.province], periods: periodsIn(due.value), reload: due.reload });
  const stays = useRef(false);
  useEffect(() => { if (due.value !== undefined) stays.current = true; }, [due.value]); // once the list is read, news do not take the person elsewhere
  const straight = reach.level === 'commune' && query.get('xem') !== 'lich' && may('returns.submit') && !stays.current;
  if (straight && due.value?.next) return <Redirect to={pathOf(due.value.next)} replace />;
  const open = (due.value?.own ?? []).reduce((sum, cell) => sum + cell.openViolations, 0);
  return (
    <>
      <PageHead title={t('returns.title')} say={due.value && <>{t('returns.calendar-say', { unit: named(due.value.unit), day: day(due.value.today) })}{changedAt !== undefined && <span role="status"> {t('returns.just-updated', { at: clock(changedAt) })}</span>}</>}
        tools={<>
          {may('returns.approve') && <LinkButton to="/bao-cao/duyet" icon="ok">{t('returns.queue')}</LinkButton>}
          <LinkButton to="/bao-cao/can-xu-ly" icon="warn">{open === 0 ? t('returns.violations') : t('returns.violations-open', { count: open })}</LinkButton>
          {may('returns.submit') && <LinkButton to="/bao-cao/nhap" icon="upload">{t('returns.import')}</LinkButton>}
          <ExportButton unit={unit} {...(due.value === undefined ? {} : { due: due.value })} />
        </>} />
      <OthersWaiting who={session.account} />
      <div className="stack">
        <RemoteView of={due} isEmpty={(value) => value.own.length === 0 && value.below.length === 0} empty={<EmptyState title={t('returns.none-due')} icon="calendar">{t('returns.none-due-say')}</EmptyState>}>
          {(value) => <><DueNow value={value} entries={outbox ?? []} /><Months value={value} /><Below value={value} /></>}
        </RemoteView>
        <OutboxCard entries={outbox ?? []} who={session.account} />
      </div>
    </>
  );
}

const periodsIn = (value: Due | undefined): string[] => (value === undefined ? [] : [...new Set([...value.own, ...value.below].map((one) => one.period))]);
const keyOf = (value: Due, cell: DueCell): ReturnKey => ({ province: value.unit.province, unit: value.unit.code, period: cell.period, dataSet: cell.dataSet, attribute: cell.attribute });

function DueNow({ value, entries }: { readonly value: Due; readonly entries: readonly Entry[] }) {
  const owed = value.own.filter((cell) => order.includes(cell.is)).sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is) || (a.due < b.due ? -1 : 1));
  const name = (id: string): string => say(value.dataSets.find((one) => one.id === id)?.name ?? { vi: id, en: id });
  if (value.own.length === 0) return null;
  return (
    <Card title={t('returns.due-now')} flush>
      <Table caption={t('returns.due-now')} hideCaption rows={owed} rowKey={(cell) => `${cell.period}${cell.dataSet}${cell.attribute}`} empty={<EmptyState title={t('returns.all-sent')} icon="ok" />}
        columns={[
          { key: 'name', header: t('returns.return'), cell: (cell) => <A to={pathOf(keyOf(value, cell))}>{name(cell.dataSet)}, {periodName(cell.period).toLowerCase()}</A> },
          { key: 'due', header: t('returns.due'), cell: (cell) => { const left = daysBetween(value.today, cell.due); return <>{day(cell.due)} <small>{left < 0 ? t('returns.overdue-days', { count: -left }) : t('returns.days-left', { count: left })}</small></>; } },
          { key: 'state', header: t('returns.state'), cell: (cell) => { const queued = entries.find((entry) => isOpen(entry) && entry.subject === subjectOf(keyOf(value, cell))); return queued ? <EntryState entry={queued} /> : <StatusBadge kind={dueKinds[cell.is]} bare>{sayKey(`returns.is-${cell.is}`)}</StatusBadge>; } },
          { key: 'filled', header: t('returns.filled-header'), numeric: true, cell: (cell) => (cell.rev === 0 ? '–' : `${cell.filled}/${cell.of}`) },
        ]} />
    </Card>
  );
}

/** Twelve months at a glance: a word in each cell, never colour alone. */
function Months({ value }: { readonly value: Due }) {
  const periods = [...new Set(value.own.filter((cell) => /^\d{4}-\d{2}$/.test(cell.period)).map((cell) => cell.period))].sort().slice(-12);
  const own = value.dataSets.filter((set) => value.own.some((cell) => cell.dataSet === set.id && periods.includes(cell.period)));
  if (own.length === 0) return null;
  return (
    <Card title={t('returns.months')} say={t('returns.months-say')}>
      <div className="scroll" role="group" tabIndex={0} aria-label={t('returns.months')}><table className="months"><caption className="vh">{t('returns.months')}</caption>
        <thead><tr><th scope="col">{t('returns.return')}</th>{periods.map((period) => <th key={period} scope="col">{periodShort(period)}</th>)}</tr></thead>
        <tbody>{own.map((set) => (
          <tr key={set.id}><th scope="row">{say(set.name)}</th>{periods.map((period) => {
            const cell = value.own.find((one) => one.dataSet === set.id && one.period === period);
            return <td key={period}>{cell === undefined ? <span className="no">·</span> : <A to={pathOf(keyOf(value, cell))} className={`s-${cell.is}`} title={`${periodName(period)}: ${sayKey(`returns.is-${cell.is}`)}`}><span aria-hidden="true">{sayKey(`returns.mark-${cell.is}`)}</span><span className="vh">{periodName(period)}: {sayKey(`returns.is-${cell.is}`)}</span></A>}</td>;
          })}</tr>
        ))}</tbody>
      </table></div>
    </Card>
  );
}

function Below({ value }: { readonly value: Due }) {
  if (value.below.length === 0) return null;
  const name = (id: string): string => say(value.dataSets.find((one) => one.id === id)?.name ?? { vi: id, en: id });
  const rows = [...value.below].sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : a.dataSet < b.dataSet ? -1 : 1));
  return (
    <Card title={t('returns.below')} flush>
      <Table caption={t('returns.below')} hideCaption rows={rows} rowKey={(row) => row.period + row.dataSet} columns={[
        { key: 'name', header: t('returns.return'), cell: (row) => <>{name(row.dataSet)}, {periodName(row.period).toLowerCase()}</> },
        { key: 'due', header: t('returns.due'), cell: (row) => day(row.due) },
        { key: 'sent', header: t('returns.sent-of'), numeric: true, cell: (row) => `${row.sent}/${row.expected}` },
        { key: 'bar', header: t('returns.state'), cell: (row) => <StackedBar thin legend={false} twin={false} title={name(row.dataSet)} parts={[
          { key: 'approved', label: t('returns.is-approved'), count: row.approved, fill: 'done' }, { key: 'sent', label: t('returns.is-sent'), count: Math.max(0, row.sent - row.approved - row.returned), fill: 'ok' },
          { key: 'returned', label: t('returns.is-returned'), count: row.returned, fill: 'warn' }, { key: 'not', label: t('returns.not-sent'), count: Math.max(0, row.expected - row.sent), fill: row.overdue > 0 ? 'bad' : 'idle' }]} /> },
        { key: 'approved', header: t('returns.is-approved'), numeric: true, cell: (row) => row.approved },
        { key: 'late', header: t('returns.late'), numeric: true, cell: (row) => row.late },
      ]} />
    </Card>
  );
}

/** Somebody else queued returns on this shared device: that they wait is told, their figures are not. */
function OthersWaiting({ who }: { readonly who: string }) {
  const [count, setCount] = useState(0);
  useEffect(() => { void waitingOfOthers(who).then(setCount); }, [who]);
  return count === 0 ? null : <Notice tone="warn"><p>{t('returns.others-wait', { count })}</p></Notice>;
}
