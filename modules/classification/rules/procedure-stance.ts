/** What a person is to a case, from the posts the person holds. Article 7: the police advise, the People's Committee decides about communes, the Ministry of Public Security about provinces. */
import type { Grant } from '#kernel/actor.ts';
import type { Seat } from '../schema.ts';
import type { Stance } from './procedure.ts';

export type Area = { readonly province: string; readonly unit: string; readonly level: 'commune' | 'province' };

/** The office that decides about provinces (Article 7). */
export const decidingMinistry = 'BCA';

const ofProvince = (grant: Grant, province: string): boolean => grant.reach.level === 'province' && grant.reach.province === province;
const ofCommune = (grant: Grant, area: Area): boolean => grant.reach.level === 'commune' && grant.reach.province === area.province && grant.reach.commune === area.unit;
const ofMinistry = (grant: Grant): boolean => grant.reach.level === 'nation' && grant.office === decidingMinistry;
const isRole = (grant: Grant, ...roles: readonly string[]): boolean => roles.includes(grant.role);

/** Whose council it is: the province's for its communes, the ministry's ('00') for provinces. */
export const councilOf = (area: Area): string => (area.level === 'commune' ? area.province : '00');

/** A province's council is kept by the province itself, the ministry's by the ministry: nobody above or beside them. */
export const keepsCouncil = (grants: readonly Grant[], council: string): boolean =>
  grants.some((grant) => (council === '00' ? ofMinistry(grant) : ofProvince(grant, council) && isRole(grant, 'province-leader', 'province-secretary')));

/** The grants by which a person belongs to the unit assessed, to the office that decides, as its adviser, as its head. */
function grantsFor(area: Area, grants: readonly Grant[]) {
  const commune = area.level === 'commune';
  const own = grants.filter((grant) => (commune ? ofCommune(grant, area) : ofProvince(grant, area.province)));
  const deciding = grants.filter((grant) => (commune ? ofProvince(grant, area.province) : ofMinistry(grant)));
  return {
    unit: own.filter((grant) => (commune ? isRole(grant, 'commune-leader', 'commune-officer') : isRole(grant, 'province-leader', 'province-secretary', 'province-police'))),
    unitHead: own.filter((grant) => isRole(grant, commune ? 'commune-leader' : 'province-leader')),
    adviser: deciding.filter((grant) => (commune ? isRole(grant, 'province-police', 'province-secretary') : isRole(grant, 'ministry', 'national-analyst'))),
    head: deciding.filter((grant) => isRole(grant, commune ? 'province-leader' : 'ministry')),
    objecting: grants.filter((grant) => grant.reach.level === 'nation' && isRole(grant, 'government-office', 'ministry') && !(area.level === 'province' && ofMinistry(grant))),
  };
}

/** @param seats the council that sits on the case: a member acts by holding the seat's post at its office */
export function stanceOf(account: string, grants: readonly Grant[], area: Area, seats: readonly Seat[]): Stance {
  const mine = grantsFor(area, grants);
  const seat = seats.find((one) => grants.some((grant) => grant.office === one.office && grant.post === one.post));
  return {
    account, unit: mine.unit.length > 0, unitHead: mine.unitHead.length > 0, office: mine.adviser.length > 0 || mine.head.length > 0, adviser: mine.adviser.length > 0, head: mine.head.length > 0,
    seat: seat?.id ?? null, chair: seat?.part === 'chair', objects: mine.unit.length > 0 ? 'unit' : mine.objecting.length > 0 ? 'office' : null,
  };
}

/** The post under which an act is written down: the most fitting of those held, or the first. */
export function postFor(grants: readonly Grant[], area: Area, order: readonly ('unit' | 'unitHead' | 'adviser' | 'head' | 'objecting')[]): Grant | undefined {
  const mine = grantsFor(area, grants);
  return order.map((part) => mine[part][0]).find((grant) => grant !== undefined) ?? grants[0];
}

/** May see numbers that could point at people: the unit itself and the province that approves it; its police advise from verdicts, as E4 gives the police protected sums only. */
export const seesSmallNumbers = (grants: readonly Grant[], area: Area): boolean =>
  area.level === 'province' || grants.some((grant) => ofCommune(grant, area) || (ofProvince(grant, area.province) && isRole(grant, 'province-leader', 'province-secretary')));
