/** Lines of directives in their six clears. */
import { Day, List, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { ClearVerdict, SixClears } from '../schema.ts';

export const AssignmentStored = shape({
  province: Type.String(), directive: Type.String(), id: Type.String(), position: Type.Integer(), ordinal: Type.String(), version: Type.Integer(), clears: SixClears, verdicts: List(ClearVerdict, 6),
  readVerdicts: List(ClearVerdict, 6), spanStart: Nullable(Type.Integer()), spanEnd: Nullable(Type.Integer()), quote: Nullable(Type.String()), removed: Type.Boolean(), dueOn: Nullable(Day),
  recurrence: Nullable(Type.String()), awaitedEvent: Nullable(Type.String()), parentTask: Nullable(Type.String()), root: Nullable(Type.String()),
});
export type AssignmentStored = Static<typeof AssignmentStored>;

const columns = sql`province, directive, id, position, ordinal, version, clears, verdicts, read_verdicts, span_start, span_end, quote, removed_at is not null as removed, due_on, recurrence, awaited_event,
  parent_task, root`;

/** All lines of a directive in a province, removed ones too; lines made by a split (`parent_task`) are left out. */
export const listAssignments = (tx: Tx, province: string, directive: string) =>
  tx.rows(AssignmentStored, prepared('directives.list-assignments', sql`select ${columns} from directives.assignment where province = ${province} and directive = ${directive} and parent_task is null order by position, id`));

export const findAssignment = (tx: Tx, province: string, id: string) => tx.maybe(AssignmentStored, sql`select ${columns} from directives.assignment where province = ${province} and id = ${id}`);
export const lockAssignment = (tx: Tx, province: string, directive: string, id: string) =>
  tx.maybe(AssignmentStored, sql`select ${columns} from directives.assignment where province = ${province} and directive = ${directive} and id = ${id} for update`);

export type AssignmentNew = Pick<AssignmentStored, 'id' | 'position' | 'ordinal' | 'clears' | 'verdicts' | 'readVerdicts' | 'spanStart' | 'spanEnd' | 'quote' | 'dueOn' | 'recurrence' | 'awaitedEvent'> & {
  readonly parentTask?: string; readonly root?: string;
};
/** All new lines in one statement. */
export const insertAssignments = (tx: Tx, province: string, directive: string, lines: readonly AssignmentNew[]) => tx.run(sql`
  insert into directives.assignment (province, directive, id, position, ordinal, clears, verdicts, read_verdicts, span_start, span_end, quote, due_on, recurrence, awaited_event, coordinating, parent_task, root, drafting)
  select ${province}, ${directive}, a.id, a.position, a.ordinal, a.clears, a.verdicts, a."readVerdicts", a."spanStart", a."spanEnd", a.quote, a."dueOn", a.recurrence, a."awaitedEvent",
         array(select jsonb_array_elements_text(a.clears #> '{responsibility,coordinating}')), a."parentTask", a.root, a."parentTask" is null
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as a(id uuid, position int, ordinal text, clears jsonb, verdicts jsonb, "readVerdicts" jsonb, "spanStart" int, "spanEnd" int, quote text,
         "dueOn" date, recurrence text, "awaitedEvent" text, "parentTask" uuid, root uuid)`);

export type AssignmentSaved = Pick<AssignmentStored, 'clears' | 'verdicts' | 'dueOn' | 'recurrence' | 'awaitedEvent'>;
export const saveAssignment = (tx: Tx, province: string, id: string, line: AssignmentSaved) => tx.run(sql`
  update directives.assignment set clears = ${JSON.stringify(line.clears)}::jsonb, verdicts = ${JSON.stringify(line.verdicts)}::jsonb, due_on = ${line.dueOn}, recurrence = ${line.recurrence},
    awaited_event = ${line.awaitedEvent}, coordinating = ${line.clears.responsibility.coordinating}, version = version + 1
   where province = ${province} and id = ${id}`);

export const removeAssignment = (tx: Tx, province: string, id: string, at: string | null) =>
  tx.run(sql`update directives.assignment set removed_at = ${at}, version = version + 1 where province = ${province} and id = ${id}`);

/** Gives lines their places: those in `order` first, in that order; numbers follow for lines that are not removed. */
export const numberAssignments = (tx: Tx, province: string, directive: string, order: readonly string[]) => tx.run(sql`
  update directives.assignment a set position = n.position, ordinal = case when n.number is null then a.ordinal else 'NV-' || lpad(n.number::text, greatest(2, length(n.number::text)), '0') end
    from (select id, row_number() over w - 1 as position, case when removed_at is null then count(*) filter (where removed_at is null) over (w rows unbounded preceding) end as number
            from directives.assignment where province = ${province} and directive = ${directive} and parent_task is null
          window w as (order by coalesce(array_position(${order}::uuid[], id), 2147483647), position, id)) n
   where a.province = ${province} and a.directive = ${directive} and a.id = n.id`);

/** Lines of several directives in one read, for lists. */
export const ordinalsOf = (tx: Tx, province: string, ids: readonly string[]) => tx.rows(
  shape({ id: Type.String(), ordinal: Type.String(), text: Type.String() }),
  sql`select id, ordinal, clears #>> '{task,text}' as text from directives.assignment where province = ${province} and id = any(${ids}::uuid[])`);

/** From here on the lines are an issued directive's. */
export const closeDraft = (tx: Tx, province: string, directive: string) => tx.run(sql`update directives.assignment set drafting = false where province = ${province} and directive = ${directive}`);
