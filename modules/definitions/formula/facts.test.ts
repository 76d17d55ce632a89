import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFactOf, reportingRateOf } from './facts.ts';

test('a period knows its place in the year and how many of its kind a year has', () => {
  const told = (period: string) => [calendarFactOf('periodInYear', period, 0), calendarFactOf('yearlyPeriodCount', period, 0)];
  assert.deepEqual([told('2026-11'), told('2026-Q3'), told('2026-H2'), told('2026-N9'), told('2026')], [[11, 12], [3, 4], [2, 2], [1, 1], [1, 1]]);
  assert.equal(calendarFactOf('days', '2026-02', 31), 31, 'days are those of the programme’s calendar');
});

test('a rate of nothing expected is no rate, and numbers are told as they are', () => {
  const counts = { expected: 8, received: 6, inTime: 4 };
  assert.deepEqual((['EXPECTED_REPORTS', 'ACTUAL_REPORTS', 'ACTUAL_REPORTS_ON_TIME', 'REPORTING_RATE', 'REPORTING_RATE_ON_TIME'] as const).map((rate) => reportingRateOf(rate, counts)), [8, 6, 4, 75, 50]);
  assert.equal(reportingRateOf('REPORTING_RATE', { expected: 0, received: 0, inTime: 0 }), null);
});
