/** Role × question × place of what the engine answers, and who may change decrees and routes: with both layers, and with each alone. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { openEngineSite, putYear } from './engine-site.test.ts';
import { verdictRoutes } from './routes/verdicts.ts';
import { decision } from './testing/places.ts';

const cast = {
  'government-office': actorWith(atNation('government-office', 'VPCP')), ministry: actorWith(atNation('ministry', 'BCA')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')),
  'leader of another province': actorWith(atProvince('province-leader', '04')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')), 'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')), 'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')),
  'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')), 'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')), administrator: actorWith({ ...atNation('administrator', 'VPCP'), opensNoContent: true }), oversight: actorWith({ ...atNation('oversight', 'UBTP'), opensNoContent: true }),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

const units = ['00', '01', '04', '00004', '00008'] as const;
const own = ['01', '00004', '00008'];
/** Whose proposals each may see; everything not named is hidden. */
const sees: Record<Who, readonly string[]> = {
  'government-office': units, ministry: units, 'national-analyst': units, 'auditor of the nation': units, 'province-leader': own, 'province-secretary': own, 'province-police': own, 'leader of another province': ['04'], 'commune-leader': ['00004'],
  'commune-officer': ['00004'], 'officer of the next commune': ['00008'], 'facility-manager': [], 'social-worker': [], administrator: [], oversight: [],
};
/** Replaying other thresholds is for those who review and decide. */
const tries: readonly Who[] = ['government-office', 'ministry', 'national-analyst', 'auditor of the nation', 'province-leader', 'province-secretary', 'leader of another province'];

let site: TestServer;
let bare: TestServer;
before(async () => {
  site = await openEngineSite();
  bare = await openEngineSite();
  for (const one of [site, bare]) await putYear(one, '00004');
  const owner = new pg.Client({ connectionString: bare.ownerUrl });
  await owner.connect();
  for (const table of ['decree', 'key_route']) await owner.query(`alter table classification.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await site.close(); await bare.close(); });

const route = (province: string) => ({ id: newId(), kind: province === '00' ? 'inter-provincial' : 'intra-provincial', province, name: 'Tuyến quốc lộ thử', communes: [province === '04' ? '01273' : '00004'], decision: '12/QĐ-UBND', listedOn: '2026-01-02' });
const decreeFrom = (validFrom: string, id: string) => ({ decree: { ...decision, id, number: '99/2027/QĐ-TTg', validFrom, validTo: null } });

for (const [name, world] of [['R10: with both layers', () => site], ['R10: with row security of decrees and routes switched off, the code alone', () => bare]] as const) {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} reads the proposals of ${sees[who].join(', ') || 'nobody'}`, async () => {
        for (const unit of units) {
          const allowed = sees[who].includes(unit);
          const judged = unit !== '00';
          const paths: (readonly [string, number])[] = [[`/classification/verdicts?period=2025&unit=${unit}`, 200], [`/classification/map?period=2025&unit=${unit}`, 200], [`/classification/verdict/${unit}?period=2025`, judged ? 200 : 422], [`/classification/signals?period=2025&unit=${unit}`, 200],
            [`/classification/trajectory?unit=${unit}`, unit.length === 5 ? 422 : 200]];
          for (const [path, status] of paths) assert.equal((await world().call(cast[who], 'GET', path)).status, allowed ? status : 403, path);
          const tried = await world().call(cast[who], 'POST', '/classification/what-if', { unit, periods: ['2025'] });
          assert.equal(tried.status, allowed && tries.includes(who) ? 200 : 403, `what-if ${unit}`);
        }
      });
      test(`R8: ${who} lists routes ${who === 'ministry' ? 'between provinces' : who.includes('leader') && who.includes('province') ? 'of its province' : 'nowhere'} and loads decrees only as the ministry`, async () => {
        for (const province of ['00', '01', '04']) {
          const allowed = (who === 'ministry' && province === '00') || (who === 'province-leader' && province === '01') || (who === 'leader of another province' && province === '04');
          const answer = await world().call<{ code?: string }>(cast[who], 'POST', '/classification/routes', route(province));
          assert.equal(answer.status, allowed ? 200 : 403, `${province}: ${answer.body.code ?? ''}`);
        }
        const refused = await world().call<{ code?: string }>(cast[who], 'POST', '/classification/decrees', decreeFrom('2025-01-01', 'older-decision'));
        assert.deepEqual([refused.status, refused.body.code], who === 'ministry' ? [422, 'decree-before-another'] : [403, refused.body.code]);
      });
    }
    test('R8: nobody reads anything without signing in', async () => {
      for (const { contract } of verdictRoutes) assert.equal((await world().call(undefined, contract.method, contract.path.replace(':unit', '00004').replace(':id', newId()), contract.method === 'GET' ? undefined : {})).status, 401, contract.path);
    });
  });
}

