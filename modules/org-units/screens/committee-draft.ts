/** The form of a steering committee as data: what is typed, what is wrong with it, what is sent. Pure. */
import { isPlainDate, type PlainDate } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { recordCommittee, type CommitteeRefusal } from '../rules.ts';
import type { CommitteePage, RecordCommittee, Seat } from '../schema.ts';

export type SeatRole = Seat['role'];
export const seatRoles = ['chair', 'standing-deputy', 'deputy', 'standing-member', 'member', 'secretary'] as const satisfies readonly SeatRole[];
export const seatRank = (role: SeatRole): number => seatRoles.indexOf(role);

export type SeatDraft = { readonly key: string; readonly role: SeatRole; readonly office: string; readonly post: string; readonly holder: string };
export type MeetingDraft = { readonly key: string; readonly heldOn: string; readonly document: string };
export type CommitteeDraft = {
  readonly baseRevision: number; readonly decisionNumber: string; readonly decidedOn: string; readonly signerPost: string; readonly documentUrl: string;
  readonly documentHash: string | null; readonly seats: readonly SeatDraft[]; readonly meetings: readonly MeetingDraft[];
};

export const newSeat = (role: SeatRole, office = ''): SeatDraft => ({ key: newId<'Seat'>().slice(0, 8), role, office, post: '', holder: '' });
export const newMeeting = (): MeetingDraft => ({ key: newId<'Meeting'>().slice(0, 8), heldOn: '', document: '' });

/** The record as it stands, to correct; or an empty form with its chair's seat. */
export function draftOf(page: Pick<CommitteePage, 'province' | 'recorded'>): CommitteeDraft {
  const { recorded } = page;
  if (recorded === null) {
    return { baseRevision: 0, decisionNumber: '', decidedOn: '', signerPost: '', documentUrl: '', documentHash: null, seats: [newSeat('chair', `UBND:${page.province}`)], meetings: [] };
  }
  return {
    baseRevision: recorded.revision, decisionNumber: recorded.decisionNumber, decidedOn: recorded.decidedOn, signerPost: recorded.signerPost, documentUrl: recorded.documentUrl ?? '',
    documentHash: recorded.documentHash, seats: recorded.seats.map((seat) => ({ ...newSeat(seat.role, seat.office), post: seat.post, holder: seat.holder ?? '' })),
    meetings: recorded.meetings.map((meeting) => ({ ...newMeeting(), heldOn: meeting.heldOn, document: meeting.document ?? '' })),
  };
}

/** A fault of one field: the field's id and the message key that says it. */
export type Fault = { readonly field: string; readonly key: string; readonly facts: Readonly<Record<string, string | number>> };
export const seatField = (seat: SeatDraft, part: 'role' | 'office' | 'post'): string => `seat-${seat.key}-${part}`;
export const meetingField = (meeting: MeetingDraft): string => `meeting-${meeting.key}-day`;

const fault = (field: string, key: string, facts: Fault['facts'] = {}): Fault => ({ field, key, facts });
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function emptyFields(draft: CommitteeDraft): Fault[] {
  const url = draft.documentUrl.trim();
  return [
    ...(draft.decisionNumber.trim() === '' ? [fault('c-number', 'org-units.need-number')] : []),
    ...(isPlainDate(draft.decidedOn) ? [] : [fault('c-decided', 'org-units.need-day')]),
    ...(draft.signerPost.trim() === '' ? [fault('c-signer', 'org-units.need-signer')] : []),
    ...(url === '' || /^https?:\/\/[^\s<>"]+$/.test(url) ? [] : [fault('c-url', 'org-units.url-form')]),
    ...draft.seats.flatMap((seat) => [
      ...(seat.office === '' ? [fault(seatField(seat, 'office'), 'org-units.need-office')] : []), ...(seat.post.trim() === '' ? [fault(seatField(seat, 'post'), 'org-units.need-post')] : []),
    ]),
    ...draft.meetings.flatMap((meeting) => (isPlainDate(meeting.heldOn) ? [] : [fault(meetingField(meeting), 'org-units.need-meeting-day')])),
  ];
}

/** The fields a refusal of the rules is about; the same whether the form or the server found it. */
export function faultOf(refusal: CommitteeRefusal, draft: CommitteeDraft, today: PlainDate): Fault {
  const key = `problem.${refusal.code}`;
  const meeting = (wrong: (heldOn: string) => boolean): string => { const found = draft.meetings.find((one) => wrong(one.heldOn)); return found === undefined ? 'c-meeting-add' : meetingField(found); };
  switch (refusal.code) {
    case 'committee-revision-stale': return fault('c-number', key, { revision: refusal.revision });
    case 'committee-decided-in-future': return fault('c-decided', key);
    case 'committee-decided-too-early': return fault('c-decided', key, { earliest: refusal.earliest });
    case 'committee-chair-missing': return fault('c-seat-add', key);
    case 'committee-chair-twice': { const second = draft.seats.filter((seat) => seat.role === 'chair')[1]; return fault(second === undefined ? 'c-seat-add' : seatField(second, 'role'), key); }
    case 'committee-seat-office-unknown': { const seat = draft.seats.find((one) => one.office === refusal.office); return fault(seat === undefined ? 'c-seat-add' : seatField(seat, 'office'), key, { office: refusal.office }); }
    case 'committee-meeting-in-future': return fault(meeting((heldOn) => heldOn > today), key);
    case 'committee-meeting-before-decision': return fault(meeting((heldOn) => heldOn < draft.decidedOn), key);
  }
}

/** What is sent, or every fault that can be seen without the server. The offices are checked by the server. */
export function bodyOf(draft: CommitteeDraft, today: PlainDate): Result<RecordCommittee, { readonly code: 'form-faults'; readonly faults: readonly Fault[] }> {
  const empty = emptyFields(draft);
  if (empty.length > 0) return refuse({ code: 'form-faults', faults: empty });
  const body: RecordCommittee = {
    baseRevision: draft.baseRevision, decisionNumber: draft.decisionNumber.trim(), decidedOn: draft.decidedOn, signerPost: draft.signerPost.trim(),
    documentHash: draft.documentHash, documentUrl: orNull(draft.documentUrl),
    seats: draft.seats.map((seat) => ({ role: seat.role, office: seat.office, post: seat.post.trim(), holder: orNull(seat.holder) })),
    meetings: draft.meetings.map((meeting) => ({ heldOn: meeting.heldOn, document: orNull(meeting.document) })),
  };
  const decided = recordCommittee(body, body.baseRevision, today, () => true);
  return decided.ok ? ok(body) : refuse({ code: 'form-faults', faults: [faultOf(decided.problem, draft, today)] });
}
