/**
 * Vietnamese text folded for search and put in order, the same on the server and in the browser.
 *
 * A Vietnamese word of writing is a syllable: letters (some with a quality mark: ă â ê ô ơ ư, and đ) and at most one tone
 * over the whole syllable. Which vowel carries the tone is a habit of spelling (hòa, hoà), not part of the word. So tones
 * are taken from whole syllables, never by replacing letter pairs: "oà" inside "Hoàng" is not the "oà" of "hoà".
 */

const toneOf: Readonly<Record<string, string>> = { '\u0300': '1', '\u0309': '2', '\u0303': '3', '\u0301': '4', '\u0323': '5' };
const markOfTone = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const qualityMarks = '\u0302\u0306\u031b';
/** đ and what is typed or scanned in its place: eth, African d. */
const dLike = /[đðɖ]/gu;
const apostrophes = /['’‘ʼ`´]/gu;
const mark = /\p{M}/u;

/** Decomposed, lower case, without joiners, bidi controls and apostrophes. */
const decomposed = (text: string): string =>
  text.replace(/\p{Cf}/gu, '').replace(apostrophes, '').normalize('NFKD').toLowerCase().replace(dLike, 'đ');

const words = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/**
 * Text as it is searched: no accents, đ as d, lower case, syllables parted by one space, punctuation gone.
 * "TP.HCM" gives "tp hcm"; "Ea H’Leo" gives "ea hleo"; composed and decomposed text give the same.
 */
export function fold(text: string): string {
  let folded = '';
  for (const part of text.split(/\s+/u)) {
    const plain = foldedPart(part);
    if (plain !== '') folded += folded === '' ? plain : ` ${plain}`;
  }
  return folded;
}

// A language has few syllables and names repeat them: each is folded once. Emptied when full, so typed text cannot fill the memory.
const foldedParts = new Map<string, string>();
const foldedPartLimit = 20_000;

function foldedPart(part: string): string {
  const known = foldedParts.get(part);
  if (known !== undefined) return known;
  const plain = words(decomposed(part)).join(' ').replace(/\p{M}/gu, '').replace(/đ/gu, 'd');
  if (foldedParts.size >= foldedPartLimit) foldedParts.clear();
  if (part.length <= 40) foldedParts.set(part, plain);
  return plain;
}

/** One syllable without its tone (quality marks kept, composed) and the tone as 0-5: level, huyền, hỏi, ngã, sắc, nặng. */
function toneless(syllable: string): { letters: string; tone: string } {
  let letters = '';
  let tone = '0';
  for (const sign of syllable) {
    const found = toneOf[sign];
    if (found !== undefined) tone = found;
    else if (!mark.test(sign) || qualityMarks.includes(sign)) letters += sign;
  }
  return { letters: letters.normalize('NFC'), tone };
}

/**
 * Text as a careful reader compares it: accents count, the place of the tone in the syllable does not.
 * "hòa" and "hoà" give "hoa1"; "hoa" gives "hoa0".
 */
export const foldKeepingAccents = (text: string): string =>
  words(decomposed(text)).map(toneless).map(({ letters, tone }) => letters + tone).join(' ');

/** True when text was typed with Vietnamese marks, so that accents may be used to rank answers. */
export const hasAccents = (text: string): boolean => {
  const plain = decomposed(text);
  return mark.test(plain) || plain.includes('đ');
};

/** Same word in either spelling of the tone, either normalisation form, any letter case. */
export const sameWords = (a: string, b: string): boolean => foldKeepingAccents(a) === foldKeepingAccents(b);

const onset = /^(?:ngh|ng|nh|gh|gi(?=[aăâeêoôơuưy])|kh|ph|th|tr|ch|qu(?=[aăâeêioôơy])|[bcdđghklmnprstvx])?/u;
const rhyme = /^([aăâeêioôơuưy]{1,3})(ng|nh|ch|[cmnpt])?$/u;

/** Which vowel of the group carries the tone; `open` is true when no consonant follows. */
function toneSeat(vowels: string, open: boolean, style: ToneStyle): number {
  const marked = Math.max(...[...'ăâêôơư'].map((letter) => vowels.lastIndexOf(letter)));
  if (marked >= 0) return vowels.includes('ơ') ? vowels.indexOf('ơ') : marked;
  if (vowels.length === 1) return 0;
  if (vowels.length === 3) return 1;
  if (!open) return 1;
  return style === 'hoà' && ['oa', 'oe', 'uy'].includes(vowels) ? 1 : 0;
}

/** Named by their own example: the older place of the tone (hòa, thúy), and the newer one (hoà, thuý). */
export type ToneStyle = 'hòa' | 'hoà';

function placeToneIn(word: string, style: ToneStyle): string {
  const { letters, tone } = toneless(word.normalize('NFD').toLowerCase());
  const start = onset.exec(letters)?.[0] ?? '';
  const found = rhyme.exec(letters.slice(start.length));
  const vowels = found?.[1];
  if (vowels === undefined || tone === '0') return word.normalize('NFC');
  const seat = start.length + toneSeat(vowels, found?.[2] === undefined, style);
  const upper = [...toCase(word)];
  return [...letters].map((letter, at) => {
    const toned = at === seat ? (letter + (markOfTone[Number(tone)] ?? '')).normalize('NFC') : letter;
    return upper[at] === 'U' ? toned.toUpperCase() : toned;
  }).join('');
}

/** 'U' or 'l' for each letter of a word, so that case survives when the tone moves. */
const toCase = (word: string): string =>
  [...word.normalize('NFD')].filter((sign) => !mark.test(sign)).map((sign) => (sign !== sign.toLowerCase() ? 'U' : 'l')).join('');

/** The same text with each tone where the wanted spelling puts it; words that are not Vietnamese syllables stay. */
export const placeTones = (text: string, style: ToneStyle): string =>
  text.normalize('NFC').replace(/[\p{L}\p{M}]+/gu, (word) => placeToneIn(word, style));

const alphabet = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';

/** One character a letter of the Vietnamese alphabet in its order; numbers by value; then the tones, which decide last. */
function orderKey(text: string): string {
  let letters = '';
  let tones = '';
  for (const [at, word] of words(decomposed(text)).entries()) {
    if (at > 0) letters += ' ';
    for (const part of word.match(/\p{N}+|[^\p{N}]+/gu) ?? []) {
      if (/^\p{N}/u.test(part)) {
        const digits = part.replace(/^0+(?=.)/u, '');
        letters += String.fromCodePoint(0x21 + Math.min(digits.length, 0xe)) + digits;
      } else for (const letter of part.normalize('NFC')) {
        const plain = toneless(letter.normalize('NFD'));
        const place = alphabet.indexOf(plain.letters);
        letters += place >= 0 ? String.fromCodePoint(0x100 + place) : plain.letters;
        tones += plain.tone;
      }
    }
  }
  return `${letters}\u0000${tones}`;
}

const orderKeys = new Map<string, string>();
const orderKeyLimit = 50_000;

function rememberedOrderKey(text: string): string {
  const known = orderKeys.get(text);
  if (known !== undefined) return known;
  if (orderKeys.size >= orderKeyLimit) orderKeys.clear();
  const key = orderKey(text);
  orderKeys.set(text, key);
  return key;
}

/**
 * Vietnamese alphabetical order: A Ă Â B C D Đ E Ê …; tones (level, huyền, hỏi, ngã, sắc, nặng) decide only between
 * words of the same letters; numbers by value, so "Phường 2" comes before "Phường 10".
 */
export function compareVietnamese(a: string, b: string): number {
  const left = rememberedOrderKey(a);
  const right = rememberedOrderKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