describe('R10: with the code out of the way, row security alone', () => {
  for (const who of everyone) {
    test(`${who} writes decrees and routes only where the office may`, async () => {
      const insert = (province: string): Promise<unknown> => site.db.write(cast[who], async (tx) => {
        await tx.run(sql`insert into classification.key_route (province, id, kind, name, communes, decision, listed_on, office, by) values (${province}, gen_random_uuid(), ${province === '00' ? 'inter-provincial' : 'intra-provincial'}, 'x', '{00004}', 'x', '2026-01-01', 'x', gen_random_uuid())`);
        throw new Error('written');
      });
      for (const province of ['00', '01', '04']) {
        const allowed = (who === 'ministry' && province === '00') || (who === 'province-leader' && province === '01') || (who === 'leader of another province' && province === '04');
        await assert.rejects(insert(province), allowed ? /written/ : /row-level security/, province);
      }
      const load = site.db.write(cast[who], async (tx) => {
        await tx.run(sql`insert into classification.decree (id, number, title, valid_from, criteria, loaded_at, office, by) values ('x-x', 'x', '{}'::jsonb, '2031-01-01', '{}'::jsonb, now(), 'x', gen_random_uuid())`);
        throw new Error('written');
      });
      await assert.rejects(load, who === 'ministry' ? /written/ : /row-level security/);
    });
  }
});

describe('a decree and a route change what is proposed from their day on', () => {
  test('a new decree is in force from its day; overlapping thresholds, a code that is there and an earlier day are refused', async () => {
    const load = (body: unknown) => site.call<{ code?: string; flaws: { code: string }[] }>(cast.ministry, 'POST', '/classification/decrees', body);
    const overlapping = decreeFrom('2027-06-01', 'overlapping');
    const wrong = { decree: { ...overlapping.decree, criteria: { ...decision.criteria, classes: { ...decision.criteria.classes, III: { ...decision.criteria.classes.II, article: '4.3' } } } } };
    assert.deepEqual([(await load(wrong)).body.code, (await load(decreeFrom('2027-06-01', decision.id))).body.code], ['thresholds-refused', 'decree-exists']);
    assert.equal((await load(decreeFrom('2027-06-01', 'decision-of-2027'))).status, 200);
    const { rows } = (await site.call<{ rows: { decree: { id: string; validFrom: string; validTo: string | null }; builtIn: boolean }[] }>(cast['commune-officer'], 'GET', '/classification/decrees')).body;
    assert.deepEqual(rows.map((row) => [row.decree.id, row.decree.validFrom, row.decree.validTo, row.builtIn]), [['decision-28-2025', '2025-08-24', '2027-06-01', true], ['decision-of-2027', '2027-06-01', null, false]]);
  });
  test('a listed route is evidence beside the return; taken off, it is no longer, and its past stays', async () => {
    const asked = route('01');
    await site.call(cast['province-leader'], 'POST', '/classification/routes', asked);
    const shown = async () => (await site.call<{ route: { listed: { v: number }; differ: boolean } }>(cast['province-leader'], 'GET', '/classification/verdict/00004?period=2026')).body.route;
    assert.equal((await shown()).listed.v & 1, 1);
    const off = await site.call<{ delistedOn: string }>(cast['province-leader'], 'POST', `/classification/routes/${asked.id}/delisting`, { province: '01', decision: '40/QĐ-UBND', delistedOn: '2026-01-20' });
    assert.equal(off.body.delistedOn, '2026-01-20');
    assert.equal((await site.call<{ code: string }>(cast['province-leader'], 'POST', `/classification/routes/${asked.id}/delisting`, { province: '01', decision: '41/QĐ-UBND', delistedOn: '2026-01-20' })).body.code, 'route-delisted');
    const elsewhere = await site.call<{ code: string }>(cast['province-leader'], 'POST', '/classification/routes', { ...asked, id: newId(), communes: ['01273'] });
    assert.equal(elsewhere.body.code, 'route-commune-elsewhere');
  });
});
