/** A tree of units from another system: checked row by row and laid over what the register holds. Pure. */
import { addDays, isPlainDate, type PlainDate } from '#kernel/day.ts';
import { refuse, ok, type Result } from '#kernel/result.ts';
import { levelOfDepth } from '../rules.ts';

/** A unit as another system gives it. Rows come in any order; a day may carry a time, which is cut off. */
export type ForeignUnit = {
  readonly id: string;
  readonly code?: string | null | undefined;
  readonly name: string;
  readonly shortName?: string | null | undefined;
  /** The id of the unit above; null or left out for the root. */
  readonly parent?: string | null | undefined;
  /** Left out: open since the unit above was. */
  readonly openingDate?: string | null | undefined;
  /** The last day the unit was open. */
  readonly closedDate?: string | null | undefined;
  readonly level?: number | undefined;
};

/** Why a row was not taken; message keys `org-units.tree-row.<code>`. */
export type TreeRowProblem =
  | { readonly code: 'id-malformed' | 'id-twice' | 'name-missing' | 'parent-cycle' }
  | { readonly code: 'parent-unknown' | 'parent-refused'; readonly parent: string }
  | { readonly code: 'opening-date-invalid' | 'closed-date-invalid'; readonly given: string }
  | { readonly code: 'closed-before-opened'; readonly opened: PlainDate; readonly closed: PlainDate }
  | { readonly code: 'too-deep'; readonly deepest: number };

/** Why nothing was taken. */
export type TreeRefusal =
  | { readonly code: 'tree-empty' }
  | { readonly code: 'tree-no-root'; readonly without: readonly string[] }
  | { readonly code: 'tree-two-roots'; readonly roots: readonly string[] }
  | { readonly code: 'tree-other-root'; readonly root: string; readonly held: string }
  | { readonly code: 'tree-too-many-shards'; readonly count: number; readonly most: number }
  | { readonly code: 'register-in-use'; readonly committees: number };

/** A unit of the tree in its place, with the days it stands for: as long as anything below it. */
export type Placed = {
  readonly unit: ForeignUnit; readonly at: number; readonly depth: number; readonly parent: Placed | undefined; readonly children: Placed[];
  validFrom: PlainDate; validTo: PlainDate | null;
  /** The id two tiers down from the nation that the unit lies in; itself there; undefined for the root. */
  readonly second: string | undefined;
};
export type RefusedRow = { readonly at: number; readonly unit: ForeignUnit; readonly problem: TreeRowProblem };
export type ForeignTree = { readonly root: Placed; /** Parents before children. */ readonly placed: readonly Placed[]; readonly refused: readonly RefusedRow[] };

const deepest = 19;
const idForm = /^[A-Za-z0-9_.-]{3,20}$/u; // two characters are shards
const dayOf = (given: string): PlainDate | undefined => { const day = given.slice(0, 10); return isPlainDate(day) ? day : undefined; };

const isBlank = (text: string | null | undefined): boolean => text === undefined || text === null || text.trim() === '';
/** Stands for an opening day that was not said, until the tree is put together. */
const notSaid: PlainDate = '9999-12-31';
/** Opening day of a tree none of whose units says one. */
const always: PlainDate = '1900-01-01';

type Days = { readonly validFrom: PlainDate; readonly validTo: PlainDate | null };

function rowProblem(unit: ForeignUnit, known: ReadonlySet<string>): TreeRowProblem | Days {
  if (!idForm.test(unit.id)) return { code: 'id-malformed' };
  if (known.has(unit.id)) return { code: 'id-twice' };
  if (unit.name.trim() === '') return { code: 'name-missing' };
  const opened = isBlank(unit.openingDate) ? notSaid : dayOf(unit.openingDate ?? '');
  if (opened === undefined) return { code: 'opening-date-invalid', given: unit.openingDate ?? '' };
  if (isBlank(unit.closedDate)) return { validFrom: opened, validTo: null };
  const closed = dayOf(unit.closedDate ?? '');
  if (closed === undefined) return { code: 'closed-date-invalid', given: unit.closedDate ?? '' };
  return opened !== notSaid && closed < opened ? { code: 'closed-before-opened', opened, closed } : { validFrom: opened, validTo: addDays(closed, 1) };
}

type Row = { readonly unit: ForeignUnit; readonly at: number } & Days;
const isRoot = (unit: ForeignUnit): boolean => isBlank(unit.parent);

/**
 * Puts rows in any order into one tree. Rows that cannot stand in it are refused one by one, with all that lies below them; the rest
 * is kept. Without exactly one root nothing is.
 */
export function placeForeign(units: readonly ForeignUnit[]): Result<ForeignTree, TreeRefusal> {
  const refused: RefusedRow[] = [];
  const rows = new Map<string, Row>();
  units.forEach((unit, at) => {
    const found = rowProblem(unit, new Set(rows.has(unit.id) ? [unit.id] : []));
    if ('code' in found) refused.push({ at, unit, problem: found });
    else rows.set(unit.id, { unit, at, ...found });
  });
  if (units.length === 0) return refuse({ code: 'tree-empty' });
  const roots = [...rows.values()].filter((row) => isRoot(row.unit));
  const [root] = roots;
  if (root === undefined) return refuse({ code: 'tree-no-root', without: units.filter((unit) => isRoot(unit) || !rows.has(unit.parent ?? '')).slice(0, 5).map((unit) => unit.id) });
  if (roots.length > 1) return refuse({ code: 'tree-two-roots', roots: roots.map((row) => row.unit.id).slice(0, 20) });
  const placed = downFrom(root, rows, refused);
  refused.push(...leftOut(rows, placed, refused));
  stretch(placed);
  return ok({ root: first(placed), placed, refused: refused.sort((a, b) => a.at - b.at) });
}

