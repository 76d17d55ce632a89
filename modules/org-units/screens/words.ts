import { language, sayKey, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import { fold } from '#kernel/fold.ts';
import { englishName, unitKinds, unitName, type Certainty, type TreeRow, type UnitKind, type UnitPage } from '../schema.ts';

export const sayKind = (kind: UnitKind): string => sayKey(`org-units.kind.${kind}`);
/** What a unit is: its kind, or in an imported tree what its tier is called. */
export const sayWhat = (page: UnitPage): string => page.tier?.[language()] ?? sayKind(page.current.kind);
/** Units of an imported tree have no kinds, offices or committees of ours. */
export const isOurs = (kind: UnitKind): boolean => kind !== 'unit';
export const saySeat = (role: string): string => sayKey(`org-units.seat.${role}`);
export const nameOf = (unit: { readonly nameVi: string; readonly kind: UnitKind }): string => unitName(unit, language());
export const kindOfRow = (row: TreeRow): UnitKind => unitKinds[row[2]] ?? 'commune';

/** A full Vietnamese name that came without its kind ("Tỉnh Cao Bằng"), in the language in force: the kind is its first word. */
const firstWords: readonly (readonly [word: string, kind: UnitKind])[] = [
  ['Thành phố', 'city'], ['Tỉnh', 'province'], ['Phường', 'ward'], ['Xã', 'commune'], ['Đặc khu', 'special-zone'], ['Thị trấn', 'township'], ['Huyện', 'island-district'],
];
export function placeName(nameVi: string): string {
  if (language() === 'vi') return nameVi;
  const kind = firstWords.find(([word]) => nameVi.startsWith(`${word} `))?.[1];
  return kind === undefined ? nameVi : englishName(nameVi, kind);
}

/** The same inside a sentence or a longer name: in Vietnamese the word of the kind is not a capital there. */
export const inName = (nameVi: string): string => (language() === 'vi' ? nameVi.charAt(0).toLowerCase() + nameVi.slice(1) : placeName(nameVi));

/** The text a fact rests on; the few that are a list and not a document are said in the reader's language. */
export function sayBasis(basis: string): string {
  if (basis === '') return t('org-units.basis-none');
  if (basis.startsWith('old-to-new list')) return t('org-units.basis-list');
  const dated = /^(.*) \(date taken from (.*)\)$/.exec(basis);
  return dated === null ? basis : t('org-units.basis-dated', { basis: dated[1], from: dated[2] });
}

export const certaintyKind: Readonly<Record<Certainty, StatusKind>> = { P: 'ok', S: 'fair', U: 'warn' };

/** Does a name or code contain what was typed, signs of tone and accent aside? */
export const matches = (typed: string, ...names: readonly string[]): boolean => {
  const wanted = fold(typed.trim());
  return wanted === '' || names.some((name) => fold(name).includes(wanted));
};
