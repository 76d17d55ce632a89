/** What an actor may see, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import type { Grant } from '#kernel/actor.ts';
import { scopeWhere, type Scope } from '#kernel/scope.ts';
import { hasPermission } from './permissions.ts';

export const scopeOf = (grants: readonly Grant[]): Scope => scopeWhere(grants, (role) => hasPermission(role, 'instruments.read'));
