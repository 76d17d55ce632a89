/** Every revision of a return: who, when, and exactly what moved. */
import { contract } from '#kernel/contract.ts';
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { ApprovalRow } from './approvals.ts';
import { attributeQuery, Period, ReturnKey, returnParams, Shard, ShownValue, SlotText, UnitCode, WordsShape } from './key.ts';
import { DefinitionId } from '#modules/definitions/schema.ts';

export const revisionKinds = ['form', 'import', 'demonstration'] as const;
export type RevisionKind = (typeof revisionKinds)[number];
export const Difference = shape({ slot: Type.Integer(), element: Type.String(), cell: Type.String(), name: WordsShape, before: ShownValue, after: ShownValue });
export type Difference = Static<typeof Difference>;
export const RevisionRow = shape({
  rev: Type.Integer(), at: Type.String(), kind: oneOf(revisionKinds), account: Type.String({ description: 'pseudonym of the account, the same in the log' }), mine: Type.Boolean(), receiptCode: Type.String(),
  changes: List(Difference, 5000),
  /** Null for readers from whom something of the content is hidden. */
  contentHash: Nullable(Type.String()),
});
export type RevisionRow = Static<typeof RevisionRow>;
const problems = { 'data-set-unknown': 404, 'return-unknown': 404 } as const;
export const getReturnHistory = contract({
  method: 'GET', path: '/returns/history/:province/:unit/:period/:dataSet', who: 'returns.read', summary: 'All revisions, newest first, each with its differences, and all approvals',
  params: returnParams, query: attributeQuery, reply: shape({ key: ReturnKey, revisions: List(RevisionRow, 2000), total: Type.Integer({ description: 'of which the newest 2,000 are listed' }), approvals: List(ApprovalRow, 500) }), problems, impersonal: true,
});
export const getReturnRevision = contract({
  method: 'GET', path: '/returns/revision/:province/:unit/:period/:dataSet/:rev', who: 'returns.read', summary: 'A return as it stood at one revision',
  params: shape({ province: Shard, unit: UnitCode, period: Period, dataSet: DefinitionId, rev: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) }), query: attributeQuery,
  reply: shape({ key: ReturnKey, rev: Type.Integer(), at: Type.String(), slots: List(Type.Integer(), 5000), values: List(ShownValue, 5000), notes: List(SlotText, 500), contentHash: Nullable(Type.String()) }),
  problems: { ...problems, 'revision-unknown': 404 }, impersonal: true,
});
