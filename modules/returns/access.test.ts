import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { actorWith, atCommune, atNation, type TestServer } from '#platform/testing/test-server.ts';
import type { Actor } from '#kernel/actor.ts';
import { readPacked } from './index.ts';
import { bodyOf, expectOk, keyOf, openSite, pathOf, people, send, slots } from './site.test.ts';
import type { DecisionVerdict, QueueRow, ReturnForm, ReturnKey, Step, Verdict } from './schema.ts';

let site: TestServer;
const officer = people.officer();
const key = keyOf();
before(async () => {
  site = await openSite();
  await expectOk(send(site, officer, key, bodyOf([[slots.found, 12], [slots.resolved, 3], [slots.male, 7], [slots.female, 30]])));
});
after(() => site.close());

const decide = async (by: Actor, items: readonly { key: ReturnKey; rev: number }[], step: Step, verdict: Verdict, more: Record<string, unknown> = {}) =>
  (await site.call<{ items: DecisionVerdict[] }>(by, 'POST', '/returns/decisions', { items, step, verdict, ...more })).body;

const cast: Readonly<Record<string, { actor: () => Actor; sees: 'whole' | 'hidden' | 'nothing'; enters: boolean }>> = {
  'its officer': { actor: () => people.officer(), sees: 'whole', enters: true },
  'its leader': { actor: () => people.head(), sees: 'whole', enters: true },
  'officer of the next commune': { actor: () => people.officer('01', '00008'), sees: 'nothing', enters: false },
  'its province': { actor: () => people.secretary(), sees: 'whole', enters: false },
  'another province': { actor: () => people.leader('04'), sees: 'nothing', enters: false },
  'police of its province': { actor: () => people.police(), sees: 'nothing', enters: false },
  ministry: { actor: () => people.ministry(), sees: 'hidden', enters: false },
  'national analyst': { actor: () => people.analyst(), sees: 'hidden', enters: false },
  'government office': { actor: () => actorWith(atNation('government-office')), sees: 'hidden', enters: false },
  auditor: { actor: () => actorWith(atNation('auditor')), sees: 'hidden', enters: false },
  administrator: { actor: () => actorWith({ ...atNation('administrator'), opensNoContent: true }), sees: 'nothing', enters: false },
  oversight: { actor: () => actorWith({ ...atNation('oversight'), opensNoContent: true }), sees: 'nothing', enters: false },
  'social worker': { actor: () => actorWith(atCommune('social-worker', '01', '00004')), sees: 'nothing', enters: false },
};

function matrix(title: string, world: () => TestServer): void {
  describe(title, () => {
    for (const [who, { actor, sees, enters }] of Object.entries(cast)) {
      test(`R8, E4: ${who} sees ${sees} of a commune's return and ${enters ? 'enters' : 'does not enter'} it`, async () => {
        const by = actor();
        const answer = await world().call<ReturnForm>(by, 'GET', pathOf(key));
        if (sees === 'nothing') assert.ok([403, 404].includes(answer.status), String(answer.status));
        else {
          const male = answer.body.current[answer.body.slots.indexOf(slots.male)];
          const female = answer.body.current[answer.body.slots.indexOf(slots.female)];
          assert.deepEqual([male, female], sees === 'whole' ? [7, 30] : [{ suppressed: true }, { suppressed: true }], 'a hidden part is not given back by the other one');
          assert.equal(answer.body.current[0], 12);
        }
        const sent = await send(world(), by, key, bodyOf([[slots.resolved, 4]], { baseRev: answer.body.rev ?? 0 }));
        assert.equal(sent.status === 200, enters, `${sent.status} ${sent.body.code}`);
      });
    }
  });
}

matrix('R10: with both layers', () => site);
describe('R10: with the code out of the way, row security alone', () => {
  const seen = async (by: Actor) => (await site.db.read(by, (tx) => readPacked(tx, { periods: ['2026-11'], dataSets: ['monthly'] }))).length;
  for (const [who, { actor, sees }] of Object.entries(cast)) {
    test(`${who} reads ${sees === 'nothing' ? 'no' : 'the'} row and writes none`, async () => {
      assert.equal(await seen(actor()), sees === 'nothing' ? 0 : 1);
      const client = new pg.Client({ connectionString: site.db.url });
      await client.connect();
      const { rowCount } = await client.query('update returns.packed set rev = rev');
      await client.end();
      assert.equal(rowCount, 0);
      await site.db.write(actor(), async (tx) => { assert.equal(await tx.run({ text: 'update returns.packed set standing = 3', values: [] }), 0); assert.equal(await tx.run({ text: 'update returns.roll_up set returns = 0', values: [] }), 0); });
    });
  }
});

