/** `npm run e2e [name …]`: journeys in a real browser, each file against a product of its own data. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { root } from './check/sources.ts';
import { ensureWebBuilt } from './build-web.ts';

const wanted = process.argv.slice(2);
const files = globSync('e2e/**/*.test.ts', { cwd: root }).filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name))).sort();
if (files.length === 0) {
  console.error(`no journey matches ${wanted.join(' ')}`);
  process.exit(2);
}
await ensureWebBuilt((line) => console.log(line));
spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-timeout=900000', ...files], { cwd: root, stdio: 'inherit' })
  .on('close', (status) => { process.exitCode = status ?? 1; });
