import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadProgramme } from '../definitions/index.ts';
import { loadUnits, mergeUnits } from '../org-units/index.ts';
import { editionOfFiles } from '../org-units/load.ts';
import type { Explanation, IndicatorPage, Overview, PivotReply } from './schema.ts';
import { approve, expectOk, indicator, modules, people, programme, send, slots } from './site.test.ts';

/** 00004 and 00008 become one ward, under the code of the first, with the period of November; 00025 stays itself. */
const [one, two, other] = ['00004', '00008', '00025'] as const;
const indicators = [
  indicator('found-cases', { numerator: '#{found}', polarity: 'none', decimals: 0 }), indicator('to-date', { numerator: '#{found}.yearToDate()', decimals: 0 }), indicator('growth', { numerator: '#{found} - #{found}.periodOffset(-1)', decimals: 0 }),
  indicator('received-share', { numerator: 'R{monthly.ACTUAL_REPORTS}', denominator: 'R{monthly.EXPECTED_REPORTS}', factor: 100 }),
];
let site: TestServer;
before(async () => {
  site = await testServer(modules, { name: `in2${editionOfFiles().slice(0, 6)}`, fill: async (db) => {
    await loadUnits(db);
    const { files } = programme({ indicator: indicators, target: [] });
    const plain = { files: files.map((file) => (file.kind === 'programme' ? { ...file, items: file.items.map((item) => ({ ...(item as object), overview: { main: ['found-cases'], cascade: [], share: null, beside: [], map: 'found-cases' } })) } : file)) };
    const loaded = await loadProgramme(db, plain, { note: 'thử', by: 'test', on: '2026-11-20' });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts));
  } });
  await send(site, one, '2026-10', { [slots.found]: 5, [slots.beds]: 3, [slots.male]: 20, [slots.female]: 15 });
  await send(site, two, '2026-10', { [slots.found]: 7, [slots.beds]: 2, [slots.male]: 4, [slots.female]: 1 });
  await send(site, other, '2026-10', { [slots.found]: 100, [slots.male]: 30, [slots.female]: 40 });
  await approve(site, two, '2026-10', 1);
  const merged = await site.db.write('system', (tx) => mergeUnits(tx, { from: [one, two], into: { code: one, nameVi: 'Phường Hợp Nhất', kind: 'ward' }, on: '2026-10-15', basis: 'thử', certainty: 'S' }));
  assert.ok(merged.ok);
  await new Promise((done) => { setTimeout(done, 1100); }); // forms are kept for a second
  await send(site, one, '2026-11', { [slots.found]: 20, [slots.beds]: 6, [slots.male]: 25, [slots.female]: 16 });
  await send(site, other, '2026-11', { [slots.found]: 110, [slots.male]: 30, [slots.female]: 40 });
});
after(() => site.close());

const explain = (query: string, by = people.nation()) => expectOk(site.call<Explanation>(by, 'GET', `/figures/explain?${query}`));
const pivot = (query: object) => expectOk(site.call<PivotReply>(people.nation(), 'POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-10', '2026-11', '2026-Q4'], standing: 'reported', ...query }));

