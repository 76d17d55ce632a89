import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { day, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { download } from '#web/api.ts';
import { useQueryState } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { Button } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView, sayProblem } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getUnit } from '#modules/org-units/schema.ts';
import { type AreaCaseRow, type CaseView, getCase, getCaseFile, getStanding, listCases, openCase } from '../schema/procedure.ts';
import { AssessmentCard } from './case-assessment.tsx';
import { CouncilCard } from './case-council.tsx';
import { CaseHistory, DecisionsCard, ObjectionsCard } from './case-decisions.tsx';
import { CaseMoves } from './case-moves.tsx';
import { ProposalCard } from './case-proposal.tsx';
import { CaseSteps } from './case-steps.tsx';
import { Sheet } from './sheet.tsx';
import { StandingCard } from './standing-card.tsx';
import { leftWords, periodDays, periodOf, stateKind, stateWord, unitPath, unitWord } from './words.ts';
import { Card } from '#web/kit/card.tsx';
import './classification.css';

type Place = { readonly code: string; readonly level: 'commune' | 'province'; readonly province: string; readonly nameVi: string };
/** The year whose assessment is nearest: the one that ended last until its decisions are due, then the running one. */
const shownFirst = (on: string): string => { const running = periodOf(on); return on.slice(5) >= '12-15' || on.slice(5) <= '01-31' ? String(Number(running) - 1) : running; };

/** The yearly assessment of a commune or province: self-assessment, council, decision, notice, objections. `/xa/:ma/khong-ma-tuy?ky=2025`. */
export default function AssessmentScreen() {
  const { ma = '' } = useParams<{ ma: string }>();
  const unit = useQuery(getUnit, { params: { code: ma }, query: {} });
  const page = unit.value;
  const place: Place | undefined = page === undefined ? undefined : { code: page.current.code, level: page.level === 'province' ? 'province' : 'commune', province: page.level === 'province' ? page.current.code : (page.province?.code ?? ''), nameVi: page.current.nameVi };
  return place === undefined
    ? <><PageHead title={t('classification.assessment')} crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: ma }]} /><RemoteView of={unit} lines={8}>{() => null}</RemoteView></>
    : <OfPlace place={place} />;
}

function OfPlace({ place }: { readonly place: Place }) {
  const [query, setQuery] = useQueryState();
  const running = periodOf(today());
  const period = query.get('ky') ?? shownFirst(today());
  const cases = useQuery(listCases, { query: { unit: place.code, period } });
  const rows = cases.value?.rows ?? [];
  const chosen = rows.find((row) => row.id === query.get('ho-so')) ?? rows.find((row) => row.kind === 'yearly') ?? rows[0];
  const years = [...new Set([period, ...[0, 1, 2, 3].map((back) => String(Number(running) - back))])].filter((year) => Number(year) >= 2025).sort().reverse();
  const name = unitWord(place);
  usePageTitle(t('classification.assessment-of', { period, unit: name }));
  return (
    <>
      <PageHead title={t('classification.assessment-of', { period, unit: name })} say={periodDays(period)}
        crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: name, to: unitPath(place) }, { label: t('classification.assessment') }]}
        tools={<>
          <Select label={t('classification.period')} hideLabel value={period} onChoose={(ky) => setQuery({ ky, 'ho-so': undefined })} choices={years.map((year) => ({ value: year, label: t('classification.period-of', { period: year }) }))} />
          <CopyLink />
        </>} />
      {rows.length > 1 && <div className="filters"><Segmented label={t('classification.which-case')} value={chosen?.id ?? ''} onChoose={(id) => setQuery({ 'ho-so': id })} choices={rows.map((row) => ({ value: row.id, label: `${sayKey(`case-kind.${row.kind}`)} · ${stateWord(row.state)}` }))} /></div>}
      <RemoteView of={cases} lines={8}>{() => (chosen === undefined ? <NoCase place={place} period={period} onOpened={cases.reload} /> : <Case key={chosen.id} row={chosen} />)}</RemoteView>
    </>
  );
}

