import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { hotspots } from './module.ts';
import { routes } from './routes.ts';
import { crew, expectOk, given, openSite, pathOf, people, placeIn, type Crew } from './site.test.ts';
import type { PlaceView } from './schema.ts';

/** Who is asked about, each holding one grant. 01 and 04 are provinces; 00004 and 00008 communes of 01. */
const cast = {
  'government-office': actorWith(atNation('government-office', 'VPCP')), ministry: actorWith(atNation('ministry', 'BCA')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')),
  'auditor of a province': actorWith(atProvince('auditor', '01', 'KTNN')), 'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')),
  'province-police': actorWith(atProvince('province-police', '01', 'CA:01')), 'police of another province': actorWith(atProvince('province-police', '04', 'CA:04')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')),
  'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')), 'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')), 'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')),
  'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')), administrator: actorWith(atNation('administrator', 'VPCP')), oversight: actorWith(atNation('oversight', 'UBTP')),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

type Place = 'here' | 'next' | 'there';
const at = { here: ['01', '00004'], next: ['01', '00008'], there: ['04', ''] } as const;
const places = ['here', 'next', 'there'] as const;
const nobody: readonly Place[] = [];
const ofProvince: readonly Place[] = ['here', 'next'];

/** The policy in words. Everything not named is refused. */
const rights: Record<Who, { readonly reads: readonly Place[]; readonly reports: readonly Place[]; readonly works: readonly Place[]; readonly decides: readonly Place[]; readonly opens: readonly Place[] }> = {
  'government-office': { reads: places, reports: nobody, works: nobody, decides: nobody, opens: nobody }, ministry: { reads: places, reports: nobody, works: nobody, decides: nobody, opens: nobody },
  'national-analyst': { reads: places, reports: nobody, works: nobody, decides: nobody, opens: nobody }, 'auditor of the nation': { reads: places, reports: nobody, works: nobody, decides: nobody, opens: nobody },
  'auditor of a province': { reads: ofProvince, reports: nobody, works: nobody, decides: nobody, opens: nobody }, 'province-leader': { reads: ofProvince, reports: nobody, works: ofProvince, decides: ofProvince, opens: nobody },
  'province-secretary': { reads: ofProvince, reports: nobody, works: nobody, decides: nobody, opens: nobody }, 'province-police': { reads: ofProvince, reports: ofProvince, works: ofProvince, decides: ofProvince, opens: ofProvince },
  'police of another province': { reads: ['there'], reports: ['there'], works: ['there'], decides: ['there'], opens: ['there'] }, 'commune-leader': { reads: ['here'], reports: ['here'], works: ['here'], decides: ['here'], opens: ['here'] },
  'commune-officer': { reads: ['here'], reports: ['here'], works: ['here'], decides: nobody, opens: ['here'] }, 'officer of the next commune': { reads: ['next'], reports: ['next'], works: ['next'], decides: nobody, opens: ['next'] },
  'facility-manager': { reads: nobody, reports: nobody, works: nobody, decides: nobody, opens: nobody }, 'social-worker': { reads: nobody, reports: nobody, works: nobody, decides: nobody, opens: nobody },
  administrator: { reads: nobody, reports: nobody, works: nobody, decides: nobody, opens: nobody }, oversight: { reads: nobody, reports: nobody, works: nobody, decides: nobody, opens: nobody },
};

type World = { readonly site: TestServer; readonly commune: Record<Place, string>; readonly views: Record<Place, PlaceView> };

async function openWorld(): Promise<World> {
  const site = await openSite();
  const tree = await site.db.read('system', async (tx) => (await import('#modules/org-units/index.ts')).getTree(tx, '2026-11-18'));
  const other = tree.provinces.find(({ code }) => code === '04')?.communes[0]?.[0] ?? '';
  const commune = { here: at.here[1], next: at.next[1], there: other };
  const team = (place: Place): Crew => (place === 'here' ? crew() : { reporter: people.police(at[place][0]), leader: people.police(at[place][0]), resolver: people.police(at[place][0]), checker: people.police(at[place][0]) });
  const views = {} as Record<Place, PlaceView>; // filled for each place below
  for (const place of places) {
    views[place] = await placeIn(site, 'listed', team(place), { province: at[place][0], commune: commune[place], exact: { latitudeE5: 2_000_000, longitudeE5: 10_600_000 } });
  }
  return { site, commune, views };
}

