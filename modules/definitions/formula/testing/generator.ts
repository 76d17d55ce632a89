/** Seeded expressions for the differential test: every operation in parentheses, because the field's own parser groups equal ranks wrongly. */
export type Leaf = { readonly kind: 'literal'; readonly text: string; readonly value: number | string | boolean | null };
export type Item = { readonly kind: 'item'; readonly text: string; readonly uid: string };
export type Generated =
  | Leaf | Item
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Generated; readonly right: Generated }
  | { readonly kind: 'sign'; readonly operator: string; readonly operand: Generated }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Generated[] };
export type Values = ReadonlyMap<string, number | string | boolean | null>;
export type Case = { readonly expression: Generated; readonly values: Values };

/** mulberry32: 32 bits of state, the same numbers on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const uid = (n: number): string => `abcdefgh${String(n).padStart(3, '0')}`;
const itemForms: readonly [(id: string) => string, ...((id: string) => string)[]] = [
  (id: string): string => `#{${id}}`, (id: string): string => `#{${id}.opt45678901}`, (id: string): string => `#{${id}.*.att45678901}`, (id: string): string => `#{${id}}.periodOffset(-1)`,
  (id: string): string => `C{${id}}`, (id: string): string => `N{${id}}`, (id: string): string => `R{${id}.REPORTING_RATE}`, (id: string): string => `#{${id}}.yearToDate()`,
];
const counted = (text: string): boolean => !text.startsWith('C');

/**
 * Numbers are whole or quarters, and divisors powers of two or 0, so that binary and decimal arithmetic agree to the last bit and only
 * meaning can differ; one case in twenty is of decimals (`decimalCase`), where the last digits may.
 */
export function generatedCase(seed: number): Case {
  const random = randomOf(seed);
  const maker = new Maker(random);
  const chance = random();
  if (chance < 0.02) return { expression: maker.decimals(), values: maker.values };
  if (chance < 0.03) return { expression: maker.normal(), values: maker.values };
  const depth = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3][Math.floor(random() * 20)] ?? 1;
  return { expression: chance < 0.6 ? maker.number(depth) : maker.condition(depth), values: maker.values };
}

class Maker {
  readonly values = new Map<string, number | string | boolean | null>();
  private readonly random: () => number;
  constructor(random: () => number) {
    this.random = random;
  }

