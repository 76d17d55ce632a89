import { shape, Type } from '#kernel/shape.ts';
import { sql } from './sql.ts';
import type { Tx } from './tx.ts';

/**
 * Does a piece of the machinery's own bookkeeping inside a person's transaction: what is derived from rows the person may not read (the cell
 * of a neighbour's vector, a lock, a count that names nothing). What comes of it is shown to nobody by this.
 */
export async function asMachinery<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const before = await tx.one(shape({ system: Type.Boolean() }), sql`select platform.is_system() as system`);
  if (before.system) return work();
  await tx.run(sql`set local sauro.system = 'on'`);
  const value = await work();
  await tx.run(sql`set local sauro.system = 'off'`); // a work that throws ends the transaction, and the setting with it
  return value;
}
