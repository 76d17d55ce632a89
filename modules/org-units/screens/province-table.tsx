import { useMemo } from 'react';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState } from '#web/kit/notice.tsx';
import { Table, type Column, type Sort } from '#web/kit/table.tsx';
import { compareVietnamese } from '#kernel/fold.ts';
import { shortName, type TreeProvince, type UnitKind, type UnitTree } from '../schema.ts';
import { useGo, useSortInAddress } from './go.ts';
import { kindOfRow, matches, nameOf, sayKind } from './words.ts';

type Row = TreeProvince & { readonly count: Readonly<Partial<Record<UnitKind, number>>> };
const byCode: Sort = { key: 'ma', down: false };

function rowsOf(tree: UnitTree): Row[] {
  return tree.provinces.map((province) => {
    const count: Partial<Record<UnitKind, number>> = {};
    for (const commune of province.communes) count[kindOfRow(commune)] = (count[kindOfRow(commune)] ?? 0) + 1;
    return { ...province, count };
  });
}

/** Every province of the day with its communes by kind; searched by name, sorted by any figure. */
export function ProvinceTable({ tree }: { readonly tree: UnitTree }) {
  const go = useGo();
  const [query, setQuery] = useQueryState();
  const typed = query.get('tim') ?? '';
  const rows = useMemo(() => rowsOf(tree).filter((row) => matches(typed, row.nameVi, row.code)), [tree, typed]);
  const columns = columnsOf(tree);
  const { sorted, sort, onSort } = useSortInAddress(columns, rows, byCode);
  const title = t(tree.counts.units === undefined ? 'org-units.provinces-title' : 'org-units.units-title', { count: tree.provinces.length });
  return (
    <Card title={title} say={t('org-units.provinces-say')}
      tools={<TextInput type="search" label={t('org-units.find-province')} hideLabel placeholder={t('org-units.find-province')} value={typed} onText={(text) => setQuery({ tim: text })} width="mid" />}>
      <Table caption={title} hideCaption columns={columns} rows={sorted} rowKey={(row) => row.code} onOpen={(row) => go(`/tinh/${row.code}`)} sort={sort} onSort={onSort}
        empty={<EmptyState icon="search" title={t('org-units.no-province', { typed })}>{t('org-units.no-province-say')}</EmptyState>} />
    </Card>
  );
}

function columnsOf(tree: UnitTree): Column<Row>[] {
  const kinds: readonly (readonly [UnitKind, string, number])[] = [
    ['commune', t('org-units.count.communes'), tree.counts.communes], ['ward', t('org-units.count.wards'), tree.counts.wards], ['special-zone', t('org-units.count.specialZones'), tree.counts.specialZones],
    ['township', t('org-units.count.townships'), tree.counts.townships],
  ];
  const countAll = (row: Row): number => row.communes.length - (row.count['island-district'] ?? 0);
  return [
    { key: 'ten', header: t('org-units.province'), rowHeader: true, compare: (a, b) => compareVietnamese(shortName(a.nameVi, a.kind), shortName(b.nameVi, b.kind)), cell: (row) => <A to={`/tinh/${row.code}`}>{nameOf(row)}</A> },
    { key: 'ma', header: t('org-units.code'), className: 'only-l', compare: (a, b) => (a.code < b.code ? -1 : 1), cell: (row) => row.code },
    { key: 'loai', header: t('org-units.kind-head'), className: 'only-l', compare: (a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0), cell: (row) => sayKind(row.kind) },
    { key: 'so', header: t('org-units.count.communal'), numeric: true, compare: (a, b) => countAll(a) - countAll(b), cell: (row) => number(countAll(row)) },
    ...kinds.filter(([, , all]) => all > 0).map(([kind, header]): Column<Row> => ({ key: kind, header, numeric: true, className: 'only-l', compare: (a, b) => (a.count[kind] ?? 0) - (b.count[kind] ?? 0), cell: (row) => number(row.count[kind] ?? 0) })),
  ];
}
