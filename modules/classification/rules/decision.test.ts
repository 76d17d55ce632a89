/** Every threshold of Decision 28/2025/QĐ-TTg at its edge: just below, at, and just above, each with its article. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CriterionText, Verdict } from '../schema.ts';
import type { Evidence } from './evidence.ts';
import { allReadings, classVerdict, communeClass, criterionVerdict, drugFreeVerdict, firstReading, lettersAtLevel, proposeCommune, proposeProvince, testVerdict, type ClassName } from './judge.ts';
import { atLeast, criteria, decision, evidenceWith, exactly, nothing, type Given } from '../testing/places.ts';

const letterOf = (group: ClassName | 'province', letter: string): CriterionText => {
  const text = group === 'province' ? criteria.province : criteria.classes[group];
  return text.criteria.find((one) => one.letter === letter) ?? assert.fail(`${group} has no letter ${letter}`);
};
const verdictOf = (group: ClassName | 'province', letter: string, evidence: Evidence, reading = firstReading): Verdict => criterionVerdict(criteria, group, letterOf(group, letter), evidence, reading);

/** Residents are 100,000 so that a thousandth of a percent is one person. */
const people = 100_000;
type Edge = readonly [article: string, group: ClassName | 'province', letter: string, given: Given, expected: Verdict];
const edges: readonly Edge[] = [
  // Art. 4.1: class I
  ['4.1.a: 0.499 % of residents have records', 'I', 'a', { notCounted: 499 }, 'not-met'], ['4.1.a: 0.5 %', 'I', 'a', { notCounted: 500 }, 'met'], ['4.1.a: 0.501 %', 'I', 'a', { notCounted: 501 }, 'met'],
  ['4.1.b: 1 point', 'I', 'b', { points: 1 }, 'not-met'], ['4.1.b: 2 points', 'I', 'b', { points: 2 }, 'met'], ['4.1.b: 3 points', 'I', 'b', { points: 3 }, 'met'],
  ['4.1.c: 0.099 % of residents arrested', 'I', 'c', { offenders: 99 }, 'not-met'], ['4.1.c: 0.1 %', 'I', 'c', { offenders: 100 }, 'met'], ['4.1.c: 0.101 %', 'I', 'c', { offenders: 101 }, 'met'],
  ['4.1.d: 2,999 plants', 'I', 'd', { plants: 2999 }, 'not-met'], ['4.1.d: 3,000 plants', 'I', 'd', { plants: 3000 }, 'met'], ['4.1.d: 749 m²', 'I', 'd', { plantArea: 749 }, 'not-met'], ['4.1.d: 750 m², and no plant counted', 'I', 'd', { plantArea: 750 }, 'met'],
  ['4.1.d: 749.9 m²', 'I', 'd', { plantArea: 749.9 }, 'not-met'],
  // Art. 4.2: class II
  ['4.2.a: 0.099 %', 'II', 'a', { notCounted: 99 }, 'not-met'], ['4.2.a: 0.1 %', 'II', 'a', { notCounted: 100 }, 'met'], ['4.2.a: 0.499 %', 'II', 'a', { notCounted: 499 }, 'met'], ['4.2.a: 0.5 % is class I', 'II', 'a', { notCounted: 500 }, 'not-met'],
  ['4.2.b: no point', 'II', 'b', {}, 'not-met'], ['4.2.b: 1 point', 'II', 'b', { points: 1 }, 'met'], ['4.2.b: 2 points are class I', 'II', 'b', { points: 2 }, 'not-met'],
  ['4.2.c: 0.049 %', 'II', 'c', { offenders: 49 }, 'not-met'], ['4.2.c: 0.05 %', 'II', 'c', { offenders: 50 }, 'met'], ['4.2.c: 0.099 %', 'II', 'c', { offenders: 99 }, 'met'], ['4.2.c: 0.1 % is class I', 'II', 'c', { offenders: 100 }, 'not-met'],
  ['4.2.d: 499 plants', 'II', 'd', { plants: 499 }, 'not-met'], ['4.2.d: 500 plants', 'II', 'd', { plants: 500 }, 'met'], ['4.2.d: 2,999 plants', 'II', 'd', { plants: 2999 }, 'met'], ['4.2.d: 3,000 plants are class I', 'II', 'd', { plants: 3000 }, 'not-met'],
  ['4.2.d: 124 m²', 'II', 'd', { plantArea: 124 }, 'not-met'], ['4.2.d: 125 m²', 'II', 'd', { plantArea: 125 }, 'met'], ['4.2.d: 749 m²', 'II', 'd', { plantArea: 749 }, 'met'], ['4.2.d: 750 m² are class I', 'II', 'd', { plantArea: 750 }, 'not-met'],
  // Art. 4.3: class III
  ['4.3.a: 0.099 %', 'III', 'a', { notCounted: 99 }, 'met'], ['4.3.a: 0.1 %', 'III', 'a', { notCounted: 100 }, 'not-met'], ['4.3.a: nobody, which is below too', 'III', 'a', {}, 'met'],
  ['4.3.b: 0.049 %', 'III', 'b', { offenders: 49 }, 'met'], ['4.3.b: 0.05 %', 'III', 'b', { offenders: 50 }, 'not-met'],
  ['4.3.c: 499 plants', 'III', 'c', { plants: 499, plantArea: 125 }, 'met'], ['4.3.c: 500 plants on 124 m²', 'III', 'c', { plants: 500, plantArea: 124 }, 'met'], ['4.3.c: 500 plants on 125 m²', 'III', 'c', { plants: 500, plantArea: 125 }, 'not-met'],
  // Art. 5: the key-complex province
  ['5.1: 0.199 %', 'province', '1', { notCounted: 199 }, 'not-met'], ['5.1: 0.2 %', 'province', '1', { notCounted: 200 }, 'met'], ['5.2: 4 points', 'province', '2', { points: 4 }, 'not-met'], ['5.2: 5 points', 'province', '2', { points: 5 }, 'met'],
  ['5.3: 0.049 %', 'province', '3', { offenders: 49 }, 'not-met'], ['5.3: 0.05 %', 'province', '3', { offenders: 50 }, 'met'],
  ['5.4: 2 of 100 communes are class I or II', 'province', '4', { classed: [2, 100] }, 'not-met'], ['5.4: 3 of 100', 'province', '4', { classed: [3, 100] }, 'met'], ['5.4: 3 of 101 are 2.97 %', 'province', '4', { classed: [3, 101] }, 'not-met'],
  ['5.5: 7,999 plants', 'province', '5', { plants: 7999 }, 'not-met'], ['5.5: 8,000 plants', 'province', '5', { plants: 8000 }, 'met'], ['5.5: 1,999 m²', 'province', '5', { plantArea: 1999 }, 'not-met'], ['5.5: 2,000 m²', 'province', '5', { plantArea: 2000 }, 'met'],
  ['5.6: an intra-provincial route only', 'province', '6', { route: 1 }, 'not-met'], ['5.6: an inter-provincial route', 'province', '6', { route: 2 }, 'met'], ['5.6: both', 'province', '6', { route: 3 }, 'met'],
];

