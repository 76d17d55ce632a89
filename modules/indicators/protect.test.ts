import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { actorWith, atNation, type TestServer } from '#platform/testing/test-server.ts';
import type { CommuneMap, Compact, Explanation, IndicatorPage, Overview, PivotReply, Quality } from './schema.ts';
import { expectOk, openSite, people, send, slots } from './site.test.ts';
import { seeded } from './testing/world.ts';

/** People in care by commune: two small, two large, one nobody; 00025 alone in having a small part in a large total. */
const inCare: Readonly<Record<string, readonly [male: number, female: number]>> = { '00004': [4, 0], '00008': [30, 25], '00025': [3, 40], '00070': [0, 0], '00082': [60, 50] };
let site: TestServer;
before(async () => {
  site = await openSite();
  for (const [unit, [male, female]] of Object.entries(inCare)) await send(site, unit, '2026-11', { [slots.found]: 40, [slots.resolved]: 20, [slots.male]: male, [slots.female]: female });
});
after(() => site.close());

const order = async (): Promise<string[]> => (await expectOk(site.call<{ provinces: { code: string; communes: [string][] }[] }>(people.nation(), 'GET', '/units/tree?asOf=2026-11-14'))).provinces.find((one) => one.code === '01')?.communes.map(([code]) => code) ?? [];
const map = async (by = people.analyst(), cell = ''): Promise<Map<string, Compact>> => {
  const { values } = await expectOk(site.call<CommuneMap>(by, 'GET', `/figures/map?element=incare&cell=${cell}&unit=01&period=2026-11`));
  return new Map((await order()).map((code, i) => [code, values[i] ?? null]));
};

describe('E4: small counts below a province', () => {
  test('are "<" for analysts and the nation, numbers for the province that approves and the unit itself; zero and missing look different', async () => {
    const hidden = await map();
    assert.deepEqual(['00004', '00025'].map((code) => hidden.get(code)), ['<', '<']);
    assert.equal(hidden.get('00070'), 0);
    assert.equal(hidden.get('00082'), 110);
    assert.equal(hidden.get('00097'), null);
    const whole = await map(people.secretary());
    assert.deepEqual(Object.keys(inCare).map((code) => whole.get(code)), [4, 55, 43, 0, 110]);
    const own = await expectOk(site.call<PivotReply>(people.officer('01', '00004'), 'POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'incare' }], periods: ['2026-11'], units: { of: '00004', level: 'self' }, standing: 'reported' }));
    assert.deepEqual(own.values, [4]);
  });
  test('cannot be had from another question: parts, quarters, indicators, explanations, quality, files', async () => {
    const analyst = people.analyst();
    for (const cell of ['male', 'female']) { const cells = await map(analyst, cell); assert.deepEqual(['00004', '00025'].map((code) => cells.get(code)), ['<', '<']); }
    const many = await expectOk(site.call<PivotReply>(analyst, 'POST', '/figures/pivot', { measures: [{ kind: 'element', id: 'incare' }, { kind: 'indicator', id: 'in-care' }], periods: ['2026-Q4', '2026', '2026-11'], units: { of: '00', level: 'list', list: ['00004'] }, axes: ['sex'], standing: 'both', counts: true }));
    assert.ok(many.values.every((value) => value === '<' || value === null), JSON.stringify(many.values));
    assert.ok(many.counts?.every((count) => count === 0));
    const explained = await expectOk(site.call<Explanation>(analyst, 'GET', '/figures/explain?element=incare&unit=01&period=2026-11'));
    const row = explained.returns.find((one) => one.key.orgUnit === '00004');
    assert.deepEqual([explained.figure, row?.values], [{ v: 212 }, [{ suppressed: true }]]);
    assert.ok(explained.returns.every((one) => one.approvals.every((approval) => approval.contentHash === null)));
    const page = await expectOk(site.call<IndicatorPage>(analyst, 'GET', '/figures/indicator/in-care?unit=00004&to=2026-11'));
    assert.deepEqual(page.series.at(-1)?.reported, { suppressed: true });
    assert.deepEqual(page.series.at(-1)?.numerator, { suppressed: true });
    const quality = await expectOk(site.call<Quality>(analyst, 'GET', '/figures/quality?unit=01&period=2026-11&dataSet=monthly'));
    assert.ok(quality.outliers.every((one) => one.element !== 'incare' || one.value === '<' || !(one.unit in inCare)));
    const csv = await site.call<Buffer>(analyst, 'POST', '/figures/pivot/export', { form: 'csv', language: 'en', query: { measures: [{ kind: 'element', id: 'incare' }], periods: ['2026-11'], units: { of: '00', level: 'list', list: ['00004'] }, standing: 'reported' } });
    assert.match(Buffer.from(csv.body).toString(), /^element:incare,[^\n]*,00004,[^\n,]*,,hidden,/m); // no number in the column of values, and the state says why
  });
  test('the hash of a figure holds no value, so nobody can guess one by it', async () => {
    const text = await site.call<Buffer>(people.analyst(), 'GET', '/figures/explain/recipe?element=incare&unit=01&period=2026-11');
    assert.match(Buffer.from(text.body).toString(), /01\/00004\/2026-11\/monthly\/@1$/m);
    assert.doesNotMatch(Buffer.from(text.body).toString(), /=\d/);
  });
  test('the shown total less the shown units never gives one unit: at least two are hidden, with room for nine in each', async () => {
    const shown = await map();
    const hidden = Object.keys(inCare).filter((code) => shown.get(code) === '<');
    assert.ok(hidden.length >= 2);
    const total = Object.values(inCare).flat().reduce((sum, one) => sum + one, 0);
    const rest = total - [...shown.values()].reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
    assert.ok(rest >= 8 + hidden.length);
  });
  test('no setting opens them: random questions and settings leave every small count hidden', async () => {
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    const random = seeded(4);
    const analyst = actorWith(atNation(random.pick(['national-analyst', 'auditor', 'ministry', 'government-office'])));
    try {
      for (let round = 0; round < 60; round += 1) {
        await owner.query("begin; set local sauro.system = 'on'");
        await owner.query('insert into platform.setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value', [random.pick(['indicators.threshold', 'indicators.protect', 'protected', 'suppress', 'indicators.roles']), JSON.stringify(random.pick([0, 1, false, null, 'off', { analyst: true }]))]);
        await owner.query('commit');
        const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5);
        const query = {
          measures: [{ kind: 'element', id: 'incare' }], periods: [random.pick(['2026-11', '2026-Q4', '2026', '2026-H2'])], standing: random.pick(['reported', 'approved', 'both']), counts: random() < 0.5,
          units: random() < 0.5 ? { of: '01', level: 'children' } : { of: '00', level: 'list', list: Object.keys(inCare) }, axes: some(['sex']), groups: some(['unit-kind']), attribute: random() < 0.3, mapDay: random.pick([null, null, '2026-11-14', '2025-07-15']),
          where: { axes: random() < 0.3 ? [{ axis: 'sex', options: [random.pick(['male', 'female'])] }] : [] },
        };
        const answer = await site.call<PivotReply>(analyst, 'POST', '/figures/pivot', query);
        assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 200));
        const unitAt = answer.body.dimensions.at(-1)?.keys ?? [];
        answer.body.values.forEach((value, at) => {
          const unit = unitAt[at % unitAt.length] ?? '';
          const small = unit === '00004' || unit === '00025';
          if (small && typeof value === 'number') assert.fail(`${unit} shows ${value} for ${JSON.stringify(query)}`);
        });
      }
    } finally {
      await owner.end();
    }
  });
});

