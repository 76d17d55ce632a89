/** Files kept by their digest under the installation's folder: written whole before the row that names them commits. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const pathOf = (filesDir: string, sha256: string): string => join(filesDir, 'directives', sha256.slice(0, 2), sha256);

/** @returns SHA-256 of the bytes, in hexadecimal; the same bytes are kept once */
export async function keepFile(filesDir: string, bytes: Uint8Array): Promise<string> {
  const sha256 = sha256Of(bytes);
  const path = pathOf(filesDir, sha256);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync(); // the row that names the file is durable, so the file must be before it
  } finally {
    await file.close();
  }
  await rename(draft, path);
  return sha256;
}

/** The bytes, or undefined when the file is gone or no longer what its digest says. */
export async function readKeptFile(filesDir: string, sha256: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readFile(pathOf(filesDir, sha256));
    return sha256Of(bytes) === sha256 ? new Uint8Array(bytes) : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
