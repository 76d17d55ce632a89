/** A row of values as the file has it, found in the metadata: unit, element, breakdown, period and number; or refused with the reason. Pure. */
import { periodTypeOf, periodTypes, type Period, type PeriodType } from '#kernel/period.ts';
import { addCodes, cellSpan, type Breakdowns } from './breakdowns.ts';
import type { Bundle } from './bundle.ts';
import { readElement, type ElementRead } from './elements.ts';
import { idOf, refIn, type Loose } from './loose.ts';
import { readNumber } from './numbers.ts';
import { readPeriod } from './periods.ts';
import type { Facts, RowCode } from './report.ts';
import type { UnitGiven } from './units.ts';

/** One value as a file gives it; texts as they stand. */
export type RawRow = {
  readonly element: string; readonly period: string; readonly unit: string; readonly cell: string; readonly attribute: string; readonly value: string;
  readonly updated: string; readonly comment: string; readonly deleted: boolean;
};
/** What the file says for all its rows at once. */
export type RowDefaults = { readonly period: string; readonly unit: string; readonly attribute: string; readonly dataSet: string };
export type RefusedRow = { readonly code: RowCode; readonly facts: Facts };

/** Remarks on a row that is kept, as bits. */
export const remarks = { grouped: 1, minusZero: 2, rounded: 4, notAssigned: 8, commentLeft: 16 } as const;

/** A row in numbers, filled anew for each: 200,000 rows make no 200,000 objects. */
export type ResolvedRow = { unit: number; pair: number; attribute: number; period: number; value: number; updated: number; deleted: boolean; remarks: number };
/** An element broken down in a certain way and reported by periods of a certain type. */
export type Pair = { readonly element: number; readonly cell: number; readonly type: PeriodType };

const noFacts: Facts = {};
const yes = /^(?:true|t|1|1\.0|yes|y)$/iu;
const no = /^(?:false|f|0|0\.0|no|n)$/iu;

export class Resolver {
  readonly elements: readonly ElementRead[];
  readonly units: readonly UnitGiven[];
  readonly pairs: Pair[] = [];
  readonly periods: Period[] = [];
  /** Pairs with the attributes they came with, as `pair * cellSpan + attribute`. */
  readonly attributesUsed = new Set<number>();
  readonly #breakdowns: Breakdowns;
  readonly #unitAt: Map<string, number>;
  readonly #elementAt: Map<string, number>;
  readonly #pairAt = new Map<number, number>();
  readonly #periodAt = new Map<string, number>();
  #unitText = '';
  #unit: number | undefined;
  #updatedText = '';
  #updated = 0;
  #lastUsed = -1;

