/** Files as pieces, unpacked on the way: gzip and zip by their first bytes, whatever the name says. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Unzip, UnzipInflate } from 'fflate';
import { CsvRows } from '#kernel/csv-rows.ts';
import { kindOfValues } from '../exchange/values-file.ts';

/** A piece is small enough that nothing grows with the file, large enough that a piece costs little. */
const pieceBytes = 1 << 16;

export class FileFault extends Error {
  readonly code: 'import-file-unreadable' | 'import-file-kind' | 'import-file-too-large';
  readonly facts: Readonly<Record<string, string>>;
  constructor(code: FileFault['code'], facts: FileFault['facts']) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** The content of a file, unpacked. @throws FileFault when it cannot be read or unpacked */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(path, { highWaterMark: pieceBytes });
  try {
    let unpacked: AsyncIterable<Uint8Array> | undefined;
    const first = await firstPiece(raw);
    const kind = kindOfValues(first);
    if (kind === 'gzip') unpacked = gunzipped(first, raw);
    else if (kind === 'zip') unpacked = unzipped(first, raw);
    if (unpacked !== undefined) { yield* unpacked; return; }
    yield first;
    yield* raw as AsyncIterable<Uint8Array>; // no encoding is set, so pieces are bytes
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault('import-file-unreadable', { file: path, reason: error instanceof Error && 'code' in error ? String(error.code) : 'corrupt' });
  } finally {
    raw.destroy();
  }
}

async function firstPiece(raw: AsyncIterable<unknown> & { [Symbol.asyncIterator](): AsyncIterator<unknown> }): Promise<Uint8Array> {
  for await (const piece of keepOpen(raw)) return piece instanceof Uint8Array ? piece : new Uint8Array(0);
  return new Uint8Array(0);
}

/** Leaving a loop over a stream closes it; here the next loop goes on where this one left. */
function keepOpen(stream: AsyncIterable<unknown>): AsyncIterable<unknown> {
  const iterator = 'iterator' in stream && typeof stream.iterator === 'function' ? (stream.iterator as (options: { destroyOnReturn: boolean }) => AsyncIterator<unknown>)({ destroyOnReturn: false }) : stream[Symbol.asyncIterator]();
  return { [Symbol.asyncIterator]: () => iterator };
}

async function* gunzipped(first: Uint8Array, raw: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  const feed = (async () => {
    const write = (piece: Uint8Array): Promise<void> => new Promise((resolve) => { if (gunzip.write(piece)) resolve(); else gunzip.once('drain', resolve); });
    await write(first);
    for await (const piece of raw) if (piece instanceof Uint8Array) await write(piece);
    gunzip.end();
  })();
  feed.catch((error: Error) => { gunzip.destroy(error); });
  for await (const piece of gunzip) yield piece as Uint8Array; // bytes: no encoding is set
  await feed;
}

/** The first file of an archive, as the field's software packs one export. */
async function* unzipped(first: Uint8Array, raw: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let chosen = false;
  const unzip = new Unzip((file) => {
    if (chosen || !/\.(?:json|csv|txt)$/iu.test(file.name)) return;
    chosen = true;
    file.ondata = (error, piece) => { if (error) throw error; ready.push(piece); };
    file.start();
  });
  unzip.register(UnzipInflate);
  const given = function* (): Generator<Uint8Array> { const pieces = ready; ready = []; yield* pieces; };
  unzip.push(first, false);
  yield* given();
  for await (const piece of raw) {
    if (piece instanceof Uint8Array) unzip.push(piece, false);
    yield* given();
  }
  unzip.push(new Uint8Array(0), true);
  yield* given();
}

/** Metadata is held whole: it grows with the programme, not with its values. */
const largestDocument = 512 * 1024 * 1024;

/** A document of objects: JSON, or a CSV with one object a row. @throws FileFault */
export async function documentOf(path: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(path)) {
    size += piece.length;
    if (size > largestDocument) throw new FileFault('import-file-too-large', { file: path, limit: '512 MB' });
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const kind = kindOfValues(bytes);
  if (kind === 'json') {
    try { return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/u, '')) as unknown; } catch (error) {
      throw new FileFault('import-file-unreadable', { file: path, reason: error instanceof Error ? error.message.slice(0, 200) : 'JSON' });
    }
  }
  if (kind === 'csv') return objectsOf(bytes);
  throw new FileFault('import-file-kind', { file: path, kind: kind ?? 'empty' });
}

const canonicalNames: Readonly<Record<string, string>> = {
  uid: 'id', id: 'id', name: 'name', code: 'code', shortname: 'shortName', parent: 'parent', parentid: 'parent', parentuid: 'parent', openingdate: 'openingDate', opened: 'openingDate', closeddate: 'closedDate',
  closed: 'closedDate', level: 'level', path: 'path', displayname: 'displayName', description: 'description',
};

function objectsOf(bytes: Uint8Array): Record<string, string>[] {
  let header: string[] | undefined;
  const objects: Record<string, string>[] = [];
  const reader = new CsvRows({
    row(fields) {
      if (header === undefined) { header = fields.map((name) => { const folded = name.replace(/^\ufeff/u, '').toLowerCase().replace(/[^a-z]/gu, ''); return canonicalNames[folded] ?? folded; }); return; }
      objects.push(Object.fromEntries(header.map((name, at) => [name, (fields[at] ?? '').trim()])));
    },
  });
  reader.push(bytes);
  reader.end();
  return objects;
}
