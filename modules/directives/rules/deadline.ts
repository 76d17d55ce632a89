/** Deadlines as directives write them, turned into days. Values are those of schema `Deadline`. */
import { addDays, addMonths, endOfMonth, isPlainDate, weekday, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Deadline, DeadlineInput } from '../schema.ts';

/** The last day of an absolute deadline, or null when it does not exist (2025-02-30, 2025-Q5). A school year ends on 31 May. */
export function lastDayOf(value: string): PlainDate | null {
  if (isPlainDate(value)) return value;
  const month = /^(\d{4})-(\d{2})$/.exec(value);
  if (month) return isPlainDate(`${value}-01`) ? endOfMonth(`${value}-01`) : null;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(value);
  if (quarter) return endOfMonth(`${quarter[1]}-${String(Number(quarter[2]) * 3).padStart(2, '0')}-01`);
  if (/^(19|20|21)\d{2}$/.test(value)) return `${value}-12-31`;
  const schoolYear = /^(\d{4})-(\d{4})$/.exec(value);
  if (schoolYear && Number(schoolYear[2]) === Number(schoolYear[1]) + 1) return `${schoolYear[2]}-05-31`;
  return null;
}

/** One repeating rule without its `R/`: months between, and the month and day it starts from; or weekly; or by semester. */
type Cycle = { readonly kind: 'weekly' } | { readonly kind: 'yearly'; readonly days: readonly string[] } | { readonly kind: 'monthly'; readonly day: number };

const endsOfPeriod: Readonly<Record<string, readonly string[]>> = {
  P1M: [], P3M: ['03-31', '06-30', '09-30', '12-31'], P6M: ['06-30', '12-31'], P1Y: ['12-31'], SEM: ['01-15', '05-31'],
};

function cycleOf(rule: string): Cycle | null {
  if (rule === 'P1W') return { kind: 'weekly' };
  const monthly = /^P1M(?:\/D(\d{1,2}))?$/.exec(rule);
  if (monthly) {
    const day = monthly[1] === undefined ? 31 : Number(monthly[1]);
    return day >= 1 && day <= 31 ? { kind: 'monthly', day } : null;
  }
  const ends = endsOfPeriod[rule];
  if (ends !== undefined) return { kind: 'yearly', days: ends };
  const dated = /^(P3M|P6M|P1Y)\/(?:(\d{2})-(\d{2})|D(\d{1,2}))$/.exec(rule);
  if (!dated) return null;
  const step = dated[1] === 'P3M' ? 3 : dated[1] === 'P6M' ? 6 : 12;
  if (dated[4] !== undefined) {
    const day = String(Number(dated[4])).padStart(2, '0');
    return Number(dated[4]) >= 1 && Number(dated[4]) <= 31 ? { kind: 'yearly', days: [3, 6, 9, 12].filter((m) => m % step === 0).map((m) => `${String(m).padStart(2, '0')}-${day}`) } : null;
  }
  if (!isPlainDate(`2024-${dated[2]}-${dated[3]}`)) return null;
  const days = Array.from({ length: 12 / step }, (_, i) => `${String(((Number(dated[2]) - 1 + i * step) % 12) + 1).padStart(2, '0')}-${dated[3]}`);
  return { kind: 'yearly', days };
}

const clamped = (year: number, monthDay: string): PlainDate => {
  const last = endOfMonth(`${year}-${monthDay.slice(0, 2)}-01`);
  const day = `${year}-${monthDay}`;
  return day > last ? last : day;
};

function nextOf(cycle: Cycle, after: PlainDate): PlainDate {
  if (cycle.kind === 'weekly') return addDays(after, ((5 - weekday(after) + 6) % 7) + 1);
  const year = Number(after.slice(0, 4));
  if (cycle.kind === 'monthly') {
    const day = String(cycle.day).padStart(2, '0');
    const inMonth = (first: PlainDate): PlainDate => clamped(Number(first.slice(0, 4)), `${first.slice(5, 7)}-${day}`);
    const first = `${after.slice(0, 7)}-01`;
    return inMonth(first) > after ? inMonth(first) : inMonth(addMonths(first, 1));
  }
  const days = [year, year + 1].flatMap((y) => cycle.days.map((monthDay) => clamped(y, monthDay))).sort();
  return days.find((day) => day > after) ?? clamped(year + 1, '12-31');
}

const cyclesOf = (value: string): readonly (Cycle | null)[] => value.split(';').map((part) => (part.startsWith('R/') ? cycleOf(part.slice(2)) : null));

/** The first day after `after` on which a recurring deadline falls, or null when its period is not stated (`R/?`) or unknown. Weeks end on Friday. */
export function nextOccurrence(value: string, after: PlainDate): PlainDate | null {
  const days = cyclesOf(value).flatMap((cycle) => (cycle === null ? [] : [nextOf(cycle, after)])).sort();
  return days[0] ?? null;
}

/** True when the value says when: `R/?` repeats without saying when. */
export const saysWhen = (deadline: Pick<Deadline, 'type' | 'value'>): boolean =>
  deadline.type === 'absolute' ? lastDayOf(deadline.value) !== null : deadline.type === 'recurring' ? cyclesOf(deadline.value).some((cycle) => cycle !== null) : deadline.value.trim() !== '';

/** Days on which events fall, as far as they are set. */
export type EventDays = Readonly<Record<string, PlainDate>>;

/**
 * A deadline with its day.
 *
 * @param from the document's day, from which a recurring deadline starts
 * @returns refusal `deadline-impossible` for a day that does not exist or a repetition that is no rule (`R/?` stays, without a day)
 */
export function resolveDeadline(input: DeadlineInput, from: PlainDate, events: EventDays): Result<Deadline, { code: 'deadline-impossible'; value: string }> {
  const { type, value } = input;
  const text = input.text ?? '';
  if (type === 'absolute') {
    const dueOn = lastDayOf(value);
    return dueOn === null ? refuse({ code: 'deadline-impossible', value }) : ok({ type, value, text, dueOn });
  }
  if (type === 'event') return ok({ type, value, text, dueOn: events[value] ?? null });
  const dueOn = nextOccurrence(value, from);
  if (dueOn === null && !value.split(';').includes('R/?')) return refuse({ code: 'deadline-impossible', value });
  return ok({ type, value, text, dueOn });
}

/**
 * The day a task is due: the last absolute deadline (earlier ones are milestones on the way), else the day of the event,
 * else the next recurrence; null while none is known.
 */
export function dueDayOf(deadlines: readonly Deadline[]): PlainDate | null {
  const days = (type: Deadline['type']): PlainDate[] => deadlines.flatMap((d) => (d.type === type && d.dueOn !== null ? [d.dueOn] : [])).sort();
  return days('absolute').at(-1) ?? days('event').at(-1) ?? days('recurring')[0] ?? null;
}

/** The recurring rule of a task that comes back, or null. */
export const recurrenceOf = (deadlines: readonly Pick<Deadline, 'type' | 'value'>[]): string | null =>
  deadlines.find((d) => d.type === 'recurring' && cyclesOf(d.value).some((cycle) => cycle !== null))?.value ?? null;

/** The event a task waits for, when only an event decides its day. */
export const awaitedEventOf = (deadlines: readonly Deadline[]): string | null =>
  deadlines.some((d) => d.type === 'absolute') ? null : (deadlines.find((d) => d.type === 'event')?.value ?? null);
