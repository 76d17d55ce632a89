import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { readPacked, readRollUps } from './index.ts';
import { bodyOf, expectOk, keyOf, openSite, pathOf, people, send, slots } from './site.test.ts';
import { isReceiptCode } from './rules/receipt-code.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const packed = (unit: string, period = '2026-11') => site.db.read('system', (tx) => readPacked(tx, { periods: [period], dataSets: ['monthly'], units: [unit] }));
const leaves = async (): Promise<number> => Number((await site.db.read('system', (tx) => tx.arrays(sql`select count(*) from log.leaf where action = 'returns.received'`)))[0]?.[0]);

describe('a submission', () => {
  test('is stored, answered with a receipt that can be read out, and added to the province and the nation in the same commit', async () => {
    const receipt = await expectOk(send(site, people.officer(), keyOf(), bodyOf([[slots.found, 12], [slots.resolved, 0], [slots.male, 'no-data']])));
    assert.equal(receipt.rev, 1);
    assert.equal(receipt.late, false);
    assert.ok(isReceiptCode(receipt.receiptCode), receipt.receiptCode);
    const [row] = await packed('00004');
    assert.deepEqual([row?.vals.slice(0, 7), row?.noData], [[12, 0, null, null, null], [5]]);
    const sums = await site.db.read('system', (tx) => readRollUps(tx, { nodes: ['00', '01'], periods: ['2026-11'], dataSets: ['monthly'], standing: 'reported' }));
    assert.deepEqual(sums.map((one) => [one.node, one.returns, one.sums.slice(0, 3), one.counts.slice(0, 3)]), [['00', 1, [12, 0, null], [1, 1, 0]], ['01', 1, [12, 0, null], [1, 1, 0]]]);
  });
  test('R25: each accepted submission has its leaf, a refused one has none', async () => {
    const before = await leaves();
    await expectOk(send(site, people.officer('01', '00008'), keyOf({ unit: '00008' }), bodyOf([[slots.found, 3]])));
    assert.equal((await send(site, people.officer('01', '00008'), keyOf({ unit: '00008' }), bodyOf([[slots.found, 2.5]], { baseRev: 1 }))).status, 422);
    assert.equal(await leaves(), before + 1);
  });
  test('blank is not zero: a blank compulsory box is refused, zero and "no data" are answers', async () => {
    const by = people.officer('01', '00025');
    const blank = await send(site, by, keyOf({ unit: '00025' }), bodyOf([[slots.resolved, 0]]));
    assert.deepEqual([blank.status, blank.body.code, blank.body.elements], [422, 'values-missing', ['found']]);
    await expectOk(send(site, by, keyOf({ unit: '00025' }), bodyOf([[slots.found, 'no-data']])));
  });
  test('late returns are taken and marked, and a correction of a timely one is not late', async () => {
    const by = people.officer('01', '00025');
    assert.equal((await expectOk(send(site, by, keyOf({ unit: '00025', period: '2026-09' }), bodyOf([[slots.found, 1]])))).late, true);
    site.setClock('2026-11-25T03:00:00.000Z');
    assert.equal((await expectOk(send(site, by, keyOf({ unit: '00025' }), bodyOf([[slots.found, 7]], { baseRev: 1 })))).late, false);
    site.setClock('2026-11-18T03:00:00.000Z');
  });
  test('a closed period, a period not begun, a unit of another day, a unit that does not owe it: each is told', async () => {
    const by = people.officer();
    const codes = async (key: Parameters<typeof keyOf>[0], who = by) => { const answer = await send(site, who, keyOf(key), bodyOf([[slots.found, 1]])); return [answer.status, answer.body.code]; };
    assert.deepEqual(await codes({ period: '2026-05' }), [409, 'period-closed']);
    assert.deepEqual(await codes({ period: '2027-01' }), [409, 'period-not-begun']);
    assert.deepEqual(await codes({ unit: '99999' }, people.officer('01', '99999')), [422, 'unit-not-on-date']);
    assert.deepEqual(await codes({ period: '2026-Q4' }), [422, 'period-type-wrong']);
    assert.deepEqual(await codes({ dataSet: 'nothing' }), [404, 'data-set-unknown']);
    assert.deepEqual(await codes({ dataSet: 'quarterly', period: '2026-Q4' }), [422, 'not-assigned']);
  });
  test('a return given back can be put right after its period was closed', async () => {
    const key = keyOf({ unit: '00118', period: '2026-08' }); // ends 14 August 2026, closes 120 days later
    await expectOk(send(site, people.officer('01', '00118'), key, bodyOf([[slots.found, 3]])));
    site.setClock('2026-12-20T03:00:00.000Z');
    assert.equal((await send(site, people.officer('01', '00118'), key, bodyOf([[slots.found, 4]], { baseRev: 1 }))).body.code, 'period-closed');
    await expectOk(site.call(people.head('01', '00118'), 'POST', '/returns/decisions', { items: [{ key, rev: 1 }], step: 'head', verdict: 'return', reason: 'sai số' }));
    const form = await expectOk(site.call<{ may: { enter: boolean } }>(people.officer('01', '00118'), 'GET', pathOf(key)));
    assert.equal(form.may.enter, true);
    assert.equal((await expectOk(send(site, people.officer('01', '00118'), key, bodyOf([[slots.found, 4]], { baseRev: 1 })))).rev, 2);
    site.setClock('2026-11-18T03:00:00.000Z');
  });
  test('R47: NaN, infinity, 2^53, fractions of people and negative counts are refused by slot; -0 is 0', async () => {
    const by = people.officer('01', '00097');
    const key = keyOf({ unit: '00097' });
    const verdict = async (slot: number, value: unknown) => { const answer = await send(site, by, key, bodyOf([[slots.found, 1], [slot, value]].slice(slot === 1 ? 1 : 0) as [number, unknown][])); return [answer.body.code, answer.body.slot]; };
    assert.deepEqual(await verdict(slots.found, '1.234,5'), ['value-not-finite', 1]);
    assert.deepEqual(await verdict(slots.found, 2 ** 53 + 2), ['value-too-large', 1]);
    assert.deepEqual(await verdict(slots.resolved, 0.5), ['value-not-whole', 2]);
    assert.deepEqual(await verdict(slots.resolved, -1), ['value-negative', 2]);
    assert.deepEqual(await verdict(slots.share, 100.5), ['value-out-of-range', 4]);
    assert.deepEqual(await verdict(slots.share, 12.3456), ['value-too-precise', 4]);
    assert.deepEqual(await verdict(99, 1), ['slot-unknown', 99]);
    const raw = await site.call<{ code: string; slot: number }>(by, 'POST', '/returns/form/01/00097/2026-11/monthly/submission', new TextEncoder().encode(JSON.stringify(bodyOf([[1, 7]])).replace('[1,7]', '[1,1e309]')), { 'content-type': 'application/json' });
    assert.deepEqual([raw.body.code, raw.body.slot], ['value-not-finite', 1]);
    const zero = await site.call<{ rev: number }>(by, 'POST', '/returns/form/01/00097/2026-11/monthly/submission', new TextEncoder().encode(JSON.stringify(bodyOf([[1, 7]])).replace('[1,7]', '[1,-0]')), { 'content-type': 'application/json' });
    assert.equal(zero.body.rev, 1);
    assert.ok(Object.is((await packed('00097'))[0]?.vals[0], 0));
  });
  test('a hard rule refuses and says which; a soft one opens a work item, closed when the value is right', async () => {
    const by = people.officer('01', '00070');
    const key = keyOf({ unit: '00070' });
    const broken = await send(site, by, key, bodyOf([[slots.found, 2], [slots.resolved, 5]]));
    assert.deepEqual([broken.status, broken.body.code, broken.body.rules?.map((one) => one.id)], [422, 'rule-broken', ['resolved-of-found']]);
    assert.equal((await expectOk(send(site, by, key, bodyOf([[slots.found, 2], [slots.money, 9_000_000]])))).openViolations, 1);
    const states = async () => (await site.db.read('system', (tx) => tx.rows(shape({ rule: Type.String(), state: Type.String() }), sql`select rule, state from returns.violation where org_unit = '00070'`))).map((one) => [one.rule, one.state]);
    assert.deepEqual(await states(), [['money-needs-cases', 'open']]);
    assert.equal((await expectOk(send(site, by, key, bodyOf([], { baseRev: 1, explanations: [{ rule: 'money-needs-cases', slot: 0, text: 'Mua sắm một lần' }] })))).openViolations, 0);
    assert.deepEqual(await states(), [['money-needs-cases', 'explained']]);
    await expectOk(send(site, by, key, bodyOf([[slots.money, 1_000_000]], { baseRev: 2 })));
    assert.deepEqual(await states(), [['money-needs-cases', 'closed']]);
  });
  test('a rule may ask for the month before', async () => {
    const by = people.officer('01', '00082');
    await expectOk(send(site, by, keyOf({ unit: '00082', period: '2026-10' }), bodyOf([[slots.found, 1], [slots.balance, 10]])));
    assert.equal((await expectOk(send(site, by, keyOf({ unit: '00082' }), bodyOf([[slots.found, 1], [slots.balance, 31]])))).openViolations, 1);
  });
  test('a stale revision merges when the slots do not overlap, and is refused with both values when they do', async () => {
    const key = keyOf({ unit: '00091' });
    const [one, other] = [people.officer('01', '00091'), people.officer('01', '00091')];
    await expectOk(send(site, one, key, bodyOf([[slots.found, 5], [slots.resolved, 1]])));
    await expectOk(send(site, one, key, bodyOf([[slots.resolved, 2]], { baseRev: 1 })));
    const merged = await expectOk(send(site, other, key, bodyOf([[slots.found, 6]], { baseRev: 1 })));
    assert.deepEqual([merged.rev, merged.merged], [3, true]);
    const stale = await send(site, other, key, bodyOf([[slots.resolved, 4], [slots.money, 8]], { baseRev: 1 }));
    assert.deepEqual([stale.status, stale.body.code, stale.body.conflicts], [409, 'revision-stale', [{ slot: 2, yours: 4, theirs: 2 }]]);
    assert.deepEqual((await packed('00091'))[0]?.vals.slice(0, 3), [6, 2]);
  });
  test('E1: a note that holds an identity or telephone number is refused; amounts and years are not', async () => {
    const by = people.officer('01', '00103');
    const key = keyOf({ unit: '00103' });
    for (const text of ['CCCD 001099012345', 'gọi 0912 345 678', '+84 912.345.678', 'CMND 123456789']) {
      const answer = await send(site, by, key, bodyOf([[slots.found, 1]], { notes: [{ slot: 1, text }] }));
      assert.equal(answer.body.code, 'note-names-person', text);
    }
    await expectOk(send(site, by, key, bodyOf([[slots.found, 1]], { notes: [{ slot: 1, text: 'Chi 1.250.000.000 đồng trong 2025-2026, 34 điểm' }] })));
  });
});

