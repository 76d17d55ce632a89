/**
 * What stands on this device for one return, field by field, and how it becomes a submission. Fields: `v7` the value of slot 7,
 * `n7` its note, `p7` why it differs from its register, `e:rule:0` an explanation, `base` the revision the form showed when the
 * first of them was typed. None can hold a person (SECURITY E1). Pure.
 */
import type { CellValue, Conflict, ReturnKey, Submission } from '../schema.ts';
import type { Values } from './boxes.ts';

export type Fields = Readonly<Record<string, unknown>>;
export const submissionKind = 'returns.submit';
export const subjectOf = (key: ReturnKey): string => `return:${key.province}/${key.unit}/${key.period}/${key.dataSet}/${key.attribute}`;
/** @returns undefined for a subject of another module */
export function keyOfSubject(subject: string): ReturnKey | undefined {
  const [province, unit, period, dataSet, attribute] = subject.startsWith('return:') ? subject.slice('return:'.length).split('/') : [];
  return province === undefined || unit === undefined || period === undefined || dataSet === undefined ? undefined : { province, unit, period, dataSet, attribute: attribute ?? '' };
}

export const valueField = (slot: number): string => `v${slot}`;
export const noteField = (slot: number): string => `n${slot}`;
export const prefillField = (slot: number): string => `p${slot}`;
export const explanationField = (rule: string, slot: number): string => `e:${rule}:${slot}`;
export const baseField = 'base';

export const isCellValue = (value: unknown): value is CellValue => value === null || value === 'no-data' || (typeof value === 'number' && Number.isFinite(value));

const slotIn = (name: string, letter: string): number | undefined => (name.startsWith(letter) && /^\d+$/.test(name.slice(1)) ? Number(name.slice(1)) : undefined);
export const valuesIn = (fields: Fields): (readonly [number, CellValue])[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const slot = slotIn(name, 'v');
    return slot !== undefined && isCellValue(value) ? [[slot, value] as const] : [];
  });
const textsIn = (fields: Fields, letter: string): { slot: number; text: string }[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const slot = slotIn(name, letter);
    return slot !== undefined && typeof value === 'string' ? [{ slot, text: value }] : [];
  });
const explanationsIn = (fields: Fields): Submission['explanations'] =>
  Object.entries(fields).flatMap(([name, value]) => {
    const found = /^e:(.+):(\d+)$/.exec(name);
    return found && typeof value === 'string' && value.trim() !== '' ? [{ rule: found[1] ?? '', slot: Number(found[2]), text: value.trim() }] : [];
  });

/** @param rev the revision shown now, for a form that says none; @param filledAt instant of the device */
export function submissionOf(fields: Fields, { attribute, rev, filledAt }: { readonly attribute: string; readonly rev: number; readonly filledAt: string | null }): Submission {
  const base = fields[baseField];
  return {
    attribute, baseRev: typeof base === 'number' && Number.isInteger(base) && base >= 0 ? base : rev,
    values: valuesIn(fields).sort(([a], [b]) => a - b).map(([slot, value]) => [slot, value]), notes: textsIn(fields, 'n'), explanations: explanationsIn(fields),
    prefillReasons: textsIn(fields, 'p').filter(({ text }) => text.trim() !== ''), filledAt,
  };
}

/** The fields of a submission again, for a return that is taken back into the form. */
export function fieldsOfSubmission(body: Submission): Record<string, unknown> {
  return Object.fromEntries<unknown>([
    [baseField, body.baseRev], ...body.values.map(([slot, value]) => [valueField(slot), value] as const), ...body.notes.map(({ slot, text }) => [noteField(slot), text] as const),
    ...body.prefillReasons.map(({ slot, text }) => [prefillField(slot), text] as const), ...body.explanations.map(({ rule, slot, text }) => [explanationField(rule, slot), text] as const),
  ]);
}

/** What the person sees: the server's values, over them what is queued (oldest first), over them what is typed. */
export function overlaid(current: Values, queued: readonly Pick<Submission, 'values'>[], fields: Fields): Map<number, CellValue> {
  const values = new Map(current);
  for (const body of queued) for (const [slot, value] of body.values) values.set(slot, value);
  for (const [slot, value] of valuesIn(fields)) values.set(slot, value);
  return values;
}

/**
 * The revision to send on. Over our own submission before, the base moves up to what that one made, unless somebody else's changes
 * were merged into it that this form never showed: then the old base stays, so that the server tells of them.
 */
export function baseToSend(body: Submission, before: unknown): number {
  if (typeof before !== 'object' || before === null || !('rev' in before) || !('merged' in before) || !('base' in before)) return body.baseRev;
  const { rev, merged, base } = before;
  return typeof rev === 'number' && merged === false && typeof base === 'number' && base >= body.baseRev ? rev : body.baseRev;
}

const isConflict = (value: unknown): value is Conflict =>
  typeof value === 'object' && value !== null && 'slot' in value && typeof value.slot === 'number' && 'theirs' in value && isCellValue(value.theirs) && 'yours' in value && isCellValue(value.yours);
/** Both values of each slot that two sides changed, from the refusal `revision-stale`. */
export const conflictsIn = (problem: Readonly<Record<string, unknown>> | null): readonly Conflict[] =>
  Array.isArray(problem?.['conflicts']) ? problem['conflicts'].filter(isConflict) : [];

/** After the person chose per cell: ours on the revision of theirs; a cell where theirs was taken is not sent. */
export const resolved = (body: Submission, rev: number, theirs: ReadonlySet<number>): Submission => ({ ...body, baseRev: rev, values: body.values.filter(([slot]) => !theirs.has(slot)) });
