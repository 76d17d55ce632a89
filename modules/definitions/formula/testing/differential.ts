import { ExpressionDataJs, ExpressionJs, ExpressionMode } from '@dhis2/expression-parser';
import { compileOutcome, parse, type Value } from '../index.ts';
import { byTheBook } from './by-the-book.ts';
import { generatedCase, textOf, type Case, type Generated, type Values } from './generator.ts';

/** Classes in which we differ from the field's parser on purpose; each is justified in decision 0009. */
export const differenceClasses = [
  'missing-counts-as-zero', 'null-spreads', 'not-computable', 'text-is-no-number', 'fraction-is-no-condition', 'fractional-power', 'normal-table', 'last-digits', 'negative-zero',
] as const;
export type DifferenceClass = (typeof differenceClasses)[number];
export type Tally = { cases: number; same: number; classes: Record<DifferenceClass, number>; unexplained: string[] };

type Answer = { readonly value: unknown } | { readonly error: string };

function theirs(text: string, values: Values): Answer {
  try {
    const expression = new ExpressionJs(text, ExpressionMode.INDICATOR_EXPRESSION);
    const items = text.includes('{') ? expression.collectDataItems() : [];
    const data = new Map(items.map((item) => [item, values.get(item.uid0.value) ?? null]));
    return { value: expression.evaluate(() => null, new ExpressionDataJs(new Map(), new Map(), new Map(), data, new Map([['days', 30]]))) };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name} ${String(error.message)}`.slice(0, 120) : String(error) };
  }
}

function ours(text: string, values: Values): { value: Value; problem: string } {
  const parsed = parse(text);
  if (!parsed.ok) return { value: null, problem: `refused: ${parsed.problem.code}` };
  const outcome = compileOutcome(parsed.value, 'never_skip')({
    read: (reference) => (reference.kind === 'calendar' ? 30 : reference.kind === 'data' ? values.get(reference.element) ?? null : reference.kind === 'reporting-rate' ? values.get(reference.dataSet) ?? null : 'id' in reference ? values.get(reference.id) ?? null : null),
  });
  return { value: outcome.value, problem: outcome.problem?.code ?? '' };
}

export function tallyOf(firstSeed: number, cases: number): Tally {
  const tally: Tally = { cases, same: 0, classes: { 'missing-counts-as-zero': 0, 'null-spreads': 0, 'not-computable': 0, 'text-is-no-number': 0, 'fraction-is-no-condition': 0, 'fractional-power': 0, 'normal-table': 0, 'last-digits': 0, 'negative-zero': 0 }, unexplained: [] };
  for (let seed = firstSeed; seed < firstSeed + cases; seed += 1) {
    const made = generatedCase(seed);
    const found = judged(made);
    if (found === 'same') tally.same += 1;
    else if (found in tally.classes) tally.classes[found as DifferenceClass] += 1;
    else if (tally.unexplained.length < 20) tally.unexplained.push(`seed ${seed}: ${found}`);
    else tally.unexplained.push(`seed ${seed}`);
  }
  return tally;
}

function judged(made: Case): string {
  const text = textOf(made.expression, made.values, false);
  const [our, their] = [ours(text, made.values), theirs(text, made.values)];
  if ('value' in their && Object.is(their.value, our.value) && our.problem === '') return 'same';
  const server = textOf(made.expression, made.values, true);
  const zeroed = server === text ? their : theirs(server, made.values);
  if ('value' in zeroed && Object.is(zeroed.value, our.value) && our.problem === '') return 'missing-counts-as-zero';
  const found = classOf(made, our, zeroed);
  return found ?? `${text} with ${JSON.stringify([...made.values])}: ours ${String(our.value)} ${our.problem}, theirs ${JSON.stringify(zeroed)}`;
}

function classOf(made: Case, our: { value: Value; problem: string }, their: Answer): DifferenceClass | undefined {
  const book = byTheBook(made.expression, made.values);
  const says = features(made.expression, made.values);
  const number = 'value' in their && typeof their.value === 'number' && typeof our.value === 'number' ? { their: their.value, our: our.value } : undefined;
  if (number && number.their === number.our) return 'negative-zero'; // 0 and -0 are ===
  if (says.has('normal') && number && Math.abs(number.their - number.our) <= 0.005) return 'normal-table';
  if (number && Math.abs(number.their - number.our) <= 1e-12 * Math.max(1, Math.abs(number.our))) return 'last-digits';
  const agreed = book === 'not computable' ? our.value === null && our.problem !== '' : Object.is(book, our.value) || book === our.value;
  if (!agreed) return undefined;
  if (our.problem === 'division-by-zero' || our.problem === 'overflow' || our.problem === 'outside-domain') return 'not-computable';
  if (our.problem === 'not-a-condition') return 'fraction-is-no-condition';
  if (our.problem === 'not-a-number') return 'text-is-no-number';
  if ('error' in their && their.error.includes('to Boolean') && [...made.values.values()].some((value) => value === true || !Number.isInteger(value ?? 0))) return 'fraction-is-no-condition';
  if (says.has('null')) return 'null-spreads';
  if (says.has('text')) return 'text-is-no-number';
  if (says.has('fractional-power')) return 'fractional-power';
  return undefined;
}

/** What in an expression can make a difference. */
function features(node: Generated, values: Values, found = new Set<string>()): Set<string> {
  if (node.kind === 'literal') {
    if (node.value === null) found.add('null');
    if (typeof node.value === 'string') found.add('text');
  } else if (node.kind === 'item') {
    if (values.get(node.uid) === null) found.add('null');
  } else if (node.kind === 'call') {
    if (node.name === 'removeZeros') found.add('null');
    if (node.name === 'normDistCum') found.add('normal');
    for (const arg of node.args) features(arg, values, found);
  } else if (node.kind === 'sign') features(node.operand, values, found);
  else {
    if (node.operator === '^' && node.right.kind === 'literal' && node.right.value === 0.5) found.add('fractional-power');
    features(node.left, values, found);
    features(node.right, values, found);
  }
  return found;
}
