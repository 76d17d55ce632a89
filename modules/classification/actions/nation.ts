/**
 * The proposals of a whole year kept in the process, right at every answer: each request asks for the versions of the twelve months, the
 * register, the list of routes and the decrees, reads again what moved and evaluates again the communes whose evidence moved. No notice is trusted.
 */
import { earlierOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Criteria, Outcome, Verdict } from '../schema.ts';
import type { Evidence } from '../rules/evidence.ts';
import { box } from '../rules/boxes.ts';
import { gather, seeBox } from '../rules/gather.ts';
import { judgeCommune } from '../rules/readings.ts';
import { readMonths, readProvinceRoutes, readState } from '../store/answers.ts';
import { byMonth, YearAnswers } from './answers.ts';
import { frameOf, type Frame } from './frame.ts';
import { hotspotRegister, pointsIn, registerOf, routesByCommune, type PointSource, type Register } from './register.ts';

/** A commune in one standing. */
export type Judged = {
  readonly evidence: Evidence; readonly outcome: Outcome; readonly possible: readonly Outcome[]; readonly classed: Outcome; readonly tests: readonly Verdict[];
  /** In the order of `allReadings`. */
  readonly readings: readonly Outcome[]; readonly missingMonths: number;
};
export type JudgedBoth = { readonly reported: Judged; readonly approved: Judged };

/** A year as it stands: `rows` in the order of `frame.places.communes`. A new object stands for a new state. */
export type Year = {
  readonly frame: Frame; readonly rows: readonly JudgedBoth[]; readonly register: Register; readonly routes: ReadonlyMap<string, number>; readonly answers: YearAnswers;
  /** Routes between provinces as provinces report them: 2 on one, 0 on none; absent where nothing was reported. */
  readonly provinceRoutes: ReadonlyMap<string, number>;
  /** Points left by the return alone, by commune; NaN where it says nothing. */
  readonly reportedPoints: Float64Array;
};

const olderCriteria: Outcome = 'older-criteria';
export function judge(criteria: Criteria | undefined, evidence: Evidence, missingMonths: number): Judged {
  if (criteria === undefined) return { evidence, outcome: olderCriteria, possible: [olderCriteria], classed: olderCriteria, tests: [], readings: [], missingMonths };
  return { evidence, ...judgeCommune(criteria, evidence), missingMonths };
}

/** One commune of a year, in both standings; the second costs nothing where everything is approved. */
export function judgeRow({ frame, answers, register, routes }: Pick<Year, 'frame' | 'answers' | 'register' | 'routes'>, row: number): JudgedBoth {
  const commune = frame.places.communes[row]?.code ?? '';
  const [points, route] = [pointsIn(register, commune), routes.get(commune) ?? 0];
  const silent = (only: boolean): number => frame.due.reduce((sum, due, month) => { const at = row * answers.months + month; return sum + (due && ((answers.rev[at] ?? 0) === 0 || (only && answers.approved[at] !== 1)) ? 1 : 0); }, 0);
  const criteria = frame.decree?.criteria;
  const reported = judge(criteria, gather(answers.reported(row), frame.due, points, route), silent(false));
  return { reported, approved: answers.allApproved(row) ? reported : judge(criteria, gather(answers.approvedOnly(row), frame.due, points, route), silent(true)) };
}

type Kept = { readonly year: Year; readonly versions: readonly number[]; readonly rest: string };

export class Nation {
  readonly #source: PointSource | null;
  readonly #years = new Map<string, Kept>();
  #loading: Promise<unknown> = Promise.resolve();

