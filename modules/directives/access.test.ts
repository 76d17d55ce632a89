import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { directives } from './module.ts';
import { routes } from './routes.ts';
import { draftWith, expectOk, issuedWith, openSite, people, taskOf } from './site.test.ts';

/** Who is asked about, each holding one grant. 01 and 04 are provinces; 00004 and 00008 communes of 01. */
const cast = {
  'government-office': actorWith(atNation('government-office', 'VPCP')), 'ministry (assigned)': actorWith(atNation('ministry', 'BCA')), 'ministry (coordinating)': actorWith(atNation('ministry', 'BYT')),
  'ministry (other)': actorWith(atNation('ministry', 'BTC')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')),
  'leader of another province': actorWith(atProvince('province-leader', '04')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')), 'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')),
  'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')), 'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')),
  'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')), administrator: actorWith(atNation('administrator', 'VPCP')), oversight: actorWith(atNation('oversight', 'UBTP')),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

type Place = 'agency' | 'province' | 'commune' | 'next commune' | 'other province';
const holders: Record<Place, { office: string; province: string }> = {
  agency: { office: 'BCA', province: '00' }, province: { office: 'UBND:01', province: '01' }, commune: { office: 'UBND:01:00004', province: '01' }, 'next commune': { office: 'UBND:01:00008', province: '01' },
  'other province': { office: 'UBND:04', province: '04' },
};
const places = Object.keys(holders) as Place[]; // the keys of the record above

/** The policy in words: who sees the task held at each place. Everything not named is hidden. */
const sees: Record<Who, readonly Place[]> = {
  'government-office': places, 'national-analyst': places, 'auditor of the nation': places, 'ministry (assigned)': ['agency'], 'ministry (coordinating)': places, 'ministry (other)': ['agency'],
  'province-leader': ['province', 'commune', 'next commune'], 'province-secretary': ['province', 'commune', 'next commune'], 'province-police': ['province', 'commune', 'next commune'],
  'leader of another province': ['other province'], 'commune-leader': ['commune'], 'commune-officer': ['commune'], 'officer of the next commune': ['next commune'], 'facility-manager': [], 'social-worker': [],
  administrator: [], oversight: [],
};
/** Who may acknowledge (holder) and who may withdraw (above) the task at each place. */
const acts: Record<Who, readonly Place[]> = {
  'government-office': [], 'national-analyst': [], 'auditor of the nation': [], 'ministry (assigned)': ['agency'], 'ministry (coordinating)': [], 'ministry (other)': [], 'province-leader': ['province'],
  'province-secretary': ['province'], 'province-police': [], 'leader of another province': ['other province'], 'commune-leader': ['commune'], 'commune-officer': ['commune'],
  'officer of the next commune': ['next commune'], 'facility-manager': [], 'social-worker': [], administrator: [], oversight: [],
};
const decides: Record<Who, readonly Place[]> = {
  ...Object.fromEntries(everyone.map((who) => [who, []])) as unknown as Record<Who, readonly Place[]>, // nobody, but for those below
  'government-office': places, 'province-leader': ['commune', 'next commune'], 'province-secretary': ['commune', 'next commune'],
};

type World = { readonly site: TestServer; readonly directive: string; readonly draft: string; readonly tasks: Record<Place, string> };

async function openWorld(): Promise<World> {
  const site = await openSite();
  const office = people.vpcp();
  const issued = await issuedWith(site, office, [{ person: { offices: ['BCA', 'UBND:04'], classes: [{ officeClass: 'UBND-TINH', provinces: ['01'] }, { officeClass: 'UBND-XA', communes: ['00004', '00008'] }], post: null, text: '' }, responsibility: { roles: ['lead'], coordinating: ['BYT'], text: '' } }]);
  const draft = await draftWith(site, office, [{}]);
  const ids = await Promise.all(places.map(async (place) => [place, (await taskOf(site, office, issued.id, holders[place].office)).task.id] as const));
  return { site, directive: issued.id, draft: draft.id, tasks: Object.fromEntries(ids) as Record<Place, string> }; // one for each place
}

