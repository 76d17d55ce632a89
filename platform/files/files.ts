import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '#kernel/result.ts';

/** @property sha256 hex digest of the bytes: the name of the file and its proof @property size bytes */
export type StoredFile = { readonly sha256: string; readonly size: number };
export type FileRefusal =
  | { readonly code: 'file-too-large'; readonly limitMb: number }
  | { readonly code: 'file-empty' }
  | { readonly code: 'file-missing'; readonly sha256: string }
  /** The bytes on disk are no longer those that were kept: the disk is failing or somebody changed them. */
  | { readonly code: 'file-altered'; readonly sha256: string };

/** Largest file kept, in bytes, when the caller names no limit. */
export const fileLimitBytes = 20 * 1024 * 1024;

export type FileBytes = Uint8Array | AsyncIterable<Uint8Array>;

const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
/** Two levels of folders, so that none holds too many files. The name is a digest, so no name of a stranger ever reaches the disk. */
const folderOf = (dir: string, sha256: string): string => join(dir, sha256.slice(0, 2), sha256.slice(2, 4));
const pathOf = (dir: string, sha256: string): string => join(folderOf(dir, sha256), sha256);

async function* piecesOf(bytes: FileBytes): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) yield bytes;
  else yield* bytes;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(dir: string, sha256: string): Promise<string> {
  const folder = folderOf(dir, sha256);
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  // a new folder is an entry in its parent, which must be on disk before the file counts as kept
  if (first !== undefined) for (const parent of [dir, join(dir, sha256.slice(0, 2))]) await syncFolder(parent);
  return folder;
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** Streams the bytes into a new file, synced to disk; over the limit nothing stays. */
async function spool(path: string, bytes: FileBytes, limitBytes: number): Promise<StoredFile | 'too-large'> {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const piece of piecesOf(bytes)) {
      size += piece.byteLength;
      if (size > limitBytes) return 'too-large';
      hash.update(piece);
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), size };
}

/**
 * Keeps an original or a piece of evidence under the digest of its bytes. Returns only when the bytes and their name are on disk
 * (fsync); the same bytes are kept once. A file is put in place whole or not at all, also when the power fails in between.
 *
 * @param dir folder of the store, made if absent
 * @param bytes the whole file, or a stream of it, which is cut off at the limit
 * @param limitBytes 20 MB if absent
 */
export async function putFile(dir: string, bytes: FileBytes, limitBytes: number = fileLimitBytes): Promise<Result<StoredFile, FileRefusal>> {
  const incoming = join(dir, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const spooled = join(incoming, randomUUID());
  try {
    const stored = await spool(spooled, bytes, limitBytes);
    if (stored === 'too-large') return refuse({ code: 'file-too-large', limitMb: Math.floor(limitBytes / 1024 / 1024) });
    if (stored.size === 0) return refuse({ code: 'file-empty' });
    const folder = await makeFolder(dir, stored.sha256);
    const path = pathOf(dir, stored.sha256);
    // a link never replaces: the first copy stays, and whoever reads it now goes on reading it
    if (!(await exists(path))) await link(spooled, path).catch((error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? undefined : Promise.reject(error)));
    await syncFolder(folder);
    return ok(stored);
  } finally {
    await rm(spooled, { force: true });
  }
}

/** The bytes kept under a digest, compared with it once more before they are given out. */
export async function getFile(dir: string, sha256: string): Promise<Result<Uint8Array, FileRefusal>> {
  if (!isDigest(sha256)) return refuse({ code: 'file-missing', sha256: sha256.slice(0, 64) });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(pathOf(dir, sha256));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return refuse({ code: 'file-missing', sha256 });
    throw error;
  }
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? ok(bytes) : refuse({ code: 'file-altered', sha256 });
}

/** Size in bytes of a kept file, or `file-missing`. */
export async function findFileSize(dir: string, sha256: string): Promise<Result<number, FileRefusal>> {
  const path = isDigest(sha256) ? pathOf(dir, sha256) : '';
  if (path === '' || !(await exists(path))) return refuse({ code: 'file-missing', sha256: sha256.slice(0, 64) });
  return ok((await stat(path)).size);
}

/** A stream of a kept file for large downloads. The digest is not compared on the way: `getFile` does that. */
export const streamFile = (dir: string, sha256: string): NodeJS.ReadableStream => {
  if (!isDigest(sha256)) throw new Error('not a digest');
  return createReadStream(pathOf(dir, sha256));
};
