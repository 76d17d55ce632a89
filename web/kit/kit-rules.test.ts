import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDay } from './date-text.ts';
import { learntHeight, windowOf, type Learnt } from './row-window.ts';
import { neighbour } from './tile-neighbour.ts';
import { tiles } from '../../modules/org-units/schema/tiles.ts';

describe('a day as people type it', () => {
  test('Vietnamese order with any separator, one or two digits, two or four of the year', () => {
    for (const typed of ['5/9/2025', '05-09-2025', '05.09.2025', '05 09 2025', '05092025', '5/9/25', '2025-09-05']) assert.equal(parseDay(typed), '2025-09-05', typed);
  });
  test('a day that does not exist is none', () => {
    for (const typed of ['31/02/2025', '29/02/2025', '00/10/2025', '10/13/2025', 'hôm nay', '']) assert.equal(parseDay(typed), undefined, typed);
  });
});

describe('a long table draws only what is in sight', () => {
  test('a short list is drawn whole', () => assert.deepEqual(windowOf(150, -3000, 900, 40), { from: 0, to: 150, before: 0, after: 0, rowHeight: 40 }));
  test('in the middle of 3,321 rows few are drawn and the page keeps its height', () => {
    const seen = windowOf(3321, -40_000, 900, 40);
    assert.ok(seen.from <= 1000 && seen.to >= 1022 && seen.to - seen.from < 60);
    assert.equal(seen.before + (seen.to - seen.from) * 40 + seen.after, 3321 * 40);
  });
  test('rows of very different heights come to rest wherever the page is scrolled', () => {
    const heights = Array.from({ length: 900 }, (_, at) => (Math.floor(at / 40) % 2 === 0 ? 41 : 260) + (at % 7) * 30);
    let learnt: Learnt | undefined;
    for (let top = 0; top > -150_000; top -= 700) {
      let seen = windowOf(900, top, 900, learnt?.height ?? 41);
      let steps = 0;
      for (; ; steps += 1) {
        const drawn = heights.slice(seen.from, seen.to);
        learnt = learntHeight(learnt, 1440, drawn.reduce((sum, one) => sum + one, 0) / drawn.length);
        const next = windowOf(900, top, 900, learnt?.height ?? 41);
        if (next.from === seen.from && next.to === seen.to) break;
        seen = next;
        assert.ok(steps < 20, `no rest at ${top}`);
      }
    }
  });
  test('scrolled past the end, the last rows are there', () => {
    const seen = windowOf(3321, -500_000, 900, 40);
    assert.ok(seen.from <= 3320 && seen.to === 3321);
  });
});

describe('arrows on the tile map', () => {
  test('every province is reached from Hà Nội by arrows alone', () => {
    const start = tiles.find((tile) => tile.code === '01');
    assert.ok(start);
    const reached = new Set([start.code]);
    const open = [start];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        const to = neighbour(tiles, from, key);
        if (to !== undefined && !reached.has(to.code)) { reached.add(to.code); open.push(to); }
      }
    }
    assert.equal(reached.size, 34);
  });
  test('another key leads nowhere', () => assert.equal(neighbour(tiles, { row: 0, column: 0 }, 'Enter'), undefined));
});
