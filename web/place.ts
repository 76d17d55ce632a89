import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readScope, withQuery, type QueryPatch, type Scope } from './address.ts';

export { withQuery, type QueryPatch, type Scope } from './address.ts';

/** The scope in force and how to change it; what the page shows else stays in the address. */
export function useScope(): Scope & { readonly choose: (next: Partial<Scope>) => void } {
  const search = useSearch();
  const [, setQuery] = useQueryState();
  const scope = useMemo(() => readScope(search), [search]);
  const choose = useCallback((next: Partial<Scope>) => {
    const whole = { ...scope, ...next };
    setQuery({ 'pham-vi': whole.province === undefined ? undefined : whole.commune === undefined ? whole.province : `${whole.province}-${whole.commune}`, ngay: whole.asOf });
  }, [scope, setQuery]);
  return { ...scope, choose };
}

/** Filters, sort and tab of a screen live in the address: `const [query, setQuery] = useQueryState()`. */
export function useQueryState(): readonly [URLSearchParams, (patch: QueryPatch, options?: { readonly push?: boolean }) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback((patch: QueryPatch, options: { readonly push?: boolean } = {}) => {
    const current = window.location.search.replace(/^\?/, '');
    navigate(withQuery(`${path}?${current}`, patch), { replace: options.push !== true });
  }, [path, navigate]);
  return [query, set];
}

/** The part of the query that goes along from screen to screen: the scope. */
export const scopeQuery = (search: string): QueryPatch => {
  const query = new URLSearchParams(search);
  return { 'pham-vi': query.get('pham-vi') ?? undefined, ngay: query.get('ngay') ?? undefined };
};
