/** Vietnamese encodings of before Unicode that are still met in old files: TCVN 5712:1993 VN3 ("ABC"), VNI-Windows, code page 1258. */
export type LegacyEncoding = 'tcvn3' | 'vni' | 'windows-1258';

/** TCVN 5712:1993, third set: the byte 0xA1 and those after it; a space where the set has no letter. */
const tcvn3Letters =
  'ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ';
const tcvn3 = new Map<string, string>(
  [...tcvn3Letters].flatMap((letter, i): [string, string][] => (letter === ' ' ? [] : [[String.fromCharCode(0xa1 + i), letter]])),
);

/** VNI: a base letter followed by one mark. Marks after each base, in the same order as the letters they give. */
const vniPairs: readonly (readonly [base: string, marks: string, letters: string])[] = [
  ['a', 'ùøûõïêéèúüëâáàåãä', 'áàảãạăắằẳẵặâấầẩẫậ'],
  ['e', 'ùøûõïâáàåãä', 'éèẻẽẹêếềểễệ'],
  ['o', 'ùøûõïâáàåãä', 'óòỏõọôốồổỗộ'],
  ['u', 'ùøûõï', 'úùủũụ'],
  ['y', 'ùøûõ', 'ýỳỷỹ'],
  ['ô', 'ùøûõï', 'ớờởỡợ'],
  ['ö', 'ùøûõï', 'ứừửữự'],
];
const vniSingles = 'ñ→đ ô→ơ ö→ư æ→ỉ ó→ĩ ò→ị î→ỵ';

function vniTable(): Map<string, string> {
  const table = new Map<string, string>();
  const add = (from: string, to: string): void => {
    table.set(from, to);
    table.set(from.toUpperCase(), to.toUpperCase());
  };
  for (const single of vniSingles.split(' ')) add(single.slice(0, 1), single.slice(2));
  for (const [base, marks, letters] of vniPairs) {
    [...marks].forEach((mark, i) => {
      const letter = letters[i] ?? '';
      add(base + mark, letter);
      table.set(base.toUpperCase() + mark, letter.toUpperCase());
      table.set(base + mark.toUpperCase(), letter);
    });
  }
  return table;
}
const vni = vniTable();

/** Converts text whose characters U+00A1..U+00FE stand for TCVN3 bytes. */
export function fromTcvn3(text: string): string {
  let out = '';
  for (const c of text) out += tcvn3.get(c) ?? c;
  return out;
}

/** Converts text whose Latin-1 characters stand for VNI-Windows bytes (letter, then mark). */
export function fromVni(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const pair = vni.get(text.slice(i, i + 2));
    if (pair !== undefined && i + 1 < text.length && text.charCodeAt(i + 1) > 0x7f) {
      out += pair;
      i += 1;
    } else out += vni.get(text[i] ?? '') ?? text[i];
  }
  return out;
}

/** The encoding a font of the old families means: `.VnTime` and its kin are TCVN3 (an H at the end: capitals), `VNI-Times` is VNI. */
export function legacyFont(font: string | undefined): { readonly encoding: 'tcvn3' | 'vni'; readonly capitals: boolean } | undefined {
  if (font === undefined) return undefined;
  if (/^\.vn/i.test(font)) return { encoding: 'tcvn3', capitals: font.endsWith('H') };
  return /^vni[- ]/i.test(font) ? { encoding: 'vni', capitals: false } : undefined;
}

const onset = '(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?';
const nucleus = '(?:uyê|uya|iê|yê|ia|ya|uô|ua|ươ|ưa|oa|oă|oe|uâ|uê|uơ|uy|oo|[aăâeêioôơuưy])';
const syllablePattern = new RegExp(`^${onset}${nucleus}(?:ch|nh|ng|[cmnptiyou])?$`, 'u');
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** True for what can be one written Vietnamese syllable, of one case or with a capital first. */
export function isVietnameseSyllable(word: string): boolean {
  if (word.length > 14) return false;
  const lower = word.toLowerCase();
  const oneCase = word === lower || word === word.toUpperCase() || word === lower.slice(0, 1).toUpperCase() + lower.slice(1);
  if (!oneCase) return false;
  const open = lower.normalize('NFD');
  const bare = open.replace(toneMarks, '').normalize('NFC');
  return open.length - open.replace(toneMarks, '').length <= 1 && bare.length <= 7 && syllablePattern.test(bare);
}

const edge = '“”‘’–—…•«»·\u00a0';
function trimmed(word: string): string {
  let [from, to] = [0, word.length];
  while (from < to && edge.includes(word.charAt(from))) from += 1;
  while (to > from && edge.includes(word.charAt(to - 1))) to -= 1;
  return word.slice(from, to);
}

const sampleChars = 60_000;
/** Words with a letter outside ASCII: how many there are and how many of them are Vietnamese syllables. */
function judge(text: string): { readonly words: number; readonly share: number } {
  let [words, good] = [0, 0];
  for (const raw of text.slice(0, sampleChars).split(/[^A-Za-z\u0080-\uffff]+/)) {
    const word = trimmed(raw);
    if (!/[^\0-\x7f]/.test(word)) continue;
    words += 1;
    if (isVietnameseSyllable(word)) good += 1;
  }
  return { words, share: words === 0 ? 0 : good / words };
}

export type LegacyVerdict =
  | { readonly verdict: 'unicode' }
  | { readonly verdict: 'converted'; readonly encoding: LegacyEncoding; readonly text: string }
  /** It looks like one of the old encodings, and no reading of it is convincing. */
  | { readonly verdict: 'unsure' };

const sureShare = 0.85;
const suspectShare = 0.5;

/**
 * Judges whether text is Vietnamese in an old encoding seen through Latin-1 ("C«ng an c¸c tØnh"), and converts it when sure.
 *
 * Sure means: at least 85 in 100 of the words that hold a non-ASCII letter become possible Vietnamese syllables, and read as it
 * stands the text does much worse. French or Czech text is left alone.
 *
 * @param text the characters as they came
 * @param raw the bytes, when the text came from a file that is not UTF-8: code page 1258 is tried too
 */
export function judgeLegacy(text: string, raw?: Uint8Array): LegacyVerdict {
  const asIs = judge(text);
  if (raw === undefined && (asIs.words < 3 || asIs.share >= 0.6)) return { verdict: 'unicode' };
  const readings: { encoding: LegacyEncoding; text: string }[] = [
    { encoding: 'tcvn3', text: fromTcvn3(text) },
    { encoding: 'vni', text: fromVni(text) },
  ];
  if (raw !== undefined) readings.push({ encoding: 'windows-1258', text: new TextDecoder('windows-1258').decode(raw).normalize('NFC') });
  const ranked = readings.map((r) => ({ ...r, ...judge(r.text) })).sort((a, b) => b.share - a.share);
  const [best, second] = ranked;
  if (best === undefined || best.words < 2) return { verdict: raw === undefined ? 'unicode' : 'unsure' };
  const rival = Math.max(raw === undefined ? asIs.share : 0, second?.text === best.text ? 0 : (second?.share ?? 0));
  if (best.share >= sureShare && best.share - rival >= 0.15) return { verdict: 'converted', encoding: best.encoding, text: best.text };
  return { verdict: raw === undefined && best.share < suspectShare ? 'unicode' : 'unsure' };
}
