import { useMemo } from 'react';
import { compareVietnamese } from '#kernel/fold.ts';
import { number, percent } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { Select } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { getDictionary } from '#modules/definitions/schema.ts';
import { getQuality, type Graded, type Quality } from '../schema.ts';
import { GradeMark, sayPeriod, sayUnit } from './figure.tsx';
import { useLive } from './live.ts';
import { recentPeriods } from './months.ts';
import { QualityAudit } from './quality-audit.tsx';
import { Consistency, Drops, HeapingList, Outliers, ZeroRuns } from './quality-lists.tsx';
import { namesIn, type QualityNames } from './quality-names.ts';
import { Samples } from './quality-samples.tsx';
import './figures.css';

type Child = Quality['children'][number];
const tabs = ['noi', 'la', 'tron', 'han', 'khong', 'khop', 'kiem', 'tu-kiem'] as const;
type TabName = (typeof tabs)[number];

/** How far the figures of a unit can be trusted, why, and what stands out; verification samples and the self-audit of all sums beside. */
export default function QualityScreen() {
  const scope = useScope();
  const [query, setQuery] = useQueryState();
  const unit = query.get('don-vi') ?? scope.commune ?? scope.province;
  const [period, dataSet] = [query.get('ky') ?? undefined, query.get('bieu') ?? undefined];
  const quality = useQuery(getQuality, { query: { ...(unit === undefined ? {} : { unit }), ...(period === undefined ? {} : { period }), ...(dataSet === undefined ? {} : { dataSet }) } });
  const dictionary = useQuery(getDictionary, { query: {} });
  const names = useMemo(() => namesIn(dictionary.value), [dictionary.value]);
  const shown = quality.value;
  useLive(shown === undefined ? [] : [shown.period.id], quality.reload);
  const tab = tabs.find((one) => one === query.get('the')) ?? 'noi';
  const sets = dictionary.value?.dataSets ?? [];
  return (
    <>
      <PageHead title={shown === undefined ? t('indicators.data-quality') : t('indicators.data-quality-of', { unit: sayUnit(shown.unit) })} say={shown === undefined ? undefined : `${shown.dataSetName[language()]} · ${sayPeriod(shown.period.id)}`}
        tools={shown === undefined ? undefined : (
          <>
            <Select label={t('indicators.data-set')} hideLabel value={shown.dataSet} onChoose={(next) => setQuery({ bieu: next, ky: undefined })} choices={(sets.length > 0 ? sets : [{ id: shown.dataSet, name: shown.dataSetName }]).map((set) => ({ value: set.id, label: set.name[language()] }))} />
            <Select label={t('indicators.period')} hideLabel value={shown.period.id} onChoose={(next) => setQuery({ ky: next })} choices={recentPeriods(shown.period.id).map((one) => ({ value: one, label: sayPeriod(one) }))} />
            <CopyLink />
          </>
        )} />
      <RemoteView of={quality} lines={10}>{(value) => <Parts quality={value} names={names} tab={tab} onTab={(next) => setQuery({ the: next === 'noi' ? undefined : next })} />}</RemoteView>
    </>
  );
}

type PartsProps = { readonly quality: Quality; readonly names: QualityNames; readonly tab: TabName; readonly onTab: (tab: TabName) => void };

