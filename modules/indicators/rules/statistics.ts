/** Signs that a number may be wrong. Each names places and numbers to look at again; none says that anyone did wrong. */

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
export function median(values: readonly number[]): number | null {
  const list = sorted(values);
  const middle = list.length >> 1;
  const high = list[middle];
  if (high === undefined) return null;
  return list.length % 2 === 1 ? high : ((list[middle - 1] ?? high) + high) / 2;
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const limits = { z: 3, modifiedZ: 3.5, ratio: 3, leastDifference: 10, leastHistory: 4 } as const;
export type OutlierSigns = { readonly usual: number; readonly z: number | null; readonly modifiedZ: number | null; readonly ratio: number | null; readonly tests: readonly ('z' | 'modified-z' | 'ratio')[] };

/**
 * How far a value lies from the same unit's earlier ones: z by mean and standard deviation, modified z by median and median deviation
 * (Iglewicz and Hoaglin, limit 3.5; the mean deviation stands in when half the values are equal), ratio to the median.
 *
 * @param history of the twelve periods before, those reported
 * @returns undefined with fewer than four earlier values, or unless two of the three stand out; differences under ten, and numbers between the least
 *   and the most the unit has reported, are left alone
 */
export function outlierSigns(value: number, history: readonly number[]): OutlierSigns | undefined {
  const usual = median(history);
  if (usual === null || history.length < limits.leastHistory || Math.abs(value - usual) < limits.leastDifference) return undefined;
  if (value >= Math.min(...history) && value <= Math.max(...history)) return undefined;
  const m = mean(history);
  const sd = Math.sqrt(history.reduce((sum, one) => sum + (one - m) ** 2, 0) / Math.max(1, history.length - 1));
  const away = history.map((one) => Math.abs(one - usual));
  const mad = median(away) ?? 0;
  const z = sd > 0 ? (value - m) / sd : null;
  const spread = mad > 0 ? mad / 0.6745 : mean(away) * 1.253314;
  const modifiedZ = spread > 0 ? (value - usual) / spread : null;
  const ratio = usual > 0 && value >= 0 ? value / usual : null;
  const tests: ('z' | 'modified-z' | 'ratio')[] = [];
  if (z !== null && Math.abs(z) > limits.z) tests.push('z');
  if (modifiedZ !== null && Math.abs(modifiedZ) > limits.modifiedZ) tests.push('modified-z');
  if (ratio !== null && (ratio >= limits.ratio || ratio <= 1 / limits.ratio)) tests.push('ratio');
  // one test alone is chance among sixty numbers a month; equal numbers all along, then another, leave the ratio only
  return tests.length >= 2 || (sd === 0 && tests.length === 1) ? { usual, z, modifiedZ, ratio, tests } : undefined;
}

/** ln(n!) by summing: n stays under some thousands here. */
function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1);
  for (let i = 2; i <= n; i += 1) table[i] = (table[i - 1] ?? 0) + Math.log(i);
  return table;
}

/** Chance of `hits` or more among `n` when each has chance `p`: the upper tail of the binomial distribution. */
export function atLeast(hits: number, n: number, p: number): number {
  if (hits <= 0) return 1;
  if (hits > n) return 0;
  const f = logFactorials(n);
  let sum = 0;
  for (let k = hits; k <= n; k += 1) sum += Math.exp((f[n] ?? 0) - (f[k] ?? 0) - (f[n - k] ?? 0) + k * Math.log(p) + (n - k) * Math.log(1 - p));
  return Math.min(1, sum);
}

export type HeapingSign = { readonly values: number; readonly endingInZeroOrFive: number; readonly expectedShare: number; readonly p: number };
/**
 * Digit preference: numbers someone counted end in 0 or 5 a fifth of the time; numbers someone guessed, more often.
 * Only numbers of two digits and more say anything.
 *
 * @returns undefined with fewer than 20 such numbers, or when chance explains it (p of 1 in 1,000 or more: thousands of units are tested)
 */
export function heaping(values: readonly number[]): HeapingSign | undefined {
  let [counted, hits] = [0, 0];
  for (const value of values) {
    if (!Number.isInteger(value) || value < 10) continue;
    counted += 1;
    if (value % 5 === 0) hits += 1;
  }
  if (counted < 20 || hits * 5 <= counted) return undefined; // no more than chance gives on the average
  const p = atLeast(hits, counted, 0.2);
  return p < 0.001 ? { values: counted, endingInZeroOrFive: hits, expectedShare: 0.2, p } : undefined;
}

/**
 * A number that fell below half of what is usual in a return sent from the day before its due day on.
 *
 * @param daysToDue from sending to the due day, negative when late
 */
export function suddenDrop(value: number, history: readonly number[], daysToDue: number | null): boolean {
  const usual = median(history);
  if (usual === null || history.length < limits.leastHistory || daysToDue === null || daysToDue > 1) return false;
  return value < usual / 2 && usual - value >= limits.leastDifference;
}

/** Periods, counted back from the newest, in which everything reported was zero; a blank period ends the run. */
export function zeroRun(newestFirst: readonly (readonly number[])[]): number {
  const end = newestFirst.findIndex((values) => values.length === 0 || values.some((value) => value !== 0));
  return end === -1 ? newestFirst.length : end;
}
export const longZeroRun = 3;
