import { useState } from 'react';
import { day, number, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { download } from '#web/api.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView, sayProblem } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { caseStates, type CaseState } from '../schema/procedure-words.ts';
import { type BoardRow, type AreaCaseRow, getBoard, getDecisionFile, listCases } from '../schema/procedure.ts';
import { useListUnit } from './list-place.ts';
import { ManyMoves } from './many-moves.tsx';
import { assessmentPath, leftWords, periodDays, periodOf, stateKind, stateWord, statusKind, statusWord, unitWord } from './words.ts';
import './classification.css';

const casesIn = (row: BoardRow, ...states: readonly CaseState[]): number => row.states.filter((one) => states.includes(one.state)).reduce((sum, one) => sum + one.cases, 0);
const lateIn = (row: BoardRow): number => row.states.reduce((sum, one) => sum + one.late, 0);

/** The yearly procedure: how far each province is, which cases wait for whom, and a sitting's step for many cases at once. */
export default function ProcedureScreen() {
  const [query, setQuery] = useQueryState();
  const unit = useListUnit();
  const running = periodOf(today());
  const period = query.get('ky') ?? (today().slice(5) >= '12-15' || today().slice(5) <= '01-31' ? String(Number(running) - 1) : running);
  const scoped = unit === '00' ? {} : { province: unit };
  const board = useQuery(getBoard, { query: { period, ...scoped } });
  const years = [...new Set([period, running, ...(board.value?.periods ?? [])])].sort().reverse();
  const crumbs = [{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: t('classification.procedure') }];
  return (
    <>
      <PageHead title={t('classification.procedure')} say={periodDays(period)} crumbs={crumbs} tools={<>
        <Select label={t('classification.period')} hideLabel value={period} onChoose={(ky) => setQuery({ ky, trang: undefined })} choices={years.map((year) => ({ value: year, label: t('classification.period-of', { period: year }) }))} />
        {unit !== '00' && <LinkButton to={`/khong-ma-tuy/hoi-dong/${unit}`} icon="people">{t('classification.council')}</LinkButton>}
        {unit !== '00' && <DecisionFile province={unit} period={period} />}
        <CopyLink />
      </>} />
      <div className="stack">
        <RemoteView of={board} lines={6}>{(value) => (
          <>
            <StatStrip stats={[
              { label: t('classification.self-until'), value: value.days.selfAssessmentUntil === null ? '–' : day(value.days.selfAssessmentUntil), note: value.days.selfAssessmentUntil === null ? undefined : leftWords(value.days.selfAssessmentUntil) },
              { label: t('classification.decision-until'), value: value.days.decisionUntil === null ? '–' : day(value.days.decisionUntil), note: value.days.decisionUntil === null ? undefined : leftWords(value.days.decisionUntil) },
              { label: t('classification.sum-in-force'), value: number(value.rows.reduce((sum, row) => sum + casesIn(row, 'in-force', 'published'), 0)), note: t('classification.of-total', { count: number(value.rows.reduce((sum, row) => sum + row.communes, 0)) }) },
              { label: t('classification.reviews-open'), value: number(value.rows.reduce((sum, row) => sum + row.reviewsOpen, 0)) },
            ]} />
            {value.rows.length > 1 && <Board rows={value.rows} />}
          </>
        )}</RemoteView>
        <Cases key={`${unit} ${period}`} period={period} unit={unit} onMoved={board.reload} />
      </div>
    </>
  );
}

function DecisionFile({ province, period }: { readonly province: string; readonly period: string }) {
  const save = async (): Promise<void> => {
    const answer = await download(getDecisionFile, { params: { province, period }, query: {} });
    if (!answer.ok) toast(sayProblem(answer.problem));
  };
  return <Button icon="file" onClick={() => void save()}>{t('classification.decision-file')}</Button>;
}

function Board({ rows }: { readonly rows: readonly BoardRow[] }) {
  const { choose } = useScope();
  const columns: Column<BoardRow>[] = [
    { key: 'name', header: t('classification.province'), rowHeader: true, cell: (row) => <A to={withQuery('/khong-ma-tuy/thu-tuc', { 'pham-vi': row.province })}>{unitWord(row)}</A>, compare: (a, b) => a.nameVi.localeCompare(b.nameVi, 'vi') },
    { key: 'communes', header: t('classification.communes'), numeric: true, cell: (row) => number(row.communes), compare: (a, b) => a.communes - b.communes },
    { key: 'none', header: t('classification.without-case'), numeric: true, cell: (row) => number(row.withoutCase), compare: (a, b) => a.withoutCase - b.withoutCase },
    { key: 'self', header: t('classification.col-self'), numeric: true, cell: (row) => number(casesIn(row, 'preparing', 'returned')) },
    { key: 'council', header: t('classification.col-council'), numeric: true, cell: (row) => number(casesIn(row, 'submitted', 'in-council')) },
    { key: 'sign', header: t('classification.col-sign'), numeric: true, cell: (row) => number(casesIn(row, 'concluded', 'signed-once')) },
    { key: 'decided', header: t('classification.decided'), numeric: true, cell: (row) => number(casesIn(row, 'decided', 'published', 'in-force')), compare: (a, b) => casesIn(a, 'decided', 'published', 'in-force') - casesIn(b, 'decided', 'published', 'in-force') },
    { key: 'late', header: t('classification.late'), numeric: true, cell: (row) => (lateIn(row) === 0 ? '0' : <b className="c-bad">{number(lateIn(row))}</b>), compare: (a, b) => lateIn(a) - lateIn(b) },
    { key: 'against', header: t('classification.against-short'), numeric: true, className: 'only-l', cell: (row) => number(row.againstProposal) },
    { key: 'own', header: t('classification.of-province'), cell: (row) => (row.provinceState === null ? <span className="muted">–</span> : <StatusBadge bare kind={stateKind(row.provinceState)}>{stateWord(row.provinceState)}</StatusBadge>) },
  ];
  return <Card title={t('classification.board')} say={t('classification.board-say')} flush><Table caption={t('classification.board')} hideCaption columns={columns} rows={rows} rowKey={(row) => row.province} sort={{ key: 'late', down: true }} onOpen={(row) => choose({ province: row.province })} /></Card>;
}

const stateChips: readonly CaseState[] = caseStates;

function Cases({ period, unit, onMoved }: { readonly period: string; readonly unit: string; readonly onMoved: () => void }) {
  const [query, setQuery] = useQueryState();
  const may = useMay();
  const state = stateChips.find((one) => one === query.get('tt'));
  const q = query.get('tim') ?? '';
  const mine = query.get('cua-toi') === '1';
  const page = Math.max(1, Number(query.get('trang') ?? '1') || 1);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const cases = useQuery(listCases, { query: { period, ...(unit === '00' ? {} : { province: unit }), ...(state === undefined ? {} : { state }), ...(q === '' ? {} : { q }), ...(mine ? { mine: 'yes' as const } : {}), ...(page === 1 ? {} : { page }) } });
  const many = unit !== '00' && may('classification.act', { province: unit });
  const picked = (cases.value?.rows ?? []).filter((row) => chosen.has(row.id));
  const done = (): void => { setChosen(new Set()); cases.reload(); onMoved(); };
  return (
    <Card title={t('classification.cases')} say={cases.value === undefined ? undefined : t('classification.cases-count', { count: cases.value.total })}
      tools={<TextInput type="search" label={t('classification.find')} hideLabel placeholder={t('classification.find')} value={q} onText={(tim) => setQuery({ tim: tim === '' ? undefined : tim, trang: undefined })} width="mid" />} flush>
      <div className="body stack-s">
        <FilterChips label={t('classification.state')} value={mine ? 'mine' : (state ?? '')} onChoose={(tt) => setQuery(tt === 'mine' ? { 'cua-toi': '1', tt: undefined, trang: undefined } : { tt: tt === '' ? undefined : tt, 'cua-toi': undefined, trang: undefined })} choices={[{ value: '', label: t('classification.all') }, { value: 'mine', label: t('classification.waits-for-me') }, ...stateChips.map((one) => ({ value: one as string, label: stateWord(one) }))]} />
        {many && picked.length > 0 && <ManyMoves province={unit} rows={picked} onDone={done} />}
      </div>
      <RemoteView of={cases} lines={8}>{(value) => (
        <>
          <Table caption={t('classification.cases')} hideCaption rows={value.rows} rowKey={(row) => row.id} rowName={(row) => unitWord(row.unit)} {...(many ? { selection: { chosen, onChoose: setChosen } } : {})} columns={caseColumns(unit === '00')}
            empty={<EmptyState icon="list" title={t('classification.no-cases')}>{t('classification.no-cases-say')}</EmptyState>} />
          <Pagination page={value.page} pages={Math.max(1, Math.ceil(value.total / Math.max(1, value.pageSize)))} total={value.total} onPage={(trang) => setQuery({ trang: trang === 1 ? undefined : trang })} />
        </>
      )}</RemoteView>
    </Card>
  );
}

const caseColumns = (nation: boolean): Column<AreaCaseRow>[] => [
  { key: 'unit', header: t('classification.area'), rowHeader: true, cell: (row) => <><A to={withQuery(assessmentPath(row.unit), { ky: row.period, 'ho-so': row.id })}>{unitWord(row.unit)}</A>{(nation || row.kind === 'review') && <small>{[nation && row.unit.level === 'commune' ? unitWord({ nameVi: row.unit.provinceNameVi }) : '', row.kind === 'review' ? sayKey(`case-kind.${row.kind}`) : ''].filter(Boolean).join(' · ')}</small>}</> },
  { key: 'state', header: t('classification.state'), cell: (row) => <><StatusBadge bare kind={stateKind(row.state)}>{stateWord(row.state)}</StatusBadge>{row.dueOn !== null && <small className={row.late ? 'c-bad' : undefined}>{day(row.dueOn)}, {leftWords(row.dueOn)}</small>}</> },
  { key: 'self', header: t('classification.col-self-says'), cell: (row) => (row.selfAssessed === null ? <span className="muted">–</span> : statusWord(row.selfAssessed)) },
  { key: 'proposed', header: t('classification.proposed'), cell: (row) => <StatusBadge bare kind={statusKind(row.proposed)}>{statusWord(row.proposed)}</StatusBadge> },
  { key: 'result', header: t('classification.col-result'), cell: (row) => { const result = row.decided ?? row.concluded; return result === null ? <span className="muted">–</span> : <><StatusBadge bare kind={statusKind(result)}>{statusWord(result)}</StatusBadge><small>{t(row.decided === null ? 'classification.only-concluded' : 'classification.is-decided')}{row.againstProposal ? `, ${t('classification.other-than-proposed')}` : ''}</small></>; } },
  { key: 'council', header: t('classification.council'), numeric: true, cell: (row) => `${row.opinions}/${row.seats}` },
  { key: 'objections', header: t('classification.objections'), numeric: true, cell: (row) => (row.openObjections === 0 ? '0' : <b className="c-warn">{number(row.openObjections)}</b>) },
];
