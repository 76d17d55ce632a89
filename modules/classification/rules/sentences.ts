/** What is so and what would change it, as a message key with facts: "fails test 3 by 1 point". Hidden counts are in no fact. */
import type { Criterion, Quantity, Sentence } from '../schema.ts';
import { protectedQuantities } from './boxes.ts';
import { measureOf, type Evidence } from './evidence.ts';
import type { TraceOptions } from './trace.ts';

type Bare = Omit<Criterion, 'sentence'>;
type Part = Bare['parts'][number];
const say = (key: string, facts: Sentence['facts'] = {}): Sentence => ({ key: `classification.says.${key}`, facts });

/** Events cannot be undone within a period: only the next one starts anew. */
const isEvent = (quantity: Quantity): boolean => quantity === 'resident-violations' || quantity === 'offender-rate' || quantity === 'plants' || quantity === 'plant-area';

/** How many people, points or plants lie between a number and a bound, counted in whole things even when the bound is a rate. */
function distance(part: Part, evidence: Evidence, options: TraceOptions): { readonly to: number | null; readonly over: number | null } {
  const { threshold } = part;
  const { of, per } = measureOf(part.quantity, evidence, options.reading);
  if (threshold === null || of.value === null || (per !== null && per.value === null)) return { to: null, over: null };
  const things = (bound: number): number => (per === null || per.value === null ? bound : Math.ceil((Math.round(bound * 10_000) * per.value) / 1_000_000));
  const low = threshold.equals ?? threshold.atLeast;
  const high = threshold.equals === null ? threshold.below : threshold.equals + 1;
  return {
    to: low !== null && of.value < things(low) ? things(low) - of.value : null,
    // the largest number below the bound is one less than the bound in things
    over: high !== null && of.value >= things(high) ? of.value - things(high) + 1 : null,
  };
}

const missingMonths = (parts: readonly Part[]): string[] => [...new Set(parts.flatMap((part) => part.sources.flatMap((source) => source.missing)))].sort();

function cannotJudge(criterion: Bare): Sentence {
  const missing = missingMonths(criterion.parts);
  return missing.length === 0 ? say('no-evidence') : say('answers-missing', { n: missing.length, months: missing.slice(0, 6).join(', '), first: missing[0] ?? '' });
}

function testSentence(criterion: Bare, evidence: Evidence, options: TraceOptions): Sentence {
  const wrong = criterion.parts.find((part) => part.verdict === (criterion.verdict === 'to-conclude' ? 'to-conclude' : 'not-met'));
  if (criterion.verdict === 'met' || wrong === undefined) return say('test-met', { n: Number(criterion.letter) || 0 });
  const hidden = options.hidden && protectedQuantities.has(wrong.quantity);
  const n = Number(criterion.letter) || 0;
  if (criterion.verdict === 'to-conclude') {
    const period = measureOf(wrong.quantity, evidence, { people: 'not-counted', window: 'whole-period' }).of.value;
    return hidden || period === null ? say('test-to-conclude.hidden', { n }) : say(`test-to-conclude.${wrong.quantity}`, { n, period });
  }
  const { over } = distance(wrong, evidence, { ...options, reading: { ...options.reading, window: wrong.quantity === 'resident-violations' ? 'whole-period' : 'closing-day' } });
  if (hidden || over === null) return say(`test-fails.${wrong.quantity}.hidden`, { n });
  return say(`test-fails.${wrong.quantity}`, { n, by: over });
}

/** The criterion in words. @param lettersNeeded letter đ: how many letters it asks for */
export function sentenceOf(criterion: Bare, evidence: Evidence, options: TraceOptions, lettersNeeded: number): Sentence {
  if (criterion.verdict === 'cannot-judge') return cannotJudge(criterion);
  if (criterion.id.startsWith('drug-free')) return testSentence(criterion, evidence, options);
  if (criterion.letters !== null) return say(criterion.verdict === 'met' ? 'route-met' : 'route-not-met', { letters: criterion.letters.length, needed: lettersNeeded, route: measureOf('on-route', evidence, options.reading).of.value ?? 0 });
  if (criterion.quantity === 'on-route') return say(criterion.verdict === 'met' ? 'on-route' : 'off-route');
  const [first] = criterion.parts;
  if (first === undefined) return say('no-evidence');
  const hidden = options.hidden && criterion.parts.some((part) => protectedQuantities.has(part.quantity));
  if (hidden) return say(criterion.verdict === 'met' ? 'met.hidden' : 'not-met.hidden');
  const met = criterion.parts.find((part) => part.verdict === 'met') ?? first;
  if (criterion.verdict === 'met') return say(`met.${met.quantity}`, { value: met.value !== null && 'v' in met.value ? met.value.v : 0 });
  const { to, over } = distance(first, evidence, options);
  if (to !== null) return say(`short.${first.quantity}`, { by: to });
  return over !== null ? say(`over.${first.quantity}`, { by: over, event: isEvent(first.quantity) ? 1 : 0 }) : say('not-met.plain');
}

/**
 * What would change the proposal, nearest first: missing answers, what a person has to conclude, failed tests, and for a class the criteria met.
 *
 * @param closedOn last day of the period: what is an event stays so until then
 */
export function changesOf(groups: readonly { readonly group: string; readonly verdict: string; readonly needed: number; readonly met: number; readonly criteria: readonly Criterion[] }[], next: string): Sentence[] {
  const tests = groups.find((one) => one.group === 'drug-free')?.criteria ?? [];
  const order = ['cannot-judge', 'to-conclude', 'not-met'] as const;
  const failing = order.flatMap((verdict) => tests.filter((test) => test.verdict === verdict));
  const stuck = failing.some((test) => test.verdict === 'not-met' && test.parts.some((part) => part.quantity === 'resident-violations' && part.verdict === 'not-met'));
  const classes = groups.filter((one) => one.group !== 'drug-free' && one.group !== 'III' && one.verdict === 'met');
  return [
    ...failing.map((test) => test.sentence),
    ...(stuck ? [say('next-period', { from: next })] : []),
    ...classes.map((one) => say('class-needs', { group: one.group, fewer: one.met - one.needed + 1, met: one.met, needed: one.needed })),
  ].slice(0, 12);
}
