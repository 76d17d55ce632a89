import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { utf8 } from '#kernel/bytes.ts';
import { checkNote, headsOf, isSigned, parseCheckpoint, parseNote, parseVerifierKey, type NoteKey } from '#kernel/checkpoint.ts';
import { hashing } from '#kernel/merkle.ts';
import { cosign, logKeyOf, nodeCrypto, publishedKeys, signCheckpoint, witnessKeyOf } from './checkpoint.ts';
import { loadLogKeys, newLogKeys, verifyEd25519 } from './keys.ts';
import { sha256 } from './sha256.ts';

const keys = newLogKeys('example.gov.vn/sauro');
const head = (log: string, size: number) => ({ log, size, root: sha256(utf8(`${log} ${size}`)) });
const readKey = (line: string): NoteKey => hashing(parseVerifierKey(line), sha256) ?? assert.fail('not a key');

describe('R27: signed checkpoints in the C2SP forms', () => {
  test('R27: a signature published with the signed-note form is accepted, and refused for another text', () => {
    // The example key and note of Go's package sumdb/note, from which the C2SP form comes.
    const key = readKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const note = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    const parsed = parseNote(note) ?? assert.fail('not a note');
    const [line] = parsed.signatures;
    assert.equal(line?.name, 'PeterNeumann');
    assert.equal(verifyEd25519(key.publicKey, utf8(parsed.text), line.signature), true);
    assert.equal(verifyEd25519(key.publicKey, utf8(`${parsed.text} `), line.signature), false);
  });

  test('R27: a checkpoint is three lines, a blank line and an em-dash signature that the published key verifies', async () => {
    const note = signCheckpoint(keys, head('01', 1234));
    assert.match(note, /^example\.gov\.vn\/sauro\/01\n1234\n[A-Za-z0-9+/]{43}=\n\n\u2014 example\.gov\.vn\/sauro\/01 [A-Za-z0-9+/]+=*\n$/);
    const checked = await checkNote(note, [logKeyOf(keys, '01')], nodeCrypto);
    assert.equal(checked !== null && isSigned(checked), true);
    assert.equal(checked?.checkpoint.size, 1234);
    assert.deepEqual(readKey(publishedKeys(keys).log).publicKey, keys.log.publicKey);
  });

  test('R27: the nation\'s checkpoint signs the 35 heads', async () => {
    const heads = Array.from({ length: 35 }, (_, i) => head(String(i).padStart(2, '0'), i * 3));
    const note = signCheckpoint(keys, head('00', 0), heads);
    const checked = await checkNote(note, [logKeyOf(keys, '00')], nodeCrypto);
    assert.deepEqual(checked === null ? [] : headsOf(checked.checkpoint), heads);
    const altered = note.replace('head 07 21 ', 'head 07 20 ');
    const after = await checkNote(altered, [logKeyOf(keys, '00')], nodeCrypto);
    assert.equal(after !== null && isSigned(after), false);
  });

  test('R27: a witness\'s line carries its time and covers the whole text', async () => {
    const note = cosign(keys, signCheckpoint(keys, head('01', 5)), 1_790_000_000);
    const known = [logKeyOf(keys, '01'), witnessKeyOf(keys)];
    const checked = await checkNote(note, known, nodeCrypto);
    assert.deepEqual(checked?.signatures.map((each) => [each.key.kind, each.valid, each.signedAtSeconds]), [['log', true, null], ['witness', true, 1_790_000_000]]);
    const forged = await checkNote(note.replace('\n5\n', '\n6\n'), known, nodeCrypto);
    assert.deepEqual(forged?.signatures.map((each) => each.valid), [false, false]);
  });

  test('R27: a signature by another key under the same name does not make it signed', async () => {
    const thief = newLogKeys('example.gov.vn/sauro');
    const checked = await checkNote(signCheckpoint(thief, head('01', 5)), [logKeyOf(keys, '01')], nodeCrypto);
    assert.equal(checked !== null && isSigned(checked), false);
  });

  test('text that is not a checkpoint is read as none', () => {
    for (const text of ['', 'x', 'a\n1\n', 'a\n01\nAAAA\n', 'a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n']) {
      assert.equal(parseCheckpoint(text), null, text);
    }
    for (const note of ['', 'a\n\n', 'a\n\nb\n', 'a\n\n- name AAAAAAAA\n', 'a\n\n\u2014 na+me AAAAAAAA\n', 'a\tb\n\n\u2014 name AAAAAAAA\n', 'a\n\n\u2014 name AAAA\n']) {
      assert.equal(parseNote(note), null, JSON.stringify(note));
    }
    for (const line of ['', 'name', 'name+00000000+AAAA', publishedKeys(keys).log.replace('+', ' '), publishedKeys(keys).log.replace(/\+[0-9a-f]{8}\+/, '+00000000+')]) {
      assert.equal(hashing(parseVerifierKey(line), sha256), null, line);
    }
  });
});

describe('R27: keys outside the database', () => {
  test('R27: the keys are files only their owner may read, made once and kept', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'log-keys-'));
    t.after(() => rm(folder, { recursive: true }));
    const made = await loadLogKeys(folder);
    for (const name of ['log.key', 'witness.key', 'pseudonym.key']) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
    const again = await loadLogKeys(folder);
    assert.deepEqual([again.origin, again.log.publicKey, again.witness.publicKey, again.pseudonym], [made.origin, made.log.publicKey, made.witness.publicKey, made.pseudonym]);
    assert.notDeepEqual(made.log.publicKey, made.witness.publicKey);
  });

  test('a damaged key stops the start; it is not replaced by a new one', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'log-keys-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'log.key'), 'damaged');
    await assert.rejects(loadLogKeys(folder));
    assert.equal(await readFile(join(folder, 'log.key'), 'utf8'), 'damaged');
  });
});
