/** What an actor may see, from its grants: the one answer that builds every query's filter (SECURITY R9). Row security says the same again. */
import type { Grant } from '#kernel/actor.ts';
import { hasPermission } from './permissions.ts';

export type Scope = {
  /** The machinery itself: drafts too. */
  readonly machinery: boolean;
  /** Everything issued: the Government Office, national analysts and auditors of the nation. */
  readonly all: boolean;
  /** Provinces read whole. */
  readonly provinces: readonly string[];
  /** `province/commune` read. */
  readonly communes: readonly string[];
  /** Offices for which the actor acts; offices from which it drafts, assigns and decides. */
  readonly acting: readonly string[];
  readonly deciding: readonly string[];
  /** A ministry sees the centre's tasks and those it coordinates. */
  readonly ministry: boolean;
};

export const everything: Scope = { machinery: true, all: true, provinces: [], communes: [], acting: [], deciding: [], ministry: false };

const ofNation = new Set(['government-office', 'national-analyst', 'auditor']);
const ofProvince = new Set(['province-leader', 'province-secretary', 'province-police', 'auditor']);
const ofCommune = new Set(['commune-leader', 'commune-officer', 'auditor']);

export function scopeOf(grants: readonly Grant[]): Scope {
  const places = { provinces: new Set<string>(), communes: new Set<string>() };
  for (const { role, reach } of grants) {
    if (reach.level === 'province' && ofProvince.has(role)) places.provinces.add(reach.province);
    if (reach.level === 'commune' && ofCommune.has(role)) places.communes.add(`${reach.province}/${reach.commune}`);
  }
  const offices = (permission: 'tasks.act' | 'tasks.decide'): string[] => grants.filter((grant) => hasPermission(grant.role, permission)).map((grant) => grant.office);
  return {
    machinery: false, all: grants.some(({ role, reach }) => reach.level === 'nation' && ofNation.has(role)), provinces: [...places.provinces], communes: [...places.communes],
    acting: offices('tasks.act'), deciding: offices('tasks.decide'), ministry: grants.some((grant) => grant.role === 'ministry'),
  };
}
