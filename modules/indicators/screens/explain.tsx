import { day, moment, number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { download } from '#web/api.ts';
import { useQueryState, useScope, withQuery } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { CopyLink, CopyText } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { explainFigure, getRecipe, type Explanation } from '../schema.ts';
import { FigureText, sayOffice, sayPeriod, sayUnit, shortPeriod } from './figure.tsx';
import { indicatorPath } from './links.ts';

/** What lies inside a figure is explained in the same standing and on the same map. */
const asBefore = ({ standing, mapDay, toDate }: Explanation) => ({ muc: standing === 'approved' ? 'da-duyet' : undefined, 'ban-do': mapDay ?? undefined, 'luy-ke': toDate ? '1' : undefined });
type Term = Explanation['terms'][number];
type Child = Explanation['children'][number];
type Contribution = Explanation['returns'][number];
const pageSize = 50;

/** Where a number comes from: its formula, its terms, the units and returns behind it, each return one press away. */
export default function ExplainScreen() {
  const scope = useScope();
  const [query, setQuery] = useQueryState();
  const [indicator, element, cell] = [query.get('chi'), query.get('so'), query.get('o')];
  const unit = query.get('don-vi') ?? scope.commune ?? scope.province ?? '00';
  const period = query.get('ky');
  const mapDay = query.get('ban-do');
  const page = Number(query.get('trang') ?? '1') || 1;
  const asked = period === null || (indicator === null && element === null) ? undefined : {
    unit, period, page, ...(indicator === null ? {} : { indicator }), ...(element === null ? {} : { element }), ...(cell === null ? {} : { cell }), standing: query.get('muc') === 'da-duyet' ? 'approved' as const : 'reported' as const, ...(mapDay === null ? {} : { mapDay }), ...(query.get('luy-ke') === '1' ? { toDate: 'yes' as const } : {}),
  };
  const answer = useQuery(explainFigure, asked === undefined ? undefined : { query: asked });
  if (asked === undefined) return <><PageHead title={t('indicators.explain')} /><EmptyState icon="list" title={t('indicators.explain-nothing')}>{t('indicators.explain-nothing-why')}</EmptyState></>;
  const shown = answer.value;
  return (
    <>
      <PageHead title={shown === undefined ? t('indicators.explain') : t('indicators.explain-of', { name: shown.definition.name[language()] })}
        say={shown === undefined ? undefined : `${sayUnit(shown.unit)} · ${sayPeriod(shown.period.id)}${shown.toDate ? `, ${t('indicators.to-date')}` : ''} (${day(shown.period.first)}–${day(shown.period.last)}) · ${t('indicators.on-map', { day: day(shown.treeDay) })}${shown.standing === 'approved' ? ` · ${t('indicators.approved')}` : ''}`}
        tools={<><CopyLink /><Button icon="download" onClick={() => download(getRecipe, { query: asked })}>{t('indicators.recipe')}</Button></>} />
      <RemoteView of={answer} lines={10}>{(value) => <Parts shown={value} page={page} onPage={(next) => setQuery({ trang: next === 1 ? undefined : String(next) })} />}</RemoteView>
    </>
  );
}

function Parts({ shown, page, onPage }: { readonly shown: Explanation; readonly page: number; readonly onPage: (page: number) => void }) {
  const { definition } = shown;
  return (
    <div className="stack">
      <Card title={t('indicators.explain-result')}>
        <p className="big"><b><FigureText figure={shown.figure} decimals={definition.decimals} suffix={definition.factor === 100 && definition.denominator !== null ? '%' : ''} /></b> <span className="muted">{t('indicators.coverage', { reporting: number(shown.coverage.reporting), expected: number(shown.coverage.expected) })}</span></p>
        <Pairs pairs={[
          [t('indicators.formula'), <Formula key="f" definition={definition} />],
          [t('indicators.version'), t('indicators.version-says', { edition: definition.edition, from: day(definition.validFrom), to: definition.validTo === null ? t('indicators.still') : day(definition.validTo) })],
          [t('indicators.source'), definition.source[language()]],
          [t('indicators.hash'), <span key="h"><code className="hash">{shown.hash}</code> <CopyText text={shown.hash} /></span>],
        ]} />
        <p className="xs muted">{t('indicators.hash-how', { lines: number(shown.recipe.lines), form: shown.recipe.lineForm })}</p>
        {definition.kind === 'indicator' && <p><A to={withQuery(indicatorPath(definition.id), { 'don-vi': shown.unit.code, ky: shown.period.id })}>{t('indicators.go.indicator')}</A></p>}
      </Card>
      <Terms shown={shown} />
      {shown.children.length > 0 && <Children shown={shown} />}
      <Returns shown={shown} page={page} onPage={onPage} />
      {shown.silentTotal > 0 && <Card title={t('indicators.silent', { count: shown.silentTotal })} say={t('indicators.silent-say')}><p>{shown.silent.map(({ unit, periods }) => (shown.period.type === 'month' && !shown.toDate ? sayUnit(unit) : `${sayUnit(unit)} (${periods.map(shortPeriod).join(', ')})`)).join(' · ')}{shown.silentTotal > shown.silent.length ? ' …' : ''}</p></Card>}
    </div>
  );
}

const Formula = ({ definition }: { readonly definition: Explanation['definition'] }) => (
  <code>{definition.numerator ?? definition.id}{definition.denominator === null ? '' : ` ÷ ${definition.denominator}`}{definition.factor === 1 ? '' : ` × ${number(definition.factor, 6)}`}</code>
);

function Terms({ shown }: { readonly shown: Explanation }) {
  const columns: readonly Column<Term>[] = [
    { key: 'name', header: t('indicators.term'), rowHeader: true, cell: (term) => <>{term.name[language()]} <code className="xs muted">{term.ref}</code></> },
    { key: 'side', header: t('indicators.side'), cell: (term) => sayKey(`indicators.side.${term.side}`) },
    { key: 'value', header: t('indicators.value'), numeric: true, cell: (term) => <A to={withQuery('/giai-thich', { so: term.element, o: term.cell === '' ? undefined : term.cell, 'don-vi': shown.unit.code, ky: term.period, ...asBefore(shown), 'luy-ke': term.toDate ? '1' : undefined })}><FigureText figure={term.value} decimals={2} /></A> },
    { key: 'coverage', header: t('indicators.behind'), numeric: true, cell: (term) => `${number(term.coverage.reporting)}/${number(term.coverage.expected)}` },
    { key: 'how', header: t('indicators.added-up'), cell: (term) => `${sayKey(`indicators.over.units.${term.overUnits}`)}; ${sayKey(`indicators.over.time.${term.overTime}`)}` },
  ];
  return (
    <Card title={t('indicators.terms')} flush={shown.facts.length === 0}>
      {shown.terms.length > 0 && <Table caption={t('indicators.terms')} hideCaption columns={columns} rows={shown.terms} rowKey={(term) => `${term.side} ${term.ref}`} />}
      {shown.facts.length > 0 && <Pairs pairs={shown.facts.map((fact) => [fact.ref, fact.value === null ? t('indicators.missing') : number(fact.value, 6)])} />}
    </Card>
  );
}

function Children({ shown }: { readonly shown: Explanation }) {
  const at = (child: Child) => withQuery('/giai-thich', shown.definition.kind === 'indicator'
    ? { chi: shown.definition.id, 'don-vi': child.unit.code, ky: shown.period.id, ...asBefore(shown) }
    : { so: shown.definition.id, o: shown.terms[0]?.cell === '' ? undefined : shown.terms[0]?.cell, 'don-vi': child.unit.code, ky: shown.period.id, ...asBefore(shown) });
  const columns: readonly Column<Child>[] = [
    { key: 'unit', header: t('indicators.place'), rowHeader: true, cell: (child) => <A to={at(child)}>{sayUnit(child.unit)}</A> },
    { key: 'value', header: t('indicators.value'), numeric: true, cell: (child) => <FigureText figure={child.figure} decimals={shown.definition.decimals} /> },
    { key: 'coverage', header: t('indicators.behind'), numeric: true, cell: (child) => `${number(child.coverage.reporting)}/${number(child.coverage.expected)}` },
  ];
  return <Card title={t('indicators.by-unit')} say={t('indicators.by-unit-say')} flush><Table caption={t('indicators.by-unit')} hideCaption columns={columns} rows={shown.children} rowKey={(child) => child.unit.code} /></Card>;
}

function Returns({ shown, page, onPage }: { readonly shown: Explanation; readonly page: number; readonly onPage: (page: number) => void }) {
  const names = new Map([...shown.path, shown.unit, ...shown.children.map((one) => one.unit), ...shown.returns.map((one) => one.unit)].map((unit) => [unit.code, sayUnit(unit)]));
  const officeOf = (office: string): string => sayOffice(office, (unit) => names.get(unit));
  const path = ({ key }: Contribution): string => withQuery(`/bao-cao/${key.province}/${key.orgUnit}/${key.period}/${key.dataSet}/lich-su`, key.attribute === '' ? {} : { 'thuoc-tinh': key.attribute });
  const columns: readonly Column<Contribution>[] = [
    { key: 'unit', header: t('indicators.return'), rowHeader: true, cell: (one) => <><A to={path(one)}>{sayUnit(one.unit)}, {sayPeriod(one.key.period)}</A>{one.countsIn !== null && <span className="block xs muted">{t('indicators.counts-in', { unit: sayUnit(one.countsIn) })}</span>}</> },
    { key: 'values', header: t('indicators.values'), numeric: true, cell: (one) => one.values.map((value, at) => <span key={shown.terms[at]?.ref ?? at}>{at > 0 && ' · '}<FigureText figure={value} decimals={2} /></span>) },
    { key: 'rev', header: t('indicators.revision'), numeric: true, cell: (one) => number(one.rev) },
    { key: 'sent', header: t('indicators.sent'), cell: (one) => <>{one.at === null ? '' : moment(one.at)}{one.office === null ? '' : `, ${officeOf(one.office)}`}{one.late && <span className="c-warn"> ({t('indicators.late')})</span>}</> },
    { key: 'standing', header: t('indicators.approvals'), cell: (one) => (one.approvals.length === 0 ? sayKey(`indicators.standing-is.${one.standing}`) : one.approvals.map((approval) => <span className="block" key={`${approval.step}${approval.at}`}>{sayKey(`indicators.step-verdict.${approval.verdict}`)} {moment(approval.at)}{approval.office === null ? '' : `, ${officeOf(approval.office)}`}{approval.contentHash === null ? '' : <code className="xs muted"> {approval.contentHash.slice(0, 12)}</code>}</span>)) },
  ];
  return (
    <Card title={t('indicators.returns', { count: shown.returnsTotal })} say={shown.returns.length === 0 ? undefined : t('indicators.returns-say')} flush
      footer={shown.pages > 1 ? <Pagination page={page} pages={shown.pages} total={shown.returnsTotal} onPage={onPage} /> : undefined}>
      {shown.returns.length > 0 && <Table caption={t('indicators.returns', { count: shown.returnsTotal })} hideCaption columns={columns} rows={shown.returns.slice(0, pageSize * 4)} rowKey={(one) => `${one.key.province}/${one.key.orgUnit}/${one.key.period}/${one.key.dataSet}/${one.key.attribute}`} />}
    </Card>
  );
}
