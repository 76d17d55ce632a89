/**
 * The statements of a batch: whole, prepared, one for all returns of the batch. Rows are always touched in the order of keys, then nodes,
 * so two batches on two servers never wait for each other in a circle. Vectors are read as bytes; see platform/db/binary.ts.
 */
import { byteaArray, doubleVectors, integerVectors, readDoubles, readIntegers, textArray, vectorsText, vectorText } from '#platform/db/binary.ts';
import { prepared, sql, type Sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { ReturnKey } from '../schema.ts';
import type { Words } from '../rules/content.ts';
import { nodeText, type NodeDelta, type NodeState } from '../rules/roll-up.ts';

const columns = (keys: readonly ReturnKey[]) => ({
  provinces: keys.map((key) => key.province), units: keys.map((key) => key.unit), periods: keys.map((key) => key.period), dataSets: keys.map((key) => key.dataSet), attributes: textArray(keys.map((key) => key.attribute)),
});

/**
 * For this transaction: its prepared statements keep one plan, which goes by key whatever the server believes of a table that was empty a
 * moment ago. Planning them anew took a lone clerk more time than running them.
 *
 * @param started when the server started that what is believed was learnt from; null: nothing is believed. Another server, or the same put back to
 *   an earlier day, counts its transactions anew, and ends this one (40001)
 */
export async function planByKey(tx: Tx, started: string | null): Promise<Transaction> {
  const [[number, now] = []] = await tx.arrays(prepared('returns.plan', sql`
    select pg_current_xact_id()::xid::text, pg_postmaster_start_time()::text, returns.all_moved(coalesce(pg_postmaster_start_time() <> ${started}::timestamptz, false)::int, 0),
           set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true)`));
  return { number: String(number), started: String(now) };
}
/** A transaction's number, by which the rows it writes are known afterwards, and when the server that gave it started. */
export type Transaction = { readonly number: string; readonly started: string };

export type Locked = {
  readonly rev: number; readonly standing: number; readonly late: boolean; readonly approved: boolean; readonly at: string; readonly by: string;
  readonly vals: readonly (number | null)[]; readonly noData: readonly number[]; readonly words: Words | null;
};

/** A revision whose values the process has already; its moment tells it from one of a database that was put back to an earlier day. */
export type Known = { readonly rev: number; readonly at: string; readonly vals: readonly (number | null)[] };

/**
 * Locks the rows of these keys, in their order.
 *
 * @param known by place in `keys`: values that need not be read again, if the row still is at that revision
 * @returns by place in `keys`; a return that does not exist yet has none
 */
export async function lockReturns(tx: Tx, keys: readonly ReturnKey[], known: readonly (Known | undefined)[] = []): Promise<Map<number, Locked>> {
  const { provinces, units, periods, dataSets, attributes } = columns(keys);
  const [revs, moments] = [keys.map((_, at) => known[at]?.rev ?? null), keys.map((_, at) => known[at]?.at ?? null)];
  const rows = await tx.arrays(prepared('returns.lock', sql`
    select k.n::int, p.rev, p.standing, p.late, p.approved, p.at, p.by, case when p.rev = k.rev and p.at = k.at then null else array_send(p.vals) end, p.no_data, p.notes
      from unnest(${provinces}::text[], ${units}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[], ${revs}::int[], ${moments}::timestamptz[]) with ordinality
        as k(province, org_unit, period, data_set, attribute, rev, at, n)
      join returns.packed p on p.province = k.province and p.org_unit = k.org_unit and p.period = k.period and p.data_set = k.data_set and p.attribute = k.attribute
     order by k.n for update of p`));
  return new Map(rows.map(([n, rev, standing, late, approved, at, by, vals, noData, notes]) => [Number(n) - 1, {
    rev: Number(rev), standing: Number(standing), late: late === true, approved: approved === true, at: String(at), by: String(by),
    vals: vals === null ? (known[Number(n) - 1]?.vals ?? []) : readDoubles(vals), noData: Array.isArray(noData) ? noData.map(Number) : [], words: wordsOf(notes),
  }]));
}
/** Our own jsonb, written from the same type. */
const wordsOf = (notes: unknown): Words | null => (typeof notes === 'object' ? notes as Words | null : null);

export type Given = { readonly command: string; readonly by: string; readonly digest: string; readonly key: ReturnKey; readonly rev: number; readonly at: string; readonly kind: number };
/** What these command ids did before: revisions they wrote, submissions that changed nothing. `kind` as `revisionKind` made it. */
export async function findGiven(tx: Tx, provinces: readonly string[], commands: readonly string[]): Promise<Given[]> {
  const rows = await tx.arrays(prepared('returns.given', sql`
    select command, by, digest::text, province, org_unit, period, data_set, attribute, rev, at, kind from returns.revision where province = any(${provinces}::text[]) and command = any(${commands}::uuid[])
    union all
    select command, by, digest::text, province, org_unit, period, data_set, attribute, rev, at, 0 from returns.receipt where province = any(${provinces}::text[]) and command = any(${commands}::uuid[])`));
  return rows.map(([command, by, digest, province, unit, period, dataSet, attribute, rev, at, kind]) => ({
    command: String(command), by: String(by), digest: String(digest), rev: Number(rev), at: String(at), kind: Number(kind),
    key: { province: String(province), unit: String(unit), period: String(period), dataSet: String(dataSet), attribute: String(attribute) },
  }));
}

/** Ends the transaction (40001) when one of these command ids did anything before: the batch that believed them new is run again and looks. */
export const refuseGiven = (tx: Tx, provinces: readonly string[], commands: readonly string[]): Promise<number> => tx.run(prepared('returns.none-given', sql`
  select returns.all_moved(count(*), 0) from (
    select from returns.revision where province = any(${provinces}::text[]) and command = any(${commands}::uuid[])
    union all
    select from returns.receipt where province = any(${provinces}::text[]) and command = any(${commands}::uuid[])) given`));

/** Slots changed after a revision, as their encoded changes. */
export async function changesAfter(tx: Tx, key: ReturnKey, rev: number): Promise<Buffer[]> {
  const rows = await tx.arrays(sql`
    select changes from returns.revision where province = ${key.province} and org_unit = ${key.unit} and period = ${key.period} and data_set = ${key.dataSet} and attribute = ${key.attribute} and rev > ${rev}`);
  return rows.flatMap(([changes]) => (Buffer.isBuffer(changes) ? [changes] : []));
}

export type Saved = {
  readonly key: ReturnKey; readonly rev: number; readonly standing: number; readonly late: boolean; readonly approved: boolean; readonly at: string; readonly by: string;
  readonly vals: readonly (number | null)[]; readonly noData: readonly number[]; readonly words: Words | null;
};
const wordsArray = (list: readonly { readonly words: Words | null }[]): string => textArray(list.map(({ words }) => (words === null ? null : JSON.stringify(words))));
/** Answers "no data" are rare, so their lists travel as text. */
const noDataArray = (list: readonly Saved[]): string => vectorsText(list.map((one) => (one.noData.length === 0 ? null : vectorText(one.noData))));

/** Returns that did not exist. Another process that made one meanwhile makes this fail (23505), and the batch is run again. */
export async function insertReturns(tx: Tx, list: readonly Saved[]): Promise<void> {
  if (list.length === 0) return;
  const { provinces, units, periods, dataSets, attributes } = columns(list.map((one) => one.key));
  const vals = doubleVectors(list.map((one) => one.vals));
  await tx.run(prepared('returns.insert', sql`
    insert into returns.packed (at, sent_at, by, rev, standing, late, approved, province, org_unit, period, data_set, attribute, no_data, notes, vals)
    select t.at, t.at, t.by, t.rev, t.standing, t.late, t.approved, t.province, t.org_unit, t.period, t.data_set, t.attribute, t.no_data::int[], t.notes, array_replace((${vals.all}::float8[])[t.first:t.last], 'NaN', null)
      from unnest(${list.map((one) => one.at)}::timestamptz[], ${list.map((one) => one.by)}::uuid[], ${list.map((one) => one.rev)}::int[], ${list.map((one) => one.standing)}::smallint[],
        ${list.map((one) => String(one.late))}::boolean[], ${list.map((one) => String(one.approved))}::boolean[], ${provinces}::text[], ${units}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[],
        ${noDataArray(list)}::text[], ${wordsArray(list)}::jsonb[],
        ${vals.first}::int[], ${vals.last}::int[])
        as t(at, by, rev, standing, late, approved, province, org_unit, period, data_set, attribute, no_data, notes, first, last)`));
}

const updated = (list: readonly Saved[], among: Sql): Sql => {
  const { provinces, units, periods, dataSets, attributes } = columns(list.map((one) => one.key));
  const vals = doubleVectors(list.map((one) => one.vals));
  return sql`
    update returns.packed p set at = t.at, by = t.by, rev = t.rev, standing = t.standing, late = t.late, approved = t.approved, no_data = t.no_data::int[], notes = t.notes, vals = array_replace((${vals.all}::float8[])[t.first:t.last], 'NaN', null)
      from unnest(${list.map((one) => one.at)}::timestamptz[], ${list.map((one) => one.by)}::uuid[], ${list.map((one) => one.rev)}::int[], ${list.map((one) => one.standing)}::smallint[],
        ${list.map((one) => String(one.late))}::boolean[], ${list.map((one) => String(one.approved))}::boolean[], ${provinces}::text[], ${units}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[],
        ${noDataArray(list)}::text[], ${wordsArray(list)}::jsonb[], ${vals.first}::int[], ${vals.last}::int[], ${among}
     where p.province = t.province and p.org_unit = t.org_unit and p.period = t.period and p.data_set = t.data_set and p.attribute = t.attribute`;
};

/** Returns whose rows are locked. */
export async function updateReturns(tx: Tx, list: readonly Saved[]): Promise<void> {
  if (list.length === 0) return;
  await tx.run(prepared('returns.update', updated(list, sql`${list.map(() => 0)}::int[]) as t(at, by, rev, standing, late, approved, province, org_unit, period, data_set, attribute, no_data, notes, first, last, none)`)));
}

/** The same for rows that were not read: each must still be as the given transaction left it, else nothing of this one stays (40001). @param numbers in the order of `list` */
export async function updateKnownReturns(tx: Tx, list: readonly Saved[], numbers: readonly string[]): Promise<void> {
  if (list.length === 0) return;
  await tx.run(prepared('returns.update-known', sql`
    with moved as (${updated(list, sql`${numbers}::xid[]) as t(at, by, rev, standing, late, approved, province, org_unit, period, data_set, attribute, no_data, notes, first, last, number)`)} and p.xmin = t.number returning 1)
    select returns.all_moved(count(*), ${list.length}::int) from moved`));
}

