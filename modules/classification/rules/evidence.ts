/**
 * What is known of a place in a period, as the criteria need it. A number that is not known for every month it should cover is a lower bound,
 * and nothing is ever taken for zero because nobody reported it.
 */
import type { Quantity, Reading } from '../schema.ts';

/** `value`: what was counted, null when nothing was. `complete`: nothing is missing; else the true count is `value` or more. */
export type Known = { readonly value: number | null; readonly complete: boolean };
export const nothing: Known = { value: null, complete: false };
export const exactly = (value: number): Known => ({ value, complete: true });
export const atLeast = (value: number): Known => ({ value, complete: false });

/** A count, or a rate when `per` is there: percent of `per` (people currently residing). */
export type Measure = { readonly of: Known; readonly per: Known | null };
export type Windowed = { readonly closing: Known; readonly period: Known };

export type Evidence = {
  /** People currently residing, on the closing day (Art. 4: the denominator; not registered population). */
  readonly residents: Known;
  /** People with management records on the closing day: all of them, and those outside the three situations of Art. 6.1. */
  readonly managed: { readonly counted: Known; readonly notCounted: Known };
  readonly points: Windowed;
  readonly offenders: Known;
  readonly plants: Known;
  /** m² */
  readonly plantArea: Known;
  /** 0 none, 1 intra-provincial, 2 inter-provincial, 3 both. */
  readonly route: Known;
  /** People residing who use or are addicted and are in none of the three situations (Art. 6.1). */
  readonly using: Windowed;
  readonly violations: Known;
  readonly fugitives: Windowed;
  /** Communes of class I and II, and all of them; a province only (Art. 5). */
  readonly classed: { readonly of: Known; readonly per: Known } | null;
};

const inWindow = (known: Windowed, window: Reading['window']): Known => (window === 'closing-day' ? known.closing : known.period);

/** The number a quantity stands for, in one reading of the text. */
export function measureOf(quantity: Quantity, evidence: Evidence, reading: Pick<Reading, 'people' | 'window'>): Measure {
  switch (quantity) {
    case 'managed-rate': return { of: reading.people === 'counted' ? evidence.managed.counted : evidence.managed.notCounted, per: evidence.residents };
    case 'offender-rate': return { of: evidence.offenders, per: evidence.residents };
    case 'points': return { of: inWindow(evidence.points, reading.window), per: null };
    case 'plants': return { of: evidence.plants, per: null };
    case 'plant-area': return { of: evidence.plantArea, per: null };
    case 'on-route': return { of: evidence.route, per: null };
    case 'people-using': return { of: inWindow(evidence.using, reading.window), per: null };
    case 'resident-violations': return { of: evidence.violations, per: null };
    case 'fugitives-hiding': return { of: inWindow(evidence.fugitives, reading.window), per: null };
    case 'class-I-II-share': return evidence.classed === null ? { of: nothing, per: nothing } : { of: evidence.classed.of, per: evidence.classed.per };
  }
}

/** Counts added over places or months: what one of them lacks, the sum lacks. */
export function added(list: readonly Known[]): Known {
  let value: number | null = null;
  let complete = list.length > 0;
  for (const one of list) {
    if (one.value !== null) value = (value ?? 0) + one.value;
    if (!one.complete || one.value === null) complete = false;
  }
  return { value, complete };
}

/** The larger of two accounts of the same thing; complete only when both are, since either may still grow. */
export function larger(a: Known, b: Known): Known {
  if (a.value === null) return { value: b.value, complete: false };
  if (b.value === null) return { value: a.value, complete: false };
  return { value: Math.max(a.value, b.value), complete: a.complete && b.complete };
}
