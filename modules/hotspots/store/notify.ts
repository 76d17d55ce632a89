import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

/** PostgreSQL tells it to listeners when the transaction commits, never before. */
export const notifyChange = (tx: Tx, payload: string) => tx.run(sql`select pg_notify('hotspots_changed', ${payload})`);
