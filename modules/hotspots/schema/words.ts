/** The words of the register: closed lists only, so that no field of it can hold a name, a number of a person or a household (SECURITY E1). */
import { oneOf, shape, Type, type Static } from '#kernel/shape.ts';

/**
 * `point` is the kind the law defines (Decision 28/2025/QĐ-TTg, article 2: a place, area or moving vehicle suspected of, or documented for,
 * organising or harbouring use) and the only one that counts in the three tests. `hotspot` (tụ điểm) and `risk-point` (điểm nguy cơ) stand in
 * plans and targets without a definition; they are kept apart and never added to points.
 */
export const kinds = ['point', 'hotspot', 'risk-point'] as const;
export const Kind = oneOf(kinds);
export type Kind = Static<typeof Kind>;

/** What sort of place it is: the most that is told of it besides its commune. */
export const settings = [
  'boarding-house', 'residential', 'hotel', 'entertainment', 'conditional-business', 'market', 'transport', 'industrial-park', 'school-surroundings', 'vacant', 'park-street', 'boundary', 'vehicle', 'other',
] as const;
export const Setting = oneOf(settings);
export type Setting = Static<typeof Setting>;

/** How it became known. A tip is named as a source only: there is no way from a place back to a tip (E2). */
export const sources = ['patrol', 'public-tip', 'case', 'general-review', 'neighbour-unit', 'return', 'other'] as const;
export const Source = oneOf(sources);
export type Source = Static<typeof Source>;

/** Suspected of it, or documented for it (article 2). */
export const bases = ['suspected', 'documented'] as const;
export const Basis = oneOf(bases);
export type Basis = Static<typeof Basis>;

export const activities = ['organising', 'harbouring', 'retail', 'use'] as const;
export const Activity = oneOf(activities);
export type Activity = Static<typeof Activity>;

/** The states of a place, in the order of its life; `dismissed` is the end of a report that was not confirmed. Recurred places keep their code. */
export const states = ['reported', 'verified', 'listed', 'resolving', 'resolved', 'removed', 'watched', 'closed', 'recurred', 'dismissed'] as const;
export const State = oneOf(states);
export type State = Static<typeof State>;

/** Steps a person takes; a check is a step of its own contract. */
export const moves = ['verify', 'dismiss', 'list', 'start', 'resolve', 'resume', 'remove', 'watch', 'close', 'recur'] as const;
export const Move = oneOf(moves);
export type Move = Static<typeof Move>;
export const steps = ['report', 'correct', ...moves, 'check', 'count', 'count-withdrawn', 'photograph', 'photograph-removed', 'exact-place'] as const;
export const Step = oneOf(steps);
export type Step = Static<typeof Step>;

/** What was done to resolve a place; services offered to people are a count of nobody. */
export const measures = ['case-broken', 'regular-patrol', 'closure', 'licence-withdrawn', 'site-cleared', 'lighting-camera', 'self-governance', 'communication', 'services-offered', 'handed-over'] as const;
export const Measure = oneOf(measures);
export type Measure = Static<typeof Measure>;

export const dismissalReasons = ['not-confirmed', 'duplicate', 'other-unit', 'not-this-kind'] as const;
export const DismissalReason = oneOf(dismissalReasons);
export type DismissalReason = Static<typeof DismissalReason>;

/** Days after removal on which a place is checked; 0 is a check between or after them. */
export const checkDays = [30, 60, 90, 180] as const;
export const CheckDay = Type.Union([Type.Literal(0), Type.Literal(30), Type.Literal(60), Type.Literal(90), Type.Literal(180)]);
export type CheckDay = Static<typeof CheckDay>;
export const checkResults = ['clean', 'signs', 'recurred'] as const;
export const CheckResult = oneOf(checkResults);
export type CheckResult = Static<typeof CheckResult>;

/** Why the exact place or a photograph is opened; kept in the log with who and when. */
export const purposes = ['verification', 'patrol', 'resolution', 'check', 'boundary-coordination', 'inspection'] as const;
export const Purpose = oneOf(purposes);
export type Purpose = Static<typeof Purpose>;

export const photographStages = ['found', 'resolved', 'check', 'recurred'] as const;
export const PhotographStage = oneOf(photographStages);
export type PhotographStage = Static<typeof PhotographStage>;
export const removalReasons = ['shows-person', 'wrong-place', 'unclear'] as const;
export const RemovalReason = oneOf(removalReasons);

/** Substances whose seizures are counted, by weight in milligrams (pills and liquids are counted by their weight as the laboratory states it). */
export const substances = ['heroin', 'methamphetamine', 'mdma', 'ketamine', 'cannabis', 'opium', 'new-psychoactive', 'other'] as const;
export const Substance = oneOf(substances);
export type Substance = Static<typeof Substance>;

/** Number of a document as Decree 30 writes it: figures, a year, capital letters of kind and office. `125/QĐ-UBND`, `37/2026/KLĐT-CSĐT-PC04`. */
export const DocumentNumber = Type.String({ pattern: '^[0-9]{1,6}(/20[0-9]{2})?/[A-ZĐƯƠÔ]{1,8}[0-9]{0,2}(-[A-ZĐƯƠÔ]{1,8}[0-9]{0,2}){0,3}$', description: '125/QĐ-UBND' });
/** `ĐN-01-2026-0412`: province, year of the report, running number. It stays the same for life. */
export const PlaceCode = Type.String({ pattern: '^ĐN-[0-9A-Z]{2}-[0-9]{4}-[0-9]{4,6}$', description: 'ĐN-01-2026-0412' });
export const OfficeId = Type.String({ pattern: '^[A-ZĐa-z0-9:.,_-]{1,60}$' });

/** Where exactly, in hundred-thousandths of a degree (about a metre). Never part of a list, a page or a public answer. */
export const ExactPlace = shape({ latitudeE5: Type.Integer({ minimum: 0, maximum: 2_400_000 }), longitudeE5: Type.Integer({ minimum: 10_000_000, maximum: 12_000_000 }) });
export type ExactPlace = Static<typeof ExactPlace>;
