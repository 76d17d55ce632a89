/** A data set in force for one period, as the rules of returns need it: places, duties, order of approval. */
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, isPeriod, periodTypeOf, type Period } from '#kernel/period.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { closesOn, dueDayOf, treeDayOf, type DataElement, type DataSet, type Programme, type Slot, type ValidationRule } from '#modules/definitions/schema.ts';
import type { Step } from '../schema.ts';

export type SlotDefinition = { readonly slot: number; readonly cell: string; readonly element: DataElement };
export type Form = {
  readonly programme: Programme; readonly dataSet: DataSet; readonly period: Period;
  readonly first: PlainDate; readonly last: PlainDate; readonly due: PlainDate; readonly closes: PlainDate | null; readonly treeDay: PlainDate;
  /** In the order of the form. */
  readonly slots: ReadonlyMap<number, SlotDefinition>;
  readonly sections: ReadonlyMap<string, ReadonlySet<number>>;
  readonly compulsory: readonly number[];
  readonly protectedSlots: ReadonlySet<number>;
  /** Rules with a protected element on either side: the sides tell what the element holds. */
  readonly protectedRules: ReadonlySet<string>;
  readonly length: number;
  readonly steps: readonly Step[];
  /** Standing from which a return is in the approved sums; 0: as soon as it is sent. */
  readonly approvedFrom: number;
  /** Those that this return alone can answer. */
  readonly rules: readonly ValidationRule[];
};
export type FormRefusal = { readonly code: 'data-set-unknown' | 'period-type-wrong'; readonly dataSet: string };

/**
 * @param slots every place of the data set, ended ones too
 * @param isHoliday days that no office works, beside weekends
 */
export function formOf(programme: Programme, dataSetId: string, period: Period, slots: readonly Slot[], isHoliday?: (day: PlainDate) => boolean): Result<Form, FormRefusal> {
  const dataSet = programme.dataSets.get(dataSetId);
  if (dataSet === undefined) return refuse({ code: 'data-set-unknown', dataSet: dataSetId });
  if (!isPeriod(period) || periodTypeOf(period) !== dataSet.periodType) return refuse({ code: 'period-type-wrong', dataSet: dataSetId });
  const { calendar } = programme.head;
  const { first, last } = daysOf(period, calendar);
  const byElement = Map.groupBy(slots, (slot) => slot.element);
  const sections = new Map(dataSet.sections.map((section) => [section.id, new Set(section.elements.flatMap((id) => placesOf(programme, byElement, id).map((one) => one.slot)))]));
  const defined = new Map<number, SlotDefinition>();
  for (const id of dataSet.sections.flatMap((section) => section.elements)) for (const one of placesOf(programme, byElement, id)) defined.set(one.slot, one);
  const touching = rulesOf(programme, new Set([...defined.values()].map((one) => one.element.id)));
  return ok({
    programme, dataSet, period, first, last, due: dueDayOf(dataSet, period, calendar, isHoliday), closes: closesOn(dataSet, period, calendar), treeDay: treeDayOf(period, programme.head),
    slots: defined, sections,
    compulsory: dataSet.compulsory.flatMap((id) => placesOf(programme, byElement, id).map((one) => one.slot)),
    protectedSlots: new Set([...defined.values()].filter((one) => one.element.protected).map((one) => one.slot)),
    length: Math.max(0, ...slots.map((slot) => slot.slot)),
    steps: dataSet.approval, approvedFrom: approvedFrom(dataSet.approval),
    rules: touching.filter(({ rule, whole }) => whole && rule.periodType === dataSet.periodType).map(({ rule }) => rule),
    protectedRules: new Set(touching.map(({ rule }) => rule).filter((rule) => elementsIn(rule).some((id) => programme.elements.get(id)?.protected !== false)).map((rule) => rule.id)),
  });
}

function placesOf(programme: Programme, byElement: ReadonlyMap<string, readonly Slot[]>, id: string): SlotDefinition[] {
  const element = programme.elements.get(id);
  if (element === undefined || element.valueType === 'text') return []; // words are notes; a vector holds numbers
  const cells = element.disaggregation === null ? [''] : (programme.disaggregations.get(element.disaggregation)?.cells.map((cell) => cell.id) ?? []);
  return cells.flatMap((cell) => (byElement.get(id) ?? []).filter((slot) => slot.cell === cell).map((slot) => ({ slot: slot.slot, cell, element })));
}

const standingOf: Readonly<Record<Step, number>> = { head: 1, province: 2, ministry: 3 };
/** The province's approval counts where the data set has one; else its first step; a data set without steps counts when sent. */
function approvedFrom(steps: readonly Step[]): number {
  if (steps.includes('province')) return standingOf.province;
  const [first] = steps;
  return first === undefined ? 0 : standingOf[first];
}

/** Rules about elements whose places are here. `whole`: nothing else is asked for; the others are judged when all they ask for has come (across.ts). */
function rulesOf(programme: Programme, own: ReadonlySet<string>): { readonly rule: ValidationRule; readonly whole: boolean }[] {
  return [...programme.rules.values()].flatMap((rule) => {
    const elements = elementsIn(rule);
    return elements.some((id) => own.has(id)) ? [{ rule, whole: elements.every((id) => own.has(id)) && !beyondReturn.test(`${rule.left.formula} ${rule.right.formula}`) }] : [];
  });
}

/** Reporting rates and counts of units: what no return holds. */
const beyondReturn = /(^|[^A-Z])(R|OUG)\{/;
/** Elements that a rule's two sides name. */
export const elementsIn = (rule: ValidationRule): string[] => [...`${rule.left.formula} ${rule.right.formula}`.matchAll(/#\{\s*([A-Za-z][A-Za-z0-9_-]*)/g)].map((match) => match[1] ?? '');
