/** Formulas of rules and indicators: they read well, name what exists, divide by nothing that is always zero, and add only what can be added. */
import { circleIn, compileOutcome, readFormula, type DataReference, type Formula, type FormulaProblem, type KnownIds, type Node, type ValueSource } from '../formula/index.ts';
import type { Verdict } from '../schema/files.ts';
import { homeDataSets } from '../schema/duties.ts';
import type { DataElement, ValidationRule } from '../schema/items.ts';
import type { At, Known } from './known.ts';
import { error, warning } from './read-items.ts';

type Place = { readonly at: At; readonly field: string };

export function checkFormulas(known: Known): Verdict[] {
  const ids = knownIds(known);
  const collected = periodTypesOf(known);
  const found: Verdict[] = [];
  const read = (text: string, place: Place): Formula[] => {
    const formula = readFormula(text, ids, 'number');
    if (!formula.ok) { found.push(...formula.problem.problems.slice(0, 5).map((problem) => wrong(problem, place))); return []; }
    found.push(...checkCells(formula.value, place, known), ...checkSums(formula.value, place, known));
    return [formula.value];
  };
  for (const { item, at } of known.all('rule')) {
    const sides = (['left', 'right'] as const).flatMap((side) => read(item[side].formula, { at, field: side }));
    found.push(...checkIndicators(sides, at), ...checkAcross(sides, item, { at, field: 'severity' }, known));
    found.push(...checkPeriods(sides, { periodType: item.periodType, collected }, { at, field: 'periodType' }));
  }
  const byIndicator = new Map<string, Formula[]>();
  for (const { item, at } of known.all('indicator')) {
    const denominator = item.denominator === null ? [] : read(item.denominator, { at, field: 'denominator' });
    if (denominator.some(alwaysZero)) found.push(error(at, 'denominator-zero', 'denominator', { formula: item.denominator ?? '' }));
    byIndicator.set(item.id, [...(byIndicator.get(item.id) ?? []), ...read(item.numerator, { at, field: 'numerator' }), ...denominator]);
  }
  const circle = circleIn(byIndicator);
  if (circle !== undefined) found.push(error({ file: known.of('indicator', circle[0] ?? '').at(-1)?.file ?? '', kind: 'indicator', item: circle[0] ?? '' }, 'circle', 'numerator', { circle: circle.join(' → ') }));
  return found;
}

/** Groups, units and their facts belong to the register of units, which is read when figures are computed. */
function knownIds(known: Known): KnownIds {
  const set = (kind: 'data-element' | 'constant' | 'indicator' | 'data-set'): Set<string> => new Set(known.all(kind).map(({ item }) => item.id));
  // Groups of elements and of options are no items of a programme: a formula that names one would never find a value.
  return { elementGroups: new Set(), optionGroups: new Set(), elements: set('data-element'), constants: set('constant'), indicators: set('indicator'), dataSets: set('data-set') };
}

const wrong = ({ code, line, column, caret, facts }: FormulaProblem, { at, field }: Place): Verdict => error(at, 'formula-wrong', field, { ...facts, problem: code, line, column, caret });

/** A formula without references asks for nothing. */
const noValues: ValueSource = { read: () => null };
const alwaysZero = (formula: Formula): boolean => formula.references.length === 0 && compileOutcome(formula, 'never_skip')(noValues).value === 0;

const dataOf = (formula: Formula): DataReference[] => formula.references.flatMap((one) => (one.kind === 'data' ? [one] : []));

/** The cells a reference names are cells (or options) of the element's own breakdown, in one of its versions. */
function checkCells(formula: Formula, { at, field }: Place, known: Known): Verdict[] {
  return dataOf(formula).flatMap((reference) => {
    if (reference.of !== 'element' || reference.options.length === 0 || reference.optionKind === 'option-group') return [];
    const breakdowns = known.of('data-element', reference.element).flatMap((version) => known.latest('disaggregation', String(version.body['disaggregation'])) ?? []);
    const cells = new Set(breakdowns.flatMap((one) => (reference.optionKind === 'option' ? one.axes.flatMap((axis) => axis.options.map((option) => option.id)) : one.cells.map((cell) => cell.id))));
    return reference.options.filter((id) => !cells.has(id)).map((cell) => error(at, 'cell-unknown', field, { element: reference.element, cell, cells: [...cells].slice(0, 12).join(', ') }));
  });
}

const stocks = new Set<DataElement['aggregation']>(['last', 'average', 'average-sum', 'min', 'max', 'none']);
const averaged = (element: DataElement): boolean => element.aggregation === 'average' || element.valueType === 'percent';

