import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { actorWith, atCommune, atNation, atProvince } from '#platform/testing/test-server.ts';
import { element, target, words } from '../site.test.ts';
import { seeded } from '../testing/world.ts';
import { drawUnits, frameDigestOf, seedDigestOf, verificationFactor } from './draw.ts';
import { gradeOf } from './grade.ts';
import { changeStep, gapOf, isAbsolute, isFor, judge, shouldBe, stepOf, targetFor, tierOf } from './judge.ts';
import { parseVector } from './parse-vector.ts';
import { groupsGiveNothingBack, hiddenTotals, hiddenUnits, isSmall, opensSmallCounts, type Contributor } from './protect.ts';
import { hashOf, headLines, returnLines } from './recipe.ts';
import { atLeast, heaping, median, outlierSigns, suddenDrop, zeroRun } from './statistics.ts';
import { chooseThings } from './things.ts';
import { basePeriods, mayCombine } from './ways.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('what may be added', () => {
  test('a share is not added, text has no sum, an element that says none stands for one unit in one period', () => {
    const why = (more: Parameters<typeof element>[1], asked: { units: boolean; time: boolean }) => { const answer = mayCombine(element('x', more), asked); return answer.ok ? 'ok' : answer.problem.why; };
    assert.equal(why({ valueType: 'percent' }, { units: true, time: false }), 'not-summable-over-units');
    assert.equal(why({ valueType: 'percent', aggregation: 'average' }, { units: true, time: true }), 'ok');
    assert.equal(why({ valueType: 'text' }, { units: false, time: false }), 'text-has-no-sum');
    assert.equal(why({ aggregation: 'none' }, { units: false, time: true }), 'not-summable-over-time');
    assert.equal(why({ aggregation: 'none' }, { units: false, time: false }), 'ok');
    assert.equal(why({ aggregation: 'last' }, { units: true, time: true }), 'ok');
  });
  test('a span is read from whole periods of the returns only', () => {
    assert.deepEqual(basePeriods(['2026-01', '2026-02', '2026-03'], 'quarter'), ['2026-Q1']);
    assert.deepEqual(basePeriods(['2026-01', '2026-02', '2026-03'], 'month'), ['2026-01', '2026-02', '2026-03']);
    assert.equal(basePeriods(['2026-01'], 'quarter'), undefined);
    assert.equal(basePeriods(Array.from({ length: 9 }, (_, i) => `2026-0${i + 1}`), 'half-year'), undefined);
  });
  test('numbers of an array’s text are read as they are, blanks as no number', () => {
    const into = new Float64Array(8).fill(-1);
    assert.equal(parseVector('3,,0,0.5,-2,9007199254740991,1e-7', into, 1), 7);
    assert.deepEqual([...into], [-1, 3, Number.NaN, 0, 0.5, -2, 9007199254740991, 1e-7]);
  });
});

