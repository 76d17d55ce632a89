import { createHash } from 'node:crypto';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { CleanText } from './decode-text.ts';
import { detectKind } from './detect-kind.ts';
import { type DocumentKind, parseDocument } from './parse.ts';
import { parseApart } from './apart.ts';

export type { DocumentKind } from './parse.ts';

/** Largest upload that is read, in bytes. */
export const uploadLimitBytes = 20 * 1024 * 1024;
/** Longest text that is handed on, in UTF-16 units: about 1,000 pages. */
export const textLimit = 3_000_000;
/** Time one document may take in the worker before it is ended. */
export const readTimeMs = 20_000;

const inlineTextBytes = 512 * 1024;

/** @property notes codes of what was changed or left out; sentence key `note.<code>` */
export type DocumentText = { readonly text: string; readonly kind: DocumentKind; readonly sha256: string; readonly notes: readonly string[] };

export type ReadCode =
  | 'document-empty'
  | 'document-too-large'
  | 'document-too-long'
  | 'document-too-many-pages'
  | 'document-binary'
  | 'document-encrypted'
  | 'document-scanned'
  | 'document-corrupt'
  | 'document-zip-bomb'
  | 'document-unsafe'
  | 'document-legacy-encoding'
  | 'document-timeout'
  | 'document-unsupported';

/** Code, and the facts its sentence names: sizes in MB, counts, the file's name. */
export type ReadRefusal = { readonly code: ReadCode } & Readonly<Record<string, string | number>>;

export type ReadOptions = { readonly timeMs?: number };

const codes: ReadonlySet<string> = new Set<ReadCode>([
  'document-empty', 'document-too-large', 'document-too-long', 'document-too-many-pages', 'document-binary', 'document-encrypted', 'document-scanned',
  'document-corrupt', 'document-zip-bomb', 'document-unsafe', 'document-legacy-encoding', 'document-timeout', 'document-unsupported',
]);
const isReadRefusal = (problem: Refusal): problem is ReadRefusal => codes.has(problem.code);

/** The answer of the thread is our own parser's; looked at again because it came as a message. */
function asCleanText(value: unknown): CleanText | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('notes' in value)) return undefined;
  const { text, notes } = value;
  return typeof text === 'string' && Array.isArray(notes) ? { text, notes: notes.filter((note) => typeof note === 'string') } : undefined;
}

async function parse(kind: DocumentKind, bytes: Uint8Array, timeMs: number): Promise<Result<CleanText, Refusal>> {
  if (kind === 'txt' && bytes.byteLength <= inlineTextBytes) return parseDocument(kind, bytes);
  const answer = await parseApart(kind, bytes, timeMs);
  if (!answer.ok) return answer;
  const text = asCleanText(answer.value);
  return text === undefined ? refuse({ code: 'document-corrupt', reason: 'no-text' }) : ok(text);
}

/**
 * Reads the text of an uploaded document. The kind comes from the bytes, never from the name; the original is the caller's to keep.
 *
 * Never throws for what the bytes hold and never takes longer than its time: Word and PDF files, and long text, are parsed in a
 * worker thread that is ended at the deadline. Text keeps the composition and line ends it came with.
 *
 * @param bytes the file as uploaded
 * @param fileName said back in refusals
 * @param options `timeMs`: deadline in milliseconds, 20,000 if absent
 */
export async function readDocument(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Promise<Result<DocumentText, ReadRefusal>> {
  if (bytes.byteLength === 0) return refuse({ code: 'document-empty', fileName });
  const limitMb = uploadLimitBytes / 1024 / 1024;
  if (bytes.byteLength > uploadLimitBytes) return refuse({ code: 'document-too-large', fileName, sizeMb: Math.ceil(bytes.byteLength / 1024 / 1024), limitMb });
  const kind = detectKind(bytes);
  if (!kind.ok) return refuse({ code: kind.problem.code, fileName });
  const parsed = await parse(kind.value, bytes, options.timeMs ?? readTimeMs);
  if (!parsed.ok) {
    const problem = parsed.problem;
    return refuse(isReadRefusal(problem) ? { ...problem, fileName } : { code: 'document-corrupt', fileName });
  }
  const { text, notes } = parsed.value;
  if (text.trim() === '') return refuse({ code: 'document-empty', fileName });
  if (text.length > textLimit) return refuse({ code: 'document-too-long', fileName, length: text.length, limit: textLimit });
  return ok({ text, kind: kind.value, sha256: createHash('sha256').update(bytes).digest('hex'), notes });
}
