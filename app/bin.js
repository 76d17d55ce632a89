#!/usr/bin/env node
// The door of the command `sauro`. Plain JavaScript, because an older Node must be able to read it and hand over to ours.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [major = 0] = process.versions.node.split('.').map(Number);

if (major >= 24) {
  // Later starts read our TypeScript already blanked and compiled; where the folder cannot be written, Node goes on without.
  nodeModule.enableCompileCache?.(join(here, '..', 'node_modules', '.cache', 'sauro'));
  const { main } = await import('./cli.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const ours = join(here, '..', 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(ours)) {
    console.error('Sáu Rõ cần Node 24: hãy chạy "npm ci" trước. / Sáu Rõ needs Node 24: run "npm ci" first.');
    process.exit(1);
  }
  const child = spawn(ours, [join(here, 'bin.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (status, signal) => process.exit(status ?? (signal ? 1 : 0)));
}
