/** What free words of prevention may not hold: a person (E1), or words that push people away (E14). */
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** The plain-language list: what is said, and what to say instead (UNODC and WHO 2020; joint UN statement 2020). Whole words, any case. */
const plainWords: readonly (readonly [said: RegExp, instead: string])[] = [
  [/con nghiện|thằng nghiện|kẻ nghiện|con nghiền|đối tượng nghiện/iu, 'người nghiện ma túy'], [/(?<!\p{L})tệ nạn nghiện(?!\p{L})/iu, 'người cần điều trị'], [/(?<!\p{L})trấn áp người (?:nghiện|sử dụng)/iu, 'hỗ trợ điều trị'],
  [/(?<!\p{L})xét nghiệm toàn (?:bộ |thể )?học sinh/iu, 'hoạt động giáo dục phòng ngừa'], [/\baddicts?\b|\bjunk(?:ie|y)\b|\bdrug abusers?\b|\babusers?\b/iu, 'people with addiction'], [/\bclean(?:se|sing)\b/iu, 'treatment and support'],
];
/** Every text, or the first word that should be said otherwise. */
export function wordingAllowed(texts: readonly string[]): Result<true, Refusal> {
  for (const text of texts) {
    if (looksPersonal(text)) return refuse({ code: 'prevention-personal' });
    for (const [said, instead] of plainWords) {
      const found = said.exec(text.normalize('NFC'));
      if (found !== null) return refuse({ code: 'prevention-wording', word: found[0], instead });
    }
  }
  return ok(true);
}
