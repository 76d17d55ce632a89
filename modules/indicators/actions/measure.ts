/** Values of elements and indicators for one unit and one span of months, read from sheets and blocks. */
import type { DataElement, Indicator, Programme } from '#modules/definitions/schema.ts';
import { calendarFactOf, compile, parse, reportingRateOf, type CalendarFact, type DataReference, type Reference, type ValueSource } from '#modules/definitions/formula/index.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysBetween } from '#kernel/day.ts';
import { daysOf, monthsOf, shiftPeriod, type Period } from '#kernel/period.ts';
import { lazy } from '../rules/lazy.ts';
import { nothing, readSlots, type Counted } from '../rules/vectors.ts';
import { basePeriods, monthsIn, waysOf } from '../rules/ways.ts';
import type { Standing } from '../schema.ts';
import { coverageOf } from './coverage.ts';
import type { Scene } from './scene.ts';
import { nodeSheet, sameUnits, unitBlock, type Asked } from './sheets.ts';

/** A period as figures are asked for: its months, its definitions, and the day of the map. */
export type Span = { readonly period: Period; readonly months: readonly Period[]; readonly programme: Programme; readonly treeDay: PlainDate };

const spans = new WeakMap<Programme, Map<string, Span>>();
/**
 * The same object for the same period, map and definitions, so that what is made for a span can be kept by it.
 *
 * @param mapDay everything counted on this day's map instead of the period's own
 */
export function spanOf(scene: Scene, period: Period, mapDay: PlainDate | null = null): Span {
  const programme = scene.programmeOf(period);
  const treeDay = mapDay ?? scene.treeDayOf(period);
  const kept = spans.get(programme) ?? new Map<string, Span>();
  spans.set(programme, kept);
  const key = `${period} ${treeDay}`;
  const known = kept.get(key) ?? { period, months: monthsOf(period), programme, treeDay };
  if (kept.size > 5000) kept.clear();
  kept.set(key, known);
  return known;
}

export type Cells = { readonly dataSet: string; readonly slots: readonly number[] };
const homes = new WeakMap<object, Map<string, Cells>>();
/**
 * Where an element's values lie: all its slots, or those of some cells. Undefined for an element that no data set holds.
 *
 * @param cells null: all, ended ones too, because the past counted them
 */
