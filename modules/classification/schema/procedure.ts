/**
 * The yearly procedure: self-assessment, council, two signatures, notice, objections, the list. Decision 28/2025/QĐ-TTg, Articles 7 and 9. The engine
 * proposes, persons decide. A status belongs to (area, period, decision).
 */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Moment, Nullable, oneOf, Prose, ProvinceCode, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Figure } from '#modules/indicators/schema.ts';
import { Outcome, Verdict } from './criteria.ts';
import { AreaCode, AreaStatus, AssessedYear, CaseKey, CaseKind, AreaCaseMove, CaseState, CouncilPart, ObjectionSource, ReviewCause } from './procedure-words.ts';

export const UnitSeen = shape({ code: Type.String(), nameVi: Type.String(), level: oneOf(['commune', 'province']), province: ProvinceCode, provinceNameVi: Type.String() });
export type UnitSeen = Static<typeof UnitSeen>;

/** One criterion as it stood when a proposal was taken down; the whole trace with its sources is the verdict of the unit (schema/verdict.ts). */
export const CriterionNoted = shape({
  /** As in schema/verdict.ts: `I.a`, `drug-free.3`, `province.4`. */
  id: Type.String(), article: Type.String(), quantity: Type.String(), verdict: Verdict, value: Figure, threshold: Type.String({ description: 'for example "< 0.1"; empty when there is none' }),
});
export type CriterionNoted = Static<typeof CriterionNoted>;
/** What the engine proposed from given evidence; `to-conclude` and `cannot-judge` are no status. `digest` names the answer and the values it stands on; two equal digests are the same proposal. */
export const Proposal = shape({ status: Outcome, standing: oneOf(['reported', 'approved']), digest: Type.String(), at: Moment, criteria: List(CriterionNoted, 60) });
export type Proposal = Static<typeof Proposal>;

/** Last days of the steps; Article 7: the province reports before 20 December, the ministry decides before 30 December. `objectionsUntil` once published. */
export const CaseDays = shape({ periodFirst: Day, periodLast: Day, selfAssessmentUntil: Nullable(Day), decisionUntil: Nullable(Day), objectionsUntil: Nullable(Day) });

