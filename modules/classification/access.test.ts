/** Role × step × place of the yearly procedure: with both layers, with row security switched off, with the policy out of the way. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { classification } from './module.ts';
import { procedureRoutes } from './routes/procedure.ts';
import type { AreaCaseMove, AreaCaseRow, CaseView, MoveInput } from './schema.ts';
import { caseAt, castOf, days, Evidence, expectOk, move, open, openSite, people, why } from './site.test.ts';

/** Each holds one grant. 01 and 04 are provinces; 00004 and 00008 communes of 01. */
const cast = {
  'its officer': actorWith(atCommune('commune-officer', '01', '00004')), 'its head': actorWith(atCommune('commune-leader', '01', '00004')), 'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')),
  'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')), 'province-leader': actorWith(atProvince('province-leader', '01')),
  'leader of another province': actorWith(atProvince('province-leader', '04')), 'police of another province': actorWith(atProvince('province-police', '04', 'CA:04')), 'the deciding ministry': actorWith(atNation('ministry', 'BCA')), 'another ministry': actorWith(atNation('ministry', 'BYT')),
  'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'government-office': actorWith(atNation('government-office', 'VPCP')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')), 'auditor of the province': actorWith(atProvince('auditor', '01', 'KTNN')),
  'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')), 'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')), administrator: actorWith({ ...atNation('administrator', 'VPCP'), opensNoContent: true }), oversight: actorWith({ ...atNation('oversight', 'UBTP'), opensNoContent: true }),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

const places = ['commune', 'next commune', 'province', 'other province'] as const;
type Place = (typeof places)[number];
const nation: readonly Place[] = places;
const inProvince: readonly Place[] = ['commune', 'next commune', 'province'];
/** Who reads the case of each place; everything not named is hidden. A commune does not read its neighbour's. */
const sees: Record<Who, readonly Place[]> = {
  'its officer': ['commune'], 'its head': ['commune'], 'officer of the next commune': ['next commune'], 'province-secretary': inProvince, 'province-police': inProvince, 'province-leader': inProvince, 'leader of another province': ['other province'],
  'police of another province': ['other province'], 'the deciding ministry': nation, 'another ministry': nation, 'national-analyst': nation, 'government-office': nation, 'auditor of the nation': nation, 'auditor of the province': inProvince,
  'facility-manager': [], 'social-worker': [], administrator: [], oversight: [],
};
/** Steps of each case in the state it stands in: the commune's is before the council, its neighbour's is being written, the province's is before the ministry, the other one's is published. */
const offices = ['province-secretary', 'province-police', 'province-leader'] as const;
const deciders = ['the deciding ministry', 'national-analyst'] as const;
const steps: Record<Place, Partial<Record<AreaCaseMove, readonly Who[]>>> = {
  commune: { convene: offices, return: offices }, 'next commune': { submit: [] }, province: { convene: deciders, return: deciders },
  'other province': { object: ['leader of another province', 'police of another province', 'the deciding ministry', 'another ministry', 'government-office'], 'answer-objection': ['leader of another province', 'police of another province'] },
};

type World = { readonly site: TestServer; readonly cases: Record<Place, CaseView> };
async function openWorld(): Promise<World> {
  const site = await openSite();
  const commune = await caseAt(site, castOf('01', '00004'), 'submitted', { unit: '00004' });
  const nextCommune = await caseAt(site, castOf('01', '00008'), 'preparing', { unit: '00008' });
  const leader = people.leader();
  const opened = await expectOk(open(site, leader, '01'));
  const written = await expectOk(site.call<CaseView>(leader, 'PUT', `/classification/cases/01/${opened.row.id}/assessment`, { version: opened.row.version, assessment: { status: 'not-key-complex', statement: '', answers: [] } }));
  const province = await expectOk(move(site, leader, written, 'submit'));
  const other = castOf('04', '01273');
  const published = await caseAt(site, other, 'published', { unit: '01273', number: '1/QĐ-UBND' });
  const withObjection = await expectOk(move(site, people.head('04', '01273'), published, 'object', { text: 'Kiến nghị xem lại kết quả của địa bàn.' }));
  site.setClock(days.signing);
  return { site, cases: { commune, 'next commune': nextCommune, province, 'other province': withObjection } };
}