describe('judgement', () => {
  const held = (value: number, more: Parameters<typeof target>[2] = {}, rest: Partial<Parameters<typeof judge>[0]> = {}) =>
    judge({ indicator: { polarity: 'higher' }, target: target('T', 'i', more), period: '2028-06', figure: { v: value }, coverage: { reporting: 9, expected: 10 }, ...rest });
  test('where one should be lies on a straight line over months from the baseline to the target, or on the path', () => {
    assert.equal(shouldBe(target('T', 'i'), '2028-06'), 60); // 40 at the end of 2025, 80 at the end of 2030: half way
    assert.equal(shouldBe(target('T', 'i'), '2025-06'), null);
    assert.equal(shouldBe(target('T', 'i'), '2031'), 80);
    assert.equal(shouldBe(target('T', 'i', { path: [{ period: '2027', value: 70 }] }), '2027'), 70);
    assert.equal(shouldBe(target('T', 'i', { everyYear: true }), '2026-03'), 80);
    assert.equal(shouldBe(target('T', 'i', { baseline: null }), '2028-06'), null);
    assert.equal(shouldBe(target('T', 'i'), '2028-06', [{ value: 100, period: '2030' }]), 70);
    // promises year by year are the path from the first of them on; before it the target's own points
    assert.equal(shouldBe(target('T', 'i', { path: [{ period: '2026', value: 50 }, { period: '2027', value: 60 }] }), '2027-06', [{ value: 54, period: '2027' }, { value: 90, period: '2030' }]), 52);
    assert.equal(shouldBe(target('T', 'i', { everyYear: true }), '2026-03', [{ value: 85, period: '2026' }]), 85);
  });
  test('four steps by the gap: at it good, up to 5 % behind fair, up to 10 % worrying, more bad; less is better for a ceiling', () => {
    assert.deepEqual([60, 57, 54, 53.9].map((value) => held(value).step), ['good', 'fair', 'worrying', 'bad']);
    assert.deepEqual([20, 21, 22, 22.1].map((value) => held(value, { operator: '<=', low: 20, everyYear: true }).step), ['good', 'fair', 'worrying', 'bad']);
    assert.equal(stepOf(gapOf(0, 0, -1)), 'good');
    assert.equal(stepOf(gapOf(1, 0, -1)), 'bad');
  });
  test('nothing is judged without a figure, a value in the target, a path, or half of the returns', () => {
    assert.equal(held(1, {}, { figure: { missing: true } }).reason, 'no-figure');
    assert.equal(held(1, {}, { figure: { suppressed: true } }).reason, 'suppressed');
    assert.equal(held(1, { low: null }).reason, 'no-value-in-target');
    assert.equal(held(1, { baseline: null }).reason, 'no-path-yet');
    assert.equal(held(1, {}, { coverage: { reporting: 4, expected: 10 } }).reason, 'too-few-reports');
    assert.equal(held(1, { status: 'uncertain' }).reason, 'no-target');
  });
  test('a rise or a fall of an effort figure has no colour; held against a target it names the target', () => {
    assert.equal(changeStep({ polarity: 'none' }, -30), null);
    assert.equal(changeStep({ polarity: 'none' }, 30), null);
    assert.equal(changeStep({ polarity: 'lower' }, -3), 'good');
    const alone = held(1, {}, { indicator: { polarity: 'none' }, target: undefined });
    assert.deepEqual([alone.step, alone.reason], [null, 'direction-says-nothing']);
    const serving = held(60, {}, { indicator: { polarity: 'none' } });
    assert.deepEqual([serving.step, serving.target], ['good', 'T']);
  });
  test('a signed judgement stands over the computed one and shows it', () => {
    const judged = held(53, {}, { override: { step: 'fair', computed: null, reason: 'bão', office: 'VPCP', post: 'p', at: '2026-11-18T00:00:00Z' } });
    assert.deepEqual([judged.step, judged.override?.computed, judged.reason], ['fair', 'bad', 'signed-override']);
  });
  test('the target that is due next is chosen, official ones first, proposals never', () => {
    const list = [target('own', 'i', { status: 'working_goal', year: 2026 }), target('late', 'i', { year: 2030 }), target('next', 'i', { year: 2027 }), target('only-proposed', 'i', { status: 'proposal_stage_only', year: 2026 })];
    assert.equal(targetFor(list, 'i', '2026-11')?.id, 'next');
    assert.equal(targetFor([list[3] ?? target('x', 'y')], 'i', '2026-11'), undefined);
    const path = { path: [{ period: '2025', value: 20 }, { period: '2026', value: 26 }] };
    assert.equal(targetFor([target('last-year', 'i', { year: 2025 }), target('way', 'i', { status: 'working_goal', year: 2030, ...path })], 'i', '2026-11')?.id, 'way');
  });
  test('a province’s target is that province’s, its tier another value of the nation’s; a number of things for the nation judges no part of it', () => {
    const at = (code: string, groups: Readonly<Record<string, string>> = {}) => ({ code, depth: code === '00' ? 1 : 2, province: code, groupOf: (set: string) => groups[set] });
    assert.deepEqual(['00', '20', '01'].map((code) => isFor({ level: 'province:20' }, at(code))), [false, true, false]);
    assert.deepEqual(['00', '20'].map((code) => isFor({ level: 'national' }, at(code))), [true, true]);
    const tiers = [{ group: 'province/20', low: 100, note: words('x') }, { group: 'terrain/high', low: 30, note: words('y') }];
    assert.deepEqual([tierOf({ tiers }, at('20'))?.low, tierOf({ tiers }, at('01'))?.low, tierOf({ tiers }, at('04', { terrain: 'high' }))?.low], [100, undefined, 30]);
    assert.deepEqual([isAbsolute({ unit: 'persons', low: 50_000, baseline: null }), isAbsolute({ unit: 'percent_per_year', low: 3, baseline: null }), isAbsolute({ unit: 'persons', low: null, baseline: null })], [true, false, false]);
  });
});

