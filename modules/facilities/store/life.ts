/** Staff and activities. */
import { Nullable, shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { type Activity, ActivityKind, type Staffing } from '../schema.ts';

const StaffingStored = shape({ day: Type.String(), staff: Type.Integer(), healthStaff: Type.Integer() });
export const listStaffing = (tx: Tx, province: string, facility: string) => tx.rows(StaffingStored, sql`select day, staff, health_staff from facilities.staffing where province = ${province} and facility = ${facility} order by day desc limit 200`);
export const saveStaffing = (tx: Tx, province: string, facility: string, s: Staffing) => tx.run(sql`
  insert into facilities.staffing (province, facility, day, staff, health_staff) values (${province}, ${facility}, ${s.day}, ${s.staff}, ${s.healthStaff})
  on conflict (province, facility, day) do update set staff = excluded.staff, health_staff = excluded.health_staff`);

const ActivityStored = shape({
  id: Type.String(), rev: Type.Integer(), kind: ActivityKind, fromDay: Type.String(), toDay: Nullable(Type.String()), people: Type.Integer(), finished: Type.Integer(), sessions: Type.Integer(), note: Type.String(),
});
export const listActivities = (tx: Tx, province: string, facility: string) => tx.rows(ActivityStored, sql`
  select id, rev, kind, from_day, to_day, people, finished, sessions, note from facilities.activity where province = ${province} and facility = ${facility} order by from_day desc, id limit 1000`);
export const insertActivity = (tx: Tx, province: string, facility: string, a: Activity) => tx.run(sql`
  insert into facilities.activity (province, facility, id, rev, kind, from_day, to_day, people, finished, sessions, note)
  values (${province}, ${facility}, ${a.id}, ${a.rev}, ${a.kind}, ${a.fromDay}, ${a.toDay}, ${a.people}, ${a.finished}, ${a.sessions}, ${a.note})`);
/** @returns 0 when another editor came first, or there is no such record */
export const updateActivity = (tx: Tx, province: string, facility: string, a: Activity) => tx.run(sql`
  update facilities.activity set rev = ${a.rev}, kind = ${a.kind}, from_day = ${a.fromDay}, to_day = ${a.toDay}, people = ${a.people}, finished = ${a.finished}, sessions = ${a.sessions}, note = ${a.note}
   where province = ${province} and facility = ${facility} and id = ${a.id} and rev = ${a.rev - 1}`);
export const revisionOfActivity = (tx: Tx, province: string, facility: string, id: string) =>
  tx.maybe(shape({ rev: Type.Integer() }), sql`select rev from facilities.activity where province = ${province} and facility = ${facility} and id = ${id}`);