const pathOf = (view: CaseView): string => `/classification/cases/${view.row.province}/${view.row.id}`;

function matrix(name: string, world: () => World): void {
  describe(name, () => {
    for (const who of everyone) {
      test(`R8: ${who} reads the cases of ${sees[who].join(', ') || 'nobody'}, alone and in lists, and their papers`, async () => {
        const { site, cases } = world();
        for (const place of places) {
          for (const path of [pathOf(cases[place]), `${pathOf(cases[place])}/file.pdf`]) {
            const answer = await site.call(cast[who], 'GET', path);
            assert.equal(answer.status === 200, sees[who].includes(place), `${path} of ${place}: ${answer.status}`);
            if (!sees[who].includes(place)) assert.ok([403, 404].includes(answer.status), `${place}: ${answer.status}`);
          }
        }
        const listed = await site.call<{ rows?: AreaCaseRow[]; total?: number }>(cast[who], 'GET', '/classification/cases');
        assert.deepEqual(new Set((listed.body.rows ?? []).map((row) => row.id)), new Set(sees[who].map((place) => cases[place].row.id)));
        assert.equal(listed.body.total ?? 0, sees[who].length);
      });
      test(`R8: ${who} is offered and may take the steps of its posts, and no others`, async () => {
        const { site, cases } = world();
        for (const place of places) {
          const view = await site.call<CaseView>(cast[who], 'GET', pathOf(cases[place]));
          const offered = [...(view.body.moves ?? []), ...(view.body.blocked ?? []).map((one) => one.move)];
          for (const step of Object.keys(steps[place]) as AreaCaseMove[]) { // keys of the table above
            const allowed = steps[place][step]?.includes(who) ?? false;
            assert.equal(offered.includes(step), allowed, `${step} at ${place} is offered`);
            if (allowed) continue;
            const input: MoveInput = { move: step, version: cases[place].row.version, text: why, upheld: true, objection: cases[place].objections[0]?.id ?? cases[place].row.id };
            const answer = await site.call<{ code: string }>(cast[who], 'POST', `${pathOf(cases[place])}/moves`, input);
            assert.ok([403, 404].includes(answer.status), `${step} at ${place}: ${answer.status} ${answer.body.code}`);
            const many = await site.call<{ done?: number }>(cast[who], 'POST', `/classification/cases/${cases[place].row.province}/moves`, { cases: [{ id: cases[place].row.id, version: cases[place].row.version }], input: { move: step, text: why } });
            assert.equal(many.body.done ?? 0, 0, `${step} of many at ${place}`);
          }
        }
      });
      test(`R8: ${who} writes an assessment and keeps a council only at home`, async () => {
        const { site, cases } = world();
        const view = cases['next commune'];
        const written = await site.call<{ code?: string }>(cast[who], 'PUT', `${pathOf(view)}/assessment`, { version: 99, assessment: { status: 'drug-free', statement: '', answers: [] } });
        if (who === 'officer of the next commune') assert.equal(written.body.code, 'case-changed');
        else assert.ok([403, 404].includes(written.status), `${written.status} ${written.body.code}`);
        const council = await site.call<{ code?: string }>(cast[who], 'PUT', '/classification/councils/04', { revision: 99, number: '1/QĐ', decidedOn: '2026-09-01', seats: [{ part: 'chair', office: 'UBND:04', post: 'chu-tich' }, { part: 'member', office: 'CA:04', post: 'giam-doc-cong-an' }, { part: 'member', office: 'UBND:04', post: 'chanh-van-phong' }] });
        if (who === 'leader of another province') assert.equal(council.body.code, 'council-changed');
        else assert.equal(council.status, 403, `${council.status} ${council.body.code}`);
      });
    }
    test('R8: without signing in only the public notices are read', async () => {
      const { site } = world();
      for (const { contract } of procedureRoutes.filter((route) => route.contract.method === 'GET')) {
        const path = contract.path.replace(':province', '04').replace(':period', '2026').replace(':case', world().cases.commune.row.id).replace(':unit', '00004');
        const answer = await site.call(undefined, 'GET', path);
        assert.equal(answer.status, contract.who === 'anyone' ? 200 : 401, path);
      }
    });
  });
}

