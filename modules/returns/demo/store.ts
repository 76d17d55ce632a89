/** Rows of the demonstration in bulk: each column one text as bytes, split by the server, so that five million values need no escaping. Moments are milliseconds. */
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Taken } from './columns.ts';

export const packedColumns = ['province', 'unit', 'period', 'rev', 'at', 'sentAt', 'by', 'standing', 'late', 'approved', 'noData', 'vals'] as const;
export const revisionColumns = ['province', 'unit', 'period', 'rev', 'at', 'by', 'command', 'digest', 'kind', 'changes'] as const;
export const approvalColumns = ['province', 'unit', 'period', 'seq', 'rev', 'step', 'hash', 'standing', 'command', 'by', 'office', 'at'] as const;
export const rollUpColumns = ['province', 'node', 'period', 'standing', 'returns', 'late', 'sums', 'counts'] as const;

export const insertPacked = (tx: Tx, dataSet: string, rows: Taken<(typeof packedColumns)[number]>): Promise<unknown> => tx.run(sql`
  insert into returns.packed (province, org_unit, period, data_set, attribute, rev, at, sent_at, by, standing, late, approved, no_data, vals)
  select province, unit, period, ${dataSet}, '', rev::int, to_timestamp(at::float8 / 1000), to_timestamp(sent::float8 / 1000), by::uuid, standing::smallint, late::boolean, approved::boolean,
         case when nd = '{}' then null else nd::int[] end, vals::float8[]
    from unnest(string_to_array(${rows.province}, ';'), string_to_array(${rows.unit}, ';'), string_to_array(${rows.period}, ';'),
                string_to_array(${rows.rev}, ';'), string_to_array(${rows.at}, ';'), string_to_array(${rows.sentAt}, ';'),
                string_to_array(${rows.by}, ';'), string_to_array(${rows.standing}, ';'), string_to_array(${rows.late}, ';'),
                string_to_array(${rows.approved}, ';'), string_to_array(${rows.noData}, ';'),
                string_to_array(${rows.vals}, ';'))
      as r(province, unit, period, rev, at, sent, by, standing, late, approved, nd, vals)`);

export const insertRevisions = (tx: Tx, dataSet: string, rows: Taken<(typeof revisionColumns)[number]>): Promise<unknown> => tx.run(sql`
  insert into returns.revision (province, org_unit, period, data_set, attribute, rev, at, by, command, digest, kind, changes)
  select province, unit, period, ${dataSet}, '', rev::int, to_timestamp(at::float8 / 1000), by::uuid, command::uuid, digest::bigint, kind::smallint, decode(changes, 'hex')
    from unnest(string_to_array(${rows.province}, ';'), string_to_array(${rows.unit}, ';'), string_to_array(${rows.period}, ';'),
                string_to_array(${rows.rev}, ';'), string_to_array(${rows.at}, ';'), string_to_array(${rows.by}, ';'),
                string_to_array(${rows.command}, ';'), string_to_array(${rows.digest}, ';'), string_to_array(${rows.kind}, ';'),
                string_to_array(${rows.changes}, ';'))
      as r(province, unit, period, rev, at, by, command, digest, kind, changes)`);

export const insertApprovals = (tx: Tx, dataSet: string, rows: Taken<(typeof approvalColumns)[number]>): Promise<unknown> => tx.run(sql`
  insert into returns.approval (province, org_unit, period, data_set, attribute, seq, rev, step, verdict, content_hash, standing_after, command, by, office, at)
  select province, unit, period, ${dataSet}, '', seq::int, rev::int, step, 'approve', hash, standing::smallint, command::uuid, by::uuid, office, to_timestamp(at::float8 / 1000)
    from unnest(string_to_array(${rows.province}, ';'), string_to_array(${rows.unit}, ';'), string_to_array(${rows.period}, ';'),
                string_to_array(${rows.seq}, ';'), string_to_array(${rows.rev}, ';'), string_to_array(${rows.step}, ';'),
                string_to_array(${rows.hash}, ';'), string_to_array(${rows.standing}, ';'), string_to_array(${rows.command}, ';'),
                string_to_array(${rows.by}, ';'), string_to_array(${rows.office}, ';'), string_to_array(${rows.at}, ';'))
      as r(province, unit, period, seq, rev, step, hash, standing, command, by, office, at)`);

export const insertRollUps = (tx: Tx, dataSet: string, rows: Taken<(typeof rollUpColumns)[number]>): Promise<unknown> => tx.run(sql`
  insert into returns.roll_up (province, node, period, data_set, attribute, standing, returns, late, sums, counts)
  select province, node, period, ${dataSet}, '', standing, returns::int, late::int, sums::float8[], counts::int[]
    from unnest(string_to_array(${rows.province}, ';'), string_to_array(${rows.node}, ';'), string_to_array(${rows.period}, ';'),
                string_to_array(${rows.standing}, ';'), string_to_array(${rows.returns}, ';'), string_to_array(${rows.late}, ';'),
                string_to_array(${rows.sums}, ';'), string_to_array(${rows.counts}, ';'))
      as r(province, node, period, standing, returns, late, sums, counts)`);

export const insertVersions = (tx: Tx, dataSet: string, periods: readonly string[], at: string): Promise<unknown> => tx.run(sql`
  insert into returns.version (version, at, period, data_set) select 1, ${at}::timestamptz, period, ${dataSet} from unnest(${periods}::text[]) as p(period)`);
