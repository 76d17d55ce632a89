/** Notices to offices: each told once, because the key says what is told. */
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { NoticeKind } from '../schema.ts';

export type NoticeNew = {
  readonly province: string; readonly id: string; readonly office: string; readonly key: string; readonly kind: NoticeKind; readonly directive: string | null; readonly task: string | null;
  readonly tasks: number; readonly dueOn: PlainDate | null; readonly note: string | null;
};
/** What many notices have in common is sent once. @returns how many were not told before */
export function insertNotices(tx: Tx, at: string, notices: readonly NoticeNew[]): Promise<number> {
  const kinds = new Map<string, Omit<NoticeNew, 'id' | 'office' | 'task'> & { readonly same: number }>();
  const kindOf = notices.map(({ province, key, kind, directive, tasks, dueOn, note }) => {
    const text = JSON.stringify([province, key, kind, directive, tasks, dueOn, note]);
    const same = kinds.get(text) ?? { same: kinds.size, province, key, kind, directive, tasks, dueOn, note };
    kinds.set(text, same);
    return same.same;
  });
  return tx.run(prepared('directives.insert-notices', sql`
    insert into directives.notice (province, id, office, key, kind, at, directive, task, tasks, due_on, note)
    select k.province, n.id, n.office, k.key, k.kind, ${at}, k.directive, n.task, k.tasks, k."dueOn", k.note
      from unnest(${notices.map((n) => n.id)}::uuid[], ${notices.map((n) => n.office)}::text[], ${notices.map((n) => n.task)}::uuid[], ${kindOf}::int[]) as n(id, office, task, same)
      join jsonb_to_recordset(${JSON.stringify([...kinds.values()])}::jsonb) as k(same int, province text, key text, kind text, directive uuid, tasks int, "dueOn" date, note text) on k.same = n.same
    on conflict (province, office, key) do nothing`));
}

/**
 * Tells, for every open task due on a day, its holder or who assigned it: one statement over all provinces, each row in its own.
 * The notice's id follows from task, kind and day, so that a second telling is the same row.
 *
 * @param after the row of an assigner stands where the task is, so the statement writes one province a row
 * @returns how many were told now
 */
export const announceDue = (tx: Tx, what: { readonly kind: NoticeKind; readonly dueOn: PlainDate; readonly to: 'holder' | 'assigner'; readonly today: PlainDate; readonly at: string }) => tx.run(sql`
  insert into directives.notice (province, id, office, key, kind, at, directive, task, tasks, due_on)
  select t.province, md5(${what.kind} || ${what.today} || t.id::text || ${what.to})::uuid, case when ${what.to} = 'holder' then t.holder_office else t.assigned_by end,
         ${what.kind} || ':' || t.id::text || ':' || ${what.today}, ${what.kind}, ${what.at}, t.directive, t.id, 1, t.due_on
    from directives.task t
   where t.due_on = ${what.dueOn}::date and t.state not in ('accepted', 'withdrawn', 'evidence-submitted', 'verified')
     and (${what.to} = 'holder' or t.assigned_by <> t.holder_office)
  on conflict (province, office, key) do nothing`);

/** Tells who assigned a task that nobody has acknowledged it by the end of a day. */
export const announceUnacknowledged = (tx: Tx, what: { readonly assignedOn: PlainDate; readonly at: string }) => tx.run(sql`
  insert into directives.notice (province, id, office, key, kind, at, directive, task, tasks, due_on)
  select province, md5('unacknowledged' || ${what.assignedOn} || province || assigned_by || directive::text)::uuid, assigned_by, 'unacknowledged:' || directive::text || ':' || ${what.assignedOn}, 'unacknowledged', ${what.at},
         directive, null, count(*)::int, min(due_on)
    from directives.task where state = 'assigned' and (assigned_at at time zone 'Asia/Ho_Chi_Minh')::date = ${what.assignedOn}::date
   group by province, assigned_by, directive
  on conflict (province, office, key) do nothing`);

export const NoticeStored = shape({
  province: Type.String(), id: Type.String(), kind: NoticeKind, at: Type.String(), office: Type.String(), read: Type.Boolean(), directive: Nullable(Type.String()), directiveNumber: Nullable(Type.String()),
  directiveTitle: Nullable(Type.String()), task: Nullable(Type.String()), ordinal: Nullable(Type.String()), text: Nullable(Type.String()), note: Nullable(Type.String()), dueOn: Nullable(Day), tasks: Type.Integer(),
});
export type NoticeStored = Static<typeof NoticeStored>;

const isRead = (account: string) => sql`exists (select 1 from directives.notice_read r where r.province = n.province and r.notice = n.id and r.account = ${account})`;
export const listNotices = (tx: Tx, inbox: { readonly account: string; readonly offices: readonly string[]; readonly unread: boolean; readonly limit: number; readonly offset: number }) => tx.rows(NoticeStored, sql`
  select n.province, n.id, n.kind, n.at, n.office, ${isRead(inbox.account)} as read, n.directive, d.number as directive_number, d.title as directive_title, n.task, a.ordinal,
         a.clears #>> '{task,text}' as text, n.note, n.due_on, n.tasks
    from directives.notice n
    left join directives.directive d on d.province = n.province and d.id = n.directive
    left join directives.task t on t.province = n.province and t.id = n.task
    left join directives.assignment a on a.province = t.province and a.id = t.assignment
   where n.office = any(${inbox.offices}::text[]) and (not ${inbox.unread} or not ${isRead(inbox.account)})
   order by n.at desc, n.id limit ${inbox.limit} offset ${inbox.offset}`);

export const countNotices = (tx: Tx, account: string, offices: readonly string[]) => tx.one(shape({ total: Type.Integer(), unread: Type.Integer() }), sql`
  select count(*)::int as total, count(*) filter (where not ${isRead(account)})::int as unread from directives.notice n where n.office = any(${offices}::text[])`);

/** Marks as read by this account; all of its offices when none is named. */
export const markRead = (tx: Tx, mark: { readonly account: string; readonly offices: readonly string[]; readonly notices: readonly string[]; readonly at: string }) => tx.run(sql`
  insert into directives.notice_read (province, account, notice, at)
  select province, ${mark.account}, id, ${mark.at} from directives.notice
   where office = any(${mark.offices}::text[]) and (cardinality(${mark.notices}::uuid[]) = 0 or id = any(${mark.notices}::uuid[]))
  on conflict (province, account, notice) do nothing`);

/** Offices with notices that no digest has carried yet. */
export const listUnmailed = (tx: Tx, before: string) => tx.rows(shape({ office: Type.String(), kind: NoticeKind, tasks: Type.Integer() }), sql`
  select office, kind, sum(tasks)::int as tasks from directives.notice where mailed_at is null and at <= ${before} group by office, kind order by office, kind`);
export const markMailed = (tx: Tx, offices: readonly string[], before: string, at: string) =>
  tx.run(sql`update directives.notice set mailed_at = ${at} where mailed_at is null and at <= ${before} and office = any(${offices}::text[])`);

/** Offices already reminded of these tasks that day, by hand. */
export const remindedOn = (tx: Tx, province: string, keys: readonly string[]) =>
  tx.rows(shape({ office: Type.String(), key: Type.String() }), sql`select office, key from directives.notice where province = ${province} and key = any(${keys}::text[])`);
