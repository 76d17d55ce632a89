/** The watch after removal: checks on days 30, 60, 90 and 180 by another person than who resolved the place. */
import { addDays, daysBetween, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { checkDays, type CheckDay, type CheckResult, type CheckSlot, type State } from '../schema.ts';
import { checkWindowDays } from './life.ts';

export type CheckMade = { readonly day: number; readonly checkedOn: PlainDate; readonly result: CheckResult; readonly account: string | null };

/** The four checks of a watch that began on the day of removal, as they stand on `today`. */
export function slotsOf(removedOn: PlainDate | null, made: readonly Pick<CheckMade, 'day' | 'checkedOn' | 'result'>[], today: PlainDate): CheckSlot[] {
  if (removedOn === null) return [];
  return checkDays.map((day) => {
    const dueOn = addDays(removedOn, day);
    const done = made.find((one) => one.day === day);
    if (done !== undefined) return { day, dueOn, state: 'done', checkedOn: done.checkedOn, result: done.result };
    return { day, dueOn, state: today > dueOn ? 'late' : daysBetween(today, dueOn) <= checkWindowDays ? 'open' : 'coming', checkedOn: null, result: null };
  });
}

/** The check that is due next, with its day; undefined when all four are made. */
export function nextCheck(removedOn: PlainDate, made: readonly Pick<CheckMade, 'day'>[]): { readonly day: (typeof checkDays)[number]; readonly dueOn: PlainDate } | undefined {
  const day = checkDays.find((one) => !made.some((check) => check.day === one));
  return day === undefined ? undefined : { day, dueOn: addDays(removedOn, day) };
}

/** The latest check by day made, extra checks among them. */
export const latest = <C extends Pick<CheckMade, 'checkedOn'>>(made: readonly C[]): C | undefined => made.reduce<C | undefined>((best, one) => (best === undefined || one.checkedOn >= best.checkedOn ? one : best), undefined);

export type CheckAsked = { readonly day: CheckDay; readonly checkedOn: PlainDate; readonly result: CheckResult };
export type CheckedPlace = { readonly state: State; readonly removedOn: PlainDate | null; readonly made: readonly CheckMade[]; readonly resolvers: readonly string[] };

/**
 * Whether a check may be recorded. A late one is accepted and marked, because a refused late check becomes a missing one.
 *
 * @returns `late` when it was made after its day
 */
export function decideCheck(place: CheckedPlace, asked: CheckAsked, account: string, today: PlainDate): Result<{ readonly late: boolean }, Refusal> {
  if (asked.checkedOn > today) return refuse({ code: 'day-in-future', day: asked.checkedOn, today });
  if (!['removed', 'watched'].includes(place.state) || place.removedOn === null) return refuse({ code: 'not-watched', state: place.state });
  if (place.resolvers.includes(account)) return refuse({ code: 'own-resolution' });
  if (asked.checkedOn < place.removedOn) return refuse({ code: 'day-before-step', day: asked.checkedOn, earliest: place.removedOn });
  if (asked.day === 0) return ok({ late: false });
  const already = place.made.find((one) => one.day === asked.day);
  if (already !== undefined) return refuse({ code: 'check-already-made', day: asked.day, on: already.checkedOn });
  const dueOn = addDays(place.removedOn, asked.day);
  if (daysBetween(asked.checkedOn, dueOn) > checkWindowDays) return refuse({ code: 'check-too-early', day: asked.day, earliest: addDays(dueOn, -checkWindowDays) });
  return ok({ late: asked.checkedOn > dueOn });
}