describe('a batch of many senders', () => {
  test('R12: each command is judged by its own sender: of a mixed batch only the rightful ones are written', async () => {
    const communes = ['00008', '00025', '00070', '00082', '00091', '00097'];
    const senders = communes.flatMap((unit) => [people.officer('01', unit), people.officer('01', communes[(communes.indexOf(unit) + 1) % communes.length]), people.leader('01'), people.ministry(), people.police('01'), people.officer('04', unit)]
      .map((by, i) => ({ by, unit, rightful: i === 0, period: ['2026-11', '2026-10', '2026-09', '2026-08'][i % 4] ?? '' })));
    const answers = await Promise.all(senders.map(({ by, unit, period }) => send(site, by, keyOf({ unit, period }), bodyOf([[slots.found, 5]]))));
    for (const [i, { rightful, unit }] of senders.entries()) assert.equal(answers[i]?.status === 200, rightful, `${unit} by ${senders[i]?.by.grants[0]?.role}: ${answers[i]?.status}`);
    const rows = await site.db.read('system', (tx) => readPacked(tx, { periods: ['2026-08', '2026-09', '2026-10', '2026-11'], dataSets: ['monthly'], units: communes }));
    assert.deepEqual(rows.map((row) => row.orgUnit).sort(), [...communes].sort());
    for (const row of rows) assert.equal(row.period, '2026-11');
  });
  test('R12: decisions on many returns are judged one by one, and each is told', async () => {
    const head = people.head('01', '00008');
    const items = ['00008', '00025', '00070'].map((unit) => ({ key: keyOf({ unit }), rev: 1 }));
    const { items: verdicts } = await decide(head, items, 'head', 'approve');
    assert.deepEqual(verdicts.map((one) => [one.ok, one.problem]), [[true, null], [false, 'not-your-return'], [false, 'not-your-return']]);
  });
});

describe('approval', () => {
  test('R16: the maker never approves their own return, not even as its leader', async () => {
    const leader = people.head('01', '00103');
    const own = keyOf({ unit: '00103' });
    await expectOk(send(site, leader, own, bodyOf([[slots.found, 1]])));
    assert.equal((await decide(leader, [{ key: own, rev: 1 }], 'head', 'approve')).items[0]?.problem, 'own-return');
    assert.equal((await decide(people.head('01', '00103'), [{ key: own, rev: 1 }], 'head', 'approve')).items[0]?.ok, true);
  });
  test('head, province, ministry in order; a locked return is not changed; un-approved and corrected, the queue shows exactly what moved', async () => {
    const one = keyOf({ unit: '00118' });
    const [clerk, head, province, ministry] = [people.officer('01', '00118'), people.head('01', '00118'), people.leader(), people.ministry()];
    await expectOk(send(site, clerk, one, bodyOf([[slots.found, 20], [slots.resolved, 5]])));
    const at = async (by: Actor, step: Step, verdict: Verdict, rev: number, more = {}) => { const [item] = (await decide(by, [{ key: one, rev }], step, verdict, more)).items; return [item?.state, item?.problem]; };
    assert.deepEqual(await at(province, 'province', 'approve', 1), ['sent', 'step-before-missing']);
    assert.deepEqual(await at(head, 'head', 'approve', 1), ['head-approved', null]);
    assert.deepEqual(await at(province, 'province', 'approve', 2), ['head-approved', 'revision-stale']);
    assert.deepEqual(await at(province, 'province', 'approve', 1), ['province-approved', null]);
    assert.equal((await send(site, clerk, one, bodyOf([[slots.found, 21]], { baseRev: 1 }))).body.code, 'return-locked');
    assert.deepEqual(await at(ministry, 'ministry', 'accept', 1), ['ministry-accepted', null]);
    assert.deepEqual(await at(province, 'province', 'unapprove', 1, { reason: 'sai' }), ['ministry-accepted', 'later-step-approved']);
    assert.deepEqual(await at(ministry, 'ministry', 'unapprove', 1, { reason: 'xem lại' }), ['province-approved', null]);
    assert.deepEqual(await at(province, 'province', 'return', 1, { reason: 'Thiếu số tháng này' }), ['returned', null]);
    await expectOk(send(site, clerk, one, bodyOf([[slots.found, 21]], { baseRev: 1 })));
    assert.deepEqual(await at(head, 'head', 'approve', 2), ['head-approved', null]);
    const queue = await site.call<{ rows: QueueRow[] }>(province, 'GET', '/returns/queue?step=province&period=2026-11&dataSet=monthly');
    const row = queue.body.rows.find((each) => each.key.unit === '00118');
    assert.deepEqual(row?.moved?.map(({ slot, before, after: now }) => [slot, before, now]), [[1, 20, 21]]);
    assert.equal(row?.plain, false);
  });
  test('what waits is in the queue however old its period is, and the queue tells how many wait', async () => {
    const old = keyOf({ unit: '00145', period: '2026-08' });
    await expectOk(send(site, people.officer('01', '00145'), old, bodyOf([[slots.found, 2], [slots.money, 9_000_000]])));
    await expectOk(send(site, people.officer('01', '00145'), keyOf({ unit: '00145', period: '2026-10' }), bodyOf([[slots.found, 2]])));
    const queue = await expectOk(site.call<{ rows: QueueRow[]; waiting: number; more: boolean }>(people.head('01', '00145'), 'GET', '/returns/queue?step=head&dataSet=monthly'));
    assert.deepEqual(queue.rows.map((row) => [row.key.period, row.openViolations, row.jumpCount, row.movedCount]), [['2026-08', 1, 0, 0], ['2026-10', 0, 0, 0]]);
    assert.deepEqual([queue.waiting, queue.more], [2, false]);
    const one = await expectOk(site.call<{ rows: QueueRow[] }>(people.head('01', '00145'), 'GET', '/returns/queue?step=head&dataSet=monthly&period=2026-10'));
    assert.deepEqual(one.rows.map((row) => row.key.period), ['2026-10']);
  });
  test('some sections first, the rest later: approved when all are', async () => {
    const one = keyOf({ unit: '00127' });
    await expectOk(send(site, people.officer('01', '00127'), one, bodyOf([[slots.found, 2]])));
    const head = people.head('01', '00127');
    assert.equal((await decide(head, [{ key: one, rev: 1 }], 'head', 'approve', { sections: ['s1'] })).items[0]?.state, 'sent');
    assert.equal((await decide(head, [{ key: one, rev: 1 }], 'head', 'approve', { sections: ['s2'] })).items[0]?.state, 'head-approved');
  });
});

