/** The register: list, page, entry, versions, closing. */
import { compareDays } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { getUnit, provinceCodes } from '#modules/org-units/index.ts';
import { daysMissing } from '../rules/balance.ts';
import { normPlaces, occupancy } from '../rules/capacity.ts';
import { mayAt } from '../rules/rights.ts';
import type { closeFacility, FacilityKey, FacilityRow, FacilityTotals, FacilityView, listFacilities, ProfileInput, registerFacility } from '../schema.ts';
import { findLastDay } from '../store/book.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';
import { closeStored, findFacility, insertFacility, insertProfile, listDuties, listProfiles, listStored, type Listed } from '../store/register.ts';
import { holdFacility, impersonal, log, notFound, type UseCase } from './use-case.ts';

type Duty = Awaited<ReturnType<typeof listDuties>>[number];
const keyOf = (one: { readonly province: string; readonly facility: string }): string => `${one.province}/${one.facility}`;

function rowOf(one: Listed, duty: Duty | undefined, today: string): FacilityRow {
  const norm = normPlaces(one.landM2, one.terrain);
  const { day, voluntary, compulsory, absent, bookVoluntary: _v, bookCompulsory: _c, ...kept } = one;
  const there = voluntary === null || compulsory === null ? null : voluntary + compulsory;
  return {
    ...kept, normPlaces: norm, daysMissing: daysMissing(one, day, today),
    standing: day === null || there === null ? null : { day, voluntary: voluntary ?? 0, compulsory: compulsory ?? 0, absent: absent ?? 0, occupancy: occupancy(there, one.places), normOccupancy: occupancy(there, norm) },
    openMatters: duty?.openMatters ?? 0, overdueMatters: duty?.overdueMatters ?? 0, openFindings: duty?.openFindings ?? 0, lastExternalOn: duty?.lastExternalOn ?? null,
  };
}

async function rowsFor(use: UseCase, province: string | null, facility: string | null = null): Promise<FacilityRow[]> {
  const { tx, now } = use;
  const seen = (await listStored(tx, now.today, province, facility)).filter((one) => mayAt(use.actor, 'facilities.read', one));
  if (seen.length === 0) return [];
  const duties = new Map((await asMachinery(tx, () => listDuties(tx, now.today, province))).map((one) => [keyOf(one), one]));
  return seen.map((one) => rowOf(one, duties.get(`${one.province}/${one.code}`), now.today));
}

type Asked = Static<NonNullable<(typeof listFacilities)['query']>>;
const isOverFull = (row: FacilityRow): boolean => (row.standing?.occupancy ?? 0) > 1;
const keeps = (row: FacilityRow, { ownership, only }: Asked): boolean =>
  (ownership === undefined || row.ownership === ownership) && (only === undefined || (only === 'over-full' ? isOverFull(row) : only === 'behind' ? row.daysMissing > 0 : row.overdueMatters > 0));

