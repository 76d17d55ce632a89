import type { ReactNode } from 'react';
import { compareVietnamese } from '#kernel/fold.ts';
import { number, percent } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { withQuery } from '#web/place.ts';
import { A } from '#web/kit/link.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import type { Quality } from '../schema.ts';
import { CompactText, sayUnit } from './figure.tsx';
import type { QualityNames } from './quality-names.ts';

type ListProps = { readonly quality: Quality; readonly names: QualityNames };
type Outlier = Quality['outliers'][number];
type Drop = Quality['drops'][number];

/** The number itself, each a press away from its cells. */
const explainAt = ({ period }: Quality, unit: string, element: string, cell = ''): string => withQuery('/giai-thich', { so: element, o: cell === '' ? undefined : cell, 'don-vi': unit, ky: period.id });
/** A list shows the gravest; how many there are in all is said. */
const more = (shown: number, of: number): string => (of > shown ? ` ${t('indicators.first-of', { shown: number(shown), of: number(of) })}` : '');
const Said = ({ children }: { readonly children: ReactNode }) => <p className="pad-x small muted">{children}</p>;
const None = ({ title }: { readonly title: string }) => <EmptyState icon="ok" title={title} />;
type Named = Parameters<typeof sayUnit>[0];
const byName = (a: Named, b: Named): number => compareVietnamese(sayUnit(a), sayUnit(b));

export function Outliers({ quality, names }: ListProps) {
  const z = (one: Outlier): number => Math.abs(one.modifiedZ ?? one.z ?? 0);
  const columns: readonly Column<Outlier>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (one) => sayUnit(one), compare: byName },
    { key: 'element', header: t('indicators.dim.measure'), cell: (one) => names.element(one.element, one.cell) },
    { key: 'value', header: t('indicators.value'), numeric: true, cell: (one) => <A to={explainAt(quality, one.unit, one.element, one.cell)}><CompactText value={one.value} decimals={names.decimals(one.element)} /></A> },
    { key: 'usual', header: t('indicators.usual'), numeric: true, cell: (one) => <CompactText value={one.usual} decimals={1} /> },
    { key: 'far', header: t('indicators.how-far'), numeric: true, cell: (one) => sayTests(one), compare: (a, b) => z(a) - z(b) },
    { key: 'effect', header: t('indicators.effect'), numeric: true, cell: (one) => (one.effect === null ? '–' : percent(one.effect)), compare: (a, b) => (a.effect ?? -1) - (b.effect ?? -1) },
  ];
  if (quality.outliers.length === 0) return <None title={t('indicators.none.la')} />;
  return (
    <>
      <Said>{t('indicators.outliers-say')}{more(quality.outliers.length, quality.outliersTotal)}</Said>
      <Table caption={t('indicators.tab.la')} hideCaption columns={columns} rows={quality.outliers} rowKey={(one) => `${one.unit} ${one.element} ${one.cell}`} />
    </>
  );
}

/** Each test that spoke with its number: "z 4,1 · z sửa 6,2 · gấp 8,0 lần". */
const sayTests = (one: Outlier): string => one.tests.map((test) => {
  const value = test === 'z' ? one.z : test === 'modified-z' ? one.modifiedZ : one.ratio;
  return value === null ? t('indicators.test.from-zero') : sayKey(`indicators.test.${test}`, { value: number(value) });
}).join(' · ') || '–';