describe('a figure over a span with a merger in it', () => {
  test('C2: lists the returns of the units merged since, under the unit they count in, and they add up to the figure', async () => {
    const of = await explain(`element=found&unit=${one}&period=2026-Q4`);
    assert.deepEqual(of.figure, { v: 32 });
    assert.deepEqual(of.returns.map((row) => [row.key.orgUnit, row.key.period, row.countsIn?.code ?? null, row.countsIn?.nameVi ?? null, row.values]).sort(), [
      [one, '2026-10', one, 'Phường Hợp Nhất', [{ v: 5 }]], [one, '2026-11', null, null, [{ v: 20 }]], [two, '2026-10', one, 'Phường Hợp Nhất', [{ v: 7 }]],
    ].sort());
    assert.deepEqual(of.returns.find((row) => row.key.orgUnit === two)?.approvals.map((approval) => approval.step), ['head', 'province']);
    assert.deepEqual(of.coverage, { reporting: 3, expected: 4 }, 'two owed in October, one in November and in December: never more received than owed');
    assert.deepEqual(of.silent, [], 'nobody is late with a month that has not ended');
    assert.deepEqual((await explain('element=found&unit=01&period=2026-Q4')).silent.find((each) => each.unit.code === '00070')?.periods, ['2026-10', '2026-11']);
    const province = await explain('element=found&unit=01&period=2026-Q4');
    assert.deepEqual([province.figure, province.returnsTotal], [{ v: 242 }, 5]);
  });
  test('C1: provinces and the nation have the same sums on the map of then and of now; the merged unit has the sums of its parts, its parts none of its own', async () => {
    for (const mapDay of [null, '2026-10-14', '2026-11-14']) assert.deepEqual((await pivot({ units: { of: '00', level: 'list', list: ['01', '00'] }, mapDay })).values, [112, 112, 130, 130, 242, 242], String(mapDay));
    assert.deepEqual((await pivot({ units: { of: '00', level: 'list', list: [one] }, mapDay: '2026-11-14' })).values, [12, 20, 32]);
    assert.deepEqual((await pivot({ units: { of: '00', level: 'list', list: [one, two] }, mapDay: '2026-10-14' })).values, [5, 7, null, null, 5, 7], 'what the new ward reports cannot be divided');
    const stocks = await pivot({ measures: [{ kind: 'element', id: 'beds' }], units: { of: '00', level: 'list', list: [one] }, mapDay: '2026-11-14' });
    assert.deepEqual(stocks.values, [5, 6, 6]);
  });
  test('a merged unit is compared with all it was made of, never with the one whose code it took', async () => {
    const page = await expectOk(site.call<IndicatorPage>(people.nation(), 'GET', `/figures/indicator/found-cases?unit=${one}&to=2026-11`));
    assert.deepEqual(page.series.slice(-2).map((point) => [point.reported, point.coverage]), [[{ v: 12 }, { reporting: 2, expected: 2 }], [{ v: 20 }, { reporting: 1, expected: 1 }]]);
    const overview = await expectOk(site.call<Overview>(people.nation(), 'GET', `/figures/overview?unit=${one}&period=2026-11`));
    assert.deepEqual([overview.bullets[0]?.trend.slice(-2), overview.bullets[0]?.change], [[12, 20], 8]);
    const values = await pivot({ measures: ['to-date', 'growth'].map((id) => ({ kind: 'indicator', id })), periods: ['2026-11'], units: { of: '00', level: 'list', list: [one, '01'] } });
    assert.deepEqual(values.values, [32, 242, 8, 18]);
  });
  test('C2: on another map, and from the start of the year, the explanation is of the same figure', async () => {
    const then = await explain(`element=found&unit=${two}&period=2026-10&mapDay=2026-10-14`);
    assert.deepEqual([then.figure, then.treeDay, then.returnsTotal], [{ v: 7 }, '2026-10-14', 1]);
    const now = await explain(`element=found&unit=${one}&period=2026-10&mapDay=2026-11-14`);
    assert.deepEqual([now.figure, now.returns.map((row) => row.key.orgUnit).sort()], [{ v: 12 }, [one, two]]);
    const toDate = await explain(`indicator=to-date&unit=${one}&period=2026-11`);
    const [term] = toDate.terms;
    assert.deepEqual([toDate.figure, term?.value, term?.period, term?.toDate, toDate.returnsTotal], [{ v: 32 }, { v: 32 }, '2026-11', true, 3]);
    const inner = await explain(`element=found&unit=${one}&period=2026-11&toDate=yes`);
    assert.deepEqual([inner.figure, inner.returnsTotal], [{ v: 32 }, 3]);
    const growth = await explain(`indicator=growth&unit=${one}&period=2026-11`);
    assert.deepEqual(growth.terms.map((one_) => [one_.period, one_.value]), [['2026-11', { v: 20 }], ['2026-10', { v: 12 }]]);
    assert.deepEqual(growth.returns.map((row) => [row.key.period, row.key.orgUnit, row.values]).sort(), [['2026-10', one, [{ missing: true }, { v: 5 }]], ['2026-10', two, [{ missing: true }, { v: 7 }]], ['2026-11', one, [{ v: 20 }, { missing: true }]]].sort());
  });
  test('E4: small counts of a unit merged since are open to who enters or approves what it became, hidden from all others, and its content’s hash with them', async () => {
    const row = async (by: ReturnType<typeof people.nation>, unit: string = one) => (await explain(`element=incare&unit=${unit}&period=2026-Q4`, by)).returns.find((each) => each.key.orgUnit === two);
    for (const by of [people.analyst(), people.nation()]) for (const unit of [one, '01', '00']) {
      const seen = await row(by, unit);
      assert.deepEqual([seen?.values, seen?.approvals.every((approval) => approval.contentHash === null)], [[{ suppressed: true }], true], unit);
    }
    for (const by of [people.head('01', one), people.officer('01', one), people.secretary()]) assert.deepEqual((await row(by))?.values, [{ v: 5 }]);
    assert.equal((await site.call(people.head('01', other), 'GET', `/figures/explain?element=incare&unit=${one}&period=2026-Q4`)).status, 403);
    const police = await explain('element=incare&unit=01&period=2026-Q4', people.police());
    assert.deepEqual([police.returns, police.children], [[], []], 'who reads sums of the province alone sees no single return');
    assert.deepEqual((await explain(`element=incare&unit=${one}&period=2026-Q4`, people.analyst())).figure, { suppressed: true });
  });
});

