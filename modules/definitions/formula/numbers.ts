/**
 * Arithmetic on doubles that keeps two promises to people who add up tables: counts below 2^53 are exact, and decimals behave as on
 * paper to 15 significant digits, so that 0.1 + 0.2 equals 0.3. Integers are never compared loosely.
 */
const comparedDigits = 2 ** -50; // 8.9e-16 of the larger operand, below the 15th significant digit
const cancelledDigits = 2 ** -48; // what is left of two decimals that cancel out on paper

const larger = (a: number, b: number): number => Math.max(Math.abs(a), Math.abs(b));

/** Equal, or equal on paper: two decimals, or a decimal and an integer, that differ beyond the 15th significant digit only. */
export function sameNumber(a: number, b: number): boolean {
  if (a === b) return true;
  if (Number.isInteger(a) && Number.isInteger(b)) return false;
  return Math.abs(a - b) <= comparedDigits * larger(a, b);
}

/** Sum; exactly 0 when decimals cancel out on paper (0.1 + 0.2 - 0.3). */
export function sumOf(a: number, b: number): number {
  const sum = a + b;
  if (Number.isInteger(sum) && Number.isInteger(a)) return sum;
  return Math.abs(sum) <= cancelledDigits * larger(a, b) ? 0 : sum;
}

/** Whole exponents by squaring, so that every engine gives the same bits; NaN for a fraction of a negative base. */
export function powerOf(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 4096) return base ** exponent;
  let [result, square] = [1, base];
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}

/** Sum from the smallest to the largest loses least; the order of the periods must not change a figure. */
const totalOf = (values: readonly number[]): number => [...values].sort((a, b) => Math.abs(a) - Math.abs(b)).reduce(sumOf, 0);
const meanOf = (values: readonly number[]): number => totalOf(values) / values.length;

/** @param correction 1 for a sample, 0 for all there are; a sample of one has no variance: NaN */
function varianceOf(values: readonly number[], correction: 0 | 1): number {
  const mean = meanOf(values);
  return totalOf(values.map((value) => (value - mean) ** 2)) / (values.length - correction);
}

/** Continuous percentile, interpolated as percentile_cont of SQL and PERCENTILE.INC of spreadsheets. */
function percentileOf(values: readonly number[], fraction: number): number {
  if (!(fraction >= 0 && fraction <= 1)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * fraction;
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (place - Math.floor(place)) * (above - below);
}

/** @param values at least one; @param fraction of percentileCont only; @returns NaN where the statistic is not defined */
export function aggregateOf(name: string, values: readonly number[], fraction: number): number {
  switch (name) {
    case 'avg': return meanOf(values);
    case 'count': return values.length;
    case 'max': return Math.max(...values);
    case 'min': return Math.min(...values);
    case 'median': return percentileOf(values, 0.5);
    case 'percentileCont': return percentileOf(values, fraction);
    case 'stddevPop': return Math.sqrt(varianceOf(values, 0));
    case 'stddev': case 'stddevSamp': return Math.sqrt(varianceOf(values, 1));
    case 'variance': return varianceOf(values, 1);
    default: return totalOf(values);
  }
}

/** Density of the normal distribution at x. */
export const normalDensity = (x: number, mean: number, deviation: number): number =>
  Math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));

/**
 * Share of the normal distribution at or below x, by the power series of its integral around the mean, to about 15 digits.
 * Farther than 8.5 deviations the tail is below what a double tells from 0 or 1.
 */
export function normalShare(x: number, mean: number, deviation: number): number {
  const z = (x - mean) / deviation;
  if (z < -8.5) return 0;
  if (z > 8.5) return 1;
  let [term, sum] = [z, z];
  for (let n = 3; Math.abs(term) > Math.abs(sum) * 1e-17 && n < 400; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return Math.min(1, Math.max(0, 0.5 + sum * Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)));
}
