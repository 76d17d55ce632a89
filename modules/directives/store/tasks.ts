/** Tasks: made for a province in one statement, read one at a time or in lists, moved under lock. */
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { seesTask, type By } from './visible.ts';
import { TaskState } from '../schema.ts';

export const TaskStored = shape({
  province: Type.String(), id: Type.String(), commune: Nullable(Type.String()), directive: Type.String(), assignment: Type.String(), parent: Nullable(Type.String()), depth: Type.Integer(),
  holderOffice: Type.String(), holderPost: Nullable(Type.String()), assignedBy: Type.String(), period: Type.String(), dueFirst: Nullable(Day), dueOn: Nullable(Day), extensionAskedFor: Nullable(Day),
  resultMeasure: Type.String(), state: TaskState, version: Type.Integer(), percent: Type.Integer(), submittedOn: Nullable(Day), reporter: Nullable(Type.String()), assignedAt: Type.String(),
  updatedAt: Type.String(), entryCount: Type.Integer(), evidenceCount: Type.Integer(),
});
export type TaskStored = Static<typeof TaskStored>;
const columns = sql`t.province, t.id, t.commune, t.directive, t.assignment, t.parent, t.depth, t.holder_office, t.holder_post, t.assigned_by, t.period, t.due_first, t.due_on, t.extension_asked_for,
  t.result_measure, t.state, t.version, t.percent, t.submitted_on, t.reporter, t.assigned_at, t.updated_at, t.entry_count, t.evidence_count`;

export const TaskListed = shape({
  ...TaskStored.properties, directiveNumber: Nullable(Type.String()), directiveTitle: Type.String(), ordinal: Type.String(), text: Type.String(),
});
export type TaskListed = Static<typeof TaskListed>;
const listed = sql`${columns}, d.number as directive_number, d.title as directive_title, a.ordinal, a.clears #>> '{task,text}' as text`;
const joined = sql`directives.task t join directives.directive d on d.province = t.province and d.id = t.directive join directives.assignment a on a.province = t.province and a.id = t.assignment`;

export type TaskNew = Pick<TaskStored, 'id' | 'assignment' | 'commune' | 'parent' | 'depth' | 'holderOffice' | 'holderPost' | 'assignedBy' | 'period' | 'dueOn' | 'resultMeasure'>;
export type TasksNew = { readonly province: string; readonly directive: string; readonly at: string; readonly tasks: readonly TaskNew[] };

/**
 * All tasks of a province in one statement. Their ids follow from line, office and period, and each office has a line once, so
 * a repeat after an interruption adds what is missing and nothing twice.
 *
 * @returns how many were new
 */
export function insertTasks(tx: Tx, { province, directive, at, tasks }: TasksNew): Promise<number> {
  const { kinds, kindOf } = kindsOf(tasks);
  return tx.run(prepared('directives.insert-tasks', sql`
  insert into directives.task (province, id, commune, directive, assignment, parent, depth, holder_office, holder_post, assigned_by, period, due_first, due_on, result_measure, state, assigned_at,
    updated_at, coordinating)
  select ${province}, n.id, n.commune, ${directive}, k.assignment, k.parent, k.depth, n.holder_office, k."holderPost", k."assignedBy", k.period, k."dueOn", k."dueOn", k."resultMeasure", 'assigned', ${at},
    ${at}, a.coordinating
    from unnest(${tasks.map((t) => t.id)}::uuid[], ${tasks.map((t) => t.commune)}::text[], ${tasks.map((t) => t.holderOffice)}::text[], ${kindOf}::int[]) as n(id, commune, holder_office, kind)
    join jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as k(kind int, assignment uuid, parent uuid, depth smallint, "holderPost" text, "assignedBy" text, period text, "dueOn" date, "resultMeasure" text)
      on k.kind = n.kind
    join directives.assignment a on a.province = ${province} and a.id = k.assignment
  on conflict (province, assignment, holder_office, period) do nothing`));
}

