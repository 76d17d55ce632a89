/** E1: a return tells of counts, never of a person. Words that look like an identity or telephone number are refused, not stored. */

/** 9 (old card), 10 to 11 (telephone, social insurance) or 12 digits (identity number), also with dots, blanks or hyphens between. */
const fewest = 9;
const most = 12;
const separators = new Set([' ', '.', '-', '\u00a0', '\u2013']);
const moneyWords = /^\s*(đồng|vnđ|vnd|triệu|nghìn|tỷ|₫|đ\b)/iu;

/**
 * True when a text holds such a number. Amounts of money are told by the word that follows them, or by groups of three.
 * One pass, so no text costs more than its length (SECURITY R45).
 */
export function looksPersonal(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigit(text, at) && !(text[at] === '+' && isDigit(text, at + 1))) continue;
    const run = digitsFrom(text, at);
    if (run.digits >= fewest && run.digits <= most && !isAmount(text, run)) return true;
    at = run.end;
  }
  return false;
}

const isDigit = (text: string, at: number): boolean => { const c = text.charCodeAt(at); return c >= 48 && c <= 57; };

type Run = { readonly digits: number; readonly end: number; readonly groups: readonly number[] };
function digitsFrom(text: string, start: number): Run {
  let [at, digits, group, end] = [text[start] === '+' ? start + 1 : start, 0, 0, start];
  const groups: number[] = [];
  for (; at < text.length; at += 1) {
    if (isDigit(text, at)) { digits += 1; group += 1; end = at; continue; }
    if (!separators.has(text[at] ?? '') || !isDigit(text, at + 1)) break;
    groups.push(group);
    group = 0;
  }
  groups.push(group);
  return { digits, end, groups };
}

function isAmount(text: string, { end, groups }: Run): boolean {
  if (moneyWords.test(text.slice(end + 1, end + 12))) return true;
  return groups.length > 2 && (groups[0] ?? 0) <= 3 && groups.slice(1).every((size) => size === 3) && text[end + 1] !== undefined && moneyWords.test(text.slice(end + 1));
}
