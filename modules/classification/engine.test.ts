/** The engine on a real database: what a commune page, a list, a what-if and the trajectory are given. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestServer } from '#platform/testing/test-server.ts';
import { expectOk, monthsOf2025, openEngineSite, people, put, putYear, quietMonth } from './engine-site.test.ts';
import type { SignalList, Trajectory, UnitSignals, UnitVerdict, VerdictList, VerdictMap, WhatIf } from './schema.ts';

/** Communes of province 01. */
const [clean, treated, violated, turned, silent, partly] = ['00004', '00008', '00025', '00070', '00082', '00091'] as const;

let site: TestServer;
const verdict = (unit: string, by = people.leader(), query = ''): Promise<UnitVerdict> => expectOk(site.call<UnitVerdict>(by, 'GET', `/classification/verdict/${unit}?period=2025${query}`));
before(async () => {
  site = await openEngineSite();
  await putYear(site, clean);
  // forty people in the three situations all year
  await putYear(site, treated, Object.fromEntries(monthsOf2025.map((month) => [month, { 'ho-so-quan-ly.nguoi-nghien': 40, 'dang-dieu-tri.thay-the': 20, 'dang-dieu-tri.tai-nha': 12, 'quan-ly-sau-cai': 8, 'da-tiep-can': 40 }])));
  await putYear(site, violated, { '2025-07': { 'vi-pham-cu-tru': 1 } });
  // one point was found in March and removed in May
  await putYear(site, turned, { '2025-03': { diem: 1, 'diem-phat-hien': 1 }, '2025-04': { diem: 1 }, '2025-05': { 'diem-triet-xoa': 1 } });
  await put(site, partly, monthsOf2025.slice(0, 11), quietMonth);
});
after(() => site.close());

describe('the verdict of a commune', () => {
  test('a year without anything is proposed as drug-free, in every reading, and as evidence that the province approved', async () => {
    const found = await verdict(clean);
    assert.deepEqual([found.proposal, found.possible, found.tests, found.readingsAgree, found.byStanding, found.forecast], ['drug-free', ['drug-free'], { met: 3, toConclude: 0, notMet: 0, cannotJudge: 0 }, true, { reported: 'drug-free', approved: 'drug-free' }, false]);
    assert.equal(found.classIfNotDrugFree, 'III');
    assert.equal(found.decided, null);
    assert.equal(found.decree?.number, '28/2025/QĐ-TTg');
  });
  test('each criterion names the boxes it was read from, the days and how many months answered', async () => {
    const found = await verdict(violated);
    const second = found.groups[0]?.criteria[1];
    assert.deepEqual(second?.parts[0]?.sources[0], { unit: violated, from: 'return', dataSet: 'xa-thang', element: 'vi-pham-cu-tru', cell: null, over: 'sum', first: '2024-12-15', last: '2025-12-14', value: { v: 1 }, standing: 'reported', answered: 12, expected: 12, missing: [] });
    assert.deepEqual([found.proposal, second?.verdict, second?.sentence], ['III', 'not-met', { key: 'classification.says.test-fails.resident-violations', facts: { n: 2, by: 1 } }]);
    assert.ok(found.changes.some((one) => one.key === 'classification.says.next-period'), 'what happened stays in the period');
  });
  test('E13: people in substitution treatment, rehabilitation at home and after-care do not count; they are shown as what is left out', async () => {
    const found = await verdict(treated);
    assert.equal(found.proposal, 'drug-free');
    assert.deepEqual(found.excepted, { substitution: { v: 20 }, atHome: { v: 12 }, aftercare: { v: 8 }, total: { v: 40 } });
    const a = found.groups.find((one) => one.group === 'I')?.criteria[0];
    assert.deepEqual([a?.parts[0]?.value, a?.otherReadings.find((one) => one.axis === 'people')?.value], [{ v: 0 }, { v: 0.4 }]);
  });
  test('a point removed within the period: the text does not say which days count, so a person concludes', async () => {
    const found = await verdict(turned);
    const third = found.groups[0]?.criteria[2];
    assert.deepEqual([found.proposal, found.possible, third?.verdict, third?.parts[0]?.value, third?.parts[0]?.inPeriod], ['to-conclude', ['drug-free', 'III'], 'to-conclude', { v: 0 }, { v: 1 }]);
    assert.deepEqual([...new Set(found.readings.map((one) => `${one.reading.window} ${one.outcome}`))].sort(), ['closing-day drug-free', 'whole-period III']);
  });
  test('a month that is missing leaves it open and is named; nothing is passed for want of an answer', async () => {
    const found = await verdict(partly);
    assert.equal(found.proposal, 'cannot-judge');
    assert.deepEqual(found.groups[0]?.criteria[1]?.sentence, { key: 'classification.says.answers-missing', facts: { n: 1, months: '2025-12', first: '2025-12' } });
    assert.deepEqual(found.groups[0]?.criteria[2]?.sentence.facts['months'], '2025-12', 'also for points, which are read on the closing day and over the period');
    assert.equal((await verdict(silent)).proposal, 'cannot-judge');
  });
  test('what is reported and not approved counts in the live proposal and not in the one for decisions', async () => {
    await putYear(site, '00097', {}, { approved: false });
    const found = await verdict('00097');
    assert.deepEqual(found.byStanding, { reported: 'drug-free', approved: 'cannot-judge' });
  });
  test('the answer after a commit holds it already, for the commune and for the nation', async () => {
    await putYear(site, '00103');
    const asked = async (): Promise<[string, number]> => [(await verdict('00103')).proposal, (await expectOk(site.call<VerdictList>(people.nation(), 'GET', '/classification/verdicts?period=2025&unit=01'))).tally.drugFree];
    const [first, count] = await asked();
    await put(site, '00103', ['2025-09'], { ...quietMonth, 'truy-na': 1 });
    await put(site, '00103', ['2025-12'], { ...quietMonth, diem: 2 });
    assert.deepEqual([first, ...(await asked())], ['drug-free', 'III', count - 1]);
  });
});