  constructor(source: PointSource | null) {
    this.#source = source;
  }
  get source(): PointSource | null { return this.#source; }

  /** The year brought up to the database's present state. @param tx as the machinery; versions are read before what they are versions of */
  async year(tx: Tx, id: string | undefined, today: string): Promise<Year> {
    const frame = await frameOf(tx, id, today);
    const before = this.#loading;
    const work = before.then(() => this.#refresh(tx, frame));
    this.#loading = work.catch(() => undefined); // the next asks for itself; who asked gets the fault below
    return work;
  }

  async #refresh(tx: Tx, frame: Frame): Promise<Year> {
    const last = earlierOf(frame.period.last, frame.today);
    const [state, registerVersion] = await Promise.all([readState(tx, frame.months), this.#source === null ? '' : this.#source.versionOf(tx)]);
    const rest = `${state.rest}|${last}`;
    const kept = this.#years.get(frame.period.id);
    if (kept === undefined || kept.rest !== rest || kept.year.frame !== frame) return this.#load(tx, frame, state.versions, rest);
    const moved = frame.months.filter((_, at) => kept.versions[at] !== state.versions[at]);
    if (moved.length === 0 && kept.year.register.version === registerVersion) return kept.year;
    const register = kept.year.register.version === registerVersion ? kept.year.register : await registerOf(tx, this.#source, { first: frame.period.first, last, province: null });
    const changed = new Set<number>();
    if (moved.length > 0) await reread(tx, { ...kept.year, frame }, moved, changed);
    frame.places.communes.forEach(({ code }, row) => {
      const [a, b] = [pointsIn(kept.year.register, code), pointsIn(register, code)];
      if (a?.closing !== b?.closing || a?.period !== b?.period) changed.add(row);
    });
    const parts = { ...kept.year, frame, register };
    const rows = kept.year.rows.map((row, at) => (changed.has(at) ? judgeRow(parts, at) : row));
    return this.#keep({ ...parts, reportedPoints: pointsReported(parts), rows }, state.versions, rest);
  }

  async #load(tx: Tx, frame: Frame, versions: readonly number[], rest: string): Promise<Year> {
    const last = earlierOf(frame.period.last, frame.today);
    const [register, routes, read, provinceRoutes] = await Promise.all([
      registerOf(tx, this.#source, { first: frame.period.first, last, province: null }), routesByCommune(tx, last), readMonths(tx, frame.months, frame.slots), ownRoutes(tx, frame),
    ]);
    const answers = new YearAnswers(frame.places.communes.length, frame.months.length);
    const texts = byMonth(read);
    frame.months.forEach((month, at) => answers.putMonth(at, texts.get(month) ?? '', frame.places.rowOf, frame.oldMaps.get(month)));
    const parts = { frame, register, routes, answers, provinceRoutes };
    return this.#keep({ ...parts, reportedPoints: pointsReported(parts), rows: frame.places.communes.map((_, row) => judgeRow(parts, row)) }, versions, rest);
  }

  #keep(year: Year, versions: readonly number[], rest: string): Year {
    this.#years.delete(year.frame.period.id);
    this.#years.set(year.frame.period.id, { year, versions, rest });
    for (const [id] of this.#years) if (this.#years.size > mostYears) this.#years.delete(id);
    return year;
  }
}
const pointsReported = ({ frame, answers }: Pick<Year, 'frame' | 'answers'>): Float64Array =>
  Float64Array.from(frame.places.communes, (_, row) => seeBox(answers.reported(row), frame.due, box.points).closing.value ?? Number.NaN);

async function ownRoutes(tx: Tx, frame: Frame): Promise<ReadonlyMap<string, number>> {
  const home = frame.provinceRoute;
  if (home === undefined) return new Map();
  return new Map((await readProvinceRoutes(tx, quartersOf(frame.period.id), home.dataSet, home.slot)).map((row) => [row.orgUnit, row.value >= 1 ? 2 : 0]));
}
export const quartersOf = (year: string): string[] => [1, 2, 3, 4].map((n) => `${year}-Q${n}`);

/** 7 MB each; the longest unused goes first. */
const mostYears = 8;

/** Reads some months again and notes the communes whose revision or approval is not what it was. */
async function reread(tx: Tx, { frame, answers }: Pick<Year, 'frame' | 'answers'>, months: readonly string[], changed: Set<number>): Promise<void> {
  const texts = byMonth(await readMonths(tx, months, frame.slots));
  for (const month of months) {
    const at = frame.months.indexOf(month);
    const before = frame.places.communes.map((_, row) => (answers.rev[row * answers.months + at] ?? 0) * 2 + (answers.approved[row * answers.months + at] ?? 0));
    answers.clearMonth(at);
    answers.putMonth(at, texts.get(month) ?? '', frame.places.rowOf, frame.oldMaps.get(month));
    before.forEach((mark, row) => { if (mark !== (answers.rev[row * answers.months + at] ?? 0) * 2 + (answers.approved[row * answers.months + at] ?? 0)) changed.add(row); });
  }
}

const nations = new WeakMap<object, Nation>();
/** One memory a database. */
export function nationOf(db: object): Nation {
  const known = nations.get(db);
  if (known !== undefined) return known;
  const made = new Nation(hotspotRegister);
  nations.set(db, made);
  return made;
}
