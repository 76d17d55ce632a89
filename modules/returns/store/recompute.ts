/** The reference: sums in plain SQL from packed rows, against which the kept vectors are held. */
import { shape, Type, type Static } from '#kernel/shape.ts';
import { quotedCode, type BinaryRow } from '#platform/db/copy-out.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { exactSum } from '../rules/values.ts';
import type { Standing } from '../schema.ts';

export type Placement = { readonly unit: string; readonly province: string; readonly node: string };
const Row = shape({ province: Type.String(), node: Type.String(), attribute: Type.String(), standing: Type.String(), returns: Type.Integer(), late: Type.Integer(), sums: Type.Array(Type.Number()), counts: Type.Array(Type.Integer()) });
export type Recomputed = Static<typeof Row>;

/**
 * Sums and counts of one period and data set, made again from its returns.
 *
 * @param placements which nodes each unit is added to, on the period's map
 */
export const recomputeRollUp = (tx: Tx, period: string, dataSet: string, placements: readonly Placement[]): Promise<Recomputed[]> => tx.rows(Row, sql`
  with placed as materialized (select * from unnest(${placements.map((one) => one.unit)}::text[], ${placements.map((one) => one.province)}::text[], ${placements.map((one) => one.node)}::text[]) as m(unit, province, node)),
  own as materialized (select org_unit, attribute, late, approved, vals from returns.packed where period = ${period} and data_set = ${dataSet}),
  cells as (
    select m.province, m.node, o.attribute, s.standing, c.slot, round(coalesce(sum(c.value), 0)::numeric, 3)::float8 as total, count(c.value)::int as filled
      from own o join placed m on m.unit = o.org_unit
      cross join lateral (select 'reported' as standing union all select 'approved' where o.approved) s
      cross join lateral unnest(o.vals) with ordinality as c(value, slot) group by 1, 2, 3, 4, 5),
  heads as (
    select m.province, m.node, o.attribute, s.standing, count(*)::int as returns, (count(*) filter (where o.late))::int as late
      from own o join placed m on m.unit = o.org_unit cross join lateral (select 'reported' as standing union all select 'approved' where o.approved) s group by 1, 2, 3, 4)
  select h.province, h.node, h.attribute, h.standing, h.returns, h.late, coalesce(array_agg(c.total order by c.slot) filter (where c.slot is not null), '{}') as sums,
         coalesce(array_agg(c.filled order by c.slot) filter (where c.slot is not null), '{}') as counts
    from heads h left join cells c using (province, node, attribute, standing) group by 1, 2, 3, 4, 5, 6`);

/**
 * The same in code, straight from the bytes of the vectors: a hundred times as fast, so that it can go on all day. Units with the same
 * nodes above them are added up once, then their sum to each node. Tests hold it against the SQL above.
 */
export async function recomputeInCode(tx: Tx, period: string, dataSet: string, nodesOf: (unit: string) => readonly { readonly province: string; readonly node: string }[]): Promise<Recomputed[]> {
  const groups = new Map<string, Group>();
  const byPlace = new Map<string, Group>();
  await tx.copied(`select org_unit, attribute, late, approved, vals from returns.packed where period = ${quotedCode(period)} and data_set = ${quotedCode(dataSet)}`, (row) => {
    const [unit, attribute] = [row.code(), row.code()];
    const [late, approved] = [row.flag(), row.flag()];
    const place = `${unit}/${attribute}/${String(approved)}`;
    let group = byPlace.get(place);
    if (group === undefined) {
      const nodes = nodesOf(unit);
      const text = `${nodes.map((one) => one.node).join(',')}/${attribute}/${String(approved)}`;
      group = groups.get(text);
      if (group === undefined) {
        group = { nodes, attribute, approved, total: new Total() };
        groups.set(text, group);
      }
      byPlace.set(place, group);
    }
    group.total.addRow(row, late);
  });
  const made = new Map<string, Omit<Recomputed, 'returns' | 'late' | 'sums' | 'counts'> & { readonly total: Total }>();
  for (const { nodes, attribute, approved, total } of groups.values()) {
    for (const { province, node } of nodes) {
      for (const standing of approved ? ['reported', 'approved'] : ['reported']) {
        const key = `${node}/${attribute}/${standing}`;
        let to = made.get(key);
        if (to === undefined) {
          to = { province, node, attribute, standing, total: new Total() };
          made.set(key, to);
        }
        to.total.add(total);
      }
    }
  }
  return [...made.values()].map(({ total, ...one }) => ({ ...one, returns: total.returns, late: total.late, ...total.vectors() }));
}
type Group = { readonly nodes: readonly { readonly province: string; readonly node: string }[]; readonly attribute: string; readonly approved: boolean; readonly total: Total };

class Total {
  returns = 0;
  late = 0;
  #length = 0;
  #sums = new Float64Array(256);
  #counts = new Int32Array(256);

