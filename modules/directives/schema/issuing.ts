/** Preview, issue, follow how far a directive has come, withdraw; the list and the progress of directives. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nullable, oneOf, ProvinceCode, shape, Type, type Static } from '#kernel/shape.ts';
import { OfficeId } from './clears.ts';
import { DirectiveView, MissingCell } from './drafting.ts';
import { AssignmentKey, DirectiveKey, DirectiveKind, DirectiveState, OfficialState, TaskLevel, TaskState } from './words.ts';

/** The four official states counted; `withdrawn` tasks are not in them. */
export const Tally = shape({ doneOnTime: Type.Integer(), doneLate: Type.Integer(), openWithin: Type.Integer(), openOverdue: Type.Integer() });
export type Tally = Static<typeof Tally>;
/** Computed, never typed: `percent` = done of all, rounded down; null when there is nothing to do. */
export const Progress = shape({ done: Type.Integer(), of: Type.Integer(), percent: Nullable(Type.Integer()) });
export type Progress = Static<typeof Progress>;

const LineCounts = shape({ assignment: Type.String(), ordinal: Type.String(), agencies: Type.Integer(), provinces: Type.Integer(), communes: Type.Integer() });
export const IssuePreview = shape({
  agencies: Type.Integer(), provinces: Type.Integer(), communes: Type.Integer(), tasks: Type.Integer({ description: 'tasks that will be created' }),
  byAssignment: List(LineCounts, 5000), missing: List(MissingCell, 30_000), missingHead: List(oneOf(['title', 'number', 'issuedOn', 'signer']), 4),
  refusals: List(Type.String({ description: 'problem codes that would refuse the issue now' }), 10),
});
export type IssuePreview = Static<typeof IssuePreview>;
export const previewIssue = contract({
  method: 'POST', path: '/directives/:province/:directive/preview', who: 'directives.draft', summary: 'Count who would receive what, and list the empty cells; changes nothing', readOnly: true,
  params: DirectiveKey, body: shape({}), reply: IssuePreview, problems: {},
});
export const issueDirective = contract({
  method: 'POST', path: '/directives/:province/:directive/issue', who: 'directives.issue', summary: 'Issue: from here on the tasks go out to every recipient by themselves',
  params: DirectiveKey, body: shape({ version: Type.Integer() }), reply: DirectiveView,
  problems: {
    'clears-missing': 422, 'head-missing': 422, 'no-recipient': 422, 'already-issued': 409, 'revision-stale': 409, 'secrecy-above-ordinary': 422, 'authority-lacking': 403,
    'number-taken': 409, 'due-before-issue': 422,
  },
});
export const withdrawDirective = contract({
  method: 'POST', path: '/directives/:province/:directive/withdrawal', who: 'directives.issue', summary: 'Withdraw an issued directive; its open tasks end',
  params: DirectiveKey, body: shape({ reason: Line(1000) }), reply: DirectiveView, problems: { 'not-issued': 409, 'authority-lacking': 403 },
});

const ReachRow = shape({ province: ProvinceCode, tasks: Nullable(Type.Integer()), reachedAt: Nullable(Type.String()) });
export const getReach = contract({
  method: 'GET', path: '/directives/:province/:directive/reach', who: 'directives.read', summary: 'Which provinces (00: agencies) have their tasks already',
  params: DirectiveKey, reply: shape({ state: DirectiveState, reached: Type.Integer(), of: Type.Integer(), rows: List(ReachRow, 40) }), problems: {},
});

/** How many of a directive's tasks saw a step on one day, and how often it was taken. `kind` as in the history of a task. */
export const StepsOfDay = shape({ day: Day, kind: Type.String(), tasks: Type.Integer(), steps: Type.Integer() });
export type StepsOfDay = Static<typeof StepsOfDay>;
export const getHistory = contract({
  method: 'GET', path: '/directives/:province/:directive/history', who: 'directives.read', summary: 'What happened to a directive: draft, issue, reach, withdrawal, and the steps of the tasks the reader sees, by day',
  params: DirectiveKey, problems: {},
  reply: shape({
    createdAt: Type.String(), issuedAt: Nullable(Type.String()), withdrawnAt: Nullable(Type.String()), reached: Type.Integer(), of: Type.Integer(), reachedAt: Nullable(Type.String()),
    /** Newest day first. */
    days: List(StepsOfDay, 2000),
  }),
});
export type History = Static<(typeof getHistory)['reply']>;

