/**
 * Figures as vectors: sums with the number of values in each, per node and slot, in one array a period ([node][slot], because a change
 * of one return then touches neighbouring memory). A slot without a value has count 0; its sum means nothing then.
 */
import type { Ways } from './ways.ts';

/** What each unit reported in one period: NaN where it reported nothing. Row = place of the unit in `units`. */
export type Block = {
  readonly width: number;
  readonly units: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  readonly values: Float64Array;
  /** How many values stand behind each (more than one after periods were joined); null: one for each that is not NaN. */
  readonly counts: Int32Array | null;
  readonly returns: Int32Array;
  readonly late: Int32Array;
  readonly approved: Uint8Array;
  readonly rev: Int32Array;
};
/** What lies at and below each node. `returns`: packed returns added up; `late`: of these, those that came late. */
export type Sheet = {
  readonly width: number;
  readonly rowOf: ReadonlyMap<string, number>;
  readonly sums: Float64Array;
  readonly counts: Int32Array;
  readonly returns: Int32Array;
  readonly late: Int32Array;
};

export function emptySheet(nodes: Iterable<string>, width: number): Sheet {
  const rowOf = new Map([...nodes].map((node, row) => [node, row]));
  const size = rowOf.size * width;
  return { width, rowOf, sums: new Float64Array(size), counts: new Int32Array(size), returns: new Int32Array(rowOf.size), late: new Int32Array(rowOf.size) };
}

/** Adds one value with its count at a place, in the way of its slot over units. */
function put(sheet: Sheet, at: number, value: number, count: number, way: Ways['units'] | undefined): void {
  if (count === 0) return;
  const held = sheet.counts[at] ?? 0;
  const before = sheet.sums[at] ?? 0;
  if (held === 0) sheet.sums[at] = value;
  else if (way === 'min') sheet.sums[at] = Math.min(before, value);
  else if (way === 'max') sheet.sums[at] = Math.max(before, value);
  else sheet.sums[at] = before + value;
  sheet.counts[at] = held + count;
}

/**
 * Adds what units reported into nodes: its own and those above, or any other set of nodes (a group, another day's map).
 *
 * @param nodesOf the nodes in which a unit counts; none: it is left out
 * @param ways of each slot, from slot 1 at place 0; a slot without an element is added
 */
export function foldUnits(block: Block, nodes: Iterable<string>, nodesOf: (unit: string) => readonly string[], ways: readonly (Ways | undefined)[]): Sheet {
  const sheet = emptySheet(nodes, block.width);
  const { width } = block;
  const over = ways.map((way) => way?.units);
  block.units.forEach((unit, row) => {
    for (const node of nodesOf(unit)) {
      const into = sheet.rowOf.get(node);
      if (into === undefined) continue;
      sheet.returns[into] = (sheet.returns[into] ?? 0) + (block.returns[row] ?? 0);
      sheet.late[into] = (sheet.late[into] ?? 0) + (block.late[row] ?? 0);
      for (let slot = 0; slot < width; slot += 1) {
        const value = block.values[row * width + slot] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        put(sheet, into * width + slot, value, block.counts === null ? 1 : (block.counts[row * width + slot] ?? 0), over[slot]);
      }
    }
  });
  return sheet;
}

/**
 * Joins the sheets of successive periods. Right for everything but the last value in time, which each unit must be asked for
 * (`joinBlocks`): a node's last month would leave out who reported earlier only.
 *
 * An average over time of what was added over units is the mean of the periods in which anything was reported.
 */
export function joinSheets(sheets: readonly Sheet[], ways: readonly (Ways | undefined)[]): Sheet {
  const width = Math.max(0, ...sheets.map((sheet) => sheet.width));
  const joined = emptySheet(new Set(sheets.flatMap((sheet) => [...sheet.rowOf.keys()])), width);
  const periods = new Int32Array(joined.sums.length);
  for (const sheet of sheets) {
    for (const [node, from] of sheet.rowOf) {
      const into = joined.rowOf.get(node) ?? 0;
      joined.returns[into] = (joined.returns[into] ?? 0) + (sheet.returns[from] ?? 0);
      joined.late[into] = (joined.late[into] ?? 0) + (sheet.late[from] ?? 0);
      for (let slot = 0; slot < sheet.width; slot += 1) {
        const count = sheet.counts[from * sheet.width + slot] ?? 0;
        if (count === 0) continue;
        put(joined, into * width + slot, sheet.sums[from * sheet.width + slot] ?? 0, count, ways[slot]?.units);
        periods[into * width + slot] = (periods[into * width + slot] ?? 0) + 1;
      }
    }
  }
  ways.forEach((way, slot) => {
    if (way?.units !== 'sum' || way.time !== 'average') return;
    for (let at = slot; at < joined.sums.length; at += width) {
      const n = periods[at] ?? 0;
      if (n > 1) joined.sums[at] = (joined.sums[at] ?? 0) / n;
    }
  });
  return joined;
}

