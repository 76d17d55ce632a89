/** Whose proposals a reader may ask for. Said here because what is kept in memory is not behind row security. */
import { reaches, type Actor } from '#kernel/actor.ts';
import { permissions } from './permissions.ts';

export type Place = { readonly province: string; readonly commune: string | null };
const readers: readonly string[] = permissions['classification.read'];
const opening = (actor: Actor) => actor.grants.filter((grant) => readers.includes(grant.role) && grant.opensNoContent !== true);

/** The nation's readers see every place; a province's its own and those below, its police among them because they advise (Art. 7); a commune's its own. */
export const mayReadPlace = (actor: Actor, { province, commune }: Place): boolean => opening(actor).some((grant) => reaches(grant.reach, province, commune));

/** The widest place of a reader: what is asked for when no unit is named. */
export function widestPlace(actor: Actor): Place | undefined {
  const reach = opening(actor).map((grant) => grant.reach);
  if (reach.some((one) => one.level === 'nation')) return { province: '00', commune: null };
  const province = reach.find((one) => one.level === 'province');
  if (province?.level === 'province') return { province: province.province, commune: null };
  const commune = reach.find((one) => one.level === 'commune');
  return commune?.level === 'commune' ? { province: commune.province, commune: commune.commune } : undefined;
}