describe('what screens ask', () => {
  test('the calendar tells what is owed, the form what was, history what moved, completeness who is missing', async () => {
    const due = await expectOk(site.call<{ own: { period: string; is: string }[]; next: ReturnKey | null }>(people.officer('01', '00136'), 'GET', '/returns/due?unit=00136&until=2026-11-18'));
    assert.ok(due.own.some((cell) => cell.period === '2026-11' && cell.is === 'due-soon'));
    const province = await expectOk(site.call<{ below: { period: string; dataSet: string; expected: number; sent: number }[] }>(people.leader(), 'GET', '/returns/due?unit=01&until=2026-11-18'));
    const now = province.below.find((one) => one.period === '2026-11' && one.dataSet === 'monthly');
    assert.equal(now?.expected, 126);
    assert.ok((now?.sent ?? 0) >= 4);
    const history = await expectOk(site.call<{ revisions: { rev: number; changes: unknown[] }[]; approvals: unknown[] }>(people.leader(), 'GET', '/returns/history/01/00118/2026-11/monthly'));
    assert.deepEqual(history.revisions.map((one) => [one.rev, one.changes.length]), [[2, 1], [1, 2]]);
    const complete = await expectOk(site.call<{ total: { expected: number; received: number }[]; rows: { received: number }[] }>(people.leader(), 'GET', '/returns/completeness?node=01&periods=2026-11&dataSet=monthly'));
    assert.deepEqual([complete.total[0]?.expected, complete.rows.length], [126, 126]);
    assert.equal(complete.total[0]?.received, complete.rows.reduce((sum, row) => sum + row.received, 0));
  });
  test('a reader of changes is told of a commit within a second, and nothing of other places', async () => {
    const address = await site.app.listen({ port: 0, host: '127.0.0.1' });
    const listen = async (by: Actor) => {
      await site.call(by, 'GET', '/returns/self-audit'); // makes the actor known to the test server
      const response = await fetch(`${address}/api/returns/changes`, { headers: { 'user-agent': by.account } });
      const reader = response.body?.getReader();
      const seen: string[] = [];
      void (async () => { for (;;) { const part = await reader?.read(); if (part === undefined || part.done) return; seen.push(new TextDecoder().decode(part.value)); } })().catch(() => undefined);
      return { seen, end: () => reader?.cancel() };
    };
    const [nation, own, other] = [await listen(people.analyst()), await listen(people.leader('01')), await listen(people.leader('04'))];
    await expectOk(send(site, people.officer('01', '00145'), keyOf({ unit: '00145' }), bodyOf([[slots.found, 1]])));
    for (let i = 0; i < 40 && !(nation.seen.join('').includes('data:') && own.seen.join('').includes('data:')); i += 1) await new Promise((done) => setTimeout(done, 50));
    assert.match(nation.seen.join(''), /"nodes":\["00","01"\]/);
    assert.match(own.seen.join(''), /"nodes":\["01"\]/);
    assert.doesNotMatch(other.seen.join(''), /data:/);
    for (const one of [nation, own, other]) void one.end();
  });
});
