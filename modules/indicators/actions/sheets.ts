/** Sheets of any span of periods, on any day's map, by nodes or by groups: the one place that decides which vectors a figure is read from. */
import type { Programme } from '#modules/definitions/schema.ts';
import type { PlainDate } from '#kernel/day.ts';
import type { Period } from '#kernel/period.ts';
import { approvedOnly, emptySheet, foldUnits, joinBlocks, joinSheets, type Block, type Sheet } from '../rules/vectors.ts';
import { waysOf, type Ways } from '../rules/ways.ts';
import type { Standing } from '../schema.ts';
import type { Base } from './cache.ts';
import type { DayUnits, Scene } from './scene.ts';

type SlotWays = readonly (Ways | undefined)[];
const waysKept = new WeakMap<Programme, Map<string, SlotWays>>();
/** How each slot of a data set combines, by the definitions of a day; slots of elements that ended keep the last definition there is. */
export function slotWays(scene: Scene, programme: Programme, dataSet: string): SlotWays {
  const byDataSet = waysKept.get(programme) ?? new Map<string, SlotWays>();
  waysKept.set(programme, byDataSet);
  const known = byDataSet.get(dataSet);
  if (known !== undefined) return known;
  const ways: (Ways | undefined)[] = [];
  for (const { slot, element } of scene.slots.of(dataSet)) {
    const defined = programme.elements.get(element) ?? scene.latest.elements.get(element);
    if (defined !== undefined) ways[slot - 1] = waysOf(defined);
  }
  const filled = Array.from(ways, (way) => way);
  byDataSet.set(dataSet, filled);
  return filled;
}

/**
 * Which units count together. `tree`: each node with its own return and all below it, of provinces and the nation read from stored roll-ups;
 * `tree-with-own`: the same, always added up from units, as nodes below a province are. Else any other parts, such as groups.
 */
export type Fold = { readonly key: string; readonly nodes: readonly string[]; readonly nodesOf: (unit: string) => readonly string[] } | 'tree' | 'tree-with-own';

export type Asked = {
  readonly dataSet: string;
  /** Periods of the data set's own type, in order. */
  readonly bases: readonly Period[];
  readonly standing: Standing;
  /** null: all attributes added. */
  readonly attribute: string | null;
  readonly treeDay: PlainDate;
  readonly programme: Programme;
};

const ids = new WeakMap<object, number>();
let nextId = 1;
const idOf = (one: object): number => {
  const known = ids.get(one);
  if (known !== undefined) return known;
  ids.set(one, nextId);
  nextId += 1;
  return nextId - 1;
};
const texts = new WeakMap<Asked, string>();
/** Names what is asked for. Days that share a map share the name, so that two years of months on today's map are made once, not once a day. */
function textOf(scene: Scene, asked: Asked): string {
  const known = texts.get(asked) ?? `${asked.dataSet} ${asked.bases.join(',')} ${asked.standing} ${asked.attribute ?? '*'} ${sameAs(scene, scene.tree(asked.treeDay)).day} ${idOf(asked.programme)}`;
  texts.set(asked, known);
  return known;
}
const keyOf = (scene: Scene, what: string, asked: Asked, fold: string): string => `${what} ${textOf(scene, asked)} ${fold}`;

/** Values of different attributes of one unit and period are added as if other units had sent them. */
const acrossAttributes = (ways: SlotWays): SlotWays => ways.map((way) => way && { ...way, time: way.units });
const sheetIn = (base: Base, standing: Standing, attribute: string | null, ways: SlotWays): Sheet => {
  const sheets = base.sheets[standing];
  const [only] = sheets.values();
  if (attribute !== null) return sheets.get(attribute) ?? emptySheet([], 0);
  return sheets.size === 1 && only !== undefined ? only : joinSheets([...sheets.values()], acrossAttributes(ways));
};
const blockIn = (base: Base, standing: Standing, attribute: string | null, ways: SlotWays): Block => {
  const blocks = base.blocks ?? new Map<string, Block>();
  const list = (attribute === null ? [...blocks.values()] : [blocks.get(attribute)].filter((block) => block !== undefined)).map((block) => (standing === 'approved' ? approvedOnly(block) : block));
  const [only] = list;
  return list.length === 1 && only !== undefined ? only : joinBlocks(list, acrossAttributes(ways));
};

