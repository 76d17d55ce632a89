/**
 * The log's three keys, each a file of mode 0600 in a folder outside the database (SECURITY R27, A4):
 * `log.key` signs checkpoints, `witness.key` cosigns them, `pseudonym.key` turns accounts and contents into keyed digests.
 * Whoever holds a copy of the database holds none of them.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hexOf } from '#kernel/bytes.ts';
import type { Ed25519Verify } from '#kernel/checkpoint.ts';
import { sha256 } from './sha256.ts';

export type SigningKey = { readonly publicKey: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array };
export type LogKeys = {
  /** First part of each log's origin; the log of a province is `<origin>/<province>`. */
  readonly origin: string;
  readonly log: SigningKey;
  readonly witness: SigningKey;
  readonly pseudonym: Uint8Array;
};

const rawPublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url'));

function signingKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  return { publicKey: rawPublicKey(key), sign: (message) => new Uint8Array(sign(null, message, key)) };
}

const newSigningPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The file's text; made on first use, and never written over: a lost key must be noticed, not replaced. */
async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    await writeFile(path, make(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await chmod(path, 0o600);
  return readFile(path, 'utf8');
}

const originOf = (publicKey: Uint8Array): string => `sauro-${hexOf(sha256(publicKey)).slice(0, 8)}`;

const keysOf = (log: SigningKey, witness: SigningKey, pseudonym: Uint8Array, origin?: string): LogKeys => ({
  origin: origin ?? originOf(log.publicKey), log, witness, pseudonym,
});

/** Reads the keys of a folder, making those that are missing. @param origin a schema-less address such as `example.gov.vn/sauro` */
export async function loadLogKeys(folder: string, origin?: string): Promise<LogKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const log = signingKey(await readOrMake(join(folder, 'log.key'), newSigningPem));
  const witness = signingKey(await readOrMake(join(folder, 'witness.key'), newSigningPem));
  const pseudonym = await readOrMake(join(folder, 'pseudonym.key'), () => randomBytes(32).toString('hex'));
  return keysOf(log, witness, new Uint8Array(Buffer.from(pseudonym.trim(), 'hex')), origin);
}

/** Keys that live in memory only: for tests and trials. */
export const newLogKeys = (origin?: string): LogKeys =>
  keysOf(signingKey(newSigningPem()), signingKey(newSigningPem()), new Uint8Array(randomBytes(32)), origin);

/** Keyed digest: without the key it can neither be turned back nor guessed from a list of likely contents. HMAC-SHA-256 (RFC 2104). */
export function keyedDigest(keys: LogKeys, purpose: 'actor' | 'content', text: string): string {
  const { inner, outer } = padsOf(keys.pseudonym);
  return hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(`${purpose}\n${text}`)]), 'buffer')]), 'hex');
}
/** The key's two blocks are made once: importing it for each digest cost more than the digest. */
const pads = new WeakMap<Uint8Array, { readonly inner: Buffer; readonly outer: Buffer }>();
function padsOf(key: Uint8Array): { readonly inner: Buffer; readonly outer: Buffer } {
  const known = pads.get(key);
  if (known !== undefined) return known;
  const short = key.length > 64 ? sha256(key) : key;
  const block = (pad: number): Buffer => Buffer.from(Array.from({ length: 64 }, (_, i) => (short[i] ?? 0) ^ pad));
  const made = { inner: block(0x36), outer: block(0x5c) };
  pads.set(key, made);
  return made;
}

const imported = new Map<string, KeyObject>();

/** A public key made ready once: that costs more than a verification, and an export has one key for thousands of notes. */
function importedKey(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const held = imported.get(x);
  if (held) return held;
  const made = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (imported.size < 100) imported.set(x, made);
  return made;
}

/** Ed25519 verification by node:crypto; a key or signature of the wrong length is not valid. */
export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return verify(null, message, importedKey(publicKey), signature);
  } catch {
    return false; // not a point of the curve
  }
};
