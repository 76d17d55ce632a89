import type { ChainLink, Formula, Node, Reference, Value } from './ast.ts';
import { callReader } from './compile-calls.ts';
import { powerOf, sameNumber, sumOf } from './numbers.ts';
import { problemAt, type Facts, type FormulaProblem, type ProblemCode, type Span } from './problem.ts';

/** Where a formula finds its values: one unit and one period, in the browser or on the server. */
export type ValueSource = {
  /**
   * @param shift periods to add to the reference's own offset; other than 0 only inside an aggregation over sample periods
   * @returns the value; null: not reported. A unit test answers true or false.
   */
  readonly read: (reference: Reference, shift: number) => Value;
  /** Offsets of the sample periods of `sum(…)`, `avg(…)` and their like; none when absent. */
  readonly samplePeriods?: readonly number[];
  /** Computes `subExpression(…)` for each unit below and aggregates; when absent it is computed here, for this unit. */
  readonly perUnit?: (compute: (source: ValueSource) => Value) => Value;
};

/** When a side of a rule, or a formula, has no answer because values are missing (the field's three strategies, its own words). */
export const missingStrategies = ['never_skip', 'skip_if_any_value_missing', 'skip_if_all_values_missing'] as const;
export type MissingStrategy = (typeof missingStrategies)[number];

export type Outcome = {
  /** Null: not reported, skipped, or not computable; `problem` tells the last from the others. */
  readonly value: Value;
  readonly problem: FormulaProblem | null;
  /** Items asked for, and how many of them had a value; those under isNull, isNotNull and firstNonNull are not counted. */
  readonly asked: number;
  readonly present: number;
};

/** State of one computation. */
export type Run = { readonly source: ValueSource; shift: number; asked: number; present: number; fault: Fault | null };
type Fault = { readonly code: ProblemCode; readonly at: Span; readonly facts: Facts };

/** Null: not there. Undefined: there, but not computable (division by zero …); it spreads to whatever uses it, and never becomes a number. */
export type Reading<T extends Value = Value> = (run: Run) => T | null | undefined;
/** @param nulls whether a missing item stays null here (under isNull and its like) instead of counting as 0, false or empty text */
export type Context = { readonly nulls: boolean; readonly missing: MissingStrategy };

/**
 * Compiles a formula once; what comes back runs as often as wanted, without parsing or recursion over the text.
 * @param missing default: skip when all values are missing, as indicators of the field do
 */
export function compileOutcome(formula: Formula, missing: MissingStrategy = 'skip_if_all_values_missing'): (source: ValueSource) => Outcome {
  const reading = readerOf(formula.ast, { nulls: false, missing });
  return (source) => {
    const run: Run = { source, shift: 0, asked: 0, present: 0, fault: null };
    const value = reading(run);
    const { asked, present, fault } = run;
    if (isSkipped(missing, asked, present)) return { value: null, problem: null, asked, present };
    if (value === undefined) return { value: null, problem: fault && problemAt(formula.text, fault.at, fault.code, fault.facts), asked, present };
    return { value: value === 0 ? 0 : value, problem: null, asked, present }; // -0 is 0 to everybody who reads it
  };
}

/** As `compileOutcome`, for those who need the value only. */
export function compile(formula: Formula, missing?: MissingStrategy): (source: ValueSource) => Value {
  const outcome = compileOutcome(formula, missing);
  return (source) => outcome(source).value;
}

export function isSkipped(missing: MissingStrategy, asked: number, present: number): boolean {
  if (missing === 'skip_if_any_value_missing') return present < asked;
  return missing === 'skip_if_all_values_missing' && asked > 0 && present === 0;
}

export function fail(run: Run, at: Span, code: ProblemCode, facts: Facts = {}): undefined {
  run.fault ??= { code, at, facts };
  return undefined;
}

/** Reads a node as whatever it is; a missing item counts as 0. */
export function readerOf(node: Node, context: Context): Reading {
  switch (node.kind) {
    case 'number': case 'text': case 'boolean': { const { value } = node; return () => value; }
    case 'null': return () => null;
    case 'reference': return itemReader(node.reference, node.at, context.nulls ? null : 0);
    case 'unary': return node.operator === '!' ? negation(node.operand, context) : signed(node.operator, node.operand, context);
    case 'power': return power(node, context);
    case 'call': return callReader(node, context);
    case 'chain': return chain(node.first, node.rest, context);
  }
}

/** Items answer for the missing with 0, false or empty text, as the one who asks needs; facts of the unit and calendar are not counted. */
function itemReader<T extends Value>(reference: Reference, at: Span, instead: T): (run: Run) => Value | undefined {
  const counted = reference.kind === 'data' || reference.kind === 'indicator' || reference.kind === 'reporting-rate';
  return (run) => {
    const value = run.source.read(reference, run.shift);
    if (typeof value === 'number' && !Number.isFinite(value)) return fail(run, at, 'not-a-number', { text: String(value) });
    if (instead === null || !counted) return value ?? (reference.kind === 'unit-count' ? 0 : reference.kind === 'unit-test' ? false : null);
    run.asked += 1;
    if (value === null) return instead;
    run.present += 1;
    return value;
  };
}

export function numberReader(node: Node, context: Context): Reading<number> {
  if (node.kind === 'number') { const { value } = node; return () => value; }
  const reading = readerOf(node, context);
  return (run) => {
    const value = reading(run);
    return typeof value === 'number' || value === null || value === undefined ? value : asNumber(run, node.at, value);
  };
}

const plainNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;
export const numberIn = (value: string | boolean): number => (typeof value === 'boolean' ? Number(value) : plainNumber.test(value) ? Number(value) : Number.NaN);
function asNumber(run: Run, at: Span, value: string | boolean): number | undefined {
  const number = numberIn(value);
  return Number.isFinite(number) ? number : fail(run, at, 'not-a-number', { text: String(value).slice(0, 40) });
}