  constructor(bundle: Bundle, breakdowns: Breakdowns, units: readonly UnitGiven[]) {
    this.#breakdowns = breakdowns;
    this.units = units;
    this.#unitAt = new Map(units.map((unit, at) => [unit.id, at]));
    addCodes(units.map((unit): Loose => ({ id: unit.id, code: unit.code })), this.#unitAt);
    const given = bundle.of('dataElements');
    this.elements = given.map((object) => readElement(object, refIn(object, 'categoryCombo')));
    this.#elementAt = new Map(given.map((object, at) => [idOf(object), at]));
    addCodes(given, this.#elementAt);
  }

  /** @returns undefined when the row was found whole and stands in `out` */
  resolve(row: RawRow, out: ResolvedRow): RefusedRow | undefined {
    if (row.element === '') return { code: 'element-missing', facts: noFacts };
    const element = this.#elementAt.get(row.element);
    const read = element === undefined ? undefined : this.elements[element];
    if (element === undefined || read === undefined) return { code: 'element-unknown', facts: { element: row.element } };
    if (read.refused !== undefined) return { code: read.refused, facts: { element: row.element } };
    if (row.unit === '') return { code: 'unit-missing', facts: noFacts };
    // Rows about one unit mostly stand together.
    const unit = row.unit === this.#unitText ? this.#unit : this.#unitAt.get(row.unit);
    if (unit === undefined) return { code: 'unit-unknown', facts: { unit: row.unit } };
    this.#unitText = row.unit;
    this.#unit = unit;
    const cell = this.#breakdowns.placeOf(row.cell, this.#breakdowns.plain.has(read.combo));
    if (cell === undefined) return { code: 'breakdown-unknown', facts: { cell: row.cell } };
    const attribute = this.#breakdowns.placeOf(row.attribute, this.#breakdowns.given);
    if (attribute === undefined) return { code: 'attribute-unknown', facts: { attribute: row.attribute } };
    const period = this.#period(row.period, out);
    if (period !== undefined) return period;
    out.remarks = row.comment === '' ? 0 : remarks.commentLeft;
    const wrong = readValue(row, read, out);
    if (wrong !== undefined) return wrong;
    if (row.updated !== this.#updatedText) { this.#updatedText = row.updated; this.#updated = momentOf(row.updated); }
    out.updated = this.#updated;
    out.unit = unit;
    out.attribute = attribute;
    out.pair = this.#pair(element, cell, out.period);
    const used = out.pair * cellSpan + attribute;
    if (used !== this.#lastUsed) { this.attributesUsed.add(used); this.#lastUsed = used; }
    return undefined;
  }

  #period(text: string, out: ResolvedRow): RefusedRow | undefined {
    const known = this.#periodAt.get(text);
    if (known !== undefined) { out.period = known; return undefined; }
    if (text === '') return { code: 'period-missing', facts: noFacts };
    const read = readPeriod(text);
    if (!read.ok) return { code: read.code, facts: read.facts };
    const at = this.periods.indexOf(read.period);
    out.period = at === -1 ? this.periods.push(read.period) - 1 : at;
    this.#periodAt.set(text, out.period);
    return undefined;
  }

  #pair(element: number, cell: number, period: number): number {
    const type = periodTypeOf(this.periods[period] ?? '') ?? 'month';
    const key = (element * cellSpan + cell) * periodTypes.length + periodTypes.indexOf(type);
    const known = this.#pairAt.get(key);
    if (known !== undefined) return known;
    const at = this.pairs.push({ element, cell, type }) - 1;
    this.#pairAt.set(key, at);
    return at;
  }
}

/** Milliseconds; 0 for what is no moment. Zones come as +0000 too. */
function momentOf(text: string): number {
  const moment = text === '' ? 0 : Date.parse(text.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  return Number.isNaN(moment) ? 0 : moment;
}

function readValue(row: RawRow, element: ElementRead, out: ResolvedRow): RefusedRow | undefined {
  out.deleted = row.deleted;
  out.value = 0;
  if (row.deleted) return undefined;
  if (row.value === '') return { code: 'value-missing', facts: noFacts };
  if (element.answers) {
    if (!yes.test(row.value) && !no.test(row.value)) return { code: 'not-yes-no', facts: { text: row.value.slice(0, 60) } };
    out.value = yes.test(row.value) ? 1 : 0;
    return undefined;
  }
  const read = readNumber(row.value, false);
  if (!read.ok) return { code: read.code === 'empty' ? 'value-missing' : read.code, facts: read.facts };
  if (read.by === 'grouped') out.remarks |= remarks.grouped;
  if (read.by === 'minus-zero') out.remarks |= remarks.minusZero;
  return fitting(read.value, row.value, element, out);
}

/** Sums are kept exact in thousandths, so a finer value is rounded to them, and the row says so. */
function fitting(value: number, text: string, { valueType }: ElementRead, out: ResolvedRow): RefusedRow | undefined {
  out.value = value;
  if (!Number.isInteger(value)) {
    if (valueType === 'count' || valueType === 'integer') return { code: 'not-whole', facts: { text } };
    const rounded = Math.round(value * 1000) / 1000;
    if (Math.abs(value) >= 2 ** 53 / 1000) return { code: 'number-too-large', facts: { text } };
    if (rounded !== value) { out.value = rounded === 0 ? 0 : rounded; out.remarks |= remarks.rounded; }
  }
  if (value < 0 && (valueType === 'count' || valueType === 'percent')) return { code: 'negative', facts: { text } };
  return valueType === 'percent' && value > 100 ? { code: 'percent-out-of-range', facts: { text } } : undefined;
}
