import { crc32, inflateRawSync } from 'node:zlib';
import { ok, refuse, type Result } from '#kernel/result.ts';

/** What an archive may cost us (SECURITY R42). Sizes are bytes. */
export type ArchiveLimits = {
  readonly entries: number;
  /** Inflated bytes of the whole archive, as declared and as really read. */
  readonly inflatedBytes: number;
  /** Inflated over compressed size; asked only of entries above `ratioFromBytes`, small parts compress well by nature. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
};

export const archiveLimits: ArchiveLimits = {
  entries: 1_000,
  inflatedBytes: 64 * 1024 * 1024,
  ratio: 100,
  ratioFromBytes: 64 * 1024,
};

export type ArchiveRefusal =
  | { readonly code: 'document-corrupt'; readonly reason: string }
  | { readonly code: 'document-encrypted' }
  | { readonly code: 'document-zip-bomb'; readonly reason: string };

export type Archive = {
  readonly names: readonly string[];
  /** One part inflated within the budget of the whole archive; `undefined` when there is no such part. */
  readonly read: (name: string) => Result<Uint8Array | undefined, ArchiveRefusal>;
};

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly localOffset: number;
  readonly unixMode: number;
};

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const corrupt = (reason: string) => refuse({ code: 'document-corrupt', reason } as const);
const bomb = (reason: string) => refuse({ code: 'document-zip-bomb', reason } as const);

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The end record whose comment reaches exactly to the last byte; a second one inside a comment is not taken. */
function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number): { entry: Entry; next: number } | undefined {
  if (at + 46 > end || view.getUint32(at, true) !== centralSignature) return undefined;
  const nameLength = view.getUint16(at + 28, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) return undefined;
  const madeByUnix = view.getUint16(at + 4, true) >> 8 === 3;
  const entry: Entry = {
    name: new TextDecoder('utf-8').decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    localOffset: view.getUint32(at + 42, true),
    unixMode: madeByUnix ? view.getUint32(at + 38, true) >>> 16 : 0,
  };
  return { entry, next };
}

const unsafeName = (name: string): boolean =>
  name === '' || name.includes('\0') || name.includes('\\') || name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split('/').includes('..');

function refusedEntry(entry: Entry, limits: ArchiveLimits): ReturnType<typeof corrupt> | ReturnType<typeof bomb> | undefined {
  if (unsafeName(entry.name)) return bomb('unsafe-name');
  if ((entry.unixMode & 0xf000) === 0xa000) return bomb('symlink');
  if (entry.size === 0xffffffff || entry.compressed === 0xffffffff || entry.localOffset === 0xffffffff) return bomb('zip64');
  if (entry.method !== 0 && entry.method !== 8) return corrupt('method');
  if (entry.method === 0 && entry.size !== entry.compressed) return corrupt('size');
  if (entry.size > limits.ratioFromBytes && entry.size > entry.compressed * limits.ratio) return bomb('ratio');
  return undefined;
}

/** Where the compressed bytes of an entry lie; `undefined` when its own header contradicts the directory. */
function dataRange(bytes: Uint8Array, view: DataView, entry: Entry, directoryAt: number): { start: number; end: number } | undefined {
  const at = entry.localOffset;
  if (at + 30 > directoryAt || view.getUint32(at, true) !== localSignature) return undefined;
  const nameLength = view.getUint16(at + 26, true);
  const start = at + 30 + nameLength + view.getUint16(at + 28, true);
  const end = start + entry.compressed;
  if (end > directoryAt) return undefined;
  const localName = new TextDecoder('utf-8').decode(bytes.subarray(at + 30, at + 30 + nameLength));
  return localName === entry.name ? { start, end } : undefined;
}

function inflate(entry: Entry, data: Uint8Array): Result<Uint8Array, ArchiveRefusal> {
  let content = data;
  if (entry.method === 8) {
    try {
      // zlib stops at the declared size: a part that lies about it never costs more than it declared
      content = inflateRawSync(data, { maxOutputLength: Math.max(1, entry.size) });
    } catch (error) {
      const tooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      return tooLong ? bomb('size-lies') : corrupt('deflate');
    }
  }
  if (content.byteLength !== entry.size) return corrupt('size');
  return crc32(content) === entry.crc ? ok(content) : corrupt('checksum');
}

function listEntries(bytes: Uint8Array, limits: ArchiveLimits): Result<{ entries: Entry[]; directoryAt: number }, ArchiveRefusal> {
  const view = viewOf(bytes);
  const endAt = view.byteLength < 22 ? undefined : findEnd(view);
  if (endAt === undefined) return corrupt('no-directory');
  const count = view.getUint16(endAt + 10, true);
  if (count === 0xffff || view.getUint32(endAt + 16, true) === 0xffffffff) return bomb('zip64');
  if (count > limits.entries) return bomb('entries');
  const directoryAt = view.getUint32(endAt + 16, true);
  const entries: Entry[] = [];
  let at = directoryAt;
  for (let i = 0; i < count; i += 1) {
    const found = readEntry(bytes, view, at, endAt);
    if (found === undefined) return corrupt('directory');
    entries.push(found.entry);
    at = found.next;
  }
  // entries beyond the declared count would be seen by another reader and not by us
  return at === endAt ? ok({ entries, directoryAt }) : bomb('directory-size');
}

/**
 * Opens a zip archive (docx, xlsx) that a stranger sent, without inflating anything yet.
 *
 * Refuses before the first byte is inflated: too many entries, declared size over the budget, ratio over 100, overlapping or
 * self-copying entries, duplicate names (also by case), absolute or `..` names, symlinks, zip64. Nested archives are never opened.
 *
 * @see SECURITY.md R42
 */
export function openArchive(bytes: Uint8Array, limits: ArchiveLimits = archiveLimits): Result<Archive, ArchiveRefusal> {
  const listed = listEntries(bytes, limits);
  if (!listed.ok) return listed;
  const { entries, directoryAt } = listed.value;
  const view = viewOf(bytes);
  const byName = new Map<string, { entry: Entry; start: number; end: number }>();
  const seen = new Set<string>();
  let declared = 0;
  for (const entry of entries) {
    const refused = refusedEntry(entry, limits);
    if (refused !== undefined) return refused;
    declared += entry.size;
    if (declared > limits.inflatedBytes) return bomb('size');
    if ((entry.flags & 0x41) !== 0) return refuse({ code: 'document-encrypted' });
    const folded = entry.name.toLowerCase();
    if (seen.has(folded)) return bomb('duplicate-name');
    seen.add(folded);
    const range = dataRange(bytes, view, entry, directoryAt);
    if (range === undefined) return corrupt('entry');
    byName.set(entry.name, { entry, ...range });
  }
  const inOrder = [...byName.values()].sort((a, b) => a.entry.localOffset - b.entry.localOffset);
  for (const [i, part] of inOrder.entries()) {
    const next = inOrder[i + 1];
    if (next !== undefined && next.entry.localOffset < part.end) return bomb('overlap');
  }
  let spent = 0;
  const read: Archive['read'] = (name) => {
    const part = byName.get(name);
    if (part === undefined) return ok(undefined);
    spent += part.entry.size;
    if (spent > limits.inflatedBytes) return bomb('size');
    return inflate(part.entry, bytes.subarray(part.start, part.end));
  };
  return ok({ names: [...byName.keys()], read });
}
