import type { Span } from './problem.ts';

/** A value inside a formula. Null: not reported. A number is finite; what cannot be computed never leaves as a number. */
export type Value = number | string | boolean | null;

/** Which period a value is asked for, seen from the period the formula is computed for. */
export type PeriodShift = {
  /** Periods of the same type later (+) or earlier (-). */
  readonly offset: number;
  /** From the start of the programme's year to the (shifted) period, that period included. */
  readonly yearToDate: boolean;
  /** Only periods that end on or after `from` and begin on or before `to`; days `YYYY-MM-DD`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Aggregation that replaces the element's own, in the field's words: SUM, AVERAGE, LAST … */
  readonly aggregation: string | null;
};
export const samePeriod: PeriodShift = { offset: 0, yearToDate: false, from: null, to: null, aggregation: null };

export type OptionKind = 'combination' | 'option' | 'option-group';
export type DataReference = {
  readonly kind: 'data';
  readonly key: string;
  readonly of: 'element' | 'element-group';
  readonly element: string;
  readonly optionKind: OptionKind;
  /** Empty: all of them, the total. Several option groups: the combinations that are in every one of them. */
  readonly options: readonly string[];
  /** Combination of attribute options (donor, project …); null: all. */
  readonly attributeOption: string | null;
  readonly period: PeriodShift;
};
export const reportingRates = ['REPORTING_RATE', 'REPORTING_RATE_ON_TIME', 'ACTUAL_REPORTS', 'ACTUAL_REPORTS_ON_TIME', 'EXPECTED_REPORTS'] as const;
export type ReportingRate = (typeof reportingRates)[number];
export const calendarFacts = ['days', 'periodInYear', 'yearlyPeriodCount'] as const;
export type CalendarFact = (typeof calendarFacts)[number];
export const unitTests = ['ancestor', 'group', 'dataSet'] as const;
export type UnitTest = (typeof unitTests)[number];

/**
 * Everything a formula asks its source for. `key` is the canonical text, period included: two references with one key ask the same.
 * attribute: a fact of the unit (`A{residents}`), an extension of ours. unit-count: units in a group at or below the unit.
 */
export type Reference =
  | DataReference
  | { readonly kind: 'constant' | 'attribute' | 'unit-count'; readonly key: string; readonly id: string; readonly period: PeriodShift }
  /** `N{…}`; the field writes `I{…}` for the indicators it computes from programmes, and so the sign is kept. */
  | { readonly kind: 'indicator'; readonly key: string; readonly sign: 'N' | 'I'; readonly id: string; readonly period: PeriodShift }
  | { readonly kind: 'reporting-rate'; readonly key: string; readonly dataSet: string; readonly rate: ReportingRate; readonly period: PeriodShift }
  | { readonly kind: 'calendar'; readonly key: string; readonly fact: CalendarFact; readonly period: PeriodShift }
  | { readonly kind: 'unit-test'; readonly key: string; readonly test: UnitTest; readonly ids: readonly string[]; readonly period: PeriodShift };

export type ChainOperator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';
export type ChainLink = { readonly operator: ChainOperator; readonly operand: Node };

/** A chain holds operators of one rank, computed from left to right; so a sum of a thousand terms is one node, not a thousand deep. */
export type Node =
  | { readonly kind: 'number'; readonly value: number; readonly at: Span }
  | { readonly kind: 'text'; readonly value: string; readonly at: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly kind: 'null'; readonly at: Span }
  | { readonly kind: 'reference'; readonly reference: Reference; readonly at: Span }
  | { readonly kind: 'unary'; readonly operator: '+' | '-' | '!'; readonly operand: Node; readonly at: Span }
  | { readonly kind: 'chain'; readonly first: Node; readonly rest: readonly ChainLink[]; readonly at: Span }
  | { readonly kind: 'power'; readonly base: Node; readonly exponent: Node; readonly at: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: Span };

export type Formula = { readonly text: string; readonly ast: Node; readonly references: readonly Reference[] };

/** Ranks as documented, lowest first; unary binds tighter than these, `^` (from right to left) tighter than unary. */
export const ranks: Readonly<Record<ChainOperator, number>> = {
  '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
};

/** The operands of a node, in the order they are written. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary': return [node.operand];
    case 'chain': return [node.first, ...node.rest.map((link) => link.operand)];
    case 'power': return [node.base, node.exponent];
    case 'call': return node.args;
    default: return [];
  }
}

/** The same node over other operands, in the same order. */
export function withChildren(node: Node, change: (child: Node) => Node): Node {
  switch (node.kind) {
    case 'unary': return { ...node, operand: change(node.operand) };
    case 'chain': return { ...node, first: change(node.first), rest: node.rest.map((link) => ({ operator: link.operator, operand: change(link.operand) })) };
    case 'power': return { ...node, base: change(node.base), exponent: change(node.exponent) };
    case 'call': return { ...node, args: node.args.map(change) };
    default: return node;
  }
}

/** Every reference once, in the order of first appearance. */
export function referencesIn(ast: Node): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (node: Node): void => {
    if (node.kind === 'reference') {
      if (!found.has(node.reference.key)) found.set(node.reference.key, node.reference);
    } else for (const child of childrenOf(node)) visit(child);
  };
  visit(ast);
  return [...found.values()];
}
