/** What the screens are shown of tasks. */
import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { movesOpen, type TaskFacts } from '../rules/life.ts';
import { officialStateOf, progressOf, tallyOf } from '../rules/official.ts';
import { hasPermission } from '../rules/permissions.ts';
import { placeAbove, stanceOf } from '../rules/standing.ts';
import type { TaskEntry, TaskLevel, TaskRow, TaskView } from '../schema.ts';
import { findAssignment, type AssignmentStored } from '../store/assignments.ts';
import { findDirective } from '../store/directives.ts';
import { listEntries, listEvidence, type EntryStored } from '../store/history.ts';
import { findDue, findTask, listChildren, type TaskListed, type TaskStored } from '../store/tasks.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';
import { assignmentView } from './views.ts';
import { namesOf, type Names } from './offices.ts';
import { byOf, type UseCase } from './use-case.ts';

export const levelOf = ({ province, commune }: Pick<TaskStored, 'province' | 'commune'>): TaskLevel => (commune !== null ? 'commune' : province === '00' ? 'agency' : 'province');

export function taskRow(task: TaskListed, names: Names, today: PlainDate): TaskRow {
  const open = task.state !== 'accepted' && task.state !== 'withdrawn';
  return {
    province: task.province, id: task.id, commune: task.commune, level: levelOf(task), directive: task.directive, directiveNumber: task.directiveNumber, directiveTitle: task.directiveTitle,
    assignment: task.assignment, ordinal: task.ordinal, text: task.text, period: task.period, holderOffice: task.holderOffice, holderName: names.office(task.holderOffice),
    holderPost: names.post(task.holderOffice, task.holderPost), state: task.state, official: officialStateOf(task, today), dueFirst: task.dueFirst, dueOn: task.dueOn,
    daysLeft: task.dueOn === null || !open ? null : daysBetween(today, task.dueOn), extensionAskedFor: task.extensionAskedFor, percent: task.percent, updatedAt: task.updatedAt,
  };
}

export async function taskRows({ tx, now, language }: UseCase, tasks: readonly TaskListed[]): Promise<TaskRow[]> {
  const names = await namesOf(tx, tasks.map((task) => task.holderOffice), now.today, language);
  return tasks.map((task) => taskRow(task, names, now.today));
}

/** Everything a move is decided from. The parent's due day bounds the child's. */
export async function factsOf(use: UseCase, task: TaskStored): Promise<TaskFacts> {
  const children = await listChildren(byOf(use), task.province, [task.id]);
  const { parent: above } = task;
  // A commune does not see its province's task, only when that is due: the machinery looks.
  const parentDueOn = above === null ? null : await asMachinery(use.tx, () => findDue(use.tx, task.province, above));
  return {
    state: task.state, dueOn: task.dueOn, extensionAskedFor: task.extensionAskedFor, evidenceCount: task.evidenceCount,
    openChildren: children.filter((child) => child.state !== 'accepted' && child.state !== 'withdrawn').length, parentDueOn,
  };
}

const isReporter = ({ actor }: UseCase, task: TaskStored): boolean => task.reporter === actor.account;

/** What the actor is to the task: the office rule and the policy's answer about the place must both agree. */
export function stanceIn(use: UseCase, task: TaskStored) {
  const stance = stanceOf(use.actor.grants, task, isReporter(use, task));
  const here = { province: task.province, commune: task.commune };
  return {
    ...stance, holder: stance.holder && use.may('tasks.act', here), parent: stance.parent && (use.may('tasks.decide', placeAbove(task)) || use.may('tasks.decide', here)),
    verifier: stance.verifier && (use.may('tasks.verify', placeAbove(task)) || use.may('tasks.verify', here)),
  };
}

export const maySplit = (use: UseCase, task: TaskStored): boolean =>
  task.commune === null && task.province !== '00' && task.depth === 0 && use.may('directives.cascade', { province: task.province }) &&
  use.actor.grants.some((grant) => grant.office === task.holderOffice && hasPermission(grant.role, 'directives.cascade')) &&
  ['assigned', 'acknowledged', 'in-progress', 'returned'].includes(task.state);

function entryShown(entry: EntryStored, account: string, names: Names): TaskEntry {
  const { seq, at, kind, office, post, fromState, toState, payload } = entry;
  const text = (key: string): Record<string, string> => (typeof payload[key] === 'string' ? { [key]: payload[key] } : {});
  return {
    seq, at, kind, office, officeName: office === null ? null : names.office(office), post: office === null ? post : names.post(office, post), mine: entry.account === account, from: fromState, to: toState,
    payload: {
      ...text('text'), ...text('until'), ...text('before'), ...text('after'), ...text('evidence'), ...text('field'), ...(typeof payload['percent'] === 'number' ? { percent: payload['percent'] } : {}),
    },
  };
}

/** The first line of every history follows from the task itself: 3,321 tasks are assigned without 3,321 lines. */
const assignedEntry = (task: TaskStored, names: Names): TaskEntry => ({
  seq: 0, at: task.assignedAt, kind: 'assigned', office: task.assignedBy, officeName: names.office(task.assignedBy), post: null, mine: false, from: null, to: 'assigned',
  payload: task.dueFirst === null ? {} : { until: task.dueFirst },
});

function clearsShown(line: AssignmentStored) {
  const { clears, verdicts, quote } = assignmentView(line);
  return { clears, verdicts, quote };
}

/** The whole page of a task; undefined when the reader may not see it. */
export async function taskView(use: UseCase, province: string, id: string): Promise<TaskView | undefined> {
  const { tx, now, actor, language } = use;
  const task = await findTask(byOf(use), province, id);
  if (task === undefined) return undefined;
  const [line, directive] = [await findAssignment(tx, province, task.assignment), await findDirective(byOf(use), province, task.directive)];
  if (line === undefined || directive === undefined) return undefined;
  const entries = await listEntries(tx, province, id);
  const names = await namesOf(tx, [task.holderOffice, task.assignedBy, ...entries.flatMap((entry) => entry.office ?? [])], now.today, language);
  const tally = tallyOf((await listChildren(byOf(use), province, [id])).map((child) => officialStateOf(child, now.today)));
  const stance = stanceIn(use, task);
  return {
    task: taskRow(task, names, now.today), version: task.version, asOf: now.today, parent: task.parent === null ? null : { province, id: task.parent }, assignedBy: task.assignedBy,
    assignedByName: names.office(task.assignedBy),
    directive: {
      province, id: directive.id, origin: directive.origin, kind: directive.kind, title: directive.title, number: directive.number, issuedOn: directive.issuedOn, signer: directive.signer,
    },
    ...clearsShown(line), resultMeasure: task.resultMeasure, children: { tally, progress: progressOf(tally) },
    entries: [assignedEntry(task, names), ...entries.map((entry) => entryShown(entry, actor.account, names))].slice(-2000), evidence: await listEvidence(tx, province, id),
    moves: movesOpen(await factsOf(use, task), stance),
    may: {
      addEvidence: stance.holder && ['acknowledged', 'in-progress', 'returned'].includes(task.state), split: maySplit(use, task),
      remind: stance.parent && use.may('tasks.remind', { province: task.province }) && task.state !== 'accepted' && task.state !== 'withdrawn',
    },
  };
}
