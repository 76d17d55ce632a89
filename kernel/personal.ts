/** E1: the registers tell of counts and places, never of a person. Words that hold an identity or telephone number are refused, not stored. */

/** What stands between the parts of one number: up to three of these, but a comma with a blank, which parts a list. */
const parts = /\d+/g;
const joining = /^[\s.,\-–—/_()]{1,3}$/u;
const listing = /,\s/u;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu;
const moneyAfter = /^\s{0,3}(?:đồng(?!\s*chí)|vnđ|vnd|triệu|nghìn|ngàn|tỷ|tỉ|₫|đ(?![\p{L}]))/iu;
const dayOfYear = /(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/g;
const mostParts = 12;

/** Digits without a break, and what parts them from those before ('' where a run of parts begins). */
type Part = { readonly digits: string; readonly joint: string; readonly plus: boolean; money: boolean };

/**
 * True when a text holds a telephone number (10 or 11 digits from 0, or from 84) or the number of an identity card (9, or 12 from 0),
 * written in one piece or in parts, also beside other numbers; and for any 9 to 12 digits in one piece. Days of the calendar and amounts
 * of money (never from 0, with the word after them) are none. The time grows with the text only (SECURITY R45).
 */
export function looksPersonal(text: string): boolean {
  const plain = text.normalize('NFKC').replace(invisible, '').replace(dayOfYear, ' # ');
  return runsOf(plain).some((run) => run.some((_, from) => holdsNumber(run, from)));
}

/** Parts that may be of one number, together; those of an amount of money are marked. */
function runsOf(text: string): Part[][] {
  const runs: Part[][] = [];
  let end = -1;
  for (const found of text.matchAll(parts)) {
    const joint = end < 0 ? '' : text.slice(end, found.index);
    const joins = joint !== '' && joining.test(joint) && !listing.test(joint);
    const part: Part = { digits: found[0], joint: joins ? joint : '', plus: text[found.index - 1] === '+', money: false };
    if (joins) runs.at(-1)?.push(part); else runs.push([part]);
    end = found.index + found[0].length;
    if (moneyAfter.test(text.slice(end, end + 16))) markAmount(runs.at(-1) ?? []);
  }
  return runs;
}

/** Back from the money word: one part, or thousands in threes with the same mark between, which does not also stand before them. */
function markAmount(run: readonly Part[]): void {
  let first = run.length - 1;
  while (first > 0 && run[first]?.digits.length === 3 && /^[., ]$/.test(run[first]?.joint ?? '') && (run[first - 1]?.digits.length ?? 9) <= 3 && (first === run.length - 1 || run[first]?.joint === run[first + 1]?.joint)) first -= 1;
  const [head, next] = [run[first], run[first + 1]];
  if (head === undefined || head.digits.startsWith('0') || head.plus || (next !== undefined && head.joint === next.joint)) return;
  for (const part of run.slice(first)) part.money = true;
}

function holdsNumber(run: readonly Part[], from: number): boolean {
  const [first] = [run[from]];
  if (first === undefined) return false;
  let digits = '';
  let inThrees = true;
  let money = first.money;
  for (const part of run.slice(from, from + mostParts)) {
    digits += part.digits;
    inThrees &&= part.digits.length === 3;
    money ||= part.money;
    if (digits.length > 12) return false;
    const alone = digits.length === part.digits.length;
    if (first.money) { if (alone && digits.length >= 9 && digits.startsWith('0')) return true; continue; }
    if (isTelephone(digits, first.plus, money)) return true;
    if (digits.length === 12 && digits.startsWith('0')) return true;
    if (!money && digits.length >= 9 && (alone || (digits.length === 9 && inThrees))) return true;
  }
  return false;
}
const isTelephone = (digits: string, plus: boolean, money: boolean): boolean =>
  /^0[35789]\d{8}$|^02\d{8,9}$/.test(digits) || ((plus || !money) && /^84[235789]\d{8,9}$/.test(digits));
