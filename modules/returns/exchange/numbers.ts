/** A number as people and programs write it. Pure. */

/** @property by how it was written when that is not the plain way: the verdict says what was understood */
export type NumberRead =
  | { readonly ok: true; readonly value: number; readonly by: 'plain' | 'grouped' | 'minus-zero' }
  | { readonly ok: false; readonly code: NumberFault; readonly facts: Readonly<Record<string, string>> };
export type NumberFault = 'empty' | 'not-a-number' | 'number-too-large' | 'number-ambiguous' | 'formula';

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const vietnamese = /^-?\d{1,3}(?:\.\d{3})+,\d+$/;
const english = /^-?\d{1,3}(?:,\d{3})+\.\d+$/;
const manyDots = /^-?\d{1,3}(?:\.\d{3}){2,}$/;
const manyCommas = /^-?\d{1,3}(?:,\d{3}){2,}$/;
const eitherWay = /^-?[1-9]\d{0,2}([.,])\d{3}$/;
const decimalComma = /^-?\d+,\d+$/;
const spaced = /^-?\d{1,3}(?:[\u0020\u00a0\u2009\u202f']\d{3})+(?:[.,]\d+)?$/;

/**
 * @param text as it stands in the file
 * @param byHand written by a person: then `1.234` may be one thousand two hundred and thirty-four, so it is asked about. A program's
 * `1.234` is always a little more than one.
 */
export function readNumber(text: string, byHand: boolean): NumberRead {
  const written = text.trim();
  if (written === '') return fault('empty', '');
  if (written.startsWith('=')) return fault('formula', written);
  if (/^[+-]?Infinity$/u.test(written)) return fault('number-too-large', written); // what 1e309 becomes in JSON
  if (byHand && eitherWay.test(written)) {
    return { ok: false, code: 'number-ambiguous', facts: { text: written, whole: written.replace(/[.,]/u, ''), decimal: written.replace(',', '.') } };
  }
  if (plain.test(written)) return finite(Number(written), written, 'plain');
  if (eitherWay.test(written)) return { ok: false, code: 'number-ambiguous', facts: { text: written, whole: written.replace(/[.,]/u, ''), decimal: written.replace(',', '.') } };
  const grouped = ungroup(written);
  return grouped === undefined ? fault('not-a-number', written) : finite(Number(grouped), written, 'grouped');
}

function ungroup(text: string): string | undefined {
  if (vietnamese.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (english.test(text)) return text.replaceAll(',', '');
  if (manyDots.test(text)) return text.replaceAll('.', '');
  if (manyCommas.test(text)) return text.replaceAll(',', '');
  if (decimalComma.test(text)) return text.replace(',', '.');
  if (spaced.test(text)) return text.replace(/[\u0020\u00a0\u2009\u202f']/gu, '').replace(',', '.');
  return undefined;
}

/** Whole numbers beyond 2^53 − 1 have neighbours that look the same, so they are refused and not rounded. */
function finite(value: number, text: string, by: 'plain' | 'grouped'): NumberRead {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return fault('number-too-large', text);
  if (Object.is(value, -0)) return { ok: true, value: 0, by: 'minus-zero' };
  return { ok: true, value, by };
}

const fault = (code: NumberFault, text: string): NumberRead => ({ ok: false, code, facts: { text: text.slice(0, 60) } });
