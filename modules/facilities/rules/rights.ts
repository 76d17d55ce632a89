/** Which facility an actor may read, run or oversee: the one answer in code. Row security says the same again. */
import { reaches, type Actor } from '#kernel/actor.ts';
import { permissions, type Permission } from './permissions.ts';

export type Placed = { readonly province: string; readonly managerOffice: string };

/**
 * A manager reaches the facilities of the office at which the role is held, in its province; everyone else the facilities of the
 * provinces a grant reaches.
 */
export const mayAt = (actor: Actor, permission: Permission, { province, managerOffice }: Placed): boolean => {
  const roles: readonly string[] = permissions[permission];
  return actor.grants.some((grant) => roles.includes(grant.role) && (grant.role === 'facility-manager'
    ? grant.reach.level !== 'nation' && grant.reach.province === province && grant.office === managerOffice
    : reaches(grant.reach, province)));
};
/** The role under which a thing is done there; what the record of it names. */
export const roleAt = (actor: Actor, permission: Permission, placed: Placed): string =>
  actor.grants.find((grant) => (permissions[permission] as readonly string[]).includes(grant.role) && mayAt({ ...actor, grants: [grant] }, permission, placed))?.role ?? '';
