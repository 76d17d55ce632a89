import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { publish } from '#platform/events/publish.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { mergeUnits } from '../org-units/index.ts';
import { caseAt, castOf, days, Evidence, expectOk, move, open, openSite, people, read, why } from './site.test.ts';
import type { AreaCaseRow, CaseView, ListedRow, Notice, UnitStanding } from './schema.ts';

let site: TestServer;
const evidence = new Evidence();
let communes: string[] = [];
let next = 0;
const fresh = (): string => {
  const unit = communes[next] ?? assert.fail('no commune left');
  next += 1;
  for (const period of ['2026', '2027']) evidence.put(unit, 'drug-free', 0, period);
  return unit;
};
const refused = async (answer: Promise<{ status: number; body: { code?: string } }>, code: string): Promise<void> => {
  const { status, body } = await answer;
  assert.equal(body.code, code);
  assert.ok(status >= 400 && status < 500, String(status));
};
const standing = (unit: string): Promise<UnitStanding> => expectOk(site.call<UnitStanding>(people.secretary(), 'GET', `/classification/units/01/${unit}/standing`));
const cases = async (unit: string): Promise<AreaCaseRow[]> => (await expectOk(site.call<{ rows: AreaCaseRow[] }>(people.secretary(), 'GET', `/classification/cases?unit=${unit}`))).rows;
/** Evidence of a unit moved: as the register of places tells it, and as returns do. */
async function moved(unit: string): Promise<void> {
  await site.db.write('system', (tx) => publish(tx, days.running, [{ province: '01', type: 'hotspots.changed', payload: { commune: unit } }, { province: '01', type: 'returns.received', payload: { keys: [{ unit, period: '2026-11' }] } }]));
  await site.deliver();
}

before(async () => {
  site = await openSite();
  evidence.stand();
  const tree = await expectOk(site.call<{ provinces: { code: string; communes: [string][] }[] }>(people.office(), 'GET', '/units/tree'));
  communes = tree.provinces.find((one) => one.code === '01')?.communes.map(([code]) => code) ?? [];
});
after(() => site.close());

describe('decisions out of order', () => {
  test('a step that is not due says so, and changes nothing', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    const view = await caseAt(site, cast, 'submitted', { unit });
    for (const step of ['conclude', 'publish', 'enlist', 'object'] as const) await refused(move(site, step === 'object' ? cast.officer : cast.leader, view, step, { status: 'drug-free', text: why, minutes: '1' }), 'move-not-open');
    await refused(move(site, cast.leader, view, 'sign', { number: '1/QĐ', decidedOn: '2026-12-17' }), 'move-not-open');
    const after = await read(site, cast.leader, view);
    assert.deepEqual([after.row.version, after.history.length], [view.row.version, view.history.length]);
  });

  test('who looked at an older state is told, not overridden', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    const view = await caseAt(site, cast, 'submitted', { unit });
    await expectOk(move(site, cast.secretary, view, 'convene'));
    await refused(move(site, cast.police, view, 'convene'), 'case-changed');
  });

  test('the next period is not decided while the one before is open; nor is an earlier one after a later', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    const first = await caseAt(site, cast, 'in-council', { unit });
    const second = await caseAt(site, cast, 'submitted', { unit, period: '2027' });
    await refused(move(site, cast.secretary, second, 'convene'), 'earlier-period-open');
    const other = fresh();
    const there = castOf('01', other);
    await caseAt(site, there, 'in-force', { unit: other, period: '2027', number: '700/QĐ-UBND' });
    await refused(open(site, there.officer, other), 'later-period-decided');
    assert.equal((await read(site, cast.leader, first)).row.state, 'in-council');
    site.setClock(days.council);
    await refused(open(site, cast.officer, unit, { period: '2028' }), 'assessment-not-begun');
  });

  test('a decision is dated neither before its conclusion nor in the future; one number is one document', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'concluded', { unit });
    site.setClock(days.signing);
    await refused(move(site, cast.police, view, 'sign', { number: '820/QĐ-UBND', decidedOn: '2026-12-16' }), 'decided-before-conclusion');
    await refused(move(site, cast.police, view, 'sign', { number: '820/QĐ-UBND', decidedOn: '2026-12-19' }), 'decided-in-future');
    await refused(move(site, cast.police, view, 'sign', { number: ' ', decidedOn: '2026-12-18' }), 'number-missing');
    view = await expectOk(move(site, cast.police, view, 'sign', { number: '820/QĐ-UBND', decidedOn: '2026-12-18' }));
    await expectOk(move(site, cast.leader, view, 'sign'));
    const other = fresh();
    const there = castOf('01', other);
    const second = await caseAt(site, there, 'concluded', { unit: other });
    site.setClock(days.late);
    await refused(move(site, there.police, second, 'sign', { number: '820/QĐ-UBND', decidedOn: '2026-12-22' }), 'decision-number-taken');
    await expectOk(move(site, there.police, second, 'sign', { number: '820/QĐ-UBND', decidedOn: '2026-12-18' }));
  });

  test('many cases at once: each has its own answer, and one refused does not hold up the others', async () => {
    const units = [fresh(), fresh(), fresh()];
    const cast = castOf('01', units[0]);
    const views: CaseView[] = [];
    for (const unit of units) views.push(await caseAt(site, castOf('01', unit), 'in-council', { unit }));
    const stale = views[1] ?? assert.fail('none');
    await expectOk(move(site, cast.secretary, stale, 'comment', { text: 'Đang xem.' }));
    const body = { cases: views.map((view) => ({ id: view.row.id, version: view.row.version })), input: { move: 'opine' }, asProposed: true };
    const answer = await expectOk(site.call<{ done: number; answers: { id: string; ok: boolean; code: string | null }[] }>(cast.police, 'POST', '/classification/cases/01/moves', body));
    assert.equal(answer.done, 2);
    assert.deepEqual(answer.answers.filter((one) => !one.ok).map((one) => [one.id, one.code]), [[stale.row.id, 'case-changed']]);
    assert.equal((await read(site, cast.police, views[0] ?? stale)).opinions[0]?.status, 'drug-free');
  });
});

