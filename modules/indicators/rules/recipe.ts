/**
 * What the hash of a figure is made of. It names each return by key and revision and holds no reported value: a revision never changes, so the
 * revision log gives the same values to whoever may see them, and the hash lets nobody guess a hidden one.
 */
import type { Hash } from './draw.ts';

export type RecipeReturn = { readonly province: string; readonly orgUnit: string; readonly period: string; readonly dataSet: string; readonly attribute: string; readonly rev: number };
export type Recipe = {
  readonly kind: 'element' | 'indicator';
  readonly id: string;
  readonly cell: string;
  readonly edition: number;
  readonly validFrom: string;
  /** Numerator, denominator and factor, or how the element is added up. */
  readonly formula: readonly string[];
  /** What the formula asks for besides elements, with the values it got: `R{monthly.EXPECTED_REPORTS} 3321`. */
  readonly facts: readonly string[];
  readonly slots: readonly string[];
  /** Data sets and periods the returns are of: `monthly@2026-11`. */
  readonly sources: readonly string[];
  readonly unit: string;
  readonly period: string;
  readonly treeDay: string;
  readonly standing: string;
};

export const lineForm = 'province/unit/period/data-set/attribute@revision';
const lineOf = (one: RecipeReturn): string => `${one.province}/${one.orgUnit}/${one.period}/${one.dataSet}/${one.attribute}@${one.rev}`;

/** The lines before the returns, in their order. */
export const headLines = (recipe: Recipe): string[] => [
  'sauro-figure/1', `${recipe.kind} ${recipe.id} ${recipe.cell}`.trimEnd(), `edition ${recipe.edition} valid-from ${recipe.validFrom}`, ...recipe.formula.map((line) => `formula ${line}`),
  ...recipe.facts.map((line) => `fact ${line}`), `slots ${recipe.slots.join(' ')}`, `returns ${recipe.sources.join(' ')}`, `unit ${recipe.unit} on ${recipe.treeDay}`, `period ${recipe.period}`, `standing ${recipe.standing}`,
];
export const returnLines = (returns: readonly RecipeReturn[]): string[] => returns.map(lineOf).sort();

/** SHA-256 over all lines joined by line feeds, without one at the end. Whoever has the database computes it again: see the README. */
export const hashOf = (recipe: Recipe, returns: readonly RecipeReturn[], hash: Hash): string => hash([...headLines(recipe), ...returnLines(returns)].join('\n'));
