import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import ICAL from 'ical.js';
import { shape, Type } from '#kernel/shape.ts';
import { nowOf } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { announceDays, runClock, startPeriods } from './actions/clock.ts';
import { sendDigests } from './actions/digest.ts';
import type { DeadlineEvent, FeedLink, MyWork, Notice, SavedView, TaskPage, YearCalendar } from './schema.ts';
import { expectOk, issuedWith, move, openSite, people, taskOf } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const only = (offices: readonly string[]) => ({ offices: [...offices], classes: [], post: null, text: '' });
const due = (value: string, type: 'absolute' | 'recurring' | 'event' = 'absolute') => ({ deadlines: [{ type, value }] });
const count = (statement: ReturnType<typeof sql>) => site.db.read('system', async (tx) => (await tx.one(shape({ n: Type.Integer() }), statement)).n);

describe('reminders by the clock', () => {
  test('a year of days, each run twice: every task is announced once before, on and after its day', async () => {
    const days = ['2027-01-04', '2027-02-10', '2027-05-03', '2027-09-06', '2027-11-30'];
    const issued = await issuedWith(site, people.vpcp(), days.map((day) => ({ person: only(['UBND:01']), timeline: due(day) })));
    for (let i = 0, today = '2026-12-01'; i < 365; i += 1, today = addDays(today, 1)) {
      for (let again = 0; again < 2; again += 1) await site.db.write('system', (tx) => announceDays(tx, nowOf(new Date(`${today}T02:00:00.000Z`))));
    }
    const told = await site.db.read('system', (tx) => tx.rows(shape({ kind: Type.String(), n: Type.Integer(), tasks: Type.Integer() }), sql`
      select kind, count(*)::int as n, count(distinct task)::int as tasks from directives.notice where directive = ${issued.id} and office = 'UBND:01' and kind like '%due%' group by kind order by kind`));
    assert.deepEqual(told.map((row) => [row.kind, row.n, row.tasks]), [['due-soon', 5, 5], ['due-today', 5, 5], ['overdue', 4, 4]]);
  });

  test('days a server was off are told when it is back', async () => {
    const issued = await issuedWith(site, people.vpcp(), [{ person: only(['UBND:04']), timeline: due('2027-12-08') }]);
    await site.db.write('system', (tx) => announceDays(tx, nowOf(new Date('2027-12-14T02:00:00.000Z'))));
    assert.equal(await count(sql`select count(*)::int as n from directives.notice where directive = ${issued.id} and kind in ('due-soon', 'due-today', 'overdue')`), 3);
  });
});

describe('tasks that come back', () => {
  test('each period gets one instance a holder, however often the clock runs; the first deadline of each stays', async () => {
    const issued = await issuedWith(site, people.vpcp(), [{ person: only(['UBND:08', 'UBND:11']), timeline: due('R/P1M/D25', 'recurring') }]);
    for (const day of ['2026-11-20', '2026-11-26', '2026-11-27', '2026-12-27']) for (let again = 0; again < 2; again += 1) await startPeriods(site.services, nowOf(new Date(`${day}T02:00:00.000Z`)));
    const page = await expectOk(site.call<TaskPage>(people.vpcp(), 'GET', `/tasks?directive=${issued.id}&office=UBND:08`));
    assert.deepEqual(page.rows.map((row) => row.dueFirst), ['2026-11-25', '2026-12-25', '2027-01-25']);
    await runClock(site.services, nowOf(new Date('2026-12-28T02:00:00.000Z')));
    assert.equal((await expectOk(site.call<TaskPage>(people.vpcp(), 'GET', `/tasks?directive=${issued.id}`))).total, 6);
  });
});

describe('deadlines that wait for an event', () => {
  test('when the day is set every waiting task gets it, in each province, and keeps it as its first deadline', async () => {
    const office = people.vpcp();
    const issued = await issuedWith(site, office, [{ person: { offices: ['BCA'], classes: [{ officeClass: 'UBND-TINH' }], post: null, text: '' }, timeline: due('NA16-S2', 'event') }]);
    assert.equal((await taskOf(site, office, issued.id, 'UBND:01')).task.dueOn, null);
    const { events } = await expectOk(site.call<{ events: DeadlineEvent[] }>(office, 'GET', '/deadline-events'));
    assert.equal(events.find((one) => one.event === 'NA16-S2')?.tasks, 35);
    await expectOk(site.call(office, 'PUT', '/deadline-events/NA16-S2', { on: '2026-12-20' }));
    await site.deliver();
    for (const holder of ['UBND:01', 'UBND:96', 'BCA']) {
      const task = await taskOf(site, office, issued.id, holder);
      assert.deepEqual([task.task.dueOn, task.task.dueFirst], ['2026-12-20', '2026-12-20']);
    }
    const refused = await site.call<{ code: string }>(people.leader(), 'PUT', '/deadline-events/NA16-S2', { on: '2027-12-20' });
    assert.deepEqual([refused.status, refused.body.code], [403, 'authority-lacking']);
  });
});

