import { type Cell, type CellValue, readXlsx, type Sheet } from 'hucre/xlsx';
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { cleanText } from './decode-text.ts';
import { type DocxRefusal, readXmlPart } from './docx-text.ts';
import { scanXml, type XmlFault } from './xml.ts';
import { type Archive, openArchive } from './zip-guard.ts';

/** One cell as it is stored. A formula is never evaluated: the value its last program kept stands beside it, for the caller to take or refuse. */
export type ReadCell =
  | { readonly type: 'empty' }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'date'; readonly value: PlainDate }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'error'; readonly value: string }
  | { readonly type: 'formula'; readonly cached: string | number | boolean | null };

/** @property merges merged ranges, rows and columns from 0, last ones included @property hidden the sheet is not shown by Excel */
export type ReadSheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly ReadCell[])[];
  readonly merges: readonly { readonly startRow: number; readonly startCol: number; readonly endRow: number; readonly endCol: number }[];
};

export type WorkbookRefusal = DocxRefusal | { readonly code: 'workbook-too-large'; readonly rows: number; readonly columns: number; readonly sheet: string };

export const rowLimit = 50_000;
export const columnLimit = 300;

const unsafe = (reason: string) => refuse({ code: 'document-unsafe', reason } as const);

/** Everything that a workbook of figures has no need of and that can run, fetch or hide something. */
function unsafeParts(archive: Archive): ReturnType<typeof unsafe> | undefined {
  if (archive.names.some((name) => /vbaProject|macrosheets|\/activeX\//i.test(name))) return unsafe('macros');
  if (archive.names.some((name) => /externalLinks\/|connections\.xml$|queryTables\//i.test(name))) return unsafe('external-links');
  return archive.names.some((name) => /embeddings\//i.test(name)) ? unsafe('attachments') : undefined;
}

/** Reads each XML part once: well formed, no DOCTYPE, and a relation that leaves the file only where it is a link to click. */
function checkXmlParts(archive: Archive): Result<undefined, DocxRefusal> {
  for (const name of archive.names) {
    if (!/\.(?:xml|rels|vml)$/i.test(name)) continue;
    const part = readXmlPart(archive, name);
    if (!part.ok) return part;
    let fetches = false;
    const fault: XmlFault | undefined = scanXml(part.value ?? '', {
      open(element, attribute) {
        if (element === 'Relationship' && attribute('TargetMode') === 'External' && attribute('Type')?.endsWith('/hyperlink') !== true) fetches = true;
      },
      text() {},
      close() {},
    });
    if (fault === 'doctype' || fault === 'encoding') return unsafe(fault);
    // VML drawings are written with loose markup by old programs, and are not read
    if (fault !== undefined && !name.endsWith('.vml')) return refuse({ code: 'document-corrupt', reason: fault });
    if (fetches) return unsafe('external-links');
  }
  return ok(undefined);
}

const plain = (value: CellValue | undefined): string | number | boolean | null => (value instanceof Date ? value.toISOString().slice(0, 10) : (value ?? null));

function readCell(value: CellValue | undefined, detail: Cell | undefined): ReadCell {
  if (detail?.formula !== undefined || detail?.type === 'formula') return { type: 'formula', cached: plain(detail.formulaResult ?? value) };
  if (value === null || value === undefined || value === '') return { type: 'empty' };
  if (detail?.type === 'error') return { type: 'error', value: String(value) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? { type: 'error', value: 'date' } : { type: 'date', value: value.toISOString().slice(0, 10) };
  if (typeof value === 'number') return Number.isFinite(value) ? { type: 'number', value } : { type: 'error', value: String(value) };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  const { text } = cleanText(value);
  return text === '' ? { type: 'empty' } : { type: 'text', value: text.normalize('NFC') };
}

function readSheet(sheet: Sheet): ReadSheet {
  const rows = sheet.rows.map((row, r) => {
    const cells = Array.from(row, (value, c) => readCell(value, sheet.cells?.get(`${r},${c}`)));
    while (cells.at(-1)?.type === 'empty') cells.pop();
    return cells;
  });
  while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
  return { name: sheet.name, hidden: sheet.hidden === true || sheet.veryHidden === true, rows, merges: sheet.merges ?? [] };
}

/** The work of `readWorkbook`, run in the parsing thread. */
export async function parseWorkbook(bytes: Uint8Array): Promise<Result<readonly ReadSheet[], WorkbookRefusal>> {
  const opened = openArchive(bytes);
  if (!opened.ok) return opened;
  if (!opened.value.names.includes('xl/workbook.xml')) return refuse({ code: 'document-unsupported' });
  const bad = unsafeParts(opened.value);
  if (bad !== undefined) return bad;
  const checked = checkXmlParts(opened.value);
  if (!checked.ok) return checked;
  const workbook = await readXlsx(bytes);
  for (const sheet of workbook.sheets) {
    const columns = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (sheet.rows.length > rowLimit || columns > columnLimit) return refuse({ code: 'workbook-too-large', rows: rowLimit, columns: columnLimit, sheet: sheet.name });
  }
  return ok(workbook.sheets.map(readSheet));
}
