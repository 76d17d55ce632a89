import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

test('no two parts of the product wait for each other by the same number of an advisory lock', () => {
  const places = new Map<string, string[]>();
  for (const file of globSync(['platform/**/*.ts', 'modules/**/*.ts', 'app/**/*.ts'], { cwd: root }).filter((one) => !one.endsWith('.test.ts'))) {
    // One number and a pair of numbers are different keys to the server.
    for (const [, number, pair] of readFileSync(join(root, file), 'utf8').matchAll(/pg_(?:try_)?advisory_(?:xact_)?lock\((\d+)(,)?/gu)) {
      const key = `${number}${pair === undefined ? '' : ', …'}`;
      places.set(key, [...(places.get(key) ?? []), file]);
    }
  }
  assert.ok(places.size >= 6, [...places.keys()].join(' '));
  assert.deepEqual([...places].filter(([, files]) => new Set(files).size > 1), []);
});
