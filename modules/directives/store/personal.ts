/** What belongs to one account or to everybody: saved views, calendar addresses, the year's days, days of events, the reminders' clock. */
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { SavedView } from '../schema.ts';
import { TaskListed } from './tasks.ts';

export const listViews = (tx: Tx, account: string) => tx.rows(SavedView, sql`select id, name, path, created_at from directives.saved_view where account = ${account} order by name, id`);
export const insertView = (tx: Tx, account: string, view: SavedView) =>
  tx.run(sql`insert into directives.saved_view (account, id, name, path, created_at) values (${account}, ${view.id}, ${view.name}, ${view.path}, ${view.createdAt})`);
export const deleteView = (tx: Tx, account: string, id: string) => tx.run(sql`delete from directives.saved_view where account = ${account} and id = ${id}`);

const Feed = shape({ account: Type.String(), createdAt: Type.String() });
export const findFeed = (tx: Tx, account: string) => tx.maybe(Feed, sql`select account, created_at from directives.feed where account = ${account}`);
export const findFeedByToken = (tx: Tx, tokenSha256: string) => tx.maybe(Feed, sql`select account, created_at from directives.feed where token_sha256 = ${tokenSha256}`);
/** The offices where an account holds a role today: a calendar follows a change of post at once. */
export const officesHeldBy = (tx: Tx, account: string, today: PlainDate) => tx.rows(shape({ office: Type.String(), role: Type.String() }), sql`
  select distinct office, role from identity_pub.holder where account = ${account} and valid_from <= ${today}::date and (valid_until is null or valid_until >= ${today}::date)`);
export const saveFeed = (tx: Tx, feed: { readonly account: string; readonly tokenSha256: string; readonly at: string }) => tx.run(sql`
  insert into directives.feed (account, token_sha256, created_at) values (${feed.account}, ${feed.tokenSha256}, ${feed.at})
  on conflict (account) do update set token_sha256 = excluded.token_sha256, created_at = excluded.created_at`);
export const deleteFeed = (tx: Tx, account: string) => tx.run(sql`delete from directives.feed where account = ${account}`);

/** Dated tasks of offices, open or done in the last year, for a calendar. */
export const listForCalendar = (tx: Tx, offices: readonly string[], since: PlainDate) => tx.rows(TaskListed, sql`
  select t.province, t.id, t.commune, t.directive, t.assignment, t.parent, t.depth, t.holder_office, t.holder_post, t.assigned_by, t.period, t.due_first, t.due_on, t.extension_asked_for,
    t.result_measure, t.state, t.version, t.percent, t.submitted_on, t.reporter, t.assigned_at, t.updated_at, t.entry_count, t.evidence_count,
    d.number as directive_number, d.title as directive_title, a.ordinal, a.clears #>> '{task,text}' as text
    from directives.task t join directives.directive d on d.province = t.province and d.id = t.directive join directives.assignment a on a.province = t.province and a.id = t.assignment
   where t.holder_office = any(${offices}::text[]) and t.due_on >= ${since} and t.state <> 'withdrawn' order by t.due_on, t.id limit 2000`);

const EditedDay = shape({ day: Day, year: Type.Integer(), kind: Type.Union([Type.Literal('off'), Type.Literal('working')]), name: Type.String() });
export type EditedDay = Static<typeof EditedDay>;
export const listEditedDays = (tx: Tx) => tx.rows(EditedDay, sql`select day, year, kind, name from directives.calendar_day order by day`);
export async function replaceYear(tx: Tx, year: number, days: readonly Omit<EditedDay, 'year'>[]): Promise<void> {
  await tx.run(sql`delete from directives.calendar_day where year = ${year}`);
  await tx.run(sql`
    insert into directives.calendar_day (day, year, kind, name)
    select d.day, ${year}, d.kind, d.name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d(day date, kind text, name text)`);
}

