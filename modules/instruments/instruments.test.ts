import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { nowOf } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { issuedWith } from '../directives/site.test.ts';
import { knownInstruments } from './demo/cases.ts';
import { seedInstruments } from './demo/seed.ts';
import { instruments } from './module.ts';
import { routes } from './routes.ts';
import { standingOf } from './rules/stages.ts';
import type { InstrumentRow } from './schema.ts';
import { body, expectOk, openSite, people, stage, tracked } from './site.test.ts';

let site: TestServer;
let policyAlone: TestServer;
before(async () => {
  site = await openSite();
  policyAlone = await openSite();
  const owner = new pg.Client({ connectionString: policyAlone.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(instruments.tables)) await owner.query(`alter table instruments.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await site.close(); await policyAlone.close(); });
type List = { rows: InstrumentRow[] };

describe('the three known cases replay with their real days', () => {
  const [law, credit, guidance] = knownInstruments;
  test('the credit decision was due for submission by 30/11/2025 and signed on 03/03/2026: at most 93 days late, in force on 01/05/2026', () => {
    assert.ok(credit);
    assert.deepEqual(standingOf(credit, '2025-11-01'), { stage: 'comment', lateDays: null, exact: true, met: false });
    assert.deepEqual(standingOf(credit, '2026-01-15'), { stage: 'comment', lateDays: 46, exact: true, met: false });
    assert.deepEqual(standingOf(credit, '2026-03-03'), { stage: 'passed', lateDays: 93, exact: false, met: true });
    assert.equal(standingOf(credit, '2026-05-01').stage, 'in-force');
  });
  test('the amended law passed on 10/12/2025 and took effect on 01/07/2026; its due day is that of the session', async () => {
    assert.ok(law);
    assert.deepEqual([standingOf(law, '2025-12-09').stage, standingOf(law, '2025-12-10').stage, standingOf(law, '2026-06-30').stage, standingOf(law, '2026-07-01').stage], [null, 'passed', 'passed', 'in-force']);
    await site.db.write('system', (tx) => seedInstruments(tx, nowOf(new Date('2026-11-18T03:00:00Z'))));
    const find = async () => (await expectOk(site.call<List>(people.vpcp(), 'GET', '/instruments'))).rows.find((row) => row.instrument.id === law.id);
    assert.equal((await find())?.standing.lateDays, null);
    await site.db.write('system', (tx) => tx.run(sql`insert into directives.event_day (event, on_day, set_at) values ('NA15-S10', '2025-12-11', now())`));
    const dated = await find();
    assert.deepEqual([dated?.instrument.dueOn, dated?.standing.lateDays, dated?.standing.met], ['2025-12-11', -1, true]);
  });
  test('the guidance on monitoring was issued on 05/12/2025; "soon" is no day, so it is neither late nor early', () => {
    assert.ok(guidance);
    assert.deepEqual(standingOf(guidance, '2025-12-05'), { stage: 'passed', lateDays: null, exact: true, met: true });
  });
});

describe('stages are dated in order', () => {
  test('a product goes from draft to in force, is put right, and each step is in the log', async () => {
    const by = people.ministry();
    let row = await tracked(site, by);
    for (const [name, on, number] of [['draft', '2026-05-01', ''], ['comment', '2026-07-01', ''], ['submitted', '2026-09-15', ''], ['passed', '2026-11-10', '99/2026/NĐ-CP'], ['in-force', '2027-01-01', '99/2026/NĐ-CP']] as const) row = await expectOk(stage(site, by, row, [name, on, number]));
    assert.deepEqual([row.standing.stage, row.standing.lateDays, row.instrument.stages.length], ['passed', 10, 5]);
    row = await expectOk(stage(site, by, row, ['passed', '2026-11-05', '99/2026/NĐ-CP']));
    assert.equal(row.standing.lateDays, 5);
    const logged = await site.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from log.leaf where target = ${row.instrument.id}`));
    assert.equal(logged.n, 7);
  });
  test('a day against the order, a day ahead, no number, in force before it passed, somebody in between', async () => {
    const by = people.ministry();
    let row = await tracked(site, by);
    row = await expectOk(stage(site, by, row, ['comment', '2026-07-01']));
    const refused = async (name: string, on: string, number = 'x'): Promise<[number, string]> => { const answer = await stage(site, by, row, [name, on, number]); return [answer.status, answer.body.code]; };
    assert.deepEqual(await refused('draft', '2026-08-01'), [422, 'instrument-order']);
    assert.deepEqual(await refused('submitted', '2026-06-01'), [422, 'instrument-order']);
    assert.deepEqual(await refused('passed', '2026-12-01'), [422, 'instrument-ahead']);
    assert.deepEqual(await refused('passed', '2026-09-01', ''), [422, 'instrument-number-needed']);
    assert.deepEqual(await refused('in-force', '2026-09-01'), [409, 'instrument-not-passed']);
    const stale = row;
    row = await expectOk(stage(site, by, row, ['passed', '2026-09-01', '1/NĐ-CP']));
    assert.equal((await stage(site, by, stale, ['submitted', '2026-08-01'])).body.code, 'instrument-stale');
    row = await expectOk(stage(site, by, row, ['in-force', '2026-10-01', '1/NĐ-CP']));
    const removal = await site.call<{ code: string }>(by, 'POST', `/instruments/00/${row.instrument.id}/stages/passed/removal`, { version: row.instrument.version });
    assert.deepEqual([removal.status, removal.body.code], [409, 'instrument-not-passed']);
  });
  test('what is tracked has a deadline in some form, an office that exists, and no number of a person', async () => {
    const add = async (changes: Record<string, unknown>) => { const answer = await site.call<{ code: string }>(people.vpcp(), 'POST', '/instruments', body(changes)); return [answer.status, answer.body.code]; };
    assert.deepEqual(await add({ dueOn: null }), [422, 'instrument-due-missing']);
    assert.deepEqual(await add({ leadOffice: 'KHONG-CO' }), [422, 'instrument-office-unknown']);
    assert.deepEqual(await add({ note: 'Liên hệ 0912345678' }), [422, 'instrument-personal']);
  });
  test('a product is tied to the line of a directive it answers, and shows what became of its tasks', async () => {
    const directive = await issuedWith(site, people.vpcp(), [{ person: { offices: ['BCA'], classes: [], post: null, text: '' } }]);
    const [line] = directive.assignments;
    const row = await tracked(site);
    const tie = (assignment: string | undefined) => site.call<InstrumentRow & { code: string }>(people.vpcp(), 'PUT', `/instruments/00/${row.instrument.id}/link`, { version: 1, link: { directiveProvince: '00', directive: directive.id, assignment } });
    assert.equal((await tie(newId())).body.code, 'instrument-line-unknown');
    const tied = await expectOk(tie(line?.id));
    assert.deepEqual([tied.instrument.link?.tasks, tied.instrument.link?.done, tied.instrument.link?.dueOn], [1, 0, '2026-12-31']);
  });
});

