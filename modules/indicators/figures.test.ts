import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import { openDatabase } from '#platform/db/database.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { sql } from '#platform/db/sql.ts';
import { readWorkbook } from '#platform/documents/xlsx.ts';
import type { Commitment, Explanation, IndicatorPage, Judged, Overview, PivotReply, Quality, Sample } from './schema.ts';
import { approve, expectOk, openSite, people, send, slots } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const overview = (by = people.nation(), query = 'period=2026-11') => expectOk(site.call<Overview>(by, 'GET', `/figures/overview?${query}`));
const pivot = (query: object, by = people.nation()) => expectOk(site.call<PivotReply>(by, 'POST', '/figures/pivot', { periods: ['2026-11'], units: { of: '00', level: 'self' }, standing: 'reported', ...query }));
const found = async (standing = 'reported') => (await pivot({ measures: [{ kind: 'element', id: 'found' }], standing })).values[0];

describe('figures are of the same commit', () => {
  test('the nation’s overview counts a return in the very next answer, and says on how many returns it stands', async () => {
    const empty = await overview();
    assert.deepEqual(empty.bullets[1]?.value, { missing: true });
    await send(site, '00004', '2026-11', { [slots.found]: 40, [slots.resolved]: 30, [slots.beds]: 5, [slots.waiting]: 10 });
    const now = await overview();
    assert.deepEqual(now.bullets.map((one) => one.value), [{ v: 75 }, { v: 40 }]);
    assert.deepEqual([now.source.received, now.source.expected, now.source.approved, now.label], [1, 3321, 0, 'provisional']);
    assert.equal(now.bullets[0]?.judged.reason, 'too-few-reports');
    assert.deepEqual(now.things.map((one) => one.rule).sort(), ['approval-waiting', 'returns-missing']);
    assert.deepEqual(now.cascade?.steps.map((one) => one.value), [{ v: 40 }, { v: 30 }]);
    assert.equal(now.children.length, 34);
    assert.equal(now.tiles.values[now.children.findIndex(([code]) => code === '01')], 75);
  });
  test('a correction replaces, a zero is a zero, an approval moves the approved figure only', async () => {
    await send(site, '00008', '2026-11', { [slots.found]: 0 });
    await send(site, '00004', '2026-11', { [slots.found]: 44 }, { baseRev: 1 });
    assert.deepEqual([await found(), await found('approved')], [44, null]);
    await approve(site, '00004', '2026-11', 2);
    assert.deepEqual([await found(), await found('approved')], [44, 44]);
    const both = await pivot({ measures: [{ kind: 'element', id: 'found' }], standing: 'both', counts: true, units: { of: '01', level: 'list', list: ['00004', '00008', '00025'] } });
    assert.deepEqual(both.values, [44, 0, null, 44, null, null]);
    assert.deepEqual(both.counts, [1, 1, 0, 1, 0, 0]);
  });
  test('a commit of another process is seen by the next answer here', async () => {
    assert.equal(await found(), 44);
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    await owner.query(`begin; set local sauro.system = 'on';
      update returns.packed set vals[1] = 50, rev = rev + 1 where org_unit = '00004' and period = '2026-11';
      update returns.roll_up set sums[1] = sums[1] + 6 where period = '2026-11' and node in ('00', '01') and standing = 'reported';
      update returns.version set version = version + 1 where period = '2026-11'; commit`);
    await owner.end();
    assert.equal(await found(), 50);
    assert.deepEqual((await pivot({ measures: [{ kind: 'element', id: 'found' }], units: { of: '00', level: 'list', list: ['00004'] } })).values, [50]);
  });
  test('many readers at once, with commits between them, each get a state that was committed and never one older than their question', async () => {
    let sent = 0;
    const floor = [Number(await found('reported'))];
    const read = async (): Promise<void> => { for (let i = 0; i < 12; i += 1) { const least = floor.at(-1) ?? 0; assert.ok(Number(await found()) >= least); } };
    const write = async (): Promise<void> => { for (let i = 0; i < 6; i += 1) { sent += 1; await send(site, '00070', '2026-11', { [slots.found]: sent * 10 }, { baseRev: i }); floor.push(50 + sent * 10); } };
    await Promise.all([write(), read(), read(), read()]);
    assert.equal(await found(), 50 + sent * 10);
  });
});

