/** The module's words on the server: for the brief and workbooks. The screens read the same files. */
import { join } from 'node:path';
import { readMessages, type Messages } from '#platform/messages.ts';

let read: Messages | undefined;

/** The text of a key in a language, with its placeholders filled; the key itself when it is missing, so that nothing is hidden. */
export function say(language: 'vi' | 'en', key: string, facts: Readonly<Record<string, string | number>> = {}): string {
  read ??= readMessages([join(import.meta.dirname, '..')]);
  return (read[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

const formats = new Map<string, Intl.NumberFormat>();
/** A number as it is printed: 1.234,5 in Vietnamese, 1,234.5 in English. */
export function printed(value: number, decimals: number, language: 'vi' | 'en'): string {
  const key = `${language} ${decimals}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits: 0, maximumFractionDigits: decimals });
  formats.set(key, format);
  return format.format(value);
}
