import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkFormula, compileOutcome, type Expected, type FormulaProblem, type KnownIds, limits, parse, type ProblemCode, problemCodes, readFormula } from './index.ts';
import { formulaOf, sourceOf } from './testing/sources.ts';

function problemOf(text: string): FormulaProblem {
  const parsed = parse(text);
  assert.equal(parsed.ok, false, text);
  if (parsed.ok) throw new Error(text);
  return parsed.problem;
}

/** Text, code, and what the carets stand under; an empty string is the place after the last sign. */
const syntax: readonly (readonly [string, ProblemCode, string])[] = [
  ['', 'empty', ''], [' /* nothing */ ', 'empty', ''],
  ['1 + ', 'operand-expected-at-end', ''], ['1 + * 2', 'operand-expected', '*'], ['()', 'operand-expected', ')'], ['least(1,,2)', 'operand-expected', ','],
  ['1 2', 'operator-expected', '2'], ['#{a} #{b}', 'operator-expected', '#{b}'], ['(1 2)', 'operator-expected', '2'],
  ['(1 + 2', 'parenthesis-unclosed', '('], ['if(1, 2, (3)', 'parenthesis-unclosed', '('], ['1 + 2)', 'parenthesis-unopened', ')'],
  ['#{a', 'brace-unclosed', '#{'], ['[days', 'bracket-unclosed', '['], ['[weeks]', 'bracket-unknown', '[weeks]'], ['"abc', 'text-unclosed', '"abc'], ["'a\\q'", 'text-escape-unknown', '\\q'],
  ['1 /* x', 'comment-unclosed', '/*'], ['1e309', 'number-too-large', '1e309'], ['1,05 + 2', 'decimal-comma', '1,05'], ['(1, 2)', 'comma-outside-function', ','],
  ['1 = 1', 'single-equals', '='], ['true & true', 'single-ampersand', '&'], ['true | true', 'single-bar', '|'],
  ['a + 1', 'word-unknown', 'a'], ['treatment + 1', 'word-unknown', 'treatment'], ['greatest + 1', 'function-without-arguments', 'greatest'], ['orgUnit.group', 'function-without-arguments', 'orgUnit.group'],
  ['firstNotNull(1)', 'function-misspelt', 'firstNotNull'], ['isnull(#{a})', 'function-misspelt', 'isnull'], ['transmogrify(1)', 'function-unknown', 'transmogrify'],
  ['d2:floor(1.5)', 'function-for-programs', 'd2:floor'], ['orgUnit.program(p)', 'function-for-programs', 'orgUnit.program(p)'],
  ['log()', 'arguments-too-few', 'log()'], ['if(1, 2)', 'arguments-too-few', 'if(1, 2)'], ['log10(1, 2)', 'arguments-too-many', 'log10(1, 2)'], ['orgUnit.group()', 'arguments-too-few', 'orgUnit.group()'],
  ['is(1, 2)', 'is-needs-in', ','], ['X{a}', 'item-unknown', 'X{a}'], ['#a', 'item-malformed', '#'], ['#{a.b.c.d}', 'item-malformed', '#{a.b.c.d}'], ['C{a.b}', 'item-malformed', 'C{a.b}'], ['R{a}', 'item-malformed', 'R{a}'],
  ['V{event_date}', 'item-for-programs', 'V{event_date}'], ['D{p.e}', 'item-for-programs', 'D{p.e}'], ['A{p.a}', 'item-for-programs', 'A{p.a}'],
  ['#{1a}', 'id-malformed', '#{1a}'], ['#{}', 'id-malformed', '#{}'], ['#{điểm}', 'id-malformed', '#{điểm}'], ['R{a.RATE}', 'reporting-rate-unknown', 'R{a.RATE}'],
  ['#{a}.last()', 'modifier-unknown', '.last()'], ['#{a}.stageOffset(-1)', 'modifier-for-programs', '.stageOffset(-1)'], ['#{a}.periodOffset(x)', 'modifier-argument', '.periodOffset(x)'], ['#{a}.minDate(2025-2-29)', 'modifier-argument', '.minDate(2025-2-29)'],
  ['orgUnit.level(3)', 'unit-test-unknown', 'orgUnit.level(3)'],
  ['3 ； 4', 'lookalike-character', '；'], ['3 ＋ 4', 'lookalike-character', '＋'], ['１ + 1', 'lookalike-character', '１'], ['٣ + 1', 'lookalike-character', '٣'], ['3 − 4', 'lookalike-character', '−'], ['3 × 4', 'lookalike-character', '×'], ['#{a} ≥ 3', 'lookalike-character', '≥'], ['“a”', 'lookalike-character', '“'], ['1\u00a0+ 2', 'lookalike-character', '\u00a0'],
  ['1 + ½€', 'unexpected-character', '½'], ['1 @ 2', 'unexpected-character', '@'], ['1 + \u0000', 'unexpected-character', '\u0000'], ['điểm + 1', 'unexpected-character', 'đ'], ['1 + 😀', 'unexpected-character', '😀'],
];

