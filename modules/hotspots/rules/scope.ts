/** What an actor may see and do, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import { reaches, type Actor, type Grant } from '#kernel/actor.ts';
import { hasPermission, type Permission } from './permissions.ts';

/** `all`: the nation; else provinces read whole and `province/commune` read. `offices` are those of the actor, for "mine". */
export type Scope = { readonly all: boolean; readonly provinces: readonly string[]; readonly communes: readonly string[]; readonly offices: readonly string[] };

export const everything: Scope = { all: true, provinces: [], communes: [], offices: [] };

const ofNation = new Set(['government-office', 'ministry', 'national-analyst', 'auditor']);
const ofProvince = new Set(['province-leader', 'province-secretary', 'province-police', 'auditor']);
const ofCommune = new Set(['commune-leader', 'commune-officer', 'auditor']);

export function scopeOf(grants: readonly Grant[]): Scope {
  const places = { provinces: new Set<string>(), communes: new Set<string>() };
  for (const { role, reach } of grants) {
    if (reach.level === 'province' && ofProvince.has(role)) places.provinces.add(reach.province);
    if (reach.level === 'commune' && ofCommune.has(role)) places.communes.add(`${reach.province}/${reach.commune}`);
  }
  return {
    all: grants.some(({ role, reach }) => reach.level === 'nation' && ofNation.has(role)), provinces: [...places.provinces], communes: [...places.communes],
    offices: [...new Set(grants.filter(({ role }) => hasPermission(role, 'hotspots.read')).map(({ office }) => office))],
  };
}

/** The actor's grant that holds a permission at a place; acting on places is for people of the area, so a grant of the nation is none. */
export const grantFor = (actor: Actor, permission: Permission, at: { readonly province: string; readonly commune: string }): Grant | undefined =>
  actor.grants.find(({ role, reach }) => reach.level !== 'nation' && hasPermission(role, permission) && reaches(reach, at.province, at.commune));
