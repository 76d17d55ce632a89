import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { type Glyphs, joinPages, type Line, linesOf, withoutRunningLines } from './pdf-lines.ts';

export type PdfRefusal =
  | { readonly code: 'document-encrypted' }
  | { readonly code: 'document-corrupt'; readonly reason: string }
  | { readonly code: 'document-scanned' }
  | { readonly code: 'document-empty' }
  | { readonly code: 'document-legacy-encoding' }
  | { readonly code: 'document-too-many-pages'; readonly pages: number; readonly limit: number };

export type PdfText = { readonly text: string; readonly notes: readonly string[] };

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

export const pageLimit = 1_500;

const isPlaced = (item: object): item is { str: string; transform: number[]; width: number; height: number } => 'str' in item && 'transform' in item;

/** Where a run stands on the page as it is shown (pages may be turned by 90°). */
async function runsOf(page: PdfPage): Promise<Glyphs[]> {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = page.getViewport({ scale: 1 }).transform as number[];
  const content = await page.getTextContent({ includeMarkedContent: false });
  const runs: Glyphs[] = [];
  for (const item of content.items) {
    if (!isPlaced(item) || item.str === '') continue;
    const [, , mc = 0, md = 0, me = 0, mf = 0] = item.transform;
    const size = Math.hypot(mc, md) || item.height || 10;
    runs.push({ text: item.str, x: a * me + c * mf + e, y: b * me + d * mf + f, width: item.width, size });
  }
  return runs;
}

async function hasPicture(document: PdfDocument): Promise<boolean> {
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set<number>([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject, OPS.constructPath]);
  for (let n = 1; n <= Math.min(3, document.numPages); n += 1) {
    const operators = await (await document.getPage(n)).getOperatorList();
    if (operators.fnArray.some((operator: number) => pictures.has(operator))) return true;
  }
  return false;
}

/** Private-use and replacement characters: the fonts of the file do not say which letters their glyphs are. */
function unreadableShare(text: string): number {
  let [bad, all] = [0, 0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x20 || code === 0x0a) continue;
    all += 1;
    if (code < 0x20 || code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) bad += 1;
  }
  return all === 0 ? 0 : bad / all;
}

async function openPdf(bytes: Uint8Array): Promise<Result<PdfDocument, PdfRefusal>> {
  try {
    return ok(await getDocumentProxy(bytes, { isEvalSupported: false, enableXfa: false, useSystemFonts: false, verbosity: 0, stopAtErrors: false }));
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    return name === 'PasswordException' ? refuse({ code: 'document-encrypted' }) : refuse({ code: 'document-corrupt', reason: name });
  }
}

/**
 * The text layer of a PDF: lines put together from placed glyphs, wrapped lines joined into paragraphs, page numbers and
 * running headers left out. Scripts, forms and attachments are not touched. Runs in the reading worker, which has a deadline.
 */
export async function readPdf(bytes: Uint8Array): Promise<Result<PdfText, PdfRefusal>> {
  const opened = await openPdf(bytes);
  if (!opened.ok) return opened;
  const document = opened.value;
  if (document.numPages > pageLimit) return refuse({ code: 'document-too-many-pages', pages: document.numPages, limit: pageLimit });
  const pages: Line[][] = [];
  const notes: string[] = [];
  try {
    for (let n = 1; n <= document.numPages; n += 1) {
      const page = await document.getPage(n);
      pages.push(linesOf(await runsOf(page)));
      page.cleanup();
    }
    const withText = pages.filter((lines) => lines.length > 0).length;
    if (withText === 0) return (await hasPicture(document)) ? refuse({ code: 'document-scanned' }) : refuse({ code: 'document-empty' });
    if (withText < pages.length) notes.push('pages-without-text');
  } catch (error) {
    return refuse({ code: 'document-corrupt', reason: error instanceof Error ? error.name : 'page' });
  }
  const clean = withoutRunningLines(pages);
  if (clean.removed) notes.push('running-lines-left-out');
  const text = joinPages(clean.pages);
  return unreadableShare(text) > 0.2 ? refuse({ code: 'document-legacy-encoding' }) : ok({ text, notes });
}
