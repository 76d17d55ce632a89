/** Names of units in both languages. Vietnamese names are official; English ones put the kind after the proper name. */
import type { UnitKind } from './units.ts';

const kindWords: Readonly<Record<UnitKind, readonly [vi: string, en: string]>> = {
  nation: ['', ''], city: ['Thành phố', 'City'], province: ['Tỉnh', 'Province'], commune: ['Xã', 'Commune'], ward: ['Phường', 'Ward'],
  'special-zone': ['Đặc khu', 'Special Zone'], township: ['Thị trấn', 'Township'], 'island-district': ['Huyện', 'Island District'],
  unit: ['', ''],
};

/** "Huế" from "Thành phố Huế": the official name without its kind. */
export function shortName(nameVi: string, kind: UnitKind): string {
  const word = kindWords[kind][0];
  return word !== '' && nameVi.startsWith(`${word} `) ? nameVi.slice(word.length + 1) : nameVi;
}

/** "Ba Đình Ward", "Ward 12"; the nation is "Việt Nam" in both languages. */
export function englishName(nameVi: string, kind: UnitKind): string {
  const proper = shortName(nameVi, kind);
  const word = kindWords[kind][1];
  if (word === '') return proper;
  return /^\d+$/u.test(proper) ? `${word} ${proper}` : `${proper} ${word}`;
}

export const unitName = (unit: { readonly nameVi: string; readonly kind: UnitKind }, language: 'vi' | 'en'): string =>
  language === 'vi' ? unit.nameVi : englishName(unit.nameVi, unit.kind);
