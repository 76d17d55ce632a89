/**
 * Formulas: one evaluation by our compiled closures against one by npm `@dhis2/expression-parser`, the same expressions and values, in turns in
 * one run. Both sides read the text once before the clock runs; a third line counts reading it, for those who do that at every question.
 * The floor is the same formula as a function written by hand.
 */
import { ExpressionDataJs, ExpressionJs, ExpressionMode } from '@dhis2/expression-parser';
import { compile, parse, type Value, type ValueSource } from '#modules/definitions/formula/index.ts';
import { generatedCase, textOf } from '#modules/definitions/formula/testing/generator.ts';
import { say } from './lib-measure.ts';

const goal = 10_000;
const rounds = 5;
/** Long enough for each side of a round that the clock's own grain is nothing. */
const roundMs = 150;

type Values = Readonly<Record<string, number>>;
type Formula = { readonly name: string; readonly text: string; readonly values: Values; readonly byHand: (v: readonly number[]) => number };
const values: Values = { aaaaaaaaaa1: 120, aaaaaaaaaa2: 30, aaaaaaaaaa3: 18, aaaaaaaaaa4: 4, aaaaaaaaaa5: 0.5 };
const at = (v: readonly number[], n: number): number => v[n - 1] ?? 0;
const vector = Object.values(values);
/** As they stand in programmes: a side of a rule, a share, a weighted sum, a condition. */
const formulas: readonly Formula[] = [
  { name: 'one item', text: '#{aaaaaaaaaa1}', values, byHand: (v) => at(v, 1) },
  { name: 'sum of three', text: '((#{aaaaaaaaaa1} + #{aaaaaaaaaa2}) + #{aaaaaaaaaa3})', values, byHand: (v) => at(v, 1) + at(v, 2) + at(v, 3) },
  { name: 'share', text: '((100 * #{aaaaaaaaaa2}) / #{aaaaaaaaaa1})', values, byHand: (v) => (100 * at(v, 2)) / at(v, 1) },
  { name: 'weighted', text: '((((#{aaaaaaaaaa1} * 0.25) + (#{aaaaaaaaaa2} * 0.5)) + (#{aaaaaaaaaa3} * 0.125)) - (#{aaaaaaaaaa4} * #{aaaaaaaaaa5}))', values, byHand: (v) => at(v, 1) * 0.25 + at(v, 2) * 0.5 + at(v, 3) * 0.125 - at(v, 4) * at(v, 5) },
  { name: 'condition', text: 'if((#{aaaaaaaaaa1} > (2 * #{aaaaaaaaaa2})), (#{aaaaaaaaaa3} - #{aaaaaaaaaa4}), firstNonNull(#{aaaaaaaaaa4}, 0))', values, byHand: (v) => (at(v, 1) > 2 * at(v, 2) ? at(v, 3) - at(v, 4) : at(v, 4)) },
];

/** Nanoseconds of one call: as many as fit the round, the clock asked once a thousandth of them. */
function nanoseconds(work: () => unknown): number {
  let [calls, step] = [0, 1];
  const started = performance.now();
  for (;;) {
    for (let i = 0; i < step; i += 1) sink.kept = work();
    calls += step;
    const spent = performance.now() - started;
    if (spent >= roundMs) return (spent * 1e6) / calls;
    step = Math.max(1, Math.min(1_000_000, Math.floor(calls / 8)));
  }
}
/** What was computed goes somewhere, or an engine may leave the computing out. */
const sink: { kept: unknown } = { kept: null };

