/** Files of values: JSON `dataValues` or CSV with the field's columns, in any order of columns, as rows. Pure: bytes in, rows out. */
import { CsvRows } from '#kernel/csv-rows.ts';
import { JsonRows, type JsonRow } from './json-rows.ts';
import type { RawRow, RowDefaults } from './resolve.ts';

export type ValuesTo = {
  /** @param number the row's place: in JSON within `dataValues`, in CSV the line of the file */
  row(row: RawRow, number: number): void;
  unreadable(text: string, number: number): void;
};
export type FileFault = { readonly code: 'file-not-values' | 'file-cut' | 'columns-missing'; readonly columns?: string };

/** Reads one file piece by piece. `end` answers what is wrong with the file as a whole. */
export type ValuesReader = { push(piece: Uint8Array): void; end(): FileFault | undefined };

const none: RowDefaults = { period: '', unit: '', attribute: '', dataSet: '' };

/** @returns undefined when more bytes are needed to tell */
export function kindOfValues(start: Uint8Array): 'json' | 'csv' | 'gzip' | 'zip' | 'xml' | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start[0] === 0x50 && start[1] === 0x4b) return 'zip';
  const first = start.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first === undefined) return undefined;
  return first === 0x7b || first === 0x5b ? 'json' : first === 0x3c ? 'xml' : 'csv';
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? jsonNumber(value) : typeof value === 'boolean' ? String(value) : '');
/** Beyond 2^53 the digits are lost already; the text then says infinity or the neighbour, and both are refused. */
const jsonNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
const refText = (value: unknown): string => (typeof value === 'object' && value !== null && 'id' in value ? asText(value.id) : asText(value));
const isTrue = (value: unknown): boolean => value === true || (typeof value === 'string' && /^(?:true|1)$/iu.test(value.trim()));

/** @param defaults what the head of the file said, when it was read before */
export function jsonValues(to: ValuesTo, header: Record<string, string>, defaults: RowDefaults = none): ValuesReader {
  let broken = false;
  const reader = new JsonRows(['dataValues', 'dataValueSet'], {
    row: (row, number) => { to.row(rawOf(row, header, defaults), number); },
    unreadable: (text, number) => { to.unreadable(text, number); },
    header: (key, value) => { header[key] = value; },
  });
  return {
    push(piece) { if (!broken) try { reader.push(piece); } catch { broken = true; } },
    end: () => (broken ? { code: 'file-not-values' } : reader.end() ? undefined : { code: 'file-cut' }),
  };
}

function rawOf(row: JsonRow, header: Readonly<Record<string, string>>, defaults: RowDefaults): RawRow {
  return {
    element: refText(row['dataElement']), period: asText(row['period']) || header['period'] || defaults.period, unit: refText(row['orgUnit']) || header['orgUnit'] || defaults.unit,
    cell: refText(row['categoryOptionCombo']), attribute: refText(row['attributeOptionCombo']) || header['attributeOptionCombo'] || defaults.attribute, value: asText(row['value']),
    updated: asText(row['lastUpdated']) || asText(row['created']), comment: asText(row['comment']), deleted: isTrue(row['deleted']),
  };
}

/** Names a column may have, folded; the first set is the field's, the rest other programs' and our own. */
const columnNames: Readonly<Record<keyof RawRow, readonly string[]>> = {
  element: ['dataelement', 'dataelementid', 'element', 'data_element', 'de', 'dx', 'machitieu', 'elementcode'], period: ['period', 'periodid', 'pe', 'ky'], unit: ['orgunit', 'orgunitid', 'organisationunit', 'organisationunitid', 'unit', 'ou', 'madonvi', 'unitcode'],
  cell: ['categoryoptioncombo', 'catoptcombo', 'catoptioncombo', 'coc', 'categoryoptioncomboid', 'cell', 'o'], attribute: ['attributeoptioncombo', 'attroptioncombo', 'attroptcombo', 'aoc', 'attributeoptioncomboid', 'attribute'],
  value: ['value', 'giatri'], updated: ['lastupdated', 'lastupdate', 'timestamp'], comment: ['comment', 'ghichu'], deleted: ['deleted'],
};
/** The order the field's software writes when it names no columns. */
const fieldOrder: readonly (keyof RawRow)[] = ['element', 'period', 'unit', 'cell', 'attribute', 'value'];
const fold = (text: string): string => text.replace(/^\ufeff/u, '').normalize('NFD').replace(/[\u0300-\u036f]/gu, '').replace(/đ/giu, 'd').toLowerCase().replace(/[^a-z_]/gu, '');

type Columns = Readonly<Record<keyof RawRow, number>>;
function columnsOf(header: readonly string[]): { readonly columns: Columns; readonly missing: readonly string[] } {
  const names = header.map(fold);
  const at = (field: keyof RawRow): number => names.findIndex((name) => columnNames[field].includes(name) || columnNames[field].includes(name.replaceAll('_', '')));
  const columns: Columns = { element: at('element'), period: at('period'), unit: at('unit'), cell: at('cell'), attribute: at('attribute'), value: at('value'), updated: at('updated'), comment: at('comment'), deleted: at('deleted') };
  return { columns, missing: fieldOrder.filter((field) => columns[field] === -1 && field !== 'cell' && field !== 'attribute') };
}

export function csvValues(to: ValuesTo): ValuesReader {
  let columns: Columns | undefined;
  let fault: FileFault | undefined;
  const reader = new CsvRows({
    row(fields, line) {
      if (fault !== undefined) return;
      if (columns === undefined) {
        const found = columnsOf(fields);
        // Six columns or more without one name we know: the file has no header, and the order is the field's own.
        const headless = found.missing.length === 4 && fields.length >= 6 && /^\d{4}/u.test((fields[1] ?? '').trim());
        if (found.missing.length > 0 && !headless) { fault = { code: 'columns-missing', columns: found.missing.join(', ') }; return; }
        columns = headless ? { element: 0, period: 1, unit: 2, cell: 3, attribute: 4, value: 5, updated: 7, comment: 8, deleted: 10 } : found.columns;
        if (!headless) return;
      }
      to.row(csvRow(fields, columns), line);
    },
  });
  return { push: (piece) => { reader.push(piece); }, end() { reader.end(); return fault ?? (columns === undefined ? { code: 'file-not-values' } : undefined); } };
}

function csvRow(fields: readonly string[], columns: Columns): RawRow {
  const at = (column: number): string => (column === -1 ? '' : (fields[column] ?? '').trim());
  return {
    element: at(columns.element), period: at(columns.period), unit: at(columns.unit), cell: at(columns.cell), attribute: at(columns.attribute), value: at(columns.value),
    updated: at(columns.updated), comment: at(columns.comment), deleted: isTrue(at(columns.deleted)),
  };
}
