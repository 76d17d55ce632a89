/** Access to treatment for all by 2027: need, places and gap by province. */
import { daysBetween, type PlainDate } from '#kernel/day.ts';
import type { Assumption, Spread } from '../schema.ts';
import { deviationOf, round } from './forecast.ts';

/** What the returns say of a province: people who need intervention (an estimate, never a count), places of substitution treatment, people in rehabilitation at home or in the community. */
export type AccessFigures = { readonly province: string; readonly period: string; readonly need: number | null; readonly substitution: number | null; readonly home: number | null };
export type Given = { readonly needGrowthPercent?: number; readonly needErrorPercent?: number; readonly termMonths?: number };
export type Assumed = { readonly needGrowthPercent: number; readonly needErrorPercent: number; readonly termMonths: number };

/** The horizon: the last day of 2027, the year the programme promises access to treatment for all. */
export const horizon: PlainDate = '2027-12-31';
const usual: Assumed = { needGrowthPercent: 0, needErrorPercent: 20, termMonths: 24 };
export const assumedOf = (given: Given): Assumed => ({ ...usual, ...given });

/** Every assumption with its value, said on the screen beside the figures. */
export const assumptionsOf = (given: Given, coverage: number): Assumption[] => {
  const assumed = assumedOf(given);
  const own = (key: keyof Assumed, unit: string): Assumption => ({ key, value: assumed[key], unit, given: given[key] !== undefined && given[key] !== usual[key] });
  const fixed = (key: string, value: number, unit: string): Assumption => ({ key, value, unit, given: false });
  return [
    own('needGrowthPercent', 'percent-a-year'), own('needErrorPercent', 'percent'), own('termMonths', 'months'), fixed('coverage', coverage * 100, 'percent'), fixed('steady-rates', 1, 'yes'),
    fixed('old-law-finish', 1, 'yes'), fixed('places-unchanged', 1, 'yes'), fixed('home-unchanged', 1, 'yes'), fixed('need-error-shared', 1, 'yes'),
  ];
};

export type Need = { readonly mean: number; readonly deviation: number };
/** The need on the horizon. The error of the estimate is one of method, so provinces share it: their deviations add up, not their variances. */
export function needOf(need: number, today: PlainDate, { needGrowthPercent, needErrorPercent }: Assumed): Need {
  const mean = need * (1 + needGrowthPercent / 100) ** (Math.max(0, daysBetween(today, horizon)) / 365.25);
  return { mean, deviation: deviationOf(mean * needErrorPercent / 100) };
}
const half = (deviation: number): number => deviation / deviationOf(1);
export const needSpread = ({ mean, deviation }: Need): Spread => ({ mean: round(mean), low: round(Math.max(0, mean - half(deviation))), high: round(mean + half(deviation)) });

/**
 * People who would find no place on the horizon: need less places of substitution treatment, places of facilities (by design or by norm,
 * whichever is fewer) and those treated at home. Below zero the places exceed the need: kept as it is, not clipped.
 */
export function gapOf(need: Need, places: number): Spread {
  const gap = need.mean - places;
  return { mean: round(gap), low: round(gap - half(need.deviation)), high: round(gap + half(need.deviation)) };
}
