/** The closed lists of words of the yearly procedure (Decision 28/2025/QĐ-TTg, Articles 6, 7 and 9). Each value is a message key: `<list>.<value>`. */
import { CommuneCode, oneOf, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';

/** What may be decided of an area: a commune is drug-free, of type I, II, III or none of them; a province drug-free, key-complex or not. The words are those of `Outcome` that are a status. Keys `area-status.*`. */
export const areaStatuses = ['drug-free', 'I', 'II', 'III', 'not-classified', 'key-complex', 'not-key-complex'] as const;
export const AreaStatus = oneOf(areaStatuses);
export type AreaStatus = Static<typeof AreaStatus>;

/** `yearly`: the assessment of a whole period (15 December to 14 December). `review`: opened within a period, by the machine when a criterion of a listed area breaks, or by a person. Keys `case-kind.*`. */
export const CaseKind = oneOf(['yearly', 'review']);
export type CaseKind = Static<typeof CaseKind>;

/**
 * Keys `case-state.*`. preparing -> submitted -> in-council -> concluded -> signed-once -> decided -> published -> in-force; returned goes back to the
 * unit; dropped ends a review without a decision. The status of an area is that of its newest case in force, never a flag.
 */
export const caseStates = ['preparing', 'submitted', 'returned', 'in-council', 'concluded', 'signed-once', 'decided', 'published', 'in-force', 'dropped'] as const;
export const CaseState = oneOf(caseStates);
export type CaseState = Static<typeof CaseState>;

/**
 * Keys `case-move.*`. submit: the unit's head sends the self-assessment; return: back for correction; convene: before the council; opine: one member's opinion;
 * conclude: the council's conclusion; reconsider: back to the council before two have signed; sign: first the adviser, then the head; publish: the public notice,
 * from which the objection window runs; object, answer-objection; enlist: put on or taken off the list; drop: end a review without a decision; comment.
 */
export const caseMoves = ['submit', 'return', 'convene', 'opine', 'conclude', 'reconsider', 'sign', 'publish', 'object', 'answer-objection', 'enlist', 'drop', 'comment'] as const;
export const AreaCaseMove = oneOf(caseMoves);
export type AreaCaseMove = Static<typeof AreaCaseMove>;

/** Why a review was opened. Keys `review-cause.*`. */
export const ReviewCause = oneOf(['criterion-broken', 'evidence-changed', 'by-hand']);
export type ReviewCause = Static<typeof ReviewCause>;

/** Who objects; an objection that came on paper is recorded by the province's office, about the place only. Keys `objection-source.*`. */
export const ObjectionSource = oneOf(['unit', 'office', 'letter']);
export type ObjectionSource = Static<typeof ObjectionSource>;

/** A member of a review council, by post. Keys `council-part.*`. */
export const CouncilPart = oneOf(['chair', 'deputy', 'standing', 'member']);
export type CouncilPart = Static<typeof CouncilPart>;

/** A year of the programme: 2026 is 15 December 2025 to 14 December 2026. */
export const AssessedYear = Type.String({ pattern: '^20[2-4][0-9]$', description: 'year of the programme, 15 December of the year before to 14 December' });
/** A commune's code, or a province's own. */
export const AreaCode = Type.Union([CommuneCode, ProvinceCode]);
export const CaseKey = shape({ province: ProvinceCode, case: Uuid });
