import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { nowOf } from '#kernel/clock.ts';
import { seedCoverage } from './demo/seed.ts';
import * as contracts from './schema.ts';
import type { CampaignView, DivisionView, Place, Visit } from './schema.ts';
import { divided, divisionPath, expectOk, group, openedCampaign, opening, openSite, people, visit } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

type Refused = { code: string };
const refusal = async (answer: Promise<{ status: number; body: Refused }>): Promise<[number, string]> => { const { status, body } = await answer; return [status, body.code]; };

describe('a place is planned, reached and counted', () => {
  test('a visit counts at once for the commune, the province and the nation', async () => {
    const campaign = await openedCampaign(site);
    const officer = people.officer();
    const [place] = await divided(site, campaign, officer, [group('Tổ dân phố 1', { plannedOn: '2026-11-05', plannedOffice: 'CA:01:00004' }), group('Tổ dân phố 2')]);
    assert.equal(place?.plannedOfficeName, 'Công an phường Ba Đình');
    const reached = await expectOk(site.call<Place>(people.health(), 'POST', `/coverage/places/01/${place?.id}/visits`, visit()));
    assert.deepEqual([reached.state, reached.sizeReached, reached.visits, reached.reachedOn], ['reached', 90, 1, '2026-11-10']);
    const path = `/coverage/campaigns/00/${campaign.id}`;
    const province = await expectOk(site.call<CampaignView>(people.leader(), 'GET', path));
    const row = province.rows.find((one) => one.code === '00004');
    assert.deepEqual([row?.places, row?.reached, row?.size, row?.sizeReached], [2, 1, 200, 90]);
    const nation = await expectOk(site.call<CampaignView>(people.ministry(), 'GET', path));
    assert.equal(nation.rows.length, 34);
    assert.deepEqual([nation.totals.reached, nation.offered, nation.accepted], [1, [90, 6, 2, 1], [80, null, null, 0]]);
    const communes = await expectOk(site.call<CampaignView>(people.ministry(), 'GET', `${path}?by=commune`));
    assert.equal(communes.rows.length, 3321);
  });

  test('gaps come first: communes not divided, then the least reached', async () => {
    const campaign = await openedCampaign(site);
    const [first] = await divided(site, campaign, people.officer(), [group('Thôn Đông')]);
    await divided(site, campaign, people.officer('01', '00008'), [group('Thôn Tây')], '00008');
    await expectOk(site.call(people.officer(), 'POST', `/coverage/places/01/${first?.id}/visits`, visit()));
    const { rows } = await expectOk(site.call<CampaignView>(people.leader(), 'GET', `/coverage/campaigns/00/${campaign.id}`));
    assert.equal(rows[0]?.divided, 0);
    assert.deepEqual(rows.slice(-2).map((row) => row.code), ['00008', '00004']);
  });

  test('a shut place stays due, and a visit recorded by mistake is withdrawn and stays in the history', async () => {
    const campaign = await openedCampaign(site);
    const officer = people.officer();
    const [place] = await divided(site, campaign, officer, [group('Tổ 1')]);
    const path = `/coverage/places/01/${place?.id}`;
    const shut = await expectOk(site.call<Place>(officer, 'POST', `${path}/visits`, visit({ outcome: 'closed', sizeReached: 0, offered: [0, 0, 0, 0], accepted: [0, 0, 0, 0] })));
    assert.deepEqual([shut.state, shut.visits], ['due', 1]);
    await expectOk(site.call(officer, 'POST', `${path}/visits`, visit()));
    const { visits } = await expectOk(site.call<{ visits: Visit[] }>(officer, 'GET', `${path}/visits`));
    const wrong = visits.find((one) => one.outcome === 'reached');
    const undone = await expectOk(site.call<Place>(officer, 'POST', `${path}/visits/${wrong?.id}/withdrawal`, { reason: 'wrong-place' }));
    assert.deepEqual([undone.state, undone.sizeReached, undone.reachedOn], ['due', 0, null]);
    assert.deepEqual(await refusal(site.call<Refused>(officer, 'POST', `${path}/visits/${wrong?.id}/withdrawal`, { reason: 'twice' })), [409, 'coverage-withdrawn-already']);
    assert.equal((await expectOk(site.call<{ visits: Visit[] }>(officer, 'GET', `${path}/visits`))).visits.length, 2);
    assert.deepEqual(await refusal(site.call<Refused>(officer, 'DELETE', path)), [409, 'coverage-visited']);
  });

  test("a successor takes over how a commune was divided, without what was reached", async () => {
    const first = await openedCampaign(site);
    const officer = people.officer();
    await divided(site, first, officer, [group('Tổ 1'), { ...group(''), kind: 'boarding-house', size: 12 }]);
    const second = await openedCampaign(site, people.ministry(), { succeeds: first.id });
    assert.deepEqual((await expectOk(site.call<DivisionView>(officer, 'GET', divisionPath(second)))).predecessor, { id: first.id, places: 2 });
    await expectOk(site.call(officer, 'POST', `${divisionPath(second)}/division`, {}));
    const view = await expectOk(site.call<DivisionView>(officer, 'GET', divisionPath(second)));
    assert.deepEqual(view.places.map((place) => [place.kind, place.size, place.state]), [['residential-group', 100, 'due'], ['boarding-house', 12, 'due']]);
    assert.deepEqual(await refusal(site.call<Refused>(officer, 'POST', `${divisionPath(second)}/division`, {})), [409, 'coverage-divided-already']);
  });

  test('R25: every write leaves its entry in the log', async () => {
    const campaign = await openedCampaign(site);
    const officer = people.officer();
    const [place] = await divided(site, campaign, officer, [group('Tổ 9')]);
    await expectOk(site.call(officer, 'PUT', `/coverage/places/01/${place?.id}`, { version: place?.version, size: 120, plannedOn: '2026-11-20', plannedOffice: null }));
    await expectOk(site.call(officer, 'POST', `/coverage/places/01/${place?.id}/visits`, visit()));
    await expectOk(site.call(people.ministry(), 'POST', `/coverage/campaigns/00/${campaign.id}/closing`, { version: 1 }));
    const rows = await site.db.read('system', (tx) => tx.rows(shape({ action: Type.String() }), sql`select action from log.leaf where target in (${campaign.id}, ${place?.id})`));
    assert.deepEqual(new Set(rows.map((row) => row.action)), new Set(['coverage.opened', 'coverage.divided', 'coverage.planned', 'coverage.visited', 'coverage.closed']));
  });
});

