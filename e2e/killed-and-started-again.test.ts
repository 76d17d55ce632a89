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
import { seeded } from '../journeys/cascade-kills.ts';
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

async function untilIssued(path: string, everyMs = 500): Promise<Reply> {
  const call = await signedIn('vpcp');
  for (const until = performance.now() + 120_000; performance.now() < until; await sleep(everyMs)) {
    const directive = await call('GET', path);
    if (directive['state'] === 'issued') return directive;
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

type Moment = { readonly who: string; readonly victims: readonly ('node' | 'postgres')[]; /** Where in the length of a cascade, 0 to 1. */ readonly at: number };
const chosen: readonly Moment[] = [
  { who: 'node, at once', victims: ['node'], at: 0 }, { who: 'node, in the middle', victims: ['node'], at: 0.5 }, { who: 'the database, in the middle', victims: ['postgres'], at: 0.4 },
  { who: 'both, in the middle', victims: ['postgres', 'node'], at: 0.6 },
];
/** With the whole campaign (SAURO_KILL_POINTS=200) every tenth kill is of the whole product, at seeded moments. */
const chance = seeded(Number(process.env['SAURO_KILL_SEED'] ?? '1'));
const drawn = Array.from({ length: Math.floor(Number(process.env['SAURO_KILL_POINTS'] ?? '0') / 10) }, (_, i): Moment => {
  const [who, victims] = ([['node', ['node']], ['the database', ['postgres']], ['both', ['postgres', 'node']]] as const)[i % 3] ?? ['node', ['node']];
  const at = chance();
  return { who: `${who}, at ${at.toFixed(2)} of its length`, victims, at };
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Milliseconds that a cascade nobody disturbs takes, with the asking; the second, when communes have their seats. */
async function lengthOfCascade(): Promise<number> {
  let length = 0;
  for (const number of ['91', '92']) {
    const path = await issueNotice(`${number}/TB-VPCP`);
    length = await timed(() => untilIssued(path, 200));
  }
  return length;
}

type Counts = Readonly<Record<'agency' | 'province' | 'commune', number>>;
async function tasksOf(call: Awaited<ReturnType<typeof signedIn>>, path: string): Promise<Counts> {
  const progress = await call('GET', `${path}/progress`);
  const levels = (progress['assignments'] as { levels: { level: string; progress: { of: number } }[] }[]).flatMap((line) => line.levels);
  const sum = (level: string): number => levels.filter((one) => one.level === level).reduce((total, one) => total + one.progress.of, 0);
  return { agency: sum('agency'), province: sum('province'), commune: sum('commune') };
}

let length = 0;
/** What stood of each cascade the moment before the kill. */
const lay = { untouched: 0, midway: 0, all: 0 };
for (const [index, { who, victims, at }] of [...chosen, ...drawn].entries()) {
  test(`R54: killed with -9 (${who}) while a notice goes out, the product goes on by itself and each unit has its tasks once`, async () => {
    if (length === 0) length = await lengthOfCascade();
    const before = await signedIn('vpcp');
    const path = await issueNotice(`9${index}${index}/TB-VPCP`);
    await sleep(at * length);
    const { commune } = await tasksOf(before, path);
    lay[commune === 0 ? 'untouched' : commune < 3321 ? 'midway' : 'all'] += 1;
    await killAndStartAgain(victims);
    await untilIssued(path);
    const call = await signedIn('vpcp');
    const reach = await call('GET', `${path}/reach`);
    assert.deepEqual([reach['reached'], reach['of']], [35, 35]);
    assert.deepEqual(await tasksOf(call, path), { agency: 3, province: 68, commune: 3321 });
  });
}

test('R28: after all that the log verifies from an export, without the server', async () => {
  if (drawn.length > 0) console.log(`the moment before the kill: ${JSON.stringify(lay)}`);
  await sleep(2500); // the sequencer's own pace
  const file = join(dataDir, 'export.ndjson');
  const env = { ...process.env, SAURO_DATA: dataDir };
  await run(process.execPath, ['app/bin.js', 'audit', 'export', file], { cwd: root, env });
  const verified = await run(process.execPath, ['app/bin.js', 'audit', 'verify', file, '--json'], { cwd: root, env: { ...env, SAURO_DATA: join(dataDir, 'nowhere') } });
  assert.match(verified.stdout, /"verified":\s*true|"ok":\s*true/);
});
