/** What imports and exports ask of returns. */
import { shape, Type } from '#kernel/shape.ts';
import { doubleVectors, integerVectors, textArray } from '#platform/db/binary.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { NodeVector } from './batch.ts';

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
