import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeForeign, shardsInOrder, shardsOf, type ForeignUnit } from './foreign.ts';
import { planForeign } from './foreign-plan.ts';

const unit = (id: string, parent: string | null, changes: Partial<ForeignUnit> = {}): ForeignUnit => ({ id, name: `Unit ${id}`, parent, openingDate: '2000-01-01', ...changes });
const aTree = (): ForeignUnit[] => [unit('nation', null), unit('north', 'nation'), unit('south', 'nation'), unit('chief1', 'north'), unit('clinic1', 'chief1'), unit('clinic2', 'chief1')];
const options = { on: '2026-11-21', basis: 'test' };
const problems = (units: readonly ForeignUnit[]) => {
  const placed = placeForeign(units);
  assert.ok(placed.ok);
  return placed.value.refused.map(({ unit: { id }, problem }) => [id, problem.code]);
};
const refusal = (units: readonly ForeignUnit[]) => { const placed = placeForeign(units); return placed.ok ? undefined : placed.problem; };

describe('rows of a tree from another system', () => {
  test('come in any order: children before parents make the same tree', () => {
    const [one, two] = [planForeign(aTree(), undefined, options), planForeign(aTree().reverse(), undefined, options)];
    assert.ok(one.ok && two.ok);
    assert.equal(one.value.digest, two.value.digest);
    assert.deepEqual([one.value.depth, one.value.counts.new, [...one.value.codes].at(0)], [4, 6, ['nation', '00']]);
    assert.deepEqual(one.value.versions.map((version) => [version.code, version.level, version.province]), [
      ['00', 'nation', '00'], ['north', 'province', '01'], ['south', 'province', '02'], ['chief1', 'commune', '01'], ['clinic1', 'level-4', '01'], ['clinic2', 'level-4', '01']]);
  });
  test('a row that cannot stand is refused by name with all below it, the rest is kept', () => {
    assert.deepEqual(problems([...aTree(), unit('lost1', 'nowhere'), unit('lost2', 'lost1')]), [['lost1', 'parent-unknown'], ['lost2', 'parent-refused']]);
    assert.deepEqual(problems([...aTree(), unit('ring1', 'ring2'), unit('ring2', 'ring1'), unit('hang', 'ring1'), unit('self', 'self')]),
      [['ring1', 'parent-cycle'], ['ring2', 'parent-cycle'], ['hang', 'parent-refused'], ['self', 'parent-cycle']]);
    assert.deepEqual(problems([...aTree(), unit('north', 'nation'), unit('x', 'nation'), unit('noname', 'north', { name: ' ' })]), [['north', 'id-twice'], ['x', 'id-malformed'], ['noname', 'name-missing']]);
    assert.deepEqual(problems([...aTree(), unit('early', 'north', { closedDate: '1999-12-31' }), unit('day', 'north', { openingDate: '2000-02-30' }), unit('end', 'north', { closedDate: 'soon' }), unit('child', 'early')]),
      [['early', 'closed-before-opened'], ['day', 'opening-date-invalid'], ['end', 'closed-date-invalid'], ['child', 'parent-refused']]);
  });
  test('no root, two roots and no rows are refused as a whole', () => {
    assert.deepEqual(refusal([unit('aaa', 'bbb'), unit('bbb', 'aaa')])?.code, 'tree-no-root');
    assert.deepEqual(refusal([...aTree(), unit('other', null)]), { code: 'tree-two-roots', roots: ['nation', 'other'] });
    assert.deepEqual(refusal([]), { code: 'tree-empty' });
  });
  test('a chain deeper than nineteen tiers is cut there', () => {
    const chain = Array.from({ length: 25 }, (_, at) => unit(`deep${at}`, at === 0 ? null : `deep${at - 1}`));
    assert.deepEqual(problems(chain).map(([id, code]) => `${id} ${code}`).slice(0, 2), ['deep19 too-deep', 'deep20 parent-refused']);
  });
  test('a unit that does not say when it opened is open since the unit above it', () => {
    const placed = placeForeign([unit('nation', null, { openingDate: null }), unit('north', 'nation', { openingDate: '1990-01-01' }), unit('south', 'nation', { openingDate: '' }), unit('clinic', 'south', { openingDate: undefined, closedDate: '1980-01-01' })]);
    assert.ok(placed.ok);
    assert.deepEqual(placed.value.placed.map((one) => [one.unit.id, one.validFrom, one.validTo]),
      [['nation', '1990-01-01', null], ['north', '1990-01-01', null], ['south', '1990-01-01', null], ['clinic', '1980-01-01', '1980-01-02']]);
  });
  test('a unit above stands as long as anything below it, and a closing day is the last open one', () => {
    const placed = placeForeign([unit('nation', null, { openingDate: '1990-01-01T00:00:00.000' }), unit('north', 'nation', { openingDate: '2005-01-01', closedDate: '2010-06-30' }), unit('clinic', 'north', { openingDate: '1985-03-01', closedDate: '2020-12-31' })]);
    assert.ok(placed.ok);
    assert.deepEqual(placed.value.placed.map((one) => [one.unit.id, one.validFrom, one.validTo]), [['nation', '1985-03-01', null], ['north', '1985-03-01', '2021-01-01'], ['clinic', '1985-03-01', '2021-01-01']]);
  });
});

describe('shards', () => {
  test('two characters each, all different, enough for a thousand units; never the nation’s', () => {
    assert.deepEqual([shardsInOrder[0], shardsInOrder[98], shardsInOrder[99], shardsInOrder.at(-1), new Set(shardsInOrder).size, shardsInOrder.includes('00')], ['01', '99', 'A0', 'ZZ', 1035, false]);
  });
  test('a unit keeps the shard it has; its own two-character code comes first, then the next free one by name', () => {
    const placed = placeForeign([unit('nation', null), unit('ccc', 'nation', { name: 'C' }), unit('aaa', 'nation', { name: 'A' }), unit('bbb', 'nation', { name: 'B', code: '07' }), unit('ddd', 'nation', { name: 'D' })]);
    assert.ok(placed.ok);
    const shards = shardsOf(placed.value, new Map([['ddd', '01']]));
    assert.deepEqual(shards.ok && Object.fromEntries(shards.value), { ddd: '01', bbb: '07', aaa: '02', ccc: '03' });
  });
});
