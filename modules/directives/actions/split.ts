/** A province splits its task: each part becomes tasks of its communes or departments, under the same parent, within its due day. */
import { compareDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { resultMeasureOf, type PlannedTask } from '../rules/cascade.ts';
import { judge } from '../rules/verdicts.ts';
import type { SixClears, SplitLine, TaskView } from '../schema.ts';
import { findAssignment, insertAssignments, type AssignmentStored } from '../store/assignments.ts';
import { appendEntries } from '../store/history.ts';
import { countSplits, insertTasks, lockTask, saveTask, type TaskStored } from '../store/tasks.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';
import { newTaskOf, noticesOf, writeCells } from './cascade.ts';
import { classifyActors, recipientsBy } from './offices.ts';
import { insertNotices } from '../store/notices.ts';
import type { TaskKey } from './move.ts';
import { maySplit, taskView } from './task-view.ts';
import { byOf, log, notFound, type UseCase } from './use-case.ts';

function clearsOfLine(line: SplitLine, above: AssignmentStored): SixClears {
  const deadlines = [{ type: 'absolute', value: line.dueOn, text: '', dueOn: line.dueOn } as const];
  return {
    person: { offices: line.offices, classes: line.classes, post: line.post ?? null, text: '' }, task: { text: line.text },
    responsibility: { roles: ['lead', 'assigned'], coordinating: line.coordinating ?? [], text: '' }, authority: { text: line.authority ?? above.clears.authority.text },
    timeline: { deadlines, dueOn: line.dueOn }, result: { product: line.product, measure: null, targets: [] },
  };
}

async function refusalOf(use: UseCase, task: TaskStored, lines: readonly SplitLine[]): Promise<Refusal | undefined> {
  const { dueOn } = task;
  if (dueOn !== null && lines.some((line) => compareDays(line.dueOn, dueOn) > 0)) return refuse({ code: 'due-after-parent', dueOn }).problem;
  const offices = lines.flatMap((line) => [...line.offices, ...(line.coordinating ?? [])]);
  const known = await classifyActors(use.tx, [...offices, ...lines.flatMap((line) => line.classes.map((one) => one.officeClass))], use.now.today);
  const unknown = offices.find((id) => !known.offices.has(id));
  if (unknown !== undefined) return refuse({ code: 'office-unknown', office: unknown }).problem;
  const unknownClass = lines.flatMap((line) => line.classes).find((one) => !known.classes.has(one.officeClass));
  return unknownClass === undefined ? undefined : refuse({ code: 'office-class-unknown', officeClass: unknownClass.officeClass }).problem;
}

type Parts = { readonly lines: readonly (Parameters<typeof insertAssignments>[3])[number][]; readonly tasks: readonly PlannedTask[] };

/** The lines and tasks of a split; a recipient outside the province, or none at all, is refused. */
async function partsOf(use: UseCase, task: TaskStored, above: AssignmentStored, given: readonly SplitLine[]): Promise<Result<Parts, Refusal>> {
  const clears = given.map((line) => clearsOfLine(line, above));
  const outside = clears.flatMap((one) => one.person.offices).find((id) => id.split(':')[1] !== task.province);
  if (outside !== undefined) return refuse({ code: 'outside-province', office: outside });
  const recipientsOf = (await recipientsBy(use.tx, clears, use.now.today, [task.province]))(task.province);
  const done = await countSplits(use.tx, task.province, task.id);
  const lines = clears.map((one, at) => ({
    id: newId<'Assignment'>(), position: above.position, ordinal: `${above.ordinal}.${done + at + 1}`, clears: one, verdicts: judge(one), readVerdicts: [], spanStart: null, spanEnd: null, quote: null,
    dueOn: one.timeline.dueOn, recurrence: null, awaitedEvent: null, parentTask: task.id, root: above.root ?? above.id,
  }));
  const tasks = lines.flatMap((line) => [...new Map(recipientsOf(line.clears).filter((one) => one.id !== task.holderOffice).map((one) => [one.id, one])).values()].map((one): PlannedTask => ({
    assignment: line.id, holderOffice: one.id, holderPost: line.clears.person.post ?? one.headPost, commune: one.commune, parentOffice: null, depth: task.depth + 1, assignedBy: task.holderOffice, period: '',
    dueOn: line.dueOn, resultMeasure: resultMeasureOf(line.clears),
  })));
  const empty = lines.find((line) => !tasks.some((one) => one.assignment === line.id));
  return empty !== undefined ? refuse({ code: 'no-recipient', ordinal: empty.ordinal }) : ok({ lines, tasks });
}

export async function splitTask(use: UseCase, key: TaskKey, input: { readonly version: number; readonly lines: readonly SplitLine[] }): Promise<Result<{ created: number; task: TaskView }, Refusal>> {
  const { tx, now, actor } = use;
  const task = await lockTask(byOf(use), key.province, key.task);
  if (task === undefined) return notFound();
  if (!maySplit(use, task)) return refuse({ code: task.depth > 0 || task.commune !== null ? 'move-not-allowed' : 'not-the-holder' });
  if (task.version !== input.version) return refuse({ code: 'revision-stale', version: task.version });
  const above = await findAssignment(tx, key.province, task.assignment);
  if (above === undefined) return notFound();
  const refusal = await refusalOf(use, task, input.lines);
  if (refusal !== undefined) return { ok: false, problem: refusal };
  const parts = await partsOf(use, task, above, input.lines);
  if (!parts.ok) return parts;
  const { lines, tasks } = parts.value;
  await insertAssignments(tx, key.province, task.directive, lines);
  const created = await insertTasks(tx, { province: key.province, directive: task.directive, at: now.at, tasks: tasks.map((one) => ({ ...newTaskOf(one), parent: task.id })) });
  await asMachinery(tx, async () => {
    await writeCells(tx, { directive: task.directive, province: key.province, tasks, root: above.root ?? above.id });
    await insertNotices(tx, now.at, noticesOf(task.directive, key.province, tasks.map(newTaskOf), lines.map((line) => line.id).join()));
  });
  const grant = actor.grants.find((one) => one.office === task.holderOffice);
  await appendEntries(tx, [{
    province: key.province, task: task.id, seq: task.entryCount + 1, at: now.at, account: actor.account, office: grant?.office ?? null, post: grant?.post ?? null, kind: 'split', fromState: task.state,
    toState: 'in-progress', payload: { text: lines.map((line) => line.ordinal).join(', ') },
  }]);
  await saveTask(tx, { ...task, state: 'in-progress', at: now.at, entryCount: task.entryCount + 1 });
  await log(use, {
    province: key.province, action: 'directives.task-split', target: { type: 'task', id: task.id }, unit: task.holderOffice, after: lines.map((line) => line.clears), facts: { lines: lines.length, tasks: created },
  });
  const view = await taskView(use, key.province, key.task);
  return view === undefined ? notFound() : ok({ created, task: view });
}
