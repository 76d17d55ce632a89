/** The boxes the criteria stand on, read out of packed returns by their slots. Read as the machinery: what a reader gets of it is decided above. */
import { shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { boxCount, dataSet } from '../rules/boxes.ts';

/** Slot of each box, 0 where the definitions have none (then nothing was ever reported in it). */
export type Slots = readonly number[];
const nothing = 0;

/** `3,,0.5`: boxes in their order. Named one by one, which is four times faster than unnesting. */
const vector = (slots: Slots): Sql => {
  const at = (n: number): number => slots[n] ?? nothing;
  return sql`array_to_string(array[vals[${at(0)}::int], vals[${at(1)}::int], vals[${at(2)}::int], vals[${at(3)}::int], vals[${at(4)}::int], vals[${at(5)}::int], vals[${at(6)}::int], vals[${at(7)}::int], vals[${at(8)}::int],
    vals[${at(9)}::int], vals[${at(10)}::int], vals[${at(11)}::int], vals[${at(12)}::int], vals[${at(13)}::int], vals[${at(14)}::int], vals[${at(15)}::int], vals[${at(16)}::int], vals[${at(17)}::int]], ',', '')`;
};
if (boxCount !== 18) throw new Error('the statement above names 18 boxes');

/** One line a return: unit, revision, 1 when approved, boxes. */
export type MonthText = { readonly period: string; readonly lines: string };
/** All communes' boxes of some months, one text a month and province: a row for each of 40,000 returns would cost more than reading them. */
export async function readMonths(tx: Tx, months: readonly string[], slots: Slots): Promise<MonthText[]> {
  const rows = await tx.arrays(sql`
    select period, string_agg(org_unit || ' ' || rev || ' ' || approved::int || ' ' || ${vector(slots)}, ';') from returns_pub.packed
     where period = any(${months}::text[]) and data_set = ${dataSet} and attribute = ''
     group by period, province`);
  return rows.map(([period, lines]) => ({ period: String(period), lines: String(lines) }));
}

/** The same for some units of one province. */
export async function readUnits(tx: Tx, province: string, units: readonly string[], months: readonly string[], slots: Slots): Promise<MonthText[]> {
  const rows = await tx.arrays(prepared('classification-units', sql`
    select period, org_unit || ' ' || rev || ' ' || approved::int || ' ' || ${vector(slots)} from returns_pub.packed
     where province = ${province} and org_unit = any(${units}::text[]) and period = any(${months}::text[]) and data_set = ${dataSet} and attribute = ''`));
  return rows.map(([period, lines]) => ({ period: String(period), lines: String(lines) }));
}

/** Editions of definitions, units and decrees, as one line of text: what a frame is made of. Empty parts before anything is loaded. */
export async function readMarks(tx: Tx): Promise<string> {
  const [row] = await tx.arrays(prepared('classification-marks', sql`
    select (select edition || ' ' || digest || ' ' || loaded_at from definitions_pub.edition order by edition desc limit 1), (select digest from org_units_pub.edition), (select count(*) || ' ' || coalesce(max(loaded_at)::text, '') from classification.decree)`));
  return (row ?? []).map((part) => String(part ?? '')).join('|');
}

/** What a year's proposals hang on beside the frame: versions of its months, and routes. */
export type State = { readonly versions: readonly number[]; readonly rest: string };
export async function readState(tx: Tx, months: readonly string[]): Promise<State> {
  const [row] = await tx.arrays(prepared('classification-state', sql`
    select (select string_agg(coalesce(v.version, 0)::text, ' ' order by asked.n) from unnest(${months}::text[]) with ordinality as asked(period, n)
              left join returns_pub.version v on v.period = asked.period and v.data_set = ${dataSet}),
           (select count(*) || ' ' || count(delisted_on) from classification.key_route)`));
  return { versions: String(row?.[0] ?? '').split(' ').map(Number), rest: String(row?.[1] ?? '') };
}

const Own = shape({ orgUnit: Type.String(), value: Type.Number() });
/** What provinces themselves report of routes between provinces, in the last quarter that says anything. */
export const readProvinceRoutes = (tx: Tx, quarters: readonly string[], of: string, slot: number): Promise<Static<typeof Own>[]> => tx.rows(Own, sql`
  select distinct on (org_unit) org_unit, vals[${slot}::int] as value from returns_pub.packed
   where period = any(${quarters}::text[]) and data_set = ${of} and attribute = '' and vals[${slot}::int] is not null
   order by org_unit, period desc`);
