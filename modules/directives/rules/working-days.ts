/**
 * Working days in Việt Nam: Monday to Friday without public holidays (Labour Code 45/2019/QH14, article 112), as a rule of each
 * year that decided days replace. Days given in exchange (hoán đổi) are decided each year and entered, not computed.
 */
import { addDays, weekday, type PlainDate } from '#kernel/day.ts';
import type { CalendarDay } from '../schema.ts';

/**
 * First day of the lunar year (mùng 1 Tết) and the Hùng Kings' day (10th of the 3rd lunar month), by the Vietnamese calendar at
 * UTC+7, which in 2030 differs by a day from the Chinese one. Checked in the tests against an astronomical computation.
 */
const lunar: Readonly<Record<string, readonly [tet: PlainDate, hung: PlainDate]>> = {
  2024: ['2024-02-10', '2024-04-18'], 2025: ['2025-01-29', '2025-04-07'], 2026: ['2026-02-17', '2026-04-26'], 2027: ['2027-02-06', '2027-04-16'], 2028: ['2028-01-26', '2028-04-04'],
  2029: ['2029-02-13', '2029-04-23'], 2030: ['2030-02-02', '2030-04-12'], 2031: ['2031-01-23', '2031-04-01'], 2032: ['2032-02-11', '2032-04-19'],
};
export const knownYears = Object.keys(lunar).map(Number);
export const lunarDaysOf = (year: number): readonly [tet: PlainDate, hung: PlainDate] | undefined => lunar[year];

const off = (day: PlainDate, name: string): CalendarDay => ({ day, kind: 'off', name, source: 'law' });
const isWeekend = (day: PlainDate): boolean => weekday(day) > 5;

/** The days a year has by law; names are message keys `holiday.<name>`. Undefined for a year whose lunar days are not known here. */
export function holidaysOf(year: number): CalendarDay[] | undefined {
  const days = lunar[year];
  if (days === undefined) return undefined;
  const [tet, hung] = days;
  const national = `${year}-09-02`;
  // Two days: 2 September and the day beside it, before or after, as decided; without a decision the one that is no weekend.
  const beside = isWeekend(addDays(national, -1)) && !isWeekend(addDays(national, 1)) ? addDays(national, 1) : addDays(national, -1);
  const listed = [
    off(`${year}-01-01`, 'new-year'), ...[-1, 0, 1, 2, 3].map((n) => off(addDays(tet, n), 'tet')), off(hung, 'hung-kings'), off(`${year}-04-30`, 'reunification'), off(`${year}-05-01`, 'labour-day'),
    off(national, 'national-day'), off(beside, 'national-day'),
  ];
  return withSubstitutes(listed);
}

/** A holiday that falls on a weekend is given on the next working day (article 111.3). */
function withSubstitutes(listed: readonly CalendarDay[]): CalendarDay[] {
  const taken = new Set(listed.map((one) => one.day));
  const substitutes: CalendarDay[] = [];
  for (const { day } of [...listed].sort((a, b) => (a.day < b.day ? -1 : 1)).filter((one) => isWeekend(one.day))) {
    let next = addDays(day, 1);
    while (isWeekend(next) || taken.has(next)) next = addDays(next, 1);
    taken.add(next);
    substitutes.push(off(next, 'substitute'));
  }
  return [...listed, ...substitutes].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The year as it holds: decided days in place of the rule when any were entered for it. */
export const yearDays = (year: number, edited: readonly CalendarDay[]): CalendarDay[] => (edited.length > 0 ? [...edited] : (holidaysOf(year) ?? []));

/** Tells whether a day is worked. Built once from the days that hold; years without any fall back on Monday to Friday. */
export type WorkingCalendar = (day: PlainDate) => boolean;

export function workingCalendar(editedByYear: ReadonlyMap<number, readonly CalendarDay[]>): WorkingCalendar {
  const years = new Map<number, ReadonlyMap<PlainDate, CalendarDay['kind']>>();
  return (day) => {
    const year = Number(day.slice(0, 4));
    const known = years.get(year) ?? new Map(yearDays(year, editedByYear.get(year) ?? []).map((one) => [one.day, one.kind] as const));
    years.set(year, known);
    const kind = known.get(day);
    return kind === undefined ? !isWeekend(day) : kind === 'working';
  };
}

/** The day `count` working days before `day` (count >= 1): for due Monday, 3 days before is Wednesday of the week before. */
export function workingDaysBefore(day: PlainDate, count: number, works: WorkingCalendar): PlainDate {
  let left = count;
  let at = day;
  for (let steps = 0; left > 0 && steps < 60; steps += 1) {
    at = addDays(at, -1);
    if (works(at)) left -= 1;
  }
  return at;
}

/** Due days whose reminder falls on `today`; empty on a day that is not worked. */
export function dueDaysToAnnounce(today: PlainDate, count: number, works: WorkingCalendar): PlainDate[] {
  if (!works(today)) return [];
  return Array.from({ length: 60 }, (_, i) => addDays(today, i + 1)).filter((due) => workingDaysBefore(due, count, works) === today);
}
