/** Validation rules over one return: the field's expression language, compiled once a form, the same in browser and server. */
import { shiftPeriod, type Period } from '#kernel/period.ts';
import { daysBetween } from '#kernel/day.ts';
import { calendarFactOf, compileRule, type CompiledRule, type DataReference, type Reference, type RuleText, type UnitTest, type ValueSource } from '#modules/definitions/formula/index.ts';
import type { ValidationRule } from '#modules/definitions/schema.ts';
import { overPeriods, periodsAsked } from './across.ts';
import type { Form } from './form.ts';

/** Earlier vectors of the same unit and data set by period; undefined when there was no return. */
export type History = ReadonlyMap<Period, readonly (number | null)[]>;
export type UnitFacts = { readonly attributes: Readonly<Record<string, number>>; readonly ancestors: readonly string[]; readonly groups: readonly string[] };
export type Broken = { readonly rule: ValidationRule; readonly left: number | null; readonly right: number | null; readonly slots: readonly number[] };

const operators: Readonly<Record<ValidationRule['operator'], RuleText['operator']>> = {
  '==': 'equal_to', '!=': 'not_equal_to', '>': 'greater_than', '>=': 'greater_than_or_equal_to', '<': 'less_than', '<=': 'less_than_or_equal_to',
  compulsory_pair: 'compulsory_pair', exclusive_pair: 'exclusive_pair',
};
const strategies = { 'never-skip': 'never_skip', 'skip-if-any-missing': 'skip_if_any_value_missing', 'skip-if-all-missing': 'skip_if_all_values_missing' } as const;
/** A rule in the definitions' words as the language compiles it. */
export const compiledOf = (rule: ValidationRule): ReturnType<typeof compileRule> => compileRule({
  left: { text: rule.left.formula, missing: strategies[rule.left.missing] }, operator: operators[rule.operator], right: { text: rule.right.formula, missing: strategies[rule.right.missing] },
});
const sampled = /\b(avg|sum|min|max|count|median|stddev|stddevPop|stddevSamp|variance|percentileCont)\s*\(/;
/** Whether a rule aggregates over the twelve periods before. */
export const isSampled = ({ left, right }: ValidationRule): boolean => sampled.test(left.formula) || sampled.test(right.formula);
export const samplePeriods = Array.from({ length: 12 }, (_, i) => i - 12);

type Compiled = { readonly rule: ValidationRule; readonly compiled: CompiledRule };
type Ready = { readonly rules: readonly Compiled[]; readonly slotsOf: (reference: DataReference) => readonly number[]; readonly needs: readonly Period[] };
const ready = new WeakMap<Form, Ready>();

function readyOf(form: Form): Ready {
  const known = ready.get(form);
  if (known !== undefined) return known;
  const rules = form.rules.flatMap((rule): Compiled[] => {
    const compiled = compiledOf(rule);
    return compiled.ok ? [{ rule, compiled: compiled.value }] : []; // the loader refused what does not compile
  });
  const made: Ready = { rules, slotsOf: slotFinder(form), needs: [...new Set(rules.flatMap((one) => earlierAsked(form, one)))].sort() };
  ready.set(form, made);
  return made;
}

/** Earlier periods that the rules of a form ask for: previous ones, the year to date. Empty for most forms. */
export const periodsNeeded = (form: Form): readonly Period[] => readyOf(form).needs;

function earlierAsked(form: Form, { rule, compiled }: Compiled): Period[] {
  const shifted = compiled.references.flatMap((reference) => (reference.kind === 'data' ? periodsOf(form, reference, 0) : []));
  const samples = isSampled(rule) ? samplePeriods.map((offset) => shiftPeriod(form.period, offset)) : [];
  return [...shifted, ...samples].filter((period) => period !== form.period);
}

/** The periods one reference asks for. */
const periodsOf = (form: Form, reference: DataReference, shift: number): Period[] => periodsAsked(form.period, reference.period, shift, form.programme.head.calendar);

/** The places a reference names, in one form. */
export function slotFinder(form: Form): Ready['slotsOf'] {
  const byElement = Map.groupBy(form.slots.values(), (one) => one.element.id);
  const known = new Map<string, readonly number[]>();
  return (reference) => {
    const found = known.get(reference.key);
    if (found !== undefined) return found;
    const places = byElement.get(reference.element) ?? [];
    const cells = places[0] === undefined ? undefined : form.programme.disaggregations.get(places[0].element.disaggregation ?? '')?.cells;
    const asked = places.filter(({ cell }) => {
      if (reference.options.length === 0) return true;
      if (reference.optionKind === 'combination') return reference.options.includes(cell);
      return cells?.find((one) => one.id === cell)?.options.some((option) => reference.options.includes(option)) === true;
    }).map((one) => one.slot);
    known.set(reference.key, asked);
    return asked;
  };
}

/**
 * The rules this return breaks; those that are skipped, or cannot be computed, are not broken.
 *
 * @param history at least the periods of `periodsNeeded`
 */
export function brokenRules(form: Form, vals: readonly (number | null)[], unit: UnitFacts, history: History): Broken[] {
  const { rules, slotsOf } = readyOf(form);
  if (rules.length === 0) return [];
  const source: ValueSource = { samplePeriods, read: (reference, shift) => readReference({ form, vals, unit, history, slotsOf }, reference, shift) };
  return rules.flatMap(({ rule, compiled }) => {
    const { verdict, left, right } = compiled.evaluate(source);
    if (verdict !== 'broken') return [];
    return [{ rule, left, right, slots: [...new Set(compiled.references.flatMap((one) => (one.kind === 'data' ? slotsOf(one) : [])))] }];
  });
}

/** Of several boxes the sum of those that were answered. */
export function sumAt(vector: readonly (number | null)[] | undefined, slots: readonly number[]): number | null {
  let total: number | null = null;
  for (const slot of slots) { const value = vector?.[slot - 1]; if (value !== null && value !== undefined) total = (total ?? 0) + value; }
  return total;
}

type Reading = { readonly form: Form; readonly vals: readonly (number | null)[]; readonly unit: UnitFacts; readonly history: History; readonly slotsOf: Ready['slotsOf'] };
function readReference({ form, vals, unit, history, slotsOf }: Reading, reference: Reference, shift: number): number | string | boolean | null {
  switch (reference.kind) {
    case 'data': {
      const slots = slotsOf(reference);
      const { offset, yearToDate, from, to } = reference.period;
      const at = (period: Period): number | null => sumAt(period === form.period ? vals : history.get(period), slots);
      if (!yearToDate && from === null && to === null) return at(offset + shift === 0 ? form.period : shiftPeriod(form.period, offset + shift));
      const element = form.programme.elements.get(reference.element);
      return element === undefined ? null : overPeriods(periodsOf(form, reference, shift).map(at), element, reference);
    }
    case 'constant': return form.programme.constants.get(reference.id)?.value ?? null;
    case 'attribute': return unit.attributes[reference.id] ?? null;
    case 'calendar': return calendarFactOf(reference.fact, form.period, daysBetween(form.first, form.last) + 1);
    case 'unit-test': return reference.test === 'dataSet' ? reference.ids.includes(form.dataSet.id) : isUnitOf(reference, unit);
    default: return null;
  }
}

/** `orgUnit.ancestor(…)` and `orgUnit.group(…)`. */
export const isUnitOf = ({ test, ids }: { readonly test: UnitTest; readonly ids: readonly string[] }, { ancestors, groups }: UnitFacts): boolean =>
  ids.some((id) => (test === 'ancestor' ? ancestors : groups).includes(id));
