/** Whether a set of thresholds can be used, and sets with some of them changed. */
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Criteria, CriterionText, Threshold, ThresholdChange, ThresholdFlaw } from '../schema.ts';
import { classNames, type ClassName } from './judge.ts';

const thresholdsOf = (criteria: readonly CriterionText[]): readonly Threshold[] => criteria.flatMap((one) => ('any' in one ? one.any : []));
/** A threshold as the stretch it covers: from (included) to (excluded); counts that are equal to n cover n to n + 1. */
const stretch = (one: Threshold): { from: number; to: number } => (one.equals === null ? { from: one.atLeast ?? 0, to: one.below ?? Number.POSITIVE_INFINITY } : { from: one.equals, to: one.equals + 1 });
const finite = (n: number): number | null => (Number.isFinite(n) ? n : null);

/** Bounds that no number can meet, in any group. */
function emptyRanges(criteria: Criteria): ThresholdFlaw[] {
  const groups = [...classNames.map((name) => [name, criteria.classes[name]] as const), ['province', criteria.province] as const];
  return groups.flatMap(([name, text]) => thresholdsOf(text.criteria).flatMap((one): ThresholdFlaw[] => {
    const { from, to } = stretch(one);
    const bounds = [one.atLeast, one.below, one.equals].filter((bound) => bound !== null);
    const wrong = from >= to || bounds.length === 0 || (one.equals !== null && bounds.length > 1);
    return wrong ? [{ code: 'empty-range', weight: 'refused', quantity: one.quantity, between: [name], from: finite(from), to: finite(to) }] : [];
  }));
}

/** A class that asks for more criteria than it has, and letters that are counted and do not exist. */
function countsAndLetters(criteria: Criteria): ThresholdFlaw[] {
  const groups = [...classNames.map((name) => [name, criteria.classes[name]] as const), ['province', criteria.province] as const];
  return groups.flatMap(([name, text]): ThresholdFlaw[] => {
    const letters = text.criteria.map((one) => one.letter);
    const named = text.criteria.flatMap((one) => ('route' in one ? one.route.of : []));
    const twice = new Set(letters).size !== letters.length;
    const flaws: ThresholdFlaw[] = [];
    if (text.atLeast > text.criteria.length) flaws.push({ code: 'too-many-needed', weight: 'refused', quantity: null, between: [name], from: text.atLeast, to: text.criteria.length });
    if (twice || named.some((letter) => !letters.includes(letter)) || (name === 'province' && named.length > 0)) flaws.push({ code: 'unknown-letter', weight: 'refused', quantity: null, between: [name], from: null, to: null });
    return flaws;
  });
}

/**
 * For each quantity of the classes, from III up to I: one value must not meet the same criterion of two classes (overlap, refused), and a
 * value between two classes that meets neither is a gap (warned: the decision may mean it). A quantity that a class does not know is
 * `uncovered`; Decision 28/2025 has one: points and class III.
 */
function betweenClasses(criteria: Criteria): ThresholdFlaw[] {
  const of = (name: ClassName): readonly Threshold[] => thresholdsOf(criteria.classes[name].criteria);
  const quantities = new Set(classNames.flatMap((name) => of(name).map((one) => one.quantity)));
  return [...quantities].flatMap((quantity) => {
    const found = classNames.flatMap((name) => of(name).filter((one) => one.quantity === quantity).map((one) => ({ name, ...stretch(one) }))).filter((one) => one.from < one.to).sort((a, b) => a.from - b.from || a.to - b.to);
    const flaws: ThresholdFlaw[] = classNames.filter((name) => !found.some((one) => one.name === name)).map((name) => ({ code: 'uncovered', weight: 'warned', quantity, between: [name], from: null, to: null }));
    found.slice(1).forEach((one, at) => {
      const before = found[at];
      if (before === undefined || before.to === one.from) return;
      const overlaps = before.to > one.from;
      flaws.push({ code: overlaps ? 'overlap' : 'gap', weight: overlaps ? 'refused' : 'warned', quantity, between: [before.name, one.name], from: overlaps ? one.from : before.to, to: finite(overlaps ? Math.min(before.to, one.to) : one.from) });
    });
    return flaws;
  });
}

/** Everything that is wrong or odd about a set of thresholds; one with a `refused` flaw is not used. */
export const flawsOf = (criteria: Criteria): ThresholdFlaw[] => [...emptyRanges(criteria), ...countsAndLetters(criteria), ...betweenClasses(criteria)].slice(0, 50);
export const isUsable = (flaws: readonly ThresholdFlaw[]): boolean => flaws.every((flaw) => flaw.weight === 'warned');

export type ChangeRefusal = { readonly code: 'change-names-nothing'; readonly at: number };

/** A set with some numbers changed. Refused when a change names a threshold that is not there. */
export function withChanges(criteria: Criteria, changes: readonly ThresholdChange[]): Result<Criteria, ChangeRefusal> {
  let made = criteria;
  for (const [at, change] of changes.entries()) {
    const next = withChange(made, change);
    if (next === undefined) return refuse({ code: 'change-names-nothing', at: at + 1 });
    made = next;
  }
  return ok(made);
}

function withChange(criteria: Criteria, change: ThresholdChange): Criteria | undefined {
  if (change.group === 'drug-free') {
    if (!criteria.drugFree.tests.some((test) => test.all.some((part) => part.quantity === change.quantity))) return undefined;
    const tests = criteria.drugFree.tests.map((test) => ({ ...test, all: test.all.map((part) => (part.quantity === change.quantity ? { ...part, equals: change.equals } : part)) }));
    return { ...criteria, drugFree: { ...criteria.drugFree, tests } };
  }
  const text = change.group === 'province' ? criteria.province : criteria.classes[change.group];
  const put = (next: typeof text): Criteria => (change.group === 'province' ? { ...criteria, province: next } : { ...criteria, classes: { ...criteria.classes, [change.group]: next } });
  if ('needed' in change) return put({ ...text, atLeast: change.needed });
  const fits = (one: CriterionText): boolean => one.letter === change.letter && 'any' in one && one.any.some((threshold) => threshold.quantity === change.quantity);
  if (!text.criteria.some(fits)) return undefined;
  const changed = (one: Threshold): Threshold => {
    if (one.quantity !== change.quantity) return one;
    return change.bound === 'equals' ? { ...one, equals: change.value, atLeast: null, below: null } : { ...one, equals: null, [change.bound]: change.value };
  };
  return put({ ...text, criteria: text.criteria.map((one) => ('any' in one && fits(one) ? { ...one, any: one.any.map(changed) } : one)) });
}
