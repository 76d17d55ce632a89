/** Broken rules and unusual values as work: owner, due day, reason of closing. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { DefinitionId } from '#modules/definitions/schema.ts';
import { Period, ReturnKey, Shard, ShownValue, UnitCode, UnitShown, WordsShape } from './key.ts';

export const violationStates = ['open', 'explained', 'closed'] as const;
export const ViolationRow = shape({
  id: Uuid, key: ReturnKey, unit: UnitShown, kind: oneOf(['rule', 'outlier']), rule: Type.String(), name: WordsShape, instruction: WordsShape, severity: oneOf(['hard', 'soft']),
  slot: Type.Integer({ description: '0 for a rule about several' }), rev: Type.Integer(),
  /** For an outlier the value and the median of the twelve before; for a rule its two sides. */
  value: ShownValue, usual: ShownValue,
  state: oneOf(violationStates), explanation: Type.String(), owner: Type.String({ description: 'office that answers for it' }), due: Day, overdue: Type.Boolean(),
  openedAt: Type.String(), closedAt: Nullable(Type.String()), reason: Type.String(), mayClose: Type.Boolean(),
});
export type ViolationRow = Static<typeof ViolationRow>;

export const listViolations = contract({
  method: 'GET', path: '/returns/violations', who: 'returns.read', summary: 'Work items of validation, those due first',
  query: someOf({ state: oneOf(violationStates), unit: UnitCode, province: Shard, period: Period, dataSet: DefinitionId, limit: Type.Integer({ minimum: 1, maximum: 1000 }) }),
  reply: shape({ rows: List(ViolationRow, 1000), more: Type.Boolean(), open: Type.Integer() }), problems: {}, impersonal: true,
});
export const closeViolation = contract({
  method: 'POST', path: '/returns/violations/:id/closing', who: 'returns.close-violation', summary: 'Close a work item with the reason',
  params: shape({ id: Uuid }), query: shape({ province: Shard }), body: shape({ reason: Type.String({ minLength: 3, maxLength: 1000 }) }), reply: ViolationRow,
  problems: { 'violation-closed': 409, 'note-names-person': 422, 'not-your-return': 403 },
});