/** Runs the whole matrix over HTTP against a world in which one or both layers stand. */
function matrix(name: string, world: () => World): void {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} sees the tasks of ${sees[who].join(', ') || 'nobody'}`, async () => {
        const { site, tasks, directive } = world();
        for (const place of places) {
          const allowed = sees[who].includes(place);
          const one = await site.call(cast[who], 'GET', `/tasks/${holders[place].province}/${tasks[place]}`);
          assert.equal(one.status === 200, allowed, `${place}: ${one.status}`);
          if (!allowed) assert.ok(one.status === 404 || one.status === 403, `${place}: ${one.status}`);
        }
        const page = await site.call<{ rows?: { id: string }[] }>(cast[who], 'GET', `/tasks?directive=${directive}`);
        assert.deepEqual(new Set((page.body.rows ?? []).map((row) => row.id)), new Set(sees[who].map((place) => tasks[place])));
      });
      test(`R8: ${who} acts for ${acts[who].join(', ') || 'nobody'} and decides over ${decides[who].join(', ') || 'nobody'}`, async () => {
        const { site, tasks } = world();
        for (const place of places) {
          const path = `/tasks/${holders[place].province}/${tasks[place]}`;
          const view = await site.call<{ moves?: string[] }>(cast[who], 'GET', path);
          assert.equal(view.body.moves?.includes('acknowledge') ?? false, acts[who].includes(place), `acknowledge at ${place}`);
          assert.equal(view.body.moves?.includes('withdraw') ?? false, decides[who].includes(place), `withdraw at ${place}`);
          for (const [move, table] of [['acknowledge', acts], ['withdraw', decides]] as const) {
            if (table[who].includes(place)) continue;
            const answer = await site.call<{ code: string }>(cast[who], 'POST', `${path}/moves`, { move, version: 1, text: 'thử' });
            assert.ok([403, 404].includes(answer.status), `${move} at ${place}: ${answer.status} ${answer.body.code}`);
          }
        }
      });
      test(`R8: ${who} sees a draft only at its issuer's office, and the issued directive where it has come`, async () => {
        const { site, draft, directive } = world();
        assert.equal((await site.call(cast[who], 'GET', `/directives/00/${draft}`)).status === 200, who === 'government-office');
        const issuing = await site.call(cast[who], 'POST', `/directives/00/${draft}/issue`, { version: 999 });
        assert.equal(issuing.status, who === 'government-office' ? 409 : who.startsWith('ministry') || who.endsWith('leader') && who.startsWith('province') || who === 'leader of another province' ? 404 : 403);
        const [nation, here, there] = await Promise.all(['00', '01', '04'].map(async (province) => (await site.call(cast[who], 'GET', `/directives/${province}/${directive}`)).status === 200));
        const central = ['government-office', 'national-analyst', 'auditor of the nation', 'ministry (coordinating)'].includes(who);
        assert.deepEqual([nation, here, there], [central || who.startsWith('ministry'), central || sees[who].some((place) => ['province', 'commune', 'next commune'].includes(place)), central || sees[who].includes('other province')]);
        const vectors = await site.call<{ rows?: unknown[]; columns?: { province: string }[] }>(cast[who], 'GET', `/task-matrix?directive=${directive}`);
        const wide = ['government-office', 'national-analyst', 'auditor of the nation'].includes(who) || who.startsWith('province-');
        assert.equal(vectors.body.rows?.length ?? 0, wide ? 1 : 0, 'no cells of neighbours for a commune');
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
  for (const table of Object.keys(directives.tables)) await owner.query(`alter table directives.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.site.close(); await withoutRowSecurity.site.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the policy function alone', () => withoutRowSecurity);

describe('R10: with the policy function out of the way, row security alone', () => {
  for (const who of everyone) {
    test(`${who} reads rows of ${sees[who].join(', ') || 'nobody'}`, async () => {
      const { site, tasks, directive } = both;
      const rows = await site.db.read(cast[who], (tx) => tx.rows(shape({ id: Type.String() }), sql`select id from directives.task where directive = ${directive}`));
      assert.deepEqual(new Set(rows.map((row) => row.id)), new Set(sees[who].map((place) => tasks[place])));
      const drafts = await site.db.read(cast[who], (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from directives.directive where state = 'drafting'`));
      assert.equal(drafts.n > 0, who === 'government-office');
      const cells = await site.db.read(cast[who], (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from directives.vector`));
      assert.equal(cells.n > 0, ['government-office', 'national-analyst', 'auditor of the nation', 'province-leader', 'province-secretary', 'province-police'].includes(who));
    });
    test(`${who} writes only rows it acts for or stands above`, async () => {
      const { site, tasks } = both;
      for (const place of places) {
        const touched = await site.db.write(cast[who], async (tx) => tx.run(sql`update directives.task set percent = percent where province = ${holders[place].province} and id = ${tasks[place]}`)).catch(() => 0);
        const province = ['province-leader', 'province-secretary'].includes(who) && ['province', 'commune', 'next commune'].includes(place);
        const may = acts[who].includes(place) || decides[who].includes(place) || province || (who === 'leader of another province' && place === 'other province');
        assert.equal(touched === 1, may, place);
      }
      const forged = site.db.write(cast[who], (tx) => tx.run(sql`
        insert into directives.entry (province, task, seq, at, account, kind) values ('01', ${tasks.commune}, 900, now(), '00000000-0000-4000-8000-00000000beef', 'comment')`));
      await assert.rejects(forged, 'an entry in the name of another account');
      await assert.rejects(site.db.write(cast[who], (tx) => tx.run(sql`insert into directives.notice (province, id, office, key, kind, at) values ('01', gen_random_uuid(), 'UBND:01', 'x', 'issued', now())`)), 'a notice by hand');
    });
  }
});

describe('doors', () => {
  test('R8: nobody enters without signing in, but for the calendar whose address is its key', async () => {
    assert.deepEqual(routes.filter((route) => route.contract.who === 'anyone').map((route) => route.contract.path), ['/calendar-feed/:token']);
    for (const { contract } of routes.filter((route) => route.contract.who !== 'anyone')) {
      const path = contract.path.replace(':province', '01').replace(':year', '2026').replace(/:[a-z]+/gi, both.directive);
      assert.equal((await both.site.call(undefined, contract.method, path, contract.method === 'GET' || contract.method === 'DELETE' ? undefined : {})).status, 401, `${contract.method} ${contract.path}`);
    }
  });
  test('R10: every table of the module has row security on and forced, and every view reads as its caller', async () => {
    const loose = await both.site.db.read('system', (tx) => tx.rows(shape({ name: Type.String() }), sql`
      select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('directives', 'directives_pub') and ((c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)) or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`));
    assert.deepEqual(loose, []);
  });
  test('R13: an absent, a hidden and a malformed task look the same to who may not see them', async () => {
    const hidden = await both.site.call(cast['officer of the next commune'], 'GET', `/tasks/01/${both.tasks.commune}`);
    const absent = await both.site.call(cast['officer of the next commune'], 'GET', '/tasks/01/00000000-0000-4000-8000-000000000000');
    assert.deepEqual([hidden.status, hidden.body], [absent.status, absent.body]);
  });
  test('a ministry issues to provinces but not to another ministry; a leader within the province only', async () => {
    const { site } = both;
    for (const [by, person, code] of [
      [people.ministry('BCA'), { offices: ['BYT'], classes: [], post: null, text: '' }, 'authority-lacking'], [people.leader('04'), { offices: [], classes: [{ officeClass: 'UBND-TINH' }], post: null, text: '' }, undefined],
    ] as const) {
      const draft = await draftWith(site, by, [{ person: { ...person, offices: [...person.offices], classes: [...person.classes] } }]);
      const answer = await site.call<{ code?: string }>(by, 'POST', `/directives/${draft.province}/${draft.id}/issue`, { version: draft.version });
      assert.equal(answer.body.code, code);
    }
    await site.deliver();
    const reached = await expectOk(site.call<{ rows: { province: string }[] }>(people.vpcp(), 'GET', '/directives?province=04'));
    assert.ok(reached.rows.length >= 1);
    const secretary = await draftWith(site, people.secretary('04'), [{ person: { offices: ['UBND:04'], classes: [], post: null, text: '' } }]);
    assert.equal((await site.call(people.secretary('04'), 'POST', `/directives/04/${secretary.id}/issue`, { version: secretary.version })).status, 403);
  });
});
