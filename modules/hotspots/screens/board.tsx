import { lazy, Suspense, useState } from 'react';
import { download } from '#web/api.ts';
import { clock, number, percent } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { Select } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView, Skeleton } from '#web/kit/notice.tsx';
import { OutboxCard } from '#web/kit/outbox.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { useOutbox } from '#web/offline/outbox-here.ts';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay, useSession } from '#web/session.tsx';
import type { Problem } from '#web/api.ts';
import { exportPlaces, getBoard, getPlaceFigures, kinds, type Kind, type PlaceFigures, settings, type Setting, type Tallies } from '../schema.ts';
import { checksPath, figuresPath, importPath, recordPath } from './addresses.ts';
import { BoardView } from './board-view.tsx';
import { usePlacesFeed } from './follow.ts';
import './hotspots.css';
import { ListView } from './list-view.tsx';
import { checkKind, placeKind } from './outbox.ts';
import { useUnits, useWhere } from './units.ts';
import { capital, sayKind, saySetting } from './words.ts';

const MapView = lazy(() => import('./map-view.tsx'));
const views = ['bang', 'danh-sach', 'ban-do'] as const;
/** Words of the filter in the address, and what the server calls it. */
const onlyOf = { 'qua-han': 'overdue', 'cua-toi': 'mine', 'den-ky': 'check-this-week', 'chua-xong': 'open', 'tai-phat': 'recurred' } as const;
type Loc = keyof typeof onlyOf;
const locs: readonly Loc[] = ['qua-han', 'cua-toi', 'den-ky', 'chua-xong', 'tai-phat'];
const few = 6;
const many = 50;

/** What narrows board, list and export alike, read from the address. */
function useNarrowing() {
  const where = useWhere();
  const [query] = useQueryState();
  const loc = locs.find((one) => one === query.get('loc'));
  const kind = kinds.find((one) => one === query.get('loai'));
  const setting = settings.find((one) => one === query.get('noi'));
  return { where, loc, kind, setting, narrowing: { ...where, ...(kind === undefined ? {} : { kind }), ...(setting === undefined ? {} : { setting }), ...(loc === undefined ? {} : { only: onlyOf[loc] }) } };
}

/** Places of an area by the stage of their life: as a board, as a list, on the map. */
export default function BoardScreen() {
  const session = useSession();
  const may = useMay();
  const [query, setQuery] = useQueryState();
  const { where, loc, kind, setting, narrowing } = useNarrowing();
  const units = useUnits();
  const [busy, setBusy] = useState(false);
  const view = views.find((one) => one === query.get('xem')) ?? 'bang';
  const all = query.get('the') === 'het';
  const board = useQuery(getBoard, { query: { ...narrowing, cards: all ? many : few } });
  const figures = useQuery(getPlaceFigures, { query: { ...where, ...(kind === undefined ? {} : { kind }) } });
  const changedAt = usePlacesFeed(where, () => { board.reload(); figures.reload(); }, busy);
  const outbox = (useOutbox(session.account) ?? []).filter((entry) => entry.kind === placeKind || entry.kind === checkKind);
  const area = where.commune ?? where.province;
  const tallies = board.value?.tallies;
  return (
    <>
      <PageHead title={area === undefined ? t('hotspots.title') : t('hotspots.title-in', { unit: units?.nameOf(area) ?? area })}
        say={<>{t('hotspots.say', { count: number(tallies?.inLife ?? 0) })}{changedAt !== undefined && <span role="status"> {t('hotspots.just-updated', { at: clock(changedAt) })}</span>}</>}
        tools={<>
          <ExportButton narrowing={narrowing} />
          <Button icon="print" className="only-l" onClick={() => window.print()}>{t('hotspots.print')}</Button>
          {may('hotspots.import') && <LinkButton to={importPath} icon="upload" className="only-l">{t('hotspots.import')}</LinkButton>}
          {may('hotspots.work') && <LinkButton to={checksPath} icon="calendar">{t('hotspots.due-checks')}</LinkButton>}
          {may('hotspots.report') && <LinkButton to={recordPath} look="primary" icon="plus">{t('hotspots.record')}</LinkButton>}
        </>} />
      {figures.value && <Kpis figures={figures.value} kind={kind ?? 'point'} overdue={tallies?.overdue} />}
      <div className="row between hs-top">
        <FilterChips label={t('hotspots.filter')} value={loc ?? ''} onChoose={(next) => setQuery({ loc: next, trang: undefined })} choices={chipsOf(tallies).filter((chip) => chip.value !== 'cua-toi' || may('hotspots.work'))} />
        <Segmented label={t('hotspots.view')} value={view} onChoose={(next) => setQuery({ xem: next === 'bang' ? undefined : next })}
          choices={[{ value: 'bang', label: t('hotspots.view-board') }, { value: 'danh-sach', label: t('hotspots.view-list') }, { value: 'ban-do', label: t('hotspots.view-map') }]} />
      </div>
      <div className="row tight noprint hs-pick">
        <Select hideLabel label={t('hotspots.kind')} value={kind ?? ''} onChoose={(next) => setQuery({ loai: next, trang: undefined })} choices={[{ value: '', label: t('hotspots.all-kinds') }, ...kinds.map((value: Kind) => ({ value, label: sayKind(value) }))]} />
        {view !== 'ban-do' && <Select hideLabel label={t('hotspots.setting')} value={setting ?? ''} onChoose={(next) => setQuery({ noi: next, trang: undefined })} choices={[{ value: '', label: t('hotspots.all-settings') }, ...settings.map((value: Setting) => ({ value, label: capital(saySetting(value)) }))]} />}
      </div>
      <div className="stack">
        {view === 'bang' && (
          <RemoteView of={board} lines={8} isEmpty={(value) => value.columns.every((column) => column.total === 0)} empty={<EmptyState icon="pin" title={t('hotspots.none')} action={may('hotspots.report') ? <LinkButton to={recordPath} look="primary">{t('hotspots.record')}</LinkButton> : undefined}>{t('hotspots.none-say')}</EmptyState>}>
            {(value) => <BoardView board={value} units={units} onMore={all ? undefined : () => setQuery({ the: 'het' })} reload={() => { board.reload(); figures.reload(); }} onBusy={setBusy} />}
          </RemoteView>
        )}
        {view === 'danh-sach' && <ListView narrowing={narrowing} units={units} />}
        {view === 'ban-do' && <Suspense fallback={<Skeleton lines={10} />}><MapView where={where} kind={kind} units={units} /></Suspense>}
        <OutboxCard entries={outbox} who={session.account} />
        <Notice><p><b>{t('hotspots.why-watch')}</b> {t('hotspots.why-watch-say')} <A to={figuresPath}>{t('hotspots.all-figures')}</A></p></Notice>
      </div>
    </>
  );
}

