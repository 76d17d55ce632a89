import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import ICAL from 'ical.js';
import { type CalendarEntry, calendarFeed } from './ics.ts';

const feed = { name: 'Việc của tôi', host: 'sauro.example', madeAt: '2025-11-15T03:20:00.000Z' };
const entries: CalendarEntry[] = [
  { id: 'task-1', title: 'Báo cáo; kết quả, rà soát\nđiểm phức tạp', dueOn: '2025-12-15', url: 'https://sauro.example/tasks/1', status: 'open', description: 'Chủ trì: Công an tỉnh' },
  { id: 'task-2', title: 'Đã xong', dueOn: '2024-02-29', url: 'https://sauro.example/tasks/2', status: 'done' },
  { id: 'task-3', title: 'Rút lại', dueOn: '2025-12-31', url: 'https://sauro.example/tasks/3', status: 'withdrawn' },
];
const parse = (text: string): { calendar: ICAL.Component; events: ICAL.Event[] } => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component)) };
};

describe('the calendar feed, read by a foreign library', () => {
  test('an entry is a whole day, the day of the task, whatever zone the server runs in', () => {
    const before = process.env['TZ'];
    for (const zone of ['UTC', 'Asia/Ho_Chi_Minh', 'America/Los_Angeles']) {
      process.env['TZ'] = zone;
      const { events } = parse(calendarFeed(feed, entries));
      assert.deepEqual(events.map((event) => [event.startDate.isDate, event.startDate.toString()]), [[true, '2025-12-15'], [true, '2024-02-29'], [true, '2025-12-31']]);
      assert.ok(events.every((event) => event.duration.toSeconds() === 86_400), 'one day long');
    }
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  test('identifiers stay the same from one feed to the next', () => {
    const uids = (madeAt: string): string[] => parse(calendarFeed({ ...feed, madeAt }, entries)).events.map((event) => event.uid);
    assert.deepEqual(uids('2025-11-15T03:20:00.000Z'), ['task-1@sauro.example', 'task-2@sauro.example', 'task-3@sauro.example']);
    assert.deepEqual(uids('2025-11-16T03:20:00.000Z'), uids('2025-11-15T03:20:00.000Z'));
  });

  test('open tasks ring at eight in the morning three days before; done and withdrawn ones do not ring', () => {
    const { calendar, events } = parse(calendarFeed(feed, entries));
    const alarms = calendar.getAllSubcomponents('vevent').map((event) => event.getAllSubcomponents('valarm'));
    assert.deepEqual(alarms.map((list) => list.length), [1, 0, 0]);
    const trigger = alarms[0]?.[0]?.getFirstPropertyValue('trigger');
    assert.ok(trigger instanceof ICAL.Duration && events[0] !== undefined);
    assert.equal(trigger.toSeconds(), -(3 * 86_400 - 8 * 3600));
    assert.equal(String(events[2]?.component.getFirstPropertyValue('status')), 'CANCELLED');
  });

  test('words, commas, line ends and letters come through whole; nothing can be smuggled in', () => {
    const smuggled = { ...entries[0], id: 'x', title: 'a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:y', dueOn: '2025-01-01', url: 'https://sauro.example', status: 'open' } as const;
    const { calendar, events } = parse(calendarFeed(feed, [...entries, smuggled]));
    assert.equal(events[0]?.summary, 'Báo cáo; kết quả, rà soát điểm phức tạp');
    assert.equal(events[0]?.description, 'Chủ trì: Công an tỉnh');
    assert.equal(events[0]?.component.getFirstPropertyValue('url'), 'https://sauro.example/tasks/1');
    assert.equal(events.length, 4);
    assert.equal(calendar.getFirstPropertyValue('x-wr-timezone'), 'Asia/Ho_Chi_Minh');
    assert.equal(calendar.getFirstPropertyValue('x-wr-calname'), 'Việc của tôi');
  });

  test('lines are at most 75 bytes and end in CR LF (RFC 5545, 3.1)', () => {
    const lines = calendarFeed(feed, [{ ...entries[0], id: 'long', title: 'Ngưỡng '.repeat(60), dueOn: '2025-01-01', url: 'https://sauro.example', status: 'open' }]).split('\r\n');
    assert.ok(lines.length > 10);
    for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75, line);
  });
});
