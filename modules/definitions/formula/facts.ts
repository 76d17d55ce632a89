/** What a formula asks of the calendar and of reporting: the same answer wherever it is computed. */
import { monthsOf, periodTypeOf, type Period } from '#kernel/period.ts';
import type { CalendarFact, ReportingRate } from './ast.ts';

/**
 * Days of a period, its place among the periods of its type in a year, and how many of them a year has. Nine months are counted from January
 * and have no second in the year.
 *
 * @param days of the period, in the programme's calendar
 */
export function calendarFactOf(fact: CalendarFact, period: Period, days: number): number {
  if (fact === 'days') return days;
  const months = monthsOf(period);
  const length = periodTypeOf(period) === 'nine-months' ? 12 : months.length;
  return fact === 'yearlyPeriodCount' ? 12 / length : Math.floor((Number(months[0]?.slice(5, 7)) - 1) / length) + 1;
}

/** Returns expected, received and in time; as a number or in per cent. No rate where none is expected. */
export function reportingRateOf(rate: ReportingRate, { expected, received, inTime }: { readonly expected: number; readonly received: number; readonly inTime: number }): number | null {
  switch (rate) {
    case 'EXPECTED_REPORTS': return expected;
    case 'ACTUAL_REPORTS': return received;
    case 'ACTUAL_REPORTS_ON_TIME': return inTime;
    case 'REPORTING_RATE': return expected === 0 ? null : (received * 100) / expected;
    case 'REPORTING_RATE_ON_TIME': return expected === 0 ? null : (inTime * 100) / expected;
  }
}
