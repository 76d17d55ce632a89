/** The way to a proposal, criterion by criterion: what a reader checks, and what a council signs. */
import type { Criteria, CriteriaGroup, CriterionText, OtherReading, Quantity, Reading, Threshold, Verdict } from '../schema.ts';
import type { Figure } from '#modules/indicators/schema.ts';
import { protectedQuantities } from './boxes.ts';
import { measureOf, type Evidence, type Known } from './evidence.ts';
import { classNames, classVerdict, criterionVerdict, drugFreeVerdict, lettersAtLevel, onRouteThreshold, testInWindow, testPartVerdict, testVerdict, type ClassName } from './judge.ts';
import { meets } from './meets.ts';
import { sentenceOf } from './sentences.ts';

type Sources = CriteriaGroup['criteria'][number]['parts'][number]['sources'];
export type TraceOptions = {
  readonly reading: Reading;
  /** Rows behind a quantity. */
  readonly sourcesOf: (quantity: Quantity, window: Reading['window']) => Sources;
  /** Counts of people in care are hidden from this reader (SECURITY E4). */
  readonly hidden: boolean;
  readonly ended: boolean;
};
type Part = CriteriaGroup['criteria'][number]['parts'][number];
type Criterion = CriteriaGroup['criteria'][number];

const figure = (value: number | null, hidden: boolean): Figure => (hidden ? { suppressed: true } : value === null ? { missing: true } : { v: value });
/** Percent with four decimals, so that 0.4999 is not shown as 0.5. */
export const percent = (of: Known, per: Known): number | null => (of.value === null || per.value === null || per.value === 0 ? null : Math.round((of.value * 1_000_000) / per.value) / 10_000);

/** One threshold with its number as the reader may see it. */
function partOf(evidence: Evidence, threshold: Threshold, verdict: Verdict, options: TraceOptions): Part {
  const { quantity } = threshold;
  const hidden = options.hidden && protectedQuantities.has(quantity);
  const { of, per } = measureOf(quantity, evidence, options.reading);
  const whole = measureOf(quantity, evidence, { people: options.reading.people, window: 'whole-period' });
  const windowed = quantity === 'points' || quantity === 'people-using' || quantity === 'fugitives-hiding';
  return {
    quantity, verdict, threshold, value: figure(per === null ? of.value : percent(of, per), hidden), numerator: per === null ? null : figure(of.value, hidden), denominator: per === null ? null : figure(per.value, false),
    inPeriod: windowed ? figure(whole.of.value, hidden) : null, sources: options.sourcesOf(quantity, options.reading.window),
  };
}

/** The same criterion read in the other way on each axis that touches it. */
function otherReadings(criteria: Criteria, group: ClassName | 'province', criterion: CriterionText, evidence: Evidence, options: TraceOptions): OtherReading[] {
  const quantities: readonly Quantity[] = 'any' in criterion ? criterion.any.map((one) => one.quantity) : ['managed-rate', 'points'];
  const { reading } = options;
  const turned: [OtherReading['axis'], Reading, boolean][] = [
    ['people', { ...reading, people: reading.people === 'counted' ? 'not-counted' : 'counted' }, quantities.includes('managed-rate')],
    ['or-higher', { ...reading, orHigher: !reading.orHigher }, group === 'II' || group === 'III'],
    ['window', { ...reading, window: reading.window === 'closing-day' ? 'whole-period' : 'closing-day' }, quantities.includes('points')],
  ];
  return turned.filter(([, , touches]) => touches).map(([axis, other]) => {
    const [first] = 'any' in criterion ? criterion.any : [];
    const measure = first === undefined ? undefined : measureOf(first.quantity, evidence, other);
    const value = measure === undefined ? null : measure.per === null ? measure.of.value : percent(measure.of, measure.per);
    return { axis, value: figure(value, options.hidden && first !== undefined && protectedQuantities.has(first.quantity)), verdict: criterionVerdict(criteria, group, criterion, evidence, other) };
  });
}

