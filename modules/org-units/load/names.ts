/** Kind words of Vietnamese units: read from a full name, and put before a short one. */
import type { UnitKind } from '../schema.ts';

const words: readonly (readonly [string, UnitKind])[] = [
  ['Phường', 'ward'], ['Xã', 'commune'], ['Thị trấn', 'township'], ['Đặc khu', 'special-zone'], ['Huyện', 'island-district'],
  ['Tỉnh', 'province'], ['Thành phố', 'city'],
];

/** Kind of a unit from the first words of its full name. @throws RangeError for a name without a known kind word */
export function kindOf(fullName: string): UnitKind {
  const found = words.find(([word]) => fullName.startsWith(`${word} `));
  if (found === undefined) throw new RangeError(`a name without its kind: ${fullName}`);
  return found[1];
}

/** "Thành phố Huế" from ("city", "Huế"). */
export const fullNameOf = (kind: UnitKind, shortName: string): string => {
  const word = words.find(([, of]) => of === kind)?.[0];
  return word === undefined ? shortName : `${word} ${shortName}`;
};

/** "Huế" from "Thành phố Huế", when the kind is not known; the name itself when it carries no kind word. */
export function withoutKind(fullName: string): string {
  const word = words.map(([vi]) => `${vi} `).find((vi) => fullName.startsWith(vi));
  return word === undefined ? fullName : fullName.slice(word.length);
}
