/** `npm run e2e [name …]`: journeys in a real browser, each file against a product of its own data: a copy of one demonstration loaded once. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../e2e/harness.ts';
import { root } from './check/sources.ts';
import { ensureWebBuilt } from './build-web.ts';

const wanted = process.argv.slice(2);
const files = globSync('e2e/**/*.test.ts', { cwd: root }).filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name))).sort();
if (files.length === 0) {
  console.error(`no journey matches ${wanted.join(' ')}`);
  process.exit(2);
}
await ensureWebBuilt((line) => console.log(line));
const prepared = await mkdtemp(join(tmpdir(), 'sauro-e2e-prepared-'));
await chmod(prepared, 0o711); // the database runs as an account of its own in it
try {
  const product = await startProduct({}, prepared);
  console.log(product.output().match(/Ready in [\d.]+ s/)?.[0] ?? '');
  await product.stop();
  process.exitCode = await new Promise<number>((resolve) => {
    spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-timeout=900000', ...files], { cwd: root, stdio: 'inherit', env: { ...process.env, SAURO_E2E_PREPARED: prepared } })
      .on('close', (status) => resolve(status ?? 1));
  });
} finally {
  await rm(prepared, { recursive: true, force: true });
}