describe('my work and the inbox', () => {
  test('a task moves from my list to the checker and on to the one who decides', async () => {
    const [officer, leader, chair] = [people.officer('14', '03646'), people.leader('14'), people.communeLeader('14', '03646')];
    const issued = await issuedWith(site, people.vpcp(), [{ person: { offices: ['UBND:14'], classes: [{ officeClass: 'UBND-XA', communes: ['03646'] }], post: null, text: '' }, timeline: due('2026-11-19') }]);
    const mine = await expectOk(site.call<MyWork>(officer, 'GET', '/my-work'));
    assert.deepEqual([mine.group, mine.counts.week, mine.rows[0]?.directive], ['week', 1, issued.id]);
    let task = await taskOf(site, officer, issued.id);
    task = await expectOk(move(site, officer, task, 'acknowledge'));
    task = await expectOk(site.call<typeof task>(officer, 'POST', `/tasks/14/${task.task.id}/evidence`, { kind: 'document', documentNumber: '12/BC-UBND' }));
    task = await expectOk(move(site, officer, task, 'submit-evidence'));
    assert.equal((await expectOk(site.call<MyWork>(officer, 'GET', '/my-work'))).counts.week, 0);
    assert.equal((await expectOk(site.call<MyWork>(chair, 'GET', '/my-work?group=verify'))).rows[0]?.id, task.task.id);
    task = await expectOk(move(site, chair, task, 'verify'));
    const above = await expectOk(site.call<MyWork>(leader, 'GET', '/my-work?group=decide'));
    assert.equal(above.rows.find((row) => row.id === task.task.id)?.state, 'verified');
    await site.deliver();
    const inbox = await expectOk(site.call<{ rows: Notice[]; unread: number }>(leader, 'GET', '/inbox'));
    assert.ok(inbox.rows.some((notice) => notice.kind === 'evidence-submitted' && notice.task === task.task.id));
    assert.equal((await expectOk(site.call<{ unread: number }>(leader, 'POST', '/inbox/read', { notices: [] }))).unread, 0);
    assert.ok((await expectOk(site.call<{ unread: number }>(people.leader('14'), 'GET', '/inbox'))).unread > 0, 'what I have read is new to my colleague');
  });

  test('reminding five provinces is one click, once a day, and stands in the history', async () => {
    site.setClock('2026-11-25T03:00:00.000Z');
    const office = people.vpcp();
    const issued = await issuedWith(site, office, [{ person: { offices: [], classes: [{ officeClass: 'UBND-TINH', provinces: ['01', '04', '08', '11', '12'] }], post: null, text: '' }, timeline: due('2026-11-20') }]);
    const path = `/directives/00/${issued.id}`;
    const text = await expectOk(site.call<{ text: string; offices: number }>(office, 'POST', `${path}/reminder-text`, {}));
    assert.equal(text.offices, 5);
    assert.match(text.text, /Ủy ban nhân dân thành phố Hà Nội: NV-01, hạn 20\/11\/2026 \(quá hạn 5 ngày\)/);
    assert.deepEqual(await expectOk(site.call(office, 'POST', `${path}/reminders`, {})), { reminded: 5, alreadyToday: 0, offices: 5 });
    assert.deepEqual(await expectOk(site.call(office, 'POST', `${path}/reminders`, {})), { reminded: 0, alreadyToday: 5, offices: 0 });
    assert.equal((await taskOf(site, people.leader('04'), issued.id)).entries.at(-1)?.kind, 'reminder');
    const neighbour = await site.call<{ code: string }>(people.leader('01'), 'POST', `/directives/01/${issued.id}/reminders`, {});
    assert.deepEqual([neighbour.status, neighbour.body.code], [409, 'nobody-to-remind']);
    site.setClock('2026-11-18T03:00:00.000Z');
  });

  test('one digest a day by mail, with counts and no text of any task', async () => {
    await site.db.write('system', async (tx) => {
      const account = '6f3a3a50-0000-4000-8000-000000000001';
      await tx.run(sql`insert into identity.account (id, name, state, demonstration, search_text, home_office, home_province, created_at, state_changed_at) values (${account}, 'Người nhận thư', 'active', true, '', 'UBND:01', '01', now(), now())`);
      await tx.run(sql`insert into identity.sign_in_name (account, user_name, email) values (${account}, 'nhan.thu', 'nhan.thu@mau.invalid')`);
      await tx.run(sql`insert into identity.role_grant (id, account, role, office, post, level, province, valid_from, granted_at) values (gen_random_uuid(), ${account}, 'province-leader', 'UBND:01', 'chu-tich', 'province', '01', '2025-01-01', now())`);
    });
    const at = nowOf(new Date('2028-01-03T02:00:00.000Z'));
    await sendDigests(site.services, at);
    await sendDigests(site.services, at);
    const folder = join(site.services.dataDir, 'mail');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
    assert.equal(files.length, 1);
    const mail = await readFile(join(folder, files[0] ?? ''), 'utf8');
    assert.ok(mail.includes('nhan.thu@mau.invalid'));
    assert.ok(!mail.includes('Kiện toàn'));
  });
});

