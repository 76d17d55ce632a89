import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { prevention } from './module.ts';
import { routes } from './routes.ts';
import type { Drive, Model, Pilot } from './schema.ts';
import { activityPath, addedModel, expectOk, modelBody, month, openSite, people, pilotBody } from './site.test.ts';

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
const records = (who: Who): readonly Where[] => (['commune-leader', 'commune-officer', 'social-worker'].includes(who) ? ['00004'] : who === 'officer of the next commune' ? ['00008'] : []);
const manages = (who: Who): readonly string[] => (who === 'government-office' || who === 'ministry' ? ['00'] : who === 'province-leader' || who === 'province-secretary' ? ['01'] : who === 'leader of another province' ? ['04'] : []);
const within = (who: Who): boolean => sees[who].length > 0;

type World = { readonly site: TestServer; readonly model: Model; readonly own: Model; readonly pilot: Pilot; readonly drive: Drive };
const driveBody = (province: string) => ({ province, nameVi: 'Chiến dịch', nameEn: 'Drive', messageVi: 'Lắng nghe', messageEn: 'Listen', channels: ['meeting'], startsOn: '2026-09-01', endsOn: '2026-12-31' });
async function openWorld(): Promise<World> {
  const site = await openSite();
  const model = await addedModel(site);
  const own = await addedModel(site, people.leader(), { province: '01' });
  const pilot = await expectOk(site.call<Pilot>(people.leader(), 'POST', '/prevention/pilots', pilotBody()));
  const drive = await expectOk(site.call<Drive>(people.ministry('MTTQ'), 'POST', '/prevention/drives', driveBody('00')));
  for (const commune of communes) {
    const by = actorWith(atCommune('commune-officer', provinceOf(commune), commune));
    await expectOk(site.call(by, 'PUT', activityPath(model, '2026-10', provinceOf(commune), commune), month()));
    await expectOk(site.call(by, 'PUT', `/prevention/drives/00/${drive.id}/counts/${provinceOf(commune)}/${commune}/2026-10/meeting`, { version: 0, activities: 1, reached: 10, costVnd: 0 }));
  }
  return { site, model, own, pilot, drive };
}

/** Runs the matrix over HTTP against a world in which one or both layers stand. */
function matrix(name: string, world: () => World): void {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} reads counts of ${sees[who].join(', ') || 'nowhere'} and records at ${records(who).join(', ') || 'nowhere'}`, async () => {
        const { site, model, drive } = world();
        for (const path of [`/prevention/models/00/${model.id}?scope=01`, `/prevention/models/00/${model.id}?scope=04`]) {
          const { body } = await site.call<{ reach?: { communes: number } }>(cast[who], 'GET', path);
          const there = sees[who].filter((commune) => provinceOf(commune) === path.slice(-2));
          assert.equal(body.reach?.communes ?? 0, there.length, path);
        }
        const told = await site.call<{ totals?: { communes: number } }>(cast[who], 'GET', `/prevention/drives/00/${drive.id}?scope=01`);
        assert.equal(told.body.totals?.communes ?? 0, sees[who].filter((commune) => provinceOf(commune) === '01').length);
        for (const commune of communes) {
          const province = provinceOf(commune);
          for (const [path, body] of [
            [activityPath(model, '2026-09', province, commune), month({ version: 7 })], [`/prevention/bases/${province}/${commune}/2026-2027/school`, { version: 7, sites: 1, people: 1 }],
            [`/prevention/drives/00/${drive.id}/counts/${province}/${commune}/2026-09/meeting`, { version: 7, activities: 1, reached: 1, costVnd: 0 }],
          ] as const) {
            const { status } = await site.call(cast[who], 'PUT', path, body);
            assert.equal(status, records(who).includes(commune) ? 409 : 403, `${path}: a right is what is asked first, then the version`);
          }
        }
      });
      test(`R8: ${who} manages ${manages(who).join(', ') || 'nothing'}`, async () => {
        const { site, model, own, pilot } = world();
        for (const province of ['00', '01', '04']) {
          const commune = province === '04' ? [{ province: '04', commune: '01273' }] : [{ province: '01', commune: '00004' }];
          const compared = province === '04' ? [{ province: '04', commune: '01279' }] : [{ province: '01', commune: '00008' }];
          for (const [path, body] of [['/prevention/models', modelBody({ province })], ['/prevention/pilots', pilotBody({ province, areas: commune, comparison: compared })], ['/prevention/drives', driveBody(province)]] as const) {
            const { status } = await site.call(cast[who], 'POST', path, body);
            assert.equal(status === 403, !manages(who).includes(province), `${path} ${province}: ${status}`);
          }
        }
        assert.equal((await site.call(cast[who], 'GET', `/prevention/models/00/${model.id}`)).status === 200, within(who));
        const inside = within(who) && who !== 'leader of another province';
        for (const path of [`/prevention/models/01/${own.id}`, `/prevention/pilots/01/${pilot.id}`]) assert.equal((await site.call(cast[who], 'GET', path)).status === 200, inside, path);
        const moved = await site.call(cast[who], 'POST', `/prevention/pilots/01/${pilot.id}/moves`, { move: 'start', version: 99 });
        assert.equal(moved.status, manages(who).includes('01') ? 409 : moved.status === 404 ? 404 : 403);
        assert.ok(manages(who).includes('01') || [403, 404].includes(moved.status));
      });
    }
  });
}

let both: World;
let policyAlone: World;
before(async () => {
  both = await openWorld();
  policyAlone = await openWorld();
  const owner = new pg.Client({ connectionString: policyAlone.site.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(prevention.tables)) await owner.query(`alter table prevention.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.site.close(); await policyAlone.site.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the policy function alone', () => policyAlone);

