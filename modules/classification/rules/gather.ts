/**
 * From the boxes of monthly returns, the register of points and the list of routes to what the criteria need. Stocks are read on the closing
 * day and as the largest in the period; events are added over it.
 */
import { box, criteriaBoxes } from './boxes.ts';
import { added, atLeast, exactly, larger, nothing, type Evidence, type Known } from './evidence.ts';

/** A place's answers: NaN where nothing was reported. Row = month of the period, in order; column = box. */
export type Answers = {
  readonly values: Float64Array;
  /** First place in `values` and distance between two months of this place. */
  readonly start: number;
  readonly stride: number;
};
/** Which months must be answered by now: those whose returns are due. Later ones count when they are there. */
export type Due = readonly boolean[];

export const valueAt = ({ values, start, stride }: Answers, month: number, of: number): number => values[start + month * stride + of] ?? Number.NaN;

export type BoxSeen = { readonly closing: Known; readonly closingMonth: number | null; readonly sum: Known; readonly largest: Known; readonly answered: number; readonly expected: number; readonly missing: readonly number[] };

/** Everything that can be said of one box over a period. */
export function seeBox(answers: Answers, due: Due, of: number): BoxSeen {
  const { values, start, stride } = answers;
  let [sum, largest, answered, expected, lastDue, closingMonth] = [0, Number.NEGATIVE_INFINITY, 0, 0, -1, -1];
  let missing: number[] = none;
  for (let month = 0, at = start + of; month < due.length; month += 1, at += stride) {
    const value = values[at] ?? Number.NaN;
    const known = !Number.isNaN(value);
    if (due[month] === true) {
      expected += 1;
      lastDue = month;
      if (!known) missing = [...missing, month];
    }
    if (!known) continue;
    answered += 1;
    closingMonth = month;
    sum += value;
    if (value > largest) largest = value;
  }
  const whole = expected > 0 && missing.length === 0;
  const closes = closingMonth >= 0 && closingMonth >= lastDue && lastDue >= 0;
  return {
    closing: closes ? exactly(valueAt(answers, closingMonth, of)) : nothing, closingMonth: closes ? closingMonth : null,
    sum: answered === 0 ? nothing : { value: sum, complete: whole }, largest: answered === 0 ? nothing : { value: largest, complete: whole }, answered, expected, missing,
  };
}
const none: number[] = [];

/** Points by the register: on the closing day, and all that were listed at any time in the period. Null where no register is kept. */
export type RegisterPoints = { readonly closing: number; readonly period: number };

/** Points that were there in the period: those left from before, and those found. By the largest number on one day when the start is not known. */
function pointsInPeriod(answers: Answers, seen: readonly BoxSeen[]): Known {
  const [points, found] = [seen[box.points], seen[box.found]];
  if (points === undefined || found === undefined) return nothing;
  const before = valueAt(answers, 0, box.points) + valueAt(answers, 0, box.removed) - valueAt(answers, 0, box.found);
  const flow = Number.isNaN(before) ? found.sum : { value: found.sum.value === null ? null : Math.max(0, before) + found.sum.value, complete: found.sum.complete };
  return larger(points.largest, flow);
}

/** 1 intra-provincial, 2 inter-provincial, 3 both. An answer "yes" in one box stands even when the other is blank. */
function routeOf(inside: Known, between: Known, listed: number): Known {
  const yes = ((inside.value ?? 0) >= 1 ? 1 : 0) | ((between.value ?? 0) >= 1 ? 2 : 0) | listed;
  return inside.value === null || between.value === null ? (yes === 0 ? nothing : atLeast(yes)) : exactly(yes);
}

const withRegister = (reported: Known, register: number | null): Known => (register === null ? reported : larger(reported, exactly(register)));

/** What is known of a commune. @param listedRoute by the list of key routes: 0, 1, 2 or 3 */
export function gather(answers: Answers, due: Due, register: RegisterPoints | null, listedRoute: number): Evidence {
  const seen: BoxSeen[] = [];
  for (let of = 0; of < criteriaBoxes; of += 1) seen.push(seeBox(answers, due, of));
  const at = (of: number): BoxSeen => seen[of] ?? emptyBox;
  return {
    residents: at(box.residents).closing,
    managed: { counted: added([at(box.addicted).closing, at(box.using).closing]), notCounted: at(box.outside).closing },
    points: { closing: withRegister(at(box.points).closing, register?.closing ?? null), period: withRegister(pointsInPeriod(answers, seen), register?.period ?? null) },
    offenders: at(box.arrested).sum, plants: at(box.plants).sum, plantArea: at(box.plantArea).sum,
    route: routeOf(at(box.routeInside).closing, at(box.routeBetween).closing, listedRoute),
    using: { closing: at(box.outside).closing, period: at(box.outside).largest },
    violations: at(box.violations).sum,
    fugitives: { closing: at(box.fugitives).closing, period: at(box.fugitives).largest },
    classed: null,
  };
}
const emptyBox: BoxSeen = { closing: nothing, closingMonth: null, sum: nothing, largest: nothing, answered: 0, expected: 0, missing: [] };

/**
 * What is known of a province: its communes added up. One that is silent leaves every sum a lower bound.
 *
 * @param classed communes that are of class I or II, and whether any other might be
 * @param ownRoute what the province itself reports or the list says of routes between provinces: null when it says nothing
 */
export function gatherProvince(communes: readonly Evidence[], classed: { readonly certain: number; readonly open: number }, ownRoute: number | null): Evidence {
  const sum = (pick: (one: Evidence) => Known): Known => added(communes.map(pick));
  const bits = communes.reduce((all, one) => all | (one.route.value ?? 0), ownRoute ?? 0);
  return {
    residents: sum((one) => one.residents),
    managed: { counted: sum((one) => one.managed.counted), notCounted: sum((one) => one.managed.notCounted) },
    points: { closing: sum((one) => one.points.closing), period: sum((one) => one.points.period) },
    offenders: sum((one) => one.offenders), plants: sum((one) => one.plants), plantArea: sum((one) => one.plantArea),
    route: { value: bits, complete: ownRoute !== null || communes.every((one) => one.route.complete) },
    using: { closing: sum((one) => one.using.closing), period: sum((one) => one.using.period) },
    violations: sum((one) => one.violations),
    fugitives: { closing: sum((one) => one.fugitives.closing), period: sum((one) => one.fugitives.period) },
    classed: { of: { value: classed.certain, complete: classed.open === 0 }, per: exactly(communes.length) },
  };
}
