/** The demonstration's decided period, written set by set: a statement a table, not a statement a commune. */
import type { Instant } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { AreaStatus, BesideFigure, Outcome } from '../schema.ts';

export type DemonstrationCase = {
  readonly province: string; readonly id: string; readonly unit: string; readonly unitId: string; readonly unitName: string; readonly status: AreaStatus; readonly proposed: Outcome; readonly against: boolean; readonly reason: string;
  readonly criteria: readonly unknown[]; readonly head: string;
};
/** One statement takes them all; places and codes only, so JSON is small enough. */
const given = (cases: readonly DemonstrationCase[]) => sql`jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as d(province text, id uuid, unit text, "unitId" uuid, "unitName" text, status text, proposed text, against boolean, reason text, criteria jsonb, head uuid)`;
const proposalOf = sql`jsonb_build_object('status', d.proposed, 'standing', 'approved', 'digest', '', 'at', '2025-12-17T02:00:00.000Z', 'criteria', d.criteria)`;

export type DemonstrationCouncil = { readonly province: string; readonly leader: string; readonly secretary: string; readonly police: string; readonly seats: readonly { readonly id: string; readonly part: string; readonly office: string; readonly post: string; readonly account: string }[] };
const councils = (list: readonly DemonstrationCouncil[]) => sql`jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as p(province text, leader uuid, secretary uuid, police uuid, seats jsonb)`;
const seatOf = sql`jsonb_to_recordset(p.seats) as s(id uuid, part text, office text, post text, account uuid)`;

export const seedCouncils = (tx: Tx, list: readonly DemonstrationCouncil[]) => tx.run(sql`
  insert into classification.council (province, revision, number, decided_on, seats, account, at)
  select p.province, 1, '15/QĐ-UBND', '2025-09-30', (select jsonb_agg(jsonb_build_object('id', s.id, 'part', s.part, 'office', s.office, 'post', s.post)) from ${seatOf}), p.secretary, '2025-09-30T02:00:00Z' from ${councils(list)}`);

