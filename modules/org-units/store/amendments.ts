/** Mergers recorded after the edition was made, and what they change in the register. */
import { Day, oneOf, shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Merger, PlannedMerger } from '../merger.ts';
import type { OfficeVersion } from '../model.ts';
import { Certainty, unitKinds } from '../schema.ts';

const MergerShape = shape({
  from: Type.Array(Type.String()), into: shape({ code: Type.String(), nameVi: Type.String(), kind: oneOf(unitKinds) }), on: Day, basis: Type.String(), certainty: Certainty,
});
const AmendmentRow = shape({ id: Type.String(), merger: MergerShape });
export const listAmendments = (tx: Tx) => tx.rows(AmendmentRow, sql`select id, merger from org_units.amendment order by on_day, id`);

export const saveAmendment = (tx: Tx, id: string, merger: Merger, at: string) => tx.run(sql`
  insert into org_units.amendment (id, on_day, merger, recorded_at) values (${id}, ${merger.on}, ${JSON.stringify(merger)}::jsonb, ${at}) on conflict (id) do nothing`);

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
  await tx.run(sql`
    insert into org_units.office (province, id, valid_from, valid_to, class_id, commune, unit_id, name_vi, name_en, aliases, posts)
    select o.province, o.id, o.valid_from, null, o.class_id, o.commune, o.unit_id, o.name_vi, o.name_en, '{}', string_to_array(o.posts, E'\\n')
      from unnest(${offices.map((o) => o.province)}::text[], ${offices.map((o) => o.id)}::text[], ${offices.map((o) => o.validFrom)}::date[], ${offices.map((o) => o.classId)}::text[],
        ${offices.map((o) => o.commune)}::text[], ${offices.map((o) => o.unitId)}::uuid[], ${offices.map((o) => o.nameVi)}::text[], ${offices.map((o) => o.nameEn)}::text[],
        ${offices.map((o) => o.posts.join('\n'))}::text[]) as o(province, id, valid_from, class_id, commune, unit_id, name_vi, name_en, posts)`);
}

export const saveEditionDigest = (tx: Tx, digest: string) => tx.run(sql`update org_units.edition set digest = ${digest}`);
