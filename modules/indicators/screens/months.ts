import { monthsOf, periodRange, periodTypeOf, shiftPeriod } from '#kernel/period.ts';
import { today } from '#web/i18n/format.ts';

/** Periods to choose from: two years up to the newest known, newest first; the one shown is always among them. */
export function recentMonths(known: readonly string[], shown: string): string[] {
  const newest = [...known.filter((one) => periodTypeOf(one) === periodTypeOf(shown)), shown].sort().at(-1) ?? shown;
  return [...new Set([shown, ...periodRange(shiftPeriod(newest, -23), newest)])].sort().reverse();
}

/** The same for one period of any type: the twenty-four up to it and those after it that have begun, newest first. */
export function recentPeriods(shown: string): string[] {
  const running = shiftPeriod(today().slice(0, 7), 1); // in a calendar of its own, a month may begin before its name's first day
  return periodRange(shiftPeriod(shown, -23), shiftPeriod(shown, 24)).filter((one) => one <= shown || (monthsOf(one)[0] ?? one) <= running).reverse();
}
