/** Validation rules over one return: the field's expression language, compiled once a form, the same in browser and server. */
import { monthsOf, periodTypeOf, shiftPeriod, yearToDate, type Period } from '#kernel/period.ts';
import { daysBetween } from '#kernel/day.ts';
import { compileRule, type CompiledRule, type DataReference, type Reference, type RuleText, type ValueSource } from '#modules/definitions/formula/index.ts';
import type { ValidationRule } from '#modules/definitions/schema.ts';
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
const sampled = /\b(avg|sum|min|max|count|median|stddev|stddevPop|stddevSamp|variance|percentileCont)\s*\(/;
const samplePeriods = Array.from({ length: 12 }, (_, i) => i - 12);

type Compiled = { readonly rule: ValidationRule; readonly compiled: CompiledRule };
type Ready = { readonly rules: readonly Compiled[]; readonly slotsOf: (reference: DataReference) => readonly number[]; readonly needs: readonly Period[] };
const ready = new WeakMap<Form, Ready>();

function readyOf(form: Form): Ready {
  const known = ready.get(form);
  if (known !== undefined) return known;
  const rules = form.rules.flatMap((rule): Compiled[] => {
    const compiled = compileRule({
      left: { text: rule.left.formula, missing: strategies[rule.left.missing] }, operator: operators[rule.operator], right: { text: rule.right.formula, missing: strategies[rule.right.missing] },
    });
    return compiled.ok ? [{ rule, compiled: compiled.value }] : []; // the loader refused what does not compile
  });
  const made: Ready = { rules, slotsOf: slotFinder(form), needs: [...new Set(rules.flatMap((one) => periodsAsked(form, one)))].sort() };
  ready.set(form, made);
  return made;
}

/** Earlier periods that the rules of a form ask for: previous ones, the year to date. Empty for most forms. */
export const periodsNeeded = (form: Form): readonly Period[] => readyOf(form).needs;

function periodsAsked(form: Form, { rule, compiled }: Compiled): Period[] {
  const shifted = compiled.references.flatMap((reference) => (reference.kind === 'data' ? periodsOf(form.period, reference, 0) : []));
  const samples = sampled.test(rule.left.formula) || sampled.test(rule.right.formula) ? samplePeriods.map((offset) => shiftPeriod(form.period, offset)) : [];
  return [...shifted, ...samples].filter((period) => period !== form.period);
}

/** The periods one reference adds up. */
function periodsOf(period: Period, reference: DataReference, shift: number): Period[] {
  const at = shiftPeriod(period, reference.period.offset + shift);
  if (!reference.period.yearToDate) return [at];
  if (periodTypeOf(at) === 'month') return yearToDate(at);
  const list: Period[] = [];
  for (let one = at; one.slice(0, 4) === at.slice(0, 4); one = shiftPeriod(one, -1)) list.unshift(one);
  return list;
}

function slotFinder(form: Form): Ready['slotsOf'] {
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

type Reading = { readonly form: Form; readonly vals: readonly (number | null)[]; readonly unit: UnitFacts; readonly history: History; readonly slotsOf: Ready['slotsOf'] };
function readReference({ form, vals, unit, history, slotsOf }: Reading, reference: Reference, shift: number): number | string | boolean | null {
  switch (reference.kind) {
    case 'data': {
      const slots = slotsOf(reference);
      let total: number | null = null;
      for (const period of periodsOf(form.period, reference, shift)) {
        const vector = period === form.period ? vals : history.get(period);
        for (const slot of slots) { const value = vector?.[slot - 1]; if (value !== null && value !== undefined) total = (total ?? 0) + value; }
      }
      return total;
    }
    case 'constant': return form.programme.constants.get(reference.id)?.value ?? null;
    case 'attribute': return unit.attributes[reference.id] ?? null;
    case 'calendar': {
      if (reference.fact === 'days') return daysBetween(form.first, form.last) + 1;
      return reference.fact === 'yearlyPeriodCount' ? 12 / monthsOf(form.period).length : Number(form.period.replace(/^\d{4}-?[A-Z]?/, '') || 1);
    }
    case 'unit-test': return reference.test === 'ancestor' ? reference.ids.some((id) => unit.ancestors.includes(id)) : reference.test === 'group' ? reference.ids.some((id) => unit.groups.includes(id)) : reference.ids.includes(form.dataSet.id);
    default: return null;
  }
}