describe('evidence withdrawn after a decision', () => {
  test('the decision stands as it was signed, the case says what moved, a review opens once, and persons decide', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    let view = await caseAt(site, cast, 'in-force', { unit, number: '821/QĐ-UBND' });
    site.setClock('2027-01-20T03:00:00.000Z');
    evidence.put(unit, 'cannot-judge', 0);
    await moved(unit);
    await moved(unit);
    view = await read(site, cast.leader, view);
    assert.deepEqual([view.row.decided, view.decisions[0]?.proposal.status, view.listedNow, view.row.state], ['drug-free', 'drug-free', 'drug-free', 'in-force']);
    assert.equal(view.history.filter((entry) => entry.move === 'evidence-changed').length, 1);
    const reviews = (await cases(unit)).filter((row) => row.kind === 'review');
    assert.deepEqual(reviews.map((row) => [row.cause, row.state]), [['evidence-changed', 'preparing']]);
    assert.equal((await standing(unit)).current?.status, 'drug-free');
  });

  test('a criterion that breaks within the period opens a review; decided, it takes the area off the list and the notice says so', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    await caseAt(site, cast, 'in-force', { unit, number: '822/QĐ-UBND' });
    site.setClock('2027-03-02T03:00:00.000Z');
    evidence.put(unit, 'III', 1, '2027');
    await moved(unit);
    const [review] = (await cases(unit)).filter((row) => row.kind === 'review');
    assert.deepEqual([review?.cause, review?.period, review?.state], ['criterion-broken', '2027', 'preparing']);
    let view = await expectOk(site.call<CaseView>(cast.secretary, 'GET', `/classification/cases/01/${review?.id ?? ''}`));
    assert.equal(view.causeText, 'drug-free.3');
    view = await expectOk(move(site, cast.secretary, view, 'convene'));
    for (const member of [cast.secretary, cast.police]) view = await expectOk(move(site, member, view, 'opine', { status: 'III' }));
    view = await expectOk(move(site, cast.leader, view, 'conclude', { status: 'III', minutes: '02/BB-HĐ' }));
    view = await expectOk(move(site, cast.police, view, 'sign', { number: '95/QĐ-UBND', decidedOn: '2027-03-02' }));
    view = await expectOk(move(site, cast.leader, view, 'sign'));
    view = await expectOk(move(site, cast.secretary, view, 'publish'));
    assert.equal((await standing(unit)).current?.status, 'drug-free', 'until it is in force the old status stands');
    site.setClock('2027-03-20T03:00:00.000Z');
    await expectOk(move(site, cast.secretary, view, 'enlist'));
    const now = await standing(unit);
    assert.deepEqual([now.current?.status, now.history[1]?.status, now.history[1]?.endedBy, now.history[1]?.until], ['III', 'drug-free', 'taken-off', '2027-03-20']);
    const [before, after] = await Promise.all(['2026', '2027'].map((period) => expectOk(site.call<Notice>(undefined, 'GET', `/public/classification/01/${period}`))));
    assert.equal(before?.items.find((item) => item.unit === unit)?.standing, 'replaced');
    assert.equal(after?.items.find((item) => item.unit === unit)?.status, 'III');
  });

  test('a review whose cause was a mistake ends without a decision, with its reason', async () => {
    const unit = fresh();
    const cast = castOf('01', unit);
    await caseAt(site, cast, 'in-force', { unit, number: '823/QĐ-UBND' });
    await refused(open(site, cast.secretary, unit, { kind: 'review', period: '2027', reason: 'ngắn' }), 'reason-needs-words');
    const view = await expectOk(open(site, cast.secretary, unit, { kind: 'review', period: '2027', reason: 'Có phản ánh cần xem lại kết quả của địa bàn.' }));
    await refused(open(site, cast.police, unit, { kind: 'review', period: '2027', reason: 'Có phản ánh cần xem lại kết quả của địa bàn.' }), 'review-open');
    await refused(move(site, cast.secretary, view, 'drop', { text: why }), 'move-not-yours');
    assert.equal((await expectOk(move(site, cast.leader, view, 'drop', { text: why }))).row.state, 'dropped');
    await refused(open(site, castOf('01', fresh()).secretary, communes[next - 1], { kind: 'review', period: '2027', reason: 'Có phản ánh cần xem lại kết quả của địa bàn.' }), 'nothing-to-review');
  });

  test('evidence nobody decided from opens nothing', async () => {
    const unit = fresh();
    evidence.put(unit, 'III', 2);
    await moved(unit);
    assert.deepEqual(await cases(unit), []);
  });
});

