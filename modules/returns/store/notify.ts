import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

/** Tells other processes, in a transaction of its own: the lock of NOTIFY is held to its commit. Payloads are at most 8,000 bytes. */
export const notifyChanges = (tx: Tx, channel: string, payload: string): Promise<number> => tx.run(sql`select pg_notify(${channel}, ${payload.length < 7900 ? payload : '{}'})`);