/** Runs the whole matrix over HTTP against a world in which one or both layers stand. */
function matrix(name: string, world: () => World): void {
  describe(name, () => {
    for (const who of everyone) {
      const may = rights[who];
      test(`R8: ${who} sees the places of ${may.reads.join(', ') || 'nobody'}, in pages, lists, board, map and figures`, async () => {
        const { site, views } = world();
        for (const place of places) {
          const { status } = await site.call(cast[who], 'GET', pathOf(views[place]));
          assert.ok(may.reads.includes(place) ? status === 200 : status === 403 || status === 404, `${place}: ${status}`);
        }
        const list = await site.call<{ rows?: { id: string }[] }>(cast[who], 'GET', '/hotspots/places?state=listed');
        const seen = new Set((list.body.rows ?? []).map(({ id }) => id));
        for (const place of places) assert.equal(seen.has(views[place].place.id), may.reads.includes(place), place);
        const board = await site.call<{ columns?: { cards: { id: string }[] }[] }>(cast[who], 'GET', '/hotspots/board?cards=50');
        const cards = new Set((board.body.columns ?? []).flatMap((column) => column.cards.map(({ id }) => id)));
        for (const place of places) assert.equal(cards.has(views[place].place.id), may.reads.includes(place), place);
        const map = await site.call<{ areas?: { province: string; commune: string }[] }>(cast[who], 'GET', '/hotspots/map?level=commune');
        const figures = await site.call<{ left?: number }>(cast[who], 'GET', '/hotspots/figures');
        assert.equal((map.body.areas ?? []).length, may.reads.length);
        assert.equal(figures.body.left ?? 0, may.reads.length);
      });
      test(`R8: ${who} reports in ${may.reports.join(', ') || 'no place'}, works in ${may.works.join(', ') || 'none'}, decides in ${may.decides.join(', ') || 'none'}`, async () => {
        const { site, views, commune } = world();
        for (const place of places) {
          const path = pathOf(views[place]);
          // Refused later than at the door where they may: the bodies are wrong on purpose, so that nothing changes.
          const report = await site.call<{ code: string }>(cast[who], 'POST', '/hotspots/places', given({ province: at[place][0], commune: commune[place], foundOn: '2026-11-19' }));
          assert.equal(report.body.code === 'day-in-future', may.reports.includes(place), `report ${place}: ${report.body.code}`);
          const check = await site.call<{ code: string }>(cast[who], 'POST', `${path}/checks`, { day: 30, checkedOn: '2026-11-18', result: 'clean' });
          assert.equal(check.body.code === 'not-watched', may.works.includes(place), `check ${place}: ${check.body.code}`);
          const start = await site.call<{ code: string }>(cast[who], 'POST', `${path}/moves`, { move: 'start', version: views[place].place.version });
          assert.equal(start.body.code === 'measures-missing', may.works.includes(place), `start ${place}: ${start.body.code}`);
          const exact = await site.call(cast[who], 'GET', `${path}/exact-place?purpose=patrol`);
          assert.equal(exact.status === 200, may.opens.includes(place), `exact ${place}: ${exact.status}`);
          const count = await site.call<{ code: string }>(cast[who], 'POST', `${path}/counts`, { documentNumber: '1/KL', documentDate: '2026-11-17', cases: 1, suspects: 0, seizures: [] });
          assert.equal(count.body.code === 'not-resolved', may.works.includes(place), `count ${place}: ${count.body.code}`);
        }
        const { status, body } = await site.call<PlaceView>(cast[who], 'GET', pathOf(views.here));
        if (status === 200) assert.deepEqual([body.mayAct, body.mayOpenExact], [may.works.includes('here'), may.opens.includes('here')]);
      });
      test(`R16: ${who} ${may.decides.includes('here') ? 'decides' : 'does not decide'} on a report of another`, async () => {
        const { site } = world();
        const fresh = await expectOk(site.call<PlaceView>(people.officer(), 'POST', '/hotspots/places', given({ setting: 'park-street' })));
        const answer = await site.call<{ code: string }>(cast[who], 'POST', `${pathOf(fresh)}/moves`, { move: 'dismiss', version: 1 });
        assert.equal(answer.body.code === 'dismissal-reason-missing', may.decides.includes('here'), answer.body.code);
      });
    }
  });
}