describe('Decision 28/2025/QĐ-TTg, each threshold at its edge', () => {
  for (const [article, group, letter, given, expected] of edges) test(`Article ${article}: ${expected}`, () => assert.equal(verdictOf(group, letter, evidenceWith({ residents: people, ...given })), expected));
});

describe('rates are compared exactly', () => {
  test('Article 4.1.a: 92 of 18,420 residents are 0.4995 %, which is shown as 0.5 and is not', () => {
    assert.equal(verdictOf('I', 'a', evidenceWith({ residents: 18_420, notCounted: 92 })), 'not-met');
    assert.equal(verdictOf('I', 'a', evidenceWith({ residents: 18_400, notCounted: 92 })), 'met');
  });
  test('a place without residents cannot be divided by: it cannot be judged', () => assert.equal(verdictOf('I', 'a', evidenceWith({ residents: 0 })), 'cannot-judge'));
});

describe('Articles 4.1.đ and 4.2.đ: on a key complex route', () => {
  const two: Given = { residents: people, notCounted: 100, offenders: 50 };
  test('4.1.đ: two letters of class II or higher and an intra-provincial route', () => assert.equal(verdictOf('I', 'đ', evidenceWith({ ...two, route: 1 })), 'met'));
  test('4.1.đ: the same on an inter-provincial route', () => assert.equal(verdictOf('I', 'đ', evidenceWith({ ...two, route: 2 })), 'met'));
  test('4.1.đ: the same on no route', () => assert.equal(verdictOf('I', 'đ', evidenceWith(two)), 'not-met'));
  test('4.1.đ: one letter only', () => assert.equal(verdictOf('I', 'đ', evidenceWith({ residents: people, notCounted: 100, route: 1 })), 'not-met'));
  test('4.1.đ: a letter of class I is higher than class II and counts', () => assert.equal(verdictOf('I', 'đ', evidenceWith({ residents: people, notCounted: 500, points: 2, route: 1 })), 'met'));
  test('4.2.đ: letters of class III count, points of class II and higher too', () => {
    const route = letterOf('II', 'đ');
    const evidence = evidenceWith({ residents: people, points: 1, route: 1 });
    assert.ok('route' in route);
    assert.deepEqual(lettersAtLevel(criteria, route.route, 'II', evidence, firstReading).map((one) => [one.letter, one.verdict]), [['a', 'met'], ['b', 'met'], ['c', 'met'], ['d', 'met']]);
    assert.equal(verdictOf('II', 'đ', evidence), 'met');
  });
  test('đ itself is never one of the letters it counts', () => {
    const route = letterOf('I', 'đ');
    assert.ok('route' in route && !route.route.of.includes('đ'));
  });
});

