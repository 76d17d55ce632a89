/** Writes the demonstration, a statement a table. */
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { DemoDay, DemoFacility } from './books.ts';

export type StaffRow = { readonly province: string; readonly facility: string; readonly day: string; readonly staff: number; readonly health: number };
export type ActivityRow = { readonly province: string; readonly facility: string; readonly id: string; readonly kind: string; readonly from: string; readonly to: string | null; readonly people: number; readonly finished: number; readonly sessions: number };
export type MatterRow = {
  readonly province: string; readonly facility: string; readonly id: string; readonly kind: string; readonly category: string; readonly channel: string; readonly on: string; state: string; due: string; answered: string | null; closed: string | null; readonly outside: boolean;
};
export type InspectionRow = { readonly province: string; readonly facility: string; readonly id: string; readonly on: string; readonly checklist: string };
export type AnswerRow = { readonly province: string; readonly facility: string; readonly inspection: string; readonly item: string; readonly finding: string; readonly due: string | null; readonly state: string; readonly done: string | null };
export type Named = DemoFacility & { readonly nameVi: string; readonly nameEn: string; readonly bookFrom: string };

export async function insertRegister(tx: Tx, rows: readonly Named[], at: string): Promise<void> {
  const given = JSON.stringify(rows.map((f) => ({ ...f, v: f.start.voluntary, c: f.start.compulsory })));
  await tx.run(sql`
    insert into facilities.facility (province, code, ownership, opened_on, manager_office, book_from, book_voluntary, book_compulsory, recorded_at)
    select province, code, ownership, "openedOn", office, "bookFrom", v, c, ${at}::timestamptz
      from jsonb_to_recordset(${given}::jsonb) as f(province text, code text, ownership text, "openedOn" date, office text, "bookFrom" date, v int, c int)`);
  await tx.run(sql`
    insert into facilities.profile (province, facility, valid_from, name_vi, name_en, terrain, land_m2, places, beds, recorded_at)
    select province, code, "openedOn", "nameVi", "nameEn", terrain, "landM2", places, beds, ${at}::timestamptz
      from jsonb_to_recordset(${given}::jsonb) as f(province text, code text, "openedOn" date, "nameVi" text, "nameEn" text, terrain text, "landM2" int, places int, beds int)`);
}

const column = <T>(rows: readonly T[], pick: (row: T) => string | number): string => rows.map(pick).join(';');
/** Rows as columns of text: far fewer bytes to parse than JSON, and one statement. */
export const insertDays = (tx: Tx, rows: readonly DemoDay[], by: string): Promise<unknown> => tx.run(sql`
  insert into facilities.day (province, facility, day, rev, recorded_at, recorded_by, late, voluntary, compulsory, first_ever, waited_days, waiting, absent, present, voluntary_end, compulsory_end)
  select province, facility, day::date, 1, day::date + interval '11 hours', ${by}::uuid, false, v::int[], c::int[], n[1], n[2], n[3], n[4], n[5], n[6], n[7]
    from (select province, facility, day, v, c, rest::int[] as n
            from unnest(string_to_array(${column(rows, (r) => r.province)}, ';'), string_to_array(${column(rows, (r) => r.facility)}, ';'), string_to_array(${column(rows, (r) => r.day)}, ';'),
                        string_to_array(${column(rows, (r) => `{${r.voluntary.join()}}`)}, ';'), string_to_array(${column(rows, (r) => `{${r.compulsory.join()}}`)}, ';'),
                        string_to_array(${column(rows, (r) => `{${[r.firstEver, r.waitedDays, r.waiting, r.absent, r.present, r.end.voluntary, r.end.compulsory].join()}}`)}, ';')) as d(province, facility, day, v, c, rest)) r`);
export const insertStandings = (tx: Tx): Promise<unknown> => tx.run(sql`
  insert into facilities.standing (province, facility, day, voluntary, compulsory, absent)
  select distinct on (province, facility) province, facility, day, voluntary_end, compulsory_end, absent from facilities.day order by province, facility, day desc`);

export async function insertBeside(tx: Tx, rows: { readonly staff: readonly StaffRow[]; readonly activities: readonly ActivityRow[]; readonly matters: readonly MatterRow[]; readonly inspections: readonly InspectionRow[]; readonly answers: readonly AnswerRow[] }, by: string): Promise<void> {
  await tx.run(sql`
    insert into facilities.staffing (province, facility, day, staff, health_staff)
    select province, facility, day, staff, health from jsonb_to_recordset(${JSON.stringify(rows.staff)}::jsonb) as s(province text, facility text, day date, staff int, health int)`);
  await tx.run(sql`
    insert into facilities.activity (province, facility, id, rev, kind, from_day, to_day, people, finished, sessions)
    select province, facility, id, 1, kind, "from", "to", people, finished, sessions
      from jsonb_to_recordset(${JSON.stringify(rows.activities)}::jsonb) as a(province text, facility text, id uuid, kind text, "from" date, "to" date, people int, finished int, sessions int)`);
  await tx.run(sql`
    insert into facilities.matter (province, facility, id, kind, category, channel, on_day, people, state, due_on, answered_on, closed_on, reviewed_outside)
    select province, facility, id, kind, category, channel, "on", 1, state, due, answered, closed, outside
      from jsonb_to_recordset(${JSON.stringify(rows.matters)}::jsonb) as m(province text, facility text, id uuid, kind text, category text, channel text, "on" date, state text, due date, answered date, closed date, outside boolean)`);
  await tx.run(sql`
    insert into facilities.matter_step (province, facility, matter, seq, at, role, kind)
    select m.province, m.facility, m.id, s.seq, s.day + interval '3 hours', s.role, s.kind
      from facilities.matter m cross join lateral (values (1, m.on_day, 'facility-manager', 'recorded'), (2, m.answered_on, 'facility-manager', 'answered'), (3, m.closed_on, 'facility-inspector', 'closed')) as s(seq, day, role, kind)
     where s.day is not null`);
  await tx.run(sql`
    insert into facilities.inspection (province, facility, id, on_day, external, office, account, checklist, recorded_at)
    select province, facility, id, "on", true, 'TTCP', ${by}::uuid, checklist, "on" + interval '9 hours' from jsonb_to_recordset(${JSON.stringify(rows.inspections)}::jsonb) as i(province text, facility text, id uuid, "on" date, checklist text)`);
  await tx.run(sql`
    insert into facilities.answer (province, facility, inspection, item, finding, due_on, state, remedied_on, confirmed_on)
    select province, facility, inspection, item, finding, due, state, done, done
      from jsonb_to_recordset(${JSON.stringify(rows.answers)}::jsonb) as a(province text, facility text, inspection uuid, item text, finding text, due date, state text, done date)`);
}