describe('E1 E3 E7: places and counts only', () => {
  test('E1 E7: the form of a visit has days, an outcome and counts, and no text at all', () => {
    const { properties } = contracts.recordVisit.body ?? { properties: {} };
    assert.deepEqual(Object.keys(properties).sort(), ['accepted', 'offered', 'outcome', 'sizeReached', 'visitedOn']);
    assert.match(JSON.stringify(contracts.recordVisit.body), /"additionalProperties":false/);
  });
  test('E1 E3 E7: no column of the module can hold a person, a household, a finding or a judgement; the only free words are names of places and plans', async () => {
    const columns = await site.db.read('system', (tx) => tx.rows(shape({ name: Type.String() }), sql`
      select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'coverage' and data_type in ('text', 'jsonb', 'json', 'bytea', 'character varying')
         and column_name not in ('province', 'commune', 'kind', 'state', 'outcome', 'withdrawn', 'office', 'post', 'planned_office', 'issuer_office')`));
    assert.deepEqual(new Set(columns.map((one) => one.name)), new Set(['campaign.name_vi', 'campaign.name_en', 'campaign.basis', 'place.name']));
    const ddl = readFileSync(new URL('./migrations/001-coverage.sql', import.meta.url), 'utf8').replace(/--.*$/gm, '');
    assert.doesNotMatch(ddl, /\b(account|person|household|occupant|owner|result|score|risk|note|comment)\w*\b/i);
  });
  test('E1: a field that the form does not have is refused', async () => {
    const campaign = await openedCampaign(site);
    const [place] = await divided(site, campaign, people.officer(), [group('Tổ 5')]);
    for (const extra of [{ note: 'anh A' }, { names: ['Nguyễn Văn Mẫu'] }, { positive: 1 }]) {
      const answer = await site.call<Refused>(people.officer(), 'POST', `/coverage/places/01/${place?.id}/visits`, { ...visit(), ...extra });
      assert.deepEqual([answer.status, answer.body.code], [400, 'input-invalid']);
    }
  });
  test('E1: a name of a place takes no number of a person and no form of address; establishments take no name', async () => {
    const campaign = await openedCampaign(site);
    const add = (place: Record<string, unknown>) => refusal(site.call<Refused>(people.officer(), 'POST', `${divisionPath(campaign)}/places`, { places: [place] }));
    assert.deepEqual(await add(group('Tổ 1, 0912345678')), [422, 'coverage-personal']);
    assert.deepEqual(await add(group('Nhà ông Mẫu')), [422, 'coverage-personal']);
    assert.deepEqual(await add(group('Nhà trọ Hoa Mai', { kind: 'boarding-house' })), [422, 'coverage-name-not-taken']);
    assert.deepEqual(await add(group(' ')), [422, 'coverage-name-needed']);
  });
  test('E7: referrals of one commune are read by the commune alone; others get protected totals', async () => {
    const campaign = await openedCampaign(site);
    const [place] = await divided(site, campaign, people.officer(), [group('Tổ 6')]);
    await expectOk(site.call(people.officer(), 'POST', `/coverage/places/01/${place?.id}/visits`, visit()));
    assert.deepEqual((await expectOk(site.call<DivisionView>(people.officer(), 'GET', divisionPath(campaign)))).accepted, [80, 4, 1, 0]);
    for (const reader of [people.leader(), people.ministry()]) {
      const view = await expectOk(site.call<DivisionView>(reader, 'GET', divisionPath(campaign)));
      assert.deepEqual([view.offered, view.accepted], [null, null]);
      const { visits } = await expectOk(site.call<{ visits: Visit[] }>(reader, 'GET', `/coverage/places/01/${place?.id}/visits`));
      assert.deepEqual([visits[0]?.offered, visits[0]?.accepted], [null, null]);
    }
  });
});

