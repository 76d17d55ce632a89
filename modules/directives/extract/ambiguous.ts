import { anyOf } from './phrases.ts';
import type { Language, SuggestionCode } from './types.ts';

/** Verbs that ask for effort, not for a result, and what the drafter should say instead. */
const weak: Readonly<Record<Language, Readonly<Record<SuggestionCode, readonly string[]>>>> = {
  vi: {
    'say-how-much': ['tăng cường', 'đẩy mạnh', 'nâng cao', 'mở rộng', 'phát huy', 'từng bước', 'thúc đẩy', 'tập trung', 'đẩy nhanh'],
    'say-what-changes': ['quan tâm', 'chú trọng', 'coi trọng', 'lưu ý', 'tiếp tục', 'đổi mới', 'quán triệt', 'phấn đấu', 'chủ động', 'nỗ lực', 'lồng ghép'],
    'say-who-checks': ['đôn đốc', 'theo dõi', 'bám sát', 'nắm chắc'],
    'say-by-when': ['khẩn trương', 'sớm', 'kịp thời', 'ngay', 'thường xuyên', 'định kỳ'],
    'say-which-document': ['nghiên cứu', 'tham mưu', 'đề xuất', 'xem xét'],
    'say-what-is-enough': ['làm tốt', 'thực hiện tốt', 'bảo đảm', 'đảm bảo', 'hiệu quả', 'quyết liệt', 'tạo điều kiện', 'hỗ trợ'],
  },
  en: {
    'say-how-much': ['strengthen', 'enhance', 'intensify', 'promote', 'improve', 'step up', 'accelerate', 'boost', 'expand'],
    'say-what-changes': ['pay attention', 'attach importance', 'continue', 'grasp', 'understand', 'focus on', 'strive', 'innovate', 'raise awareness'],
    'say-who-checks': ['monitor', 'follow up', 'urge', 'oversee'],
    'say-by-when': ['promptly', 'urgently', 'soon', 'immediately', 'quickly', 'regularly', 'as soon as possible', 'timely'],
    'say-which-document': ['study', 'advise', 'consider', 'propose', 'research'],
    'say-what-is-enough': ['ensure', 'effectively', 'support', 'facilitate', 'do well', 'resolutely', 'drastically', 'closely'],
  },
};

const patterns = Object.fromEntries(
  (['vi', 'en'] as const).map((language) => [language, Object.entries(weak[language]).map(([code, phrases]) => ({ code, pattern: anyOf(phrases, 'gu') }))]),
);

export type WeakHit = { readonly start: number; readonly end: number; readonly suggestion: SuggestionCode };

const isSuggestion = (code: string): code is SuggestionCode => code in weak.vi;

/** Each weak verb once a clause, in the order of the text. */
export function weakVerbs(fold: string, language: Language): WeakHit[] {
  const hits: WeakHit[] = [];
  const seen = new Set<string>();
  for (const { code, pattern } of patterns[language] ?? []) {
    for (const match of fold.matchAll(pattern)) {
      if (seen.has(match[0]) || !isSuggestion(code)) continue;
      seen.add(match[0]);
      hits.push({ start: match.index, end: match.index + match[0].length, suggestion: code });
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}
