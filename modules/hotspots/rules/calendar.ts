/** Days by which steps are due. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import type { State } from '../schema.ts';
import { deadlines } from './life.ts';

/** Tells whether a day is worked. */
export type Works = (day: PlainDate) => boolean;

/** The day `count` working days after `day`. */
export function workingDaysAfter(day: PlainDate, count: number, works: Works): PlainDate {
  let left = count;
  let at = day;
  for (let steps = 0; left > 0 && steps < 400; steps += 1) {
    at = addDays(at, 1);
    if (works(at)) left -= 1;
  }
  return at;
}

/** By when a place in this state takes its next step; null where nothing is due (a watch follows its checks). */
export function dueOf(state: State, since: PlainDate, works: Works): PlainDate | null {
  const deadline = Object.entries(deadlines).find(([name]) => name === state)?.[1];
  if (deadline === undefined) return null;
  return deadline.working ? workingDaysAfter(since, deadline.days, works) : addDays(since, deadline.days);
}