/** Joins what each unit reported in successive periods, each slot in its way over time. */
export function joinBlocks(blocks: readonly Block[], ways: readonly (Ways | undefined)[]): Block {
  const width = Math.max(0, ...blocks.map((block) => block.width));
  const units = [...new Set(blocks.flatMap((block) => block.units))];
  const rowOf = new Map(units.map((unit, row) => [unit, row]));
  const size = units.length * width;
  const joined = {
    width, units, rowOf, values: new Float64Array(size).fill(Number.NaN), counts: new Int32Array(size),
    returns: new Int32Array(units.length), late: new Int32Array(units.length), approved: new Uint8Array(units.length).fill(1), rev: new Int32Array(units.length),
  };
  const periods = new Int32Array(size);
  for (const block of blocks) {
    block.units.forEach((unit, from) => {
      const into = rowOf.get(unit) ?? 0;
      joined.returns[into] = (joined.returns[into] ?? 0) + (block.returns[from] ?? 0);
      joined.late[into] = (joined.late[into] ?? 0) + (block.late[from] ?? 0);
      joined.approved[into] = Math.min(joined.approved[into] ?? 1, block.approved[from] ?? 0);
      for (let slot = 0; slot < block.width; slot += 1) {
        const value = block.values[from * block.width + slot] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        const at = into * width + slot;
        joined.values[at] = inTime(joined.values[at] ?? Number.NaN, value, ways[slot]?.time);
        joined.counts[at] = ways[slot]?.time === 'last' ? 1 : (joined.counts[at] ?? 0) + (block.counts?.[from * block.width + slot] ?? 1);
        periods[at] = (periods[at] ?? 0) + 1;
      }
    });
  }
  ways.forEach((way, slot) => {
    if (way?.units !== 'sum' || way.time !== 'average') return;
    for (let at = slot; at < size; at += width) if ((periods[at] ?? 0) > 1) joined.values[at] = (joined.values[at] ?? 0) / (periods[at] ?? 1);
  });
  return joined;
}

function inTime(before: number, value: number, way: Ways['time'] | undefined): number {
  if (Number.isNaN(before) || way === 'last') return value;
  if (way === 'min') return Math.min(before, value);
  if (way === 'max') return Math.max(before, value);
  return before + value;
}

/** The same with only those returns that are in the approved sums. */
export function approvedOnly(block: Block): Block {
  const { width } = block;
  const values = block.values.slice();
  const returns = block.returns.slice();
  const late = block.late.slice();
  block.units.forEach((_, row) => {
    if (block.approved[row] === 1) return;
    values.fill(Number.NaN, row * width, (row + 1) * width);
    returns[row] = 0;
    late[row] = 0;
  });
  return { ...block, values, returns, late };
}

/** A value with how many stand behind it. */
export type Counted = { readonly value: number | null; readonly count: number };
export const nothing: Counted = { value: null, count: 0 };

/** The figure of some slots of one row: the cells of an element added up, averaged, or the least or most of them. */
export function readSlots(from: { readonly sums: Float64Array; readonly counts: Int32Array; readonly width: number }, row: number, slots: readonly number[], way: Ways['units']): Counted {
  let sum = 0;
  let count = 0;
  for (const slot of slots) {
    if (slot > from.width) continue;
    const at = row * from.width + slot - 1;
    const n = from.counts[at] ?? 0;
    if (n === 0) continue;
    const value = from.sums[at] ?? 0;
    sum = count === 0 ? value : way === 'min' ? Math.min(sum, value) : way === 'max' ? Math.max(sum, value) : sum + value;
    count += n;
  }
  if (count === 0) return nothing;
  return { value: way === 'average' ? sum / count : sum, count };
}
