import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { addDays } from '#kernel/day.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { censusOf } from './index.ts';
import type { Book, FacilityView, Inspection, Matter } from './schema.ts';
import { enter, expectOk, figures, openSite, opening, people, profile, putDay, type Refused } from './site.test.ts';

let site: TestServer;
const police = people.police();
const manager = people.manager();
before(async () => { site = await openSite(); });
after(async () => { await site.close(); });
const bookOf = (facility: string) => expectOk(site.call<Book>(manager, 'GET', `/facilities/01/${facility}/days`));

describe('the daily book', () => {
  before(async () => { await enter(site, police); });
  test('a day opens with what the day before closed with, and the book says what comes next', async () => {
    assert.deepEqual((await bookOf('CS1')).next, { day: '2026-11-01', opening });
    await expectOk(putDay(site, manager, '2026-11-01', { figures: figures({ admitted: 2, left: 1 }, { completed: 3 }, { firstEver: 1, waitedDays: 6, absent: 3, present: 95 }) }));
    const book = await bookOf('CS1');
    assert.deepEqual([book.next, book.days[0]?.closing, book.days[0]?.occupancy], [{ day: '2026-11-02', opening: { voluntary: 21, compulsory: 77 } }, { voluntary: 21, compulsory: 77 }, 0.98]);
  });
  test('a census that does not balance changes nothing and says by how many', async () => {
    const answer = await putDay(site, manager, '2026-11-02', { opening: { voluntary: 21, compulsory: 77 }, figures: figures({}, {}, { present: 97 }) });
    assert.deepEqual([answer.status, answer.body.code, answer.body['difference']], [422, 'census-unbalanced', -1]);
    assert.equal((await bookOf('CS1')).days.length, 1);
  });
  test('a day to come, a day before the facility opened, and a day after a missing one are refused by name', async () => {
    const codes = await Promise.all(['2026-11-19', '2019-05-01', '2026-11-05'].map(async (day) => (await putDay(site, manager, day, {})).body.code));
    assert.deepEqual(codes, ['facility-day-in-future', 'before-opening', 'day-before-missing']);
  });
  test('two editors at once: one day is recorded, the other person is told', async () => {
    const body = { opening: { voluntary: 21, compulsory: 77 }, figures: figures({}, {}, { present: 98 }) };
    const both = await Promise.all([putDay(site, manager, '2026-11-02', body), putDay(site, people.manager(), '2026-11-02', body)]);
    assert.deepEqual(both.map((one) => one.body.code ?? 'recorded').sort(), ['day-exists', 'recorded']);
  });
  test('R55: the same command sent twice from a phone is one day with one receipt', async () => {
    const id = newId();
    const body = { opening: { voluntary: 21, compulsory: 77 }, figures: figures({}, {}, { present: 98 }) };
    const send = () => site.call<{ receipt?: string }>(manager, 'PUT', '/facilities/01/CS1/days/2026-11-03', body, { 'idempotency-key': id });
    const answers = [await send(), await send()];
    assert.deepEqual(answers.map((one) => [one.status, one.body.receipt]), [[200, '01-CS1-2026-11-03-1'], [200, '01-CS1-2026-11-03-1']]);
  });
  test('a correction keeps what was written before, and the chain closes to the last day', async () => {
    const wrong = await site.call<Refused>(manager, 'POST', '/facilities/01/CS1/corrections', { reason: 'quên một người', shiftLater: false, days: [{ day: '2026-11-02', rev: 1, figures: figures({ admitted: 1 }, {}, { present: 99 }) }] });
    assert.deepEqual([wrong.status, wrong.body.code, wrong.body['day']], [409, 'day-after-does-not-open', '2026-11-03']);
    const done = await expectOk(site.call(manager, 'POST', '/facilities/01/CS1/corrections', { reason: 'quên một người', shiftLater: true, days: [{ day: '2026-11-02', rev: 1, figures: figures({ admitted: 1 }, {}, { present: 99 }) }] }));
    assert.deepEqual(done, { corrected: 1, shifted: 1 });
    const { versions } = await expectOk(site.call<{ versions: { rev: number; reason: string; figures: { present: number } }[] }>(manager, 'GET', '/facilities/01/CS1/days/2026-11-02/history'));
    assert.deepEqual(versions.map((one) => [one.rev, one.reason, one.figures.present]), [[2, 'quên một người', 99], [1, '', 98]]);
    assert.deepEqual((await bookOf('CS1')).next?.opening, { voluntary: 22, compulsory: 77 });
  });
  test('two editors correct the same day: the second is shown the revision that stands', async () => {
    const answer = await site.call<Refused>(manager, 'POST', '/facilities/01/CS1/corrections', { reason: 'sửa', shiftLater: false, days: [{ day: '2026-11-02', rev: 1, figures: figures({}, {}, { present: 98 }) }] });
    assert.deepEqual([answer.status, answer.body.code, answer.body['rev']], [409, 'revision-stale', 2]);
  });
  test('occupancy above 100 % is recorded, shown and counted, never clipped', async () => {
    await enter(site, police, 'DAY', { book: { from: '2026-11-17', voluntary: 37, compulsory: 100 } });
    await expectOk(putDay(site, manager, '2026-11-17', { opening: { voluntary: 37, compulsory: 100 }, figures: figures({}, {}, { present: 137 }) }, 'DAY'));
    const { facility } = await expectOk(site.call<FacilityView>(manager, 'GET', '/facilities/01/DAY'));
    assert.deepEqual([facility.standing?.occupancy, facility.normPlaces, facility.standing?.normOccupancy], [1.37, 90, 137 / 90]);
    const list = await expectOk(site.call<{ rows: { code: string }[]; totals: { overFull: number } }>(people.ministry(), 'GET', '/facilities?only=over-full'));
    assert.deepEqual([list.rows.map((row) => row.code), list.totals.overFull], [['DAY'], 1]);
  });
  test('E1: a number of a person in a reason is refused, and no table of the module has a column for a person', async () => {
    const answer = await site.call<Refused>(manager, 'POST', '/facilities/01/CS1/corrections', { reason: 'gọi 0912 345 678', shiftLater: false, days: [{ day: '2026-11-01', rev: 1, figures: figures({}, {}, { present: 100 }) }] });
    assert.deepEqual([answer.status, answer.body.code], [422, 'facility-personal']);
    const columns = await site.db.read('system', (tx) => tx.rows(shape({ column: Type.String(), type: Type.String() }), sql`select column_name as column, data_type as type from information_schema.columns where table_schema = 'facilities'`));
    const persons = columns.filter((one) => /name|person|patient|client|resident|birth|sex|gender|phone|address|cccd|cmnd|identity|family/i.test(one.column));
    assert.deepEqual(persons.map((one) => one.column).sort(), ['name_en', 'name_vi'], 'the names of the facility itself, and nothing else');
    const free = columns.filter((one) => ['text', 'jsonb'].includes(one.type) && /note|text|summary|remedy|reason|decision|figures/.test(one.column)).map((one) => one.column);
    assert.deepEqual([...new Set(free)].sort(), ['closing_decision', 'decision', 'figures', 'note', 'reason', 'remedy', 'summary', 'text'], 'every free text goes through looksPersonal; figures are counts');
  });
});

