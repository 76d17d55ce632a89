/** Periods and data sets as the continuous recompute goes round them, and the map of units each was added up on. */
import { shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Slice = shape({ period: Type.String(), dataSet: Type.String(), version: Type.Number(), units: Type.String() });
export type Slice = Static<typeof Slice>;

/** The one looked at longest ago comes first, so that busy periods never keep quiet ones waiting; then those that changed since; then the others in turn. */
export const slicesInTurn = (tx: Tx, limit: number): Promise<Slice[]> => tx.rows(Slice, sql`
  select s.period, s.data_set, s.version, s.units
    from (select v.period, v.data_set, v.version::float8 as version, coalesce(a.units, '') as units, coalesce(a.version, -1) < v.version as changed,
                 row_number() over (order by a.checked_at nulls first, v.period, v.data_set) as turn
            from returns.version v left join returns.audit_slice a using (period, data_set)) s
   order by s.turn > 1, s.changed desc, s.turn limit ${limit}`);

/** All that were ever looked at. */
export const slicesSeen = (tx: Tx): Promise<Slice[]> => tx.rows(Slice, sql`
  select period, data_set, version::float8 as version, units from returns.audit_slice order by period desc, data_set`);

/** Slices that were never looked at, newest first. */
export const slicesUnnoted = (tx: Tx, limit: number): Promise<Slice[]> => tx.rows(Slice, sql`
  select v.period, v.data_set, v.version::float8 as version, '' as units from returns.version v left join returns.audit_slice a using (period, data_set)
   where a.period is null order by v.period desc, v.data_set limit ${limit}`);
/** Notes their maps; they stay the first in turn. */
export const noteFirst = (tx: Tx, slices: readonly { readonly period: string; readonly dataSet: string; readonly units: string }[]): Promise<number> => tx.run(sql`
  insert into returns.audit_slice (period, data_set, checked_at, version, vectors, slots, ms, units)
  select s.period, s.data_set, 'epoch', -1, 0, 0, 0, s.units from unnest(${slices.map((one) => one.period)}::text[], ${slices.map((one) => one.dataSet)}::text[], ${slices.map((one) => one.units)}::text[]) as s(period, data_set, units)
  on conflict (period, data_set) do nothing`);

export const unitsOfSlice = async (tx: Tx, period: string, dataSet: string): Promise<string> =>
  (await tx.maybe(Slice, sql`select period, data_set, version::float8 as version, units from returns.audit_slice where period = ${period} and data_set = ${dataSet}`))?.units ?? '';
export const noteUnits = (tx: Tx, period: string, dataSet: string, units: string): Promise<number> => tx.run(sql`
  update returns.audit_slice set units = ${units} where period = ${period} and data_set = ${dataSet}`);

/** Every node of a period and data set, in the order in which batches lock them; a batch takes its version after its nodes, so we do too. */
export const lockAllNodes = (tx: Tx, period: string, dataSet: string): Promise<number> => tx.run(sql`
  select 1 from returns.roll_up where period = ${period} and data_set = ${dataSet}
   order by (province || '/' || node || '/' || period || '/' || data_set || '/' || attribute || '/' || standing) collate "C" for update`);
