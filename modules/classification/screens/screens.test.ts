import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const screens = new Map(readdirSync(here).filter((name) => name.endsWith('.tsx')).map((name) => [name, readFileSync(join(here, name), 'utf8')] as const));
const importers = (name: string): string[] => [...screens].filter(([, text]) => text.includes(`'./${name}'`)).map(([other]) => other);

test('E13: no screen writes a drug-free share without the figures of rights and care beside it', () => {
  const alone = (name: string): boolean => {
    const text = screens.get(name) ?? '';
    if (/besideOf|notice\.rights/.test(text)) return false;
    const users = importers(name);
    return users.length === 0 || users.some((user) => alone(user)); // a part that draws shares stands only on screens that have the rest
  };
  const withShares = [...screens.keys()].filter((name) => /shareText\(/.test(screens.get(name) ?? ''));
  assert.ok(withShares.length >= 5, 'the screens that write a share are found');
  assert.deepEqual(withShares.filter(alone), []);
});

test('E3: signs are shown without a score, an order of merit or a sum', () => {
  const code = (name: string): string => (screens.get(name) ?? '').replace(/\/\*\*[\s\S]*?\*\//g, '');
  for (const name of ['signals.tsx', 'side-cards.tsx']) assert.doesNotMatch(code(name), /score|rank|weight|reduce\(/i, name);
  assert.doesNotMatch(screens.get('signals.tsx') ?? '', /onSort|compare/, 'the list stays in the order of codes');
});

test('people in treatment are named first: the exceptions stand above the first test, and on every page of the procedure and the notice', () => {
  const tests = screens.get('tests-card.tsx') ?? '';
  assert.ok(tests.indexOf('classification.never-count') > 0 && tests.indexOf('classification.never-count') < tests.indexOf('<ol className="tests">'));
  for (const name of ['assessment.tsx', 'sheet.tsx', 'notice.tsx']) assert.match(screens.get(name) ?? '', /classification\.treated-first/, name);
});
