/** The whole register in memory: 13,500 versions, their links, names and offices, looked up by code, unit and day. Pure. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { OfficeVersion, UnitAlias, UnitLink, UnitVersion } from './model.ts';
import { countKinds, holdsOn, levelOfCode, type CodeRefusal } from './rules.ts';
import { searchEntries, type Searchable } from './search-entries.ts';
import { indexNames, type SearchIndex } from './search.ts';
import { unitKinds, type KindCounts, type TreeRow, type UnitTree } from './schema.ts';

export type Book = Searchable & {
  readonly edition: string;
  readonly byCode: ReadonlyMap<string, readonly UnitVersion[]>;
  readonly byUnit: ReadonlyMap<string, readonly UnitVersion[]>;
  readonly linksFrom: ReadonlyMap<string, readonly UnitLink[]>;
  readonly linksTo: ReadonlyMap<string, readonly UnitLink[]>;
  readonly aliasesOf: ReadonlyMap<string, readonly UnitAlias[]>;
  readonly officesById: ReadonlyMap<string, readonly OfficeVersion[]>;
  readonly officesAt: ReadonlyMap<string, readonly OfficeVersion[]>;
  /** Built at the first search. */
  readonly names: () => SearchIndex;
};

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** @param register versions in time order within each unit */
export function bookOf(edition: string, register: Searchable): Book {
  let names: SearchIndex | undefined;
  return {
    ...register, edition,
    byCode: grouped(register.versions, (version) => version.code),
    byUnit: grouped(register.versions, (version) => version.unitId),
    linksFrom: grouped(register.links, (link) => link.from),
    linksTo: grouped(register.links, (link) => link.to),
    aliasesOf: grouped(register.aliases, (alias) => alias.unitId),
    officesById: grouped(register.offices, (office) => office.id),
    officesAt: grouped(register.offices, (office) => office.unitId),
    names: () => { names ??= indexNames(searchEntries(register)); return names; },
  };
}

export type UnitRefusal = CodeRefusal
  | { readonly code: 'unit-unknown'; readonly unitCode: string }
  | {
    readonly code: 'unit-not-on-day'; readonly unitCode: string; readonly asOf: PlainDate; readonly nameVi: string; readonly validFrom: PlainDate;
    readonly validTo: PlainDate | null; readonly nowCodes: readonly string[];
  };

/** The unit under a code on a day, by code first and by known other code second. */
export function unitOn(book: Book, unitCode: string, day: PlainDate): Result<UnitVersion, UnitRefusal> {
  const level = levelOfCode(unitCode);
  if (!level.ok) return level;
  const named = book.byCode.get(unitCode) ?? [];
  const found = named.find((version) => holdsOn(version, day)) ?? unitByAlias(book, unitCode, day);
  if (found !== undefined) return ok(found);
  const other = named.at(-1);
  if (other === undefined) return refuse({ code: 'unit-unknown', unitCode });
  return refuse({
    code: 'unit-not-on-day', unitCode, asOf: day, nameVi: other.nameVi, validFrom: other.validFrom, validTo: other.validTo,
    nowCodes: successorsOf(book, other.unitId).map((version) => version.code),
  });
}

function unitByAlias(book: Book, unitCode: string, day: PlainDate): UnitVersion | undefined {
  const alias = book.aliases.find((one) => one.kind === 'code' && one.text === unitCode);
  return alias === undefined ? undefined : book.byUnit.get(alias.unitId)?.find((version) => holdsOn(version, day));
}

const successorsOf = (book: Book, unit: string): UnitVersion[] =>
  (book.linksFrom.get(unit) ?? []).flatMap((link) => { const last = book.byUnit.get(link.to)?.at(-1); return last === undefined ? [] : [last]; });

const byOfficialCode = (a: UnitVersion, b: UnitVersion): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

export const versionsOn = (book: Book, day: PlainDate): UnitVersion[] => book.versions.filter((version) => holdsOn(version, day)).sort(byOfficialCode);

export const countsOn = (book: Book, day: PlainDate): KindCounts => countKinds(versionsOn(book, day).map((version) => version.kind));

/** A row of the tree: code, name, and the place of its kind in `unitKinds`. */
export const treeRow = (version: UnitVersion): TreeRow => [version.code, version.nameVi, unitKinds.indexOf(version.kind)];

/** Names the tree of a day: the edition, and the last day until then on which anything changed. */
function treeVersion(book: Book, day: PlainDate): string {
  let last = '';
  for (const { validFrom, validTo } of book.versions) {
    if (validFrom <= day && validFrom > last) last = validFrom;
    if (validTo !== null && validTo <= day && validTo > last) last = validTo;
  }
  return `${book.edition}@${last}`;
}

/**
 * The whole tree on a day: provinces in the order of their codes, communes as short rows.
 * @param known version the caller has; the provinces are left out when it is this one
 */
export function treeOn(book: Book, day: PlainDate, known?: string): UnitTree {
  const version = treeVersion(book, day);
  const unchanged = known === version;
  const then = versionsOn(book, day);
  const communes = grouped(then.filter((unit) => unit.level === 'commune'), (unit) => unit.province);
  return {
    asOf: day, version, unchanged, counts: countKinds(then.map((unit) => unit.kind)),
    provinces: unchanged ? [] : then.filter((unit) => unit.level === 'province').map((province) => ({
      code: province.code, nameVi: province.nameVi, kind: province.kind, communes: (communes.get(province.code) ?? []).map(treeRow),
    })),
  };
}
