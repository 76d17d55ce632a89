/** The trail of a figure: returns as rows with who sent them and who approved, and factors of verification. */
import { Moment, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const ReturnMark = shape({ province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), rev: Type.Integer(), at: Moment, standing: Type.Integer(), approved: Type.Boolean(), late: Type.Boolean() });
export type ReturnMark = Static<typeof ReturnMark>;
/** Key, revision and standing of every return of some periods and data sets. */
export const readReturnMarks = (tx: Tx, periods: readonly string[], dataSets: readonly string[]): Promise<ReturnMark[]> => tx.rows(ReturnMark, sql`
  select province, org_unit, period, data_set, attribute, rev, at, standing, approved, late from returns_pub.packed
   where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[])
   order by province, org_unit, period, data_set, attribute`);

const ApprovalMark = shape({ orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), step: Type.String(), verdict: Type.String(), at: Moment, office: Type.String(), contentHash: Type.String() });
export type ApprovalMark = Static<typeof ApprovalMark>;
/** Approvals of some units' returns, oldest first; under the reader's row security, so a reader of sums alone sees none. */
export const readApprovals = (tx: Tx, periods: readonly string[], dataSets: readonly string[], units: readonly string[]): Promise<ApprovalMark[]> => tx.rows(ApprovalMark, sql`
  select org_unit, period, data_set, attribute, step, verdict, at, office, content_hash from returns_pub.approval
   where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and org_unit = any(${units}::text[])
   order by province, org_unit, period, data_set, attribute, seq`);

const Factor = shape({ province: Type.String(), reported: Nullable(Type.Number()), counted: Type.Number() });
/** What drawn samples of a data set and period counted anew, by province. */
export const readCounted = (tx: Tx, dataSet: string | null, period: string): Promise<Static<typeof Factor>[]> => tx.rows(Factor, sql`
  select c.province, sum(c.reported) as reported, sum(c.counted) as counted
    from indicators.sample_count c join indicators.sample s on s.province = c.province and s.id = c.sample
   where s.period = ${period} and (${dataSet}::text is null or s.data_set = ${dataSet}) and c.reported is not null
   group by c.province`);
