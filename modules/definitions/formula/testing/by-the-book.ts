import type { Generated, Values } from './generator.ts';

/**
 * A second, naive reading of the rules of decision 0009: walks the tree, knows nothing of closures, counting or positions.
 * Only used to judge cases in which the field's own parser gives up or says something else.
 */
export type Book = number | string | boolean | null | 'not computable';
const impossible = 'not computable' as const;

export function byTheBook(node: Generated, values: Values, nulls = false): Book {
  switch (node.kind) {
    case 'literal': return node.value;
    case 'item': return values.get(node.uid) ?? (nulls ? null : 0);
    case 'sign': return signOf(node.operator, byTheBook(node.operand, values, nulls));
    case 'operation': return operationOf(node, values, nulls);
    case 'call': return callOf(node.name, node.args, values, nulls);
  }
}

function numberOf(value: Book): number | null | typeof impossible {
  if (value === null || value === impossible || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value.trim() === '' || Number.isNaN(Number(value)) ? impossible : Number(value);
}

function conditionOf(value: Book): boolean | null | typeof impossible {
  if (value === null || value === impossible || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value !== 0 : impossible;
  return value === 'true' ? true : value === 'false' ? false : impossible;
}

const computed = (value: number): Book => (Number.isFinite(value) ? value : impossible);

function signOf(operator: string, value: Book): Book {
  if (operator.startsWith('!') || operator.startsWith('not')) {
    const condition = conditionOf(value);
    return typeof condition === 'boolean' ? !condition : condition;
  }
  const number = numberOf(value);
  return typeof number === 'number' && operator === '-' ? -number : number;
}

function operationOf({ operator, left, right }: Extract<Generated, { kind: 'operation' }>, values: Values, nulls: boolean): Book {
  if (operator === '&&' || operator === 'and' || operator === '||' || operator === 'or') {
    const stop = operator === '||' || operator === 'or';
    const a = conditionOf(byTheBook(left, values, nulls));
    if (a === impossible || a === stop || (a === null && !stop)) return a;
    const b = conditionOf(byTheBook(right, values, nulls));
    return a === null && b === false ? null : b;
  }
  const [a, b] = [byTheBook(left, values, nulls), byTheBook(right, values, nulls)];
  if ('+-*/^'.includes(operator)) return arithmetic(operator, numberOf(a), numberOf(b));
  if (a === impossible || b === impossible) return impossible;
  if (a === null || b === null) return null;
  return comparison(operator, a, b);
}

function arithmetic(operator: string, a: ReturnType<typeof numberOf>, b: ReturnType<typeof numberOf>): Book {
  if (a === impossible || b === impossible) return impossible;
  if (a === null || b === null) return null;
  switch (operator) {
    case '+': return computed(a + b);
    case '-': return computed(a - b);
    case '*': return computed(a * b);
    case '/': return computed(a / b);
    default: return computed(a ** b);
  }
}

function comparison(operator: string, a: number | string | boolean, b: number | string | boolean): Book {
  if (typeof a === 'string' && typeof b === 'string') return ordered(operator, a === b, a < b);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (operator === '==' || operator === '!=') {
    return ordered(operator, typeof a === 'boolean' || typeof b === 'boolean' ? alike(conditionOf(a), conditionOf(b)) : typeof a === typeof b ? a === b : alike(x, y), false);
  }
  return typeof x === 'number' && typeof y === 'number' ? ordered(operator, x === y, x < y) : impossible;
}

const alike = (a: Book, b: Book): boolean => a === b && a !== impossible;

function ordered(operator: string, equal: boolean, less: boolean): boolean {
  switch (operator) {
    case '==': return equal;
    case '!=': return !equal;
    case '<': return less;
    case '<=': return less || equal;
    case '>': return !less && !equal;
    default: return !less;
  }
}

function callOf(name: string, args: readonly Generated[], values: Values, nulls: boolean): Book {
  const inside = args.map((arg) => (): Book => byTheBook(arg, values, nulls || name === 'isNull' || name === 'isNotNull' || name === 'firstNonNull'));
  if (name === 'if') {
    const condition = conditionOf(inside[0]?.() ?? null);
    return typeof condition !== 'boolean' ? condition : (inside[condition ? 1 : 2]?.() ?? null);
  }
  if (name === 'firstNonNull') return inside.map((read) => read()).find((value) => value !== null) ?? null;
  const given = inside.map((read) => read());
  const [first = null] = given;
  if (name === 'isNull' || name === 'isNotNull') return first === impossible ? impossible : (first === null) === (name === 'isNull');
  if (name === 'contains' || name === 'containsItems') return contained(name, given);
  const numbers = name === 'removeZeros' ? [] : given.map(numberOf);
  if (numbers.includes(impossible)) return impossible;
  if (name === 'removeZeros') return first === 0 ? null : first;
  const there = numbers.filter((value) => typeof value === 'number');
  if (name === 'greatest' || name === 'least') return there.length === 0 ? null : Math[name === 'greatest' ? 'max' : 'min'](...there);
  if (there.length < numbers.length) return null;
  const [x = 0, , deviation = 1] = there;
  if (name === 'normDistCum' && deviation <= 0) return impossible;
  return x <= 0 ? impossible : name === 'log' ? Math.log(x) : Math.log10(x);
}

/** An item that is missing is an empty text here, a number the text it is written as. */
function contained(name: string, given: readonly Book[]): Book {
  if (given.includes(impossible)) return impossible;
  if (given.includes(null)) return null;
  const [whole = '', part = ''] = given.map(String);
  return name === 'contains' ? whole.includes(part) : whole.split(',').includes(part);
}
