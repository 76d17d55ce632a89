/** Staff, courses, services, hearings. */
import { addDays, compareDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Activity, ActivityInput, FacilityKey, Staffing } from '../schema.ts';
import { insertActivity, listActivities, listStaffing, revisionOfActivity, saveStaffing, updateActivity } from '../store/life.ts';
import type { FacilityStored } from '../store/register.ts';
import { facilityFor, holdFacility, impersonal, log, notFound, type UseCase } from './use-case.ts';

export async function lifeOf(use: UseCase, key: FacilityKey): Promise<Result<{ staffing: Staffing[]; activities: Activity[] }, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.read-book');
  if (!found.ok) return found;
  const since = addDays(use.now.today, -730);
  return ok({ staffing: await listStaffing(use.tx, key.province, key.facility), activities: (await listActivities(use.tx, key.province, key.facility)).filter((one) => (one.toDay ?? one.fromDay) >= since) });
}

export async function staffFrom(use: UseCase, key: FacilityKey, body: Staffing): Promise<Result<Staffing, Refusal>> {
  const held = await holdFacility(use, key, 'facilities.record');
  if (!held.ok) return held;
  const inside = dayFits(use, held.value, body.day);
  if (!inside.ok) return inside;
  if (body.healthStaff > body.staff) return refuse({ code: 'more-health-than-staff', staff: body.staff, healthStaff: body.healthStaff });
  await saveStaffing(use.tx, key.province, key.facility, body);
  await log(use, { key, action: 'facilities.staff-recorded', target: { type: 'facility', id: key.facility }, after: body, facts: { day: body.day, staff: body.staff } });
  return ok(body);
}

const dayFits = (use: UseCase, facility: FacilityStored, day: string): Result<true, Refusal> => {
  if (compareDays(day, use.now.today) > 0) return refuse({ code: 'facility-day-in-future', day, today: use.now.today });
  return compareDays(day, facility.openedOn) < 0 ? refuse({ code: 'before-opening', day, openedOn: facility.openedOn }) : ok(true);
};

/** A course may end on a day to come; it may not begin on one. */
function check(use: UseCase, facility: FacilityStored, body: ActivityInput): Result<true, Refusal> {
  const inside = dayFits(use, facility, body.fromDay);
  if (!inside.ok) return inside;
  if (body.toDay !== null && compareDays(body.toDay, body.fromDay) < 0) return refuse({ code: 'facility-days-reversed', from: body.fromDay, to: body.toDay });
  if (body.finished > body.people) return refuse({ code: 'more-finished-than-people', finished: body.finished, people: body.people });
  return impersonal(body.note);
}

export async function addActivity(use: UseCase, key: FacilityKey, body: ActivityInput): Promise<Result<Activity, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.record');
  if (!found.ok) return found;
  const checked = check(use, found.value, body);
  if (!checked.ok) return checked;
  const activity: Activity = { ...body, id: newId<'Activity'>(), rev: 1 };
  await insertActivity(use.tx, key.province, key.facility, activity);
  await log(use, { key, action: 'facilities.activity-recorded', target: { type: 'activity', id: activity.id }, after: body, facts: { kind: body.kind, people: body.people } });
  return ok(activity);
}

export async function editActivity(use: UseCase, key: FacilityKey & { readonly activity: string }, rev: number, body: ActivityInput): Promise<Result<Activity, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.record');
  if (!found.ok) return found;
  const checked = check(use, found.value, body);
  if (!checked.ok) return checked;
  const activity: Activity = { ...body, id: key.activity, rev: rev + 1 };
  if ((await updateActivity(use.tx, key.province, key.facility, activity)) === 0) {
    const stands = await revisionOfActivity(use.tx, key.province, key.facility, key.activity);
    return stands === undefined ? notFound() : refuse({ code: 'revision-stale', rev: stands.rev });
  }
  await log(use, { key, action: 'facilities.activity-changed', target: { type: 'activity', id: activity.id }, after: body, facts: { kind: body.kind, people: body.people } });
  return ok(activity);
}
