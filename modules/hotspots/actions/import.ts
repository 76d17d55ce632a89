/** Many places from a workbook or CSV. Each row is judged by itself; the rows that are right are recorded, in one transaction. */
import { CsvRows } from '#kernel/csv-rows.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { readWorkbook, writeWorkbook, type ReadCell, type WorkbookColumn } from '#platform/documents/xlsx.ts';
import type { Download, UploadedFile } from '#platform/http/bind.ts';
import { calendarInForce } from '#modules/directives/index.ts';
import { getTree } from '#modules/org-units/index.ts';
import { grantFor } from '../rules/scope.ts';
import { plainWord, readRow, sheetColumns, type SheetColumn, type SheetRow } from '../rules/sheet.ts';
import { activities, bases, kinds, settings, sources, type ImportReport, type ImportVerdict, type ReportPlace } from '../schema.ts';
import { findPlace, findTwin } from '../store/places.ts';
import { checkUnitAndDay, newPlace } from './report.ts';
import { byOf, derivedId, type UseCase } from './use-case.ts';
import { lexiconOfSheet, say } from './words.ts';

const mostRows = 2000;
type Grid = readonly { readonly row: number; readonly cells: readonly string[] }[];

const textOf = (cell: ReadCell): string => (cell.type === 'text' || cell.type === 'date' ? cell.value : cell.type === 'number' ? String(cell.value) : cell.type === 'formula' ? String(cell.cached ?? '') : '');

async function gridOf({ bytes }: UploadedFile): Promise<Result<Grid, Refusal>> {
  if (bytes.length === 0) return refuse({ code: 'file-empty' });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const book = await readWorkbook(bytes);
    if (!book.ok) return book;
    const sheet = book.value.find((one) => one.rows.length > 0);
    return ok((sheet?.rows ?? []).map((cells, i) => ({ row: i + 1, cells: cells.map(textOf) })));
  }
  if (bytes.includes(0)) return refuse({ code: 'import-unreadable' });
  const rows: { row: number; cells: readonly string[] }[] = [];
  const reader = new CsvRows({ row: (cells, row) => { if (rows.length <= mostRows + 30) rows.push({ row, cells: cells.map((cell) => cell.replace(/^\ufeff/u, '')) }); } });
  reader.push(bytes);
  reader.end();
  return ok(rows);
}

const titles = (column: SheetColumn): string[] => [column, say('vi', `hotspots.sheet.${column}`), say('en', `hotspots.sheet.${column}`)].map(plainWord);

/** The rows under the headings, which stand in any order. A column we do not know is refused: it is where names would come in. */
function tableOf(grid: Grid): Result<SheetRow[], Refusal> {
  const columnOf = (cell: string): SheetColumn | undefined => sheetColumns.find((column) => titles(column).includes(plainWord(cell)));
  const headAt = grid.slice(0, 30).findIndex(({ cells }) => cells.filter((cell) => columnOf(cell) !== undefined).length >= 3);
  const head = grid[headAt];
  if (head === undefined) return refuse({ code: 'import-headings-missing', columns: sheetColumns.map((column) => say('vi', `hotspots.sheet.${column}`)).join(', ') });
  const columns = head.cells.map(columnOf);
  const missing = sheetColumns.filter((column) => !columns.includes(column));
  if (missing.length > 0) return refuse({ code: 'import-headings-missing', columns: missing.map((column) => say('vi', `hotspots.sheet.${column}`)).join(', ') });
  const stray = head.cells.findIndex((cell, i) => cell.trim() !== '' && columns[i] === undefined);
  if (stray >= 0) return refuse({ code: 'import-column-unknown', column: stray + 1 });
  const rows = grid.slice(headAt + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const outside = rows.find(({ cells }) => cells.some((cell, i) => cell.trim() !== '' && columns[i] === undefined));
  if (outside !== undefined) return refuse({ code: 'import-column-unknown', column: outside.cells.findIndex((cell, i) => cell.trim() !== '' && columns[i] === undefined) + 1 });
  if (rows.length > mostRows) return refuse({ code: 'too-many-places', rows: rows.length, limit: mostRows });
  return ok(rows.map(({ row, cells }) => ({ row, cells: Object.fromEntries(columns.flatMap((column, i) => (column === undefined ? [] : [[column, cells[i] ?? '']]))) })));
}

const factsOf = ({ code: _, column: __, ...facts }: Refusal & { readonly column?: string }): Record<string, string> => Object.fromEntries(Object.entries(facts).flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [])));
const refused = (row: number, problem: Refusal & { readonly column?: string }): ImportVerdict => ({ row, verdict: 'refused', problem: problem.code, column: problem.column ?? null, facts: factsOf(problem), code: null });