describe('how many criteria make a class', () => {
  const all: Given = { residents: people, notCounted: 500, points: 2, offenders: 100 };
  test('Article 4.1: two of five are not class I', () => assert.equal(classVerdict(criteria, 'I', evidenceWith({ ...all, offenders: 0 }), firstReading), 'not-met'));
  test('Article 4.1: three of five are', () => assert.equal(classVerdict(criteria, 'I', evidenceWith(all), firstReading), 'met'));
  test('Article 4.2: two of five are not class II, three are', () => {
    assert.equal(classVerdict(criteria, 'II', evidenceWith({ residents: people, notCounted: 100, points: 1 }), firstReading), 'not-met');
    assert.equal(classVerdict(criteria, 'II', evidenceWith({ residents: people, notCounted: 100, points: 1, offenders: 50 }), firstReading), 'met');
  });
  test('Article 4.3: one of three is class III', () => assert.equal(classVerdict(criteria, 'III', evidenceWith({ residents: people, notCounted: 100, offenders: 50, plants: 499, plantArea: 125 }), firstReading), 'met'));
  test('Article 5: three of six are no key-complex province, four are', () => {
    const three: Given = { residents: people, notCounted: 200, points: 5, offenders: 50, classed: [0, 100] };
    assert.equal(proposeProvince(criteria, evidenceWith(three), firstReading).outcome, 'not-key-complex');
    assert.equal(proposeProvince(criteria, evidenceWith({ ...three, route: 2 }), firstReading).outcome, 'key-complex');
  });
  test('none of the classes is possible: many people, many arrests, many plants, none of them three times', () => {
    const evidence = evidenceWith({ residents: people, notCounted: 500, offenders: 50, plants: 3000, plantArea: 125, points: 0 });
    assert.equal(communeClass(criteria, evidence, firstReading).outcome, 'not-classified');
  });
});

describe('Article 6: the three tests of a drug-free area', () => {
  const drugFree = (given: Given): Verdict => drugFreeVerdict(criteria, evidenceWith(given), null);
  test('nobody outside the three situations, no violation, no fugitive, no point', () => assert.equal(drugFree({}), 'met'));
  test('6.1: one person who uses and is in none of the three situations', () => assert.equal(drugFree({ using: 1 }), 'not-met'));
  test('E13: 6.1: people in substitution treatment, in rehabilitation at home or in after-care never count against a place, however many', () => {
    const many = evidenceWith({ residents: people, counted: 5000, notCounted: 0 });
    assert.equal(drugFreeVerdict(criteria, many, null), 'met');
    assert.equal(proposeCommune(criteria, many, firstReading).outcome, 'drug-free');
  });
  test('6.2: one resident’s violation in the period', () => assert.equal(drugFree({ violations: 1 }), 'not-met'));
  test('6.2: one fugitive hiding on the closing day', () => assert.equal(drugFree({ fugitives: 1 }), 'not-met'));
  test('6.3: one point left', () => assert.equal(drugFree({ points: 1 }), 'not-met'));
  for (const [what, given] of [['a point removed within it', { pointsInPeriod: 1 }], ['a person who used within it', { usingInPeriod: 1 }], ['a fugitive found within it', { fugitivesInPeriod: 1 }]] as const) {
    test(`6: the text does not say whether the whole period counts: with ${what} a person concludes`, () => {
      const proposal = proposeCommune(criteria, evidenceWith(given), firstReading);
      assert.deepEqual([proposal.outcome, proposal.possible], ['to-conclude', ['drug-free', 'III']]);
    });
  }
  test('6.2: violations are read over the whole period; a reading of the closing day does not change them', () => {
    for (const reading of allReadings) assert.equal(proposeCommune(criteria, evidenceWith({ violations: 1 }), reading, reading.window).outcome, 'III');
  });
});

