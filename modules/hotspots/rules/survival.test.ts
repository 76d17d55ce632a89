import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { survivalOf, type Spell } from './survival.ts';

/** The estimate as its definition says it, day by day and spell by spell. */
function naive(spells: readonly Spell[], day: number): number {
  let survival = 1;
  for (let at = 0; at <= day; at += 1) {
    const atRisk = spells.filter(({ days }) => days >= at).length;
    const recurred = spells.filter((spell) => spell.recurred && spell.days === at).length;
    if (atRisk > 0) survival *= (atRisk - recurred) / atRisk;
  }
  return survival;
}
/** Numbers that are the same at each run. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 4_294_967_296;
  }
}

describe('how long a removed place stays clean', () => {
  test('the known example: six removals, two of which recurred', () => {
    const { steps, marks } = survivalOf([{ days: 10, recurred: false }, { days: 60, recurred: true }, { days: 60, recurred: false }, { days: 90, recurred: false }, { days: 118, recurred: true }, { days: 200, recurred: false }]);
    assert.deepEqual(steps.map(({ day, atRisk, recurred, censored, survival }) => [day, atRisk, recurred, censored, survival]), [[60, 5, 1, 2, 800_000], [118, 2, 1, 1, 400_000]]);
    assert.deepEqual(marks.map(({ day, survival }) => [day, survival]), [[30, 1_000_000], [60, 800_000], [90, 800_000], [180, 400_000], [365, null]]);
  });
  test('without any removal nothing is said, and where all recurred the curve ends at nothing', () => {
    assert.deepEqual(survivalOf([]).marks.map(({ survival }) => survival), [null, null, null, null, null]);
    assert.deepEqual(survivalOf([{ days: 5, recurred: true }]).marks.map(({ survival }) => survival), [0, 0, 0, 0, 0]);
  });
  test('equals the definition on generated removals, falls only, and lies within its interval', () => {
    const next = numbers(20_251_214);
    for (let round = 0; round < 300; round += 1) {
      const count = 1 + Math.floor((next.next().value ?? 0) * 60);
      const spells = Array.from({ length: count }, (): Spell => ({ days: Math.floor((next.next().value ?? 0) * 220), recurred: (next.next().value ?? 0) < 0.4 }));
      const { steps, removals, recurrences } = survivalOf(spells);
      assert.deepEqual([removals, recurrences], [spells.length, spells.filter(({ recurred }) => recurred).length]);
      assert.equal(steps.reduce((sum, one) => sum + one.recurred, 0), recurrences);
      let before = 1_000_000;
      for (const step of steps) {
        assert.equal(step.survival, Math.round(naive(spells, step.day) * 1_000_000), `day ${step.day}`);
        assert.ok(step.survival <= before && step.lower <= step.survival && step.survival <= step.upper && step.lower >= 0 && step.upper <= 1_000_000);
        before = step.survival;
      }
    }
  });
  test('the order in which removals are given does not matter', () => {
    const spells: Spell[] = [3, 9, 9, 40, 41, 100].map((days, i) => ({ days, recurred: i % 2 === 0 }));
    assert.deepEqual(survivalOf(spells), survivalOf([...spells].reverse()));
  });
});
