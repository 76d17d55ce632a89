/** What an actor may see and do, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import type { Actor, Grant } from '#kernel/actor.ts';
import type { Place } from '#kernel/policy.ts';
import { grantOfOwner, grantWhere, scopeWhere, type Scope } from '#kernel/scope.ts';
import { hasPermission, type Permission } from './permissions.ts';

const opens = (permission: Permission) => (role: string): boolean => hasPermission(role, permission);

export const scopeOf = (grants: readonly Grant[]): Scope => scopeWhere(grants, opens('prevention.read'));
export const grantFor = (actor: Actor, permission: Permission, place: Place): Grant | undefined => grantWhere(actor, opens(permission), place);

/** Models, pilots and campaigns belong to whom they are made for: the nation to a central office, a province to its own. */
export const managingGrant = (actor: Actor, province: string): Grant | undefined => grantOfOwner(actor, opens('prevention.manage'), province);
