/** The validation rules of a form, compiled once and asked again only where a box changed: the same code as on the server. Pure. */
import { shiftPeriod } from '#kernel/period.ts';
import { compileRule, type CompiledRule, type DataReference, type MissingStrategy, type Reference, type RuleOperator, type RuleVerdict, type Value } from '#modules/definitions/formula/index.ts';
import type { CellValue, FormRule, ReturnForm, ShownValue } from '../schema.ts';
import { foldable } from '../rules/fold.ts';
import { outlierOf } from '../rules/outliers.ts';
import { type Box, plainValue, type Values, type Words } from './boxes.ts';

const strategies: Readonly<Record<FormRule['left']['missing'], MissingStrategy>> = {
  'never-skip': 'never_skip', 'skip-if-any-missing': 'skip_if_any_value_missing', 'skip-if-all-missing': 'skip_if_all_values_missing',
};
const operators: Readonly<Record<FormRule['operator'], RuleOperator>> = {
  '==': 'equal_to', '!=': 'not_equal_to', '>': 'greater_than', '>=': 'greater_than_or_equal_to', '<': 'less_than', '<=': 'less_than_or_equal_to', compulsory_pair: 'compulsory_pair', exclusive_pair: 'exclusive_pair',
};

export type LiveRule = {
  readonly rule: FormRule;
  /** Slots of this period it looks at, in the order of the form; the sentence stands at the last. */
  readonly slots: readonly number[];
  readonly evaluate: (values: Values) => RuleVerdict;
};
/** `waiting`: boxes it needs are still empty. */
export type Finding = { readonly rule: string; readonly kind: 'rule' | 'unusual'; readonly severity: 'hard' | 'soft'; readonly slots: readonly number[]; readonly slot: number; readonly words: Words; readonly left: number | null; readonly right: number | null };

type Places = { readonly form: ReturnForm; readonly slotsOf: ReadonlyMap<string, readonly { readonly slot: number; readonly cell: string }[]>; readonly at: ReadonlyMap<number, number> };

function placesOf(form: ReturnForm): Places {
  const elements = form.sections.flatMap((section) => section.elements);
  return { form, slotsOf: new Map(elements.map((element) => [element.id, element.cells])), at: new Map(form.slots.map((slot, at) => [slot, at])) };
}

const slotsAsked = (places: Places, reference: DataReference): readonly number[] =>
  (places.slotsOf.get(reference.element) ?? []).filter((one) => reference.options.length === 0 || reference.options.includes(one.cell)).map((one) => one.slot);

/** Options and groups of options are resolved by the server; here such a rule waits for its answer. */
const isLocal = (reference: Reference): boolean =>
  reference.kind === 'data' ? reference.of === 'element' && reference.optionKind === 'combination' && reference.period.from === null && reference.period.aggregation === null : reference.kind === 'constant' || reference.kind === 'attribute';

const sumOf = (values: readonly CellValue[]): number | null => {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
};

/** Periods of the year up to one, itself included. */
function yearUpTo(period: string): string[] {
  const list: string[] = [];
  for (let at = period; at.slice(0, 4) === period.slice(0, 4); at = shiftPeriod(at, -1)) list.push(at);
  return list;
}

/** As the server reads it: this period from the boxes, earlier ones from the twelve months that came with the form. */
function readData(places: Places, values: Values, reference: DataReference, shift: number): Value {
  const { form, at } = places;
  const slots = slotsAsked(places, reference);
  const asked = shiftPeriod(form.key.period, reference.period.offset + shift);
  return sumOf((reference.period.yearToDate ? yearUpTo(asked) : [asked]).flatMap((period) => {
    if (period === form.key.period) return slots.map((slot) => values.get(slot) ?? null);
    const past = form.months.find((month) => month.period === period && isWhole(month))?.values;
    return slots.map((slot): CellValue => { const value: ShownValue = past?.[at.get(slot) ?? -1] ?? null; return plainValue(value); });
  }));
}
/** Of a unit made of others: whether all of them had reported then. */
const isWhole = ({ before }: ReturnForm['months'][number]): boolean => before === null || foldable(before);
const samplePeriods = Array.from({ length: 12 }, (_, i) => i - 12);