describe('E4: counts of people in care below a province', () => {
  test('the commune and the province that approves see them; police, ministry and other communes do not', async () => {
    await putYear(site, '00118', { '2025-12': { 'ngoai-ba-dien': 3, 'ho-so-quan-ly.nguoi-nghien': 5 } });
    const using = (found: UnitVerdict): unknown => found.groups[0]?.criteria[0]?.parts[0]?.value;
    for (const by of [people.leader(), people.officer('01', '00118')]) assert.deepEqual(using(await verdict('00118', by)), { v: 3 });
    for (const by of [people.police(), people.ministry(), people.analyst(), people.nation()]) {
      const found = await verdict('00118', by);
      assert.deepEqual([using(found), found.hidden, found.groups[0]?.criteria[0]?.verdict], [{ suppressed: true }, true, 'not-met']);
      const told = found.groups.flatMap((group) => group.criteria).filter((one) => ['people-using', 'managed-rate'].includes(one.quantity));
      assert.deepEqual(told.flatMap((one) => Object.keys(one.sentence.facts).filter((fact) => fact !== 'n')), [], 'nor does a sentence tell');
      assert.ok(!JSON.stringify(told).includes('"v":3') && !JSON.stringify(told).includes('0.03'));
    }
  });
});

describe('the list and the map', () => {
  test('E13: every share of the reply carries all companions, for the nation and for each province', async () => {
    const list = await expectOk(site.call<VerdictList>(people.nation(), 'GET', '/classification/verdicts?period=2025'));
    assert.deepEqual(list.besideOf.map((one) => one.id), ['tu-nguyen', 'can-duoc-dieu-tri', 'thoi-gian-cho', 'khieu-nai-so', 'khieu-nai-dung-han-ty-le', 'tu-vong-so']);
    assert.equal(list.provinces.length, 34);
    for (const share of [list.share, ...list.provinces.map((row) => row.share)]) assert.equal(share.beside.length, list.besideOf.length);
    const map = await expectOk(site.call<VerdictMap>(people.nation(), 'GET', '/classification/map?period=2025'));
    assert.equal(map.share.beside.length, map.besideOf.length);
    assert.deepEqual([map.codes.length, map.proposed.length, map.decided.length], [3321, 3321, 3321]);
    assert.equal([...map.proposed].filter((letter) => letter === 'd').length, list.tally.drugFree);
  });
  test('communes that reported nothing are in the whole of which a share is taken', async () => {
    const { tally, share } = await expectOk(site.call<VerdictList>(people.nation(), 'GET', '/classification/verdicts?period=2025'));
    assert.equal(tally.total, 3321);
    assert.equal(tally.drugFree + tally.I + tally.II + tally.III + tally.notClassified + tally.toConclude + tally.cannotJudge, tally.total);
    assert.equal(share.proposed, Math.round((tally.drugFree * 10_000) / 3321) / 100);
  });
  test('rows can be narrowed to those whose readings differ', async () => {
    const { rows } = await expectOk(site.call<VerdictList>(people.leader(), 'GET', '/classification/verdicts?period=2025&only=readings-differ'));
    assert.ok(rows.some((row) => row.code === turned) && rows.every((row) => !row.readingsAgree));
  });
  test('a year that has not begun, and one before the programme, are refused; the year of older criteria is not judged', async () => {
    const older = await expectOk(site.call<VerdictList>(people.nation(), 'GET', '/classification/verdicts?period=2024'));
    assert.deepEqual([older.decree, older.share.proposed, older.rows[0]?.outcome, older.share.beside.length], [null, null, 'older-criteria', 6]);
    for (const year of ['2027', '2023']) assert.equal((await site.call<{ code: string }>(people.nation(), 'GET', `/classification/verdicts?period=${year}`)).body.code, 'period-not-classified');
  });
});