let both: World;
let withoutRowSecurity: World;
before(async () => {
  const evidence = new Evidence();
  for (const unit of ['00004', '00008', '01273']) evidence.put(unit, 'drug-free');
  evidence.put('01', 'not-key-complex');
  evidence.stand();
  both = await openWorld();
  withoutRowSecurity = await openWorld();
  const owner = new pg.Client({ connectionString: withoutRowSecurity.site.ownerUrl });
  await owner.connect();
  for (const table of Object.keys(classification.tables)) await owner.query(`alter table classification.${table} no force row level security, disable row level security`);
  await owner.end();
});
after(async () => { await both.site.close(); await withoutRowSecurity.site.close(); });

matrix('R10: with both layers', () => both);
matrix('R10: with row security switched off, the code alone', () => withoutRowSecurity);

const Found = shape({ id: Type.String() });
describe('R10: with the code out of the way, row security alone', () => {
  for (const who of everyone) {
    test(`${who} reads rows of ${sees[who].join(', ') || 'nobody'}`, async () => {
      const { site, cases } = both;
      const rows = await site.db.read(cast[who], (tx) => tx.rows(Found, sql`select id from classification.assessed_case`));
      assert.deepEqual(new Set(rows.map((row) => row.id)), new Set(sees[who].map((place) => cases[place].row.id)));
      for (const table of [sql`classification.case_entry`, sql`classification.objection`, sql`classification.signature`, sql`classification.decision`, sql`classification.opinion`]) {
        const found = await site.db.read(cast[who], (tx) => tx.rows(Found, sql`select distinct case_id as id from ${table}`));
        const allowed = new Set(sees[who].map((place) => cases[place].row.id));
        assert.equal(found.every((row) => allowed.has(row.id)), true);
      }
    });
    test(`${who} cannot write about a case that is not its own`, async () => {
      const { site, cases } = both;
      const acts: readonly Place[] = who === 'its officer' || who === 'its head' ? ['commune'] : who === 'officer of the next commune' ? ['next commune'] : (offices as readonly Who[]).includes(who) ? inProvince
        : who === 'leader of another province' || who === 'police of another province' ? ['other province'] : (deciders as readonly Who[]).includes(who) ? ['province'] : [];
      for (const place of places) {
        const { row } = cases[place];
        const signing = site.db.write(cast[who], async (tx) => {
          await tx.run(sql`insert into classification.signature (province, case_id, round, part, account, office, post, digest, at) values (${row.province}, ${row.id}, 7, 'head', ${cast[who].account}, 'x', 'x', 'x', now())`);
          throw new Error('written');
        });
        await assert.rejects(signing, acts.includes(place) ? /written/ : /row-level security/, place);
        if (who === 'its head') continue;
        await assert.rejects(site.db.write(cast[who], (tx) => tx.run(sql`insert into classification.signature (province, case_id, round, part, account, office, post, digest, at) values (${row.province}, ${row.id}, 7, 'head', ${cast['its head'].account}, 'x', 'x', 'x', now())`)), /row-level security/, 'nobody signs for another');
      }
    });
  }
  test('nobody changes or deletes what was said, signed or noted', async () => {
    for (const statement of [sql`delete from classification.signature`, sql`update classification.signature set digest = ''`, sql`delete from classification.case_entry`, sql`update classification.case_entry set text = ''`, sql`delete from classification.decision`, sql`update classification.opinion set note = ''`, sql`delete from classification.status_held`]) {
      await assert.rejects(both.site.db.write('system', (tx) => tx.run(statement)), /permission denied/);
    }
  });
});

describe('E4: small numbers of a commune', () => {
  test('E4: the police and readers above the province see the verdict of a criterion, not the number of people behind it; the commune and the province that approves see both', async () => {
    const { site, cases } = both;
    const valueFor = async (who: Who) => (await expectOk(site.call<CaseView>(cast[who], 'GET', pathOf(cases.commune)))).proposalNow.criteria.find((one) => one.quantity === 'people-using');
    for (const who of ['its officer', 'province-secretary'] as const) assert.deepEqual((await valueFor(who))?.value, { v: 0 });
    for (const who of ['the deciding ministry', 'government-office', 'auditor of the nation', 'province-police'] as const) {
      const seen = await valueFor(who);
      assert.deepEqual([seen?.value, seen?.verdict], [{ suppressed: true }, 'met']);
    }
  });
});
