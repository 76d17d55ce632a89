/** Whether a number meets a threshold. Whole-number arithmetic: 0.5 % of 18,420 is compared exactly, never as a rounded rate. */
import type { Threshold, Verdict } from '../schema.ts';
import type { Known, Measure } from './evidence.ts';

/** Thresholds of rates are kept to a ten-thousandth of a percent. */
const fine = 10_000;

/** Negative below the bound, 0 at it, positive above. @param bound percent when the measure is a rate, else a count */
function against(of: number, per: number | null, bound: number): number {
  return per === null ? of - bound : of * 100 * fine - Math.round(bound * fine) * per;
}

/** At least the bound? A lower bound that reaches it is enough; one that does not may still grow. */
function reaches(of: Known, per: number | null, bound: number): Verdict {
  if (of.value === null) return 'cannot-judge';
  if (against(of.value, per, bound) >= 0) return 'met';
  return of.complete ? 'not-met' : 'cannot-judge';
}

const opposite = (verdict: Verdict): Verdict => (verdict === 'met' ? 'not-met' : verdict === 'not-met' ? 'met' : verdict);

/** Both must hold: one that does not is enough, whatever is not known of the other. */
export const both = (a: Verdict, b: Verdict): Verdict => (a === 'not-met' || b === 'not-met' ? 'not-met' : a === 'cannot-judge' || b === 'cannot-judge' ? 'cannot-judge' : a === 'to-conclude' || b === 'to-conclude' ? 'to-conclude' : 'met');
/** One is enough. */
export const either = (a: Verdict, b: Verdict): Verdict => (a === 'met' || b === 'met' ? 'met' : a === 'cannot-judge' || b === 'cannot-judge' ? 'cannot-judge' : a === 'to-conclude' || b === 'to-conclude' ? 'to-conclude' : 'not-met');

/**
 * @param orHigher the reading in which a value above an upper bound counts too: only lower bounds are looked at
 * @returns cannot-judge without residents to divide by, or where missing months could change the answer
 */
export function meets(threshold: Threshold, measure: Measure, orHigher: boolean): Verdict {
  const per = measure.per === null ? null : measure.per.value;
  if (measure.per !== null && (per === null || per <= 0 || !measure.per.complete)) return 'cannot-judge';
  if (measure.of.value === null) return 'cannot-judge';
  const { quantity, atLeast: low, below: high, equals } = threshold;
  if (quantity === 'on-route') return onRoute(measure.of, low ?? 1);
  if (equals !== null) {
    const there = reaches(measure.of, per, equals);
    return orHigher ? there : both(there, opposite(reaches(measure.of, per, equals + 1)));
  }
  const lower = low === null ? 'met' : reaches(measure.of, per, low);
  return high === null || orHigher ? lower : both(lower, opposite(reaches(measure.of, per, high)));
}

/** 1: any route; 2: a route between provinces. The code is a pair of answers, not an amount. */
function onRoute(of: Known, kind: number): Verdict {
  const is = of.value !== null && (kind >= 2 ? of.value >= 2 : of.value >= 1);
  return is ? 'met' : of.complete ? 'not-met' : 'cannot-judge';
}

/** How many of a list of verdicts are met, and how many cannot be told: what "at least 3 of" is asked of. */
export function atLeastOf(needed: number, met: number, open: number): Verdict {
  if (met >= needed) return 'met';
  return met + open >= needed ? 'cannot-judge' : 'not-met';
}
