import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { roundUp } from './analysis-cube.ts';
import { useWidth } from './analysis-svg.ts';

type ChartPoint = { readonly label: string; readonly title: string; readonly value: number | null; readonly approved: number | null; readonly shouldBe: number | null };

const [height, left, bottom, top] = [220, 52, 26, 12] as const;

/** A line from zero over periods: sent figures whole, approved ones dashed, the path of the target in red. A missing period leaves a gap. */
export function SeriesChart({ points, label }: { readonly points: readonly ChartPoint[]; readonly label: string }) {
  const [box, width] = useWidth();
  const all = points.flatMap((point) => [point.value, point.approved, point.shouldBe]).filter((value): value is number => value !== null);
  const most = roundUp(Math.max(0, ...all));
  const x = (at: number): number => left + (at * (width - left - 8)) / Math.max(1, points.length - 1);
  const y = (value: number): number => top + (1 - value / most) * (height - top - bottom);
  const line = (of: (point: ChartPoint) => number | null): string => points.map((point, at) => {
    const value = of(point);
    if (value === null) return '';
    const before = points[at - 1];
    return `${before === undefined || of(before) === null ? 'M' : 'L'}${x(at).toFixed(1)} ${y(Math.max(0, value)).toFixed(1)}`;
  }).join('');
  const every = Math.max(1, Math.ceil((points.length * 44) / (width - left)));
  return (
    <figure className="series">
      <div ref={box}><svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map((share) => <g key={share}><path d={`M${left} ${y(most * share)}H${width - 8}`} className="grid" /><text x={left - 6} y={y(most * share) + 4} textAnchor="end">{number(most * share)}</text></g>)}
        {points.map((point, at) => (at % every === 0 ? <text key={point.title} x={x(at)} y={height - 6} textAnchor="middle">{point.label}</text> : null))}
        <path d={line((point) => point.shouldBe)} className="path" />
        <path d={line((point) => point.approved)} className="approved" />
        <path d={line((point) => point.value)} className="sent" />
        {points.map((point, at) => (point.value === null ? null : <circle key={point.title} cx={x(at)} cy={y(Math.max(0, point.value))} r="3"><title>{`${point.title}: ${number(point.value, 2)}`}</title></circle>))}
      </svg></div>
      <figcaption className="legend"><span><i className="line-key" aria-hidden="true" />{t('indicators.reported')}</span><span><i className="line-key dashed" aria-hidden="true" />{t('indicators.approved')}</span>{points.some((point) => point.shouldBe !== null) && <span><i className="line-key way" aria-hidden="true" />{t('indicators.path-of-target')}</span>}</figcaption>
    </figure>
  );
}
