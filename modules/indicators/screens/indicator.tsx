import { useParams } from 'wouter';
import { compareVietnamese } from '#kernel/fold.ts';
import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { getIndicatorFigures, numberIn, type IndicatorPage } from '../schema.ts';
import { CompactText, FigureText, GradeMark, percentOf, sayChange, sayPeriod, sayUnit, shortPeriod, StepBadge } from './figure.tsx';
import { explainPath } from './links.ts';
import { Targets } from './indicator-targets.tsx';
import { recentPeriods } from './months.ts';
import { PublishedChart } from './published-chart.tsx';
import { drawable, PublishedRows } from './published-parts.tsx';
import { SeriesChart } from './series-chart.tsx';
import { useLive } from './live.ts';
import './figures.css';

type Child = IndicatorPage['children'][number];

/** One indicator for one unit: meaning, series against the path of its target, places, and what others published beside. */
export default function IndicatorScreen() {
  const { indicator = '' } = useParams<{ indicator: string }>();
  const scope = useScope();
  const [query, setQuery] = useQueryState();
  const to = query.get('ky') ?? undefined;
  const unit = query.get('don-vi') ?? scope.commune ?? scope.province;
  const page = useQuery(getIndicatorFigures, { params: { id: indicator }, query: { ...(unit === undefined ? {} : { unit }), ...(to === undefined ? {} : { to }) } });
  useLive(page.value === undefined ? [] : page.value.series.map((point) => point.period.id), page.reload);
  const shown = page.value;
  const newest = shown?.series.at(-1)?.period.id;
  return (
    <>
      <PageHead title={shown === undefined ? t('indicators.indicator') : shown.indicator.name[language()]} crumbs={[{ label: t('indicators.to-dictionary'), to: '/chi-tieu' }, { label: shown?.indicator.shortName[language()] ?? indicator }]}
        say={shown === undefined ? undefined : `${sayUnit(shown.unit)} · ${shown.definition[language()]}`} tools={<>{newest !== undefined && <Select label={t('indicators.period')} hideLabel value={newest} onChoose={(next) => setQuery({ ky: next })} choices={recentPeriods(newest).map((one) => ({ value: one, label: sayPeriod(one) }))} />}<CopyLink /><LinkButton to={withQuery('/phan-tich', { chi: indicator })} icon="chart">{t('indicators.to-analysis')}</LinkButton></>} />
      <RemoteView of={page} lines={10} empty={<EmptyState icon="list" title={t('indicators.nothing-yet')}>{t('indicators.nothing-yet-why')}</EmptyState>} isEmpty={(value) => value.series.length === 0}>{(value) => <Parts page={value} onJudged={page.reload} />}</RemoteView>
    </>
  );
}

function Parts({ page, onJudged }: { readonly page: IndicatorPage; readonly onJudged: () => void }) {
  return (
    <div className="stack">
      {page.indicator.polarity === 'none' && <Notice><p>{t('indicators.direction-says-nothing')}</p></Notice>}
      <Series page={page} />
      <Meaning page={page} />
      <Targets page={page} onJudged={onJudged} />
      {page.beside.length > 0 && (
        <Card title={t('indicators.read-beside')}>
          <dl className="facts">{page.beside.map(({ indicator, value }) => <div key={indicator.id}><dt>{indicator.shortName[language()]}</dt><dd><FigureText figure={value} decimals={indicator.decimals} suffix={percentOf(indicator.unit)} />{percentOf(indicator.unit) === '' && <small>{indicator.unit[language()]}</small>}</dd></div>)}</dl>
        </Card>
      )}
      {page.children.length > 0 && <Places page={page} />}
      {page.published.length > 0 && <PublishedFigures page={page} />}
    </div>
  );
}

function Series({ page }: { readonly page: IndicatorPage }) {
  const { series, indicator } = page;
  const last = series.at(-1);
  return (
    <Card title={t('indicators.series')} say={`${indicator.unit[language()]} · ${t('indicators.series-say')}`}>
      <SeriesChart label={t('indicators.trend-of', { name: indicator.name[language()] })} points={series.map((point) => ({ label: shortPeriod(point.period.id), title: sayPeriod(point.period.id), value: numberIn(point.reported), approved: numberIn(point.approved), shouldBe: point.shouldBe }))} />
      {last !== undefined && (
        <p className="under"><b className="big"><FigureText figure={last.reported} decimals={indicator.decimals} suffix={percentOf(indicator.unit)} /></b> {sayPeriod(last.period.id)} <GradeMark grade={last.grade} why={last.gradeWhy} />{' '}
          <A to={explainPath(indicator.id, page.unit.code, last.period.id)}>{t('indicators.explain-this')}</A>{last.verification !== null && <span className="block small">{t('indicators.verified-here', { factor: number(last.verification, 3) })}</span>}</p>
      )}
      <TableTwin title={t('indicators.series')}>
        <thead><tr><th scope="col">{t('indicators.period')}</th><th scope="col" className="num">{t('indicators.reported')}</th><th scope="col" className="num">{t('indicators.approved')}</th><th scope="col" className="num">{t('indicators.behind')}</th><th scope="col">{t('indicators.quality')}</th><th scope="col" className="num">{t('indicators.verification')}</th></tr></thead>
        <tbody>{series.map((point) => (
          <tr key={point.period.id}>
            <th scope="row">{sayPeriod(point.period.id)}</th>
            <td className="num"><A to={explainPath(indicator.id, page.unit.code, point.period.id)}><FigureText figure={point.reported} decimals={indicator.decimals} /></A></td>
            <td className="num"><A to={explainPath(indicator.id, page.unit.code, point.period.id, true)}><FigureText figure={point.approved} decimals={indicator.decimals} /></A></td>
            <td className="num">{number(point.coverage.reporting)}/{number(point.coverage.expected)}</td><td><GradeMark grade={point.grade} why={point.gradeWhy} /></td>
            <td className="num">{point.verification === null ? '–' : number(point.verification, 3)}</td>
          </tr>
        ))}</tbody>
      </TableTwin>
    </Card>
  );
}

