/** The trail of a figure: returns as rows with who sent them and who approved. */
import { Moment, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const ReturnRow = shape({ province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), rev: Type.Integer(), at: Moment, standing: Type.Integer(), late: Type.Boolean() });
export type ReturnRow = Static<typeof ReturnRow>;
type Key = Pick<ReturnRow, 'province' | 'orgUnit' | 'period' | 'dataSet' | 'attribute'>;
/** Revision, time and standing of some returns. */
export const readReturnRows = (tx: Tx, keys: readonly Key[]): Promise<ReturnRow[]> => tx.rows(ReturnRow, sql`
  select p.province, p.org_unit, p.period, p.data_set, p.attribute, p.rev, p.at, p.standing, p.late
    from unnest(${keys.map((one) => one.province)}::text[], ${keys.map((one) => one.orgUnit)}::text[], ${keys.map((one) => one.period)}::text[], ${keys.map((one) => one.dataSet)}::text[], ${keys.map((one) => one.attribute)}::text[])
           as k(province, org_unit, period, data_set, attribute)
    join returns_pub.packed p using (province, org_unit, period, data_set, attribute)`);

const ApprovalMark = shape({ orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), step: Type.String(), verdict: Type.String(), at: Moment, office: Type.String(), contentHash: Type.String() });
export type ApprovalMark = Static<typeof ApprovalMark>;
/** Approvals of some units' returns, oldest first; under the reader's row security, so a reader of sums alone sees none. */
export const readApprovals = (tx: Tx, periods: readonly string[], dataSets: readonly string[], units: readonly string[]): Promise<ApprovalMark[]> => tx.rows(ApprovalMark, sql`
  select org_unit, period, data_set, attribute, step, verdict, at, office, content_hash from returns_pub.approval
   where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and org_unit = any(${units}::text[])
   order by province, org_unit, period, data_set, attribute, at, seq`);
