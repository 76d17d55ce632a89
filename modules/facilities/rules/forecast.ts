/**
 * Forecast of discharges and of who will be there, from the daily book alone.
 *
 * Method. Admissions are counts at a constant rate a day. People admitted before the new law (1 July 2026) finish under the old one and
 * leave by completing at a constant hazard; those admitted since stay their term (24 months unless changed) and before it leave only for
 * other reasons, at the hazard of everyone. How many of those there were admitted since is not in a book of counts: it is the admissions
 * since that day, less those who have left for other reasons since. The three rates are estimated from the days of the book.
 * The interval holds four of five futures: the spread of counts around their mean (binomial for those here, Poisson for those to come,
 * widened by the dispersion of weekly admissions) and the uncertainty of the three rates (delta method on their logarithms), both normal.
 * Checked against simulation in forecast.test.ts.
 */
import { addMonths, daysBetween, type PlainDate } from '#kernel/day.ts';
import type { Spread } from '../schema.ts';

/** One day of the book of one province: people there at its end, and its movements over the province's border. */
export type BookedDay = { readonly day: PlainDate; readonly there: number; readonly admitted: number; readonly completed: number; readonly otherwise: number };
export type ForecastInput = { readonly days: readonly BookedDay[]; readonly asOf: PlainDate; readonly months: number; readonly termMonths: number };
type Ahead = { readonly admissions: number; readonly discharges: number; readonly there: number; readonly admissionsVar: number; readonly dischargesVar: number; readonly thereVar: number };
export type AheadSpread = { readonly admissions: Moments; readonly discharges: Moments; readonly there: Moments };
/** Mean and variance, people. */
export type Moments = { readonly mean: number; readonly variance: number };
type Rates = { readonly admitted: number; readonly completing: number; readonly leaving: number };

/** The day the terms of the new law begin: Law 120/2025/QH15, article 56 on transition. */
export const newLawFrom: PlainDate = '2026-07-01';
/** The share of futures the interval holds, and the normal quantile for it. */
export const coverage = 0.8;
const quantile = 1.2815515655446004;
const monthDays = 365.25 / 12;

export const none: Moments = { mean: 0, variance: 0 };
export const added = (parts: readonly Moments[]): Moments => ({ mean: parts.reduce((sum, one) => sum + one.mean, 0), variance: parts.reduce((sum, one) => sum + one.variance, 0) });
/** The interval of a count; never below nobody. */
export const spreadOf = ({ mean, variance }: Moments): Spread => {
  const half = quantile * Math.sqrt(variance);
  return { mean: round(mean), low: round(Math.max(0, mean - half)), high: round(mean + half) };
};
export const round = (value: number): number => Math.round(value * 10) / 10;
/** Standard deviation of what lies within ± `half` four times out of five. */
export const deviationOf = (half: number): number => half / quantile;

/** Weekly variance over mean of the admissions, at least 1: waves and weekends spread counts more than chance alone. */
function dispersion(days: readonly BookedDay[]): number {
  const weeks: number[] = [];
  for (let at = 0; at + 7 <= days.length; at += 7) weeks.push(days.slice(at, at + 7).reduce((sum, one) => sum + one.admitted, 0));
  if (weeks.length < 6) return 1;
  const mean = weeks.reduce((sum, one) => sum + one, 0) / weeks.length;
  if (mean === 0) return 1;
  const variance = weeks.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (weeks.length - 1);
  return Math.max(1, Math.min(10, variance / mean));
}

/** Of those there on a day, how many were admitted under the new law: all admissions since, less those who left for other reasons. */
function newOnes(rates: Rates, day: PlainDate, there: number): number {
  const days = Math.max(0, daysBetween(newLawFrom, day));
  const stayed = rates.leaving > 0 ? (1 - Math.exp(-rates.leaving * days)) / rates.leaving : days;
  return Math.min(there, rates.admitted * stayed);
}

type Estimate = { readonly rates: Rates; readonly variances: Rates; readonly spreadBy: number };
/** Rates a day, and the variance of the logarithm of each. */
function estimate(days: readonly BookedDay[]): Estimate {
  const total = (pick: (day: BookedDay) => number): number => days.reduce((sum, one) => sum + pick(one), 0);
  const [admitted, completed, otherwise, exposure] = [total((d) => d.admitted), total((d) => d.completed), total((d) => d.otherwise), total((d) => d.there)];
  const part: Rates = { admitted: (admitted + 0.5) / days.length, completing: 0, leaving: exposure === 0 ? 0 : (otherwise + 0.5) / exposure };
  const old = days.reduce((sum, one) => sum + one.there - newOnes(part, one.day, one.there), 0);
  const spreadBy = dispersion(days);
  return {
    rates: { ...part, completing: old < 1 ? 0 : (completed + 0.5) / old }, spreadBy,
    variances: { admitted: spreadBy / (admitted + 0.5), completing: 1 / (completed + 0.5), leaving: 1 / (otherwise + 0.5) },
  };
}