describe('what the monthly return takes from the register', () => {
  test('a whole period of every facility fills the return; with a day missing no movement is told', async () => {
    const far = people.police('04');
    const runner = people.manager('CA:04', '04');
    const base = { province: '04', managerOffice: 'CA:04', openedOn: '2020-01-01', ownership: 'public', profile };
    for (const code of ['A1', 'A2']) await expectOk(site.call(far, 'POST', '/facilities', { ...base, code, book: { from: '2026-10-15', voluntary: 10, compulsory: 40 } }));
    const write = (code: string, day: string, open: typeof opening, given: ReturnType<typeof figures>) => expectOk(site.call(runner, 'PUT', `/facilities/04/${code}/days/${day}`, { opening: open, figures: given }));
    let a = { voluntary: 10, compulsory: 40 };
    for (let day = '2026-10-15'; day <= '2026-11-14'; day = addDays(day, 1)) {
      const first = day === '2026-10-15';
      await write('A1', day, a, first ? figures({ admitted: 3 }, { moved: 2, died: 1 }, { firstEver: 2, waitedDays: 9, waiting: 4, present: 50 }) : figures({}, {}, { waiting: 4, present: 50 }));
      a = { voluntary: 13, compulsory: 37 };
      if (day < '2026-11-14') await write('A2', day, first ? { voluntary: 10, compulsory: 40 } : { voluntary: 10, compulsory: 42 }, first ? figures({}, { received: 2 }, { present: 52 }) : figures({}, {}, { present: 52 }));
    }
    const asked = { province: '04', first: '2026-10-15', last: '2026-11-14' };
    const partly = await site.db.read('system', (tx) => censusOf(tx, asked));
    assert.deepEqual([partly.get('co-mat/tu-nguyen'), partly.get('vao-co-so/tu-nguyen'), partly.get('cho-thiet-ke')], [undefined, undefined, 200]);
    await write('A2', '2026-11-14', { voluntary: 10, compulsory: 42 }, figures({}, {}, { present: 52 }));
    const whole = await site.db.read('system', (tx) => censusOf(tx, asked));
    const shown = ['co-mat/tu-nguyen', 'co-mat/bat-buoc', 'vao-co-so/tu-nguyen', 'vao-co-so/bat-buoc', 'vao-lan-dau', 'ngay-cho', 'dang-cho-co-so', 'ra-co-so/hoan-thanh', 'ra-co-so/tu-vong', 'tu-vong'].map((key) => whole.get(key));
    assert.deepEqual(shown, [23, 79, 3, 0, 2, 9, 4, 0, 1, 1], 'a move inside the province is on neither side');
  });
});

