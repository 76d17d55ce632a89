import { ok, refuse, type Result } from '#kernel/result.ts';
import { childrenOf, ranks, referencesIn, withChildren, type ChainLink, type ChainOperator, type Formula, type Node, type PeriodShift } from './ast.ts';
import { functions, type Signature } from './functions.ts';
import { calendarReference, referenceOf, shifted, shiftOf, unitTestReference } from './items.ts';
import { FormulaFault, nearestOf, problemAt, type FormulaProblem, type Span } from './problem.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Longest text of a formula, in UTF-16 units, and deepest nesting of parentheses, functions, signs and powers. */
export const limits = { characters: 10_000, depth: 200 } as const;

/**
 * Reads a formula of indicators, validation rules and predictors, in the syntax of the field (DHIS2), by the documented ranks; operators
 * of one rank group from the left. What is read can be compiled without further question; whether its names exist, `checkFormula` asks.
 * @returns the formula, or the first problem with line, column, carets and how to repair it
 */
export function parse(text: string): Result<Formula, FormulaProblem> {
  if (text.length > limits.characters) return refuse(problemAt('', { start: 0, end: 0 }, 'too-long', { given: text.length, most: limits.characters }));
  try {
    const ast = new Parser(text, tokensOf(text)).formula();
    return ok({ text, ast, references: referencesIn(ast) });
  } catch (fault) {
    if (fault instanceof FormulaFault) return refuse(problemAt(text, fault.span, fault.problemCode, fault.facts));
    throw fault;
  }
}

