/** Inspections, incidents and complaints. */
import { Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { channels, Finding, findingStates, MatterCategory, MatterKind, matterStates, type MatterState, MatterStep } from '../schema.ts';

const InspectionStored = shape({
  id: Type.String(), onDay: Type.String(), external: Type.Boolean(), office: Type.String(), checklist: Type.String(), summary: Type.String(), recordedAt: Type.String(),
});
export type InspectionStored = Static<typeof InspectionStored>;
export const listInspections = (tx: Tx, province: string, facility: string, id: string | null = null) => tx.rows(InspectionStored, sql`
  select id, on_day, external, office, checklist, summary, recorded_at from facilities.inspection where province = ${province} and facility = ${facility} and (${id}::uuid is null or id = ${id}) order by on_day desc, recorded_at desc limit 200`);
const AnswerStored = shape({
  inspection: Type.String(), item: Type.String(), rev: Type.Integer(), finding: Finding, note: Type.String(), dueOn: Nullable(Type.String()), state: oneOf(findingStates), remedy: Type.String(), remediedOn: Nullable(Type.String()),
  confirmedOn: Nullable(Type.String()),
});
export type AnswerStored = Static<typeof AnswerStored>;
export const listAnswers = (tx: Tx, province: string, facility: string, inspections: readonly string[]) => tx.rows(AnswerStored, sql`
  select inspection, item, rev, finding, note, due_on, state, remedy, remedied_on, confirmed_on from facilities.answer where province = ${province} and facility = ${facility} and inspection = any(${inspections}::uuid[])`);
export const insertInspection = (tx: Tx, province: string, facility: string, i: InspectionStored & { readonly account: string }) => tx.run(sql`
  insert into facilities.inspection (province, facility, id, on_day, external, office, account, checklist, summary, recorded_at)
  values (${province}, ${facility}, ${i.id}, ${i.onDay}, ${i.external}, ${i.office}, ${i.account}, ${i.checklist}, ${i.summary}, ${i.recordedAt})`);
export const insertAnswers = (tx: Tx, province: string, facility: string, answers: readonly Pick<AnswerStored, 'inspection' | 'item' | 'finding' | 'note' | 'dueOn' | 'state'>[]) => tx.run(sql`
  insert into facilities.answer (province, facility, inspection, item, finding, note, due_on, state)
  select ${province}, ${facility}, a.inspection, a.item, a.finding, a.note, a.due_on, a.state
    from jsonb_to_recordset(${JSON.stringify(answers.map((a) => ({ inspection: a.inspection, item: a.item, finding: a.finding, note: a.note, due_on: a.dueOn, state: a.state })))}::jsonb)
      as a(inspection uuid, item text, finding text, note text, due_on date, state text)`);
export const findAnswer = (tx: Tx, province: string, facility: string, inspection: string, item: string) => tx.maybe(shape({ state: oneOf(findingStates), rev: Type.Integer(), remediedBy: Nullable(Type.String()) }), sql`
  select state, rev, remedied_by from facilities.answer where province = ${province} and facility = ${facility} and inspection = ${inspection} and item = ${item} for update`);
type FindingKey = { readonly province: string; readonly facility: string; readonly inspection: string; readonly item: string };
export const setRemedied = (tx: Tx, key: FindingKey, remedy: string, by: string, onDay: string) => tx.run(sql`
  update facilities.answer set state = 'remedied', rev = rev + 1, remedy = ${remedy}, remedied_on = ${onDay}, remedied_by = ${by}
   where province = ${key.province} and facility = ${key.facility} and inspection = ${key.inspection} and item = ${key.item}`);
export const setConfirmed = (tx: Tx, key: FindingKey, seen: boolean, note: string, onDay: string) => tx.run(sql`
  update facilities.answer set state = ${seen ? 'confirmed' : 'open'}, rev = rev + 1, confirmed_on = ${seen ? onDay : null}, note = case when ${note} = '' then note else ${note} end
   where province = ${key.province} and facility = ${key.facility} and inspection = ${key.inspection} and item = ${key.item}`);

const MatterStored = shape({
  id: Type.String(), rev: Type.Integer(), kind: MatterKind, category: MatterCategory, channel: oneOf(channels), onDay: Type.String(), people: Type.Integer(), text: Type.String(), state: oneOf(matterStates), dueOn: Type.String(),
  answeredOn: Nullable(Type.String()), answeredBy: Nullable(Type.String()), closedOn: Nullable(Type.String()), reviewedOutside: Type.Boolean(),
});
export type MatterStored = Static<typeof MatterStored>;
const columns = sql`id, rev, kind, category, channel, on_day, people, text, state, due_on, answered_on, answered_by, closed_on, reviewed_outside`;
export const listMatters = (tx: Tx, province: string, facility: string, id: string | null = null) => tx.rows(MatterStored, sql`
  select ${columns} from facilities.matter where province = ${province} and facility = ${facility} and (${id}::uuid is null or id = ${id}) order by array_position('{open,answered,closed}', state), due_on, id limit 1000`);
export const lockMatter = (tx: Tx, province: string, facility: string, id: string) => tx.maybe(MatterStored, sql`select ${columns} from facilities.matter where province = ${province} and facility = ${facility} and id = ${id} for update`);
export const insertMatter = (tx: Tx, province: string, facility: string, m: MatterStored) => tx.run(sql`
  insert into facilities.matter (province, facility, id, rev, kind, category, channel, on_day, people, text, state, due_on, answered_on, answered_by, closed_on, reviewed_outside)
  values (${province}, ${facility}, ${m.id}, ${m.rev}, ${m.kind}, ${m.category}, ${m.channel}, ${m.onDay}, ${m.people}, ${m.text}, ${m.state}, ${m.dueOn}, ${m.answeredOn}, ${m.answeredBy}, ${m.closedOn}, ${m.reviewedOutside})`);
export type MatterMove = { readonly id: string; readonly state: MatterState; readonly answeredOn: string | null; readonly answeredBy: string | null; readonly closedOn: string | null; readonly reviewedOutside: boolean };
export const moveStored = (tx: Tx, province: string, facility: string, m: MatterMove) => tx.run(sql`
  update facilities.matter set rev = rev + 1, state = ${m.state}, answered_on = ${m.answeredOn}, answered_by = ${m.answeredBy}, closed_on = ${m.closedOn}, reviewed_outside = ${m.reviewedOutside}
   where province = ${province} and facility = ${facility} and id = ${m.id}`);

const StepStored = shape({ matter: Type.String(), seq: Type.Integer(), ...MatterStep.properties });
export const listSteps = (tx: Tx, province: string, facility: string, matters: readonly string[]) => tx.rows(StepStored, sql`
  select matter, seq, at, kind, text, role from facilities.matter_step where province = ${province} and facility = ${facility} and matter = any(${matters}::uuid[]) order by matter, seq`);
export type StepNew = { readonly matter: string; readonly seq: number; readonly at: string; readonly account: string | null; readonly role: string; readonly kind: string; readonly text: string };
export const insertStep = (tx: Tx, province: string, facility: string, s: StepNew) => tx.run(sql`
  insert into facilities.matter_step (province, facility, matter, seq, at, account, role, kind, text) values (${province}, ${facility}, ${s.matter}, ${s.seq}, ${s.at}, ${s.account}, ${s.role}, ${s.kind}, ${s.text})`);
