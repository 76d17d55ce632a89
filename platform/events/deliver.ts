import { Type } from 'typebox';
import { nowOf, type Now } from '#kernel/clock.ts';
import { shape } from '#kernel/shape.ts';
import { sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import type { Services } from '../services.ts';
import type { StoredEvent } from './publish.ts';

/** Listens to one kind of event. Runs in its own transaction, once an event, retried until it succeeds. */
export type Consumer = {
  readonly name: string;
  readonly event: string;
  readonly consume: (tx: Tx, event: StoredEvent, now: Now, services: Services) => Promise<void>;
};

const Waiting = shape({
  province: Type.String(), id: Type.String(), type: Type.String(),
  payload: Type.Record(Type.String(), Type.Unknown()), at: Type.String(),
});

/**
 * Delivers what waits in the outbox, oldest first, until nothing waits.
 *
 * Each consumer's transaction writes its `consumed` row first: a second delivery of the same event, after a crash or by
 * another worker, finds the row and does nothing. Events are marked delivered, a province's together, when all their consumers
 * have done them; a crash before the mark costs a second look, never a second effect.
 * One event that cannot be delivered does not hold up the others; its error is thrown at the end, so the job is retried.
 */
export async function deliverEvents(services: Services, consumers: readonly Consumer[], clock: () => Date = () => new Date()): Promise<number> {
  let delivered = 0;
  const failed = new Map<string, unknown>();
  for (;;) {
    const waiting = (await services.db.read('system', (tx) => listWaiting(tx))).filter((event) => !failed.has(event.id));
    if (waiting.length === 0) break;
    const done: StoredEvent[] = [];
    for (const event of waiting) {
      try {
        await deliverOne(services, consumers, event, nowOf(clock()));
        done.push(event);
      } catch (error) {
        failed.set(event.id, error);
      }
    }
    await markDelivered(services, done, nowOf(clock()));
    delivered += done.length;
  }
  const [first] = failed.values();
  if (first !== undefined) throw first;
  return delivered;
}

const listWaiting = (tx: Tx) => tx.rows(Waiting, sql`
  select province, id, type, payload, at from platform.outbox where delivered_at is null order by at, id limit 200`);

async function deliverOne(services: Services, consumers: readonly Consumer[], event: StoredEvent, now: Now): Promise<void> {
  for (const consumer of consumers.filter((c) => c.event === event.type)) {
    await services.db.write('system', async (tx) => {
      const first = await tx.run(sql`
        insert into platform.consumed (province, consumer, event_id, at)
        values (${event.province}, ${consumer.name}, ${event.id}, ${now.at})
        on conflict (province, consumer, event_id) do nothing`);
      if (first === 1) await consumer.consume(tx, event, now, services);
    });
  }
}

async function markDelivered(services: Services, done: readonly StoredEvent[], now: Now): Promise<void> {
  for (const [province, events] of Map.groupBy(done, (event) => event.province)) {
    await services.db.write('system', (tx) => tx.run(sql`
      update platform.outbox set delivered_at = ${now.at} where province = ${province} and id = any(${events.map((event) => event.id)}::uuid[])`));
  }
}