describe('stocks, averages and shares', () => {
  test('a question over twenty years of quarters is answered: no period’s map, programme or vectors are loaded one after another', async () => {
    const quarters = Array.from({ length: 80 }, (_, i) => `${2026 + Math.floor(i / 4)}-Q${1 + (i % 4)}`);
    const reply = await pivot({ measures: [{ kind: 'element', id: 'found' }, { kind: 'element', id: 'beds' }], periods: quarters });
    assert.equal(reply.values.length, 160);
    assert.ok(Number(reply.values[quarters.indexOf('2026-Q4')]) > 0);
    assert.equal(reply.values.at(-1), null);
  });
  test('over a quarter a flow adds, a stock is each unit’s last, an average weighs every value, a maximum is the most; a quarter that is cut is told', async () => {
    await send(site, '00082', '2026-10', { [slots.found]: 100, [slots.beds]: 7, [slots.waiting]: 20, [slots.worst]: 9, [slots.open]: 12 });
    await send(site, '00082', '2026-11', { [slots.found]: 10, [slots.waiting]: 40, [slots.worst]: 3, [slots.open]: 4 });
    const reply = await pivot({ measures: ['found', 'beds', 'waiting', 'worst', 'open'].map((id) => ({ kind: 'element', id })), periods: ['2026-Q4'], units: { of: '00', level: 'list', list: ['00082'] } });
    assert.deepEqual(reply.values, [110, 7, 30, 9, 8]);
    const nation = await pivot({ measures: [{ kind: 'element', id: 'beds' }, { kind: 'element', id: 'waiting' }], periods: ['2026-Q4'] });
    assert.deepEqual(nation.values, [5 + 7, (10 + 20 + 40) / 3]);
    const finer = await pivot({ measures: [{ kind: 'element', id: 'plans' }], periods: ['2026-11'] });
    assert.deepEqual([finer.values, finer.refused[0]?.code], [[null], 'period-finer-than-returns']);
  });
  test('a share of a province is of its sums, not the mean of its communes’ shares', async () => {
    const reply = await pivot({ measures: [{ kind: 'indicator', id: 'resolved-share' }], units: { of: '00', level: 'list', list: ['01'] } });
    const parts = await pivot({ measures: [{ kind: 'element', id: 'resolved' }, { kind: 'element', id: 'found' }], units: { of: '00', level: 'list', list: ['01'] } });
    const [resolved, all] = parts.values;
    assert.equal(reply.values[0], Math.round((Number(resolved) * 100_000) / Number(all)) / 1000);
  });
});

describe('explain this number', () => {
  test('from the nation’s figure to the return, its revision and its approvals, by office; anyone can compute the hash again', async () => {
    const path = 'indicator=resolved-share&unit=00&period=2026-11';
    const answer = await expectOk(site.call<Explanation>(people.nation(), 'GET', `/figures/explain?${path}`));
    assert.deepEqual(answer.terms.map((term) => [term.ref, term.side]), [['resolved', 'numerator'], ['found', 'denominator']]);
    const row = answer.returns.find((one) => one.key.orgUnit === '00004');
    assert.equal(row?.office, 'UBND:01:00004');
    assert.deepEqual(row?.values.map((one) => 'v' in one), [true, true]);
    assert.ok((row?.approvals.length ?? 0) >= 1);
    assert.equal(answer.silentTotal, 3321 - answer.returnsTotal);
    const text = await site.call<Buffer>(people.nation(), 'GET', `/figures/explain/recipe?${path}`);
    assert.equal(createHash('sha256').update(Buffer.from(text.body)).digest('hex'), answer.hash);
    const again = await expectOk(site.call<Explanation>(people.analyst(), 'GET', `/figures/explain?${path}`));
    assert.equal(again.hash, answer.hash);
  });
  test('the nation’s terms are the sum of its children’s', async () => {
    const nation = await expectOk(site.call<Explanation>(people.nation(), 'GET', '/figures/explain?element=found&unit=00&period=2026-11'));
    const sum = nation.children.reduce((total, one) => total + ('v' in one.figure ? one.figure.v : 0), 0);
    assert.deepEqual(nation.figure, { v: sum });
  });
});

