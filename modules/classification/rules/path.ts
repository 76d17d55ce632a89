/** The way to a target: where a straight line would be, and how fast one would have to go. Percent and percentage points. */

/** @param points targets by year, in order. Before the first there is no line; after the last it stays */
export function shouldBeIn(year: number, points: readonly { readonly year: number; readonly value: number }[]): number | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || year < first.year) return null;
  if (year >= last.year) return last.value;
  const at = points.findIndex((point) => point.year > year);
  const [before, after] = [points[at - 1], points[at]];
  if (before === undefined || after === undefined) return null;
  return round(before.value + ((after.value - before.value) * (year - before.year)) / (after.year - before.year));
}

/** Percentage points a year until the target year, never negative; null when the year has come. */
export function neededPerYear(share: number | null, now: number, target: { readonly year: number; readonly value: number }): number | null {
  return share === null || now >= target.year ? null : round(Math.max(0, target.value - share) / (target.year - now));
}

export const round = (value: number): number => Math.round(value * 100) / 100;
