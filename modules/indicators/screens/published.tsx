import { useMemo } from 'react';
import { periodAt } from '#kernel/period.ts';
import { fold } from '#kernel/fold.ts';
import { today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { getDictionary, listPublishedFigures, type PublishedFigure } from '#modules/definitions/schema.ts';
import { askPivot, type PivotReply } from '../schema.ts';
import { indicatorPath } from './links.ts';
import { sayPeriod } from './figure.tsx';
import { PublishedChart } from './published-chart.tsx';
import { drawable, PublishedRows, type OwnFigure } from './published-parts.tsx';
import './figures.css';

/** Every figure others published, as historical series beside the programme's own, with wording, source and contradictions. */
export default function PublishedScreen() {
  const published = useQuery(listPublishedFigures, { query: {} });
  const rows = published.value?.rows ?? [];
  const own = useOwn(rows);
  const [query, setQuery] = useQueryState();
  const [topic, place, typed] = [query.get('nhom') ?? '', query.get('noi') ?? '', query.get('tim') ?? ''];
  const wanted = fold(typed).trim();
  const shown = useMemo(() => rows.filter((row) => (topic === '' || row.group === topic) && (place === '' || row.place === place) && (wanted === '' || fold(`${row.id} ${row.name.vi} ${row.name.en} ${row.source} ${row.placeName.vi}`).includes(wanted))), [rows, topic, place, wanted]);
  const places = [...new Map(rows.map((row) => [row.place, row.placeName])).entries()];
  const topics = [...new Set(rows.map((row) => row.group))];
  return (
    <>
      <PageHead title={t('indicators.published-all')} say={t('indicators.published-all-say')} crumbs={[{ label: t('indicators.to-dictionary'), to: '/chi-tieu' }, { label: t('indicators.published-all') }]}
        tools={<><Button icon="print" onClick={() => globalThis.print()}>{t('indicators.print')}</Button><CopyLink /></>} />
      <RemoteView of={published} lines={12} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="list" title={t('indicators.published-none')}>{t('indicators.published-none-why')}</EmptyState>}>{() => (
        <div className="stack">
          <StatStrip stats={[
            { label: t('indicators.published-count'), value: String(rows.length) }, { label: t('indicators.published-sources'), value: String(new Set(rows.map((row) => row.source)).size) },
            { label: t('indicators.published-exact'), value: String(rows.filter((row) => row.qualifier === 'as_stated').length) }, { label: t('indicators.published-conflicts'), value: String(rows.filter((row) => row.conflicts.length > 0).length) },
          ]} />
          <div className="row noprint">
            <TextInput type="search" label={t('indicators.published-find')} value={typed} onText={(text) => setQuery({ tim: text === '' ? undefined : text })} width="mid" />
            <Select label={t('indicators.published-topic')} value={topic} onChoose={(next) => setQuery({ nhom: next === '' ? undefined : next })} choices={[{ value: '', label: t('indicators.published-every') }, ...topics.map((one) => ({ value: one, label: sayKey(`indicators.topic.${one}`, {}, one) }))]} />
            <Select label={t('indicators.published-place')} value={place} onChoose={(next) => setQuery({ noi: next === '' ? undefined : next })} choices={[{ value: '', label: t('indicators.published-every') }, ...places.map(([id, name]) => ({ value: id, label: name[language()] }))]} />
          </div>
          {shown.length === 0 ? <EmptyState icon="list" title={t('indicators.published-none-found')}>{t('indicators.published-none-found-why')}</EmptyState> : <Topics shown={shown} rows={rows} own={own} />}
        </div>
      )}</RemoteView>
    </>
  );
}

function grouped<Row>(rows: readonly Row[], by: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(by(row), [...(found.get(by(row)) ?? []), row]);
  return found;
}

