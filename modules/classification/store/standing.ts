/** Statuses held, the list on a day, public notices. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { AreaStatus, BesideFigure, CaseKind } from '../schema.ts';

const HeldRow = shape({
  province: Type.String(), caseId: Type.String(), unit: Type.String(), unitId: Type.String(), unitName: Type.String(), level: Type.Union([Type.Literal('commune'), Type.Literal('province')]), period: Type.String(), status: AreaStatus,
  number: Type.String(), decidedOn: Type.String(), office: Type.String(), against: Type.Boolean(), fromDay: Type.String(), untilDay: Nullable(Type.String()), endedBy: Nullable(Type.Union([Type.Literal('later-decision'), Type.Literal('taken-off')])),
});
export type HeldRow = Static<typeof HeldRow>;
const held = sql`h.province, h.case_id, h.unit, h.unit_id, h.unit_name, h.level, h.period, h.status, h.number, h.decided_on, h.office, h.against, h.from_day, h.until_day, h.ended_by`;

export const listHeldBy = (tx: Tx, province: string, unitIds: readonly string[]) => tx.rows(HeldRow, sql`
  select ${held} from classification.status_held h where h.province = ${province} and h.unit_id = any (${unitIds}::uuid[]) order by h.from_day desc, h.period desc`);
export const findOpenHeld = (tx: Tx, province: string, unitId: string) => tx.maybe(HeldRow, sql`
  select ${held} from classification.status_held h where h.province = ${province} and h.unit_id = ${unitId} and h.until_day is null`);
export const endHeld = (tx: Tx, h: Pick<HeldRow, 'province' | 'caseId'>, on: PlainDate, why: 'later-decision' | 'taken-off') => tx.run(sql`
  update classification.status_held set until_day = greatest(from_day, ${on}::date), ended_by = ${why} where province = ${h.province} and case_id = ${h.caseId} and until_day is null`);
export const insertHeld = (tx: Tx, h: Omit<HeldRow, 'untilDay' | 'endedBy'>) => tx.run(sql`
  insert into classification.status_held (province, case_id, unit, unit_id, unit_name, level, period, status, number, decided_on, office, against, from_day)
  values (${h.province}, ${h.caseId}, ${h.unit}, ${h.unitId}, ${h.unitName}, ${h.level}, ${h.period}, ${h.status}, ${h.number}, ${h.decidedOn}::date, ${h.office}, ${h.against}, ${h.fromDay}::date)`);

/** Every status that stood on a day, with whether a review is open: the list, and what screens lay over proposals. */
const OnDay = shape({ ...HeldRow.properties, reviewOpen: Type.Boolean() });
export type HeldOnDay = Static<typeof OnDay>;
export const listHeldOn = (tx: Tx, day: PlainDate, province: string | null) => tx.rows(OnDay, sql`
  select ${held}, exists (select 1 from classification.assessed_case c where c.province = h.province and c.unit_id = h.unit_id and c.kind = 'review' and c.state not in ('in-force', 'dropped')) as review_open
    from classification.status_held h
   where h.from_day <= ${day}::date and (h.until_day is null or h.until_day > ${day}::date) and (${province}::text is null or h.province = ${province})
   order by h.province, h.unit`);
/** What was decided of a period, by area: the last decision that came into force. */
export const listDecidedOf = (tx: Tx, period: string, province: string | null) => tx.rows(OnDay, sql`
  select distinct on (h.province, h.unit_id) ${held},
         exists (select 1 from classification.assessed_case c where c.province = h.province and c.unit_id = h.unit_id and c.kind = 'review' and c.state not in ('in-force', 'dropped')) as review_open
    from classification.status_held h where h.period = ${period} and (${province}::text is null or h.province = ${province})
   order by h.province, h.unit_id, h.from_day desc`);

const NoticeRow = shape({ province: Type.String(), period: Type.String(), provinceName: Type.String(), communes: Type.Integer(), rights: Type.Array(BesideFigure), publishedAt: Type.String() });
export type NoticeRow = Static<typeof NoticeRow>;
const NoticeListed = shape({ ...NoticeRow.properties, areas: Type.Integer(), drugFree: Type.Integer() });
const standing = sql`not i.set_aside and not i.replaced`;
export const listNotices = (tx: Tx, province: string | null, period: string | null) => tx.rows(NoticeListed, sql`
  select n.province, n.period, n.province_name, n.communes, n.rights, n.published_at, (count(i.case_id) filter (where ${standing}))::int as areas,
         (count(i.case_id) filter (where ${standing} and i.status = 'drug-free' and i.level = 'commune'))::int as drug_free
    from classification.notice n join classification.notice_item i on i.province = n.province and i.period = n.period
   where (${province}::text is null or n.province = ${province}) and (${period}::text is null or n.period = ${period})
   group by n.province, n.period order by n.period desc, n.province limit 500`);
const ItemRow = shape({
  caseId: Type.String(), round: Type.Integer(), unit: Type.String(), unitName: Type.String(), level: Type.String(), kind: CaseKind, status: AreaStatus, number: Type.String(), decidedOn: Type.String(), objectionsUntil: Type.String(),
  inForce: Type.Boolean(), setAside: Type.Boolean(), replaced: Type.Boolean(),
});
export type ItemRow = Static<typeof ItemRow>;
export const listNoticeItems = (tx: Tx, province: string, period: string) => tx.rows(ItemRow, sql`
  select case_id, round, unit, unit_name, level, kind, status, number, decided_on, objections_until, in_force, set_aside, replaced
    from classification.notice_item where province = ${province} and period = ${period} order by set_aside or replaced, status, unit_name, round limit 1000`);
export const giveNotice = (tx: Tx, n: NoticeRow) => tx.run(sql`
  insert into classification.notice (province, period, province_name, communes, rights, published_at)
  values (${n.province}, ${n.period}, ${n.provinceName}, ${n.communes}, ${JSON.stringify(n.rights)}::jsonb, ${n.publishedAt}::timestamptz)
  on conflict (province, period) do update set communes = excluded.communes, rights = excluded.rights, published_at = excluded.published_at`);
export const addNoticeItem = (tx: Tx, province: string, period: string, i: Omit<ItemRow, 'inForce' | 'setAside' | 'replaced'>) => tx.run(sql`
  insert into classification.notice_item (province, case_id, round, period, unit, unit_name, level, kind, status, number, decided_on, objections_until)
  values (${province}, ${i.caseId}, ${i.round}, ${period}, ${i.unit}, ${i.unitName}, ${i.level}, ${i.kind}, ${i.status}, ${i.number}, ${i.decidedOn}::date, ${i.objectionsUntil}::date)`);
export type ItemKey = { readonly province: string; readonly caseId: string };
export const setItemAside = (tx: Tx, { province, caseId }: ItemKey, round: number) => tx.run(sql`update classification.notice_item set set_aside = true where province = ${province} and case_id = ${caseId} and round = ${round}`);
export const enforceItem = (tx: Tx, { province, caseId }: ItemKey, round: number) => tx.run(sql`update classification.notice_item set in_force = true where province = ${province} and case_id = ${caseId} and round = ${round}`);
export const replaceItem = (tx: Tx, { province, caseId }: ItemKey) => tx.run(sql`update classification.notice_item set replaced = true where province = ${province} and case_id = ${caseId} and in_force`);
