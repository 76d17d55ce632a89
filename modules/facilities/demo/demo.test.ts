import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nowOf } from '#kernel/clock.ts';
import { daysOf } from '#kernel/period.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { provinceCodes } from '#modules/org-units/index.ts';
import { censusOf } from '../index.ts';
import { openSite } from '../site.test.ts';
import { dice, seedOf } from './chance.ts';
import { demonstrationPeriods, seedFacilities } from './seed.ts';

/** Returns that agree with themselves from month to month, some of them missing. */
function returnsOf(periods: readonly string[]): Map<string, Map<string, number>> {
  const made = new Map<string, Map<string, number>>();
  for (const province of provinceCodes().filter((code) => code !== '00')) {
    const u = dice(seedOf(province));
    let [voluntary, compulsory] = [200 + Math.floor(u() * 200), 600 + Math.floor(u() * 700)];
    for (const period of periods) {
      const [inV, inC, own, done, away, died] = [10, 30, 5, 34, 4, 1].map((most) => Math.floor(u() * most) + 3) as [number, number, number, number, number, number]; // six of six
      const out = own + done + away + died;
      const outV = Math.min(out, own + Math.floor(done / 3));
      [voluntary, compulsory] = [voluntary + inV - outV, compulsory + inC - (out - outV)];
      made.set(`${province}/${period}`, new Map([
        ['cho-thiet-ke', 1000], ['can-bo-co-so', 140], ['can-bo-y-te', 30], ['hoc-nghe-co-so', 300], ['dieu-tri-benh-kem', 90], ['co-mat/tu-nguyen', voluntary], ['co-mat/bat-buoc', compulsory], ['vao-co-so/tu-nguyen', inV], ['vao-co-so/bat-buoc', inC],
        ['vao-lan-dau', Math.floor((inV + inC) / 2)], ['ra-co-so/hoan-thanh', done], ['ra-co-so/chuyen-di', away], ['ra-co-so/tu-bo', own], ['ra-co-so/tu-vong', died], ['tu-vong', died], ['tu-vong-ra-soat', died], ['ngay-cho', (inV + inC) * 5],
        ['dang-cho-co-so', 15], ['khieu-nai', 4], ['khieu-nai-den-han', 1 + (periods.indexOf(period) % 3)], ['khieu-nai-dung-han', 1], ['kiem-tra-ngoai', 1],
      ]));
    }
  }
  for (const gone of ['04/' + periods[2], '31/' + periods[1], '96/' + periods[3]]) made.delete(gone);
  return made;
}

let site: TestServer;
before(async () => { site = await openSite(); });
after(async () => { await site.close(); });
const now = nowOf(new Date('2026-11-22T03:00:00.000Z'));

test('the demonstration: 77 public facilities, every day closes and opens with the day before, and the books add up to the returns', async () => {
  const periods = await site.db.read('system', (tx) => demonstrationPeriods(tx, now.today));
  const returns = returnsOf(periods);
  const told = await site.db.write('system', (tx) => seedFacilities(tx, now, (province, period) => returns.get(`${province}/${period}`)));
  const counted = await site.db.read('system', (tx) => tx.one(shape({ publics: Type.Integer(), breaks: Type.Integer(), wrong: Type.Integer() }), sql`
    with chain as (select d.*, lag(voluntary_end) over w as v, lag(compulsory_end) over w as c, lag(day) over w as before, f.book_voluntary, f.book_compulsory
                     from facilities.day d join facilities.facility f on f.province = d.province and f.code = d.facility window w as (partition by d.province, d.facility order by d.day))
    select (select count(*)::int from facilities.facility where ownership = 'public') as publics,
           count(*) filter (where before is not null and day - before <> 1)::int as breaks,
           count(*) filter (where voluntary_end <> coalesce(v, book_voluntary) + voluntary[1] + voluntary[2] - voluntary[3] - voluntary[4] - voluntary[5] - voluntary[6] - voluntary[7]
                               or compulsory_end <> coalesce(c, book_compulsory) + compulsory[1] + compulsory[2] - compulsory[3] - compulsory[4] - compulsory[5] - compulsory[6] - compulsory[7])::int as wrong
      from chain`));
  assert.deepEqual([counted.publics, counted.breaks, counted.wrong], [77, 0, 0]);
  assert.ok(told.days > 8000, `${told.days} days`);
  for (const province of ['01', '04', '31', '79', '96']) for (const period of periods.slice(1)) {
    const figures = returns.get(`${province}/${period}`);
    if (figures === undefined) continue;
    const census = await site.db.read('system', (tx) => censusOf(tx, { province, ...daysOf(period, { startDay: 15 }) }));
    for (const [key, value] of figures) assert.equal(census.get(key), value, `${province} ${period} ${key}`);
  }
});