/** A decision moves the standing and nothing else. */
export async function updateStandings(tx: Tx, list: readonly { readonly key: ReturnKey; readonly standing: number; readonly approved: boolean }[]): Promise<void> {
  if (list.length === 0) return;
  const { provinces, units, periods, dataSets, attributes } = columns(list.map((one) => one.key));
  await tx.run(prepared('returns.stand', sql`
    update returns.packed p set standing = t.standing, approved = t.approved
      from unnest(${list.map((one) => one.standing)}::smallint[], ${list.map((one) => String(one.approved))}::boolean[], ${provinces}::text[], ${units}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[])
        as t(standing, approved, province, org_unit, period, data_set, attribute)
     where p.province = t.province and p.org_unit = t.org_unit and p.period = t.period and p.data_set = t.data_set and p.attribute = t.attribute`));
}

export type NewRevision = {
  readonly key: ReturnKey; readonly rev: number; readonly at: string; readonly by: string; readonly command: string; readonly digest: string; readonly kind: number; readonly changes: Uint8Array; readonly words: Words | null;
};
export async function insertRevisions(tx: Tx, list: readonly NewRevision[]): Promise<void> {
  if (list.length === 0) return;
  const { provinces, units, periods, dataSets, attributes } = columns(list.map((one) => one.key));
  await tx.run(prepared('returns.revise', sql`
    insert into returns.revision (at, digest, by, command, rev, kind, province, org_unit, period, data_set, attribute, changes, notes)
    select t.* from unnest(${list.map((one) => one.at)}::timestamptz[], ${list.map((one) => one.digest)}::bigint[], ${list.map((one) => one.by)}::uuid[], ${list.map((one) => one.command)}::uuid[],
      ${list.map((one) => one.rev)}::int[], ${list.map((one) => one.kind)}::smallint[], ${provinces}::text[], ${units}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[],
      ${byteaArray(list.map((one) => one.changes))}::bytea[], ${wordsArray(list)}::jsonb[]) as t`));
}

