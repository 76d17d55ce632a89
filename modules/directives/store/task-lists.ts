/** Lists of tasks: by filter, and a person's own work. */
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { sql, type Sql } from '#platform/db/sql.ts';
import type { TaskFilter, WorkGroup } from '../schema.ts';
import { TaskListed } from './tasks.ts';
import { seesTask, type By } from './visible.ts';

const listed = sql`t.province, t.id, t.commune, t.directive, t.assignment, t.parent, t.depth, t.holder_office, t.holder_post, t.assigned_by, t.period, t.due_first, t.due_on, t.extension_asked_for,
  t.result_measure, t.state, t.version, t.percent, t.submitted_on, t.reporter, t.assigned_at, t.updated_at, t.entry_count, t.evidence_count,
  d.number as directive_number, d.title as directive_title, a.ordinal, a.clears #>> '{task,text}' as text`;

/** The official state in SQL, the twin of rules/official.ts; a test compares both over every combination. */
const official = (today: PlainDate): Sql => sql`case
  when t.state = 'withdrawn' then null
  when t.state = 'accepted' then case when t.submitted_on > t.due_on then 'done-late' else 'done-on-time' end
  when t.due_on is null then 'open-within'
  when t.state in ('evidence-submitted', 'verified') then case when t.submitted_on > t.due_on then 'open-overdue' else 'open-within' end
  when ${today}::date > t.due_on then 'open-overdue' else 'open-within' end`;

export type TaskSearch = Omit<TaskFilter, 'page'> & { readonly today: PlainDate; readonly q?: string };
const matches = (f: TaskSearch): Sql => sql`(${f.province ?? null}::text is null or t.province = ${f.province ?? null})
  and (${f.commune ?? null}::text is null or t.commune = ${f.commune ?? null}) and (${f.directive ?? null}::uuid is null or t.directive = ${f.directive ?? null}::uuid)
  and (${f.assignment ?? null}::uuid is null or t.assignment = ${f.assignment ?? null}::uuid) and (${f.parent ?? null}::uuid is null or t.parent = ${f.parent ?? null}::uuid)
  and (${f.level ?? null}::text is null or ${f.level ?? null} = case when t.commune is not null then 'commune' when t.province = '00' then 'agency' else 'province' end)
  and (${f.state ?? null}::text is null or t.state = ${f.state ?? null}) and (${f.office ?? null}::text is null or t.holder_office = ${f.office ?? null})
  and (${f.official ?? null}::text is null or ${f.official ?? null} = ${official(f.today)})
  and (${f.q ?? null}::text is null or a.clears #>> '{task,text}' ilike ${f.q ?? null} or d.number ilike ${f.q ?? null} or d.title ilike ${f.q ?? null})`;
const joined = sql`directives.task t join directives.directive d on d.province = t.province and d.id = t.directive join directives.assignment a on a.province = t.province and a.id = t.assignment`;

export const searchTasks = ({ tx, scope }: By, filter: TaskSearch, limit: number, offset: number) => tx.rows(TaskListed, sql`
  select ${listed} from ${joined} where ${seesTask(scope)} and ${matches(filter)}
   order by t.state in ('accepted', 'withdrawn'), t.due_on nulls last, t.province, t.commune nulls first, a.position, t.id limit ${limit} offset ${offset}`);

export const OfficialCount = shape({ official: Nullable(Type.String()), tasks: Type.Integer() });
/** How many tasks a filter finds, by official state (null: withdrawn). */
export const countTasks = ({ tx, scope }: By, filter: TaskSearch) => tx.rows(OfficialCount, sql`
  select ${official(filter.today)} as official, count(*)::int as tasks from ${joined} where ${seesTask(scope)} and ${matches(filter)} group by 1`);

/** Tasks to remind or to name in a reminder, with the day their last reminder was sent. */
export const chooseTasks = ({ tx, scope }: By, filter: TaskSearch, tasks: readonly string[] | null) => tx.rows(TaskListed, sql`
  select ${listed} from ${joined} where ${seesTask(scope)} and ${matches(filter)} and (${tasks}::uuid[] is null or t.id = any(${tasks}::uuid[])) and t.state not in ('accepted', 'withdrawn')
   order by t.province, t.commune nulls first, t.holder_office`);

