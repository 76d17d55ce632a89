/** One answer with everything a form needs, also for thirty days without a network. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { approvalSteps, missingStrategies, ruleOperators, valueTypes } from '#modules/definitions/schema.ts';
import { attributeQuery, ReturnKey, returnParams, ReturnStateShape, ShownValue, SlotText, UnitShown, WordsShape } from './key.ts';
import { Explanation, Receipt } from './submission.ts';
import { ApprovalRow } from './approvals.ts';
import { ViolationRow } from './violations.ts';

const NullableWords = Nullable(WordsShape);
/** A box: its slot, and the words of the option it stands for (null when the element has no breakdown). */
export const FormCell = shape({ slot: Type.Integer(), cell: Type.String(), name: NullableWords });
export const FormElement = shape({
  id: Type.String(), name: WordsShape, shortName: WordsShape, definition: WordsShape, counts: NullableWords, doesNotCount: NullableWords, example: NullableWords, source: WordsShape,
  unit: shape({ code: Type.String(), vi: Type.String(), en: Type.String() }), valueType: oneOf(valueTypes), aggregation: Type.String(), protected: Type.Boolean(), compulsory: Type.Boolean(),
  prefilledFrom: Nullable(Type.String()), cells: List(FormCell, 5000),
  /** The data set that holds its values, when it is another one; the boxes are then shown there. */
  elsewhere: Nullable(Type.String()),
});
export type FormElement = Static<typeof FormElement>;
export const FormSection = shape({ id: Type.String(), name: WordsShape, nothingToReport: Type.Boolean(), elements: List(FormElement, 1000) });

const Side = shape({ formula: Type.String(), missing: oneOf(missingStrategies) });
/** As text; the browser compiles it with the same code as the server. */
export const FormRule = shape({ id: Type.String(), name: WordsShape, instruction: WordsShape, severity: oneOf(['hard', 'soft']), left: Side, operator: oneOf(ruleOperators), right: Side });
export type FormRule = Static<typeof FormRule>;

/** Values in the order of `slots`. */
const Vector = List(ShownValue, 5000);
/** Of whom an earlier period's figures are when the unit was not itself then: `reported` of these units had a return; `apart`: part of it lay in units whose figures cannot be told apart. */
const MadeOf = shape({ units: List(UnitShown, 500), reported: Type.Integer(), apart: Type.Boolean() });
const PastPeriod = shape({ period: Type.String(), values: Vector, before: Nullable(MadeOf) });
export type PastPeriod = Static<typeof PastPeriod>;
export const ReturnForm = shape({
  key: ReturnKey, dataSet: WordsShape, formNumber: Nullable(Type.String()), edition: Type.Integer(), periodType: Type.String(), startDay: Type.Integer(),
  unit: UnitShown, unitAttributes: Type.Record(Type.String(), Type.Number()), constants: Type.Record(Type.String(), Type.Number()),
  first: Day, last: Day, due: Day, closes: Nullable(Day),
  state: ReturnStateShape, rev: Type.Integer(), late: Type.Boolean(), sentAt: Nullable(Type.String()), receipt: Nullable(Receipt),
  /** What this reader may do here now; the server decides again when it is done. */
  may: shape({ enter: Type.Boolean(), approve: List(oneOf(approvalSteps), 3), unapprove: List(oneOf(approvalSteps), 3) }), approval: List(oneOf(approvalSteps), 3),
  sections: List(FormSection, 100), rules: List(FormRule, 2000),
  slots: List(Type.Integer(), 5000), current: Vector, previous: Nullable(PastPeriod), yearToDate: Vector,
  /** Earlier periods, oldest first, the previous one last; a period without a return is left out. */
  months: List(PastPeriod, 12),
  notes: List(SlotText, 500), explanations: List(Explanation, 500), prefillReasons: List(SlotText, 500),
  prefill: List(shape({ slot: Type.Integer(), value: Type.Number(), register: Type.String() }), 5000),
  approvals: List(ApprovalRow, 500), violations: List(ViolationRow, 2000),
});
export type ReturnForm = Static<typeof ReturnForm>;

export const getReturnForm = contract({
  method: 'GET', path: '/returns/form/:province/:unit/:period/:dataSet', who: 'returns.read', summary: 'Everything the form of one return needs, in one answer',
  params: returnParams, query: attributeQuery, reply: ReturnForm, impersonal: true,
  problems: { 'unit-not-on-date': 422, 'not-assigned': 422, 'data-set-unknown': 404, 'period-type-wrong': 422, 'attribute-unknown': 422 },
});
