/** Decisions of the general review (Plan 483/KH-BCA-C04 of 07/10/2024 and its successors): pure, no clock. */
import type { PlainDate } from '#kernel/day.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Campaign, Outcome, PlaceKind } from '../schema.ts';

type Days = { readonly startsOn: PlainDate; readonly endsOn: PlainDate; readonly reviewDays: readonly PlainDate[] };
/** A campaign begins before it ends, and is reviewed after it began; a review may follow its end by half a year at most. */
export function daysOf({ startsOn, endsOn, reviewDays }: Days): Result<readonly PlainDate[], Refusal> {
  if (endsOn < startsOn) return refuse({ code: 'coverage-days-wrong', startsOn, endsOn });
  const outside = reviewDays.find((day) => day < startsOn);
  if (outside !== undefined) return refuse({ code: 'coverage-review-outside', day: outside });
  return ok([...new Set(reviewDays)].sort());
}

/** Words by which Vietnamese addresses a person: a name after one of them is somebody's, not a place's. */
const addressed = /(^|[\s(,])(ông|bà|anh|chị|em|cô|chú|bác|mr|mrs|ms)\.?\s+\p{Lu}/u;
/** E1: names of residential groups are names of places. Numbers of persons and forms of address are refused. */
export const pointsToPerson = (text: string): boolean => looksPersonal(text) || addressed.test(text);

type NewPlace = { readonly kind: PlaceKind; readonly name: string; readonly plannedOn: PlainDate | null };
/**
 * May this place be added? A residential group needs its name ("Tổ dân phố 3"); establishments of a type are a numbered cluster without a
 * name, because names of establishments are often their owners'.
 */
export function placeAllowed(campaign: Campaign, place: NewPlace): Result<true, Refusal> {
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  if (!campaign.kinds.includes(place.kind)) return refuse({ code: 'coverage-kind-not-in-campaign', kind: place.kind });
  if (place.kind === 'residential-group' && place.name.trim() === '') return refuse({ code: 'coverage-name-needed' });
  if (place.kind !== 'residential-group' && place.name.trim() !== '') return refuse({ code: 'coverage-name-not-taken', kind: place.kind });
  if (pointsToPerson(place.name)) return refuse({ code: 'coverage-personal' });
  return planAllowed(campaign, place.plannedOn);
}

export function planAllowed(campaign: Campaign, plannedOn: PlainDate | null): Result<true, Refusal> {
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  if (plannedOn !== null && (plannedOn < campaign.startsOn || plannedOn > campaign.endsOn)) return refuse({ code: 'coverage-plan-outside', startsOn: campaign.startsOn, endsOn: campaign.endsOn });
  return ok(true);
}

type NewVisit = { readonly visitedOn: PlainDate; readonly outcome: Outcome; readonly sizeReached: number; readonly offered: readonly number[]; readonly accepted: readonly number[] };
/** May this visit be recorded? Days lie within the campaign and not ahead; what was accepted was offered; a shut place has no counts. */
export function visitAllowed(campaign: Campaign, place: { readonly size: number }, visit: NewVisit, today: PlainDate): Result<true, Refusal> {
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  if (visit.visitedOn > today) return refuse({ code: 'coverage-visit-in-future' });
  if (visit.visitedOn < campaign.startsOn || visit.visitedOn > campaign.endsOn) return refuse({ code: 'coverage-visit-outside', startsOn: campaign.startsOn, endsOn: campaign.endsOn });
  const counts = [visit.sizeReached, ...visit.offered, ...visit.accepted];
  if (visit.outcome !== 'reached' && counts.some((count) => count > 0)) return refuse({ code: 'coverage-counts-without-reach' });
  if (visit.sizeReached > place.size) return refuse({ code: 'coverage-more-than-size', size: place.size });
  if (visit.accepted.some((count, at) => count > (visit.offered[at] ?? 0))) return refuse({ code: 'coverage-more-than-offered' });
  return ok(true);
}

/** Counts of people from 1 to 4 point to somebody and are not shown outside the commune (SECURITY section 5). */
export const shownCount = (count: number): number | null => (count > 0 && count < 5 ? null : count);

type Sized = { readonly places: number; readonly notApplicable: number; readonly reached: number; readonly communes: number; readonly divided: number };
/** Share of the places that can be reached which have been; null where nothing is there to reach. */
export const shareReached = ({ places, notApplicable, reached }: Pick<Sized, 'places' | 'notApplicable' | 'reached'>): number | null => (places - notApplicable === 0 ? null : reached / (places - notApplicable));
/** How much of an area is covered, 0 to 1: the share reached, as far as its communes have been divided at all; 1 where nothing is to be reached. */
const covered = (row: Sized): number => (row.divided === 0 ? 0 : (row.communes === 0 ? 1 : Math.min(1, row.divided / row.communes)) * (shareReached(row) ?? 1));
/** Gaps first: the least covered; of those with nothing reached, the ones not divided before the others. */
export function byGap<R extends Sized & { readonly code: string }>(a: R, b: R): number {
  return covered(a) - covered(b) || Math.sign(a.divided) - Math.sign(b.divided) || (a.code < b.code ? -1 : 1);
}
