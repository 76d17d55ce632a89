import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { circleIn, compile, explain, functions, printFormula, referencesOf, type Value } from './index.ts';
import { randomOf } from './testing/generator.ts';
import { formulaOf, outcomeOf, sourceOf, computedOf } from './testing/sources.ts';

const table = (rows: readonly (readonly [string, Value])[], values: Readonly<Record<string, Value>> = {}): void => {
  for (const [text, expected] of rows) assert.strictEqual(computedOf(text, values), expected, text);
};

describe('reading by the documented ranks', () => {
  test('operators of one rank group from the left', () => table([['10 - 2 + 3', 11], ['8 / 2 * 2', 8], ['12 % 5', 2], ['100 / 10 / 5', 2], ['2 * 7 % 4', 2], ['1 - 2 - 3 + 10', 6]]));
  test('multiplication before addition, addition before comparison, comparison before equality, and before or', () =>
    table([['2 + 3 * 4', 14], ['2 * 3 + 4 * 5', 26], ['1 + 1 > 1', true], ['1 < 2 == 3 > 2', true], ['true || false && false', true], ['false && true || true', true], ['1 == 1 && 2 == 3', false]]));
  test('powers from the right and before signs; an exponent may carry a sign', () => table([['2^3^2', 512], ['-2^2', -4], ['(-2)^2', 4], ['2^-1', 0.5], ['2 * 3^2', 18], ['9^0.5', 3]]));
  test('signs and not bind to what follows them', () => table([['- - 3', 3], ['5 - -3', 8], ['!false && false', false], ['!(false && false)', true], ['not true == false', true], ['+4', 4], ['-3 + 5', 2]]));
  test('words and signs of one meaning', () => table([['1 < 2 and 2 < 3', true], ['false or true', true], ['not false', true], ['1 <> 2', true], ['1 != 2', true]]));
  test('numbers, texts with escapes, comments and line breaks', () =>
    table([['.5 + 5. + 1e2 + 1.5e-1', 105.65], ['"it\\u0027s" == \'it\\\'s\'', true], ['1 /* one */ + /* two\n */ 2', 3], ['\t1\r\n+\n2 ', 3], ["'\\101' == 'A'", true], ['007 + 1', 8]]));
});

describe('values', () => {
  test('integers are exact, decimals behave as on paper, 0 has no sign', () => {
    table([['9007199254740991 - 1', 9_007_199_254_740_990], ['9007199254740991 == 9007199254740990', false], ['0.1 + 0.2 == 0.3', true], ['0.1 + 0.2 - 0.3', 0], ['0.1 + 0.2 > 0.3', false], ['1.1 * 3 <= 3.3', true], ['-0', 0], ['0 * -5', 0], ['3 * 0.1 != 0.3', false]]);
    assert.ok(Object.is(computedOf('0 * -5'), 0));
  });
  test('text that reads as a number is one; texts are ordered by their letters', () => table([['"5" + 1', 6], ['"10" > 9', true], ["'a' < 'b'", true], ["'10' < '9'", true], ['"5" == 5', true], ['"x" == 1', false], ['true + true', 2], ['true == 1', true]]));
  test('what cannot be computed is no number and names its reason and place', () => {
    for (const [text, code] of [['1 / 0', 'division-by-zero'], ['5 % 0', 'division-by-zero'], ['0 ^ -1', 'division-by-zero'], ['1e308 * 10', 'overflow'], ['10 ^ 400', 'overflow'], ['log(0)', 'outside-domain'], ['log10(-1)', 'outside-domain'],
      ['log(8, 1)', 'outside-domain'], ['(-8) ^ 0.5', 'outside-domain'], ['"x" + 1', 'not-a-number'], ['if(1.5, 1, 2)', 'not-a-condition'], ['normDistCum(1, 0, 0)', 'outside-domain'], ['stddev(3, 3) + percentileCont(2, 1, 2)', 'outside-domain']] as const) {
      const { value, problem } = outcomeOf(text);
      assert.equal(value, null, text);
      assert.equal(problem?.code, code, text);
    }
    const { problem } = outcomeOf('12 +\n  7 / (3 - 3)');
    assert.deepEqual([problem?.line, problem?.column, problem?.caret], [2, 7, '  7 / (3 - 3)\n      ^^^^^^^']);
  });
  test('it spreads to whatever uses it, and never turns back into a number', () => {
    for (const text of ['1/0 > 5', 'if(1/0 > 5, 1, 2)', 'greatest(1/0, 2)', 'firstNonNull(1/0, 2)', 'isNull(1/0)', '0 * (1/0)', '!(1/0)', 'is(1/0 in 1, 2)', 'sum(1, 1/0)', 'contains(1/0, "a")']) assert.equal(outcomeOf(text).problem?.code, 'division-by-zero', text);
    table([['if(#{b} == 0, -1, #{a} / #{b})', -1], ['true || 1/0 > 2', true], ['false && 1/0 > 2', false]], { '#{a}': 3, '#{b}': 0 });
  });
  test('a number that is none, from a source, is refused', () => assert.equal(outcomeOf('#{a} + 1', { '#{a}': Number.NaN }).problem?.code, 'not-a-number'));
});

