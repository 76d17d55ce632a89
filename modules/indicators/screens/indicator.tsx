import { useState } from 'react';
import { useParams } from 'wouter';
import { moment, number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { useMay } from '#web/session.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { getIndicatorFigures, numberIn, type IndicatorPage } from '../schema.ts';
import { CompactText, FigureText, GradeMark, JudgedBadge, percentOf, sayChange, sayPeriod, sayUnit, sayStep, shortPeriod, StepBadge, withUnit } from './figure.tsx';
import { JudgeDialog } from './judge-dialog.tsx';
import { SeriesChart } from './series-chart.tsx';
import { useLive } from './live.ts';

type Child = IndicatorPage['children'][number];
type Published = IndicatorPage['published'][number];

/** One indicator for one unit: meaning, series against the path of its target, places, and what others published beside. */
export default function IndicatorScreen() {
  const { indicator = '' } = useParams<{ indicator: string }>();
  const scope = useScope();
  const [query] = useQueryState();
  const unit = query.get('don-vi') ?? scope.commune ?? scope.province;
  const page = useQuery(getIndicatorFigures, { params: { id: indicator }, query: unit === undefined ? {} : { unit } });
  useLive(page.value === undefined ? [] : page.value.series.map((point) => point.period.id), page.reload);
  const shown = page.value;
  return (
    <>
      <PageHead title={shown === undefined ? t('indicators.indicator') : shown.indicator.name[language()]} crumbs={[{ label: t('indicators.to-dictionary'), to: '/chi-tieu' }, { label: shown?.indicator.shortName[language()] ?? indicator }]}
        say={shown === undefined ? undefined : `${sayUnit(shown.unit)} · ${shown.definition[language()]}`} tools={<><CopyLink /><LinkButton to={withQuery('/phan-tich', { chi: indicator })} icon="chart">{t('indicators.to-analysis')}</LinkButton></>} />
      <RemoteView of={page} lines={10} empty={<EmptyState icon="list" title={t('indicators.nothing-yet')}>{t('indicators.nothing-yet-why')}</EmptyState>} isEmpty={(value) => value.series.length === 0}>{(value) => <Parts page={value} onJudged={page.reload} />}</RemoteView>
    </>
  );
}

function Parts({ page, onJudged }: { readonly page: IndicatorPage; readonly onJudged: () => void }) {
  return (
    <div className="stack">
      {page.indicator.polarity === 'none' && <Notice><p>{t('indicators.direction-says-nothing')}</p></Notice>}
      <Series page={page} />
      <Targets page={page} onJudged={onJudged} />
      {page.beside.length > 0 && (
        <Card title={t('indicators.read-beside')}>
          <dl className="facts">{page.beside.map(({ indicator, value }) => <div key={indicator.id}><dt>{indicator.shortName[language()]}</dt><dd><FigureText figure={value} decimals={indicator.decimals} /></dd></div>)}</dl>
        </Card>
      )}
      {page.children.length > 0 && <Places page={page} />}
      {page.published.length > 0 && <PublishedFigures rows={page.published} />}
    </div>
  );
}

function Series({ page }: { readonly page: IndicatorPage }) {
  const { series, indicator } = page;
  const last = series.at(-1);
  return (
    <Card title={t('indicators.series')} say={`${withUnit('', indicator.unit).trim() || indicator.unit[language()]} · ${t('indicators.series-say')}`}>
      <SeriesChart label={t('indicators.trend-of', { name: indicator.name[language()] })} points={series.map((point) => ({ label: shortPeriod(point.period.id), title: sayPeriod(point.period.id), value: numberIn(point.reported), approved: numberIn(point.approved), shouldBe: point.shouldBe }))} />
      {last !== undefined && (
        <p><b className="big"><FigureText figure={last.reported} decimals={indicator.decimals} suffix={percentOf(indicator.unit)} /></b> {sayPeriod(last.period.id)} <GradeMark grade={last.grade} />{' '}
          <A to={withQuery('/giai-thich', { chi: indicator.id, 'don-vi': page.unit.code, ky: last.period.id })}>{t('indicators.explain-this')}</A></p>
      )}
      <TableTwin title={t('indicators.series')}>
        <thead><tr><th scope="col">{t('indicators.period')}</th><th scope="col" className="num">{t('indicators.reported')}</th><th scope="col" className="num">{t('indicators.approved')}</th><th scope="col" className="num">{t('indicators.behind')}</th><th scope="col">{t('indicators.quality')}</th><th scope="col" className="num">{t('indicators.verification')}</th></tr></thead>
        <tbody>{series.map((point) => (
          <tr key={point.period.id}>
            <th scope="row">{sayPeriod(point.period.id)}</th>
            <td className="num"><A to={withQuery('/giai-thich', { chi: indicator.id, 'don-vi': page.unit.code, ky: point.period.id })}><FigureText figure={point.reported} decimals={indicator.decimals} /></A></td>
            <td className="num"><FigureText figure={point.approved} decimals={indicator.decimals} /></td>
            <td className="num">{number(point.coverage.reporting)}/{number(point.coverage.expected)}</td><td><GradeMark grade={point.grade} /></td>
            <td className="num">{point.verification === null ? '–' : number(point.verification, 3)}</td>
          </tr>
        ))}</tbody>
      </TableTwin>
    </Card>
  );
}

function Targets({ page, onJudged }: { readonly page: IndicatorPage; readonly onJudged: () => void }) {
  const [judging, setJudging] = useState(false);
  const { province } = useScope();
  const may = useMay();
  if (page.targets.length === 0) return null;
  const last = page.series.at(-1);
  const held = page.targets.find(({ judged }) => judged.target !== null)?.judged;
  const place = page.unit.level === 'nation' ? { province: '00' } : page.unit.level === 'province' ? { province: page.unit.code } : province === undefined ? undefined : { province, commune: page.unit.code };
  const mayJudge = held !== undefined && last !== undefined && may('indicators.judge', place);
  return (
    <Card title={t('indicators.targets')} flush tools={<><LinkButton to="/cam-ket" query={{ 'muc-tieu': page.targets[0]?.target.id }}>{t('indicators.commitments')}</LinkButton>{mayJudge && <Button icon="edit" onClick={() => setJudging(true)}>{t('indicators.judge-otherwise')}</Button>}</>}>
      {judging && held !== undefined && last !== undefined && <JudgeDialog indicator={page.indicator.id} unit={page.unit.code} period={last.period.id} judged={held} onClose={() => setJudging(false)} onDone={() => { setJudging(false); toast(t('indicators.judged')); onJudged(); }} />}
      <div className="scroll" role="group" tabIndex={0} aria-label={t('indicators.targets')}><table className="tbl">
        <caption className="vh">{t('indicators.targets')}</caption>
        <thead><tr><th scope="col">{t('indicators.target')}</th><th scope="col" className="num">{t('indicators.value')}</th><th scope="col">{t('indicators.status')}</th><th scope="col" className="num">{t('indicators.should-be')}</th><th scope="col">{t('indicators.judgement')}</th></tr></thead>
        <tbody>{page.targets.map(({ target, judged }) => (
          <tr key={target.id}>
            <th scope="row">{target.name[language()]}</th>
            <td className="num">{sayKey(`indicators.operator.${target.operator}`)} {target.low === null ? '' : number(target.low)}{target.high === null ? '' : `–${number(target.high)}`}{target.low === null ? '' : percentOf(page.indicator.unit)} {target.year ?? t('indicators.every-year')}</td>
            <td>{sayKey(`indicators.target-status.${target.status}`)}{target.commitment === null ? '' : ` · ${t('indicators.committed', { value: number(target.commitment.value), basis: target.commitment.basis })}`}</td>
            <td className="num">{judged.shouldBe === null ? '–' : number(judged.shouldBe)}</td>
            <td><JudgedBadge judged={judged} /><span className="xs muted block">{sayKey(`indicators.why.${judged.reason}`)}{judged.override !== null && <> {t('indicators.override-says', { reason: judged.override.reason, office: judged.override.office, at: moment(judged.override.at), step: judged.override.computed === null ? t('indicators.not-judged') : sayStep(judged.override.computed) })}</>}</span></td>
          </tr>
        ))}</tbody>
      </table></div>
    </Card>
  );
}

function Places({ page }: { readonly page: IndicatorPage }) {
  const at = (child: Child): string => withQuery(`/chi-tieu/${page.indicator.id}`, { 'don-vi': child.unit });
  const columns: readonly Column<Child>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (child) => <A to={at(child)}>{child.nameVi}</A>, compare: (a, b) => a.nameVi.localeCompare(b.nameVi, 'vi') },
    { key: 'value', header: `${t('indicators.value')}${percentOf(page.indicator.unit) === '' ? '' : ' (%)'}`, numeric: true, cell: (child) => <CompactText value={child.value} decimals={page.indicator.decimals} />, compare: (a, b) => (typeof a.value === 'number' ? a.value : -1) - (typeof b.value === 'number' ? b.value : -1) },
    { key: 'change', header: t('indicators.change'), numeric: true, cell: (child) => (child.change === null ? '–' : sayChange(child.change, page.indicator.decimals)) },
    { key: 'coverage', header: t('indicators.behind'), numeric: true, cell: (child) => `${number(child.reporting)}/${number(child.expected)}` },
    { key: 'grade', header: t('indicators.quality'), cell: (child) => <GradeMark grade={child.grade} /> },
    { key: 'step', header: t('indicators.judgement'), cell: (child) => <StepBadge step={child.step} /> },
  ];
  return <Card title={t('indicators.places')} say={sayPeriod(page.childrenPeriod)} flush><Table caption={t('indicators.places')} hideCaption columns={columns} rows={page.children} rowKey={(child) => child.unit} {...(page.indicator.polarity === 'none' ? {} : { sort: { key: 'value', down: page.indicator.polarity === 'lower' } })} /></Card>;
}

/** Figures others published, as they were worded; never on the line of the programme's own figures. */
function PublishedFigures({ rows }: { readonly rows: readonly Published[] }) {
  return (
    <Card title={t('indicators.published')} say={t('indicators.published-say')} flush>
      <div className="scroll" role="group" tabIndex={0} aria-label={t('indicators.published')}><table className="tbl">
        <caption className="vh">{t('indicators.published')}</caption>
        <thead><tr><th scope="col">{t('indicators.period')}</th><th scope="col">{t('indicators.place')}</th><th scope="col" className="num">{t('indicators.value')}</th><th scope="col">{t('indicators.source')}</th></tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={row.id}><th scope="row">{row.period}</th><td>{row.place}</td><td className="num">{row.qualifier === 'as_stated' ? '' : `${sayKey(`indicators.qualifier.${row.qualifier}`)} `}{row.value === null ? '–' : number(row.value, 3)} {row.unit}</td><td className="small">{row.source}{row.note === null ? '' : <span className="block muted xs">{row.note}</span>}</td></tr>
        ))}</tbody>
      </table></div>
    </Card>
  );
}