export function conditionReader(node: Node, context: Context): Reading<boolean> {
  const reading = node.kind === 'reference' && !context.nulls ? itemReader(node.reference, node.at, false) : readerOf(node, context);
  return (run) => {
    const value = reading(run);
    if (value === null || value === undefined) return value;
    return conditionIn(value) ?? fail(run, node.at, 'not-a-condition', { value: String(value).slice(0, 40) });
  };
}

/** Whole numbers are conditions, 0 is no; a fraction is none. */
function conditionIn(value: number | string | boolean): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value !== 0 : undefined;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export function textReader(node: Node, context: Context): Reading<string> {
  const reading = node.kind === 'reference' && !context.nulls ? itemReader(node.reference, node.at, '') : readerOf(node, context);
  return (run) => {
    const value = reading(run);
    return value === null || value === undefined ? value : String(value);
  };
}

function negation(operand: Node, context: Context): Reading {
  const reading = conditionReader(operand, context);
  return (run) => {
    const value = reading(run);
    return typeof value === 'boolean' ? !value : value;
  };
}

function signed(sign: '+' | '-', operand: Node, context: Context): Reading {
  const reading = numberReader(operand, context);
  return sign === '+' ? reading : (run) => {
    const value = reading(run);
    return typeof value === 'number' ? 0 - value : value;
  };
}

function power(node: Extract<Node, { kind: 'power' }>, context: Context): Reading {
  const [base, exponent] = [numberReader(node.base, context), numberReader(node.exponent, context)];
  return (run) => {
    const [a, b] = [base(run), exponent(run)];
    if (typeof a !== 'number' || typeof b !== 'number') return a === undefined || b === undefined ? undefined : null;
    if (a === 0 && b < 0) return fail(run, node.at, 'division-by-zero');
    return finite(run, node.at, powerOf(a, b));
  };
}

/** NaN: asked outside the domain of the function; infinite: larger than a number can be. */
export function finite(run: Run, at: Span, value: number): number | undefined {
  if (Number.isFinite(value)) return value;
  return fail(run, at, Number.isNaN(value) ? 'outside-domain' : 'overflow');
}

type Step = (run: Run, left: Value | null | undefined) => Value | null | undefined;

/** One step a link; a chain of && or || stops where the rest cannot change it. */
function chain(first: Node, rest: readonly ChainLink[], context: Context): Reading {
  const operator = rest[0]?.operator;
  if (operator === '&&' || operator === '||') return connected(operator, [first, ...rest.map((link) => link.operand)], context);
  const arithmetic = operator === '+' || operator === '-' || operator === '*' || operator === '/' || operator === '%';
  const start = arithmetic ? numberReader(first, context) : readerOf(first, context);
  const steps = rest.map((link): Step => (arithmetic ? calculated(link, context) : compared(link, first, context)));
  const [only] = steps;
  if (steps.length === 1 && only) return (run) => only(run, start(run));
  return (run) => {
    let value: Value | undefined = start(run);
    for (const step of steps) value = step(run, value);
    return value;
  };
}

function calculated({ operator, operand }: ChainLink, context: Context): Step {
  const reading = numberReader(operand, context);
  const at = operand.at;
  return (run, a) => {
    const b = reading(run); // read even when the left is null, so that what is missing is counted in any order
    if (typeof a !== 'number' || typeof b !== 'number') return a === undefined || b === undefined ? undefined : null;
    switch (operator) {
      case '+': return finite(run, at, sumOf(a, b));
      case '-': return finite(run, at, sumOf(a, -b));
      case '*': return finite(run, at, a * b);
      default: {
        if (b === 0) return fail(run, at, 'division-by-zero');
        return finite(run, at, operator === '%' ? a % b : a / b);
      }
    }
  };
}

function compared({ operator, operand }: ChainLink, first: Node, context: Context): Step {
  const reading = readerOf(operand, context);
  return (run, a) => {
    const b = reading(run);
    if (a === undefined || b === undefined) return undefined;
    if (a === null || b === null) return null;
    if (operator === '==') return same(a, b);
    if (operator === '!=') return !same(a, b);
    if (typeof a === 'string' && typeof b === 'string') return ordered(operator, a < b ? -1 : a > b ? 1 : 0);
    const [x, y] = [typeof a === 'number' ? a : asNumber(run, first.at, a), typeof b === 'number' ? b : asNumber(run, operand.at, b)];
    if (x === undefined || y === undefined) return undefined;
    return ordered(operator, sameNumber(x, y) ? 0 : x < y ? -1 : 1);
  };
}

function ordered(operator: string, order: number): boolean {
  switch (operator) {
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    default: return order >= 0;
  }
}

/** A condition equals what reads as the same yes or no, a number a text that reads as this number; two texts are equal letter by letter. */
export function same(a: number | string | boolean, b: number | string | boolean): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return conditionIn(a) !== undefined && conditionIn(a) === conditionIn(b);
  if (typeof a === 'number' || typeof b === 'number') {
    return sameNumber(typeof a === 'number' ? a : numberIn(a), typeof b === 'number' ? b : numberIn(b));
  }
  return a === b;
}

/** Three-valued, from the left: null && … is null; null || true is true. */
function connected(operator: '&&' | '||', nodes: readonly Node[], context: Context): Reading {
  const readings = nodes.map((node) => conditionReader(node, context));
  const decisive = operator === '||';
  return (run) => {
    let value: boolean | null | undefined = !decisive;
    for (const reading of readings) {
      if (value === decisive || value === undefined || (value === null && !decisive)) return value;
      const next = reading(run);
      value = value === null && next === false ? null : next;
    }
    return value;
  };
}