describe('what is not reported', () => {
  const values = { '#{a}': 5, '#{zero}': 0 };
  test('counts as 0 in arithmetic and comparison, and is seen by isNull, isNotNull and firstNonNull', () =>
    table([['#{a} + #{gone}', 5], ['#{a} * #{gone}', 0], ['#{a} > #{gone}', true], ['isNull(#{gone})', true], ['isNull(#{zero})', false], ['isNotNull(#{a})', true], ['isNotNull(#{gone})', false],
      ['firstNonNull(#{gone}, #{zero}, 3)', 0], ['isNull(#{a} + #{gone})', true], ['greatest(#{gone}, -3) + #{a}', 5], ['if(#{a} > 1, #{a}, #{gone})', 5]], values));
  test('0 is a number, so two zeros are not missing', () => assert.equal(computedOf('#{zero} + #{zero}', values), 0));
  test('three strategies: never skip, skip if any, skip if all are missing', () => {
    const three = (text: string): readonly Value[] => (['never_skip', 'skip_if_any_value_missing', 'skip_if_all_values_missing'] as const).map((missing) => computedOf(text, values, missing));
    assert.deepEqual(three('#{a} + #{gone}'), [5, null, 5]);
    assert.deepEqual(three('#{gone} + #{lost}'), [0, null, null]);
    assert.deepEqual(three('#{a} + #{zero}'), [5, 5, 5]);
    assert.deepEqual(three('7'), [7, 7, 7]);
    assert.deepEqual(three('if(isNull(#{gone}), 1, #{lost})'), [1, 1, 1], 'what isNull asks and a branch not taken do not count');
    assert.deepEqual([outcomeOf('#{a} + #{gone}', values).asked, outcomeOf('#{a} + #{gone}', values).present], [2, 1]);
  });
  test('an explicit null spreads through arithmetic, comparison and if; and, or are three-valued', () =>
    table([['null + 1', null], ['1 > null', null], ['null == null', null], ['if(null, 1, 2)', null], ['!null', null], ['-null', null], ['true && null', null], ['null && false', null], ['false && null', false], ['null || true', true], ['true || null', true], ['null || false', null], ['removeZeros(0) + 1', null]]));
  test('a missing text is empty, a missing yes or no is no', () => {
    for (const [text, value] of [['contains(#{t}, "0")', false], ['contains(#{t}, "")', true], ['#{c} || false', false], ['!#{c}', true]] as const) assert.equal(computedOf(text, {}, 'never_skip'), value, text);
  });
});

