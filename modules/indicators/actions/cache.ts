/**
 * Vectors of returns kept in the process, exact at every answer: each request asks for the version of every period and data set it uses and
 * whatever moved since, here or in another process, is read again before anything is computed. Nothing is taken from a notice alone.
 *
 * Layout: one sheet (nodes) and one block (units) a period, data set, attribute and standing; [row][slot].
 */
import type { Tx } from '#platform/db/tx.ts';
import { parseVector } from '../rules/parse-vector.ts';
import { emptySheet, type Block, type Sheet } from '../rules/vectors.ts';
import type { Standing } from '../schema.ts';
import { readBlocks } from '../store/blocks.ts';
import { readNodeVectors, readUnitMarks, readUnitVectors, readVersions, type NodeVector, type UnitVector } from '../store/vectors.ts';

/** One period of one data set as loaded. A new object stands for a new state, so what is derived from it can be kept by identity. */
export type Base = {
  readonly version: number;
  /** By attribute. */
  readonly sheets: Readonly<Record<Standing, ReadonlyMap<string, Sheet>>>;
  /** Null until somebody needs single units. */
  readonly blocks: ReadonlyMap<string, Block> | null;
};
export type Wanted = { readonly dataSet: string; readonly period: string; readonly blocks: boolean };
export const baseKey = (dataSet: string, period: string): string => `${dataSet} ${period}`;

const noSheets: Base['sheets'] = { reported: new Map(), approved: new Map() };
/** Where nothing was ever committed. */
export const nothingYet: Base = { version: 0, sheets: noSheets, blocks: new Map() };

/** Most memory for what units reported; the longest unused goes first. 3,321 communes × 60 slots are 1.6 MB a month. */
const mostBlockBytes = 1_200_000_000;
/** The same for what is made from it, such as what each unit reported in a year; the oldest goes first. */
const mostDerivedBytes = 400_000_000;
const mostDerived = 4000;

export class FigureCache {
  readonly #bases = new Map<string, Base>();
  readonly #derived = new Map<string, { readonly from: readonly unknown[]; readonly value: unknown; readonly bytes: number }>();
  #derivedBytes = 0;
  /** Blocks of a state that has passed. */
  readonly #former = new Map<string, ReadonlyMap<string, Block>>();
  #blockBytes = 0;
  #loading: Promise<void> = Promise.resolve();

  /** The base as it was validated for this request; undefined when nothing was ever reported there. */
  held(dataSet: string, period: string): Base | undefined {
    return this.#bases.get(baseKey(dataSet, period));
  }