describe('what if', () => {
  const ask = (body: unknown, by = people.leader()) => site.call<WhatIf & { code?: string; flaws?: { code: string }[] }>(by, 'POST', '/classification/what-if', body);
  test('one point allowed: a commune with a point becomes drug-free, side by side with the decision in force', async () => {
    await putYear(site, '00127', { '2025-12': { diem: 1, 'diem-phat-hien': 1 } });
    const [period] = (await expectOk(ask({ periods: ['2025'], changes: [{ group: 'drug-free', quantity: 'points', equals: 1 }] }))).periods;
    assert.ok(period !== undefined);
    assert.ok(period.moved.some((one) => one.code === '00127' && one.before === 'III' && one.after === 'drug-free'));
    assert.deepEqual([period.after.drugFree - period.before.drugFree, period.lost], [period.gained, 0], 'at most one: nobody without a point loses by it');
    assert.equal(period.shareAfter.beside.length, 6);
  });
  test('thresholds that overlap are refused and named', async () => {
    const { status, body } = await ask({ periods: ['2025'], changes: [{ group: 'I', letter: 'a', quantity: 'managed-rate', bound: 'atLeast', value: 0.3 }] });
    assert.deepEqual([status, body.code, body.flaws?.map((one) => one.code)], [422, 'thresholds-refused', ['overlap']]);
  });
  test('a gap is answered with a warning', async () => {
    const { flaws } = await expectOk(ask({ periods: ['2025'], changes: [{ group: 'I', letter: 'a', quantity: 'managed-rate', bound: 'atLeast', value: 0.7 }] }));
    assert.ok(flaws.some((one) => one.code === 'gap' && one.weight === 'warned' && one.from === 0.5 && one.to === 0.7));
  });
  test('a commune officer may not ask', async () => assert.equal((await ask({ periods: ['2025'] }, people.officer())).status, 403));
});

describe('the trajectory and signs', () => {
  test('E13: 20, 50 and 15–20 % with the way between them, each year with its companions', async () => {
    const way = await expectOk(site.call<Trajectory>(people.nation(), 'GET', '/classification/trajectory'));
    assert.deepEqual(way.targets.map((one) => [one.of, one.year, one.low, one.high]), [['communes', 2025, 20, null], ['communes', 2030, 50, null], ['provinces', 2030, 15, 20]]);
    assert.deepEqual(way.years.map((one) => [one.period, one.shouldBe]), [['2024', null], ['2025', 20], ['2026', 26]]);
    for (const share of [...way.years, ...way.provinces].map((one) => one.share)) assert.equal(share.beside.length, way.besideOf.length);
    assert.equal(way.provinces.find((one) => one.code === '01')?.keeps, 'no-commitment');
  });
  test('E3: signs are sentences with figures, in the order of codes; no reply holds a score or a rank', async () => {
    await putYear(site, '00136', Object.fromEntries(monthsOf2025.slice(0, 6).map((month) => [month, { 'nguoi-bi-bat': 2 }])));
    const { signals } = await expectOk(site.call<UnitSignals>(people.leader(), 'GET', '/classification/signals/00136?period=2025'));
    assert.deepEqual(signals.find((one) => one.kind === 'zero-run'), { kind: 'zero-run', state: 'seen', sentence: { key: 'classification.signal.zero-run.seen', facts: { months: 6, from: '2025-07' } }, months: monthsOf2025.slice(6) });
    const list = await expectOk(site.call<SignalList>(people.leader(), 'GET', '/classification/signals?period=2025&kind=zero-run'));
    const codes = list.rows.map((row) => row.code);
    assert.deepEqual(codes, [...codes].sort());
    assert.ok(codes.includes('00136'));
    assert.ok(!/score|rank|weight|risk/iu.test(Object.keys(flat(list)).join(' ')));
  });
});

/** Every key of a reply, once. */
function flat(value: unknown, into: Record<string, true> = {}): Record<string, true> {
  if (Array.isArray(value)) for (const one of value) flat(one, into);
  else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) { into[key] = true; flat(one, into); }
  return into;
}
