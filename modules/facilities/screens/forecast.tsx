import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { type Forecast, getForecast, type ProvinceForecast } from '../schema.ts';
import { FanChart } from './fan-chart.tsx';
import './facilities.css';
import { SpreadText } from './spread-text.tsx';
import { saySpread } from './words.ts';
import { useProvinceNames } from './province-names.ts';

const growths = ['-5', '0', '5', '10'] as const;
const errors = ['10', '20', '40'] as const;
const terms = ['12', '24', '36'] as const;
const chosen = <V extends string>(list: readonly V[], text: string | null, usual: V): V => list.find((one) => one === text) ?? usual;

/** Who will be there and who would find no place, by the end of 2027: an interval with what is assumed, never one number alone. */
export default function ForecastScreen() {
  const [query, setQuery] = useQueryState();
  const { province } = useScope();
  const [growth, error, term] = [chosen(growths, query.get('tang'), '0'), chosen(errors, query.get('sai-so'), '20'), chosen(terms, query.get('han'), '24')];
  const given = { ...(growth === '0' ? {} : { needGrowthPercent: Number(growth) }), ...(error === '20' ? {} : { needErrorPercent: Number(error) }), ...(term === '24' ? {} : { termMonths: Number(term) }) };
  const found = useQuery(getForecast, { query: { ...given, ...(province === undefined ? {} : { province }) } });
  const usual = growth === '0' && error === '20' && term === '24';
  return (
    <>
      <PageHead title={t('facilities.forecast')} crumbs={[{ label: t('facilities.title'), to: '/co-so' }, { label: t('facilities.forecast') }]} say={t('facilities.forecast-say')} tools={<CopyLink />} />
      <div className="stack">
        <Card title={t('facilities.assume')} say={t('facilities.assume-say')}>
          <div className="grid3">
            <Select label={t('facilities.assumption.needGrowthPercent')} value={growth} onChoose={(tang) => setQuery({ tang: tang === '0' ? undefined : tang })} choices={growths.map((one) => ({ value: one, label: t('facilities.percent-a-year', { percent: number(Number(one)) }) }))} />
            <Select label={t('facilities.assumption.needErrorPercent')} value={error} onChoose={(next) => setQuery({ 'sai-so': next === '20' ? undefined : next })} choices={errors.map((one) => ({ value: one, label: `± ${one}%` }))} />
            <Select label={t('facilities.assumption.termMonths')} value={term} onChoose={(han) => setQuery({ han: han === '24' ? undefined : han })} choices={terms.map((one) => ({ value: one, label: t('facilities.months-count', { count: Number(one) }) }))} />
          </div>
          {!usual && <Button size="small" onClick={() => setQuery({ tang: undefined, 'sai-so': undefined, han: undefined })}>{t('facilities.usual-assumptions')}</Button>}
        </Card>
        <RemoteView of={found}>{(value) => <Answer forecast={value} />}</RemoteView>
      </div>
    </>
  );
}