  /**
   * Brings what is wanted up to the database's present state.
   *
   * @param told versions the database has told in this very request
   * @param tx as the machinery; versions are read first, so vectors read after can only be newer, never older, than their version says
   */
  async refresh(tx: Tx, wanted: readonly Wanted[], told: ReadonlyMap<string, number> = new Map()): Promise<Map<string, Base>> {
    const unknown = wanted.filter((one) => !told.has(baseKey(one.dataSet, one.period)));
    const asked = unknown.length === 0 ? [] : await readVersions(tx, unknown.map((one) => one.period), unknown.map((one) => one.dataSet));
    const versions = new Map([...told, ...asked.map((row) => [baseKey(row.dataSet, row.period), row.version] as const)]);
    const isBehind = (one: Wanted): boolean => (this.held(one.dataSet, one.period)?.version ?? 0) < (versions.get(baseKey(one.dataSet, one.period)) ?? 0);
    const lacksBlocks = (one: Wanted): boolean => one.blocks && this.held(one.dataSet, one.period)?.blocks === null;
    if (wanted.some((one) => isBehind(one) || lacksBlocks(one))) {
      await this.#alone(async () => {
        const stale = wanted.filter(isBehind); // another request may have loaded it while this one waited
        if (stale.length > 0) await this.#reload(tx, stale, versions);
        for (const one of wanted.filter(lacksBlocks)) await this.#loadBlocks(tx, one);
        this.#evict(new Set(wanted.map((one) => baseKey(one.dataSet, one.period))));
      });
    }
    return new Map(wanted.map((one) => [baseKey(one.dataSet, one.period), this.held(one.dataSet, one.period) ?? nothingYet]));
  }

  async #reload(tx: Tx, stale: readonly Wanted[], versions: ReadonlyMap<string, number>): Promise<void> {
    const rows = await readNodeVectors(tx, stale.map((one) => one.period), stale.map((one) => one.dataSet));
    const byBase = new Map<string, NodeVector[]>();
    for (const row of rows) {
      const key = baseKey(row.dataSet, row.period);
      const list = byBase.get(key);
      if (list === undefined) byBase.set(key, [row]); else list.push(row);
    }
    for (const one of stale) {
      const key = baseKey(one.dataSet, one.period);
      const blocks = this.#bases.get(key)?.blocks;
      if (blocks) this.#former.set(key, blocks); // mostly still right: brought up to date when somebody needs single units
      this.#put(key, { version: versions.get(key) ?? 0, sheets: sheetsOf(byBase.get(key) ?? []), blocks: null });
    }
  }

  /** One load at a time: ten requests after a start read the same month once. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const before = this.#loading;
    let done = (): void => undefined;
    this.#loading = new Promise((resolve) => { done = resolve; });
    await before;
    await work().finally(done);
  }

  async #loadBlocks(tx: Tx, one: Wanted): Promise<void> {
    const base = this.held(one.dataSet, one.period);
    const key = baseKey(one.dataSet, one.period);
    const former = this.#former.get(key);
    this.#former.delete(key);
    if (base !== undefined) this.#put(key, { ...base, blocks: former === undefined ? await readBlocks(tx, one.period, one.dataSet) : await this.#freshBlocks(tx, one, former) });
  }

  /** Rows whose revision, standing or lateness moved are read again; the rest of a period stays as it is. */
  async #freshBlocks(tx: Tx, one: Wanted, blocks: ReadonlyMap<string, Block>): Promise<ReadonlyMap<string, Block>> {
    const moved = new Set<string>();
    let seen = 0;
    for (const [unit, attribute, rev, approved, late] of await readUnitMarks(tx, one.period, one.dataSet)) {
      const block = blocks.get(String(attribute));
      const row = block?.rowOf.get(String(unit));
      seen += 1;
      if (block === undefined || row === undefined || block.rev[row] !== rev || (block.approved[row] === 1) !== approved || (block.late[row] === 1) !== late) moved.add(String(unit));
    }
    const held = [...blocks.values()].reduce((sum, block) => sum + block.units.length, 0);
    if (moved.size > 400 || held > seen) return readBlocks(tx, one.period, one.dataSet);
    if (moved.size === 0) return blocks;
    return withRows(blocks, await readUnitVectors(tx, one.period, one.dataSet, [...moved]));
  }

  #put(key: string, base: Base): void {
    this.#blockBytes += bytesOf(base) - bytesOf(this.#bases.get(key));
    this.#bases.delete(key);
    this.#bases.set(key, base); // the newest last
  }

  #evict(inUse: ReadonlySet<string>): void {
    if (this.#blockBytes > mostBlockBytes || this.#former.size > 60) this.#former.clear();
    for (const [key, base] of this.#bases) {
      if (this.#blockBytes <= mostBlockBytes) return;
      if (base.blocks !== null && !inUse.has(key)) this.#put(key, { ...base, blocks: null });
    }
  }

  /** What is computed from bases is kept as long as all of them are the same objects. */
  derived<T>(key: string, from: readonly unknown[], make: () => T): T {
    const known = this.#derived.get(key);
    if (known !== undefined && known.from.length === from.length && known.from.every((one, i) => one === from[i])) return known.value as T; // stored below under the same key
    const value = make();
    const bytes = arraysIn(value);
    this.#forget(key);
    this.#derived.set(key, { from, value, bytes });
    this.#derivedBytes += bytes;
    for (const oldest of this.#derived.keys()) {
      if (this.#derivedBytes <= mostDerivedBytes && this.#derived.size <= mostDerived) break;
      if (oldest !== key) this.#forget(oldest);
    }
    return value;
  }
  #forget(key: string): void {
    this.#derivedBytes -= this.#derived.get(key)?.bytes ?? 0;
    this.#derived.delete(key);
  }
}

/** Typed arrays right in a value: nearly all there is to a sheet or a block. */
const arraysIn = (value: unknown): number => (typeof value !== 'object' || value === null ? 0 : Object.values(value).reduce<number>((sum, one) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0), 0));
const bytesOf = (base: Base | undefined): number => [...(base?.blocks?.values() ?? [])].reduce((sum, block) => sum + block.values.byteLength + block.units.length * 100, 0);

