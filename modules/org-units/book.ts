/** The whole register in memory: 13,500 versions, their links, names and offices, looked up by code, unit and day. Pure. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { OfficeVersion, UnitAlias, UnitLink, UnitVersion } from './model.ts';
import { countKinds, depthOf, holdsOn, levelOfCode, type CodeRefusal } from './rules.ts';
import { searchEntries, type Searchable } from './search-entries.ts';
import { indexNames, type SearchIndex } from './search.ts';
import { historyBegins, unitKinds, type DeepRow, type KindCounts, type TreeRow, type UnitTree } from './schema.ts';

export type Book = Searchable & {
  readonly edition: string;
  readonly source: 'built-in' | 'imported';
  /** First day the tree can be asked for. */
  readonly historyBegins: PlainDate;
  /** Every day on which anything began or ended, in order. */
  readonly changeDays: readonly PlainDate[];
  readonly byOtherCode: ReadonlyMap<string, string>;
  /** What was made for a day, kept by the last day of change until then; see days.ts. */
  readonly kept: Map<string, unknown>;
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
export function bookOf(edition: string, register: Searchable, source: Book['source'] = 'built-in'): Book {
  let names: SearchIndex | undefined;
  return {
    ...register, edition, source, kept: new Map(),
    historyBegins: register.versions.find((version) => version.level === 'nation')?.validFrom ?? historyBegins,
    changeDays: [...new Set(register.versions.flatMap(({ validFrom, validTo }) => (validTo === null ? [validFrom] : [validFrom, validTo])))].sort(),
    byOtherCode: new Map(register.aliases.flatMap((alias) => (alias.kind === 'code' ? [[alias.text, alias.unitId] as const] : []))),
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
  const named = book.byCode.get(unitCode) ?? [];
  const level = named.length > 0 || book.source === 'imported' ? undefined : levelOfCode(unitCode);
  if (level?.ok === false) return level;
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
  const unit = book.byOtherCode.get(unitCode);
  return unit === undefined ? undefined : book.byUnit.get(unit)?.find((version) => holdsOn(version, day));
}

const successorsOf = (book: Book, unit: string): UnitVersion[] =>
  (book.linksFrom.get(unit) ?? []).flatMap((link) => { const last = book.byUnit.get(link.to)?.at(-1); return last === undefined ? [] : [last]; });

const byOfficialCode = (a: UnitVersion, b: UnitVersion): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

export const versionsOn = (book: Book, day: PlainDate): UnitVersion[] => book.versions.filter((version) => holdsOn(version, day)).sort(byOfficialCode);

export const countsOn = (book: Book, day: PlainDate): KindCounts => countKinds(versionsOn(book, day).map((version) => version.kind));

/** A row of the tree: code, name, and the place of its kind in `unitKinds`. */
export const treeRow = (version: UnitVersion): TreeRow => [version.code, version.nameVi, unitKinds.indexOf(version.kind)];

/** Names the tree of a day: the edition, and the last day until then on which anything changed. */
const treeVersion = (book: Book, day: PlainDate): string => `${book.edition}@${lastChange(book, day)}`;

/** The last day until then on which anything changed; '' before the first. Days that share it have the same tree. */
export const lastChange = (book: Book, day: PlainDate): PlainDate => book.changeDays.findLast((one) => one <= day) ?? '';

/**
 * The whole tree on a day: provinces in the order of their codes, communes as short rows.
 * @param known version the caller has; the provinces are left out when it is this one
 */
export function treeOn(book: Book, day: PlainDate, known?: string): UnitTree {
  const version = treeVersion(book, day);
  const unchanged = known === version;
  const then = versionsOn(book, day);
  const below = deeperRows(then);
  const communes = grouped(then.filter((unit) => unit.level === 'commune'), (unit) => unit.province);
  return {
    asOf: day, version, unchanged, counts: countKinds(then.map((unit) => unit.kind)),
    provinces: unchanged ? [] : then.filter((unit) => unit.level === 'province').map((province) => ({
      code: province.code, nameVi: province.nameVi, kind: province.kind, communes: (communes.get(province.province) ?? []).map(treeRow),
      ...(province.province === province.code ? {} : { shard: province.province }), ...below(province.province),
    })),
  };
}

/** Units deeper than communes by province, parents before children; nothing for a tree that ends with communes. */
function deeperRows(then: readonly UnitVersion[]): (shard: string) => { deeper?: DeepRow[] } {
  const deep = then.filter((unit) => depthOf(unit.level) > 3).sort((a, b) => depthOf(a.level) - depthOf(b.level));
  if (deep.length === 0) return () => ({});
  const codes = new Map(then.map((unit) => [unit.unitId, unit.code]));
  const byShard = grouped(deep, (unit) => unit.province);
  return (shard) => ({ deeper: (byShard.get(shard) ?? []).map((unit): DeepRow => [...treeRow(unit), codes.get(unit.parentId ?? '') ?? '', depthOf(unit.level)]) });
}