describe('the hash of a figure', () => {
  test('C2: an auditor with the database and the published definitions, and none of our code, computes it again', async () => {
    const answer = await explain('element=found&unit=01&period=2026-Q4');
    const rows = await site.db.read('system', (tx) => tx.arrays(sql`
      select province || '/' || org_unit || '/' || period || '/' || data_set || '/' || attribute || '@' || rev from returns.packed
       where data_set = 'monthly' and period in ('2026-10', '2026-11', '2026-12') and province = '01'`));
    const lines = [
      'sauro-figure/1', 'element found', 'edition 1 valid-from 2025-01-01', 'formula over-units sum', 'formula over-time sum', 'slots monthly:1', 'returns monthly@2026-10 monthly@2026-11 monthly@2026-12', 'unit 01 on 2026-12-14',
      'period 2026-Q4', 'standing reported', ...rows.map((row) => String(row[0])).sort(),
    ];
    assert.equal(answer.hash, createHash('sha256').update(lines.join('\n')).digest('hex'));
    assert.equal(rows.length, answer.returnsTotal);
    const values = await site.db.read('system', (tx) => tx.arrays(sql`select sum(vals[1])::int from returns.packed where data_set = 'monthly' and province = '01'`));
    assert.deepEqual(answer.figure, { v: values[0]?.[0] }, 'and the figure from the revisions the lines name');
  });
  test('a share of reports received has its reports in the hash, and what was expected as a fact', async () => {
    const before_ = await explain('indicator=received-share&unit=01&period=2026-11');
    assert.deepEqual([before_.facts, before_.returnsTotal, before_.coverage], [[{ ref: 'R{monthly.ACTUAL_REPORTS}', value: 2 }, { ref: 'R{monthly.EXPECTED_REPORTS}', value: 125 }], 2, { reporting: 2, expected: 125 }]);
    assert.ok(before_.recipe.head.includes('fact R{monthly.EXPECTED_REPORTS} 125'));
    await send(site, '00070', '2026-11', { [slots.found]: 1 });
    const later = await explain('indicator=received-share&unit=01&period=2026-11');
    assert.notEqual(later.hash, before_.hash);
    assert.equal(later.returnsTotal, 3);
  });
  test('another revision of one return is another hash, and the list shows the revision the figure was made from', async () => {
    const was = await explain(`element=found&unit=${other}&period=2026-11`);
    await send(site, other, '2026-11', { [slots.found]: 111 }, { baseRev: 1 });
    const is = await explain(`element=found&unit=${other}&period=2026-11`);
    assert.deepEqual([was.returns[0]?.rev, is.returns[0]?.rev, is.figure, was.hash === is.hash], [1, 2, { v: 111 }, false]);
  });
});
