import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atProvince, type TestServer } from '#platform/testing/test-server.ts';
import { providePrefill } from './index.ts';
import { bodyOf, expectOk, keyOf, openSite, pathOf, people, send, slots } from './site.test.ts';
import type { ApprovalRow, DecisionVerdict, ReturnForm, RevisionRow, ViolationRow } from './schema.ts';

let site: TestServer;
before(async () => {
  site = await openSite();
  // A large protected count, a small one, and a protected one above its limit.
  await expectOk(send(site, people.officer('01', '00008'), keyOf({ unit: '00008' }), bodyOf([[slots.found, 1], [slots.male, 25], [slots.female, 3], [slots.balance, 20]], {
    notes: [{ slot: slots.male, text: 'thêm hai mươi lăm người' }, { slot: slots.found, text: 'một vụ' }],
  })));
});
after(() => site.close());
const key = keyOf({ unit: '00008' });
const hidden = { suppressed: true };
const facility = actorWith(atCommune('facility-manager', '01', '00091', 'SYT:01'));
const form = (by: Actor, of = key) => site.call<ReturnForm>(by, 'GET', pathOf(of));

describe('what a reader above the province is shown of a commune', () => {
  test('E4: every protected box is hidden, large, small or blank, on the form, in the history, at a revision and in every file', async () => {
    const analyst = people.analyst();
    const shown = await expectOk(form(analyst));
    const at = (slot: number) => shown.current[shown.slots.indexOf(slot)];
    assert.deepEqual([at(slots.found), at(slots.male), at(slots.female), at(slots.balance)], [1, hidden, hidden, 20]);
    assert.deepEqual(shown.notes, [{ slot: slots.found, text: 'một vụ' }], 'what was written about a hidden box is hidden too');
    const own = await expectOk(form(people.leader()));
    assert.deepEqual([own.current[own.slots.indexOf(slots.male)], own.notes.length], [25, 2]);
    const history = await expectOk(site.call<{ revisions: RevisionRow[] }>(analyst, 'GET', '/returns/history/01/00008/2026-11/monthly'));
    assert.deepEqual(history.revisions[0]?.changes.filter(({ element }) => element === 'incare').map((one) => one.after), [hidden, hidden]);
    const revision = await expectOk(site.call<{ slots: number[]; values: unknown[]; notes: unknown[] }>(analyst, 'GET', '/returns/revision/01/00008/2026-11/monthly/1'));
    assert.deepEqual([revision.values[revision.slots.indexOf(slots.male)], revision.notes.length], [hidden, 1]);
    for (const sums of ['', '&sums=true']) {
      const file = await site.call<string>(analyst, 'GET', `/returns/export?format=csv&dataSet=monthly&periods=2026-11&node=00008${sums}`);
      assert.equal(file.status, 200);
      assert.doesNotMatch(String(file.body), /incare,[^,]*,[^,]*,"?\d/, `sums ${sums}`);
    }
  });
  test('E4: a broken rule and an unusual value about a protected element show neither side nor what was said about them', async () => {
    const list = async (by: Actor): Promise<ViolationRow[]> => (await expectOk(site.call<{ rows: ViolationRow[] }>(by, 'GET', '/returns/violations?unit=00008'))).rows.filter((row) => row.rule === 'held-of-balance');
    assert.deepEqual((await list(people.leader())).map((row) => [row.value, row.usual]), [[25, 20]]);
    assert.deepEqual((await list(people.analyst())).map((row) => [row.value, row.usual]), [[hidden, hidden]]);
  });
  test('E4: no hash of a content that could be tried out is given to those from whom part of the content is hidden', async () => {
    const decided = await expectOk(site.call<{ items: DecisionVerdict[] }>(people.head('01', '00008'), 'POST', '/returns/decisions', { items: [{ key, rev: 1 }], step: 'head', verdict: 'approve' }));
    assert.match(decided.items[0]?.contentHash ?? '', /^[0-9a-f]{64}$/);
    type Past = { revisions: RevisionRow[]; approvals: ApprovalRow[] };
    const past = (by: Actor) => expectOk(site.call<Past>(by, 'GET', '/returns/history/01/00008/2026-11/monthly'));
    const [whole, part] = [await past(people.leader()), await past(people.analyst())];
    assert.match(whole.revisions[0]?.contentHash ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual([part.revisions[0]?.contentHash, part.approvals[0]?.contentHash, part.approvals[0]?.holds], [null, null, true]);
    assert.deepEqual((await expectOk(form(people.analyst()))).approvals[0]?.contentHash, null);
    assert.equal((await expectOk(site.call<{ contentHash: unknown }>(people.analyst(), 'GET', '/returns/revision/01/00008/2026-11/monthly/1'))).contentHash, null);
    await site.call(people.leader(), 'POST', '/returns/decisions', { items: [{ key, rev: 1 }], step: 'province', verdict: 'approve' });
    const accepted = await expectOk(site.call<{ items: DecisionVerdict[] }>(people.ministry(), 'POST', '/returns/decisions', { items: [{ key, rev: 1 }], step: 'ministry', verdict: 'accept' }));
    assert.deepEqual([accepted.items[0]?.ok, accepted.items[0]?.contentHash], [true, null]);
  });
});

describe('a data set belongs to those who fill it', () => {
  const clinic = actorWith(atProvince('facility-manager', '01', 'SYT:01'));
  const cases = keyOf({ unit: '01', dataSet: 'cases' });
  const plans = keyOf({ unit: '01', dataSet: 'quarterly', period: '2026-Q4' });

  test('R8: the police enter and read their own data set of the province and no other one, nor a commune', async () => {
    const police = people.police();
    await expectOk(send(site, police, cases, bodyOf([[1, 4]])));
    assert.equal((await form(police, cases)).status, 200);
    await expectOk(send(site, people.secretary(), plans, bodyOf([[1, 2]])));
    assert.equal((await form(police, plans)).status, 404);
    assert.deepEqual([(await send(site, police, plans, bodyOf([[1, 9]], { baseRev: 1 }))).body.code, (await form(police)).status], ['not-your-return', 404]);
    const due = await expectOk(site.call<{ own: { dataSet: string }[] }>(police, 'GET', '/returns/due?unit=01&until=2026-11-18'));
    assert.deepEqual([...new Set(due.own.map((cell) => cell.dataSet))], ['cases']);
    const file = await site.call<string>(police, 'GET', '/returns/export?format=csv&dataSet=quarterly&periods=2026-Q4&node=01');
    assert.doesNotMatch(String(file.body), /plans/);
  });
  test('R8: what the police fill is filled by nobody else, and read by the province and the nation', async () => {
    assert.equal((await send(site, people.secretary(), cases, bodyOf([[1, 5]], { baseRev: 1 }), newId())).body.code, 'not-your-return');
    for (const by of [people.leader(), people.analyst()]) assert.equal((await form(by, cases)).status, 200);
  });
  test('R8: the manager of a facility neither reads nor approves a data set that is not its own', async () => {
    for (const each of [cases, plans, key]) assert.equal((await form(clinic, each)).status, 404);
    const { items } = await expectOk(site.call<{ items: DecisionVerdict[] }>(clinic, 'POST', '/returns/decisions', { items: [{ key: cases, rev: 1 }], step: 'head', verdict: 'approve' }));
    assert.equal(items[0]?.problem, 'not-your-return');
  });
});

describe('counting', () => {
  const funded = (unit: string, attribute: string) => keyOf({ unit, dataSet: 'funded', attribute });
  test('a unit counts once whatever its attributes, a period counts from its beginning, and a bad period is told while the others are counted', async () => {
    const by = people.officer('01', '00025');
    for (const attribute of ['male', 'female']) await expectOk(send(site, by, funded('00025', attribute), bodyOf([[1, 5]], { attribute })));
    await expectOk(send(site, people.officer('01', '00070'), funded('00070', 'male'), bodyOf([[1, 5]], { attribute: 'male' })));
    const complete = await expectOk(site.call<{ total: { period: string; expected: number; received: number }[]; left: { period: string; code: string }[] }>(people.analyst(), 'GET', '/returns/completeness?node=01&periods=2026-11,2026-Q4,2027-01,2025-06&dataSet=funded'));
    assert.deepEqual(complete.total.map((one) => [one.period, one.expected, one.received]), [['2025-06', 0, 0], ['2026-11', 126, 2], ['2027-01', 0, 0]]);
    assert.deepEqual(complete.left, [{ period: '2026-Q4', code: 'period-type-wrong' }]);
    const due = await expectOk(site.call<{ below: { dataSet: string; period: string; expected: number; sent: number }[] }>(people.leader(), 'GET', '/returns/due?unit=01&until=2026-11-18'));
    assert.deepEqual(due.below.filter((one) => one.dataSet === 'funded' && one.period === '2026-11').map((one) => [one.expected, one.sent]), [[126, 2]]);
    const many = Array.from({ length: 61 }, (_, i) => `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`).join(',');
    assert.equal((await site.call(people.analyst(), 'GET', `/returns/completeness?node=01&periods=${many}&dataSet=funded`)).body['code'], 'periods-too-many');
    assert.equal((await site.call(people.analyst(), 'GET', `/returns/export?format=csv&node=01&periods=${many}&dataSet=funded`)).body['code'], 'periods-too-many');
    const file = Buffer.from((await site.call<Buffer>(people.analyst(), 'GET', '/returns/export?format=csv&node=01&periods=2026-11,2026-Q4&dataSet=funded')).body).toString('utf8');
    assert.match(file, /2026-Q4,funded,,,,,period-type-wrong/);
    assert.match(file, /00025,[^\r]*,2026-11,funded,spent,,male,5,/);
  });
  test('the police see how many communes sent, as everybody in the province does, and no commune by itself', async () => {
    const read = (by: Actor) => expectOk(site.call<{ total: { received: number }[]; rows: unknown[] }>(by, 'GET', '/returns/completeness?node=01&periods=2026-11&dataSet=funded'));
    const [police, leader] = [await read(people.police()), await read(people.leader())];
    assert.deepEqual([police.total, police.rows.length, leader.rows.length], [leader.total, 0, 126]);
    const due = await expectOk(site.call<{ below: { dataSet: string; period: string; sent: number }[] }>(people.police(), 'GET', '/returns/due?unit=01&until=2026-11-18'));
    assert.deepEqual(due.below.filter((one) => one.dataSet === 'funded' && one.period === '2026-11').map((one) => one.sent), [2]);
    assert.equal((await site.call(people.police(), 'GET', '/returns/completeness?node=04&periods=2026-11&dataSet=funded')).status, 422);
  });
  test('E4: what the recompute found differing is shown with its figures to readers of that unit only', async () => {
    await site.db.write('system', (tx) => tx.run(sql`insert into returns.incident (province, id, found_at, node, period, data_set, attribute, standing, differing, example)
      values ('01', ${newId()}, now(), '01', '2026-11', 'monthly', '', 'reported', 1, '{"slot":1,"kept":2,"recomputed":1}')`));
    const read = async (by: Actor) => { const { open, total, incidents } = await expectOk(site.call<{ open: number; total: number; incidents: { example: unknown }[] }>(by, 'GET', '/returns/self-audit')); return [open, total, incidents[0]?.example]; };
    assert.deepEqual(await read(people.leader()), [1, 1, { slot: 1, kept: 2, recomputed: 1 }]);
    for (const by of [people.leader('04'), people.officer(), facility]) assert.deepEqual(await read(by), [1, 1, null]);
  });
});

test('a figure of a register stands in the form, and another one is taken with the reason only', async () => {
  const key = keyOf({ province: '04', unit: '04', dataSet: 'quarterly', period: '2026-Q4' });
  providePrefill('test-register', async (_, { unit, elements }) => new Map(unit === '04' ? elements.map((id) => [id, 7] as const) : []));
  const by = people.secretary('04');
  assert.deepEqual((await expectOk(form(by, key))).prefill, [{ slot: 1, value: 7, register: 'test-register' }]);
  const other = await send(site, by, key, bodyOf([[1, 9]]));
  assert.deepEqual([other.status, other.body.code, other.body.slot], [422, 'prefill-reason-missing', 1]);
  assert.equal((await send(site, people.secretary('01'), key, bodyOf([[1, 9]]))).body.code, 'not-your-return', 'a stranger is told nothing of the register');
  assert.equal((await expectOk(send(site, by, key, bodyOf([[1, 9]], { prefillReasons: [{ slot: 1, text: 'sổ thiếu hai việc' }] })))).rev, 1);
  assert.equal((await expectOk(send(site, by, key, bodyOf([[1, 10]], { baseRev: 1 })))).rev, 2, 'the reason given stands');
});