describe('bad input has a clear answer', () => {
  test('visits: a day ahead, a day before the campaign, more than there are, more accepted than offered, counts of a shut place', async () => {
    const campaign = await openedCampaign(site);
    const [place] = await divided(site, campaign, people.officer(), [group('Tổ 1')]);
    const send = (changes: Record<string, unknown>) => refusal(site.call<Refused>(people.officer(), 'POST', `/coverage/places/01/${place?.id}/visits`, visit(changes)));
    assert.deepEqual(await send({ visitedOn: '2026-11-19' }), [422, 'coverage-visit-in-future']);
    assert.deepEqual(await send({ visitedOn: '2026-09-30' }), [422, 'coverage-visit-outside']);
    assert.deepEqual(await send({ sizeReached: 101 }), [422, 'coverage-more-than-size']);
    assert.deepEqual(await send({ accepted: [91, 0, 0, 0] }), [422, 'coverage-more-than-offered']);
    assert.deepEqual(await send({ outcome: 'closed' }), [422, 'coverage-counts-without-reach']);
    assert.deepEqual(await send({ offered: [1, 2] }), [400, 'input-invalid']);
    assert.deepEqual(await send({ offered: [-1, 0, 0, 0] }), [400, 'input-invalid']);
  });
  test('divisions: another kind, a name twice, a plan outside, an office of elsewhere, a commune of another province or none', async () => {
    const campaign = await openedCampaign(site);
    const add = (place: Record<string, unknown>, path = divisionPath(campaign), by = people.officer()) => refusal(site.call<Refused>(by, 'POST', `${path}/places`, { places: [place] }));
    assert.deepEqual(await add(group('', { kind: 'public-place' })), [422, 'coverage-kind-not-in-campaign']);
    await divided(site, campaign, people.officer(), [group('Tổ 1')]);
    assert.deepEqual(await add(group('tổ 1')), [409, 'coverage-name-twice']);
    assert.deepEqual(await add(group('Tổ 2', { plannedOn: '2027-01-01' })), [422, 'coverage-plan-outside']);
    assert.deepEqual(await add(group('Tổ 2', { plannedOffice: 'UBND:04:01273' })), [422, 'coverage-office-unknown']);
    assert.deepEqual(await add(group('Tổ 2'), divisionPath(campaign, '99999'), people.officer('01', '99999')), [404, 'unit-unknown']);
  });
  test('a commune that ended takes no new place', async () => {
    const campaign = await openedCampaign(site);
    const answer = await site.call<Refused>(people.officer('01', '00001'), 'POST', `${divisionPath(campaign, '00001')}/places`, { places: [group('Tổ 1')] });
    assert.deepEqual([answer.status, answer.body.code], [404, 'unit-unknown']);
  });
  test('campaigns: days in the wrong order, a review before it began, a province of another, nothing after it is closed', async () => {
    const open = (changes: Record<string, unknown>, by = people.ministry()) => refusal(site.call<Refused>(by, 'POST', '/coverage/campaigns', opening(changes)));
    assert.deepEqual(await open({ endsOn: '2026-09-01' }), [422, 'coverage-days-wrong']);
    assert.deepEqual(await open({ reviewDays: ['2026-09-01'] }), [422, 'coverage-review-outside']);
    assert.deepEqual(await open({ province: '04' }, people.leader()), [403, 'coverage-not-yours']);
    assert.deepEqual(await open({}, people.leader()), [403, 'coverage-not-yours']);
    const campaign = await openedCampaign(site, people.leader(), { province: '01' });
    const [place] = await divided(site, campaign, people.officer(), [group('Tổ 1')]);
    await expectOk(site.call(people.leader(), 'POST', `/coverage/campaigns/01/${campaign.id}/closing`, { version: 1 }));
    assert.deepEqual(await refusal(site.call<Refused>(people.officer(), 'POST', `/coverage/places/01/${place?.id}/visits`, visit())), [409, 'coverage-closed']);
    assert.deepEqual(await refusal(site.call<Refused>(people.leader(), 'POST', `/coverage/campaigns/01/${campaign.id}/closing`, { version: 2 })), [409, 'coverage-closed']);
  });
});

