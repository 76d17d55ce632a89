import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Day, List, Moment, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { Certainty, committeeTerm, Meeting, Seat, UnitKind, UnitLevel, type RecordCommittee } from './schema.ts';

const VersionRow = shape({
  unitId: Type.String(), level: UnitLevel, code: Type.String(), nameVi: Type.String(), kind: UnitKind, parentId: Nullable(Type.String()), province: Type.String(),
  districtVi: Nullable(Type.String()), validFrom: Day, validTo: Nullable(Day), basis: Type.String(), certainty: Certainty,
});
const LinkRow = shape({
  from: Type.String(), to: Type.String(), on: Day, kind: Type.Union([Type.Literal('merged'), Type.Literal('part'), Type.Literal('renamed')]), basis: Type.String(), certainty: Certainty,
});
const AliasRow = shape({
  unitId: Type.String(), kind: Type.Union([Type.Literal('code'), Type.Literal('abbreviation'), Type.Literal('older-name')]), text: Type.String(),
  districtVi: Nullable(Type.String()), provinceVi: Nullable(Type.String()), certainty: Certainty,
});
const OfficeRow = shape({
  id: Type.String(), classId: Type.String(), province: Type.String(), commune: Nullable(Type.String()), unitId: Type.String(), nameVi: Type.String(), nameEn: Type.String(),
  aliases: Type.Array(Type.String()), posts: Type.Array(Type.String()), validFrom: Day, validTo: Nullable(Day),
});

const Edition = shape({ digest: Type.String(), source: oneOf(['built-in', 'imported']), groupsDigest: Type.String(), attributesDigest: Type.String() });
export type Edition = Static<typeof Edition>;

/** Digests of the data the register was loaded from, and whose tree it is; undefined before the first load. */
export const findEdition = (tx: Tx) => tx.maybe(Edition, sql`select digest, source, groups_digest, attributes_digest from org_units.edition`);

/** The whole register: read once an edition, then kept in memory. */
export async function readRegister(tx: Tx) {
  return {
    versions: await tx.rows(VersionRow, sql`
      select unit_id, level, code, name_vi, kind, parent_id, province, district_vi, valid_from, valid_to, basis, certainty
        from org_units.unit_version order by unit_id, valid_from`),
    links: await tx.rows(LinkRow, sql`select from_id as "from", to_id as "to", on_day as "on", kind, basis, certainty from org_units.unit_link order by from_id, to_id`),
    aliases: await tx.rows(AliasRow, sql`
      select unit_id, kind, text, nullif(district_vi, '') as district_vi, nullif(province_vi, '') as province_vi, certainty from org_units.unit_alias order by unit_id, kind, text`),
    offices: await tx.rows(OfficeRow, sql`
      select id, class_id, province, commune, unit_id, name_vi, name_en, aliases, posts, valid_from, valid_to from org_units.office order by province, id, valid_from`),
  };
}

const CommitteeStored = shape({
  province: Type.String(), decisionNumber: Type.String(), decidedOn: Day, signerPost: Type.String(), documentHash: Nullable(Type.String()),
  documentUrl: Nullable(Type.String()), seats: List(Seat), meetings: List(Meeting), revision: Type.Integer(), recordedAt: Moment, recordedBy: Type.String(),
});
export type CommitteeStored = Static<typeof CommitteeStored>;

export const listCommittees = (tx: Tx) => tx.rows(CommitteeStored, sql`
  select province, decision_number, decided_on, signer_post, document_hash, document_url, seats, meetings, revision, recorded_at, recorded_by
    from org_units.steering_committee where term = ${committeeTerm} order by province`);

export const findCommittee = (tx: Tx, province: string) => tx.maybe(CommitteeStored, sql`
  select province, decision_number, decided_on, signer_post, document_hash, document_url, seats, meetings, revision, recorded_at, recorded_by
    from org_units.steering_committee where province = ${province} and term = ${committeeTerm}`);

/** The record of a province, kept from other writers until the transaction ends. The lock stands for a row that may not exist yet. */
export async function lockCommittee(tx: Tx, province: string): Promise<CommitteeStored | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`steering-committee/${province}`}, 0))`);
  return findCommittee(tx, province);
}

export type CommitteeSaved = { readonly province: string; readonly record: Omit<RecordCommittee, 'baseRevision'>; readonly revision: number; readonly at: string; readonly by: string };

export const saveCommittee = (tx: Tx, { province, record, revision, at, by }: CommitteeSaved) => tx.run(sql`
  insert into org_units.steering_committee
    (province, term, decision_number, decided_on, signer_post, document_hash, document_url, seats, meetings, revision, recorded_at, recorded_by)
  values (${province}, ${committeeTerm}, ${record.decisionNumber}, ${record.decidedOn}, ${record.signerPost}, ${record.documentHash}, ${record.documentUrl},
    ${JSON.stringify(record.seats)}::jsonb, ${JSON.stringify(record.meetings)}::jsonb, ${revision}, ${at}, ${by})
  on conflict (province, term) do update set
    decision_number = excluded.decision_number, decided_on = excluded.decided_on, signer_post = excluded.signer_post, document_hash = excluded.document_hash,
    document_url = excluded.document_url, seats = excluded.seats, meetings = excluded.meetings, revision = excluded.revision, recorded_at = excluded.recorded_at,
    recorded_by = excluded.recorded_by`);

const BoundaryRow = shape({ topology: Type.String(), digest: Type.String(), units: Type.Integer(), importedAt: Moment });
export const findBoundary = (tx: Tx, level: 'province' | 'commune') =>
  tx.maybe(BoundaryRow, sql`select topology, digest, units, imported_at from org_units.boundary where level = ${level}`);

export type BoundarySaved = { readonly level: 'province' | 'commune'; readonly topology: string; readonly digest: string; readonly units: number; readonly at: string };
export const saveBoundary = (tx: Tx, { level, topology, digest, units, at }: BoundarySaved) => tx.run(sql`
  insert into org_units.boundary (level, topology, digest, units, imported_at) values (${level}, ${topology}, ${digest}, ${units}, ${at})
  on conflict (level) do update set topology = excluded.topology, digest = excluded.digest, units = excluded.units, imported_at = excluded.imported_at`);
