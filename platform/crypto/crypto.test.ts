import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { hashPassword, isPassword } from './password.ts';
import { loadSeal, sealOf } from './seal.ts';
import { isToken, newToken, tokenHash } from './token.ts';

describe('sealed secrets', () => {
  const seal = sealOf(new Uint8Array(32).fill(7));
  test('open only where they belong, and only unaltered', () => {
    const sealed = seal.seal('JBSWY3DPEHPK3PXP', 'account-1');
    assert.equal(seal.open(sealed, 'account-1'), 'JBSWY3DPEHPK3PXP');
    assert.throws(() => seal.open(sealed, 'account-2'), 'moved to another row');
    assert.throws(() => sealOf(new Uint8Array(32).fill(8)).open(sealed, 'account-1'), 'under another key');
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => seal.open(flipped.toString('base64url'), 'account-1'), `bit ${bit}`);
    }
  });
  test('the same secret is never sealed to the same text', () => {
    assert.notEqual(seal.seal('x', 'a'), seal.seal('x', 'a'));
  });
});

describe('the key file', () => {
  let folder: string;
  before(async () => { folder = await mkdtemp(join(tmpdir(), 'sauro-crypto-')); });
  after(() => rm(folder, { recursive: true }));
  test('is made once, for its owner only, and opens what was sealed before a restart', async () => {
    const keys = join(folder, 'keys');
    const [one, two] = await Promise.all([loadSeal(keys, 'identity'), loadSeal(keys, 'identity')]);
    assert.equal(two.open(one.seal('bí mật', 'a'), 'a'), 'bí mật');
    assert.equal((await stat(join(keys, 'identity.key'))).mode & 0o777, 0o600);
    const again = sealOf(Buffer.from(await readFile(join(keys, 'identity.key'), 'utf8'), 'hex'));
    assert.equal(again.open(one.seal('bí mật', 'a'), 'a'), 'bí mật');
  });
});

test('R3: a token has 256 bits, and what is stored of it is not it', () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  assert.equal(new Set(tokens).size, 1000);
  assert.ok(tokens.every((token) => isToken(token) && Buffer.from(token, 'base64url').length === 32 && tokenHash(token) !== token));
});

test('R2: a password is known again in either normal form, and nobody has the password of an account that does not exist', async () => {
  const hash = await hashPassword('thuyền buồm chiều rơi sóng'.normalize('NFD'));
  assert.equal(await isPassword(hash, 'thuyền buồm chiều rơi sóng'), true);
  assert.equal(await isPassword(hash, 'thuyen buom chieu roi song'), false);
  assert.equal(await isPassword(undefined, ''), false);
});
