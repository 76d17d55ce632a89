import { useMemo } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card, PageHead, StatStrip, type Stat } from '#web/kit/card.tsx';
import { StackedBar } from '#web/kit/charts.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column, type Sort } from '#web/kit/table.tsx';
import { compareVietnamese } from '#kernel/fold.ts';
import { listCommittees, type CommitteeBoard, type CommitteeRow, type CommitteeState } from '../schema.ts';
import { CommitteeMap } from './committee-map.tsx';
import { committeeStates, countOf, partsOf, sayState, stateKind, stateOrder } from './committee-words.ts';
import { useGo, useSortInAddress } from './go.ts';
import { matches, placeName } from './words.ts';

const worstFirst: Sort = { key: 'trang-thai', down: false };

/** All provincial steering committees of the term: in time, late, missing; the worst first. */
export default function CommitteesScreen() {
  const board = useQuery(listCommittees, {});
  return (
    <>
      <PageHead title={t('org-units.committees.title')} crumbs={[{ label: t('org-units.title'), to: '/tinh' }, { label: t('org-units.committees-short') }]}
        say={board.value === undefined ? t('org-units.committees-say') : t('org-units.committees-say-due', { due: day(board.value.dueOn), basis: board.value.basis, asOf: day(board.value.asOf) })} tools={<CopyLink />} />
      <RemoteView of={board} lines={10}>{(value) => <Board board={value} />}</RemoteView>
    </>
  );
}

const statsOf = ({ counts, rows }: CommitteeBoard): Stat[] => [
  { label: t('org-units.state.missing'), value: number(counts.missing), tone: 'bad', note: t('org-units.overdue-note', { of: rows.length }) },
  { label: t('org-units.state.late'), value: number(counts.late), tone: 'warn', note: t('org-units.late-note') },
  { label: t('org-units.state.on-time'), value: number(counts.onTime), tone: 'ok', note: t('org-units.on-time-note') },
  ...(counts.awaited > 0 ? [{ label: t('org-units.state.awaited'), value: number(counts.awaited) }] : []),
];

function Board({ board }: { readonly board: CommitteeBoard }) {
  const go = useGo();
  return (
    <>
      <StatStrip stats={statsOf(board)} />
      <div className="cols">
        <CommitteeTable board={board} />
        <div className="stack">
          <Card title={t('org-units.committee-map')} say={t('org-units.committee-map-say')}><CommitteeMap rows={board.rows} onChoose={(code) => go(`/ban-chi-dao/${code}`)} /></Card>
          <Card title={t('org-units.committee-share')}>
            <StackedBar title={t('org-units.committee-share')} unit={t('org-units.committee-unit')} parts={partsOf(board.counts).map((part) => ({ ...part, label: sayKey(`org-units.state.${part.key}`) }))} />
          </Card>
        </div>
      </div>
    </>
  );
}

function CommitteeTable({ board }: { readonly board: CommitteeBoard }) {
  const go = useGo();
  const [query, setQuery] = useQueryState();
  const typed = query.get('tim') ?? '';
  const state = committeeStates.find((one) => one === query.get('loc')) ?? '';
  const rows = useMemo(() => board.rows.filter((row) => (state === '' || row.state === state) && matches(typed, row.provinceVi, row.province, row.decisionNumber ?? '')), [board, state, typed]);
  const columns = columnsOf();
  const { sorted, sort, onSort } = useSortInAddress(columns, rows, worstFirst);
  const choices: { value: CommitteeState | ''; label: string; count: number }[] = [{ value: '', label: t('org-units.all-states'), count: board.rows.length },
    ...committeeStates.filter((one) => one !== 'awaited' || board.counts.awaited > 0).map((one) => ({ value: one, label: sayKey(`org-units.state.${one}`), count: countOf(board.counts, one) }))];
  return (
    <Card title={t('org-units.committee-list')} say={t('org-units.committee-list-say')}>
      <div className="row between">
        <FilterChips<CommitteeState | ''> label={t('org-units.state-head')} value={state} onChoose={(value) => setQuery({ loc: value })} choices={choices} />
        <TextInput type="search" label={t('org-units.find-province')} hideLabel placeholder={t('org-units.find-province')} value={typed} onText={(text) => setQuery({ tim: text })} width="mid" />
      </div>
      <Table caption={t('org-units.committees.title')} hideCaption columns={columns} rows={sorted} rowKey={(row) => row.province} onOpen={(row) => go(`/ban-chi-dao/${row.province}`)} sort={sort} onSort={onSort}
        empty={<EmptyState icon="people" title={t('org-units.no-committee')}>{t('org-units.no-province-say')}</EmptyState>} />
    </Card>
  );
}

const dayOrDash = (value: string | null): string => (value === null ? '–' : day(value));
const byName = (a: CommitteeRow, b: CommitteeRow): number => compareVietnamese(a.provinceVi.replace(/^(Tỉnh|Thành phố) /u, ''), b.provinceVi.replace(/^(Tỉnh|Thành phố) /u, ''));
const columnsOf = (): Column<CommitteeRow>[] => [
  { key: 'ten', header: t('org-units.province'), rowHeader: true, compare: byName, cell: (row) => <A to={`/ban-chi-dao/${row.province}`}>{placeName(row.provinceVi)}</A> },
  { key: 'trang-thai', header: t('org-units.state-head'), compare: (a, b) => stateOrder[a.state] - stateOrder[b.state] || b.daysLate - a.daysLate || byName(a, b), cell: (row) => <StatusBadge bare kind={stateKind[row.state]}>{sayState(row)}</StatusBadge> },
  { key: 'so', header: t('org-units.decision'), className: 'nowrap', cell: (row) => row.decisionNumber ?? '–' },
  { key: 'ngay', header: t('org-units.decided-on'), compare: (a, b) => ((a.decidedOn ?? '9999') < (b.decidedOn ?? '9999') ? -1 : 1), cell: (row) => dayOrDash(row.decidedOn) },
  { key: 'tv', header: t('org-units.seats'), numeric: true, className: 'only-l', compare: (a, b) => a.seatCount - b.seatCount, cell: (row) => number(row.seatCount) },
  { key: 'hop', header: t('org-units.last-meeting'), className: 'only-l', compare: (a, b) => ((a.lastMeetingOn ?? '') < (b.lastMeetingOn ?? '') ? -1 : 1), cell: (row) => (row.lastMeetingOn === null ? '–' : t('org-units.last-of', { day: day(row.lastMeetingOn), count: row.meetingCount })) },
];
