/** A day of the book that waits on this device. Counts only; entries of one facility go in the order of their days. */
import { addDays, compareDays } from '#kernel/day.ts';
import { type Entry, isOpen } from '#web/offline/outbox.ts';
import { closingOf } from '../rules/balance.ts';
import type { Balance, DayCommand, FacilityKey } from '../schema.ts';

export const dayKind = 'facility-day';
export type QueuedDay = { readonly province: string; readonly facility: string; readonly day: string; readonly name: string; readonly command: DayCommand; readonly fields: Readonly<Record<string, unknown>> };
export const isQueuedDay = (value: unknown): value is QueuedDay =>
  typeof value === 'object' && value !== null && 'province' in value && 'facility' in value && 'day' in value && 'command' in value && typeof value.command === 'object' && value.command !== null && 'figures' in value.command;

/** One subject a facility: a day is never sent before the day it follows. */
export const subjectOf = ({ province, facility }: FacilityKey): string => `facility:${province}/${facility}`;
export const formOf = (key: FacilityKey, day: string): string => `facility-day:${key.province}/${key.facility}/${day}`;

export type NextDay = { readonly day: string; readonly opening: Balance };
/** The day to write next on this device: after the book as it was read, and after the days that wait here or went out since. Without a line the book goes on. */
export function nextHere(start: NextDay, entries: readonly Entry[]): NextDay {
  const days = entries.filter((entry) => isOpen(entry) || (entry.state === 'received' && entry.settled === null)).map((entry) => entry.body).filter(isQueuedDay)
    .filter((one) => compareDays(one.day, start.day) >= 0).sort((a, b) => compareDays(a.day, b.day));
  return days.reduce((next, one) => (one.day === next.day ? { day: addDays(one.day, 1), opening: closingOf(one.command.opening, one.command.figures) } : next), start);
}
