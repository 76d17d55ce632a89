import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

/** Work that the machinery does inside a person's transaction: locks, counts that name nothing, sums of provinces. */
export async function asMachinery<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const before = await tx.one(shape({ system: Type.Boolean() }), sql`select platform.is_system() as system`);
  if (before.system) return work();
  await tx.run(sql`set local sauro.system = 'on'`);
  const value = await work();
  await tx.run(sql`set local sauro.system = 'off'`);
  return value;
}
