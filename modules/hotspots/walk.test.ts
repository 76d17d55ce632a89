import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addDays } from '#kernel/day.ts';
import { List, Nullable, shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { countsOn } from './index.ts';
import { dice } from './demo/replay.ts';
import { onList } from './rules/life.ts';
import { checkDays, checkResults, movePlace, moves, recordCheck, State, type PlaceView } from './schema.ts';
import { check, expectOk, openSite, pathOf, people, reported, step } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const known = new Set([...Object.keys(movePlace.problems), ...Object.keys(recordCheck.problems), 'not-permitted']);
const communes = ['00004', '00008', '00025', '00097'] as const;

/** One place, and people who try whatever comes to mind on days that go by; a third of them two at once. */
async function wander(seed: string, commune: string): Promise<PlaceView> {
  const u = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(u() * list.length)] as T; // never empty
  const cast = [people.officer(commune), people.officer(commune), people.leader(commune), people.leader(commune), people.police(), people.provinceLeader()];
  let today = '2026-11-18';
  site.setClock(`${today}T03:00:00.000Z`);
  let view = await reported(site, pick(cast.slice(0, 5)), { commune, foundOn: '2026-11-18' });
  for (let n = 0; n < 26; n += 1) {
    today = addDays(today, Math.floor(u() * 12));
    site.setClock(`${today}T03:00:00.000Z`);
    const likely = view.place.checks.length > 0 && u() < 0.6;
    const act = (by: (typeof cast)[number]) => {
      if (likely) return check(site, by, view, { day: pick([0, ...checkDays]), checkedOn: addDays(today, -Math.floor(u() * 3)), result: u() < 0.75 ? 'clean' : pick(checkResults) });
      const move = u() < 0.8 && view.next.length > 0 ? pick(view.next).move : pick(moves);
      const needs = move === 'start' || move === 'resolve' ? { measures: ['regular-patrol' as const] } : move === 'remove' ? { documentNumber: '7/QĐ-UBND', documentDate: today } : move === 'dismiss' ? { reason: 'not-confirmed' as const } : {};
      return step(site, by, view, move === 'dismiss' && u() < 0.8 ? 'verify' : move, move === 'dismiss' ? {} : needs);
    };
    const answers = await Promise.all(u() < 0.33 ? [act(pick(cast)), act(pick(cast))] : [act(pick(cast))]);
    for (const { status, body } of answers) assert.ok(status === 200 || known.has(body.code ?? ''), `${status} ${body.code}`);
    view = await expectOk(site.call<PlaceView>(pick(cast), 'GET', pathOf(view)));
  }
  return view;
}

const Entry = shape({ seq: Type.Integer(), cycle: Type.Integer(), step: Type.String(), fromState: Nullable(State), toState: State, account: Type.String(), onDay: Type.String() });
const Cycle = shape({ cycle: Type.Integer(), reporters: List(Type.String()), resolvers: List(Type.String()), days: List(Nullable(Type.String())) });

test('R16: whatever people try, alone or two at once, the history is one chain, no step is dated before the one before, and nobody judges their own work', async () => {
  const views: PlaceView[] = [];
  for (let n = 0; n < 14; n += 1) views.push(await wander(`walk ${n}`, communes[n % communes.length] ?? '00004'));
  const reached = new Set<string>();
  for (const { place } of views) {
    const [entries, cycles] = await site.db.read('system', async (tx) => [
      await tx.rows(Entry, sql`select seq, cycle, step, from_state, to_state, account, on_day::text as on_day from hotspots.entry where province = ${place.province} and place = ${place.id} order by seq`),
      await tx.rows(Cycle, sql`select cycle, reporters, resolvers, array[opened_on, verified_on, listed_on, started_on, resolved_on, removed_on, watched_on, closed_on, recurred_on]::text[] as days from hotspots.cycle where province = ${place.province} and place = ${place.id} order by cycle`),
    ] as const);
    assert.deepEqual(entries.map(({ seq }) => seq), entries.map((_, i) => i + 1), place.code);
    assert.equal(place.version, entries.length);
    for (const [i, entry] of entries.entries()) {
      reached.add(entry.toState);
      assert.equal(entry.fromState, entries[i - 1]?.toState ?? null, `${place.code} ${entry.seq}`);
      const cycle = cycles.find((one) => one.cycle === entry.cycle) ?? assert.fail('no time through');
      if (['check', 'remove', 'close'].includes(entry.step)) assert.equal(cycle.resolvers.includes(entry.account), false, `${entry.step} by who resolved`);
      if (['list', 'dismiss'].includes(entry.step)) assert.equal(cycle.reporters.includes(entry.account), false, `${entry.step} by who reported`);
    }
    for (const { days } of cycles) {
      const told = days.filter((day) => day !== null);
      assert.deepEqual(told, [...told].sort(), place.code);
    }
    assert.equal(cycles.length, place.recurrences + 1);
    assert.equal(entries.at(-1)?.toState, place.state);
  }
  const left = (await site.db.read('system', (tx) => countsOn(tx, { day: '2029-01-01' }))).reduce((sum, one) => sum + one.left, 0);
  assert.equal(left, views.filter(({ place }) => onList.includes(place.state)).length, 'what counts against a commune is what stands on its list');
  for (const state of ['verified', 'listed', 'resolving', 'resolved', 'removed', 'watched', 'recurred']) assert.ok(reached.has(state), `nobody came to ${state}`);
});
