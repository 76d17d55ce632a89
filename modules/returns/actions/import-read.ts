/** A file that was sent in, as returns with their boxes; what cannot be a box gets its verdict here. */
import { createHash } from 'node:crypto';
import { readOutboxFile } from '#kernel/outbox-file.ts';
import { isId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { Compile } from 'typebox/compile';
import type { Tx } from '#platform/db/tx.ts';
import { readWorkbook, tableOf, type ReadCell, type ReadSheet, type TableRow } from '#platform/documents/xlsx.ts';
import type { UploadedFile } from '#platform/http/bind.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { treeDayOf } from '#modules/definitions/schema.ts';
import { keyOfSubject, submissionKind } from '../entry/answers.ts';
import { readPeriod } from '../exchange/periods.ts';
import type { Facts, RowCode } from '../exchange/report.ts';
import type { RawRow } from '../exchange/resolve.ts';
import { codesOfForm, readMark, type Candidate, type IncomingReturn, type RefusedCandidate } from '../exchange/sheet.ts';
import { machineValue, marksIn, typedValue } from '../exchange/typed-value.ts';
import { csvValues, jsonValues, kindOfValues } from '../exchange/values-file.ts';
import { words } from '../exchange/words.ts';
import { keyText, Submission, type ReturnKey } from '../schema.ts';
import type { Forms } from './forms.ts';

export type Upload = { readonly kind: 'workbook' | 'csv' | 'json' | 'outbox'; readonly read: number; readonly returns: readonly IncomingReturn[]; readonly refused: readonly RefusedCandidate[]; readonly sent: readonly SentEntry[] };
/** A submission saved by the offline form: it goes in as it is, under its own command id. */
export type SentEntry = { readonly row: number; readonly key: ReturnKey; readonly commandId: string; readonly submission: Submission };
export type Reading = { readonly tx: Tx; readonly forms: Forms; readonly only: { readonly unit?: string; readonly period?: string } };
const mostRows = 50_000;

export async function readUpload(reading: Reading, { bytes, fileName }: UploadedFile): Promise<Result<Upload, Refusal>> {
  if (bytes.length === 0) return refuse({ code: 'document-empty' });
  const kind = kindOfValues(bytes);
  if (kind === 'zip') return readSheets(reading, bytes);
  if (kind === 'json') {
    const text = new TextDecoder().decode(bytes);
    return /"format"\s*:\s*"sauro-outbox"/u.test(text.slice(0, 400)) ? readOutbox(text) : readRows(reading, bytes, 'json', fileName);
  }
  return kind === 'csv' ? readRows(reading, bytes, 'csv', fileName) : refuse({ code: 'import-kind-unknown' });
}

// --- the workbook of our own form, one sheet a return

async function readSheets(reading: Reading, bytes: Uint8Array): Promise<Result<Upload, Refusal>> {
  const book = await readWorkbook(bytes);
  if (!book.ok) return book;
  const returns: IncomingReturn[] = [];
  const refused: RefusedCandidate[] = [];
  let read = 0;
  for (const sheet of book.value.filter((one) => !one.hidden)) {
    const taken = await readSheet(reading, sheet);
    if (taken === undefined) continue;
    read += taken.read;
    refused.push(...taken.refused);
    if (taken.incoming !== undefined) returns.push(taken.incoming);
  }
  return ok({ kind: 'workbook', read, returns, refused, sent: [] });
}

const textOf = (cell: ReadCell | undefined): string => (cell === undefined ? '' : cell.type === 'text' ? cell.value.normalize('NFC').trim() : cell.type === 'number' ? String(cell.value) : cell.type === 'date' ? cell.value : '');
type SheetRead = { readonly read: number; readonly refused: readonly RefusedCandidate[]; readonly incoming: IncomingReturn | undefined };

/** @returns undefined for a sheet that holds no return and no row: definitions, an empty sheet */
async function readSheet({ tx, forms, only }: Reading, sheet: ReadSheet): Promise<SheetRead | undefined> {
  const place = sheet.name.slice(0, 60);
  const whole = (code: RowCode, facts: Facts): SheetRead => ({ read: 0, refused: [{ place, row: 0, code, facts }], incoming: undefined });
  const mark = sheet.rows.slice(0, 12).flatMap((row) => row.map(textOf)).map(readMark).find((one) => one !== undefined);
  const table = tableFor(sheet);
  if (mark === undefined) return table === undefined ? undefined : whole('sheet-unknown', { sheet: place });
  const { key, rev } = mark;
  if (only.unit !== undefined && only.unit !== key.unit) return whole('sheet-other-unit', { unit: key.unit });
  if (only.period !== undefined && only.period !== key.period) return whole('sheet-other-period', { period: key.period });
  const on = await forms.on(tx, key.dataSet, key.period);
  if (!on.ok || table === undefined) return whole('sheet-unknown', { sheet: place });
  if (on.value.map.place(key.unit)?.province !== key.province) return whole('unit-not-on-date', { unit: key.unit, day: on.value.form.treeDay });
  const boxes = codesOfForm(on.value.form);
  const marks = marksIn(table.flatMap((row) => (row.cells['value']?.type === 'text' ? [row.cells['value'].value] : [])));
  const refused: RefusedCandidate[] = [];
  const found: Candidate[] = [];
  for (const row of table) {
    const note = textOf(row.cells['note']).slice(0, 1000);
    const wrong = (code: RowCode, facts: Facts): void => { refused.push({ place, row: row.rowNumber, code, facts }); };
    const cell = row.cells['value'] ?? { type: 'empty' as const };
    if (cell.type === 'empty' && note === '') continue;
    const box = boxes.get(textOf(row.cells['code']));
    if (box === undefined) { wrong('slot-unknown', { code: textOf(row.cells['code']).slice(0, 80) || '?' }); continue; }
    if (isMerged(sheet, row)) { wrong('cell-merged', { cell: `${row.rowNumber}` }); continue; }
    if (cell.type === 'formula') { wrong('formula', { text: String(cell.cached ?? '=').slice(0, 40) }); continue; }
    if (cell.type === 'error') { wrong('cell-error', { cell: `${row.rowNumber}`, text: cell.value.slice(0, 20) }); continue; }
    const value = cell.type === 'empty' ? undefined : cell.type === 'number' ? machineValue(Object.is(cell.value, -0) ? '-0' : String(cell.value), box) : cell.type === 'boolean' ? machineValue(String(cell.value), box) : typedValue(textOf(cell), box, marks);
    if (value?.ok === false) { wrong(value.code, value.facts); continue; }
    if (value === undefined || value.value === null) continue;
    found.push({ place, row: row.rowNumber, slot: box.slot, value: value.value, note, remark: value.remark, facts: value.facts ?? {} });
  }
  return { read: found.length + refused.length, refused, incoming: { key, rev, boxes: found } };
}

/** Our columns by their titles in either language. */
function tableFor(sheet: ReadSheet): readonly TableRow[] | undefined {
  for (const language of ['vi', 'en'] as const) {
    const table = tableOf(sheet, (['code', 'value', 'note'] as const).map((key) => ({ key, title: words(`sheet.${key}`, {}, language) })));
    if (table.ok) return table.value;
  }
  return undefined;
}

/** Rows and columns of merges count from 0. One that joins cells of a row of the table makes its value unclear. */
const isMerged = (sheet: ReadSheet, row: TableRow): boolean => sheet.merges.some((one) => one.startRow <= row.rowNumber - 1 && one.endRow >= row.rowNumber - 1);

// --- one row a value

async function readRows({ tx, forms, only }: Reading, bytes: Uint8Array, kind: 'csv' | 'json', fileName: string): Promise<Result<Upload, Refusal>> {
  const place = fileName.slice(0, 60);
  const rows: { readonly raw: RawRow; readonly row: number }[] = [];
  const refused: RefusedCandidate[] = [];
  const wrong = (row: number, code: RowCode, facts: Facts): void => { refused.push({ place, row, code, facts }); };
  const to = { row: (raw: RawRow, row: number): void => { rows.push({ raw, row }); }, unreadable: (text: string, row: number): void => { wrong(row, 'row-unreadable', { text: text.slice(0, 120) }); } };
  const head: Record<string, string> = {};
  if (kind === 'json') { const first = jsonValues({ row: () => undefined, unreadable: () => undefined }, head); first.push(bytes); first.end(); }
  const reader = kind === 'csv' ? csvValues(to) : jsonValues(to, {}, { period: head['period'] ?? '', unit: head['orgUnit'] ?? '', attribute: head['attributeOptionCombo'] ?? '', dataSet: head['dataSet'] ?? '' });
  reader.push(bytes);
  const fault = reader.end();
  if (fault?.code === 'columns-missing') return refuse({ code: 'import-columns-missing', columns: fault.columns ?? '' });
  if (fault !== undefined) return refuse({ code: fault.code === 'file-cut' ? 'import-file-cut' : 'import-kind-unknown' });
  if (rows.length > mostRows) return refuse({ code: 'import-too-many-rows', rows: rows.length, most: mostRows });
  const marks = kind === 'csv' ? marksIn(rows.map((one) => one.raw.value)) : 'unknown';
  const byReturn = new Map<string, { readonly key: ReturnKey; readonly boxes: Candidate[] }>();
  for (const { raw, row } of rows) {
    const found = await placeOf({ tx, forms, only }, raw);
    if ('code' in found) { wrong(row, found.code, found.facts); continue; }
    const { key, box } = found;
    const value = kind === 'csv' ? typedValue(raw.value, box, marks) : raw.deleted ? { ok: true as const, value: null } : machineValue(raw.value, box);
    if (!value.ok) { wrong(row, value.code, value.facts); continue; }
    if (value.value === null && !raw.deleted) { wrong(row, 'value-missing', {}); continue; }
    const group = byReturn.get(keyText(key)) ?? { key, boxes: [] };
    byReturn.set(keyText(key), group);
    group.boxes.push({ place, row, slot: box.slot, value: value.value, note: raw.comment.slice(0, 1000), remark: 'remark' in value ? value.remark : undefined, facts: 'facts' in value ? value.facts ?? {} : {} });
  }
  return ok({ kind, read: rows.length, returns: [...byReturn.values()].map((one) => ({ ...one, rev: undefined })), refused, sent: [] });
}

const plainCells = new Set(['', 'default', 'HllvX50cXC0']);
type Placed = { readonly key: ReturnKey; readonly box: ReturnType<typeof codesOfForm> extends ReadonlyMap<string, infer B> ? B : never };

async function placeOf({ tx, forms, only }: Reading, raw: RawRow): Promise<Placed | { readonly code: RowCode; readonly facts: Facts }> {
  if (raw.element === '') return { code: 'element-missing', facts: {} };
  if (raw.unit === '') return { code: 'unit-missing', facts: {} };
  const period = readPeriod(raw.period);
  if (!period.ok) return { code: raw.period === '' ? 'period-missing' : period.code, facts: period.facts };
  if (only.unit !== undefined && only.unit !== raw.unit) return { code: 'sheet-other-unit', facts: { unit: raw.unit } };
  if (only.period !== undefined && only.period !== period.period) return { code: 'sheet-other-period', facts: { period: period.period } };
  const programme = await latestProgramme(tx);
  const element = programme.elements.get(raw.element);
  if (element === undefined) return { code: 'element-unknown', facts: { element: raw.element.slice(0, 60) } };
  const cell = plainCells.has(raw.cell) && element.disaggregation === null ? '' : raw.cell;
  const home = (await slotsOf(tx)).homeOf(raw.element, cell);
  if (home === undefined) return { code: 'breakdown-unknown', facts: { cell: raw.cell.slice(0, 60) || '–' } };
  const day = treeDayOf(period.period, programme.head);
  const unit = (await forms.mapOn(tx, day)).units.get(raw.unit);
  if (unit === undefined) return { code: 'unit-not-on-date', facts: { unit: raw.unit.slice(0, 30), day } };
  const on = await forms.on(tx, home.dataSet, period.period);
  if (!on.ok) return { code: 'period-type-not-kept', facts: { period: period.period, type: programme.dataSets.get(home.dataSet)?.periodType ?? '' } };
  const box = on.value.form.slots.get(home.slot);
  if (box === undefined) return { code: 'slot-unknown', facts: { code: `${raw.element}.${cell}` } };
  return { key: { province: unit.province, unit: unit.code, period: period.period, dataSet: home.dataSet, attribute: plainCells.has(raw.attribute) ? '' : raw.attribute }, box };
}

// --- what the offline form saved

const submissionShape = Compile(Submission);

async function readOutbox(text: string): Promise<Result<Upload, Refusal>> {
  const file = await readOutboxFile(text, (bytes) => createHash('sha256').update(bytes).digest('hex'));
  if (!file.ok) return file;
  const refused: RefusedCandidate[] = [];
  const sent: SentEntry[] = [];
  file.value.entries.forEach((entry, i) => {
    const key = entry.kind === submissionKind ? keyOfSubject(entry.subject) : undefined;
    const body: unknown = entry.body;
    if (key === undefined || !isId(entry.id) || !submissionShape.Check(body)) refused.push({ place: entry.subject.slice(0, 60), row: i + 1, code: 'row-unreadable', facts: { text: entry.subject.slice(0, 60) } });
    else sent.push({ row: i + 1, key, commandId: entry.id, submission: body });
  });
  return ok({ kind: 'outbox', read: file.value.entries.length, returns: [], refused, sent });
}
