import { Type } from 'typebox';
import { nowOf, type Now } from '#kernel/clock.ts';
import { shape } from '#kernel/shape.ts';
import { prepared, sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import type { Services } from '../services.ts';
import type { StoredEvent } from './publish.ts';

/** Listens to one kind of event. Runs in its own transaction, once an event, retried until it succeeds. */
export type Consumer = {
  readonly name: string;
  readonly event: string;
} & (
  | { readonly consume: (tx: Tx, event: StoredEvent, now: Now, services: Services) => Promise<void> }
  /** Takes what waits in a lane together, in one transaction: for events that each say little. Never called with none. */
  | { readonly consumeTogether: (tx: Tx, events: readonly StoredEvent[], now: Now, services: Services) => Promise<void> }
);

const Waiting = shape({
  province: Type.String(), id: Type.String(), type: Type.String(),
  payload: Type.Record(Type.String(), Type.Unknown()), at: Type.String(), lane: Type.String(),
});
type Waiting = StoredEvent & { readonly lane: string };

/** Lanes delivered side by side; each holds one connection. More than the processors of a small server gains nothing. */
const lanesAtOnce = 3;

type Delivery = { readonly services: Services; readonly consumers: readonly Consumer[]; readonly clock: () => Date; readonly failed: Map<string, unknown> };

/**
 * Delivers what waits in the outbox until nothing waits. Events of one lane (their province, unless the publisher named another) go
 * one after another, oldest first; lanes go side by side.
 *
 * Each consumer's transaction writes its `consumed` row first: a second delivery of the same event, after a crash or by
 * another worker, finds the row and does nothing. The last consumer's transaction marks the event delivered; a crash before it costs
 * a second look, never a second effect.
 * One event that cannot be delivered does not hold up the others; its error is thrown at the end, so the job is retried.
 *
 * @param lanes how many side by side
 */
export async function deliverEvents(services: Services, consumers: readonly Consumer[], clock: () => Date = () => new Date(), lanes = lanesAtOnce): Promise<number> {
  let delivered = 0;
  const delivery: Delivery = { services, consumers, clock, failed: new Map() };
  for (;;) {
    const waiting = (await services.db.read('system', (tx) => listWaiting(tx))).filter((event) => !delivery.failed.has(event.id));
    if (waiting.length === 0) break;
    const queue = [...Map.groupBy(waiting, (event) => event.lane).values()];
    const before = delivery.failed.size;
    await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, async () => {
      for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) await deliverLane(delivery, lane);
    }));
    delivered += waiting.length - (delivery.failed.size - before);
  }
  const [first] = delivery.failed.values();
  if (first !== undefined) throw first;
  return delivered;
}

const listWaiting = (tx: Tx): Promise<Waiting[]> => tx.rows(Waiting, sql`
  select province, id, type, payload, at, lane from platform.outbox where delivered_at is null order by at, id limit 200`);

/** Neighbours of one kind whose consumers all take them together go together; when that fails, each by itself, so that one does not hold up the others. */
async function deliverLane(delivery: Delivery, events: readonly StoredEvent[]): Promise<void> {
  for (const run of runsOf(events, delivery.consumers)) {
    if (await delivers(delivery, run)) continue;
    if (run.length > 1) for (const event of run) await delivers(delivery, [event]);
  }
}

function runsOf(events: readonly StoredEvent[], consumers: readonly Consumer[]): StoredEvent[][] {
  const together = (type: string): boolean => consumers.every((consumer) => consumer.event !== type || 'consumeTogether' in consumer);
  const runs: StoredEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0]?.type === event.type && together(event.type)) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** @returns false when it failed; the error is kept when it was about one event */
async function delivers({ services, consumers, clock, failed }: Delivery, events: readonly StoredEvent[]): Promise<boolean> {
  const now = nowOf(clock());
  const own = consumers.filter((consumer) => consumer.event === events[0]?.type);
  try {
    if (own.length === 0) await services.db.write('system', (tx) => begin(tx, { consumer: null, events, last: true, now }));
    for (const [index, consumer] of own.entries()) {
      await services.db.write('system', async (tx) => {
        const fresh = await begin(tx, { consumer: consumer.name, events, last: index === own.length - 1, now });
        if (fresh.length === 0) return;
        if ('consumeTogether' in consumer) await consumer.consumeTogether(tx, fresh, now, services);
        else for (const event of fresh) await consumer.consume(tx, event, now, services);
      });
    }
    return true;
  } catch (error) {
    for (const event of events.length === 1 ? events : []) failed.set(event.id, error);
    return false;
  }
}

const Consumed = shape({ eventId: Type.String() });
type Beginning = { readonly consumer: string | null; readonly events: readonly StoredEvent[]; readonly last: boolean; readonly now: Now };
/** Notes in one statement that this consumer has the events, and for the last consumer that they are delivered. @returns those it did not have before */
async function begin(tx: Tx, { consumer, events, last, now }: Beginning): Promise<StoredEvent[]> {
  const fresh = new Set((await tx.rows(Consumed, prepared('platform.begin-events', sql`
    with e as (select * from unnest(${events.map((event) => event.province)}::text[], ${events.map((event) => event.id)}::uuid[]) as e(province, id)),
    first as (
      insert into platform.consumed (province, consumer, event_id, at)
      select province, ${consumer}, id, ${now.at}::timestamptz from e where ${consumer}::text is not null
      on conflict (province, consumer, event_id) do nothing returning event_id),
    marked as (
      update platform.outbox o set delivered_at = ${now.at}::timestamptz from e where ${last} and o.province = e.province and o.id = e.id and o.delivered_at is null)
    select event_id from first`))).map((row) => row.eventId));
  return events.filter((event) => fresh.has(event.id));
}
