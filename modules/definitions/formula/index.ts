/**
 * The expression language of validation rules, indicators and predictors: the field's standard syntax (DHIS2), read once, compiled to
 * closures, the same in browser and server. What it means is written in docs/decisions/0009-formula-language.md.
 */
import { refuse, ok, type Result } from '#kernel/result.ts';
import type { Formula, Reference } from './ast.ts';
import { checkFormula, type Expected, type KnownIds } from './check.ts';
import { parse } from './parser.ts';
import type { FormulaProblem } from './problem.ts';

export { type CalendarFact, type DataReference, type Formula, type Node, type PeriodShift, type Reference, type ReportingRate, type UnitTest, type Value, samePeriod } from './ast.ts';
export { checkFormula, type Expected, type KnownIds } from './check.ts';
export { circleIn } from './circles.ts';
export { compile, compileOutcome, missingStrategies, type MissingStrategy, type Outcome, type ValueSource } from './compiler.ts';
export { explain, type ExplainedTerm, type Explanation, type FormulaExplanation } from './explain.ts';
export { calendarFactOf, reportingRateOf } from './facts.ts';
export { functions } from './functions.ts';
export { limits, parse } from './parser.ts';
export { printFormula } from './print.ts';
export { problemCodes, type FormulaProblem, type ProblemCode } from './problem.ts';
export { compileRule, ruleOperators, type CompiledRule, type RuleOperator, type RuleProblem, type RuleSide, type RuleText, type RuleVerdict } from './rule.ts';

/** Everything the formula asks for, each once, in order of first appearance. */
export const referencesOf = (formula: Formula): readonly Reference[] => formula.references;

/** Reads and checks a formula in one go: for the loader of definitions and for the field where one is written. */
export function readFormula(text: string, known: KnownIds, expected: Expected = 'any'): Result<Formula, { code: 'formula-wrong'; problems: readonly FormulaProblem[] }> {
  const parsed = parse(text);
  if (!parsed.ok) return refuse({ code: 'formula-wrong', problems: [parsed.problem] });
  const problems = checkFormula(parsed.value, known, expected);
  return problems.length === 0 ? ok(parsed.value) : refuse({ code: 'formula-wrong', problems });
}
