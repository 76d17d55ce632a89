/** What of the country an actor's grants open: pure, for filters of queries and for the buttons of screens alike. */
import { reaches, type Actor, type Grant } from './actor.ts';
import type { Place } from './policy.ts';

export type Scope = {
  readonly all: boolean;
  /** Provinces read whole, and `province/commune` read. */
  readonly provinces: readonly string[];
  readonly communes: readonly string[];
  /** Provinces the actor stands in at all: what belongs to them is seen from inside. */
  readonly within: readonly string[];
};

type OfRole = (role: string) => boolean;

/** @param opens which roles count, as the module's permissions say */
export function scopeWhere(grants: readonly Grant[], opens: OfRole): Scope {
  const reading = grants.filter((grant) => opens(grant.role)).map((grant) => grant.reach);
  const provinces = reading.flatMap((reach) => (reach.level === 'province' ? [reach.province] : []));
  const communes = reading.flatMap((reach) => (reach.level === 'commune' ? [`${reach.province}/${reach.commune}`] : []));
  return { all: reading.some((reach) => reach.level === 'nation'), provinces, communes, within: [...provinces, ...communes.map((one) => one.slice(0, one.indexOf('/')))] };
}

/** The grant an actor acts with at a place: its office and post are what a record names. */
export const grantWhere = (actor: Actor, opens: OfRole, place: Place): Grant | undefined => actor.grants.find((grant) => opens(grant.role) && reaches(grant.reach, place.province, place.commune));

/** The grant at the very level that something belongs to: the nation's to a central office ('00'), a province's to its own. */
export const grantOfOwner = (actor: Actor, opens: OfRole, province: string): Grant | undefined =>
  actor.grants.find((grant) => opens(grant.role) && (province === '00' ? grant.reach.level === 'nation' : grant.reach.level === 'province' && grant.reach.province === province));
