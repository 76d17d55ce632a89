/** Which units' figures a reader may ask for. The same reach that row security reads, said once more for what is kept in memory. */
import { reaches, type Actor } from '#kernel/actor.ts';
import { permissions } from './permissions.ts';

export type Place = { readonly province: string; readonly commune: string | null };
type Placed = { readonly code: string; readonly depth: number; readonly province: string };

/**
 * Where a unit stands for rights: the nation, a province, or the commune at or above it.
 *
 * @param ancestors codes above the unit, from its parent to the nation
 */
export function placeOf(unit: Placed, ancestors: readonly string[]): Place {
  if (unit.depth <= 1) return { province: '00', commune: null };
  if (unit.depth === 2) return { province: unit.province, commune: null };
  return { province: unit.province, commune: unit.depth === 3 ? unit.code : (ancestors[unit.depth - 4] ?? unit.code) };
}

const readers: readonly string[] = permissions['indicators.read'];
/**
 * Nation's readers see every unit; a province's its own and those below, the police sums of the province only; a commune's its own
 * (SECURITY R8: deny by default).
 */
export const mayReadFigures = (actor: Actor, { province, commune }: Place): boolean => actor.grants.some((grant) =>
  readers.includes(grant.role) && grant.opensNoContent !== true && reaches(grant.reach, province, commune) && (grant.role !== 'province-police' || commune === null));

/** True when every unit of the nation may be read: nothing need be asked unit by unit. */
export const readsNation = (actor: Actor): boolean => actor.grants.some((grant) => readers.includes(grant.role) && grant.opensNoContent !== true && grant.reach.level === 'nation' && grant.role !== 'province-police');

/** The widest place the reader may ask for: what an overview opens with. */
export function widestPlace(actor: Actor): Place | undefined {
  const reach = actor.grants.filter((grant) => readers.includes(grant.role) && grant.opensNoContent !== true).map((grant) => grant.reach);
  if (reach.some((one) => one.level === 'nation')) return { province: '00', commune: null };
  const province = reach.find((one) => one.level === 'province');
  if (province?.level === 'province') return { province: province.province, commune: null };
  const commune = reach.find((one) => one.level === 'commune');
  return commune?.level === 'commune' ? { province: commune.province, commune: commune.commune } : undefined;
}
