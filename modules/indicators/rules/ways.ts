/** How values of an element combine over units and over time, and which sums would mean nothing. */
import type { DataElement } from '#modules/definitions/schema.ts';
import { coarser, monthsOf, periodTypeOf, type Period, type PeriodType } from '#kernel/period.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';

export type OverUnits = 'sum' | 'average' | 'min' | 'max' | 'none';
export type OverTime = 'sum' | 'last' | 'average' | 'min' | 'max' | 'none';
export type Ways = { readonly units: OverUnits; readonly time: OverTime };

const ways: Readonly<Record<DataElement['aggregation'], Ways>> = {
  sum: { units: 'sum', time: 'sum' },
  last: { units: 'sum', time: 'last' },
  'average-sum': { units: 'sum', time: 'average' },
  average: { units: 'average', time: 'average' },
  min: { units: 'min', time: 'min' },
  max: { units: 'max', time: 'max' },
  none: { units: 'none', time: 'none' },
};
export const waysOf = (element: Pick<DataElement, 'aggregation'>): Ways => ways[element.aggregation];

export type Combining = { readonly units: boolean; readonly time: boolean };
export type SumRefusal = { readonly code: 'sum-meaningless'; readonly why: 'text-has-no-sum' | 'not-summable-over-units' | 'not-summable-over-time'; readonly element: string };

/**
 * Whether an element may be combined in the way asked. A share (percent) cannot be added, only averaged or computed anew as an indicator;
 * text cannot be combined at all; an element that says "none" stands for one unit in one period.
 */
export function mayCombine(element: Pick<DataElement, 'id' | 'aggregation' | 'valueType'>, asked: Combining): Result<Ways, SumRefusal> {
  const way = waysOf(element);
  const no = (why: SumRefusal['why']): Result<Ways, SumRefusal> => refuse({ code: 'sum-meaningless', why, element: element.id });
  if (element.valueType === 'text') return no('text-has-no-sum');
  if (asked.units && (way.units === 'none' || (way.units === 'sum' && element.valueType === 'percent'))) return no('not-summable-over-units');
  if (asked.time && (way.time === 'none' || (way.time === 'sum' && element.valueType === 'percent'))) return no('not-summable-over-time');
  return ok(way);
}

/**
 * The periods of a data set's own type that make up a span of months; undefined when the span is finer than the returns, or cuts one
 * of their periods in two (nine months of half-yearly returns).
 */
export function basePeriods(months: readonly Period[], type: PeriodType): Period[] | undefined {
  if (type === 'nine-months' && months.length === 9 && months[0]?.endsWith('-01') === true) return [coarser(months[0], type)];
  const whole = new Map<Period, number>();
  for (const month of months) { const base = coarser(month, type); whole.set(base, (whole.get(base) ?? 0) + 1); }
  const bases = [...whole];
  return bases.length > 0 && bases.every(([base, n]) => monthsOf(base).length === n) ? bases.map(([base]) => base) : undefined;
}

/** The months of a period; for "year to date" all from the start of its year. Undefined for text that is no period. */
export function monthsIn(period: Period, yearToDate = false): Period[] | undefined {
  if (periodTypeOf(period) === undefined) return undefined;
  const months = monthsOf(period);
  const last = months.at(-1);
  return yearToDate && last !== undefined ? monthsOf(last.slice(0, 4)).filter((month) => month <= last) : months;
}
