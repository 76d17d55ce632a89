/**
 * The way out of a device that never gets a line: what waits in its outbox as one file, which the other side reads as if it
 * had come over the wire. Each command keeps its id, so the file and the wire together apply it once. The digest finds a
 * file cut or edited on its way; it proves no sender, so an import asks who brings it.
 */
import { utf8 } from './bytes.ts';
import { ok, refuse, type Result } from './result.ts';

export type FileEntry = { readonly id: string; readonly kind: string; readonly subject: string; readonly savedAt: string; readonly body: unknown };
export type OutboxFile = { readonly format: 'sauro-outbox'; readonly version: 1; readonly writtenAt: string; readonly entries: readonly FileEntry[]; readonly digest: string };
/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Sha256Hex = (bytes: Uint8Array) => string | Promise<string>;

/** JSON in one spelling: keys in code-unit order, no spaces, absent fields left out. Numbers as JSON writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

const digestOf = (file: Omit<OutboxFile, 'digest'>, sha256: Sha256Hex): string | Promise<string> =>
  sha256(utf8(canonicalJson({ format: file.format, version: file.version, writtenAt: file.writtenAt, entries: file.entries })));

/** The text of the file. @param writtenAt instant of the device's clock */
export async function writeOutboxFile(entries: readonly FileEntry[], writtenAt: string, sha256: Sha256Hex): Promise<string> {
  const file = { format: 'sauro-outbox', version: 1, writtenAt, entries } as const;
  return `${JSON.stringify({ ...file, digest: await digestOf(file, sha256) }, null, 1)}\n`;
}

export type OutboxFileProblem = { readonly code: 'outbox-file-not-read' | 'outbox-file-newer' | 'outbox-file-damaged' };

const isEntry = (value: unknown): value is FileEntry =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'kind' in value && typeof value.kind === 'string' &&
  'subject' in value && typeof value.subject === 'string' && 'savedAt' in value && typeof value.savedAt === 'string' && 'body' in value;

function fileOf(text: string): OutboxFile | 'newer' | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null || !('format' in read) || read.format !== 'sauro-outbox' || !('version' in read)) return undefined;
  if (read.version !== 1) return 'newer';
  if (!('entries' in read) || !Array.isArray(read.entries) || !('writtenAt' in read) || typeof read.writtenAt !== 'string' || !('digest' in read) || typeof read.digest !== 'string') return undefined;
  const entries: readonly unknown[] = read.entries;
  return entries.every(isEntry) ? { format: 'sauro-outbox', version: 1, writtenAt: read.writtenAt, entries, digest: read.digest } : undefined;
}

/** Reads a file back: not one of ours, of a newer release, or changed since it was written are refused; bodies are the reader's to check. */
export async function readOutboxFile(text: string, sha256: Sha256Hex): Promise<Result<OutboxFile, OutboxFileProblem>> {
  const file = fileOf(text);
  if (file === undefined) return refuse({ code: 'outbox-file-not-read' });
  if (file === 'newer') return refuse({ code: 'outbox-file-newer' });
  return (await digestOf(file, sha256)) === file.digest ? ok(file) : refuse({ code: 'outbox-file-damaged' });
}
