/** Approvals, and who made a return. */
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { approvalSteps } from '#modules/definitions/schema.ts';
import { keyText, verdicts, type ReturnKey, type Verdict } from '../schema.ts';

const Row = shape({
  province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), seq: Type.Integer(), rev: Type.Integer(), step: oneOf(approvalSteps), verdict: oneOf(verdicts),
  sections: Nullable(List(Type.String(), 1000)), reason: Type.String(), contentHash: Type.String(), standingAfter: Type.Integer(), command: Type.String(), by: Type.String(), office: Type.String(), at: Type.String(),
});
export type StoredApproval = Static<typeof Row>;

const columns = (keys: readonly ReturnKey[]) => sql`unnest(${keys.map((key) => key.province)}::text[], ${keys.map((key) => key.unit)}::text[], ${keys.map((key) => key.period)}::text[], ${keys.map((key) => key.dataSet)}::text[],
  ${keys.map((key) => key.attribute)}::text[]) as k(province, org_unit, period, data_set, attribute)`;

/** All approvals of these returns, oldest first; what the ministry decided for a province at once is there for each of its returns, with seq 0. */
export async function listApprovals(tx: Tx, keys: readonly ReturnKey[]): Promise<Map<string, StoredApproval[]>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.rows(Row, sql`
    select * from (select a.province, a.org_unit, a.period, a.data_set, a.attribute, a.seq, a.rev, a.step, a.verdict, a.sections, a.reason, a.content_hash, a.standing_after, a.command, a.by, a.office, a.at
      from ${columns(keys)} join returns.approval a using (province, org_unit, period, data_set, attribute)
    union all
    select k.province, k.org_unit, k.period, k.data_set, k.attribute, 0, c.revs[m.at], 'ministry', c.verdict, c.sections, c.reason, encode(c.hashes[m.at], 'hex'), c.standings[m.at], c.command, c.by, c.office, c.at
      from ${columns(keys)} join returns.acceptance c using (province, period, data_set) cross join lateral array_position(c.members, k.org_unit || '/' || k.attribute) as m(at)
     where m.at is not null) signed
     order by at, seq = 0, seq`);
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

/** One act of the ministry over returns of a province, or a batch's part of it. `members` as "unit/attribute"; the lists go together. */
export type NewAct = {
  readonly province: string; readonly period: string; readonly dataSet: string; readonly command: string; readonly verdict: Verdict; readonly sections: readonly string[] | null; readonly reason: string;
  readonly by: string; readonly office: string; readonly at: string; readonly members: string[]; readonly revs: number[]; readonly hashes: string[]; readonly standings: number[];
};
export async function insertActs(tx: Tx, acts: readonly NewAct[]): Promise<void> {
  await Promise.all(acts.map((one) => tx.run(prepared('returns.insert-act', sql`
    insert into returns.acceptance (province, period, data_set, command, part, verdict, sections, reason, members, revs, hashes, standings, by, office, at)
    values (${one.province}, ${one.period}, ${one.dataSet}, ${one.command}::uuid, ${one.members[0] ?? ''}, ${one.verdict}, ${one.sections}::text[], ${one.reason}, ${one.members}::text[], ${one.revs}::int[],
      (select array_agg(decode(h.hex, 'hex') order by h.n) from unnest(${one.hashes}::text[]) with ordinality as h(hex, n)), ${one.standings}::smallint[], ${one.by}::uuid, ${one.office}, ${one.at}::timestamptz)`))));
}

const Act = shape({
  province: Type.String(), command: Type.String(), verdict: oneOf(verdicts), sections: Nullable(List(Type.String(), 1000)), reason: Type.String(), members: List(Type.String(), 5000), revs: List(Type.Integer(), 5000),
  hashes: List(Type.String(), 5000), by: Type.String(), office: Type.String(), at: Type.String(),
});
export type StoredAct = Static<typeof Act>;
/** Acts of a period, oldest first, each part a row. @param province null: of all */
export const listActs = (tx: Tx, { period, dataSet, province }: { readonly period: string; readonly dataSet: string; readonly province: string | null }): Promise<StoredAct[]> => tx.rows(Act, sql`
  select province, command, verdict, sections, reason, members, revs, (select array_agg(encode(h.hash, 'hex') order by h.n) from unnest(hashes) with ordinality as h(hash, n)) as hashes, by, office, at from returns.acceptance
   where period = ${period} and data_set = ${dataSet} and (${province}::text is null or province = ${province ?? ''}) order by n`);
