import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { base64Of, bytesOfBase64, bytesOfHex } from '#kernel/bytes.ts';
import { checkNote, isSigned } from '#kernel/checkpoint.ts';
import { entryBytes } from '#kernel/entry.ts';
import { hashing, leafHash, verifyConsistency, verifyInclusion } from '#kernel/merkle.ts';
import { newId } from '#kernel/id.ts';
import { logKeyOf, nodeCrypto, publishedKeys } from '#platform/log/checkpoint.ts';
import { loadLogKeys, type LogKeys } from '#platform/log/keys.ts';
import { record, useLogKeys, type Leaf } from '#platform/log/record.ts';
import { sequenceAll } from '#platform/log/sequencer.ts';
import { sha256 } from '#platform/log/sha256.ts';
import { signDue } from '#platform/log/sign.ts';
import { fileWitness } from '#platform/log/witness.ts';
import { actorWith, atNation, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { auditCheckpointCommand, auditExportCommand, auditVerifyCommand } from './cli.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { audit } from './module.ts';
import type { CheckpointView, Inclusion, PlacedEntry } from './schema.ts';

let server: TestServer;
let keys: LogKeys;
let folder: string;
const reader = actorWith(atNation('oversight'));
const clerk = actorWith(atNation('government-office'));
const clock = () => new Date('2026-11-18T03:00:00.000Z');

before(async () => {
  server = await testServer([orgUnits, audit]);
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  keys = await loadLogKeys(server.services.keysDir);
  useLogKeys(keys);
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

let written = 0;
async function write(province: string, count: number, more: Partial<Leaf> = {}): Promise<string[]> {
  return server.db.write('system', async (tx) => {
    await record(tx, Array.from({ length: count }, () => {
      written += 1;
      return { province, at: new Date(Date.parse('2026-11-17T00:00:00.000Z') + written * 1000).toISOString(), actor: clerk, action: 'tasks.acknowledged', target: { type: 'task', id: `t-${written}` }, unit: '00004', ...more };
    }));
    return [...tx.leaves];
  });
}
async function settle(): Promise<void> {
  await sequenceAll(server.db, clock);
  await signDue({ db: server.db, keys, witness: fileWitness(keys, server.services.keysDir), logs: [], clock }, true);
}
type Page = { entries: PlacedEntry[]; next: string | null };

async function asSuperuser(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  await client.query('alter table log.leaf no force row level security');
  await client.query(text);
  await client.query('alter table log.leaf force row level security');
  await client.end();
}

function capture() {
  const out: string[] = [];
  const err: string[] = [];
  return { io: { stdout: (text: string) => { out.push(text); }, stderr: (text: string) => { err.push(text); } }, out: () => out.join(''), err: () => err.join('') };
}

describe('the timeline', () => {
  test('R25: opening it is itself recorded, once and not for each further page', async () => {
    await write('30', 130);
    await settle();
    const before = await server.call<Page>(reader, 'GET', '/audit/entries?action=audit');
    const first = await server.call<Page>(reader, 'GET', '/audit/entries?log=30&limit=60');
    assert.match(String(first.headers['x-sauro-leaf']), /^00\/[0-9a-f]{64}$/);
    const second = await server.call<Page>(reader, 'GET', `/audit/entries?log=30&limit=60&before=${first.body.next ?? ''}`);
    const third = await server.call<Page>(reader, 'GET', `/audit/entries?log=30&limit=60&before=${second.body.next ?? ''}`);
    assert.deepEqual([first, second, third].map((page) => page.body.entries.length), [60, 60, 10]);
    assert.equal(third.body.next, null);
    assert.equal(new Set([first, second, third].flatMap((page) => page.body.entries.map((placed) => placed.entry.id))).size, 130);
    await sequenceAll(server.db, clock);
    const after = await server.call<Page>(reader, 'GET', '/audit/entries?action=audit');
    assert.equal(after.body.entries.length - before.body.entries.length, 2);
    assert.equal(after.body.entries[0]?.entry.kind, 'read');
  });

  test('each filter narrows to what it says', async () => {
    await write('31', 3, { kind: 'permission', action: 'identity.granted', unit: '00100', role: 'administrator' });
    await write('31', 2, { target: { type: 'directive', id: 'd-1' } });
    await settle();
    const count = async (query: string) => (await server.call<Page>(reader, 'GET', `/audit/entries?log=31&${query}`)).body.entries.length;
    assert.deepEqual(await Promise.all(['kind=permission', 'action=identity', 'action=identity.gran', 'unit=00100', 'role=administrator', 'targetType=directive', 'target=d-1', 'from=2026-11-18T00:00:00.000Z', 'until=2026-11-18T00:00:00.000Z'].map(count)), [3, 3, 0, 3, 3, 2, 2, 0, 5]);
    assert.equal((await server.call(reader, 'GET', '/audit/entries?log=31;drop')).status, 400);
  });

  test('R29: everyone sees the traces of the own account, and only those', async () => {
    const person = actorWith();
    await write('32', 2, { actor: person });
    await sequenceAll(server.db, clock);
    const mine = await server.call<Page>(person, 'GET', '/audit/my-entries');
    assert.deepEqual(mine.body.entries.map((placed) => placed.entry.log), ['32', '32']);
    assert.equal(JSON.stringify(mine.body).includes(person.account), false);
  });
});

describe('proofs', () => {
  test('R27: an entry comes with a proof that stands without the server\'s word', async () => {
    await write('33', 20);
    await settle();
    const page = await server.call<Page>(reader, 'GET', '/audit/entries?log=33&limit=5');
    for (const { entry } of page.body.entries) {
      const { body } = await server.call<{ placed: PlacedEntry; inclusion: Inclusion }>(reader, 'GET', `/audit/logs/33/entries/${entry.id}`);
      const checked = await checkNote(body.inclusion.note, [logKeyOf(keys, '33')], nodeCrypto);
      assert.ok(checked !== null && isSigned(checked));
      const leaf = hashing(leafHash(entryBytes(body.placed.entry)), sha256);
      const path = body.inclusion.path.map((text) => bytesOfBase64(text) ?? new Uint8Array());
      assert.equal(hashing(verifyInclusion({ index: body.inclusion.index, size: checked.checkpoint.size, leaf, root: checked.checkpoint.root, proof: path }), sha256), true);
    }
  });

  test('R27: whoever holds the hash of a reply gets its proof, and none of its content', async () => {
    const [leaf = ''] = await write('34', 1);
    const anyone = actorWith();
    const before = await server.call(anyone, 'GET', `/audit/logs/34/leaves/${leaf.slice(3)}`);
    assert.deepEqual([before.status, before.body], [200, { placed: false, inclusion: null }]);
    await settle();
    const { body } = await server.call<{ placed: boolean; inclusion: Inclusion }>(anyone, 'GET', `/audit/logs/34/leaves/${leaf.slice(3)}`);
    const checked = await checkNote(body.inclusion.note, [logKeyOf(keys, '34')], nodeCrypto);
    const claim = { index: body.inclusion.index, size: body.inclusion.size, leaf: bytesOfHex(leaf.slice(3)), root: checked?.checkpoint.root ?? new Uint8Array(), proof: body.inclusion.path.map((text) => bytesOfBase64(text) ?? new Uint8Array()) };
    assert.equal(hashing(verifyInclusion(claim), sha256), true);
    assert.equal((await server.call(anyone, 'GET', `/audit/logs/34/leaves/${'0'.repeat(64)}`)).status, 404);
  });

  test('R27: a kept checkpoint is shown to be continued; tiles hold the leaf hashes', async () => {
    await write('35', 7);
    await settle();
    await write('35', 300);
    await settle();
    const { body } = await server.call<{ checkpoints: CheckpointView[] }>(reader, 'GET', '/audit/logs/35/checkpoints');
    const [latest, ...older] = body.checkpoints;
    const earliest = older.at(-1);
    assert.ok(latest?.size === 307 && earliest?.size === 7);
    const proof = await server.call<{ path: string[] }>(reader, 'GET', `/audit/logs/35/consistency?from=7&to=307`);
    const claim = { earlierSize: 7, size: 307, earlierRoot: bytesOfBase64(earliest.root) ?? new Uint8Array(), root: bytesOfBase64(latest.root) ?? new Uint8Array(), proof: proof.body.path.map((text) => bytesOfBase64(text) ?? new Uint8Array()) };
    assert.equal(hashing(verifyConsistency(claim), sha256), true);
    assert.equal((await server.call(reader, 'GET', '/audit/logs/35/consistency?from=9&to=8')).status, 404);
    const tile = await server.call<Buffer>(reader, 'GET', '/audit/logs/35/tile/0/1');
    assert.equal(tile.body.length, 51 * 32);
    assert.equal((await server.call(reader, 'GET', '/audit/logs/35/tile/0/2')).status, 404);
  });
});

describe('R28: the command line', () => {
  const verify = async (...args: string[]) => {
    const { io, out, err } = capture();
    const code = await auditVerifyCommand(args, io);
    return { code, out: out(), err: err() };
  };

  test('R28: an export verifies offline, and a kept checkpoint with it; altered, its first altered entry is named', async () => {
    await write('36', 30);
    const saved = join(folder, 'nation.note');
    const printed = capture();
    assert.equal(await auditCheckpointCommand(['--save', saved], printed.io, server.services), 0);
    assert.equal(printed.out().startsWith(await readFile(saved, 'utf8')), true);
    await write('36', 5);
    await settle();
    const file = join(folder, 'export.ndjson');
    assert.equal(await auditExportCommand([file], capture().io, server.services), 0);
    const { log, witness } = publishedKeys(keys);
    const honest = await verify(file, `--checkpoint=${saved}`, '--key', log, '--key', witness, '--json');
    assert.equal(honest.code, 0, honest.out);
    const lines = (await readFile(file, 'utf8')).split('\n');
    const victim = lines.findIndex((line) => line.includes('"position":12,') && line.includes('"log":"36"'));
    const altered = join(folder, 'altered.ndjson');
    await writeFile(altered, lines.with(victim, (lines[victim] ?? '').replace('"unit":"00004"', '"unit":"00005"')).join('\n'));
    const caught = await verify(altered, '--json');
    const verdict = JSON.parse(caught.out) as { ok: boolean; first: { code: string; log: string; index: number } }; // our own verdict
    assert.deepEqual([caught.code, verdict.ok, verdict.first.code, verdict.first.log, verdict.first.index], [1, false, 'entry-altered', '36', 12]);
    const words = await verify(altered);
    assert.match(words.out, /Nhật ký 36, dòng 12 /);
    assert.match(words.out, /Log 36, entry 12 /);
  });

  test('R28: an entry altered in the database itself is found there and named', async () => {
    await write('37', 10);
    await settle();
    const { io, out } = capture();
    assert.equal(await auditVerifyCommand(['--log', '37', '--json'], io, server.services), 0, out());
    await asSuperuser("update log.leaf set target = 'forged' where province = '37' and position = 4");
    const after = capture();
    assert.equal(await auditVerifyCommand(['--log', '37', '--json'], after.io, server.services), 1);
    assert.match(after.out(), /"first": \{\s+"code": "entry-altered",\s+"log": "37",\s+"index": 4,/);
    await asSuperuser("delete from log.leaf where province = '37' and position = 4");
    const gone = capture();
    assert.equal(await auditVerifyCommand(['--log', '37'], gone.io, server.services), 1);
    assert.match(gone.out(), /Log 37, entry 4 .* out of place/);
  });

  test('exit codes: 2 for wrong use, 3 for what cannot be read, help in both languages', async () => {
    assert.equal((await verify()).code, 2);
    assert.equal((await verify('a', 'b')).code, 2);
    assert.equal((await verify('--unknown')).code, 2);
    assert.equal((await verify(join(folder, 'absent'))).code, 3);
    await writeFile(join(folder, 'foreign.txt'), 'hello\n');
    assert.equal((await verify(join(folder, 'foreign.txt'))).code, 3);
    const help = await verify('--help');
    assert.equal(help.code, 0);
    assert.match(help.out, /Kiểm chứng[\s\S]*Verifies/);
  });

  test('the export over HTTP is the same, and its reading is recorded', async () => {
    await write('38', 4);
    await settle();
    const answer = await server.call<Buffer>(reader, 'GET', '/audit/logs/38/export');
    const file = join(folder, 'http.ndjson');
    await writeFile(file, answer.body);
    assert.equal((await verify(file, '--log=38')).code, 0);
    assert.match(String(answer.headers['x-sauro-leaf']), /^38\//);
    assert.equal((await server.call(actorWith(), 'GET', '/audit/logs/38/export', undefined, { 'idempotency-key': newId() })).status, 403);
  });
});

test('R27: base64 in replies is the canonical one', () => {
  assert.equal(base64Of(bytesOfBase64('AAEC') ?? new Uint8Array()), 'AAEC');
  for (const text of ['AAE', 'AAF=', 'AA=A', 'AA=', '====', 'A A=']) assert.equal(bytesOfBase64(text), null, text);
});
