import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { moves, type Board, type DueCheck, type PlaceFigures, type PlaceView } from './schema.ts';
import { life } from './rules/life.ts';
import { check, crew, expectOk, given, openSite, pathOf, people, placeIn, reported, step } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());
const on = (day: string): void => site.setClock(`${day}T03:00:00.000Z`);
beforeEach(() => on('2026-11-18'));

describe('recording a place', () => {
  test('a place has a code of its province and year, a day by which it is verified, and no exact place in any view', async () => {
    const view = await reported(site, people.officer(), { exact: { latitudeE5: 2_102_345, longitudeE5: 10_583_456 } });
    assert.match(view.place.code, /^ĐN-01-2026-\d{4}$/);
    assert.equal(view.place.dueOn, '2026-11-27', 'seven working days after 18 November');
    assert.equal(view.exactRecorded, true);
    assert.doesNotMatch(JSON.stringify(view), /2102345|10583456/);
  });
  test('a unit that did not exist on the day is refused with its dates', async () => {
    const early = await site.call(people.police(), 'POST', '/hotspots/places', given({ commune: '00097', foundOn: '2025-03-01' }));
    assert.deepEqual([early.status, early.body['code'], early.body['validFrom']], [422, 'unit-began-later', '2025-07-01']);
    const gone = await site.call<{ code: string; nowCodes: string[] }>(people.police(), 'POST', '/hotspots/places', given({ commune: '00037' }));
    assert.deepEqual([gone.status, gone.body.code, gone.body.nowCodes], [422, 'unit-not-on-day', ['00097']]);
  });
  test('a day to come, a day too long ago, a province as a commune, a commune of others: each has its sentence', async () => {
    const by = people.officer();
    const codes = await Promise.all([given({ foundOn: '2026-11-19' }), given({ foundOn: '2010-01-01' }), given({ commune: '00008' })].map(async (body) => (await site.call(by, 'POST', '/hotspots/places', body)).body['code']));
    assert.deepEqual(codes, ['day-in-future', 'day-too-old', 'not-your-area']);
    const police = await site.call<{ code: string; detail?: string }>(people.police(), 'POST', '/hotspots/places', given({ commune: '99999' }));
    assert.equal(police.status, 422);
    assert.equal(police.body.code, 'unit-unknown');
  });
  test('R55: a place recorded offline and sent twice, with the same or another command id, is one place', async () => {
    const by = people.officer();
    const body = given({ id: newId(), setting: 'market' });
    const key = newId();
    const first = await expectOk(site.call<PlaceView>(by, 'POST', '/hotspots/places', body, { 'idempotency-key': key }));
    const again = await expectOk(site.call<PlaceView>(by, 'POST', '/hotspots/places', body, { 'idempotency-key': key }));
    const third = await expectOk(site.call<PlaceView>(by, 'POST', '/hotspots/places', body));
    assert.deepEqual([again.place.code, third.place.code], [first.place.code, first.place.code]);
    assert.equal((await site.call(by, 'POST', '/hotspots/places', { ...body, kind: 'hotspot' })).body['code'], 'place-id-taken');
  });
  test('E1: words that no column takes are refused at the door', async () => {
    for (const stray of [{ note: 'ông A' }, { ownerName: 'A' }, { setting: 'nhà ông A' }, { source: 'Nguyễn Văn A' }]) {
      assert.equal((await site.call(people.officer(), 'POST', '/hotspots/places', { ...given(), ...stray })).status, 400);
    }
  });
});

