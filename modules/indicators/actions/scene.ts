/**
 * Everything one answer is computed from, held still: definitions, trees, group sets and validated vectors. Computing is plain code that asks
 * the scene; what the scene does not hold yet it notes, all of that is loaded in one transaction, and the computation runs again.
 */
import type { Programme, ProgrammeHead } from '#modules/definitions/schema.ts';
import { latestProgramme, programmeOn, slotsOf, type Slots } from '#modules/definitions/index.ts';
import { groupSets, lineage, unitAttributes, unitsOn, type GroupSet, type Lineage, type UnitAttributes, type UnitRow } from '#modules/org-units/index.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, monthsOf, periodAt, shiftPeriod, type Period } from '#kernel/period.ts';
import { refuse, RefusalError } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { State } from '../store/vectors.ts';
import { isLoaded } from '#modules/definitions/index.ts';
import { baseKey, nothingYet, type Base, type FigureCache, type Wanted } from './cache.ts';

export type DayUnits = {
  readonly day: PlainDate;
  readonly rows: readonly UnitRow[];
  readonly byCode: ReadonlyMap<string, UnitRow>;
  /** Codes above a unit, from its parent to the nation. */
  readonly ancestors: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly UnitRow[]>;
};

const markerDay: PlainDate = '9999-12-31';
/** By the definitions as they stand now, and by the tree as it stands now: another edition of either is another object. */
const definitionsKept = new WeakMap<Programme, { readonly slots: Slots; readonly programmes: Map<PlainDate, Programme> }>();
const treesKept = new WeakMap<readonly UnitRow[], Map<PlainDate, DayUnits>>();
const made = new WeakMap<readonly UnitRow[], DayUnits>();
/** The tree of a day; days that share a tree share this object, so it can be a key. */
export function dayUnits(day: PlainDate, rows: readonly UnitRow[]): DayUnits {
  const known = made.get(rows);
  if (known !== undefined) return known;
  const children = new Map<string, UnitRow[]>();
  const ancestors = new Map<string, readonly string[]>();
  for (const row of rows) {
    if (row.parent === null) { ancestors.set(row.code, []); continue; }
    ancestors.set(row.code, [row.parent, ...(ancestors.get(row.parent) ?? [])]);
    const list = children.get(row.parent);
    if (list === undefined) children.set(row.parent, [row]); else list.push(row);
  }
  const units: DayUnits = { day, rows, byCode: new Map(rows.map((row) => [row.code, row])), ancestors, children };
  made.set(rows, units);
  return units;
}

const lastDays = new Map<string, PlainDate>();
/** The last day of a period: asked thousands of times an answer, and the calendar's arithmetic is not cheap. */
function lastDayOf(period: Period, startDay: number): PlainDate {
  const key = `${startDay} ${period}`;
  const known = lastDays.get(key) ?? daysOf(period, { startDay }).last;
  if (lastDays.size > 5000) lastDays.clear();
  lastDays.set(key, known);
  return known;
}

/** Thrown when a computation cannot go on before something is loaded. */
export const notYet = new Error('not loaded yet');
/** Where nothing was ever committed; one object, as in the cache. */
const never = nothingYet;
const empty: Base = { version: 0, sheets: { reported: new Map(), approved: new Map() }, blocks: new Map() };

type Editions = {
  readonly definitions: string; readonly units: string; readonly latest: Programme; readonly slots: Slots; readonly programmes: Map<PlainDate, Programme>; readonly trees: Map<PlainDate, DayUnits>;
  readonly lineage: Lineage | undefined; readonly groups: ReadonlyMap<PlainDate, readonly GroupSet[]>; readonly attributes: ReadonlyMap<PlainDate, UnitAttributes>;
};
const editionsKept = new WeakMap<FigureCache, Editions>();

export type Hints = { readonly bases: ReadonlyMap<string, Wanted>; readonly days: ReadonlySet<PlainDate>; readonly programmes: ReadonlySet<PlainDate>; readonly groups: ReadonlySet<PlainDate>; readonly attributes: ReadonlySet<PlainDate>; readonly lineage: boolean };
/** What a computation may ask for. */
export type Scene = Pick<LoadingScene, 'cache' | 'memo' | 'latest' | 'head' | 'slots' | 'lineage' | 'prepare' | 'programmeOf' | 'programmeOn' | 'treeDayOf' | 'tree' | 'groups' | 'attributes' | 'base'>;

