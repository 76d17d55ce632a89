/** What became of a unit on the map of another day, so that its figures can be counted there, or are said not to be countable. Pure. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import type { Book } from './book.ts';
import { dayTree, keptFor, type DayTree, type UnitRow } from './days.ts';
import { holdsOn } from './rules.ts';

/**
 * Where a unit of one map lies on another.
 *
 * `whole`: all of it lies in unit `code` there, so its figures add to that unit's. `same`: code and name as before; `renamed`: one unit
 * under another code, name or kind; `merged`: with others, or inside a larger one.
 * `part`: it lies in several units there, and what share lies in each is not known: its figures cannot be mapped to any of `codes`, but
 * count in `within`, the smallest unit that holds all of them (null when there is none).
 * `none`: it ended without a successor, or did not exist yet. `unknown`: no unit has that code on the first day.
 */
export type Fate =
  | { readonly kind: 'whole'; readonly code: string; readonly change: 'same' | 'renamed' | 'merged' }
  | { readonly kind: 'part'; readonly codes: readonly string[]; readonly within: string | null }
  | { readonly kind: 'none' | 'unknown' };

export type Lineage = {
  /** @param code a unit of the map of day `from`; `to` may be the earlier day */
  readonly fate: (code: string, from: PlainDate, to: PlainDate) => Fate;
  /** Every unit of the map of `from` with its fate on the map of `to`; kept for days that share these maps. */
  readonly between: (from: PlainDate, to: PlainDate) => ReadonlyMap<string, Fate>;
};

/** The two maps, and the codes of the other one by unit. */
type Maps = { readonly here: DayTree; readonly there: DayTree; readonly idsThere: ReadonlyMap<string, string> };
type Walk = { readonly book: Book; readonly from: PlainDate; readonly to: PlainDate };

const holdsAt = (book: Book, unit: string, day: PlainDate): boolean => book.byUnit.get(unit)?.some((version) => holdsOn(version, day)) === true;

/** Units on the map of `to` that hold any of a unit of the earlier map `from`. A link that says "part" leaves an unnamed rest: `torn`. */
function forward({ book, from, to }: Walk, unit: string, found: Set<string>): boolean {
  const onward = (book.linksFrom.get(unit) ?? []).filter((link) => link.on > from && link.on <= to);
  const stays = holdsAt(book, unit, to);
  if (stays) found.add(unit);
  let torn = !stays && onward.length > 0 && onward.every((link) => link.kind === 'part');
  for (const link of onward) if (link.to !== unit && forward({ book, from: link.on, to }, link.to, found)) torn = true;
  return torn;
}

/** Units on the earlier map `to` that anything of this unit was in. */
function backward({ book, from, to }: Walk, unit: string, found: Set<string>): void {
  if (holdsAt(book, unit, to)) found.add(unit);
  for (const link of book.linksTo.get(unit) ?? [])
    if (link.on > to && link.on <= from && link.from !== unit) backward({ book, from: addDays(link.on, -1), to }, link.from, found);
}

function smallestAround(there: DayTree, codes: readonly string[]): string | null {
  const [first, ...others] = codes.map((code) => [code, ...(there.ancestors.get(code) ?? [])]);
  return first?.find((code) => others.every((chain) => chain.includes(code))) ?? null;
}

function fateOf(walk: Walk, code: string, { here, there, idsThere }: Maps): Fate {
  const row = here.byCode.get(code);
  if (row === undefined) return { kind: 'unknown' };
  const found = new Set<string>();
  const later = walk.from <= walk.to;
  const torn = later && forward(walk, row.id, found);
  if (!later) backward(walk, row.id, found);
  const codes = [...found].flatMap((id) => idsThere.get(id) ?? []).sort();
  const [only] = codes;
  if (only === undefined) return { kind: 'none' };
  if (codes.length > 1 || torn) return { kind: 'part', codes, within: smallestAround(there, codes) };
  return { kind: 'whole', code: only, change: changeOf(walk.book, row, there.byCode.get(only)) };
}

function changeOf(book: Book, before: UnitRow, after: UnitRow | undefined): 'same' | 'renamed' | 'merged' {
  if (after?.id === before.id) return after.code === before.code && after.nameVi === before.nameVi ? 'same' : 'renamed';
  const direct = [...(book.linksFrom.get(before.id) ?? []), ...(book.linksTo.get(before.id) ?? [])].find((link) => link.from === after?.id || link.to === after?.id);
  return direct?.kind === 'renamed' ? 'renamed' : 'merged';
}

/** The lineage of a register; see `Lineage`. */
export function lineageOf(book: Book): Lineage {
  const ids = (tree: DayTree): Map<string, string> => new Map(tree.rows.map((row) => [row.id, row.code]));
  return {
    fate: (code, from, to) => { const there = dayTree(book, to); return fateOf({ book, from, to }, code, { here: dayTree(book, from), there, idsThere: idsOn(book, to, () => ids(there)) }); },
    between: (from, to) => keptFor(book, `lineage from ${keptDay(book, from)}`, to, () => {
      const [here, there] = [dayTree(book, from), dayTree(book, to)];
      const idsThere = ids(there);
      return new Map(here.rows.map((row) => [row.code, fateOf({ book, from, to }, row.code, { here, there, idsThere })]));
    }),
  };
}

const idsOn = (book: Book, day: PlainDate, make: () => Map<string, string>): ReadonlyMap<string, string> => keptFor(book, 'ids', day, make);
const keptDay = (book: Book, day: PlainDate): string => book.changeDays.findLast((one) => one <= day) ?? '';
