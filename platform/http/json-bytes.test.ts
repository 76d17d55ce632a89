import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonBytes } from './json-bytes.ts';

test('a reply in bytes is its JSON, letter for letter', () => {
  const replies: unknown[] = [
    {}, { a: undefined }, { a: undefined, b: 1 }, { 'khóa "lạ"': 'Lạng Sơn', numbers: [1, 2.5, null, '<', -0], nothing: null, deep: { tên: ['ữ', '\u00e9', '\ud800', '😀'] } },
    [1, 'hai'], 'một câu', 7, null, true, { toJSON: () => ({ instead: 1 }) }, { when: new Date(0), left: () => 1 }, Object.freeze({ kept: 'ở đây' }),
  ];
  for (const reply of replies) assert.equal(jsonBytes(reply).toString('utf8'), Buffer.from(JSON.stringify(reply)).toString('utf8'));
});
