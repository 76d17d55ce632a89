/** Indicators, validation rules and constants of the field's metadata; formulas stay as they are written. Pure. */
import type { PeriodType } from '#kernel/period.ts';
import type { Constant, Indicator, ValidationRule } from '#modules/definitions/schema.ts';
import { always } from './breakdowns.ts';
import type { Bundle } from './bundle.ts';
import { periodTypeNames } from './data-sets.ts';
import { sourceOf } from './elements.ts';
import { idOf, isLoose, numberIn, ownId, refIn, refsIn, textIn, wordsIn, type Loose } from './loose.ts';
import type { ObjectReport } from './report.ts';

/** How names inside formulas are written here: the default breakdown is none, and a copy for another type of period has its own id. */
export type Renaming = {
  readonly isPlain: (cell: string, element: string) => boolean;
  readonly elementFor: (element: string, type: PeriodType | undefined) => string;
  /** The id of "not broken down" in an element that is broken down otherwise; '' when it is not broken down at all. */
  readonly plainCellOf: (element: string) => string;
};

/** `#{element.default}` is `#{element}` here. */
export function renamed(formula: string, type: PeriodType | undefined, { isPlain, elementFor, plainCellOf }: Renaming): string {
  return formula.replace(/#\{\s*([A-Za-z0-9]+)((?:\.[A-Za-z0-9*]+)*)\s*\}/gu, (whole, element: string, rest: string) => {
    const [, cell, attribute, ...more] = rest.split('.');
    if (more.length > 0) return whole;
    const id = elementFor(element, type);
    const cellHere = cell === undefined || cell === '*' ? '' : isPlain(cell, id) ? plainCellOf(id) : cell;
    const attributeHere = attribute === undefined || attribute === '*' || isPlain(attribute, id) ? '' : attribute;
    if (attributeHere !== '') return `#{${id}.${cellHere === '' ? '*' : cellHere}.${attributeHere}}`;
    return cellHere === '' ? `#{${id}}` : `#{${id}.${cellHere}}`;
  });
}

const operators: Readonly<Record<string, ValidationRule['operator']>> = {
  equal_to: '==', not_equal_to: '!=', greater_than: '>', greater_than_or_equal_to: '>=', less_than: '<', less_than_or_equal_to: '<=', compulsory_pair: 'compulsory_pair', exclusive_pair: 'exclusive_pair',
};
const missing: Readonly<Record<string, ValidationRule['left']['missing']>> = {
  NEVER_SKIP: 'never-skip', SKIP_IF_ANY_VALUE_MISSING: 'skip-if-any-missing', SKIP_IF_ALL_VALUES_MISSING: 'skip-if-all-missing',
};

export function rulesOf(bundle: Bundle, renaming: Renaming, report: ObjectReport): ValidationRule[] {
  const given = bundle.of('validationRules');
  report.read('validationRules', given.length);
  return given.flatMap((rule) => {
    const [id, name] = [idOf(rule), textIn(rule, 'name')];
    const type = periodTypeNames[textIn(rule, 'periodType')];
    if (type === undefined) { report.refused('validationRules', id, name, ['period-type-not-kept', { type: textIn(rule, 'periodType') }]); return []; }
    const operator = operators[textIn(rule, 'operator').toLowerCase()];
    const [left, right] = [sideOf(rule, 'leftSide'), sideOf(rule, 'rightSide')];
    if (operator === undefined || left === undefined || right === undefined) { report.refused('validationRules', id, name, ['rule-incomplete', {}]); return []; }
    if (left.sliding || right.sliding) { report.refused('validationRules', id, name, ['rule-sliding-window', {}]); return []; }
    report.taken('validationRules');
    const made = (side: Side): ValidationRule['left'] => ({ formula: renamed(side.formula, type, renaming), missing: side.missing });
    return [{
      id: ownId(id), name: wordsIn(rule, ['name', 'displayName'], 500), instruction: wordsIn(rule, ['instruction', 'description', 'name'], 4000), severity: 'soft' as const, periodType: type,
      left: made(left), operator, right: made(right), validFrom: always, validTo: null,
    }];
  });
}