describe('judgements and commitments', () => {
  test('a commitment bends the path of its province; a weaker one than the target is refused; a stale one too', async () => {
    const body = { unit: '01', target: 'T1', period: '2030', value: 100, basis: 'Nghị quyết thử', baseRevision: 0 };
    const made = await expectOk(site.call<Commitment>(people.leader(), 'PUT', '/figures/commitments', body));
    assert.equal(made.revision, 1);
    const codes = async (changes: object): Promise<unknown[]> => { const answer = await site.call<{ code: string }>(people.leader(), 'PUT', '/figures/commitments', { ...body, ...changes }); return [answer.status, answer.body.code]; };
    assert.deepEqual(await codes({ baseRevision: 0 }), [409, 'commitment-changed']);
    assert.deepEqual(await codes({ baseRevision: 1, basis: 'Theo đơn của người có căn cước 001099012345' }), [422, 'words-name-person'], 'E1');
    assert.deepEqual(await codes({ baseRevision: 1, value: 70 }), [422, 'commitment-weaker-than-target']);
    assert.deepEqual(await codes({ target: 'none' }), [404, 'target-unknown']);
    const page = await expectOk(site.call<IndicatorPage>(people.leader(), 'GET', '/figures/indicator/resolved-share?unit=01&to=2026-11'));
    assert.equal(page.targets[0]?.target.commitment?.value, 100);
    assert.equal(page.targets[0]?.judged.shouldBe, 40 + (60 * 11) / 60);
  });
  test('a signed judgement is shown with its reason and what was computed; nobody judges their own unit, without a reason, or where nothing has a direction', async () => {
    const body = { indicator: 'resolved-share', unit: '00004', period: '2026-11', step: 'fair', reason: 'Xã vừa sáp nhập, hồ sơ chuyển về chậm; đã xác minh.' };
    const judged = await expectOk(site.call<Judged>(people.leader(), 'POST', '/figures/judgements', body));
    assert.deepEqual([judged.step, judged.override?.office], ['fair', 'UBND:01']);
    const codes = async (changes: object): Promise<unknown[]> => { const answer = await site.call<{ code: string }>(people.leader(), 'POST', '/figures/judgements', { ...body, ...changes }); return [answer.status, answer.body.code]; };
    assert.deepEqual(await codes({ unit: '01' }), [403, 'judgement-own-unit']);
    assert.deepEqual(await codes({ reason: 'vì thế' }), [422, 'reason-too-short']);
    assert.deepEqual(await codes({ reason: 'Đã hỏi lại cán bộ phụ trách, số 0912 345 678, ngày hôm qua.' }), [422, 'words-name-person'], 'E1');
    assert.deepEqual(await codes({ indicator: 'found-cases' }), [422, 'direction-says-nothing']);
    const page = await expectOk(site.call<IndicatorPage>(people.leader(), 'GET', '/figures/indicator/resolved-share?unit=00004&to=2026-11'));
    assert.deepEqual([page.targets[0]?.judged.step, page.targets[0]?.judged.override?.reason], ['fair', body.reason]);
  });
  test('R25: each of these has its leaf in the log', async () => {
    const rows = await site.db.read('system', (tx) => tx.arrays(sql`select action, count(*)::int from log.leaf where action like 'indicators.%' group by 1 order by 1`));
    assert.deepEqual(rows, [['indicators.committed', 1], ['indicators.judged', 1]]);
  });
});