const alike = new WeakMap<DayUnits, WeakMap<DayUnits, boolean>>();
/** Two maps with the same units in the same places: names and kinds may differ, sums cannot. */
export function sameUnits(a: DayUnits, b: DayUnits): boolean {
  if (a === b) return true;
  const kept = alike.get(a) ?? new WeakMap<DayUnits, boolean>();
  alike.set(a, kept);
  const known = kept.get(b) ?? (a.rows.length === b.rows.length && a.rows.every((row) => { const other = b.byCode.get(row.code); return other !== undefined && other.id === row.id && other.parent === row.parent; }));
  kept.set(b, known);
  return known;
}
const mapsKept = new WeakMap<object, DayUnits[]>();
const mostMaps = 24;
/** One map for all that have the same units, so that what is made for it is made once. */
function sameAs({ cache }: Scene, tree: DayUnits): DayUnits {
  const kept = mapsKept.get(cache) ?? [];
  mapsKept.set(cache, kept);
  const known = kept.find((one) => sameUnits(one, tree));
  if (known !== undefined) return known;
  if (kept.length >= mostMaps) kept.shift();
  kept.push(tree);
  return tree;
}
const sameMap = (scene: Scene, period: Period, treeDay: PlainDate): boolean => sameUnits(scene.tree(scene.treeDayOf(period)), scene.tree(treeDay));

/** Where a unit of one day's map counts on another's: itself, the unit it went into whole, or the smallest that holds all its parts. */
export type OnOther = { readonly code: string; readonly whole: boolean };
export function placesOn(scene: Scene, from: PlainDate, to: PlainDate): (unit: string) => OnOther | undefined {
  if (sameUnits(scene.tree(from), scene.tree(to))) return (code) => ({ code, whole: true });
  const fates = scene.lineage.between(from, to);
  return (unit) => {
    const fate = fates.get(unit);
    if (fate?.kind === 'whole') return { code: fate.code, whole: true };
    return fate?.kind === 'part' && fate.within !== null ? { code: fate.within, whole: false } : undefined;
  };
}

type OnMap = { readonly period: Period; readonly treeDay: PlainDate; readonly ways: SlotWays; readonly last: boolean };
/**
 * What units reported in one period, counted on the map of another day. A unit that was divided counts in the smallest unit that holds all its
 * parts; a stock of it counts only when nothing later follows (`last`), because its parts report it again.
 */
function onMap(scene: Scene, block: Block, { period, treeDay, ways, last }: OnMap): Block {
  if (sameMap(scene, period, treeDay)) return block;
  const placeOf = placesOn(scene, scene.treeDayOf(period), treeDay);
  const rows = new Map<string, number[]>();
  const parted = new Set<string>();
  block.units.forEach((unit, row) => {
    const place = placeOf(unit);
    if (place === undefined) return;
    if (!place.whole) parted.add(place.code);
    const list = rows.get(place.code);
    if (list === undefined) rows.set(place.code, [row]); else list.push(row);
  });
  const units = [...rows.keys()];
  const { width } = block;
  const moved = {
    width, units, rowOf: new Map(units.map((unit, row) => [unit, row])), values: new Float64Array(units.length * width).fill(Number.NaN), counts: new Int32Array(units.length * width),
    returns: new Int32Array(units.length), late: new Int32Array(units.length), rev: new Int32Array(units.length), approved: new Uint8Array(units.length),
  };
  units.forEach((code, into) => {
    const from = rows.get(code) ?? [];
    const [row = 0] = from;
    moved.approved[into] = Number(from.every((one) => block.approved[one] === 1));
    if (from.length === 1 && !parted.has(code)) { // nearly all: as they were
      moved.values.set(block.values.subarray(row * width, (row + 1) * width), into * width);
      moved.counts.set(countsIn(block, row), into * width);
      moved.returns[into] = block.returns[row] ?? 0;
      moved.late[into] = block.late[row] ?? 0;
      return;
    }
    const folded = foldUnits(rowsOf(block, from), [code], () => [code], ways);
    const superseded = !last && parted.has(code);
    moved.counts.set(folded.counts, into * width);
    moved.values.set(folded.sums.map((sum, slot) => ((folded.counts[slot] ?? 0) === 0 || (superseded && ways[slot]?.time === 'last') ? Number.NaN : sum)), into * width);
    moved.returns[into] = folded.returns[0] ?? 0;
    moved.late[into] = folded.late[0] ?? 0;
  });
  return moved;
}

