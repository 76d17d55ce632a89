/** What the dictionary says about the measures of a question: names, decimals, breakdowns, and the finest period their returns allow. */
import { periodAt, periodRange, periodTypeOf, periodTypes, shiftPeriod, type PeriodType } from '#kernel/period.ts';
import { fold } from '#kernel/fold.ts';
import { number, today } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import type { Dictionary } from '#modules/definitions/schema.ts';
import type { Option } from '#web/kit/combobox.tsx';
import type { Compact, Dimension, Measure } from '../schema.ts';
import { sayCompact, sayPeriod } from './figure.tsx';

type Both = { readonly vi: string; readonly en: string };
export type MeasureFacts = { readonly key: string; readonly measure: Measure; readonly name: Both; readonly shortName: Both; readonly unit: { readonly code: string; readonly vi: string; readonly en: string }; readonly decimals: number; readonly breakdown: string | null; readonly types: readonly PeriodType[]; readonly polarity: string };
export type Book = { readonly dictionary: Dictionary; readonly measures: ReadonlyMap<string, MeasureFacts> };
export const keyOfMeasure = ({ kind, id }: Measure): string => `${kind}:${id}`;

/** Elements a formula names: `#{id}` or `#{id.cell}`. */
const elementsIn = (formula: string): string[] => [...formula.matchAll(/#\{([A-Za-z][A-Za-z0-9_-]*)/g)].map((found) => found[1] ?? '');

export function bookOf(dictionary: Dictionary): Book {
  const typeOf = new Map<string, PeriodType>();
  for (const set of dictionary.dataSets) for (const section of set.sections) for (const id of section.elements) typeOf.set(id, set.periodType);
  const measures = new Map<string, MeasureFacts>();
  for (const one of dictionary.indicators) {
    const measure: Measure = { kind: 'indicator', id: one.id };
    const types = elementsIn(`${one.numerator} ${one.denominator ?? ''}`).flatMap((id) => typeOf.get(id) ?? []);
    measures.set(keyOfMeasure(measure), { key: keyOfMeasure(measure), measure, name: one.name, shortName: one.shortName, unit: one.unit, decimals: one.decimals, breakdown: null, types: one.periodType === undefined ? types : [one.periodType], polarity: one.polarity });
  }
  for (const one of dictionary.elements) {
    if (one.valueType === 'text') continue;
    const measure: Measure = { kind: 'element', id: one.id };
    const own = typeOf.get(one.id);
    measures.set(keyOfMeasure(measure), { key: keyOfMeasure(measure), measure, name: one.name, shortName: one.shortName, unit: one.unit, decimals: ['number', 'percent'].includes(one.valueType) ? 2 : 0, breakdown: one.disaggregation, types: own === undefined ? [] : [own], polarity: 'none' });
  }
  return { dictionary, measures };
}

/** The coarsest of the measures' own period types: finer than that some of them has no figures. */
export function finestType(book: Book, measures: readonly Measure[]): PeriodType {
  const types = measures.flatMap((one) => book.measures.get(keyOfMeasure(one))?.types ?? []);
  return periodTypes[Math.max(0, ...types.map((type) => periodTypes.indexOf(type)))] ?? 'month';
}

/** The last period of a type that has ended, by this device's clock. */
export const lastOf = (book: Book, type: PeriodType): string => shiftPeriod(periodAt(today(), type, book.dictionary.head.calendar), -1);
export const lastPeriods = (book: Book, type: PeriodType, count: number): string[] => { const last = lastOf(book, type); return periodRange(shiftPeriod(last, 1 - count), last); };
/** Periods to choose an end of a range from, newest first: three years before the programme up to now, and whatever is chosen. */
export function choosablePeriods(book: Book, type: PeriodType, chosen: readonly string[]): string[] {
  const newest = periodAt(today(), type, book.dictionary.head.calendar);
  const count = type === 'month' ? 36 : type === 'quarter' ? 16 : 8;
  return [...new Set([...periodRange(shiftPeriod(newest, -count), newest), ...chosen.filter((one) => periodTypeOf(one) === type)])].sort().reverse();
}

export type Axis = { readonly id: string; readonly name: Both; readonly options: readonly { readonly id: string; readonly name: Both }[] };
/** Breakdowns at least one of the measures has, each axis once with all its options. */
export function axesFor(book: Book, measures: readonly Measure[]): Axis[] {
  const found = new Map<string, Axis>();
  const wanted = new Set(measures.map((one) => book.measures.get(keyOfMeasure(one))?.breakdown));
  for (const breakdown of book.dictionary.disaggregations) {
    if (!wanted.has(breakdown.id)) continue;
    for (const axis of breakdown.axes) {
      const before = found.get(axis.id);
      const options = new Map([...(before?.options ?? []), ...axis.options].map((option) => [option.id, option]));
      found.set(axis.id, { id: axis.id, name: axis.name, options: [...options.values()] });
    }
  }
  return [...found.values()];
}
/** Some data set of the measures has a further dimension (who funds, which project). */
export const hasAttribute = (book: Book, measures: readonly Measure[]): boolean =>
  measures.some((one) => one.kind === 'element' && book.dictionary.dataSets.some((set) => set.attribute !== null && set.sections.some((section) => section.elements.includes(one.id))));

/** Measures whose name, short name or id holds every word typed; indicators first. */
export function findMeasures(book: Book, typed: string, chosen: readonly Measure[]): Option[] {
  const taken = new Set(chosen.map(keyOfMeasure));
  const words = fold(typed).split(/\s+/).filter((word) => word !== '');
  return [...book.measures.values()].filter((one) => !taken.has(one.key) && words.every((word) => fold(`${one.name.vi} ${one.name.en} ${one.shortName.vi} ${one.measure.id}`).includes(word)))
    .slice(0, 60).map((one) => ({ value: one.key, label: one.name[language()], hint: `${t(one.measure.kind === 'indicator' ? 'indicators.kind.indicator' : 'indicators.kind.element')} · ${one.unit[language()]}` }));
}

/** A key of a dimension as people read it. */
export function sayKeyOf(book: Book, dimension: Dimension | undefined, at: number): string {
  const key = dimension?.keys[at] ?? '';
  if (dimension?.kind === 'period') return sayPeriod(key);
  if (dimension?.kind === 'standing') return t(key === 'approved' ? 'indicators.approved' : 'indicators.reported');
  if (dimension?.kind === 'measure') { const facts = book.measures.get(key); return facts === undefined ? (dimension.names[at]?.[language()] ?? key) : `${facts.name[language()]}${isPercent(facts) ? ' (%)' : ` (${facts.unit[language()]})`}`; }
  if (key === '') return dimension?.kind === 'axis' || dimension?.kind === 'attribute' ? '–' : t('indicators.in-no-group');
  return dimension?.names[at]?.[language()] ?? key;
}
export const isPercent = ({ unit }: Pick<MeasureFacts, 'unit'>): boolean => unit.code === 'percent' || unit.code === 'phan-tram';
export function sayDimension(dimension: Pick<Dimension, 'kind' | 'name'>): string {
  switch (dimension.kind) {
    case 'measure': return t('indicators.dim.measure');
    case 'period': return t('indicators.period');
    case 'unit': return t('indicators.place');
    case 'attribute': return t('indicators.dim.attribute');
    case 'standing': return t('indicators.standing');
    default: return dimension.name?.[language()] ?? '';
  }
}
/** A value in the decimals of its measure, as text for drawings. */
export const sayValue = (value: Compact, facts: MeasureFacts | undefined): string => (typeof value === 'number' ? `${number(value, facts?.decimals ?? 1)}${facts !== undefined && isPercent(facts) ? '%' : ''}` : sayCompact(value));
