/** Days of the yearly procedure. Decision 28/2025/QĐ-TTg, Article 7; what the text leaves open is said to be the product's own. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import { daysOf } from '#kernel/period.ts';

/** The programme's year begins on 15 December (Article 7). */
export const yearCalendar = { startDay: 15 } as const;

/** Days in which the public notice may be objected to. The text sets none: the product's choice, longer than a week with a holiday in it. */
export const objectionDays = 10;
/** Days in which a review is to be decided once it was opened. The product's choice. */
export const reviewDays = 30;

export type ProcedureDays = { readonly periodFirst: PlainDate; readonly periodLast: PlainDate; readonly selfAssessmentUntil: PlainDate; readonly decisionUntil: PlainDate };

/**
 * First and last day of a period and the last days of its steps, all included.
 *
 * @param period year of the programme: 2026 is 15/12/2025 to 14/12/2026
 * @param level communes are decided before 20 December, provinces before 30 December (Article 7); a commune's own report has no day in the text and
 * falls between 15 and 19 December
 */
export function procedureDays(period: string, level: 'commune' | 'province'): ProcedureDays {
  const { first, last } = daysOf(period, yearCalendar);
  const year = last.slice(0, 4);
  const [own, decision] = level === 'commune' ? [`${year}-12-17`, `${year}-12-19`] : [`${year}-12-19`, `${year}-12-29`];
  return { periodFirst: first, periodLast: last, selfAssessmentUntil: own, decisionUntil: decision };
}

/** Last day of the objection window of a notice given on a day. */
export const windowEnd = (publishedOn: PlainDate): PlainDate => addDays(publishedOn, objectionDays);

/** The period whose evidence runs on a day. */
export const periodRunningOn = (day: PlainDate): string => (day.slice(5) >= '12-15' ? String(Number(day.slice(0, 4)) + 1) : day.slice(0, 4));

/** Opinions needed before the council may conclude: two thirds of its seats, rounded up. The product's choice; guidance 37/HD-BCA was not found. */
export const quorumOf = (seats: number): number => Math.ceil((seats * 2) / 3);