/** Nothing was opened for this year yet: why, and the one thing to do for those who may. */
function NoCase({ place, period, onOpened }: { readonly place: Place; readonly period: string; readonly onOpened: () => void }) {
  const may = useMay();
  const open = useCommand(openCase);
  const mine = may('classification.assess', place.level === 'province' ? { province: place.province } : { province: place.province, commune: place.code });
  const standing = useQuery(getStanding, { params: { province: place.province, unit: place.code }, query: {} });
  const begin = async (): Promise<void> => {
    const answer = await open.run({ params: { province: place.province, unit: place.code }, body: { period, kind: 'yearly', reason: '' } });
    if (answer.ok) onOpened();
  };
  return (
    <div className="cols">
      <Card>
        <EmptyState icon="edit" title={t('classification.no-case', { period })} action={mine ? <Button look="primary" size="big" busy={open.busy} onClick={() => void begin()}>{t('classification.open-case')}</Button> : undefined}>
          {t(mine ? 'classification.no-case-mine' : 'classification.no-case-say', { last: day(`${period}-12-14`) })}
        </EmptyState>
        <ProblemNotice problem={open.problem} />
      </Card>
      <StandingCard of={standing} />
    </div>
  );
}

function Case({ row }: { readonly row: AreaCaseRow }) {
  const asked = useQuery(getCase, { params: { province: row.province, case: row.id } });
  const [changed, setChanged] = useState<CaseView>();
  const [stale, setStale] = useState(false);
  useEffect(() => { setChanged(undefined); setStale(false); }, [asked.value]);
  const onStale = (): void => { setStale(true); asked.reload(); };
  return (
    <>
      {stale && <div className="filters"><Notice tone="warn" live><p>{t('classification.case-moved-on')}</p></Notice></div>}
      <RemoteView of={changed === undefined ? asked : { ...asked, value: changed }} lines={10}>{(view) => <Whole view={view} onChange={setChanged} onStale={onStale} />}</RemoteView>
    </>
  );
}

function Whole({ view, onChange, onStale }: { readonly view: CaseView; readonly onChange: (view: CaseView) => void; readonly onStale: () => void }) {
  const { row } = view;
  const standing = useQuery(getStanding, { params: { province: row.province, unit: row.unit.code }, query: {} });
  const file = async (): Promise<void> => {
    const answer = await download(getCaseFile, { params: { province: row.province, case: row.id } });
    if (!answer.ok) toast(sayProblem(answer.problem));
  };
  return (
    <>
      <div className="row between noprint" style={{ marginBottom: 'var(--s4)' }}>
        <span className="row"><StatusBadge kind={stateKind(row.state)}>{stateWord(row.state)}</StatusBadge>{row.dueOn !== null && <span className={row.late ? 'c-bad small b' : 'small muted'}>{t('classification.due', { day: day(row.dueOn), left: leftWords(row.dueOn) })}</span>}</span>
        <span className="row tight"><Button icon="print" onClick={() => window.print()}>{t('classification.print-sheet')}</Button><Button icon="file" onClick={() => void file()}>{t('classification.council-file')}</Button></span>
      </div>
      {row.kind === 'review' && <div className="noprint" style={{ marginBottom: 'var(--s4)' }}><Notice tone="warn"><p><b>{t('classification.review-opened', { cause: row.cause === null ? '' : sayKey(`review-cause.${row.cause}`) })}</b> {view.causeText}</p></Notice></div>}
      <div className="cols lead noprint">
        <div className="stack">
          <p className="callout ok">{t('classification.treated-first')}</p>
          <ProposalCard view={view} />
          <AssessmentCard view={view} onChange={onChange} onStale={onStale} />
          <CouncilCard view={view} />
          <DecisionsCard view={view} />
          <ObjectionsCard view={view} />
          <CaseHistory view={view} />
        </div>
        <div className="stack">
          <CaseMoves view={view} onChange={onChange} onStale={onStale} />
          <Card title={t('classification.path')} say={periodDays(row.period)}><CaseSteps view={view} /></Card>
          <StandingCard of={standing} />
        </div>
      </div>
      <Sheet view={view} />
    </>
  );
}