export const DirectiveRow = shape({
  province: ProvinceCode, id: Type.String(), state: DirectiveState, kind: DirectiveKind, title: Type.String(), number: Nullable(Type.String()), issuedOn: Nullable(Day),
  issuerOffice: OfficeId, issuerName: Type.String(), assignments: Type.Integer(), clearCells: Type.Integer({ description: 'of assignments × 6' }),
  tally: Tally, nextDueOn: Nullable(Day), updatedAt: Type.String(),
});
export type DirectiveRow = Static<typeof DirectiveRow>;
export const listDirectives = contract({
  method: 'GET', path: '/directives', who: 'directives.read', summary: 'Directives the reader may see, newest first: own drafts and what was issued',
  query: shape({
    q: Type.Optional(Type.String({ maxLength: 100 })), state: Type.Optional(DirectiveState), kind: Type.Optional(DirectiveKind), province: Type.Optional(ProvinceCode),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: shape({ rows: List(DirectiveRow), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer() }), problems: {},
});

const LevelTally = shape({ level: TaskLevel, tally: Tally, progress: Progress });
export const AssignmentProgress = shape({
  assignment: Type.String(), ordinal: Type.String(), text: Type.String(), dueOn: Nullable(Day), official: Nullable(OfficialState), levels: List(LevelTally, 3), progress: Progress,
});
export type AssignmentProgress = Static<typeof AssignmentProgress>;
export const getProgress = contract({
  method: 'GET', path: '/directives/:province/:directive/progress', who: 'directives.read', summary: 'How far each assignment is, by level, computed from the tasks',
  params: DirectiveKey, query: shape({ scope: Type.Optional(ProvinceCode) }),
  reply: shape({ asOf: Day, tally: Tally, progress: Progress, assignments: List(AssignmentProgress, 5000) }), problems: {},
});

/** One province in the cascade of one assignment: its own task (if any) and its communes'. */
export const CascadeRow = shape({
  province: ProvinceCode, task: Nullable(Type.String()), holderOffice: Nullable(OfficeId), state: Nullable(TaskState), dueOn: Nullable(Day), official: Nullable(OfficialState),
  communes: Tally, progress: Progress,
});
export type CascadeRow = Static<typeof CascadeRow>;
const AgencyRow = shape({ task: Type.String(), holderOffice: OfficeId, holderName: Type.String(), state: TaskState, dueOn: Nullable(Day), official: Nullable(OfficialState) });
export const getCascade = contract({
  method: 'GET', path: '/directives/:province/:directive/assignments/:assignment/cascade', who: 'directives.read', summary: 'How far one assignment has come down: agencies, provinces, communes',
  params: AssignmentKey, reply: shape({ asOf: Day, agencies: List(AgencyRow, 500), provinces: List(CascadeRow, 40), communes: Tally }), problems: {},
});

/**
 * The matrix as text. `columns`: for each province its communes in the order of the cells. Each row's `cells` has one letter a
 * commune over all columns; read it with `cellOf` (rules/cell.ts): letter = state, capital = overdue or late, '-' = no task.
 */
export const Matrix = shape({
  asOf: Day, columns: List(shape({ province: ProvinceCode, communes: List(Type.String(), 400) }), 40),
  rows: List(shape({
    directive: Type.String(), origin: ProvinceCode, assignment: Nullable(Type.String()), label: Type.String(), title: Type.String(), issuedOn: Nullable(Day), cells: Type.String(), tally: Tally,
  }), 5000),
});
export type Matrix = Static<typeof Matrix>;
export const getMatrix = contract({
  method: 'GET', path: '/task-matrix', who: 'directives.read', summary: 'Directives (or the assignments of one) × communes with the state of every cell, in one answer',
  query: shape({ directive: Type.Optional(Type.String({ maxLength: 40 })), province: Type.Optional(ProvinceCode), since: Type.Optional(Day) }), reply: Matrix, problems: {},
});

/** Both ways the overdue rate has been reported, with what was divided by what (dossier section 10). */
export const OverdueRate = shape({ method: oneOf(['of-due', 'of-assigned']), numerator: Type.Integer(), denominator: Type.Integer(), percentHundredths: Nullable(Type.Integer()) });
export type OverdueRate = Static<typeof OverdueRate>;
export const getOverdueRates = contract({
  method: 'GET', path: '/overdue-rates', who: 'directives.read', summary: 'Four official states and both overdue rates, for the nation or a province, or by province',
  query: shape({ province: Type.Optional(ProvinceCode), directive: Type.Optional(Type.String({ maxLength: 40 })) }),
  reply: shape({
    asOf: Day, tally: Tally, rates: List(OverdueRate, 2),
    byProvince: List(shape({ province: ProvinceCode, tally: Tally, rates: List(OverdueRate, 2) }), 40),
  }), problems: {},
});