describe('missing evidence cannot be judged and is never passed', () => {
  const [first, second, third] = criteria.drugFree.tests;
  assert.ok(first && second && third);
  const cases: readonly [string, Partial<Evidence>][] = [
    ['people', { using: { closing: nothing, period: nothing } }], ['violations of one month', { violations: atLeast(0) }], ['fugitives', { fugitives: { closing: nothing, period: nothing } }], ['points', { points: { closing: nothing, period: nothing } }],
  ];
  for (const [what, more] of cases) test(`Article 6 without ${what}`, () => {
    const { outcome, possible } = proposeCommune(criteria, evidenceWith({}, more), firstReading);
    assert.equal(outcome, 'cannot-judge');
    assert.ok(possible.includes('drug-free') && possible.length > 1, 'it can still be either');
  });
  test('what is known is enough where it decides: one violation reported, other months missing', () => assert.equal(testVerdict(second, evidenceWith({}, { violations: atLeast(1) })), 'not-met'));
  test('a lower bound that reaches a threshold is met; below it nothing is known', () => {
    assert.equal(verdictOf('I', 'd', evidenceWith({}, { plants: atLeast(3000) })), 'met');
    assert.equal(verdictOf('I', 'd', evidenceWith({}, { plants: atLeast(2999) })), 'cannot-judge');
    assert.equal(verdictOf('III', 'b', evidenceWith({ residents: people }, { offenders: atLeast(10) })), 'cannot-judge');
  });
  test('without the number of residents no rate is judged', () => assert.equal(verdictOf('III', 'a', evidenceWith({}, { residents: nothing })), 'cannot-judge'));
  test('a class that is certain all the same is proposed', () => {
    const { outcome } = proposeCommune(criteria, evidenceWith({ residents: people, notCounted: 500, points: 2, offenders: 100, using: 1 }, { plants: nothing, plantArea: nothing }), firstReading);
    assert.equal(outcome, 'I');
  });
  test('an answer "yes" about a route stands when the other box is blank', () => assert.equal(verdictOf('province', '6', evidenceWith({}, { route: { value: 2, complete: false } })), 'met'));
  void exactly;
});

describe('both readings of what the text leaves open', () => {
  test('people in treatment counted or not: criterion a of Article 4', () => {
    const evidence = evidenceWith({ residents: people, counted: 500, notCounted: 0 });
    assert.equal(verdictOf('I', 'a', evidence, { ...firstReading, people: 'counted' }), 'met');
    assert.equal(verdictOf('I', 'a', evidence, firstReading), 'not-met');
  });
  test('E13: more people in treatment never move a commune to another class by the proposal', () => {
    for (const outside of [0, 99, 100, 499, 500]) {
      const few = proposeCommune(criteria, evidenceWith({ residents: people, notCounted: outside, counted: outside, using: outside }), firstReading);
      const many = proposeCommune(criteria, evidenceWith({ residents: people, notCounted: outside, counted: outside + 2000, using: outside }), firstReading);
      assert.deepEqual(many, few);
    }
  });
  test('“or higher”: a value above the upper bound of class II meets it only in that reading', () => {
    const evidence = evidenceWith({ residents: people, notCounted: 500, points: 1, offenders: 50 });
    assert.equal(communeClass(criteria, evidence, firstReading).outcome, 'III');
    assert.equal(communeClass(criteria, evidence, { ...firstReading, orHigher: true }).outcome, 'II');
  });
  test('points of the whole period or of the closing day: criterion b of Article 4', () => {
    const evidence = evidenceWith({ residents: people, points: 0, pointsInPeriod: 2 });
    assert.deepEqual([verdictOf('I', 'b', evidence), verdictOf('I', 'b', evidence, { ...firstReading, window: 'whole-period' })], ['not-met', 'met']);
  });
});

test('Article 8: the criteria are in force from 24 August 2025', () => assert.deepEqual([decision.validFrom, decision.validTo, decision.number], ['2025-08-24', null, '28/2025/QĐ-TTg']));