/** @returns the rules this device can judge by itself; one that cannot be compiled is the definitions' fault and left to the server */
export function liveRulesOf(form: ReturnForm): LiveRule[] {
  const places = placesOf(form);
  return form.rules.flatMap((rule): LiveRule[] => {
    const compiled = compileRule({
      left: { text: rule.left.formula, missing: strategies[rule.left.missing] }, operator: operators[rule.operator], right: { text: rule.right.formula, missing: strategies[rule.right.missing] },
    });
    if (!compiled.ok || !compiled.value.references.every(isLocal)) return [];
    return [{ rule, slots: slotsOfRule(places, compiled.value), evaluate: (values) => compiled.value.evaluate({ samplePeriods, read: (reference, shift) => readOne(places, values, reference, shift) }) }];
  });
}

function readOne(places: Places, values: Values, reference: Reference, shift: number): Value {
  switch (reference.kind) {
    case 'data': return readData(places, values, reference, shift);
    case 'constant': return places.form.constants[reference.id] ?? null;
    case 'attribute': return places.form.unitAttributes[reference.id] ?? null;
    default: return null;
  }
}

function slotsOfRule(places: Places, compiled: CompiledRule): readonly number[] {
  const asked = new Set(compiled.references.flatMap((reference) => (reference.kind === 'data' && reference.period.offset === 0 ? slotsAsked(places, reference) : [])));
  return places.form.slots.filter((slot) => asked.has(slot));
}

/**
 * @param whole false while boxes are being filled: a rule with an empty box is not yet broken. True for the review, where blanks count
 * as the rule says.
 */
export function findingOf(live: LiveRule, values: Values, whole: boolean): Finding | undefined {
  if (!whole && live.slots.some((slot) => (values.get(slot) ?? null) === null)) return undefined;
  const { verdict, left, right } = live.evaluate(values);
  if (verdict !== 'broken') return undefined;
  return { rule: live.rule.id, kind: 'rule', severity: live.rule.severity, slots: live.slots, slot: live.slots[live.slots.length - 1] ?? 0, words: live.rule.instruction, left, right };
}

/** Rules by the slot they look at, so that one changed box asks only its own. */
export function rulesBySlot(rules: readonly LiveRule[]): ReadonlyMap<number, readonly LiveRule[]> {
  const by = new Map<number, LiveRule[]>();
  for (const rule of rules) for (const slot of rule.slots) by.set(slot, [...(by.get(slot) ?? []), rule]);
  return by;
}

/** The figures of one box over the last twelve periods, oldest first; null where nothing was reported. */
export const monthsOfBox = (form: ReturnForm, box: Pick<Box, 'slot'>): readonly { readonly period: string; readonly value: number | null; readonly own: boolean; readonly whole: boolean }[] => {
  const at = form.slots.indexOf(box.slot);
  return form.months.map((month) => {
    const value = plainValue(month.values[at] ?? null);
    return { period: month.period, value: typeof value === 'number' ? value : null, own: month.before === null, whole: isWhole(month) };
  });
};

/** The server's own question about a value far from the twelve periods before (`rules/outliers.ts`), asked as soon as it is typed. */
export function unusualOf(form: ReturnForm, box: Box, value: CellValue): Finding | undefined {
  if (typeof value !== 'number') return undefined;
  const outlier = outlierOf(box.slot, value, monthsOfBox(form, box).flatMap((month) => (month.value === null || !month.whole ? [] : [month.value])));
  return outlier && { rule: 'outlier', kind: 'unusual', severity: 'soft', slots: [box.slot], slot: box.slot, words: box.name, left: value, right: outlier.usual };
}
