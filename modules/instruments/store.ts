/** Products with their stages and the tasks of the line they answer, in one query. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Scope } from '#kernel/scope.ts';
import { Instrument, Stage, type StageName } from './schema.ts';

export type By = { readonly tx: Tx; readonly scope: Scope };
const seen = ({ all, within }: Scope) => sql`(${all} or i.province = any(${within}::text[]) or (i.province = '00' and cardinality(${within}::text[]) > 0))`;
const { stages: _stages, link: _link, ...plain } = Instrument.properties;
const Row = shape({
  ...plain, stages: Type.Array(Stage), directiveProvince: Nullable(Type.String()), directive: Nullable(Type.String()), assignment: Nullable(Type.String()), tasks: Type.Integer(), done: Type.Integer(), tasksDueOn: Nullable(Type.String()),
});
export type InstrumentStored = Static<typeof Row>;

/** Those the reader sees, or one of them. The due day of an event is looked up as it stands today. */
export const listInstruments = ({ tx, scope }: By, only: { readonly province: string; readonly id: string } | null) => tx.rows(Row, sql`
  select i.province, i.id, i.kind, i.title_vi, i.title_en, i.lead_office, i.basis, i.enhancement, i.due_stage, coalesce(i.due_on, e.on_day) as due_on, i.due_text, i.due_event, i.note, i.version, i.demonstration, i.directive_province, i.directive, i.assignment,
         coalesce(s.stages, '[]'::jsonb) as stages, coalesce(t.tasks, 0)::int as tasks, coalesce(t.done, 0)::int as done, t.due_on as tasks_due_on
    from instruments.instrument i
    left join directives_pub.event_day e on e.event = i.due_event
    left join lateral (select jsonb_agg(jsonb_build_object('stage', g.stage, 'on', g.on_day::text, 'number', g.number, 'source', g.source) order by array_position(array['draft', 'comment', 'submitted', 'passed', 'in-force'], g.stage)) as stages
                         from instruments.stage g where g.province = i.province and g.instrument = i.id) s on true
    left join lateral (select sum(c.tasks) as tasks, sum(c.tasks) filter (where c.state = 'accepted') as done, max(c.due_on) as due_on from directives_pub.task_count c
                        where c.directive = i.directive and c.assignment = i.assignment and c.state <> 'withdrawn') t on true
   where ${seen(scope)} and (${only?.id ?? null}::uuid is null or (i.province = ${only?.province ?? null} and i.id = ${only?.id ?? null})) order by coalesce(i.due_on, e.on_day) nulls last, i.added_at, i.id limit 1000`);
export const lockInstrument = ({ tx, scope }: By, province: string, id: string) => tx.maybe(shape({ version: Type.Integer() }), sql`
  select i.version from instruments.instrument i where i.province = ${province} and i.id = ${id} and ${seen(scope)} for update`);

type New = Omit<Instrument, 'stages' | 'link'>;
export const insertInstrument = (tx: Tx, one: New, at: string) => tx.run(sql`
  insert into instruments.instrument (province, id, kind, title_vi, title_en, lead_office, basis, enhancement, due_stage, due_on, due_text, due_event, note, version, demonstration, added_at)
  values (${one.province}, ${one.id}, ${one.kind}, ${one.titleVi}, ${one.titleEn}, ${one.leadOffice}, ${one.basis}, ${one.enhancement}, ${one.dueStage}, ${one.dueOn}, ${one.dueText}, ${one.dueEvent}, ${one.note}, ${one.version}, ${one.demonstration}, ${at})`);
export const touch = (tx: Tx, province: string, id: string) => tx.run(sql`update instruments.instrument set version = version + 1 where province = ${province} and id = ${id}`);
export const saveStage = (tx: Tx, province: string, id: string, stage: Stage, at: string) => tx.run(sql`
  insert into instruments.stage (province, instrument, stage, on_day, number, source, recorded_at) values (${province}, ${id}, ${stage.stage}, ${stage.on}, ${stage.number}, ${stage.source}, ${at})
  on conflict (province, instrument, stage) do update set on_day = excluded.on_day, number = excluded.number, source = excluded.source, recorded_at = excluded.recorded_at`);
export const deleteStage = (tx: Tx, province: string, id: string, stage: StageName) => tx.run(sql`delete from instruments.stage where province = ${province} and instrument = ${id} and stage = ${stage}`);
type Link = { readonly directiveProvince: string; readonly directive: string; readonly assignment: string };
export const saveLink = (tx: Tx, province: string, id: string, link: Link | null) => tx.run(sql`
  update instruments.instrument set directive_province = ${link?.directiveProvince ?? null}, directive = ${link?.directive ?? null}, assignment = ${link?.assignment ?? null} where province = ${province} and id = ${id}`);
/** True when the reader sees a task of that line: a product is not tied to what its keeper cannot see. */
export const lineSeen = async (tx: Tx, { directive, assignment }: Link): Promise<boolean> => (await tx.one(shape({ n: Type.Integer() }), sql`
  select count(*)::int as n from directives_pub.task_count c where c.directive = ${directive} and c.assignment = ${assignment}`)).n > 0;
