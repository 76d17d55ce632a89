/** Vectors as other modules read them, under the reader's row security. */
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { PackedReturn, RollUp, Standing } from '../schema.ts';

export type RollUpScope = {
  readonly periods: readonly string[]; readonly dataSets: readonly string[]; readonly standing: Standing;
  /** Codes of units; left out: every node the reader sees. */
  readonly nodes?: readonly string[];
  /** Left out: every attribute. */
  readonly attribute?: string;
};
const Nodes = shape({ province: Type.String(), node: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), returns: Type.Integer(), late: Type.Integer(), sums: Type.Array(Type.Number()), counts: Type.Array(Type.Integer()) });

/** Sums and counts by node, period, data set and attribute, in that order; a node to which nothing was reported has no row. */
export async function readRollUps(tx: Tx, { nodes, periods, dataSets, standing, attribute }: RollUpScope): Promise<RollUp[]> {
  const rows = await tx.rows(Nodes, sql`
    select province, node, period, data_set, attribute, returns, late, sums, counts from returns.roll_up
     where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and standing = ${standing}
       and (${nodes === undefined}::boolean or node = any(${nodes ?? []}::text[])) and (${attribute === undefined}::boolean or attribute = ${attribute ?? ''})
     order by node, period, data_set, attribute`);
  return rows.map(({ sums, ...row }) => ({ ...row, standing, sums: sums.map((sum, i) => (row.counts[i] === 0 ? null : sum)) }));
}

export type PackedScope = {
  readonly periods: readonly string[]; readonly dataSets: readonly string[];
  /** Codes of reporting units; left out: all. */
  readonly units?: readonly string[];
  readonly province?: string;
  /** Only returns changed at or after this moment. */
  readonly since?: string;
};
const Value = Type.Union([Type.Number(), Type.Null()]);
const Packed = shape({
  province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), rev: Type.Integer(), at: Type.String(), standing: Type.Integer(),
  approved: Type.Boolean(), late: Type.Boolean(), vals: Type.Array(Value), noData: Type.Array(Type.Integer()),
});

/** Returns as they stand. Small protected counts are in them: whoever shows them to others than the unit and its province hides them (SECURITY E4). */
export const readPacked = (tx: Tx, { periods, dataSets, units, province, since }: PackedScope): Promise<PackedReturn[]> => tx.rows(Packed, sql`
  select province, org_unit, period, data_set, attribute, rev, at, standing, approved, late, vals, coalesce(no_data, '{}') as no_data from returns.packed
   where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and (${units === undefined}::boolean or org_unit = any(${units ?? []}::text[]))
     and (${province === undefined}::boolean or province = ${province ?? ''}) and (${since === undefined}::boolean or at >= ${since ?? null}::timestamptz)
   order by province, org_unit, period, data_set, attribute`);