test('the demonstration fills every province, and its totals are those of its visits', async () => {
  const { places } = await site.db.write('system', (tx) => seedCoverage(tx, nowOf(new Date('2026-11-18T03:00:00Z'))));
  assert.ok(places > 20_000, String(places));
  const { rows } = await expectOk(site.call<{ rows: { campaign: { id: string; state: string }; totals: { reached: number; visits: number } }[] }>(people.ministry(), 'GET', '/coverage/campaigns'));
  const running = rows.find((row) => row.campaign.state === 'running' && row.totals.reached > 1000);
  assert.ok(running !== undefined && running.totals.reached === running.totals.visits);
  const nation = await expectOk(site.call<CampaignView>(people.ministry(), 'GET', `/coverage/campaigns/00/${running.campaign.id}?by=commune`));
  assert.equal(nation.totals.reached, nation.rows.reduce((sum, row) => sum + row.reached, 0));
  assert.ok(nation.offered.every((count) => count > 0));
  const wrong = await site.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`
    select count(*)::int as n from coverage.place p left join coverage.visit v on v.province = p.province and v.place = p.id
     where p.state = 'reached' and p.campaign = ${running.campaign.id} and (v.id is null or v.size_reached <> p.size_reached or v.office is null)`));
  assert.equal(wrong.n, 0);
});
