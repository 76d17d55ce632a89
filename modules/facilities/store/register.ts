/** The register of facilities. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Ownership, type ProfileInput, Terrain } from '../schema.ts';

export const FacilityStored = shape({
  province: Type.String(), code: Type.String(), ownership: Ownership, openedOn: Type.String(), closedOn: Nullable(Type.String()), managerOffice: Type.String(), bookFrom: Type.String(),
  bookVoluntary: Type.Integer(), bookCompulsory: Type.Integer(),
});
export type FacilityStored = Static<typeof FacilityStored>;
const columns = sql`f.province, f.code, f.ownership, f.opened_on, f.closed_on, f.manager_office, f.book_from, f.book_voluntary, f.book_compulsory`;

const Listed = shape({
  ...FacilityStored.properties, nameVi: Type.String(), nameEn: Type.String(), terrain: Terrain, commune: Nullable(Type.String()), landM2: Type.Integer(), places: Type.Integer(), beds: Type.Integer(),
  day: Nullable(Type.String()), voluntary: Nullable(Type.Integer()), compulsory: Nullable(Type.Integer()), absent: Nullable(Type.Integer()),
});
export type Listed = Static<typeof Listed>;
/** Facilities with the version of a day and the last day of their book. @param facility one of them; null for all */
export const listStored = (tx: Tx, today: string, province: string | null, facility: string | null = null): Promise<Listed[]> => tx.rows(Listed, sql`
  select ${columns}, p.name_vi, p.name_en, p.terrain, p.commune, p.land_m2, p.places, p.beds, s.day, s.voluntary, s.compulsory, s.absent
    from facilities.facility f
    join lateral (select * from facilities.profile v where v.province = f.province and v.facility = f.code order by (v.valid_from <= ${today}::date) desc, abs(v.valid_from - ${today}::date) limit 1) p on true
    left join facilities.standing s on s.province = f.province and s.facility = f.code
   where (${province}::text is null or f.province = ${province}) and (${facility}::text is null or f.code = ${facility})
   order by f.province, f.code`);

export const findFacility = (tx: Tx, province: string, code: string) => tx.maybe(FacilityStored, sql`select ${columns} from facilities.facility f where f.province = ${province} and f.code = ${code}`);
/** Held until the transaction ends: days of one facility are written one after another. */
export const lockFacility = (tx: Tx, province: string, code: string) => tx.maybe(FacilityStored, sql`select ${columns} from facilities.facility f where f.province = ${province} and f.code = ${code} for update`);

export const insertFacility = (tx: Tx, f: FacilityStored & { readonly at: string }) => tx.run(sql`
  insert into facilities.facility (province, code, ownership, opened_on, manager_office, book_from, book_voluntary, book_compulsory, recorded_at)
  values (${f.province}, ${f.code}, ${f.ownership}, ${f.openedOn}, ${f.managerOffice}, ${f.bookFrom}, ${f.bookVoluntary}, ${f.bookCompulsory}, ${f.at}) on conflict (province, code) do nothing`);
export const closeStored = (tx: Tx, province: string, code: string, closedOn: string, decision: string) =>
  tx.run(sql`update facilities.facility set closed_on = ${closedOn}, closing_decision = ${decision} where province = ${province} and code = ${code}`);

const ProfileStored = shape({
  validFrom: Type.String(), nameVi: Type.String(), nameEn: Type.String(), terrain: Terrain, commune: Nullable(Type.String()), landM2: Type.Integer(), places: Type.Integer(), beds: Type.Integer(), decision: Type.String(),
  recordedAt: Type.String(),
});
export const listProfiles = (tx: Tx, province: string, facility: string) => tx.rows(ProfileStored, sql`
  select valid_from, name_vi, name_en, terrain, commune, land_m2, places, beds, decision, recorded_at from facilities.profile where province = ${province} and facility = ${facility} order by valid_from desc limit 100`);
/** @returns 0 when a version of that day is there already: a version is never overwritten */
export const insertProfile = (tx: Tx, province: string, facility: string, p: ProfileInput, at: string) => tx.run(sql`
  insert into facilities.profile (province, facility, valid_from, name_vi, name_en, terrain, commune, land_m2, places, beds, decision, recorded_at)
  values (${province}, ${facility}, ${p.validFrom}, ${p.nameVi}, ${p.nameEn}, ${p.terrain}, ${p.commune}, ${p.landM2}, ${p.places}, ${p.beds}, ${p.decision}, ${at}) on conflict (province, facility, valid_from) do nothing`);

const Duty = shape({ province: Type.String(), facility: Type.String(), openMatters: Type.Integer(), overdueMatters: Type.Integer(), openFindings: Type.Integer(), lastExternalOn: Nullable(Type.String()) });
/** What waits at each facility; read by the machinery, for a count says nothing of the matter itself. */
export const listDuties = (tx: Tx, today: string, province: string | null) => tx.rows(Duty, sql`
  select f.province, f.code as facility,
         (select count(*)::int from facilities.matter m where m.province = f.province and m.facility = f.code and m.state <> 'closed') as open_matters,
         (select count(*)::int from facilities.matter m where m.province = f.province and m.facility = f.code and m.state = 'open' and m.due_on < ${today}::date) as overdue_matters,
         (select count(*)::int from facilities.answer a where a.province = f.province and a.facility = f.code and a.state in ('open', 'remedied')) as open_findings,
         (select max(i.on_day) from facilities.inspection i where i.province = f.province and i.facility = f.code and i.external) as last_external_on
    from facilities.facility f where ${province}::text is null or f.province = ${province}`);
