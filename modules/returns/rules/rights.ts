/** Who enters, approves and sees the whole of a return. Decided for each command by its own sender's grants (SECURITY R12). */
import type { Actor, Grant } from '#kernel/actor.ts';
import type { DataSet } from '#modules/definitions/schema.ts';
import type { Step } from '../schema.ts';
import { hasPermission, type Permission } from './permissions.ts';

/** A reporting unit: its shard, and the commune it is or lies in (null for a province or the nation). */
export type UnitPlace = { readonly code: string; readonly province: string; readonly depth: number; readonly commune: string | null };
export type EntrySet = Pick<DataSet, 'enteredBy'>;

/** Offices beside the administration of a place: each has to do with the data sets that name it, and with no other one's. */
const narrow = new Set(['province-police', 'facility-manager']);

/** A data set that names nobody is everybody's who administers the unit. */
const entersSet = (role: string, { enteredBy }: EntrySet): boolean => (enteredBy === undefined ? !narrow.has(role) : enteredBy.includes(role));
const readsSet = (role: string, dataSet: EntrySet): boolean => !narrow.has(role) || entersSet(role, dataSet);

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
/** Narrow offices read at their own place only: for the police no commune's return, for a facility none but the one it works for. */
const reads = (grant: Grant, unit: UnitPlace): boolean => (narrow.has(grant.role) ? isAt(grant, unit) : reachesDown(grant, unit));

const holds = (actor: Actor, permission: Permission, where: (grant: Grant) => boolean): Grant | undefined =>
  actor.grants.find((grant) => grant.opensNoContent !== true && hasPermission(grant.role, permission) && where(grant));

export const mayEnter = (actor: Actor, unit: UnitPlace, dataSet: EntrySet): boolean => holds(actor, 'returns.submit', (grant) => isAt(grant, unit) && entersSet(grant.role, dataSet)) !== undefined;
/** A province brings in the files of its communes; the ministry those of provinces. */
export const mayImport = (actor: Actor, unit: UnitPlace, dataSet: EntrySet): boolean =>
  holds(actor, 'returns.import', (grant) => (isAt(grant, unit) ? entersSet(grant.role, dataSet) : grant.reach.level === 'province' && grant.reach.province === unit.province)) !== undefined;

const stepLevels: Readonly<Record<Step, (grant: Grant, unit: UnitPlace) => boolean>> = {
  head: (grant, unit) => isAt(grant, unit) && ['commune-leader', 'facility-manager', 'province-leader', 'ministry'].includes(grant.role),
  province: (grant, unit) => grant.reach.level === 'province' && grant.reach.province === unit.province && unit.depth > 2 && !narrow.has(grant.role),
  ministry: (grant) => grant.reach.level === 'nation' && grant.role === 'ministry',
};
/** The grant by which the actor decides at a step, undefined when there is none. */
export const approvingGrant = (actor: Actor, step: Step, unit: UnitPlace, dataSet: EntrySet): Grant | undefined =>
  holds(actor, 'returns.approve', (grant) => stepLevels[step](grant, unit) && readsSet(grant.role, dataSet));

/** A unit's return of a data set, box by box. */
export const mayRead = (actor: Actor, unit: UnitPlace, dataSet: EntrySet): boolean => holds(actor, 'returns.read', (grant) => reads(grant, unit) && readsSet(grant.role, dataSet)) !== undefined;
/** What a unit owes, how many came, and the sums of what lies below it. */
export const mayReadSums = (actor: Actor, unit: UnitPlace): boolean => holds(actor, 'returns.read', (grant) => reads(grant, unit)) !== undefined;

const wholeRoles = new Set(['province-leader', 'province-secretary', 'commune-leader', 'commune-officer']);
/** Whether protected counts are shown: to the unit itself and to the province office that approves it; figures of a province are nobody's secret. */
export function seesWhole(actor: Actor, unit: UnitPlace): boolean {
  if (unit.depth <= 2) return true;
  return actor.grants.some((grant) => grant.opensNoContent !== true && grant.reach.level !== 'nation' && (wholeRoles.has(grant.role) ? reachesDown(grant, unit) : grant.role === 'facility-manager' && isAt(grant, unit)));
}
