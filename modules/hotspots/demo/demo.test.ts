import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nowOf } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import { daysOf, periodRange } from '#kernel/period.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { getTree } from '#modules/org-units/index.ts';
import { countsOn, figuresOfReturn, flowsOver, pointsOfCommune, seedHotspots, type CommunePoints } from '../index.ts';
import { openSite, people } from '../site.test.ts';
import type { PlaceFigures, PublicPlaces } from '../schema.ts';
import { dice } from './replay.ts';

const now = nowOf(new Date('2026-11-22T03:00:00.000Z'));
const periods = periodRange('2025-12', '2026-11');
const spans = periods.map((period) => ({ period, ...daysOf(period, { startDay: 15 }) })).filter(({ last }) => last < now.today);

/** Returns that agree with themselves from month to month, some of them missing. */
function returnsOf(commune: string): CommunePoints['months'] {
  const u = dice(`returns ${commune}`);
  let [left, watched]: [number, number[]] = [Math.floor(u() * 3), u() < 0.3 ? [Math.floor(u() * 5)] : []];
  return spans.flatMap(({ first, last }) => {
    watched = watched.map((months) => months + 1).filter((months) => months < 6); // the month of removal and the five after it
    const recurred = watched.length > 0 && u() < 0.2 ? 1 : 0;
    const found = recurred + (u() < 0.3 ? 1 + Math.floor(u() * 2) : 0);
    const removed = Math.min(left + found, u() < 0.4 ? 1 + Math.floor(u() * 2) : 0);
    left += found - removed;
    watched = [...watched.slice(0, watched.length - recurred), ...new Array<number>(removed).fill(0)];
    return u() < 0.12 ? [] : [{ first, last, found, removed, recurred, left, watched: watched.length }];
  });
}

let site: TestServer;
let communes: CommunePoints[];
before(async () => {
  site = await openSite();
  site.setClock(now.at);
  const tree = await site.db.read('system', (tx) => getTree(tx, now.today));
  communes = tree.provinces.slice(0, 3).flatMap((province) => province.communes.slice(0, 60).map(([commune]) => ({ province: province.code, commune, months: returnsOf(commune) })));
  await site.db.write('system', (tx) => seedHotspots(tx, now, communes));
});
after(() => site.close());

test('the register says of every month what the return says: found, removed, recurred, left', async () => {
  for (const { first, last, period } of spans) {
    const [flows, left] = await site.db.read('system', async (tx) => [await flowsOver(tx, { from: first, to: last }), await countsOn(tx, { day: last })] as const);
    for (const { commune, months } of communes) {
      const month = months.find((one) => one.first === first);
      if (month === undefined) continue;
      const flow = flows.find((one) => one.commune === commune) ?? { found: 0, removed: 0, recurred: 0 };
      assert.deepEqual([flow.found, flow.removed, flow.recurred, left.find((one) => one.commune === commune)?.left ?? 0], [month.found, month.removed, month.recurred, month.left], `${commune} ${period}`);
    }
  }
});
test('the rows of the return that name this register hold what was reported; a commune without any point is not told to be zero', async () => {
  const told = communes.filter(({ months }) => months.every((month, at) => at === 0 || addDays(months[at - 1]?.last ?? '', 1) === month.first) && months.some((month) => month.found > 0 && month.removed > 0));
  assert.ok(told.length > 20, 'communes that sent every month');
  for (const one of told) for (const { first, last, ...month } of one.months) {
    const figures = await site.db.read('system', (tx) => figuresOfReturn(tx, { ...one, first, last }));
    assert.deepEqual(['diem', 'diem-phat-hien', 'diem-triet-xoa', 'diem-tai-phat', 'diem-theo-doi'].map((element) => figures.get(element)), [month.left, month.found, month.removed, month.recurred, month.watched], `${one.commune} ${last}`);
  }
  const [a, b] = told;
  const { first, last } = spans.at(-1) ?? assert.fail('no month');
  const both = await site.db.read('system', (tx) => figuresOfReturn(tx, { province: a?.province ?? '', commune: a?.commune ?? '', also: [b?.commune ?? ''], first, last }));
  assert.equal(both.get('diem'), (a?.months.at(-1)?.left ?? 0) + (b?.province === a?.province ? b?.months.at(-1)?.left ?? 0 : 0), 'a commune made of two has the points of both');
  assert.equal((await site.db.read('system', (tx) => figuresOfReturn(tx, { province: '01', commune: '99999', first: '2026-10-15', last: '2026-11-14' }))).size, 0);
});
test('every place stands where its days put it: state, history, checks and times through agree', async () => {
  const odd = await site.db.read('system', (tx) => tx.rows(shape({ code: Type.String(), state: Type.String() }), sql`
    select p.code, p.state from hotspots.place p join hotspots.cycle c on c.province = p.province and c.place = p.id and c.cycle = p.cycle
      left join lateral (select e.to_state, e.seq from hotspots.entry e where e.province = p.province and e.place = p.id order by e.seq desc limit 1) last on true
     where last.seq <> p.entry_count or (p.state in ('removed', 'watched', 'closed')) <> (c.removed_on is not null) or p.state = 'closed' and (select count(*) from hotspots.check_made m where m.province = p.province and m.place = p.id and m.cycle = p.cycle) <> 4
        or c.removed_on < c.listed_on or c.recurred_on <= c.removed_on or p.since > '2026-11-22' or p.state <> 'closed' and last.to_state <> p.state and not (p.state = 'recurred' and last.to_state = 'recurred')`));
  assert.deepEqual(odd, []);
  const twice = await site.db.read('system', (tx) => tx.rows(shape({ code: Type.String() }), sql`select code from hotspots.place group by province, code having count(*) > 1`));
  assert.deepEqual(twice, []);
});
test('the figures, the public counts and the points of a commune are made of the same places', async () => {
  const figures = await site.call<PlaceFigures>(people.nation(), 'GET', '/hotspots/figures');
  assert.equal(figures.status, 200);
  assert.ok(figures.body.survival.recurrences > 0 && figures.body.survival.steps.length > 0);
  assert.equal(figures.body.survival.recurrences, figures.body.recurrence.numerator);
  for (const { period, first, last } of spans.slice(-3)) {
    const month = figures.body.months.find((one) => one.period === period);
    const [flows, left] = await site.db.read('system', async (tx) => [await flowsOver(tx, { from: first, to: last }), await countsOn(tx, { day: last })] as const);
    const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
    assert.deepEqual([month?.removed, month?.recurred, month?.left], [sum(flows.map((one) => one.removed)), sum(flows.map((one) => one.recurred)), sum(left.map((one) => one.left))], period);
  }
  const points = await site.db.read('system', (tx) => countsOn(tx, { day: now.today }));
  assert.equal(points.reduce((sum, one) => sum + one.left, 0), figures.body.left);
  const first = points.find((one) => one.left > 0);
  assert.ok(first);
  const listed = await site.db.read('system', (tx) => pointsOfCommune(tx, { province: first.province, commune: first.commune, day: now.today }));
  assert.equal(listed.filter(({ removedOn }) => removedOn === null).length, first.left);
  const shown = await site.call<PublicPlaces>(undefined, 'GET', '/public/hotspots');
  assert.equal(shown.status, 200);
  assert.equal(shown.body.period, '2026-11');
  assert.ok(shown.body.provinces.every((row) => [row.left, row.removed, row.listed, row.recurred].every((count) => count === null || count === 0 || count >= shown.body.threshold)));
});