  private pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.random() * choices.length)] ?? choices[0];
  }

  private literal(value: number | string | boolean | null): Leaf {
    return { kind: 'literal', text: typeof value === 'string' ? this.pick([`'${value}'`, `"${value}"`]) : String(value), value };
  }

  private item(value: number | string | boolean | null): Item {
    const id = uid(this.values.size);
    const form = this.random() < 0.6 ? (number: string): string => `#{${number}}` : this.pick(itemForms);
    const text = form(id);
    this.values.set(id, value === null && !counted(text) ? 3 : value); // a constant is never missing
    return { kind: 'item', text, uid: id };
  }

  private figure(): number {
    return this.pick([0, 1, 2, 3, 4, 5, 7, 10, 12, 25, 100, 1000, 3321, 0.25, 0.5, 1.5, 2.75]);
  }

  private numberLeaf(): Generated {
    const chance = this.random();
    if (chance < 0.45) return this.literal(this.figure());
    if (chance < 0.88) return this.item(this.figure());
    if (chance < 0.94) return this.item(null);
    if (chance < 0.955) return this.item(true);
    if (chance < 0.97) return this.literal(null);
    if (chance < 0.975) return this.literal(this.pick(['5', 'x', '2.5']));
    if (chance < 0.98) return this.literal(1e300);
    return { kind: 'literal', text: '[days]', value: 30 };
  }

  number(depth: number): Generated {
    if (depth <= 0 || this.random() < 0.15) return this.numberLeaf();
    const below = (): Generated => this.number(depth - 1);
    const chance = this.random();
    if (chance < 0.16) return { kind: 'operation', operator: this.pick(['+', '-', '*']), left: below(), right: below() };
    if (chance < 0.2) return { kind: 'operation', operator: '/', left: below(), right: this.divisor() };
    if (chance < 0.22) return { kind: 'operation', operator: '^', left: this.literal(this.pick([0, 1, 2, 3, 0.5])), right: this.literal(this.pick([0, 1, 2, 3, 0.5])) };
    if (chance < 0.32) return { kind: 'sign', operator: this.pick(['-', '+']), operand: below() };
    if (chance < 0.45) return { kind: 'call', name: 'if', args: [this.condition(depth - 1), below(), below()] };
    if (chance < 0.62) return { kind: 'call', name: 'firstNonNull', args: this.random() < 0.8 ? [this.item(null), this.item(this.pick([null, 4])), this.literal(7)] : [below(), below()] };
    if (chance < 0.85) return { kind: 'call', name: this.pick(['greatest', 'least']), args: [below(), below()] };
    if (chance < 0.95) return { kind: 'call', name: 'removeZeros', args: [below()] };
    return { kind: 'call', name: this.pick(['log', 'log10']), args: [this.literal(this.figure())] };
  }

  normal(): Generated {
    return { kind: 'call', name: 'normDistCum', args: [this.literal(this.figure()), this.literal(this.pick([0, 1, 2])), this.literal(this.pick([0, 1, 4, 10]))] };
  }

  private divisor(): Generated {
    return this.random() < 0.85 ? this.literal(this.pick([1, 2, 4, 8, 0.5])) : this.pick<() => Generated>([() => this.literal(0), () => this.item(null), () => this.item(0), () => this.item(2)])();
  }

  condition(depth: number): Generated {
    if (depth <= 0) return this.conditionLeaf();
    const chance = this.random();
    if (chance < 0.45) return { kind: 'operation', operator: this.pick(['<', '<=', '>', '>=', '==', '!=']), left: this.number(depth - 1), right: this.number(depth - 1) };
    if (chance < 0.7) return { kind: 'operation', operator: this.pick(['&&', '||', 'and', 'or']), left: this.condition(depth - 1), right: this.condition(depth - 1) };
    if (chance < 0.8) return { kind: 'sign', operator: this.pick(['!', 'not ']), operand: this.condition(depth - 1) };
    if (chance < 0.85) return { kind: 'operation', operator: this.pick(['==', '<', '>=', '!=']), left: this.text(), right: this.text() };
    if (chance < 0.87) return { kind: 'call', name: this.pick(['isNull', 'isNotNull']), args: [this.number(depth - 1)] };
    return this.conditionLeaf();
  }

  private conditionLeaf(): Generated {
    const chance = this.random();
    if (chance < 0.6) return { kind: 'call', name: this.pick(['isNull', 'isNotNull']), args: [this.item(this.pick([null, 0, 5]))] };
    if (chance < 0.75) return this.literal(this.pick([true, false]));
    if (chance < 0.9) return { kind: 'call', name: this.pick(['contains', 'containsItems']), args: [this.text(), this.text()] };
    return this.item(this.pick<number | boolean>([true, false, 1, 0, 1.5]));
  }

  private text(): Generated {
    const words = this.pick(['a', 'b', 'a,b', 'ab', '12', 'Hà Nội', '']);
    return this.random() < 0.8 ? this.literal(words) : this.item(words);
  }

  /** Sums and products of decimals as on a financial return, compared or not. */
  decimals(): Generated {
    const leaf = (): Generated => {
      const value = Math.floor(this.random() * 10 ** this.pick([2, 4, 6])) / 10 ** this.pick([1, 2, 3]);
      return this.random() < 0.5 ? this.literal(value) : this.item(value);
    };
    const term = (): Generated => (this.random() < 0.3 ? { kind: 'operation', operator: this.pick(['*', '/']), left: leaf(), right: this.literal(this.pick([3, 7, 0.1, 1.1, 100])) } : leaf());
    const sum: Generated = { kind: 'operation', operator: this.pick(['+', '-']), left: term(), right: term() };
    return this.random() < 0.7 ? sum : { kind: 'operation', operator: this.pick(['<', '<=', '==', '>', '!=']), left: sum, right: term() };
  }
}

const seesMissing = new Set(['isNull', 'isNotNull', 'firstNonNull']);

/** @param zeros write 0 for each missing item that is not under isNull and its like: what the field's server makes of it */
export function textOf(node: Generated, values: Values, zeros: boolean): string {
  switch (node.kind) {
    case 'literal': return node.text;
    case 'item': return zeros && values.get(node.uid) === null ? '0' : node.text;
    case 'sign': return `${node.operator}(${textOf(node.operand, values, zeros)})`;
    case 'operation': return `(${textOf(node.left, values, zeros)} ${node.operator} ${textOf(node.right, values, zeros)})`;
    case 'call': return `${node.name}(${node.args.map((arg) => textOf(arg, values, zeros && !seesMissing.has(node.name))).join(', ')})`;
  }
}
