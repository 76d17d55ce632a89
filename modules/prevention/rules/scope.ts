/** What an actor may see, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import { reaches, type Actor, type Grant } from '#kernel/actor.ts';
import type { Place } from '#kernel/policy.ts';
import { hasPermission, type Permission } from './permissions.ts';

export type Scope = {
  readonly all: boolean;
  /** Provinces read whole, and `province/commune` read. */
  readonly provinces: readonly string[];
  readonly communes: readonly string[];
  /** Provinces the actor stands in at all: their own campaigns are seen from inside. */
  readonly within: readonly string[];
};
export const everything: Scope = { all: true, provinces: [], communes: [], within: [] };

export function scopeOf(grants: readonly Grant[]): Scope {
  const reading = grants.filter((grant) => hasPermission(grant.role, 'prevention.read')).map((grant) => grant.reach);
  const provinces = reading.flatMap((reach) => (reach.level === 'province' ? [reach.province] : []));
  const communes = reading.flatMap((reach) => (reach.level === 'commune' ? [`${reach.province}/${reach.commune}`] : []));
  return { all: reading.some((reach) => reach.level === 'nation'), provinces, communes, within: [...provinces, ...communes.map((one) => one.slice(0, one.indexOf('/')))] };
}

/** The grant an actor records or plans with at a place: its office and post are what the record names. */
export const grantFor = (actor: Actor, permission: Permission, place: Place): Grant | undefined =>
  actor.grants.find((grant) => hasPermission(grant.role, permission) && reaches(grant.reach, place.province, place.commune));

/** Models, pilots and campaigns belong to whom they are made for: the nation to a central office, a province to its own. */
export const managingGrant = (actor: Actor, province: string): Grant | undefined =>
  actor.grants.find((grant) => hasPermission(grant.role, 'prevention.manage') && (province === '00' ? grant.reach.level === 'nation' : grant.reach.level === 'province' && grant.reach.province === province));

