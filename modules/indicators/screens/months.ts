import { periodRange, periodTypeOf, shiftPeriod } from '#kernel/period.ts';

/** Periods to choose from: two years up to the newest known, newest first; the one shown is always among them. */
export function recentMonths(known: readonly string[], shown: string): string[] {
  const newest = [...known.filter((one) => periodTypeOf(one) === periodTypeOf(shown)), shown].sort().at(-1) ?? shown;
  return [...new Set([shown, ...periodRange(shiftPeriod(newest, -23), newest)])].sort().reverse();
}

/** The same for one period of any type: the twenty-four up to it and two after, newest first. */
export const recentPeriods = (shown: string): string[] => periodRange(shiftPeriod(shown, -23), shiftPeriod(shown, 2)).reverse();
