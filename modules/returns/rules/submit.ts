/** One submission against the return as it stands: taken, merged, or refused with the reason. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Conflict, SlotValue, Submission } from '../schema.ts';
import { changesFrom, emptyContent, valueAt, withChanges, withWords, type Content } from './content.ts';
import type { Form } from './form.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { checkValues, type ValueRefusal } from './values.ts';

/** A return as stored. */
export type Current = Content & { readonly rev: number; readonly standing: number; readonly late: boolean };

export type SubmitRefusal =
  | ValueRefusal
  | { readonly code: 'return-locked'; readonly standing: number }
  | { readonly code: 'period-closed'; readonly closedOn: PlainDate }
  | { readonly code: 'period-not-begun'; readonly begins: PlainDate }
  | { readonly code: 'revision-stale'; readonly rev: number; readonly conflicts: readonly Conflict[] }
  | { readonly code: 'revision-unknown'; readonly rev: number }
  | { readonly code: 'values-missing'; readonly slots: readonly number[]; readonly elements: readonly string[] }
  | { readonly code: 'note-names-person'; readonly slot: number };

export type Submitted = {
  readonly content: Content; readonly changes: readonly SlotValue[]; readonly wordsChanged: boolean; readonly late: boolean; readonly merged: boolean;
  /** True when everything said is there already: nothing is to be stored. */
  readonly nothing: boolean;
};
export type SubmitCase = {
  readonly current: Current | undefined; readonly submission: Submission; readonly form: Form; readonly today: PlainDate;
  /** Slots that others changed after the base revision; only asked when the base is not the present revision. */
  readonly changedSince: ReadonlySet<number>;
};

/**
 * Blank is not zero. A late return is taken and marked. A stale base merges unless both sides gave the same slot different answers.
 */
export function decideSubmission({ current, submission, form, today, changedSince }: SubmitCase): Result<Submitted, SubmitRefusal> {
  const gate = checkTime(form, today, current);
  if (!gate.ok) return gate;
  const named = textOf(submission).find(({ text }) => looksPersonal(text));
  if (named !== undefined) return refuse({ code: 'note-names-person', slot: named.slot });
  const values = checkValues(form, submission.values);
  if (!values.ok) return values;
  const rev = current?.rev ?? 0;
  if (submission.baseRev > rev) return refuse({ code: 'revision-unknown', rev });
  const before: Content = current ?? emptyContent;
  const changes = changesFrom(before, values.value);
  const stale = submission.baseRev < rev;
  if (stale) {
    const conflicts = changes.filter(([slot]) => changedSince.has(slot)).map(([slot, yours]): Conflict => ({ slot, yours, theirs: valueAt(before, slot) }));
    if (conflicts.length > 0) return refuse({ code: 'revision-stale', rev, conflicts });
  }
  const words = withWords(before.words, submission);
  const content = withChanges(before, changes, words);
  const missing = form.compulsory.filter((slot) => valueAt(content, slot) === null);
  if (missing.length > 0) return refuse({ code: 'values-missing', slots: missing, elements: [...new Set(missing.map((slot) => form.slots.get(slot)?.element.id ?? ''))] });
  const wordsChanged = JSON.stringify(words) !== JSON.stringify(before.words);
  const nothing = current !== undefined && changes.length === 0 && !wordsChanged && current.standing !== -1;
  return ok({ content, changes, wordsChanged, nothing, late: current?.late ?? today > form.due, merged: stale && !nothing });
}

/** What the head approved may still be corrected; from the province on it must be given back or un-approved first. */
function checkTime(form: Form, today: PlainDate, current: Current | undefined): Result<true, SubmitRefusal> {
  if (today < form.first) return refuse({ code: 'period-not-begun', begins: form.first });
  // What a reviewer gave back is put right, also after the closing day.
  if (form.closes !== null && today > form.closes && current?.standing !== -1) return refuse({ code: 'period-closed', closedOn: form.closes });
  if (current !== undefined && current.standing >= 2) return refuse({ code: 'return-locked', standing: current.standing });
  return ok(true);
}

const textOf = (submission: Submission): { slot: number; text: string }[] => [...submission.notes, ...submission.explanations, ...submission.prefillReasons];

