/** What returns and indicators walk: units of a day, what lies above them, groups, numbers, and what became of them. */
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { bookFor, openBook, openEdition } from '../actions.ts';
import type { Book } from '../book.ts';
import { dayTree, type UnitRow } from '../days.ts';
import { groupSetsOn, type GroupSet, type Names, type StoredSets } from '../group-sets.ts';
import { lineageOf, type Lineage } from '../lineage.ts';
import { readAttributes, readGroupSets, readTiers, type AttributeRow } from '../store/groups.ts';
import type { Edition } from '../store.ts';

/** Whose tree the register holds: ours, or one imported from another system. */
export const registerSource = async (tx: Tx): Promise<Edition['source']> => (await openEdition(tx)).source;

/** Every unit of the tree on a day: parents before children, by code within a depth. Empty before the tree's history. Cached. */
export const unitsOn = async (tx: Tx, day: PlainDate): Promise<readonly UnitRow[]> => dayTree(await openBook(tx), day).rows;

/** For every unit of the tree on a day the codes above it, from its parent to '00'; none for the nation. Cached. */
export const ancestorsOf = async (tx: Tx, day: PlainDate): Promise<ReadonlyMap<string, readonly string[]>> => dayTree(await openBook(tx), day).ancestors;

/** How figures of one day's map are counted on another's; see `Lineage`. */
export const lineage = async (tx: Tx): Promise<Lineage> => lineageOf(await openBook(tx));

/** '00' and every shard of the register, in order: the provinces of Việt Nam, or the second tier of an imported tree. */
export async function shardCodes(tx: Tx): Promise<readonly string[]> {
  const book = await openBook(tx);
  if (book.source === 'built-in') return [...new Set(['00', ...dayTree(book, '9999-12-31').rows.map((row) => row.province)])].sort();
  return [...new Set(['00', ...book.versions.map((version) => version.province)])].sort();
}

/** Codes that lead to a unit beside its own (a uid, a code of another list, a shard), each with the unit's code on the day. */
export async function otherCodes(tx: Tx, day: PlainDate): Promise<ReadonlyMap<string, string>> {
  const book = await openBook(tx);
  const codes = new Map(dayTree(book, day).rows.map((row) => [row.id, row.code]));
  return new Map([...book.byOtherCode].flatMap(([other, unit]) => { const code = codes.get(unit); return code === undefined ? [] : [[other, code] as const]; }));
}

const ourTiers: readonly Names[] = [{ vi: 'Cả nước', en: 'Nation' }, { vi: 'Tỉnh, thành phố', en: 'Provinces' }, { vi: 'Xã, phường, đặc khu', en: 'Communes' }];

/** The tiers of the tree from the nation down, as it calls them; tiers an import did not name are called by their number. */
export async function unitTiers(tx: Tx, day: PlainDate): Promise<readonly { readonly depth: number; readonly name: Names }[]> {
  const book = await openBook(tx);
  if (book.source === 'built-in') return ourTiers.map((name, at) => ({ depth: at + 1, name }));
  const named = new Map((await readTiers(tx)).map((tier) => [tier.depth, { vi: tier.nameVi, en: tier.nameEn }]));
  const depth = dayTree(book, day).rows.at(-1)?.depth ?? 1;
  return Array.from({ length: depth }, (_, at) => ({ depth: at + 1, name: named.get(at + 1) ?? { vi: `Cấp ${at + 1}`, en: `Level ${at + 1}` } }));
}

let sets: StoredSets | undefined;
async function storedSets(tx: Tx, edition: Edition): Promise<StoredSets> {
  const digest = `${edition.digest} ${edition.groupsDigest}`;
  if (sets?.digest === digest) return sets;
  const read = await readGroupSets(tx);
  sets = {
    digest, members: read.members,
    sets: read.sets.map(({ nameVi, nameEn, ...set }) => ({
      ...set, name: { vi: nameVi, en: nameEn },
      groups: read.groups.filter((group) => group.setId === set.id).map((group) => ({ id: group.id, name: { vi: group.nameVi, en: group.nameEn } })),
    })),
  };
  return sets;
}

/** The register and its group sets on a day, with one question to the database. */
export async function bookAndGroups(tx: Tx, day: PlainDate): Promise<{ book: Book; groups: readonly GroupSet[] }> {
  const edition = await openEdition(tx);
  const book = await bookFor(tx, edition);
  return { book, groups: groupSetsOn(book, await storedSets(tx, edition), day) };
}

/** Group sets on a day; a unit is in at most one group of a set. Cached. */
export const groupSets = async (tx: Tx, day: PlainDate): Promise<readonly GroupSet[]> => (await bookAndGroups(tx, day)).groups;

/** A number of a unit on a day, with where it is from. */
export type UnitAttribute = Pick<AttributeRow, 'value' | 'source' | 'certainty' | 'validFrom'>;
export type UnitAttributes = ReadonlyMap<string, Readonly<Record<string, UnitAttribute>>>;

let attributes: { readonly digest: string; readonly rows: readonly AttributeRow[]; readonly days: Map<PlainDate, UnitAttributes> } | undefined;

/** Numbers of units on a day by unit code, then by attribute id ("residents"): the last one given until then. Cached. */
export async function unitAttributes(tx: Tx, day: PlainDate): Promise<UnitAttributes> {
  const { attributesDigest: digest } = await openEdition(tx);
  if (attributes?.digest !== digest) attributes = { digest, rows: digest === '' ? [] : await readAttributes(tx), days: new Map() };
  const known = attributes.days.get(day);
  if (known !== undefined) return known;
  const made = new Map<string, Record<string, UnitAttribute>>();
  for (const { attribute, unitCode, ...one } of attributes.rows) {
    if (one.validFrom > day) continue;
    const unit = made.get(unitCode) ?? {};
    unit[attribute] = one; // in order of days: the later one replaces
    made.set(unitCode, unit);
  }
  if (attributes.days.size >= 32) attributes.days.clear();
  attributes.days.set(day, made);
  return made;
}
