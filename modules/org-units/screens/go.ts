import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { scopeQuery, useQueryState, withQuery, type QueryPatch } from '#web/place.ts';
import type { Column, Sort } from '#web/kit/table.tsx';

/** Opens another screen; the scope in the address goes along. */
export function useGo(): (path: string, query?: QueryPatch, options?: { readonly replace?: boolean }) => void {
  const search = useSearch();
  const [, navigate] = useLocation();
  return (path, query = {}, options = {}) => navigate(withQuery(withQuery(path, scopeQuery(search)), query), { replace: options.replace === true });
}

/** Rows in the order the address names (`sap=ten`, `sap=-so`: descending), so that a copied link shows the same. */
export function useSortInAddress<Row>(columns: readonly Column<Row>[], rows: readonly Row[], first: Sort): { readonly sorted: readonly Row[]; readonly sort: Sort; readonly onSort: (sort: Sort) => void } {
  const [query, setQuery] = useQueryState();
  const asked = query.get('sap') ?? '';
  const key = asked.replace(/^-/, '');
  const known = columns.some((column) => column.key === key && column.compare !== undefined);
  const sort = useMemo((): Sort => (known ? { key, down: asked.startsWith('-') } : first), [known, key, asked, first]);
  const sorted = useMemo(() => {
    const compare = columns.find((column) => column.key === sort.key)?.compare;
    return compare === undefined ? rows : [...rows].sort((a, b) => (sort.down ? -compare(a, b) : compare(a, b)));
  }, [columns, rows, sort]);
  return { sorted, sort, onSort: (next) => setQuery({ sap: `${next.down ? '-' : ''}${next.key}` }) };
}