/**
 * Whose work: `holding` offices act on their own tasks; `deciding` offices stand above the tasks they assigned; a leader's own office
 * checks what others of it reported; a province's leaders (`provinces`) stand above every task of its communes. The Government Office
 * (`nation`) stands above everything of the centre and the provinces.
 */
export type Worker = {
  readonly account: string; readonly holding: readonly string[]; readonly deciding: readonly string[]; readonly leading: readonly string[]; readonly provinces: readonly string[];
  readonly nation: boolean; readonly today: PlainDate; readonly weekEnd: PlainDate;
};

const isMine = (w: Worker): Sql => sql`t.holder_office = any(${w.holding}::text[]) and t.state not in ('accepted', 'withdrawn', 'evidence-submitted', 'verified', 'authority-declined')`;
const isAbove = (w: Worker): Sql => sql`not (t.holder_office = any(${w.holding}::text[])) and (t.assigned_by = any(${w.deciding}::text[])
  or (t.commune is not null and t.province = any(${w.provinces}::text[])) or (${w.nation} and t.commune is null))`;
const toVerify = (w: Worker): Sql => sql`t.state = 'evidence-submitted' and t.reporter is distinct from ${w.account}::uuid and (t.holder_office = any(${w.leading}::text[]) or ${isAbove(w)})`;
const toDecide = (w: Worker): Sql => sql`(t.extension_asked_for is not null or t.state in ('clarification-asked', 'authority-declined', 'verified'))
  and t.state not in ('accepted', 'withdrawn') and ${isAbove(w)}`;

const inGroup = (group: WorkGroup, w: Worker): Sql => {
  switch (group) {
    case 'overdue': return sql`${isMine(w)} and t.due_on < ${w.today}::date`;
    case 'week': return sql`${isMine(w)} and t.due_on between ${w.today}::date and ${w.weekEnd}::date`;
    case 'later': return sql`${isMine(w)} and (t.due_on is null or t.due_on > ${w.weekEnd}::date)`;
    case 'verify': return toVerify(w);
    case 'decide': return toDecide(w);
  }
};

export const listWork = ({ tx, scope }: By, group: WorkGroup, worker: Worker, limit: number, offset: number) => tx.rows(TaskListed, sql`
  select ${listed} from ${joined} where ${seesTask(scope)} and ${inGroup(group, worker)} order by t.due_on nulls last, t.province, t.commune nulls first, a.position, t.id limit ${limit} offset ${offset}`);

const WorkCounts = shape({ overdue: Type.Integer(), week: Type.Integer(), later: Type.Integer(), verify: Type.Integer(), decide: Type.Integer(), nextDueOn: Nullable(Day) });
export type WorkCounts = Static<typeof WorkCounts>;

/** All groups counted: own tasks by the index of their holder, the others by the index of state and assigner. */
export const countWork = ({ tx, scope }: By, w: Worker) => tx.one(WorkCounts, sql`
  select own.overdue, own.week, own.later, own.next_due_on, above.verify, above.decide from (
    select count(*) filter (where t.due_on < ${w.today}::date)::int as overdue, count(*) filter (where t.due_on between ${w.today}::date and ${w.weekEnd}::date)::int as week,
           count(*) filter (where t.due_on is null or t.due_on > ${w.weekEnd}::date)::int as later, min(t.due_on) filter (where t.due_on >= ${w.today}::date) as next_due_on
      from directives.task t where ${seesTask(scope)} and ${isMine(w)}) own, (
    select count(*) filter (where ${toVerify(w)})::int as verify, count(*) filter (where ${toDecide(w)})::int as decide
      from directives.task t where ${seesTask(scope)} and (t.state in ('evidence-submitted', 'clarification-asked', 'authority-declined', 'verified') or t.extension_asked_for is not null)) above`);
