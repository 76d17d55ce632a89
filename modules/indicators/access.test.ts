import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { shape, Type } from '#kernel/shape.ts';
import { newId } from '#kernel/id.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import type * as contracts from './schema.ts';
import { routes } from './routes.ts';
import { openSite, send, slots } from './site.test.ts';

/** Who asks, each holding one grant. 01 and 04 are provinces; 00004 and 00008 communes of 01, 01273 one of 04. */
const cast = {
  'government-office': actorWith(atNation('government-office', 'VPCP')), ministry: actorWith(atNation('ministry', 'BCA')), 'national-analyst': actorWith(atNation('national-analyst', 'BCA')), 'auditor of the nation': actorWith(atNation('auditor', 'KTNN')),
  'province-leader': actorWith(atProvince('province-leader', '01')), 'province-secretary': actorWith(atProvince('province-secretary', '01')), 'province-police': actorWith(atProvince('province-police', '01', 'CA:01')),
  'auditor of the province': actorWith(atProvince('auditor', '01', 'KT:01')), 'leader of another province': actorWith(atProvince('province-leader', '04')), 'commune-leader': actorWith(atCommune('commune-leader', '01', '00004')),
  'commune-officer': actorWith(atCommune('commune-officer', '01', '00004')), 'officer of the next commune': actorWith(atCommune('commune-officer', '01', '00008')), 'facility-manager': actorWith(atProvince('facility-manager', '01', 'CSCN:01')),
  'social-worker': actorWith(atCommune('social-worker', '01', '00004', 'TYT:01:00004')), administrator: actorWith({ ...atNation('administrator', 'VPCP'), opensNoContent: true }), oversight: actorWith({ ...atNation('oversight', 'UBTP'), opensNoContent: true }),
} as const satisfies Record<string, Actor>;
type Who = keyof typeof cast;
const everyone = Object.keys(cast) as Who[]; // the keys of the record above

const units = ['00', '01', '04', '00004', '00008'] as const;
/** The policy in words: whose figures each may see. Everything not named is hidden. */
const sees: Record<Who, readonly string[]> = {
  'government-office': units, ministry: units, 'national-analyst': units, 'auditor of the nation': units, 'province-leader': ['01', '00004', '00008'], 'province-secretary': ['01', '00004', '00008'], 'province-police': ['01'],
  'auditor of the province': ['01', '00004', '00008'], 'leader of another province': ['04'], 'commune-leader': ['00004'], 'commune-officer': ['00004'], 'officer of the next commune': ['00008'], 'facility-manager': [], 'social-worker': [],
  administrator: [], oversight: [],
};

let site: TestServer;
before(async () => {
  site = await openSite();
  for (const unit of ['00004', '00008']) await send(site, unit, '2026-11', { [slots.found]: 40, [slots.resolved]: 20, [slots.male]: 30, [slots.female]: 20 });
  await send(site, '01273', '2026-11', { [slots.found]: 10 }, { province: '04' });
});
after(() => site.close());

const status = async (by: Actor, method: string, path: string, body?: unknown): Promise<number> => (await site.call(by, method, path, body)).status;