describe('functions', () => {
  test('if, is, firstNonNull, greatest, least, removeZeros', () =>
    table([['if(1 < 2, "yes", "no")', 'yes'], ['if(2 < 1, 1, 2)', 2], ['is(3 in 1, 2, 3)', true], ['is("a" in "b", "c")', false], ['firstNonNull(null, 4)', 4], ['firstNonNull(null, null)', null], ['greatest(1, 5, 3)', 5], ['least(4, -1, 3)', -1], ['greatest(null, 2)', 2], ['greatest(null, null)', null], ['removeZeros(0)', null], ['removeZeros(3)', 3]]));
  test('logarithms', () => table([['log(1)', 0], ['log10(1000)', 3], ['log(8, 2)', 3], ['log(100, 10)', 2]]));
  test('contains looks for every part, containsItems for whole items', () => table([['contains("abcde", "bc", "e")', true], ['contains("abcde", "x")', false], ['containsItems("MALE,FEMALE", "MALE")', true], ['containsItems("FEMALE", "MALE")', false]]));
  test('normal distribution: published values of the table and the density at the mean', () => {
    for (const [z, share] of [[0, 0.5], [1, 0.8413447460685429], [-1, 0.15865525393145707], [1.96, 0.9750021048517795], [-3, 0.0013498980316300933], [6, 0.9999999990134123]] as const) {
      assert.ok(Math.abs(Number(computedOf(`normDistCum(${z}, 0, 1)`)) - share) < 1e-14, String(z));
    }
    table([['normDistCum(500, 0, 1)', 1], ['normDistCum(-500, 0, 1)', 0], ['normDistCum(12, 10, 2) == normDistCum(1, 0, 1)', true]]);
    assert.ok(Math.abs(Number(computedOf('normDistDen(0, 0, 1)')) - 0.3989422804014327) < 1e-15);
  });
  test('aggregations over a list, and over sample periods where the missing ones are left out', () => {
    table([['sum(1, 2, 3)', 6], ['avg(1, 2, 3, 6)', 3], ['min(4, 2)', 2], ['max(4, 2)', 4], ['median(9, 1, 5)', 5], ['median(1, 2, 3, 10)', 2.5], ['count(1, 2)', 2], ['variance(2, 4, 4, 4, 5, 5, 7, 9) * 7', 32], ['stddevPop(2, 4, 4, 4, 5, 5, 7, 9)', 2], ['percentileCont(0.25, 1, 2, 3, 4, 5)', 2]]);
    table([['avg(#{a}.periodOffset(-1), #{a}.periodOffset(-2), #{a}.periodOffset(-3))', 15], ['count(#{a}.periodOffset(-1), #{a}.periodOffset(-3))', 1]], { '#{a}.periodOffset(-1)': 10, '#{a}.periodOffset(-2)': 20 });
    const samples = sourceOf({ '#{a}@-1': 3, '#{a}@-2': 5, '#{a}': 10, '#{b}@-1': 1 }, [-1, -2, -3]);
    for (const [text, expected] of [['sum(#{a})', 8], ['avg(#{a})', 4], ['count(#{a})', 2], ['#{a} - avg(#{a})', 6], ['sum(#{a} * 2 + #{b})', 17], ['max(#{gone})', null], ['firstNonNull(max(#{gone}), -1)', -1], ['normDistCum(#{a}) > 0.99', true]] as const) {
      assert.strictEqual(compile(formulaOf(text))(samples), expected, text);
    }
    assert.equal(compile(formulaOf('sum(#{a} + #{b})'), 'skip_if_any_value_missing')(samples), 4);
  });
  test('subExpression is computed unit by unit where the source can', () => {
    const units = [{ '#{a}': 2 }, { '#{a}': 0 }, {}];
    const source = { ...sourceOf({ '#{a}': 2 }), perUnit: (compute: (source: ReturnType<typeof sourceOf>) => Value): Value => units.reduce((sum, unit) => sum + Number(compute(sourceOf(unit)) ?? 0), 0) };
    assert.equal(compile(formulaOf('subExpression(if(#{a} > 0, 1, 0))'))(source), 1);
    assert.equal(computedOf('subExpression(#{a} * 2)', { '#{a}': 4 }), 8);
  });
  test('every function of the list reads', () => {
    for (const [name, { least }] of functions) assert.equal(formulaOf(name === 'is' ? 'is(1 in 2)' : `${name}(${Array.from({ length: least }, () => '#{a}').join(', ')})`).ast.kind, 'call');
  });
});

