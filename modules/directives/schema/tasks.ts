/** One holder's task: its life, its history, its evidence, its split into tasks of the level below. */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, Line, List, Nothing, Nullable, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { ClearVerdict, OfficeClass, OfficeId, SixClears } from './clears.ts';
import { Progress, Tally } from './issuing.ts';
import { DirectiveKind, EvidenceKind, OfficialState, TaskKey, TaskLevel, TaskMove, TaskState } from './words.ts';

/** A task in a list. `holderPost` is the post's name in the reader's language. `official` and `daysLeft` hold for the day of the answer (`daysLeft` negative when overdue). */
export const TaskRow = shape({
  province: ProvinceCode, id: Type.String(), commune: Nullable(Type.String()), level: TaskLevel, directive: Type.String(), directiveNumber: Nullable(Type.String()),
  directiveTitle: Type.String(), assignment: Type.String(), ordinal: Type.String(), text: Type.String(), period: Type.String({ description: "'' or the instance of a recurring task" }),
  holderOffice: OfficeId, holderName: Type.String(), holderPost: Nullable(Type.String()), state: TaskState, official: Nullable(OfficialState),
  dueFirst: Nullable(Day), dueOn: Nullable(Day), daysLeft: Nullable(Type.Integer()), extensionAskedFor: Nullable(Day), percent: Type.Integer(), updatedAt: Type.String(),
});
export type TaskRow = Static<typeof TaskRow>;

const Payload = shape({
  text: Type.Optional(Type.String()), percent: Type.Optional(Type.Integer()), until: Type.Optional(Day), before: Type.Optional(Type.String()), after: Type.Optional(Type.String()),
  evidence: Type.Optional(Type.String()), field: Type.Optional(Type.String()),
});
/** One line of a task's history; never changed, never deleted. `kind` is a move, or `assigned`, `evidence-added`, `split`, `deadline-set`, `reminder`. */
export const TaskEntry = shape({
  seq: Type.Integer(), at: Type.String(), kind: Type.String(), office: Nullable(Type.String()), officeName: Nullable(Type.String()), post: Nullable(Type.String()),
  mine: Type.Boolean(), from: Nullable(TaskState), to: Nullable(TaskState), payload: Payload,
});
export type TaskEntry = Static<typeof TaskEntry>;

export const Evidence = shape({
  id: Type.String(), kind: EvidenceKind, at: Type.String(), fileName: Nullable(Type.String()), sha256: Nullable(Type.String()), bytes: Nullable(Type.Integer()),
  documentNumber: Nullable(Type.String()), documentDate: Nullable(Day), link: Nullable(Type.String()), value: Nullable(Type.Number()), unit: Nullable(Type.String()), note: Type.String(),
});
export type Evidence = Static<typeof Evidence>;

export const TaskView = shape({
  task: TaskRow, version: Type.Integer(), asOf: Day, parent: Nullable(shape({ province: ProvinceCode, id: Type.String() })), assignedBy: OfficeId, assignedByName: Type.String(),
  directive: shape({ province: ProvinceCode, id: Type.String(), origin: ProvinceCode, kind: DirectiveKind, title: Type.String(), number: Nullable(Type.String()), issuedOn: Nullable(Day), signer: Nullable(Type.String()) }),
  clears: SixClears, verdicts: List(ClearVerdict, 6), quote: Nullable(Type.String()), resultMeasure: Type.String(),
  children: shape({ tally: Tally, progress: Progress }), entries: List(TaskEntry, 2000), evidence: List(Evidence, 500),
  moves: List(TaskMove, 20), may: shape({ addEvidence: Type.Boolean(), split: Type.Boolean(), remind: Type.Boolean() }),
});
export type TaskView = Static<typeof TaskView>;

export const getTask = contract({
  method: 'GET', path: '/tasks/:province/:task', who: 'tasks.read', summary: 'A task with its six clears, history, evidence and the moves open to the reader', params: TaskKey, reply: TaskView,
  problems: {},
});
const Filter = {
  province: Type.Optional(ProvinceCode), commune: Type.Optional(CommuneCode), directive: Type.Optional(Uuid), assignment: Type.Optional(Uuid), parent: Type.Optional(Uuid),
  level: Type.Optional(TaskLevel), state: Type.Optional(TaskState), official: Type.Optional(OfficialState), office: Type.Optional(OfficeId),
  q: Type.Optional(Type.String({ maxLength: 100 })), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
};
export const TaskFilter = shape(Filter);
export type TaskFilter = Static<typeof TaskFilter>;
export const TaskPage = shape({ asOf: Day, rows: List(TaskRow, 200), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), tally: Tally });
export type TaskPage = Static<typeof TaskPage>;
export const listTasks = contract({
  method: 'GET', path: '/tasks', who: 'tasks.read', summary: 'Tasks the reader may see, by place, directive, state; soonest due first; `tally` is over all pages', query: TaskFilter, reply: TaskPage,
  problems: {},
});

