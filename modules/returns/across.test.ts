import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadProgramme } from '../definitions/index.ts';
import type { ProgrammeFiles } from '../definitions/schema.ts';
import { loadUnits } from '../org-units/load.ts';
import { askAcross } from './actions/across.ts';
import { engineOf } from './actions/engine.ts';
import { bodyOf, expectOk, keyOf, modules, programmeFiles, send, type Refused } from './site.test.ts';
import type { ReturnKey, ViolationRow } from './schema.ts';

/** As `monthly`, beside it: `health` of the same communes, `district` of the province (quarterly), and rules over several of them. */
function files(): ProgrammeFiles {
  const { files: given } = programmeFiles();
  const words = (text: string) => ({ vi: text, en: text });
  const validity = { validFrom: '2025-01-01', validTo: null };
  const of = (kind: string): object[] => given.filter((file) => file.kind === kind).flatMap((file) => file.items as object[]);
  const element = (id: string) => ({ ...of('data-element').find((one) => 'id' in one && one.id === 'found'), id, name: words(id), shortName: words(id) });
  const dataSet = (id: string, elements: readonly string[], more: object) => ({ ...of('data-set').find((one) => 'id' in one && one.id === 'monthly'), id, name: words(id), compulsory: [], sections: [{ id: 's1', name: words('s1'), elements: [...elements], nothingToReport: true }], ...more });
  const rule = (id: string, left: string, operator: string, right: string, more: object = {}) => ({
    id, name: words(id), instruction: words(id), severity: 'soft', periodType: 'month', left: { formula: left, missing: 'never-skip' }, operator, right: { formula: right, missing: 'never-skip' }, ...validity, ...more,
  });
  const provinces = { assignedTo: { levels: ['province'], kinds: [], groups: [], units: [] }, approval: ['head', 'ministry'] };
  const some = { assignedTo: { levels: [], kinds: [], groups: [], units: ['00004', '00008'] }, approval: ['head', 'province'] };
  return { files: [
    ...given.filter(({ kind }) => kind !== 'data-element' && kind !== 'data-set' && kind !== 'rule'),
    { file: 'data-elements.json', kind: 'data-element', items: [...of('data-element'), ...['treated', 'told', 'quarterly-told'].map(element)] },
    { file: 'data-sets.json', kind: 'data-set', items: [
      ...of('data-set'), dataSet('health', ['treated'], some), dataSet('ward', ['told'], provinces), dataSet('quarter', ['quarterly-told'], { ...provinces, periodType: 'quarter' }),
    ] },
    { file: 'rules.json', kind: 'rule', items: [
      rule('treated-were-found', '#{treated}', '<=', '#{found}'), rule('province-tells-the-sum', '#{told}', '==', '#{treated}'), rule('quarter-tells-three-months', '#{quarterly-told}', '==', '#{told}', { periodType: 'quarter' }),
      rule('all-reported', 'R{health.REPORTING_RATE}', '>=', '#{told} * 0 + 100'),
    ] },
  ] };
}

let site: TestServer;
before(async () => {
  site = await testServer(modules, { name: 'rtacross1', fill: async (db) => {
    await loadUnits(db);
    const loaded = await loadProgramme(db, files(), { note: 'thử', by: 'test', on: '2026-11-20' });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts));
  } });
});
after(() => site.close());

const commune = (unit = '00004'): Actor => actorWith(atCommune('commune-officer', '01', unit));
const secretary = (): Actor => actorWith(atProvince('province-secretary', '01'));
const key = (dataSet: string, more: Partial<ReturnKey> = {}): ReturnKey => keyOf({ dataSet, ...more });
const ofProvince = (dataSet: string, period = '2026-11'): ReturnKey => key(dataSet, { unit: '01', period });
const Item = shape({ rule: Type.String(), orgUnit: Type.String(), dataSet: Type.String(), period: Type.String(), state: Type.String(), left: Type.Union([Type.Number(), Type.Null()]), right: Type.Union([Type.Number(), Type.Null()]) });
/** Work items after everything was delivered. */
async function items(unit: string): Promise<unknown[]> {
  await site.deliver();
  const rows = await site.db.read('system', (tx) => tx.rows(Item, sql`select rule, org_unit, data_set, period, state, left_value as left, right_value as right from returns.violation where kind = 'across' and org_unit = ${unit} order by period, rule`));
  return rows.map(({ rule, dataSet, period, state, left, right }) => [rule, dataSet, period, state, left, right]);
}

