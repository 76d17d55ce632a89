/** A bundle of metadata, with what its values use of it, as a programme of ours. Pure. */
import type { PlainDate } from '#kernel/day.ts';
import type { Period, PeriodType } from '#kernel/period.ts';
import type { FormulaProblem } from '#modules/definitions/formula/index.ts';
import { homeDataSets, treeDayOf, type DataElement, type DataSet, type Disaggregation, type Programme, type ProgrammeFiles, type ProgrammeHead } from '#modules/definitions/schema.ts';
import { always, cellSpan, flatBreakdown, type Breakdowns, type Cell } from './breakdowns.ts';
import type { Bundle } from './bundle.ts';
import { dataSetOf, finest, readDataSets, sectionsOf, spareDataSet, spareId, variantId, type DataSetRead } from './data-sets.ts';
import { definitionOf, type ElementRead } from './elements.ts';
import { constantsOf, indicatorsOf, rulesOf, type Renaming } from './formulas.ts';
import { withoutWrongFormulas, type Parts } from './formula-check.ts';
import { byText, ownId, textIn, type Words } from './loose.ts';
import type { Facts, ObjectReport } from './report.ts';
import type { Pair, Resolver } from './resolve.ts';

export type Mapping = {
  readonly files: ProgrammeFiles;
  /** Where a pair's values stand: element and cell as the programme names them. */
  readonly places: readonly { readonly element: string; readonly cell: string }[];
  /** Units that fill the pair's element in some data set of that type of period; undefined: nobody is told to. */
  readonly assigned: readonly (ReadonlySet<string> | undefined)[];
  /** The day whose map a period's values stand on. */
  readonly day: (period: Period) => PlainDate;
  /** The data set in which an element has its places. */
  readonly homes: ReadonlyMap<string, string>;
};
export type MappingInput = {
  readonly bundle: Bundle; readonly breakdowns: Breakdowns; readonly resolver: Resolver; readonly levels: readonly Words[];
  /** Code of a unit here; undefined when it is not in the tree. */
  readonly unitCode: (id: string) => string | undefined;
  /** What is loaded already: cells and homes that earlier imports made stay. */
  readonly held: Programme | undefined;
  /** Ids that formulas may name, and what is wrong with a formula in words. */
  readonly unitGroups: ReadonlySet<string>; readonly units: ReadonlySet<string>; readonly sayFormula: (problem: FormulaProblem) => Facts;
};

/** An element as it is reported by periods of one type: itself, or a copy with an id of its own. */
type Variant = { readonly id: string; readonly read: ElementRead; readonly type: PeriodType; readonly home: boolean; readonly combos: Set<string>; readonly used: Set<number>; listed: boolean };
const plainCell = 'default';

export function mapProgramme(input: MappingInput, report: ObjectReport): Mapping {
  const { bundle, breakdowns, resolver, held } = input;
  const dataSets = readDataSets(bundle, report);
  const variants = variantsOf(input, dataSets);
  const byKey = new Map(variants.map((one) => [keyOf(one.read.id, one.type), one]));
  const extra = new Map<string, Disaggregation>();
  const breakdownOf = new Map(variants.map((one) => [one.id, breakdownFor(one, breakdowns, held, extra)]));
  const elements = variants.map((one): DataElement => definitionOf(one.read, one.id, breakdownOf.get(one.id)?.id ?? null, one.home ? undefined : one.type, always));
  tellElements(resolver.elements, variants, breakdownOf, report);
  const made = dataSetsOf(input, dataSets, byKey, report);
  const withAttributes = attributesFor(made, { input, variants, byKey, extra });
  const renaming = renamingOf(breakdowns, byKey, breakdownOf);
  const combos = [...breakdowns.combos.values()].filter((one) => one.cells.length > 0);
  for (const kind of bundle.kinds.filter((one) => !known.has(one))) report.ignored(kind, bundle.of(kind).length);
  const disaggregations = [...combos, ...extra.values()];
  const parts: Parts = {
    elements, disaggregations, dataSets: withAttributes, constants: constantsOf(bundle, report), rules: rulesOf(bundle, renaming, report), indicators: indicatorsOf(bundle, renaming, report),
  };
  const { rules, indicators } = withoutWrongFormulas(parts, input, report);
  const items: readonly (readonly [ProgrammeFiles['files'][number]['kind'], readonly unknown[]])[] = [
    ['programme', [headOf(input)]], ['data-element', elements], ['disaggregation', disaggregations], ['data-set', withAttributes],
    ['rule', rules], ['indicator', indicators], ['constant', parts.constants],
  ];
  return {
    files: { files: items.map(([kind, list]) => ({ file: `dhis2/${kind}`, kind, items: list })) },
    places: resolver.pairs.map((pair) => placeOf(pair, input, byKey, breakdownOf)),
    assigned: assignedUnits(resolver.pairs, dataSets, input),
    homes: homesOf(withAttributes, held),
    day: (period) => treeDayOf(period, headOf(input)),
  };
}

