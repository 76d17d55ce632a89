import { useLocation } from 'wouter';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState, withQuery } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { communeOutcomes, type Outcome } from '../schema/criteria.ts';
import type { VerdictList, VerdictRow } from '../schema/verdict.ts';
import { onlyKinds } from './list-place.ts';
import { outcomeKind, outcomeWord, unitWord, verdictKind, verdictWord } from './words.ts';

const chips: readonly Outcome[] = [...communeOutcomes, 'to-conclude', 'cannot-judge'];
const countOf = (list: VerdictList, outcome: Outcome): number => {
  const { tally } = list;
  switch (outcome) {
    case 'drug-free': return tally.drugFree;
    case 'I': return tally.I;
    case 'II': return tally.II;
    case 'III': return tally.III;
    case 'not-classified': return tally.notClassified;
    case 'to-conclude': return tally.toConclude;
    default: return tally.cannotJudge;
  }
};

/** Communes, filtered by outcome or by what is worth a look; the page, the filter and the search stay in the address. */
export function CommunesCard({ list }: { readonly list: VerdictList }) {
  const [query, setQuery] = useQueryState();
  const [, navigate] = useLocation();
  const outcome = chips.find((one) => one === query.get('kq'));
  const only = onlyKinds.find((one) => one === query.get('loc'));
  const to = (row: VerdictRow): string => withQuery(`/xa/${row.code}`, { ky: list.period.id });
  const named = new Map(list.provinces.map((one) => [one.code, one.nameVi] as const));
  return (
    <Card title={t('classification.communes-title', { count: number(list.rowsTotal) })} tools={<>
      <TextInput type="search" label={t('classification.find')} hideLabel placeholder={t('classification.find')} value={query.get('tim') ?? ''} onText={(tim) => setQuery({ tim: tim === '' ? undefined : tim, trang: undefined })} width="mid" />
      <Select label={t('classification.worth-a-look')} hideLabel value={only ?? ''} onChoose={(loc) => setQuery({ loc: loc === '' ? undefined : loc, trang: undefined })} choices={[{ value: '', label: t('classification.all-communes') }, ...onlyKinds.map((one) => ({ value: one as string, label: t(`classification.only.${one}`) }))]} />
    </>} flush>
      <div className="body"><FilterChips label={t('classification.outcome-filter')} value={outcome ?? ''} onChoose={(kq) => setQuery({ kq: kq === '' ? undefined : kq, trang: undefined })} choices={[{ value: '', label: t('classification.all') }, ...chips.map((one) => ({ value: one as string, label: outcomeWord(one), count: countOf(list, one) }))]} /></div>
      <Table<VerdictRow> caption={t('classification.communes-title', { count: number(list.rowsTotal) })} hideCaption rows={list.rows} rowKey={(row) => row.code} onOpen={(row) => navigate(to(row))}
        empty={<EmptyState icon="search" title={t('classification.no-communes')}>{t('classification.no-communes-say')}</EmptyState>}
        columns={[
          { key: 'name', header: t('classification.commune'), rowHeader: true, cell: (row) => <><A to={to(row)}>{unitWord(row)}</A>{named.size > 0 && <small>{unitWord({ nameVi: named.get(row.province) ?? row.province })}</small>}</> },
          { key: 'outcome', header: t('classification.proposed'), cell: (row) => <><StatusBadge bare kind={outcomeKind(row.outcome)}>{outcomeWord(row.outcome)}</StatusBadge>{row.classIfNotDrugFree !== null && row.classIfNotDrugFree !== row.outcome && row.outcome !== 'drug-free' && <small>{t('classification.else-class', { outcome: outcomeWord(row.classIfNotDrugFree) })}</small>}</> },
          { key: 'tests', header: t('classification.three-tests'), cell: (row) => <span className="row tight">{row.tests.map((one, at) => <span key={['one', 'two', 'three'][at]} className={`c-${verdictKind(one)}`} title={`${sayKey(`classification.criterion.drug-free.${at + 1}`)}: ${verdictWord(one)}`}><Icon name={verdictKind(one)} size={16} label={`${at + 1}: ${verdictWord(one)}`} /></span>)}</span> },
          { key: 'decided', header: t('classification.decided'), cell: (row) => (row.decided === null ? <span className="muted">{t('classification.nothing-decided')}</span> : <><StatusBadge bare kind={outcomeKind(row.decided.status)}>{outcomeWord(row.decided.status)}</StatusBadge>{row.turned && <small className="c-warn">{t('classification.turned')}</small>}</>) },
          { key: 'look', header: t('classification.worth-a-look'), cell: (row) => <span className="small">{[row.missingMonths > 0 ? t('classification.missing-months', { count: row.missingMonths }) : '', row.readingsAgree ? '' : t('classification.only.readings-differ'), row.pointsDiffer ? t('classification.only.points-differ') : ''].filter(Boolean).join('; ')}</span> },
        ]} />
      <Pagination page={list.page} pages={Math.max(1, list.pages)} total={list.rowsTotal} onPage={(trang) => setQuery({ trang: trang === 1 ? undefined : trang })} />
    </Card>
  );
}
