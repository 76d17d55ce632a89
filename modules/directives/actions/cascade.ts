/** Consumers that bring a directive down: one transaction a province, each leaving the same rows however often it is begun. */
import type { Now } from '#kernel/clock.ts';
import { vietnamDay } from '#kernel/day.ts';
import type { StoredEvent } from '#platform/events/publish.ts';
import { publish } from '#platform/events/publish.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { cellBytes, packCell } from '../rules/cell.ts';
import { planProvince, type PlannedTask } from '../rules/cascade.ts';
import { listAssignments, type AssignmentStored } from '../store/assignments.ts';
import { copyDirective, findDirective, listReach, lockDirective, noteReach, setState, type DirectiveStored } from '../store/directives.ts';
import { insertNotices, type NoticeNew } from '../store/notices.ts';
import { insertTasks, withdrawOpen } from '../store/tasks.ts';
import { giveSeats, insertVectors, listSeats } from '../store/vectors.ts';
import { recipientsBy } from './offices.ts';
import { byMachinery, derivedId, taskId } from './use-case.ts';

const field = (event: StoredEvent, name: string): string => {
  const value = event.payload[name];
  if (typeof value !== 'string') throw new Error(`the event ${event.type} lacks ${name}`);
  return value;
};

/** What is written for one province; also used by the demonstration and the benchmark. */
export type ProvinceCascade = { readonly directive: DirectiveStored; readonly lines: readonly AssignmentStored[]; readonly target: string; readonly at: string; readonly day: string };

/**
 * The tasks of one province: seats for communes without one, all tasks in one statement, the vectors, one notice an office.
 *
 * @returns how many tasks the province has from this directive
 */
export async function cascadeTo(tx: Tx, { directive, lines, target, at, day }: ProvinceCascade): Promise<number> {
  const recipientsOf = await recipientsBy(tx, lines.map((line) => line.clears), day, [target]);
  const planned = planProvince(lines, recipientsOf(target), directive.issuerOffice);
  if (target !== directive.origin) {
    await copyDirective(tx, directive.origin, directive.id, target, at);
  }
  const tasks = planned.map(newTaskOf);
  await insertTasks(tx, { province: target, directive: directive.id, at, tasks });
  await writeCells(tx, { directive: directive.id, province: target, tasks: planned });
  await insertNotices(tx, at, noticesOf(directive.id, target, tasks));
  return planned.length;
}

export type NamedTask = PlannedTask & { readonly id: string; readonly parent: string | null };
/** A planned task with the identifiers that follow from it. */
export const newTaskOf = (task: PlannedTask): NamedTask => ({
  ...task, id: taskId(task.assignment, task.holderOffice, task.period), parent: task.parentOffice === null ? null : taskId(task.assignment, task.parentOffice, task.period),
});

/** The seats of a province; communes without one get theirs first, which happens once in the life of an installation. */
async function seatsFor(tx: Tx, province: string, communes: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const read = async () => new Map((await listSeats(tx, province)).map(({ commune, seat }) => [commune, seat] as const));
  const known = await read();
  if ([...communes].every((commune) => known.has(commune))) return known;
  await giveSeats(tx, province, [...communes]);
  return read();
}

export type NewCells = { readonly directive: string; readonly province: string; readonly tasks: readonly PlannedTask[]; readonly root?: string };
/** Vectors of the lines that reach communes of the province. @param root the line of the directive, when these are lines of a split */
export async function writeCells(tx: Tx, { directive, province, tasks, root }: NewCells): Promise<void> {
  const communal = tasks.filter((task) => task.commune !== null);
  if (communal.length === 0) return;
  const seatOf = await seatsFor(tx, province, new Set(communal.map((task) => task.commune ?? '')));
  const vectors = new Map<string, Uint8Array>();
  for (const task of communal) {
    const cells = vectors.get(task.assignment) ?? new Uint8Array(seatOf.size * cellBytes);
    cells.set(packCell({ state: 'assigned', dueOn: task.dueOn, submittedOn: null }), (seatOf.get(task.commune ?? '') ?? 0) * cellBytes);
    vectors.set(task.assignment, cells);
  }
  await insertVectors(tx, [...vectors].map(([assignment, cells]) => ({ province, directive, assignment, root: root ?? assignment, cells })));
}

