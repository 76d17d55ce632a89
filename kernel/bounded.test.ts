import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Bounded } from './bounded.ts';

describe('what a process remembers', () => {
  test('is never more than its bound, and never another value than the one given', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(30)), { maxLength: 200 }), (steps) => {
      const memory = new Bounded<number[]>(100, (_, value) => value.length);
      for (const [name, size] of steps) memory.set(String(name), Array.from({ length: size }, () => name));
      let weight = 0;
      for (let name = 0; name <= 40; name += 1) {
        const found = memory.peek(String(name));
        weight += found?.length ?? 0;
        assert.ok(found === undefined || found.every((one) => one === name));
      }
      assert.ok(weight <= 100);
    }));
  });

  test('what was asked for lately stays when room is needed', () => {
    const memory = new Bounded<string>(10, () => 1);
    memory.set('kept', 'a');
    for (let i = 0; i < 50; i += 1) {
      assert.equal(memory.get('kept'), 'a');
      memory.set(`passing ${i}`, 'b');
    }
    assert.equal(memory.get('passing 0'), undefined);
  });

  test('a value heavier than half the bound is not kept', () => {
    const memory = new Bounded<string>(10, (_, value) => value.length);
    memory.set('heavy', 'abcdef');
    assert.equal(memory.get('heavy'), undefined);
  });
});
