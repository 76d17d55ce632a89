import { childrenOf, type Formula, type Node, type Reference, type Value } from './ast.ts';
import { compileOutcome, readerOf, type MissingStrategy, type Outcome, type Run, type ValueSource } from './compiler.ts';
import { seesMissing } from './functions.ts';
import { printFormula } from './print.ts';

/** One step of "where does this number come from": a part of the formula, what it came to, and the parts it was made of. */
export type Explanation = {
  readonly kind: 'item' | 'literal' | 'operation' | 'function';
  /** The part in canonical words. */
  readonly text: string;
  /** Operators or function of the step; empty for items and literals. */
  readonly operation: string;
  /** Set for an item: what it asks for, and its name in words. */
  readonly reference: Reference | null;
  readonly name: string | null;
  /** For an item: as reported, so null is "not reported" even where it counted as 0. */
  readonly value: Value;
  /** A missing item that entered the computation as 0. */
  readonly countedAsZero: boolean;
  /** False for the branch of an `if` that was not taken. */
  readonly used: boolean;
  readonly parts: readonly Explanation[];
};
export type ExplainedTerm = { readonly reference: Reference; readonly name: string; readonly value: Value };
export type FormulaExplanation = Outcome & {
  readonly formula: string;
  readonly tree: Explanation;
  /** Every item of the formula once, with its value. */
  readonly terms: readonly ExplainedTerm[];
};

type Scene = { readonly source: ValueSource; readonly name: (reference: Reference) => string; readonly missing: MissingStrategy };

/**
 * Takes a number apart: the tree of its computation, and the list of the items it was made from.
 * @param name words for an item, in the language of the reader
 * @param missing the strategy the number was computed with
 */
export function explain(formula: Formula, source: ValueSource, name: (reference: Reference) => string, missing: MissingStrategy = 'skip_if_all_values_missing'): FormulaExplanation {
  return {
    ...compileOutcome(formula, missing)(source),
    formula: printFormula(formula.ast),
    tree: explained(formula.ast, { source, name, missing }, { nulls: false, used: true }),
    terms: formula.references.map((reference) => ({ reference, name: name(reference), value: source.read(reference, 0) })),
  };
}

type Place = { readonly nulls: boolean; readonly used: boolean };

function explained(node: Node, scene: Scene, place: Place): Explanation {
  const text = printFormula(node);
  if (node.kind === 'reference') {
    const value = scene.source.read(node.reference, 0);
    const counted = node.reference.kind === 'data' || node.reference.kind === 'indicator' || node.reference.kind === 'reporting-rate';
    return { kind: 'item', text, operation: '', reference: node.reference, name: scene.name(node.reference), value, countedAsZero: counted && value === null && !place.nulls, used: place.used, parts: [] };
  }
  const parts = childrenOf(node);
  const nulls = place.nulls || (node.kind === 'call' && seesMissing.has(node.name));
  const taken = branchTaken(node, scene, place);
  return {
    kind: parts.length === 0 ? 'literal' : node.kind === 'call' ? 'function' : 'operation',
    text,
    operation: operationOf(node),
    reference: null,
    name: null,
    value: partValue(node, scene, place.nulls),
    countedAsZero: false,
    used: place.used,
    parts: parts.map((part, at) => explained(part, scene, { nulls, used: place.used && (taken === undefined || at === 0 || at === taken) })),
  };
}

function partValue(node: Node, scene: Scene, nulls: boolean): Value {
  const run: Run = { source: scene.source, shift: 0, asked: 0, present: 0, fault: null };
  const value = readerOf(node, { nulls, missing: scene.missing })(run) ?? null;
  return value === 0 ? 0 : value;
}

/** Place of the argument an `if` gave back; undefined for every other node. */
function branchTaken(node: Node, scene: Scene, { nulls }: Place): number | undefined {
  const [condition] = childrenOf(node);
  if (node.kind !== 'call' || node.name !== 'if' || !condition) return undefined;
  const answer = partValue({ kind: 'unary', operator: '!', operand: condition, at: condition.at }, scene, nulls);
  return answer === false ? 1 : answer === true ? 2 : 0;
}

function operationOf(node: Node): string {
  switch (node.kind) {
    case 'unary': return node.operator;
    case 'power': return '^';
    case 'call': return node.name;
    case 'chain': return [...new Set(node.rest.map((link) => link.operator))].join(' ');
    default: return '';
  }
}
