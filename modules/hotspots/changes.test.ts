import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { nowOf } from '#kernel/clock.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { followPlaces } from './actions/changes.ts';
import { changedSince, countsOn, versionOf } from './index.ts';
import type { PlaceChange } from './schema.ts';
import { crew, expectOk, openSite, people, placeIn, reported, step } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

/** Subscribes as an actor; `next` is the next message. */
function follow(actor: Actor): { next(): Promise<PlaceChange>; readonly heard: PlaceChange[]; stop(): void } {
  const heard: PlaceChange[] = [];
  let waiting: ((message: PlaceChange) => void) | undefined;
  const stream = followPlaces({ actor, services: site.services } as Parameters<typeof followPlaces>[0]); // the part of a context that a feed reads
  const stop = stream.subscribe((message) => { heard.push(message); waiting?.(message); waiting = undefined; });
  return { heard, stop, next: () => new Promise((resolve) => { waiting = resolve; }) };
}

describe('changes', () => {
  test('R8: a screen hears of places its reader may see, and of no others', async () => {
    const [police, officer, stranger] = [people.police(), people.officer('00004'), people.officer('00008')];
    const [all, own, none] = [follow(police), follow(officer), follow(stranger)];
    // The connection that listens opens by itself: places are told until the first is heard.
    const heard = own.next();
    let told = false;
    void heard.then(() => { told = true; });
    while (!told) { await reported(site, officer); await new Promise((resolve) => { setTimeout(resolve, 20); }); }
    const last = all.next();
    const view = await reported(site, officer, { setting: 'market' });
    assert.ok((await last).communes.includes('00004'));
    assert.deepEqual((await heard).communes, ['00004']);
    assert.ok(all.heard.some((one) => one.places.length > 0) && view.place.id !== '');
    assert.deepEqual(none.heard, []);
    for (const one of [all, own, none]) one.stop();
  });
  test('each step raises the version of its province, names the commune that changed and is an event in the same commit', async () => {
    const by = crew();
    const ask = () => site.db.read('system', async (tx) => (await versionOf(tx)).get('01') ?? 0);
    const view = await placeIn(site, 'verified', by);
    const before = await ask();
    await expectOk(step(site, by.leader, view, 'list'));
    assert.equal(await ask(), before + 1);
    const [communes, counts, events] = await site.db.read('system', async (tx) => [
      await changedSince(tx, '01', before), await countsOn(tx, { province: '01', day: '2026-11-18' }),
      await tx.rows(shape({ payload: Type.Record(Type.String(), Type.Unknown()) }), sql`select payload from platform.outbox where type = 'hotspots.changed' and payload ->> 'place' = ${view.place.id} order by (payload ->> 'version')::int desc limit 1`),
    ] as const);
    assert.deepEqual(communes, [{ province: '01', commune: '00004' }]);
    assert.deepEqual(counts.map(({ commune, left }) => [commune, left]), [['00004', 1]]);
    assert.deepEqual(events[0]?.payload, { place: view.place.id, commune: '00004', kind: 'point', state: 'listed', step: 'list', cycle: 1, version: before + 1 });
  });
  test('a refused step leaves nothing: no version, no event, no entry', async () => {
    const by = crew();
    const view = await placeIn(site, 'verified', by);
    const count = () => site.db.read('system', (tx) => tx.one(shape({ version: Type.Number(), events: Type.Integer(), entries: Type.Integer(), leaves: Type.Integer() }), sql`
      select (select version from hotspots.version where province = '01') as version, (select count(*)::int from platform.outbox) as events, (select count(*)::int from hotspots.entry) as entries, (select count(*)::int from log.leaf) as leaves`));
    const before = await count();
    assert.equal((await step(site, by.reporter, view, 'list')).status, 403);
    assert.deepEqual(await count(), before);
  });
  test('R25: every write has its leaf in the log, with codes only', async () => {
    const by = crew();
    const view = await placeIn(site, 'watched', by, { setting: 'boundary' });
    const leaves = await site.db.read('system', (tx) => tx.rows(shape({ action: Type.String() }), sql`select action from log.leaf where target = ${view.place.id} order by at, action`));
    assert.deepEqual(leaves.map(({ action }) => action).sort(), ['hotspots.step-list', 'hotspots.step-remove', 'hotspots.step-report', 'hotspots.step-resolve', 'hotspots.step-start', 'hotspots.step-verify', 'hotspots.step-watch']);
    assert.equal(nowOf(new Date(view.place.updatedAt)).today, '2026-11-18');
  });
});
