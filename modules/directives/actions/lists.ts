/** Lists: directives, tasks, a person's own work, the inbox. */
import { addDays, weekday } from '#kernel/day.ts';
import type { Static } from '#kernel/shape.ts';
import { addTallies, emptyTally, officialStateOf, tallyOf } from '../rules/official.ts';
import { officesWith } from '../rules/standing.ts';
import type { DirectiveRow, getInbox, listDirectives as listDirectivesContract, MyWork, OfficialState, Tally, TaskFilter, TaskPage, WorkGroup } from '../schema.ts';
import { listDirectives as searchDirectives } from '../store/directives.ts';
import { countNotices, listNotices } from '../store/notices.ts';
import { countTasks, countWork, listWork, searchTasks, type Worker } from '../store/task-lists.ts';
import { ownStandings, upperStandings } from '../store/tasks.ts';
import { namesOf } from './offices.ts';
import { readsOwnOnly, vectorTallies } from './progress.ts';
import { taskRows } from './task-view.ts';
import { byOf, containing, offsetOf, pageSize, type UseCase } from './use-case.ts';

type Found = Static<(typeof listDirectivesContract)['reply']>;
type DirectiveQuery = { readonly q?: string; readonly state?: string; readonly kind?: string; readonly province?: string; readonly page?: number };

async function talliesOf(use: UseCase, ids: readonly string[], province: string | null): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map<string, Tally>();
  const add = (directive: string, tally: Tally): void => { tallies.set(directive, addTallies([tallies.get(directive) ?? emptyTally, tally])); };
  const today = use.now.today;
  if (readsOwnOnly(use)) for (const task of await ownStandings(byOf(use), ids)) add(task.directive, tallyOf([officialStateOf(task, today)]));
  else {
    for (const task of await upperStandings(byOf(use), ids, province)) add(task.directive, tallyOf([officialStateOf(task, today)]));
    for (const one of await vectorTallies(use, ids, province)) add(one.directive, one.tally);
  }
  return tallies;
}

export async function directiveList(use: UseCase, query: DirectiveQuery): Promise<Found> {
  const found = await searchDirectives(byOf(use), {
    q: containing(query.q), state: query.state ?? null, kind: query.kind ?? null, province: query.province ?? null, limit: pageSize, offset: offsetOf(query.page),
  });
  const tallies = await talliesOf(use, found.map((row) => row.id), query.province ?? null);
  const names = await namesOf(use.tx, found.map((row) => row.issuerOffice), use.now.today, use.language);
  const rows = found.map((row): DirectiveRow => ({
    province: row.province, id: row.id, state: row.state, kind: row.kind, title: row.title, number: row.number, issuedOn: row.issuedOn, issuerOffice: row.issuerOffice,
    issuerName: names.office(row.issuerOffice), assignments: row.assignmentCount, clearCells: row.clearCells, tally: tallies.get(row.id) ?? emptyTally, nextDueOn: row.nextDueOn, updatedAt: row.updatedAt,
  }));
  return { rows, total: found[0]?.total ?? 0, page: query.page ?? 1, pageSize };
}

const isOfficial = (text: string | null): text is OfficialState => text !== null;
const slots = { 'done-on-time': 'doneOnTime', 'done-late': 'doneLate', 'open-within': 'openWithin', 'open-overdue': 'openOverdue' } as const;

export async function taskList(use: UseCase, filter: TaskFilter): Promise<TaskPage> {
  const { page, q, ...rest } = filter;
  const pattern = containing(q);
  const search = { ...rest, today: use.now.today, ...(pattern === null ? {} : { q: pattern }) };
  const tally = { ...emptyTally };
  let total = 0;
  for (const { official, tasks } of await countTasks(byOf(use), search)) {
    total += tasks;
    if (isOfficial(official)) tally[slots[official]] += tasks;
  }
  return { asOf: use.now.today, rows: await taskRows(use, await searchTasks(byOf(use), search, pageSize, offsetOf(page))), total, page: page ?? 1, pageSize, tally };
}

/** Sunday of the week of a day; a week starts on Monday. */
const endOfWeek = (day: string): string => addDays(day, 7 - weekday(day));

export function workerOf({ actor, now }: Pick<UseCase, 'actor' | 'now'>): Worker {
  const { grants } = actor;
  const checking = (role: string): boolean => role.endsWith('-leader') || role === 'province-police' || role === 'government-office' || role === 'ministry';
  const ofProvince = grants.filter((grant) => (grant.role === 'province-leader' || grant.role === 'province-secretary') && grant.reach.level === 'province');
  return {
    account: actor.account, holding: officesWith(grants, 'tasks.act'), deciding: officesWith(grants, 'tasks.decide'), leading: grants.filter((grant) => checking(grant.role)).map((grant) => grant.office),
    provinces: ofProvince.map((grant) => (grant.reach.level === 'province' ? grant.reach.province : '')), nation: grants.some((grant) => grant.role === 'government-office' && grant.reach.level === 'nation'),
    today: now.today, weekEnd: endOfWeek(now.today),
  };
}

const groupOrder = ['overdue', 'week', 'verify', 'decide', 'later'] as const satisfies readonly WorkGroup[];

/** What now: the group asked for, else the first that is not empty; with the counts of all. */
export async function myWork(use: UseCase, query: { readonly group?: WorkGroup; readonly page?: number }): Promise<MyWork> {
  const worker = workerOf(use);
  const { nextDueOn, ...counts } = await countWork(byOf(use), worker);
  const { unread } = await countNotices(use.tx, worker.account, worker.holding);
  const group = query.group ?? groupOrder.find((one) => counts[one] > 0) ?? 'week';
  const rows = await taskRows(use, counts[group] === 0 ? [] : await listWork(byOf(use), group, worker, pageSize, offsetOf(query.page)));
  return { asOf: use.now.today, group, counts: { ...counts, unread }, rows, total: counts[group], page: query.page ?? 1, pageSize, nextDueOn };
}

export async function inbox(use: UseCase, query: { readonly unread?: boolean; readonly page?: number }): Promise<Static<(typeof getInbox)['reply']>> {
  const offices = officesWith(use.actor.grants, 'tasks.act');
  const { account } = use.actor;
  const { total, unread } = await countNotices(use.tx, account, offices);
  const found = await listNotices(use.tx, { account, offices, unread: query.unread === true, limit: pageSize, offset: offsetOf(query.page) });
  const names = await namesOf(use.tx, found.map((notice) => notice.office), use.now.today, use.language);
  return {
    rows: found.map(({ note, ...notice }) => ({ ...notice, text: note ?? notice.text, officeName: names.office(notice.office) })), unread, total: query.unread === true ? unread : total,
    page: query.page ?? 1, pageSize,
  };
}