describe('the life of a place', () => {
  test('reported, verified, listed, resolving, resolved, removed, watched, four checks, closed', async () => {
    const by = crew();
    let view = await placeIn(site, 'watched', by, { setting: 'vacant' });
    assert.deepEqual(view.place.checks.map(({ day, dueOn, state }) => [day, dueOn, state]), [[30, '2026-12-18', 'coming'], [60, '2027-01-17', 'coming'], [90, '2027-02-16', 'coming'], [180, '2027-05-17', 'coming']]);
    for (const [day, checkedOn] of [[30, '2026-12-18'], [60, '2027-01-17'], [90, '2027-02-18'], [180, '2027-05-17']] as const) {
      on(checkedOn);
      view = await expectOk(check(site, by.checker, view, { day, checkedOn, result: 'clean' }));
    }
    assert.equal(view.history.filter((entry) => entry.step === 'check' && entry.late).length, 1, 'the check of day 90 was two days late');
    assert.equal(view.place.nextCheck, null);
    view = await expectOk(step(site, people.leader(), view, 'close'));
    assert.equal(view.place.state, 'closed');
    assert.deepEqual(view.next, [{ move: 'recur', refusal: '' }]);
  });
  test('from each state only the steps of the table are taken', async () => {
    const by = crew();
    const view = await placeIn(site, 'listed', by);
    for (const move of moves.filter((one) => !(life[one].from as readonly string[]).includes('listed'))) {
      const answer = await step(site, people.police(), view, move);
      assert.equal(answer.body.code, 'step-not-now', move);
    }
  });
  test('who reported a place does not list it; who resolved it does not remove, check or close it', async () => {
    const leader = people.leader();
    const own = await reported(site, leader, { setting: 'hotel' });
    const verified = await expectOk(step(site, people.officer(), own, 'verify'));
    assert.equal((await step(site, leader, verified, 'list')).body.code, 'own-report');
    const by = { ...crew(), resolver: people.leader() };
    const resolved = await placeIn(site, 'resolved', by);
    assert.equal((await step(site, by.resolver, resolved, 'remove', { documentNumber: '1/QĐ-UBND', documentDate: '2026-11-18' })).body.code, 'own-resolution');
    const removed = await placeIn(site, 'removed', by);
    on('2026-12-18');
    assert.equal((await check(site, by.resolver, removed, { day: 30, checkedOn: '2026-12-18', result: 'clean' })).body.code, 'own-resolution');
    assert.equal((await expectOk(site.call<PlaceView>(by.resolver, 'GET', pathOf(removed)))).checkRefusal, 'own-resolution');
  });
  test('a recurrence on day 60 reopens the same code, on the list from that day, with the whole life in its history', async () => {
    const by = crew();
    const watched = await placeIn(site, 'watched', by, { setting: 'transport' });
    on('2026-12-18');
    await expectOk(check(site, by.checker, watched, { day: 30, checkedOn: '2026-12-18', result: 'clean' }));
    on('2027-01-17');
    const view = await expectOk(check(site, by.checker, watched, { day: 60, checkedOn: '2027-01-17', result: 'recurred' }));
    assert.deepEqual([view.place.state, view.place.code, view.place.cycle, view.place.recurredOnDay, view.place.dueOn], ['recurred', watched.place.code, 2, 60, '2027-01-18']);
    assert.deepEqual(view.place.checks.map((one) => one.result), ['clean', 'recurred', null, null], 'the checks of the watch it broke are still shown');
    assert.deepEqual(view.cycles.map(({ openedOn, removedOn, recurredOn }) => [openedOn, removedOn, recurredOn]), [['2026-11-10', '2026-11-18', '2027-01-17'], ['2027-01-17', null, null]]);
    const resumed = await expectOk(step(site, by.resolver, view, 'start', { measures: ['case-broken'] }));
    assert.equal(resumed.place.state, 'resolving');
  });
  test('a recurrence after the watch was closed reopens the place too', async () => {
    const by = crew();
    const watched = await placeIn(site, 'watched', by, { setting: 'boundary' });
    for (const [day, checkedOn] of [[30, '2026-12-18'], [60, '2027-01-17'], [90, '2027-02-16'], [180, '2027-05-17']] as const) { on(checkedOn); await expectOk(check(site, by.checker, watched, { day, checkedOn, result: 'clean' })); }
    const closed = await expectOk(step(site, by.leader, await expectOk(site.call<PlaceView>(by.leader, 'GET', pathOf(watched))), 'close'));
    const recurred = await expectOk(step(site, people.police(), closed, 'recur'));
    assert.deepEqual([recurred.place.state, recurred.place.cycle, recurred.place.recurrences], ['recurred', 2, 1]);
  });
  test('R55: two editors: the second is told, and nothing of the first is lost', async () => {
    const by = crew();
    const view = await reported(site, by.reporter);
    await expectOk(step(site, by.resolver, view, 'verify'));
    const second = await step(site, people.police(), view, 'verify');
    assert.deepEqual([second.status, second.body.code], [409, 'place-changed']);
  });
  test('steps are refused with a reason: measures, document, reason, a day to come, a day before the step before', async () => {
    const by = crew();
    const listed = await placeIn(site, 'listed', by);
    const resolved = await placeIn(site, 'resolved', by);
    const fresh = await reported(site, by.reporter);
    const codes = [
      (await step(site, by.resolver, listed, 'start')).body.code, (await step(site, by.leader, resolved, 'remove')).body.code, (await step(site, by.leader, fresh, 'dismiss')).body.code,
      (await step(site, by.resolver, fresh, 'verify', { onDay: '2026-11-19' })).body.code, (await step(site, by.resolver, fresh, 'verify', { onDay: '2026-11-09' })).body.code,
      (await step(site, by.resolver, fresh, 'verify', { documentNumber: '1/QĐ-UBND' })).body.code, (await step(site, by.leader, fresh, 'dismiss', { reason: 'duplicate', duplicateOf: 'ĐN-01-2026-9999' })).body.code,
    ];
    assert.deepEqual(codes, ['measures-missing', 'document-missing', 'dismissal-reason-missing', 'day-in-future', 'day-before-step', 'field-not-of-step', 'duplicate-unknown']);
  });
});