describe('sending again', () => {
  test('R55: the same command, also a hundred at once, is applied once and always answered with the same receipt', async () => {
    const by = people.officer('04', '01273');
    const key = keyOf({ province: '04', unit: '01273' });
    const command = newId();
    const body = bodyOf([[slots.found, 9]]);
    const answers = await Promise.all(Array.from({ length: 100 }, () => expectOk(send(site, by, key, body, command))));
    assert.equal(new Set(answers.map((one) => JSON.stringify(one))).size, 1);
    assert.equal((await packed('01273'))[0]?.rev, 1);
    const other = await send(site, by, key, bodyOf([[slots.found, 10]], { baseRev: 1 }), command);
    assert.deepEqual([other.status, other.body.code], [409, 'command-id-reused']);
  });
  test('R55: the same content under another id changes nothing and has the same receipt code', async () => {
    const by = people.officer('04', '01279');
    const key = keyOf({ province: '04', unit: '01279' });
    const first = await expectOk(send(site, by, key, bodyOf([[slots.found, 9]])));
    const again = newId();
    const second = await expectOk(send(site, by, key, bodyOf([[slots.found, 9]]), again));
    assert.deepEqual([second.rev, second.receiptCode, second.receivedAt], [first.rev, first.receiptCode, first.receivedAt]);
    await expectOk(send(site, by, key, bodyOf([[slots.found, 11]], { baseRev: 1 })));
    const third = await expectOk(send(site, by, key, bodyOf([[slots.found, 9]]), again));
    assert.deepEqual([third.rev, third.receiptCode], [first.rev, first.receiptCode], 'for ever');
    assert.equal((await packed('01279'))[0]?.vals[0], 11);
  });
  test('refused commands do not disturb their neighbours in a batch', async () => {
    const communes = ['01288', '01290', '01294', '01297', '01304', '01318'];
    const answers = await Promise.all(communes.map((unit, i) => send(site, people.officer('04', unit), keyOf({ province: '04', unit }), bodyOf([[slots.found, i % 2 === 0 ? 4 : -4]]))));
    const known = answers.filter((one) => one.body.code !== 'unit-not-on-date');
    assert.ok(known.length >= 2);
    for (const [i, one] of answers.entries()) if (one.body.code !== 'unit-not-on-date') assert.equal(one.status, i % 2 === 0 ? 200 : 422, JSON.stringify(one.body));
  });
});
