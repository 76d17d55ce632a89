/** Staff, schooling and vocational courses, treatment of accompanying illness, mobile court hearings: counts. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, Prose, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { commonProblems, Count, FacilityKey } from './words.ts';

export const Staffing = shape({ day: Day, staff: Count, healthStaff: Count });
export type Staffing = Static<typeof Staffing>;
/**
 * literacy, schooling, vocational: a course from a day to a day, people attending, and at its end how many finished; illness-care: people
 * treated in the time for illness besides, never by disease; counselling: sessions; mobile-court: hearings held at the facility.
 */
export const activityKinds = ['literacy', 'schooling', 'vocational', 'illness-care', 'counselling', 'mobile-court'] as const;
export const ActivityKind = oneOf(activityKinds);
export type ActivityKind = (typeof activityKinds)[number];
export const courseKinds: readonly ActivityKind[] = ['literacy', 'schooling', 'vocational'];
export const ActivityInput = shape({ kind: ActivityKind, fromDay: Day, toDay: Nullable(Day), people: Count, finished: Count, sessions: Count, note: Prose(200) });
export type ActivityInput = Static<typeof ActivityInput>;
export const Activity = shape({ ...ActivityInput.properties, id: Type.String(), rev: Type.Integer() });
export type Activity = Static<typeof Activity>;

const problems = { ...commonProblems, 'facility-day-in-future': 422, 'before-opening': 422, 'facility-days-reversed': 422, 'more-finished-than-people': 422, 'more-health-than-staff': 422 } as const;
export const getLife = contract({
  method: 'GET', path: '/facilities/:province/:facility/life', who: 'facilities.read-book', summary: 'Staff, courses, services and hearings of the last two years',
  params: FacilityKey, reply: shape({ staffing: List(Staffing, 200), activities: List(Activity, 1000) }), problems,
});
export const recordStaffing = contract({
  method: 'PUT', path: '/facilities/:province/:facility/staffing', who: 'facilities.record', summary: 'Staff from a day on', params: FacilityKey, body: Staffing, reply: Staffing, problems,
});
export const recordActivity = contract({
  method: 'POST', path: '/facilities/:province/:facility/activities', who: 'facilities.record', summary: 'A course, a service or hearings', params: FacilityKey, body: ActivityInput, reply: Activity, problems,
});
export const changeActivity = contract({
  method: 'PUT', path: '/facilities/:province/:facility/activities/:activity', who: 'facilities.record', summary: 'Put a record of life right, or end a course',
  params: shape({ ...FacilityKey.properties, activity: Uuid }), body: shape({ rev: Type.Integer({ minimum: 1 }), activity: ActivityInput }), reply: Activity, problems,
});