/** What its words need to be filled with; codes that only a long text, a definition or a computation brings are seen below. */
const seen = new Map<ProblemCode, FormulaProblem>();

describe('every syntax problem says what, where and how to repair', () => {
  for (const [text, code, marked] of syntax) {
    test(`${code}: ${JSON.stringify(text)}`, () => {
      const problem = problemOf(text);
      seen.set(problem.code, problem);
      assert.equal(problem.code, code);
      const [line = '', carets = ''] = problem.caret.split('\n');
      assert.equal(carets.trimEnd(), `${' '.repeat(problem.column - 1)}${'^'.repeat(problem.length)}`);
      assert.equal(line, [...text].map((character) => (/\p{Cc}/u.test(character) ? ' ' : character)).join(''));
      assert.equal([...text].slice(problem.column - 1, problem.column - 1 + problem.length).join(''), marked);
    });
  }
  test('line and column are those of an editor, over any kind of line break', () => {
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      const problem = problemOf(`1 +${lineBreak}  2 +${lineBreak}   foo(1)`);
      assert.deepEqual([problem.line, problem.column, problem.length, problem.caret], [3, 4, 3, '   foo(1)\n   ^^^']);
    }
  });
  test('a long line is cut around the place', () => {
    const problem = problemOf(`${'1 + '.repeat(200)}nothing + ${'1 + '.repeat(200)}1`);
    const [line = '', carets = ''] = problem.caret.split('\n');
    assert.ok(line.length <= 102 && line.startsWith('…') && line.endsWith('…'));
    assert.equal(line.slice(carets.indexOf('^'), carets.indexOf('^') + problem.length), 'nothing');
    assert.equal(problem.column, 801);
  });
  test('a misspelt word names the right one, a decimal comma the right number, a lookalike the right sign', () => {
    assert.equal(problemOf('isNul(#{a})').facts['nearest'], 'isNull');
    assert.equal(problemOf('1,05 + 2').facts['instead'], '1.05');
    assert.deepEqual(['＋', '３', '٣', '≥', '“'].map((sign) => problemOf(sign).facts['instead']), ['+', '3', '3', '>=', '"']);
  });
});

const known: KnownIds = { elements: new Set(['cases', 'people', 'note']), elementGroups: new Set(['g']), options: new Set(['male', 'female']), optionGroups: new Set(['og']), constants: new Set(['pi']), indicators: new Set(['rate']), dataSets: new Set(['monthly']), unitGroups: new Set(['towns']), units: new Set(['north']), attributes: new Set(['residents']) };
const meaning: readonly (readonly [string, Expected, readonly (readonly [ProblemCode, number])[]])[] = [
  ['#{cases.male} / #{people} * 100 + C{pi} + N{rate} + R{monthly.REPORTING_RATE} + OUG{towns} + A{residents}', 'number', []],
  ['if(orgUnit.ancestor(north) && orgUnit.group(towns) && orgUnit.dataSet(monthly), #{deGroup:g.coGroup:og}, 0)', 'number', []],
  ['#{case} + #{cases.mal} + C{p} + N{x}', 'any', [['element-unknown', 1], ['option-unknown', 11], ['constant-unknown', 26], ['indicator-unknown', 33]]],
  ['R{m.REPORTING_RATE} + OUG{t} + A{r} + #{deGroup:x.coGroup:y.z}', 'any', [['data-set-unknown', 1], ['unit-group-unknown', 23], ['attribute-unknown', 32], ['element-group-unknown', 39], ['option-group-unknown', 39], ['option-unknown', 39]]],
  ['orgUnit.ancestor(south)', 'any', [['unit-unknown', 1]]],
  ['1 + (2 > 1)', 'number', [['number-expected', 5]]], ['if(1, 2, 3)', 'any', [['condition-expected', 4]]], ['contains(#{note}, 3)', 'any', [['text-expected', 19]]],
  ['if(true, 1, "a")', 'any', [['types-differ', 13]]], ['"a" > 1', 'any', [['types-differ', 7]]], ['#{cases} == null', 'any', [['compared-with-null', 13]]],
  ['#{cases} / 0', 'number', [['divides-by-zero', 12]]], ['#{cases} > 1', 'number', [['number-expected', 1]]], ['#{cases} + 1', 'condition', [['condition-expected', 1]]],
];