describe('incidents, complaints and inspections', () => {
  test('a death in the book opens an incident; the facility answers, an inspector from outside closes it, and the return counts the review', async () => {
    await enter(site, police, 'CS5', { book: { from: '2026-11-15', voluntary: 20, compulsory: 80 } });
    await expectOk(putDay(site, manager, '2026-11-15', { figures: figures({}, { died: 1 }, { present: 99 }) }, 'CS5'));
    const path = '/facilities/01/CS5/matters';
    const [death] = (await expectOk(site.call<{ matters: Matter[] }>(manager, 'GET', path))).matters;
    assert.ok(death !== undefined);
    assert.deepEqual([death.category, death.people, death.dueOn, death.state], ['death', 1, '2026-12-15', 'open']);
    const answered = await expectOk(site.call<Matter>(manager, 'POST', `${path}/${death.id}/answer`, { rev: 1, text: 'Đã chuyển viện kịp thời, có biên bản.' }));
    assert.equal((await site.call<Refused>(manager, 'POST', `${path}/${death.id}/settlement`, { rev: answered.rev, close: true, text: '' })).status, 403);
    const closed = await expectOk(site.call<Matter>(people.inspector(), 'POST', `${path}/${death.id}/settlement`, { rev: answered.rev, close: true, text: '' }));
    assert.deepEqual([closed.state, closed.reviewedOutside, closed.steps.map((one) => one.kind)], ['closed', true, ['recorded', 'answered', 'closed']]);
    const month = await site.db.read('system', (tx) => censusOf(tx, { province: '01', first: '2026-11-15', last: '2026-12-14' }));
    assert.equal(month.get('tu-vong-ra-soat'), 1);
  });
  test('a matter that nobody answered by its day is overdue on the list, also for readers who do not read books', async () => {
    await expectOk(site.call(people.inspector(), 'POST', '/facilities/01/CS5/matters', { kind: 'complaint', category: 'care', channel: 'box', onDay: '2026-10-01', people: 1, text: '' }));
    const list = await expectOk(site.call<{ rows: { code: string; overdueMatters: number }[] }>(people.ministry(), 'GET', '/facilities?only=overdue&province=01'));
    assert.deepEqual(list.rows.map((row) => [row.code, row.overdueMatters]), [['CS5', 1]]);
  });
  test('a finding is open until the facility says how it was put right and somebody else has seen it', async () => {
    const path = '/facilities/01/CS5/inspections';
    const checklist = await expectOk(site.call<{ version: string; items: { id: string }[] }>(people.inspector(), 'GET', '/facility-checklist'));
    const answers = checklist.items.map((item) => ({ item: item.id, finding: item.id === 'occupancy' ? 'fails' : 'meets', note: '', dueOn: item.id === 'occupancy' ? '2026-12-31' : null }));
    const body = { onDay: '2026-11-16', checklist: checklist.version, summary: '', answers };
    assert.equal((await site.call<Refused>(people.inspector(), 'POST', path, { ...body, answers: answers.slice(1) })).body.code, 'checklist-incomplete');
    assert.equal((await site.call<Refused>(manager, 'POST', path, body)).status, 403);
    const made = await expectOk(site.call<Inspection>(people.inspector(), 'POST', path, body));
    const own = await expectOk(site.call<Inspection>(police, 'POST', path, body));
    assert.deepEqual([made.external, own.external], [true, false], 'an inspection by the police that run the facility is none from outside');
    const finding = `${path}/${made.id}/findings/occupancy`;
    await expectOk(site.call(manager, 'POST', `${finding}/remedy`, { rev: 1, remedy: 'Đã chuyển 20 người sang cơ sở khác.' }));
    const confirmed = await expectOk(site.call<Inspection>(people.inspector(), 'POST', `${finding}/confirmation`, { rev: 2, seen: true, note: '' }));
    assert.equal(confirmed.answers.find((one) => one.item === 'occupancy')?.state, 'confirmed');
  });
});