let both: World;
let withoutRowSecurity: World;
before(async () => {
  both = await openWorld();
  withoutRowSecurity = await openWorld();
  const owner = new pg.Client({ connectionString: withoutRowSecurity.site.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(hotspots.tables)) await owner.query(`alter table hotspots.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.site.close(); await withoutRowSecurity.site.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the policy function alone', () => withoutRowSecurity);

describe('R10: with the policy function out of the way, row security alone', () => {
  const ids = (tables: string) => ({ text: `select distinct province || '/' || commune as area from hotspots.${tables} where commune = any ($1)`, values: [] as unknown[] });
  for (const who of everyone) {
    test(`${who} reads rows of ${rights[who].reads.join(', ') || 'nobody'}, exact places of ${rights[who].opens.join(', ') || 'nobody'}`, async () => {
      const { site, commune } = both;
      const areas = async (table: string): Promise<Set<unknown>> => new Set((await site.db.read(cast[who], (tx) => tx.arrays({ ...ids(table), values: [Object.values(commune)] }))).map(([area]) => area));
      const of = (list: readonly Place[]): Set<unknown> => new Set(list.map((place) => `${at[place][0]}/${commune[place]}`));
      for (const table of ['place', 'cycle', 'entry']) assert.deepEqual(await areas(table), of(rights[who].reads), table);
      assert.deepEqual(await areas('exact_place'), of(rights[who].opens), 'exact_place');
    });
    test(`${who} writes only rows where it works`, async () => {
      const { site, views } = both;
      for (const place of places) {
        const touched = await site.db.write(cast[who], (tx) => tx.run(sql`update hotspots.place set signs = signs where province = ${at[place][0]} and id = ${views[place].place.id}`)).catch(() => 0);
        assert.equal(touched === 1, rights[who].works.includes(place), place);
        const moved = await site.db.write(cast[who], (tx) => tx.run(sql`update hotspots.exact_place set latitude_e5 = latitude_e5 where province = ${at[place][0]} and place = ${views[place].place.id}`)).catch(() => 0);
        assert.equal(moved === 1, rights[who].opens.includes(place), `exact ${place}`);
      }
      await assert.rejects(site.db.write(cast[who], (tx) => tx.run(sql`
        insert into hotspots.entry (province, place, seq, commune, cycle, at, on_day, step, to_state, account) values ('01', ${views.here.place.id}, 900, '00004', 1, now(), '2026-11-18', 'check', 'closed', '00000000-0000-4000-8000-00000000beef')`)), 'an entry in the name of another account');
      await assert.rejects(site.db.write(cast[who], (tx) => tx.run(sql`delete from hotspots.entry`)), 'history is appended only');
    });
  }
});

describe('doors', () => {
  test('R8: nobody enters without signing in, but for the public counts', async () => {
    assert.deepEqual(routes.filter(({ contract }) => contract.who === 'anyone').map(({ contract }) => contract.path), ['/public/hotspots']);
    for (const { contract } of routes.filter((route) => route.contract.who !== 'anyone')) {
      const path = contract.path.replace(':province', '01').replace(/:[a-z]+/gi, both.views.here.place.id);
      const { status } = await both.site.call(undefined, contract.method, path, contract.method === 'GET' ? undefined : {});
      assert.equal(status, 401, `${contract.method} ${contract.path}`);
    }
  });
  test('R10: every table of the module has row security on and forced, and every view reads as its caller', async () => {
    const loose = await both.site.db.read('system', (tx) => tx.rows(shape({ name: Type.String() }), sql`
      select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('hotspots', 'hotspots_pub') and (c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity) or c.relkind = 'v' and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}')`));
    assert.deepEqual(loose, []);
  });
  test('R13: a hidden place, an absent one and one of another province answer alike', async () => {
    const { site, views } = both;
    const ask = async (path: string): Promise<unknown> => { const { status, body } = await site.call(cast['officer of the next commune'], 'GET', path); return { status, code: body['code'] }; };
    const hidden = await ask(pathOf(views.here));
    assert.deepEqual(await ask('/hotspots/places/01/00000000-0000-4000-8000-000000000000'), hidden);
    assert.deepEqual(await ask(pathOf(views.there)), hidden);
  });
});
