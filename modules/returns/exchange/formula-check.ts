/** Rules and indicators whose formulas mean nothing here are left out, each with the place that is wrong. Pure. */
import { readFormula, type FormulaProblem, type KnownIds } from '#modules/definitions/formula/index.ts';
import type { Constant, DataElement, DataSet, Disaggregation, Indicator, ValidationRule } from '#modules/definitions/schema.ts';
import type { Facts, ObjectReport } from './report.ts';

/** @property sayFormula a fault of a formula in words, as facts of a sentence */
type Names = { readonly unitGroups: ReadonlySet<string>; readonly units: ReadonlySet<string>; readonly sayFormula: (problem: FormulaProblem) => Facts };
export type Parts = { readonly elements: readonly DataElement[]; readonly disaggregations: readonly Disaggregation[]; readonly dataSets: readonly DataSet[]; readonly rules: readonly ValidationRule[]; readonly indicators: readonly Indicator[]; readonly constants: readonly Constant[] };

/** @param unitGroups ids of groups that stand in the tree @param units codes of units */
export function withoutWrongFormulas(parts: Parts, { unitGroups, units, sayFormula }: Names, report: ObjectReport): { readonly rules: ValidationRule[]; readonly indicators: Indicator[] } {
  const known: KnownIds = {
    elements: new Set(parts.elements.map((one) => one.id)), elementGroups: new Set(), optionGroups: new Set(), dataSets: new Set(parts.dataSets.map((one) => one.id)), unitGroups, units,
    options: new Set(parts.disaggregations.flatMap((one) => [...one.cells.map((cell) => cell.id), ...one.axes.flatMap((axis) => axis.options.map((option) => option.id))])),
    constants: new Set(parts.constants.map((one) => one.id)), attributes: new Set(),
  };
  const faultIn = (formula: string, among: KnownIds): readonly [string, Facts] | undefined => {
    const read = readFormula(formula, among, 'number');
    const [problem] = read.ok ? [] : read.problem.problems;
    return problem === undefined ? undefined : ['formula-wrong', { ...sayFormula(problem), problem: problem.code, at: String(problem.facts['id'] ?? formula.slice(Math.max(0, problem.column - 1), problem.column + 30)) }];
  };
  const rules = parts.rules.filter((rule) => {
    const fault = faultIn(rule.left.formula, known) ?? faultIn(rule.right.formula, known);
    if (fault !== undefined) report.dropped('validationRules', rule.id, rule.name.en, fault);
    return fault === undefined;
  });
  let indicators = [...parts.indicators];
  for (let dropped = true; dropped;) {
    const among = { ...known, indicators: new Set(indicators.map((one) => one.id)) };
    const left = indicators.filter((one) => {
      const fault = faultIn(one.numerator, among) ?? (one.denominator === null ? undefined : faultIn(one.denominator, among));
      if (fault !== undefined) report.dropped('indicators', one.id, one.name.en, fault);
      return fault === undefined;
    });
    dropped = left.length < indicators.length;
    indicators = left;
  }
  return { rules, indicators };
}
