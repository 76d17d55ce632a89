/** One step in the life of a task: lock, decide by the table, save, append to its history, keep its cell, log, tell. */
import { compareDays } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { publish } from '#platform/events/publish.ts';
import { decideMove, partyOf, type MoveEffect } from '../rules/life.ts';
import { grantUsed } from '../rules/standing.ts';
import type { MoveInput, TaskView } from '../schema.ts';
import { appendEntries, type EntryNew } from '../store/history.ts';
import { lockTask, saveTask, shortenChildren, type TaskMoved, type TaskStored } from '../store/tasks.ts';
import { keepCell } from './cells.ts';
import { factsOf, stanceIn, taskView } from './task-view.ts';
import { byOf, log, notFound, type UseCase } from './use-case.ts';

export type TaskKey = { readonly province: string; readonly task: string };

/** The task after a move. Evidence that is returned no longer stands, so its day and its reporter go. */
function moved(task: TaskStored, input: MoveInput, effect: MoveEffect, use: UseCase): TaskMoved {
  const submits = input.move === 'submit-evidence';
  const returns = input.move === 'return';
  const measure = input.move === 'amend' && (input.resultMeasure ?? '').trim() !== '' ? (input.resultMeasure ?? '') : task.resultMeasure;
  return {
    province: task.province, id: task.id, state: effect.state, dueOn: effect.dueOn ?? task.dueOn, extensionAskedFor: effect.extensionAskedFor === undefined ? task.extensionAskedFor : effect.extensionAskedFor,
    percent: effect.percent ?? task.percent, submittedOn: submits ? use.now.today : returns ? null : task.submittedOn, reporter: submits ? use.actor.account : returns ? null : task.reporter,
    resultMeasure: measure, at: use.now.at, entryCount: task.entryCount + 1, evidenceCount: task.evidenceCount,
  };
}

function entryOf(task: TaskStored, after: TaskMoved, input: MoveInput, use: UseCase): EntryNew {
  const grant = grantUsed(use.actor.grants, task, partyOf[input.move] === 'holder' ? 'holder' : 'above') ?? use.actor.grants[0];
  const dueChanged = after.dueOn !== task.dueOn ? { before: task.dueOn ?? '', after: after.dueOn ?? '', field: 'dueOn' } : {};
  const measureChanged = after.resultMeasure !== task.resultMeasure ? { before: task.resultMeasure, after: after.resultMeasure, field: 'resultMeasure' } : {};
  const until = input.until ?? (input.move === 'grant-extension' ? (after.dueOn ?? undefined) : undefined);
  return {
    province: task.province, task: task.id, seq: after.entryCount, at: use.now.at, account: use.actor.account, office: grant?.office ?? null, post: grant?.post ?? null, kind: input.move,
    fromState: task.state, toState: after.state,
    payload: {
      ...(input.text === undefined || input.text === '' ? {} : { text: input.text }), ...(input.move === 'report' && input.percent !== undefined ? { percent: input.percent } : {}),
      ...(until === undefined ? {} : { until }), ...measureChanged, ...dueChanged,
    },
  };
}

/** Children never stay due later than a parent whose day was brought forward. */
async function keepChildrenWithin(use: UseCase, before: TaskStored, after: TaskMoved): Promise<void> {
  if (after.dueOn === null || (before.dueOn !== null && compareDays(after.dueOn, before.dueOn) >= 0)) return;
  const shortened = await shortenChildren(use.tx, after.province, after.id, after.dueOn, after.at);
  if (shortened.length === 0) return;
  await appendEntries(use.tx, shortened.map((child): EntryNew => ({
    province: child.province, task: child.id, seq: child.entryCount, at: after.at, account: use.actor.account, office: child.assignedBy, post: null, kind: 'deadline-set', fromState: child.state, toState: child.state,
    payload: { field: 'dueOn', after: after.dueOn ?? '' },
  })));
  for (const child of shortened) await keepCell(use.tx, child);
}

export async function moveTask(use: UseCase, key: TaskKey, input: MoveInput): Promise<Result<TaskView, Refusal>> {
  const { tx, now } = use;
  const task = await lockTask(byOf(use), key.province, key.task);
  if (task === undefined) return notFound();
  if (task.version !== input.version) return refuse({ code: 'revision-stale', version: task.version, state: task.state });
  const decided = decideMove(await factsOf(use, task), stanceIn(use, task), input);
  if (!decided.ok) return decided;
  const after = moved(task, input, decided.value, use);
  const entry = entryOf(task, after, input, use);
  await saveTask(tx, after);
  await appendEntries(tx, [entry]);
  await keepChildrenWithin(use, task, after);
  await keepCell(tx, task);
  await log(use, {
    province: task.province, action: `directives.task-${input.move}`, target: { type: 'task', id: task.id }, unit: task.commune ?? entry.office, before: task, after: { ...after, payload: entry.payload },
    facts: { from: task.state, to: after.state, office: entry.office, due: after.dueOn },
  });
  await publish(tx, now.at, [{
    province: task.province, type: 'directives.task-moved',
    payload: { task: task.id, directive: task.directive, move: input.move, seq: after.entryCount, holderOffice: task.holderOffice, assignedBy: task.assignedBy, commune: task.commune, dueOn: after.dueOn },
  }]);
  const view = await taskView(use, key.province, key.task);
  return view === undefined ? notFound() : ok(view);
}
