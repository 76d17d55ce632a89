/** Putting recorded days right: the chain of balances must hold again from the first corrected day to the last day of the book. */
import { compareDays, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Balance, Correction, DayFigures } from '../schema.ts';
import { closeDay, closingOf, type DayRefusal, sameBalance } from './balance.ts';

export type Recorded = { readonly day: PlainDate; readonly rev: number; readonly figures: DayFigures; readonly closing: Balance };
export type Changed = Recorded & { readonly shifted: boolean };

const sameFigures = (a: DayFigures, b: DayFigures): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
const inOrder = ({ voluntary: v, compulsory: c, firstEver, waitedDays, waiting, absent, present }: DayFigures): unknown =>
  [...[v, c].map((one) => [one.admitted, one.received, one.completed, one.moved, one.away, one.left, one.died]), firstEver, waitedDays, waiting, absent, present];

/**
 * Decides a correction of one or more days.
 *
 * Each day given must still stand as the person saw it (`rev`). The chain is run again: a given day must close by its own count. A day
 * not given keeps its movements; when it opens with another balance than before, the correction is refused and says by how much, unless
 * `shiftLater` says that every later count was wrong by the same people: then they all move by the difference, each with a revision.
 *
 * @param days every recorded day from the first corrected one to the last of the book, in order
 * @param opening what the first of them opens with
 * @returns the days that change, in order
 */
export function correctBook(days: readonly Recorded[], opening: Balance, { days: given, shiftLater }: Pick<Correction, 'days' | 'shiftLater'>): Result<Changed[], DayRefusal> {
  const wanted = new Map(given.map((one) => [one.day, one]));
  const unknown = given.find((one) => !days.some((day) => day.day === one.day));
  if (unknown !== undefined) return refuse({ code: 'day-not-recorded', day: unknown.day });
  const changed: Changed[] = [];
  let before = opening;
  for (const day of days) {
    const one = wanted.get(day.day);
    const next = one === undefined ? carry(day, before, shiftLater) : put(day, before, one);
    if (!next.ok) return next;
    if (next.value !== undefined) changed.push(next.value);
    before = next.value?.closing ?? day.closing;
  }
  return changed.length === 0 ? refuse({ code: 'nothing-to-correct' }) : ok(changed);
}

function put(day: Recorded, before: Balance, one: Correction['days'][number]): Result<Changed | undefined, DayRefusal> {
  if (one.rev !== day.rev) return refuse({ code: 'revision-stale', day: day.day, rev: day.rev });
  const closed = closeDay(before, one.figures);
  if (!closed.ok) return { ok: false, problem: { ...closed.problem, day: day.day } };
  const same = sameFigures(one.figures, day.figures) && sameBalance(closed.value, day.closing);
  return ok(same ? undefined : { day: day.day, rev: day.rev + 1, figures: one.figures, closing: closed.value, shifted: false });
}

function carry(day: Recorded, before: Balance, shiftLater: boolean): Result<Changed | undefined, DayRefusal> {
  const closing = closingOf(before, day.figures);
  if (sameBalance(closing, day.closing)) return ok(undefined);
  const by = closing.voluntary + closing.compulsory - day.closing.voluntary - day.closing.compulsory;
  if (!shiftLater) return refuse({ code: 'day-after-does-not-open', day: day.day, voluntary: closing.voluntary - day.closing.voluntary, compulsory: closing.compulsory - day.closing.compulsory });
  const present = day.figures.present + by;
  if (closing.voluntary < 0 || closing.compulsory < 0 || present < 0) return refuse({ code: 'shift-below-nobody', day: day.day });
  return ok({ day: day.day, rev: day.rev + 1, figures: { ...day.figures, present }, closing, shifted: true });
}

/** The first of the days of a correction; the chain is read from there. */
export const firstOf = (days: readonly { readonly day: PlainDate }[]): PlainDate | undefined => days.map((one) => one.day).sort(compareDays)[0];
