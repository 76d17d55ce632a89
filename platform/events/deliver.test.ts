import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '../db/sql.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';
import { deliverEvents, type Consumer } from './deliver.ts';
import { publish, type Event, type StoredEvent } from './publish.ts';

let server: TestServer;
/** What consumers did, in order: consumer and number of each event. */
let done: string[];
before(async () => { server = await testServer([]); });
after(() => server.close());
beforeEach(() => { done = []; });

const said = (number: number, lane: string, type = 'said'): Event => ({ province: '00', type, payload: { number }, lane });
let minute = 0;
/** Each at a later instant than the one before, so that "oldest first" has one meaning. */
async function tell(...events: readonly Event[]): Promise<void> {
  for (const event of events) {
    minute += 1;
    await server.db.write('system', (tx) => publish(tx, new Date(Date.UTC(2026, 10, 18, 0, minute)).toISOString(), [event]));
  }
}
const deliver = (consumers: readonly Consumer[], lanes?: number): Promise<number> => deliverEvents(server.services, consumers, () => new Date('2026-11-18T03:00:00.000Z'), lanes);
const numberOf = (event: StoredEvent): number => Number(event.payload['number']);
const noting = (name: string, event = 'said'): Consumer => ({ name, event, consume: async (_tx, told) => { done.push(`${name} ${numberOf(told)}`); } });
const waiting = async (): Promise<number> => (await server.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from platform.outbox where delivered_at is null`))).n;

describe('R54: delivering events', () => {
  test('within a lane they go oldest first, whatever runs beside it', async () => {
    await tell(...Array.from({ length: 12 }, (_, i) => said(i, i % 3 === 0 ? 'a' : 'b')));
    assert.equal(await deliver([noting('one')]), 12);
    const order = (lane: readonly number[]) => done.map((line) => Number(line.slice(4))).filter((n) => lane.includes(n));
    assert.deepEqual(order([0, 3, 6, 9]), [0, 3, 6, 9]);
    assert.deepEqual(order([1, 2, 4, 5, 7, 8, 10, 11]), [1, 2, 4, 5, 7, 8, 10, 11]);
    assert.equal(done.length, 12);
    assert.equal(await waiting(), 0);
  });

  test('lanes go side by side: one that waits for the other does not stop it', async () => {
    await tell(said(1, 'first'), said(2, 'second'));
    const second = Promise.withResolvers<void>();
    await deliver([{ name: 'meets', event: 'said', consume: async (_tx, event) => { if (numberOf(event) === 1) await second.promise; else second.resolve(); done.push(String(numberOf(event))); } }]);
    assert.deepEqual([...done].sort(), ['1', '2']);
  });

  test('two deliverers at once: each event has its effect once, in the order of its lane', async () => {
    await tell(...Array.from({ length: 10 }, (_, i) => said(i, 'only')));
    await Promise.all([deliver([noting('one')]), deliver([noting('one')])]);
    assert.deepEqual(done, Array.from({ length: 10 }, (_, i) => `one ${i}`));
  });

  test('one that fails does not hold up the others, says so at the end, and is tried again', async () => {
    await tell(said(1, 'x'), said(2, 'x'), said(3, 'y'));
    let broken = true;
    const consumers: Consumer[] = [noting('one'), { name: 'two', event: 'said', consume: async (_tx, event) => { if (broken && numberOf(event) === 1) throw new Error('not yet'); done.push(`two ${numberOf(event)}`); } }];
    await assert.rejects(deliver(consumers), /not yet/);
    assert.deepEqual([...done].sort(), ['one 1', 'one 2', 'one 3', 'two 2', 'two 3']);
    assert.equal(await waiting(), 1);
    broken = false;
    await deliver(consumers);
    assert.deepEqual([...done].sort(), ['one 1', 'one 2', 'one 3', 'two 1', 'two 2', 'two 3']);
  });

  test('what takes events together gets those of a lane at once, and a bad one among them does not hold up the rest', async () => {
    await tell(...[1, 2, 3].map((n) => said(n, 'sum', 'counted')), said(4, 'else', 'counted'), said(5, 'sum', 'counted'));
    const calls: number[][] = [];
    let bad = 0;
    const together: Consumer = { name: 'sums', event: 'counted', consumeTogether: async (_tx, events) => { const numbers = events.map(numberOf); if (numbers.includes(bad)) throw new Error('bad'); calls.push(numbers); } };
    await deliver([together]);
    assert.deepEqual(calls.sort((a, b) => b.length - a.length), [[1, 2, 3, 5], [4]]);
    calls.length = 0;
    bad = 7;
    await tell(...[6, 7, 8].map((n) => said(n, 'sum', 'counted')));
    await assert.rejects(deliver([together]), /bad/);
    assert.deepEqual(calls, [[6], [8]]);
    bad = 0;
    await deliver([together]);
    assert.deepEqual(calls, [[6], [8], [7]]);
  });

  test('what a failing consumer wrote is gone, and what nobody listens to is done with', async () => {
    const key = "'of a consumer'";
    await tell(said(1, 'x'), said(2, 'y', 'unheard'));
    await assert.rejects(deliver([{ name: 'fails', event: 'said', consume: async (tx) => { await tx.run(sql`insert into platform.setting (key, value) values (${key}, 'true')`); throw new Error('after writing'); } }]), /after writing/);
    assert.equal(await server.db.read('system', (tx) => tx.maybe(shape({ key: Type.String() }), sql`select key from platform.setting where key = ${key}`)), undefined);
    assert.equal(await waiting(), 1);
    await deliver([noting('fails')]);
    assert.equal(await waiting(), 0);
  });
});
