import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './live.ts';

/** A pace with a clock that the test moves. */
function paceAt(everyMs: number) {
  const seen: number[] = [];
  const clock = { now: 0 };
  return { seen, clock, pace: new Pace({ everyMs, run: () => seen.push(clock.now), now: () => clock.now }) };
}

test('news that wait behind a decision are acted on once, when it no longer stands', () => {
  const { seen, clock, pace } = paceAt(1000);
  pace.hold(true);
  for (clock.now = 0; clock.now < 9000; clock.now += 1000) pace.told();
  assert.deepEqual(seen, []);
  pace.hold(false);
  assert.deepEqual(seen, [9000]);
});

test('a screen held without news is not asked again when it is free', () => {
  const { seen, pace } = paceAt(1000);
  pace.hold(true);
  pace.hold(false);
  assert.deepEqual(seen, []);
});

test('a burst is acted on at once and once more at its end', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { seen, clock, pace } = paceAt(1000);
  for (let i = 0; i < 50; i += 1) pace.told();
  assert.deepEqual(seen, [0]);
  clock.now = 1000;
  context.mock.timers.tick(1000);
  assert.deepEqual(seen, [0, 1000]);
  clock.now = 5000;
  context.mock.timers.tick(4000);
  assert.deepEqual(seen, [0, 1000], 'nothing new was told since');
});

test('what was told is dropped with the screen', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { seen, clock, pace } = paceAt(1000);
  pace.told();
  pace.told();
  pace.stop();
  clock.now = 2000;
  context.mock.timers.tick(2000);
  assert.deepEqual(seen, [0]);
});