const EventDay = shape({ event: Type.String(), onDay: Day });
export const listEventDays = (tx: Tx) => tx.rows(EventDay, sql`select event, on_day from directives.event_day`);
export const saveEventDay = (tx: Tx, event: string, on: PlainDate, at: string) => tx.run(sql`
  insert into directives.event_day (event, on_day, set_at) values (${event}, ${on}, ${at}) on conflict (event) do update set on_day = excluded.on_day, set_at = excluded.set_at`);
const Awaited = shape({ event: Type.String(), text: Nullable(Type.String()), on: Nullable(Day), tasks: Type.Integer() });
export const listAwaited = (tx: Tx, event: string | null) => tx.rows(Awaited, sql`
  select a.awaited_event as event, min(dl.value ->> 'text') as text, min(e.on_day) as on, (count(distinct t.id))::int as tasks
    from directives.assignment a
    left join lateral jsonb_array_elements(a.clears #> '{timeline,deadlines}') dl on dl.value ->> 'value' = a.awaited_event
    left join directives.event_day e on e.event = a.awaited_event
    left join directives.task t on t.province = a.province and t.assignment = a.id
   where a.awaited_event is not null and a.removed_at is null and (${event}::text is null or a.awaited_event = ${event})
   group by a.awaited_event order by a.awaited_event`);
export const provincesAwaiting = (tx: Tx, event: string) => tx.rows(shape({ province: Type.String() }), sql`
  select distinct a.province from directives.assignment a join directives.directive d on d.province = a.province and d.id = a.directive and d.state in ('issuing', 'issued')
   where a.awaited_event = ${event} order by a.province`);
export const setAwaitedDue = (tx: Tx, province: string, event: string, on: PlainDate) =>
  tx.run(sql`update directives.assignment set due_on = ${on} where province = ${province} and awaited_event = ${event}`);

export const findClock = (tx: Tx, name: string) => tx.maybe(shape({ doneThrough: Day }), sql`select done_through from directives.clock_day where name = ${name} for update`);
export const setClock = (tx: Tx, name: string, day: PlainDate) =>
  tx.run(sql`insert into directives.clock_day (name, done_through) values (${name}, ${day}) on conflict (name) do update set done_through = excluded.done_through`);

/** Recurring tasks whose period has ended: the last instance of each holder, where no later one exists yet. */
const Ended = shape({
  province: Type.String(), directive: Type.String(), assignment: Type.String(), recurrence: Type.String(), commune: Nullable(Type.String()), parent: Nullable(Type.String()), depth: Type.Integer(),
  holderOffice: Type.String(), holderPost: Nullable(Type.String()), assignedBy: Type.String(), resultMeasure: Type.String(), period: Type.String(), clears: Type.Unknown(),
});
export const listEndedPeriods = (tx: Tx, today: PlainDate) => tx.rows(Ended, sql`
  select * from (
    select distinct on (t.province, t.assignment, t.holder_office) t.province, t.directive, t.assignment, a.recurrence, t.commune, t.parent, t.depth, t.holder_office, t.holder_post, t.assigned_by,
           t.result_measure, t.period, a.clears
      from directives.assignment a join directives.directive d on d.province = a.province and d.id = a.directive and d.state in ('issuing', 'issued')
      join directives.task t on t.province = a.province and t.assignment = a.id
     where a.recurrence is not null and t.period <> '' and t.state <> 'withdrawn'
     order by t.province, t.assignment, t.holder_office, t.period desc) last
   where period < ${today} order by province, assignment, holder_office`);

const MailTarget = shape({ account: Type.String(), name: Type.String(), email: Type.String(), language: Type.String(), office: Type.String() });
/** Holders of offices who have an address for mail. Only the machinery sees addresses. */
export const listMailTargets = (tx: Tx, offices: readonly string[], today: PlainDate) => tx.rows(MailTarget, sql`
  select distinct account, name, email, language, office from identity_pub.holder_address
   where office = any(${offices}::text[]) and valid_from <= ${today}::date and (valid_until is null or valid_until >= ${today}::date) order by account, office`);
