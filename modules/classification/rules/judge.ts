/**
 * Decision 28/2025/QĐ-TTg on one place and one period. It reads as the decision does: three tests make an area drug-free (Art. 6), at least
 * three of five criteria make a commune class I or II, one of three class III (Art. 4), four of six a key-complex province (Art. 5).
 *
 * The text does not say in which order: drug-free first, then I, II, III, and "not classified" stays possible (our choice, in the decree's data).
 */
import type { ClassText, Criteria, CriterionText, Outcome, Reading, Threshold, Verdict } from '../schema.ts';
import { measureOf, type Evidence } from './evidence.ts';
import { atLeastOf, both, either, meets } from './meets.ts';

/** The readings a proposal is made in: people in treatment not counted, no "or higher", the closing day. All eight are computed and shown. */
export const firstReading: Reading = { people: 'not-counted', orHigher: false, window: 'closing-day' };
export const allReadings: readonly Reading[] = (['not-counted', 'counted'] as const).flatMap((people) =>
  [false, true].flatMap((orHigher) => (['closing-day', 'whole-period'] as const).map((window): Reading => ({ people, orHigher, window }))));

export type ClassName = 'I' | 'II' | 'III';
export const classNames: readonly ClassName[] = ['I', 'II', 'III'];

/** One threshold of a class. "Or higher" is a reading of class II and III only: class I has no upper bounds. */
const holds = (threshold: Threshold, evidence: Evidence, reading: Reading): Verdict => meets(threshold, measureOf(threshold.quantity, evidence, reading), reading.orHigher);

/** One of the alternatives is enough: plants or their area. */
const anyOf = (thresholds: readonly Threshold[], evidence: Evidence, reading: Reading): Verdict =>
  thresholds.reduce<Verdict>((verdict, threshold) => either(verdict, holds(threshold, evidence, reading)), 'not-met');

/** Thresholds of a letter, found by what they measure: letter c of class II is letter b of class III. Found once for each set of criteria. */
function measuringSame(text: ClassText, thresholds: readonly Threshold[]): readonly Threshold[] {
  const known = sameMeasure.get(text) ?? new WeakMap<readonly Threshold[], readonly Threshold[]>();
  sameMeasure.set(text, known);
  const found = known.get(thresholds) ?? text.criteria.flatMap((criterion) => ('any' in criterion && criterion.any.some((one) => thresholds.some((other) => other.quantity === one.quantity)) ? criterion.any : []));
  known.set(thresholds, found);
  return found;
}
const sameMeasure = new WeakMap<ClassText, WeakMap<readonly Threshold[], readonly Threshold[]>>();

/**
 * Letter đ (Art. 4.1, 4.2): at least two of a to d "of class II (III) or higher", and on a key complex route. Whether đ itself may count is not
 * said: it does not.
 */
export function lettersAtLevel(criteria: Criteria, route: Extract<CriterionText, { route: unknown }>['route'], own: ClassName, evidence: Evidence, reading: Reading): { readonly letter: string; readonly verdict: Verdict }[] {
  const levels = classNames.slice(0, classNames.indexOf(route.level) + 1);
  return criteria.classes[own].criteria.flatMap((criterion) => {
    if (!('any' in criterion) || !route.of.includes(criterion.letter)) return [];
    const verdict = levels.reduce<Verdict>((found, level) => either(found, anyOf(measuringSame(criteria.classes[level], criterion.any), evidence, reading)), 'not-met');
    return [{ letter: criterion.letter, verdict }];
  });
}

const routeThreshold = (kinds: readonly string[]): Threshold => ({ quantity: 'on-route', atLeast: kinds.includes('intra-provincial') ? 1 : 2, below: null, equals: null });
/** Exported for the trace: the threshold letter đ puts on the route. */
export const onRouteThreshold = routeThreshold;

/** One lettered criterion of a class or of a province. */
export function criterionVerdict(criteria: Criteria, group: ClassName | 'province', criterion: CriterionText, evidence: Evidence, reading: Reading): Verdict {
  if ('any' in criterion) return anyOf(criterion.any, evidence, reading);
  if (group === 'province') return 'not-met';
  const onRoute = holds(routeThreshold(criterion.route.kinds), evidence, reading);
  if (onRoute === 'not-met') return 'not-met'; // nearly every commune: its letters need not be looked at again
  const letters = lettersAtLevel(criteria, criterion.route, group, evidence, reading);
  const enough = atLeastOf(criterion.route.count, count(letters, 'met'), count(letters, 'cannot-judge'));
  return both(enough, onRoute);
}

