import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { TableTwin } from '#web/kit/charts.tsx';
import type { Survival } from '../schema.ts';

const [width, height, left, bottom, top] = [640, 240, 44, 28, 10];
const million = 1_000_000;
const share = (millionths: number | null): string => (millionths === null ? '–' : `${number(millionths / 10_000)}%`);

/** How many removed places stay clean, day by day after removal: places still watched count as long as they have been seen (Kaplan-Meier). */
export function SurvivalChart({ survival }: { readonly survival: Survival }) {
  const title = t('hotspots.survival-title');
  if (survival.recurrences < 5) return <p>{t('hotspots.survival-few', { removals: number(survival.removals), recurrences: number(survival.recurrences) })}</p>;
  const last = Math.max(365, survival.steps[survival.steps.length - 1]?.day ?? 0);
  const lowest = Math.min(...survival.steps.map((step) => step.lower), million);
  const floor = Math.max(0, Math.floor(lowest / 100_000) * 100_000 - 100_000);
  const x = (dayAfter: number): number => left + (dayAfter / last) * (width - left - 8);
  const y = (value: number): number => top + ((million - value) / (million - floor)) * (height - top - bottom);
  const points = [{ day: 0, survival: million, lower: million, upper: million }, ...survival.steps, { ...(survival.steps[survival.steps.length - 1] ?? { survival: million, lower: million, upper: million }), day: last }];
  const line = (value: (point: (typeof points)[number]) => number): string => points.map((point, at) => (at === 0 ? `M${x(point.day).toFixed(1)} ${y(value(point)).toFixed(1)}` : `H${x(point.day).toFixed(1)}V${y(value(point)).toFixed(1)}`)).join('');
  const back = points.toReversed().map((point, at, all) => { const before = all[at + 1]; return `L${x(point.day).toFixed(1)} ${y(point.lower).toFixed(1)}${before === undefined ? '' : `V${y(before.lower).toFixed(1)}`}`; }).join('');
  const marks = [floor, (floor + million) / 2, million];
  return (
    <>
      <svg className="surv" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}. ${survival.marks.map((mark) => t('hotspots.survival-mark', { day: mark.day, share: share(mark.survival) })).join('; ')}`}>
        {marks.map((mark) => <g key={mark}><path d={`M${left} ${y(mark).toFixed(1)}H${width - 8}`} stroke="var(--line)" /><text x={left - 6} y={y(mark) + 4} textAnchor="end">{share(mark)}</text></g>)}
        {[30, 60, 90, 180, 365].map((mark) => <g key={mark}><path d={`M${x(mark).toFixed(1)} ${top}V${height - bottom}`} stroke="var(--line)" strokeDasharray="2 3" /><text x={x(mark)} y={height - 8} textAnchor="middle">{mark}</text></g>)}
        <path d={`${line((point) => point.upper)}${back}Z`} fill="var(--tint-2)" />
        <path d={line((point) => point.survival)} fill="none" stroke="var(--accent-fill)" strokeWidth="2.2" />
      </svg>
      <p className="xs muted">{t('hotspots.survival-note', { removals: number(survival.removals), recurrences: number(survival.recurrences) })}</p>
      <TableTwin title={title}>
        <thead><tr><th scope="col">{t('hotspots.survival-day')}</th><th scope="col" className="num">{t('hotspots.survival-clean')}</th><th scope="col" className="num">{t('hotspots.survival-interval')}</th><th scope="col" className="num">{t('hotspots.survival-at-risk')}</th></tr></thead>
        <tbody>{survival.marks.map((mark) => <tr key={mark.day}><th scope="row">{mark.day}</th><td className="num">{share(mark.survival)}</td><td className="num">{mark.lower === null ? '–' : `${share(mark.lower)} – ${share(mark.upper)}`}</td><td className="num">{number(mark.atRisk)}</td></tr>)}</tbody>
      </TableTwin>
    </>
  );
}
