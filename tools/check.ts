/** `npm run check`: architecture, rights, words, rule ids, types in three settings, lint. Exits 1 when anything is found. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkArchitecture } from './check/architecture.ts';
import { checkMessages } from './check/messages.ts';
import { checkRights } from './check/rights.ts';
import { checkRuleIds } from './check/rule-ids.ts';
import { readSources, root } from './check/sources.ts';

type Outcome = { readonly name: string; readonly lines: readonly string[]; readonly failed: boolean };

function textChecks(): Outcome[] {
  const files = readSources();
  const outcome = (name: string, lines: readonly string[]): Outcome => ({ name, lines, failed: lines.length > 0 });
  return [
    outcome('architecture', checkArchitecture(files).map((b) => `${b.file}: [${b.rule}] ${b.says}`)),
    outcome('rights', checkRights(files).map((f) => `${f.file}: [${f.rule}] ${f.says}`)),
    outcome('words', checkMessages(files).map((f) => `${f.file}: ${f.says}`)),
    outcome('rule ids', checkRuleIds(files)),
  ];
}

const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

function command(name: string, program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('close', (status) => resolve({ name, failed: status !== 0, lines: status === 0 ? [] : output.trim().split('\n').filter((line) => !line.startsWith('npm warn')) }));
  });
}

const outcomes = [
  ...textChecks(),
  ...(await Promise.all([
    command('types: shared', bin('tsc'), ['-p', 'tsconfig.shared.json']),
    command('types: server', bin('tsc'), ['-p', 'tsconfig.server.json']),
    command('types: web', bin('tsc'), ['-p', 'tsconfig.web.json']),
    command('lint', bin('biome'), ['lint', '--diagnostic-level=error', '--max-diagnostics=60', '.']),
  ])),
];

for (const { name, lines, failed } of outcomes) {
  console.log(`${failed ? 'FAIL' : 'ok  '} ${name}${lines.length > 0 ? ` (${lines.length})` : ''}`);
  for (const line of lines.slice(0, 80)) console.log(`     ${line}`);
  if (lines.length > 80) console.log(`     … and ${lines.length - 80} more lines`);
}
process.exitCode = outcomes.some((outcome) => outcome.failed) ? 1 : 0;
