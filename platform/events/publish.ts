import { newId } from '#kernel/id.ts';
import type { Instant } from '#kernel/day.ts';
import { prepared, sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';

/**
 * A fact to be told after commit. `province` is where it happened ('00' = the nation's own). Events of one `lane` are delivered one
 * after another, oldest first: the province, unless the work is to be done in another place, which is named then.
 */
export type Event = { readonly province: string; readonly type: string; readonly payload: Readonly<Record<string, unknown>>; readonly lane?: string };
export type StoredEvent = Omit<Event, 'lane'> & { readonly id: string; readonly at: Instant };

/** Writes events in the transaction of the fact; they are delivered after it commits, to each consumer once. */
export async function publish(tx: Tx, at: Instant, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  await tx.run(prepared('platform.publish-events', sql`
    with told as (
      insert into platform.outbox (province, id, type, payload, at, lane)
      select e.province, e.id, e.type, e.payload, ${at}::timestamptz, e.lane
        from jsonb_to_recordset(${JSON.stringify(events.map((event) => ({ lane: event.province, ...event, id: newId() })))}::jsonb)
          as e(province text, id uuid, type text, payload jsonb, lane text) returning 1)
    select graphile_worker.enqueue('deliver-events', '{}'::json, 'deliver-events') from (select count(*) from told) once`));
}
