import { addDays, compareDays } from '#kernel/day.ts';
import type { PlaceRow } from '../schema.ts';
import { watchStates } from '../rules/life.ts';

export type Tone = 'bad' | 'warn' | 'ok' | 'idle';
const soonDays = 3;

/** Past its day; due within three days; watched and in order; anything else. */
export function toneOf(row: PlaceRow, asOf: string): Tone {
  if (row.overdueDays > 0 || row.state === 'recurred') return 'bad';
  if (row.checks.some((check) => check.state === 'late')) return 'warn';
  if (row.dueOn !== null && compareDays(row.dueOn, addDays(asOf, soonDays)) <= 0) return 'warn';
  return watchStates.includes(row.state) || row.state === 'closed' ? 'ok' : 'idle';
}