describe('what reads well but means nothing', () => {
  for (const [text, expected, findings] of meaning) {
    test(`${text}: ${findings.map(([code]) => code).join(', ') || 'nothing to say'}`, () => {
      const problems = checkFormula(formulaOf(text), known, expected);
      for (const problem of problems) seen.set(problem.code, problem);
      assert.deepEqual(problems.map((problem) => [problem.code, problem.column]), findings);
    });
  }
  test('kinds of ids that nobody gave are not asked about', () => assert.deepEqual(checkFormula(formulaOf('#{x.y} + C{z}'), {}), []));
  test('reading and checking in one go', () => {
    assert.equal(readFormula('#{cases} * 2', known, 'number').ok, true);
    for (const text of ['#{cases', '#{case}']) assert.equal(readFormula(text, known).ok, false);
  });
});

describe('words', () => {
  const words = (language: string): Record<string, string> => JSON.parse(readFileSync(new URL(`./messages.${language}.json`, import.meta.url), 'utf8'));
  const languages = [words('vi'), words('en')];
  test('every code has its words in both languages, and no words are left over', () => {
    for (const language of languages) assert.deepEqual(Object.keys(language).sort(), problemCodes.map((code) => `formula.${code}`).sort());
  });
  test('the facts of a problem fill every placeholder of its words', () => {
    for (const text of ['1/0', '1e308*10', 'log(0)', '"x" + 1', 'if(1.5, 1, 2)']) {
      const { problem } = compileOutcome(formulaOf(text))(sourceOf({}));
      if (problem) seen.set(problem.code, problem);
    }
    seen.set('too-long', problemOf('1'.repeat(limits.characters + 1)));
    seen.set('too-deep', problemOf('('.repeat(500)));
    const unseen = problemCodes.filter((code) => !seen.has(code));
    assert.deepEqual(unseen, ['circle'], 'a code nothing brings about'); // the loader of indicators fills {circle}
    for (const [code, { facts }] of seen) for (const language of languages) {
      for (const [, name = ''] of (language[`formula.${code}`] ?? '').matchAll(/\{(\w+)\}/g)) assert.ok(name in facts, `${code} lacks ${name}`);
    }
  });
});

describe('hostile text', () => {
  const depths = [limits.depth + 1, 1000, 4000];
  test('ten megabytes are refused by their length', () => assert.deepEqual([problemOf('1+'.repeat(5_000_000)).code, problemOf('('.repeat(10_000_000)).facts['given']], ['too-long', 10_000_000]));
  test('nesting is refused at its limit, and reads up to it', () => {
    for (const depth of depths) for (const text of [`${'('.repeat(depth)}1${')'.repeat(depth)}`, `${'-'.repeat(depth)}1`, `${'!'.repeat(depth)}true`, `1${'^2'.repeat(depth)}`, 'if(1,'.repeat(Math.min(depth, 1900))]) assert.equal(problemOf(text).code, 'too-deep');
    const deepest = `${'('.repeat(limits.depth)}1${')'.repeat(limits.depth)}`;
    assert.equal(compileOutcome(formulaOf(deepest))(sourceOf({})).value, 1);
    assert.equal(compileOutcome(formulaOf(`${'if(1,'.repeat(limits.depth)}7${',0)'.repeat(limits.depth)}`))(sourceOf({})).value, 7);
  });
  test('the longest sums are computed without running out of stack', () => {
    assert.equal(compileOutcome(formulaOf(`${'1+'.repeat(4999)}1`))(sourceOf({})).value, 5000);
    assert.equal(compileOutcome(formulaOf(`${'true&&'.repeat(1600)}false`))(sourceOf({})).value, false);
    assert.equal(problemOf(`least(${'1,'.repeat(4000)}1)`).code, 'arguments-too-many');
    assert.equal(formulaOf(`#{a}${'.periodOffset(-1)'.repeat(500)}`).references[0]?.period.offset, -500);
  });
  test('any text is answered with a formula or a problem whose caret fits, and nothing is thrown (20,000 random ones)', () => {
    const piece = fc.constantFrom('1', '2.5', '#{a}', '#{', '}', '(', ')', ',', '+', '-', '!', '^', '<', '=', '&&', 'and', 'not', 'if(', 'is(', ' in ', 'null', '"a"', "'", '\\', '.periodOffset(', '.', '[days]', 'orgUnit.group(', '/*', '*/', '\n', ' ', 'd2:x(', 'R{a.', '＋', '😀', '\ud800', '\u202e', '१');
    fc.assert(fc.property(fc.oneof(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), fc.string({ unit: 'grapheme' })), (text) => {
      const parsed = parse(text);
      if (parsed.ok) {
        const { value } = compileOutcome(parsed.value, 'never_skip')(sourceOf({}));
        return value === null || typeof value !== 'number' || Number.isFinite(value);
      }
      const { caret, line, column, length } = parsed.problem;
      return caret.split('\n').length === 2 && line >= 1 && column >= 1 && length >= 1;
    }), { numRuns: 20_000, seed: 3 });
  });
});