function Answer({ forecast }: { readonly forecast: Forecast }) {
  const names = useProvinceNames();
  const { nation } = forecast;
  return (
    <>
      <StatStrip stats={[
        { label: t('facilities.there-now'), value: number(nation.thereNow), note: t('facilities.of-places', { count: number(nation.places) }) }, { label: t('facilities.there-then', { day: day(forecast.until) }), value: <SpreadText spread={nation.thereThen} /> },
        { label: t('facilities.discharges-monthly'), value: <SpreadText spread={nation.dischargesMonthly} />, note: t('facilities.admissions-are', { spread: saySpread(nation.admissionsMonthly) }) },
        { label: t('facilities.need'), value: <SpreadText spread={nation.need} /> }, { label: t('facilities.gap'), value: <SpreadText spread={nation.gap} />, ...((nation.gap?.mean ?? 0) > 0 ? { tone: 'bad' as const } : {}) },
      ]} />
      <Card title={t('facilities.path')} say={t('facilities.path-say', { percent: number(forecast.coverage * 100) })}>
        {forecast.path.length === 0 ? <EmptyState title={t('facilities.no-forecast')} icon="chart">{t('facilities.no-forecast-say')}</EmptyState> : <><FanChart forecast={forecast} /><Path forecast={forecast} /></>}
      </Card>
      <Card title={t('facilities.gap-by-province')} say={t('facilities.gap-say')} flush>
        <Table caption={t('facilities.gap-by-province')} hideCaption rows={forecast.rows} rowKey={(row) => row.province} columns={columns(names)} sort={{ key: 'gap', down: true }} empty={<EmptyState title={t('facilities.none')} icon="home" />} />
      </Card>
      <Card title={t('facilities.assumptions')} footer={t('facilities.method')}>
        <ul>{forecast.assumptions.map((one) => <li key={one.key}>{sayKey(`facilities.assumption.${one.key}`)}{one.unit !== 'yes' && <>: <strong>{sayKey(`facilities.unit-${one.unit}`, { value: number(one.value) })}</strong></>}{one.given && <> ({t('facilities.changed-by-you')})</>}</li>)}</ul>
      </Card>
    </>
  );
}

const columns = (names: ReadonlyMap<string, string>): Column<ProvinceForecast>[] => [
  { key: 'province', header: t('facilities.province'), rowHeader: true, compare: (a, b) => a.province.localeCompare(b.province), cell: (row) => <>{names.get(row.province) ?? row.province}{row.missing.length > 0 && <small className="c-warn">{row.missing.map((one) => sayKey(`facilities.${one}`)).join(' · ')}</small>}</> },
  { key: 'need', numeric: true, header: t('facilities.need'), compare: (a, b) => (a.need?.mean ?? 0) - (b.need?.mean ?? 0), cell: (row) => <SpreadText spread={row.need} /> },
  { key: 'substitution', header: t('facilities.substitution'), numeric: true, cell: (row) => (row.substitution === null ? '–' : number(row.substitution)) },
  { key: 'home', header: t('facilities.home-treatment'), numeric: true, cell: (row) => (row.home === null ? '–' : number(row.home)) },
  { key: 'places', header: t('facilities.places'), numeric: true, compare: (a, b) => a.places - b.places, cell: (row) => number(Math.min(row.places, row.normPlaces)) },
  { key: 'gap', numeric: true, header: t('facilities.gap'), compare: (a, b) => (a.gap?.mean ?? -1e9) - (b.gap?.mean ?? -1e9), cell: (row) => <SpreadText spread={row.gap} /> },
  { key: 'then', numeric: true, header: t('facilities.there-at-end'), compare: (a, b) => (a.thereThen?.mean ?? 0) - (b.thereThen?.mean ?? 0), cell: (row) => <SpreadText spread={row.thereThen} /> },
  { key: 'short', numeric: true, header: t('facilities.short-places'), compare: (a, b) => (a.shortPlaces?.mean ?? 0) - (b.shortPlaces?.mean ?? 0), cell: (row) => <SpreadText spread={row.shortPlaces} /> },
];

const Path = ({ forecast }: { readonly forecast: Forecast }) => (
  <TableTwin title={t('facilities.path')}>
    <table className="tbl"><caption className="vh">{t('facilities.path')}</caption>
      <thead><tr><th scope="col">{t('facilities.month')}</th><th scope="col">{t('facilities.admissions')}</th><th scope="col">{t('facilities.discharges')}</th><th scope="col">{t('facilities.there')}</th></tr></thead>
      <tbody>{forecast.path.map((one) => <tr key={one.month}><th scope="row">{one.month.split('-').reverse().join('/')}</th><td>{saySpread(one.admissions)}</td><td>{saySpread(one.discharges)}</td><td>{saySpread(one.there)}</td></tr>)}</tbody>
    </table>
  </TableTwin>
);
