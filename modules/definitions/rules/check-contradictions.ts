/** Rules that no return could satisfy together. */
import { parse, printFormula } from '../formula/index.ts';
import type { Verdict } from '../schema/files.ts';
import type { ValidationRule } from '../schema/items.ts';
import type { At, Known } from './known.ts';
import { error } from './read-items.ts';

type Order = 'below' | 'equal' | 'above';
const allows: Readonly<Record<string, readonly Order[]>> = {
  '==': ['equal'], '!=': ['below', 'above'], '<': ['below'], '<=': ['below', 'equal'], '>': ['above'], '>=': ['above', 'equal'],
};
const turned: Readonly<Record<Order, Order>> = { below: 'above', equal: 'equal', above: 'below' };
type Claim = { readonly item: ValidationRule; readonly at: At; readonly orders: readonly Order[] };

/** In one canonical text, so that `#{a}+1` and `#{a} + 1` are the same side. */
function sideText(formula: string): string {
  const parsed = parse(formula);
  return parsed.ok ? printFormula(parsed.value.ast) : formula.trim();
}

/** Hard rules in force at the same time over the same two sides whose demands leave nothing, and a pair that must and must not go together. */
export function checkContradictions(known: Known): Verdict[] {
  const found: Verdict[] = [];
  const claims = new Map<string, Claim[]>();
  const pairs = new Map<string, { readonly item: ValidationRule; readonly at: At }[]>();
  for (const { item, at } of known.all('rule')) {
    if (item.severity !== 'hard') continue;
    const [left, right] = [sideText(item.left.formula), sideText(item.right.formula)];
    const reversed = left > right;
    const key = `${item.periodType} ${reversed ? `${right} | ${left}` : `${left} | ${right}`}`;
    const orders = allows[item.operator];
    if (orders === undefined) {
      const others = (pairs.get(key) ?? []).filter((other) => other.item.operator !== item.operator && together(other.item, item));
      found.push(...others.map((other) => error(at, 'rules-contradict', 'operator', { other: other.at.item })));
      pairs.set(key, [...(pairs.get(key) ?? []), { item, at }]);
      continue;
    }
    const claim = { item, at, orders: reversed ? orders.map((one) => turned[one]) : orders };
    for (const other of claims.get(key) ?? []) {
      if (together(other.item, item) && !other.orders.some((one) => claim.orders.includes(one))) found.push(error(at, 'rules-contradict', 'operator', { other: other.at.item }));
    }
    claims.set(key, [...(claims.get(key) ?? []), claim]);
  }
  return found;
}

const together = (a: ValidationRule, b: ValidationRule): boolean => a.id !== b.id && (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);