describe('random verification', () => {
  test('the seed’s digest is public before the visit, the seed with the draw; the draw can be done again; the reporting office does not count itself', async () => {
    const id = newId();
    const body = { id, province: '01', dataSet: 'monthly', period: '2026-11', size: 8, elements: ['found'], visitFrom: '2026-11-25' };
    const announced = await expectOk(site.call<Sample>(people.secretary(), 'POST', '/figures/verification', body));
    assert.deepEqual([announced.seed, announced.units, announced.frame], [null, [], 126]);
    assert.equal((await site.call<{ code: string }>(people.secretary(), 'POST', `/figures/verification/${id}/draw`, {})).body.code, 'sample-not-yet');
    const hidden = await site.db.read(people.secretary(), (tx) => tx.arrays(sql`select seed from indicators.sample_seed`));
    assert.deepEqual(hidden, []);
    site.setClock('2026-11-25T03:00:00.000Z');
    const drawn = await expectOk(site.call<Sample>(people.secretary(), 'POST', `/figures/verification/${id}/draw`, {}));
    assert.equal(createHash('sha256').update(`sauro-sample/1\n${drawn.seed ?? ''}`).digest('hex'), announced.seedDigest);
    assert.equal(drawn.units.length, 8);
    const unit = drawn.units.map((one) => one.unit.code).find((code) => !['00004', '00008', '00070', '00082', '00097', '00103'].includes(code)) ?? '';
    await send(site, unit, '2026-11', { [slots.found]: 12 });
    const counted = await expectOk(site.call<Sample>(people.secretary(), 'POST', `/figures/verification/${id}/counts`, { unit, counts: [{ element: 'found', cell: '', counted: 9 }], note: '' }));
    const at = (sample: Sample | undefined) => sample?.units.find((one) => one.unit.code === unit)?.counts.map((one) => [one.reported, one.counted]);
    assert.deepEqual(at(counted), [[{ v: 12 }, { v: 9 }]]);
    assert.equal((await site.call<{ code: string }>(people.secretary(), 'POST', `/figures/verification/${id}/counts`, { unit: '99999', counts: [], note: '' })).body.code, 'unit-not-in-sample');
    assert.deepEqual(await site.call<{ code: string }>(people.secretary(), 'POST', `/figures/verification/${id}/counts`, { unit, counts: [{ element: 'found', cell: '', counted: 12 }], note: '' }).then((answer) => [answer.status, answer.body.code]), [409, 'count-exists'], 'a second count is told, never swallowed');
    const list = await expectOk(site.call<{ rows: Sample[] }>(people.analyst(), 'GET', '/figures/verification?province=01'));
    assert.deepEqual(at(list.rows[0]), [[{ v: 12 }, { v: 9 }]]);
    assert.equal(list.rows[0]?.seed, drawn.seed);
    site.setClock('2026-11-18T03:00:00.000Z');
  });
});