export async function insertReceipts(tx: Tx, list: readonly Omit<Given, 'kind'>[]): Promise<void> {
  if (list.length === 0) return;
  const { provinces, units, periods, dataSets, attributes } = columns(list.map((one) => one.key));
  await tx.run(prepared('returns.receipt', sql`
    insert into returns.receipt (province, command, by, digest, org_unit, period, data_set, attribute, rev, at)
    select t.province, t.command, t.by, t.digest, t.org_unit, t.period, t.data_set, t.attribute, t.rev, t.at
      from unnest(${provinces}::text[], ${list.map((one) => one.command)}::uuid[], ${list.map((one) => one.by)}::uuid[], ${list.map((one) => one.digest)}::bigint[], ${units}::text[], ${periods}::text[], ${dataSets}::text[],
        ${attributes}::text[], ${list.map((one) => one.rev)}::int[], ${list.map((one) => one.at)}::timestamptz[]) as t(province, command, by, digest, org_unit, period, data_set, attribute, rev, at)
    on conflict do nothing`));
}

const nodeColumns = (list: readonly NodeDelta[]) => ({
  provinces: list.map((one) => one.key.province), nodes: list.map((one) => one.key.node), periods: list.map((one) => one.key.period), dataSets: list.map((one) => one.key.dataSet),
  attributes: textArray(list.map((one) => one.key.attribute)), standings: list.map((one) => one.key.standing),
});