export function HeapingList({ quality }: { readonly quality: Quality }) {
  type Row = Quality['heaping'][number];
  const columns: readonly Column<Row>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (one) => sayUnit(one), compare: byName },
    { key: 'values', header: t('indicators.values-counted'), numeric: true, cell: (one) => number(one.values), compare: (a, b) => a.values - b.values },
    { key: 'share', header: t('indicators.ending-share'), numeric: true, cell: (one) => percent(one.endingInZeroOrFive / Math.max(1, one.values)), compare: (a, b) => a.endingInZeroOrFive / Math.max(1, a.values) - b.endingInZeroOrFive / Math.max(1, b.values) },
    { key: 'expected', header: t('indicators.expected-share'), numeric: true, cell: (one) => percent(one.expectedShare) },
    { key: 'p', header: t('indicators.by-accident'), numeric: true, cell: (one) => (one.p < 0.0001 ? '< 0,01%' : percent(one.p, 2)), compare: (a, b) => a.p - b.p },
  ];
  if (quality.heaping.length === 0) return <None title={t('indicators.none.tron')} />;
  return <><Said>{t('indicators.heaping-say')}{more(quality.heaping.length, quality.heapingTotal)}</Said><Table caption={t('indicators.tab.tron')} hideCaption columns={columns} rows={quality.heaping} rowKey={(one) => one.unit} /></>;
}

export function Drops({ quality, names }: ListProps) {
  const columns: readonly Column<Drop>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (one) => sayUnit(one), compare: byName },
    { key: 'element', header: t('indicators.dim.measure'), cell: (one) => names.element(one.element, '') },
    { key: 'before', header: t('indicators.usual'), numeric: true, cell: (one) => <CompactText value={one.before} decimals={names.decimals(one.element)} /> },
    { key: 'value', header: t('indicators.value'), numeric: true, cell: (one) => <A to={explainAt(quality, one.unit, one.element)}><CompactText value={one.value} decimals={names.decimals(one.element)} /></A> },
    { key: 'days', header: t('indicators.to-deadline'), numeric: true, cell: (one) => (one.daysToDeadline === null ? '–' : one.daysToDeadline < 0 ? t('indicators.days-late', { count: -one.daysToDeadline }) : t('indicators.days-before', { count: one.daysToDeadline })) },
  ];
  if (quality.drops.length === 0) return <None title={t('indicators.none.han')} />;
  return <><Said>{t('indicators.drops-say')}{more(quality.drops.length, quality.dropsTotal)}</Said><Table caption={t('indicators.tab.han')} hideCaption columns={columns} rows={quality.drops} rowKey={(one) => `${one.unit} ${one.element}`} /></>;
}

export function ZeroRuns({ quality }: { readonly quality: Quality }) {
  type Row = Quality['zeroRuns'][number];
  const columns: readonly Column<Row>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (one) => sayUnit(one), compare: byName },
    { key: 'periods', header: t('indicators.zero-periods'), numeric: true, cell: (one) => number(one.periods), compare: (a, b) => a.periods - b.periods },
  ];
  if (quality.zeroRuns.length === 0) return <None title={t('indicators.none.khong')} />;
  return <><Said>{t('indicators.zero-say')}{more(quality.zeroRuns.length, quality.zeroRunsTotal)}</Said><Table caption={t('indicators.tab.khong')} hideCaption columns={columns} rows={quality.zeroRuns} rowKey={(one) => `${one.unit} ${one.dataSet}`} sort={{ key: 'periods', down: true }} /></>;
}

export function Consistency({ quality, names }: ListProps) {
  type Row = Quality['consistency'][number];
  const columns: readonly Column<Row>[] = [
    { key: 'rule', header: t('indicators.rule'), rowHeader: true, cell: (one) => names.rule(one.rule) },
    { key: 'open', header: t('indicators.open'), numeric: true, cell: (one) => number(one.open), compare: (a, b) => a.open - b.open },
    { key: 'explained', header: t('indicators.explained'), numeric: true, cell: (one) => number(one.explained), compare: (a, b) => a.explained - b.explained },
  ];
  if (quality.consistency.length === 0) return <None title={t('indicators.none.khop')} />;
  return <><Said>{t('indicators.consistency-say')}</Said><Table caption={t('indicators.tab.khop')} hideCaption columns={columns} rows={quality.consistency} rowKey={(one) => one.rule} sort={{ key: 'open', down: true }} /></>;
}
