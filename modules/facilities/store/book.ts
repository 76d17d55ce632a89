/** Days of the book. */
import { shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Balance, DayFigures, Flows } from '../schema.ts';

const DayStored = shape({
  day: Type.String(), rev: Type.Integer(), recordedAt: Type.String(), late: Type.Boolean(), reason: Type.String(), voluntary: Type.Array(Type.Integer()), compulsory: Type.Array(Type.Integer()), firstEver: Type.Integer(),
  waitedDays: Type.Integer(), waiting: Type.Integer(), absent: Type.Integer(), present: Type.Integer(), voluntaryEnd: Type.Integer(), compulsoryEnd: Type.Integer(),
});
export type BookRow = { readonly day: string; readonly rev: number; readonly recordedAt: string; readonly late: boolean; readonly reason: string; readonly figures: DayFigures; readonly closing: Balance };

export const flowsOf = ([admitted = 0, received = 0, completed = 0, moved = 0, away = 0, left = 0, died = 0]: readonly number[]): Flows => ({ admitted, received, completed, moved, away, left, died });
export const listed = (f: Flows): number[] => [f.admitted, f.received, f.completed, f.moved, f.away, f.left, f.died];
const rowOf = (d: Static<typeof DayStored>): BookRow => ({
  day: d.day, rev: d.rev, recordedAt: d.recordedAt, late: d.late, reason: d.reason, closing: { voluntary: d.voluntaryEnd, compulsory: d.compulsoryEnd },
  figures: { voluntary: flowsOf(d.voluntary), compulsory: flowsOf(d.compulsory), firstEver: d.firstEver, waitedDays: d.waitedDays, waiting: d.waiting, absent: d.absent, present: d.present },
});
const columns = sql`day, rev, recorded_at, late, reason, voluntary, compulsory, first_ever, waited_days, waiting, absent, present, voluntary_end, compulsory_end`;

/** Days between two of them, both included, in order. */
export const listDays = async (tx: Tx, province: string, facility: string, from: string, to: string): Promise<BookRow[]> =>
  (await tx.rows(DayStored, sql`select ${columns} from facilities.day where province = ${province} and facility = ${facility} and day between ${from} and ${to} order by day`)).map(rowOf);
export async function findLastDay(tx: Tx, province: string, facility: string, before = '9999-12-31'): Promise<BookRow | undefined> {
  const row = await tx.maybe(DayStored, sql`select ${columns} from facilities.day where province = ${province} and facility = ${facility} and day < ${before} order by day desc limit 1`);
  return row === undefined ? undefined : rowOf(row);
}
export async function findDay(tx: Tx, province: string, facility: string, day: string): Promise<BookRow | undefined> {
  return (await listDays(tx, province, facility, day, day))[0];
}

export type DayNew = Omit<BookRow, 'recordedAt'> & { readonly at: string; readonly by: string };
export const insertDay = (tx: Tx, province: string, facility: string, d: DayNew) => tx.run(sql`
  insert into facilities.day (province, facility, day, rev, recorded_at, recorded_by, late, reason, voluntary, compulsory, first_ever, waited_days, waiting, absent, present, voluntary_end, compulsory_end)
  values (${province}, ${facility}, ${d.day}, ${d.rev}, ${d.at}, ${d.by}, ${d.late}, ${d.reason}, ${listed(d.figures.voluntary)}::int[], ${listed(d.figures.compulsory)}::int[], ${d.figures.firstEver}, ${d.figures.waitedDays},
          ${d.figures.waiting}, ${d.figures.absent}, ${d.figures.present}, ${d.closing.voluntary}, ${d.closing.compulsory})`);
/** What the day was goes to its history first, in the same transaction. @returns 0 when the day is not at the revision before */
export async function replaceDay(tx: Tx, province: string, facility: string, d: DayNew): Promise<number> {
  await tx.run(sql`
    insert into facilities.day_before (province, facility, day, rev, recorded_at, recorded_by, reason, figures)
    select province, facility, day, rev, recorded_at, recorded_by, reason, jsonb_build_object('v', voluntary, 'c', compulsory, 'o', array[first_ever, waited_days, waiting, absent, present])
      from facilities.day where province = ${province} and facility = ${facility} and day = ${d.day} and rev = ${d.rev - 1}`);
  return tx.run(sql`
    update facilities.day set rev = ${d.rev}, recorded_at = ${d.at}, recorded_by = ${d.by}, reason = ${d.reason}, voluntary = ${listed(d.figures.voluntary)}::int[], compulsory = ${listed(d.figures.compulsory)}::int[],
           first_ever = ${d.figures.firstEver}, waited_days = ${d.figures.waitedDays}, waiting = ${d.figures.waiting}, absent = ${d.figures.absent}, present = ${d.figures.present},
           voluntary_end = ${d.closing.voluntary}, compulsory_end = ${d.closing.compulsory}
     where province = ${province} and facility = ${facility} and day = ${d.day} and rev = ${d.rev - 1}`);
}
export const setStanding = (tx: Tx, province: string, facility: string, d: Pick<BookRow, 'day' | 'closing' | 'figures'>) => tx.run(sql`
  insert into facilities.standing (province, facility, day, voluntary, compulsory, absent) values (${province}, ${facility}, ${d.day}, ${d.closing.voluntary}, ${d.closing.compulsory}, ${d.figures.absent})
  on conflict (province, facility) do update set day = excluded.day, voluntary = excluded.voluntary, compulsory = excluded.compulsory, absent = excluded.absent`);

const Numbers = Type.Array(Type.Integer());
const Before = shape({ rev: Type.Integer(), recordedAt: Type.String(), reason: Type.String(), figures: shape({ v: Numbers, c: Numbers, o: Numbers }) });
/** Older versions of a day, newest first. */
export const listBefore = async (tx: Tx, province: string, facility: string, day: string) =>
  (await tx.rows(Before, sql`select rev, recorded_at, reason, figures from facilities.day_before where province = ${province} and facility = ${facility} and day = ${day} order by rev desc limit 499`)).map(({ figures: { v, c, o: [firstEver = 0, waitedDays = 0, waiting = 0, absent = 0, present = 0] }, ...rest }) =>
    ({ ...rest, figures: { voluntary: flowsOf(v), compulsory: flowsOf(c), firstEver, waitedDays, waiting, absent, present } }));