describe('a merged commune with two statuses', () => {
  test('the new unit inherits neither; both stay in its history as theirs, and it needs a decision of its own', async () => {
    const [one, two] = [fresh(), fresh()];
    await caseAt(site, castOf('01', one), 'in-force', { unit: one, number: '824/QĐ-UBND' });
    evidence.put(two, 'II', 1);
    const open = await caseAt(site, castOf('01', two), 'in-force', { unit: two, status: 'II', number: '825/QĐ-UBND' });
    const third = fresh();
    const pending = await caseAt(site, castOf('01', third), 'decided', { unit: third, number: '826/QĐ-UBND' });
    // the new unit bears the code of one of them, as happened in July 2025: it is another unit all the same
    const merged = await site.db.write('system', (tx) => mergeUnits(tx, { from: [one, two, third], into: { code: one, nameVi: 'Phường Hợp Nhất', kind: 'ward' }, on: '2027-07-01', basis: 'thử', certainty: 'S' }, '2027-06-01T00:00:00.000Z'));
    assert.ok(merged.ok, JSON.stringify(merged));
    site.setClock('2027-07-10T03:00:00.000Z');
    const now = await standing(one);
    assert.equal(now.current, null);
    assert.deepEqual(now.former.map((row) => [row.unit.code, row.status, row.endedBy, row.mine]).sort(), [[one, 'drug-free', 'unit-ended', false], [two, 'II', 'unit-ended', false]].sort());
    assert.equal(now.formerDiffer, true);
    const list = await expectOk(site.call<{ rows: ListedRow[] }>(people.secretary(), 'GET', '/classification/list?province=01'));
    assert.equal(list.rows.some((row) => row.unit.code === one || row.unit.code === two), false, 'the list of today names units of today');
    const then = await expectOk(site.call<{ rows: ListedRow[] }>(people.secretary(), 'GET', '/classification/list?province=01&day=2027-02-01'));
    assert.equal(then.rows.filter((row) => row.unit.code === one || row.unit.code === two).length, 2, 'the list of then stays');
    const cast = castOf('01', third);
    const published = await expectOk(move(site, cast.secretary, pending, 'publish'));
    site.setClock('2027-08-10T03:00:00.000Z');
    await refused(move(site, cast.secretary, published, 'enlist'), 'unit-gone');
    assert.equal((await read(site, castOf('01', two).secretary, open)).row.decided, 'II');
    await refused(site.call(people.secretary(), 'POST', `/classification/units/01/${two}/cases`, { period: '2026', kind: 'yearly', reason: '' }), 'unit-gone');
  });
});
