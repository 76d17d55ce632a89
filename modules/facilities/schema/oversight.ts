/** Inspections against a checklist, incidents and complaints, and what must follow from each. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nullable, oneOf, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { commonProblems, Count, FacilityCode, FacilityKey } from './words.ts';

export const findings = ['meets', 'partly', 'fails', 'not-seen'] as const;
export const Finding = oneOf(findings);
export type Finding = (typeof findings)[number];
export const ChecklistItem = shape({ id: Type.String(), part: Type.String(), source: Type.String(), vi: Type.String(), en: Type.String() });
export type ChecklistItem = Static<typeof ChecklistItem>;
export const Checklist = shape({ version: Type.String(), validFrom: Day, items: List(ChecklistItem, 200) });
export type Checklist = Static<typeof Checklist>;
export const getChecklist = contract({ method: 'GET', path: '/facility-checklist', who: 'facilities.read', summary: 'The checklist in force today', impersonal: true, reply: Checklist, problems: {} });

export const AnswerInput = shape({ item: Type.String({ maxLength: 60 }), finding: Finding, note: Prose(500), dueOn: Nullable(Day) });
export type AnswerInput = Static<typeof AnswerInput>;
/** A finding is open until the facility says it is put right and somebody else has seen it. */
export const findingStates = ['none', 'open', 'remedied', 'confirmed'] as const;
export const InspectionAnswer = shape({ ...AnswerInput.properties, state: oneOf(findingStates), remedy: Type.String(), remediedOn: Nullable(Day), confirmedOn: Nullable(Day), rev: Type.Integer() });
export type InspectionAnswer = Static<typeof InspectionAnswer>;
export const Inspection = shape({
  id: Type.String(), onDay: Day, external: Type.Boolean(), office: Type.String(), checklist: Type.String(), summary: Type.String(), recordedAt: Type.String(), answers: List(InspectionAnswer, 200),
});
export type Inspection = Static<typeof Inspection>;
export const listInspections = contract({
  method: 'GET', path: '/facilities/:province/:facility/inspections', who: 'facilities.read-book', summary: 'Inspections, newest first', params: FacilityKey, reply: shape({ inspections: List(Inspection, 200) }), problems: commonProblems,
});
export const recordInspection = contract({
  method: 'POST', path: '/facilities/:province/:facility/inspections', who: 'facilities.inspect', summary: 'An inspection: every line of the checklist answered, a due day for each that falls short', params: FacilityKey,
  body: shape({ onDay: Day, checklist: Line(40), summary: Prose(1000), answers: List(AnswerInput, 200) }), reply: Inspection,
  problems: { ...commonProblems, 'checklist-unknown': 422, 'checklist-incomplete': 422, 'finding-needs-due-day': 422, 'facility-day-in-future': 422, 'before-opening': 422 },
});
const FindingKey = shape({ ...FacilityKey.properties, inspection: Uuid, item: Type.String({ maxLength: 60, pattern: '^[a-z0-9-]+$' }) });
export const remedyFinding = contract({
  method: 'POST', path: '/facilities/:province/:facility/inspections/:inspection/findings/:item/remedy', who: 'facilities.record', summary: 'The facility says how a finding was put right', params: FindingKey,
  body: shape({ rev: Type.Integer(), remedy: Line(500) }), reply: Inspection, problems: { ...commonProblems, 'facility-move-not-allowed': 409 },
});
export const confirmFinding = contract({
  method: 'POST', path: '/facilities/:province/:facility/inspections/:inspection/findings/:item/confirmation', who: 'facilities.settle', summary: 'Somebody else saw that a finding is put right, or not', params: FindingKey,
  body: shape({ rev: Type.Integer(), seen: Type.Boolean(), note: Prose(500) }), reply: Inspection, problems: { ...commonProblems, 'facility-move-not-allowed': 409, 'not-who-answered': 403 },
});

export const matterKinds = ['incident', 'complaint'] as const;
export const MatterKind = oneOf(matterKinds);
export const incidentCategories = ['death', 'injury', 'violence', 'leaving-in-group', 'self-harm', 'overdose', 'illness-outbreak', 'fire-or-damage', 'use-of-force'] as const;
export const complaintCategories = ['care', 'food-and-housing', 'conduct-of-staff', 'release-and-term', 'family-contact', 'work-and-pay', 'other'] as const;
export const categories = [...incidentCategories, ...complaintCategories] as const;
export const MatterCategory = oneOf(categories);
export type MatterCategory = (typeof categories)[number];
export const channels = ['box', 'family', 'inspector', 'staff', 'hotline', 'other'] as const;
export const matterStates = ['open', 'answered', 'closed'] as const;
export type MatterState = (typeof matterStates)[number];
export const MatterStep = shape({ at: Type.String(), kind: oneOf(['recorded', 'answered', 'returned', 'closed', 'extended']), text: Type.String(), role: Type.String() });
export const Matter = shape({
  province: ProvinceCode, facility: FacilityCode, id: Type.String(), kind: MatterKind, category: MatterCategory, channel: oneOf(channels), onDay: Day, people: Type.Integer(), text: Type.String(), state: oneOf(matterStates), dueOn: Day,
  overdue: Type.Boolean(), answeredOn: Nullable(Day), closedOn: Nullable(Day), reviewedOutside: Type.Boolean(), rev: Type.Integer(), steps: List(MatterStep, 200),
});
export type Matter = Static<typeof Matter>;
export const listMatters = contract({
  method: 'GET', path: '/facilities/:province/:facility/matters', who: 'facilities.read-book', summary: 'Incidents and complaints, open ones first', params: FacilityKey, reply: shape({ matters: List(Matter, 1000) }), problems: commonProblems,
});
export const recordMatter = contract({
  method: 'POST', path: '/facilities/:province/:facility/matters', who: 'facilities.report', summary: 'An incident or a complaint; its due day follows from its kind', params: FacilityKey,
  body: shape({ kind: MatterKind, category: MatterCategory, channel: oneOf(channels), onDay: Day, people: Count, text: Prose(500) }), reply: Matter,
  problems: { ...commonProblems, 'category-not-of-kind': 422, 'facility-day-in-future': 422, 'before-opening': 422 },
});
const MatterKey = shape({ ...FacilityKey.properties, matter: Uuid });
export const answerMatter = contract({
  method: 'POST', path: '/facilities/:province/:facility/matters/:matter/answer', who: 'facilities.record', summary: 'What was done about it', params: MatterKey, body: shape({ rev: Type.Integer(), text: Line(1000) }), reply: Matter,
  problems: { ...commonProblems, 'facility-move-not-allowed': 409 },
});
export const settleMatter = contract({
  method: 'POST', path: '/facilities/:province/:facility/matters/:matter/settlement', who: 'facilities.settle', summary: 'Somebody outside the facility closes it or gives it back', params: MatterKey,
  body: shape({ rev: Type.Integer(), close: Type.Boolean(), text: Prose(1000) }), reply: Matter, problems: { ...commonProblems, 'facility-move-not-allowed': 409, 'not-who-answered': 403, 'reason-missing': 422 },
});