describe('R10: with the policy function out of the way, row security alone', () => {
  for (const who of everyone) {
    test(`${who} reads counts of ${sees[who].join(', ') || 'nowhere'} and writes only at its own place`, async () => {
      const { site, model, drive, pilot } = both;
      for (const [table, query] of [['activity', sql`select distinct commune from prevention.activity where model = ${model.id}`], ['drive_count', sql`select distinct commune from prevention.drive_count where drive = ${drive.id}`]] as const) {
        const rows = await site.db.read(cast[who], (tx) => tx.rows(shape({ commune: Type.String() }), query));
        assert.deepEqual(new Set(rows.map((row) => row.commune)), new Set(sees[who]), table);
      }
      for (const commune of communes) {
        const touched = await site.db.write(cast[who], (tx) => tx.run(sql`update prevention.activity set version = version where model = ${model.id} and province = ${provinceOf(commune)} and commune = ${commune}`)).catch(() => 0);
        assert.equal(touched === 1, records(who).includes(commune), commune);
        const added = await site.db.write(cast[who], (tx) => tx.run(sql`
          insert into prevention.base (province, commune, school_year, setting, sites, people, recorded_at) values (${provinceOf(commune)}, ${commune}, ${newId().slice(0, 8)}, 'school', 1, 1, now())`)).catch(() => 0);
        assert.equal(added === 1, records(who).includes(commune), commune);
      }
      for (const province of ['00', '01', '04']) {
        const changed = await site.db.write(cast[who], (tx) => tx.run(sql`
          insert into prevention.replication (province, id, pilot, provinces, directive_province, directive, office, at) values (${province}, ${newId()}, ${pilot.id}, '{}', ${province}, ${newId()}, 'X', now())`)).catch(() => 0);
        assert.equal(changed === 1, manages(who).includes(province), `replication of ${province}`);
      }
      const seen = await site.db.read(cast[who], (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from prevention.pilot where id = ${pilot.id}`));
      assert.equal(seen.n === 1, within(who) && who !== 'leader of another province');
    });
  }
});

describe('doors', () => {
  test('R8: nobody enters without signing in', async () => {
    for (const { contract } of routes) {
      assert.notEqual(contract.who, 'anyone');
      const path = contract.path.replace(/:(province|shard)/g, '01').replace(':commune', '00004').replace(':month', '2026-10').replace(/:[a-z]+/gi, both.model.id);
      assert.equal((await both.site.call(undefined, contract.method, path, contract.method === 'GET' ? undefined : {})).status, 401, contract.path);
    }
  });
  test('R10: every table of the module has row security on and forced, and every view reads as its caller', async () => {
    const loose = await both.site.db.read('system', (tx) => tx.rows(shape({ name: Type.String() }), sql`
      select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('prevention', 'prevention_pub') and ((c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)) or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`));
    assert.deepEqual(loose, []);
  });
});
