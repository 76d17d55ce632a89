/** Communes counted by outcome, and provinces judged from the memory of the year. */
import type { Standing } from '#modules/indicators/schema.ts';
import type { Outcome, Tally } from '../schema.ts';
import { gatherProvince } from '../rules/gather.ts';
import { firstReading, proposeProvince } from '../rules/judge.ts';
import type { Judged, Year } from './nation.ts';
import { classedOf } from './verdict.ts';

const keyOf: Partial<Record<Outcome, keyof Tally>> = { 'drug-free': 'drugFree', I: 'I', II: 'II', III: 'III', 'not-classified': 'notClassified', 'to-conclude': 'toConclude', 'cannot-judge': 'cannotJudge' };

export function tallyOf(outcomes: Iterable<Outcome>, total: number): Tally {
  const tally: Tally = { total, drugFree: 0, I: 0, II: 0, III: 0, notClassified: 0, toConclude: 0, cannotJudge: 0 };
  for (const outcome of outcomes) { const key = keyOf[outcome]; if (key !== undefined) tally[key] += 1; }
  return tally;
}

/** Percent of all communes, not of those that could be judged: what is not known is not left out of the whole. */
export const shareOf = (count: number, total: number): number | null => (total === 0 ? null : Math.round((count * 10_000) / total) / 100);

export const judgedIn = (year: Year, standing: Standing, province: string | null): readonly Judged[] =>
  (province === null ? year.rows : (year.frame.places.below.get(province) ?? []).flatMap((at) => year.rows[at] ?? [])).map((row) => row[standing]);

/** What is proposed for a province, from the communes in memory. */
export function provinceOutcome(year: Year, province: string, standing: Standing): Outcome {
  const criteria = year.frame.decree?.criteria;
  if (criteria === undefined) return 'older-criteria';
  const communes = judgedIn(year, standing, province);
  const own = year.provinceRoutes.get(province);
  const evidence = gatherProvince(communes.map((one) => one.evidence), classedOf(communes.map((one) => one.outcome)), own ?? null);
  return proposeProvince(criteria, evidence, firstReading).outcome;
}
