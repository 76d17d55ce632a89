import { childrenOf, type DataReference, type Formula, type Node, type Reference } from './ast.ts';
import { functions, type Kind } from './functions.ts';
import { nearestOf, problemAt, type Facts, type FormulaProblem, type ProblemCode, type Span } from './problem.ts';

/** Ids that exist, by kind; a kind that is left out is not asked about. */
export type KnownIds = {
  readonly elements?: ReadonlySet<string>;
  readonly elementGroups?: ReadonlySet<string>;
  /** Option combinations and options, whichever the definitions hold. */
  readonly options?: ReadonlySet<string>;
  readonly optionGroups?: ReadonlySet<string>;
  readonly attributeOptions?: ReadonlySet<string>;
  readonly constants?: ReadonlySet<string>;
  readonly indicators?: ReadonlySet<string>;
  readonly dataSets?: ReadonlySet<string>;
  readonly unitGroups?: ReadonlySet<string>;
  readonly units?: ReadonlySet<string>;
  readonly attributes?: ReadonlySet<string>;
};
/** What the formula must give: a side of a rule and an indicator a number, a filter a condition. */
export type Expected = 'number' | 'condition' | 'any';

type Given = Exclude<Kind, 'same'>;
type Finding = { readonly at: Span; readonly code: ProblemCode; readonly facts: Facts };

/**
 * Asks of a formula that reads well whether it means something: ids that exist, kinds that fit, no comparison with null, no division
 * by a written zero. @returns every problem, in the order of the text; empty when there is none
 */
export function checkFormula(formula: Formula, known: KnownIds, expected: Expected = 'any'): FormulaProblem[] {
  const findings: Finding[] = [];
  const given = kindOf(formula.ast, known, findings);
  demand(formula.ast, given, expected, findings);
  return findings.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end).map(({ at, code, facts }) => problemAt(formula.text, at, code, facts));
}

const expectationOf: Readonly<Record<'number' | 'condition' | 'text', ProblemCode>> = { number: 'number-expected', condition: 'condition-expected', text: 'text-expected' };

function demand(node: Node, given: Given, wanted: Kind, findings: Finding[]): void {
  if (wanted === 'any' || wanted === 'same' || given === 'any' || given === wanted) return;
  findings.push({ at: node.at, code: expectationOf[wanted], facts: { found: given } });
}

function kindOf(node: Node, known: KnownIds, findings: Finding[]): Given {
  switch (node.kind) {
    case 'number': return 'number';
    case 'text': return 'text';
    case 'boolean': return 'condition';
    case 'null': return 'any';
    case 'reference': checkReference(node.reference, node.at, known, findings); return node.reference.kind === 'unit-test' ? 'condition' : referenceKind(node.reference);
    case 'call': return callKind(node, known, findings);
    default: return operationKind(node, known, findings);
  }
}

/** Elements and facts of units may hold text, numbers or yes/no: only their definitions know, so they fit everywhere. */
const referenceKind = (reference: Reference): Given => (reference.kind === 'data' || reference.kind === 'attribute' || reference.kind === 'constant' ? 'any' : 'number');

function operationKind(node: Extract<Node, { kind: 'unary' | 'power' | 'chain' }>, known: KnownIds, findings: Finding[]): Given {
  const operator = node.kind === 'chain' ? (node.rest[0]?.operator ?? '+') : node.kind === 'unary' ? node.operator : '^';
  const kinds = childrenOf(node).map((child) => ({ child, kind: kindOf(child, known, findings) }));
  if (operator === '==' || operator === '!=' || operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    for (const { child } of kinds) if (child.kind === 'null') findings.push({ at: child.at, code: 'compared-with-null', facts: {} });
    checkAlike(kinds, findings);
    return 'condition';
  }
  const wanted = operator === '&&' || operator === '||' || operator === '!' ? 'condition' : 'number';
  for (const { child, kind } of kinds) demand(child, kind, wanted, findings);
  if (node.kind === 'chain') for (const { operator: sign, operand } of node.rest) {
    if ((sign === '/' || sign === '%') && operand.kind === 'number' && operand.value === 0) findings.push({ at: operand.at, code: 'divides-by-zero', facts: {} });
  }
  return wanted;
}

function callKind(node: Extract<Node, { kind: 'call' }>, known: KnownIds, findings: Finding[]): Given {
  const signature = functions.get(node.name);
  if (!signature) return 'any';
  const alike: { child: Node; kind: Given }[] = [];
  node.args.forEach((arg, at) => {
    const wanted = signature.takes[Math.min(at, signature.takes.length - 1)] ?? 'any';
    const kind = kindOf(arg, known, findings);
    if (wanted === 'same' || node.name === 'is') alike.push({ child: arg, kind });
    else demand(arg, kind, wanted, findings);
  });
  checkAlike(alike, findings);
  if (signature.gives !== 'same') return signature.gives;
  return alike.find(({ kind }) => kind !== 'any')?.kind ?? 'any';
}

/** The first part whose kind is certain sets the kind of the others. */
function checkAlike(parts: readonly { readonly child: Node; readonly kind: Given }[], findings: Finding[]): void {
  const certain = parts.filter(({ kind }) => kind !== 'any');
  const [first] = certain;
  for (const { child, kind } of certain) {
    if (first && kind !== first.kind) findings.push({ at: child.at, code: 'types-differ', facts: { found: kind, other: first.kind } });
  }
}

function checkReference(reference: Reference, at: Span, known: KnownIds, findings: Finding[]): void {
  for (const { id, ids, code } of questionsOf(reference, known)) {
    if (ids && !ids.has(id)) findings.push({ at, code, facts: { id, nearest: nearestOf(id, ids) ?? '–' } });
  }
}

type Question = { readonly id: string; readonly ids: ReadonlySet<string> | undefined; readonly code: ProblemCode };

function questionsOf(reference: Reference, known: KnownIds): Question[] {
  switch (reference.kind) {
    case 'constant': return [{ id: reference.id, ids: known.constants, code: 'constant-unknown' }];
    case 'attribute': return [{ id: reference.id, ids: known.attributes, code: 'attribute-unknown' }];
    case 'unit-count': return [{ id: reference.id, ids: known.unitGroups, code: 'unit-group-unknown' }];
    case 'indicator': return [{ id: reference.id, ids: known.indicators, code: 'indicator-unknown' }];
    case 'reporting-rate': return [{ id: reference.dataSet, ids: known.dataSets, code: 'data-set-unknown' }];
    case 'calendar': return [];
    case 'unit-test': return reference.ids.map((id): Question => {
      if (reference.test === 'ancestor') return { id, ids: known.units, code: 'unit-unknown' };
      return reference.test === 'group' ? { id, ids: known.unitGroups, code: 'unit-group-unknown' } : { id, ids: known.dataSets, code: 'data-set-unknown' };
    });
    case 'data': return dataQuestions(reference, known);
  }
}

function dataQuestions(reference: DataReference, known: KnownIds): Question[] {
  const element: Question = reference.of === 'element-group'
    ? { id: reference.element, ids: known.elementGroups, code: 'element-group-unknown' }
    : { id: reference.element, ids: known.elements, code: 'element-unknown' };
  const options = reference.options.map((id): Question => (reference.optionKind === 'option-group'
    ? { id, ids: known.optionGroups, code: 'option-group-unknown' }
    : { id, ids: known.options, code: 'option-unknown' }));
  const attribute: Question[] = reference.attributeOption === null ? [] : [{ id: reference.attributeOption, ids: known.attributeOptions ?? known.options, code: 'option-unknown' }];
  return [element, ...options, ...attribute];
}
