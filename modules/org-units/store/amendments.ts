/** Changes recorded after the edition was made, and what they do to the register. */
import { Day, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Merger, PlannedMerger } from '../merger.ts';
import type { OfficeVersion, UnitVersion } from '../model.ts';
import { Certainty, unitKinds, UnitLevel } from '../schema.ts';

const MergerShape = shape({
  from: Type.Array(Type.String()), into: shape({ code: Type.String(), nameVi: Type.String(), kind: oneOf(unitKinds) }), on: Day, basis: Type.String(), certainty: Certainty,
});
/** A merger of the edition that takes effect on a later day: the demonstration has one. */
const PostponedShape = shape({ postponed: shape({ into: Type.String(), on: Day }) });
export type Postponement = Static<typeof PostponedShape>;
const AmendmentRow = shape({ id: Type.String(), merger: Type.Union([MergerShape, PostponedShape]) });
export const listAmendments = (tx: Tx) => tx.rows(AmendmentRow, sql`select id, merger from org_units.amendment order by on_day, id`);

export const saveAmendment = (tx: Tx, id: string, change: Merger | Postponement, at: string) => tx.run(sql`
  insert into org_units.amendment (id, on_day, merger, recorded_at) values (${id}, ${'postponed' in change ? change.postponed.on : change.on}, ${JSON.stringify(change)}::jsonb, ${at}) on conflict (id) do nothing`);

/** Ends the units with their offices, and adds the one they became. */
export async function saveMerger(tx: Tx, { ended, made, links }: PlannedMerger, offices: readonly OfficeVersion[]): Promise<void> {
  await tx.run(sql`update org_units.unit_version set valid_to = ${made.validFrom} where unit_id = any(${ended}::uuid[]) and valid_to is null`);
  await tx.run(sql`update org_units.office set valid_to = ${made.validFrom} where unit_id = any(${ended}::uuid[]) and valid_to is null`);
  await tx.run(sql`insert into org_units.unit (id, level) values (${made.unitId}, ${made.level}) on conflict (id) do nothing`);
  await tx.run(sql`
    insert into org_units.unit_version (unit_id, valid_from, valid_to, level, code, name_vi, kind, parent_id, province, district_vi, basis, certainty)
    values (${made.unitId}, ${made.validFrom}, null, ${made.level}, ${made.code}, ${made.nameVi}, ${made.kind}, ${made.parentId}, ${made.province}, null, ${made.basis}, ${made.certainty})`);
  await tx.run(sql`
    insert into org_units.unit_link (from_id, to_id, on_day, kind, basis, certainty)
    select l.from_id, ${made.unitId}, ${made.validFrom}, 'merged', ${made.basis}, ${made.certainty} from unnest(${links.map((link) => link.from)}::uuid[]) as l(from_id)`);
  await insertOffices(tx, offices);
}

const insertOffices = (tx: Tx, offices: readonly OfficeVersion[]): Promise<number> => tx.run(sql`
  insert into org_units.office (province, id, valid_from, valid_to, class_id, commune, unit_id, name_vi, name_en, aliases, posts)
  select o.province, o.id, o.valid_from, o.valid_to, o.class_id, o.commune, o.unit_id, o.name_vi, o.name_en, '{}', string_to_array(o.posts, E'\\n')
    from unnest(${offices.map((o) => o.province)}::text[], ${offices.map((o) => o.id)}::text[], ${offices.map((o) => o.validFrom)}::date[], ${offices.map((o) => o.validTo)}::date[], ${offices.map((o) => o.classId)}::text[],
      ${offices.map((o) => o.commune)}::text[], ${offices.map((o) => o.unitId)}::uuid[], ${offices.map((o) => o.nameVi)}::text[], ${offices.map((o) => o.nameEn)}::text[],
      ${offices.map((o) => o.posts.join('\n'))}::text[]) as o(province, id, valid_from, valid_to, class_id, commune, unit_id, name_vi, name_en, posts)`);

const Version = shape({
  unitId: Type.String(), level: UnitLevel, code: Type.String(), nameVi: Type.String(), kind: oneOf(unitKinds), parentId: Nullable(Type.String()), province: Type.String(),
  districtVi: Nullable(Type.String()), validFrom: Day, validTo: Nullable(Day), basis: Type.String(), certainty: Certainty,
});
/** The open version of a commune that was made by a merger, and the last versions of those that went whole into it and nowhere else. */
export async function postponedFrom(tx: Tx, code: string): Promise<{ readonly made: readonly UnitVersion[]; readonly former: readonly UnitVersion[] }> {
  const made = await tx.rows(Version, sql`
    select unit_id, level, code, name_vi, kind, parent_id, province, district_vi, valid_from, valid_to, basis, certainty
      from org_units.unit_version where level = 'commune' and code = ${code} and valid_to is null`);
  const former = await tx.rows(Version, sql`
    select v.unit_id, v.level, v.code, v.name_vi, v.kind, v.parent_id, v.province, v.district_vi, v.valid_from, v.valid_to, v.basis, v.certainty
      from org_units.unit_link l join org_units.unit_version v on v.unit_id = l.from_id and v.valid_to = l.on_day
     where l.to_id = any(${made.map((one) => one.unitId)}::uuid[]) and l.kind = 'merged' and not exists (select 1 from org_units.unit_link o where o.from_id = l.from_id and o.to_id <> l.to_id)
     order by v.code`);
  return { made, former };
}

type HeldBack = { readonly made: UnitVersion; readonly stay: readonly UnitVersion[]; readonly on: string; readonly basis: string; readonly offices: readonly OfficeVersion[]; readonly id: string };
/** The units stay until a day, and what they become begins on it; whatever is kept in memory is read again. */
export async function holdBack(tx: Tx, { made, stay, on, basis, offices, id }: HeldBack): Promise<void> {
  await tx.run(sql`update org_units.unit_version set valid_from = ${on}, basis = ${basis}, certainty = 'U' where unit_id = ${made.unitId}::uuid and valid_from = ${made.validFrom}`);
  await tx.run(sql`update org_units.office set valid_from = ${on} where unit_id = ${made.unitId}::uuid and valid_from = ${made.validFrom}`);
  await tx.run(sql`update org_units.unit_link set on_day = ${on}, basis = ${basis}, certainty = 'U' where to_id = ${made.unitId}::uuid and on_day = ${made.validFrom}`);
  await tx.run(sql`
    insert into org_units.unit_version (unit_id, valid_from, valid_to, level, code, name_vi, kind, parent_id, province, district_vi, basis, certainty)
    select s.unit_id, ${made.validFrom}, ${on}, ${made.level}, s.code, s.name_vi, s.kind, ${made.parentId}::uuid, ${made.province}, null, ${basis}, 'U'
      from unnest(${stay.map((one) => one.unitId)}::uuid[], ${stay.map((one) => one.code)}::text[], ${stay.map((one) => one.nameVi)}::text[], ${stay.map((one) => one.kind)}::text[]) as s(unit_id, code, name_vi, kind)`);
  await insertOffices(tx, offices);
  await tx.run(sql`update org_units.edition set digest = digest || '+' || ${id}`);
}

export const saveEditionDigest = (tx: Tx, digest: string) => tx.run(sql`update org_units.edition set digest = ${digest}`);
