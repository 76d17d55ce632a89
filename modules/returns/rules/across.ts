/**
 * Rules that no single return can answer: their elements stand in several data sets, in data sets of a shorter period, or they ask for
 * reporting rates and units. Such a rule is judged at a unit that fills one of its data sets; a data set that the unit does not fill itself,
 * but units below it do, is read as their sum. It is judged when every return it asks for has come, whichever comes last, and holds up
 * nobody: a return is not refused for what stands in another one.
 */
import { daysOf, monthsOf, periodTypeOf, shiftPeriod, coarser, type Calendar, type Period, type PeriodType } from '#kernel/period.ts';
import type { DataReference, PeriodShift } from '#modules/definitions/formula/index.ts';
import type { DataElement, DataSet, Programme, ValidationRule } from '#modules/definitions/schema.ts';
import { elementsIn } from './form.ts';

/** @property dataSets homes of its elements, in the order in which the rule names them */
export type AcrossRule = { readonly rule: ValidationRule; readonly dataSets: readonly DataSet[] };
/** How a unit comes by a data set: its own return, or the sum of those below it. */
export type Part = { readonly dataSet: DataSet; readonly whose: 'own' | 'below' };

/** @param homeOf the data set that holds an element's places */
export function acrossRulesOf(programme: Programme, homeOf: (element: string) => string | undefined): AcrossRule[] {
  return [...programme.rules.values()].flatMap((rule): AcrossRule[] => {
    const homes = [...new Set(elementsIn(rule).map(homeOf))];
    const dataSets = homes.flatMap((id) => { const found = programme.dataSets.get(id ?? ''); return found === undefined ? [] : [found]; });
    if (dataSets.length === 0 || dataSets.length < homes.length) return []; // an element nobody collects is never reported
    const [only] = dataSets;
    const alone = dataSets.length === 1 && only?.periodType === rule.periodType && !/(^|[^A-Z])(R|OUG)\{/.test(`${rule.left.formula} ${rule.right.formula}`);
    return alone || dataSets.some((one) => lengthOf(one.periodType) > lengthOf(rule.periodType)) ? [] : [{ rule, dataSets }];
  });
}
const lengths: Readonly<Record<PeriodType, number>> = { month: 1, quarter: 3, 'half-year': 6, 'nine-months': 9, year: 12 };
const lengthOf = (type: PeriodType): number => lengths[type];

/**
 * @param owes whether the unit fills the data set; `below` whether a unit below it does
 * @returns the unit's own data sets first, which say where the work item stands; undefined when the rule is not about this unit
 */
export function partsAt({ dataSets }: AcrossRule, owes: (dataSet: DataSet) => boolean, below: (dataSet: DataSet) => boolean): readonly [Part, ...Part[]] | undefined {
  const parts = dataSets.flatMap((dataSet): Part[] => (owes(dataSet) ? [{ dataSet, whose: 'own' }] : below(dataSet) ? [{ dataSet, whose: 'below' }] : []));
  const [seat, ...others] = [...parts.filter((part) => part.whose === 'own'), ...parts.filter((part) => part.whose === 'below')];
  return seat === undefined || seat.whose === 'below' || parts.length < dataSets.length ? undefined : [seat, ...others];
}

/** The period of a rule's type that a return's period lies in; undefined when it lies in none of them whole. */
export function periodOfRule(period: Period, type: PeriodType): Period | undefined {
  const months = monthsOf(period);
  const [first] = months;
  if (first === undefined || lengthOf(type) < months.length) return undefined;
  const found = coarser(first, type);
  const covered = new Set(monthsOf(found));
  return months.every((month) => covered.has(month)) ? found : undefined;
}

/** The periods of a shorter type that one period is made of, in order. */
export function periodsWithin(period: Period, type: PeriodType): Period[] {
  const found = [...new Set(monthsOf(period).map((month) => coarser(month, type)))];
  const covered = new Set(monthsOf(period));
  return found.filter((one) => monthsOf(one).every((month) => covered.has(month)));
}

/** The periods a reference asks for, seen from the rule's: shifted, from the start of the year, between two days. */
export function periodsAsked(period: Period, { offset, yearToDate, from, to }: PeriodShift, shift: number, calendar: Calendar): Period[] {
  const at = shiftPeriod(period, offset + shift);
  const list: Period[] = [at];
  if (yearToDate) for (let one = shiftPeriod(at, -1); one.slice(0, 4) === at.slice(0, 4) && periodTypeOf(at) !== 'year' && periodTypeOf(at) !== 'nine-months'; one = shiftPeriod(one, -1)) list.unshift(one);
  return from === null && to === null ? list : list.filter((one) => { const { first, last } = daysOf(one, calendar); return (from === null || last >= from) && (to === null || first <= to); });
}

type Value = number | null;
const added = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);
/** One figure of several periods, as the element says, or as the reference says instead (`.aggregationType(…)`). */
export function overPeriods(values: readonly Value[], { aggregation }: Pick<DataElement, 'aggregation'>, { period: { yearToDate, aggregation: instead } }: Pick<DataReference, 'period'>): Value {
  const given = values.filter((value): value is number => value !== null);
  const last = given.at(-1);
  if (last === undefined) return null;
  switch (instead ?? (yearToDate ? 'SUM' : aggregation)) {
    case 'SUM': case 'sum': return added(given);
    case 'MIN': case 'min': return Math.min(...given);
    case 'MAX': case 'max': return Math.max(...given);
    case 'COUNT': return given.length;
    case 'AVERAGE': case 'AVERAGE_SUM_ORG_UNIT': case 'average': case 'average-sum': return added(given) / given.length;
    case 'FIRST': case 'FIRST_AVERAGE_ORG_UNIT': return given[0] ?? null;
    case 'none': return values.length === 1 ? last : null;
    default: return last;
  }
}

/** What a sum of units below says of one slot: averages are divided by who reported, and what is never combined over units is not known. */
export function ofBelow({ aggregation }: Pick<DataElement, 'aggregation'>, sum: Value, count: number): Value {
  if (sum === null || aggregation === 'min' || aggregation === 'max' || aggregation === 'none') return null;
  return aggregation === 'average' ? sum / Math.max(1, count) : sum;
}
