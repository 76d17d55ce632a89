/** Signs of doubtful numbers over all units of a data set in one period, and the grade they give. */
import type { Period } from '#kernel/period.ts';
import { shiftPeriod } from '#kernel/period.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { gradeOf } from '../rules/grade.ts';
import { outlierSigns, type OutlierSigns } from '../rules/statistics.ts';
import type { Block } from '../rules/vectors.ts';
import type { Graded } from '../schema.ts';
import { coverageOf } from './coverage.ts';
import type { Want } from './measure.ts';
import type { DayUnits, Scene } from './scene.ts';
import { unitBlock, type Asked } from './sheets.ts';

export type FoundOutlier = { readonly unit: string; readonly slot: number; readonly value: number; readonly signs: OutlierSigns };
export const historyLength = 12;

const textSlots = (scene: Scene, dataSet: string): ReadonlySet<number> =>
  new Set(scene.slots.of(dataSet).filter((one) => { const type = scene.latest.elements.get(one.element)?.valueType; return type === 'text' || type === 'yes-no'; }).map((one) => one.slot));

/** The twelve periods before, newest first, not before the programme's first. */
export const periodsBefore = (scene: Scene, period: Period, n = historyLength): Period[] =>
  Array.from({ length: n }, (_, i) => shiftPeriod(period, -1 - i)).filter((one) => one.slice(0, 4) >= scene.head.firstPeriod.slice(0, 4));

/** Numbers far from what the same unit reported in the twelve periods before. One period of the data set's own type. */
export function outliersOf(scene: Scene, asked: Asked, period: Period): readonly FoundOutlier[] {
  const one = (at: Period): ReturnType<typeof unitBlock> => unitBlock(scene, { ...asked, bases: [at], standing: 'reported', attribute: null, treeDay: scene.treeDayOf(period) });
  const now = one(period);
  const before = periodsBefore(scene, period).map(one);
  return scene.cache.derived(`outliers ${asked.dataSet} ${period}`, [now, ...before], () => {
    const skip = textSlots(scene, asked.dataSet);
    const known = lastLook.get(scene.cache)?.get(`${asked.dataSet} ${period}`);
    const last = known !== undefined && known.before.length === before.length && known.before.every((block, i) => block === before[i]) && known.now.rev.some((rev) => rev > 0) ? known : undefined;
    const found: FoundOutlier[] = [];
    const byUnit = new Map<string, readonly FoundOutlier[]>();
    now.units.forEach((unit, row) => {
      const then = last?.now.rowOf.get(unit);
      const again = then !== undefined && last?.now.rev[then] === now.rev[row] ? last?.byUnit.get(unit) : undefined;
      const here = again ?? outliersIn(unit, row, now, before, skip);
      byUnit.set(unit, here);
      found.push(...here);
    });
    const looks = lastLook.get(scene.cache) ?? new Map<string, Look>();
    lastLook.set(scene.cache, looks);
    if (looks.size > 60) looks.clear();
    looks.set(`${asked.dataSet} ${period}`, { now, before, byUnit });
    return found;
  });
}

type Look = { readonly now: Block; readonly before: readonly Block[]; readonly byUnit: ReadonlyMap<string, readonly FoundOutlier[]> };
/** What was found last time: a unit whose revision is the same, with the same past, is not looked at again. */
const lastLook = new WeakMap<object, Map<string, Look>>();
const none: readonly FoundOutlier[] = [];

function outliersIn(...[unit, row, now, before, skip]: readonly [string, number, Block, readonly Block[], ReadonlySet<number>]): readonly FoundOutlier[] {
  const rows = before.map((block) => block.rowOf.get(unit) ?? -1);
  const found: FoundOutlier[] = [];
  for (let slot = 0; slot < now.width; slot += 1) {
    const value = now.values[row * now.width + slot] ?? Number.NaN;
    if (Number.isNaN(value) || skip.has(slot + 1)) continue;
    const history = stepsOut(value, before, rows, slot);
    const signs = history === undefined ? undefined : outlierSigns(value, history);
    if (signs !== undefined) found.push({ unit, slot: slot + 1, value, signs });
  }
  return found.length === 0 ? none : found; // one empty list for thousands of units
}

/** The unit's earlier values when this one lies outside all of them by ten or more; undefined otherwise, for nearly every number there is. */
function stepsOut(value: number, before: readonly { readonly values: Float64Array; readonly width: number }[], rows: readonly number[], slot: number): number[] | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < before.length; i += 1) {
    const block = before[i];
    const row = rows[i] ?? -1;
    if (block === undefined || row < 0 || slot >= block.width) continue;
    const one = block.values[row * block.width + slot] ?? Number.NaN;
    if (one < least) least = one;
    if (one > most) most = one;
    if (least <= value && value <= most) return undefined;
  }
  if (most === Number.NEGATIVE_INFINITY) return undefined;
  return before.flatMap((block, i) => {
    const row = rows[i] ?? -1;
    const one = row < 0 || slot >= block.width ? Number.NaN : (block.values[row * block.width + slot] ?? Number.NaN);
    return Number.isNaN(one) ? [] : [one];
  });
}

/** Outlying numbers at and below each node. */
export function outlyingNumbers(scene: Scene, asked: Asked, period: Period, tree: DayUnits): ReadonlyMap<string, number> {
  const found = outliersOf(scene, asked, period);
  return scene.cache.derived(`outlying ${asked.dataSet} ${period}`, [found, tree], () => {
    const counts = new Map<string, number>();
    for (const { unit } of found) for (const node of [unit, ...(tree.ancestors.get(unit) ?? [])]) counts.set(node, (counts.get(node) ?? 0) + 1);
    return counts;
  });
}

/** Numbers reported at and below each node. */
function numbersReported(scene: Scene, asked: Asked, period: Period, tree: DayUnits): ReadonlyMap<string, number> {
  const block = unitBlock(scene, { ...asked, bases: [period], standing: 'reported', attribute: null, treeDay: scene.treeDayOf(period) });
  return scene.cache.derived(`numbers ${asked.dataSet} ${period}`, [block, tree], () => {
    const counts = new Map<string, number>();
    block.units.forEach((unit, row) => {
      let n = 0;
      for (let slot = 0; slot < block.width; slot += 1) if (!Number.isNaN(block.values[row * block.width + slot] ?? Number.NaN)) n += 1;
      for (const node of [unit, ...(tree.ancestors.get(unit) ?? [])]) counts.set(node, (counts.get(node) ?? 0) + n);
    });
    return counts;
  });
}

export type Verified = ReadonlyMap<string, number>;
/**
 * The grade of a unit's returns in one period.
 *
 * @param verified factor of the drawn sample by province, where counts are in
 */
export function gradeFor(scene: Scene, asked: Asked, want: Want, verified: Verified = new Map()): Graded | null {
  const { expected, received, inTime } = coverageOf(scene, asked.dataSet, want);
  const [period] = asked.bases;
  return gradeOf({
    expected, received, inTime, outliers: asked.bases.length === 1 && period !== undefined ? outlyingShare(scene, asked, period, want.unit) : null, openPerReturn: null,
    verification: verified.get(shardOf(want.unit)) ?? null, heaping: null,
  });
}
function outlyingShare(scene: Scene, asked: Asked, period: Period, { code }: UnitRow): number | null {
  const tree = scene.tree(scene.treeDayOf(period));
  const numbers = numbersReported(scene, asked, period, tree).get(code) ?? 0;
  return numbers === 0 ? null : (outlyingNumbers(scene, asked, period, tree).get(code) ?? 0) / numbers;
}
const shardOf = (unit: UnitRow): string => unit.province;
