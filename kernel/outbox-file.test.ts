import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { canonicalJson, readOutboxFile, writeOutboxFile, type FileEntry } from './outbox-file.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const entry: FileEntry = { id: 'c1', kind: 'return', subject: 'return:01/00004/2026-03/x', savedAt: '2026-03-15T02:41:00.000Z', body: { base: 0, values: { '7': 12, '8': null } } };

describe('the outbox as a file', () => {
  test('what was written is read back, values and command id unchanged', async () => {
    const read = await readOutboxFile(await writeOutboxFile([entry], '2026-03-16T00:00:00.000Z', sha256), sha256);
    assert.ok(read.ok);
    assert.deepEqual(read.value.entries, [entry]);
  });
  test('one changed figure is found', async () => {
    const text = await writeOutboxFile([entry], '2026-03-16T00:00:00.000Z', sha256);
    assert.deepEqual(await readOutboxFile(text.replace('"7": 12', '"7": 13'), sha256), { ok: false, problem: { code: 'outbox-file-damaged' } });
  });
  test('another file, half a file and a newer form are refused in their own words', async () => {
    const text = await writeOutboxFile([entry], '2026-03-16T00:00:00.000Z', sha256);
    for (const [given, code] of [['{"a":1}', 'outbox-file-not-read'], [text.slice(0, 80), 'outbox-file-not-read'], [text.replace('"version": 1', '"version": 2'), 'outbox-file-newer']] as const) {
      assert.deepEqual(await readOutboxFile(given, sha256), { ok: false, problem: { code } });
    }
  });
  test('the order of keys and absent fields do not change the digest', () => {
    assert.equal(canonicalJson({ b: [1, { d: null, c: 'ạ' }], a: undefined }), '{"b":[1,{"c":"ạ","d":null}]}');
  });
});
