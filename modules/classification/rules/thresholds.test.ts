import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Criteria, ThresholdChange } from '../schema.ts';
import { flawsOf, isUsable, withChanges } from './thresholds.ts';
import { criteria } from '../testing/places.ts';

const changed = (...changes: ThresholdChange[]): Criteria => { const made = withChanges(criteria, changes); assert.ok(made.ok); return made.value; };
const codes = (set: Criteria): string[] => flawsOf(set).map((flaw) => `${flaw.weight} ${flaw.code} ${flaw.quantity ?? ''} ${flaw.between.join('+')} ${flaw.from ?? ''}-${flaw.to ?? ''}`);

describe('a set of thresholds before it is used', () => {
  test('Decision 28/2025 itself has neither overlap nor gap; class III says nothing of points', () => assert.deepEqual(codes(criteria), ['warned uncovered points III -']));
  test('classes that overlap are refused, with the stretch in which they do', () => {
    const set = changed({ group: 'I', letter: 'a', quantity: 'managed-rate', bound: 'atLeast', value: 0.4 });
    assert.ok(!isUsable(flawsOf(set)));
    assert.ok(codes(set).includes('refused overlap managed-rate II+I 0.4-0.5'));
  });
  test('a gap between classes is warned of and can be used: the decision may mean it', () => {
    const set = changed({ group: 'I', letter: 'a', quantity: 'managed-rate', bound: 'atLeast', value: 0.6 });
    assert.ok(isUsable(flawsOf(set)));
    assert.ok(codes(set).includes('warned gap managed-rate II+I 0.5-0.6'));
  });
  test('points: class II at 1 and class I from 1 overlap', () => assert.ok(codes(changed({ group: 'I', letter: 'b', quantity: 'points', bound: 'atLeast', value: 1 })).includes('refused overlap points II+I 1-2')));
  test('a bound that no number can meet is refused', () => assert.ok(codes(changed({ group: 'II', letter: 'a', quantity: 'managed-rate', bound: 'atLeast', value: 0.5 })).some((code) => code.startsWith('refused empty-range managed-rate II'))));
  test('a class that asks for more criteria than it has is refused', () => assert.ok(codes(changed({ group: 'III', needed: 4 })).some((code) => code.startsWith('refused too-many-needed'))));
  test('a change that names no threshold is refused by its number', () => assert.deepEqual(withChanges(criteria, [{ group: 'I', needed: 2 }, { group: 'III', letter: 'a', quantity: 'points', bound: 'below', value: 1 }]), { ok: false, problem: { code: 'change-names-nothing', at: 2 } }));
  test('letters that are counted and do not exist are refused', () => {
    const set: Criteria = { ...criteria, classes: { ...criteria.classes, I: { ...criteria.classes.I, criteria: criteria.classes.I.criteria.filter((one) => one.letter !== 'c') } } };
    assert.ok(codes(set).some((code) => code.startsWith('refused unknown-letter')));
  });
  test('what is changed leaves the set it came from as it was', () => { changed({ group: 'drug-free', quantity: 'points', equals: 1 }); assert.deepEqual(criteria.drugFree.tests.at(-1)?.all[0]?.equals, 0); });
});
