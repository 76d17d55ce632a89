/** What imports and exports ask of returns. */
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Any = shape({ any: Type.Boolean() });
/** Whether any return was ever stored. */
export const hasReturns = async (tx: Tx): Promise<boolean> => (await tx.one(Any, sql`select exists (select 1 from returns.packed) as any`)).any;

const Held = shape({ period: Type.String(), dataSet: Type.String() });
/** Every period and data set of which there are returns, in order. */
export const periodsHeld = (tx: Tx) => tx.rows(Held, sql`select period, data_set from returns.version order by period, data_set`);
