/** Reminding in one click, and the text a secretary copies into a messenger. */
import { daysBetween, displayDay } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { officialStateOf } from '../rules/official.ts';
import type { composeReminder as composeContract, remind as remindContract, OfficialState, TaskLevel } from '../schema.ts';
import { findDirective, type DirectiveStored } from '../store/directives.ts';
import { appendEntries } from '../store/history.ts';
import { insertNotices } from '../store/notices.ts';
import { chooseTasks } from '../store/task-lists.ts';
import { markReminded, type TaskListed } from '../store/tasks.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';
import { namesOf } from './offices.ts';
import { stanceIn } from './task-view.ts';
import { say } from './words.ts';
import { byOf, derivedId, log, notFound, type UseCase } from './use-case.ts';

export type RemindTarget = {
  readonly assignment?: string; readonly level?: TaskLevel; readonly official?: OfficialState; readonly scope?: string; readonly tasks?: readonly string[]; readonly note?: string;
};
export type DirectiveKey = { readonly province: string; readonly directive: string };

/** The open tasks chosen, of those the actor stands above: nobody reminds a neighbour. Overdue ones when no state is named. */
async function chosen(use: UseCase, key: DirectiveKey, target: RemindTarget): Promise<Result<{ directive: DirectiveStored; tasks: TaskListed[] }, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  if (directive === undefined) return notFound();
  const province = target.scope ?? (key.province === '00' ? undefined : key.province);
  const official = target.official ?? (target.tasks === undefined ? 'open-overdue' : undefined);
  const found = await chooseTasks(byOf(use), {
    directive: key.directive, today: use.now.today, ...(province === undefined ? {} : { province }), ...(target.assignment === undefined ? {} : { assignment: target.assignment }),
    ...(target.level === undefined ? {} : { level: target.level }), ...(official === undefined ? {} : { official }),
  }, target.tasks ?? null);
  const tasks = found.filter((task) => stanceIn(use, task).parent);
  return tasks.length === 0 ? refuse({ code: 'nobody-to-remind' }) : ok({ directive, tasks });
}

/** Tells every holder once a day, writes it into each task's history, and logs one entry a province. */
export async function remind(use: UseCase, key: DirectiveKey, target: RemindTarget): Promise<Result<Static<(typeof remindContract)['reply']>, Refusal>> {
  const found = await chosen(use, key, target);
  if (!found.ok) return found;
  const { tx, now, actor } = use;
  const { tasks } = found.value;
  const note = (target.note ?? '').trim();
  const fresh = await markReminded(tx, tasks.map((task) => task.id), now.today, now.at);
  const isFresh = new Set(fresh.map((task) => task.id));
  const told = tasks.filter((task) => isFresh.has(task.id));
  const counts = new Map(fresh.map((task) => [task.id, task.entryCount]));
  const grant = actor.grants[0];
  await appendEntries(tx, told.map((task) => ({
    province: task.province, task: task.id, seq: counts.get(task.id) ?? task.entryCount + 1, at: now.at, account: actor.account, office: grant?.office ?? null, post: grant?.post ?? null, kind: 'reminder',
    fromState: task.state, toState: task.state, payload: note === '' ? {} : { text: note },
  })));
  await asMachinery(tx, () => insertNotices(tx, now.at, told.map((task) => ({
    province: task.province, id: derivedId('directives.notice', 'reminder', task.id, now.today), office: task.holderOffice, key: `reminder:${task.id}:${now.today}`, kind: 'reminder' as const,
    directive: task.directive, task: task.id, tasks: 1, dueOn: task.dueOn, note: note === '' ? null : note,
  }))));
  for (const [province, own] of Map.groupBy(told, (task) => task.province)) {
    await log(use, { province, action: 'directives.reminded', target: { type: 'directive', id: key.directive }, unit: grant?.office ?? null, facts: { tasks: own.length }, after: { note } });
  }
  return ok({ reminded: told.length, alreadyToday: tasks.length - told.length, offices: new Set(told.map((task) => task.holderOffice)).size });
}

/** One text naming each unit with its overdue tasks, to paste anywhere. */
export async function composeReminder(use: UseCase, key: DirectiveKey, target: RemindTarget): Promise<Result<Static<(typeof composeContract)['reply']>, Refusal>> {
  const found = await chosen(use, key, target);
  if (!found.ok) return found;
  const { directive, tasks } = found.value;
  const names = await namesOf(use.tx, tasks.map((task) => task.holderOffice), use.now.today, use.language);
  const byOffice = Map.groupBy(tasks, (task) => task.holderOffice);
  const lines = [...byOffice].map(([office, held]) => {
    const worst = held.filter((task) => officialStateOf(task, use.now.today) === 'open-overdue').map((task) => task.dueOn ?? use.now.today).sort()[0];
    const due = held.flatMap((task) => (task.dueOn === null ? [] : [task.dueOn])).sort()[0];
    const what = `- ${names.office(office)}: ${held.map((task) => task.ordinal).join(', ')}`;
    const day = due === undefined ? '' : say(use.language, 'directives.remind.due', { day: displayDay(due) });
    return what + day + (worst === undefined ? '' : say(use.language, 'directives.remind.late', { days: daysBetween(worst, use.now.today) }));
  });
  const opening = say(use.language, 'directives.remind.opening', { number: directive.number ?? '', title: directive.title });
  return ok({ text: [opening, ...lines, say(use.language, 'directives.remind.closing')].join('\n'), offices: byOffice.size });
}
