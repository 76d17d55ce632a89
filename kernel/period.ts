/**
 * Reporting periods. A period is text whose order within a type is time order: `2026-03` (month), `2026-Q1`, `2026-H1`, `2026-N9` (nine
 * months from the year's start) and `2026` (year). What days a month covers is the calendar's business, never the engine's.
 */
import { addDays, addMonths, type PlainDate } from './day.ts';

export const periodTypes = ['month', 'quarter', 'half-year', 'nine-months', 'year'] as const;
export type PeriodType = (typeof periodTypes)[number];
export type Period = string;
/**
 * `startDay` 1: a month is the calendar month. 2-28: month M runs from that day of the month before to the day before it in M, so with 15
 * March is 15 February to 14 March and the year 15 December to 14 December (Decree 09/2019/NĐ-CP's cut-offs).
 */
export type Calendar = { readonly startDay: number };

const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/;
const spans: Readonly<Record<Exclude<PeriodType, 'month'>, { readonly pattern: RegExp; readonly months: number }>> = {
  quarter: { pattern: /^(\d{4})-Q([1-4])$/, months: 3 },
  'half-year': { pattern: /^(\d{4})-H([12])$/, months: 6 },
  'nine-months': { pattern: /^(\d{4})-N(9)$/, months: 9 },
  year: { pattern: /^(\d{4})$/, months: 12 },
};

/** The type a text is a period of; undefined for text that is none. */
export function periodTypeOf(text: string): PeriodType | undefined {
  if (monthPattern.test(text)) return 'month';
  return periodTypes.find((type) => type !== 'month' && spans[type].pattern.test(text));
}
export const isPeriod = (text: string): boolean => periodTypeOf(text) !== undefined;

/** Months since year 0, January 0000 = 0. */
const monthNumber = (month: Period): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthText = (n: number): Period => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;

function ofType(period: Period): { readonly type: PeriodType; readonly first: number; readonly months: number } {
  const type = periodTypeOf(period);
  if (type === undefined) throw new RangeError(`not a period: ${period.slice(0, 20)}`);
  if (type === 'month') return { type, first: monthNumber(period), months: 1 };
  const { pattern, months } = spans[type];
  const [, year = '', part = '1'] = pattern.exec(period) ?? [];
  const index = type === 'year' || type === 'nine-months' ? 0 : Number(part) - 1;
  return { type, first: Number(year) * 12 + index * months, months };
}

/** The months a period covers, in order. @throws RangeError when the text is no period */
export function monthsOf(period: Period): Period[] {
  const { first, months } = ofType(period);
  return Array.from({ length: months }, (_, i) => monthText(first + i));
}

/** First and last day of a period in a calendar. @throws RangeError when the text is no period */
export function daysOf(period: Period, calendar: Calendar): { readonly first: PlainDate; readonly last: PlainDate } {
  const { first, months } = ofType(period);
  const dayOne = (month: number): PlainDate => {
    const start: PlainDate = `${monthText(month)}-01`;
    return calendar.startDay === 1 ? start : addDays(addMonths(start, -1), calendar.startDay - 1);
  };
  return { first: dayOne(first), last: addDays(dayOne(first + months), -1) };
}

/** The period of a type that a day falls in; nine-months has none after its ninth month, so it answers that year's. */
export function periodAt(day: PlainDate, type: PeriodType, calendar: Calendar): Period {
  const shift = calendar.startDay > 1 && Number(day.slice(8, 10)) >= calendar.startDay ? 1 : 0;
  return coarser(monthText(monthNumber(day.slice(0, 7)) + shift), type);
}

/** The period of a type that a month lies in: 2026-05 in 'quarter' is 2026-Q2. */
export function coarser(month: Period, type: PeriodType): Period {
  const year = month.slice(0, 4);
  const at = Number(month.slice(5, 7)) - 1;
  switch (type) {
    case 'month': return month;
    case 'quarter': return `${year}-Q${Math.floor(at / 3) + 1}`;
    case 'half-year': return `${year}-H${Math.floor(at / 6) + 1}`;
    case 'nine-months': return `${year}-N9`;
    case 'year': return year;
  }
}

/** The period `n` steps later (earlier when negative): one month for months, one year for nine-months. */
export function shiftPeriod(period: Period, n: number): Period {
  const { type, first, months } = ofType(period);
  return coarser(monthText(first + n * (type === 'nine-months' ? 12 : months)), type);
}

/** Months from the start of the programme's year to this month, itself included: what year-to-date adds up. */
export const yearToDate = (month: Period): Period[] => monthsOf(month.slice(0, 4)).filter((one) => one <= month);

/** All periods of a type that begin between two of them, both included. */
export function periodRange(from: Period, to: Period): Period[] {
  const list: Period[] = [];
  for (let at = from; at <= to && list.length < 2400; at = shiftPeriod(at, 1)) list.push(at);
  return list;
}