export function cellsOf(scene: Scene, element: string, cells: readonly string[] | null): Cells | undefined {
  const kept = homes.get(scene.slots) ?? new Map<string, Cells>();
  homes.set(scene.slots, kept);
  const key = `${element} ${cells === null ? '*' : cells.join(',')}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const dataSet = homeDataSet(scene, element);
  if (dataSet === undefined) return undefined;
  const found = { dataSet, slots: scene.slots.of(dataSet).filter((one) => one.element === element && (cells === null || cells.includes(one.cell))).map((one) => one.slot) };
  kept.set(key, found);
  return found;
}

function homeDataSet(scene: Scene, element: string): string | undefined {
  const plain = scene.slots.homeOf(element, '');
  if (plain !== undefined) return plain.dataSet;
  for (const dataSet of scene.latest.dataSets.keys()) if (scene.slots.of(dataSet).some((one) => one.element === element)) return dataSet;
  return undefined;
}

/** The element as a span defines it, else as it is defined now. */
export const elementIn = (scene: Scene, span: Span, id: string): DataElement | undefined => span.programme.elements.get(id) ?? scene.latest.elements.get(id);

export type Want = { readonly unit: UnitRow; readonly span: Span; readonly standing: Standing; readonly attribute: string | null };
const vectorsOf = new WeakMap<Span, Map<string, Asked | undefined>>();
/** The vectors an element of a data set is read from in a span; undefined when the span is finer than its returns or cuts one. The same object each time. */
export function askedOf(scene: Scene, dataSet: string, { span, standing, attribute }: Omit<Want, 'unit'>): Asked | undefined {
  const set = span.programme.dataSets.get(dataSet) ?? scene.latest.dataSets.get(dataSet);
  const kept = vectorsOf.get(span) ?? new Map<string, Asked | undefined>();
  vectorsOf.set(span, kept);
  const key = `${dataSet} ${set?.periodType ?? ''} ${standing} ${attribute ?? '*'}`;
  if (kept.has(key)) return kept.get(key);
  const bases = set === undefined ? undefined : basePeriods(span.months, set.periodType);
  const made = bases === undefined ? undefined : { dataSet, bases, standing, attribute, treeDay: span.treeDay, programme: span.programme };
  kept.set(key, made);
  return made;
}

/** Reads some slots of an element for one unit after another: the vectors are looked up once. */
export function elementReader(scene: Scene, element: DataElement, { dataSet, slots }: Cells, want: Omit<Want, 'unit'>): (unit: UnitRow) => Counted {
  const asked = askedOf(scene, dataSet, want);
  if (asked === undefined || slots.length === 0) return () => nothing;
  const over = waysOf(element).units;
  const way = over === 'none' ? 'sum' : over;
  const tree = scene.tree(want.span.treeDay);
  const leaf = lazy(() => leafVectors(scene, asked));
  const [own, node] = [lazy(() => nodeSheet(scene, asked, slots, 'tree-with-own')), lazy(() => nodeSheet(scene, asked, slots))];
  return ({ code, depth }) => {
    const from = (depth <= 2 ? node : tree.children.has(code) ? own : leaf)();
    const row = from.rowOf.get(code);
    const read = row === undefined ? nothing : readSlots(from, row, slots, way);
    return over === 'none' && read.count > 1 ? nothing : read;
  };
}
type Vectors = { readonly sums: Float64Array; readonly counts: Int32Array; readonly width: number; readonly rowOf: ReadonlyMap<string, number> };
const rowsKept = new WeakMap<ReadonlyMap<string, number>, WeakMap<readonly UnitRow[], Int32Array>>();
/** The rows of a list of units in some vectors, -1 where a unit has none; lists of children are the same objects from question to question. */
function rowsOf({ rowOf }: Vectors, units: readonly UnitRow[]): Int32Array {
  const kept = rowsKept.get(rowOf) ?? new WeakMap<readonly UnitRow[], Int32Array>();
  rowsKept.set(rowOf, kept);
  const rows = kept.get(units) ?? Int32Array.from(units, (unit) => rowOf.get(unit.code) ?? -1);
  kept.set(units, rows);
  return rows;
}

/** Values of one slot of a list of units: unit i's is at `rows[i] * width + slot - 1`, a row of -1 has none. */
export type Columns = { readonly sums: Float64Array; readonly counts: Int32Array; readonly width: number; readonly rows: Int32Array };
/**
 * What `elementReader` reads, for a whole list of units and one cell after another: a pivot has thousands of such columns of provinces or communes.
 *
 * @returns undefined where a unit's value is not one number of one vector, so that each must be read by itself
 */
export function columnsOf(scene: Scene, element: DataElement, { cells, want, units }: { readonly cells: Cells; readonly want: Omit<Want, 'unit'>; readonly units: readonly UnitRow[] }): Columns | undefined {
  const asked = askedOf(scene, cells.dataSet, want);
  if (asked === undefined || units.length === 0 || waysOf(element).units !== 'sum') return undefined;
  const tree = scene.tree(want.span.treeDay);
  const nodes = units.every((unit) => unit.depth <= 2);
  if (!nodes && !units.every((unit) => unit.depth > 2 && !tree.children.has(unit.code))) return undefined;
  const vectors: Vectors = nodes ? nodeSheet(scene, asked, cells.slots) : leafVectors(scene, asked);
  return { sums: vectors.sums, counts: vectors.counts, width: vectors.width, rows: rowsOf(vectors, units) };
}
function leafVectors(scene: Scene, asked: Asked): Vectors {
  const block = unitBlock(scene, asked);
  return { sums: block.values, counts: countsOf(block), width: block.width, rowOf: block.rowOf };
}

/** Some slots of an element for a unit: its total, a cell, or the cells of one option. */
export const elementValue = (scene: Scene, element: DataElement, cells: Cells, want: Want): Counted => readerKept(scene, element, cells, want)(want.unit);

type Reader = ReturnType<typeof elementReader>;
/** The same reader while one answer is computed: an indicator of all communes asks for it thousands of times. */
function readerKept(scene: Scene, element: DataElement, cells: Cells, want: Omit<Want, 'unit'>): Reader {
  const bySpan = (scene.memo.get(cells) as Map<Span, Map<string, Reader>> | undefined) ?? new Map<Span, Map<string, Reader>>(); // put there below
  scene.memo.set(cells, bySpan);
  const kept = bySpan.get(want.span) ?? new Map<string, Reader>();
  bySpan.set(want.span, kept);
  const key = `${want.standing} ${want.attribute ?? '*'}`;
  const known = kept.get(key) ?? elementReader(scene, element, cells, want);
  kept.set(key, known);
  return known;
}

const counted = new WeakMap<object, Int32Array>();
export function countsOf(block: { readonly values: Float64Array; readonly counts: Int32Array | null }): Int32Array {
  if (block.counts !== null) return block.counts;
  const known = counted.get(block.values);
  if (known !== undefined) return known;
  const counts = new Int32Array(block.values.length);
  for (let at = 0; at < counts.length; at += 1) if (!Number.isNaN(block.values[at] ?? Number.NaN)) counts[at] = 1;
  counted.set(block.values, counts);
  return counts;
}

const compiled = new Map<string, { readonly run: (source: ValueSource) => unknown; readonly references: readonly Reference[] } | null>();
/** A formula compiled once; null when it cannot be read (the loader refuses such, so this is a definition of another edition). */
export function formulaOf(text: string) {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const parsed = parse(text);
  const made = parsed.ok ? { run: compile(parsed.value), references: parsed.value.references } : null;
  compiled.set(text, made);
  return made;
}

/** The cells of an element a reference names; null for all. */
function cellsNamed(span: Span, element: DataElement, reference: DataReference): readonly string[] | null {
  if (reference.options.length === 0) return null;
  if (reference.optionKind === 'combination') return reference.options;
  const breakdown = element.disaggregation === null ? undefined : span.programme.disaggregations.get(element.disaggregation);
  return breakdown?.cells.filter((cell) => reference.options.every((option) => cell.options.includes(option))).map((cell) => cell.id) ?? [];
}

/** The span a reference is asked in: so many periods away, or from the start of the year. */
export function shiftedSpan(scene: Scene, span: Span, shift: { readonly offset: number; readonly yearToDate: boolean }, more = 0): Span {
  const offset = shift.offset + more;
  if (offset === 0 && !shift.yearToDate) return span;
  const period = offset === 0 ? span.period : shiftPeriod(span.period, offset);
  const there = spanLike(scene, period, span.treeDay);
  if (!shift.yearToDate) return there;
  const known = toDate.get(there) ?? { ...there, period: `${period}:ytd`, months: monthsIn(period, true) ?? there.months };
  toDate.set(there, known);
  return known;
}
const toDate = new WeakMap<Span, Span>();

/** Another period counted on the same units: on its own map when that has the same units, else on the map given. */
function spanLike(scene: Scene, period: Period, treeDay: PlainDate): Span {
  const own = spanOf(scene, period);
  return sameUnits(scene.tree(own.treeDay), scene.tree(treeDay)) ? own : spanOf(scene, period, treeDay);
}

/** Another period of one unit: on that period's own map when the unit was there itself, else counted on the map given (after a merger: all that went into it). */
export function spanFor(scene: Scene, period: Period, unit: UnitRow, treeDay: PlainDate): Span {
  const own = spanOf(scene, period);
  return scene.tree(own.treeDay).byCode.get(unit.code)?.id === unit.id ? own : spanOf(scene, period, treeDay);
}

export type Evaluated = { readonly value: number | null; readonly numerator: number | null; readonly denominator: number | null };
export const notEvaluated: Evaluated = { value: null, numerator: null, denominator: null };

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null);

/** Where a formula finds its values for one unit and span. @param depth how many indicators stand around this one; circles end at 16 */
export function sourceOf(scene: Scene, want: Want, depth = 0): ValueSource {
  return {
    read: (reference, shift) => {
      switch (reference.kind) {
        case 'data': {
          const span = shiftedSpan(scene, want.span, reference.period, shift);
          const element = elementIn(scene, span, reference.element);
          const cells = element === undefined || reference.of !== 'element' ? undefined : cellsOf(scene, element.id, cellsNamed(span, element, reference));
          if (element === undefined || cells === undefined) return null;
          return elementValue(scene, element, cells, { ...want, span, attribute: reference.attributeOption ?? want.attribute }).value;
        }
        case 'indicator': {
          const span = shiftedSpan(scene, want.span, reference.period, shift);
          const indicator = span.programme.indicators.get(reference.id);
          return indicator === undefined || depth >= 16 ? null : indicatorValue(scene, indicator, { ...want, span }, depth + 1).value;
        }
        case 'constant': return want.span.programme.constants.get(reference.id)?.value ?? null;
        case 'attribute': return attributeOf(scene, reference.id, want);
        case 'unit-count': return unitsInGroup(scene, reference.id, want);
        case 'reporting-rate': return reportingRate(scene, reference, { ...want, span: shiftedSpan(scene, want.span, reference.period, shift) });
        case 'calendar': return calendarFact(scene, reference.fact, want.span);
        case 'unit-test': return reference.test === 'ancestor' && (scene.tree(want.span.treeDay).ancestors.get(want.unit.code) ?? []).some((code) => reference.ids.includes(code));
      }
    },
    samplePeriods: Array.from({ length: 12 }, (_, i) => i - 12),
    perUnit: (compute) => {
      const tree = scene.tree(want.span.treeDay);
      const below = tree.rows.filter((row) => !tree.children.has(row.code) && (row.code === want.unit.code || (tree.ancestors.get(row.code) ?? []).includes(want.unit.code)));
      const values = below.map((unit) => numberOf(compute(sourceOf(scene, { ...want, unit }, depth)))).filter((value) => value !== null);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
    },
  };
}

/** numerator / denominator × factor; no value when the denominator is 0 or missing. */
export function indicatorValue(scene: Scene, indicator: Indicator, want: Want, depth = 0): Evaluated {
  const source = sourceOf(scene, want, depth);
  const numerator = numberOf(formulaOf(indicator.numerator)?.run(source) ?? null);
  if (indicator.denominator === null) return { numerator, denominator: null, value: numerator === null ? null : numerator * indicator.factor };
  const denominator = numberOf(formulaOf(indicator.denominator)?.run(source) ?? null);
  return { numerator, denominator, value: numerator === null || denominator === null || denominator === 0 ? null : (numerator * indicator.factor) / denominator };
}

/** Every element an indicator is made of, through indicators it names, with the spans it is read in. */
export function elementsOf(scene: Scene, indicator: Indicator, span: Span, depth = 0): { readonly element: DataElement; readonly span: Span; readonly side: 'numerator' | 'denominator'; readonly reference: DataReference }[] {
  return (['numerator', 'denominator'] as const).flatMap((side) => {
    const text = indicator[side];
    return (text === null ? [] : formulaOf(text)?.references ?? []).flatMap((reference) => {
      if (reference.kind === 'data') {
        const there = shiftedSpan(scene, span, reference.period);
        const element = elementIn(scene, there, reference.element);
        return element === undefined ? [] : [{ element, span: there, side, reference }];
      }
      const inner = reference.kind === 'indicator' && depth < 16 ? span.programme.indicators.get(reference.id) : undefined;
      return inner === undefined || reference.kind !== 'indicator' ? [] : elementsOf(scene, inner, shiftedSpan(scene, span, reference.period), depth + 1).map((one) => ({ ...one, side }));
    });
  });
}

/** Data sets an indicator is made of: what its completeness and grade are measured by. */
export function dataSetsOf(scene: Scene, indicator: Indicator, span: Span): string[] {
  const fromElements = elementsOf(scene, indicator, span).flatMap(({ element }) => cellsOf(scene, element.id, null)?.dataSet ?? []);
  const named = [indicator.numerator, indicator.denominator].flatMap((text) => (text === null ? [] : formulaOf(text)?.references ?? [])).flatMap((reference) => (reference.kind === 'reporting-rate' ? [reference.dataSet] : []));
  return [...new Set([...fromElements, ...named])].sort();
}

function attributeOf(scene: Scene, id: string, { unit, span }: Want): number | null {
  const attributes = scene.attributes(span.treeDay);
  const own = attributes.get(unit.code)?.[id]?.value;
  if (own !== undefined) return own;
  const tree = scene.tree(span.treeDay);
  let [sum, any] = [0, false];
  for (const row of tree.rows) {
    const value = attributes.get(row.code)?.[id]?.value;
    if (value === undefined || tree.children.has(row.code) || !(tree.ancestors.get(row.code) ?? []).includes(unit.code)) continue;
    sum += value;
    any = true;
  }
  return any ? sum : null;
}

function unitsInGroup(scene: Scene, group: string, { unit, span }: Want): number {
  const tree = scene.tree(span.treeDay);
  const set = scene.groups(span.treeDay).find((one) => one.groups.some((each) => each.id === group));
  if (set === undefined) return 0;
  return [...set.members].filter(([code, id]) => id === group && (code === unit.code || (tree.ancestors.get(code) ?? []).includes(unit.code))).length;
}

const reportingRate = (scene: Scene, { dataSet, rate }: Extract<Reference, { kind: 'reporting-rate' }>, want: Want): number | null => reportingRateOf(rate, coverageOf(scene, dataSet, want));

function calendarFact(scene: Scene, fact: CalendarFact, { period, months }: Span): number {
  const plain = period.replace(':ytd', '');
  const [first = plain, last = first] = [months[0], months.at(-1)];
  return calendarFactOf(fact, plain, daysBetween(daysOf(first, scene.head.calendar).first, daysOf(last, scene.head.calendar).last) + 1);
}
