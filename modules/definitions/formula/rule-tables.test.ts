/** Truth tables of missing values: every operator, every pair of strategies, every way in which two items a side can be there or not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileRule, type MissingStrategy, type RuleOperator, type Value } from './index.ts';
import { sourceOf } from './testing/sources.ts';

const never: MissingStrategy = 'never_skip';
const any: MissingStrategy = 'skip_if_any_value_missing';
const all: MissingStrategy = 'skip_if_all_values_missing';
const names = new Map<MissingStrategy, string>([[never, 'never'], [any, 'any'], [all, 'all']]);

/** Of two items of 1 the first `count` are reported. */
const items = (first: string, second: string, count: number): Record<string, Value> => ({ ...(count > 0 ? { [`#{${first}}`]: 1 } : {}), ...(count > 1 ? { [`#{${second}}`]: 1 } : {}) });
const letters = { holds: 'H', broken: 'B', skipped: 'S' } as const;

/** Nine verdicts: for 0, 1, 2 items on the left, those for 0, 1, 2 on the right. */
function table(operator: RuleOperator, left: MissingStrategy, right: MissingStrategy): string {
  const rule = compileRule({ left: { text: '#{a} + #{c}', missing: left }, operator, right: { text: '#{b} + #{d}', missing: right } });
  assert.ok(rule.ok);
  const verdict = (l: number, r: number): string => letters[rule.value.evaluate(sourceOf({ ...items('a', 'c', l), ...items('b', 'd', r) })).verdict];
  return [0, 1, 2].map((l) => [0, 1, 2].map((r) => verdict(l, r)).join('')).join(' ');
}

/** H holds, B broken, S skipped; the sums are 0, 1 and 2. */
const tables: readonly (readonly [left: MissingStrategy, right: MissingStrategy, equal: string, atMost: string, above: string, compulsory: string, exclusive: string])[] = [
  //           ==             <=             >              compulsory     exclusive
  [never, never, 'HBB BHB BBH', 'HHH BHH BBH', 'BBB HBB HHB', 'HBB BHH BHH', 'HHH HBB HBB'],
  [never, any, 'SSB SSB SSH', 'SSH SSH SSH', 'SSB SSB SSB', 'HHB BBH BBH', 'HHH HHB HHB'],
  [never, all, 'SBB SHB SBH', 'SHH SHH SBH', 'SBB SBB SHB', 'HBB BHH BHH', 'HHH HBB HBB'],
  [any, never, 'SSS SSS BBH', 'SSS SSS BBH', 'SSS SSS HHB', 'HBB HBB BHH', 'HHH HHH HBB'],
  [any, any, 'SSS SSS SSH', 'SSS SSS SSH', 'SSS SSS SSB', 'HHB HHB BBH', 'HHH HHH HHB'],
  [any, all, 'SSS SSS SBH', 'SSS SSS SBH', 'SSS SSS SHB', 'HBB HBB BHH', 'HHH HHH HBB'],
  [all, never, 'SSS BHB BBH', 'SSS BHH BBH', 'SSS HBB HHB', 'HBB BHH BHH', 'HHH HBB HBB'],
  [all, any, 'SSS SSB SSH', 'SSS SSH SSH', 'SSS SSB SSB', 'HHB BBH BBH', 'HHH HHB HHB'],
  [all, all, 'SSS SHB SBH', 'SSS SHH SBH', 'SSS SBB SHB', 'HBB BHH BHH', 'HHH HBB HBB'],
];
const swapped = (verdicts: string): string => verdicts.replaceAll(/[HB]/g, (one) => (one === 'H' ? 'B' : 'H'));

describe('truth tables of missing values', () => {
  for (const [left, right, equal, atMost, above, compulsory, exclusive] of tables) {
    test(`left skips ${names.get(left) ?? ''}, right skips ${names.get(right) ?? ''}`, () => {
      assert.equal(table('equal_to', left, right), equal, '==');
      assert.equal(table('not_equal_to', left, right), swapped(equal), '!=');
      assert.equal(table('less_than_or_equal_to', left, right), atMost, '<=');
      assert.equal(table('greater_than', left, right), above, '>');
      assert.equal(swapped(atMost), above, 'what is not at most is above');
      assert.equal(table('compulsory_pair', left, right), compulsory, 'compulsory pair');
      assert.equal(table('exclusive_pair', left, right), exclusive, 'exclusive pair');
      // The two that are left are these with the sides exchanged.
      const [, , , otherAtMost = '', otherAbove = ''] = tables.find(([l, r]) => l === right && r === left) ?? [];
      assert.equal(table('greater_than_or_equal_to', left, right), turned(otherAtMost), '>=');
      assert.equal(table('less_than', left, right), turned(otherAbove), '<');
    });
  }
  test('the tables are all there are: three strategies on each side, each once', () => assert.equal(new Set(tables.map(([left, right]) => `${left} ${right}`)).size, 9));
  test('a zero that was reported is a value, and a constant never misses', () => {
    const judged = (text: string, values: Record<string, Value>): string => {
      const rule = compileRule({ left: { text, missing: any }, operator: 'equal_to', right: { text: '0', missing: any } });
      assert.ok(rule.ok);
      return rule.value.evaluate(sourceOf(values)).verdict;
    };
    assert.equal(judged('#{a} + #{c}', { '#{a}': 0, '#{c}': 0 }), 'holds');
    assert.equal(judged('#{a} * C{rate}', { '#{a}': 0 }), 'skipped', 'a constant the programme lacks is null, and null spreads');
    assert.equal(judged('#{a} * C{rate}', { '#{a}': 0, 'C{rate}': 3 }), 'holds');
  });
});

/** The same verdicts with left and right exchanged. */
function turned(verdicts: string): string {
  const rows = verdicts.split(' ');
  return [0, 1, 2].map((l) => [0, 1, 2].map((r) => rows[r]?.[l] ?? '').join('')).join(' ');
}
