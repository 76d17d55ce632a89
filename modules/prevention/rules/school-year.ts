/** School years: September to August, the first one of the programme 2025-2026 (564/TB-VPCP: school models from the school year 2025-2026). */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { SchoolDate } from '../schema.ts';

export const firstSchoolYear = '2025-2026';
export const schoolYearOf = (day: PlainDate): string => {
  const year = Number(day.slice(0, 4));
  const begins = day.slice(5, 7) >= '09' ? year : year - 1;
  return `${begins}-${begins + 1}`;
};
/** Every school year from the first of the programme to the one of the day. */
export function schoolYears(today: PlainDate): string[] {
  const [first, last] = [Number(firstSchoolYear.slice(0, 4)), Number(schoolYearOf(today).slice(0, 4))];
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => `${first + at}-${first + at + 1}`);
}
/** The twelve months of a school year, September first. */
export function monthsOfYear(year: string): string[] {
  const begins = Number(year.slice(0, 4));
  return Array.from({ length: 12 }, (_, at) => (at < 4 ? `${begins}-${String(9 + at).padStart(2, '0')}` : `${begins + 1}-${String(at - 3).padStart(2, '0')}`));
}
export function yearAsked(asked: string | undefined, today: PlainDate): Result<string, { code: 'prevention-year-unknown'; year: string }> {
  const years = schoolYears(today);
  if (asked === undefined) return ok(years.at(-1) ?? firstSchoolYear);
  return years.includes(asked) ? ok(asked) : refuse({ code: 'prevention-year-unknown', year: asked });
}

/** Frames of school years as the Ministry of Education and Training set them; S: an official digest was read, U: the usual days, no decision read. */
const frames: Readonly<Record<string, readonly SchoolDate[]>> = {
  '2025-2026': [
    { on: '2025-09-05', kind: 'opens', basis: '2269/QĐ-BGDĐT (11/08/2025)', certainty: 'S' },
    { on: '2026-01-18', kind: 'first-term-ends', basis: '2269/QĐ-BGDĐT (11/08/2025)', certainty: 'S' },
    { on: '2026-05-31', kind: 'year-ends', basis: '2269/QĐ-BGDĐT (11/08/2025)', certainty: 'S' },
  ],
};
/** Dates of a school year in order: its frame, and June, the month of action with the day of 26 June. */
export function datesOf(year: string): SchoolDate[] {
  const [begins = '', ends = ''] = year.split('-');
  const usual: readonly SchoolDate[] = [{ on: `${begins}-09-05`, kind: 'opens', basis: '', certainty: 'U' }, { on: `${ends}-01-18`, kind: 'first-term-ends', basis: '', certainty: 'U' }, { on: `${ends}-05-31`, kind: 'year-ends', basis: '', certainty: 'U' }];
  return [...(frames[year] ?? usual), { on: `${ends}-06-01`, kind: 'action-month', basis: '', certainty: 'U' }, { on: `${ends}-06-26`, kind: 'action-day', basis: '', certainty: 'U' }];
}
