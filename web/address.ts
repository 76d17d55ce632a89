import { isPlainDate, type PlainDate } from '#kernel/day.ts';

/** Where the reader stands: one unit, on one day. In the address (`pham-vi`, `ngay`), so that a link shows the same. */
export type Scope = { readonly province: string | undefined; readonly commune: string | undefined; readonly asOf: PlainDate | undefined };

/** The scope an address names; a malformed part is as if it were not there. */
export const readScope = (search: string): Scope => {
  const query = new URLSearchParams(search);
  const place = /^([0-9A-Z]{2})(?:-([0-9A-Za-z_.-]{3,20}))?$/.exec(query.get('pham-vi') ?? '');
  const asOf = query.get('ngay') ?? '';
  return { province: place?.[1], commune: place?.[2], asOf: isPlainDate(asOf) ? asOf : undefined };
};

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
