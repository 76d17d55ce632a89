import type { ReactNode } from 'react';
import { number } from '../i18n/format.ts';
import { t } from '../i18n/words.ts';

const clip = (share: number): number => Math.max(0, Math.min(100, share));

type BulletProps = { readonly name: string; readonly value: number; readonly expected?: number; readonly target: number; readonly max?: number; readonly unit?: string };
/** One figure against its target (red tick) and where it should be today (dark tick). */
export function Bullet({ name, value, expected, target, max = Math.max(target, value) * 1.05, unit = '%' }: BulletProps) {
  const at = (x: number): string => `${clip((x / max) * 100)}%`;
  const said = expected === undefined ? t('kit.bullet', { name, value, target, unit }) : t('kit.bullet-expected', { name, value, expected, target, unit });
  return (
    <span className="bullet" role="img" aria-label={said}>
      {expected !== undefined && <><span className="e1" style={{ width: at(expected) }} /><span className="e2" style={{ width: at(expected * 0.85) }} /></>}
      <b style={{ width: at(value) }} />
      {expected !== undefined && <u style={{ left: at(expected) }} />}
      <i style={{ left: at(target) }} />
    </span>
  );
}

/** Share done, with the words beside it. @param share 0 to 1 */
export const ProgressBar = ({ share, label }: { readonly share: number; readonly label: string }) => (
  <div className="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(clip(share * 100))}><i style={{ width: `${clip(share * 100)}%` }} /></div>
);

export type Part = { readonly key: string; readonly label: string; readonly count: number; readonly fill: 'done' | 'ok' | 'warn' | 'bad' | 'idle' };
type StackedBarProps = { readonly title: string; readonly parts: readonly Part[]; readonly thin?: boolean; readonly legend?: boolean; readonly unit?: string; /** False where the same figures stand in words beside the bar. */ readonly twin?: boolean };

/** Parts of a whole in one bar, with its legend and a table of the same figures. */
export function StackedBar({ title, parts, thin = false, legend = true, unit, twin = true }: StackedBarProps) {
  const whole = parts.reduce((sum, part) => sum + part.count, 0);
  const share = (count: number): string => (whole === 0 ? '0%' : `${number((count / whole) * 100)}%`);
  return (
    <>
      <div className={`stackbar${thin ? ' thin' : ''}`} role="img" aria-label={`${title}. ${parts.map((part) => `${part.label}: ${number(part.count)}`).join('; ')}`}>
        {parts.filter((part) => part.count > 0).map((part) => (
          <span key={part.key} className={`f-${part.fill}`} style={{ flex: `${part.count} 1 0` }}>{!thin && part.count / whole > 0.05 ? number(part.count) : ''}</span>
        ))}
      </div>
      {legend && <Legend parts={parts} />}
      {twin && <TableTwin title={title}>
        <thead><tr><th scope="col">{t('kit.part')}</th><th scope="col" className="num">{unit ?? t('kit.count')}</th><th scope="col" className="num">%</th></tr></thead>
        <tbody>{parts.map((part) => <tr key={part.key}><th scope="row">{part.label}</th><td className="num">{number(part.count)}</td><td className="num">{share(part.count)}</td></tr>)}</tbody>
      </TableTwin>}
    </>
  );
}

export const Legend = ({ parts }: { readonly parts: readonly { readonly key: string; readonly label: string; readonly fill: string }[] }) => (
  <ul className="legend">{parts.map((part) => <li key={part.key}><i className={`f-${part.fill}`} aria-hidden="true" />{part.label}</li>)}</ul>
);

/** The figures of a chart as a table, folded away. */
export const TableTwin = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <details className="twin"><summary>{t('kit.as-table')}</summary><div className="scroll" role="group" tabIndex={0} aria-label={title}><table className="tbl"><caption className="vh">{title}</caption>{children}</table></div></details>
);

type SparklineProps = { readonly values: readonly (number | null)[]; readonly label: string; readonly target?: number; readonly wide?: boolean };
/** The way here in a thumbnail; the figure itself stands beside it. A missing value leaves a gap, never a zero. */
export function Sparkline({ values, label, target, wide = false }: SparklineProps) {
  const width = wide ? 240 : 84;
  const height = wide ? 44 : 24;
  const present = values.filter((value): value is number => value !== null);
  const all = target === undefined ? present : [...present, target];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const x = (index: number): number => 3 + (index * (width - 7)) / Math.max(1, values.length - 1);
  const y = (value: number): number => height - 4 - ((value - low) / span) * (height - 8);
  const path = values.map((value, index) => (value === null ? '' : `${index === 0 || values[index - 1] === null ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)).join('');
  const last = values.reduce<number>((found, value, index) => (value === null ? found : index), -1);
  const lastValue = values[last];
  return (
    <svg className={`spark${wide ? ' wide' : ''}`} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {target !== undefined && <path d={`M0 ${y(target).toFixed(1)}H${width}`} stroke="var(--flag)" strokeWidth="1.2" strokeDasharray="3 2" fill="none" />}
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.8" vectorEffect="non-scaling-stroke" />
      {typeof lastValue === 'number' && <circle cx={x(last)} cy={y(lastValue)} r="2.4" fill="currentColor" />}
    </svg>
  );
}
