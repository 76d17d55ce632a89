/** Originals of documents and evidence, kept by their digest in the installation's store. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { getFile, putFile } from '#platform/files/files.ts';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const folderOf = (filesDir: string): string => join(filesDir, 'directives');
/** Above what any contract of ours lets in, so that the edge alone decides. */
const mostBytes = 64 * 1_048_576;

/** @returns SHA-256 of the bytes, in hexadecimal; the same bytes are kept once. On disk before the row that names them commits */
export async function keepFile(filesDir: string, bytes: Uint8Array): Promise<string> {
  const kept = await putFile(folderOf(filesDir), bytes, mostBytes);
  if (!kept.ok) throw new Error(`a file that the edge let in was not kept: ${kept.problem.code}`);
  return kept.value.sha256;
}

/** The bytes, or undefined when the file is gone or no longer what its digest says. */
export async function readKeptFile(filesDir: string, sha256: string): Promise<Uint8Array | undefined> {
  const bytes = await getFile(folderOf(filesDir), sha256);
  return bytes.ok ? bytes.value : undefined;
}