type TaskKind = Omit<TaskNew, 'id' | 'commune' | 'holderOffice'> & { readonly kind: number };
/** What many tasks have in common is sent once: the communes of a province differ in id, place and office only. */
function kindsOf(tasks: readonly TaskNew[]): { readonly kinds: readonly TaskKind[]; readonly kindOf: readonly number[] } {
  const kinds = new Map<string, TaskKind>();
  const kindOf = tasks.map(({ assignment, parent, depth, holderPost, assignedBy, period, dueOn, resultMeasure }) => {
    const key = `${assignment}|${parent}|${depth}|${holderPost}|${assignedBy}|${period}|${dueOn}|${resultMeasure}`;
    const kind = kinds.get(key) ?? { kind: kinds.size, assignment, parent, depth, holderPost, assignedBy, period, dueOn, resultMeasure };
    kinds.set(key, kind);
    return kind.kind;
  });
  return { kinds: [...kinds.values()], kindOf };
}

export const findTask = ({ tx, scope }: By, province: string, id: string) =>
  tx.maybe(TaskListed, sql`select ${listed} from ${joined} where t.province = ${province} and t.id = ${id} and ${seesTask(scope)}`);
export const lockTask = ({ tx, scope }: By, province: string, id: string) =>
  tx.maybe(TaskStored, sql`select ${columns} from directives.task t where t.province = ${province} and t.id = ${id} and ${seesTask(scope)} for update`);

export const findDue = async (tx: Tx, province: string, id: string): Promise<PlainDate | null> =>
  (await tx.maybe(shape({ dueOn: Nullable(Day) }), sql`select due_on from directives.task where province = ${province} and id = ${id}`))?.dueOn ?? null;

export type TaskMoved = {
  readonly province: string; readonly id: string; readonly state: TaskState; readonly dueOn: PlainDate | null; readonly extensionAskedFor: PlainDate | null; readonly percent: number;
  readonly submittedOn: PlainDate | null; readonly reporter: string | null; readonly resultMeasure: string; readonly at: string; readonly entryCount: number; readonly evidenceCount: number;
};
/** `due_first` is not among what changes: the first deadline is never lost; it is set once, when an event gets its day. */
export const saveTask = (tx: Tx, task: TaskMoved) => tx.run(sql`
  update directives.task set state = ${task.state}, due_on = ${task.dueOn}, due_first = coalesce(due_first, ${task.dueOn}::date), extension_asked_for = ${task.extensionAskedFor}, percent = ${task.percent},
    submitted_on = ${task.submittedOn}, reporter = ${task.reporter}, result_measure = ${task.resultMeasure}, entry_count = ${task.entryCount}, evidence_count = ${task.evidenceCount},
    version = version + 1, updated_at = ${task.at}
   where province = ${task.province} and id = ${task.id}`);

/** Open children of a task keep within its due day. @returns the children that were shortened */
export const shortenChildren = (tx: Tx, province: string, parent: string, dueOn: PlainDate, at: string) => tx.rows(TaskStored, sql`
  update directives.task t set due_on = ${dueOn}, version = version + 1, updated_at = ${at}, entry_count = entry_count + 1
   where t.province = ${province} and t.parent = ${parent} and (t.due_on is null or t.due_on > ${dueOn}) and t.state not in ('accepted', 'withdrawn') returning ${columns}`);

/** What an official state is told from, for the children of some tasks of a province. */
export const Standing = shape({ state: TaskState, dueOn: Nullable(Day), submittedOn: Nullable(Day) });
export const ChildStanding = shape({ parent: Type.String(), ...Standing.properties });
export const listChildren = ({ tx, scope }: By, province: string, parents: readonly string[]) => tx.rows(ChildStanding, sql`
  select parent, state, due_on, submitted_on from directives.task t where ${seesTask(scope)} and province = ${province} and parent = any(${parents}::uuid[])`);

export const communeStandings = (tx: Tx, province: string, assignment: string, commune: string) => tx.rows(Standing, sql`
  select state, due_on, submitted_on from directives.task where province = ${province} and assignment = ${assignment} and commune = ${commune}`);

/** Tasks above the communes: of agencies and provinces, a few hundred at most for one directive. */
export const UpperTask = shape({
  province: Type.String(), id: Type.String(), assignment: Type.String(), holderOffice: Type.String(), depth: Type.Integer(), ...Standing.properties,
});
export const listUpperTasks = ({ tx, scope }: By, directive: string, province: string | null) => tx.rows(UpperTask, sql`
  select province, id, assignment, holder_office, depth, state, due_on, submitted_on from directives.task t
   where ${seesTask(scope)} and directive = ${directive} and commune is null and parent is null and (${province}::text is null or province = ${province}) order by province, holder_office`);

