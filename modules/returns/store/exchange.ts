/** What imports and exports ask of returns. */
import { shape, Type } from '#kernel/shape.ts';
import { byteaArray, doubleVectors, integerVectors, textArray } from '#platform/db/binary.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { NodeVector, Saved } from './batch.ts';

const Any = shape({ any: Type.Boolean() });
/** Whether any return was ever stored. */
export const hasReturns = async (tx: Tx): Promise<boolean> => (await tx.one(Any, sql`select exists (select 1 from returns.packed) as any`)).any;

const Held = shape({ period: Type.String(), dataSet: Type.String() });
/** Every period and data set of which there are returns, in order. */
export const periodsHeld = (tx: Tx) => tx.rows(Held, sql`select period, data_set from returns.version order by period, data_set`);

/** Vectors of nodes that have none yet, whole in one statement. A process that makes one meanwhile makes this fail (23505), and the bucket is done again. */
export async function insertNodes(tx: Tx, list: readonly NodeVector[]): Promise<void> {
  if (list.length === 0) return;
  const keys = list.map((one) => one.delta.key);
  const attributes = textArray(keys.map((key) => key.attribute));
  const [sums, counts] = [doubleVectors(list.map((one) => one.state.sums)), integerVectors(list.map((one) => one.state.counts))];
  await tx.run(prepared('returns.import-nodes', sql`
    insert into returns.roll_up (province, node, period, data_set, attribute, standing, returns, late, sums, counts)
    select t.province, t.node, t.period, t.data_set, t.attribute, t.standing, t.returns, t.late, (${sums.all}::float8[])[t.first:t.last], (${counts.all}::int[])[t.first:t.last]
      from unnest(${keys.map((key) => key.province)}::text[], ${keys.map((key) => key.node)}::text[], ${keys.map((key) => key.period)}::text[], ${keys.map((key) => key.dataSet)}::text[], ${attributes}::text[], ${keys.map((key) => key.standing)}::text[],
        ${list.map((one) => one.state.returns)}::int[], ${list.map((one) => one.state.late)}::int[], ${sums.first}::int[], ${sums.last}::int[])
        as t(province, node, period, data_set, attribute, standing, returns, late, first, last)`));
}

const DataSet = shape({ dataSet: Type.String() });
/** Of these data sets those of which something was ever stored in the period. */
export const dataSetsHeld = async (tx: Tx, period: string, dataSets: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.rows(DataSet, sql`select data_set from returns.version where period = ${period} and data_set = any(${dataSets}::text[])`)).map((row) => row.dataSet));

export type Fresh = { readonly saved: Saved; readonly kind: number; readonly changes: Uint8Array };
/** What all returns of a bucket have in common. */
export type FreshOf = { readonly period: string; readonly at: string; readonly by: string; readonly command: string };
/**
 * First returns and their first revisions, sent and without words: what an import is made of. What is the same for all is said once, and the
 * columns of both tables are written once. A process that makes one of them meanwhile makes this fail (23505), and the bucket is done again.
 */
export async function insertFresh(tx: Tx, { period, at, by, command }: FreshOf, list: readonly Fresh[]): Promise<void> {
  if (list.length === 0) return;
  const column = (of: (key: Saved['key']) => string): string => textArray(list.map((one) => of(one.saved.key)));
  const [provinces, units, dataSets, attributes] = [column((key) => key.province), column((key) => key.unit), column((key) => key.dataSet), column((key) => key.attribute)];
  const vals = doubleVectors(list.map((one) => one.saved.vals));
  await Promise.all([
    tx.run(prepared('returns.import-fresh', sql`
      insert into returns.packed (at, sent_at, by, rev, standing, late, approved, province, org_unit, period, data_set, attribute, vals)
      select ${at}::timestamptz, ${at}::timestamptz, ${by}::uuid, 1, 0, t.late, t.approved, t.province, t.org_unit, ${period}, t.data_set, t.attribute, array_replace((${vals.all}::float8[])[t.first:t.last], 'NaN', null)
        from unnest(${provinces}::text[], ${units}::text[], ${dataSets}::text[], ${attributes}::text[], ${list.map((one) => String(one.saved.late))}::boolean[], ${list.map((one) => String(one.saved.approved))}::boolean[],
          ${vals.first}::int[], ${vals.last}::int[]) as t(province, org_unit, data_set, attribute, late, approved, first, last)`)),
    tx.run(prepared('returns.import-revisions', sql`
      insert into returns.revision (at, digest, by, command, rev, kind, province, org_unit, period, data_set, attribute, changes)
      select ${at}::timestamptz, 0, ${by}::uuid, ${command}::uuid, 1, t.kind, t.province, t.org_unit, ${period}, t.data_set, t.attribute, t.changes
        from unnest(${provinces}::text[], ${units}::text[], ${dataSets}::text[], ${attributes}::text[], ${list.map((one) => one.kind)}::smallint[], ${byteaArray(list.map((one) => one.changes))}::bytea[])
          as t(province, org_unit, data_set, attribute, kind, changes)`)),
  ]);
}
