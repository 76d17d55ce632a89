import { newId } from '#kernel/id.ts';
import type { Instant } from '#kernel/day.ts';
import { sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';

/** A fact to be told after commit. `province` is where it happened ('00' = the nation's own). */
export type Event = { readonly province: string; readonly type: string; readonly payload: Readonly<Record<string, unknown>> };
export type StoredEvent = Event & { readonly id: string; readonly at: Instant };

/** Writes events in the transaction of the fact; they are delivered after it commits, to each consumer once. */
export async function publish(tx: Tx, at: Instant, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  await tx.run(sql`
    insert into platform.outbox (province, id, type, payload, at)
    select e.province, e.id, e.type, e.payload, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(events.map((event) => ({ ...event, id: newId() })))}::jsonb)
        as e(province text, id uuid, type text, payload jsonb)`);
  await tx.run(sql`select graphile_worker.enqueue('deliver-events', '{}'::json, 'deliver-events')`);
}
