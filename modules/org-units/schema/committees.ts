/** Provincial steering committees (Ban Chỉ đạo) for 2026–2030: the decision that set each up, and its seats by post. */
import { Day, Line, List, Nullable, oneOf, ProvinceCode, shape, Type, type Static } from '#kernel/shape.ts';
import { contract } from '#kernel/contract.ts';

export const committeeTerm = '2026-2030';
/** Provinces complete their committees by this day (Notice 564/TB-VPCP, task on provincial steering committees). */
export const committeeDue = { dueOn: '2025-10-31', basis: '564/TB-VPCP' } as const;

export const CommitteeState = oneOf(['on-time', 'late', 'missing', 'awaited']);
export type CommitteeState = Static<typeof CommitteeState>;

export const SeatRole = oneOf(['chair', 'standing-deputy', 'deputy', 'standing-member', 'member', 'secretary']);
export type SeatRole = Static<typeof SeatRole>;

/** A seat belongs to a post of an office. The holder's official name is optional; nothing else about a person is kept. */
export const Seat = shape({ role: SeatRole, office: Line(60), post: Line(120), holder: Nullable(Line(120)) });
export type Seat = Static<typeof Seat>;
export const Meeting = shape({ heldOn: Day, document: Nullable(Line(80)) });
export type Meeting = Static<typeof Meeting>;

const decision = {
  decisionNumber: Line(80), decidedOn: Day, signerPost: Line(120),
  /** SHA-256 of the signed decision, the evidence; null until the file is added. */
  documentHash: Nullable(Type.String({ pattern: '^[0-9a-f]{64}$' })), documentUrl: Nullable(Type.String({ maxLength: 500, pattern: '^https?://[^\\s<>"]+$' })),
  seats: List(Seat, 80), meetings: List(Meeting, 200),
};

export const RecordedCommittee = shape({ ...decision, revision: Type.Integer(), recordedAt: Type.String(), recordedBy: Type.String() });
export type RecordedCommittee = Static<typeof RecordedCommittee>;

export const CommitteeRow = shape({
  province: ProvinceCode, provinceVi: Type.String(), state: CommitteeState, daysLate: Type.Integer({ description: '0 unless late or missing' }),
  decisionNumber: Nullable(Type.String()), decidedOn: Nullable(Day), seatCount: Type.Integer(), meetingCount: Type.Integer(), lastMeetingOn: Nullable(Day),
});
export type CommitteeRow = Static<typeof CommitteeRow>;

export const CommitteeBoard = shape({
  term: Type.String(), dueOn: Day, basis: Type.String(), asOf: Day,
  counts: shape({ onTime: Type.Integer(), late: Type.Integer(), missing: Type.Integer(), awaited: Type.Integer() }), rows: List(CommitteeRow, 100),
});
export type CommitteeBoard = Static<typeof CommitteeBoard>;

export const CommitteePage = shape({
  province: ProvinceCode, provinceVi: Type.String(), term: Type.String(), dueOn: Day, basis: Type.String(), state: CommitteeState, daysLate: Type.Integer(),
  recorded: Nullable(RecordedCommittee), mayRecord: Type.Boolean(),
});
export type CommitteePage = Static<typeof CommitteePage>;

export const RecordCommittee = shape({ ...decision, baseRevision: Type.Integer({ minimum: 0, description: '0 for the first record' }) });
export type RecordCommittee = Static<typeof RecordCommittee>;

export const listCommittees = contract({
  method: 'GET', path: '/steering-committees', who: 'signed-in', summary: 'The provincial steering committees of the term, with their state', reply: CommitteeBoard,
  problems: {},
});
export const getCommittee = contract({
  method: 'GET', path: '/steering-committees/:province', who: 'signed-in', summary: 'One province: decision, seats by post, meetings',
  params: shape({ province: ProvinceCode }), reply: CommitteePage, problems: { 'unit-unknown': 404 },
});
export const recordCommittee = contract({
  method: 'PUT', path: '/steering-committees/:province', who: 'org-units.record-committee', summary: 'Record or correct the decision, seats and meetings of a committee',
  params: shape({ province: ProvinceCode }), body: RecordCommittee, reply: CommitteePage,
  problems: {
    'unit-unknown': 404, 'committee-revision-stale': 409, 'committee-decided-in-future': 422, 'committee-decided-too-early': 422, 'committee-chair-missing': 422,
    'committee-chair-twice': 422, 'committee-seat-office-unknown': 422, 'committee-meeting-in-future': 422, 'committee-meeting-before-decision': 422,
  },
});
