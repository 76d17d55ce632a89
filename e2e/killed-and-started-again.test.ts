import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { after, before, test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { root, startProduct, type RunningProduct } from './harness.ts';

const run = promisify(execFile);
const notice = readFileSync(join(root, 'modules/directives/demo/notice.vi.txt'), 'utf8');
let dataDir: string;
let product: RunningProduct;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sauro-killed-'));
  await chmod(dataDir, 0o711);
  product = await startProduct({}, dataDir);
});
after(async () => {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Reply = Readonly<Record<string, unknown>>;

/** While the database comes back the product says "try again" (503); anything else of the 5xx is a fault. */
async function asked(path: string, init: RequestInit): Promise<Response> {
  for (let i = 0; ; i += 1) {
    const answer = await fetch(`${product.address}${path}`, init);
    if (answer.status !== 503 || i >= 60) return answer;
    await sleep(500);
  }
}

/** A signed-in caller of the API of whichever product runs now. */
async function signedIn(userName: string): Promise<(method: string, path: string, body?: unknown) => Promise<Reply>> {
  const headers = { 'content-type': 'application/json' };
  const entered = await asked('/api/sign-in/demonstration', { method: 'POST', headers, body: JSON.stringify({ userName }) });
  assert.equal(entered.status, 200);
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return async (method, path, body) => {
    const answer = await asked(`/api${path}`, { method, headers: { ...(body === undefined ? {} : headers), cookie, 'idempotency-key': newId() }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const reply = await answer.json() as Reply;
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${JSON.stringify(reply).slice(0, 300)}`);
    return reply;
  };
}

/** Pastes the notice under a number of its own and issues it. @returns its path in the API */
async function issueNotice(number: string): Promise<string> {
  const call = await signedIn('vpcp');
  const made = await call('POST', '/directives', { text: notice });
  const path = `/directives/${String(made['province'])}/${String(made['id'])}`;
  const draft = await call('GET', path);
  const saved = await call('PUT', `${path}/head`, { version: draft['version'], head: { ...(draft['head'] as Reply), number } });
  await call('POST', `${path}/issue`, { version: saved['version'] });
  return path;
}

async function untilIssued(path: string): Promise<Reply> {
  const call = await signedIn('vpcp');
  for (let i = 0; i < 240; i += 1) {
    const directive = await call('GET', path);
    if (directive['state'] === 'issued') return directive;
    await sleep(500);
  }
  throw new Error('the cascade did not complete by itself');
}

const postmasterOf = async (): Promise<number> => {
  const pointer = join(dataDir, 'postgres.location');
  const base = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres');
  return Number(readFileSync(join(base, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
};

async function killAndStartAgain(victims: readonly ('node' | 'postgres')[]): Promise<void> {
  const ended = new Promise((resolve) => { product.child.once('exit', resolve); });
  if (victims.includes('postgres')) process.kill(await postmasterOf(), 'SIGKILL');
  if (victims.includes('node')) {
    product.child.kill('SIGKILL');
    await ended;
    product = await startProduct({}, dataDir);
  }
}

const moments: readonly (readonly [string, readonly ('node' | 'postgres')[], number])[] = [
  ['node, at once', ['node'], 0], ['node, in the middle', ['node'], 700], ['the database, in the middle', ['postgres'], 500], ['both, in the middle', ['postgres', 'node'], 900],
];
for (const [index, [who, victims, afterMs]] of moments.entries()) {
  test(`R54: killed with -9 (${who}) while a notice goes out, the product goes on by itself and each unit has its tasks once`, async () => {
    const path = await issueNotice(`9${index}/TB-VPCP`);
    await sleep(afterMs);
    await killAndStartAgain(victims);
    await untilIssued(path);
    const call = await signedIn('vpcp');
    const reach = await call('GET', `${path}/reach`);
    assert.deepEqual([reach['reached'], reach['of']], [35, 35]);
    const progress = await call('GET', `${path}/progress`);
    const levels = (progress['assignments'] as { levels: { level: string; progress: { of: number } }[] }[]).flatMap((line) => line.levels);
    const sum = (level: string): number => levels.filter((one) => one.level === level).reduce((total, one) => total + one.progress.of, 0);
    assert.deepEqual([sum('agency'), sum('province'), sum('commune')], [3, 68, 3321]);
  });
}

test('R28: after all that the log verifies from an export, without the server', async () => {
  await sleep(2500); // the sequencer's own pace
  const file = join(dataDir, 'export.ndjson');
  const env = { ...process.env, SAURO_DATA: dataDir };
  await run(process.execPath, ['app/bin.js', 'audit', 'export', file], { cwd: root, env });
  const verified = await run(process.execPath, ['app/bin.js', 'audit', 'verify', file, '--json'], { cwd: root, env: { ...env, SAURO_DATA: join(dataDir, 'nowhere') } });
  assert.match(verified.stdout, /"verified":\s*true|"ok":\s*true/);
});