describe('items', () => {
  test('each kind asks for what it names', () => {
    const asked = (text: string): unknown => { const [{ period: _, ...reference } = { period: null }] = referencesOf(formulaOf(text)); return reference; };
    assert.deepEqual(asked('#{people-in-treatment}'), { kind: 'data', key: '#{people-in-treatment}', of: 'element', element: 'people-in-treatment', optionKind: 'combination', options: [], attributeOption: null });
    assert.deepEqual(asked('#{de.coc.aoc}'), { kind: 'data', key: '#{de.coc.aoc}', of: 'element', element: 'de', optionKind: 'combination', options: ['coc'], attributeOption: 'aoc' });
    assert.deepEqual(asked('#{deGroup:g.coGroup:a&b}'), { kind: 'data', key: '#{deGroup:g.coGroup:a&b}', of: 'element-group', element: 'g', optionKind: 'option-group', options: ['a', 'b'], attributeOption: null });
    assert.deepEqual(asked('R{monthly.ACTUAL_REPORTS_ON_TIME}'), { kind: 'reporting-rate', key: 'R{monthly.ACTUAL_REPORTS_ON_TIME}', dataSet: 'monthly', rate: 'ACTUAL_REPORTS_ON_TIME' });
    assert.deepEqual(asked('orgUnit.group(g1, g-2)'), { kind: 'unit-test', key: 'orgUnit.group(g1, g-2)', test: 'group', ids: ['g1', 'g-2'] });
  });
  test('a key is canonical: the same thing asked twice is one reference', () =>
    assert.deepEqual(referencesOf(formulaOf('#{a} + #{a.*} + #{a.*.*} + #{ a } + #{a.co:x}.periodOffset(0) + #{a.*.k} + C{c} + N{n} + I{i} + A{residents} + OUG{g} + [days] + [ periodInYear ]')).map((reference) => reference.key),
      ['#{a}', '#{a.co:x}', '#{a.*.k}', 'C{c}', 'N{n}', 'I{i}', 'A{residents}', 'OUG{g}', '[days]', '[periodInYear]']));
  test('units, constants, calendar and facts of the unit', () =>
    table([['#{cases} / A{residents} * 1000', 4], ['OUG{none}', 0], ['OUG{communes} * 2', 24], ['C{pi} > 3', true], ['[days]', 30], ['if(orgUnit.ancestor(north), 1, 2)', 1], ['orgUnit.dataSet(other)', false], ['#{cases} / A{unknown}', null], ['N{n} + R{d.REPORTING_RATE}', 97]],
      { '#{cases}': 8, 'A{residents}': 2000, 'OUG{communes}': 12, 'C{pi}': 3.14, '[days]': 30, 'orgUnit.ancestor(north)': true, 'N{n}': 2, 'R{d.REPORTING_RATE}': 95 }));
  test('periods: offsets add up over parentheses, year to date and days stand with them', () => {
    const keys = (text: string): readonly string[] => referencesOf(formulaOf(text)).map((reference) => reference.key);
    assert.deepEqual(keys('(#{a} - #{b}.periodOffset(-1)).periodOffset(-1)'), ['#{a}.periodOffset(-1)', '#{b}.periodOffset(-2)']);
    assert.deepEqual(keys('#{a}.yearToDate().periodOffset(-12) + (C{c} + A{p}).periodOffset(+1)'), ['#{a}.periodOffset(-12).yearToDate()', 'C{c}', 'A{p}']);
    assert.deepEqual(keys('#{a}.minDate(2026-1-5).maxDate(2026-12-14).aggregationType(LAST)'), ['#{a}.aggregationType(LAST).minDate(2026-01-05).maxDate(2026-12-14)']);
    assert.deepEqual(referencesOf(formulaOf('#{a}.periodOffset(-2).yearToDate()'))[0]?.period, { offset: -2, yearToDate: true, from: null, to: null, aggregation: null });
  });
});

