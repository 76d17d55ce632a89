/** What one assessment period is looked at with: its days and months, the map, the places of the boxes, the decision in force. */
import { Bounded } from '#kernel/bounded.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysBetween, earlierOf } from '#kernel/day.ts';
import { daysOf, monthsOf, periodAt, type Period } from '#kernel/period.ts';
import { RefusalError } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { isLoaded, latestProgramme, programmeOn, slotsOf } from '#modules/definitions/index.ts';
import { dueDayOf, treeDayOf, type Programme } from '#modules/definitions/schema.ts';
import { lineage, unitsOn, type UnitRow } from '#modules/org-units/index.ts';
import { boxes, dataSet } from '../rules/boxes.ts';
import type { Due } from '../rules/gather.ts';
import type { AssessmentPeriod, Decree } from '../schema.ts';
import { readMarks, type Slots } from '../store/answers.ts';
import { decreeOn, decreesIn } from './decrees.ts';

export const stop = (problem: { readonly code: string } & Readonly<Record<string, unknown>>): never => { throw new RefusalError(problem); };

/** Units of one day, the communes in the order in which they stand in memory. */
export type Places = {
  readonly day: PlainDate; readonly rows: readonly UnitRow[]; readonly byCode: ReadonlyMap<string, UnitRow>;
  readonly communes: readonly UnitRow[]; readonly provinces: readonly UnitRow[];
  /** Place of a commune in `communes`. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Places of each province’s communes. */
  readonly below: ReadonlyMap<string, readonly number[]>;
};
/** From what a unit’s answers of another map are taken: the codes that became it, or null where a part of another went into it. */
export type FromOldMap = ReadonlyMap<string, readonly string[] | null>;

export type Frame = {
  readonly period: AssessmentPeriod; readonly today: PlainDate; readonly programme: Programme; readonly startDay: number;
  readonly months: readonly Period[]; readonly due: Due; readonly slots: Slots; readonly places: Places; readonly decree: Decree | undefined;
  /** By month, only where the map differs from that of the period. */
  readonly oldMaps: ReadonlyMap<Period, FromOldMap>;
  readonly provinceRoute: { readonly dataSet: string; readonly slot: number } | undefined;
};

const placesKept = new WeakMap<readonly UnitRow[], Places>();
function placesOf(day: PlainDate, rows: readonly UnitRow[]): Places {
  const known = placesKept.get(rows);
  if (known !== undefined) return known;
  const communes = rows.filter((row) => row.depth === 3).sort((a, b) => (a.code < b.code ? -1 : 1));
  const below = new Map<string, number[]>();
  communes.forEach((row, at) => { const list = below.get(row.parent ?? ''); if (list === undefined) below.set(row.parent ?? '', [at]); else list.push(at); });
  const made: Places = {
    day, rows, byCode: new Map(rows.map((row) => [row.code, row])), communes, provinces: rows.filter((row) => row.depth === 2), rowOf: new Map(communes.map((row, at) => [row.code, at])), below,
  };
  placesKept.set(rows, made);
  return made;
}

/** The period of a day: the one that runs. */
export const yearAt = (day: PlainDate, startDay: number): Period => periodAt(day, 'year', { startDay });

export function assessmentPeriod(id: Period, today: PlainDate, startDay: number): AssessmentPeriod {
  const { first, last } = daysOf(id, { startDay });
  const months = monthsOf(id);
  return { id, first, last, ended: last < today, daysLeft: Math.max(0, daysBetween(today, last)), monthsEnded: months.filter((month) => daysOf(month, { startDay }).last < today), months };
}

/**
 * @param id an assessment year; left out: the one that runs
 * @throws RefusalError period-not-classified for a year that has not begun or lies before the programme; programme-missing
 */
export async function frameOf(tx: Tx, id: Period | undefined, today: PlainDate): Promise<Frame> {
  const marks = await readMarks(tx);
  const key = `${marks}|${id ?? ''}|${today}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = await makeFrame(tx, id, today);
  kept.set(key, made);
  return made;
}
/** Frames by the editions they were made of: a year is asked about thousands of times between two editions. */
const kept = new Bounded<Frame>(64, () => 1);

async function makeFrame(tx: Tx, id: Period | undefined, today: PlainDate): Promise<Frame> {
  if (!(await isLoaded(tx))) stop({ code: 'programme-missing' });
  const { head } = await latestProgramme(tx);
  const { startDay } = head.calendar;
  const period = assessmentPeriod(id ?? yearAt(today, startDay), today, startDay);
  if (period.first > today || period.last < daysOf(head.firstPeriod.slice(0, 7), { startDay }).first) stop({ code: 'period-not-classified', period: period.id });
  const programme = await programmeOn(tx, period.last);
  const set = programme.dataSets.get(dataSet);
  const due = period.months.map((month) => period.ended || (set !== undefined && dueDayOf(set, month, head.calendar) < today));
  const placed = await slotsOf(tx);
  const homes = boxes.map(({ element, cell }) => placed.homeOf(element, cell));
  const day = mapDay(treeDayOf(period.id, head), today, head.earliestMap);
  const places = placesOf(day, await unitsOn(tx, day));
  const route = placed.homeOf('tinh-tren-tuyen', '');
  return {
    period, today, programme, startDay, months: period.months, due, slots: homes.map((home) => (home?.dataSet === dataSet ? home.slot : 0)), places, decree: decreeOn(await decreesIn(tx), period.last),
    oldMaps: await oldMaps(tx, period, { places, head, today }), provinceRoute: route,
  };
}

const mapDay = (end: PlainDate, today: PlainDate, earliest: PlainDate | null): PlainDate => { const day = earlierOf(end, today); return earliest !== null && day < earliest ? earliest : day; };

/** Months that were answered on another map, with what became of each unit. */
async function oldMaps(tx: Tx, period: AssessmentPeriod, { places, head, today }: { places: Places; head: Programme['head']; today: PlainDate }): Promise<Map<Period, FromOldMap>> {
  const found = new Map<Period, FromOldMap>();
  for (const month of period.months) {
    const day = mapDay(treeDayOf(month, head), today, head.earliestMap);
    const rows = await unitsOn(tx, day);
    if (placesOf(day, rows) === places) continue;
    const from = new Map<string, string[] | null>();
    for (const [code, fate] of (await lineage(tx)).between(day, places.day)) {
      if (fate.kind === 'whole' && places.rowOf.has(fate.code)) { const list = from.get(fate.code); if (list !== null) from.set(fate.code, [...(list ?? []), code]); }
      if (fate.kind === 'part') for (const target of fate.codes) from.set(target, null);
    }
    found.set(month, from);
  }
  return found;
}