/** A row of the list of cases. `proposed`: what the unit's own evidence says now (approved standing); `late`: the step that is due was due before today. */
export const AreaCaseRow = shape({
  province: ProvinceCode, id: Uuid, unit: UnitSeen, period: AssessedYear, kind: CaseKind, state: CaseState, version: Type.Integer(), cause: Nullable(ReviewCause),
  selfAssessed: Nullable(AreaStatus), proposed: Nullable(Outcome), concluded: Nullable(AreaStatus), decided: Nullable(AreaStatus), againstProposal: Type.Boolean(),
  opinions: Type.Integer(), seats: Type.Integer(), openObjections: Type.Integer(), dueOn: Nullable(Day), late: Type.Boolean(), updatedAt: Moment,
});
export type AreaCaseRow = Static<typeof AreaCaseRow>;
/** A case here is about an area, never about a person; under these names the check of E7 goes on refusing lists of persons' cases. */
const AreaCase = AreaCaseRow;
const AreaMove = AreaCaseMove;
export const listCases = contract({
  method: 'GET', path: '/classification/cases', who: 'classification.read', summary: 'Cases of the yearly procedure and reviews the reader may see, those waiting for somebody first',
  query: someOf({ province: ProvinceCode, unit: Type.String({ maxLength: 20 }), period: AssessedYear, kind: CaseKind, state: CaseState, against: oneOf(['yes', 'no']), mine: oneOf(['yes']), q: Type.String({ maxLength: 100 }), page: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
  reply: shape({ rows: List(AreaCase, 500), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer() }), problems: {},
});

/** Counts by state for each province: the board of the procedure. The reader gets the provinces it may read; the nation all. */
export const BoardRow = shape({ province: ProvinceCode, nameVi: Type.String(), communes: Type.Integer(), withoutCase: Type.Integer(), states: List(shape({ state: CaseState, cases: Type.Integer(), late: Type.Integer() }), 12), reviewsOpen: Type.Integer(), againstProposal: Type.Integer(), councilSeats: Type.Integer(), provinceState: Nullable(CaseState) });
export type BoardRow = Static<typeof BoardRow>;
export const getBoard = contract({
  method: 'GET', path: '/classification/board', who: 'classification.read', summary: 'How far the procedure of a period has come, by province, with the days that bind', query: someOf({ period: AssessedYear, province: ProvinceCode }),
  reply: shape({ period: AssessedYear, periods: List(AssessedYear, 40), asOf: Day, days: CaseDays, rows: List(BoardRow, 40) }), problems: {},
});

/** The unit's own assessment, test by test. `agrees` false needs a note. */
export const Assessment = shape({ status: AreaStatus, statement: Prose(5000), answers: List(shape({ criterion: Line(40), agrees: Type.Boolean(), note: Prose(1000) }), 60) });
export type Assessment = Static<typeof Assessment>;
export const ByPost = shape({ office: Type.String(), officeNameVi: Type.String(), post: Type.String(), at: Moment });
export type ByPost = Static<typeof ByPost>;
/** One member's opinion in one round of the council. `recordedFrom`: number of the minutes when the office wrote it down for a member without an account. */
export const Opinion = shape({ seat: Uuid, part: CouncilPart, office: Type.String(), officeNameVi: Type.String(), post: Type.String(), round: Type.Integer(), status: AreaStatus, note: Type.String(), recordedFrom: Nullable(Type.String()), at: Moment });
export type Opinion = Static<typeof Opinion>;
export const Seat = shape({ id: Uuid, part: CouncilPart, office: Type.String(), officeNameVi: Type.String(), post: Type.String({ description: 'post at the office, as in the register of offices' }) });
export type Seat = Static<typeof Seat>;
export const Signature = shape({ order: oneOf(['adviser', 'head']), ...ByPost.properties, digest: Type.String({ description: 'of the conclusion that was signed' }) });
export const Objection = shape({ id: Uuid, source: ObjectionSource, reference: Type.String({ description: 'number of the letter or document; empty for the unit itself' }), text: Type.String(), by: ByPost, answer: Nullable(shape({ upheld: Type.Boolean(), text: Type.String(), by: ByPost })) });
export type Objection = Static<typeof Objection>;
/** What two persons signed. `setAside` once an objection was upheld or a later decision replaced it within the period: it stays in the history. */
export const DecisionMade = shape({
  round: Type.Integer(), status: AreaStatus, proposed: Nullable(Outcome), againstProposal: Type.Boolean(), reason: Type.String(), number: Type.String(), decidedOn: Day, late: Type.Boolean(),
  signatures: List(Signature, 2), proposal: Proposal, publishedAt: Nullable(Moment), inForceFrom: Nullable(Day), setAside: Nullable(shape({ at: Moment, why: oneOf(['objection-upheld', 'evidence-changed', 'reconsidered']) })),
});
export type DecisionMade = Static<typeof DecisionMade>;
/** One step of the history: never edited, never removed. `leaf` is the action in the audit log. */
export const AreaCaseEntry = shape({ seq: Type.Integer(), move: Type.String({ description: 'a case-move, or: opened, evidence-changed' }), from: Nullable(CaseState), to: CaseState, status: Nullable(AreaStatus), text: Type.String(), office: Nullable(Type.String()), officeNameVi: Nullable(Type.String()), post: Nullable(Type.String()), at: Moment });
export type AreaCaseEntry = Static<typeof AreaCaseEntry>;
const AreaEntry = AreaCaseEntry;

/** What the council concluded in a round, and from which evidence. */
export const Conclusion = shape({ round: Type.Integer(), status: AreaStatus, againstProposal: Type.Boolean(), reason: Type.String(), minutes: Type.String(), proposal: Proposal, by: ByPost, number: Nullable(Type.String({ description: 'written with the first signature' })), decidedOn: Nullable(Day) });
export type Conclusion = Static<typeof Conclusion>;

export const CaseView = shape({
  row: AreaCaseRow, days: CaseDays, assessment: Nullable(Assessment), proposalNow: Proposal, proposalReported: Proposal,
  /** Set when evidence moved after the conclusion or the decision: criteria whose value or verdict is not what was signed. The decision stands until another is made. */
  evidenceChanged: List(shape({ id: Type.String(), article: Type.String(), before: Figure, now: Figure, verdictBefore: Verdict, verdictNow: Verdict }), 60),
  causeText: Type.String(), council: List(Seat, 60), opinions: List(Opinion, 200), quorum: Type.Integer({ description: 'opinions needed before the council may conclude' }),
  conclusion: Nullable(Conclusion),
  decisions: List(DecisionMade, 20), objections: List(Objection, 200), listedNow: Nullable(AreaStatus), history: List(AreaEntry, 1000),
  /** Moves open to the reader now, in the order of buttons; `blocked` says which problem code stands in the way of one that the table would allow. */
  moves: List(AreaMove, 13), blocked: List(shape({ move: AreaCaseMove, code: Type.String() }), 13), editable: Type.Boolean(), mySeat: Nullable(Uuid),
});
export type CaseView = Static<typeof CaseView>;
export const getCase = contract({ method: 'GET', path: '/classification/cases/:province/:case', who: 'classification.read', summary: 'A case whole: assessment, proposal then and now, council, signatures, objections, history and what the reader may do', params: CaseKey, reply: CaseView, problems: { 'case-not-found': 404 } });

export const openCase = contract({
  method: 'POST', path: '/classification/units/:province/:unit/cases', who: 'classification.assess', summary: 'Open the case of an area for a period (the one there is, if there is one), or a review by hand with its reason',
  params: shape({ province: ProvinceCode, unit: AreaCode }), body: shape({ period: AssessedYear, kind: CaseKind, reason: Prose(2000) }), reply: CaseView,
  problems: { 'unit-not-found': 404, 'unit-gone': 409, 'unit-not-yours': 403, 'assessment-not-begun': 409, 'later-period-decided': 409, 'reason-needs-words': 422, 'nothing-to-review': 409, 'review-open': 409, 'words-look-personal': 422 },
});
export const saveAssessment = contract({
  method: 'PUT', path: '/classification/cases/:province/:case/assessment', who: 'classification.assess', summary: 'Write the self-assessment down; nothing is sent yet', params: CaseKey, body: shape({ version: Type.Integer(), assessment: Assessment }), reply: CaseView,
  problems: { 'case-not-found': 404, 'case-not-editable': 409, 'case-changed': 409, 'unit-not-yours': 403, 'status-not-of-level': 422, 'words-look-personal': 422 },
});

/** Why a move may be refused, with its HTTP status; the same codes stand in `blocked` of a case and in the answers for many cases. */
export const moveProblems = {
  'case-not-found': 404, 'case-changed': 409, 'move-not-open': 409, 'move-not-yours': 403, 'period-not-over': 409, 'assessment-missing': 422, 'reason-needs-words': 422, 'status-missing': 422, 'status-not-of-level': 422,
  'reason-against-proposal': 422, 'reason-against-council': 422, 'council-empty': 409, 'seat-not-yours': 403, 'opinion-given': 409, 'quorum-missing': 409, 'minutes-missing': 422, 'number-missing': 422, 'decision-number-taken': 409,
  'decided-before-conclusion': 422, 'decided-in-future': 422, 'signed-already': 409, 'maker-never-signs': 403, 'adviser-signs-first': 409, 'head-signs-last': 409, 'evidence-changed': 409, 'earlier-period-open': 409, 'later-period-decided': 409, 'rights-figures-missing': 409,
  'objection-late': 409, 'objection-not-found': 404, 'objection-answered': 409, 'objection-own': 403, 'reference-missing': 422, 'objections-open': 409, 'window-open': 409, 'unit-gone': 409, 'words-look-personal': 422,
} as const;
/**
 * Facts a move takes; what a move does not need is left out. opine: status, text, (seat + minutes when recorded for a member by the office). conclude: status,
 * minutes, reason. sign: the first also number and day. object: source, reference, text. answer-objection: objection, upheld, text. Others: text.
 */
export const MoveInput = shape({
  move: AreaCaseMove, version: Type.Integer(), status: Type.Optional(AreaStatus), text: Type.Optional(Prose(5000)), reason: Type.Optional(Prose(5000)), minutes: Type.Optional(Type.String({ maxLength: 80 })), seat: Type.Optional(Uuid),
  number: Type.Optional(Type.String({ maxLength: 80 })), decidedOn: Type.Optional(Day), source: Type.Optional(ObjectionSource), reference: Type.Optional(Type.String({ maxLength: 120 })), objection: Type.Optional(Uuid), upheld: Type.Optional(Type.Boolean()),
});
export type MoveInput = Static<typeof MoveInput>;
export const moveCase = contract({ method: 'POST', path: '/classification/cases/:province/:case/moves', who: 'classification.act', summary: 'One step of a case', params: CaseKey, body: MoveInput, reply: CaseView, problems: moveProblems });
/** The same step for many cases of one province: a council's sitting, a decision with its list, one notice. Each case gets its own answer; what can be done is done. */
export const moveCases = contract({
  method: 'POST', path: '/classification/cases/:province/moves', who: 'classification.act', summary: 'One step for many cases of a province, each with its own answer', params: shape({ province: ProvinceCode }),
  body: shape({ cases: List(shape({ id: Uuid, version: Type.Integer() }), 400), input: shape({ ...MoveInput.properties, version: Type.Optional(Type.Integer()) }), asProposed: Type.Optional(Type.Boolean({ description: 'conclude and opine: the status proposed for each, instead of one status for all' })) }),
  reply: shape({ done: Type.Integer(), answers: List(shape({ id: Uuid, ok: Type.Boolean(), code: Nullable(Type.String()), state: Nullable(CaseState), version: Nullable(Type.Integer()) }), 400) }), problems: {},
});

/** The review council of a province ('00': the ministry's, for provinces), by post; each edition rests on a numbered decision. */
export const Council = shape({ province: ProvinceCode, number: Type.String(), decidedOn: Nullable(Day), revision: Type.Integer(), seats: List(Seat, 60), quorum: Type.Integer() });
export type Council = Static<typeof Council>;
export const getCouncil = contract({ method: 'GET', path: '/classification/councils/:province', who: 'classification.read', summary: 'The review council by post', params: shape({ province: ProvinceCode }), reply: Council, problems: {} });
export const saveCouncil = contract({
  method: 'PUT', path: '/classification/councils/:province', who: 'classification.keep-council', summary: 'Record the council of a new decision; cases before it keep the opinions they have', params: shape({ province: ProvinceCode }),
  body: shape({ revision: Type.Integer(), number: Line(80), decidedOn: Day, seats: List(shape({ part: CouncilPart, office: Line(60), post: Line(60) }), 60) }), reply: Council,
  problems: { 'unit-not-yours': 403, 'council-changed': 409, 'council-chair': 422, 'council-seat-twice': 422, 'council-too-small': 422, 'seat-office-unknown': 422, 'words-look-personal': 422 },
});

/** One status an area had: the decision it rests on, from when it stood on the list and until when. A unit that was merged keeps its own history; the new unit inherits none. */
export const StatusHeld = shape({
  unit: UnitSeen, period: AssessedYear, status: AreaStatus, case: Uuid, number: Type.String(), decidedOn: Day, from: Day, until: Nullable(Day), endedBy: Nullable(oneOf(['later-decision', 'taken-off', 'unit-ended'])), mine: Type.Boolean({ description: 'of this very unit; false: of a unit it came from' }),
});
export type StatusHeld = Static<typeof StatusHeld>;
/** `current` null with `former` not empty: the unit was made of units with a status of their own, and waits for its own decision. */
export const UnitStanding = shape({ unit: UnitSeen, asOf: Day, current: Nullable(StatusHeld), history: List(StatusHeld, 200), former: List(StatusHeld, 200), formerDiffer: Type.Boolean(), openCases: List(AreaCase, 20) });
export type UnitStanding = Static<typeof UnitStanding>;
export const getStanding = contract({ method: 'GET', path: '/classification/units/:province/:unit/standing', who: 'classification.read', summary: 'The decided statuses of an area, now and before, of the units it came from too', params: shape({ province: ProvinceCode, unit: AreaCode }), query: someOf({ day: Day }), reply: UnitStanding, problems: { 'unit-not-found': 404 } });

/** A listed area on a day. */
export const ListedRow = shape({ unit: UnitSeen, status: AreaStatus, period: AssessedYear, number: Type.String(), decidedOn: Day, from: Day, reviewOpen: Type.Boolean() });
export type ListedRow = Static<typeof ListedRow>;
export const getList = contract({
  method: 'GET', path: '/classification/list', who: 'classification.read', summary: 'Areas on the list on a day, by status', query: someOf({ day: Day, province: ProvinceCode, status: AreaStatus, level: oneOf(['commune', 'province']), page: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
  reply: shape({ asOf: Day, rows: List(ListedRow, 500), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), counts: List(shape({ status: AreaStatus, areas: Type.Integer() }), 7), communes: Type.Integer({ description: 'communes that exist that day, under the scope' }) }), problems: {},
});

const file = { who: 'classification.read', reply: Type.Unknown(), download: true, problems: { 'case-not-found': 404, 'nothing-to-print': 409 } } as const;
export const getCaseFile = contract({ method: 'GET', path: '/classification/cases/:province/:case/file.pdf', summary: "The council's file of a case, A4, form of Decree 30/2020/NĐ-CP", params: CaseKey, ...file });
export const getDecisionFile = contract({ method: 'GET', path: '/classification/decisions/:province/:period/decision.pdf', summary: 'Draft decision of a province with the list of its concluded cases as annex, form of Decree 30/2020/NĐ-CP', params: shape({ province: ProvinceCode, period: AssessedYear }), query: someOf({ number: Type.String({ maxLength: 80 }) }), ...file });
