/** What people added to figures: judgements, commitments, kept analyses. Under the reader's row security. */
import { Moment, Nullable, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { type Analysis, Commitment, Drawing, JudgementStep, PivotQuery } from '../schema.ts';

const JudgementRow = shape({
  unit: Type.String(), indicator: Type.String(), period: Type.String(), step: JudgementStep, computed: Nullable(JudgementStep), reason: Type.String(), office: Type.String(), post: Type.String(), at: Moment,
});
export type JudgementRow = Static<typeof JudgementRow>;
/** The judgement that stands for each figure of some indicators and periods. */
export const readJudgements = (tx: Tx, indicators: readonly string[], periods: readonly string[]): Promise<JudgementRow[]> => tx.rows(JudgementRow, sql`
  select distinct on (province, unit, indicator, period) unit, indicator, period, step, computed, reason, office, post, at from indicators.judgement
   where indicator = any(${indicators}::text[]) and period = any(${periods}::text[])
   order by province, unit, indicator, period, seq desc`);

export type NewJudgement = JudgementRow & { readonly province: string; readonly commune: string | null; readonly by: string };
export const addJudgement = (tx: Tx, one: NewJudgement): Promise<number> => tx.run(sql`
  insert into indicators.judgement (province, unit, commune, indicator, period, seq, step, computed, reason, office, post, by, at)
  select ${one.province}, ${one.unit}, ${one.commune}, ${one.indicator}, ${one.period},
         (select coalesce(max(seq), 0) + 1 from indicators.judgement where province = ${one.province} and unit = ${one.unit} and indicator = ${one.indicator} and period = ${one.period}),
         ${one.step}, ${one.computed}, ${one.reason}, ${one.office}, ${one.post}, ${one.by}::uuid, ${one.at}::timestamptz`);

export const readCommitments = (tx: Tx, target: string | null, province: string | null): Promise<Commitment[]> => tx.rows(Commitment, sql`
  select province, unit, target, period, value, basis, revision, recorded_at, office from indicators.commitment
   where (${target}::text is null or target = ${target}) and (${province}::text is null or province = ${province})
   order by target, province, unit, period limit 5000`);
export const lockCommitment = (tx: Tx, province: string, unit: string, target: string, period: string): Promise<Commitment | undefined> => tx.maybe(Commitment, sql`
  select province, unit, target, period, value, basis, revision, recorded_at, office from indicators.commitment
   where province = ${province} and unit = ${unit} and target = ${target} and period = ${period} for update`);
export const saveCommitment = (tx: Tx, one: Commitment & { readonly commune: string | null; readonly by: string }): Promise<number> => tx.run(sql`
  insert into indicators.commitment (province, unit, commune, target, period, value, basis, revision, recorded_at, office, by)
  values (${one.province}, ${one.unit}, ${one.commune}, ${one.target}, ${one.period}, ${one.value}, ${one.basis}, ${one.revision}, ${one.recordedAt}::timestamptz, ${one.office}, ${one.by}::uuid)
  on conflict (province, unit, target, period) do update
     set value = excluded.value, basis = excluded.basis, revision = excluded.revision, recorded_at = excluded.recorded_at, office = excluded.office, by = excluded.by`);

const AnalysisRow = shape({ id: Uuid, owner: Uuid, office: Type.String(), title: Type.String(), note: Type.String(), query: PivotQuery, drawing: Drawing, shared: Type.Boolean(), revision: Type.Integer(), changedAt: Moment });
export type AnalysisRow = Static<typeof AnalysisRow>;
/** As its reader sees it: without the owner's account. */
export const analysisSeen = ({ owner, ...row }: AnalysisRow, account: string): Static<typeof Analysis> => ({ ...row, mine: owner === account });

export const readAnalyses = (tx: Tx): Promise<AnalysisRow[]> => tx.rows(AnalysisRow, sql`
  select id, owner, office, title, note, query, drawing, shared, revision, changed_at from indicators.analysis order by changed_at desc, id limit 1000`);
export const findAnalysis = (tx: Tx, id: string): Promise<AnalysisRow | undefined> => tx.maybe(AnalysisRow, sql`
  select id, owner, office, title, note, query, drawing, shared, revision, changed_at from indicators.analysis where id = ${id}::uuid`);
export const lockAnalysis = (tx: Tx, id: string, owner: string): Promise<AnalysisRow | undefined> => tx.maybe(AnalysisRow, sql`
  select id, owner, office, title, note, query, drawing, shared, revision, changed_at from indicators.analysis where id = ${id}::uuid and owner = ${owner}::uuid for update`);
const Count = shape({ n: Type.Integer() });
export const countAnalyses = async (tx: Tx, owner: string): Promise<number> => (await tx.one(Count, sql`select count(*)::int as n from indicators.analysis where owner = ${owner}::uuid`)).n;
export const insertAnalysis = (tx: Tx, row: AnalysisRow): Promise<number> => tx.run(sql`
  insert into indicators.analysis (id, owner, office, title, note, query, drawing, shared, revision, changed_at)
  values (${row.id}::uuid, ${row.owner}::uuid, ${row.office}, ${row.title}, ${row.note}, ${JSON.stringify(row.query)}::jsonb, ${JSON.stringify(row.drawing)}::jsonb, ${row.shared}, ${row.revision}, ${row.changedAt}::timestamptz)
  on conflict (id) do nothing`);
export const updateAnalysis = (tx: Tx, row: AnalysisRow): Promise<number> => tx.run(sql`
  update indicators.analysis set office = ${row.office}, title = ${row.title}, note = ${row.note}, query = ${JSON.stringify(row.query)}::jsonb, drawing = ${JSON.stringify(row.drawing)}::jsonb,
         shared = ${row.shared}, revision = ${row.revision}, changed_at = ${row.changedAt}::timestamptz
   where id = ${row.id}::uuid and owner = ${row.owner}::uuid`);
export const deleteAnalysis = (tx: Tx, id: string, owner: string): Promise<number> => tx.run(sql`delete from indicators.analysis where id = ${id}::uuid and owner = ${owner}::uuid`);

const Incidents = shape({ n: Type.Integer() });
/** Differences of the self-audit that nobody has repaired yet. */
export const countIncidents = async (tx: Tx): Promise<number> => (await tx.one(Incidents, sql`select count(*)::int as n from returns_pub.incident where repaired_at is null`)).n;