const count = (list: readonly { readonly verdict: Verdict }[], verdict: Verdict): number => list.filter((one) => one.verdict === verdict).length;

/** A class, or the key-complex province: at least so many of its criteria. */
export function classVerdict(criteria: Criteria, group: ClassName | 'province', evidence: Evidence, reading: Reading): Verdict {
  const text = group === 'province' ? criteria.province : criteria.classes[group];
  let met = 0;
  let open = 0;
  for (const criterion of text.criteria) {
    const verdict = criterionVerdict(criteria, group, criterion, evidence, reading);
    if (verdict === 'met') met += 1;
    else if (verdict === 'cannot-judge') open += 1;
  }
  return atLeastOf(text.atLeast, met, open);
}

type Test = Criteria['drugFree']['tests'][number];
/** One part of a test in one window: at most so many (the decision: none). Where the text names the window, the reading does not matter. */
export const testPartVerdict = (part: Test['all'][number], evidence: Evidence, window: Reading['window']): Verdict =>
  meets({ quantity: part.quantity, atLeast: null, below: part.equals + 1, equals: null }, measureOf(part.quantity, evidence, { people: 'not-counted', window: part.window === 'open' ? window : part.window }), false);

/** One of the three tests in one window: all its parts must hold. */
export const testInWindow = (test: Test, evidence: Evidence, window: Reading['window']): Verdict =>
  test.all.reduce<Verdict>((verdict, part) => both(verdict, testPartVerdict(part, evidence, window)), 'met');

/** Art. 6 does not say whether its tests look at the closing day or the whole period: where the two differ, a person concludes. */
export function testVerdict(test: Test, evidence: Evidence): Verdict {
  const closing = testInWindow(test, evidence, 'closing-day');
  if (closing !== 'met') return closing;
  const whole = testInWindow(test, evidence, 'whole-period');
  return whole === 'not-met' ? 'to-conclude' : whole;
}

/** All three tests (Art. 6). @param window null: both, so the answer can be that a person concludes */
export const drugFreeVerdict = (criteria: Criteria, evidence: Evidence, window: Reading['window'] | null): Verdict =>
  criteria.drugFree.tests.reduce<Verdict>((verdict, test) => both(verdict, window === null ? testVerdict(test, evidence) : testInWindow(test, evidence, window)), 'met');

/** Where the order of evaluation can end, given what is not known. */
export type Proposal = { readonly outcome: Outcome; readonly possible: readonly Outcome[] };

/**
 * Walks the order: the first that is met ends it; one that cannot be told leaves it and all that may follow possible.
 *
 * @param last the outcome when none is met
 */
export function walk(steps: readonly (readonly [Outcome, () => Verdict])[], last: Outcome): Proposal {
  const possible: Outcome[] = [];
  let missing = false;
  for (const [outcome, ask] of steps) {
    const verdict = ask();
    if (verdict === 'not-met') continue;
    possible.push(outcome);
    if (verdict === 'met') return decided(possible, missing);
    missing ||= verdict === 'cannot-judge';
  }
  possible.push(last);
  return decided(possible, missing);
}
const decided = (possible: readonly Outcome[], missing: boolean): Proposal => {
  const [only] = possible;
  return { outcome: possible.length === 1 && only !== undefined ? only : missing ? 'cannot-judge' : 'to-conclude', possible };
};

/** A commune under Art. 4 alone, whatever the three tests say. */
export const communeClass = (criteria: Criteria, evidence: Evidence, reading: Reading): Proposal =>
  walk(classNames.map((name) => [name, () => classVerdict(criteria, name, evidence, reading)] as const), 'not-classified');

/** What is proposed for a commune. @param window null: the proposal, in which open windows wait for a person; else one reading of the text */
export function proposeCommune(criteria: Criteria, evidence: Evidence, reading: Reading, window: Reading['window'] | null = null): Proposal {
  return walk([['drug-free', () => drugFreeVerdict(criteria, evidence, window)], ...classNames.map((name) => [name, () => classVerdict(criteria, name, evidence, reading)] as const)], 'not-classified');
}

/** What is proposed for a province: drug-free by the same three tests (Art. 6), else key-complex by four of six (Art. 5). */
export function proposeProvince(criteria: Criteria, evidence: Evidence, reading: Reading, window: Reading['window'] | null = null): Proposal {
  return walk([['drug-free', () => drugFreeVerdict(criteria, evidence, window)], ['key-complex', () => classVerdict(criteria, 'province', evidence, reading)]], 'not-key-complex');
}
