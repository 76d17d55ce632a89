/** How far figures can be trusted: outliers, consistency, grades, and random verification announced beforehand. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Moment, Nullable, oneOf, Prose, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Compact, Coverage, DefinitionId, Figure, Grade, Graded, GradeReason, Judged, JudgementStep, NameEn, PeriodInfo, PeriodParam, readProblems, UnitName, UnitParam, Words } from './figure.ts';

export const outlierTests = ['z', 'modified-z', 'ratio'] as const;
/** A value far from what the unit usually reports. `usual` is the median of the twelve periods before. */
export const Outlier = shape({
  unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, element: DefinitionId, cell: Type.String(), value: Compact, usual: Compact, z: Nullable(Type.Number()), modifiedZ: Nullable(Type.Number()), ratio: Nullable(Type.Number()),
  tests: List(oneOf(outlierTests), 3), effect: Nullable(Type.Number({ description: 'share of the total of the unit asked about that hangs on it' })),
});
export const Heaping = shape({ unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, values: Type.Integer(), endingInZeroOrFive: Type.Integer(), expectedShare: Type.Number(), p: Type.Number({ description: 'chance of so many or more by accident' }) });
export const Drop = shape({ unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, element: DefinitionId, before: Compact, value: Compact, daysToDeadline: Nullable(Type.Integer()) });
export const ZeroRun = shape({ unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, dataSet: DefinitionId, periods: Type.Integer() });
export const RuleBroken = shape({ rule: Type.String(), open: Type.Integer(), explained: Type.Integer() });
export const Quality = shape({
  unit: UnitName, period: PeriodInfo, dataSet: DefinitionId, dataSetName: Words, coverage: Coverage, inTime: Type.Integer(), grade: Graded,
  outliers: List(Outlier, 500), outliersTotal: Type.Integer(), heaping: List(Heaping, 1000), heapingTotal: Type.Integer(), drops: List(Drop, 1000), dropsTotal: Type.Integer(), zeroRuns: List(ZeroRun, 1000), zeroRunsTotal: Type.Integer(), consistency: List(RuleBroken, 500),
  children: List(shape({ unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, grade: Grade, gradeWhy: Nullable(GradeReason), reporting: Type.Integer(), expected: Type.Integer(), inTime: Type.Integer(), outliers: Type.Integer(), broken: Type.Integer() }), 5000),
});
export type Quality = Static<typeof Quality>;
export const getQuality = contract({
  method: 'GET', path: '/figures/quality', who: 'indicators.read', impersonal: true, ownTransactions: true, summary: 'Outliers, heaping, drops before deadlines, runs of zeros, broken rules and the grade of a unit and what lies below',
  query: shape({ unit: Type.Optional(UnitParam), period: Type.Optional(PeriodParam), dataSet: Type.Optional(DefinitionId) }), reply: Quality, problems: { ...readProblems, 'data-set-unknown': 404 },
});

/**
 * A drawn sample. `seedDigest` (SHA-256 of the seed) and the frame are public from `announcedAt`; the seed itself is published when the
 * sample is drawn, so anyone can draw it again and see that nobody chose the units.
 */
