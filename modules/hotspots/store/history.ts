/** What happened at a place: appended, never changed. Checks, linked counts, photographs, exact places. */
import { Day, List, Moment, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { CheckDay, CheckResult, DismissalReason, Measure, PhotographStage, Seizure, State, Step } from '../schema.ts';

export const EntryStored = shape({
  seq: Type.Integer(), cycle: Type.Integer(), at: Moment, onDay: Day, step: Step, fromState: Nullable(State), toState: State, account: Nullable(Type.String()), office: Nullable(Type.String()), late: Type.Boolean(), measures: List(Measure),
  documentNumber: Nullable(Type.String()), documentDate: Nullable(Day), reason: Nullable(DismissalReason), duplicateOf: Nullable(Type.String()), checkDay: Nullable(CheckDay), checkResult: Nullable(CheckResult),
});
export type EntryStored = Static<typeof EntryStored>;
export const listEntries = (tx: Tx, province: string, place: string) => tx.rows(EntryStored, sql`
  select seq, cycle, at, on_day, step, from_state, to_state, account, office, late, measures, document_number, document_date, reason, duplicate_of, check_day, check_result from hotspots.entry where province = ${province} and place = ${place} order by seq desc limit 2000`);
export type Home = { readonly province: string; readonly place: string; readonly commune: string };
export const appendEntry = (tx: Tx, { province, place, commune }: Home, e: EntryStored) => tx.run(sql`
  insert into hotspots.entry (province, place, seq, commune, cycle, at, on_day, step, from_state, to_state, account, office, late, measures, document_number, document_date, reason, duplicate_of, check_day, check_result)
  values (${province}, ${place}, ${e.seq}, ${commune}, ${e.cycle}, ${e.at}, ${e.onDay}, ${e.step}, ${e.fromState}, ${e.toState}, ${e.account}, ${e.office}, ${e.late}, ${e.measures}::text[], ${e.documentNumber}, ${e.documentDate}, ${e.reason},
    ${e.duplicateOf}, ${e.checkDay}, ${e.checkResult})`);

export const CheckStored = shape({ id: Type.String(), cycle: Type.Integer(), day: CheckDay, checkedOn: Day, late: Type.Boolean(), result: CheckResult, account: Nullable(Type.String()) });
export type CheckStored = Static<typeof CheckStored>;
export const listChecks = (tx: Tx, province: string, place: string, cycle: number) => tx.rows(CheckStored, sql`
  select id, cycle, day, checked_on, late, result, account from hotspots.check_made where province = ${province} and place = ${place} and cycle = ${cycle} order by checked_on, day`);
export const insertCheck = (tx: Tx, { province, place, commune }: Home, c: CheckStored, at: string) => tx.run(sql`
  insert into hotspots.check_made (province, place, cycle, id, commune, day, checked_on, late, result, account, at) values (${province}, ${place}, ${c.cycle}, ${c.id}, ${commune}, ${c.day}, ${c.checkedOn}, ${c.late}, ${c.result}, ${c.account}, ${at})`);
const CheckOfPlace = shape({ province: Type.String(), place: Type.String(), day: CheckDay, checkedOn: Day, result: CheckResult, account: Nullable(Type.String()) });
/** Checks of the present watch of many places, and the day each was removed. */
export const checksOf = (tx: Tx, keys: readonly { readonly province: string; readonly id: string; readonly cycle: number }[]) => keys.length === 0 ? Promise.resolve([]) : tx.rows(CheckOfPlace, sql`
  select c.province, c.place, c.day, c.checked_on, c.result, c.account
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(province text, id uuid, cycle int) join hotspots.check_made c on c.province = k.province and c.place = k.id and c.cycle = k.cycle`);
const WatchOfPlace = shape({ province: Type.String(), place: Type.String(), removedOn: Nullable(Day), resolvers: List(Type.String()) });
export const watchesOf = (tx: Tx, keys: readonly { readonly province: string; readonly id: string; readonly cycle: number }[]) => keys.length === 0 ? Promise.resolve([]) : tx.rows(WatchOfPlace, sql`
  select c.province, c.place, c.removed_on, c.resolvers
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(province text, id uuid, cycle int) join hotspots.cycle c on c.province = k.province and c.place = k.id and c.cycle = k.cycle`);

const Exact = shape({ latitudeE5: Type.Integer(), longitudeE5: Type.Integer(), recordedOn: Day });
export const findExact = (tx: Tx, province: string, place: string) => tx.maybe(Exact, sql`select latitude_e5, longitude_e5, recorded_on from hotspots.exact_place where province = ${province} and place = ${place}`);
export const saveExact = (tx: Tx, { province, place, commune }: Home, exact: Static<typeof Exact>) => tx.run(sql`
  insert into hotspots.exact_place (province, place, commune, latitude_e5, longitude_e5, recorded_on) values (${province}, ${place}, ${commune}, ${exact.latitudeE5}, ${exact.longitudeE5}, ${exact.recordedOn})
  on conflict (province, place) do update set latitude_e5 = excluded.latitude_e5, longitude_e5 = excluded.longitude_e5, recorded_on = excluded.recorded_on`);

export const PhotographStored = shape({
  id: Type.String(), cycle: Type.Integer(), stage: PhotographStage, takenOn: Day, contentType: Type.Union([Type.Literal('image/jpeg'), Type.Literal('image/png'), Type.Literal('image/webp')]), width: Type.Integer(), height: Type.Integer(), size: Type.Integer(),
  sha256: Type.String(), account: Nullable(Type.String()), at: Moment,
});
export type PhotographStored = Static<typeof PhotographStored>;
const photographColumns = sql`id, cycle, stage, taken_on, content_type, width, height, size, sha256, account, at`;
export const listPhotographs = (tx: Tx, province: string, place: string) => tx.rows(PhotographStored, sql`select ${photographColumns} from hotspots.photograph where province = ${province} and place = ${place} and removed_at is null order by at desc`);
export const findPhotograph = (tx: Tx, province: string, place: string, id: string) => tx.maybe(PhotographStored, sql`
  select ${photographColumns} from hotspots.photograph where province = ${province} and place = ${place} and id = ${id} and removed_at is null`);
export async function insertPhotograph(tx: Tx, { province, place, commune }: Home, p: PhotographStored, image: Uint8Array): Promise<void> {
  await tx.run(sql`
    insert into hotspots.photograph (province, place, id, commune, cycle, stage, taken_on, content_type, width, height, size, sha256, account, at)
    values (${province}, ${place}, ${p.id}, ${commune}, ${p.cycle}, ${p.stage}, ${p.takenOn}, ${p.contentType}, ${p.width}, ${p.height}, ${p.size}, ${p.sha256}, ${p.account}, ${p.at})`);
  await tx.run(sql`insert into hotspots.photograph_image (province, photograph, commune, image) values (${province}, ${p.id}, ${commune}, ${Buffer.from(image)})`);
}
export const findImage = async (tx: Tx, province: string, id: string): Promise<Uint8Array | undefined> => {
  const [row] = await tx.arrays(sql`select image from hotspots.photograph_image where province = ${province} and photograph = ${id}`);
  return row?.[0] instanceof Uint8Array ? row[0] : undefined;
};
export async function dropPhotograph(tx: Tx, province: string, id: string, reason: string, at: string): Promise<void> {
  await tx.run(sql`update hotspots.photograph set removed_at = ${at}, removal = ${reason} where province = ${province} and id = ${id}`);
  await tx.run(sql`delete from hotspots.photograph_image where province = ${province} and photograph = ${id}`);
}

export const CountStored = shape({
  id: Type.String(), cycle: Type.Integer(), documentNumber: Type.String(), documentDate: Day, cases: Type.Integer(), countSuspects: Type.Integer(), seizures: List(Seizure), withdrawn: Type.Boolean(), at: Moment,
});
export type CountStored = Static<typeof CountStored>;
export const listCounts = (tx: Tx, province: string, place: string) => tx.rows(CountStored, sql`
  select id, cycle, document_number, document_date, cases, count_suspects, seizures, withdrawn_at is not null as withdrawn, at from hotspots.linked_count where province = ${province} and place = ${place} order by document_date desc, at desc`);
export const insertCount = (tx: Tx, { province, place, commune }: Home, c: CountStored, account: string) => tx.run(sql`
  insert into hotspots.linked_count (province, place, id, commune, cycle, document_number, document_date, cases, count_suspects, seizures, account, at)
  values (${province}, ${place}, ${c.id}, ${commune}, ${c.cycle}, ${c.documentNumber}, ${c.documentDate}, ${c.cases}, ${c.countSuspects}, ${JSON.stringify(c.seizures)}::jsonb, ${account}, ${c.at})`);
export const withdrawLinked = (tx: Tx, province: string, place: string, id: string, at: string) => tx.run(sql`
  update hotspots.linked_count set withdrawn_at = ${at} where province = ${province} and place = ${place} and id = ${id} and withdrawn_at is null`);