const known = new Set([
  'organisationUnits', 'organisationUnitGroups', 'organisationUnitGroupSets', 'organisationUnitLevels', 'dataElements', 'categories', 'categoryOptions', 'categoryCombos', 'categoryOptionCombos', 'dataSets', 'dataSetElements',
  'sections', 'indicators', 'indicatorTypes', 'indicatorGroups', 'validationRules', 'constants',
]);
const keyOf = (element: string, type: PeriodType): string => `${element} ${type}`;
const namesOf = (element: ElementRead): string => textIn(element.object, 'name') || element.id;

function variantsOf({ resolver }: MappingInput, dataSets: readonly DataSetRead[]): Variant[] {
  const types = new Map<string, Set<PeriodType>>();
  const add = (element: string, type: PeriodType): void => { types.set(element, (types.get(element) ?? new Set()).add(type)); };
  for (const { type, listings } of dataSets) for (const { element } of listings) add(element, type);
  const listedTypes = new Map([...types].map(([element, set]) => [element, new Set(set)]));
  for (const { element, type } of resolver.pairs) add(resolver.elements[element]?.id ?? '', type);
  const byKey = new Map<string, Variant>();
  for (const read of resolver.elements) {
    if (read.refused !== undefined) continue;
    const listed = listedTypes.get(read.id);
    const home = finest(listed ?? types.get(read.id) ?? new Set());
    for (const type of types.get(read.id) ?? [home]) {
      byKey.set(keyOf(read.id, type), { id: ownId(variantId(read.id, home, type)), read, type, home: type === home, combos: new Set(), used: new Set(), listed: listed?.has(type) ?? false });
    }
  }
  for (const { type, listings } of dataSets) for (const { element, combo } of listings) {
    const variant = byKey.get(keyOf(element, type));
    variant?.combos.add(combo === '' ? variant.read.combo : combo);
  }
  for (const { element, cell, type } of resolver.pairs) byKey.get(keyOf(resolver.elements[element]?.id ?? '', type))?.used.add(cell);
  for (const variant of byKey.values()) if (variant.combos.size === 0) variant.combos.add(variant.read.combo);
  return [...byKey.values()].sort((a, b) => byText(a.id, b.id));
}

/**
 * The breakdown of a variant: its combination as it is when that holds every cell its values use, else one of its own with the further
 * cells beside it: files of the field hold values of combinations an element had formerly, and undivided values of divided elements.
 */
function breakdownFor(variant: Variant, breakdowns: Breakdowns, held: Programme | undefined, extra: Map<string, Disaggregation>): Disaggregation | undefined {
  const own = breakdowns.combos.get(variant.combos.has(variant.read.combo) ? variant.read.combo : [...variant.combos].sort(byText)[0] ?? '');
  const base = own === undefined || own.cells.length === 0 ? undefined : own;
  const further = new Set<number>(variant.used);
  for (const combo of variant.combos) {
    if (breakdowns.plain.has(combo) || breakdowns.combos.get(combo) === undefined) { if (variant.combos.size > 1) further.add(0); continue; }
    for (const cell of breakdowns.cellsOf.get(combo) ?? []) further.add(cell);
  }
  const cells = [...further].map((at): Cell => (at === 0 ? { id: plainCell, combo: '', name: 'default' } : breakdowns.cells[at] ?? { id: plainCell, combo: '', name: '' }));
  return extended(`x_${variant.id}`, base, cells, { held, extra });
}

