/** Group sets and numbers of units, as stored. */
import { Day, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Certainty } from '../schema.ts';

const SetRow = shape({ id: Type.String(), nameVi: Type.String(), nameEn: Type.String(), inherits: Type.Boolean(), lone: Type.Boolean(), basis: Type.String(), certainty: Certainty });
const GroupRow = shape({ setId: Type.String(), id: Type.String(), nameVi: Type.String(), nameEn: Type.String() });
const MemberRow = shape({ setId: Type.String(), unitCode: Type.String(), groupId: Type.String(), validFrom: Day, validTo: Nullable(Day) });
export type MemberRow = Static<typeof MemberRow>;

/** Every set with its groups and members of all days. */
export async function readGroupSets(tx: Tx) {
  return {
    sets: await tx.rows(SetRow, sql`select id, name_vi, name_en, inherits, lone, basis, certainty from org_units.group_set order by source, position, id`),
    groups: await tx.rows(GroupRow, sql`select set_id, id, name_vi, name_en from org_units.unit_group order by set_id, position, id`),
    members: await tx.rows(MemberRow, sql`select set_id, unit_code, group_id, valid_from, valid_to from org_units.unit_group_member order by set_id, unit_code, valid_from`),
  };
}

export type GroupSetOwner = 'built-in' | 'imported';
export type GroupSetSaved = {
  readonly sets: readonly (Static<typeof SetRow>)[]; readonly groups: readonly (Static<typeof GroupRow>)[]; readonly members: readonly MemberRow[];
};

/** Puts these sets in place of all former ones of the same owner. */
export async function replaceGroupSets(tx: Tx, owner: GroupSetOwner, { sets, groups, members }: GroupSetSaved): Promise<void> {
  await tx.run(sql`delete from org_units.group_set where source = ${owner}`);
  await tx.run(sql`
    insert into org_units.group_set (id, source, position, name_vi, name_en, inherits, lone, basis, certainty)
    select s.id, ${owner}, s.position, s.name_vi, s.name_en, s.inherits, s.lone, s.basis, s.certainty
      from unnest(${sets.map((s) => s.id)}::text[], ${sets.map((_, at) => at)}::int[], ${sets.map((s) => s.nameVi)}::text[], ${sets.map((s) => s.nameEn)}::text[],
        ${sets.map((s) => s.inherits)}::boolean[], ${sets.map((s) => s.lone)}::boolean[], ${sets.map((s) => s.basis)}::text[], ${sets.map((s) => s.certainty)}::text[])
        as s(id, position, name_vi, name_en, inherits, lone, basis, certainty)`);
  await tx.run(sql`
    insert into org_units.unit_group (set_id, id, position, name_vi, name_en)
    select * from unnest(${groups.map((g) => g.setId)}::text[], ${groups.map((g) => g.id)}::text[], ${groups.map((_, at) => at)}::int[],
      ${groups.map((g) => g.nameVi)}::text[], ${groups.map((g) => g.nameEn)}::text[])`);
  await tx.run(sql`
    insert into org_units.unit_group_member (set_id, unit_code, valid_from, valid_to, group_id)
    select * from unnest(${members.map((m) => m.setId)}::text[], ${members.map((m) => m.unitCode)}::text[], ${members.map((m) => m.validFrom)}::date[],
      ${members.map((m) => m.validTo)}::date[], ${members.map((m) => m.groupId)}::text[])`);
}

/** Digests are of everything stored, so that any change makes caches read again. */
export const saveGroupsDigest = (tx: Tx, digest: string) => tx.run(sql`update org_units.edition set groups_digest = ${digest}`);
export const saveAttributesDigest = (tx: Tx, digest: string) => tx.run(sql`update org_units.edition set attributes_digest = ${digest}`);

/** `synthetic`: made for the demonstration, and labelled so wherever it is seen. */
export const AttributeCertainty = oneOf(['P', 'S', 'U', 'synthetic']);
const AttributeRow = shape({ attribute: Type.String(), unitCode: Type.String(), validFrom: Day, value: Type.Number(), source: Type.String(), certainty: AttributeCertainty });
export type AttributeRow = Static<typeof AttributeRow>;

/** Numbers of units of another tree say nothing of this one. */
export const forgetAttributes = (tx: Tx) => tx.run(sql`delete from org_units.unit_attribute`);

export const readAttributes = (tx: Tx) => tx.rows(AttributeRow, sql`
  select attribute, unit_code, valid_from, value, source, certainty from org_units.unit_attribute order by attribute, unit_code, valid_from`);

/** Rows of one attribute, unit and day replace each other; others stay. */
export const saveAttributes = (tx: Tx, rows: readonly AttributeRow[]) => tx.run(sql`
  insert into org_units.unit_attribute (attribute, unit_code, valid_from, value, source, certainty)
  select * from unnest(${rows.map((r) => r.attribute)}::text[], ${rows.map((r) => r.unitCode)}::text[], ${rows.map((r) => r.validFrom)}::date[],
    ${rows.map((r) => r.value)}::double precision[], ${rows.map((r) => r.source)}::text[], ${rows.map((r) => r.certainty)}::text[])
  on conflict (attribute, unit_code, valid_from) do update set value = excluded.value, source = excluded.source, certainty = excluded.certainty`);

const TierRow = shape({ depth: Type.Integer(), nameVi: Type.String(), nameEn: Type.String() });
export const readTiers = (tx: Tx) => tx.rows(TierRow, sql`select depth, name_vi, name_en from org_units.unit_tier order by depth`);

/** Puts these names in place of the former ones. */
export async function replaceTiers(tx: Tx, tiers: readonly Static<typeof TierRow>[]): Promise<void> {
  await tx.run(sql`delete from org_units.unit_tier`);
  await tx.run(sql`
    insert into org_units.unit_tier (depth, name_vi, name_en)
    select * from unnest(${tiers.map((t) => t.depth)}::int[], ${tiers.map((t) => t.nameVi)}::text[], ${tiers.map((t) => t.nameEn)}::text[])`);
}