describe('signs of doubtful numbers', () => {
  test('a number far from the unit’s own past stands out by z, modified z and ratio; one within it, or near it, does not', () => {
    const past = [20, 22, 19, 21, 20, 23, 18, 20, 21, 22, 19, 20];
    assert.deepEqual(outlierSigns(200, past)?.tests, ['z', 'modified-z', 'ratio']);
    assert.equal(outlierSigns(23, past), undefined);
    assert.equal(outlierSigns(26, past), undefined);
    assert.equal(outlierSigns(900, [1, 2]), undefined);
    assert.deepEqual(outlierSigns(60, [20, 20, 20, 20, 20])?.tests, ['ratio']);
    assert.equal(outlierSigns(40, [20, 20, 20, 20, 20]), undefined);
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([]), null);
  });
  test('numbers that end in 0 and 5 too often are named with the chance of it; small numbers say nothing', () => {
    assert.equal(heaping(Array.from({ length: 40 }, (_, i) => 10 + i)), undefined);
    const guessed = heaping(Array.from({ length: 40 }, (_, i) => 10 + 5 * i));
    assert.equal(guessed?.endingInZeroOrFive, 40);
    assert.ok((guessed?.p ?? 1) < 1e-9);
    assert.equal(heaping(Array.from({ length: 40 }, () => 5)), undefined);
    assert.ok(Math.abs(atLeast(1, 2, 0.2) - 0.36) < 1e-12);
  });
  test('a drop counts at the deadline only; a run of zeros ends at a blank period', () => {
    assert.equal(suddenDrop(5, [40, 42, 41, 44], 0), true);
    assert.equal(suddenDrop(5, [40, 42, 41, 44], 4), false);
    assert.equal(suddenDrop(25, [40, 42, 41, 44], 0), false);
    assert.equal(zeroRun([[0, 0], [0], [], [0]]), 2);
  });
  test('the worst reason decides the grade', () => {
    const facts = { expected: 100, received: 99, inTime: 97, outliers: { found: 0, of: 6000 }, broken: { found: 0, of: 99 }, verification: null, heaping: null };
    assert.equal(gradeOf(facts)?.grade, 'A');
    assert.deepEqual(gradeOf({ ...facts, verification: 0.75 })?.reasons[0], { code: 'verification', value: 0.25, limit: 0.2, grade: 'D', found: null });
    assert.equal(gradeOf({ ...facts, received: 0, inTime: 0 })?.grade, 'D');
    assert.equal(gradeOf({ ...facts, expected: 0 }), null);
    assert.deepEqual(gradeOf({ ...facts, outliers: { found: 90, of: 6000 } })?.reasons[0], { code: 'outliers', value: 0.015, limit: 0.01, grade: 'C', found: 90 });
  });
  test('one value to look at again does not make a commune’s other numbers useless, nor does a day’s delay; silence and many signs do', () => {
    const one = { expected: 1, received: 1, inTime: 1, outliers: { found: 0, of: 60 }, broken: { found: 0, of: 1 }, verification: null, heaping: { found: 0, of: 1 } };
    assert.equal(gradeOf(one)?.grade, 'A');
    assert.equal(gradeOf({ ...one, outliers: { found: 1, of: 60 } })?.grade, 'B');
    assert.equal(gradeOf({ ...one, outliers: { found: 2, of: 60 } })?.grade, 'C');
    assert.equal(gradeOf({ ...one, outliers: { found: 4, of: 60 } })?.grade, 'D');
    assert.equal(gradeOf({ ...one, inTime: 0 })?.grade, 'C');
    assert.equal(gradeOf({ ...one, broken: { found: 1, of: 1 } })?.grade, 'C');
    assert.equal(gradeOf({ ...one, heaping: { found: 1, of: 1 } })?.grade, 'C');
    assert.equal(gradeOf({ ...one, received: 0, inTime: 0, outliers: { found: 0, of: 0 }, broken: { found: 0, of: 0 }, heaping: { found: 0, of: 0 } })?.grade, 'D');
  });
});

