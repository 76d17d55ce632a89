/** Three questions to begin with, made from what the programme itself puts first; and the question another screen comes with. */
import { coarser, monthsOf, periodTypeOf } from '#kernel/period.ts';
import { language, t } from '#web/i18n/words.ts';
import type { Measure, PivotQuery } from '../schema.ts';
import { finestType, keyOfMeasure, lastOf, lastPeriods, type Book } from './analysis-book.ts';
import { plainDrawing, type Asked } from './analysis-state.ts';
import { sayPeriod } from './figure.tsx';

export type Example = { readonly key: string; readonly sentence: string; readonly asked: Asked };

/** Twelve periods (four when they are longer than a month) of one measure for a unit and what lies below it. */
export function askAbout(book: Book, measure: Measure, units: PivotQuery['units'], period?: string): Asked {
  const type = finestType(book, [measure]);
  const periods = lastPeriods(book, type, type === 'month' ? 12 : 4);
  const asked = period !== undefined && periodTypeOf(period) === type && !periods.includes(period) ? [period] : periods;
  return { query: { measures: [measure], periods: [...asked], units, standing: 'reported' }, drawing: plainDrawing };
}

export function examplesOf(book: Book, units: PivotQuery['units']): Example[] {
  const { indicators, elements, dataSets, head } = book.dictionary;
  const byId = new Map(indicators.map((one) => [one.id, one]));
  const named = [head.overview?.map, ...(head.overview?.main ?? []), ...indicators.map((one) => one.id)].flatMap((id) => (id == null ? [] : (byId.get(id) ?? [])));
  const [where, way = where] = [named[0], named.find((one) => one.polarity !== 'none' && one.id !== named[0]?.id)];
  const counted = new Set(dataSets.flatMap((set) => (set.periodType === 'month' && set.assignedTo.levels.includes('commune') ? set.sections.flatMap((section) => section.elements) : [])));
  const parted = elements.find((one) => counted.has(one.id) && one.aggregation === 'sum' && one.disaggregation !== null && one.valueType === 'count' && !one.protected) ?? elements.find((one) => one.aggregation === 'sum' && one.disaggregation !== null);
  const axis = book.dictionary.disaggregations.find((one) => one.id === parted?.disaggregation)?.axes[0];
  const found: Example[] = [];
  if (where !== undefined) {
    const measure: Measure = { kind: 'indicator', id: where.id };
    const last = lastOf(book, finestType(book, [measure]));
    if (units.level !== 'self') found.push({ key: 'where', sentence: t('indicators.example.where', { name: where.name[language()], period: sayPeriod(last) }), asked: { query: { measures: [measure], periods: [last], units, standing: 'reported' }, drawing: { ...plainDrawing, kind: units.of === '00' ? 'tiles' : 'bars' } } });
  }
  const drawn = units.level === 'self' ? 'lines' as const : 'small-multiples' as const;
  for (const one of units.level === 'self' ? named.slice(0, 2) : way === undefined ? [] : [way]) {
    found.push({ key: `way ${one.id}`, sentence: t(units.level === 'self' ? 'indicators.example.here' : 'indicators.example.way', { name: one.name[language()] }), asked: { ...askAbout(book, { kind: 'indicator', id: one.id }, units), drawing: { ...plainDrawing, kind: drawn } } });
  }
  if (parted !== undefined && axis !== undefined) {
    const measure: Measure = { kind: 'element', id: parted.id };
    const type = finestType(book, [measure]);
    const last = lastOf(book, type);
    const periods = type === 'month' ? [...new Set(lastPeriods(book, 'month', 15).filter((one) => one <= last).map((one) => coarser(one, 'quarter')))].filter((quarter) => monthsOf(quarter).every((month) => month <= last)).slice(-4) : lastPeriods(book, type, 4);
    found.push({ key: 'parts', sentence: t('indicators.example.parts', { name: parted.name[language()], axis: axis.name[language()] }), asked: { query: { measures: [measure], periods, units: { of: units.of, level: 'self' }, axes: [axis.id], standing: 'reported' }, drawing: { ...plainDrawing, kind: 'lines' } } });
  }
  return found.filter((one) => one.asked.query.measures.every((measure) => book.measures.has(keyOfMeasure(measure))));
}
