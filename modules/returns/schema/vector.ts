/** Returns as other modules read them. A vector's place s holds slot s + 1; null is "not reported", which is not 0. */
import type { ReturnKey } from './key.ts';

export type Standing = 'reported' | 'approved';
/** Sums and counts of what lies below a node; for a province or the nation its own return too. `sums` is null where nothing was reported. */
export type RollUp = {
  readonly province: string; readonly node: string; readonly period: string; readonly dataSet: string; readonly attribute: string; readonly standing: Standing;
  /** Returns added up, and how many of them came late. */
  readonly returns: number; readonly late: number;
  readonly sums: readonly (number | null)[]; readonly counts: readonly number[];
};
export type PackedReturn = {
  readonly province: string; readonly orgUnit: string; readonly period: string; readonly dataSet: string; readonly attribute: string;
  readonly rev: number; readonly at: string; readonly standing: number; readonly approved: boolean; readonly late: boolean;
  readonly vals: readonly (number | null)[]; readonly noData: readonly number[];
};
/** Told after commit. `vals` as they stand now, `approved` whether they are in the approved sums. */
export type Committed = ReturnKey & { readonly rev: number; readonly standing: number; readonly approved: boolean; readonly late: boolean; readonly vals: readonly (number | null)[]; readonly noData: readonly number[] };