describe('the register over time', () => {
  test('a new version changes the places from its day on, and the version before stays', async () => {
    await enter(site, police, 'CS7');
    await expectOk(site.call(police, 'POST', '/facilities/01/CS7/profiles', { ...profile, validFrom: '2026-11-10', places: 150, nameVi: 'Cơ sở mở rộng' }));
    const view = await expectOk(site.call<FacilityView>(police, 'GET', '/facilities/01/CS7'));
    assert.deepEqual([view.facility.places, view.facility.nameVi, view.profiles.map((one) => one.places)], [150, 'Cơ sở mở rộng', [150, 100]]);
    assert.equal((await site.call<Refused>(police, 'POST', '/facilities/01/CS7/profiles', { ...profile, validFrom: '2026-11-10' })).body.code, 'profile-exists');
  });
  test('a facility closes only when its book has nobody left, and takes no day after', async () => {
    await enter(site, police, 'CS8', { book: { from: '2026-11-16', voluntary: 0, compulsory: 2 } });
    const close = () => site.call<Refused>(police, 'POST', '/facilities/01/CS8/closing', { closedOn: '2026-11-17', decision: '' });
    assert.equal((await close()).body.code, 'people-still-there');
    await expectOk(putDay(site, manager, '2026-11-16', { opening: { voluntary: 0, compulsory: 2 }, figures: figures({}, { away: 2 }, {}) }, 'CS8'));
    assert.equal((await close()).status, 200);
    assert.equal((await putDay(site, manager, '2026-11-18', { opening: { voluntary: 0, compulsory: 0 }, figures: figures({}, {}, {}) }, 'CS8')).body.code, 'after-closing');
  });
});
