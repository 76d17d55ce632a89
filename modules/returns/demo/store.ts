/** Rows of the demonstration in bulk: each column one text, split by the server, so that five million values need no escaping. Moments are milliseconds. */
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

export type PackedRow = {
  readonly province: string; readonly unit: string; readonly period: string; readonly rev: number; readonly at: number; readonly sentAt: number; readonly by: string;
  readonly standing: number; readonly late: boolean; readonly approved: boolean; readonly noData: readonly number[]; readonly vals: string;
};
export type RevisionRow = {
  readonly province: string; readonly unit: string; readonly period: string; readonly rev: number; readonly at: number; readonly by: string; readonly command: string; readonly digest: number; readonly kind: number; readonly changes: string;
};
export type ApprovalRow = {
  readonly province: string; readonly unit: string; readonly period: string; readonly seq: number; readonly rev: number; readonly step: string; readonly standing: number; readonly hash: string; readonly command: string; readonly by: string;
  readonly office: string; readonly at: number;
};
export type RollUpRow = { readonly province: string; readonly node: string; readonly period: string; readonly standing: string; readonly returns: number; readonly late: number; readonly sums: string; readonly counts: string };

const column = <T>(rows: readonly T[], of: (row: T) => string | number): string => {
  let text = '';
  for (let i = 0; i < rows.length; i += 1) text += i === 0 ? of(rows[i] as T) : `;${of(rows[i] as T)}`; // i is below the length
  return text;
};

export const insertPacked = (tx: Tx, dataSet: string, rows: readonly PackedRow[]): Promise<unknown> => tx.run(sql`
  insert into returns.packed (province, org_unit, period, data_set, attribute, rev, at, sent_at, by, standing, late, approved, no_data, vals)
  select province, unit, period, ${dataSet}, '', rev::int, to_timestamp(at::float8 / 1000), to_timestamp(sent::float8 / 1000), by::uuid, standing::smallint, late::boolean, approved::boolean,
         case when nd = '{}' then null else nd::int[] end, vals::float8[]
    from unnest(string_to_array(${column(rows, (r) => r.province)}, ';'), string_to_array(${column(rows, (r) => r.unit)}, ';'), string_to_array(${column(rows, (r) => r.period)}, ';'),
                string_to_array(${column(rows, (r) => r.rev)}, ';'), string_to_array(${column(rows, (r) => r.at)}, ';'), string_to_array(${column(rows, (r) => r.sentAt)}, ';'),
                string_to_array(${column(rows, (r) => r.by)}, ';'), string_to_array(${column(rows, (r) => r.standing)}, ';'), string_to_array(${column(rows, (r) => (r.late ? 't' : 'f'))}, ';'),
                string_to_array(${column(rows, (r) => (r.approved ? 't' : 'f'))}, ';'), string_to_array(${column(rows, (r) => `{${r.noData.join(',')}}`)}, ';'),
                string_to_array(${column(rows, (r) => r.vals)}, ';'))
      as r(province, unit, period, rev, at, sent, by, standing, late, approved, nd, vals)`);

export const insertRevisions = (tx: Tx, dataSet: string, rows: readonly RevisionRow[]): Promise<unknown> => tx.run(sql`
  insert into returns.revision (province, org_unit, period, data_set, attribute, rev, at, by, command, digest, kind, changes)
  select province, unit, period, ${dataSet}, '', rev::int, to_timestamp(at::float8 / 1000), by::uuid, command::uuid, digest::bigint, kind::smallint, decode(changes, 'hex')
    from unnest(string_to_array(${column(rows, (r) => r.province)}, ';'), string_to_array(${column(rows, (r) => r.unit)}, ';'), string_to_array(${column(rows, (r) => r.period)}, ';'),
                string_to_array(${column(rows, (r) => r.rev)}, ';'), string_to_array(${column(rows, (r) => r.at)}, ';'), string_to_array(${column(rows, (r) => r.by)}, ';'),
                string_to_array(${column(rows, (r) => r.command)}, ';'), string_to_array(${column(rows, (r) => r.digest)}, ';'), string_to_array(${column(rows, (r) => r.kind)}, ';'),
                string_to_array(${column(rows, (r) => r.changes)}, ';'))
      as r(province, unit, period, rev, at, by, command, digest, kind, changes)`);

export const insertApprovals = (tx: Tx, dataSet: string, rows: readonly ApprovalRow[]): Promise<unknown> => tx.run(sql`
  insert into returns.approval (province, org_unit, period, data_set, attribute, seq, rev, step, verdict, content_hash, standing_after, command, by, office, at)
  select province, unit, period, ${dataSet}, '', seq::int, rev::int, step, 'approve', hash, standing::smallint, command::uuid, by::uuid, office, to_timestamp(at::float8 / 1000)
    from unnest(string_to_array(${column(rows, (r) => r.province)}, ';'), string_to_array(${column(rows, (r) => r.unit)}, ';'), string_to_array(${column(rows, (r) => r.period)}, ';'),
                string_to_array(${column(rows, (r) => r.seq)}, ';'), string_to_array(${column(rows, (r) => r.rev)}, ';'), string_to_array(${column(rows, (r) => r.step)}, ';'),
                string_to_array(${column(rows, (r) => r.hash)}, ';'), string_to_array(${column(rows, (r) => r.standing)}, ';'), string_to_array(${column(rows, (r) => r.command)}, ';'),
                string_to_array(${column(rows, (r) => r.by)}, ';'), string_to_array(${column(rows, (r) => r.office)}, ';'), string_to_array(${column(rows, (r) => r.at)}, ';'))
      as r(province, unit, period, seq, rev, step, hash, standing, command, by, office, at)`);

export const insertRollUps = (tx: Tx, dataSet: string, rows: readonly RollUpRow[]): Promise<unknown> => tx.run(sql`
  insert into returns.roll_up (province, node, period, data_set, attribute, standing, returns, late, sums, counts)
  select province, node, period, ${dataSet}, '', standing, returns::int, late::int, sums::float8[], counts::int[]
    from unnest(string_to_array(${column(rows, (r) => r.province)}, ';'), string_to_array(${column(rows, (r) => r.node)}, ';'), string_to_array(${column(rows, (r) => r.period)}, ';'),
                string_to_array(${column(rows, (r) => r.standing)}, ';'), string_to_array(${column(rows, (r) => r.returns)}, ';'), string_to_array(${column(rows, (r) => r.late)}, ';'),
                string_to_array(${column(rows, (r) => r.sums)}, ';'), string_to_array(${column(rows, (r) => r.counts)}, ';'))
      as r(province, node, period, standing, returns, late, sums, counts)`);

export const insertVersions = (tx: Tx, dataSet: string, periods: readonly string[], at: string): Promise<unknown> => tx.run(sql`
  insert into returns.version (version, at, period, data_set) select 1, ${at}::timestamptz, period, ${dataSet} from unnest(${periods}::text[]) as p(period)`);
