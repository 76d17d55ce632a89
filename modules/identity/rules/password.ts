import { ok, refuse, type Result } from '#kernel/result.ts';
import common from './common-passwords.json' with { type: 'json' };

export const passwordLength = { least: 12, most: 128 } as const;
export type PasswordRefusal =
  | { readonly code: 'password-too-short'; readonly least: number }
  | { readonly code: 'password-too-long'; readonly most: number }
  | { readonly code: 'password-common' }
  | { readonly code: 'password-holds-name' };

const words = new Set(common.words);
const longestWord = Math.max(...common.words.map((word) => word.length));
const walks = common.keyboardWalks;

/**
 * Decides whether a password may be set: at least 12 characters, and none that a guesser tries early (SECURITY R2).
 *
 * "Early" means built only from what leaked lists are built from: common words (Vietnamese and English, also written with digits for
 * letters), walks along the keyboard, counting, one character or group repeated, years and dates. No rule asks for kinds of characters.
 *
 * @param own the person's names and user name; a password made of them and counting is refused too
 */
export function checkPassword(password: string, own: readonly string[]): Result<true, PasswordRefusal> {
  const length = [...password].length;
  if (length < passwordLength.least) return refuse({ code: 'password-too-short', least: passwordLength.least });
  if (length > passwordLength.most) return refuse({ code: 'password-too-long', most: passwordLength.most });
  const plain = plainLetters(password);
  const ownWords = own.flatMap((name) => plainLetters(name).split(/[^a-z0-9]+/)).filter((part) => part.length >= 3);
  if (isMadeOf(plain, words)) return refuse({ code: 'password-common' });
  if (ownWords.length > 0 && isMadeOf(plain, new Set([...words, ...ownWords, ownWords.join('')]))) return refuse({ code: 'password-holds-name' });
  return ok(true);
}

/** Lower case without tone and vowel marks: `Mật Khẩu` as people type it in a hurry. */
const plainLetters = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

const letterOf: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'l' };
const withLetters = (text: string): string => [...text].map((c) => letterOf[c] ?? c).join('');

/** True when the whole text falls into predictable pieces, as typed or with its digits read as letters. */
function isMadeOf(text: string, vocabulary: ReadonlySet<string>): boolean {
  return fallsApart(text, text, vocabulary) || fallsApart(text, withLetters(text), vocabulary);
}

/** How much a guesser must still find, in common words. Six unrelated words are a passphrase; fewer are on a list. */
const guesswork = { word: 1, pattern: 0.5, separator: 0, unknown: 1.5, least: 5.5 } as const;

// From each position to the end, the least guesswork that explains the text.
function fallsApart(typed: string, read: string, vocabulary: ReadonlySet<string>): boolean {
  const least = Array.from({ length: typed.length + 1 }, () => 0);
  for (let at = typed.length - 1; at >= 0; at -= 1) {
    let best = guesswork.unknown + (least[at + 1] ?? 0);
    for (const { length, cost } of piecesAt(typed, read, at, vocabulary)) best = Math.min(best, cost + (least[at + length] ?? 0));
    least[at] = best;
  }
  return (least[0] ?? 0) < guesswork.least;
}

function piecesAt(typed: string, read: string, at: number, vocabulary: ReadonlySet<string>): { length: number; cost: number }[] {
  const pieces: { length: number; cost: number }[] = [];
  for (let length = 2; length <= Math.min(Math.max(longestWord, 24), typed.length - at); length += 1) {
    if (vocabulary.has(read.slice(at, at + length)) || vocabulary.has(typed.slice(at, at + length))) pieces.push({ length, cost: guesswork.word });
  }
  const patterns = [walkLength(typed, at), countingLength(typed, at), repeatLength(typed, at), dateLength(typed, at)];
  pieces.push(...patterns.map((length) => ({ length, cost: guesswork.pattern })), { length: separatorLength(typed, at), cost: guesswork.separator });
  return pieces.filter((piece) => piece.length > 0);
}

function walkLength(text: string, at: number): number {
  for (let length = Math.min(text.length - at, 12); length >= 3; length -= 1) {
    const piece = text.slice(at, at + length);
    if (walks.some((walk) => walk.includes(piece))) return length;
  }
  return 0;
}

/** abcd, 1234, 9876, 2468: at least three characters with one step. */
function countingLength(text: string, at: number): number {
  const step = text.charCodeAt(at + 1) - text.charCodeAt(at);
  if (at + 2 >= text.length || Math.abs(step) > 2 || step === 0) return 0;
  let end = at + 1;
  while (end + 1 < text.length && text.charCodeAt(end + 1) - text.charCodeAt(end) === step) end += 1;
  return end - at >= 2 ? end - at + 1 : 0;
}

/** aaaa, abab, xyzxyz: a group of up to four characters, at least twice (three times when it is one). */
function repeatLength(text: string, at: number): number {
  for (let size = 1; size <= 4; size += 1) {
    const group = text.slice(at, at + size);
    let end = at + size;
    while (group.length === size && text.startsWith(group, end)) end += size;
    if (end - at >= Math.max(2 * size, 3)) return end - at;
  }
  return 0;
}

/** Years 1900-2039, days ddmmyyyy or ddmm, and the digits up to three that people append. */
function dateLength(text: string, at: number): number {
  const digits = /^\d+/.exec(text.slice(at, at + 9))?.[0] ?? '';
  if (/^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d$/.test(digits)) return 8;
  if (/^(19\d\d|20[0-3]\d)$/.test(digits)) return 4;
  return digits.length > 0 && digits.length <= 4 ? digits.length : 0;
}

const separatorLength = (text: string, at: number): number => /^[\s._\-!@#$%&*+?=,;:]+/.exec(text.slice(at, at + 40))?.[0].length ?? 0;

/** A user name as it is stored: lower case letters, digits, dot, hyphen, underscore; 3 to 60 characters. */
export function checkUserName(typed: string): Result<string, { readonly code: 'user-name-not-valid' }> {
  const name = typed.trim().toLowerCase();
  return /^[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]$/.test(name) ? ok(name) : refuse({ code: 'user-name-not-valid' });
}
