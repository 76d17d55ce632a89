import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { getTrajectory, type Trajectory } from '../schema/trajectory.ts';
import { useListUnit } from './list-place.ts';
import { CompactText, unitSuffix } from './figures.tsx';
import { PathChart } from './path-chart.tsx';
import { BesideFacts, shareText } from './share-card.tsx';
import { textOf, unitWord } from './words.ts';
import './classification.css';

/** The way to 20 %, 50 % and 15–20 %: what is decided, what is proposed, what was promised, and how fast it would have to go. */
export default function TrajectoryScreen() {
  const [query, setQuery] = useQueryState();
  const standing = query.get('so') === 'approved' ? 'approved' : 'reported';
  const unit = useListUnit();
  const asked = useQuery(getTrajectory, { query: { unit, standing } });
  return (
    <>
      <PageHead title={t('classification.trajectory')} say={t('classification.trajectory-say')} crumbs={[{ label: t('classification.title'), to: '/khong-ma-tuy' }, { label: t('classification.trajectory') }]}
        tools={<><LinkButton to="/cam-ket" icon="flag">{t('classification.to-commitments')}</LinkButton><CopyLink /></>} />
      <div className="filters"><Segmented label={t('classification.evidence')} value={standing} onChoose={(so) => setQuery({ so })} choices={[{ value: 'reported', label: t('classification.standing-reported') }, { value: 'approved', label: t('classification.standing-approved') }]} /></div>
      <RemoteView of={asked} lines={10}>{(value) => <Whole value={value} />}</RemoteView>
    </>
  );
}

const rate = (value: number | null): string => (value === null ? '–' : t('classification.points-a-year', { value: number(value, 1) }));

function Whole({ value }: { readonly value: Trajectory }) {
  const last = value.years.findLast((year) => year.proposed !== null || year.decided !== null);
  const behind = value.neededPerYear !== null && value.madeLastYear !== null && value.madeLastYear < value.neededPerYear;
  return (
    <div className="stack">
      <Card title={t('classification.path-to', { unit: unitWord(value.unit) })} say={t('classification.path-to-say')} footer={<ul>{value.targets.map((one) => <li key={one.id} className="small">{textOf(one.name)}: {number(one.low)}{one.high === null ? '' : `–${number(one.high)}`}% ({one.year}) · {one.source}</li>)}</ul>}>
        <PathChart value={value} />
        <StatStrip stats={[
          { label: t('classification.share-now'), value: shareText(last?.share.proposed ?? null), note: last === undefined ? undefined : t('classification.period-of', { period: last.period }) },
          { label: t('classification.needed-a-year'), value: rate(value.neededPerYear), note: value.communesPerYear === null ? undefined : t('classification.communes-a-year', { count: number(value.communesPerYear, 0) }) },
          { label: t('classification.made-last-year'), value: rate(value.madeLastYear), ...(behind ? { tone: 'warn' as const } : {}) },
          { label: t('classification.promised'), value: shareText(value.promised.share), note: `${t('classification.promised-by', { count: value.promised.provinces, of: value.promised.of })}${value.promised.fallsShortBy === null ? '' : `; ${t('classification.falls-short', { value: number(value.promised.fallsShortBy, 1) })}`}` },
        ]} />
        {last !== undefined && <><h3>{t('classification.read-beside')}</h3><BesideFacts values={last.share.beside} besideOf={value.besideOf} /></>}
        <p className="xs muted">{t('classification.older-not-joined')}</p>
      </Card>
      <Years value={value} />
      {value.provincesDrugFree.length > 0 && <ProvinceTarget value={value} />}
      {value.provinces.length > 0 && <Provinces value={value} />}
    </div>
  );
}

const count = (value: number | null): string => (value === null ? '–' : number(value));
const Years = ({ value }: { readonly value: Trajectory }) => (
  <Card title={t('classification.year-by-year')} flush>
    <Table caption={t('classification.year-by-year')} hideCaption rows={value.years} rowKey={(row) => row.period} columns={[
      { key: 'year', header: t('classification.period'), rowHeader: true, cell: (row) => <>{row.period}{!row.ended && <small>{t('classification.running')}</small>}</> },
      { key: 'proposed', header: t('classification.proposed'), numeric: true, cell: (row) => <><b>{shareText(row.proposed === null ? null : row.share.proposed)}</b><small>{count(row.proposed)}/{number(row.total)}</small></> },
      { key: 'decided', header: t('classification.decided'), numeric: true, cell: (row) => <>{shareText(row.share.decided)}<small>{count(row.decided)}</small></> },
      { key: 'should', header: t('classification.should-be'), numeric: true, cell: (row) => shareText(row.shouldBe) },
      { key: 'committed', header: t('classification.committed'), numeric: true, cell: (row) => <>{shareText(row.committedShare)}<small>{count(row.committed)}</small></> },
      ...value.besideOf.map((one, at) => ({ key: `b-${one.id}`, header: textOf(one.name), numeric: true, cell: (row: Trajectory['years'][number]) => <CompactText value={row.share.beside[at] ?? null} decimals={one.decimals} suffix={unitSuffix(one.unit)} /> })),
    ]} />
  </Card>
);