function criterionTrace(criteria: Criteria, group: ClassName | 'province', criterion: CriterionText, evidence: Evidence, options: TraceOptions): Criterion {
  const text = group === 'province' ? criteria.province : criteria.classes[group];
  const verdict = criterionVerdict(criteria, group, criterion, evidence, options.reading);
  const letters = 'route' in criterion && group !== 'province' ? lettersAtLevel(criteria, criterion.route, group, evidence, options.reading) : null;
  const thresholds = 'any' in criterion ? criterion.any : [onRouteThreshold(criterion.route.kinds)];
  const parts = thresholds.map((one) => partOf(evidence, one, meets(one, measureOf(one.quantity, evidence, options.reading), options.reading.orHigher), options));
  const bare = {
    id: `${group}.${criterion.letter}`, letter: criterion.letter, article: text.article, quantity: thresholds[0]?.quantity ?? 'on-route', verdict, parts,
    letters: letters === null ? null : letters.filter((one) => one.verdict === 'met').map((one) => one.letter), otherReadings: otherReadings(criteria, group, criterion, evidence, options),
  } as const;
  return { ...bare, sentence: sentenceOf(bare, evidence, options, 'route' in criterion ? criterion.route.count : 0) };
}

function classGroup(criteria: Criteria, group: ClassName | 'province', evidence: Evidence, options: TraceOptions): CriteriaGroup {
  const text = group === 'province' ? criteria.province : criteria.classes[group];
  const list = text.criteria.map((criterion) => criterionTrace(criteria, group, criterion, evidence, options));
  const count = (verdict: Verdict): number => list.filter((one) => one.verdict === verdict).length;
  return { group, article: text.article, verdict: classVerdict(criteria, group, evidence, options.reading), met: count('met'), cannotJudge: count('cannot-judge'), toConclude: 0, needed: text.atLeast, of: list.length, criteria: list };
}

/** Rows of the closing day and of the whole period, each once. */
function bothWindows(quantity: Quantity, sourcesOf: TraceOptions['sourcesOf']): Sources {
  const rows = (['closing-day', 'whole-period'] as const).flatMap((window) => sourcesOf(quantity, window));
  return [...new Map(rows.map((row) => [`${row.from} ${row.element ?? ''} ${row.cell ?? ''} ${row.over}`, row])).values()].slice(0, 8);
}

type Test = Criteria['drugFree']['tests'][number];
function testTrace(article: string, test: Test, evidence: Evidence, options: TraceOptions): Criterion {
  const parts = test.all.map((part) => {
    const window = part.window === 'open' ? 'closing-day' : part.window;
    const threshold: Threshold = { quantity: part.quantity, atLeast: null, below: null, equals: part.equals };
    const closing = testPartVerdict(part, evidence, 'closing-day');
    const whole = testPartVerdict(part, evidence, 'whole-period');
    const sourcesOf: TraceOptions['sourcesOf'] = part.window === 'open' ? (quantity) => bothWindows(quantity, options.sourcesOf) : options.sourcesOf;
    return partOf(evidence, threshold, closing === 'met' && whole === 'not-met' ? 'to-conclude' : closing === 'met' ? whole : closing, { ...options, sourcesOf, reading: { ...options.reading, window } });
  });
  const open = test.all.find((part) => part.window === 'open');
  const whole = open === undefined ? undefined : measureOf(open.quantity, evidence, { people: 'not-counted', window: 'whole-period' });
  const hidden = options.hidden && open !== undefined && protectedQuantities.has(open.quantity);
  const bare = {
    id: `drug-free.${test.letter}`, letter: test.letter, article, quantity: test.all[0]?.quantity ?? 'points', verdict: testVerdict(test, evidence), parts, letters: null,
    otherReadings: whole === undefined ? [] : [{ axis: 'window' as const, value: figure(whole.of.value, hidden), verdict: testInWindow(test, evidence, 'whole-period') }],
  };
  return { ...bare, sentence: sentenceOf(bare, evidence, options, 0) };
}

function drugFreeGroup(criteria: Criteria, evidence: Evidence, options: TraceOptions): CriteriaGroup {
  const { tests, article } = criteria.drugFree;
  const list = tests.map((test) => testTrace(article, test, evidence, options));
  const count = (verdict: Verdict): number => list.filter((one) => one.verdict === verdict).length;
  return { group: 'drug-free', article, verdict: drugFreeVerdict(criteria, evidence, null), met: count('met'), cannotJudge: count('cannot-judge'), toConclude: count('to-conclude'), needed: list.length, of: list.length, criteria: list };
}

/** Every criterion of a commune: the three tests, then classes I, II and III. */
export const traceCommune = (criteria: Criteria, evidence: Evidence, options: TraceOptions): CriteriaGroup[] =>
  [drugFreeGroup(criteria, evidence, options), ...classNames.map((name) => classGroup(criteria, name, evidence, options))];

/** Every criterion of a province: the three tests, then the six of Art. 5. */
export const traceProvince = (criteria: Criteria, evidence: Evidence, options: TraceOptions): CriteriaGroup[] =>
  [drugFreeGroup(criteria, evidence, options), classGroup(criteria, 'province', evidence, options)];
