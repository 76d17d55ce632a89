import assert from 'node:assert/strict';
import test from 'node:test';
import { addDays } from './day.ts';
import { coarser, daysOf, isPeriod, monthsOf, periodAt, periodRange, shiftPeriod, yearToDate, type Calendar } from './period.ts';

const programme: Calendar = { startDay: 15 };
const civil: Calendar = { startDay: 1 };

test('a month of the programme runs from the 15th to the 14th, its year from 15 December to 14 December', () => {
  assert.deepEqual(daysOf('2026-03', programme), { first: '2026-02-15', last: '2026-03-14' });
  assert.deepEqual(daysOf('2026-Q1', programme), { first: '2025-12-15', last: '2026-03-14' });
  assert.deepEqual(daysOf('2026-H1', programme), { first: '2025-12-15', last: '2026-06-14' });
  assert.deepEqual(daysOf('2026-N9', programme), { first: '2025-12-15', last: '2026-09-14' });
  assert.deepEqual(daysOf('2026', programme), { first: '2025-12-15', last: '2026-12-14' });
});

test('a civil month is the calendar month, leap years included', () => {
  assert.deepEqual(daysOf('2028-02', civil), { first: '2028-02-01', last: '2028-02-29' });
  assert.deepEqual(daysOf('2026', civil), { first: '2026-01-01', last: '2026-12-31' });
});

test('every day of five years lies in exactly the period that covers it, in each type and calendar', () => {
  for (const calendar of [programme, civil, { startDay: 28 }, { startDay: 2 }]) {
    for (let day = '2024-01-01', n = 0; n < 1827; day = addDays(day, 1), n += 1) {
      for (const type of ['month', 'quarter', 'half-year', 'year'] as const) {
        const { first, last } = daysOf(periodAt(day, type, calendar), calendar);
        assert.ok(first <= day && day <= last, `${day} in ${periodAt(day, type, calendar)}, start ${calendar.startDay}`);
      }
    }
  }
});

test('periods of a type follow each other without gap or overlap', () => {
  for (const start of ['2024-01', '2024-Q1', '2024-H1', '2024']) {
    for (let period = start, n = 0; n < 30; n += 1) {
      const next = shiftPeriod(period, 1);
      assert.equal(daysOf(next, programme).first, addDays(daysOf(period, programme).last, 1));
      assert.equal(shiftPeriod(next, -1), period);
      period = next;
    }
  }
});

test('a quarter has three months and a month lies in one quarter', () => {
  assert.deepEqual(monthsOf('2025-Q4'), ['2025-10', '2025-11', '2025-12']);
  for (const month of periodRange('2025-01', '2026-12')) assert.ok(monthsOf(coarser(month, 'quarter')).includes(month));
  assert.deepEqual(yearToDate('2026-03'), ['2026-01', '2026-02', '2026-03']);
  assert.deepEqual(monthsOf('2026-N9').length, 9);
  assert.equal(shiftPeriod('2026-N9', 1), '2027-N9');
});

test('text that is no period is told so', () => {
  for (const text of ['', '2026-13', '2026-00', '2026-Q5', '2026-H3', '26', '2026-3', '2026-01-01', '2026-N8', '２０２６']) assert.equal(isPeriod(text), false, text);
  assert.throws(() => monthsOf('2026-13'), RangeError);
});
