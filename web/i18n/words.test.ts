import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { moment, number } from './format.ts';
import { addWords, needWords, sayKey, setLanguage } from './words.ts';

const page = { documentElement: { lang: '' } };
Object.defineProperty(globalThis, 'document', { value: page });

beforeEach(() => setLanguage('vi'));
afterEach(() => setLanguage('vi', { pseudo: false }));

describe('numbers and days', () => {
  test('1.234,5 in Vietnamese, 1,234.5 in English', () => {
    assert.equal(number(1234.5), '1.234,5');
    setLanguage('en');
    assert.equal(number(1234.5), '1,234.5');
  });
  test('an instant is shown on the clock of Việt Nam', () => assert.equal(moment('2025-11-17T18:30:00.000Z'), '18/11/2025 01:30'));
});

describe('words', () => {
  test('facts are filled in, numbers as the language writes them', () => {
    addWords({ 'x.sent': '{count} xã ở {place}' });
    assert.equal(sayKey('x.sent', { count: 3321, place: 'Huế' }), '3.321 xã ở Huế');
  });
  test('a fact is never read as a pattern', () => {
    addWords({ 'x.name': 'Chào {name}' });
    assert.equal(sayKey('x.name', { name: '{count|a|b} $& <b>' }), 'Chào {count|a|b} $& <b>');
  });
  test('English chooses the form by the count', () => {
    setLanguage('en');
    addWords({ 'x.tasks': '{count} {count|task|tasks}' });
    assert.deepEqual([0, 1, 2].map((count) => sayKey('x.tasks', { count })), ['0 tasks', '1 task', '2 tasks']);
  });
  test('a refusal nobody wrote words for is told in the words of the server', () => assert.equal(sayKey('problem.unknown', {}, 'Lời của máy chủ'), 'Lời của máy chủ'));
  test('the page says which language it speaks', () => {
    setLanguage('en');
    assert.equal(page.documentElement.lang, 'en');
  });
  test("the pseudo-language lengthens every text and leaves the facts' places alone", () => {
    addWords({ 'x.p': 'Lưu {name}' });
    setLanguage('vi', { pseudo: true });
    const text = sayKey('x.p', { name: 'Ba' });
    assert.ok(text.length > 'Lưu Ba'.length * 1.3 && text.includes('Ba'));
  });
  test('only the active language is fetched, once', async () => {
    const fetched: string[] = [];
    const source = { vi: async () => { fetched.push('vi'); return { default: { 'x.once': 'một' } }; }, en: async () => { fetched.push('en'); return { default: { 'x.once': 'one' } }; } };
    await needWords([source]);
    await needWords([source]);
    assert.deepEqual(fetched, ['vi']);
    setLanguage('en');
    await needWords([source]);
    assert.deepEqual([fetched, sayKey('x.once')], [['vi', 'en'], 'one']);
  });
});