/** Series first in each topic; what was published once stands in one list. */
function Topics({ shown, rows, own }: { readonly shown: readonly PublishedFigure[]; readonly rows: readonly PublishedFigure[]; readonly own: ReadonlyMap<string, readonly OwnFigure[]> }) {
  const all = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(shown.map((row) => row.group))].map((topic) => {
    const byMetric = grouped(shown.filter((row) => row.group === topic), (row) => row.metric);
    const series = [...byMetric.values()].filter((list) => list.length > 1);
    const single = [...byMetric.values()].filter((list) => list.length === 1).flat();
    const name = sayKey(`indicators.topic.${topic}`, {}, topic);
    return (
      <section key={topic} className="stack" aria-label={name}>
        <h2>{name}</h2>
        {series.map((list) => <Series key={list[0]?.metric} rows={list} all={all} own={own} />)}
        {single.length > 0 && <Card title={t('indicators.published-single-of', { topic: name })} level={3} flush><PublishedRows rows={single} all={all} caption={t('indicators.published-single-of', { topic: name })} named /></Card>}
      </section>
    );
  });
}

function Series({ rows, all, own }: { readonly rows: readonly PublishedFigure[]; readonly all: ReadonlyMap<string, PublishedFigure>; readonly own: ReadonlyMap<string, readonly OwnFigure[]> }) {
  const [first] = rows;
  if (first === undefined) return null;
  const indicator = rows.find((row) => row.indicator !== null)?.indicator ?? null;
  const ours = indicator === null ? [] : (own.get(indicator) ?? []);
  // one line of sight for one place: the one most figures speak of
  const places = [...grouped(drawable(rows), (row) => row.place).values()].sort((a, b) => b.length - a.length);
  const [main = []] = places;
  const name = first.name[language()];
  return (
    <Card title={name} level={3} flush say={t('indicators.published-series', { count: rows.length, unit: first.unit === 'percent' ? '%' : first.unitName[language()] })}
      tools={indicator === null ? undefined : <A to={withQuery(indicatorPath(indicator), { 'don-vi': '00' })}>{t('indicators.go.indicator')}</A>}>
      {main.length + ours.length > 1 && main.length > 0 && <div className="pad-x"><PublishedChart rows={main} own={ours} label={`${name}, ${main[0]?.placeName[language()] ?? ''}. ${t('indicators.see-table-twin-below')}`} /></div>}
      <PublishedRows rows={rows} all={all} caption={name} />
    </Card>
  );
}

/** The programme's own yearly figures of the nation for the indicators published figures speak of: one question; nothing where they are not the reader's to read. */
function useOwn(rows: readonly PublishedFigure[]): ReadonlyMap<string, readonly OwnFigure[]> {
  const ids = [...new Set(rows.flatMap((row) => row.indicator ?? []))];
  const dictionary = useQuery(getDictionary, ids.length === 0 ? undefined : { query: {} });
  const head = dictionary.value?.head;
  const years = head === undefined ? [] : yearsFrom(head.firstPeriod, periodAt(today(), 'year', head.calendar));
  const answer = useQuery(askPivot, years.length === 0 ? undefined : { body: { measures: ids.map((id) => ({ kind: 'indicator' as const, id })), periods: years, units: { of: '00', level: 'self' }, standing: 'reported' as const } });
  return useMemo(() => ownOf(answer.value), [answer.value]);
}

/** Years the programme counted from their first month on: a December alone is no year to stand beside one. */
const yearsFrom = (first: string, last: string): string[] => { const from = Number(first.slice(0, 4)) + (first.endsWith('-01') || first.length === 4 ? 0 : 1); return Array.from({ length: Math.max(0, Number(last) - from + 1) }, (_, at) => String(from + at)); };

function ownOf(reply: PivotReply | undefined): ReadonlyMap<string, readonly OwnFigure[]> {
  const found = new Map<string, OwnFigure[]>();
  const measures = reply?.dimensions.find((one) => one.kind === 'measure')?.keys ?? [];
  const periods = reply?.periods ?? [];
  measures.forEach((key, m) => periods.forEach((period, p) => {
    const value = reply?.values[m * periods.length + p];
    if (typeof value !== 'number') return;
    const id = key.split(':')[1] ?? '';
    found.set(id, [...(found.get(id) ?? []), { from: period.first, to: period.last < today() ? period.last : today(), value, label: `${sayPeriod(period.id)}${period.last < today() ? '' : ` (${t('indicators.so-far')})`}` }]);
  }));
  return found;
}
