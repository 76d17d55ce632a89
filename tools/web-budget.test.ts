import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { landingOf, withinBudget, type Built } from './web-budget.ts';

const files: Record<string, string> = {
  'app-aaaaaaaa.js': 'import"./kit-bbbbbbbb.js";', 'kit-bbbbbbbb.js': 'x', 'work-cccccccc.js': 'import{a}from"./kit-bbbbbbbb.js";import("./map-dddddddd.js")',
  'map-dddddddd.js': 'x', 'words-vi-eeeeeeee.js': '{}', 'app-ffffffff.css': '@font-face{src:url(/assets/text-gggggggg.woff2)}', 'text-gggggggg.woff2': '',
};
const built = (weights: Record<string, number> = {}): Built => ({
  page: '<script src="/assets/app-aaaaaaaa.js"></script><link href="/assets/app-ffffffff.css">', names: Object.keys(files),
  read: (name) => files[name] ?? '', weigh: (name) => weights[name] ?? 1000,
});

describe('the budget of the first load', () => {
  test('counts what the page imports, the words and the landing screen, not what comes later', () => {
    const { within, lines } = withinBudget(built({ 'map-dddddddd.js': 500_000 }), 'work');
    assert.equal(within, true);
    assert.match(lines[0] ?? '', /^script +4000 of/);
    assert.match(lines[3] ?? '', /9 of 12/);
  });
  test('a heavy import breaks it', () => assert.equal(withinBudget(built({ 'kit-bbbbbbbb.js': 120_000 }), 'work').within, false));
  test('a heavy style or font breaks it', () => {
    assert.equal(withinBudget(built({ 'app-ffffffff.css': 20_001 }), 'work').within, false);
    assert.equal(withinBudget(built({ 'text-gggggggg.woff2': 75_001 }), 'work').within, false);
  });
  test('a part that is missing is a fault, not a saving', () => {
    assert.throws(() => withinBudget(built(), 'elsewhere'), /no file elsewhere/);
    assert.throws(() => withinBudget({ ...built(), page: '' }, 'work'), /names no script/);
  });
  test('the landing screen is read from the list of screens', () => {
    assert.equal(landingOf("{ path: '/viec', titleKey: 'nav.work', load: () => import('../modules/directives/screens/my-work.tsx') }", ['/viec']), 'my-work');
  });
});
