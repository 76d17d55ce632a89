/** Approval by steps: queue of a reviewer, decisions on many returns at once, what moved since an approval. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { approvalSteps, DefinitionId } from '#modules/definitions/schema.ts';
import { Period, ReturnKey, ReturnStateShape, ShownValue, UnitShown, WordsShape } from './key.ts';

export const verdicts = ['approve', 'return', 'unapprove', 'accept'] as const;
export type Verdict = (typeof verdicts)[number];
export const StepShape = oneOf(approvalSteps);
export type Step = (typeof approvalSteps)[number];

export const ApprovalRow = shape({
  seq: Type.Integer(), rev: Type.Integer(), step: StepShape, verdict: oneOf(verdicts), sections: Nullable(List(DefinitionId, 100)), reason: Type.String(),
  /** SHA-256 over the canonical content of what was approved; null for readers from whom something of it is hidden. */
  contentHash: Nullable(Type.String()), office: Type.String(), mine: Type.Boolean(), at: Type.String(),
  /** False when what it covered has changed since. */
  holds: Type.Boolean(),
});
export type ApprovalRow = Static<typeof ApprovalRow>;

/** What differs now from the last content this step (or the one before) approved. */
export const Moved = shape({ slot: Type.Integer(), element: Type.String(), cell: Type.String(), name: WordsShape, before: ShownValue, after: ShownValue });
export type Moved = Static<typeof Moved>;
export const Jump = shape({ slot: Type.Integer(), element: Type.String(), name: WordsShape, value: Type.Number(), usual: Type.Number(), explained: Type.Boolean() });
export type Jump = Static<typeof Jump>;

export const QueueRow = shape({
  key: ReturnKey, unit: UnitShown, state: ReturnStateShape, rev: Type.Integer(), late: Type.Boolean(), sentAt: Type.String(), due: Day,
  filled: Type.Integer(), of: Type.Integer(), noData: Type.Integer(), notes: Type.Integer(),
  openViolations: Type.Integer(), explainedViolations: Type.Integer(), hardest: Nullable(WordsShape),
  /** Largest first, at most five of `jumpCount`. */
  jumps: List(Jump, 5), jumpCount: Type.Integer(),
  /** Not null when this step approved an earlier content. */
  moved: Nullable(List(Moved, 200)), movedCount: Type.Integer({ description: 'of which at most 200 are listed' }),
  sectionsApproved: List(DefinitionId, 100),
  /** Own work is never approved by its maker (SECURITY R16). */
  mayDecide: Type.Boolean(),
  /** Nothing unusual, nothing missing, nothing moved: may be approved from the list. */
  plain: Type.Boolean(), rank: Type.Integer(),
});
export type QueueRow = Static<typeof QueueRow>;
export const listQueue = contract({
  method: 'GET', path: '/returns/queue', who: 'returns.approve', summary: 'Returns waiting for a step, anomalies first',
  query: shape({ step: StepShape, period: Type.Optional(Period), dataSet: Type.Optional(DefinitionId), province: Type.Optional(Type.String({ maxLength: 2 })) }),
  reply: shape({ step: StepShape, rows: List(QueueRow, 4000), waiting: Type.Integer({ description: 'of every period' }), decided: Type.Integer({ description: 'of the period asked for, or the last four' }), notSent: Type.Integer({ description: 'of the same periods' }), more: Type.Boolean() }), problems: {}, impersonal: true,
});

export const Decision = shape({
  items: Type.Array(shape({ key: ReturnKey, rev: Type.Integer({ minimum: 1 }) }), { minItems: 1, maxItems: 500 }),
  step: StepShape, verdict: oneOf(verdicts), sections: Type.Optional(Type.Array(DefinitionId, { minItems: 1, maxItems: 100 })), reason: Type.Optional(Type.String({ maxLength: 2000 })),
});
export type Decision = Static<typeof Decision>;
export const decisionProblemCodes = [
  'return-unknown', 'revision-stale', 'not-your-return', 'own-return', 'step-not-in-data-set', 'step-before-missing', 'already-approved', 'not-approved', 'later-step-approved', 'reason-missing',
  'section-unknown', 'violations-open', 'command-id-reused', 'note-names-person',
] as const;
export const DecisionVerdict = shape({
  key: ReturnKey, ok: Type.Boolean(), state: ReturnStateShape, rev: Type.Integer(), contentHash: Nullable(Type.String()),
  /** A message key `problem.<code>` when it was refused; the others are decided all the same. */
  problem: Nullable(oneOf(decisionProblemCodes)),
});
export type DecisionVerdict = Static<typeof DecisionVerdict>;
export const decideReturns = contract({
  method: 'POST', path: '/returns/decisions', who: 'returns.approve', summary: 'Approve, give back, un-approve or accept many returns; a verdict for each',
  body: Decision, reply: shape({ items: List(DecisionVerdict, 500), decided: Type.Integer(), refused: Type.Integer() }), problems: { 'reason-missing': 422, 'note-names-person': 422 }, ownTransactions: true,
});
export const CommandId = Uuid;

/** One decision of the ministry about the returns of a province in a period, taken as a whole. */
export const Act = shape({
  command: Type.String(), verdict: oneOf(verdicts), at: Type.String(), office: Type.String(), mine: Type.Boolean(), reason: Type.String(), sections: Nullable(List(DefinitionId, 100)), returns: Type.Integer(),
  /** SHA-256 over all returns it signed; null where they are few enough for a small number to be tried out of it. */
  contentHash: Nullable(Type.String()),
  /** Returns it accepted whose content is not as it was then; what was only un-accepted stands in a later act. */
  moved: List(shape({ key: ReturnKey, unit: UnitShown, rev: Type.Integer(), now: Type.Integer(), state: ReturnStateShape }), 5000),
});
export type Act = Static<typeof Act>;
export const AcceptanceRow = shape({
  unit: UnitShown, expected: Type.Integer(), received: Type.Integer(), late: Type.Integer(), returned: Type.Integer(),
  /** Not yet approved by the province; approved by it and waiting; accepted. */
  before: Type.Integer(), waiting: Type.Integer(), accepted: Type.Integer(), openViolations: Type.Integer(), last: Nullable(Act),
});
export type AcceptanceRow = Static<typeof AcceptanceRow>;
export const listAcceptances = contract({
  method: 'GET', path: '/returns/acceptances', who: 'returns.approve', summary: 'Returns of units below provinces as the ministry accepts them: province by province, with its acts',
  query: shape({ period: Type.Optional(Period), dataSet: Type.Optional(DefinitionId), province: Type.Optional(Type.String({ maxLength: 2 })) }),
  reply: shape({
    /** Null when no data set is accepted so. */
    dataSet: Nullable(DefinitionId), dataSets: List(shape({ id: DefinitionId, name: WordsShape }), 500), period: Nullable(Period), periods: List(Period, 60), due: Nullable(Day), rows: List(AcceptanceRow, 2000),
    /** Of the province asked for: every act, newest first, and its returns that wait and those that are accepted. */
    acts: List(Act, 2000), waiting: List(shape({ key: ReturnKey, rev: Type.Integer() }), 5000), accepted: List(shape({ key: ReturnKey, rev: Type.Integer() }), 5000),
  }), problems: { 'period-type-wrong': 422, 'data-set-unknown': 404 }, impersonal: true,
});
