import type { RoleMarker, Language } from './types.ts';
import { anyOf } from './phrases.ts';

const vi: readonly (readonly [RoleMarker, RegExp])[] = [
  ['lead', anyOf(['chủ trì', 'cơ quan đầu mối', 'làm đầu mối', 'là đầu mối'])],
  ['coordinate', /(?<!quy chế |cơ chế |quan hệ )(?<!\p{L})(?:phối hợp|kết hợp với|phối kết hợp|cùng với(?! đó| việc| sự| quá trình| quyết tâm))(?!\p{L})/u],
  ['responsible', anyOf(['có trách nhiệm', 'chịu trách nhiệm', 'chịu hoàn toàn trách nhiệm', 'tự chịu trách nhiệm'])],
];
const en: readonly (readonly [RoleMarker, RegExp])[] = [
  ['lead', /(?<!\p{L})(?:to lead|take the lead|takes the lead|taking the lead|in charge of|chair(?:s|ed|ing)?|to preside over|lead agency|as the focal point)(?!\p{L})/u],
  ['coordinate', /(?<!\p{L})(?:in (?:close )?(?:coordination|collaboration|cooperation) with|coordinat(?:e|es|ing)(?: closely)? with|(?:closely )?coordinate|work(?:ing)? (?:closely )?with|collaborat(?:e|ing) (?:closely )?with|cooperat(?:e|ing) (?:closely )?with|together with)(?!\p{L})/u],
  ['responsible', /(?<!\p{L})(?:responsible|accountable|bears? responsibility|take responsibility)(?!\p{L})/u],
  ['assigned', /(?<!\p{L})(?:assigned(?! (?:functions?|tasks?|duties|missions?|responsibilities|work|targets?)(?!\p{L}))|tasked|entrusted|assigns)(?!\p{L})/u],
];

/** Role words of a clause. `assigned` in Vietnamese is decided by the obligation ("Giao …"), since "giao dự toán" hands out money. */
export function roleMarkersOf(fold: string, language: Language, assigned: boolean): RoleMarker[] {
  const found: RoleMarker[] = (language === 'vi' ? vi : en).filter(([, pattern]) => pattern.test(fold)).map(([marker]) => marker);
  return assigned && !found.includes('assigned') ? [...found, 'assigned'] : found;
}

/** "Trách nhiệm của chính quyền các địa phương" as a heading makes what stands below a responsibility. */
export const headingMarkers = (fold: string, language: Language, assigned: boolean): RoleMarker[] => {
  const found = roleMarkersOf(fold, language, assigned);
  return /(?<!\p{L})trách nhiệm của(?!\p{L})|responsibilit(?:y|ies) of/u.test(fold) && !found.includes('responsible') ? [...found, 'responsible'] : found;
};

/** Whether a Vietnamese clause assigns ("Giao", "Phân công" and an agency), or says the holder was assigned. */
export const viAssigns = (foldBefore: string): boolean => /(?<!\p{L})(?:giao|phân công|được giao|được phân công)(?: nhiệm vụ| trách nhiệm)?(?: cho)?(?:[\s:]|đồng chí|các|thủ trưởng|lãnh đạo)*$/u.test(foldBefore);
