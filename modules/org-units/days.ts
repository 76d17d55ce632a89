/** The tree of one day as other modules walk it: rows in order, ancestors. Made once for all days that share a tree. */
import type { PlainDate } from '#kernel/day.ts';
import { lastChange, versionsOn, type Book } from './book.ts';
import type { UnitVersion } from './model.ts';
import { depthOf } from './rules.ts';
import { englishName, type UnitKind, type UnitLevel } from './schema.ts';

/** A unit on a day. `parent` is null for the nation ('00'); `province` is the two characters its rows are kept under. */
export type UnitRow = {
  readonly code: string; readonly id: string; readonly level: UnitLevel; readonly depth: number; readonly kind: UnitKind; readonly parent: string | null;
  readonly province: string; readonly nameVi: string; readonly nameEn?: string;
};
export type DayTree = {
  /** By depth, then by code: parents stand before children. */
  readonly rows: readonly UnitRow[];
  readonly byCode: ReadonlyMap<string, UnitRow>;
  /** Codes above each unit, from its parent to '00'. */
  readonly ancestors: ReadonlyMap<string, readonly string[]>;
};

/** Days of a foreign tree differ by the hundred, because each facility has its own opening day. */
const mostKept = 48;

/** Keeps what is made for a day with the book, for every day that has the same tree. */
export function keptFor<T>(book: Book, what: string, day: PlainDate, make: () => T): T {
  const key = `${what}@${lastChange(book, day)}`;
  if (book.kept.has(key)) return book.kept.get(key) as T; // stored below under the same name
  const made = make();
  const oldest = book.kept.keys().next();
  if (book.kept.size >= mostKept && oldest.done !== true) book.kept.delete(oldest.value);
  book.kept.set(key, made);
  return made;
}

export const dayTree = (book: Book, day: PlainDate): DayTree => keptFor(book, 'tree', day, () => treeOf(book, versionsOn(book, day)));

function treeOf(book: Book, then: readonly UnitVersion[]): DayTree {
  const codes = new Map(then.map((unit) => [unit.unitId, unit.code]));
  const rows = then.map((unit): UnitRow => ({
    code: unit.code, id: unit.unitId, level: unit.level, depth: depthOf(unit.level), kind: unit.kind, parent: unit.parentId === null ? null : codes.get(unit.parentId) ?? '00',
    province: unit.province, nameVi: unit.nameVi, ...(book.source === 'built-in' ? { nameEn: englishName(unit.nameVi, unit.kind) } : {}),
  })).sort((a, b) => a.depth - b.depth); // stable: by code within a depth
  const ancestors = new Map<string, readonly string[]>();
  const chains = new Map<string, readonly string[]>(); // brothers share one list
  for (const { code, parent } of rows) {
    if (parent === null) { ancestors.set(code, []); continue; }
    const chain = chains.get(parent) ?? [parent, ...(ancestors.get(parent) ?? [])];
    chains.set(parent, chain);
    ancestors.set(code, chain);
  }
  return { rows, byCode: new Map(rows.map((row) => [row.code, row])), ancestors };
}
