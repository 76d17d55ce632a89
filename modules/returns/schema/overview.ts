/** What is due, what has come, what is complete; the feed of changes; the state of the continuous recompute. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId } from '#modules/definitions/schema.ts';
import { Period, ReturnKey, ReturnStateShape, Shard, UnitCode, UnitShown, WordsShape } from './key.ts';

export const dueStates = ['not-begun', 'open', 'due-soon', 'overdue', 'sent', 'returned', 'approved', 'closed'] as const;
/** One unit, one period, one data set. `filled`/`of` count slots. */
export const DueCell = shape({
  period: Period, dataSet: DefinitionId, attribute: Type.String(), due: Day, closes: Nullable(Day), is: oneOf(dueStates), state: ReturnStateShape, late: Type.Boolean(), rev: Type.Integer(),
  filled: Type.Integer(), of: Type.Integer(), sentAt: Nullable(Type.String()), openViolations: Type.Integer(),
});
export type DueCell = Static<typeof DueCell>;
/** Of the units below, in one period: how many are expected and how they stand. */
export const DueCount = shape({
  period: Period, dataSet: DefinitionId, due: Day, expected: Type.Integer(), sent: Type.Integer(), late: Type.Integer(), returned: Type.Integer(), approved: Type.Integer(), overdue: Type.Integer(),
});
export type DueCount = Static<typeof DueCount>;
export const listDue = contract({
  method: 'GET', path: '/returns/due', who: 'returns.read', summary: 'What a unit owes and sent over twelve months and more; for a province or the nation also the counts of the units below',
  query: shape({ unit: UnitCode, until: Type.Optional(Day), months: Type.Optional(Type.Integer({ minimum: 1, maximum: 36 })) }),
  reply: shape({
    unit: UnitShown, today: Day, dataSets: List(shape({ id: DefinitionId, name: WordsShape, periodType: Type.String(), below: Type.Boolean() }), 500),
    own: List(DueCell, 20_000), below: List(DueCount, 5000),
    /** The return that should be opened first: overdue before due, oldest first; null when nothing is owed. */
    next: Nullable(ReturnKey),
  }), problems: { 'unit-not-on-date': 422 }, impersonal: true,
});

export const CompletenessRow = shape({
  unit: UnitShown, period: Period, dataSet: DefinitionId, due: Day, expected: Type.Integer(), received: Type.Integer(), onTime: Type.Integer(), approved: Type.Integer(),
});
export type CompletenessRow = Static<typeof CompletenessRow>;
export const getCompleteness = contract({
  method: 'GET', path: '/returns/completeness', who: 'returns.read', summary: 'Expected, received, in time and approved, by unit below a node; expected follows the units and assignments of each period',
  query: shape({ node: UnitCode, periods: Type.String({ maxLength: 600, description: 'periods separated by commas' }), dataSet: DefinitionId }),
  reply: shape({ node: UnitShown, total: List(CompletenessRow, 60), rows: List(CompletenessRow, 250_000),
    /** Periods of which nothing can be told, with the problem's code. */
    left: List(shape({ period: Type.String(), code: Type.String() }), 60) }),
  problems: { 'periods-too-many': 422, 'unit-not-on-date': 422, 'data-set-unknown': 404, 'period-type-wrong': 422 }, impersonal: true,
});

export const Incident = shape({
  foundAt: Type.String(), node: Type.String(), period: Period, dataSet: DefinitionId, attribute: Type.String(), standing: oneOf(['reported', 'approved']), differing: Type.Integer(),
  /** Null also for those who do not read this unit's figures. */
  example: Nullable(shape({ slot: Type.Integer(), kept: Type.Number(), recomputed: Type.Number() })), repairedAt: Nullable(Type.String()),
});
export type Incident = Static<typeof Incident>;
export const getSelfAudit = contract({
  method: 'GET', path: '/returns/self-audit', who: 'signed-in', summary: 'The continuous recompute of all sums: how far it is, and every difference ever found',
  reply: shape({
    slices: Type.Integer(), checked: Type.Integer(), changedSince: Type.Integer(), vectors: Type.Integer(), slots: Type.Number(), oldest: Nullable(Type.String()), newest: Nullable(Type.String()),
    msPerSlice: Type.Number(), open: Type.Integer(),
    /** All differences ever found; the newest of them are listed, open ones first. */
    total: Type.Integer(), incidents: List(Incident, 200),
  }), problems: {}, impersonal: true,
});

/** One message of the feed: what to ask again. Nodes are codes of provinces ('00' for the nation's readers) or the reader's own commune. */
export const ChangeMessage = shape({ seq: Type.Integer(), at: Type.String(), periods: List(Period, 200), dataSets: List(DefinitionId, 200), nodes: List(Type.String(), 5000) });
export type ChangeMessage = Static<typeof ChangeMessage>;
/** Server-sent events, `data:` holds a ChangeMessage; at most one a second. The stream ends after five minutes; EventSource opens it again. */
export const followChanges = contract({
  method: 'GET', path: '/returns/changes', who: 'returns.read', summary: 'Server-sent events: which periods, data sets and units have new figures', reply: ChangeMessage, problems: {}, stream: true, ownTransactions: true,
});
export const ProvinceShard = Shard;
