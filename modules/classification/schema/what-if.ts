/** Other thresholds, or a new decree, replayed on past periods beside those in force. Changes nothing. */
import { contract } from '#kernel/contract.ts';
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { Standing, UnitName, UnitParam } from '#modules/indicators/schema.ts';
import { Criteria, DecreeSeen, Outcome, Quantity, Reading, ThresholdFlaw } from './criteria.ts';
import { BesideOf, DrugFreeShare, Tally, verdictProblems, YearParam } from './verdict.ts';

/** One number changed: a bound of a criterion, how many criteria make a class, or whether a test looks at the closing day. */
export const ThresholdChange = Type.Union([
  shape({ group: oneOf(['I', 'II', 'III', 'province']), letter: Type.String({ maxLength: 3 }), quantity: Quantity, bound: oneOf(['atLeast', 'below', 'equals']), value: Type.Number({ minimum: 0, maximum: 1e9 }) }),
  shape({ group: oneOf(['I', 'II', 'III', 'province']), needed: Type.Integer({ minimum: 1, maximum: 6 }) }),
  /** At most so many: 0 in the decision. */
  shape({ group: Type.Literal('drug-free'), quantity: Quantity, equals: Type.Number({ minimum: 0, maximum: 1e6 }) }),
]);
export type ThresholdChange = Static<typeof ThresholdChange>;

export const Moved = shape({ code: Type.String(), nameVi: Type.String(), province: Type.String(), before: Outcome, after: Outcome });
export type Moved = Static<typeof Moved>;
export const WhatIfPeriod = shape({
  period: YearParam, decree: Nullable(DecreeSeen), before: Tally, after: Tally, shareBefore: DrugFreeShare, shareAfter: DrugFreeShare,
  /** Communes that become drug-free, and that no longer are. */
  gained: Type.Integer(), lost: Type.Integer(),
  /** Every pair of outcomes between which communes move, largest first. */
  flows: List(shape({ before: Outcome, after: Outcome, communes: Type.Integer() }), 60),
  moved: List(Moved, 500), movedTotal: Type.Integer(),
  /** Key-complex provinces before and after. */
  provinces: List(Moved, 100),
});
export type WhatIfPeriod = Static<typeof WhatIfPeriod>;
export const WhatIf = shape({
  unit: UnitName, standing: Standing, reading: Reading, criteria: Criteria, flaws: List(ThresholdFlaw, 50), periods: List(WhatIfPeriod, 6), besideOf: List(BesideOf, 12),
});
export type WhatIf = Static<typeof WhatIf>;

export const askWhatIf = contract({
  method: 'POST', path: '/classification/what-if', who: 'classification.try', readOnly: true, ownTransactions: true, summary: 'Replay other thresholds or a whole new decree on past periods, side by side with those in force',
  body: shape({
    unit: Type.Optional(UnitParam), periods: Type.Array(YearParam, { minItems: 1, maxItems: 6 }), standing: Type.Optional(Standing), reading: Type.Optional(Reading),
    /** Changes to the criteria in force in each period, or `criteria`: a whole other set. */
    changes: Type.Optional(List(ThresholdChange, 40)), criteria: Type.Optional(Criteria),
  }),
  reply: WhatIf, problems: { ...verdictProblems, 'thresholds-refused': 422, 'change-names-nothing': 422 },
});
