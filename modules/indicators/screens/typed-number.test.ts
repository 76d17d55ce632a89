import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNumber } from './typed-number.ts';

test('a typed number is read in the signs of its language and refused in the other’s', () => {
  for (const [text, vi, en] of [
    ['0', 0, 0], ['20', 20, 20], ['12,5', 12.5, undefined], ['12.5', undefined, 12.5], ['1.234,5', 1234.5, undefined], ['1,234.5', undefined, 1234.5], ['1.234', 1234, 1.234], ['1,234', 1.234, 1234],
    ['-3', -3, -3], ['80 %', 80, 80], ['', undefined, undefined], ['1e9', undefined, undefined], ['NaN', undefined, undefined], ['1.23.456', undefined, undefined], ['12.34,5', undefined, undefined], ['=1+1', undefined, undefined],
  ] as const) {
    assert.equal(readNumber(text, 'vi'), vi, `vi ${text}`);
    assert.equal(readNumber(text, 'en'), en, `en ${text}`);
  }
});