/** C1's refusals: a stock added over months, averages or per cents added to one another, people added to money. */
function checkSums(formula: Formula, { at, field }: Place, known: Known): Verdict[] {
  const found: Verdict[] = [];
  for (const reference of dataOf(formula)) {
    const element = known.latest('data-element', reference.element);
    if (element === undefined || !stocks.has(element.aggregation)) continue;
    if (reference.period.aggregation === 'SUM') found.push(error(at, 'sum-of-stock', field, { element: element.id, aggregation: element.aggregation }));
    else if (reference.period.yearToDate) found.push(error(at, 'year-to-date-of-stock', field, { element: element.id, aggregation: element.aggregation }));
  }
  for (const elements of addedIn(formula.ast, known)) {
    const means = elements.filter(averaged);
    if (means.length > 1) found.push(error(at, 'averages-added', field, { elements: [...new Set(means.map((one) => one.id))].join(', ') }));
    const units = new Set(elements.map((one) => one.unit.code));
    if (units.size > 1) found.push(warning(at, 'units-added', field, { units: [...units].join(', '), elements: elements.map((one) => one.id).join(', ') }));
  }
  return found;
}

/** Elements whose values are added to each other as they are, one list for each chain of additions. */
function addedIn(node: Node, known: Known): DataElement[][] {
  if (node.kind === 'reference' || node.kind === 'number' || node.kind === 'text' || node.kind === 'boolean' || node.kind === 'null') return [];
  if (node.kind === 'chain') {
    const parts = [node.first, ...node.rest.map((link) => link.operand)];
    const adds = node.rest.length > 0 && node.rest.every((link) => link.operator === '+');
    const here = adds ? [parts.flatMap((part) => elementOf(part, known))] : [];
    return [...here.filter((list) => list.length > 1), ...parts.flatMap((part) => addedIn(part, known))];
  }
  if (node.kind === 'unary') return addedIn(node.operand, known);
  if (node.kind === 'power') return [...addedIn(node.base, known), ...addedIn(node.exponent, known)];
  return node.args.flatMap((arg) => addedIn(arg, known));
}

function elementOf(node: Node, known: Known): DataElement[] {
  if (node.kind !== 'reference' || node.reference.kind !== 'data') return [];
  const element = known.latest('data-element', node.reference.element);
  return element === undefined ? [] : [element];
}

/** A rule is about what was reported; an indicator is written out in it, or judged by its own target. */
const checkIndicators = (formulas: readonly Formula[], at: At): Verdict[] =>
  formulas.flatMap((formula) => formula.references).flatMap((one) => (one.kind === 'indicator' ? [error(at, 'rule-names-indicator', 'left', { id: one.id })] : []));

/** A return is not refused for what stands in another one: a hard rule over several opens a work item, as a soft one does. */
function checkAcross(formulas: readonly Formula[], rule: ValidationRule, { at, field }: Place, known: Known): Verdict[] {
  if (rule.severity !== 'hard') return [];
  const homes = homeDataSets(known.all('data-set').map(({ item }) => item));
  const dataSets = new Set(formulas.flatMap(dataOf).flatMap((one) => homes.get(one.element) ?? []));
  const beyond = formulas.flatMap((formula) => formula.references).some((one) => one.kind === 'reporting-rate' || one.kind === 'unit-count');
  return dataSets.size > 1 || beyond ? [warning(at, 'rule-across-hard', field, { dataSets: [...dataSets].join(', ') })] : [];
}

/** A monthly rule over a quarterly figure would never find a value; a quarterly one over monthly figures adds them up. */
function checkPeriods(formulas: readonly Formula[], { periodType, collected }: { readonly periodType: string; readonly collected: ReadonlyMap<string, ReadonlySet<string>> }, { at, field }: Place): Verdict[] {
  return [...new Set(formulas.flatMap(dataOf).map((one) => one.element))].flatMap((element) => {
    const types = collected.get(element);
    return types !== undefined && [...types].every((one) => monthsIn(one) > monthsIn(periodType)) ? [warning(at, 'rule-period-differs', field, { element, periodType: [...types].join(', ') })] : [];
  });
}

const monthsIn = (type: string): number => ({ month: 1, quarter: 3, 'half-year': 6, 'nine-months': 9, year: 12 })[type] ?? 0;
/** Period types an element is collected for. */
function periodTypesOf(known: Known): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const { item } of known.all('data-set')) for (const element of item.sections.flatMap((section) => section.elements)) types.set(element, (types.get(element) ?? new Set()).add(item.periodType));
  return types;
}
