import { refuse, ok, type Result } from '#kernel/result.ts';
import type { Reference, Value } from './ast.ts';
import { compileOutcome, numberIn, type MissingStrategy, type Outcome, type ValueSource } from './compiler.ts';
import { sameNumber } from './numbers.ts';
import { parse } from './parser.ts';
import { problemAt, type FormulaProblem } from './problem.ts';

/** Operators of validation rules, in the words of the field. */
export const ruleOperators = [
  'equal_to', 'not_equal_to', 'greater_than', 'greater_than_or_equal_to', 'less_than', 'less_than_or_equal_to', 'compulsory_pair', 'exclusive_pair',
] as const;
export type RuleOperator = (typeof ruleOperators)[number];
export type RuleSide = { readonly text: string; readonly missing: MissingStrategy };
export type RuleText = { readonly left: RuleSide; readonly operator: RuleOperator; readonly right: RuleSide };

export type RuleVerdict = {
  /** skipped: values are missing and the strategy says so, or a side cannot be computed (then `problem` says why). */
  readonly verdict: 'holds' | 'broken' | 'skipped';
  /** Null: no value. Under never_skip a side without value is compared as 0 and shown as 0. */
  readonly left: number | null;
  readonly right: number | null;
  readonly problem: FormulaProblem | null;
};
export type CompiledRule = {
  readonly evaluate: (source: ValueSource) => RuleVerdict;
  /** What both sides ask for, each once: where the violation points to. */
  readonly references: readonly Reference[];
};
export type RuleProblem = FormulaProblem & { readonly side: 'left' | 'right' };

/** Compiles both sides; the first problem names its side. */
export function compileRule(rule: RuleText): Result<CompiledRule, RuleProblem> {
  const left = parse(rule.left.text);
  if (!left.ok) return refuse({ ...left.problem, side: 'left' });
  const right = parse(rule.right.text);
  if (!right.ok) return refuse({ ...right.problem, side: 'right' });
  const sides = { left: compileOutcome(left.value, rule.left.missing), right: compileOutcome(right.value, rule.right.missing) };
  const references = new Map([...left.value.references, ...right.value.references].map((reference) => [reference.key, reference]));
  const inPairs = rule.operator === 'compulsory_pair' || rule.operator === 'exclusive_pair';
  return ok({
    references: [...references.values()],
    evaluate: (source) => {
      const [leftSide, rightSide] = [asSide(left.value.text, sides.left(source)), asSide(right.value.text, sides.right(source))];
      const problem = leftSide.problem ?? rightSide.problem;
      return inPairs ? pairVerdict(rule, leftSide, rightSide, problem) : comparisonVerdict(rule, leftSide, rightSide, problem);
    },
  });
}

type Side = Outcome & { readonly number: number | null };

function asSide(text: string, outcome: Outcome): Side {
  const number = numberOf(outcome.value);
  if (number === undefined) return { ...outcome, number: null, problem: problemAt(text, { start: 0, end: text.length }, 'not-a-number', { text: String(outcome.value).slice(0, 40) }) };
  return { ...outcome, number };
}

function numberOf(value: Value): number | null | undefined {
  if (typeof value === 'number' || value === null) return value;
  const number = numberIn(value);
  return Number.isFinite(number) ? number : undefined;
}

/**
 * compulsory: both sides have values, or neither; exclusive: at most one side has. A side has values when the strategy does not skip it;
 * under never_skip, when any of its items is reported: otherwise the pair could never be broken, or never hold.
 */
function pairVerdict(rule: RuleText, left: Side, right: Side, problem: FormulaProblem | null): RuleVerdict {
  const [hasLeft, hasRight] = [hasValue(rule.left, left), hasValue(rule.right, right)];
  const broken = rule.operator === 'compulsory_pair' ? hasLeft !== hasRight : hasLeft && hasRight;
  return { verdict: problem ? 'skipped' : broken ? 'broken' : 'holds', left: left.number, right: right.number, problem };
}

const hasValue = (side: RuleSide, outcome: Side): boolean =>
  outcome.value !== null && (side.missing !== 'never_skip' || outcome.asked === 0 || outcome.present > 0);

function comparisonVerdict(rule: RuleText, left: Side, right: Side, problem: FormulaProblem | null): RuleVerdict {
  const a = left.number ?? (rule.left.missing === 'never_skip' && !left.problem ? 0 : null);
  const b = right.number ?? (rule.right.missing === 'never_skip' && !right.problem ? 0 : null);
  if (a === null || b === null) return { verdict: 'skipped', left: a, right: b, problem };
  return { verdict: compares(rule.operator, a, b) ? 'holds' : 'broken', left: a, right: b, problem };
}

function compares(operator: RuleOperator, a: number, b: number): boolean {
  const equal = sameNumber(a, b);
  switch (operator) {
    case 'equal_to': return equal;
    case 'not_equal_to': return !equal;
    case 'greater_than': return !equal && a > b;
    case 'greater_than_or_equal_to': return equal || a > b;
    case 'less_than': return !equal && a < b;
    default: return equal || a < b;
  }
}
