import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { coverage } from './module.ts';
import { routes } from './routes.ts';
import type { Campaign } from './schema.ts';
import { divided, divisionPath, group, openedCampaign, opening, openSite, people, visit } from './site.test.ts';

/** Who is asked about, each holding one grant. 01 and 04 are provinces; 00004 and 00008 communes of 01, 01273 of 04. */
const cast = {
  'government-office': actorWith(atNation('government-office')), ministry: actorWith(atNation('ministry', 'BCA')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')),
  'leader of another province': actorWith(atProvince('province-leader', '04')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')), 'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')),
  'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')), 'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')),
  'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')), administrator: actorWith({ ...atNation('administrator'), opensNoContent: true }), oversight: actorWith({ ...atNation('oversight', 'UBTP'), opensNoContent: true }),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

type Where = '00004' | '00008' | '01273';
const communes: readonly Where[] = ['00004', '00008', '01273'];
const provinceOf = (commune: Where): string => (commune === '01273' ? '04' : '01');
/** The policy in words. Everything not named is refused. */
const sees: Record<Who, readonly Where[]> = {
  'government-office': communes, ministry: communes, 'national-analyst': communes, 'auditor of the nation': communes, 'province-leader': ['00004', '00008'], 'province-secretary': ['00004', '00008'], 'province-police': ['00004', '00008'],
  'leader of another province': ['01273'], 'commune-leader': ['00004'], 'commune-officer': ['00004'], 'officer of the next commune': ['00008'], 'social-worker': ['00004'], 'facility-manager': [], administrator: [], oversight: [],
};
const divides = (who: Who): readonly Where[] => (['commune-leader', 'commune-officer'].includes(who) ? ['00004'] : who === 'officer of the next commune' ? ['00008'] : []);
const records = (who: Who): readonly Where[] => (who === 'social-worker' ? ['00004'] : divides(who));
const plans = (who: Who): readonly string[] => (who === 'government-office' || who === 'ministry' ? ['00'] : who === 'province-leader' || who === 'province-secretary' ? ['01'] : who === 'leader of another province' ? ['04'] : []);

type World = { readonly site: TestServer; readonly campaign: Campaign; readonly places: Readonly<Record<Where, string>> };
async function openWorld(): Promise<World> {
  const site = await openSite();
  const campaign = await openedCampaign(site);
  const ids: Record<Where, string> = { '00004': '', '00008': '', '01273': '' };
  for (const commune of communes) {
    const by = actorWith(atCommune('commune-officer', provinceOf(commune), commune));
    const path = `/coverage/campaigns/00/${campaign.id}/communes/${provinceOf(commune)}/${commune}`;
    const { body } = await site.call<{ added: string[] }>(by, 'POST', `${path}/places`, { places: [group('Tổ 1')] });
    ids[commune] = body.added[0] ?? '';
  }
  return { site, campaign, places: ids };
}

/** Runs the matrix over HTTP against a world in which one or both layers stand. */
function matrix(name: string, world: () => World): void {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} reads ${sees[who].join(', ') || 'nothing'}, divides ${divides(who).join(', ') || 'nothing'}, records ${records(who).join(', ') || 'nothing'}`, async () => {
        const { site, campaign, places } = world();
        for (const commune of communes) {
          const base = `/coverage/campaigns/00/${campaign.id}/communes/${provinceOf(commune)}/${commune}`;
          const place = `/coverage/places/${provinceOf(commune)}/${places[commune]}`;
          for (const path of [base, `${place}/visits`]) {
            const { status } = await site.call(cast[who], 'GET', path);
            assert.equal(status === 200, sees[who].includes(commune), `${path}: ${status}`);
            if (status !== 200) assert.ok(status === 404 || status === 403, `${path}: ${status}`);
          }
          const add = await site.call(cast[who], 'POST', `${base}/places`, { places: [group(`Tổ ${newId().slice(0, 6)}`)] });
          assert.equal(add.status === 200, divides(who).includes(commune), `divide ${commune}: ${add.status}`);
          const sent = await site.call(cast[who], 'POST', `${place}/visits`, visit());
          assert.equal(sent.status === 200, records(who).includes(commune), `record ${commune}: ${sent.status}`);
          assert.ok([200, 403, 404].includes(add.status) && [200, 403, 404].includes(sent.status));
        }
        const view = await site.call<{ rows?: { province: string; places: number }[]; totals?: { places: number } }>(cast[who], 'GET', `/coverage/campaigns/00/${campaign.id}?by=commune`);
        assert.deepEqual(new Set((view.body.rows ?? []).filter((row) => row.places > 0).map((row) => row.province)), new Set(sees[who].map(provinceOf)));
        assert.equal((view.body.totals?.places ?? 0) > 0, sees[who].length > 0);
      });
      test(`R8: ${who} opens campaigns for ${plans(who).join(', ') || 'nobody'}`, async () => {
        for (const province of ['00', '01', '04']) {
          const { status } = await world().site.call(cast[who], 'POST', '/coverage/campaigns', opening({ province }));
          assert.equal(status === 200, plans(who).includes(province), `${province}: ${status}`);
          assert.ok(status === 200 || status === 403);
        }
      });
    }
    test('R8: a campaign of a province is seen from inside it and from the centre, by nobody else', async () => {
      const { site } = world();
      const own = await openedCampaign(site, people.leader(), { province: '01' });
      for (const who of everyone) {
        const { status } = await site.call(cast[who], 'GET', `/coverage/campaigns/01/${own.id}`);
        assert.equal(status === 200, sees[who].includes('00004') || sees[who].includes('00008'), `${who}: ${status}`);
      }
      const other = await site.call(actorWith(atCommune('commune-officer', '04', '01273')), 'POST', `${divisionPath(own, '01273', '04')}/places`, { places: [group('Tổ 1')] });
      assert.equal(other.status, 404);
    });
  });
}

let both: World;
let policyAlone: World;
before(async () => {
  both = await openWorld();
  policyAlone = await openWorld();
  const owner = new pg.Client({ connectionString: policyAlone.site.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(coverage.tables)) await owner.query(`alter table coverage.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.site.close(); await policyAlone.site.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the policy function alone', () => policyAlone);

