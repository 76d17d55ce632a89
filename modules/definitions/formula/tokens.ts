import type { ChainOperator } from './ast.ts';
import { FormulaFault, type Span } from './problem.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: Span }
  | { readonly kind: 'text'; readonly value: string; readonly at: Span }
  /** `if`, `null`, `in`, `d2:zing`: a name with nothing after it that would make it an item. */
  | { readonly kind: 'word'; readonly word: string; readonly at: Span }
  /** `#{…}`, `OUG{…}`: what stands before the brace and what inside. */
  | { readonly kind: 'item'; readonly sigil: string; readonly inside: string; readonly at: Span }
  | { readonly kind: 'bracket'; readonly inside: string; readonly at: Span }
  /** `.periodOffset(-1)` and `orgUnit.group(a, b)`: their arguments are no expressions, so they are taken whole. */
  | { readonly kind: 'modifier' | 'unit-test'; readonly name: string; readonly argument: string; readonly at: Span }
  | { readonly kind: 'operator'; readonly operator: ChainOperator | '!' | '^'; readonly at: Span }
  | { readonly kind: '(' | ')' | ',' | 'end'; readonly at: Span };

/** Signs that look like ours and come from word processors and Asian keyboards; the parser says which one to write instead. */
const lookalikes: ReadonlyMap<string, string> = new Map([
  ['×', '*'], ['·', '*'], ['∗', '*'], ['÷', '/'], ['∕', '/'], ['−', '-'], ['–', '-'], ['—', '-'], ['≥', '>='], ['≤', '<='], ['≠', '!='], ['＝', '=='],
  ['“', '"'], ['”', '"'], ['„', '"'], ['‘', "'"], ['’', "'"], ['∧', '&&'], ['∨', '||'], ['¬', '!'], ['、', ','],
]);
const operators: readonly (ChainOperator | '!' | '^')[] = ['<=', '>=', '==', '!=', '&&', '||', '+', '-', '*', '/', '%', '<', '>', '!', '^'];
const wordOperators: ReadonlyMap<string, ChainOperator | '!'> = new Map([['and', '&&'], ['or', '||'], ['not', '!']]);
const escapes: ReadonlyMap<string, string> = new Map([['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['"', '"'], ["'", "'"], ['\\', '\\']]);

const space = /[ \t\r\n]+/y;
const numeral = /(?:\d+(?:\.(?![A-Za-z])\d*|\.(?=[eE]\d))?|\.\d+)(?:[eE][+-]?\d+)?/y;
const wordPattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const modifierPattern = /\.([A-Za-z][A-Za-z0-9_]*)/y;

/** Cuts the text into tokens; throws a `FormulaFault` at the first sign that cannot be one. Linear in the length of the text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skipBlank(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipBlank(text, token.at.end);
  }
  tokens.push({ kind: 'end', at: { start: text.length, end: text.length } });
  return tokens;
}

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (matchAt(space, text, at)) at = space.lastIndex;
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new FormulaFault({ start: at, end: at + 2 }, 'comment-unclosed');
      at = end + 2;
    } else return at;
  }
}

function tokenAt(text: string, start: number): Token {
  const character = text[start] ?? '';
  if (character === '(' || character === ')' || character === ',') return { kind: character, at: { start, end: start + 1 } };
  if (character === '"' || character === "'") return textToken(text, start, character);
  if (character === '[') return bracketToken(text, start);
  if (character === '#') return itemToken(text, start, '#', start + 1);
  if (matchAt(numeral, text, start)) return numberToken(text, start);
  if (character === '.' && matchAt(modifierPattern, text, start)) return callToken(text, start, 'modifier', 1);
  if (matchAt(wordPattern, text, start)) return wordToken(text, start);
  return operatorToken(text, start);
}

function numberToken(text: string, start: number): Token {
  const end = numeral.lastIndex;
  const value = Number(text.slice(start, end));
  if (!Number.isFinite(value)) throw new FormulaFault({ start, end }, 'number-too-large', { number: text.slice(start, end).slice(0, 40) });
  return { kind: 'number', value, at: { start, end } };
}

function operatorToken(text: string, start: number): Token {
  if (text.startsWith('<>', start)) return { kind: 'operator', operator: '!=', at: { start, end: start + 2 } };
  for (const operator of operators) {
    if (text.startsWith(operator, start)) return { kind: 'operator', operator, at: { start, end: start + operator.length } };
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const at = { start, end: start + character.length };
  if (character === '=') throw new FormulaFault(at, 'single-equals');
  if (character === '&') throw new FormulaFault(at, 'single-ampersand');
  if (character === '|') throw new FormulaFault(at, 'single-bar');
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const instead = lookalikes.get(character) ?? plainForm(character);
  if (instead !== undefined) throw new FormulaFault(at, 'lookalike-character', { character, codePoint, instead });
  throw new FormulaFault(at, 'unexpected-character', { character: /\p{Cc}/u.test(character) ? codePoint : character, codePoint });
}

/** Full-width and other compatibility forms of a plain ASCII sign: `＋` → `+`, `３` → `3`; Arabic and other digits likewise. */
function plainForm(character: string): string | undefined {
  if (character <= '\x7e') return undefined;
  const plain = character.normalize('NFKC').trim();
  if (/^[\x21-\x7e]+$/.test(plain)) return plain;
  if (plain === '') return ' ';
  if (!/^\p{Nd}$/u.test(character)) return undefined;
  const code = character.codePointAt(0) ?? 0;
  for (let digit = 0; digit < 10; digit += 1) if (!/^\p{Nd}$/u.test(String.fromCodePoint(code - digit - 1))) return String(digit);
  return undefined;
}

function textToken(text: string, start: number, quote: string): Token {
  let value = '';
  let at = start + 1;
  for (;;) {
    const character = text[at];
    if (character === undefined || character === '\n' || character === '\r') throw new FormulaFault({ start, end: at }, 'text-unclosed', { quote });
    if (character === quote) return { kind: 'text', value, at: { start, end: at + 1 } };
    if (character !== '\\') {
      value += character;
      at += 1;
    } else {
      const escaped = escapeAt(text, at);
      value += escaped.value;
      at = escaped.end;
    }
  }
}

function escapeAt(text: string, at: number): { value: string; end: number } {
  const simple = escapes.get(text[at + 1] ?? '');
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const coded = /^\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2}))/.exec(text.slice(at, at + 40));
  if (!coded) throw new FormulaFault({ start: at, end: at + 2 }, 'text-escape-unknown', { escape: text.slice(at, at + 2) });
  const code = coded[1] === undefined ? Number.parseInt(coded[2] ?? '0', 8) : Number.parseInt(coded[1], 16);
  return { value: String.fromCharCode(code), end: at + coded[0].length };
}