const spanFrom = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;
  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  formula(): Node {
    if (this.peek().kind === 'end') throw new FormulaFault(this.peek().at, 'empty');
    const ast = this.expression(1);
    const token = this.peek();
    if (token.kind === 'end') return ast;
    if (token.kind === ')') throw new FormulaFault(token.at, 'parenthesis-unopened');
    if (token.kind === ',') throw this.strayComma(token);
    throw new FormulaFault(token.at, 'operator-expected');
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', at: { start: 0, end: 0 } };
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private within<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > limits.depth) throw new FormulaFault(this.peek().at, 'too-deep', { most: limits.depth });
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** Operators of at least `least` rank; those of one rank become one chain, so their order is the order of computing. */
  private expression(least: number): Node {
    let left = this.unary();
    for (;;) {
      const rank = this.rankOfNext();
      if (rank < least) return left;
      const rest: ChainLink[] = [];
      while (this.rankOfNext() === rank) rest.push({ operator: this.takeOperator(), operand: this.expression(rank + 1) });
      left = { kind: 'chain', first: left, rest, at: spanFrom(left.at, rest.at(-1)?.operand.at ?? left.at) };
    }
  }

  private rankOfNext(): number {
    const token = this.peek();
    return token.kind === 'operator' && token.operator !== '!' && token.operator !== '^' ? ranks[token.operator] : 0;
  }

  private takeOperator(): ChainOperator {
    const token = this.take();
    if (token.kind === 'operator' && token.operator !== '!' && token.operator !== '^') return token.operator;
    throw new FormulaFault(token.at, 'operator-expected');
  }

  private unary(): Node {
    const token = this.peek();
    if (token.kind !== 'operator') return this.power();
    const sign = token.operator;
    if (sign !== '+' && sign !== '-' && sign !== '!') throw this.operandExpected(token);
    return this.within(() => {
      this.take();
      const operand = this.unary();
      return { kind: 'unary', operator: sign, operand, at: spanFrom(token.at, operand.at) };
    });
  }

  /** `2^3^2` is `2^(3^2)`; the exponent may carry a sign, the base may not: `-2^2` is `-(2^2)`. */
  private power(): Node {
    const base = this.modified();
    const token = this.peek();
    if (token.kind !== 'operator' || token.operator !== '^') return base;
    return this.within(() => {
      this.take();
      const exponent = this.unary();
      return { kind: 'power', base, exponent, at: spanFrom(base.at, exponent.at) };
    });
  }

  private modified(): Node {
    let node = this.primary();
    for (let token = this.peek(); token.kind === 'modifier'; token = this.peek()) {
      this.take();
      node = { ...shiftAll(node, shiftOf(token.name, token.argument, token.at)), at: spanFrom(node.at, token.at) };
    }
    return node;
  }

  private primary(): Node {
    const token = this.take();
    switch (token.kind) {
      case 'number': return { kind: 'number', value: token.value, at: token.at };
      case 'text': return { kind: 'text', value: token.value, at: token.at };
      case 'item': return { kind: 'reference', reference: referenceOf(token), at: token.at };
      case 'bracket': return { kind: 'reference', reference: calendarReference(token.inside, token.at), at: token.at };
      case 'unit-test': return { kind: 'reference', reference: unitTestReference(token.name, token.argument, token.at), at: token.at };
      case 'word': return this.word(token.word, token.at);
      case '(': return this.within(() => this.parenthesis(token.at));
      default: throw this.operandExpected(token);
    }
  }

  private parenthesis(open: Span): Node {
    const inner = this.expression(1);
    return { ...inner, at: spanFrom(open, this.close(open)) };
  }

  private close(open: Span): Span {
    const token = this.peek();
    if (token.kind === ')') return this.take().at;
    if (token.kind === 'end') throw new FormulaFault(open, 'parenthesis-unclosed');
    throw token.kind === ',' ? this.strayComma(token) : new FormulaFault(token.at, 'operator-expected');
  }

  private word(word: string, at: Span): Node {
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', at };
    if (word === 'null') return { kind: 'null', at };
    const called = this.peek().kind === '(';
    if (word.startsWith('d2:') || word.startsWith('PS_EVENTDATE:')) throw new FormulaFault(at, 'function-for-programs', { name: word.slice(0, 40) });
    const signature = functions.get(word);
    if (signature && called) return this.within(() => this.call(word, signature, at));
    if (signature) throw new FormulaFault(at, 'function-without-arguments', { name: word });
    const nearest = nearestOf(word, called ? functions.keys() : [...functions.keys(), 'and', 'or', 'not', 'null', 'true', 'false']);
    if (nearest !== undefined) throw new FormulaFault(at, 'function-misspelt', { name: word.slice(0, 40), nearest });
    throw new FormulaFault(at, called ? 'function-unknown' : 'word-unknown', { name: word.slice(0, 40) });
  }

  private call(name: string, signature: Signature, at: Span): Node {
    const open = this.take().at;
    const args: Node[] = [];
    if (this.peek().kind !== ')') {
      args.push(this.expression(1));
      if (name === 'is') this.wordIn();
      else if (this.peek().kind !== ',') return this.called(name, signature, args, spanFrom(at, this.close(open)));
      do {
        if (args.length > 1 || name !== 'is') this.take();
        args.push(this.expression(1));
      } while (this.peek().kind === ',');
    }
    return this.called(name, signature, args, spanFrom(at, this.close(open)));
  }

  private wordIn(): void {
    const token = this.take();
    if (token.kind !== 'word' || token.word !== 'in') throw new FormulaFault(token.at, 'is-needs-in');
  }

  private called(name: string, { least, most }: Signature, args: readonly Node[], at: Span): Node {
    if (args.length < least) throw new FormulaFault(at, 'arguments-too-few', { name, least, given: args.length });
    if (args.length > most) throw new FormulaFault(at, 'arguments-too-many', { name, most, given: args.length });
    return { kind: 'call', name, args, at };
  }

  private operandExpected(token: Token): FormulaFault {
    if (token.kind === 'end') return new FormulaFault(token.at, 'operand-expected-at-end');
    return new FormulaFault(token.at, 'operand-expected');
  }

  /** `1,5` is one and a half where the formula was written, and two things here. */
  private strayComma(comma: Token): FormulaFault {
    const [before, after] = [this.tokens[this.next - 1], this.tokens[this.next + 1]];
    if (before?.kind === 'number' && after?.kind === 'number' && before.at.end === comma.at.start && comma.at.end === after.at.start) {
      const at = spanFrom(before.at, after.at);
      return new FormulaFault(at, 'decimal-comma', { instead: this.text.slice(at.start, at.end).replace(',', '.') });
    }
    return new FormulaFault(comma.at, 'comma-outside-function');
  }
}

function shiftAll(node: Node, shift: (inner: PeriodShift) => PeriodShift): Node {
  if (node.kind === 'reference') return { ...node, reference: shifted(node.reference, shift) };
  return childrenOf(node).length === 0 ? node : withChildren(node, (child) => shiftAll(child, shift));
}
