/** All versions of all items, by kind and id, for the checks. */
import type { ItemKind } from '../schema/programme.ts';
import { itemKinds } from '../schema/programme.ts';
import type { Verdict } from '../schema/files.ts';
import { isOf, itemOf, type ItemOf, type Version } from './read-items.ts';

export type Known = {
  readonly versions: readonly Version[];
  of(kind: ItemKind, id: string): readonly Version[];
  has(kind: ItemKind, id: string): boolean;
  /** Kinds that have an item of this id. */
  kindsOf(id: string): readonly ItemKind[];
  all<K extends ItemKind>(kind: K): readonly { readonly item: ItemOf<K>; readonly at: At }[];
  /** The newest version of an item. */
  latest<K extends ItemKind>(kind: K, id: string): ItemOf<K> | undefined;
};
export type At = Pick<Verdict, 'file' | 'kind' | 'item'>;

export function knownOf(versions: readonly Version[]): Known {
  const byKey = new Map<string, Version[]>();
  for (const one of versions) {
    const list = byKey.get(`${one.kind}/${one.id}`);
    if (list === undefined) byKey.set(`${one.kind}/${one.id}`, [one]); else list.push(one);
  }
  const of = (kind: ItemKind, id: string): readonly Version[] => byKey.get(`${kind}/${id}`) ?? [];
  const lists = new Map<ItemKind, readonly { readonly item: ItemOf<ItemKind>; readonly at: At }[]>();
  const newest = new Map<string, ItemOf<ItemKind> | undefined>();
  function all<K extends ItemKind>(kind: K): readonly { readonly item: ItemOf<K>; readonly at: At }[] {
    const list = lists.get(kind) ?? versions.flatMap((one) => (isOf(one, kind) ? [{ item: itemOf<K>(one), at: { file: one.file, kind: one.kind, item: one.id } }] : []));
    lists.set(kind, list);
    return list as readonly { readonly item: ItemOf<K>; readonly at: At }[]; // kept under its own kind
  }
  function latest<K extends ItemKind>(kind: K, id: string): ItemOf<K> | undefined {
    const key = `${kind}/${id}`;
    if (!newest.has(key)) {
      const last = of(kind, id).reduce<Version | undefined>((a, b) => (a === undefined || b.validFrom > a.validFrom ? b : a), undefined);
      newest.set(key, last !== undefined && isOf(last, kind) ? itemOf<K>(last) : undefined);
    }
    return newest.get(key) as ItemOf<K> | undefined; // kept under its own kind
  }
  return {
    all, latest, versions, of, has: (kind, id) => byKey.has(`${kind}/${id}`), kindsOf: (id) => itemKinds.filter((kind) => byKey.has(`${kind}/${id}`)),
  };
}
