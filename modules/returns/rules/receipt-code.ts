/** Receipt codes: short, read over the telephone, with a check character that catches a wrong or swapped one. */

/** No I, L, O, U: they are heard or read as others (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Seven characters of a digest and one to check, in two groups: `7Q2K-M4XD`. @param digest at least five bytes */
export function receiptCodeOf(digest: Uint8Array): string {
  let value = 0;
  for (const byte of digest.subarray(0, 5)) value = value * 256 + byte;
  let text = '';
  for (let i = 0; i < 7; i += 1) {
    text = alphabet.charAt(value % 32) + text;
    value = Math.floor(value / 32);
  }
  text += checkOf(text);
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** Weights are odd, so any one wrong character changes the sum modulo 32; so do swapped neighbours, unless sixteen apart. */
function checkOf(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum += alphabet.indexOf(text.charAt(i)) * (2 * i + 1);
  return alphabet.charAt(sum % 32);
}

/** Whether a code as somebody typed it can be one of ours; small letters, blanks and look-alikes are taken. */
export function isReceiptCode(typed: string): boolean {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  return text.length === 8 && [...text].every((c) => alphabet.includes(c)) && checkOf(text.slice(0, 7)) === text.charAt(7);
}