type Side = { readonly formula: string; readonly missing: ValidationRule['left']['missing']; readonly sliding: boolean };
function sideOf(rule: Loose, key: string): Side | undefined {
  const side = rule[key];
  if (!isLoose(side) || textIn(side, 'expression') === '') return undefined;
  return { formula: textIn(side, 'expression'), missing: missing[textIn(side, 'missingValueStrategy')] ?? 'never-skip', sliding: side['slidingWindow'] === true };
}

export function indicatorsOf(bundle: Bundle, renaming: Renaming, report: ObjectReport): Indicator[] {
  const given = bundle.of('indicators');
  const types = new Map(bundle.of('indicatorTypes').map((type) => [idOf(type), type]));
  report.read('indicators', given.length);
  report.read('indicatorTypes', types.size);
  report.taken('indicatorTypes', types.size);
  const groups = groupsOf(bundle);
  return given.flatMap((indicator) => {
    const [id, name] = [idOf(indicator), textIn(indicator, 'name')];
    const numerator = textIn(indicator, 'numerator');
    if (numerator === '') { report.refused('indicators', id, name, ['formula-missing', {}]); return []; }
    if (indicator['annualized'] === true) report.changed('indicators', id, name, ['annualized-left', {}]);
    const type = types.get(refIn(indicator, 'indicatorType'));
    const factor = type === undefined ? 1 : numberIn(type, 'factor') ?? 1;
    const denominator = textIn(indicator, 'denominator');
    const percent = factor === 100;
    report.taken('indicators');
    return [{
      id: ownId(id), name: wordsIn(indicator, ['name', 'displayName', 'shortName'], 500), shortName: wordsIn(indicator, ['shortName', 'name'], 500),
      definition: wordsIn(indicator, ['description', 'name'], 4000), counts: sidesOf(indicator, 'numeratorDescription'), doesNotCount: null,
      numerator: renamed(numerator, undefined, renaming), denominator: denominator === '' || denominator === '1' ? null : renamed(denominator, undefined, renaming),
      factor: factor > 0 ? factor : 1, decimals: Math.max(0, Math.min(6, numberIn(indicator, 'decimals') ?? (denominator === '1' ? 0 : 1))),
      unit: percent ? { code: 'percent', vi: '%', en: '%' } : { code: 'number', vi: 'số', en: 'number' }, polarity: 'none' as const, measures: percent ? 'coverage' as const : 'effort' as const,
      owner: { vi: 'Hệ thống nguồn', en: 'Source system' }, source: sourceOf(indicator), group: groups.get(id) ?? 'imported', validFrom: always, validTo: null,
    }];
  });
}

const sidesOf = (object: Loose, key: string): Indicator['counts'] => (textIn(object, key) === '' ? null : wordsIn(object, [key], 4000));

/** The first group by id an indicator is in: the catalogue needs one place for it. */
function groupsOf(bundle: Bundle): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of bundle.of('indicatorGroups')) for (const indicator of refsIn(group, 'indicators')) if (!found.has(indicator)) found.set(indicator, ownId(idOf(group)));
  return found;
}

export function constantsOf(bundle: Bundle, report: ObjectReport): Constant[] {
  report.read('constants', bundle.of('constants').length);
  return bundle.of('constants').flatMap((constant) => {
    const value = numberIn(constant, 'value');
    if (value === undefined) { report.refused('constants', idOf(constant), textIn(constant, 'name'), ['value-missing', {}]); return []; }
    report.taken('constants');
    return [{ id: ownId(idOf(constant)), name: wordsIn(constant, ['name', 'displayName'], 500), value, validFrom: always, validTo: null }];
  });
}