describe('checks', () => {
  test('too early, twice, of a place that is not watched, in the future: each has its answer, and an own id sent again is the same check', async () => {
    const by = crew();
    const watched = await placeIn(site, 'watched', by);
    on('2026-12-01');
    assert.equal((await check(site, by.checker, watched, { day: 30, checkedOn: '2026-12-01', result: 'clean' })).body.code, 'check-too-early');
    assert.equal((await check(site, by.checker, watched, { day: 30, checkedOn: '2026-12-18', result: 'clean' })).body.code, 'day-in-future');
    on('2026-12-14');
    const body = { id: newId(), day: 30, checkedOn: '2026-12-14', result: 'clean' };
    const first = await expectOk(check(site, by.checker, watched, body));
    const again = await expectOk(check(site, by.checker, watched, body));
    assert.equal(again.history.length, first.history.length, 'a phone that lost the answer');
    assert.equal((await check(site, by.leader, watched, { day: 30, checkedOn: '2026-12-14', result: 'signs' })).body.code, 'check-already-made');
    const listed = await placeIn(site, 'listed', by);
    assert.equal((await check(site, by.checker, listed, { day: 30, checkedOn: '2026-12-14', result: 'clean' })).body.code, 'not-watched');
  });
  test('R55: two people who record the same check at once make one, and the other is told', async () => {
    const by = crew();
    const watched = await placeIn(site, 'watched', by);
    on('2026-12-18');
    const answers = await Promise.all([by.checker, by.leader, people.police(), people.officer()].map((who) => check(site, who, watched, { day: 30, checkedOn: '2026-12-18', result: 'clean' })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.ok(answers.every(({ status, body }) => status === 200 || body.code === 'check-already-made'));
  });
  test('signs at the last check keep the watch open until a clean one', async () => {
    const by = crew();
    const watched = await placeIn(site, 'watched', by);
    for (const [day, checkedOn, result] of [[30, '2026-12-18', 'clean'], [60, '2027-01-17', 'clean'], [90, '2027-02-16', 'clean'], [180, '2027-05-17', 'signs']] as const) { on(checkedOn); await expectOk(check(site, by.checker, watched, { day, checkedOn, result })); }
    const seen = await expectOk(site.call<PlaceView>(by.leader, 'GET', pathOf(watched)));
    assert.deepEqual(seen.next.find((one) => one.move === 'close'), { move: 'close', refusal: 'signs-open' });
    on('2027-05-24');
    await expectOk(check(site, by.checker, watched, { day: 0, checkedOn: '2027-05-24', result: 'clean' }));
    assert.equal((await expectOk(step(site, by.leader, await expectOk(site.call<PlaceView>(by.leader, 'GET', pathOf(watched))), 'close'))).place.state, 'closed');
  });
  test('a phone is given the checks that are late or come due, with what the reader may not check marked', async () => {
    const by = { ...crew(), reporter: people.officer('00008'), leader: people.leader('00008'), resolver: people.officer('00008'), checker: people.officer('00008') };
    const watched = await placeIn(site, 'watched', by, { commune: '00008' });
    on('2026-12-10');
    const due = async (who: typeof by.checker) => (await expectOk(site.call<{ rows: DueCheck[] }>(who, 'GET', '/hotspots/due-checks?within=14&commune=00008'))).rows.find((one) => one.place.id === watched.place.id);
    assert.equal((await due(by.checker))?.mayCheck, true);
    assert.equal((await due(by.resolver))?.mayCheck, false);
  });
});

describe('what is kept beside', () => {
  test('R25: the exact place opens by purpose, the opening is in the log, and only those of the place may', async () => {
    const view = await reported(site, people.officer(), { exact: { latitudeE5: 2_100_000, longitudeE5: 10_500_000 } });
    const opened = await expectOk(site.call<{ exact: unknown }>(people.police(), 'GET', `${pathOf(view)}/exact-place?purpose=patrol`));
    assert.deepEqual(opened.exact, { latitudeE5: 2_100_000, longitudeE5: 10_500_000 });
    assert.equal((await site.call(people.police(), 'GET', `${pathOf(view)}/exact-place`)).status, 400, 'a purpose is needed');
    assert.equal((await site.call(people.nation(), 'GET', `${pathOf(view)}/exact-place?purpose=patrol`)).status, 403);
    assert.equal((await site.call(people.provinceLeader(), 'GET', `${pathOf(view)}/exact-place?purpose=patrol`)).status, 403);
    const leaves = await site.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from log.leaf where action = 'hotspots.exact-place-opened' and kind = 'read' and target = ${view.place.id}`));
    assert.equal(leaves.n, 1);
  });
  test('numbers of a document are linked to a resolved place only, once, and can be withdrawn', async () => {
    const by = crew();
    const listed = await placeIn(site, 'listed', by);
    const count = { documentNumber: '37/2026/KLĐT-CSĐT', documentDate: '2026-11-17', cases: 1, suspects: 2, seizures: [{ substance: 'heroin', milligrams: 12_500 }] };
    const link = (view: PlaceView, body: unknown = count) => site.call<PlaceView & { code?: string }>(by.resolver, 'POST', `${pathOf(view)}/counts`, body);
    assert.equal((await link(listed)).body.code, 'not-resolved');
    const resolved = await placeIn(site, 'resolved', by);
    const linked = await expectOk(link(resolved));
    assert.equal((await link(resolved)).body.code, 'count-already');
    assert.equal((await link(resolved, { ...count, documentNumber: '38/KLĐT-CSĐT', cases: 0, suspects: 0, seizures: [] })).body.code, 'count-empty');
    for (const documentNumber of ['Nguyễn Văn A', '001199012345', '12/A B', 'HS 12']) assert.equal((await link(resolved, { ...count, documentNumber })).status, 400, documentNumber);
    const [one] = linked.counts;
    assert.ok(one);
    const withdrawn = await expectOk(site.call<PlaceView>(by.resolver, 'POST', `${pathOf(resolved)}/counts/${one.id}/withdrawal`, {}));
    assert.equal(withdrawn.counts[0]?.withdrawn, true);
  });
  test('a correction is kept in the history; the kind is settled with the listing', async () => {
    const by = crew();
    const fresh = await reported(site, by.reporter);
    const facts = { kind: 'hotspot', setting: 'market', basis: 'documented', activities: ['retail', 'use'] };
    const corrected = await expectOk(site.call<PlaceView>(by.resolver, 'PATCH', pathOf(fresh), { version: fresh.place.version, ...facts }));
    assert.deepEqual([corrected.place.kind, corrected.activities, corrected.history[0]?.step], ['hotspot', ['retail', 'use'], 'correct']);
    const listed = await placeIn(site, 'listed', by);
    assert.equal((await site.call(by.resolver, 'PATCH', pathOf(listed), { version: listed.place.version, ...facts })).body['code'], 'kind-fixed');
  });
});

describe('board and figures', () => {
  test('the board, the list, the map and the figures count the same', async () => {
    const by = { ...crew(), reporter: people.officer('00025'), leader: people.leader('00025'), resolver: people.officer('00025'), checker: people.officer('00025') };
    for (const state of ['reported', 'verified', 'listed', 'resolving', 'removed', 'watched'] as const) await placeIn(site, state, by, { commune: '00025' });
    await placeIn(site, 'listed', by, { commune: '00025', kind: 'hotspot' });
    const board = await expectOk(site.call<Board>(by.leader, 'GET', '/hotspots/board'));
    assert.deepEqual(board.columns.map(({ column, total }) => [column, total]), [['received', 1], ['verified', 3], ['resolving', 1], ['watch', 2], ['recurred', 0]]);
    assert.deepEqual([board.tallies.inLife, board.tallies.open, board.tallies.mine], [7, 5, 7]);
    const map = await expectOk(site.call<{ areas: unknown[] }>(by.leader, 'GET', '/hotspots/map?level=commune'));
    assert.deepEqual(map.areas, [{ province: '01', commune: '00025', left: 2, hotspots: 1, riskPoints: 0, overdue: 0, watched: 2, recurred: 0, inLife: 7 }]);
    const figures = await expectOk(site.call<PlaceFigures>(by.leader, 'GET', '/hotspots/figures'));
    assert.deepEqual([figures.left, figures.removed.numerator, figures.removed.denominator, figures.survival.removals], [2, 2, 4, 2]);
    assert.deepEqual(figures.byKind.map(({ left }) => left), [2, 1, 0], 'kinds are never added');
    const later = await expectOk(site.call<{ total: number }>(by.leader, 'GET', '/hotspots/places?only=open&kind=hotspot'));
    assert.equal(later.total, 1);
    const file = await site.call<Uint8Array>(by.leader, 'GET', '/hotspots/places.xlsx');
    assert.equal(file.status, 200);
  });
  test('what is past its day is overdue on the next', async () => {
    const by = { ...crew(), reporter: people.officer('00097'), leader: people.leader('00097') };
    await reported(site, by.reporter, { commune: '00097' });
    on('2026-11-27');
    assert.equal((await expectOk(site.call<Board>(by.leader, 'GET', '/hotspots/board'))).tallies.overdue, 0);
    on('2026-11-28');
    assert.equal((await expectOk(site.call<Board>(by.leader, 'GET', '/hotspots/board?only=overdue'))).columns[0]?.cards[0]?.overdueDays, 1);
  });
});