describe('private calendar, saved views, the working calendar', () => {
  test('a foreign calendar library reads the feed; a new address ends the old one; a guess finds nothing', async () => {
    const account = '6f3a3a50-0000-4000-8000-000000000001';
    const person = { ...people.leader('01'), account: account as ReturnType<typeof people.leader>['account'] };
    const first = await expectOk(site.call<FeedLink>(person, 'POST', '/calendar-feed', {}));
    const second = await expectOk(site.call<FeedLink>(person, 'POST', '/calendar-feed', {}));
    const pathOf = (link: FeedLink): string => new URL(link.url ?? '').pathname.replace('/api', '');
    assert.equal((await site.call(undefined, 'GET', pathOf(first))).status, 404);
    const answer = await site.call<Uint8Array>(undefined, 'GET', pathOf(second));
    assert.match(String(answer.headers['content-type']), /text\/calendar/);
    const calendar = new ICAL.Component(ICAL.parse(Buffer.from(answer.body).toString('utf8')));
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
    assert.ok(events.length > 0);
    assert.ok(events.some((event) => event.startDate.toString() === '2027-01-04'));
    assert.equal((await site.call(undefined, 'GET', `/calendar-feed/${'A'.repeat(43)}.ics`)).status, 404);
  });

  test("a view is its owner's alone", async () => {
    const [one, other] = [people.vpcp(), people.vpcp()];
    const view = await expectOk(site.call<SavedView>(one, 'POST', '/saved-views', { name: 'Quá hạn', path: '/viec?group=overdue' }));
    assert.equal((await expectOk(site.call<{ views: SavedView[] }>(other, 'GET', '/saved-views'))).views.length, 0);
    assert.equal((await site.call(other, 'DELETE', `/saved-views/${view.id}`)).status, 404);
    assert.equal((await site.call(one, 'DELETE', `/saved-views/${view.id}`)).status, 200);
    assert.equal((await site.call(one, 'POST', '/saved-views', { name: 'x', path: 'https://example.org' })).status, 400);
  });

  test('decided days of a year replace the rule, and reminders follow them', async () => {
    const office = people.vpcp();
    const before = await expectOk(site.call<YearCalendar>(office, 'GET', '/working-calendar/2026'));
    assert.ok(before.days.some((day) => day.day === '2026-02-17' && day.source === 'law'));
    const edited = await expectOk(site.call<YearCalendar>(office, 'PUT', '/working-calendar/2026', { days: [{ day: '2026-12-24', kind: 'off', name: 'Nghỉ theo quyết định' }] }));
    assert.deepEqual(edited.days.map((day) => [day.day, day.source]), [['2026-12-24', 'edited']]);
    const wrong = await site.call<{ code: string }>(office, 'PUT', '/working-calendar/2026', { days: [{ day: '2027-12-24', kind: 'off', name: 'x' }] });
    assert.deepEqual([wrong.status, wrong.body.code], [422, 'day-of-other-year']);
    assert.equal((await site.call(people.leader(), 'PUT', '/working-calendar/2026', { days: [] })).status, 403);
  });
});
