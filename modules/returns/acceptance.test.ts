import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import type { ReplyOf } from '#kernel/contract.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { unitsOn } from '../org-units/index.ts';
import { readRollUps } from './index.ts';
import type { decideReturns, listAcceptances, listQueue } from './schema.ts';
import { bodyOf, expectOk, keyOf, openSite, pathOf, people, send, slots } from './site.test.ts';

type Answer = ReplyOf<typeof listAcceptances>;
type Decided = ReplyOf<typeof decideReturns>;
const ministry = people.ministry();
let site: TestServer;
let communes: string[] = [];
before(async () => {
  site = await openSite();
  const units = await site.db.read('system', (tx) => unitsOn(tx, '2026-11-14'));
  communes = units.filter((unit) => unit.province === '04' && unit.level === 'commune').map((unit) => unit.code).sort().slice(0, 12);
  assert.equal(communes.length, 12);
});
after(() => site.close());

const key = (unit: string) => keyOf({ province: '04', unit });
const acceptance = (by = ministry): Promise<Answer> => expectOk(site.call<Answer>(by, 'GET', '/returns/acceptances?dataSet=monthly&period=2026-11&province=04'));
const decide = (by: Parameters<typeof site.call>[0], step: string, verdict: string, items: readonly { key: ReturnType<typeof key>; rev: number }[], { command = newId(), ...more }: { readonly command?: string; readonly reason?: string } = {}): Promise<Decided> => {
  later();
  return expectOk(site.call<Decided>(by, 'POST', '/returns/decisions', { items, step, verdict, ...more }, { 'idempotency-key': command }));
};
/** Decisions of one moment have no order among themselves. */
let minute = 0;
const later = (): void => { minute += 1; site.setClock(new Date(Date.parse('2026-11-18T03:00:00.000Z') + minute * 60_000).toISOString()); };
const all = (rev = 1): { key: ReturnType<typeof key>; rev: number }[] => communes.map((unit) => ({ key: key(unit), rev }));
const approvedSum = async (): Promise<number | null | undefined> => (await site.db.read('system', (tx) => readRollUps(tx, { nodes: ['04'], periods: ['2026-11'], dataSets: ['monthly'], standing: 'approved' })))[0]?.sums[0];
const rowsOf = async (table: string): Promise<number> => Number((await site.db.read('system', (tx) => tx.arrays(table === 'approval' ? sql`select count(*) from returns.approval where step = 'ministry'` : sql`select count(*) from returns.acceptance`)))[0]?.[0]);

