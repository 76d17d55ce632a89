/** Verification samples: announced, drawn, counted. The seed lies apart until it is published. */
import { Day, Moment, Nullable, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const SampleRow = shape({
  province: Type.String(), id: Uuid, dataSet: Type.String(), period: Type.String(), size: Type.Integer(), elements: Type.Array(Type.String()), visitFrom: Day, frame: Type.Array(Type.String()), frameDigest: Type.String(),
  seedDigest: Type.String(), seed: Nullable(Type.String()), announcedAt: Moment, drawnAt: Nullable(Moment), units: Type.Array(Type.String()), office: Type.String(),
});
export type SampleRow = Static<typeof SampleRow>;

export const readSamples = (tx: Tx, province: string | null, period: string | null, dataSet: string | null): Promise<SampleRow[]> => tx.rows(SampleRow, sql`
  select province, id, data_set, period, size, elements, visit_from, frame, frame_digest, seed_digest, seed, announced_at, drawn_at, units, office from indicators.sample
   where (${province}::text is null or province = ${province}) and (${period}::text is null or period = ${period}) and (${dataSet}::text is null or data_set = ${dataSet})
   order by announced_at desc, id limit 200`);
export const lockSample = (tx: Tx, id: string): Promise<SampleRow | undefined> => tx.maybe(SampleRow, sql`
  select province, id, data_set, period, size, elements, visit_from, frame, frame_digest, seed_digest, seed, announced_at, drawn_at, units, office from indicators.sample where id = ${id}::uuid for update`);
export const insertSample = (tx: Tx, row: SampleRow & { readonly by: string }): Promise<number> => tx.run(sql`
  insert into indicators.sample (province, id, data_set, period, size, elements, visit_from, frame, frame_digest, seed_digest, seed, announced_at, drawn_at, units, office, by)
  values (${row.province}, ${row.id}::uuid, ${row.dataSet}, ${row.period}, ${row.size}, ${row.elements}::text[], ${row.visitFrom}::date, ${row.frame}::text[], ${row.frameDigest}, ${row.seedDigest}, null,
    ${row.announcedAt}::timestamptz, null, '{}', ${row.office}, ${row.by}::uuid)
  on conflict (province, id) do nothing`);
export const keepSeed = (tx: Tx, province: string, sample: string, seed: string): Promise<number> => tx.run(sql`insert into indicators.sample_seed (province, sample, seed) values (${province}, ${sample}::uuid, ${seed})`);
const Seed = shape({ seed: Type.String() });
/** As the machinery only: row security shows the seed to nobody else. */
export const findSeed = async (tx: Tx, province: string, sample: string): Promise<string | undefined> => (await tx.maybe(Seed, sql`select seed from indicators.sample_seed where province = ${province} and sample = ${sample}::uuid`))?.seed;
export const publishDraw = (tx: Tx, row: SampleRow): Promise<number> => tx.run(sql`
  update indicators.sample set seed = ${row.seed}, drawn_at = ${row.drawnAt}::timestamptz, units = ${row.units}::text[] where province = ${row.province} and id = ${row.id}::uuid and drawn_at is null`);

const CountRow = shape({ sample: Uuid, province: Type.String(), unit: Type.String(), element: Type.String(), cell: Type.String(), reported: Nullable(Type.Number()), counted: Type.Number(), office: Type.String(), at: Moment });
export type CountRow = Static<typeof CountRow>;
export const readCounts = (tx: Tx, samples: readonly string[]): Promise<CountRow[]> => tx.rows(CountRow, sql`
  select sample, province, unit, element, cell, reported, counted, office, at from indicators.sample_count where sample = any(${samples}::uuid[]) order by province, sample, unit, element, cell`);
export const insertCounts = (tx: Tx, rows: readonly CountRow[], note: string, by: string): Promise<number> => tx.run(sql`
  insert into indicators.sample_count (province, sample, unit, element, cell, reported, counted, note, office, by, at)
  select t.province, t.sample, t.unit, t.element, t.cell, t.reported, t.counted, ${note}, t.office, ${by}::uuid, t.at
    from unnest(${rows.map((r) => r.province)}::text[], ${rows.map((r) => r.sample)}::uuid[], ${rows.map((r) => r.unit)}::text[], ${rows.map((r) => r.element)}::text[], ${rows.map((r) => r.cell)}::text[],
      ${rows.map((r) => r.reported)}::float8[], ${rows.map((r) => r.counted)}::float8[], ${rows.map((r) => r.office)}::text[], ${rows.map((r) => r.at)}::timestamptz[]) as t(province, sample, unit, element, cell, reported, counted, office, at)`);

const Broken = shape({ rule: Type.String(), orgUnit: Type.String(), open: Type.Integer(), explained: Type.Integer() });
export type BrokenRow = Static<typeof Broken>;
/** Broken rules by rule and unit, as far as the reader sees the returns. */
export const readBroken = (tx: Tx, period: string, dataSet: string): Promise<BrokenRow[]> => tx.rows(Broken, sql`
  select rule, org_unit, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'explained')::int as explained from returns_pub.violation
   where period = ${period} and data_set = ${dataSet} and kind <> 'outlier' group by rule, org_unit`);

const Sent = shape({ orgUnit: Type.String(), sentOn: Type.String() });
/** The day each unit first sent its return, in Vietnam. */
export const readSentDays = (tx: Tx, period: string, dataSet: string): Promise<Static<typeof Sent>[]> => tx.rows(Sent, sql`
  select org_unit, min((sent_at at time zone 'Asia/Ho_Chi_Minh')::date)::text as sent_on from returns_pub.packed where period = ${period} and data_set = ${dataSet} group by org_unit`);
