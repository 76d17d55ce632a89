/** What the engine proposes for a place and a period, with everything it stands on. A status exists only by decision: see procedure.ts. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Moment, Nullable, oneOf, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Compact, DefinitionId, Figure, Standing, UnitName, UnitParam, Words } from '#modules/indicators/schema.ts';
import { Decree, DecreeSeen, Outcome, Quantity, Reading, Threshold, ThresholdFlaw, Verdict } from './criteria.ts';

/** The assessment year: `2025` is 15 December 2024 to 14 December 2025. */
export const YearParam = Type.String({ pattern: '^20[0-9]{2}$', description: 'assessment period: 2025 runs from 15/12/2024 to 14/12/2025' });
export const AssessmentPeriod = shape({
  id: YearParam, first: Day, last: Day,
  /** True once the last day has passed; before, every value is a forecast. */
  ended: Type.Boolean(), daysLeft: Type.Integer(),
  /** Months of the period whose days have passed, and all of them. */
  monthsEnded: List(Type.String(), 12), months: List(Type.String(), 12),
});
export type AssessmentPeriod = Static<typeof AssessmentPeriod>;

/** A sentence as a message key with its facts; numbers are formatted by the reader's language. */
export const Sentence = shape({ key: Type.String(), facts: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])) });
export type Sentence = Static<typeof Sentence>;

/** One thing a criterion was computed from. */
export const SourceRow = shape({
  unit: Type.String(),
  /** `return`: a box of a data set. `register`: the hotspot register. `engine`: proposals for the communes below. `route-list`: the list of key routes. */
  from: oneOf(['return', 'register', 'engine', 'route-list']),
  dataSet: Nullable(DefinitionId), element: Nullable(DefinitionId), cell: Nullable(Type.String()),
  /** How it is read: the last month's value, the sum over the period, or the largest in the period. */
  over: oneOf(['closing-day', 'sum', 'largest']),
  first: Day, last: Day,
  value: Figure, standing: Standing,
  /** Months with an answer, and months that should have one. */
  answered: Type.Integer(), expected: Type.Integer(),
  /** Months without an answer (for a province: as many as are shown of its communes’ missing months). */
  missing: List(Type.String(), 24),
});
export type SourceRow = Static<typeof SourceRow>;

/** The same criterion in another reading of the text. */
export const OtherReading = shape({ axis: oneOf(['people', 'or-higher', 'window']), value: Figure, verdict: Verdict });
export type OtherReading = Static<typeof OtherReading>;

export const Criterion = shape({
  /** `I.a`, `II.đ`, `III.c`, `province.4`, `drug-free.1`. Its words: message key `classification.criterion.<id>`. */
  id: Type.String(), letter: Type.String(),
  /** Art. 4.1 and the like; the letter stands beside it. */
  article: Type.String(),
  /** The main quantity; a criterion with two (plants or area) has both in `parts`. */
  quantity: Quantity,
  verdict: Verdict,
  parts: List(shape({
    quantity: Quantity,
    /** Percent with up to four decimals, a count, m², or the code of a route. */
    value: Figure, numerator: Nullable(Figure), denominator: Nullable(Figure),
    /** In the whole period, where the text leaves open which days count; null where it does not matter. */
    inPeriod: Nullable(Figure),
    threshold: Nullable(Threshold), verdict: Verdict, sources: List(SourceRow, 8),
  }), 6),
  /** Letter đ: which letters were counted. */
  letters: Nullable(List(Type.String(), 6)),
  otherReadings: List(OtherReading, 3),
  /** What is so, and what would change it: "fails test 3 by 1 point". */
  sentence: Sentence,
});
export type Criterion = Static<typeof Criterion>;

/** A class, the three tests, or the six of a province. */
export const CriteriaGroup = shape({
  group: oneOf(['drug-free', 'I', 'II', 'III', 'province']), article: Type.String(), verdict: Verdict,
  met: Type.Integer(), cannotJudge: Type.Integer(), toConclude: Type.Integer(), needed: Type.Integer(), of: Type.Integer(), criteria: List(Criterion, 6),
});
export type CriteriaGroup = Static<typeof CriteriaGroup>;

/** One figure that must stand beside a drug-free share (E13). */
export const BesideFigure = shape({ id: DefinitionId, name: Words, unit: Type.String(), decimals: Type.Integer(), value: Figure, period: Type.String() });
export type BesideFigure = Static<typeof BesideFigure>;

/** The status that a person decided, when there is one. */
export const Decided = shape({ status: Outcome, number: Type.String(), decidedOn: Day, office: Type.String(), againstProposal: Type.Boolean(), underReview: Type.Boolean() });
export type Decided = Static<typeof Decided>;

export const HistoryRow = shape({ period: YearParam, unit: Type.String(), proposal: Outcome, testsMet: Nullable(Type.Integer()), decided: Nullable(Decided) });
export type HistoryRow = Static<typeof HistoryRow>;