type Judged = { readonly verdict: ImportVerdict; readonly place?: ReportPlace };
const sameness = (place: ReportPlace): string => [place.province, place.commune, place.kind, place.setting, place.foundOn].join(' ');

async function judge(use: UseCase, rows: readonly SheetRow[]): Promise<Judged[]> {
  const { tx, now: { today }, actor } = use;
  const tree = await getTree(tx, today);
  const provinces = new Map(tree.provinces.flatMap((province) => province.communes.map(([commune]) => [commune, province.code] as const)));
  const seen = new Map<string, number>();
  const judged: Judged[] = [];
  for (const one of rows) {
    const place = readRow(one, lexiconOfSheet(), (commune) => provinces.get(commune));
    if (!place.ok) { judged.push({ verdict: refused(one.row, { ...place.problem, ...(place.problem.column === undefined ? {} : { column: place.problem.column }) }) }); continue; }
    const twice = seen.get(sameness(place.value));
    seen.set(sameness(place.value), twice ?? one.row);
    if (twice !== undefined) { judged.push({ verdict: refused(one.row, { code: 'import-row-twice', ...{ row: twice } }) }); continue; }
    if (grantFor(actor, 'hotspots.import', place.value) === undefined) { judged.push({ verdict: refused(one.row, { code: 'not-your-area', column: 'commune' }) }); continue; }
    const right = await checkUnitAndDay(tx, place.value, today);
    if (!right.ok) { judged.push({ verdict: refused(one.row, right.problem) }); continue; }
    const twin = await findTwin(byOf(use), place.value);
    if (twin !== undefined) { judged.push({ verdict: { row: one.row, verdict: 'known', problem: null, column: null, facts: {}, code: twin.code } }); continue; }
    judged.push({ verdict: { row: one.row, verdict: 'new', problem: null, column: null, facts: {}, code: null }, place: place.value });
  }
  return judged;
}

/** @param apply false only tells the verdicts */
export async function importPlaces(use: UseCase, apply: boolean, file: UploadedFile): Promise<Result<ImportReport, Refusal>> {
  const grid = await gridOf(file);
  if (!grid.ok) return grid;
  const table = tableOf(grid.value);
  if (!table.ok) return table;
  const judged = await judge(use, table.value);
  const works = await calendarInForce(use.tx);
  const rows: ImportVerdict[] = [];
  for (const { verdict, place } of judged) {
    const grant = place === undefined ? undefined : grantFor(use.actor, 'hotspots.import', place);
    if (!apply || place === undefined || grant === undefined) { rows.push(verdict); continue; }
    const id = derivedId('hotspots.place', sameness(place));
    const standing = await findPlace(byOf(use), place.province, id);
    rows.push({ ...verdict, code: (standing ?? await newPlace(use, { ...place, id }, grant.office, works)).code });
  }
  const count = (verdict: ImportVerdict['verdict']): number => rows.filter((one) => one.verdict === verdict).length;
  return ok({ applied: apply, rows, fresh: count('new'), known: count('known'), refused: count('refused') });
}

/** An empty list with its headings, and a second sheet with the words each column takes. */
export async function importTemplate(language: 'vi' | 'en'): Promise<Download> {
  const of = (key: string): string => say(language, `hotspots.sheet.${key}`);
  const words = (group: string, codes: readonly string[]): string => codes.map((code) => say(language, `hotspots.${group}.${code}`)).join('; ');
  const columns = sheetColumns.map((key): WorkbookColumn => ({ key, title: of(key), type: key === 'found' ? 'date' : 'text', widthChars: key === 'setting' || key === 'activities' ? 30 : 18 }));
  const bytes = await writeWorkbook({
    title: of('title'), sheets: [{ name: of('title').slice(0, 31), columns, rows: [] }],
    definitions: {
      name: of('words').slice(0, 31), titles: [of('column'), of('takes')],
      rows: [[of('commune'), of('code-form')], [of('kind'), words('kind', kinds)], [of('setting'), words('setting', settings)], [of('source'), words('source', sources)], [of('basis'), words('basis', bases)], [of('activities'), words('activity', activities)], [of('found'), of('day-form')]],
    },
  });
  return { bytes, fileName: `${of('file')}.xlsx`, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
}
