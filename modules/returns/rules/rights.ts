/** Who enters, approves and sees the whole of a return. Decided for each command by its own sender's grants (SECURITY R12). */
import type { Actor, Grant } from '#kernel/actor.ts';
import type { Step } from '../schema.ts';
import { hasPermission, type Permission } from './permissions.ts';

/** A reporting unit: its shard, and the commune it is or lies in (null for a province or the nation). */
export type UnitPlace = { readonly code: string; readonly province: string; readonly depth: number; readonly commune: string | null };

/** True when the grant is held at this very unit, not above it: reaching down is not entering for others. */
function isAt({ reach }: Grant, unit: UnitPlace): boolean {
  switch (reach.level) {
    case 'nation': return unit.depth <= 1;
    case 'province': return unit.depth === 2 && reach.province === unit.province;
    case 'commune': return unit.depth >= 3 && reach.province === unit.province && reach.commune === unit.commune;
  }
}

const reachesDown = ({ reach }: Grant, unit: UnitPlace): boolean => {
  switch (reach.level) {
    case 'nation': return true;
    case 'province': return reach.province === unit.province;
    case 'commune': return reach.province === unit.province && reach.commune === unit.commune;
  }
};

const holds = (actor: Actor, permission: Permission, where: (grant: Grant) => boolean): Grant | undefined =>
  actor.grants.find((grant) => grant.opensNoContent !== true && hasPermission(grant.role, permission) && where(grant));

export const mayEnter = (actor: Actor, unit: UnitPlace): boolean => holds(actor, 'returns.submit', (grant) => isAt(grant, unit)) !== undefined;
/** A province brings in the files of its communes; the ministry those of provinces. */
export const mayImport = (actor: Actor, unit: UnitPlace): boolean =>
  holds(actor, 'returns.import', (grant) => isAt(grant, unit) || (grant.reach.level === 'province' && grant.reach.province === unit.province)) !== undefined;

const stepLevels: Readonly<Record<Step, (grant: Grant, unit: UnitPlace) => boolean>> = {
  head: (grant, unit) => isAt(grant, unit) && ['commune-leader', 'facility-manager', 'province-leader', 'ministry'].includes(grant.role),
  province: (grant, unit) => grant.reach.level === 'province' && grant.reach.province === unit.province && unit.depth > 2,
  ministry: (grant) => grant.reach.level === 'nation' && grant.role === 'ministry',
};
/** The grant by which the actor decides at a step, undefined when there is none. */
export const approvingGrant = (actor: Actor, step: Step, unit: UnitPlace): Grant | undefined => holds(actor, 'returns.approve', (grant) => stepLevels[step](grant, unit));

export const mayRead = (actor: Actor, unit: UnitPlace): boolean => {
  const grant = holds(actor, 'returns.read', (one) => reachesDown(one, unit) && (one.role !== 'province-police' || unit.depth <= 2));
  return grant !== undefined;
};

const wholeRoles = new Set(['province-leader', 'province-secretary', 'commune-leader', 'commune-officer', 'facility-manager']);
/** Whether small protected counts are shown: to the unit itself and to the province office that approves it; figures of a province are nobody's secret. */
export function seesWhole(actor: Actor, unit: UnitPlace): boolean {
  if (unit.depth <= 2) return true;
  return actor.grants.some((grant) => grant.opensNoContent !== true && wholeRoles.has(grant.role) && grant.reach.level !== 'nation' && reachesDown(grant, unit));
}
