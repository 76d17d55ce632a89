import type { PlainDate } from '#kernel/day.ts';
import { displayDay, vietnamDay } from '#kernel/day.ts';
import { language } from './words.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** 1.234,5 in Vietnamese, 1,234.5 in English; at most one decimal unless told. */
export function number(value: number, decimals = 1): string {
  const key = `${language()}${decimals}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(language() === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: decimals });
  formats.set(key, known);
  return known.format(value);
}

/** A ratio (1 = whole) as a percentage with one decimal at most. */
export const percent = (ratio: number, decimals = 1): string => `${number(ratio * 100, decimals)}%`;

/** dd/mm/yyyy, in both languages. */
export const day = (value: PlainDate): string => displayDay(value);

/** 09:12 on the clock of Việt Nam. */
export function clock(instant: string | number): string {
  const shifted = new Date(new Date(instant).getTime() + 7 * 3_600_000).toISOString();
  return shifted.slice(11, 16);
}

/** 18/11/2025 09:12, on the calendar and clock of Việt Nam. */
export const moment = (instant: string | number): string => {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : `${displayDay(vietnamDay(date))} ${clock(date.getTime())}`;
};

/** Today in Việt Nam by this device's clock; a server's answer has the better one. */
export const today = (): PlainDate => vietnamDay(new Date());

/** Size of a file, in the units people know. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${number(bytes, 0)} B`;
  return bytes < 1_000_000 ? `${number(bytes / 1000, 0)} kB` : `${number(bytes / 1_000_000, 1)} MB`;
}
