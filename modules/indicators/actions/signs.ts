/** Signs of doubtful numbers over all units of a data set in one period, and the grade they give. */
import type { PlainDate } from '#kernel/day.ts';
import type { Period } from '#kernel/period.ts';
import { shiftPeriod } from '#kernel/period.ts';
import type { Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { gradeOf, weakest } from '../rules/grade.ts';
import { lazy } from '../rules/lazy.ts';
import { heaping, outlierSigns, type HeapingSign, type OutlierSigns } from '../rules/statistics.ts';
import type { Block } from '../rules/vectors.ts';
import type { Grade, Graded, GradeReason } from '../schema.ts';
import { coverageReader } from './coverage.ts';
import { factorOf, marksKey, type Marks } from './marks.ts';
import { askedOf, dataSetsOf, type Span, type Want } from './measure.ts';
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

/** Slots whose digits say something: counts of things, not money, shares or what is protected. */
export const countSlots = (scene: Scene, dataSet: string): number[] =>
  scene.slots.of(dataSet).flatMap((slot) => { const element = scene.latest.elements.get(slot.element); return element?.valueType === 'count' && !element.protected ? [slot.slot] : []; });

const heapingMonths = 6;
/** Units whose numbers end in 0 and 5 too often in six periods up to this one, with the sign; only what is left over from a quick look is tested. */
export function heapingOf(scene: Scene, asked: Asked, period: Period): ReadonlyMap<string, HeapingSign> {
  const blocks = [period, ...periodsBefore(scene, period, heapingMonths - 1)].map((at) => unitBlock(scene, { ...asked, bases: [at], standing: 'reported', attribute: null, treeDay: scene.treeDayOf(period) }));
  return scene.cache.derived(`heaping ${asked.dataSet} ${period}`, [scene.latest, ...blocks], () => {
    const slots = countSlots(scene, asked.dataSet);
    const found = new Map<string, HeapingSign>();
    for (const unit of blocks[0]?.units ?? []) {
      const sign = heapingIn(unit, blocks, slots);
      if (sign !== undefined) found.set(unit, sign);
    }
    return found;
  });
}

function heapingIn(unit: string, blocks: readonly Block[], slots: readonly number[]): HeapingSign | undefined {
  const values: number[] = [];
  const last = new Float64Array(slots.length).fill(Number.NaN); // a stock that stands still was counted once, not six times
  for (const { rowOf, width, values: all } of blocks) {
    const row = rowOf.get(unit);
    if (row === undefined) continue;
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? 0;
      const value = slot > width ? Number.NaN : (all[row * width + slot - 1] ?? Number.NaN);
      if (value >= 10 && value !== last[i]) values.push(value);
      last[i] = value;
    }
  }
  return heaping(values);
}

/** How many of some units lie at and below each node. */
const countedAbove = (units: Iterable<readonly [string, number]>, tree: DayUnits): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [unit, n] of units) for (const node of [unit, ...(tree.ancestors.get(unit) ?? [])]) counts.set(node, (counts.get(node) ?? 0) + n);
  return counts;
};

/** Everything a grade is made of in one period, by node. */
type Signs = { readonly numbers: ReadonlyMap<string, number>; readonly outlying: ReadonlyMap<string, number>; readonly explained: ReadonlyMap<string, number>; readonly broken: ReadonlyMap<string, number>; readonly heaped: ReadonlyMap<string, number>; readonly reporting: ReadonlyMap<string, number> };
function signsIn(scene: Scene, asked: Asked, period: Period, marks: Marks): Signs {
  const tree = scene.tree(scene.treeDayOf(period));
  const heaped = heapingOf(scene, asked, period);
  const block = unitBlock(scene, { ...asked, bases: [period], standing: 'reported', attribute: null, treeDay: scene.treeDayOf(period) });
  const found = marks.found.get(marksKey(asked.dataSet, period));
  const [explained, broken] = scene.cache.derived(`marked ${asked.dataSet} ${period}`, [marks, tree], () => {
    const list = [...(found ?? [])];
    return [countedAbove(list.map(([unit, one]) => [unit, one.explained]), tree), countedAbove(list.map(([unit, one]) => [unit, one.broken]), tree)] as const;
  });
  return {
    numbers: numbersReported(scene, asked, period, tree), outlying: outlyingNumbers(scene, asked, period, tree), explained, broken,
    heaped: scene.cache.derived(`heaped ${asked.dataSet} ${period}`, [heaped, tree], () => countedAbove([...heaped.keys()].map((unit) => [unit, 1]), tree)),
    reporting: scene.cache.derived(`reporting ${asked.dataSet} ${period}`, [block, tree], () => countedAbove(block.units.map((unit) => [unit, 1]), tree)),
  };
}

