/**
 * `npm test [module …]`: every test that needs no browser, by Node's own runner. A name keeps only the files whose path holds it.
 * The check is part of the test: a breach of the layout fails it.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { root } from './check/sources.ts';

const wanted = process.argv.slice(2);
const files = globSync('{kernel,platform,modules,web,app,tools,journeys}/**/*.test.ts', { cwd: root, exclude: (name) => name === 'node_modules' })
  .filter((file) => !file.startsWith('e2e/') && (wanted.length === 0 || wanted.some((name) => file.includes(name))))
  .sort();
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(2);
}

const run = (args: readonly string[]): Promise<number> => new Promise((resolve) => {
  spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }).on('close', (status) => resolve(status ?? 1));
});

const checked = wanted.length === 0 ? await run(['tools/check.ts']) : 0;
const tested = await run(['--test', `--test-concurrency=${Math.max(2, availableParallelism())}`, '--test-timeout=300000', ...files]);
await run(['platform/postgres/stop-test-server.ts']);
process.exitCode = checked !== 0 ? checked : tested;