const chipsOf = (tallies: Tallies | undefined): { value: Loc | ''; label: string; count?: number }[] => {
  const counted = (value: Loc | '', label: string, count: number | undefined) => ({ value, label, ...(count === undefined ? {} : { count }) });
  return [
    counted('', t('hotspots.only-all'), tallies?.inLife), counted('qua-han', t('hotspots.only-overdue'), tallies?.overdue), counted('cua-toi', t('hotspots.only-mine'), tallies?.mine),
    counted('den-ky', t('hotspots.only-week'), tallies?.checkThisWeek), counted('chua-xong', t('hotspots.only-open'), tallies?.open), counted('tai-phat', t('hotspots.only-recurred'), tallies?.recurred),
  ];
};

function Kpis({ figures, kind, overdue = figures.overdue }: { readonly figures: PlaceFigures; readonly kind: Kind; readonly overdue: number | undefined }) {
  const { clean180, verifiedToResolved: pace } = figures;
  return (
    <div className="kpis">
      <div className="card kpi"><b>{number(figures.left)}</b>{t('hotspots.kpi-left', { kind: sayKind(kind).toLowerCase() })}<small>{t('hotspots.kpi-left-before', { count: number(figures.leftMonthBefore) })}</small></div>
      <div className="card kpi"><b className={overdue > 0 ? 'c-bad' : undefined}>{number(overdue)}</b>{t('hotspots.kpi-overdue')}<small>{t('hotspots.kpi-overdue-say')}</small></div>
      <div className="card kpi"><b>{clean180.percentHundredths === null ? '–' : percent(clean180.percentHundredths / 10_000)}</b>{t('hotspots.kpi-clean')}<small>{t('hotspots.kpi-clean-say', { numerator: number(clean180.numerator), denominator: number(clean180.denominator) })}</small></div>
      <div className="card kpi"><b>{pace.medianDays === null ? '–' : t('hotspots.days', { count: pace.medianDays })}</b>{t('hotspots.kpi-pace')}<small>{t('hotspots.kpi-pace-say', { target: pace.targetDays, count: number(pace.places) })}</small></div>
    </div>
  );
}

function ExportButton({ narrowing }: { readonly narrowing: ReturnType<typeof useNarrowing>['narrowing'] }) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await download(exportPlaces, { query: narrowing });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
  };
  return <><Button icon="download" className="only-l" busy={busy} onClick={() => void run()}>Excel</Button><ProblemNotice problem={problem} /></>;
}