function bracketToken(text: string, start: number): Token {
  const end = text.indexOf(']', start);
  if (end < 0) throw new FormulaFault({ start, end: start + 1 }, 'bracket-unclosed');
  return { kind: 'bracket', inside: text.slice(start + 1, end), at: { start, end: end + 1 } };
}

function itemToken(text: string, start: number, sigil: string, brace: number): Token {
  if (text[brace] !== '{') throw new FormulaFault({ start, end: brace }, 'item-malformed', { form: `${sigil}{…}` });
  const length = text.slice(brace).search(/[}\r\n]/);
  if (length < 0 || text[brace + length] !== '}') throw new FormulaFault({ start, end: brace + 1 }, 'brace-unclosed', { item: `${sigil}{` });
  return { kind: 'item', sigil, inside: text.slice(brace + 1, brace + length), at: { start, end: brace + length + 1 } };
}

function wordToken(text: string, start: number): Token {
  let end = wordPattern.lastIndex;
  const word = text.slice(start, end);
  if (text[end] === '{') return itemToken(text, start, word, end);
  const operator = wordOperators.get(word);
  if (operator) return { kind: 'operator', operator, at: { start, end } };
  if (word === 'orgUnit' && text[end] === '.') return callToken(text, start, 'unit-test', 'orgUnit.'.length);
  if (text[end] === ':' && matchAt(wordPattern, text, end + 1)) end = wordPattern.lastIndex; // d2:floor, PS_EVENTDATE:…
  return { kind: 'word', word: text.slice(start, end), at: { start, end } };
}

/** A name at `start + nameFrom`, then plain arguments in parentheses up to the first `)`. */
function callToken(text: string, start: number, kind: 'modifier' | 'unit-test', nameFrom: number): Token {
  const named = matchAt(wordPattern, text, start + nameFrom);
  const open = named ? wordPattern.lastIndex : start + nameFrom;
  const name = named?.[0] ?? '';
  if (text[open] !== '(') throw new FormulaFault({ start, end: open }, 'function-without-arguments', { name: text.slice(start, open) });
  const close = text.indexOf(')', open);
  if (close < 0) throw new FormulaFault({ start: open, end: open + 1 }, 'parenthesis-unclosed');
  return { kind, name, argument: text.slice(open + 1, close).trim(), at: { start, end: close + 1 } };
}