function Parts({ quality, names, tab, onTab }: PartsProps) {
  const counts: Readonly<Record<TabName, number | undefined>> = { noi: quality.children.length, la: quality.outliersTotal, tron: quality.heapingTotal, han: quality.dropsTotal, khong: quality.zeroRunsTotal, khop: quality.consistency.length, kiem: undefined, 'tu-kiem': undefined };
  return (
    <div className="stack">
      <StatStrip stats={[
        { label: t('indicators.received'), value: `${number(quality.coverage.reporting)}/${number(quality.coverage.expected)}` }, { label: t('indicators.in-time'), value: number(quality.inTime) },
        { label: t('indicators.tab.la'), value: number(quality.outliersTotal) }, { label: t('indicators.tab.khop'), value: number(quality.consistency.reduce((sum, one) => sum + one.open, 0)) },
      ]} />
      <Reasons graded={quality.grade} />
      <Card flush>
        <Tabs label={t('indicators.data-quality')} value={tab} onChoose={onTab} tabs={tabs.map((value) => ({ value, label: `${sayKey(`indicators.tab.${value}`)}${counts[value] === undefined ? '' : ` (${number(counts[value])})`}` }))}>
          {tab === 'noi' ? <Below quality={quality} /> : tab === 'la' ? <Outliers quality={quality} names={names} /> : tab === 'tron' ? <HeapingList quality={quality} /> : tab === 'han' ? <Drops quality={quality} names={names} />
            : tab === 'khong' ? <ZeroRuns quality={quality} /> : tab === 'khop' ? <Consistency quality={quality} names={names} /> : tab === 'kiem' ? <Samples quality={quality} names={names} /> : <QualityAudit names={names} />}
        </Tabs>
      </Card>
    </div>
  );
}

/** The grade and what makes it; the worst reason decides. */
function Reasons({ graded }: { readonly graded: Graded }) {
  return (
    <Card title={<span className="row tight"><GradeMark grade={graded.grade} /> {sayKey(`indicators.grade-says.${graded.grade}`)}</span>} say={t('indicators.grade-how')}>
      {graded.reasons.length === 0 ? <p className="muted">{t('indicators.grade-no-reasons')}</p> : (
        <ul className="reasons">{graded.reasons.map((reason) => (
          <li key={reason.code}><GradeMark grade={reason.grade} /><span>{sayKey(`indicators.grade.${reason.code}`)}: <b>{percent(reason.value)}</b>{reason.found === null || reason.found === 0 ? '' : ` (${number(reason.found)})`}{reason.grade !== 'A' && <span className="muted small block">{t('indicators.grade-limit', { limit: percent(reason.limit) })}</span>}</span></li>
        ))}</ul>
      )}
    </Card>
  );
}

function Below({ quality }: { readonly quality: Quality }) {
  const columns: readonly Column<Child>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (child) => <A to={withQuery('/chat-luong', { 'don-vi': child.unit, ky: quality.period.id, bieu: quality.dataSet })}>{sayUnit(child)}</A>, compare: (a, b) => compareVietnamese(sayUnit(a), sayUnit(b)) },
    { key: 'grade', header: t('indicators.quality'), cell: (child) => <GradeMark grade={child.grade} why={child.gradeWhy} />, compare: (a, b) => (a.grade < b.grade ? -1 : a.grade > b.grade ? 1 : b.reporting / Math.max(1, b.expected) - a.reporting / Math.max(1, a.expected)) },
    { key: 'received', header: t('indicators.received'), numeric: true, cell: (child) => `${number(child.reporting)}/${number(child.expected)}`, compare: (a, b) => a.reporting / Math.max(1, a.expected) - b.reporting / Math.max(1, b.expected) },
    { key: 'time', header: t('indicators.in-time'), numeric: true, cell: (child) => number(child.inTime), compare: (a, b) => a.inTime / Math.max(1, a.expected) - b.inTime / Math.max(1, b.expected) },
    { key: 'outliers', header: t('indicators.tab.la'), numeric: true, cell: (child) => number(child.outliers), compare: (a, b) => a.outliers - b.outliers },
    { key: 'broken', header: t('indicators.tab.khop'), numeric: true, cell: (child) => number(child.broken), compare: (a, b) => a.broken - b.broken },
  ];
  if (quality.children.length === 0) return <p className="pad-x muted">{t('indicators.no-units-below')}</p>;
  return <Table caption={t('indicators.tab.noi')} hideCaption columns={columns} rows={quality.children} rowKey={(child) => child.unit} sort={{ key: 'grade', down: true }} />;
}
