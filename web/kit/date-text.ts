import { isPlainDate, type PlainDate } from '#kernel/day.ts';

/** A day as people type it (5/9/2025, 05-09-2025, 05.09.2025, 05092025, 5 9 25, 2025-09-05); undefined when it is none that exists. */
export function parseDay(typed: string): PlainDate | undefined {
  const text = typed.trim();
  if (isPlainDate(text)) return text;
  const parts = /^(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!parts) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  const value = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(value) ? value : undefined;
}