const cast = {
  'government-office': actorWith(atNation('government-office')), 'ministry (leading)': actorWith(atNation('ministry', 'BCA')), 'ministry (other)': actorWith(atNation('ministry', 'BTC')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'leader of another province': actorWith(atProvince('province-leader', '04')), 'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')),
  administrator: actorWith({ ...atNation('administrator'), opensNoContent: true }), oversight: actorWith({ ...atNation('oversight', 'UBTP'), opensNoContent: true }),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above
const reads = (who: Who, province: '00' | '01'): boolean => who !== 'administrator' && who !== 'oversight' && (province === '00' || who !== 'leader of another province');
const keeps = (who: Who, province: '00' | '01'): boolean => (province === '00' ? who === 'government-office' || who === 'ministry (leading)' : who === 'province-leader');

for (const [name, world] of [['R10: with both layers', () => site], ['R10: with row security switched off, the policy function alone', () => policyAlone]] as const) {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} reads and keeps what the policy says`, async () => {
        for (const province of ['00', '01'] as const) {
          const row = province === '00' ? await tracked(world()) : await tracked(world(), people.leader(), { province: '01', leadOffice: 'UBND:01' });
          const path = `/instruments/${province}/${row.instrument.id}`;
          assert.equal((await world().call(cast[who], 'GET', path)).status === 200, reads(who, province), path);
          const dated = await stage(world(), cast[who], row, ['draft', '2026-05-01']);
          assert.equal(dated.status === 200, keeps(who, province), `${path}: ${dated.status}`);
          assert.ok([200, 403, 404].includes(dated.status));
          const added = await world().call(cast[who], 'POST', '/instruments', body(province === '00' ? {} : { province: '01', leadOffice: 'UBND:01' }));
          assert.equal(added.status === 200, keeps(who, province), `add ${province}: ${added.status}`);
        }
      });
    }
  });
}

describe('R10: row security alone, and doors', () => {
  for (const who of everyone) {
    test(`${who} writes only what it keeps`, async () => {
      const nation = await tracked(site);
      const own = await tracked(site, people.leader(), { province: '01', leadOffice: 'UBND:01' });
      for (const [province, row] of [['00', nation], ['01', own]] as const) {
        const read = await site.db.read(cast[who], (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from instruments.instrument where id = ${row.instrument.id}`));
        assert.equal(read.n === 1, reads(who, province), province);
        const written = await site.db.write(cast[who], (tx) => tx.run(sql`insert into instruments.stage (province, instrument, stage, on_day, number, source, recorded_at) values (${province}, ${row.instrument.id}, 'draft', '2026-01-01', '', '', now())`)).catch(() => 0);
        assert.equal(written === 1, keeps(who, province), province);
      }
    });
  }
  test('R8: nobody enters without signing in', async () => {
    for (const { contract } of routes) {
      assert.notEqual(contract.who, 'anyone');
      assert.equal((await site.call(undefined, contract.method, contract.path.replace(':province', '00').replace(':stage', 'draft').replace(':instrument', newId()), contract.method === 'GET' ? undefined : {})).status, 401);
    }
  });
});
