import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { nowOf } from '#kernel/clock.ts';
import { shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { seedPrevention } from './demo/seed.ts';
import { datesOf, monthsOfYear, schoolYearOf, schoolYears } from './rules/school-year.ts';
import { wordingAllowed } from './rules/wording.ts';
import * as contracts from './schema.ts';
import type { Activity, Drive, Pilot, PilotView } from './schema.ts';
import { activityPath, addedModel, conclusion, expectOk, modelBody, month, openSite, people, pilotBody, runningPilot } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());
type Refused = { code: string };
const refusal = async (answer: Promise<{ status: number; body: Refused }>): Promise<[number, string]> => { const { status, body } = await answer; return [status, body.code]; };
type ModelView = Static<typeof contracts.getModel.reply>;

describe('models: reach and fidelity of a school year', () => {
  test('what a commune recorded stands at once in its own page, its province and the nation; fidelity is weighted by sessions', async () => {
    const model = await addedModel(site);
    const officer = people.officer();
    await expectOk(site.call(officer, 'PUT', '/prevention/bases/01/00004/2026-2027/school', { version: 0, sites: 4, people: 2400 }));
    await expectOk(site.call<Activity>(officer, 'PUT', activityPath(model, '2026-09'), month({ sites: 2, sessions: 3, components: [0, 1] })));
    await expectOk(site.call<Activity>(officer, 'PUT', activityPath(model, '2026-10'), month({ sites: 3, sessions: 3, components: [0] })));
    const own = await expectOk(site.call<ModelView>(officer, 'GET', `/prevention/models/00/${model.id}`));
    assert.deepEqual([own.own?.activities.length, own.own?.base?.sites, own.rows.length], [2, 4, 1]);
    const nation = await expectOk(site.call<ModelView>(people.ministry(), 'GET', `/prevention/models/00/${model.id}?year=2026-2027`));
    assert.deepEqual(nation.reach, { communes: 1, sessions: 6, reached: 600, sites: 3, sitesBase: 4, fidelity: 0.75 });
    assert.equal(nation.rows.length, 34);
    const province = await expectOk(site.call<ModelView>(people.leader(), 'GET', `/prevention/models/00/${model.id}`));
    assert.deepEqual(province.rows.find((row) => row.code === '00004')?.sites, 3);
  });
  test('a month is put right by who knows its version, and both are in the log', async () => {
    const model = await addedModel(site);
    const officer = people.officer();
    await expectOk(site.call(officer, 'PUT', activityPath(model), month()));
    assert.deepEqual(await refusal(site.call<Refused>(officer, 'PUT', activityPath(model), month({ sessions: 5 }))), [409, 'prevention-stale']);
    assert.equal((await expectOk(site.call<Activity>(officer, 'PUT', activityPath(model), month({ version: 1, sessions: 5 })))).version, 2);
    const rows = await site.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from log.leaf where action = 'prevention.activity-recorded' and target = ${model.id}`));
    assert.equal(rows.n, 2);
  });
  test('the school-year calendar begins with 2025-2026 and tells what is due and what was held', async () => {
    assert.deepEqual([schoolYearOf('2026-08-31'), schoolYearOf('2026-09-01')], ['2025-2026', '2026-2027']);
    assert.deepEqual(schoolYears('2026-11-18'), ['2025-2026', '2026-2027']);
    assert.deepEqual([monthsOfYear('2025-2026')[0], monthsOfYear('2025-2026')[4], monthsOfYear('2025-2026')[11]], ['2025-09', '2026-01', '2026-08']);
    assert.deepEqual(datesOf('2025-2026').slice(0, 3).map((date) => [date.on, date.certainty]), [['2025-09-05', 'S'], ['2026-01-18', 'S'], ['2026-05-31', 'S']]);
    const model = await addedModel(site);
    await expectOk(site.call(people.officer(), 'PUT', activityPath(model, '2026-11'), month()));
    const calendar = await expectOk(site.call<Static<typeof contracts.getSchoolCalendar.reply>>(people.ministry(), 'GET', '/prevention/school-calendar'));
    const cell = (when: string) => calendar.cells.find((one) => one.model === model.id && one.month === when);
    assert.deepEqual([cell('2026-09')?.due, cell('2026-09')?.communes, cell('2026-11')?.communes, cell('2026-12')?.due], [true, 0, 1, false]);
    assert.deepEqual(await refusal(site.call<Refused>(people.ministry(), 'GET', '/prevention/school-calendar?year=2024-2025')), [422, 'prevention-year-unknown']);
  });
});

describe('E15: activity counts only', () => {
  test('E15: a month of a school model is four numbers and a list of components, in a closed form', async () => {
    assert.deepEqual(Object.keys(contracts.recordActivity.body?.properties ?? {}).sort(), ['components', 'reached', 'sessions', 'sites', 'version']);
    assert.deepEqual(Object.keys(contracts.recordBase.body?.properties ?? {}).sort(), ['people', 'sites', 'version']);
    const model = await addedModel(site);
    for (const extra of [{ tested: 3 }, { positive: 0 }, { pupils: ['Nguyễn Văn Mẫu'] }, { className: '9A' }, { note: '' }]) assert.deepEqual(await refusal(site.call<Refused>(people.officer(), 'PUT', activityPath(model), { ...month(), ...extra })), [400, 'input-invalid']);
  });
  test('E1 E3 E15: no column tells of a pupil, a class, a test or a person', () => {
    const ddl = readFileSync(new URL('./migrations/001-prevention.sql', import.meta.url), 'utf8').replace(/--.*$/gm, '');
    assert.doesNotMatch(ddl, /\b(pupil|student|class_name|grade|test|tested|positive|screening|person|account|score|risk|note)\w*\b/i);
    assert.match(ddl.replace(/create table prevention\.(model|base|pilot|replication|drive|drive_count)\b[\s\S]*?\n\);/g, ''), /sites int not null[\s\S]*sessions int not null[\s\S]*reached int not null/);
  });
  test('E14: words that push people away are refused with what to say instead; numbers of persons too', () => {
    assert.deepEqual(wordingAllowed(['Cùng giúp con nghiện']), { ok: false, problem: { code: 'prevention-wording', word: 'con nghiện', instead: 'người nghiện ma túy' } });
    assert.equal(wordingAllowed(['Help drug addicts']).ok, false);
    assert.equal(wordingAllowed(['Gọi 0912345678']).ok, false);
    assert.equal(wordingAllowed(['Mỗi người dân một chiến sĩ, mỗi gia đình một pháo đài']).ok, true);
  });
});

describe('pilots: hypothesis, comparison, result, lesson', () => {
  test('a supported pilot is replicated: the draft has six-clear lines to the provinces and their communes, and its tasks are counted back', async () => {
    const leader = people.leader();
    const pilot = await runningPilot(site, people.ministry('BYT'), { province: '00' });
    const by = people.ministry('BYT');
    const done = await expectOk(site.call<PilotView>(by, 'POST', `/prevention/pilots/00/${pilot.id}/conclusion`, conclusion()));
    assert.deepEqual([done.difference, done.pilot.state], [1.5, 'concluded']);
    assert.deepEqual(done.moves, ['replicate']);
    const made = await expectOk(site.call<{ province: string; directive: string }>(by, 'POST', `/prevention/pilots/00/${pilot.id}/replications`, { provinces: ['04', '01'], communes: true, dueOn: '2027-06-30' }));
    const draft = await expectOk(site.call<{ state: string; version: number; head: Record<string, unknown>; assignments: { verdicts: { verdict: string }[] }[] }>(by, 'GET', `/directives/${made.province}/${made.directive}`));
    assert.deepEqual([draft.state, draft.assignments.length], ['drafting', 2]);
    assert.ok(draft.assignments.every((line) => line.verdicts.every(({ verdict }) => verdict !== 'missing')));
    const headed = await expectOk(site.call<{ version: number }>(by, 'PUT', `/directives/00/${made.directive}/head`, { version: draft.version, head: { ...draft.head, kind: 'conclusion', number: `${pilot.id.slice(0, 4)}/BYT`, issuedOn: '2026-11-18', signer: 'Nguyễn Văn Mẫu', signerPost: 'Thứ trưởng' } }));
    await expectOk(site.call(by, 'POST', `/directives/00/${made.directive}/issue`, { version: headed.version }));
    await site.deliver();
    const view = await expectOk(site.call<PilotView>(leader, 'GET', `/prevention/pilots/00/${pilot.id}`));
    assert.deepEqual([view.replications.length, view.replications[0]?.tasks, view.replications[0]?.done], [1, 127, 0], 'the province and its 126 communes');
  });
  test('not before its last day, not against its figures, not without a lesson, not by another province', async () => {
    const leader = people.leader();
    const early = await runningPilot(site, leader, { endsOn: '2026-12-31' });
    const conclude = (pilot: Pilot, changes: Record<string, unknown> = {}, by = leader) => refusal(site.call<Refused>(by, 'POST', `/prevention/pilots/01/${pilot.id}/conclusion`, conclusion(changes)));
    assert.deepEqual(await conclude(early), [409, 'prevention-too-early']);
    const pilot = await runningPilot(site, leader);
    assert.deepEqual(await conclude(pilot, { measured: { before: 1, after: 2, comparisonBefore: 1, comparisonAfter: 3 } }), [422, 'prevention-result-contradicts']);
    assert.deepEqual(await conclude(pilot, { result: 'not-supported' }), [422, 'prevention-result-contradicts']);
    assert.deepEqual(await conclude(pilot, { lesson: '  ' }), [422, 'prevention-lesson-missing']);
    assert.deepEqual(await conclude(pilot, {}, people.leader('04')), [404, 'not-found']);
    const unclear = await expectOk(site.call<PilotView>(leader, 'POST', `/prevention/pilots/01/${pilot.id}/conclusion`, conclusion({ result: 'unclear' })));
    assert.deepEqual(unclear.moves, []);
    assert.deepEqual(await refusal(site.call<Refused>(leader, 'POST', `/prevention/pilots/01/${pilot.id}/replications`, { provinces: ['01'], communes: false, dueOn: '2027-01-31' })), [409, 'prevention-not-supported']);
  });
  test('a commune is not compared with itself, nor one of another province taken into a province’s pilot', async () => {
    const add = (changes: Record<string, unknown>) => refusal(site.call<Refused>(people.leader(), 'POST', '/prevention/pilots', pilotBody(changes)));
    assert.deepEqual(await add({ comparison: [{ province: '01', commune: '00004' }] }), [422, 'prevention-areas-overlap']);
    assert.deepEqual(await add({ comparison: [{ province: '04', commune: '01273' }] }), [422, 'prevention-area-outside']);
    assert.deepEqual(await add({ comparison: [{ province: '01', commune: '00001' }] }), [404, 'unit-unknown']);
    assert.deepEqual(await add({ comparison: [] }), [400, 'input-invalid']);
    assert.deepEqual(await add({ endsOn: '2025-12-31' }), [422, 'prevention-days-wrong']);
    assert.deepEqual(await add({ hypothesis: 'Ít con nghiện hơn' }), [422, 'prevention-wording']);
  });
});

describe('bad counts have a clear answer', () => {
  test('months ahead or before the programme, more schools than there are, people without a session, a component the model lacks', async () => {
    const model = await addedModel(site);
    const officer = people.officer('01', '00008');
    await expectOk(site.call(officer, 'PUT', '/prevention/bases/01/00008/2026-2027/school', { version: 0, sites: 2, people: 900 }));
    const send = (changes: Record<string, unknown>, when = '2026-10') => refusal(site.call<Refused>(officer, 'PUT', activityPath(model, when, '01', '00008'), month(changes)));
    assert.deepEqual(await send({}, '2026-12'), [422, 'prevention-month-outside']);
    assert.deepEqual(await send({}, '2025-08'), [422, 'prevention-month-outside']);
    assert.deepEqual(await send({ sites: 3 }), [422, 'prevention-more-than-base']);
    assert.deepEqual(await send({ sessions: 0 }), [422, 'prevention-counts-disagree']);
    assert.deepEqual(await send({ sites: 2, sessions: 1 }), [422, 'prevention-counts-disagree']);
    assert.deepEqual(await send({ components: [2] }), [422, 'prevention-component-unknown']);
    assert.deepEqual(await send({ reached: -1 }), [400, 'input-invalid']);
    assert.deepEqual(await refusal(site.call<Refused>(people.officer('01', '00001'), 'PUT', activityPath(model, '2026-10', '01', '00001'), month())), [404, 'unit-unknown']);
    await expectOk(site.call(people.ministry(), 'POST', `/prevention/models/00/${model.id}/retirement`, { version: 1 }));
    assert.deepEqual(await send({}), [409, 'prevention-retired']);
    assert.deepEqual(await refusal(site.call<Refused>(people.ministry(), 'POST', '/prevention/models', modelBody({ nameVi: 'Lớp học cho con nghiện' }))), [422, 'prevention-wording']);
  });
  test('a campaign takes its own channels and months, and adds up by channel and commune', async () => {
    const drive = await expectOk(site.call<Drive>(people.ministry('MTTQ'), 'POST', '/prevention/drives', { province: '00', nameVi: 'Toàn dân tham gia', nameEn: 'All people join', messageVi: 'Lắng nghe, giúp nhau', messageEn: 'Listen, help one another', channels: ['meeting', 'online'], startsOn: '2026-09-01', endsOn: '2026-12-31' }));
    const path = (when: string, channel: string) => `/prevention/drives/00/${drive.id}/counts/01/00004/${when}/${channel}`;
    const body = { version: 0, activities: 3, reached: 240, costVnd: 1_500_000 };
    await expectOk(site.call(people.officer(), 'PUT', path('2026-10', 'meeting'), body));
    assert.deepEqual(await refusal(site.call<Refused>(people.officer(), 'PUT', path('2026-10', 'print'), body)), [422, 'prevention-channel-not-in-campaign']);
    assert.deepEqual(await refusal(site.call<Refused>(people.officer(), 'PUT', path('2026-08', 'meeting'), body)), [422, 'prevention-month-outside']);
    assert.deepEqual(await refusal(site.call<Refused>(people.officer(), 'PUT', path('2026-11', 'online'), { ...body, activities: 0 })), [422, 'prevention-counts-disagree']);
    const view = await expectOk(site.call<Static<typeof contracts.getDrive.reply>>(people.leader(), 'GET', `/prevention/drives/00/${drive.id}`));
    assert.deepEqual([view.totals, view.channels.length, view.rows.at(-1)?.code], [{ communes: 1, activities: 3, reached: 240, costVnd: 1_500_000 }, 1, '00004']);
  });
});

test('the demonstration has counts of the running school year in every province', async () => {
  await site.db.write('system', (tx) => seedPrevention(tx, nowOf(new Date('2026-11-18T03:00:00Z'))));
  const { rows } = await expectOk(site.call<Static<typeof contracts.listModels.reply>>(people.ministry(), 'GET', '/prevention/models'));
  const school = rows.find((row) => row.model.demonstration && row.model.setting === 'school');
  assert.ok(school !== undefined && school.reach.communes > 2000 && school.reach.sites <= school.reach.sitesBase && (school.reach.fidelity ?? 0) > 0.5);
});