export class LoadingScene {
  readonly cache: FigureCache;
  #bases = new Map<string, Base>();
  #trees = new Map<PlainDate, DayUnits>();
  #programmes = new Map<PlainDate, Programme>();
  #groups = new Map<PlainDate, readonly GroupSet[]>();
  #attributes = new Map<PlainDate, UnitAttributes>();
  #lineage: Lineage | undefined;
  #latest: Programme | undefined;
  #slots: Slots | undefined;
  #wanted = { bases: new Map<string, Wanted>(), days: new Set<PlainDate>(), programmes: new Set<PlainDate>(), groups: new Set<PlainDate>(), attributes: new Set<PlainDate>(), lineage: false };
  #used = { bases: new Map<string, Wanted>(), days: new Set<PlainDate>(), programmes: new Set<PlainDate>(), groups: new Set<PlainDate>(), attributes: new Set<PlainDate>(), lineage: false };
  /** What was looked up for this answer, until more is loaded. */
  readonly memo = new Map<object, unknown>();
  /** Versions the database has just told, by base. */
  #versions = new Map<string, number>();
  incomplete = false;

  constructor(cache: FigureCache) {
    this.cache = cache;
  }

  /** The definitions as last loaded. */
  get latest(): Programme {
    return this.#latest ?? this.#miss();
  }
  get head(): ProgrammeHead {
    return this.latest.head;
  }
  get slots(): Slots {
    return this.#slots ?? this.#miss();
  }
  get lineage(): Lineage {
    this.#used.lineage = true;
    this.#wanted.lineage = this.#lineage === undefined;
    return this.#lineage ?? this.#miss();
  }

