/** The closed lists of words that directives speak in. Each value is a message key: `<list>.<value>`. */
import { oneOf, shape, ProvinceCode, Uuid, type Static } from '#kernel/shape.ts';

/** The six clears (sáu rõ) in the order of the conference report of 09/10/2025. */
export const clears = ['person', 'task', 'responsibility', 'authority', 'timeline', 'result'] as const;
export const Clear = oneOf(clears);
export type Clear = Static<typeof Clear>;

export const Verdict = oneOf(['clear', 'implicit', 'missing']);
export type Verdict = Static<typeof Verdict>;

export const DirectiveKind = oneOf(['conclusion', 'directive', 'dispatch', 'plan']);
export type DirectiveKind = Static<typeof DirectiveKind>;

export const DirectiveState = oneOf(['drafting', 'issuing', 'issued', 'withdrawn']);
export type DirectiveState = Static<typeof DirectiveState>;

/** Only `ordinary` may be kept here; the others exist so that they can be refused by name (Law on protection of state secrets). */
export const Secrecy = oneOf(['ordinary', 'secret', 'top-secret', 'absolute-secret']);
export type Secrecy = Static<typeof Secrecy>;

/** The three reductions (cung, cầu, tác hại) and the three enhancements (pháp lý, nguồn lực, quản trị). */
export const ProgrammeTag = oneOf(['supply', 'demand', 'harm', 'law', 'resources', 'governance']);
export type ProgrammeTag = Static<typeof ProgrammeTag>;

export const Role = oneOf(['lead', 'coordinate', 'assigned', 'responsible']);
export type Role = Static<typeof Role>;

export const taskStates = [
  'assigned', 'acknowledged', 'clarification-asked', 'authority-declined', 'in-progress', 'evidence-submitted', 'verified', 'accepted', 'returned', 'withdrawn',
] as const;
export const TaskState = oneOf(taskStates);
export type TaskState = Static<typeof TaskState>;

export const taskMoves = [
  'acknowledge', 'ask-clarification', 'answer-clarification', 'decline-authority', 'uphold', 'report', 'submit-evidence', 'verify', 'return', 'accept',
  'ask-extension', 'grant-extension', 'refuse-extension', 'amend', 'withdraw', 'comment',
] as const;
export const TaskMove = oneOf(taskMoves);
export type TaskMove = Static<typeof TaskMove>;

/** Practice of the Government Office (dossier section 10): each counted task is in exactly one. */
export const officialStates = ['done-on-time', 'done-late', 'open-within', 'open-overdue'] as const;
export const OfficialState = oneOf(officialStates);
export type OfficialState = Static<typeof OfficialState>;

/** How strong a piece of evidence is: a measured value, a document, a declaration. Strongest first. */
export const EvidenceKind = oneOf(['measured', 'document', 'declared']);
export type EvidenceKind = Static<typeof EvidenceKind>;

export const TaskLevel = oneOf(['agency', 'province', 'commune']);
export type TaskLevel = Static<typeof TaskLevel>;

export const NoticeKind = oneOf([
  'issued', 'assigned', 'due-soon', 'due-today', 'overdue', 'overdue-escalated', 'unacknowledged', 'reminder', 'clarification-asked', 'clarification-answered',
  'authority-declined', 'upheld', 'evidence-submitted', 'verified', 'returned', 'accepted', 'extension-asked', 'extension-granted', 'extension-refused', 'amended',
  'withdrawn', 'deadline-set',
]);
export type NoticeKind = Static<typeof NoticeKind>;

export const DirectiveKey = shape({ province: ProvinceCode, directive: Uuid });
export const AssignmentKey = shape({ province: ProvinceCode, directive: Uuid, assignment: Uuid });
export const TaskKey = shape({ province: ProvinceCode, task: Uuid });