describe('rules over several returns', () => {
  test('nothing is said while the other return is missing; it is judged when the second comes, whichever that is', async () => {
    assert.equal((await expectOk(send(site, commune(), key('health'), bodyOf([[1, 9]])))).openViolations, 0);
    assert.deepEqual(await items('00004'), []);
    await expectOk(send(site, commune(), keyOf(), bodyOf([[1, 5]]))); // `monthly`, whose rule it is not to hold up
    assert.deepEqual(await items('00004'), [['treated-were-found', 'health', '2026-11', 'open', 9, 5]]);
    await expectOk(send(site, commune('00008'), keyOf({ unit: '00008' }), bodyOf([[1, 2]])));
    assert.deepEqual(await items('00008'), []);
    await expectOk(send(site, commune('00008'), key('health', { unit: '00008' }), bodyOf([[1, 3]])));
    assert.deepEqual(await items('00008'), [['treated-were-found', 'health', '2026-11', 'open', 3, 2]]);
  });
  test('sending the first of them again leaves it open; putting either right closes it', async () => {
    await expectOk(send(site, commune(), key('health'), bodyOf([[1, 8]], { baseRev: 1 })));
    assert.deepEqual(await items('00004'), [['treated-were-found', 'health', '2026-11', 'open', 8, 5]]);
    await expectOk(send(site, commune(), keyOf(), bodyOf([[1, 8]], { baseRev: 1 })));
    assert.deepEqual(await items('00004'), [['treated-were-found', 'health', '2026-11', 'closed', 8, 5]]);
  });
  test('a province is compared with the sum of its communes when all of them have reported, wherever the last return comes', async () => {
    await expectOk(send(site, secretary(), ofProvince('ward'), bodyOf([[1, 10]])));
    assert.deepEqual(await items('01'), [['province-tells-the-sum', 'ward', '2026-11', 'open', 10, 11]]);
    await expectOk(send(site, commune(), key('health'), bodyOf([[1, 7]], { baseRev: 2 })));
    assert.deepEqual(await items('01'), [['province-tells-the-sum', 'ward', '2026-11', 'closed', 10, 11]]);
  });
  test('a month that only one of two communes reported is not compared, and the reporting rate says so', async () => {
    await expectOk(send(site, secretary(), ofProvince('ward', '2026-10'), bodyOf([[1, 4]])));
    await expectOk(send(site, commune(), key('health', { period: '2026-10' }), bodyOf([[1, 1]])));
    assert.deepEqual((await items('01')).filter((one) => (one as string[])[2] === '2026-10'), [['all-reported', 'ward', '2026-10', 'open', 50, 100]]);
    await expectOk(send(site, commune('00008'), key('health', { unit: '00008', period: '2026-10' }), bodyOf([[1, 3]])));
    assert.deepEqual((await items('01')).filter((one) => (one as string[])[2] === '2026-10'), [['all-reported', 'ward', '2026-10', 'closed', 50, 100]]);
  });
  test('a quarter is compared with its three months when all of them have come', async () => {
    site.setClock('2026-12-18T03:00:00.000Z');
    await expectOk(send(site, secretary(), ofProvince('quarter', '2026-Q4'), bodyOf([[1, 15]])));
    assert.deepEqual((await items('01')).filter((one) => (one as string[])[1] === 'quarter'), []);
    await expectOk(send(site, secretary(), ofProvince('ward', '2026-12'), bodyOf([[1, 2]])));
    assert.deepEqual((await items('01')).filter((one) => (one as string[])[1] === 'quarter'), [['quarter-tells-three-months', 'quarter', '2026-Q4', 'open', 15, 16]]);
    site.setClock('2026-11-18T03:00:00.000Z');
  });
  test('an import, which tells nobody of single returns, asks for them', async () => {
    await site.db.write('system', (tx) => tx.run(sql`update returns.violation set state = 'closed' where kind = 'across' and org_unit = '00008'`));
    const keys = [key('health', { unit: '00008' })];
    await site.db.write('system', async (tx) => {
      const on = await engineOf(site.db).forms.on(tx, 'health', '2026-11');
      assert.ok(on.ok);
      await askAcross(tx, [on.value], keys, '2026-11-18T03:00:00.000Z');
    });
    assert.deepEqual(await items('00008'), [['treated-were-found', 'health', '2026-11', 'open', 3, 2]]);
  });
  test('R12: it is listed as work of the unit, with its sides for those who read every return it is about', async () => {
    const list = async (by: Actor): Promise<ViolationRow[]> => (await expectOk(site.call<{ rows: ViolationRow[] } & Refused>(by, 'GET', '/returns/violations?state=open&unit=00008'))).rows;
    assert.deepEqual((await list(commune('00008'))).map(({ kind, rule, value, usual, mayClose }) => [kind, rule, value, usual, mayClose]), [['rule', 'treated-were-found', 3, 2, true]]);
    assert.deepEqual(await list(commune('00004')), []);
  });
  test('the form does not ask the clerk about what stands in another return', async () => {
    const form = await expectOk(site.call<{ rules: { id: string }[] }>(commune(), 'GET', '/returns/form/01/00004/2026-11/health'));
    assert.deepEqual(form.rules, []);
  });
});
