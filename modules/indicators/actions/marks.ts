/**
 * What grades need beside the vectors, held in the process: it changes when a rule is explained or a sample is counted, which no version of
 * returns tells. Asked again after five seconds, and at once after a count recorded here.
 */
import { createHash } from 'node:crypto';
import type { Database } from '#platform/db/database.ts';
import type { Period } from '#kernel/period.ts';
import { verificationFactor } from '../rules/draw.ts';
import { readCounted, readFound } from '../store/marks.ts';

export type Marked = { readonly broken: number; readonly explained: number };
export type Marks = {
  /** Names the state, so that kept answers hang on it. */
  readonly stamp: string;
  /** By data set and period, then by unit that reports. */
  readonly found: ReadonlyMap<string, ReadonlyMap<string, Marked>>;
  /** By data set and period: reported and counted anew of each province that drew a sample. */
  readonly counted: ReadonlyMap<string, readonly { readonly province: string; readonly reported: number | null; readonly counted: number }[]>;
};
export const noMarks: Marks = { stamp: '', found: new Map(), counted: new Map() };
export const marksKey = (dataSet: string, period: Period): string => `${dataSet} ${period}`;

const freshMs = 5000;
type Held = { readonly marks: Marks; readonly readAt: number };
const held = new WeakMap<Database, Held>();

/** The marks as they stood at most five seconds ago; the same object while nothing changed. */
export async function marksOf(db: Database): Promise<Marks> {
  const known = held.get(db);
  if (known !== undefined && performance.now() - known.readAt < freshMs) return known.marks;
  const [found, counted] = await db.read('system', async (tx) => [await readFound(tx), await readCounted(tx)] as const);
  const stamp = createHash('sha256').update(JSON.stringify([found, counted])).digest('base64url').slice(0, 16);
  const marks = known?.marks.stamp === stamp ? known.marks : { stamp, found: foundBy(found), counted: countedBy(counted) };
  held.set(db, { marks, readAt: performance.now() });
  return marks;
}
/** A count was recorded here: the next question reads anew. */
export const forgetMarks = (db: Database): void => void held.delete(db);

function foundBy(rows: Awaited<ReturnType<typeof readFound>>): Marks['found'] {
  const sets = new Map<string, Map<string, Marked>>();
  for (const { dataSet, period, orgUnit, broken, explained } of rows) {
    const key = marksKey(dataSet, period);
    const units = sets.get(key) ?? new Map<string, Marked>();
    sets.set(key, units.set(orgUnit, { broken, explained }));
  }
  return sets;
}
function countedBy(rows: Awaited<ReturnType<typeof readCounted>>): Marks['counted'] {
  const sets = new Map<string, { province: string; reported: number | null; counted: number }[]>();
  for (const { province, dataSet, period, reported, counted } of rows) {
    const key = marksKey(dataSet, period);
    sets.set(key, [...(sets.get(key) ?? []), { province, reported, counted }]);
  }
  return sets;
}

/**
 * The verification factor of some periods of a data set: that of the province, and for the nation that of all provinces that drew a sample. Null
 * where no sample of those very periods was counted.
 */
export function factorOf(marks: Marks, dataSets: readonly string[], periods: readonly Period[], province: string): number | null {
  if (marks.counted.size === 0) return null;
  const rows = dataSets.flatMap((dataSet) => periods.flatMap((period) => marks.counted.get(marksKey(dataSet, period)) ?? []));
  return verificationFactor(province === '00' ? rows : rows.filter((row) => row.province === province));
}