/**
 * One move of the state table (rules/life.ts). What each needs: `text` for questions, answers, reasons, reports and comments;
 * `percent` for a report; `until` for ask-extension (grant-extension may shorten it); `amend` takes `text`, `resultMeasure`, `dueOn`.
 */
export const MoveInput = shape({
  move: TaskMove, version: Type.Integer(), text: Type.Optional(Prose(4000)), percent: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })), until: Type.Optional(Day),
  resultMeasure: Type.Optional(Prose(1000)), dueOn: Type.Optional(Day),
});
export type MoveInput = Static<typeof MoveInput>;
export const moveTask = contract({
  method: 'POST', path: '/tasks/:province/:task/moves', who: 'tasks.read', summary: 'Take one step in the life of a task: acknowledge, report, submit, verify, accept, return, extend …',
  params: TaskKey, body: MoveInput, reply: TaskView,
  problems: {
    'revision-stale': 409, 'move-not-allowed': 409, 'not-the-holder': 403, 'not-the-parent': 403, 'verifier-is-reporter': 403, 'reason-missing': 422, 'percent-missing': 422, 'evidence-missing': 422,
    'extension-missing': 422, 'extension-not-later': 422, 'due-after-parent': 422, 'children-open': 409,
  },
});

const EvidenceFacts = {
  kind: EvidenceKind, documentNumber: Type.Optional(Line(80)), documentDate: Type.Optional(Day), link: Type.Optional(Type.String({ maxLength: 500, pattern: '^https?://[^\\s<>"]+$' })),
  value: Type.Optional(Type.Number()), unit: Type.Optional(Line(60)), note: Type.Optional(Prose(2000)),
};
const evidenceProblems = { 'not-the-holder': 403, 'move-not-allowed': 409, 'evidence-empty': 422, 'measured-needs-value': 422, 'document-needs-source': 422 } as const;
export const addEvidence = contract({
  method: 'POST', path: '/tasks/:province/:task/evidence', who: 'tasks.act', summary: 'Attach a measured value, a document by number or link, or a declaration', params: TaskKey, body: shape(EvidenceFacts),
  reply: TaskView, problems: evidenceProblems,
});
export const addEvidenceFile = contract({
  method: 'POST', path: '/tasks/:province/:task/evidence-file', who: 'tasks.act', summary: 'Attach a file; it is kept with its SHA-256', params: TaskKey,
  query: shape({ documentNumber: Type.Optional(Type.String({ maxLength: 80 })), documentDate: Type.Optional(Day), note: Type.Optional(Type.String({ maxLength: 2000 })) }),
  upload: { maxBytes: 52 * 1_048_576 }, reply: TaskView, problems: evidenceProblems,
});
export const getEvidenceFile = contract({
  method: 'GET', path: '/tasks/:province/:task/evidence/:evidence', who: 'tasks.read', summary: 'The file of a piece of evidence', params: shape({ province: ProvinceCode, task: Uuid, evidence: Uuid }),
  reply: Nothing, download: true, problems: { 'file-missing': 404 },
});

/** A province splits its task for its communes or departments. Each line becomes tasks whose due day is at most the parent's. */
export const SplitLine = shape({
  text: Type.String({ minLength: 1, maxLength: 4000 }), offices: List(OfficeId, 400), classes: List(OfficeClass, 10), post: Type.Optional(Line(120)), dueOn: Day, product: Line(500),
  coordinating: Type.Optional(List(OfficeId, 50)), authority: Type.Optional(Prose(1000)),
});
export type SplitLine = Static<typeof SplitLine>;
export const splitTask = contract({
  method: 'POST', path: '/tasks/:province/:task/split', who: 'directives.cascade', summary: 'Split a task and pass the parts down', params: TaskKey,
  body: shape({ version: Type.Integer(), lines: Type.Array(SplitLine, { minItems: 1, maxItems: 50 }) }), reply: shape({ created: Type.Integer(), task: TaskView }),
  problems: {
    'revision-stale': 409, 'not-the-holder': 403, 'move-not-allowed': 409, 'due-after-parent': 422, 'no-recipient': 422, 'office-unknown': 422, 'office-class-unknown': 422, 'outside-province': 422,
  },
});
