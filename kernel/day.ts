/** A calendar day as `YYYY-MM-DD`; never a Date at midnight, which shifts with the zone. Text order is day order. */
export type PlainDate = string;
/** A moment in UTC as `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type Instant = string;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

const epochDay = (day: PlainDate): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const fromEpochDay = (n: number): PlainDate => new Date(n * dayMs).toISOString().slice(0, 10);

/** True for a day that exists: 2025-02-29 does not. */
export function isPlainDate(text: string): boolean {
  if (!pattern.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export const addDays = (day: PlainDate, days: number): PlainDate => fromEpochDay(epochDay(day) + days);
/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => epochDay(to) - epochDay(from);
export const compareDays = (a: PlainDate, b: PlainDate): number => (a < b ? -1 : a > b ? 1 : 0);
export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a <= b ? a : b);
/** 1 = Monday … 7 = Sunday. */
export const weekday = (day: PlainDate): number => ((epochDay(day) + 3) % 7 + 7) % 7 + 1;

export function addMonths(day: PlainDate, months: number): PlainDate {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(y, m - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(d, last))).toISOString().slice(0, 10);
}
/** Last day of the month of `day`. */
export const endOfMonth = (day: PlainDate): PlainDate => addDays(`${addMonths(`${day.slice(0, 7)}-01`, 1)}`, -1);

/** The day it is in Asia/Ho_Chi_Minh (UTC+7, no summer time since 1975) at an instant. */
export const vietnamDay = (instant: Date | Instant): PlainDate =>
  new Date(new Date(instant).getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

/** dd/mm/yyyy, as Vietnamese documents write a day. */
export const displayDay = (day: PlainDate): string => day.split('-').reverse().join('/');