  #reach(length: number): void {
    if (length <= this.#length) return;
    this.#length = length;
    if (length <= this.#sums.length) return;
    const [sums, counts] = [new Float64Array(length * 2), new Int32Array(length * 2)];
    sums.set(this.#sums);
    counts.set(this.#counts);
    this.#sums = sums;
    this.#counts = counts;
  }

  /** The row's next field is a `float8[]` in its binary form (see platform/db/binary.ts); nothing is made of it on the way. */
  addRow(row: BinaryRow, late: boolean): void {
    this.returns += 1;
    if (late) this.late += 1;
    const end = row.field() + row.at;
    const { view } = row;
    const length = view.getInt32(row.at) === 0 ? 0 : view.getInt32(row.at + 12);
    this.#reach(length);
    const [sums, counts] = [this.#sums, this.#counts];
    let at = row.at + 20;
    for (let i = 0; i < length; i += 1) {
      const missing = view.getInt32(at) === -1;
      at += 4;
      if (missing) continue;
      sums[i] = (sums[i] ?? 0) + view.getFloat64(at);
      counts[i] = (counts[i] ?? 0) + 1;
      at += 8;
    }
    row.at = end;
  }

  add(other: Total): void {
    this.returns += other.returns;
    this.late += other.late;
    this.#reach(other.#length);
    for (let i = 0; i < other.#length; i += 1) {
      this.#sums[i] = (this.#sums[i] ?? 0) + exactSum(other.#sums[i] ?? 0);
      this.#counts[i] = (this.#counts[i] ?? 0) + (other.#counts[i] ?? 0);
    }
  }

  vectors(): { sums: number[]; counts: number[] } {
    return { sums: Array.from(this.#sums.subarray(0, this.#length), exactSum), counts: Array.from(this.#counts.subarray(0, this.#length)) };
  }
}

const Kept = shape({ ...Row.properties });
export const readKept = (tx: Tx, period: string, dataSet: string): Promise<Recomputed[]> => tx.rows(Kept, sql`
  select province, node, attribute, standing, returns, late, sums, counts from returns.roll_up where period = ${period} and data_set = ${dataSet}`);

const Slice = shape({ period: Type.String(), dataSet: Type.String(), version: Type.Number() });
/** The slices to look at next: those changed since they were looked at, oldest look first, then the others in turn. */
export const nextSlices = (tx: Tx, limit: number): Promise<Static<typeof Slice>[]> => tx.rows(Slice, sql`
  select v.period, v.data_set, v.version::float8 as version from returns.version v left join returns.audit_slice a using (period, data_set)
   order by (a.version is null or a.version < v.version) desc, a.checked_at nulls first limit ${limit}`);
/** Holds writers of this period and data set off for as long as it is compared. */
export const lockSlice = (tx: Tx, period: string, dataSet: string): Promise<number> => tx.run(sql`select 1 from returns.version where period = ${period} and data_set = ${dataSet} for update`);
export const noteSlice = (tx: Tx, one: { readonly period: string; readonly dataSet: string; readonly at: string; readonly version: number; readonly vectors: number; readonly slots: number; readonly ms: number }): Promise<number> => tx.run(sql`
  insert into returns.audit_slice (period, data_set, checked_at, version, vectors, slots, ms) values (${one.period}, ${one.dataSet}, ${one.at}::timestamptz, ${one.version}, ${one.vectors}, ${one.slots}, ${one.ms})
  on conflict (period, data_set) do update set checked_at = excluded.checked_at, version = excluded.version, vectors = excluded.vectors, slots = excluded.slots, ms = excluded.ms`);

export type Found = { readonly province: string; readonly id: string; readonly node: string; readonly period: string; readonly dataSet: string; readonly attribute: string; readonly standing: Standing; readonly differing: number; readonly example: unknown };
export const insertIncident = (tx: Tx, one: Found, at: string): Promise<number> => tx.run(sql`
  insert into returns.incident (province, id, found_at, node, period, data_set, attribute, standing, differing, example, repaired_at)
  values (${one.province}, ${one.id}, ${at}::timestamptz, ${one.node}, ${one.period}, ${one.dataSet}, ${one.attribute}, ${one.standing}, ${one.differing}, ${JSON.stringify(one.example)}::jsonb, ${at}::timestamptz)`);
/** Puts the recomputed vectors in place of all kept ones of a slice: repair, and rebuild after units moved. */
export async function replaceSlice(tx: Tx, period: string, dataSet: string, rows: readonly Recomputed[]): Promise<void> {
  await tx.run(sql`delete from returns.roll_up where period = ${period} and data_set = ${dataSet}`);
  if (rows.length > 0) await tx.run(sql`
    insert into returns.roll_up (province, node, period, data_set, attribute, standing, returns, late, sums, counts)
    select r.province, r.node, ${period}, ${dataSet}, r.attribute, r.standing, r.returns, r.late, r.sums, r.counts
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(province text, node text, attribute text, standing text, returns int, late int, sums float8[], counts int[])`);
  await tx.run(sql`insert into returns.version (version, at, period, data_set) values (1, now(), ${period}, ${dataSet}) on conflict (period, data_set) do update set version = version.version + 1, at = excluded.at`);
}
