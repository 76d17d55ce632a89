import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Encrypts small secrets under a key that is not in the database, so that a dump of it does not hold them. */
export type Seal = {
  /** @param bound what the secret belongs to; opening with another is refused, so ciphertexts cannot be swapped */
  seal(secret: string, bound: string): string;
  /** @throws when the text was altered, or belongs elsewhere */
  open(sealed: string, bound: string): string;
};

/** AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag, as base64url. */
export const sealOf = (key: Uint8Array): Seal => ({
  seal(secret, bound) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound, 'utf8'));
    return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  },
  open(sealed, bound) {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(bound, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
  },
});

const opened = new Map<string, Promise<Seal>>();

/** The seal of one purpose; its key file is made on first use and never written over. @param purpose a file name: `identity` */
export function loadSeal(keysDir: string, purpose: string): Promise<Seal> {
  const path = join(keysDir, `${purpose}.key`);
  const known = opened.get(path);
  if (known) return known;
  const made = readKey(keysDir, path).then(sealOf);
  opened.set(path, made);
  made.catch(() => opened.delete(path));
  return made;
}

async function readKey(folder: string, path: string): Promise<Uint8Array> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await chmod(path, 0o600);
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  if (key.length !== 32) throw new Error(`${path} does not hold a key of 32 bytes`);
  return new Uint8Array(key);
}
