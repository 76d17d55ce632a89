import { useMemo } from 'react';
import { t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { FilterChips } from '#web/kit/chips.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { Table, type Column, type Sort } from '#web/kit/table.tsx';
import { compareVietnamese } from '#kernel/fold.ts';
import { shortName, unitKinds, type TreeRow, type UnitKind } from '../schema.ts';
import { useGo, useSortInAddress } from './go.ts';
import { isOurs, kindOfRow, matches, nameOf, sayKind } from './words.ts';

const byName: Sort = { key: 'ten', down: false };
const unitOf = (row: TreeRow): { nameVi: string; kind: UnitKind } => ({ nameVi: row[1], kind: kindOfRow(row) });
const bare = (row: TreeRow): string => shortName(row[1], kindOfRow(row));

/** Communes, wards and special zones of a province; only the rows in sight are drawn. */
export function CommuneTable({ communes }: { readonly communes: readonly TreeRow[] }) {
  const go = useGo();
  const [query, setQuery] = useQueryState();
  const typed = query.get('tim') ?? '';
  const kinds = unitKinds.filter((kind) => communes.some((row) => kindOfRow(row) === kind));
  const kind = kinds.find((one) => one === query.get('loai')) ?? '';
  const rows = useMemo(() => communes.filter((row) => (kind === '' || kindOfRow(row) === kind) && matches(typed, row[1], row[0])), [communes, kind, typed]);
  const columns = columnsOf();
  const { sorted, sort, onSort } = useSortInAddress(columns, rows, byName);
  const countOf = (one: UnitKind): number => communes.filter((row) => kindOfRow(row) === one).length;
  const choices: { value: UnitKind | ''; label: string; count: number }[] = [{ value: '', label: t('org-units.all-kinds'), count: communes.length }, ...kinds.map((one) => ({ value: one, label: sayKind(one), count: countOf(one) }))];
  const title = t(kinds.every(isOurs) ? 'org-units.communes-title' : 'org-units.units-title', { count: communes.length });
  return (
    <Card title={title} say={t('org-units.communes-say')}>
      <div className="row between">
        <FilterChips<UnitKind | ''> label={t('org-units.kind-head')} value={kind} onChoose={(value) => setQuery({ loai: value })} choices={choices} />
        <TextInput type="search" label={t('org-units.find-commune')} hideLabel placeholder={t('org-units.find-commune')} value={typed} onText={(text) => setQuery({ tim: text })} width="mid" />
      </div>
      <Table caption={title} hideCaption columns={columns} rows={sorted} rowKey={(row) => row[0]} onOpen={(row) => go(`/xa/${row[0]}`)} sort={sort} onSort={onSort}
        empty={<EmptyState icon="search" title={t('org-units.no-commune', { typed })}>{t('org-units.no-commune-say')}</EmptyState>} />
    </Card>
  );
}

const columnsOf = (): Column<TreeRow>[] => [
  { key: 'ten', header: t('org-units.name'), rowHeader: true, compare: (a, b) => compareVietnamese(bare(a), bare(b)), cell: (row) => <A to={`/xa/${row[0]}`}>{nameOf(unitOf(row))}</A> },
  { key: 'ma', header: t('org-units.code'), compare: (a, b) => (a[0] < b[0] ? -1 : 1), cell: (row) => row[0] },
  { key: 'loai', header: t('org-units.kind-head'), className: 'only-l', compare: (a, b) => a[2] - b[2] || compareVietnamese(bare(a), bare(b)), cell: (row) => sayKind(kindOfRow(row)) },
];