function Places({ page }: { readonly page: IndicatorPage }) {
  // what is missing or hidden stands behind every number, whichever way is worse
  const rank = ({ value }: Child): number => (typeof value === 'number' ? value : page.indicator.polarity === 'lower' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const judgedBy = page.targets.find((one) => one.judged.target !== null)?.target;
  const at = (child: Child): string => withQuery(`/chi-tieu/${page.indicator.id}`, { 'don-vi': child.unit, ky: page.childrenPeriod });
  const columns: readonly Column<Child>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (child) => <A to={at(child)}>{sayUnit(child)}</A>, compare: (a, b) => compareVietnamese(sayUnit(a), sayUnit(b)) },
    { key: 'value', header: `${t('indicators.value')}${percentOf(page.indicator.unit) === '' ? '' : ' (%)'}`, numeric: true, cell: (child) => <A to={explainPath(page.indicator.id, child.unit, page.childrenPeriod)}><CompactText value={child.value} decimals={page.indicator.decimals} /></A>, compare: (a, b) => rank(a) - rank(b) || 0 },
    { key: 'change', header: t('indicators.change'), numeric: true, cell: (child) => (child.change === null ? '–' : sayChange(child.change, page.indicator.decimals)) },
    { key: 'coverage', header: t('indicators.behind'), numeric: true, cell: (child) => `${number(child.reporting)}/${number(child.expected)}` },
    { key: 'grade', header: t('indicators.quality'), cell: (child) => <GradeMark grade={child.grade} why={child.gradeWhy} /> },
    { key: 'step', header: t('indicators.judgement'), cell: (child) => <StepBadge step={child.step} /> },
  ];
  return <Card title={t('indicators.places')} say={`${sayPeriod(page.childrenPeriod)}${judgedBy === undefined ? '' : ` · ${t('indicators.judged-by', { target: judgedBy.name[language()] })}`}`} flush><Table caption={t('indicators.places')} hideCaption columns={columns} rows={page.children} rowKey={(child) => child.unit} {...(page.indicator.polarity === 'none' ? {} : { sort: { key: 'value', down: page.indicator.polarity === 'lower' } })} /></Card>;
}

/** How it is counted: the formula as it is computed, the factor, the edition in force, and the way to the full definition. */
function Meaning({ page }: { readonly page: IndicatorPage }) {
  const last = page.series.at(-1);
  return (
    <Card title={t('indicators.how-counted')} tools={<A to={withQuery('/chi-tieu', { muc: page.indicator.id })}>{t('indicators.full-definition')}</A>}>
      <Pairs pairs={[
        [t('indicators.formula'), <code key="f">{page.numerator}{page.denominator === null ? '' : ` ÷ ${page.denominator}`}{page.factor === 1 ? '' : ` × ${number(page.factor, 6)}`}</code>],
        ...(last === undefined ? [] : [[t('indicators.side.numerator'), <FigureText key="n" figure={last.numerator} decimals={2} />] as const, ...(last.denominator === null ? [] : [[t('indicators.side.denominator'), <FigureText key="d" figure={last.denominator} decimals={2} />] as const]), [t('indicators.version'), t('indicators.edition-number', { edition: last.edition })] as const]),
        [t('indicators.measures'), sayKey(`indicators.measures-kind.${page.indicator.measures}`)],
      ]} />
    </Card>
  );
}

/** Figures others published, as they were worded, over time beside the programme's own; never on one line with them. */
function PublishedFigures({ page }: { readonly page: IndicatorPage }) {
  const { published, years, unit } = page;
  const own = unit.code !== '00' ? [] : years.flatMap((one) => { const value = numberIn(one.value); return value === null ? [] : [{ from: one.period.first, to: one.period.last, value, label: sayPeriod(one.period.id) }]; });
  const national = drawable(published).filter((row) => row.place === drawable(published)[0]?.place);
  return (
    <Card title={t('indicators.published')} say={t('indicators.published-say')} flush tools={<A to="/so-lieu-cong-bo">{t('indicators.published-all')}</A>}>
      {national.length + own.length > 1 && national.length > 0 && <div className="pad-x"><PublishedChart rows={national} own={own} label={`${t('indicators.published')}. ${t('indicators.see-table-twin-below')}`} /></div>}
      <PublishedRows rows={published} all={new Map(published.map((row) => [row.id, row]))} caption={t('indicators.published')} />
    </Card>
  );
}