type Counted = Readonly<Record<keyof Signs, number>>;
const nothingFound: Counted = { numbers: 0, outlying: 0, explained: 0, broken: 0, heaped: 0, reporting: 0 };
/** The same of one unit that has none below it, from its own numbers: a page of one commune over two years need not look at the nation's. */
function signsOf(scene: Scene, asked: Asked, { period, treeDay, marks }: { readonly period: Period; readonly treeDay: PlainDate; readonly marks: Marks }, unit: string): Counted {
  const on = (at: Period): Block => unitBlock(scene, { ...asked, bases: [at], standing: 'reported', attribute: null, treeDay });
  const now = on(period);
  const row = now.rowOf.get(unit);
  if (row === undefined) return nothingFound;
  const before = periodsBefore(scene, period).map(on);
  let numbers = 0;
  for (let slot = 0; slot < now.width; slot += 1) if (!Number.isNaN(now.values[row * now.width + slot] ?? Number.NaN)) numbers += 1;
  const marked = marks.found.get(marksKey(asked.dataSet, period))?.get(unit);
  return {
    numbers, outlying: outliersIn(unit, row, now, before, textSlots(scene, asked.dataSet)).length, explained: marked?.explained ?? 0, broken: marked?.broken ?? 0, reporting: 1,
    heaped: heapingIn(unit, [now, ...before.slice(0, heapingMonths - 1)], countSlots(scene, asked.dataSet)) === undefined ? 0 : 1,
  };
}

/**
 * The grade of one unit's returns after another's, in the periods of a span. The same for every reader: it hangs on what was sent, not on who looks.
 *
 * @param many of a long list of units: the signs of all are found at once instead of one unit after another
 */
export function grader(scene: Scene, asked: Asked, span: Span, marks: Marks, many = false): (unit: UnitRow) => Graded | null {
  const returns = coverageReader(scene, asked.dataSet, span);
  const tree = scene.tree(span.treeDay);
  const all = lazy(() => asked.bases.map((period) => signsIn(scene, asked, period, marks)));
  const found = ({ code, depth }: UnitRow): Counted[] => (!many && depth > 2 && !tree.children.has(code) ? asked.bases.map((period) => signsOf(scene, asked, { period, treeDay: span.treeDay, marks }, code))
    : all().map((one) => ({ numbers: one.numbers.get(code) ?? 0, outlying: one.outlying.get(code) ?? 0, explained: one.explained.get(code) ?? 0, broken: one.broken.get(code) ?? 0, heaped: one.heaped.get(code) ?? 0, reporting: one.reporting.get(code) ?? 0 })));
  return (unit) => {
    const { expected, received, inTime } = returns(unit);
    if (expected <= 0) return null;
    const signs = found(unit);
    const sum = (of: keyof Counted): number => signs.reduce((total, one) => total + one[of], 0);
    return gradeOf({
      expected, received, inTime, verification: factorOf(marks, [asked.dataSet], asked.bases, unit.province), outliers: { found: Math.max(0, sum('outlying') - sum('explained')), of: sum('numbers') },
      broken: { found: sum('broken'), of: received }, heaping: { found: sum('heaped'), of: sum('reporting') },
    });
  };
}
/** The grade of one unit's returns. */
export const gradeFor = (scene: Scene, asked: Asked, want: Pick<Want, 'unit' | 'span'>, marks: Marks): Graded | null => grader(scene, asked, want.span, marks)(want.unit);

/** A grade as figures carry it: the letter and what decided it, when it is not A. */
export const gradeSeen = (graded: Graded | null): { grade: Grade | null; gradeWhy: GradeReason | null } =>
  ({ grade: graded?.grade ?? null, gradeWhy: graded === null || graded.grade === 'A' ? null : (graded.reasons[0] ?? null) });

/** The grade of the weakest data set behind an indicator, for one unit after another. */
export function graderBehind(scene: Scene, indicator: Indicator, span: Span, marks: Marks): (unit: UnitRow) => Graded | null {
  const graders = dataSetsOf(scene, indicator, span).flatMap((dataSet) => {
    const asked = askedOf(scene, dataSet, { span, standing: 'reported', attribute: null });
    return asked === undefined ? [] : [grader(scene, asked, span, marks)];
  });
  return (unit) => weakest(graders.map((grade) => grade(unit)));
}