/** One notice an office, however many lines address it: no unit is told twice. @param split names the lines of a split */
export function noticesOf(directive: string, province: string, tasks: readonly NamedTask[], split = ''): NoticeNew[] {
  return [...Map.groupBy(tasks, (task) => task.holderOffice)].map(([office, held]) => ({
    province, id: derivedId('directives.notice', 'issued', directive, office, split), office, key: split === '' ? `issued:${directive}` : `assigned:${derivedId(split)}`,
    kind: split === '' ? 'issued' : 'assigned', directive,
    task: held.length === 1 ? (held[0]?.id ?? null) : null, tasks: held.length, dueOn: held.flatMap((task) => (task.dueOn === null ? [] : [task.dueOn])).sort()[0] ?? null, note: null,
  }));
}

/** Consumer of `directives.issued`: writes one province, and tells the issuer's province by an event that it has been reached. */
export async function cascadeToProvince(tx: Tx, event: StoredEvent, now: Now): Promise<void> {
  const target = field(event, 'target');
  const directive = await findDirective(byMachinery(tx), event.province, field(event, 'directive'));
  if (directive === undefined || directive.state === 'drafting') throw new Error('an event of a directive that was not issued');
  const lines = (await listAssignments(tx, event.province, directive.id)).filter((line) => !line.removed);
  const day = vietnamDay(directive.issuedAt ?? now.at); // the units of the day it was issued, whenever this province's turn comes
  const tasks = directive.state === 'withdrawn' ? 0 : await cascadeTo(tx, { directive, lines, target, at: now.at, day });
  await record(tx, {
    province: target, at: now.at, actor: 'system', action: 'directives.reached', target: { type: 'directive', id: directive.id }, unit: target === '00' ? null : target, facts: { tasks, origin: event.province },
  });
  await publish(tx, now.at, [{ province: target, type: 'directives.reached', payload: { directive: directive.id, origin: event.province, target, tasks }, lane: `directives.reach/${directive.id}` }]);
}

/** Consumer of `directives.reached`: the directive reads `issued` only when every province it must reach has its tasks. */
export async function noteProvincesReached(tx: Tx, events: readonly StoredEvent[], now: Now): Promise<void> {
  for (const [id, own] of Map.groupBy(events, (event) => field(event, 'directive'))) {
    const origin = own.map((event) => field(event, 'origin'))[0] ?? '';
    const directive = await lockDirective(byMachinery(tx), origin, id);
    if (directive === undefined) continue;
    await noteReach(tx, { origin, directive: id, reached: own.map((event) => ({ target: field(event, 'target'), tasks: Number(event.payload['tasks'] ?? 0) })), at: now.at });
    if (directive.state === 'issuing') await readAsIssued(tx, directive, now);
  }
}

async function readAsIssued(tx: Tx, { origin, id, issuerOffice }: DirectiveStored, now: Now): Promise<void> {
  const reach = await listReach(tx, origin, id);
  if (reach.some((row) => row.reachedAt === null)) return;
  await setState(tx, { province: origin, id }, 'issued', now.at);
  await record(tx, {
    province: origin, at: now.at, actor: 'system', action: 'directives.issued-everywhere', target: { type: 'directive', id }, unit: issuerOffice,
    facts: { provinces: reach.length, tasks: reach.reduce((sum, row) => sum + (row.tasks ?? 0), 0) },
  });
}

/** Consumer of `directives.withdrawn`: ends the open tasks of one province and empties their cells to "withdrawn". */
export async function withdrawInProvince(tx: Tx, event: StoredEvent, now: Now, refreshCells: (tx: Tx, province: string, directive: string) => Promise<void>): Promise<void> {
  const [target, directive] = [field(event, 'target'), field(event, 'directive')];
  if (target !== event.province) await setState(tx, { province: target, id: directive }, 'withdrawn', now.at);
  const tasks = await withdrawOpen(tx, target, directive, now.at);
  await refreshCells(tx, target, directive);
  await record(tx, { province: target, at: now.at, actor: 'system', action: 'directives.withdrawn-here', target: { type: 'directive', id: directive }, unit: target === '00' ? null : target, facts: { tasks } });
}
