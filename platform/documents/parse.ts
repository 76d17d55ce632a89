import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { type CleanText, decodeText, legacyAware } from './decode-text.ts';
import { readDocx } from './docx-text.ts';
import { readPdf } from './pdf-text.ts';

export type DocumentKind = 'txt' | 'docx' | 'pdf';

/** Reads one document of a known kind; all the work that depends on a stranger's bytes. Called in the worker, or directly for short text. */
export async function parseDocument(kind: DocumentKind, bytes: Uint8Array): Promise<Result<CleanText, Refusal>> {
  if (kind === 'txt') return decodeText(bytes);
  const read = kind === 'pdf' ? await readPdf(bytes) : readDocx(bytes);
  if (!read.ok) return read;
  const decoded = legacyAware(read.value.text);
  if (!decoded.ok) return refuse(decoded.problem);
  return ok({ text: decoded.value.text, notes: [...new Set([...read.value.notes, ...decoded.value.notes])] });
}
