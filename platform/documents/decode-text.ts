import { ok, refuse, type Result } from '#kernel/result.ts';
import { judgeLegacy } from './legacy-encoding.ts';

/** Text as it is handed on, with the codes of what was changed on the way (`note.<code>` in the messages). */
export type CleanText = { readonly text: string; readonly notes: readonly string[] };
export type DecodeRefusal = { readonly code: 'document-binary' } | { readonly code: 'document-legacy-encoding' };

const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const invisible = /[\u200b\u2060\ufeff\u00ad]/g;
const controls = /[\0-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]/g;

/**
 * Removes what nobody typed and a reader cannot see: NUL and control characters, bidi controls (they make a sentence read as another),
 * zero-width characters, lone surrogates. Line and page separators become line feeds. Composition (NFC or NFD) and spaces stay as
 * they came: extraction links each slot to the characters of this text.
 *
 * @see SECURITY.md R46
 */
export function cleanText(source: string): CleanText {
  const notes: string[] = [];
  let text = source;
  const drop = (pattern: RegExp, note: string): void => {
    const without = text.replace(pattern, '');
    if (without.length !== text.length) notes.push(note);
    text = without;
  };
  // decoders have already put U+FFFD where bytes made no sense
  if (!text.isWellFormed()) text = text.toWellFormed();
  if (text.includes('\ufffd')) notes.push('characters-lost');
  drop(bidiControls, 'bidi-controls-removed');
  drop(invisible, 'invisible-characters-removed');
  drop(controls, 'control-characters-removed');
  return { text: text.replace(/[\x0b\f\x85\u2028\u2029]/g, '\n'), notes };
}

/** Vietnamese letters have 00, 01, 03 or 1E as their high byte: in UTF-16 without a mark one of each two bytes is mostly one of these. */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  const high = [0, 0];
  sample.forEach((byte, i) => {
    const side = i % 2;
    if (byte === 0) zeros[side] = (zeros[side] ?? 0) + 1;
    if (byte === 0 || byte === 1 || byte === 3 || byte === 0x1e || byte === 0x20) high[side] = (high[side] ?? 0) + 1;
  });
  const half = sample.length / 2;
  const [even = 0, odd = 0] = zeros;
  if (odd > half * 0.4 && even < half * 0.05 && (high[1] ?? 0) > half * 0.9) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.05 && (high[0] ?? 0) > half * 0.9 ? 'utf-16be' : undefined;
}

function decodeUnicode(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const wide = a === 0xef && b === 0xbb && c === 0xbf ? undefined : utf16WithoutMark(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  // a few broken bytes in a long UTF-8 file (a cut end, a bad copy) are better marked than refused
  let lost = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0 && lost <= 3; at = text.indexOf('\ufffd', at + 1)) lost += 1;
  const wideCharacters = /[\u00a0-\ufffc]/.test(text);
  return lost === 0 || (lost <= 3 && wideCharacters && text.length > 200) ? text : undefined;
}

const isControl = (byte: number): boolean => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 0x1a;

function controlShare(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (isControl(byte)) count += 1;
  return count / bytes.length;
}

/** High bytes that are only the punctuation of Windows-1252 (curly quotes, dashes, ellipsis, degree, no-break space). */
const punctuationOnly = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte < 0x80 || [0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa0, 0xa7, 0xab, 0xb0, 0xbb].includes(byte));

function converted(encoding: string, text: string): CleanText {
  const clean = cleanText(text);
  return { text: clean.text, notes: [`converted-${encoding}`, ...clean.notes] };
}

/**
 * Bytes of a plain text file to text: UTF-8 or UTF-16 with or without mark, else TCVN3, VNI or code page 1258 when the reading is
 * sure, else a refusal. Never guesses: a wrong reading of an agency's name is worse than a request to save as Unicode.
 */
export function decodeText(bytes: Uint8Array): Result<CleanText, DecodeRefusal> {
  const unicode = decodeUnicode(bytes);
  if (unicode !== undefined) {
    const wide = /[\u0100-\uffff]/.test(unicode.slice(0, 4000)) && bytes.includes(0);
    if (!wide && controlShare(bytes) > 0.01 && unicode.length === bytes.length) return refuse({ code: 'document-binary' });
    return legacyAware(unicode);
  }
  if (controlShare(bytes) > 0.01) return refuse({ code: 'document-binary' });
  const western = new TextDecoder('windows-1252').decode(bytes);
  if (punctuationOnly(bytes)) return ok(cleanText(western));
  const verdict = judgeLegacy(Buffer.from(bytes).toString('latin1'), bytes);
  if (verdict.verdict !== 'converted') return refuse({ code: 'document-legacy-encoding' });
  return ok(converted(verdict.encoding, verdict.text));
}

/**
 * Text that is Unicode by form may still be an old encoding pasted through Latin-1; converted when sure, refused when doubtful.
 * Judged before cleaning: the soft hyphen U+00AD, which cleaning removes, is the letter "ư" of TCVN3.
 */
export function legacyAware(source: string): Result<CleanText, DecodeRefusal> {
  const verdict = judgeLegacy(source);
  if (verdict.verdict === 'unsure') return refuse({ code: 'document-legacy-encoding' });
  if (verdict.verdict === 'unicode') return ok(cleanText(source));
  return ok(converted(verdict.encoding, verdict.text));
}