  /** Notes everything that many periods need, so that it is loaded at once and not one after another. */
  prepare(periods: readonly Period[], mapDay: PlainDate | null): void {
    let all = true;
    for (const period of periods) {
      const last = lastDayOf(period, this.head.calendar.startDay);
      const tree = mapDay ?? this.#treeDay(last);
      if (!this.#programmes.has(last)) { this.#wanted.programmes.add(last); all = false; }
      // the maps of its months too: whether they are all one decides what a long period is read from
      for (const day of [tree, ...monthsOf(period).map((month) => this.treeDayOf(month))]) if (!this.#trees.has(day)) { this.#wanted.days.add(day); all = false; }
    }
    if (!all) this.#miss();
  }

  /** The definitions a period is computed with: those in force on its last day. */
  programmeOf(period: Period): Programme {
    return this.programmeOn(lastDayOf(period, this.head.calendar.startDay));
  }
  programmeOn(day: PlainDate): Programme {
    this.#used.programmes.add(day);
    const known = this.#programmes.get(day);
    if (known === undefined) this.#wanted.programmes.add(day);
    return known ?? this.#miss();
  }

  treeDayOf(period: Period): PlainDate {
    return this.#treeDay(lastDayOf(period, this.head.calendar.startDay));
  }
  tree(day: PlainDate): DayUnits {
    this.#used.days.add(day);
    const known = this.#trees.get(day);
    if (known === undefined) this.#wanted.days.add(day);
    return known ?? this.#miss();
  }
  groups(day: PlainDate): readonly GroupSet[] {
    this.#used.groups.add(day);
    const known = this.#groups.get(day);
    if (known === undefined) this.#wanted.groups.add(day);
    return known ?? this.#miss();
  }
  attributes(day: PlainDate): UnitAttributes {
    this.#used.attributes.add(day);
    const known = this.#attributes.get(day);
    if (known === undefined) this.#wanted.attributes.add(day);
    return known ?? this.#miss();
  }

  /** Vectors of one period, as validated for this answer. Noted and answered empty when they are not here yet. */
  base(dataSet: string, period: Period, blocks: boolean): Base {
    const key = baseKey(dataSet, period);
    const used = this.#used.bases.get(key);
    this.#used.bases.set(key, { dataSet, period, blocks: blocks || used?.blocks === true });
    const known = this.#bases.get(key);
    if (known !== undefined && (!blocks || known.blocks !== null)) return known;
    this.#wanted.bases.set(key, { dataSet, period, blocks: blocks || this.#wanted.bases.get(key)?.blocks === true });
    this.incomplete = true;
    return empty;
  }

  #miss(): never {
    throw notYet;
  }

  hint(found: Hints | undefined): void {
    if (found === undefined) return;
    for (const [key, one] of found.bases) this.#wanted.bases.set(key, one);
    for (const day of found.days) this.#wanted.days.add(day);
    for (const day of found.programmes) this.#wanted.programmes.add(day);
    for (const day of found.groups) this.#wanted.groups.add(day);
    for (const day of found.attributes) this.#wanted.attributes.add(day);
    this.#wanted.lineage = found.lineage;
  }
  /** What editions give, for later scenes that find the same editions. Read before loading, so it is never newer than what was loaded. */
  keepEditions({ definitions, units }: State): void {
    if (this.#latest === undefined || this.#slots === undefined) return;
    const before = editionsKept.get(this.cache);
    const same = before !== undefined && before.definitions === definitions && before.units === units;
    editionsKept.set(this.cache, {
      definitions, units, latest: this.#latest, slots: this.#slots, programmes: this.#programmes, trees: this.#trees, lineage: this.#lineage ?? (same ? before.lineage : undefined),
      groups: same ? new Map([...before.groups, ...this.#groups]) : this.#groups, attributes: same ? new Map([...before.attributes, ...this.#attributes]) : this.#attributes,
    });
  }

  /**
   * Takes from memory what the database says still stands, and notes the rest with the versions it has now.
   *
   * @returns true when nothing is left to load
   */
  adopt(found: Hints, state: State): boolean {
    this.hint(found);
    const kept = editionsKept.get(this.cache);
    if (kept === undefined || kept.definitions !== state.definitions || kept.units !== state.units) return false;
    this.#latest = kept.latest;
    this.#slots = kept.slots;
    this.#programmes = kept.programmes;
    this.#trees = kept.trees;
    this.#lineage = kept.lineage;
    this.#groups = new Map(kept.groups);
    this.#attributes = new Map(kept.attributes);
    const wanted = this.#wanted;
    for (const [days, map] of [[wanted.programmes, kept.programmes], [wanted.days, kept.trees], [wanted.groups, kept.groups], [wanted.attributes, kept.attributes]] as const) {
      for (const day of days) if (map.has(day)) days.delete(day);
    }
    wanted.lineage &&= kept.lineage === undefined;
    const versions = state.versions.split(' ');
    let at = 0;
    for (const [key, one] of found.bases) {
      const version = Number(versions[at] ?? 0);
      this.#versions.set(key, version);
      const base = this.cache.held(one.dataSet, one.period) ?? (version === 0 ? never : undefined);
      if (base?.version === version && (!one.blocks || base.blocks !== null)) {
        this.#bases.set(key, base);
        wanted.bases.delete(key);
      }
      at += 1;
    }
    return wanted.bases.size + wanted.days.size + wanted.programmes.size + wanted.groups.size + wanted.attributes.size === 0 && !wanted.lineage;
  }

  get used(): Hints {
    return this.#used;
  }

  /** One question each for the editions of definitions and units; what was made of them before is used again while they stand. */
  async #begin(tx: Tx): Promise<void> {
    try {
      this.#latest = await latestProgramme(tx);
    } catch (error) {
      if (await isLoaded(tx)) throw error;
      throw new RefusalError(refuse({ code: 'programme-missing' }).problem);
    }
    const definitions = definitionsKept.get(this.#latest) ?? { slots: await slotsOf(tx), programmes: new Map<PlainDate, Programme>() };
    definitionsKept.set(this.#latest, definitions);
    const marker = await unitsOn(tx, markerDay);
    const trees = treesKept.get(marker) ?? new Map<PlainDate, DayUnits>();
    treesKept.set(marker, trees);
    this.#slots = definitions.slots;
    this.#programmes = definitions.programmes;
    this.#trees = trees;
  }

  #monthEnds(day: PlainDate): PlainDate[] {
    const { calendar, firstPeriod } = this.head;
    const month = periodAt(day, 'month', calendar);
    return Array.from({ length: 24 }, (_, i) => shiftPeriod(month, -i)).filter((one) => one >= firstPeriod.slice(0, 7)).map((one) => lastDayOf(one, calendar.startDay));
  }
  #treeDay(end: PlainDate): PlainDate {
    const { earliestMap } = this.head;
    return earliestMap !== null && end < earliestMap ? earliestMap : end;
  }

  /** Loads everything noted. @param tx as the machinery */
  async load(tx: Tx): Promise<void> {
    this.memo.clear();
    const wanted = this.#wanted;
    this.#wanted = { bases: new Map(), days: new Set(), programmes: new Set(), groups: new Set(), attributes: new Set(), lineage: false };
    this.incomplete = false;
    if (this.#latest === undefined) await this.#begin(tx);
    const [programmes, trees] = [this.#programmes, this.#trees];
    const few = wanted.programmes.size + wanted.days.size < 12;
    // one period of a series is seldom asked alone: two years of month ends come with it, once an edition
    for (const day of wanted.programmes) for (const one of programmes.has(day) ? [] : [day, ...(few ? this.#monthEnds(day) : [])]) if (!programmes.has(one)) programmes.set(one, await programmeOn(tx, one));
    for (const day of wanted.days) for (const one of trees.has(day) ? [] : [day, ...(few ? this.#monthEnds(day).map((end) => this.#treeDay(end)) : [])]) if (!trees.has(one)) trees.set(one, dayUnits(one, await unitsOn(tx, one)));
    for (const day of wanted.groups) this.#groups.set(day, await groupSets(tx, day));
    for (const day of wanted.attributes) this.#attributes.set(day, await unitAttributes(tx, day));
    if (wanted.lineage) this.#lineage = await lineage(tx);
    if (wanted.bases.size > 0) {
      // what was validated before stays with what is validated now, so that no answer mixes two states of one period
      const bases = await this.cache.refresh(tx, [...wanted.bases.values()], this.#versions);
      this.#versions = new Map(); // known once; what is asked later is asked of the database again
      for (const [key, base] of bases) this.#bases.set(key, base);
    }
  }
}