describe('R10: with the policy function out of the way, row security alone', () => {
  for (const who of everyone) {
    test(`${who} reads rows of ${sees[who].join(', ') || 'nothing'} and writes only where it divides or records`, async () => {
      const { site, campaign, places } = both;
      const rows = await site.db.read(cast[who], (tx) => tx.rows(shape({ commune: Type.String() }), sql`select distinct commune from coverage.place where campaign = ${campaign.id}`));
      assert.deepEqual(new Set(rows.map((row) => row.commune)), new Set(sees[who]));
      const visits = await site.db.read(cast[who], (tx) => tx.rows(shape({ commune: Type.String() }), sql`select distinct commune from coverage.visit`));
      assert.ok(visits.every((row) => sees[who].some((commune) => commune === row.commune)));
      for (const commune of communes) {
        const province = provinceOf(commune);
        const touched = await site.db.write(cast[who], (tx) => tx.run(sql`update coverage.place set version = version where province = ${province} and id = ${places[commune]}`)).catch(() => 0);
        assert.equal(touched === 1, records(who).includes(commune), commune);
        const added = await site.db.write(cast[who], (tx) => tx.run(sql`
          insert into coverage.place (province, id, campaign, commune, kind, number, name, size) values (${province}, ${newId()}, ${campaign.id}, ${commune}, 'public-place', ${Math.ceil(Math.random() * 1e9)}, '', 1)`)).catch(() => 0);
        assert.equal(added === 1, divides(who).includes(commune), commune);
        await assert.rejects(site.db.write(cast[who], (tx) => tx.run(sql`
          insert into coverage.visit (province, id, place, commune, visited_on, outcome, size_reached, offered, accepted, office, post, recorded_at)
          values (${province}, ${newId()}, ${places[commune]}, ${commune}, '2026-11-10', 'reached', 1, '{0,0,0,0}', '{0,0,0,0}', 'CA:01:00004', 'x', now())`)), 'a visit in the name of an office one does not hold');
      }
      for (const province of ['00', '01', '04']) {
        const closed = await site.db.write(cast[who], (tx) => tx.run(sql`update coverage.campaign set version = version where province = ${province}`)).catch(() => 0);
        assert.equal(closed > 0, plans(who).includes(province), `campaigns of ${province}`);
      }
    });
  }
});

describe('doors', () => {
  test('R8: nobody enters without signing in', async () => {
    for (const { contract } of routes) {
      assert.notEqual(contract.who, 'anyone');
      const path = contract.path.replace(/:(province|shard)/g, '01').replace(':commune', '00004').replace(/:[a-z]+/gi, both.campaign.id);
      assert.equal((await both.site.call(undefined, contract.method, path, contract.method === 'GET' || contract.method === 'DELETE' ? undefined : {})).status, 401, contract.path);
    }
  });
  test('R10: every table of the module has row security on and forced, and every view reads as its caller', async () => {
    const loose = await both.site.db.read('system', (tx) => tx.rows(shape({ name: Type.String() }), sql`
      select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('coverage', 'coverage_pub') and ((c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)) or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`));
    assert.deepEqual(loose, []);
  });
  test('R13: an absent and a hidden place look the same', async () => {
    const { site, places } = both;
    const hidden = await site.call(cast['officer of the next commune'], 'GET', `/coverage/places/01/${places['00004']}/visits`);
    const absent = await site.call(cast['officer of the next commune'], 'GET', '/coverage/places/01/00000000-0000-4000-8000-000000000000/visits');
    assert.deepEqual([hidden.status, hidden.body], [absent.status, absent.body]);
    assert.ok((await divided(site, both.campaign, people.officer(), [group('Tổ 77')])).length > 1);
  });
});
