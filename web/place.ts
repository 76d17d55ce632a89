import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { isPlainDate, type PlainDate } from '#kernel/day.ts';

/** Where the reader stands: one unit, on one day. In the address (`pham-vi`, `ngay`), so that a link shows the same. */
export type Scope = { readonly province: string | undefined; readonly commune: string | undefined; readonly asOf: PlainDate | undefined };

const readScope = (search: string): Scope => {
  const query = new URLSearchParams(search);
  const place = /^(\d{2})(?:-(\d{5}))?$/.exec(query.get('pham-vi') ?? '');
  const asOf = query.get('ngay') ?? '';
  return { province: place?.[1], commune: place?.[2], asOf: isPlainDate(asOf) ? asOf : undefined };
};

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

export type QueryPatch = Readonly<Record<string, string | number | undefined>>;

/** `address` with these query values set; undefined and '' take a value away. */
export function withQuery(address: string, patch: QueryPatch): string {
  const [path = '', search = ''] = address.split('?');
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || value === '') query.delete(key);
    else query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
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
