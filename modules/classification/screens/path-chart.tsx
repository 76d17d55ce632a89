import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { TableTwin } from '#web/kit/charts.tsx';
import type { Trajectory } from '../schema/trajectory.ts';
import { shareText } from './share-card.tsx';

const size = { width: 720, height: 240, left: 44, right: 96, top: 16, bottom: 28 } as const;
type Dot = { readonly x: number; readonly y: number };
const line = (dots: readonly Dot[]): string => dots.map((dot, at) => `${at === 0 ? 'M' : 'L'}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`).join('');

/** Shares by year from zero: computed or decided (line), where the straight way would be (dots), what was promised (dashes). */
export function PathChart({ value }: { readonly value: Trajectory }) {
  const years = value.years.map((one) => Number(one.period));
  const targets = value.targets.filter((one) => one.of === 'communes');
  const [first, last] = [Math.min(...years), Math.max(...years, ...targets.map((one) => one.year))];
  const top = Math.max(10, Math.ceil((Math.max(0, ...targets.map((one) => one.low), ...value.years.flatMap((one) => [one.share.proposed ?? 0, one.committedShare ?? 0])) * 1.15) / 10) * 10);
  const x = (year: number): number => size.left + ((year - first) / Math.max(1, last - first)) * (size.width - size.left - size.right);
  const y = (share: number): number => size.height - size.bottom - (share / top) * (size.height - size.top - size.bottom);
  const dots = (of: (year: Trajectory['years'][number]) => number | null): Dot[] => value.years.flatMap((one) => { const share = of(one); return share === null ? [] : [{ x: x(Number(one.period)), y: y(share) }]; });
  const real = dots((one) => (one.proposed === null ? null : one.share.proposed));
  const label = t('classification.path-chart', { list: value.years.map((one) => `${one.period}: ${shareText(one.proposed === null ? null : one.share.proposed)}`).join('; ') });
  return (
    <>
      <svg className="path-chart" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => <g key={part}><path className="grid" d={`M${size.left} ${y(part * top)}H${size.width - size.right}`} /><text x={size.left - 6} y={y(part * top) + 4} textAnchor="end">{number(part * top, 0)}%</text></g>)}
        {Array.from({ length: last - first + 1 }, (_, at) => first + at).map((year) => <text key={year} x={x(year)} y={size.height - 8} textAnchor="middle">{year}</text>)}
        {targets.map((one) => <g key={one.id}><path className="goal" d={`M${x(one.year) - 26} ${y(one.low)}H${x(one.year) + 26}`} /><text x={x(one.year)} y={y(one.low) - 8} textAnchor="middle">{t('classification.goal', { value: number(one.low), year: one.year })}</text></g>)}
        <path className="needed" d={line(dots((one) => one.shouldBe))} />
        <path className="promised" d={line(dots((one) => one.committedShare))} />
        <path className="real" d={line(real)} />
        {real.map((dot) => <circle key={dot.x} cx={dot.x} cy={dot.y} r="3.4" />)}
      </svg>
      <p className="small muted">{t('classification.path-key')}</p>
      <TableTwin title={label}>
        <thead><tr><th scope="col">{t('classification.period')}</th><th scope="col" className="num">{t('classification.proposed')}</th><th scope="col" className="num">{t('classification.decided')}</th><th scope="col" className="num">{t('classification.should-be')}</th><th scope="col" className="num">{t('classification.committed')}</th></tr></thead>
        <tbody>{value.years.map((one) => <tr key={one.period}><th scope="row">{one.period}</th><td className="num">{shareText(one.proposed === null ? null : one.share.proposed)}</td><td className="num">{shareText(one.share.decided)}</td><td className="num">{shareText(one.shouldBe)}</td><td className="num">{shareText(one.committedShare)}</td></tr>)}</tbody>
      </TableTwin>
    </>
  );
}
