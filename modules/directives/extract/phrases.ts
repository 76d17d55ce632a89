import { foldText } from './normalise.ts';

/** A word or a mark of the folded text. */
export type Token = { readonly text: string; readonly start: number; readonly end: number };

const tokenPattern = /[\p{L}\p{N}]+(?:[&'][\p{L}\p{N}]+)*|[^\s]/gu;

export function tokenise(fold: string): Token[] {
  const tokens: Token[] = [];
  for (const match of fold.matchAll(tokenPattern)) tokens.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  return tokens;
}

type Branch<T> = { next: Map<string, Branch<T>>; value?: T };

/** Phrases looked up token by token: the time to find one does not depend on how many are known. */
export class PhraseTable<T> {
  readonly #root: Branch<T> = { next: new Map() };

  /** The first value given for a phrase stays. */
  add(phrase: string, value: T): void {
    let branch = this.#root;
    for (const token of tokenise(foldText(phrase.normalize('NFC')))) {
      let next = branch.next.get(token.text);
      if (next === undefined) {
        next = { next: new Map() };
        branch.next.set(token.text, next);
      }
      branch = next;
    }
    branch.value ??= value;
  }

  /** The longest phrase that begins at token `at`: its value and the index after its last token. Up to two `skipped` tokens in a row inside it are passed over. */
  longest(tokens: readonly Token[], at: number, skipped?: ReadonlySet<string>): { value: T; after: number } | undefined {
    let branch: Branch<T> | undefined = this.#root;
    let best: { value: T; after: number } | undefined;
    let inRow = 0;
    for (let i = at; i < tokens.length; i++) {
      const word = tokens[i]?.text ?? '';
      if (i > at && skipped?.has(word) === true && ++inRow <= 2) continue;
      inRow = 0;
      branch = branch.next.get(word);
      if (branch === undefined) break;
      if (branch.value !== undefined) best = { value: branch.value, after: i + 1 };
    }
    return best;
  }
}

/** A pattern that finds any of these phrases as whole words in folded text. */
export function anyOf(phrases: readonly string[], flags = 'u'): RegExp {
  const sorted = [...phrases].map((p) => foldText(p)).sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${sorted.join('|')})(?![\\p{L}\\p{N}])`, flags);
}
