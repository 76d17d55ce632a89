import { newId } from '#kernel/id.ts';
import type { Instant } from '#kernel/day.ts';
import { prepared, sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import type { Event } from './publish.ts';

/**
 * Writes events without asking for their delivery: for those who write hundreds of times a second, because the one job row that asks
 * is locked until commit. They ask soon afterwards, in a transaction of its own, with `askDelivery`.
 */
export async function append(tx: Tx, at: Instant, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  await tx.run(prepared('platform.append-events', sql`
    insert into platform.outbox (province, id, type, payload, at, lane)
    select e.province, e.id, e.type, e.payload, ${at}::timestamptz, e.lane
      from jsonb_to_recordset(${JSON.stringify(events.map((event) => ({ lane: event.province, ...event, id: newId() })))}::jsonb)
        as e(province text, id uuid, type text, payload jsonb, lane text)`));
}

/** Has the workers look at the outbox after commit. */
export async function askDelivery(tx: Tx): Promise<void> {
  await tx.run(sql`select graphile_worker.enqueue('deliver-events', '{}'::json, 'deliver-events')`);
}
