import { number, percent } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Card, PageHead, Pairs, StatStrip } from '#web/kit/card.tsx';
import { Bullet, Sparkline } from '#web/kit/charts.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { useQueryState } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { getPlaceFigures, type Kind, kinds, type PlaceFigures, type Share, type TimeInState } from '../schema.ts';
import { boardPath } from './addresses.ts';
import './hotspots.css';
import { SurvivalChart } from './survival-chart.tsx';
import { useUnits, useWhere } from './units.ts';
import { sayKind, sayState, stateKinds } from './words.ts';

const sayShare = (share: Share): string => (share.percentHundredths === null ? '–' : percent(share.percentHundredths / 10_000));
const ofWhat = (share: Share): string => t('hotspots.of', { numerator: number(share.numerator), denominator: number(share.denominator) });

/** What became of the places of an area: against the target of 100 %, how long they stay clean, how long each step takes. */
export default function FiguresScreen() {
  const where = useWhere();
  const units = useUnits();
  const [query, setQuery] = useQueryState();
  const kind = kinds.find((one) => one === query.get('loai')) ?? 'point';
  const figures = useQuery(getPlaceFigures, { query: { ...where, kind } });
  const area = where.commune ?? where.province;
  return (
    <>
      <PageHead title={area === undefined ? t('hotspots.figures') : t('hotspots.figures-in', { unit: units?.nameOf(area) ?? area })} crumbs={[{ label: t('hotspots.title'), to: boardPath }, { label: t('hotspots.figures') }]} say={t('hotspots.figures-say')} />
      <div className="row noprint"><Select label={t('hotspots.kind')} value={kind} onChoose={(next) => setQuery({ loai: next === 'point' ? undefined : next })} choices={kinds.map((value: Kind) => ({ value, label: sayKind(value) }))} /></div>
      <RemoteView of={figures} lines={12}>{(value) => <Figures figures={value} />}</RemoteView>
    </>
  );
}

function Figures({ figures }: { readonly figures: PlaceFigures }) {
  const { resolved, removed, recurrence, clean180, checksOnTime, targetPercent } = figures;
  const stats = [
    { label: t('hotspots.share-resolved'), value: sayShare(resolved), note: ofWhat(resolved) }, { label: t('hotspots.share-removed'), value: sayShare(removed), note: ofWhat(removed) },
    { label: t('hotspots.share-recurrence'), value: sayShare(recurrence), note: ofWhat(recurrence) }, { label: t('hotspots.kpi-clean'), value: sayShare(clean180), note: ofWhat(clean180) },
    { label: t('hotspots.checks-on-time'), value: sayShare(checksOnTime), note: ofWhat(checksOnTime) },
  ];
  return (
    <>
      <StatStrip stats={stats} />
      <div className="cols">
        <div className="stack">
          <Card title={t('hotspots.survival-title')} say={t('hotspots.survival-say')}><SurvivalChart survival={figures.survival} /></Card>
          <Card title={t('hotspots.time-in-state')} say={t('hotspots.time-in-state-say')} flush><TimeTable rows={figures.timeInState} /></Card>
          <Months months={figures.months} />
        </div>
        <div className="stack">
          <Card title={t('hotspots.against-target', { target: targetPercent })} say={t('hotspots.target-source')}>
            {[[t('hotspots.share-resolved'), resolved], [t('hotspots.share-removed'), removed]].map(([label, share]) => (typeof label === 'string' && typeof share === 'object' ? (
              <p key={label}>{label}: <b>{sayShare(share)}</b>{share.percentHundredths !== null && <Bullet name={label} value={Math.round(share.percentHundredths / 10) / 10} target={targetPercent} max={100} />}</p>
            ) : null))}
          </Card>
          <Card title={t('hotspots.by-kind')} say={t('hotspots.by-kind-say')}><Pairs pairs={figures.byKind.map((one) => [sayKind(one.kind), t('hotspots.kind-counts', { left: number(one.left), life: number(one.inLife) })] as const)} /></Card>
          <Card title={t('hotspots.by-state')}><Pairs pairs={figures.byState.map((one) => [sayState(one.state), one.overdue > 0 ? t('hotspots.count-overdue', { count: number(one.places), overdue: number(one.overdue) }) : number(one.places)] as const)} /></Card>
          <Card title={t('hotspots.linked')} say={t('hotspots.linked-say')}><Pairs pairs={[[t('hotspots.cases'), number(figures.cases)], [t('hotspots.suspects'), number(figures.suspects)], [t('hotspots.seized'), t('hotspots.kilograms', { kg: number(figures.seizedMilligrams / 1_000_000, 3) })], [t('hotspots.documents'), number(figures.documents)]]} /></Card>
        </div>
      </div>
    </>
  );
}

const days = (value: number | null): string => (value === null ? '–' : number(value));
const TimeTable = ({ rows }: { readonly rows: readonly TimeInState[] }) => (
  <Table caption={t('hotspots.time-in-state')} hideCaption rows={rows} rowKey={(row) => row.state} empty={<EmptyState title={t('hotspots.none-found')} />} columns={[
    { key: 'state', header: t('hotspots.state'), rowHeader: true, cell: (row) => <StatusBadge kind={stateKinds[row.state]} bare>{sayState(row.state)}</StatusBadge> },
    { key: 'median', header: t('hotspots.median-days'), numeric: true, cell: (row) => days(row.medianDays) },
    { key: 'quarters', header: t('hotspots.quarter-days'), numeric: true, cell: (row) => (row.quarterDays === null ? '–' : `${days(row.quarterDays)} – ${days(row.threeQuarterDays)}`) },
    { key: 'ended', header: t('hotspots.ended'), numeric: true, cell: (row) => number(row.ended) },
    { key: 'running', header: t('hotspots.running'), numeric: true, cell: (row) => number(row.running) },
    { key: 'overdue', header: t('hotspots.running-overdue'), numeric: true, cell: (row) => <span className={row.runningOverdue > 0 ? 'c-bad b' : undefined}>{number(row.runningOverdue)}</span> },
  ]} />
);

function Months({ months: all }: { readonly months: PlaceFigures['months'] }) {
  const first = all.findIndex((month) => month.listed + month.removed + month.recurred + month.left > 0);
  const months = first < 0 ? [] : all.slice(Math.max(first, all.length - 24));
  if (months.length === 0) return null;
  return (
    <Card title={t('hotspots.months')} say={t('hotspots.months-say')} flush>
      <div className="body"><Sparkline wide values={months.map((month) => month.left)} label={t('hotspots.months-line', { from: number(months[0]?.left ?? 0), to: number(months[months.length - 1]?.left ?? 0) })} /></div>
      <Table caption={t('hotspots.months')} hideCaption rows={months.toReversed().slice(0, 12)} rowKey={(month) => month.period} columns={[
        { key: 'period', header: t('hotspots.month'), rowHeader: true, cell: (month) => monthName(month.period) },
        { key: 'listed', header: t('hotspots.month-listed'), numeric: true, cell: (month) => number(month.listed) }, { key: 'removed', header: t('hotspots.month-removed'), numeric: true, cell: (month) => number(month.removed) },
        { key: 'recurred', header: t('hotspots.month-recurred'), numeric: true, cell: (month) => number(month.recurred) }, { key: 'left', header: t('hotspots.left'), numeric: true, cell: (month) => number(month.left) },
      ]} />
    </Card>
  );
}
const monthName = (period: string): string => { const [year = '', month = ''] = period.split('-'); return `${Number(month)}/${year}`; };