describe('E13: the drug-free share never goes alone', () => {
  const names = ['in-care', 'waiting-days'];
  test('on the overview, the indicator’s page, maps and any analysis its companions stand beside it, or are named as without a figure', async () => {
    const overview = await expectOk(site.call<Overview>(people.nation(), 'GET', '/figures/overview?period=2026-11'));
    assert.deepEqual(overview.companions?.beside.map((one) => one.indicator.id), names);
    assert.deepEqual(overview.companions?.without, ['waiting-days']);
    const page = await expectOk(site.call<IndicatorPage>(people.nation(), 'GET', '/figures/indicator/resolved-share?to=2026-11'));
    assert.deepEqual(page.beside.map((one) => one.indicator.id), names);
    const shown = await expectOk(site.call<CommuneMap>(people.nation(), 'GET', '/figures/map?indicator=resolved-share&level=province&period=2026-11'));
    assert.deepEqual(shown.beside.map((one) => one.indicator.id), names);
    const pivot = await expectOk(site.call<PivotReply>(people.nation(), 'POST', '/figures/pivot', { measures: [{ kind: 'indicator', id: 'resolved-share' }], periods: ['2026-11'], units: { of: '00', level: 'children' }, standing: 'reported' }));
    assert.deepEqual(pivot.dimensions[0]?.keys, ['indicator:resolved-share', ...names.map((id) => `indicator:${id}`)]);
    const file = await site.call<Buffer>(people.nation(), 'POST', '/figures/pivot/export', { form: 'csv', language: 'vi', query: { measures: [{ kind: 'indicator', id: 'resolved-share' }], periods: ['2026-11'], units: { of: '00', level: 'self' }, standing: 'reported' } });
    for (const id of names) assert.ok(Buffer.from(file.body).toString().includes(id));
  });
});
