/** The criteria of a decision as data: what it measures, its thresholds, and which parts of its text can be read in two ways. */
import { Day, List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';

/** What a place can be. The order is the order of evaluation (a choice of the product; the text does not say it). */
export const communeOutcomes = ['drug-free', 'I', 'II', 'III', 'not-classified'] as const;
export const provinceOutcomes = ['drug-free', 'key-complex', 'not-key-complex'] as const;
/**
 * What the engine can propose. `to-conclude`: a place is drug-free in one reading of the text and not in another; a person concludes.
 * `cannot-judge`: evidence is missing, see `possible`. `older-criteria`: no decision of this product was in force in that period.
 */
export const outcomes = ['drug-free', 'I', 'II', 'III', 'not-classified', 'key-complex', 'not-key-complex', 'to-conclude', 'cannot-judge', 'older-criteria'] as const;
export const Outcome = oneOf(outcomes);
export type Outcome = Static<typeof Outcome>;

export const verdicts = ['met', 'not-met', 'to-conclude', 'cannot-judge'] as const;
export const Verdict = oneOf(verdicts);
export type Verdict = Static<typeof Verdict>;

/**
 * The quantities of Decision 28/2025. Rates are in percent of people currently residing; counts are whole; area is in m².
 * `on-route`: 1 on an intra-provincial key complex route, 2 on an inter-provincial one, 3 on both, 0 on none.
 */
export const quantities = [
  'managed-rate', 'points', 'offender-rate', 'plants', 'plant-area', 'on-route', 'class-I-II-share', 'people-using', 'resident-violations', 'fugitives-hiding',
] as const;
export const Quantity = oneOf(quantities);
export type Quantity = Static<typeof Quantity>;

/** `atLeast` included, `below` excluded, `equals` exact; null: no such bound. */
export const Threshold = shape({ quantity: Quantity, atLeast: Nullable(Type.Number()), below: Nullable(Type.Number()), equals: Nullable(Type.Number()) });
export type Threshold = Static<typeof Threshold>;

const Letter = Type.String({ pattern: '^[a-zđ0-9]{1,3}$', description: 'as in the text: a, b, c, d, đ; 1 to 6 for provinces; 1 to 3 for drug-free areas' });
/**
 * `any` of the thresholds is enough. `route`: letter đ, at least `count` of the letters `of` meet this class or a higher one, and the place
 * lies on a route.
 */
export const CriterionText = Type.Union([
  shape({ letter: Letter, any: List(Threshold, 4) }),
  shape({ letter: Letter, route: shape({ kinds: List(oneOf(['intra-provincial', 'inter-provincial']), 2), count: Type.Integer({ minimum: 1, maximum: 4 }), of: List(Letter, 6), level: oneOf(['II', 'III']) }) }),
]);
export type CriterionText = Static<typeof CriterionText>;

/** `atLeast` of the criteria make the class. */
export const ClassText = shape({ atLeast: Type.Integer({ minimum: 1, maximum: 6 }), criteria: List(CriterionText, 6), article: Type.String({ maxLength: 20 }) });
export type ClassText = Static<typeof ClassText>;

/** One test: all its thresholds must hold; `equals`: at most so many, 0 in the decision. `window`: which days it looks at; `open`: the text does not say, both are computed and a person concludes. */
export const TestText = shape({ letter: Letter, all: List(shape({ quantity: Quantity, equals: Type.Number(), window: oneOf(['open', 'whole-period', 'closing-day']) }), 3) });

/** A decision as data. Thresholds only; who decides when is the procedure. */
export const Criteria = shape({
  classes: shape({ I: ClassText, II: ClassText, III: ClassText }),
  province: ClassText,
  drugFree: shape({ tests: List(TestText, 6), article: Type.String({ maxLength: 20 }) }),
});
export type Criteria = Static<typeof Criteria>;

/** A decision with its days in force. */
export const Decree = shape({
  id: Type.String({ pattern: '^[a-z0-9-]{3,60}$' }), number: Type.String({ maxLength: 60 }), title: shape({ vi: Type.String({ maxLength: 300 }), en: Type.String({ maxLength: 300 }) }),
  validFrom: Day, validTo: Nullable(Day), criteria: Criteria,
});
export type Decree = Static<typeof Decree>;
export const DecreeSeen = shape({ id: Type.String(), number: Type.String(), title: shape({ vi: Type.String(), en: Type.String() }), validFrom: Day, validTo: Nullable(Day) });
export type DecreeSeen = Static<typeof DecreeSeen>;

/**
 * What is wrong with a set of thresholds. Message key `classification.wrong.<code>`. `overlap`, `empty-range`, `too-many-needed` and
 * `unknown-letter` are refused; a `gap` or a class without a criterion for a quantity (`uncovered`) is a warning.
 */
export const ThresholdFlaw = shape({
  code: oneOf(['overlap', 'gap', 'empty-range', 'too-many-needed', 'unknown-letter', 'uncovered']), weight: oneOf(['refused', 'warned']),
  quantity: Nullable(Quantity), between: List(oneOf(['I', 'II', 'III', 'province', 'drug-free']), 2), from: Nullable(Type.Number()), to: Nullable(Type.Number()),
});
export type ThresholdFlaw = Static<typeof ThresholdFlaw>;

/**
 * One way to read the text where it is open.
 * `people`: criterion a counts people in the three situations of Art. 6.1 (`counted`) or does not (`not-counted`).
 * `orHigher`: a value above the upper bound of a class II or III criterion meets it too. `window`: points, people and fugitives on the
 * closing day, or in the whole period.
 */
export const Reading = shape({ people: oneOf(['not-counted', 'counted']), orHigher: Type.Boolean(), window: oneOf(['closing-day', 'whole-period']) });
export type Reading = Static<typeof Reading>;
