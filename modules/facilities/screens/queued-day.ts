/** A day of the book that waits on this device. Counts only; entries of one facility go in the order of their days. */
import type { DayCommand, FacilityKey } from '../schema.ts';

export const dayKind = 'facility-day';
export type QueuedDay = { readonly province: string; readonly facility: string; readonly day: string; readonly name: string; readonly command: DayCommand; readonly fields: Readonly<Record<string, unknown>> };
export const isQueuedDay = (value: unknown): value is QueuedDay =>
  typeof value === 'object' && value !== null && 'province' in value && 'facility' in value && 'day' in value && 'command' in value && typeof value.command === 'object' && value.command !== null && 'figures' in value.command;

/** One subject a facility: a day is never sent before the day it follows. */
export const subjectOf = ({ province, facility }: FacilityKey): string => `facility:${province}/${facility}`;
export const formOf = (key: FacilityKey, day: string): string => `facility-day:${key.province}/${key.facility}/${day}`;