const caches = new WeakMap<object, FigureCache>();
/** One cache a database. */
export function cacheOf(db: object): FigureCache {
  const known = caches.get(db);
  if (known !== undefined) return known;
  const made = new FigureCache();
  caches.set(db, made);
  return made;
}

function sheetsOf(rows: readonly NodeVector[]): Base['sheets'] {
  const sheets: Record<Standing, Map<string, Sheet>> = { reported: new Map(), approved: new Map() };
  for (const standing of ['reported', 'approved'] as const) {
    const mine = rows.filter((row) => row.standing === standing);
    for (const attribute of new Set(mine.map((row) => row.attribute))) {
      const list = mine.filter((row) => row.attribute === attribute);
      const sheet = emptySheet(list.map((row) => row.node), Math.max(0, ...list.map((row) => row.width)));
      list.forEach((row, at) => {
        parseVector(row.sums, sheet.sums, at * sheet.width);
        parseVector(row.counts, sheet.counts, at * sheet.width);
        sheet.returns[at] = row.returns;
        sheet.late[at] = row.late;
      });
      sheets[standing].set(attribute, sheet);
    }
  }
  return sheets;
}

export function blocksOf(rows: readonly UnitVector[]): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  for (const attribute of new Set(rows.map((row) => row.attribute))) {
    const list = rows.filter((row) => row.attribute === attribute);
    const width = Math.max(0, ...list.map((row) => row.width));
    const units = list.map((row) => row.orgUnit);
    const block = {
      width, units, rowOf: new Map(units.map((unit, row) => [unit, row])), values: new Float64Array(units.length * width).fill(Number.NaN), counts: null,
      returns: new Int32Array(units.length).fill(1), late: new Int32Array(units.length), approved: new Uint8Array(units.length), rev: new Int32Array(units.length),
    };
    list.forEach((row, at) => {
      parseVector(row.vals, block.values, at * width);
      block.late[at] = Number(row.late);
      block.approved[at] = Number(row.approved);
      block.rev[at] = row.rev;
    });
    blocks.set(attribute, block);
  }
  return blocks;
}

/** New blocks with some rows replaced or added; those of before stay as whoever reads them found them. */
function withRows(blocks: ReadonlyMap<string, Block>, rows: readonly UnitVector[]): ReadonlyMap<string, Block> {
  const next = new Map(blocks);
  const changed = blocksOf(rows);
  for (const [attribute, fresh] of changed) {
    const old = blocks.get(attribute);
    if (old === undefined) { next.set(attribute, fresh); continue; }
    const width = Math.max(old.width, fresh.width);
    const units = [...old.units, ...fresh.units.filter((unit) => !old.rowOf.has(unit))];
    const rowOf = units.length === old.units.length ? old.rowOf : new Map(units.map((unit, row) => [unit, row]));
    const grown = <T extends Int32Array | Uint8Array>(from: T, empty: T): T => { empty.set(from); return empty; };
    const n = units.length;
    const block = {
      width, units, rowOf, counts: null, values: spread(old, width, n), returns: new Int32Array(n).fill(1), late: grown(old.late, new Int32Array(n)),
      approved: grown(old.approved, new Uint8Array(n)), rev: grown(old.rev, new Int32Array(n)),
    };
    fresh.units.forEach((unit, from) => {
      const into = rowOf.get(unit) ?? 0;
      block.values.fill(Number.NaN, into * width, (into + 1) * width);
      block.values.set(fresh.values.subarray(from * fresh.width, (from + 1) * fresh.width), into * width);
      block.late[into] = fresh.late[from] ?? 0;
      block.approved[into] = fresh.approved[from] ?? 0;
      block.rev[into] = fresh.rev[from] ?? 0;
    });
    next.set(attribute, block);
  }
  return next;
}

function spread(block: Block, width: number, rows: number): Float64Array {
  const values = new Float64Array(rows * width).fill(Number.NaN);
  if (width === block.width) values.set(block.values);
  else block.units.forEach((_, row) => values.set(block.values.subarray(row * block.width, (row + 1) * block.width), row * width));
  return values;
}
