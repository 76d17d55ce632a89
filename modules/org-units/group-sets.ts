/** Group sets on a day: those stored, and for the built-in tree those its kinds make by themselves. Pure. */
import type { PlainDate } from '#kernel/day.ts';
import type { Book } from './book.ts';
import { dayTree, type DayTree, type UnitRow } from './days.ts';
import { holdsOn } from './rules.ts';
import type { Certainty, GroupSetPage, UnitGroup, UnitKind } from './schema.ts';

export type Names = { readonly vi: string; readonly en: string };
/** One set on a day. `groupOf` has every unit that counts in it, in one group each; with `inherits` also what lies below members. */
export type GroupSet = {
  readonly id: string; readonly name: Names; readonly inherits: boolean; readonly lone: boolean; readonly basis: string; readonly certainty: Certainty;
  readonly groups: readonly { readonly id: string; readonly name: Names }[];
  /** Members themselves, without what lies below them. */
  readonly members: ReadonlyMap<string, string>;
  readonly groupOf: ReadonlyMap<string, string>;
};

export type StoredSet = Omit<GroupSet, 'members' | 'groupOf'>;
export type StoredMember = { readonly setId: string; readonly unitCode: string; readonly groupId: string; readonly validFrom: PlainDate; readonly validTo: PlainDate | null };
export type StoredSets = { readonly digest: string; readonly sets: readonly StoredSet[]; readonly members: readonly StoredMember[] };

type Computed = StoredSet & { readonly of: (unit: UnitRow) => string | undefined };
const kindGroups: readonly (readonly [UnitKind, Names])[] = [
  ['commune', { vi: 'Xã', en: 'Communes' }], ['ward', { vi: 'Phường', en: 'Wards' }], ['special-zone', { vi: 'Đặc khu', en: 'Special zones' }],
  ['township', { vi: 'Thị trấn', en: 'Townships' }], ['island-district', { vi: 'Huyện đảo', en: 'Island districts' }],
];
const provinceGroups: readonly (readonly [UnitKind, Names])[] = [['province', { vi: 'Tỉnh', en: 'Provinces' }], ['city', { vi: 'Thành phố trực thuộc trung ương', en: 'Centrally run cities' }]];
const groupsOf = (kinds: readonly (readonly [UnitKind, Names])[]): StoredSet['groups'] => kinds.map(([id, name]) => ({ id, name }));
const amongKinds = (depth: number, kinds: readonly (readonly [UnitKind, Names])[]) => (unit: UnitRow): string | undefined =>
  (unit.depth === depth && kinds.some(([kind]) => kind === unit.kind) ? unit.kind : undefined);

/** Never typed in: kinds changed three times in fifteen months. */
const computed: readonly Computed[] = [
  {
    id: 'unit-kind', name: { vi: 'Loại đơn vị hành chính cấp xã', en: 'Kind of commune-level unit' }, inherits: true, lone: false, basis: '19/2025/QĐ-TTg', certainty: 'S',
    groups: groupsOf(kindGroups), of: amongKinds(3, kindGroups),
  },
  {
    id: 'province-kind', name: { vi: 'Loại đơn vị hành chính cấp tỉnh', en: 'Kind of province-level unit' }, inherits: true, lone: false, basis: '202/2025/QH15', certainty: 'S',
    groups: groupsOf(provinceGroups), of: amongKinds(2, provinceGroups),
  },
];

/** Members, and with `inherits` what lies below them: the nearest member above a unit counts, its own place first. */
function spread(tree: DayTree, members: ReadonlyMap<string, string>, inherits: boolean): ReadonlyMap<string, string> {
  if (!inherits) return members;
  const all = new Map<string, string>();
  for (const { code, parent } of tree.rows) {
    const group = members.get(code) ?? (parent === null ? undefined : all.get(parent));
    if (group !== undefined) all.set(code, group);
  }
  return all;
}

function setOn(tree: DayTree, set: StoredSet, members: ReadonlyMap<string, string>): GroupSet {
  const { id, name, inherits, lone, basis, certainty, groups } = set;
  return { id, name, inherits, lone, basis, certainty, groups, members, groupOf: spread(tree, members, inherits) };
}

const kept = new WeakMap<Book, { readonly digest: string; readonly days: Map<string, readonly GroupSet[]> }>();

/** Every set on a day, computed ones first. A member that does not exist that day does not count. */
export function groupSetsOn(book: Book, stored: StoredSets, day: PlainDate): readonly GroupSet[] {
  const known = kept.get(book);
  const days = known?.digest === stored.digest ? known.days : new Map<string, readonly GroupSet[]>();
  if (known?.digest !== stored.digest) kept.set(book, { digest: stored.digest, days });
  const had = days.get(day);
  if (had !== undefined) return had;
  const tree = dayTree(book, day);
  const ours = book.source !== 'built-in' ? [] : computed.map((set) => setOn(tree, set, new Map(tree.rows.flatMap((unit) => { const group = set.of(unit); return group === undefined ? [] : [[unit.code, group] as const]; }))))
    .map((set) => ({ ...set, groups: set.groups.filter((group) => [...set.members.values()].includes(group.id)) }));
  const theirs = stored.sets.map((set) => setOn(tree, set, new Map(stored.members.filter((one) => one.setId === set.id && holdsOn(one, day) && tree.byCode.has(one.unitCode))
    .map((one) => [one.unitCode, one.groupId]))));
  const made = [...ours, ...theirs];
  if (days.size >= 64) days.clear();
  days.set(day, made);
  return made;
}

export function groupSetPage({ members, groups, groupOf: _, ...set }: GroupSet): GroupSetPage {
  const units = new Map<string, string[]>(groups.map((group) => [group.id, []]));
  for (const [code, group] of members) units.get(group)?.push(code);
  return { ...set, groups: groups.map((group) => ({ ...group, units: units.get(group.id) ?? [] })) };
}

/** The groups one unit counts in, one line a set; `from` names the unit above through which it does. */
export function groupsOfUnit(sets: readonly GroupSet[], chain: readonly string[], code: string): UnitGroup[] {
  return sets.flatMap((set) => {
    const group = set.groups.find((one) => one.id === set.groupOf.get(code));
    if (group === undefined) return [];
    const from = set.members.has(code) ? undefined : chain.find((above) => set.members.has(above));
    return [{ set: set.id, setName: set.name, group: group.id, groupName: group.name, ...(from === undefined ? {} : { from }) }];
  });
}