describe('small counts', () => {
  test('E4: counts below ten open to those who enter or approve the unit’s return, and to nobody else', () => {
    const opens = (actor: ReturnType<typeof actorWith>) => opensSmallCounts(actor, '01', '00004');
    assert.ok(opens(actorWith(atCommune('commune-officer', '01', '00004'))) && opens(actorWith(atProvince('province-leader', '01'))));
    for (const actor of [actorWith(atProvince('province-police', '01')), actorWith(atNation('national-analyst')), actorWith(atNation('government-office')), actorWith(atProvince('province-leader', '04')), actorWith(atCommune('commune-officer', '01', '00008')),
      actorWith(atProvince('auditor', '01')), actorWith(atNation('ministry')), actorWith(atNation('administrator'))]) assert.ok(!opens(actor), JSON.stringify(actor.grants));
    assert.deepEqual([0, 1, 9, 10, null].map(isSmall), [false, true, true, false, false]);
  });
  test('E4: in random provinces a hidden count cannot be taken back from what is shown: each could be nothing, and as much as nine where others allow it', () => {
    const random = seeded(7);
    for (let round = 0; round < 3000; round += 1) {
      const list: Contributor[] = Array.from({ length: 1 + random.int(12) }, (_, i) => {
        const cells = [random.int(random() < 0.7 ? 12 : 60), random.int(random() < 0.8 ? 6 : 60)];
        return { unit: `u${i}`, total: random() < 0.1 ? null : (cells[0] ?? 0) + (cells[1] ?? 0), cells, approved: random() < 0.5 };
      });
      const hidden = hiddenUnits(list);
      const reported = list.filter((one) => one.total !== null);
      for (const one of reported) if (isSmall(one.total) || one.cells.some(isSmall)) assert.ok(hidden.has(one.unit));
      if (hidden.size === 0) continue;
      const inside = reported.filter((one) => hidden.has(one.unit));
      if (reported.length > 1) assert.ok(inside.length > 1, `alone in round ${round}`);
      const together = inside.reduce((sum, one) => sum + (one.total ?? 0), 0);
      const all = reported.reduce((sum, one) => sum + (one.total ?? 0), 0);
      assert.ok(together >= 8 + inside.length || inside.length === reported.length, `${together} of ${all} in round ${round}`);
      for (const approved of [true, false]) {
        const side = reported.filter((one) => one.approved === approved);
        if (side.length > 1) assert.notEqual(inside.filter((one) => one.approved === approved).length, 1);
      }
    }
  });
  test('E4: a province whose total stands on one unit is hidden with another; so is one whose approved and reported totals differ by one unit', () => {
    const node = (name: string, total: number, units: number, more: object = {}) => ({ node: name, total, units, small: false, approvedTotal: total, approvedUnits: units, approvedSmall: false, restSmall: false, ...more });
    const all = [node('01', 4, 1, { small: true, approvedSmall: true }), node('02', 5, 3), node('03', 80, 9), node('04', 30, 6)];
    assert.deepEqual([...hiddenTotals(all).reported].sort(), ['01', '04']);
    assert.deepEqual([...hiddenTotals([node('01', 40, 6, { approvedTotal: 37, approvedUnits: 5, restSmall: true }), node('02', 50, 9)]).approved].sort(), ['01', '02']);
    assert.equal(hiddenTotals([node('01', 40, 6), node('02', 50, 9)]).reported.size, 0);
    assert.deepEqual([groupsGiveNothingBack([0, 2, 3]), groupsGiveNothingBack([0, 1])], [true, false]);
  });
});

describe('what anyone may compute again', () => {
  test('a sample follows from seed and frame alone, whatever the order of the frame; another seed draws other units', () => {
    const frame = Array.from({ length: 200 }, (_, i) => String(i).padStart(5, '0'));
    const seed = sha('x');
    assert.deepEqual(drawUnits(frame, 12, seed, sha), drawUnits([...frame].reverse(), 12, seed, sha));
    assert.notDeepEqual(drawUnits(frame, 12, seed, sha), drawUnits(frame, 12, sha('y'), sha));
    assert.notEqual(seedDigestOf(seed, sha), seedDigestOf(sha('y'), sha));
    assert.equal(frameDigestOf(frame, sha), frameDigestOf([...frame].reverse(), sha));
    assert.equal(verificationFactor([{ reported: 20, counted: 18 }, { reported: 20, counted: 20 }, { reported: null, counted: 5 }]), 0.95);
    assert.equal(verificationFactor([{ reported: 0, counted: 0 }]), null);
  });
  test('the hash of a figure changes with every revision behind it and holds no value', () => {
    const recipe = { kind: 'element', id: 'found', cell: '', edition: 1, validFrom: '2025-01-01', formula: ['over-units sum'], facts: [], sources: ['monthly@2026-11'], slots: ['monthly:1'], unit: '00', period: '2026-11', treeDay: '2026-11-14', standing: 'reported' } as const;
    const one = { province: '01', orgUnit: '00004', period: '2026-11', dataSet: 'monthly', attribute: '', rev: 1 };
    const other = { ...one, orgUnit: '00008' };
    assert.equal(hashOf(recipe, [one, other], sha), hashOf(recipe, [other, one], sha));
    assert.notEqual(hashOf(recipe, [one], sha), hashOf(recipe, [{ ...one, rev: 2 }], sha));
    assert.equal(hashOf(recipe, [one], sha), sha([...headLines(recipe), ...returnLines([one])].join('\n')));
    assert.deepEqual(returnLines([one]), ['01/00004/2026-11/monthly/@1']);
  });
});

test('three things: the gravest first, at most two of a kind, room for good news', () => {
  const thing = (rule: 'returns-missing' | 'furthest-behind' | 'furthest-ahead', step: 'good' | 'fair' | 'worrying' | 'bad', weight: number) => ({ rule, step, weight });
  const chosen = chooseThings([thing('furthest-behind', 'worrying', 0.2), thing('furthest-behind', 'bad', 0.1), thing('furthest-behind', 'worrying', 0.9), thing('returns-missing', 'fair', 1), thing('furthest-ahead', 'good', 0.3)]);
  assert.deepEqual(chosen.map((one) => `${one.rule} ${one.step}`), ['furthest-behind bad', 'furthest-behind worrying', 'furthest-ahead good']);
});