describe('files and bad questions', () => {
  test('the brief is one page of PDF; a workbook has a table and a sheet of definitions', async () => {
    const silent = await site.call<{ code: string; expected: number }>(people.nation(), 'GET', '/figures/brief.pdf?period=2026-11');
    assert.deepEqual([silent.status, silent.body.code, silent.body.expected], [409, 'brief-too-few-returns', 3321]);
    const pdf = await site.call<Buffer>(people.nation(), 'GET', '/figures/brief.pdf?period=2026-11&unit=00004');
    assert.equal(pdf.status, 200);
    const bytes = Buffer.from(pdf.body);
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
    assert.equal(bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length, 1);
    const sheet = await site.call<Buffer>(people.nation(), 'POST', '/figures/pivot/export', { form: 'xlsx', language: 'vi', query: { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: '00', level: 'children' }, standing: 'both', counts: true } });
    assert.ok(Buffer.from(sheet.body).toString('latin1').includes('xl/tables/table1.xml'), 'a table of the workbook, not only cells');
    const read = await readWorkbook(Uint8Array.from(Buffer.from(sheet.body)));
    assert.ok(read.ok);
    assert.deepEqual(read.value.map((one) => one.name), ['Số liệu', 'Định nghĩa']);
  });
  test('each number takes its returns, its grade with the reason, and the factor of its own period’s sample along; a later sample says nothing of an earlier month', async () => {
    const query = { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-10', '2026-11'], units: { of: '00', level: 'list', list: ['01'] }, standing: 'reported' };
    const csv = Buffer.from((await site.call<Buffer>(people.nation(), 'POST', '/figures/pivot/export', { form: 'csv', language: 'en', query })).body).toString();
    const [head = [], october = [], november = []] = csv.slice(1).trimEnd().split('\r\n').map((line) => line.split(','));
    const cell = (row: readonly string[], title: string): string | undefined => row[head.indexOf(title)];
    assert.deepEqual([cell(october, 'Returns received'), cell(october, 'Returns expected')], ['1', '126']);
    assert.deepEqual([cell(october, 'Grade'), cell(november, 'Grade')], ['D', 'D']);
    assert.match(cell(october, 'Why this grade') ?? '', /returns received|Share of returns received/i);
    assert.equal(cell(october, 'Verification factor'), '');
    const page = await expectOk(site.call<IndicatorPage>(people.nation(), 'GET', '/figures/indicator/found-cases?unit=01&from=2026-10&to=2026-11'));
    assert.equal(page.series[0]?.verification, null);
    assert.equal(page.series[1]?.verification, 0.75);
    assert.equal(cell(november, 'Verification factor'), '0.75');
  });
  test('an unknown unit, period, indicator, element or group set, an empty or too large question: each is told', async () => {
    const code = async (method: string, path: string, body?: object): Promise<unknown[]> => { const answer = await site.call<{ code: string }>(people.nation(), method, path, body); return [answer.status, answer.body.code]; };
    assert.deepEqual(await code('GET', '/figures/overview?unit=99999&period=2026-11'), [404, 'unit-unknown']);
    assert.deepEqual(await code('GET', '/figures/overview?period=2026-13'), [422, 'period-malformed']);
    assert.deepEqual(await code('GET', '/figures/overview?period=2026-11&tile=none'), [404, 'indicator-unknown']);
    assert.deepEqual(await code('GET', '/figures/map?period=2026-11'), [422, 'measure-missing']);
    assert.deepEqual(await code('GET', '/figures/map?period=2026-11&element=none'), [404, 'element-unknown']);
    const query = { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: '00', level: 'self' }, standing: 'reported' };
    assert.deepEqual(await code('POST', '/figures/pivot', { ...query, measures: [] }), [422, 'pivot-empty']);
    assert.deepEqual(await code('POST', '/figures/pivot', { ...query, where: { attributes: ['male', 'female'] } }), [422, 'pivot-attributes-apart'], 'two parts of a return are shown apart, not added in silence');
    assert.deepEqual(await code('POST', '/figures/pivot', { ...query, groups: ['none'] }), [404, 'group-set-unknown']);
    assert.deepEqual(await code('POST', '/figures/pivot', { ...query, units: { of: '00', level: 'commune' }, periods: Array.from({ length: 240 }, (_, i) => String(2000 + i)), measures: ['found', 'resolved', 'beds', 'worst'].map((id) => ({ kind: 'element', id })) }), [422, 'pivot-too-large']);
  });
  test('outliers stand out against the unit’s own past, and lower the grade', async () => {
    for (const [i, period] of ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09'].entries()) await send(site, '00097', period, { [slots.found]: 20 + (i % 3), [slots.resolved]: 3 });
    await send(site, '00097', '2026-11', { [slots.found]: 900, [slots.resolved]: 3 });
    const quality = await expectOk(site.call<Quality>(people.leader(), 'GET', '/figures/quality?unit=01&period=2026-11&dataSet=monthly'));
    assert.deepEqual(quality.outliers.map((one) => [one.unit, one.element, one.value, one.usual]), [['00097', 'found', 900, 21]]);
    assert.ok(quality.grade.reasons.some((one) => one.code === 'outliers'));
    assert.equal(quality.grade.grade, 'D');
  });
});

test('answers to the same question come from memory only while nothing moved, for each database apart', async () => {
  const other = openDatabase(site.db.url, { max: 2 });
  try {
    const { readPivot } = await import('./index.ts');
    const use = { actor: people.nation(), now: { at: '2026-11-18T03:00:00.000Z', today: '2026-11-18' }, services: { ...site.services, db: other } };
    const ask = async () => (await readPivot(use, { measures: [{ kind: 'element', id: 'found' }], periods: ['2026-11'], units: { of: '00', level: 'self' }, standing: 'reported' })).values[0];
    const before_ = [await ask(), await ask(), await ask()];
    assert.deepEqual(before_, [await found(), await found(), await found()]);
    await send(site, '00103', '2026-11', { [slots.found]: 7 });
    assert.equal(await ask(), Number(before_[0]) + 7);
  } finally {
    await other.close();
  }
});