const ProvinceTarget = ({ value }: { readonly value: Trajectory }) => (
  <Card title={t('classification.province-target')} say={t('classification.province-target-say')}>
    <ul className="sup">{value.provincesDrugFree.map((one) => <li key={one.period}><span>{t('classification.period-of', { period: one.period })}</span><span className="r"><b>{one.proposed === null ? '–' : `${number(one.proposed)}/${number(one.of)}`}</b><small>{one.decided === null ? t('classification.nothing-decided') : t('classification.decided-count', { count: one.decided })}</small></span></li>)}</ul>
  </Card>
);

type Province = Trajectory['provinces'][number];
const keeps: Readonly<Record<Province['keeps'], StatusKind>> = { ahead: 'ok', behind: 'warn', 'no-commitment': 'idle', 'cannot-judge': 'half' };
const least = Number.NEGATIVE_INFINITY;

function Provinces({ value }: { readonly value: Trajectory }) {
  const columns: Column<Province>[] = [
    { key: 'name', header: t('classification.province'), rowHeader: true, cell: (row) => <A to={withQuery('/khong-ma-tuy/lo-trinh', { 'pham-vi': row.code })}>{unitWord(row)}</A>, compare: (a, b) => a.nameVi.localeCompare(b.nameVi, 'vi') },
    { key: 'now', header: t('classification.share-now'), numeric: true, cell: (row) => <><b>{shareText(row.share.proposed)}</b><small>{count(row.proposed)}/{number(row.communes)}</small></>, compare: (a, b) => (a.share.proposed ?? least) - (b.share.proposed ?? least) },
    ...value.besideOf.map((one, at): Column<Province> => ({ key: `b-${one.id}`, header: textOf(one.name), numeric: true, cell: (row) => <CompactText value={row.share.beside[at] ?? null} decimals={one.decimals} suffix={unitSuffix(one.unit)} /> })),
    { key: 'committed', header: t('classification.committed'), numeric: true, cell: (row) => { const promise = row.commitments.at(-1); return promise === undefined ? <span className="muted">{t('classification.no-commitment')}</span> : <span title={promise.basis}>{number(promise.value, 1)}%<small>{promise.period}</small></span>; } },
    { key: 'made', header: <>{t('classification.made-last-year')} <small>{t('classification.points-unit')}</small></>, label: t('classification.made-last-year'), numeric: true, className: 'only-l', cell: (row) => (row.madeLastYear === null ? '–' : number(row.madeLastYear)) },
    { key: 'needed', header: <>{t('classification.needed-a-year')} <small>{t('classification.points-unit')}</small></>, label: t('classification.needed-a-year'), numeric: true, cell: (row) => <>{row.neededPerYear === null ? '–' : number(row.neededPerYear)}{row.communesPerYear !== null && <small>{t('classification.communes-short', { count: number(row.communesPerYear, 0) })}</small>}</>, compare: (a, b) => (a.neededPerYear ?? least) - (b.neededPerYear ?? least) },
    { key: 'keeps', header: t('classification.pace'), cell: (row) => <StatusBadge bare kind={keeps[row.keeps]}>{sayKey(`classification.keeps.${row.keeps}`)}</StatusBadge> },
  ];
  return (
    <Card title={t('classification.by-province')} say={t('classification.by-province-say')} flush>
      {value.promised.provinces < value.promised.of && <div className="first"><Notice><p>{t('classification.some-no-commitment', { count: value.promised.of - value.promised.provinces })}</p></Notice></div>}
      <Table caption={t('classification.by-province')} hideCaption columns={columns} rows={value.provinces} rowKey={(row) => row.code} sort={{ key: 'needed', down: true }} />
    </Card>
  );
}