export const UnitVerdict = shape({
  unit: UnitName, province: Type.String(), provinceName: Nullable(Type.String()), level: oneOf(['province', 'commune']),
  period: AssessmentPeriod, treeDay: Day, decree: Nullable(DecreeSeen), standing: Standing, asOf: Moment,
  proposal: Outcome,
  /** What it can still be: more than one where evidence is missing or readings differ. */
  possible: List(Outcome, 8),
  /** The same from everything reported and from what the province has approved. */
  byStanding: shape({ reported: Outcome, approved: Outcome }),
  /** True before the period has ended: a forecast, never a status. */
  forecast: Type.Boolean(),
  /** Of the three tests: the ring on the page. */
  tests: shape({ met: Type.Integer(), toConclude: Type.Integer(), notMet: Type.Integer(), cannotJudge: Type.Integer() }),
  /** "If closed today": the class under Art. 4 whatever the three tests say. Null for a province. */
  classIfNotDrugFree: Nullable(Outcome),
  groups: List(CriteriaGroup, 4),
  readings: List(shape({ reading: Reading, outcome: Outcome }), 8), readingsAgree: Type.Boolean(),
  residents: Figure,
  /** People in the three situations of Art. 6.1, who never count against the place. */
  excepted: shape({ substitution: Figure, atHome: Figure, aftercare: Figure, total: Figure }),
  /** Points by the register and by the return; the larger is used and a difference is to be reconciled. `register` is missing where no register is kept. */
  points: shape({ register: Figure, reported: Figure, used: Figure, differ: Type.Boolean() }),
  /** Route by the box of the return and by the list of routes; the wider is used. */
  route: shape({ reported: Figure, listed: Figure, differ: Type.Boolean() }),
  /** What would change the proposal, nearest first. */
  changes: List(Sentence, 12),
  beside: List(BesideFigure, 12),
  decided: Nullable(Decided),
  /** This period and those before, newest first; former units are named by their codes. */
  history: List(HistoryRow, 12),
  /** True when small counts are hidden from this reader (E4). */
  hidden: Type.Boolean(),
});
export type UnitVerdict = Static<typeof UnitVerdict>;

const problems = { 'unit-unknown': 404, 'unit-not-yours': 403, 'day-invalid': 422, 'day-before-history': 422, 'programme-missing': 409, 'level-not-classified': 422, 'period-not-classified': 422 } as const;
export const verdictProblems = problems;

export const getVerdict = contract({
  method: 'GET', path: '/classification/verdict/:unit', who: 'classification.read', impersonal: true, ownTransactions: true,
  summary: 'What the engine proposes for a commune or province in a period, criterion by criterion, down to the boxes it was computed from',
  params: shape({ unit: UnitParam }), query: shape({ period: Type.Optional(YearParam), standing: Type.Optional(Standing) }), reply: UnitVerdict, problems,
});

/** Counts of communes by outcome; `total` is all communes on the map of the period. */
export const Tally = shape({
  total: Type.Integer(), drugFree: Type.Integer(), I: Type.Integer(), II: Type.Integer(), III: Type.Integer(), notClassified: Type.Integer(), toConclude: Type.Integer(), cannotJudge: Type.Integer(),
});
export type Tally = Static<typeof Tally>;
/** A drug-free share never travels alone: `beside` holds the figures of the same unit in the order of the reply's `besideOf` (E13). */
export const DrugFreeShare = shape({
  proposed: Nullable(Type.Number({ description: 'percent of all communes proposed as drug-free' })), decided: Nullable(Type.Number({ description: 'percent of all communes decided as drug-free' })),
  beside: List(Compact, 12),
});
export type DrugFreeShare = Static<typeof DrugFreeShare>;
export const BesideOf = shape({ id: DefinitionId, name: Words, unit: Type.String(), decimals: Type.Integer(), period: Type.String() });

export const ProvinceRow = shape({ code: Type.String(), nameVi: Type.String(), tally: Tally, decidedTally: Nullable(Tally), outcome: Outcome, decided: Nullable(Decided), share: DrugFreeShare });
export type ProvinceRow = Static<typeof ProvinceRow>;
export const VerdictRow = shape({
  code: Type.String(), nameVi: Type.String(), kind: Type.String(), province: Type.String(), outcome: Outcome, classIfNotDrugFree: Nullable(Outcome),
  /** Verdicts of the three tests in order. */
  tests: List(Verdict, 3), readingsAgree: Type.Boolean(), pointsDiffer: Type.Boolean(), missingMonths: Type.Integer(), decided: Nullable(Decided),
  /** The decided status and today’s proposal are not the same. */
  turned: Type.Boolean(),
});
export type VerdictRow = Static<typeof VerdictRow>;
export const VerdictList = shape({
  period: AssessmentPeriod, treeDay: Day, decree: Nullable(DecreeSeen), standing: Standing, unit: UnitName, asOf: Moment, forecast: Type.Boolean(),
  tally: Tally, decidedTally: Nullable(Tally), share: DrugFreeShare, besideOf: List(BesideOf, 12),
  /** Provinces of the nation, in the order of codes; empty when one province is asked for. */
  provinces: List(ProvinceRow, 100),
  rows: List(VerdictRow, 200), page: Type.Integer(), pages: Type.Integer(), rowsTotal: Type.Integer(),
});
export type VerdictList = Static<typeof VerdictList>;

