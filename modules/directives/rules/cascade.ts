/** Who gets which task when a directive comes down: plans one province (or the agencies, '00') at a time. */
import type { PlainDate } from '#kernel/day.ts';
import { earlierOf } from '#kernel/day.ts';
import type { Assignment, OfficeClass, SixClears } from '../schema.ts';
import { dueDayOf, recurrenceOf } from './deadline.ts';

/** An office as the registry of org-units gives it. */
export type Recipient = { readonly id: string; readonly province: string; readonly commune: string | null; readonly headPost: string | null };

/** One task to be created. `parentOffice`: holder of the task above, in the same assignment and province. */
export type PlannedTask = {
  readonly assignment: string; readonly holderOffice: string; readonly holderPost: string | null; readonly commune: string | null; readonly parentOffice: string | null; readonly depth: number;
  readonly assignedBy: string; readonly period: string; readonly dueOn: PlainDate | null; readonly resultMeasure: string;
};

export type PlannedAssignment = Pick<Assignment, 'id' | 'clears'>;
/** Gives the offices that a line addresses within one province ('00' for agencies). */
export type RecipientsOf = (clears: SixClears) => readonly Recipient[];

/** The result in one line: what will be accepted. */
export const resultMeasureOf = ({ result: { product, measure, targets } }: SixClears): string =>
  [product, measure, ...targets.map((t) => `${t.min === t.max ? t.min : `${t.min}–${t.max}`}${t.unit === null ? '' : ` ${t.unit}`}${t.year === null ? '' : ` (${t.year})`}`)]
    .filter((part): part is string => part !== null && part.trim() !== '').join('; ');

/** A child is never due later than its parent; a child without a day takes the parent's. */
export const childDue = (own: PlainDate | null, parent: PlainDate | null): PlainDate | null => (own === null ? parent : parent === null ? own : earlierOf(own, parent));

/** Which office of a province a commune's task hangs under: the People's Committee when it holds the same assignment, else the first. */
function parentAmong(provincial: readonly Recipient[]): Recipient | undefined {
  return provincial.find((recipient) => recipient.id.startsWith('UBND:')) ?? provincial[0];
}

/**
 * The tasks of one province for all lines of a directive, each office once a line.
 *
 * In a line that names both levels the commune's task hangs under its province's: the province checks and accepts it, and the
 * province's progress is computed from its communes. A line for communes alone has no task above; the province still checks it.
 */
export function planProvince(assignments: readonly PlannedAssignment[], recipientsOf: RecipientsOf, issuerOffice: string): PlannedTask[] {
  return assignments.flatMap(({ id, clears }) => {
    const recipients = [...new Map(recipientsOf(clears).map((recipient) => [recipient.id, recipient])).values()];
    const provincial = recipients.filter((recipient) => recipient.commune === null);
    const parent = recipients.some((recipient) => recipient.commune !== null) ? parentAmong(provincial.filter((recipient) => recipient.province !== '00')) : undefined;
    const { deadlines } = clears.timeline;
    const dueOn = dueDayOf(deadlines);
    const period = recurrenceOf(deadlines) === null ? '' : (dueOn ?? '');
    const common = { assignment: id, period, resultMeasure: resultMeasureOf(clears) };
    return recipients.map((recipient): PlannedTask => {
      const under = recipient.commune === null ? undefined : parent;
      return {
        ...common, holderOffice: recipient.id, holderPost: clears.person.post ?? recipient.headPost, commune: recipient.commune, parentOffice: under?.id ?? null, depth: under === undefined ? 0 : 1,
        assignedBy: under?.id ?? issuerOffice, dueOn,
      };
    });
  });
}

/** True when a class, as filtered, may have members in the province. */
export const classReaches = ({ provinces }: OfficeClass, province: string): boolean => provinces === undefined || provinces.includes(province);
