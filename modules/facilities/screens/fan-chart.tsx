import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { Forecast } from '../schema.ts';

const [width, height, left, bottom, top] = [900, 260, 64, 28, 14] as const;

/** People there, month by month: the mean as a line in its interval, the places by design dashed. The table under it says the same. */
export function FanChart({ forecast }: { readonly forecast: Forecast }) {
  const { path, nation } = forecast;
  const now = { low: nation.thereNow, mean: nation.thereNow, high: nation.thereNow };
  const points = [now, ...path.map((one) => one.there)];
  const most = Math.max(nation.places, ...points.map((one) => one.high)) * 1.05;
  const x = (at: number): number => left + (at * (width - left - 8)) / Math.max(1, points.length - 1);
  const least = Math.floor((Math.min(nation.places, ...points.map((one) => one.low)) * 0.9) / 10) * 10; // not from zero: the band would be a line; the scale says so
  const y = (value: number): number => top + (1 - (value - least) / Math.max(1, most - least)) * (height - top - bottom);
  const mark = (share: number): number => least + (most - least) * share;
  const along = (pick: (point: typeof now) => number): string[] => points.map((point, at) => `${x(at).toFixed(1)} ${y(pick(point)).toFixed(1)}`);
  const every = Math.max(1, Math.ceil(path.length / 7));
  return (
    <svg className="fan" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('facilities.path')}>
      {[0, 0.5, 1].map((share) => <g key={share}><path className="grid" d={`M${left} ${y(mark(share))}H${width - 8}`} /><text x={left - 8} y={y(mark(share)) + 4} textAnchor="end">{number(Math.round(mark(share)))}</text></g>)}
      <path className="band" d={`M${along((point) => point.low).join('L')}L${along((point) => point.high).reverse().join('L')}Z`} />
      <path className="mid" d={`M${along((point) => point.mean).join('L')}`} />
      <path className="cap" d={`M${left} ${y(nation.places)}H${width - 8}`} /><text x={width - 10} y={y(nation.places) - 6} textAnchor="end">{t('facilities.places')}: {number(nation.places)}</text>
      {path.map((one, at) => (at % every === 0 ? <text key={one.month} x={x(at + 1)} y={height - 8} textAnchor="middle">{one.month.split('-').reverse().join('/')}</text> : null))}
    </svg>
  );
}
