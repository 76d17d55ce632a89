import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMessages } from './messages.ts';

const faultsOf = (files: Record<string, string>) => checkMessages(new Map(Object.entries(files))).map((fault) => fault.says);

test('a key that one language lacks is found', () => {
  assert.deepEqual(faultsOf({ 'web/messages.vi.json': '{"a.b":"x","a.c":"y"}', 'web/messages.en.json': '{"a.b":"x"}' }), ['lacks a.c']);
});
test('other placeholders in the translation are found', () => {
  assert.equal(faultsOf({ 'web/messages.vi.json': '{"a.b":"còn {days} ngày"}', 'web/messages.en.json': '{"a.b":"{count} days left"}' }).length, 1);
});
test('a text that a screen names and nobody wrote is found', () => {
  assert.deepEqual(faultsOf({ 'web/messages.vi.json': '{}', 'web/messages.en.json': '{}', 'modules/x/screens/y.tsx': "t('x.title')" }), ['names the text x.title, which no messages file has']);
});
test('equal files pass', () => {
  assert.deepEqual(faultsOf({ 'web/messages.vi.json': '{"a.b":"{n} xã"}', 'web/messages.en.json': '{"a.b":"{n} communes"}' }), []);
});
