import { reaches, type Actor } from './actor.ts';

/** Which roles hold which permission. Composed from the modules' manifests; what it does not name is denied (SECURITY R8). */
export type Policy = Readonly<Record<string, readonly string[]>>;

/** A place by codes; `commune` absent or null means the province itself ('00' is the nation). */
export type Place = { readonly province: string; readonly commune?: string | null };

/**
 * The one question of authorisation: may this actor do this, here?
 *
 * @param place left out, the answer is whether the actor may do it anywhere at all (for a route's door)
 */
export function mayDo(policy: Policy, actor: Actor, permission: string, place?: Place): boolean {
  const roles = policy[permission];
  if (roles === undefined) return false;
  return actor.grants.some((grant) => roles.includes(grant.role) && (place === undefined || reaches(grant.reach, place.province, place.commune)));
}