export async function seedDecidedPeriod(tx: Tx, period: string, cases: readonly DemonstrationCase[], list: readonly DemonstrationCouncil[]): Promise<void> {
  await tx.run(sql`
    insert into classification.assessed_case (province, id, unit, unit_id, unit_name, level, period, kind, state, version, assessment, submitted_by, proposed, conclusion, concluded_by, decided, against, objections_until, seen_digest, opened_at, updated_at)
    select d.province, d.id, d.unit, d."unitId", d."unitName", 'commune', ${period}, 'yearly', 'in-force', 10, jsonb_build_object('status', d.status, 'statement', '', 'answers', '[]'::jsonb), d.head, d.proposed,
           jsonb_build_object('round', 1, 'status', d.status, 'againstProposal', d.against, 'reason', d.reason, 'minutes', '07/BB-HĐ', 'proposal', ${proposalOf},
             'by', jsonb_build_object('office', 'UBND:' || d.province, 'officeNameVi', '', 'post', 'chu-tich', 'at', '2025-12-17T02:00:00.000Z'), 'number', '812/QĐ-UBND', 'decidedOn', '2025-12-18'),
           p.leader, d.status, d.against, '2025-12-29', '', '2025-12-15T01:00:00Z', '2025-12-30T02:00:00Z'
      from ${given(cases)} join ${councils(list)} on p.province = d.province`);
  const ours = sql`classification.assessed_case c join ${councils(list)} on p.province = c.province where c.period = ${period} and c.kind = 'yearly'`;
  await tx.run(sql`
    insert into classification.opinion (province, case_id, round, seat, part, office, post, status, note, recorded_from, account, at)
    select c.province, c.id, 1, s.id, s.part, s.office, s.post, c.decided, '', null, s.account, '2025-12-17T01:30:00Z'
      from classification.assessed_case c join ${councils(list)} on p.province = c.province cross join lateral ${seatOf} where c.period = ${period} and c.kind = 'yearly'`);
  await tx.run(sql`
    insert into classification.decision (province, case_id, round, status, proposed, against, reason, number, decided_on, late, proposal, published_at, in_force_from)
    select c.province, c.id, 1, c.decided, c.proposed, c.against, c.conclusion ->> 'reason', '812/QĐ-UBND', '2025-12-18', false, c.conclusion -> 'proposal', '2025-12-19T02:00:00Z', '2025-12-30'
      from classification.assessed_case c where c.period = ${period} and c.kind = 'yearly'`);
  await tx.run(sql`
    insert into classification.signature (province, case_id, round, part, account, office, post, digest, at)
    select c.province, c.id, 1, v.part, case v.part when 'head' then p.leader else p.police end, case v.part when 'head' then 'UBND:' else 'CA:' end || c.province, v.post, encode(sha256(convert_to(c.id::text || c.decided, 'utf8')), 'hex'), v.at::timestamptz
      from (values ('adviser', 'giam-doc-cong-an', '2025-12-18T02:00:00Z'), ('head', 'chu-tich', '2025-12-18T03:00:00Z')) v(part, post, at) cross join ${ours}`);
  await tx.run(sql`
    insert into classification.case_entry (province, case_id, seq, move, from_state, to_state, status, text, account, office, post, at)
    select c.province, c.id, v.seq, v.move, v.f, v.t, case when v.seq in (4, 5, 6, 8) then c.decided end, case v.move when 'conclude' then c.conclusion ->> 'reason' else '' end,
           case v.by when 'unit' then c.submitted_by when 'police' then p.police when 'leader' then p.leader else p.secretary end,
           case v.by when 'unit' then 'UBND:' || c.province || ':' || c.unit when 'police' then 'CA:' || c.province else 'UBND:' || c.province end,
           case v.by when 'police' then 'giam-doc-cong-an' when 'secretary' then 'chanh-van-phong' else 'chu-tich' end, v.at::timestamptz
      from (values (1, 'opened', null, 'preparing', 'unit', '2025-12-15T01:00:00Z'), (2, 'submit', 'preparing', 'submitted', 'unit', '2025-12-15T08:00:00Z'), (3, 'convene', 'submitted', 'in-council', 'secretary', '2025-12-16T02:00:00Z'),
                   (4, 'conclude', 'in-council', 'concluded', 'leader', '2025-12-17T02:00:00Z'), (5, 'sign', 'concluded', 'signed-once', 'police', '2025-12-18T02:00:00Z'), (6, 'sign', 'signed-once', 'decided', 'leader', '2025-12-18T03:00:00Z'),
                   (7, 'publish', 'decided', 'published', 'secretary', '2025-12-19T02:00:00Z'), (8, 'enlist', 'published', 'in-force', 'secretary', '2025-12-30T02:00:00Z')) v(seq, move, f, t, by, at) cross join ${ours}`);
  await tx.run(sql`
    insert into classification.status_held (province, case_id, unit, unit_id, unit_name, level, period, status, number, decided_on, office, against, from_day)
    select province, id, unit, unit_id, unit_name, level, period, decided, '812/QĐ-UBND', '2025-12-18', 'UBND:' || province, against, '2025-12-30' from classification.assessed_case where period = ${period} and kind = 'yearly'`);
  await tx.run(sql`
    insert into classification.notice_item (province, case_id, round, period, unit, unit_name, level, kind, status, number, decided_on, objections_until, in_force)
    select province, id, 1, period, unit, unit_name, level, kind, decided, '812/QĐ-UBND', '2025-12-18', '2025-12-29', true from classification.assessed_case where period = ${period} and kind = 'yearly'`);
}

export type DemonstrationNotice = { readonly province: string; readonly provinceName: string; readonly communes: number; readonly rights: readonly BesideFigure[] };
export const seedNotices = (tx: Tx, period: string, notices: readonly DemonstrationNotice[], at: Instant) => tx.run(sql`
  insert into classification.notice (province, period, province_name, communes, rights, published_at)
  select n.province, ${period}, n."provinceName", n.communes, n.rights, ${at}::timestamptz from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as n(province text, "provinceName" text, communes int, rights jsonb)`);

export type DemonstrationOpen = Pick<DemonstrationCase, 'province' | 'id' | 'unit' | 'unitId' | 'unitName' | 'head'> & { readonly reason: string };
/** The period that runs: a first self-assessment is being written in each province, and a few listed communes are under review. */
export async function seedOpenCases(tx: Tx, period: string, cases: readonly DemonstrationOpen[], at: Instant): Promise<void> {
  await tx.run(sql`
    insert into classification.assessed_case (province, id, unit, unit_id, unit_name, level, period, kind, state, cause, cause_text, opened_at, updated_at)
    select d.province, d.id, d.unit, d."unitId", d."unitName", 'commune', ${period}, case d.reason when '' then 'yearly' else 'review' end, 'preparing', case d.reason when '' then null else 'by-hand' end, d.reason, ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as d(province text, id uuid, unit text, "unitId" uuid, "unitName" text, head uuid, reason text)`);
  await tx.run(sql`
    insert into classification.case_entry (province, case_id, seq, move, to_state, text, account, office, post, at)
    select c.province, c.id, 1, 'opened', 'preparing', c.cause_text, null, 'UBND:' || c.province || case c.kind when 'yearly' then ':' || c.unit else '' end, 'chu-tich', ${at}::timestamptz
      from classification.assessed_case c where c.period = ${period} and c.state = 'preparing'`);
}
