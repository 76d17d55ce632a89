/** Days of the register added up to the months of the programme's year. */
import type { PlainDate } from '#kernel/day.ts';

export type Span = { readonly period: string; readonly first: PlainDate; readonly last: PlainDate };
export type DayOfPlaces = { readonly day: PlainDate; readonly listed: number; readonly removed: number; readonly recurred: number; readonly change: number };
export type MonthOfPlaces = { readonly period: string; readonly listed: number; readonly removed: number; readonly recurred: number; readonly left: number };

/** @param days in order @param spans in order; `left` of a month is what had been listed and not removed by its last day */
export function monthsFrom(days: readonly DayOfPlaces[], spans: readonly Span[]): MonthOfPlaces[] {
  let at = 0;
  let left = 0;
  return spans.map(({ period, first, last }) => {
    const month = { listed: 0, removed: 0, recurred: 0 };
    for (let one = days[at]; one !== undefined && one.day <= last; at += 1, one = days[at]) {
      left += one.change;
      if (one.day < first) continue;
      month.listed += one.listed;
      month.removed += one.removed;
      month.recurred += one.recurred;
    }
    return { period, ...month, left };
  });
}
