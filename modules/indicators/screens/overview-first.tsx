import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Sparkline } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { withQuery } from '#web/place.ts';
import type { Overview } from '../schema.ts';
import { CompactText, GradeMark, percentOf, sayChange, StepBadge } from './figure.tsx';
import { explainPath, indicatorPath } from './links.ts';

type FirstToSee = NonNullable<Overview['first']>;
type Row = FirstToSee['rows'][number];

/** Which places to open first, with the rule that put them first. */
export function First({ first, overview }: { readonly first: FirstToSee; readonly overview: Overview }) {
  const names = new Map(overview.children.map(([code, vi, en]) => [code, language() === 'en' ? en : vi]));
  const tile = overview.bullets.find((bullet) => bullet.indicator.id === overview.tiles.indicator);
  const columns: readonly Column<Row>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (row) => <A to={withQuery('/tong-quan', { 'pham-vi': overview.unit.code === '00' ? row.unit : `${overview.unit.code}-${row.unit}` })}>{names.get(row.unit) ?? row.unit}</A> },
    { key: 'value', header: t('indicators.value'), numeric: true, cell: (row) => (tile === undefined ? <CompactText value={row.value} /> : <A to={explainPath(tile.indicator.id, row.unit, tile.period)}><CompactText value={row.value} suffix={percentOf(tile.indicator.unit)} /></A>) },
    { key: 'trend', header: t('indicators.three-months'), cell: (row) => <><Sparkline values={row.trend.map((one) => (typeof one === 'number' ? one : null))} label={t('indicators.trend-of', { name: names.get(row.unit) ?? row.unit })} />{row.change !== null && <span className="xs muted"> {sayChange(row.change)}</span>}</> },
    { key: 'onTime', header: t('indicators.in-time'), numeric: true, cell: (row) => (row.onTime === null ? '–' : `${number(row.onTime)}%`) },
    { key: 'missing', header: t('indicators.not-sent'), numeric: true, cell: (row) => number(row.missing) },
    { key: 'grade', header: t('indicators.quality'), cell: (row) => <GradeMark grade={row.grade} why={row.gradeWhy} /> },
    { key: 'step', header: t('indicators.judgement'), cell: (row) => <StepBadge step={row.step} /> },
  ];
  return (
    <Card title={t(overview.unit.code === '00' ? 'indicators.first-provinces' : 'indicators.first-communes')} say={`${t('indicators.first-say', { indicator: tile?.indicator.name[language()] ?? '', shown: first.rows.length, of: first.of, rule: sayKey(`indicators.first.${first.rule}`) })}${tile?.target == null ? '' : ` ${t('indicators.judged-by', { target: tile.target.name[language()] })}.`}`} footer={tile === undefined ? undefined : <A to={withQuery(indicatorPath(tile.indicator.id), { 'don-vi': overview.unit.code, ky: overview.period.id })}>{t('indicators.first-all', { count: overview.children.length })}</A>} flush>
      <Table caption={t('indicators.first-caption')} hideCaption columns={columns} rows={first.rows} rowKey={(row) => row.unit} />
    </Card>
  );
}
