/**
 * How long a removed place stays clean: the product-limit estimate of Kaplan and Meier. A removal whose place has not recurred counts for the
 * days it has been seen; a closed place goes on being seen, because a recurrence reopens its code. Nobody is scored: the figure is of places.
 */
import type { Share, Survival, SurvivalStep } from '../schema.ts';

/** One removal: days until it recurred, or until today. */
export type Spell = { readonly days: number; readonly recurred: boolean };

export const marks = [30, 60, 90, 180, 365] as const;
const z95 = 1.959964;
const millionths = (share: number): number => Math.round(share * 1_000_000);

/** The 95 % interval by the log(-log) of the survival, which stays between 0 and 1. */
function interval(survival: number, variance: number): readonly [number, number] {
  if (survival <= 0 || survival >= 1) return [survival, survival];
  const width = (z95 * Math.sqrt(variance)) / Math.abs(Math.log(survival));
  return [survival ** Math.exp(width), survival ** Math.exp(-width)];
}

/** Steps on the days on which a place recurred; between them the curve is level. */
export function survivalOf(spells: readonly Spell[]): Survival {
  const ending = new Map<number, { recurred: number; censored: number }>();
  for (const { days, recurred } of spells) {
    const at = ending.get(days) ?? { recurred: 0, censored: 0 };
    if (recurred) at.recurred += 1; else at.censored += 1;
    ending.set(days, at);
  }
  const steps: SurvivalStep[] = [];
  let [atRisk, survival, variance, censored] = [spells.length, 1, 0, 0];
  for (const [day, ends] of [...ending].sort(([a], [b]) => a - b)) {
    censored += ends.censored;
    if (ends.recurred > 0) {
      survival *= 1 - ends.recurred / atRisk;
      if (ends.recurred < atRisk) variance += ends.recurred / (atRisk * (atRisk - ends.recurred));
      const [lower, upper] = interval(survival, variance);
      steps.push({ day, atRisk, recurred: ends.recurred, censored, survival: millionths(survival), lower: millionths(lower), upper: millionths(upper) });
      censored = 0;
    }
    atRisk -= ends.recurred + ends.censored;
  }
  return { removals: spells.length, recurrences: spells.filter(({ recurred }) => recurred).length, steps, marks: marks.map((day) => markAt(day, steps, spells)) };
}

/** The curve read on a day: null where nothing has been seen that long. */
function markAt(day: number, steps: readonly SurvivalStep[], spells: readonly Spell[]): Survival['marks'][number] {
  const atRisk = spells.filter((spell) => spell.days >= day).length;
  const last = steps.findLast((step) => step.day <= day);
  if (atRisk === 0 && (last === undefined || last.survival > 0)) return { day, survival: null, lower: null, upper: null, atRisk };
  return { day, survival: last?.survival ?? 1_000_000, lower: last?.lower ?? 1_000_000, upper: last?.upper ?? 1_000_000, atRisk };
}

export const shareOf = (numerator: number, denominator: number): Share => ({ numerator, denominator, percentHundredths: denominator === 0 ? null : Math.round((numerator * 10_000) / denominator) });