/** Locks and reads the vectors of these nodes, in their order. @returns by `nodeText`; a node without row is left out */
export async function lockNodes(tx: Tx, list: readonly NodeDelta[]): Promise<Map<string, NodeState>> {
  if (list.length === 0) return new Map();
  const { provinces, nodes, periods, dataSets, attributes, standings } = nodeColumns(list);
  const rows = await tx.arrays(prepared('returns.lock-nodes', sql`
    select k.n::int, r.returns, r.late, array_send(r.sums), array_send(r.counts)
      from unnest(${provinces}::text[], ${nodes}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[], ${standings}::text[]) with ordinality as k(province, node, period, data_set, attribute, standing, n)
      join returns.roll_up r on r.province = k.province and r.node = k.node and r.period = k.period and r.data_set = k.data_set and r.attribute = k.attribute and r.standing = k.standing
     order by k.n for update of r`));
  return new Map(rows.flatMap(([n, returns, late, sums, counts]) => {
    const delta = list[Number(n) - 1];
    return delta === undefined ? [] : [[nodeText(delta.key), { returns: Number(returns), late: Number(late), sums: readDoubles(sums).map((sum) => sum ?? 0), counts: readIntegers(counts) }] as const];
  }));
}

export type NodeVector = { readonly delta: NodeDelta; readonly state: NodeState };
/** Empty vectors where there are none yet; waits for a batch that is making the same ones. */
export async function makeNodes(tx: Tx, list: readonly NodeDelta[]): Promise<void> {
  const { provinces, nodes, periods, dataSets, attributes, standings } = nodeColumns(list);
  await tx.run(prepared('returns.make-nodes', sql`
    insert into returns.roll_up (province, node, period, data_set, attribute, standing, sums, counts)
    select t.*, '{}'::float8[], '{}'::int[] from unnest(${provinces}::text[], ${nodes}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[], ${standings}::text[]) as t
    on conflict do nothing`));
}

const moved = (list: readonly NodeVector[], among: Sql): Sql => {
  const { provinces, nodes, periods, dataSets, attributes, standings } = nodeColumns(list.map((one) => one.delta));
  const [sums, counts] = [doubleVectors(list.map((one) => one.state.sums)), integerVectors(list.map((one) => one.state.counts))];
  return sql`
    update returns.roll_up r set returns = t.returns, late = t.late, sums = (${sums.all}::float8[])[t.first:t.last], counts = (${counts.all}::int[])[t.first:t.last]
      from unnest(${provinces}::text[], ${nodes}::text[], ${periods}::text[], ${dataSets}::text[], ${attributes}::text[], ${standings}::text[], ${list.map((one) => one.state.returns)}::int[],
        ${list.map((one) => one.state.late)}::int[], ${sums.first}::int[], ${sums.last}::int[], ${among}
     where r.province = t.province and r.node = t.node and r.period = t.period and r.data_set = t.data_set and r.attribute = t.attribute and r.standing = t.standing`;
};

/** Whole vectors, made in code, for nodes whose rows are locked. */
export async function saveNodes(tx: Tx, list: readonly NodeVector[]): Promise<void> {
  if (list.length === 0) return;
  await tx.run(prepared('returns.move-nodes', moved(list, sql`${list.map(() => 0)}::int[]) as t(province, node, period, data_set, attribute, standing, returns, late, first, last, none)`)));
}

/**
 * The same for nodes whose rows were not read: each must still be as the given transaction left it, else nothing of this one stays (40001).
 * So a batch of the process that moved them last need neither lock nor read them first.
 *
 * @param numbers of the transactions that wrote each row, in the order of `list`
 */
export async function moveKnownNodes(tx: Tx, list: readonly NodeVector[], numbers: readonly string[]): Promise<void> {
  if (list.length === 0) return;
  await tx.run(prepared('returns.move-known', sql`
    with moved as (${moved(list, sql`${numbers}::xid[]) as t(province, node, period, data_set, attribute, standing, returns, late, first, last, number)`)} and r.xmin = t.number returning 1)
    select returns.all_moved(count(*), ${list.length}::int) from moved`));
}

/** One step more for each period and data set touched. @param places in the order of their texts */
export async function stepVersions(tx: Tx, places: readonly { readonly period: string; readonly dataSet: string }[], at: string): Promise<void> {
  if (places.length === 0) return;
  await tx.run(prepared('returns.version', sql`
    insert into returns.version (version, at, period, data_set) select 1, ${at}::timestamptz, t.* from unnest(${places.map((one) => one.period)}::text[], ${places.map((one) => one.dataSet)}::text[]) as t
    on conflict (period, data_set) do update set version = version.version + 1, at = excluded.at`));
}
