import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const root = new URL('..', import.meta.url);
const builders = new URL('./schema-builders.ts', import.meta.url).href;
let inBrowser = false;

// In the "browser" a contract's `typebox` is our builders, as vite.config says; the query keeps the two copies of a schema file apart.
registerHooks({
  resolve(specifier, context, next) {
    if (inBrowser && specifier === 'typebox') return { url: builders, shortCircuit: true };
    const found = next(specifier, context);
    return inBrowser && found.url.startsWith('file:') && !found.url.includes('/node_modules/') ? { ...found, url: `${found.url.split('?')[0]}?browser` } : found;
  },
});

const contractsOf = (module: Record<string, unknown>): Map<string, string> =>
  new Map(Object.entries(module).filter(([, value]) => typeof value === 'object' && value !== null && 'path' in value && 'reply' in value).map(([name, value]) => [name, JSON.stringify(value)]));

const sorted = (text: string): unknown => JSON.parse(text, (_key, value: unknown) =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));

for (const file of globSync('modules/*/schema.ts', { cwd: root })) {
  test(`a contract of ${file} says the same to the browser as to the server`, async () => {
    const url = new URL(file, root).href;
    inBrowser = false;
    const server = contractsOf(await import(url) as Record<string, unknown>);
    inBrowser = true;
    const browser = contractsOf(await import(`${pathToFileURL(new URL(file, root).pathname).href}?browser`) as Record<string, unknown>);
    inBrowser = false;
    assert.ok(server.size > 0, 'no contract was found');
    for (const [name, text] of server) assert.deepEqual(sorted(browser.get(name) ?? '{}'), sorted(text), name);
  });
}
