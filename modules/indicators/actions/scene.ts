/**
 * Everything one answer is computed from, held still: definitions, trees, group sets and validated vectors. Computing is plain code that asks
 * the scene; what the scene does not hold yet it notes, all of that is loaded in one transaction, and the computation runs again.
 */
import type { Programme, ProgrammeHead } from '#modules/definitions/schema.ts';
import { latestProgramme, programmeOn, slotsOf, type Slots } from '#modules/definitions/index.ts';
import { groupSets, lineage, unitAttributes, unitsOn, type GroupSet, type Lineage, type UnitAttributes, type UnitRow } from '#modules/org-units/index.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, periodAt, shiftPeriod, type Period } from '#kernel/period.ts';
import { refuse, RefusalError } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { Tx } from '#platform/db/tx.ts';
import { readStamp } from '../store/vectors.ts';
import { isLoaded } from '#modules/definitions/index.ts';
import { baseKey, cacheOf, type Base, type FigureCache, type Wanted } from './cache.ts';

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
const notYet = new Error('not loaded yet');
const empty: Base = { version: 0, sheets: { reported: new Map(), approved: new Map() }, blocks: new Map() };

type Hints = { readonly bases: ReadonlyMap<string, Wanted>; readonly days: ReadonlySet<PlainDate>; readonly programmes: ReadonlySet<PlainDate>; readonly groups: ReadonlySet<PlainDate>; readonly attributes: ReadonlySet<PlainDate>; readonly lineage: boolean };
/** What the same question needed last time: asked for at once, so a warm answer takes one transaction. */
const hints = new Map<string, Hints>();

/** What a computation may ask for. */
export type Scene = Pick<LoadingScene, 'cache' | 'latest' | 'head' | 'slots' | 'lineage' | 'programmeOf' | 'programmeOn' | 'treeDayOf' | 'tree' | 'groups' | 'attributes' | 'base'>;

class LoadingScene {
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
    const wanted = this.#wanted;
    this.#wanted = { bases: new Map(), days: new Set(), programmes: new Set(), groups: new Set(), attributes: new Set(), lineage: false };
    this.incomplete = false;
    if (this.#latest === undefined) await this.#begin(tx);
    const [programmes, trees] = [this.#programmes, this.#trees];
    // one period of a series is seldom asked alone: two years of month ends come with it, once an edition
    for (const day of wanted.programmes) for (const one of programmes.has(day) ? [] : [day, ...this.#monthEnds(day)]) if (!programmes.has(one)) programmes.set(one, await programmeOn(tx, one));
    for (const day of wanted.days) for (const one of trees.has(day) ? [] : [day, ...this.#monthEnds(day).map((end) => this.#treeDay(end))]) if (!trees.has(one)) trees.set(one, dayUnits(one, await unitsOn(tx, one)));
    for (const day of wanted.groups) this.#groups.set(day, await groupSets(tx, day));
    for (const day of wanted.attributes) this.#attributes.set(day, await unitAttributes(tx, day));
    if (wanted.lineage) this.#lineage = await lineage(tx);
    if (wanted.bases.size > 0) {
      // what was validated before stays with what is validated now, so that no answer mixes two states of one period
      const bases = await this.cache.refresh(tx, [...wanted.bases.values()]);
      for (const [key, base] of bases) this.#bases.set(key, base);
    }
  }
}

const mostRounds = 60;
const mostAnswers = 300;
/** Answers kept as they were given, with the stamp read before they were computed. */
const answers = new WeakMap<FigureCache, Map<string, { readonly stamp: string; readonly answer: unknown }>>();

/** Asked on a connection without a transaction: the versions and editions are open to all, and one round trip is half of a kept answer's time. */
async function stampOf(db: Database, found: Hints): Promise<string> {
  const client = await db.connect();
  try {
    const wanted = [...found.bases.values()];
    const { definitions, units, commits } = await readStamp(new Tx(client), wanted.map((one) => one.period), wanted.map((one) => one.dataSet));
    return `${definitions ?? ''} ${units ?? ''} ${commits}`;
  } finally {
    client.release();
  }
}

export type Question<T> = {
  /** Names the question, the reader's rights in it included: who asks in the same words gets the same answer. */
  readonly name: string;
  /** Names all questions that need about the same vectors, so that a new one of them loads all it needs at once. */
  readonly like?: string;
  /** Plain code, run again until the scene held everything it asked for; must change nothing. */
  readonly compute: (scene: Scene) => T;
  /** Whether an answer is small enough to be kept. */
  readonly keep?: (answer: T) => boolean;
};

/**
 * Computes an answer from validated vectors. The same question gets the same answer again as long as nothing it was computed from has
 * been committed anew, here or in another process; the database is asked each time.
 */
export async function answer<T>(db: Database, { name, like = name, compute, keep = () => true }: Question<T>): Promise<T> {
  const cache = cacheOf(db);
  const known = hints.get(name);
  const kept = answers.get(cache) ?? new Map<string, { readonly stamp: string; readonly answer: unknown }>();
  answers.set(cache, kept);
  const stamp = known === undefined ? undefined : await stampOf(db, known);
  const held = kept.get(name);
  if (held !== undefined && held.stamp === stamp) return held.answer as T; // kept below under the same name
  const scene = new LoadingScene(cache);
  scene.hint(known ?? hints.get(like));
  await db.read('system', (tx) => scene.load(tx));
  for (let round = 0; round < mostRounds; round += 1) {
    try {
      const made_ = compute(scene);
      if (!scene.incomplete) {
        note(name, like, scene.used);
        kept.delete(name);
        if (stamp !== undefined && known !== undefined && covers(known, scene.used) && keep(made_)) kept.set(name, { stamp, answer: made_ });
        if (kept.size > mostAnswers) kept.delete(kept.keys().next().value ?? '');
        return made_;
      }
    } catch (error) {
      if (error !== notYet) throw error;
    }
    await db.read('system', (tx) => scene.load(tx));
  }
  throw new Error(`an answer asks for more and more: ${name.slice(0, 100)}`);
}

const covers = (known: Hints, used: Hints): boolean => [...used.bases.keys()].every((key) => known.bases.has(key));
function note(name: string, like: string, used: Hints): void {
  if (hints.size > 4000) hints.clear();
  hints.set(name, used);
  hints.set(like, used);
}

/** The same for questions that are asked once. */
export const withFigures = <T>(db: Database, name: string, compute: (scene: Scene) => T, keep?: (answer: T) => boolean): Promise<T> => answer(db, { name, compute, ...(keep === undefined ? {} : { keep }) });