/** The base when it has all these cells (none, when only "not broken down" is asked of no base); otherwise the base with the others added. */
function extended(id: string, base: Disaggregation | undefined, cells: readonly Cell[], { held, extra }: { readonly held: Programme | undefined; readonly extra: Map<string, Disaggregation> }): Disaggregation | undefined {
  const before = held?.disaggregations.get(id);
  const has = new Set(base?.cells.map((cell) => cell.id));
  const more = new Map(cells.filter((cell) => !has.has(cell.id)).map((cell) => [cell.id, cell]));
  for (const cell of before?.cells ?? []) if (!has.has(cell.id) && !more.has(cell.id)) more.set(cell.id, { id: cell.id, combo: '', name: before?.axes[0]?.options.find((option) => option.id === cell.id)?.name.en ?? cell.id });
  if (more.size === 0) return base;
  if (base === undefined && [...more.keys()].every((cell) => cell === plainCell)) return undefined;
  const added = [...more.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id));
  const name = base?.name ?? { vi: 'Phân tổ theo số liệu đã nhập', en: 'Breakdown as found in the values' };
  const words = (cell: Cell): Words => (cell.id === plainCell ? { vi: 'Không phân tổ', en: 'Not broken down' } : { vi: cell.name.slice(0, 500) || cell.id, en: cell.name.slice(0, 500) || cell.id });
  const made: Disaggregation = base === undefined ? flatBreakdown(id, name, added.map((cell) => ({ ...cell, name: words(cell).en }))) : {
    id, name, axes: base.axes.map((axis) => ({ ...axis, options: [...axis.options, ...added.map((cell) => ({ id: cell.id, name: words(cell) }))].slice(0, 500) })),
    cells: [...base.cells, ...added.map((cell) => ({ id: cell.id, options: base.axes.map(() => cell.id) }))].slice(0, 5000), validFrom: always, validTo: null,
  };
  extra.set(id, made);
  return made;
}

function tellElements(elements: readonly ElementRead[], variants: readonly Variant[], breakdownOf: ReadonlyMap<string, Disaggregation | undefined>, report: ObjectReport): void {
  report.read('dataElements', elements.length);
  const listed = new Set(variants.filter((one) => one.listed).map((one) => one.read.id));
  for (const read of elements) {
    const name = namesOf(read);
    if (read.refused !== undefined) { report.refused('dataElements', read.id, name, [read.refused, {}]); continue; }
    report.taken('dataElements');
    for (const note of read.notes) report.changed('dataElements', read.id, name, note);
    if (!listed.has(read.id)) report.changed('dataElements', read.id, name, ['in-no-data-set', {}]);
  }
  for (const one of variants) {
    if (!one.home) report.changed('dataElements', one.read.id, namesOf(one.read), ['copy-for-period-type', { id: one.id, type: one.type }]);
    if (breakdownOf.get(one.id)?.id === `x_${one.id}`) report.changed('dataElements', one.read.id, namesOf(one.read), ['breakdown-extended', { cells: breakdownOf.get(one.id)?.cells.length ?? 0 }]);
  }
}

function dataSetsOf({ bundle, resolver, unitCode, held }: MappingInput, dataSets: readonly DataSetRead[], byKey: ReadonlyMap<string, Variant>, report: ObjectReport): DataSet[] {
  const names = new Map(resolver.elements.map((one) => [one.id, namesOf(one)]));
  const nameOf = (element: string): string => names.get(element) ?? element;
  const made = dataSets.flatMap((dataSet) => {
    const idHere = (element: string): string | undefined => byKey.get(keyOf(element, dataSet.type))?.id;
    const sections = sectionsOf({ dataSet, sections: bundle.of('sections'), idHere, nameOf });
    if (sections.length === 0) { report.refused('dataSets', dataSet.id, textIn(dataSet.object, 'name'), ['data-set-empty', {}]); return []; }
    report.taken('dataSets');
    return [dataSetOf({ dataSet, sections, attribute: null, unitCode, idHere }, report)];
  });
  const spare = new Map<PeriodType, Set<string>>();
  for (const variant of byKey.values()) if (!variant.listed && variant.used.size > 0) spare.set(variant.type, (spare.get(variant.type) ?? new Set()).add(variant.id));
  for (const type of ['month', 'quarter', 'half-year', 'year'] as const) {
    const before = held?.dataSets.get(spareId(type))?.sections.flatMap((section) => section.elements) ?? [];
    const inOthers = new Set(made.flatMap((one) => one.sections.flatMap((section) => section.elements)));
    const elements = [...new Set([...(spare.get(type) ?? []), ...before.filter((one) => !inOthers.has(one) && held?.elements.has(one) === true)])].sort(byText);
    if (elements.length > 0) made.push(spareDataSet(type, elements, []));
  }
  report.read('sections', bundle.of('sections').length);
  report.taken('sections', bundle.of('sections').length);
  return made;
}

/** Homes given by an earlier import stay. */
const homesOf = (dataSets: readonly DataSet[], held: Programme | undefined): Map<string, string> => homeDataSets(dataSets, held === undefined ? undefined : homeDataSets(held.dataSets.values()));

type AttributeInput = { readonly input: MappingInput; readonly variants: readonly Variant[]; readonly byKey: ReadonlyMap<string, Variant>; readonly extra: Map<string, Disaggregation> };

