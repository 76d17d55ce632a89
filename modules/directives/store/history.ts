/** What happened to tasks, and the evidence: appended, never changed. */
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { EvidenceKind, StepsOfDay, TaskState } from '../schema.ts';
import { seesTask, type By } from './visible.ts';

export const EntryStored = shape({
  seq: Type.Integer(), at: Type.String(), account: Nullable(Type.String()), office: Nullable(Type.String()), post: Nullable(Type.String()), kind: Type.String(),
  fromState: Nullable(TaskState), toState: Nullable(TaskState), payload: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
});
export type EntryStored = Static<typeof EntryStored>;

export const listEntries = (tx: Tx, province: string, task: string) => tx.rows(EntryStored, sql`
  select seq, at, account, office, post, kind, from_state, to_state, payload from directives.entry where province = ${province} and task = ${task} order by seq`);

/** Steps of the tasks of a directive that the reader sees, counted by day in Việt Nam, newest first. */
export const stepsByDay = ({ tx, scope }: By, directive: string, limit: number) => tx.rows(StepsOfDay, sql`
  select (e.at at time zone 'Asia/Ho_Chi_Minh')::date as day, e.kind, count(distinct (e.province, e.task))::int as tasks, count(*)::int as steps
    from directives.task t join directives.entry e on e.province = t.province and e.task = t.id
   where t.directive = ${directive} and ${seesTask(scope)} and e.kind <> 'assigned' group by 1, 2 order by 1 desc, 3 desc, 2 limit ${limit}`);

export type EntryNew = EntryStored & { readonly province: string; readonly task: string };
export const appendEntries = (tx: Tx, entries: readonly EntryNew[]) => tx.run(sql`
  insert into directives.entry (province, task, seq, at, account, office, post, kind, from_state, to_state, payload)
  select e.province, e.task, e.seq, e.at, e.account, e.office, e.post, e.kind, e."fromState", e."toState", e.payload
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(province text, task uuid, seq int, at timestamptz, account uuid, office text, post text, kind text, "fromState" text, "toState" text, payload jsonb)`);

export const EvidenceStored = shape({
  id: Type.String(), kind: EvidenceKind, at: Type.String(), fileName: Nullable(Type.String()), sha256: Nullable(Type.String()), bytes: Nullable(Type.Integer()), documentNumber: Nullable(Type.String()),
  documentDate: Nullable(Day), link: Nullable(Type.String()), value: Nullable(Type.Number()), unit: Nullable(Type.String()), note: Type.String(),
});
export type EvidenceStored = Static<typeof EvidenceStored>;
const columns = sql`id, kind, at, file_name, sha256, bytes, document_number, document_date, link, value, unit, note`;

/** Strongest first: measured, document, declared. */
export const listEvidence = (tx: Tx, province: string, task: string) => tx.rows(EvidenceStored, sql`
  select ${columns} from directives.evidence where province = ${province} and task = ${task} order by array_position('{measured,document,declared}', kind), at`);
export const findEvidence = (tx: Tx, province: string, task: string, id: string) =>
  tx.maybe(EvidenceStored, sql`select ${columns} from directives.evidence where province = ${province} and task = ${task} and id = ${id}`);

export type EvidenceNew = EvidenceStored & { readonly province: string; readonly task: string; readonly account: string };
export const insertEvidence = (tx: Tx, e: EvidenceNew) => tx.run(sql`
  insert into directives.evidence (province, task, id, kind, at, account, file_name, sha256, bytes, document_number, document_date, link, value, unit, note)
  values (${e.province}, ${e.task}, ${e.id}, ${e.kind}, ${e.at}, ${e.account}, ${e.fileName}, ${e.sha256}, ${e.bytes}, ${e.documentNumber}, ${e.documentDate}, ${e.link}, ${e.value}, ${e.unit}, ${e.note})`);
