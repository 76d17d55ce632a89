import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flows, hiddenProvinces, isSmall, threshold, totalIsHidden, type Row } from './publish.ts';

const row = (province: string, listed: number, removed = 0, left = 0, recurred = 0): Row => ({ province, listed, removed, left, recurred });
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 4_294_967_296;
  }
}

describe('counts the public may see', () => {
  test('0 and 5 are shown, 1 to 4 are not', () => {
    assert.deepEqual([0, 1, 4, 5, 6].map(isSmall), [false, true, true, false, false]);
    assert.equal(hiddenProvinces([row('01', 0), row('04', 5), row('08', 9)]).size, 0);
  });
  test('one hidden province is never alone, or the nation less the others would give it back', () => {
    assert.deepEqual(hiddenProvinces([row('01', 3), row('04', 6), row('08', 40)]), new Set(['01', '04']));
  });
  test('over generated provinces no small count can be told from what is shown: each hidden column could hold the threshold in any of its rows', () => {
    const next = numbers(36);
    const draw = (most: number): number => Math.floor((next.next().value ?? 0) ** 3 * most);
    for (let round = 0; round < 2000; round += 1) {
      const rows = Array.from({ length: 2 + draw(33) }, (_, i) => row(String(i).padStart(2, '0'), draw(40), draw(30), draw(60), draw(12)));
      for (const columns of [flows, ['recurred'] as const]) {
      const hidden = hiddenProvinces(rows, columns);
      for (const one of rows) if (!hidden.has(one.province)) assert.ok(columns.every((column) => !isSmall(one[column])), 'a small count is shown');
      if (hidden.size === 0) continue;
      for (const column of columns) {
        const sum = rows.filter(({ province }) => hidden.has(province)).reduce((total, one) => total + one[column], 0);
        const told = totalIsHidden(rows, column);
        assert.ok(told || sum === 0 || (sum >= threshold && hidden.size >= 2) || hidden.size === rows.length, `${column}: ${sum} over ${hidden.size}`);
      }
      }
    }
  });
});
