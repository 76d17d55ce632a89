/**
 * What can be wrong with a formula. `code` is the message key `formula.<code>`; `facts` fill its placeholders; `caret` is the
 * line of the formula with a second line of carets under the place, cut to a width that fits a telephone and a terminal.
 */
export const problemCodes = [
  // Reading the text
  'empty', 'too-long', 'too-deep', 'unexpected-character', 'lookalike-character', 'operand-expected', 'operand-expected-at-end',
  'operator-expected', 'parenthesis-unclosed', 'parenthesis-unopened', 'brace-unclosed', 'bracket-unclosed', 'bracket-unknown',
  'text-unclosed', 'text-escape-unknown', 'comment-unclosed', 'number-too-large', 'decimal-comma', 'comma-outside-function',
  'single-equals', 'single-ampersand', 'single-bar', 'word-unknown', 'function-without-arguments',
  // Functions, items, modifiers
  'function-unknown', 'function-misspelt', 'function-for-programs', 'arguments-too-few', 'arguments-too-many',
  'is-needs-in', 'item-unknown', 'item-malformed', 'item-for-programs', 'id-malformed', 'reporting-rate-unknown',
  'modifier-unknown', 'modifier-for-programs', 'modifier-argument', 'unit-test-unknown',
  // Meaning
  'element-unknown', 'element-group-unknown', 'option-unknown', 'option-group-unknown', 'constant-unknown', 'indicator-unknown',
  'data-set-unknown', 'unit-group-unknown', 'unit-unknown', 'attribute-unknown', 'circle',
  'number-expected', 'condition-expected', 'text-expected', 'types-differ', 'compared-with-null', 'divides-by-zero',
  // Computing
  'division-by-zero', 'overflow', 'outside-domain', 'not-a-number', 'not-a-condition',
] as const;
export type ProblemCode = (typeof problemCodes)[number];
export type Facts = Readonly<Record<string, string | number>>;

export type FormulaProblem = {
  readonly code: ProblemCode;
  /** From 1; a column is a character (code point), not a byte. */
  readonly line: number;
  readonly column: number;
  /** Characters the carets stand under; at least 1. */
  readonly length: number;
  readonly caret: string;
  readonly facts: Facts;
};

/** The part of the formula a problem is about: UTF-16 positions, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

const widest = 100;
const characters = (text: string): number => [...text].length;

/** @param span may stand at the end of the text (a formula that stops too early), and may run over several lines: the first is shown */
export function problemAt(text: string, span: Span, code: ProblemCode, facts: Facts = {}): FormulaProblem {
  const start = Math.min(span.start, text.length);
  const before = text.slice(0, start);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const rest = text.slice(start);
  const lineBreak = rest.search(/[\r\n]/);
  const lineEnd = lineBreak < 0 ? text.length : start + lineBreak;
  const length = Math.max(1, characters(text.slice(start, Math.min(Math.max(span.end, start), lineEnd))));
  return {
    code,
    line: before.split(/\r\n|\r|\n/).length,
    column: characters(text.slice(lineStart, start)) + 1,
    length,
    caret: caretUnder([...text.slice(lineStart, lineEnd)], characters(text.slice(lineStart, start)), length),
    facts,
  };
}

/** Control characters would break the two lines apart, a tab would shift the caret: both are shown as a space. */
function caretUnder(line: readonly string[], at: number, length: number): string {
  const from = line.length <= widest ? 0 : Math.max(0, Math.min(at - 40, line.length - widest));
  const shown = line.slice(from, from + widest).map((character) => (/\p{Cc}/u.test(character) ? ' ' : character)).join('');
  const [head, tail] = [from > 0 ? '…' : '', from + widest < line.length ? '…' : ''];
  const carets = '^'.repeat(Math.max(1, Math.min(length, widest - (at - from))));
  return `${head}${shown}${tail}\n${' '.repeat(head.length + at - from)}${carets}`;
}

/** Thrown inside the parser only; `parse` turns it into a value. */
export class FormulaFault extends Error {
  readonly span: Span;
  readonly problemCode: ProblemCode;
  readonly facts: Facts;
  constructor(span: Span, problemCode: ProblemCode, facts: Facts = {}) {
    super(problemCode);
    this.span = span;
    this.problemCode = problemCode;
    this.facts = facts;
  }
}

/** The known word nearest to a misspelt one: at most two letters added, lost, changed or, ignoring case, none. */
export function nearestOf(word: string, known: Iterable<string>): string | undefined {
  if (word.length > 60) return undefined;
  const wanted = word.toLowerCase();
  let nearest: string | undefined;
  let least = word.length <= 4 ? 1.5 : 2.5;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > 2) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