function countsIn({ values, counts, width }: Block, row: number): Int32Array {
  if (counts !== null) return counts.subarray(row * width, (row + 1) * width);
  const one = new Int32Array(width);
  for (let slot = 0; slot < width; slot += 1) if (!Number.isNaN(values[row * width + slot] ?? Number.NaN)) one[slot] = 1;
  return one;
}
/** A block of some rows of another. */
function rowsOf(block: Block, rows: readonly number[]): Block {
  const { width } = block;
  const values = new Float64Array(rows.length * width);
  const counts = new Int32Array(rows.length * width);
  rows.forEach((row, at) => { values.set(block.values.subarray(row * width, (row + 1) * width), at * width); counts.set(countsIn(block, row), at * width); });
  const units = rows.map((row) => block.units[row] ?? '');
  const pick = (from: Int32Array): Int32Array => Int32Array.from(rows, (row) => from[row] ?? 0);
  return { width, units, rowOf: new Map(units.map((unit, row) => [unit, row])), values, counts, returns: pick(block.returns), late: pick(block.late), rev: pick(block.rev), approved: Uint8Array.from(rows, (row) => block.approved[row] ?? 0) };
}
/** What single units reported over a span, each slot joined in its way over time. */
export function unitBlock(scene: Scene, asked: Asked): Block {
  const bases = asked.bases.map((period) => scene.base(asked.dataSet, period, true));
  const ways = slotWays(scene, asked.programme, asked.dataSet);
  const tree = sameAs(scene, scene.tree(asked.treeDay));
  return scene.cache.derived(keyOf(scene, 'block', asked, ''), [...bases, tree], () => {
    const blocks = bases.map((base, i) => onMap(scene, blockIn(base, asked.standing, asked.attribute, ways), { period: asked.bases[i] ?? '', treeDay: asked.treeDay, ways, last: i === bases.length - 1 }));
    const [only] = blocks;
    return blocks.length === 1 && only !== undefined ? only : joinBlocks(blocks, ways);
  });
}

const nodesAbove = (tree: DayUnits) => (unit: string): readonly string[] => [unit, ...(tree.ancestors.get(unit) ?? [])];
const innerNodes = (tree: DayUnits): string[] => tree.rows.filter((row) => row.depth <= 2 || tree.children.has(row.code)).map((row) => row.code);

/** A sheet folded from single units: for groups, other maps, and slots whose nodes cannot be added up from nodes. */
function foldedSheet(scene: Scene, asked: Asked, fold: Fold): Sheet {
  const tree = scene.tree(asked.treeDay);
  const ways = slotWays(scene, asked.programme, asked.dataSet);
  const ofTree = typeof fold === 'string';
  const bases = asked.bases.map((period) => scene.base(asked.dataSet, period, true));
  const joined = unitBlock(scene, asked);
  const foldKey = ofTree ? 'tree' : fold.key;
  return scene.cache.derived(keyOf(scene, 'folded', asked, foldKey), [...bases, tree], () => {
    const nodes = ofTree ? innerNodes(tree) : fold.nodes;
    const nodesOf = ofTree ? nodesAbove(tree) : fold.nodesOf;
    const sheet = foldUnits(joined, nodes, nodesOf, ways);
    const means = ways.flatMap((way, slot) => (way?.units === 'sum' && way.time === 'average' ? [slot] : []));
    if (means.length === 0 || asked.bases.length < 2) return sheet;
    const single = asked.bases.map((period, i) => foldUnits(onMap(scene, blockIn(bases[i] ?? { version: 0, sheets: { reported: new Map(), approved: new Map() }, blocks: null }, asked.standing, asked.attribute, ways), { period, treeDay: asked.treeDay, ways, last: true }), nodes, nodesOf, ways));
    const overTime = joinSheets(single, ways);
    for (const [node, row] of sheet.rowOf) {
      const from = overTime.rowOf.get(node);
      if (from === undefined) continue;
      for (const slot of means) if (slot < overTime.width && slot < sheet.width) sheet.sums[row * sheet.width + slot] = overTime.sums[from * overTime.width + slot] ?? 0;
    }
    return sheet;
  });
}