type Sides = { readonly ours: () => unknown; readonly theirs: () => unknown; readonly theirsRead: () => unknown; readonly oursRead: () => unknown };
function sidesOf(text: string, given: ReadonlyMap<string, Value>): Sides {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.code}`);
  const ours = compile(parsed.value, 'never_skip');
  const source: ValueSource = { read: (reference) => (reference.kind === 'data' ? given.get(reference.element) ?? null : null) };
  const read = (): [InstanceType<typeof ExpressionJs>, InstanceType<typeof ExpressionDataJs>] => {
    const expression = new ExpressionJs(text, ExpressionMode.INDICATOR_EXPRESSION);
    const data = new Map(expression.collectDataItems().map((item) => [item, given.get(item.uid0.value) ?? null]));
    return [expression, new ExpressionDataJs(new Map(), new Map(), new Map(), data, new Map())];
  };
  const [expression, data] = read();
  return {
    ours: () => ours(source), theirs: () => expression.evaluate(() => null, data),
    oursRead: () => { const again = parse(text); return again.ok ? compile(again.value, 'never_skip')(source) : null; },
    theirsRead: () => { const [again, values] = read(); return again.evaluate(() => null, values); },
  };
}

const best = (times: readonly number[]): number => Math.min(...times);
const shown = (ns: number): string => (ns < 1000 ? `${ns.toFixed(ns < 10 ? 1 : 0)} ns` : ns < 1e6 ? `${(ns / 1000).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`).padStart(9);
const mean = (ratios: readonly number[]): number => Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);

/** Runs the comparison. @returns how many goals were missed */
export function measure(): Promise<number> {
  const rows = formulas.map((formula) => {
    const sides = sidesOf(formula.text, new Map(Object.entries(formula.values)));
    const [answer, other, byHand] = [sides.ours(), sides.theirs(), formula.byHand(vector)];
    if (answer !== other || answer !== byHand) throw new Error(`${formula.name}: ours ${String(answer)}, theirs ${String(other)}, by hand ${byHand}`);
    const [ours, theirs, oursRead, theirsRead, hand]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(nanoseconds(sides.ours));
      theirs.push(nanoseconds(sides.theirs));
      oursRead.push(nanoseconds(sides.oursRead));
      theirsRead.push(nanoseconds(sides.theirsRead));
      hand.push(nanoseconds(() => formula.byHand(vector)));
    }
    return { name: formula.name, ours: best(ours), theirs: best(theirs), oursRead: best(oursRead), theirsRead: best(theirsRead), hand: best(hand) };
  });
  say(`one evaluation, best of ${rounds}, both sides in turns in one run, equal answers`);
  say('  formula            compiled  |  package, read before   ratio  |  package, read each time   ratio  |  we, read each time  |  by hand');
  for (const one of rows) say(`  ${one.name.padEnd(16)} ${shown(one.ours)}  | ${shown(one.theirs)} ${`${Math.round(one.theirs / one.ours).toLocaleString('en')} ×`.padStart(17)}  | ${shown(one.theirsRead)} ${`${Math.round(one.theirsRead / one.ours).toLocaleString('en')} ×`.padStart(20)}  | ${shown(one.oursRead).padStart(15)}      | ${shown(one.hand)}`);
  const [ratio, readRatio, floor] = [mean(rows.map((one) => one.theirs / one.ours)), mean(rows.map((one) => one.theirsRead / one.ours)), mean(rows.map((one) => one.ours / one.hand))];
  const generated = manyRatio();
  say(`  package / compiled, text read before by both           ${Math.round(ratio).toLocaleString('en')} ×   (goal: at least ${goal.toLocaleString('en')})   ${ratio >= goal ? 'reached' : 'MISSED'}`);
  say(`  … of ${generated.cases.toLocaleString('en')} generated formulas that both compute alike     ${Math.round(generated.ratio).toLocaleString('en')} ×`);
  say(`  … package reading the text at each question            ${Math.round(readRatio).toLocaleString('en')} ×`);
  say(`  compiled / a function written by hand                  ${floor.toFixed(1)} ×`);
  return Promise.resolve(ratio >= goal ? 0 : 1);
}

/** Formulas of the differential test, each evaluated once a pass: total time of one side against the other's. */
function manyRatio(): { readonly cases: number; readonly ratio: number } {
  const all = Array.from({ length: 4000 }, (_, seed) => generatedCase(seed)).flatMap(({ expression, values: given }) => {
    try {
      const sides = sidesOf(textOf(expression, given, false), given);
      return Object.is(sides.ours(), sides.theirs()) ? [sides] : [];
    } catch { return []; } // the package throws where it cannot compute; those are not compared
  });
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round += 1) {
    ours.push(nanoseconds(() => { for (const one of all) sink.kept = one.ours(); }));
    theirs.push(nanoseconds(() => { for (const one of all) sink.kept = one.theirs(); }));
  }
  return { cases: all.length, ratio: best(theirs) / best(ours) };
}
