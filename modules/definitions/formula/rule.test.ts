import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileRule, type MissingStrategy, type RuleOperator, ruleOperators, type RuleVerdict, type Value } from './index.ts';
import { sourceOf } from './testing/sources.ts';

type Sides = { readonly left?: string; readonly right?: string; readonly missing?: MissingStrategy; readonly rightMissing?: MissingStrategy };

function judged(operator: RuleOperator, values: Readonly<Record<string, Value>>, { left = '#{a}', right = '#{b}', missing = 'never_skip', rightMissing = missing }: Sides = {}): RuleVerdict {
  const rule = compileRule({ left: { text: left, missing }, operator, right: { text: right, missing: rightMissing } });
  assert.ok(rule.ok);
  return rule.value.evaluate(sourceOf(values));
}

describe('comparing the sides of a rule', () => {
  const verdicts = (a: number, b: number): readonly string[] => ruleOperators.slice(0, 6).map((operator) => judged(operator, { '#{a}': a, '#{b}': b }).verdict);
  test('six comparisons', () => {
    assert.deepEqual(verdicts(1, 2), ['broken', 'holds', 'broken', 'broken', 'holds', 'holds']);
    assert.deepEqual(verdicts(2, 2), ['holds', 'broken', 'broken', 'holds', 'broken', 'holds']);
    assert.deepEqual(verdicts(3, 2), ['broken', 'holds', 'holds', 'holds', 'broken', 'broken']);
  });
  test('parts of an amount in decimals equal their total', () => assert.equal(judged('equal_to', { '#{a}': 0.1, '#{c}': 0.2, '#{b}': 0.3 }, { left: '#{a} + #{c}' }).verdict, 'holds'));
  test('the verdict carries both sides', () => assert.deepEqual(judged('less_than_or_equal_to', { '#{a}': 7, '#{b}': 2 }, { right: '#{b} * 3' }), { verdict: 'broken', left: 7, right: 6, problem: null }));
  test('previous period, year to date and residents of the unit', () => {
    const values = { '#{a}': 9, '#{a}.periodOffset(-1)': 4, '#{a}.yearToDate()': 20, 'A{residents}': 1000 };
    assert.equal(judged('less_than_or_equal_to', values, { right: '2 * #{a}.periodOffset(-1)' }).verdict, 'broken');
    assert.equal(judged('less_than_or_equal_to', values, { right: '#{a}.yearToDate()' }).verdict, 'holds');
    assert.equal(judged('less_than_or_equal_to', values, { right: 'A{residents} / 100' }).verdict, 'holds');
  });
});

describe('missing values', () => {
  test('never skip: what is missing counts as 0', () => assert.deepEqual(judged('equal_to', { '#{a}': 3 }), { verdict: 'broken', left: 3, right: 0, problem: null }));
  test('skip if any, skip if all', () => {
    const [left, right] = ['#{a} + #{c}', '#{b}'];
    assert.equal(judged('equal_to', { '#{a}': 3, '#{b}': 3 }, { left, right, missing: 'skip_if_any_value_missing' }).verdict, 'skipped');
    assert.equal(judged('equal_to', { '#{a}': 3, '#{b}': 3 }, { left, right, missing: 'skip_if_all_values_missing' }).verdict, 'holds');
    assert.equal(judged('equal_to', { '#{b}': 3 }, { left, right, missing: 'skip_if_all_values_missing' }).verdict, 'skipped');
  });
  test('each side has its own strategy', () => assert.equal(judged('equal_to', { '#{a}': 3 }, { missing: 'skip_if_any_value_missing', rightMissing: 'never_skip' }).verdict, 'broken'));
  test('0 reported is not missing', () => assert.equal(judged('equal_to', { '#{a}': 0, '#{b}': 0 }, { missing: 'skip_if_any_value_missing' }).verdict, 'holds'));
});

describe('pairs', () => {
  const pair = (operator: RuleOperator, missing: MissingStrategy): readonly string[] =>
    [{}, { '#{a}': 0 }, { '#{b}': 1 }, { '#{a}': 1, '#{b}': 0 }].map((values) => judged(operator, values, { missing }).verdict);
  for (const missing of ['never_skip', 'skip_if_any_value_missing', 'skip_if_all_values_missing'] as const) {
    test(`compulsory: both sides or neither; exclusive: not both (${missing})`, () => {
      assert.deepEqual(pair('compulsory_pair', missing), ['holds', 'broken', 'broken', 'holds']);
      assert.deepEqual(pair('exclusive_pair', missing), ['holds', 'holds', 'holds', 'broken']);
    });
  }
  test('a side of several items is there when its strategy says so', () => {
    const values = { '#{a}': 1, '#{b}': 1 };
    assert.equal(judged('exclusive_pair', values, { left: '#{a} + #{c}', missing: 'skip_if_any_value_missing' }).verdict, 'holds');
    assert.equal(judged('exclusive_pair', values, { left: '#{a} + #{c}', missing: 'skip_if_all_values_missing' }).verdict, 'broken');
  });
});

describe('sides that cannot be computed or read', () => {
  test('are skipped with the reason, even under never skip', () => {
    for (const operator of ruleOperators) {
      const { verdict, problem } = judged(operator, { '#{a}': 3, '#{b}': 0 }, { left: '#{a} / #{b}', right: '1' });
      assert.deepEqual([verdict, problem?.code], ['skipped', 'division-by-zero'], operator);
    }
    assert.equal(judged('equal_to', { '#{a}': 'north', '#{b}': 0 }).problem?.code, 'not-a-number');
  });
  test('a side that does not read is named', () => {
    const rule = compileRule({ left: { text: '1', missing: 'never_skip' }, operator: 'equal_to', right: { text: '1 +', missing: 'never_skip' } });
    assert.ok(!rule.ok);
    assert.deepEqual([rule.problem.side, rule.problem.code], ['right', 'operand-expected-at-end']);
  });
  test('a rule lists what both sides ask for, each once', () => {
    const rule = compileRule({ left: { text: '#{a} + #{b}', missing: 'never_skip' }, operator: 'equal_to', right: { text: '#{b} + #{c}', missing: 'never_skip' } });
    assert.ok(rule.ok);
    assert.deepEqual(rule.value.references.map((reference) => reference.key), ['#{a}', '#{b}', '#{c}']);
  });
});
