import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { PublishedFigure } from '#modules/definitions/schema.ts';
import { roundUp } from './analysis-cube.ts';
import { useWidth } from './analysis-svg.ts';
import { drawable, sayPublishedPeriod, sayPublishedValue, type OwnFigure } from './published-parts.tsx';

const [height, left, bottom, top] = [190, 74, 26, 12] as const;
const dayZero = '1990-01-01';

/**
 * Published figures over time, each as long as its period, beside the programme's own: two looks, never one line, because they are not
 * counted the same way. An exact figure has a whole line, one said to be "over", "nearly" or "about" a dashed one.
 */
export function PublishedChart({ rows, own, label }: { readonly rows: readonly PublishedFigure[]; readonly own: readonly OwnFigure[]; readonly label: string }) {
  const [box, width] = useWidth();
  const drawn = drawable(rows);
  const starts = [...drawn.map((row) => row.from ?? row.to), ...own.map((one) => one.from)].sort();
  const ends = [...drawn.map((row) => row.to), ...own.map((one) => one.to)].sort();
  const [first, last] = [Number((starts[0] ?? '2025').slice(0, 4)), Number((ends.at(-1) ?? '2025').slice(0, 4)) + 1];
  const [begin, end] = [daysBetween(dayZero, `${first}-01-01`), daysBetween(dayZero, `${last}-01-01`)];
  const most = roundUp(Math.max(0, ...drawn.map((row) => row.value), ...own.map((one) => one.value)));
  const x = (at: PlainDate): number => left + ((daysBetween(dayZero, at) - begin) * (width - left - 10)) / Math.max(1, end - begin);
  const y = (value: number): number => top + (1 - Math.max(0, value) / most) * (height - top - bottom);
  const every = Math.max(1, Math.ceil(((last - first) * 40) / (width - left)));
  const years = Array.from({ length: last - first }, (_, at) => first + at).filter((_, at) => at % every === 0);
  return (
    <figure className="series">
      <div ref={box}><svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map((share) => <g key={share}><path d={`M${left} ${y(most * share)}H${width - 10}`} className="grid" /><text x={left - 6} y={y(most * share) + 4} textAnchor="end">{number(most * share)}</text></g>)}
        {years.map((year) => <text key={year} x={x(`${year}-01-01`)} y={height - 6} textAnchor="start">{year}</text>)}
        {own.map((one) => <g key={one.from}><rect x={x(one.from)} y={y(one.value)} width={Math.max(3, x(one.to) - x(one.from) - 2)} height={Math.max(1, y(0) - y(one.value))} className="own" /><title>{`${one.label}: ${number(one.value, 2)}`}</title></g>)}
        {drawn.map((row) => {
          const [from, to] = [x(row.from ?? row.to), x(row.to)];
          return <g key={row.id} className={`told${row.qualifier === 'as_stated' ? '' : ' loose'}`}><path d={`M${from.toFixed(1)} ${y(row.value).toFixed(1)}H${Math.max(from + 2, to).toFixed(1)}`} /><circle cx={to} cy={y(row.value)} r="3.5" /><title>{`${sayPublishedPeriod(row)}: ${sayPublishedValue(row)}. ${row.source}`}</title></g>;
        })}
      </svg></div>
      <figcaption className="legend"><span><i className="told-key" aria-hidden="true" />{t('indicators.published-key')}</span><span><i className="told-key loose" aria-hidden="true" />{t('indicators.published-key-loose')}</span>{own.length > 0 && <span><i className="f-own" aria-hidden="true" />{t('indicators.published-own')}</span>}</figcaption>
    </figure>
  );
}
