/** Vectors of returns as they are read into memory: arrays come as text, which is parsed into one typed array a period. */
import { shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Version = shape({ period: Type.String(), dataSet: Type.String(), version: Type.Number() });
/** How often each period and data set was committed; one without a row never was. Asked by every read, so it is prepared. */
export const readVersions = (tx: Tx, periods: readonly string[], dataSets: readonly string[]): Promise<Static<typeof Version>[]> => tx.rows(Version, prepared('figures-versions', sql`
  select v.period, v.data_set, v.version from returns_pub.version v
    join unnest(${periods}::text[], ${dataSets}::text[]) as asked(period, data_set) on asked.period = v.period and asked.data_set = v.data_set`));

/** Editions of definitions and units, and the version of each period and data set asked about, in their order, with blanks between. */
export type State = { readonly definitions: string; readonly units: string; readonly versions: string };
/** `period data-set` pairs as the statement takes them; made once for a question that is asked often. */
export type AskedPairs = { readonly periods: string; readonly dataSets: string };
export const pairsOf = (list: readonly { readonly period: string; readonly dataSet: string }[]): AskedPairs => ({ periods: list.map((one) => one.period).join(','), dataSets: list.map((one) => one.dataSet).join(',') });
/**
 * Everything an answer hangs on (version 0: never committed). One statement, prepared, outside any transaction, its answer one line of text:
 * what is asked is whether anything moved at all, and nearly always nothing did.
 */
export async function readState(tx: Tx, { periods, dataSets }: AskedPairs): Promise<State> {
  const [row] = await tx.arrays(prepared('figures-state', sql`
    select (select edition || ' ' || digest || ' ' || loaded_at from definitions_pub.edition order by edition desc limit 1),
           (select digest || ' ' || groups_digest || ' ' || attributes_digest from org_units_pub.edition),
           (select string_agg(coalesce(v.version, 0)::text, ' ' order by asked.n) from unnest(string_to_array(${periods}, ','), string_to_array(${dataSets}, ',')) with ordinality as asked(period, data_set, n)
              left join returns_pub.version v on v.period = asked.period and v.data_set = asked.data_set)`));
  return { definitions: String(row?.[0] ?? ''), units: String(row?.[1] ?? ''), versions: String(row?.[2] ?? '') };
}

const NodeVector = shape({
  node: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), standing: Type.String(), returns: Type.Integer(), late: Type.Integer(), width: Type.Integer(), sums: Type.String(), counts: Type.String(),
});
export type NodeVector = Static<typeof NodeVector>;
/** Roll-ups of every node in some periods and data sets, both standings. Read as the machinery: what a reader gets of it is decided above. */
export const readNodeVectors = (tx: Tx, periods: readonly string[], dataSets: readonly string[]): Promise<NodeVector[]> => tx.rows(NodeVector, sql`
  select r.node, r.period, r.data_set, r.attribute, r.standing, r.returns, r.late, cardinality(r.sums) as width, array_to_string(r.sums, ',', '') as sums, array_to_string(r.counts, ',', '') as counts
    from returns_pub.roll_up r
    join unnest(${periods}::text[], ${dataSets}::text[]) as asked(period, data_set) on asked.period = r.period and asked.data_set = r.data_set`);

const UnitVector = shape({
  orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), rev: Type.Integer(), approved: Type.Boolean(), late: Type.Boolean(), width: Type.Integer(), vals: Type.String(),
});
export type UnitVector = Static<typeof UnitVector>;
/** What every unit reported. @param units null: all of them */
export const readUnitVectors = (tx: Tx, period: string, dataSet: string, units: readonly string[] | null): Promise<UnitVector[]> => tx.rows(UnitVector, sql`
  select org_unit, period, data_set, attribute, rev, approved, late, cardinality(vals) as width, array_to_string(vals, ',', '') as vals
    from returns_pub.packed
   where period = ${period} and data_set = ${dataSet} and (${units === null}::boolean or org_unit = any(${units ?? []}::text[]))
   order by org_unit, attribute`);

/** Key, revision and standing only: what tells which rows of a loaded period have changed. */
export const readUnitMarks = (tx: Tx, period: string, dataSet: string): Promise<unknown[][]> => tx.arrays(sql`
  select org_unit, attribute, rev, approved, late from returns_pub.packed where period = ${period} and data_set = ${dataSet}`);