export const Sample = shape({
  id: Uuid, province: Type.String(), dataSet: DefinitionId, period: Type.String(), size: Type.Integer(), elements: List(Type.String(), 50), visitFrom: Day, frame: Type.Integer(), frameDigest: Type.String(),
  seedDigest: Type.String(), seed: Nullable(Type.String()), announcedAt: Moment, drawnAt: Nullable(Moment), office: Type.String(),
  units: List(shape({
    unit: UnitName,
    counts: List(shape({ element: DefinitionId, cell: Type.String(), reported: Figure, counted: Figure, office: Type.String(), at: Moment }), 500),
  }), 500),
  /** Sum counted / sum reported per element over the counted units; null until one is counted. */
  factors: List(shape({ element: DefinitionId, factor: Nullable(Type.Number()), units: Type.Integer() }), 50),
});
export type Sample = Static<typeof Sample>;
export const listSamples = contract({
  method: 'GET', path: '/figures/verification', who: 'indicators.read', ownTransactions: true, summary: 'Verification samples announced, drawn and counted',
  query: someOf({ province: Type.String({ pattern: '^[0-9A-Za-z]{2}$' }), period: PeriodParam, dataSet: DefinitionId }), reply: shape({ rows: List(Sample, 200) }), problems: {},
});
export const announceSample = contract({
  method: 'POST', path: '/figures/verification', who: 'indicators.verify', summary: 'Announce a sample: its frame, size and the digest of its seed, before anyone knows the units',
  body: shape({ id: Uuid, province: Type.String({ pattern: '^[0-9A-Za-z]{2}$' }), dataSet: DefinitionId, period: PeriodParam, size: Type.Integer({ minimum: 1, maximum: 200 }), elements: List(DefinitionId, 20), visitFrom: Day }),
  reply: Sample, problems: { ...readProblems, 'data-set-unknown': 404, 'element-unknown': 404, 'sample-larger-than-frame': 422, 'sample-exists': 409, 'visit-too-soon': 422 },
});
export const drawSample = contract({
  method: 'POST', path: '/figures/verification/:id/draw', who: 'indicators.verify', summary: 'Publish the seed and with it the units to visit; from the first day of visits', params: shape({ id: Uuid }), body: shape({}), reply: Sample,
  problems: { 'sample-not-found': 404, 'sample-drawn': 409, 'sample-not-yet': 409 },
});
export const recordCount = contract({
  method: 'POST', path: '/figures/verification/:id/counts', who: 'indicators.verify', summary: 'What was counted anew at a drawn unit; never by the office that reported it', params: shape({ id: Uuid }),
  body: shape({ unit: UnitParam, counts: List(shape({ element: DefinitionId, cell: Type.String({ maxLength: 63 }), counted: Type.Integer({ minimum: 0, maximum: 9_007_199_254_740_991 }) }), 100), note: Prose(1000) }),
  reply: Sample, problems: { 'sample-not-found': 404, 'sample-not-drawn': 409, 'unit-not-in-sample': 422, 'count-own-return': 403, 'count-exists': 409, 'element-unknown': 404, 'words-name-person': 422 },
});

export const judgeFigure = contract({
  method: 'POST', path: '/figures/judgements', who: 'indicators.judge', stepUp: true, summary: 'Sign another judgement than the computed one, with the reason',
  body: shape({ indicator: DefinitionId, unit: UnitParam, period: PeriodParam, step: JudgementStep, reason: Line(1000) }),
  reply: Judged, problems: { ...readProblems, 'indicator-unknown': 404, 'judgement-same': 422, 'judgement-own-unit': 403, 'direction-says-nothing': 422, 'reason-too-short': 422, 'words-name-person': 422 },
});

export const Commitment = shape({ province: Type.String(), unit: Type.String(), target: DefinitionId, period: Type.String(), value: Type.Number(), basis: Type.String(), revision: Type.Integer(), recordedAt: Moment, office: Type.String() });
export type Commitment = Static<typeof Commitment>;
export const listCommitments = contract({
  method: 'GET', path: '/figures/commitments', who: 'indicators.read', summary: 'What provinces committed to for each target', query: someOf({ target: DefinitionId, province: Type.String({ pattern: '^[0-9A-Za-z]{2}$' }) }),
  reply: shape({ rows: List(Commitment, 5000) }), problems: {},
});
export const recordCommitment = contract({
  method: 'PUT', path: '/figures/commitments', who: 'indicators.commit', summary: 'Record what a province commits to, with the document',
  body: shape({ unit: UnitParam, target: DefinitionId, period: PeriodParam, value: Type.Number(), basis: Line(300), baseRevision: Type.Integer({ minimum: 0 }) }), reply: Commitment,
  problems: { ...readProblems, 'target-unknown': 404, 'commitment-changed': 409, 'commitment-weaker-than-target': 422, 'value-not-finite': 422, 'words-name-person': 422 },
});
