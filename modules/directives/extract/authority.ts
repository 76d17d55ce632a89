import type { Mention } from './agencies.ts';
import type { Language } from './types.ts';

export type AuthorityHit = { readonly start: number; readonly end: number; readonly kind: 'instrument' | 'body' };

// Named by number, or a law by its name. Text is as written, since a law's name begins with a capital.
const numbered = /(?:Quyết định|Chỉ thị|Nghị quyết|Nghị định|Thông tư|Thông tư liên tịch|Kế hoạch|Công điện|Công văn|Văn bản|văn bản|Kết luận|Thông báo|Tờ trình|Hướng dẫn|Quy định|Pháp lệnh|Luật|Chương trình|công văn|kế hoạch|Đề án|Quy chế) (?:số )?\d{1,5}\s?[/-][\p{L}\d/&.-]{1,40}/gu;
const loose = /(?:Quyết định|Chỉ thị|Nghị quyết|Nghị định|Thông tư|Kết luận|Công điện|Thông báo|văn bản|Văn bản|công văn|Công văn) số \d{1,5}[\p{L}\d/&.-]{0,40}/gu;
const law = /(?<!dự án |dự thảo |án )(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh) (?:\p{Lu}[\p{L}]*)(?:(?:, | - | và | )\p{L}+){0,9}/gu;
const approvedVi = /(?:đã được|được|đã)\s+[^,.;]{3,60}(?:phê duyệt|thông qua|giao|ban hành)|theo (?:chỉ đạo|kết luận|ý kiến chỉ đạo|yêu cầu|ủy quyền|phân công) của/gu;
const reportVi = /(?<!\p{L})(?:trình|báo cáo(?: kết quả(?: thực hiện)?)?(?: về| với| gửi| cho| lên| tới| đến)?|tham mưu(?: cho| giúp| với| đề xuất(?: với)?)?|xin ý kiến|gửi(?: báo cáo| kết quả| danh sách| kế hoạch)?(?: về| cho| đến| tới)?|đề xuất (?:với )?|kiến nghị (?:với )?|tổng hợp,? báo cáo|\(qua|\(thông qua)\s*$/u;
const sentVi = /(?:gửi|báo cáo)[^.;,]{0,60}(?:về|cho|đến|tới|gửi|lên)\s*$/u;
const hearsVi = /^[^.;]{0,60}(?:sẽ )?(?:chủ trì[^.;]{0,30}họp|nghe báo cáo|xem xét|cho ý kiến|phê duyệt|quyết định|thông qua)/u;

const lawEn = /(?:Law|Ordinance|Code|Resolution|Decree|Decision|Directive|Circular|Plan|Official Dispatch|Conclusion)(?: (?:on|No\.?|of) )(?:[\p{Lu}\d][\p{L}\d/.-]*)(?:(?:,? (?:and|of|on|for|the) |,? )[\p{Lu}\d][\p{L}\d/-]*){0,9}(?: \(amended\))?/gu;
const reportEn = /(?<!\p{L})(?:report(?:s|ing)?(?: \p{L}+){0,3} to|submit(?:s|ting|ted)?(?: [\p{L}-]+){0,12} to|submission to|seek(?:ing)? (?:the )?approval (?:of|from)|approv(?:al|ed) (?:of|by|from)|advis(?:e|ing)|consult(?:ing|ation)? (?:with )?)\s*(?:the )?(?:\d{1,2}(?:st|nd|rd|th) )?$/u;

/** Legal instruments named in a clause, and bodies that decide on it or receive it. "theo quy định của pháp luật" names neither. */
export function authorityOf(text: string, fold: string, mentions: readonly Mention[], language: Language): AuthorityHit[] {
  const hits: AuthorityHit[] = [];
  const add = (start: number, end: number, kind: AuthorityHit['kind']) => {
    if (!hits.some((hit) => start < hit.end && hit.start < end)) hits.push({ start, end, kind });
  };
  for (const pattern of language === 'vi' ? [numbered, loose] : [lawEn]) {
    for (const match of text.matchAll(pattern)) {
      if (language === 'en' && /(?:draft|amendments? to|amending) (?:the )?$/u.test(fold.slice(0, match.index))) continue;
      add(match.index, match.index + match[0].replace(/[.,\s]+$/u, '').length, 'instrument');
    }
  }
  if (language === 'vi') {
    for (const match of text.matchAll(law)) {
      const name = match[0].replace(/(?: và| theo| để| trong| với| đã| được| cho| của| về| tại| từ|,| -).*$/u, (tail) => (/^(?:, \p{Ll}| và \p{Lu}|, \p{Lu})/u.test(tail) && !/theo|để|trong/u.test(tail) ? tail : ''));
      if (!/(?:dự án|dự thảo|xây dựng|hoàn thiện)\s*(?:dự án |dự thảo )?$/u.test(fold.slice(0, match.index))) add(match.index, match.index + name.length, 'instrument');
    }
  }
  for (const mention of mentions) {
    if (mention.kind === 'related' || mention.kind === 'class') continue;
    const before = fold.slice(Math.max(0, mention.outer - 160), mention.outer);
    if (language === 'en') {
      if (reportEn.test(before)) add(mention.outer, mention.end, 'body');
      continue;
    }
    const opened = reportVi.exec(before) ?? sentVi.exec(before);
    if (opened !== null) add(mention.outer - (before.length - opened.index), mention.end + decides(fold.slice(mention.end)), 'body');
    else if (mention.kind === 'principal' && hearsVi.test(fold.slice(mention.end)) && !/(?:của|theo)\s*$/u.test(before)) add(mention.outer, mention.end + (hearsVi.exec(fold.slice(mention.end))?.[0].length ?? 0), 'body');
  }
  if (language === 'vi') {
    for (const match of fold.matchAll(approvedVi)) {
      const by = mentions.find((m) => m.start >= match.index && m.end <= match.index + match[0].length + 60 && m.kind === 'principal');
      if (by !== undefined) add(by.outer, match.index + match[0].length > by.end ? match.index + match[0].length : by.end, 'body');
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

// "trình Thủ tướng Chính phủ xem xét, quyết định"
const decides = (after: string): number => /^\s*(?:để )?(?:(?:xem xét|cho ý kiến|quyết định|phê duyệt|ban hành|thông qua|chỉ đạo)(?:,\s*|\s+)?)+/u.exec(after)?.[0].trimEnd().length ?? 0;

/** Authority is pointed to without being named ("theo thẩm quyền"): a reader can tell there is one, not which. */
export const hasGeneralAuthority = (fold: string): boolean => /theo thẩm quyền|theo quy định|cấp có thẩm quyền|cơ quan có thẩm quyền|within (?:its|their) authority|competent authorit|in accordance with (?:the )?(?:law|regulations)/u.test(fold);
