/** Places as prevention meets them: communes on a day, names, rows of provinces and communes. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { getTree, getUnit, provinceCodes } from '#modules/org-units/index.ts';
import { grantFor, managingGrant } from '../rules/scope.ts';
import type { Area } from '../schema.ts';
import { byOf, type UseCase } from './use-case.ts';

export async function communeOn(use: UseCase, { province, commune }: Area, day: PlainDate): Promise<Result<{ nameVi: string }, Refusal>> {
  const unit = await getUnit(use.tx, commune, day);
  return unit.ok && unit.value.level === 'commune' && unit.value.province === province ? ok({ nameVi: unit.value.nameVi }) : refuse({ code: 'unit-unknown', unitCode: commune });
}
export const named = (use: UseCase, areas: readonly Area[], day: PlainDate): Promise<(Area & { nameVi: string })[]> => Promise.all(areas.map(async (area) => {
  const unit = await getUnit(use.tx, area.commune, day);
  return { ...area, nameVi: unit.ok ? unit.value.nameVi : area.commune };
}));
export const mayAdd = (use: UseCase): string[] => provinceCodes().filter((province) => managingGrant(use.actor, province) !== undefined);
export const recordingGrant = (use: UseCase, { province, commune }: Area) => (use.may('prevention.record', { province, commune }) ? grantFor(use.actor, 'prevention.record', { province, commune }) : undefined);

export type Level = 'province' | 'commune';
/** The province a reader looks into: the one asked for, or their own where they do not read the nation. */
export function looksInto(use: UseCase, owner: string, asked: string | undefined): { readonly province: string | undefined; readonly level: Level } {
  const { scope } = byOf(use);
  const province = owner !== '00' ? owner : asked === '00' ? undefined : asked ?? (scope.all ? undefined : scope.within[0]);
  return { province, level: province === undefined ? 'province' : 'commune' };
}
export type UnitRow = { readonly province: string; readonly code: string; readonly nameVi: string; readonly communes: number };
/** Every province, or every commune of one, that the reader sees. */
export async function unitRows(use: UseCase, { province, level }: { readonly province: string | undefined; readonly level: Level }): Promise<UnitRow[]> {
  const { scope } = byOf(use);
  const tree = await getTree(use.tx, use.now.today);
  const provinces = tree.provinces.filter((one) => (province === undefined || one.code === province) && (scope.all || scope.within.includes(one.code)));
  if (level === 'province') return provinces.map((one) => ({ province: one.code, code: one.code, nameVi: one.nameVi, communes: one.communes.length }));
  return provinces.flatMap((one) => one.communes.filter(([code]) => scope.all || scope.provinces.includes(one.code) || scope.communes.includes(`${one.code}/${code}`)).map(([code, nameVi]) => ({ province: one.code, code, nameVi, communes: 1 })));
}
/** The commune whose own figures are shown beside: the one asked for when the reader sees it, else the reader's own. */
export function ownCommune(use: UseCase, asked: Area | undefined): Area | undefined {
  const { scope } = byOf(use);
  const [first] = scope.communes;
  if (asked === undefined) return first === undefined || scope.all || scope.provinces.length > 0 ? undefined : { province: first.slice(0, first.indexOf('/')), commune: first.slice(first.indexOf('/') + 1) };
  return scope.all || scope.provinces.includes(asked.province) || scope.communes.includes(`${asked.province}/${asked.commune}`) ? asked : undefined;
}
