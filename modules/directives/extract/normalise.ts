import type { Span } from './types.ts';

/**
 * Text as the engine reads it, and the way back. `text` is composed (NFC), with one kind of space, dash, quote and line end;
 * `fold` is the same in lower case with one spelling of tone marks, unit for unit as long as `text`.
 * Unit i of both came from units `starts[i]` to `ends[i]` of the source.
 */
export type Normal = {
  readonly source: string;
  readonly text: string;
  readonly fold: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
};

const combining = /\p{M}/u;
const invisible = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0000-\u0008\u000e-\u001f\u007f]/u;
const spaces = /[\u000b\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/u;
const bullets = /[\u2022\u2023\u2043\u25aa-\u25ab\u25cf\u25cb\u25a0\u25a1\u25e6\u2219\u27a2\u2713\u2714\u25ba\u25b6\uf0a7-\uf0fc\u00b7]/u;
const doubleQuotes = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/u;
const singleQuotes = /[\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4]/u;

/** One sign of the source as the engine reads it; an empty string drops it. */
function plainSign(sign: string): string {
  if (sign.length === 1) {
    const code = sign.charCodeAt(0);
    if (code === 0x2028 || code === 0x2029 || code === 0x85 || code === 0x0c) return '\n';
    if (code < 0x80) return invisible.test(sign) ? '' : code === 11 ? ' ' : sign;
    if (spaces.test(sign)) return ' ';
    if (dashes.test(sign)) return '-';
    if (bullets.test(sign)) return '\u2022';
    if (doubleQuotes.test(sign)) return '"';
    if (singleQuotes.test(sign)) return "'";
    if (invisible.test(sign)) return '';
  }
  return sign.normalize('NFC');
}

// The tone of an open syllable is written on either vowel (hòa, hoà; thủy, thuỷ). Both become the newer spelling.
const tonePlaces: readonly (readonly [RegExp, string])[] = [
  ...[...'àáảãạ'].map((sign, i) => [new RegExp(`o${sign}(?!\\p{L})`, 'gu'), `${[...'òóỏõọ'][i]}a`] as const),
  ...[...'èéẻẽẹ'].map((sign, i) => [new RegExp(`o${sign}(?!\\p{L})`, 'gu'), `${[...'òóỏõọ'][i]}e`] as const),
  ...[...'ỳýỷỹỵ'].map((sign, i) => [new RegExp(`(?<!q)u${sign}(?!\\p{L})`, 'gu'), `${[...'ùúủũụ'][i]}y`] as const),
];

/** Lower case and one spelling of tones, without changing the number of units. */
export function foldText(text: string): string {
  let lower = text.toLowerCase();
  if (lower.length !== text.length) {
    lower = Array.from(text, (sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign)).join('');
  }
  return tonePlaces.reduce((done, [from, to]) => done.replace(from, to), lower);
}

const small = /^\p{Ll}$/u;
const glued = (out: readonly string[], sign: string, next: string): boolean =>
  sign.length === 1 && sign !== sign.toLowerCase() && small.test(next.normalize('NFC')) && small.test(out.at(-1) ?? '') && small.test(out.at(-2) ?? '');

/** Reads any pasted text: composed or decomposed Unicode, any line end, no-break spaces, joiners and bidi controls. */
export function normalise(source: string): Normal {
  const out: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const put = (sign: string, start: number, end: number) => {
    for (let i = 0; i < sign.length; i++) {
      out.push(sign.charAt(i));
      starts.push(start);
      ends.push(end);
    }
  };
  let at = 0;
  while (at < source.length) {
    const start = at;
    const code = source.codePointAt(at) ?? 0;
    at += code > 0xffff ? 2 : 1;
    while (at < source.length && at - start < 12 && source.charCodeAt(at) >= 0x300 && combining.test(source.charAt(at))) at++;
    let sign = source.slice(start, at);
    if (sign === '\r') {
      if (source.charAt(at) === '\n') at++;
      sign = '\n';
    }
    sign = plainSign(sign);
    const before = out.at(-1);
    // "với" and "Bộ" run together in a pasted "vớiBộ": a space of no width in the source parts them.
    if (before !== undefined && glued(out, sign, source.charAt(at))) put(' ', start, start);
    // A tab inside a line parts table cells and stays; before a line's text, or after a bullet, it is a space.
    if (sign === '\t' && (before === ' ' || before === undefined || /[\n\-+\u2022.)]/u.test(before))) sign = ' ';
    if (sign === ' ' && (before === ' ' || before === '\n' || before === '\t' || before === undefined)) continue;
    put(sign, start, at);
  }
  const text = out.join('');
  return { source, text, fold: foldText(text), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** The span of the source that units `start` to `end` (exclusive) of the normal text came from. */
export function sourceSpan(normal: Normal, start: number, end: number): Span {
  if (end <= start) {
    const point = normal.starts[start] ?? normal.source.length;
    return [point, point];
  }
  return [normal.starts[start] ?? 0, normal.ends[end - 1] ?? normal.source.length];
}
