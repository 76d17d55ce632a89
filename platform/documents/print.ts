import { runApart } from './apart.ts';
import type { OfficialDocument } from './official-document.ts';

export type PrintOrder = { readonly form: 'pdf' | 'docx'; readonly document: OfficialDocument };

/** Up to this many rows the page is laid out at once; a row takes 2 to 4 ms, during which nothing else is answered. */
const inlineRows = 40;
const printTimeMs = 180_000;

const rowsOf = (document: OfficialDocument): number => (document.table?.rows.length ?? 0) + (document.annex?.table.rows.length ?? 0) + document.body.length;

/** The engines are large and seldom needed: fetched at the first print, not at the start. */
async function printHere({ form, document }: PrintOrder): Promise<Uint8Array> {
  if (form === 'pdf') return (await import('./pdf.ts')).officialDocument(document);
  return (await import('./docx.ts')).officialDocx(document);
}

async function print(order: PrintOrder): Promise<Uint8Array> {
  if (rowsOf(order.document) <= inlineRows) return printHere(order);
  const run = await runApart('print-worker', order, printTimeMs);
  if ('answer' in run && run.answer instanceof Uint8Array) return run.answer;
  throw new Error(`printing failed: ${'end' in run ? JSON.stringify(run.end) : 'no bytes'}`);
}

/** The document as PDF (see `pdf.ts`); long ones are laid out in a thread of their own, so that the server goes on answering. */
export const printPdf = (document: OfficialDocument): Promise<Uint8Array> => print({ form: 'pdf', document });
/** The document as a Word file (see `docx.ts`), in the same way. */
export const printDocx = (document: OfficialDocument): Promise<Uint8Array> => print({ form: 'docx', document });
