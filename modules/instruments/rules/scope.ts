/** What an actor may see, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import type { Grant } from '#kernel/actor.ts';
import { hasPermission } from './permissions.ts';

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
  const reading = grants.filter((grant) => hasPermission(grant.role, 'instruments.read')).map((grant) => grant.reach);
  const provinces = reading.flatMap((reach) => (reach.level === 'province' ? [reach.province] : []));
  const communes = reading.flatMap((reach) => (reach.level === 'commune' ? [`${reach.province}/${reach.commune}`] : []));
  return { all: reading.some((reach) => reach.level === 'nation'), provinces, communes, within: [...provinces, ...communes.map((one) => one.slice(0, one.indexOf('/')))] };
}

