/** The balance of the daily book. */
import { addDays, compareDays, daysBetween, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { type Balance, type DayFigures, flowKinds, type Flows, incoming, type Regime, regimes } from '../schema.ts';

export const noFlows: Flows = { admitted: 0, received: 0, completed: 0, moved: 0, away: 0, left: 0, died: 0 };
export const sumOf = ({ voluntary, compulsory }: Balance): number => voluntary + compulsory;
export const cameIn = (flows: Flows): number => incoming.reduce((sum, kind) => sum + flows[kind], 0);
export const wentOut = (flows: Flows): number => flowKinds.reduce((sum, kind) => sum + (incoming.includes(kind) ? 0 : flows[kind]), 0);
export const sameBalance = (a: Balance, b: Balance): boolean => a.voluntary === b.voluntary && a.compulsory === b.compulsory;

/** What a day closes with: opening, plus who came, less who left, each regime by itself. May be negative; `closeDay` refuses that. */
export const closingOf = (opening: Balance, figures: DayFigures): Balance => ({
  voluntary: opening.voluntary + cameIn(figures.voluntary) - wentOut(figures.voluntary), compulsory: opening.compulsory + cameIn(figures.compulsory) - wentOut(figures.compulsory),
});

export type DayRefusal = Refusal & { readonly day?: string };
/**
 * Closes one day of the book: whoever is on it was counted or is absent for a known reason. A day that does not close is refused with
 * the difference, so the person looks for the one that was forgotten; nothing is ever made to fit.
 */
export function closeDay(opening: Balance, figures: DayFigures): Result<Balance, DayRefusal> {
  const closing = closingOf(opening, figures);
  const short = regimes.find((regime: Regime) => closing[regime] < 0);
  if (short !== undefined) return refuse({ code: 'more-left-than-there', regime: short, there: opening[short] + cameIn(figures[short]), left: wentOut(figures[short]) });
  const admitted = figures.voluntary.admitted + figures.compulsory.admitted;
  if (figures.firstEver > admitted) return refuse({ code: 'more-first-ever-than-admitted', firstEver: figures.firstEver, admitted });
  if (figures.waitedDays > 0 && admitted === 0) return refuse({ code: 'waited-without-admission', waitedDays: figures.waitedDays });
  const there = sumOf(closing);
  if (figures.absent > there) return refuse({ code: 'more-absent-than-there', absent: figures.absent, there });
  const expected = there - figures.absent;
  if (figures.present !== expected) return refuse({ code: 'census-unbalanced', expected, counted: figures.present, difference: figures.present - expected });
  return ok(closing);
}

export type BookSpan = { readonly openedOn: PlainDate; readonly bookFrom: PlainDate; readonly closedOn: PlainDate | null };
/** May anything be written on this day at all? */
export function dayIsIn(span: BookSpan, day: PlainDate, today: PlainDate): Result<true, DayRefusal> {
  if (compareDays(day, today) > 0) return refuse({ code: 'facility-day-in-future', day, today });
  if (compareDays(day, span.openedOn) < 0) return refuse({ code: 'before-opening', day, openedOn: span.openedOn });
  if (compareDays(day, span.bookFrom) < 0) return refuse({ code: 'before-book', day, bookFrom: span.bookFrom });
  if (span.closedOn !== null && compareDays(day, span.closedOn) > 0) return refuse({ code: 'after-closing', day, closedOn: span.closedOn });
  return ok(true);
}

export type LastDay = { readonly day: PlainDate; readonly closing: Balance };
/** The first day that is missing and what it opens with. @param start the balance the book began with */
export const nextDay = (span: BookSpan, start: Balance, last: LastDay | undefined): { readonly day: PlainDate; readonly opening: Balance } =>
  last === undefined ? { day: span.bookFrom, opening: start } : { day: addDays(last.day, 1), opening: last.closing };

/**
 * Decides whether a new day may be recorded: inside the facility's life, right after the last day, opening with what that one closed with,
 * and closing. An opening that differs means that somebody corrected a day meanwhile: the person looks again.
 */
export function recordNewDay(span: BookSpan, next: { readonly day: PlainDate; readonly opening: Balance }, command: { readonly day: PlainDate; readonly today: PlainDate; readonly opening: Balance; readonly figures: DayFigures }): Result<Balance, DayRefusal> {
  const inside = dayIsIn(span, command.day, command.today);
  if (!inside.ok) return inside;
  if (compareDays(command.day, next.day) < 0) return refuse({ code: 'day-exists', day: command.day });
  if (compareDays(command.day, next.day) > 0) return refuse({ code: 'day-before-missing', day: next.day, days: daysBetween(next.day, command.day) });
  if (!sameBalance(command.opening, next.opening)) return refuse({ code: 'opening-differs', voluntary: next.opening.voluntary, compulsory: next.opening.compulsory });
  return closeDay(next.opening, command.figures);
}

/** Days that should be in the book by the end of yesterday and are not. */
export function daysMissing(span: BookSpan, last: PlainDate | null, today: PlainDate): number {
  const until = span.closedOn !== null && compareDays(span.closedOn, today) < 0 ? span.closedOn : addDays(today, -1);
  const first = last === null ? span.bookFrom : addDays(last, 1);
  return Math.max(0, daysBetween(first, until) + 1);
}
