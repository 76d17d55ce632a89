import { type Cell, type CellStyle, type CellValue, colToLetter, type ColumnDef, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { isPlainDate, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { detectKind } from './detect-kind.ts';
import { parseApart } from './apart.ts';
import { readTimeMs, uploadLimitBytes } from './read.ts';
import type { ReadCell, ReadSheet } from './xlsx-parse.ts';

export type { ReadCell, ReadSheet } from './xlsx-parse.ts';

/**
 * @property type a `date` value is a PlainDate, a `percent` a ratio (0.25 is shown as 25%)
 * @property widthChars width in characters
 * @property locked the reader of the file may not change it: codes by which rows are found again
 * @property decimals digits after the comma of numbers and percents, 0 if absent
 * @property choices words allowed in the column, offered as a list
 */
export type WorkbookColumn = {
  readonly key: string;
  readonly title: string;
  readonly type: 'text' | 'number' | 'date' | 'percent';
  readonly widthChars?: number;
  readonly locked?: boolean;
  readonly decimals?: number;
  readonly choices?: readonly string[];
};

export type WorkbookValue = string | number | PlainDate | null;

/**
 * @property above lines over the header: title, filters, the synthetic-data label; each in a row of its own
 * @property table name of the table the rows make in the workbook: letters, digits and underscores, unlike any other in it. With it formulas and
 *   pivots can name the rows, and they grow with it; sheets that are filled in and sent back have none, because protection would close it
 */
export type WorkbookSheet = {
  readonly name: string;
  readonly table?: string;
  readonly above?: readonly string[];
  readonly columns: readonly WorkbookColumn[];
  readonly rows: readonly Readonly<Record<string, WorkbookValue>>[];
};

/** @property definitions a last sheet with what each word and figure means, its source and rule */
export type WorkbookInput = {
  readonly sheets: readonly WorkbookSheet[];
  /** Shown in the first row of every sheet of synthetic data, in the language of the file. */
  readonly syntheticLabel?: string;
  readonly definitions?: { readonly name: string; readonly titles: readonly [string, string]; readonly rows: readonly (readonly [string, string])[] };
  readonly title?: string;
};

const edge = { style: 'thin', color: { rgb: 'B8C0CC' } } as const;
const border = { top: edge, bottom: edge, left: edge, right: edge };
const headerStyle: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F2F57' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  border,
};
const labelStyle: CellStyle = { font: { bold: true, color: { rgb: 'A82217' } } };
const aboveStyle: CellStyle = { font: { italic: true } };

function numberFormat(column: WorkbookColumn): string {
  const decimals = (column.decimals ?? 0) > 0 ? `.${'0'.repeat(column.decimals ?? 0)}` : '';
  if (column.type === 'number') return `#,##0${decimals}`;
  if (column.type === 'percent') return `0${decimals}%`;
  // "@" keeps text as text when the cell is edited: "=1+1" or "+84" typed over it stays inert (R41)
  return column.type === 'date' ? 'dd/mm/yyyy' : '@';
}

function columnStyle(column: WorkbookColumn): CellStyle {
  const grey = column.locked === true ? ({ fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF1F6' } } } as const) : {};
  const horizontal = column.type === 'number' || column.type === 'percent' ? 'right' : column.type === 'date' ? 'center' : 'left';
  return {
    numFmt: numberFormat(column),
    border,
    alignment: { vertical: 'top', wrapText: column.type === 'text', horizontal },
    protection: { locked: column.locked === true },
    ...grey,
  };
}

/** XML 1.0 has no room for control characters, and a lone surrogate breaks the file; 32,767 is the longest text of a cell. */
const safeText = (text: string): string => text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').slice(0, 32_767);

function cellValue(column: WorkbookColumn, value: WorkbookValue | undefined): CellValue {
  if (value === null || value === undefined || value === '') return null;
  if (column.type === 'date' && typeof value === 'string' && isPlainDate(value)) return new Date(`${value}T00:00:00Z`);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return safeText(value);
}

const sheetName = (name: string): string => safeText(name).replace(/[\\/?*[\]:]/g, ' ').slice(0, 31).trim() || 'Sheet';

/** Titles of a table must differ: the second "Kỳ" becomes "Kỳ (2)". */
const unlike = (titles: readonly string[]): string[] => titles.map((title, at) => {
  const before = titles.slice(0, at).filter((one) => one.toLowerCase() === title.toLowerCase()).length;
  return before === 0 ? title : `${title} (${before + 1})`;
});

function writeSheet(sheet: WorkbookSheet, label: string | undefined): WriteSheet {
  const labels = label === undefined ? [] : [label];
  const above = [...labels, ...(sheet.above ?? [])].map((line) => [safeText(line)]);
  const header = above.length;
  const cells = new Map<string, Partial<Cell>>();
  above.forEach(([line = ''], r) => {
    cells.set(`${r},0`, { value: line, type: 'string', style: r < labels.length ? labelStyle : aboveStyle });
  });
  const headers = sheet.table === undefined ? sheet.columns.map((column) => safeText(column.title)) : unlike(sheet.columns.map((column) => safeText(column.title)));
  const rangeOf = (length: number): string => `A${header + 1}:${colToLetter(Math.max(0, sheet.columns.length - 1))}${header + 1 + length}`;
  headers.forEach((title, c) => {
    cells.set(`${header},${c}`, { value: title, type: 'string', style: headerStyle });
  });
  const rows = sheet.rows.map((row) => sheet.columns.map((column) => cellValue(column, row[column.key])));
  const last = header + Math.max(1, rows.length) + 1;
  const columns = sheet.columns.map((column): ColumnDef => ({ width: column.widthChars ?? Math.max(12, column.title.length + 2), style: columnStyle(column) }));
  const choices = sheet.columns.flatMap((column, c) => {
    const letter = colToLetter(c);
    return column.choices === undefined || column.choices.join(',').length > 250 || column.choices.some((choice) => choice.includes(','))
      ? []
      : [{ type: 'list' as const, values: [...column.choices], range: `${letter}${header + 2}:${letter}${last}`, allowBlank: true, showErrorMessage: true }];
  });
  const locks = sheet.columns.some((column) => column.locked === true);
  return {
    name: sheetName(sheet.name),
    columns,
    rows: [...above, headers, ...rows],
    cells,
    dataValidations: choices,
    freezePane: { rows: header + 1 },
    ...(sheet.table === undefined ? { autoFilter: { range: rangeOf(Math.max(0, rows.length)) } } : { tables: [{ name: sheet.table, displayName: sheet.table, range: rangeOf(Math.max(1, rows.length)), columns: headers.map((name) => ({ name })), style: 'TableStyleLight1', showAutoFilter: true }] }),
    pageSetup: { paperSize: 'a4', orientation: sheet.columns.length > 6 ? 'landscape' : 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `$${header + 1}:$${header + 1}` },
    ...(locks ? { protection: { sheet: true, formatCells: true, formatColumns: true, formatRows: true, sort: true, autoFilter: true } } : {}),
  };
}

/**
 * Writes a workbook: typed cells (numbers are numbers, days are days), header frozen and repeated in print, code columns locked,
 * text inert (R41: text format, stored as text, never a formula), the synthetic label in row 1 of every sheet, definitions last.
 */
export function writeWorkbook(input: WorkbookInput): Promise<Uint8Array> {
  const sheets = input.sheets.map((sheet) => writeSheet(sheet, input.syntheticLabel));
  if (input.definitions !== undefined) {
    const { name, titles, rows } = input.definitions;
    const columns: WorkbookColumn[] = [
      { key: 'term', title: titles[0], type: 'text', widthChars: 28 },
      { key: 'meaning', title: titles[1], type: 'text', widthChars: 90 },
    ];
    sheets.push(writeSheet({ name, columns, rows: rows.map(([term, meaning]) => ({ term, meaning })) }, input.syntheticLabel));
  }
  return writeXlsx({ sheets, properties: { ...(input.title === undefined ? {} : { title: input.title }), creator: 'Sáu Rõ' }, defaultFont: { name: 'Times New Roman', size: 12 } });
}

const isSheetList = (value: unknown): value is readonly ReadSheet[] =>
  Array.isArray(value) && value.every((sheet: unknown) => typeof sheet === 'object' && sheet !== null && 'rows' in sheet && 'merges' in sheet);

/**
 * Reads a workbook that came back: typed cells, days as `YYYY-MM-DD`, merged ranges reported, formulas not evaluated. Refuses macros,
 * external links, queries, embedded objects and DOCTYPE (R41, R43) and everything the archive guard refuses (R42).
 *
 * @returns refusals carry a code of `ReadCode`, or `workbook-too-large` with the allowed `rows` and `columns`
 */
export async function readWorkbook(bytes: Uint8Array, options: { readonly timeMs?: number } = {}): Promise<Result<readonly ReadSheet[], Refusal>> {
  if (bytes.byteLength === 0) return refuse({ code: 'document-empty' });
  if (bytes.byteLength > uploadLimitBytes) {
    return refuse({ code: 'document-too-large', sizeMb: Math.ceil(bytes.byteLength / 1024 / 1024), limitMb: uploadLimitBytes / 1024 / 1024 });
  }
  const kind = detectKind(bytes);
  if (!kind.ok) return kind;
  if (kind.value !== 'docx') return refuse({ code: 'document-unsupported' });
  const answer = await parseApart('xlsx', bytes, options.timeMs ?? readTimeMs);
  if (!answer.ok) return answer;
  return isSheetList(answer.value) ? ok(answer.value) : refuse({ code: 'document-corrupt', reason: 'no-sheets' });
}

/** @property rowNumber the row as Excel counts it, from 1: said in the verdict of the row */
export type TableRow = { readonly rowNumber: number; readonly cells: Readonly<Record<string, ReadCell>> };

const textOf = (cell: ReadCell | undefined): string => (cell?.type === 'text' ? cell.value.normalize('NFC').trim() : '');

/**
 * Finds the table of our own export in a sheet that came back: the first of 30 rows that holds the titles, in whatever order the
 * columns stand now. Rows without any value are left out.
 *
 * @returns refuses with `workbook-columns-missing` and the titles not found
 */
export function tableOf(sheet: ReadSheet, columns: readonly Pick<WorkbookColumn, 'key' | 'title'>[]): Result<readonly TableRow[], Refusal & { titles?: string }> {
  const titles = columns.map((column) => column.title.normalize('NFC').trim());
  const found = (row: readonly ReadCell[]): number => titles.filter((title) => row.some((cell) => textOf(cell) === title)).length;
  const top = sheet.rows.slice(0, 30);
  const headerAt = top.reduce((best, row, r) => (found(row) > found(top[best] ?? []) ? r : best), 0);
  const header = sheet.rows[headerAt] ?? [];
  const missing = titles.filter((title) => !header.some((cell) => textOf(cell) === title));
  if (missing.length > 0) return refuse({ code: 'workbook-columns-missing', titles: missing.join('; ') });
  const places = columns.map((column, i) => ({ key: column.key, at: header.findIndex((cell) => textOf(cell) === titles[i]) }));
  const rows = sheet.rows.slice(headerAt + 1).map((row, r): TableRow => ({
    rowNumber: headerAt + r + 2,
    cells: Object.fromEntries(places.map(({ key, at }): [string, ReadCell] => [key, row[at] ?? { type: 'empty' }])),
  }));
  return ok(rows.filter((row) => Object.values(row.cells).some((cell) => cell.type !== 'empty')));
}
