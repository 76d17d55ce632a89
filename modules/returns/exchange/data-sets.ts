/** Data sets of the field's metadata, and where each element stands when it is in several of them. Pure. */
import { periodTypes, type PeriodType } from '#kernel/period.ts';
import type { DataSet } from '#modules/definitions/schema.ts';
import { always } from './breakdowns.ts';
import type { Bundle } from './bundle.ts';
import { sourceOf, typeWords } from './elements.ts';
import { byText, idOf, listIn, numberIn, ownId, refIn, refsIn, textIn, wordsIn, type Loose } from './loose.ts';
import type { ObjectReport } from './report.ts';

export const periodTypeNames: Readonly<Record<string, PeriodType>> = { Monthly: 'month', Quarterly: 'quarter', SixMonthly: 'half-year', Yearly: 'year' };

export type Listing = { readonly element: string; readonly combo: string };
export type DataSetRead = { readonly id: string; readonly type: PeriodType; readonly combo: string; readonly listings: readonly Listing[]; readonly object: Loose };

/** Data sets with periods we have. Since 2.25 elements stand in `dataSetElements`, with a breakdown of their own; before, in `dataElements`. */
export function readDataSets(bundle: Bundle, report: ObjectReport): DataSetRead[] {
  const given = bundle.of('dataSets');
  report.read('dataSets', given.length);
  const loose = bundle.of('dataSetElements');
  return given.flatMap((object) => {
    const id = idOf(object);
    const name = textIn(object, 'name');
    const type = periodTypeNames[textIn(object, 'periodType')];
    if (type === undefined) { report.refused('dataSets', id, name, ['period-type-not-kept', { type: textIn(object, 'periodType') }]); return []; }
    const own = [...listIn(object, 'dataSetElements'), ...loose.filter((one) => refIn(one, 'dataSet') === id)];
    const listed = new Map<string, Listing>();
    for (const one of own) listed.set(refIn(one, 'dataElement'), { element: refIn(one, 'dataElement'), combo: refIn(one, 'categoryCombo') });
    for (const element of refsIn(object, 'dataElements')) if (!listed.has(element)) listed.set(element, { element, combo: '' });
    listed.delete('');
    return [{ id, type, combo: refIn(object, 'categoryCombo'), listings: [...listed.values()], object }];
  });
}

/** The type of period an element is at home in: the finest it is listed or used with. A copy of it serves each other type. */
export const finest = (types: ReadonlySet<PeriodType>): PeriodType => periodTypes.find((type) => types.has(type)) ?? 'month';
export const variantId = (element: string, home: PeriodType, type: PeriodType): string => (type === home ? element : `${element.slice(0, 50)}_${type}`);

export type Sections = DataSet['sections'];
type SectionInput = { readonly dataSet: DataSetRead; readonly sections: readonly Loose[]; readonly idHere: (element: string) => string | undefined; readonly nameOf: (element: string) => string };

/** Sections as they are drawn; elements in no section stand in a last one, in the order of their names. */
export function sectionsOf({ dataSet, sections, idHere, nameOf }: SectionInput): Sections {
  const left = new Map(dataSet.listings.flatMap(({ element }) => { const id = idHere(element); return id === undefined ? [] : [[element, id] as const]; }));
  const own = sections.filter((section) => refIn(section, 'dataSet') === dataSet.id)
    .sort((a, b) => (numberIn(a, 'sortOrder') ?? 0) - (numberIn(b, 'sortOrder') ?? 0) || byText(idOf(a), idOf(b)));
  const made = own.map((section) => {
    const elements = refsIn(section, 'dataElements').flatMap((element) => { const id = left.get(element); left.delete(element); return id === undefined ? [] : [id]; });
    return { id: ownId(idOf(section)), name: wordsIn(section, ['name', 'displayName'], 500), elements, nothingToReport: false };
  }).filter((section) => section.elements.length > 0);
  const rest = [...left].sort(([a], [b]) => byText(nameOf(a), nameOf(b)) || byText(a, b)).map(([, id]) => id);
  const parts = Array.from({ length: Math.ceil(rest.length / 1000) }, (_, at) => rest.slice(at * 1000, at * 1000 + 1000));
  return [...made, ...parts.map((elements, at) => ({
    id: `rest${at === 0 ? '' : at + 1}`, name: made.length === 0 ? wordsIn(dataSet.object, ['name', 'shortName'], 500) : { vi: 'Chỉ tiêu khác', en: 'Other elements' }, elements, nothingToReport: false,
  }))].slice(0, 100);
}

type DataSetInput = { readonly dataSet: DataSetRead; readonly sections: Sections; readonly attribute: string | null; readonly unitCode: (id: string) => string | undefined; readonly idHere: (element: string) => string | undefined };

export function dataSetOf({ dataSet: { id, type, object }, sections, attribute, unitCode, idHere }: DataSetInput, report: ObjectReport): DataSet {
  const name = textIn(object, 'name');
  const given = refsIn(object, 'organisationUnits');
  const units = given.flatMap((unit) => { const code = unitCode(unit); return code === undefined ? [] : [code]; }).sort(byText);
  if (units.length < given.length) report.changed('dataSets', id, name, ['units-unknown', { count: given.length - units.length }]);
  const timely = numberIn(object, 'timelyDays') ?? 15;
  const expiry = numberIn(object, 'expiryDays') ?? 0;
  const compulsory = object['compulsoryFieldsCompleteOnly'] === true
    ? [...new Set(listIn(object, 'compulsoryDataElementOperands').flatMap((one) => { const here = idHere(refIn(one, 'dataElement')); return here === undefined ? [] : [here]; }))].sort(byText) : [];
  if (timely > 0) report.changed('dataSets', id, name, ['due-in-working-days', { days: timely, working: workingDays(timely) }]);
  return {
    id: ownId(id), name: wordsIn(object, ['name', 'displayName', 'shortName'], 500), form: null, periodType: type,
    assignedTo: { levels: [], kinds: [], groups: [], units: units.slice(0, 20_000) }, dueWorkingDays: workingDays(timely),
    closesAfterDays: expiry >= 1 ? Math.min(4000, Math.ceil(expiry)) : null, approval: refIn(object, 'workflow') === '' ? [] : ['head', 'province', 'ministry'],
    sections, compulsory, attribute, source: sourceOf(object), validFrom: always, validTo: null,
  };
}

/** Days of the calendar as days of five in seven. */
const workingDays = (days: number): number => Math.max(0, Math.min(400, Math.round((days * 5) / 7)));

/** A home for elements that have values and stand in no data set of that type of period. */
export function spareDataSet(type: PeriodType, elements: readonly string[], units: readonly string[]): DataSet {
  const words = typeWords[type];
  const name = { vi: `Giá trị ngoài các bộ dữ liệu (${words.vi})`, en: `Values of no data set (${words.en})` };
  return {
    id: spareId(type), name, form: null, periodType: type, assignedTo: { levels: [], kinds: [], groups: [], units: units.slice(0, 20_000) }, dueWorkingDays: 10, closesAfterDays: null, approval: [],
    sections: Array.from({ length: Math.ceil(elements.length / 1000) }, (_, at) => ({ id: `rest${at === 0 ? '' : at + 1}`, name, elements: elements.slice(at * 1000, at * 1000 + 1000), nothingToReport: false })),
    compulsory: [], attribute: null, source: { vi: 'Nhập từ DHIS2', en: 'Imported from DHIS2' }, validFrom: always, validTo: null,
  };
}
/** Sorts after every other id, so that it is nobody's home who has one. */
export const spareId = (type: PeriodType): string => `zz_imported_${type}`;
