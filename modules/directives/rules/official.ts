/** The four official states, both overdue rates and progress: computed from state, days and today, never stored, never typed. */
import type { PlainDate } from '#kernel/day.ts';
import type { OfficialState, OverdueRate, Progress, Tally, TaskState } from '../schema.ts';

/** What the official state is read from. `submittedOn`: the day the evidence that stands was submitted. */
export type Standing = { readonly state: TaskState; readonly dueOn: PlainDate | null; readonly submittedOn: PlainDate | null };

/** True while the holder has delivered and others check: the clock no longer runs against the holder. */
export const isDelivered = (state: TaskState): boolean => state === 'evidence-submitted' || state === 'verified';
export const isDone = (state: TaskState): boolean => state === 'accepted';
export const isOpen = (state: TaskState): boolean => state !== 'accepted' && state !== 'withdrawn';

/**
 * Done on time, done late, open within term or open overdue (practice under Decision 42/2014/QĐ-TTg; dossier section 10).
 *
 * A task counts as done on the day its accepted evidence was submitted, so that slow checking does not make the holder late;
 * until it is accepted it is open. No due day yet (an event not dated): within term. A withdrawn task is in no state.
 */
export function officialStateOf({ state, dueOn, submittedOn }: Standing, today: PlainDate): OfficialState | null {
  if (state === 'withdrawn') return null;
  const deliveredLate = dueOn !== null && submittedOn !== null && submittedOn > dueOn;
  if (isDone(state)) return deliveredLate ? 'done-late' : 'done-on-time';
  if (dueOn === null) return 'open-within';
  if (isDelivered(state)) return deliveredLate ? 'open-overdue' : 'open-within';
  return today > dueOn ? 'open-overdue' : 'open-within';
}

export const emptyTally: Tally = { doneOnTime: 0, doneLate: 0, openWithin: 0, openOverdue: 0 };
const slotOf = { 'done-on-time': 'doneOnTime', 'done-late': 'doneLate', 'open-within': 'openWithin', 'open-overdue': 'openOverdue' } as const satisfies Record<OfficialState, keyof Tally>;

export function tallyOf(states: Iterable<OfficialState | null>): Tally {
  const tally = { ...emptyTally };
  for (const state of states) if (state !== null) tally[slotOf[state]] += 1;
  return tally;
}

export const addTallies = (tallies: Iterable<Tally>): Tally => {
  const sum = { ...emptyTally };
  for (const tally of tallies) for (const key of Object.values(slotOf)) sum[key] += tally[key];
  return sum;
};

export const totalOf = (tally: Tally): number => tally.doneOnTime + tally.doneLate + tally.openWithin + tally.openOverdue;

/** Share done; `percent` is rounded down, so that 100 means all. */
export function progressOf(tally: Tally): Progress {
  const of = totalOf(tally);
  const done = tally.doneOnTime + tally.doneLate;
  return { done, of, percent: of === 0 ? null : Math.floor((100 * done) / of) };
}

/**
 * Both ways the Government has reported an overdue rate, each with its numerator and denominator (dossier section 10):
 * `of-due` (2017: 223 of 16,274 = 1.38 %, open overdue over completed plus open overdue) and `of-assigned` (2025: 319 of 9,831,
 * open overdue over all assigned).
 *
 * @returns percentHundredths: hundredths of a percent, rounded half up; null when nothing was due or assigned
 */
export function overdueRates(tally: Tally): readonly OverdueRate[] {
  const numerator = tally.openOverdue;
  const rate = (method: OverdueRate['method'], denominator: number): OverdueRate =>
    ({ method, numerator, denominator, percentHundredths: denominator === 0 ? null : Math.floor((20_000 * numerator + denominator) / (2 * denominator)) });
  return [rate('of-due', tally.doneOnTime + tally.doneLate + tally.openOverdue), rate('of-assigned', totalOf(tally))];
}
