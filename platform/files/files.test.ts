import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findFileSize, getFile, putFile, streamFile } from './files.ts';

let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sauro-files-'));
});
after(() => rm(dir, { recursive: true, force: true }));

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const countFiles = async (): Promise<number> => (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

describe('keeping originals and evidence', () => {
  test('bytes are found again under their digest, whole', async () => {
    const bytes = bytesOf('Biên bản kiểm tra');
    assert.deepEqual(await putFile(dir, bytes), { ok: true, value: { sha256: digest(bytes), size: bytes.length } });
    const kept = await getFile(dir, digest(bytes));
    assert.ok(kept.ok);
    assert.deepEqual(Uint8Array.from(kept.value), bytes);
    assert.deepEqual(await findFileSize(dir, digest(bytes)), { ok: true, value: bytes.length });
    const streamed: Uint8Array[] = [];
    for await (const piece of streamFile(dir, digest(bytes))) if (typeof piece !== 'string') streamed.push(piece);
    assert.deepEqual(Uint8Array.from(Buffer.concat(streamed)), bytes);
  });

  test('the same bytes are kept once, also when twenty people send them at the same moment', async () => {
    const before = await countFiles();
    const bytes = bytesOf('một tệp');
    const answers = await Promise.all(Array.from({ length: 20 }, () => putFile(dir, inPieces(bytes, 3))));
    for (const answer of answers) assert.deepEqual(answer, { ok: true, value: { sha256: digest(bytes), size: bytes.length } });
    assert.equal(await countFiles(), before + 1);
  });

  test('a stream is cut off at the limit and leaves nothing behind', async () => {
    const before = await countFiles();
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1024;
        yield new Uint8Array(1024);
      }
    }
    assert.deepEqual(await putFile(dir, endless(), 1024 * 1024), { ok: false, problem: { code: 'file-too-large', limitMb: 1 } });
    assert.ok(given <= 1024 * 1024 + 2048);
    assert.equal(await countFiles(), before);
  });

  test('a stream that breaks leaves nothing behind', async () => {
    const before = await countFiles();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytesOf('nửa');
      throw new Error('connection lost');
    }
    await assert.rejects(putFile(dir, broken()), /connection lost/);
    assert.equal(await countFiles(), before);
  });

  test('an empty file is refused', async () => {
    assert.deepEqual(await putFile(dir, new Uint8Array()), { ok: false, problem: { code: 'file-empty' } });
  });

  test('a file that was changed on disk is not given out', async () => {
    const bytes = bytesOf('bản gốc');
    const sha256 = digest(bytes);
    await putFile(dir, bytes);
    await writeFile(join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'bản sửa');
    assert.deepEqual(await getFile(dir, sha256), { ok: false, problem: { code: 'file-altered', sha256 } });
  });

  test('a name that is no digest reaches no file', async () => {
    for (const name of ['../../etc/passwd', '', 'a'.repeat(63), `${'a'.repeat(63)}/`, 'A'.repeat(64)]) {
      const got = await getFile(dir, name);
      assert.equal(got.ok ? 'given' : got.problem.code, 'file-missing');
      assert.throws(() => streamFile(dir, name));
    }
    assert.deepEqual(await getFile(dir, '0'.repeat(64)), { ok: false, problem: { code: 'file-missing', sha256: '0'.repeat(64) } });
  });

  test('only the owner of the process may read the store', async () => {
    const bytes = bytesOf('kín');
    await putFile(dir, bytes);
    const sha256 = digest(bytes);
    assert.equal((await stat(join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256))).mode & 0o077, 0);
  });
});