const totalsOf = (rows: readonly FacilityRow[]): FacilityTotals => {
  const sum = (pick: (row: FacilityRow) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  return {
    facilities: rows.length, publicOnes: sum((row) => (row.ownership === 'public' ? 1 : 0)), places: sum((row) => row.places), normPlaces: sum((row) => row.normPlaces),
    there: sum((row) => (row.standing === null ? 0 : row.standing.voluntary + row.standing.compulsory)), overFull: sum((row) => (isOverFull(row) ? 1 : 0)), behind: sum((row) => (row.daysMissing > 0 ? 1 : 0)), overdueMatters: sum((row) => row.overdueMatters),
  };
};

/** Facilities still open, and those closed, which stand at the end. */
export async function facilityList(use: UseCase, asked: Asked): Promise<{ asOf: string; rows: FacilityRow[]; totals: FacilityTotals }> {
  const rows = (await rowsFor(use, asked.province ?? null)).filter((row) => keeps(row, asked));
  const open = rows.filter((row) => row.closedOn === null || compareDays(row.closedOn, use.now.today) >= 0);
  return { asOf: use.now.today, rows: [...open, ...rows.filter((row) => !open.includes(row))], totals: totalsOf(open) };
}

export async function facilityView(use: UseCase, key: FacilityKey): Promise<Result<FacilityView, Refusal>> {
  const [facility] = await rowsFor(use, key.province, key.facility);
  if (facility === undefined) return notFound();
  const at = (permission: Parameters<typeof mayAt>[1]): boolean => mayAt(use.actor, permission, facility);
  return ok({
    facility, profiles: (await listProfiles(use.tx, key.province, key.facility)).map((one) => ({ ...one, normPlaces: normPlaces(one.landM2, one.terrain) })),
    may: { readBook: at('facilities.read-book'), record: at('facilities.record'), register: at('facilities.register'), inspect: at('facilities.inspect'), settle: at('facilities.settle'), report: at('facilities.report') },
  });
}

type Entering = Static<NonNullable<(typeof registerFacility)['body']>>;
async function checkProfile(use: UseCase, province: string, profile: ProfileInput): Promise<Result<true, Refusal>> {
  const words = impersonal(profile.nameVi, profile.nameEn, profile.decision);
  if (!words.ok || profile.commune === null) return words;
  const unit = await getUnit(use.tx, profile.commune, profile.validFrom);
  return unit.ok && unit.value.province === province ? ok(true) : refuse({ code: 'facility-commune-unknown', commune: profile.commune });
}

export async function enterFacility(use: UseCase, body: Entering): Promise<Result<FacilityView, Refusal>> {
  const { tx, now, actor } = use;
  const { province, code, profile, book } = body;
  if (province === '00' || !provinceCodes().includes(province)) return refuse({ code: 'facility-province-unknown', province });
  if (!mayAt(actor, 'facilities.register', body)) return refuse({ code: 'not-permitted' });
  if (compareDays(body.openedOn, now.today) > 0 || compareDays(book.from, now.today) > 0) return refuse({ code: 'facility-day-in-future', day: body.openedOn, today: now.today });
  if (compareDays(book.from, body.openedOn) < 0) return refuse({ code: 'book-before-opening', openedOn: body.openedOn });
  const checked = await checkProfile(use, province, profile);
  if (!checked.ok) return checked;
  const made = await insertFacility(tx, {
    province, code, ownership: body.ownership, openedOn: body.openedOn, closedOn: null, managerOffice: body.managerOffice, bookFrom: book.from, bookVoluntary: book.voluntary, bookCompulsory: book.compulsory, at: now.at,
  });
  if (made === 0) return refuse({ code: 'facility-exists', facility: code });
  await insertProfile(tx, province, code, profile, now.at);
  const key = { province, facility: code };
  await log(use, { key, action: 'facilities.entered', target: { type: 'facility', id: code }, after: body, facts: { places: profile.places, ownership: body.ownership } });
  return facilityView(use, key);
}

export async function addProfile(use: UseCase, key: FacilityKey, profile: ProfileInput): Promise<Result<FacilityView, Refusal>> {
  const held = await holdFacility(use, key, 'facilities.register');
  if (!held.ok) return held;
  if (compareDays(profile.validFrom, held.value.openedOn) < 0) return refuse({ code: 'before-opening', day: profile.validFrom, openedOn: held.value.openedOn });
  const checked = await checkProfile(use, key.province, profile);
  if (!checked.ok) return checked;
  if ((await insertProfile(use.tx, key.province, key.facility, profile, use.now.at)) === 0) return refuse({ code: 'profile-exists', day: profile.validFrom });
  await log(use, { key, action: 'facilities.profile-added', target: { type: 'facility', id: key.facility }, after: profile, facts: { from: profile.validFrom, places: profile.places } });
  return facilityView(use, key);
}

export async function endFacility(use: UseCase, key: FacilityKey, { closedOn, decision }: Static<NonNullable<(typeof closeFacility)['body']>>): Promise<Result<FacilityView, Refusal>> {
  const { tx, now } = use;
  const held = await holdFacility(use, key, 'facilities.register');
  if (!held.ok) return held;
  const facility = held.value;
  if (facility.closedOn !== null) return refuse({ code: 'facility-closed', closedOn: facility.closedOn });
  if (compareDays(closedOn, now.today) > 0) return refuse({ code: 'facility-day-in-future', day: closedOn, today: now.today });
  if (compareDays(closedOn, facility.openedOn) < 0) return refuse({ code: 'before-opening', day: closedOn, openedOn: facility.openedOn });
  const words = impersonal(decision);
  if (!words.ok) return words;
  const last = await asMachinery(tx, () => findLastDay(tx, key.province, key.facility));
  const there = last === undefined ? facility.bookVoluntary + facility.bookCompulsory : last.closing.voluntary + last.closing.compulsory;
  if (there > 0 || (last !== undefined && last.day > closedOn)) return refuse({ code: 'people-still-there', there, day: last?.day ?? facility.bookFrom });
  await closeStored(tx, key.province, key.facility, closedOn, decision);
  await log(use, { key, action: 'facilities.closed', target: { type: 'facility', id: key.facility }, facts: { closedOn } });
  return facilityView(use, key);
}

/** Asked by what needs a facility's name and place only. */
export const facilityOf = (use: UseCase, key: FacilityKey) => findFacility(use.tx, key.province, key.facility);