describe('printing and explaining', () => {
  test('canonical text keeps the meaning with as few parentheses as possible', () => {
    for (const [text, printed] of [['((1))+(2*3)', '1 + 2 * 3'], ['1-(2-3)', '1 - (2 - 3)'], ['(1-2)-3', '(1 - 2) - 3'], ['not (a_b)'.replace('a_b', '#{a}>1'), '!(#{a} > 1)'], ['(-2)^2', '(-2) ^ 2'], ['-(2^2)', '-2 ^ 2'], ['1<2 and(3<4 or false)', '1 < 2 && (3 < 4 || false)'], ["is( 1 in 2,3 )", 'is(1 in 2, 3)'], ["'a\"b\\n'", '"a\\"b\\u000a"']] as const) assert.equal(printFormula(formulaOf(text).ast), printed);
  });
  test('what is printed reads back as the same formula with the same value (2,000 random ones)', () => {
    fc.assert(fc.property(fc.integer(), (seed) => {
      const text = randomText(randomOf(seed), 4);
      const printed = printFormula(formulaOf(text).ast);
      assert.equal(printFormula(formulaOf(printed).ast), printed);
      const values = { '#{a}': 3, '#{b}': 0, '#{c.d}.periodOffset(-1)': 2.5 };
      assert.deepEqual(computedOf(printed, values), computedOf(text, values), text);
    }), { numRuns: 2000, seed: 6 });
  });
  test('a number comes apart into its terms, with the branch taken and the values as reported', () => {
    const { value, tree, terms, formula } = explain(formulaOf('if(#{b}==0,#{c},#{a}/#{b})*100'), sourceOf({ '#{a}': 3, '#{b}': 4 }), (reference) => `name of ${reference.key}`);
    assert.deepEqual([value, formula, tree.operation], [75, 'if(#{b} == 0, #{c}, #{a} / #{b}) * 100', '*']);
    assert.deepEqual(terms.map((term) => [term.name, term.value]), [['name of #{b}', 4], ['name of #{c}', null], ['name of #{a}', 3]]);
    const [choice] = tree.parts;
    assert.deepEqual(choice?.parts.map((part) => [part.text, part.value, part.used, part.countedAsZero]), [['#{b} == 0', false, true, false], ['#{c}', null, false, true], ['#{a} / #{b}', 0.75, true, false]]);
  });
  test('circles of indicators are found and named', () => {
    const of = (text: string) => [formulaOf(text)];
    assert.deepEqual(circleIn(new Map([['a', of('N{b} + 1')], ['b', of('N{c}')], ['c', of('#{x} + N{b}')]])), ['b', 'c', 'b']);
    assert.deepEqual(circleIn(new Map([['a', of('N{a}')]])), ['a', 'a']);
    assert.equal(circleIn(new Map([['a', of('N{b} + N{c}')], ['b', of('N{c}')], ['c', of('#{x} + N{elsewhere}')]])), undefined);
    assert.equal(circleIn(new Map(Array.from({ length: 20_000 }, (_, i) => [`i${i}`, of(`N{i${i + 1}}`)]))), undefined);
  });
});

function randomText(random: () => number, depth: number): string {
  const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)] ?? '1';
  const below = (): string => randomText(random, depth - 1);
  if (depth === 0) return pick(['1', '2.5', '#{a}', '#{b}', '#{c.d}.periodOffset(-1)', 'true', '0', '"5"', 'null']);
  switch (Math.floor(random() * 6)) {
    case 0: return `(${below()})`;
    case 1: return `${pick(['-', '+', '!', 'not '])}${below()}`;
    case 2: return `if(${below()}, ${below()}, ${below()})`;
    case 3: return `greatest(${below()}, ${below()})`;
    default: return `${below()} ${pick(['+', '-', '*', '/', '%', '^', '<', '>=', '==', '<>', 'and', '||'])} ${below()}`;
  }
}