/** The same for many directives at once, for lists. */
export const upperStandings = ({ tx, scope }: By, directives: readonly string[], province: string | null) => tx.rows(shape({ directive: Type.String(), province: Type.String(), ...Standing.properties }), sql`
  select directive, province, state, due_on, submitted_on from directives.task t
   where ${seesTask(scope)} and directive = any(${directives}::uuid[]) and commune is null and parent is null and (${province}::text is null or province = ${province})`);

/** A commune-level reader sees only its own tasks: its lists are counted from them, not from vectors. */
export const ownStandings = ({ tx, scope }: By, directives: readonly string[] | null) => tx.rows(shape({ directive: Type.String(), assignment: Type.String(), ...Standing.properties }), sql`
  select directive, assignment, state, due_on, submitted_on from directives.task t where ${seesTask(scope)} and (${directives}::uuid[] is null or directive = any(${directives}::uuid[]))`);

const DueInTime = shape({ due: Type.Integer(), onTime: Type.Integer() });
/** Tasks of a place due in a span, and those of them done by their day as `officialStateOf` says it. @param commune null: the province's own level, each task once however it was split */
export const countDueInTime = (tx: Tx, { province, commune, first, last }: { readonly province: string; readonly commune: string | null; readonly first: PlainDate; readonly last: PlainDate }) => tx.one(DueInTime, sql`
  select count(*)::int as due, (count(*) filter (where t.state = 'accepted' and (t.submitted_on is null or t.submitted_on <= t.due_on)))::int as on_time from directives.task t
   where t.province = ${province} and t.commune is not distinct from ${commune}::text and t.parent is null and t.due_on between ${first}::date and ${last}::date and t.state <> 'withdrawn'`);

export const withdrawOpen = (tx: Tx, province: string, directive: string, at: string) => tx.run(sql`
  update directives.task set state = 'withdrawn', version = version + 1, updated_at = ${at}, extension_asked_for = null
   where province = ${province} and directive = ${directive} and state not in ('accepted', 'withdrawn')`);

/** Gives the tasks of lines that wait for an event their day, which is their first deadline when they had none. */
export const dueByEvent = (tx: Tx, province: string, event: string, on: PlainDate, at: string) => tx.rows(TaskStored, sql`
  update directives.task t set due_on = ${on}::date, due_first = coalesce(t.due_first, ${on}::date), version = t.version + 1, updated_at = ${at}, entry_count = t.entry_count + 1
    from directives.assignment a
   where a.province = ${province} and a.awaited_event = ${event} and t.province = ${province} and t.assignment = a.id and t.state not in ('accepted', 'withdrawn')
     and t.due_on is distinct from ${on}::date
  returning ${columns}`);

/** Every commune's task of a directive in a province: the reference that vectors are compared with. */
export const communeTasks = (tx: Tx, province: string, directive: string) => tx.rows(shape({ assignment: Type.String(), root: Type.String(), commune: Type.String(), ...Standing.properties }), sql`
  select t.assignment, coalesce(a.root, a.id) as root, t.commune, t.state, t.due_on, t.submitted_on from directives.task t join directives.assignment a on a.province = t.province and a.id = t.assignment
   where t.province = ${province} and t.directive = ${directive} and t.commune is not null`);

export const countSplits = async (tx: Tx, province: string, task: string): Promise<number> =>
  (await tx.one(shape({ lines: Type.Integer() }), sql`select count(*)::int as lines from directives.assignment where province = ${province} and parent_task = ${task}`)).lines;

/** Marks tasks as reminded by hand that day, those not yet marked. @returns the tasks marked now */
export const markReminded = (tx: Tx, tasks: readonly string[], today: PlainDate, at: string) => tx.rows(shape({ id: Type.String(), entryCount: Type.Integer() }), sql`
  update directives.task set reminded_on = ${today}, entry_count = entry_count + 1, updated_at = ${at}
   where id = any(${tasks}::uuid[]) and reminded_on is distinct from ${today}::date returning id, entry_count`);
