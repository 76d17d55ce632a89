/** Approvals, and who made a return. */
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { approvalSteps } from '#modules/definitions/schema.ts';
import { keyText, verdicts, type ReturnKey } from '../schema.ts';

const Row = shape({
  province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), seq: Type.Integer(), rev: Type.Integer(), step: oneOf(approvalSteps), verdict: oneOf(verdicts),
  sections: Nullable(List(Type.String(), 1000)), reason: Type.String(), contentHash: Type.String(), standingAfter: Type.Integer(), command: Type.String(), by: Type.String(), office: Type.String(), at: Type.String(),
});
export type StoredApproval = Static<typeof Row>;

const columns = (keys: readonly ReturnKey[]) => sql`unnest(${keys.map((key) => key.province)}::text[], ${keys.map((key) => key.unit)}::text[], ${keys.map((key) => key.period)}::text[], ${keys.map((key) => key.dataSet)}::text[],
  ${keys.map((key) => key.attribute)}::text[]) as k(province, org_unit, period, data_set, attribute)`;

/** All approvals of these returns, oldest first. */
export async function listApprovals(tx: Tx, keys: readonly ReturnKey[]): Promise<Map<string, StoredApproval[]>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.rows(Row, sql`
    select a.province, a.org_unit, a.period, a.data_set, a.attribute, a.seq, a.rev, a.step, a.verdict, a.sections, a.reason, a.content_hash, a.standing_after, a.command, a.by, a.office, a.at
      from ${columns(keys)} join returns.approval a using (province, org_unit, period, data_set, attribute) order by a.seq`);
  return Map.groupBy(rows, ({ orgUnit, ...row }) => keyText({ ...row, unit: orgUnit }));
}

const Maker = shape({ province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), by: Type.String() });
/** Accounts that wrote any revision of these returns: none of them approves it (SECURITY R16). */
export async function listMakers(tx: Tx, keys: readonly ReturnKey[]): Promise<Map<string, Set<string>>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.rows(Maker, sql`
    select distinct r.province, r.org_unit, r.period, r.data_set, r.attribute, r.by from ${columns(keys)} join returns.revision r using (province, org_unit, period, data_set, attribute)`);
  return new Map([...Map.groupBy(rows, ({ orgUnit, ...row }) => keyText({ ...row, unit: orgUnit }))].map(([key, list]) => [key, new Set(list.map((row) => row.by))]));
}

export type NewApproval = Omit<StoredApproval, 'province' | 'orgUnit' | 'period' | 'dataSet' | 'attribute'> & { readonly key: ReturnKey };
export async function insertApprovals(tx: Tx, list: readonly NewApproval[]): Promise<void> {
  if (list.length === 0) return;
  const rows = list.map(({ key, ...one }) => ({
    province: key.province, org_unit: key.unit, period: key.period, data_set: key.dataSet, attribute: key.attribute, seq: one.seq, rev: one.rev, step: one.step, verdict: one.verdict, sections: one.sections,
    reason: one.reason, content_hash: one.contentHash, standing_after: one.standingAfter, command: one.command, by: one.by, office: one.office, at: one.at,
  }));
  await tx.run(sql`
    insert into returns.approval (province, org_unit, period, data_set, attribute, seq, rev, step, verdict, sections, reason, content_hash, standing_after, command, by, office, at)
    select province, org_unit, period, data_set, attribute, seq, rev, step, verdict, sections, reason, content_hash, standing_after, command, by, office, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(province text, org_unit text, period text, data_set text, attribute text, seq int, rev int, step text, verdict text, sections text[], reason text, content_hash text, standing_after smallint, command uuid,
             by uuid, office text, at timestamptz)`);
}
