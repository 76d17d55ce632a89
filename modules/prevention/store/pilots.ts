import { shape, Type, Uuid } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Pilot, Replication, type Measured } from '../schema.ts';
import { seenOwned, type By } from './scoped.ts';

const pilotColumns = sql`o.province, o.id, o.title_vi, o.title_en, o.hypothesis, o.measure, o.better, o.areas, o.comparison, o.starts_on, o.ends_on, o.state, o.measured, o.result, o.lesson, o.model, o.office, o.version, o.demonstration`;
export const listPilots = ({ tx, scope }: By) => tx.rows(Pilot, sql`select ${pilotColumns} from prevention.pilot o where ${seenOwned(scope)} order by o.starts_on desc, o.id limit 500`);
export const findPilot = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Pilot, sql`select ${pilotColumns} from prevention.pilot o where o.province = ${province} and o.id = ${id} and ${seenOwned(scope)}`);
export const lockPilot = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Pilot, sql`select ${pilotColumns} from prevention.pilot o where o.province = ${province} and o.id = ${id} and ${seenOwned(scope)} for update`);
export const insertPilot = (tx: Tx, one: Pilot, at: string) => tx.run(sql`
  insert into prevention.pilot (province, id, title_vi, title_en, hypothesis, measure, better, areas, comparison, starts_on, ends_on, state, measured, result, lesson, model, office, version, demonstration, added_at)
  values (${one.province}, ${one.id}, ${one.titleVi}, ${one.titleEn}, ${one.hypothesis}, ${one.measure}, ${one.better}, ${JSON.stringify(one.areas)}::jsonb, ${JSON.stringify(one.comparison)}::jsonb, ${one.startsOn}, ${one.endsOn}, ${one.state},
          ${one.measured === null ? null : JSON.stringify(one.measured)}::jsonb, ${one.result}, ${one.lesson}, ${one.model}, ${one.office}, ${one.version}, ${one.demonstration}, ${at})`);
export const setPilotState = (tx: Tx, province: string, id: string, state: string) => tx.run(sql`update prevention.pilot set state = ${state}, version = version + 1 where province = ${province} and id = ${id}`);
export const saveConclusion = (tx: Tx, province: string, id: string, one: { readonly measured: Measured; readonly result: string; readonly lesson: string }) => tx.run(sql`
  update prevention.pilot set state = 'concluded', measured = ${JSON.stringify(one.measured)}::jsonb, result = ${one.result}, lesson = ${one.lesson}, version = version + 1 where province = ${province} and id = ${id}`);

type NewReplication = { readonly id: string; readonly province: string; readonly pilot: string; readonly provinces: readonly string[]; readonly directiveProvince: string; readonly directive: string; readonly office: string; readonly at: string };
export const insertReplication = (tx: Tx, one: NewReplication) => tx.run(sql`
  insert into prevention.replication (province, id, pilot, provinces, directive_province, directive, office, at)
  values (${one.province}, ${one.id}, ${one.pilot}, ${one.provinces}::text[], ${one.directiveProvince}, ${one.directive}, ${one.office}, ${one.at})`);
const Row = shape({ pilot: Uuid, pilotProvince: Type.String(), titleVi: Type.String(), titleEn: Type.String(), ...Replication.properties });
/** Replications with the tasks of their directive that the reader sees; none while it is a draft. */
export const listReplications = ({ tx, scope }: By, pilot: string | null) => tx.rows(Row, sql`
  select o.id, o.pilot, o.province as pilot_province, p.title_vi, p.title_en, o.at, o.provinces, o.directive_province, o.directive, coalesce(t.tasks, 0)::int as tasks, coalesce(t.done, 0)::int as done
    from prevention.replication o join prevention.pilot p on p.province = o.province and p.id = o.pilot
    left join lateral (select sum(c.tasks) as tasks, sum(c.tasks) filter (where c.state = 'accepted') as done from directives_pub.task_count c where c.directive = o.directive and c.state <> 'withdrawn') t on true
   where (${pilot}::uuid is null or o.pilot = ${pilot}) and ${seenOwned(scope)} order by o.at desc limit 500`);
export const countReplications = ({ tx, scope }: By) => tx.rows(shape({ pilot: Type.String(), n: Type.Integer() }), sql`select o.pilot, count(*)::int as n from prevention.replication o where ${seenOwned(scope)} group by o.pilot`);
