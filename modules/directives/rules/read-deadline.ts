/** Deadlines as they are typed into a sheet: days as dd/mm/yyyy, months, quarters, years, and the rules of repetition. */
import { isPlainDate } from '#kernel/day.ts';
import type { DeadlineInput } from '../schema.ts';
import { lastDayOf, nextOccurrence } from './deadline.ts';

function readOne(typed: string): DeadlineInput | undefined {
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed);
  if (day) {
    const value = `${day[3]}-${(day[2] ?? '').padStart(2, '0')}-${(day[1] ?? '').padStart(2, '0')}`;
    return isPlainDate(value) ? { type: 'absolute', value } : undefined;
  }
  const month = /^(\d{1,2})\/(\d{4})$/.exec(typed);
  const value = month ? `${month[2]}-${(month[1] ?? '').padStart(2, '0')}` : typed.replace(/^quý\s*(IV|I{1,3}|[1-4])[\s/]*(?:năm\s*)?(\d{4})$/iu, (_, quarter: string, year: string) => `${year}-Q${quarterOf(quarter)}`);
  if (value.startsWith('R/')) return nextOccurrence(value, '2025-01-01') === null ? undefined : { type: 'recurring', value };
  if (/^(event:|NA\d)/.test(value)) return { type: 'event', value };
  return lastDayOf(value) === null ? undefined : { type: 'absolute', value };
}

const quarterOf = (text: string): number => ({ I: 1, II: 2, III: 3, IV: 4 })[text.toUpperCase()] ?? Number(text);

/** Deadlines parted by semicolons; undefined when one is not understood. Repetitions of several rules are one deadline, so `R/` parts join. */
export function readDeadlines(typed: string): DeadlineInput[] | undefined {
  const parts = typed.split(';').map((part) => part.trim()).filter((part) => part !== '');
  const joined: string[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.startsWith('R/') && last?.startsWith('R/') === true) joined[joined.length - 1] = `${last};${part}`;
    else joined.push(part);
  }
  const read = joined.map(readOne);
  return read.every((one) => one !== undefined) ? read.slice(0, 10) : undefined;
}