export const listVerdicts = contract({
  method: 'GET', path: '/classification/verdicts', who: 'classification.read', impersonal: true, ownTransactions: true,
  summary: 'Proposals of a province or the nation with counts, and beside every drug-free share the figures of E13',
  query: shape({
    unit: Type.Optional(UnitParam), period: Type.Optional(YearParam), standing: Type.Optional(Standing), outcome: Type.Optional(Outcome), decided: Type.Optional(Outcome),
    /** Only those worth a look: readings differ, points differ, or the proposal turned away from the decided status. */
    only: Type.Optional(oneOf(['readings-differ', 'points-differ', 'turned', 'evidence-missing'])), search: Type.Optional(Type.String({ maxLength: 100 })), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: VerdictList, problems,
});

/** For the maps: a letter a unit. d drug-free, 1 2 3 classes, n not classified, k key-complex, o not key-complex, c to conclude, m cannot be judged, x older criteria. */
export const VerdictMap = shape({
  period: AssessmentPeriod, treeDay: Day, standing: Standing, unit: UnitName, level: oneOf(['province', 'commune']), forecast: Type.Boolean(),
  /** Codes ascending, of the level asked for, on `treeDay`. */
  codes: List(Type.String(), 5000), proposed: Type.String(), decided: Type.String({ description: 'the same letters; - where nothing is decided' }),
  tally: Tally, share: DrugFreeShare, besideOf: List(BesideOf, 12),
});
export type VerdictMap = Static<typeof VerdictMap>;
export const getVerdictMap = contract({
  method: 'GET', path: '/classification/map', who: 'classification.read', impersonal: true, ownTransactions: true, summary: 'Proposed and decided status of every unit, for a map',
  query: shape({ unit: Type.Optional(UnitParam), level: Type.Optional(oneOf(['province', 'commune'])), period: Type.Optional(YearParam), standing: Type.Optional(Standing) }), reply: VerdictMap, problems,
});

export const listDecrees = contract({
  method: 'GET', path: '/classification/decrees', who: 'classification.read', impersonal: true, summary: 'Decisions whose criteria the engine knows, with their days in force', query: shape({}),
  reply: shape({ rows: List(shape({ decree: Decree, builtIn: Type.Boolean(), flaws: List(ThresholdFlaw, 50) }), 50) }), problems: {},
});
/** A new decree, or an amendment: in force from its day on; periods that ended before keep the criteria they had. */
export const loadDecree = contract({
  method: 'POST', path: '/classification/decrees', who: 'classification.load-decree', stepUp: true, summary: 'Load the criteria of a new decision; thresholds that overlap are refused, gaps are warned of',
  body: shape({ decree: Decree }), reply: shape({ decree: DecreeSeen, flaws: List(ThresholdFlaw, 50) }),
  problems: { 'thresholds-refused': 422, 'decree-exists': 409, 'decree-before-another': 422 },
});

/** Key complex routes (Art. 3): put on and taken off the list by decision; the province its own, the ministry those between provinces. */
export const KeyRoute = shape({
  id: Uuid, kind: oneOf(['intra-provincial', 'inter-provincial']), province: Type.String(), name: Type.String(), communes: List(Type.String(), 500), decision: Type.String(), listedOn: Day,
  delistedOn: Nullable(Day), delistDecision: Nullable(Type.String()), office: Type.String(),
});
export type KeyRoute = Static<typeof KeyRoute>;
export const listRoutes = contract({
  method: 'GET', path: '/classification/routes', who: 'classification.read', impersonal: true, summary: 'Key complex routes with the communes they cross',
  query: shape({ province: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{2}$' })), on: Type.Optional(Day) }), reply: shape({ rows: List(KeyRoute, 1000) }), problems: {},
});
export const listRoute = contract({
  method: 'POST', path: '/classification/routes', who: 'classification.list-route', stepUp: true, summary: 'Put a key complex route on the list, with the decision and the communes it crosses',
  body: shape({ id: Uuid, kind: oneOf(['intra-provincial', 'inter-provincial']), province: Type.String({ pattern: '^[0-9A-Z]{2}$' }), name: Type.String({ minLength: 3, maxLength: 200 }), communes: List(Type.String({ maxLength: 20 }), 500), decision: Type.String({ minLength: 3, maxLength: 100 }), listedOn: Day }),
  reply: KeyRoute, problems: { 'route-not-yours': 403, 'unit-unknown': 404, 'route-commune-elsewhere': 422, 'route-day-future': 422, 'route-communes-missing': 422, 'route-text-personal': 422 },
});
export const delistRoute = contract({
  method: 'POST', path: '/classification/routes/:id/delisting', who: 'classification.list-route', stepUp: true, summary: 'Take a key complex route off the list',
  params: shape({ id: Uuid }), body: shape({ province: Type.String({ pattern: '^[0-9A-Z]{2}$' }), decision: Type.String({ minLength: 3, maxLength: 100 }), delistedOn: Day }), reply: KeyRoute,
  problems: { 'route-not-found': 404, 'route-not-yours': 403, 'route-delisted': 409, 'route-day-wrong': 422 },
});