/** True when nodes cannot be had by adding nodes: the least and most of units, and the last value each unit gave within the span. */
const needsUnits = (way: Ways | undefined, periods: number): boolean => way !== undefined && (way.units === 'min' || way.units === 'max' || (periods > 1 && way.time === 'last'));

const within = new WeakMap<DayUnits, WeakMap<DayUnits, boolean>>();
/** Whether all that became of units between two maps stayed inside their provinces, so that provinces and the nation have the same sums on both. */
function sameProvinces(scene: Scene, from: PlainDate, to: PlainDate): boolean {
  const [here, there] = [scene.tree(from), scene.tree(to)];
  if (sameUnits(here, there)) return true;
  const known = within.get(here)?.get(there);
  if (known !== undefined) return known;
  const placeOf = placesOn(scene, from, to);
  const provinceIn = ({ byCode, ancestors }: DayUnits, code: string): string | undefined => [code, ...(ancestors.get(code) ?? [])].map((one) => byCode.get(one)).find((row) => row?.depth === 2)?.id;
  const same = here.rows.every((row) => {
    const place = placeOf(row.code)?.code;
    return place !== undefined && (row.depth < 2 ? there.byCode.get(place)?.id === row.id : provinceIn(there, place) !== undefined && provinceIn(here, row.code) === provinceIn(there, place));
  });
  within.set(here, (within.get(here) ?? new WeakMap<DayUnits, boolean>()).set(there, same));
  return same;
}

/**
 * The sheet of stored roll-ups; undefined when a period stands on another map than the one asked for. Only provinces and the nation are read
 * from it: nodes below them are added up from units (see `elementReader`).
 */
function storedSheet(scene: Scene, asked: Asked, ways: SlotWays): Sheet | undefined {
  if (scene.memo.has(asked)) return scene.memo.get(asked) as Sheet | undefined; // put there below
  const sheet = asked.bases.every((period) => sameProvinces(scene, scene.treeDayOf(period), asked.treeDay)) ? joinedSheet(scene, asked, ways) : undefined;
  scene.memo.set(asked, sheet);
  return sheet;
}
function joinedSheet(scene: Scene, asked: Asked, ways: SlotWays): Sheet {
  const bases = asked.bases.map((period) => scene.base(asked.dataSet, period, false));
  const [only] = bases;
  if (bases.length === 1 && only !== undefined && (asked.attribute !== null || only.sheets[asked.standing].size === 1)) return sheetIn(only, asked.standing, asked.attribute, ways);
  return scene.cache.derived(keyOf(scene, 'stored', asked, ''), bases, () => joinSheets(bases.map((base) => sheetIn(base, asked.standing, asked.attribute, ways)), ways));
}

/**
 * The sheet a figure of nodes is read from. Stored roll-ups serve when the period's own map is asked for and the slots allow it;
 * otherwise it is folded from single units, to the same numbers.
 */
export function nodeSheet(scene: Scene, asked: Asked, slots: readonly number[], fold: Fold = 'tree'): Sheet {
  const ways = slotWays(scene, asked.programme, asked.dataSet);
  const stored = fold === 'tree' && slots.every((slot) => !needsUnits(ways[slot - 1], asked.bases.length)) ? storedSheet(scene, asked, ways) : undefined;
  return stored ?? foldedSheet(scene, asked, fold);
}