type Cohort = { readonly size: number; readonly at: number; readonly here: boolean };
/** Means and the spread of counts, were the rates known. Months are counted from `asOf`; a cohort leaves when its term is over. */
function walk(rates: Rates, { asOf, months, termMonths }: Omit<ForecastInput, 'days'>, there: number, spreadBy: number): Ahead[] {
  const begun = newOnes(rates, asOf, there);
  const old = there - begun;
  const past = Math.max(1, Math.round(daysBetween(newLawFrom, asOf) / monthDays));
  const cohorts: Cohort[] = Array.from({ length: past }, (_, i) => ({ size: begun / past, at: i - past, here: true }));
  for (let month = 0; month < months; month += 1) cohorts.push({ size: rates.admitted * monthDays, at: month, here: false });
  const leave = rates.leaving * monthDays;
  const survives = (age: number): number => (age >= termMonths ? 0 : Math.exp(-leave * age));
  const stays = (cohort: Cohort, month: number): number => (cohort.here ? survivesFromNow(cohort, month) : month <= cohort.at ? 0 : survives(Math.max(0, month - cohort.at - 0.5)));
  const survivesFromNow = (cohort: Cohort, month: number): number => (month - cohort.at - 0.5 >= termMonths ? 0 : Math.exp(-leave * month));
  return Array.from({ length: months }, (_, i): Ahead => {
    const month = i + 1;
    const [before, after] = [month - 1, month].map((m) => Math.exp(-(rates.completing + rates.leaving) * monthDays * m));
    let [thereMean, thereVar] = binomial(old, after ?? 0);
    let [outMean, outVar] = binomial(old, (before ?? 0) - (after ?? 0));
    for (const cohort of cohorts) {
      const [was, is] = [stays(cohort, month - 1), stays(cohort, month)];
      const entered = !cohort.here && cohort.at === month - 1 ? 1 : was;
      const [m, v] = cohort.here ? binomial(cohort.size, is) : [cohort.size * is, cohort.size * is * spreadBy];
      const gone = Math.max(0, entered - is);
      const [om, ov] = cohort.here ? binomial(cohort.size, gone) : [cohort.size * gone, cohort.size * gone * spreadBy];
      if (!cohort.here && cohort.at >= month) continue;
      thereMean += m; thereVar += v; outMean += om; outVar += ov;
    }
    const admissions = rates.admitted * monthDays;
    return { admissions, admissionsVar: admissions * spreadBy, discharges: outMean, dischargesVar: outVar, there: thereMean, thereVar };
  });
}
const binomial = (n: number, p: number): [mean: number, variance: number] => [n * p, n * p * (1 - p)];

/**
 * Month by month: admissions, discharges and people there at the month's end, with their variances.
 *
 * @param input days of the book in order (28 at least), the day it is, how far ahead, the term of the new law in months
 * @returns undefined when the book is too short to say anything
 */
export function forecast(input: ForecastInput): readonly AheadSpread[] | undefined {
  const { days } = input;
  const there = days.at(-1)?.there;
  if (there === undefined || days.length < 28) return undefined;
  const { rates, variances, spreadBy } = estimate(days);
  const middle = walk(rates, input, there, spreadBy);
  const step = 0.02;
  const uncertain: Ahead[] = middle.map((one) => ({ ...one }));
  const slopes = (['admitted', 'completing', 'leaving'] as const).map((name) => ({ moved: walk({ ...rates, [name]: rates[name] * Math.exp(step) }, input, there, spreadBy), variance: variances[name] }));
  return uncertain.map((one, i): AheadSpread => {
    const shift = (pick: (ahead: Ahead) => number): number => slopes.reduce((sum, { moved, variance }) => {
      const at = moved[i];
      return at === undefined ? sum : sum + ((pick(at) - pick(one)) / step) ** 2 * variance;
    }, 0);
    return {
      admissions: { mean: one.admissions, variance: one.admissionsVar + shift((a) => a.admissions) },
      discharges: { mean: one.discharges, variance: one.dischargesVar + shift((a) => a.discharges) },
      there: { mean: one.there, variance: one.thereVar + shift((a) => a.there) },
    };
  });
}

export const monthAhead = (asOf: PlainDate, n: number): string => addMonths(`${asOf.slice(0, 7)}-01`, n).slice(0, 7);
/** Whole months from a day to the last one of the horizon, at least one. */
export const monthsUntil = (asOf: PlainDate, until: PlainDate): number => Math.max(1, Math.round(daysBetween(asOf, until) / monthDays));