function first(placed: readonly Placed[]): Placed {
  const [root] = placed;
  if (root === undefined) throw new RangeError('a tree without its root');
  return root;
}

function downFrom(root: Row, rows: ReadonlyMap<string, Row>, refused: RefusedRow[]): Placed[] {
  const below = new Map<string, Row[]>();
  for (const row of rows.values()) if (!isRoot(row.unit)) below.set(row.unit.parent ?? '', [...(below.get(row.unit.parent ?? '') ?? []), row]);
  const placed: Placed[] = [{ ...root, depth: 1, parent: undefined, children: [], second: undefined }];
  for (const above of placed) {
    for (const row of below.get(above.unit.id) ?? []) {
      if (above.depth === deepest) { refused.push({ at: row.at, unit: row.unit, problem: { code: 'too-deep', deepest } }); continue; }
      const one: Placed = { ...row, depth: above.depth + 1, parent: above, children: [], second: above.second ?? row.unit.id };
      above.children.push(one);
      placed.push(one);
    }
  }
  return placed;
}

/** Rows the root does not lead to: below an unknown unit, below a refused one, or in a circle. */
function leftOut(rows: ReadonlyMap<string, Row>, placed: readonly Placed[], refused: readonly RefusedRow[]): RefusedRow[] {
  const told = new Set([...placed.map((one) => one.unit.id), ...refused.map((one) => one.unit.id)]);
  return [...rows.values()].filter((row) => !told.has(row.unit.id)).map(({ unit, at }): RefusedRow => {
    const parent = unit.parent ?? '';
    if (!rows.has(parent)) return { at, unit, problem: { code: refused.some((one) => one.unit.id === parent) ? 'parent-refused' : 'parent-unknown', parent } };
    return { at, unit, problem: inCircle(unit.id, rows) ? { code: 'parent-cycle' } : { code: 'parent-refused', parent } };
  });
}

function inCircle(id: string, rows: ReadonlyMap<string, Row>): boolean {
  const seen = new Set<string>();
  let above = rows.get(id)?.unit.parent ?? undefined;
  while (above !== undefined && above !== id && !seen.has(above)) {
    seen.add(above);
    above = rows.get(above)?.unit.parent ?? undefined;
  }
  return above === id;
}

/** A unit stands as long as anything below it: systems let a facility open before its district does, and a day's tree must hang together. */
function stretch(placed: readonly Placed[]): void {
  for (const one of [...placed].reverse()) {
    const { parent } = one;
    if (parent === undefined) continue;
    if (one.validFrom < parent.validFrom) parent.validFrom = one.validFrom;
    if (parent.validTo !== null && (one.validTo === null || one.validTo > parent.validTo)) parent.validTo = one.validTo;
  }
  for (const one of placed) {
    if (one.validFrom !== notSaid) continue;
    const since = one.parent?.validFrom ?? always;
    one.validFrom = one.validTo !== null && since >= one.validTo ? addDays(one.validTo, -1) : since;
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
/** '01' to '99', then 'A0' to 'Z9', then 'AA' to 'ZZ': two characters for each unit of the second tier. */
export const shardsInOrder: readonly string[] = [
  ...Array.from({ length: 99 }, (_, at) => String(at + 1).padStart(2, '0')),
  ...[...letters].flatMap((letter) => [...digits].map((digit) => letter + digit)), ...[...letters].flatMap((one) => [...letters].map((two) => one + two)),
];

/**
 * The shard of each unit of the second tier. One that has a shard keeps it, because rows of other modules are kept under it; new ones
 * get their own code when it has two characters, else the next free in the order of their names: the order of rows does not matter.
 */
export function shardsOf(tree: ForeignTree, held: ReadonlyMap<string, string>): Result<ReadonlyMap<string, string>, TreeRefusal> {
  const second = tree.root.children.map((one) => one.unit).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
  const shards = new Map(held);
  const taken = new Set(held.values());
  const give = (unit: ForeignUnit, shard: string): void => { shards.set(unit.id, shard); taken.add(shard); };
  const known = new Set(shardsInOrder);
  for (const unit of second) if (!shards.has(unit.id) && known.has(unit.code ?? '') && !taken.has(unit.code ?? '')) give(unit, unit.code ?? '');
  const free = shardsInOrder.filter((shard) => !taken.has(shard));
  const fresh = second.filter((unit) => !shards.has(unit.id));
  if (fresh.length > free.length) return refuse({ code: 'tree-too-many-shards', count: second.length, most: shardsInOrder.length });
  fresh.forEach((unit, at) => { give(unit, free[at] ?? ''); });
  return ok(shards);
}

export const levelOf = (one: Placed) => levelOfDepth(one.depth);