describe('a province’s returns before the ministry', () => {
  before(async () => {
    for (const unit of communes) await expectOk(send(site, people.officer('04', unit), key(unit), bodyOf([[slots.found, 5], [slots.male, 3]])));
    for (const unit of communes) await decide(people.head('04', unit), 'head', 'approve', [{ key: key(unit), rev: 1 }]);
    await decide(people.leader('04'), 'province', 'approve', all());
  });

  test('are counted by province, and the queue of single returns is not filled with them', async () => {
    const { rows, waiting, accepted, acts } = await acceptance();
    assert.deepEqual([rows.map((one) => [one.unit.code, one.received, one.waiting, one.accepted, one.last]), waiting.length, accepted.length, acts.length], [[['04', 12, 12, 0, null]], 12, 0, 0]);
    const queue = (query: string) => expectOk(site.call<ReplyOf<typeof listQueue>>(ministry, 'GET', `/returns/queue?step=ministry${query}`));
    assert.equal((await queue('')).rows.filter((row) => row.key.dataSet === 'monthly').length, 0);
    assert.equal((await queue('&province=04&dataSet=monthly')).rows.length, 12);
  });

  test('are accepted in one act, which signs a hash over all of them and writes no row a return', async () => {
    const command = newId();
    const decided = await decide(ministry, 'ministry', 'accept', all(), { command });
    assert.deepEqual([decided.decided, decided.refused, decided.items[0]?.state], [12, 0, 'ministry-accepted']);
    const { rows, acts, accepted } = await acceptance();
    assert.deepEqual([rows[0]?.accepted, rows[0]?.waiting, accepted.length, acts.length, acts[0]?.returns, acts[0]?.moved], [12, 0, 12, 1, 12, []]);
    assert.match(acts[0]?.contentHash ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual([await rowsOf('approval'), await rowsOf('acceptance') >= 1], [0, true]);
    const before = await rowsOf('acceptance');
    const again = await decide(ministry, 'ministry', 'accept', all(), { command });
    assert.deepEqual([again.decided, await rowsOf('acceptance')], [12, before], 'R55: sent again it is the same act');
    assert.equal(await approvedSum(), 60);
  });

  test('stay as they are: neither the province takes its approval back nor the commune corrects', async () => {
    const [first] = all();
    assert.ok(first);
    assert.equal((await decide(people.leader('04'), 'province', 'unapprove', [first], { reason: 'xem lại' })).items[0]?.problem, 'later-step-approved');
    assert.equal((await send(site, people.officer('04', first.key.unit), first.key, bodyOf([[slots.found, 6]], { baseRev: 1 }))).body.code, 'return-locked');
    const form = await expectOk(site.call<{ state: string; approvals: { step: string; verdict: string; holds: boolean; contentHash: string | null }[] }>(people.officer('04', first.key.unit), 'GET', pathOf(first.key)));
    assert.deepEqual([form.state, form.approvals.map((one) => [one.step, one.verdict, one.holds])], ['ministry-accepted', [['head', 'approve', true], ['province', 'approve', true], ['ministry', 'accept', true]]]);
  });

  test('some are given back with a reason; what moved since the acceptance is told return by return, and slot by slot in the queue', async () => {
    const [first, second] = all();
    assert.ok(first && second);
    assert.equal((await decide(ministry, 'ministry', 'unapprove', [first, second], { reason: 'Số người được phát hiện cao bất thường' })).decided, 2);
    assert.equal((await acceptance()).rows[0]?.waiting, 2);
    assert.equal((await decide(ministry, 'ministry', 'return', [first], { reason: 'Đếm lại số phát hiện' })).items[0]?.state, 'returned');
    assert.equal(await approvedSum(), 55);
    await expectOk(send(site, people.officer('04', first.key.unit), first.key, bodyOf([[slots.found, 4]], { baseRev: 1 })));
    await decide(people.head('04', first.key.unit), 'head', 'approve', [{ ...first, rev: 2 }]);
    await decide(people.leader('04'), 'province', 'approve', [{ ...first, rev: 2 }]);
    const { acts, waiting } = await acceptance();
    assert.deepEqual(acts.map((one) => [one.verdict, one.returns, one.reason === '']), [['return', 1, false], ['unapprove', 2, false], ['accept', 12, true]]);
    assert.deepEqual(acts[2]?.moved.map((one) => [one.key.unit, one.rev, one.now, one.state]), [[first.key.unit, 1, 2, 'province-approved']]);
    assert.deepEqual(waiting.map((one) => one.rev), [2, 1]);
    const queue = await expectOk(site.call<ReplyOf<typeof listQueue>>(ministry, 'GET', '/returns/queue?step=ministry&province=04&dataSet=monthly'));
    assert.deepEqual(queue.rows.find((row) => row.key.unit === first.key.unit)?.moved?.map((one) => [one.slot, one.before, one.after]), [[slots.found, 5, 4]]);
  });

  test('a part of them is accepted: the act says how many, and its hash is not shown when they are few (E4)', async () => {
    const [first] = all(2);
    assert.ok(first);
    await decide(ministry, 'ministry', 'accept', [first]);
    const { rows, acts } = await acceptance();
    assert.deepEqual([rows[0]?.accepted, rows[0]?.waiting, acts[0]?.returns, acts[0]?.contentHash], [11, 1, 1, null]);
  });

  test('R12: a province sees how its own returns stand and decides nothing of it; another province and a commune see nothing', async () => {
    const [, second] = all();
    assert.ok(second);
    assert.equal((await acceptance(people.leader('04'))).rows[0]?.accepted, 11);
    assert.deepEqual((await acceptance(people.leader('01'))).rows, []);
    assert.deepEqual([(await acceptance(people.head('04'))).rows, (await acceptance(people.head('04'))).waiting], [[], []]);
    assert.equal((await decide(people.leader('04'), 'ministry', 'accept', [second])).items[0]?.problem, 'not-your-return');
  });

  test('R25: the log has a leaf for each return an act decided', async () => {
    const [[count] = []] = await site.db.read('system', (tx) => tx.arrays(sql`select count(*) from log.leaf where action = 'returns.decided' and facts->>'step' = 'ministry'`));
    assert.equal(Number(count), 12 + 2 + 1 + 1);
  });
});
