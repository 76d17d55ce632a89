import { vietnamDay, type Instant, type PlainDate } from './day.ts';

/** The time of one request, taken once, so that a rule and its record agree. */
export type Now = { readonly at: Instant; readonly today: PlainDate };

export const nowOf = (date: Date): Now => ({ at: date.toISOString(), today: vietnamDay(date) });