/** The further dimension of each data set: its own combination, with what the values at home in it use beside. */
function attributesFor(dataSets: readonly DataSet[], { input: { bundle, breakdowns, resolver, held }, byKey, extra }: AttributeInput): DataSet[] {
  const homes = homesOf(dataSets, held);
  const used = new Map<string, Set<number>>();
  for (const key of resolver.attributesUsed) {
    const pair = resolver.pairs[Math.floor(key / cellSpan)];
    const attribute = key % cellSpan;
    const variant = pair === undefined ? undefined : byKey.get(keyOf(resolver.elements[pair.element]?.id ?? '', pair.type));
    const home = variant === undefined ? undefined : homes.get(variant.id);
    if (home !== undefined && attribute !== 0) used.set(home, (used.get(home) ?? new Set()).add(attribute));
  }
  const comboOf = new Map(bundle.of('dataSets').map((object) => [ownId(textIn(object, 'id')), comboIdOf(object)]));
  return dataSets.map((dataSet) => {
    const cells = [...(used.get(dataSet.id) ?? [])].flatMap((at) => { const cell = breakdowns.cells[at]; return cell === undefined ? [] : [cell]; });
    const own = breakdowns.combos.get(comboOf.get(dataSet.id) ?? '');
    const first = own ?? breakdowns.combos.get([...cells].sort((a, b) => byText(a.combo, b.combo))[0]?.combo ?? '');
    const attribute = extended(`xa_${dataSet.id.slice(0, 58)}`, first, cells, { held, extra });
    return { ...dataSet, attribute: attribute?.id ?? null };
  });
}
const comboIdOf = (object: Readonly<Record<string, unknown>>): string => {
  const combo = object['categoryCombo'];
  return typeof combo === 'object' && combo !== null && 'id' in combo && typeof combo.id === 'string' ? combo.id : '';
};

function placeOf({ element, cell, type }: Pair, { breakdowns, resolver }: MappingInput, byKey: ReadonlyMap<string, Variant>, breakdownOf: ReadonlyMap<string, Disaggregation | undefined>): { element: string; cell: string } {
  const id = byKey.get(keyOf(resolver.elements[element]?.id ?? '', type))?.id ?? '';
  if (breakdownOf.get(id) === undefined) return { element: id, cell: '' };
  return { element: id, cell: cell === 0 ? plainCell : breakdowns.cells[cell]?.id ?? '' };
}

/** Whether anybody asks a unit for an element does not decide if its value is kept; the row says when nobody does. */
function assignedUnits(pairs: readonly Pair[], dataSets: readonly DataSetRead[], { resolver }: MappingInput): (ReadonlySet<string> | undefined)[] {
  const units = new Map<string, Set<string>>();
  for (const { type, listings, object } of dataSets) {
    const given = Array.isArray(object['organisationUnits']) ? object['organisationUnits'].flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : typeof one === 'string' ? [one] : [])) : [];
    for (const { element } of listings) {
      const key = keyOf(element, type);
      const set = units.get(key) ?? new Set<string>();
      for (const unit of given) set.add(unit);
      units.set(key, set);
    }
  }
  return pairs.map(({ element, type }) => units.get(keyOf(resolver.elements[element]?.id ?? '', type)));
}

function renamingOf(breakdowns: Breakdowns, byKey: ReadonlyMap<string, Variant>, breakdownOf: ReadonlyMap<string, Disaggregation | undefined>): Renaming {
  return {
    isPlain: (cell, element) => breakdowns.byId.get(cell) === 0 || (breakdowns.mayBeDefault(cell) && breakdownOf.get(element) === undefined),
    elementFor: (element, type) => (type === undefined ? element : byKey.get(keyOf(element, type))?.id ?? element),
    plainCellOf: (element) => (breakdownOf.get(element)?.cells.some((cell) => cell.id === plainCell) === true ? plainCell : ''),
  };
}

function headOf({ resolver, levels, held }: MappingInput): ProgrammeHead {
  const months = resolver.periods.map((period) => (/^\d{4}-\d{2}$/u.test(period) ? period : `${period.slice(0, 4)}-01`)).sort();
  const first = [months[0], held?.head.firstPeriod].filter((one) => one !== undefined).sort()[0] ?? '2020-01';
  return {
    id: 'dhis2', name: { vi: 'Chương trình nhập từ DHIS2', en: 'Programme imported from DHIS2' }, calendar: { startDay: 1 }, firstPeriod: first, earliestMap: null,
    levels: levels.length > 0 ? [...levels] : [...(held?.head.levels ?? [])],
  };
}
