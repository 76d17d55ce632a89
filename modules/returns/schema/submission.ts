/** Sending a return. The body carries the revision it was filled on; what nobody else changed since is merged. */
import { contract } from '#kernel/contract.ts';
import { List, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { Attribute, type CellValue, ReturnKey, returnParams, SlotText, SlotValue } from './key.ts';

export const Explanation = shape({
  /** A rule's id, or 'outlier' with the slot it is about. */
  rule: Type.String({ minLength: 1, maxLength: 63 }), slot: Type.Integer({ minimum: 0, maximum: 5000 }), text: Type.String({ minLength: 1, maxLength: 1000 }),
});
export type Explanation = Static<typeof Explanation>;

export const Submission = shape({
  attribute: Attribute,
  /** The revision the form showed; 0 when it showed none. */
  baseRev: Type.Integer({ minimum: 0 }),
  /** Slots filled or changed. What is not named stays as it is; null empties a slot, 'no-data' is an answer. */
  values: List(SlotValue, 5000),
  /** The note of a slot; an empty text removes it. Slot 0 is the whole return's. */
  notes: List(shape({ slot: Type.Integer({ minimum: 0, maximum: 5000 }), text: Type.String({ maxLength: 1000 }) }), 500),
  explanations: List(Explanation, 500),
  /** Why a value differs from what its register gave. */
  prefillReasons: List(SlotText, 500),
  /** When it was filled on the device; tells nothing about lateness, which is the server's. */
  filledAt: Nullable(Type.String({ format: 'date-time' })),
});
export type Submission = Static<typeof Submission>;

/** What a sender keeps. The code ends with a check character, so that it can be read over the telephone. */
export const Receipt = shape({
  key: ReturnKey, rev: Type.Integer(), receiptCode: Type.String(), receivedAt: Type.String(), late: Type.Boolean(),
  /** Somebody else's changes since the base revision were kept beside these. */
  merged: Type.Boolean(),
  openViolations: Type.Integer(),
});
export type Receipt = Static<typeof Receipt>;

/** Refused with what both sides have, slot by slot. */
export type Conflict = { readonly slot: number; readonly theirs: CellValue; readonly yours: CellValue };

export const submissionProblems = {
  'return-locked': 409, 'period-closed': 409, 'period-not-begun': 409, 'revision-stale': 409, 'revision-unknown': 409,
  'unit-not-on-date': 422, 'not-assigned': 422, 'data-set-unknown': 404, 'period-type-wrong': 422, 'attribute-unknown': 422, 'slot-unknown': 422, 'slot-twice': 422,
  'values-missing': 422, 'prefill-reason-missing': 422, 'rule-broken': 422, 'value-not-finite': 422, 'value-not-whole': 422, 'value-too-large': 422, 'value-too-precise': 422, 'value-negative': 422,
  'value-out-of-range': 422, 'note-names-person': 422, 'not-your-return': 403,
} as const;

export const submitReturn = contract({
  method: 'POST', path: '/returns/form/:province/:unit/:period/:dataSet/submission', who: 'returns.submit', summary: 'Send a return, or a correction of it',
  params: returnParams, body: Submission, reply: Receipt, problems: submissionProblems, ownTransactions: true,
});