describe('R8: whose figures each may see', () => {
  for (const who of everyone) {
    test(`${who}: ${sees[who].join(', ') || 'nobody’s'}`, async () => {
      for (const unit of units) {
        const allowed = sees[who].includes(unit);
        const asked: [string, string, unknown?][] = [
          ['GET', `/figures/overview?period=2026-11&unit=${unit}`], ['GET', `/figures/indicator/resolved-share?to=2026-11&unit=${unit}`], ['GET', `/figures/map?element=found&period=2026-11&unit=${unit}`],
          ['GET', `/figures/explain?element=found&period=2026-11&unit=${unit}`], ['GET', `/figures/explain/recipe?element=found&period=2026-11&unit=${unit}`], ['GET', `/figures/quality?period=2026-11&dataSet=monthly&unit=${unit}`],
          ['POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: unit, level: 'self' }, standing: 'reported' }],
          ['POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: '00', level: 'list', list: [unit] }, standing: 'reported' }],
          ['POST', '/figures/pivot/export', { form: 'csv', language: 'vi', query: { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: unit, level: 'self' }, standing: 'reported' } }],
        ];
        for (const [method, path, body] of asked) assert.equal(await status(cast[who], method, path, body), allowed ? 200 : 403, `${method} ${path} ${unit}`);
        // a page for a desk waits for enough returns, which is no matter of rights
        const brief = await status(cast[who], 'GET', `/figures/brief.pdf?period=2026-11&unit=${unit}`);
        assert.ok(allowed ? brief === 200 || brief === 409 : brief === 403, `the brief of ${unit}: ${brief}`);
      }
    });
  }
  test('the police see sums of the province and no list of its communes', async () => {
    const overview = await site.call<contracts.Overview>(cast['province-police'], 'GET', '/figures/overview?period=2026-11');
    assert.deepEqual([overview.body.children, overview.body.tiles.values], [[], []]);
    const explained = await site.call<contracts.Explanation>(cast['province-police'], 'GET', '/figures/explain?element=found&period=2026-11&unit=01');
    assert.deepEqual([explained.body.figure, explained.body.returns, explained.body.children, explained.body.returnsTotal], [{ v: 80 }, [], [], 2]);
  });
});

describe('R10: rights in code never go beyond what row security shows', () => {
  for (const who of everyone) {
    test(who, async () => {
      const rows = await site.db.read(cast[who], (tx) => tx.rows(shape({ unit: Type.String() }), sql`
        select org_unit as unit from returns_pub.packed union select node from returns_pub.roll_up`));
      const shown = new Set(rows.map((row) => row.unit));
      for (const unit of sees[who]) assert.ok(shown.has(unit), `${unit} is answered, though row security hides it`);
    });
  }
});

describe('R8: who may add to figures', () => {
  const judges: Record<string, readonly string[]> = { 'government-office': ['01', '00004'], ministry: ['01', '00004'], 'province-leader': ['00004'] };
  const commits: Record<string, readonly string[]> = { 'government-office': ['01', '04'], 'province-leader': ['01'], 'province-secretary': ['01'], 'leader of another province': ['04'] };
  for (const who of everyone) {
    test(`${who} judges ${judges[who]?.join(', ') ?? 'nobody'} and commits for ${commits[who]?.join(', ') ?? 'nobody'}`, async () => {
      for (const unit of ['01', '00004']) {
        const answer = await status(cast[who], 'POST', '/figures/judgements', { indicator: 'resolved-share', unit, period: '2026-11', step: 'good', reason: 'Số liệu do bão lũ, đã kiểm tra tại chỗ và có biên bản.' });
        if (judges[who]?.includes(unit) !== true) assert.equal(answer, 403, unit); else assert.notEqual(answer, 403, unit);
      }
      for (const unit of ['01', '04']) {
        const answer = await status(cast[who], 'PUT', '/figures/commitments', { unit, target: 'T1', period: '2030', value: 90, basis: 'Nghị quyết thử', baseRevision: 0 });
        if (commits[who]?.includes(unit) !== true) assert.equal(answer, 403, unit); else assert.ok(answer === 200 || answer === 409, `${unit} ${answer}`);
      }
    });
    test(`${who} announces a sample only where it verifies`, async () => {
      const body = { id: newId(), province: '01', dataSet: 'monthly', period: '2026-11', size: 2, elements: ['found'], visitFrom: '2026-11-25' };
      const verifies = ['national-analyst', 'auditor of the nation', 'auditor of the province', 'province-leader', 'province-secretary'].includes(who);
      assert.equal(await status(cast[who], 'POST', '/figures/verification', body), verifies ? 200 : 403);
      assert.equal(await status(cast[who], 'POST', '/figures/verification', { ...body, id: newId(), province: '04' }), ['national-analyst', 'auditor of the nation', 'leader of another province'].includes(who) ? 200 : 403);
    });
  }
  test('nobody may ask without signing in', async () => {
    for (const { contract } of routes) assert.equal((await site.call(undefined, contract.method, contract.path.replace(/:\w+/g, newId()), contract.method === 'GET' ? undefined : {})).status, 401, contract.path);
  });
});

describe('analyses', () => {
  const query = { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: '01', level: 'children' }, standing: 'reported' };
  const body = (shared: boolean, baseRevision = 0) => ({ title: 'Theo xã', note: '', query, drawing: { kind: 'bars', rows: ['unit'], columns: [], sort: null }, shared, baseRevision });
  test('an analysis is its maker’s until it is shared; a link shows each reader what that reader may see', async () => {
    const id = newId();
    assert.equal(await status(cast['province-leader'], 'PUT', `/figures/analyses/${id}`, body(false)), 200);
    assert.equal(await status(cast['national-analyst'], 'GET', `/figures/analyses/${id}`), 404);
    assert.equal(await status(cast['national-analyst'], 'PUT', `/figures/analyses/${id}`, body(true)), 404, 'R13: an id that is taken answers as one that is not there');
    assert.equal(await status(cast['province-leader'], 'PUT', `/figures/analyses/${id}`, body(true, 1)), 200);
    assert.equal(await status(cast['province-leader'], 'PUT', `/figures/analyses/${id}`, body(true, 1)), 409);
    assert.equal(await status(cast['province-leader'], 'PUT', `/figures/analyses/${id}`, { ...body(true, 2), note: 'Gọi 0987 654 321 để hỏi' }), 422, 'E1: the words of an analysis hold no number of a person');
    const seen = await site.call<contracts.Analysis>(cast['leader of another province'], 'GET', `/figures/analyses/${id}`);
    assert.deepEqual([seen.status, seen.body.mine, 'owner' in seen.body], [200, false, false]);
    assert.equal(await status(cast['leader of another province'], 'POST', '/figures/pivot', seen.body.query), 403);
    assert.equal(await status(cast['national-analyst'], 'DELETE', `/figures/analyses/${id}`), 404);
    assert.equal(await status(cast['province-leader'], 'DELETE', `/figures/analyses/${id}`), 200);
  });
});

test('E3: no score, rank or prediction of a person: figures are asked for by the code of a unit, and no field can hold a person', () => {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' && typeof value === 'object' && value !== null) for (const name of Object.keys(value)) names.add(name);
      walk(value);
    }
  };
  for (const { contract } of routes) walk([contract.params, contract.query, contract.body, contract.reply]);
  assert.ok(names.size > 100);
  for (const name of names) assert.doesNotMatch(name, /person|patient|resident|citizen|household|score|rank|risk|birth|fullname|phone|identity|account|user/i, name);
});
