/** The verdict of every row, one line a row, written as it becomes known. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { csvField, csvLine } from '#kernel/csv-rows.ts';
import type { Facts, RowCode } from '../exchange/report.ts';
import { sentence } from '../exchange/words.ts';
import type { KeptRow } from './bucket.ts';
import { FileFault } from './files.ts';

export type RowCounts = { read: number; added: number; changed: number; removed: number; same: number; refused: number; kept: number; readonly byCode: Map<RowCode, number> };

/** @throws FileFault */
function openToWrite(path: string): number {
  try { return openSync(path, 'w', 0o600); } catch (error) {
    throw new FileFault('import-file-unreadable', { file: path, reason: error instanceof Error && 'code' in error ? String(error.code) : 'write' });
  }
}

export class RowReport {
  readonly counts: RowCounts = { read: 0, added: 0, changed: 0, removed: 0, same: 0, refused: 0, kept: 0, byCode: new Map() };
  /** The first refused rows, for whoever reads the answer and not the file. */
  readonly examples: { file: string; row: number; code: RowCode; facts: Facts }[] = [];
  /** What the first row of each code named. */
  readonly firstFacts = new Map<RowCode, Facts>();
  readonly #files: readonly string[];
  readonly #names: readonly string[];
  #handle: number | undefined;
  #text = '';

  /** @param path where the verdicts go; undefined: only counted */
  constructor(path: string | undefined, files: readonly string[]) {
    this.#files = files;
    this.#names = files.map(csvField);
    if (path !== undefined) {
      this.#handle = openToWrite(path);
      this.#text = `\ufeff${csvLine(['file', 'row', 'verdict', 'code', 'vi', 'en', 'before', 'after'])}`;
    }
  }

  refused(file: number, row: number, code: RowCode, facts: Facts): void {
    this.counts.refused += 1;
    this.#count(code);
    if (!this.firstFacts.has(code)) this.firstFacts.set(code, facts);
    if (this.examples.length < 20) this.examples.push({ file: this.#files[file] ?? '', row, code, facts });
    this.#line(file, row, ['refused', code, sentence(code, facts, 'vi'), sentence(code, facts, 'en'), '', '']);
  }

  /** A row that is kept, with remarks; of a changed value what stood there before. */
  kept({ file, row, standing, codes, was, now, facts = {} }: KeptRow): void {
    this.counts[standing] += 1;
    if (codes.length > 0) this.counts.kept += 1;
    for (const code of codes) { this.#count(code); if (!this.firstFacts.has(code)) this.firstFacts.set(code, facts); }
    if (this.#handle === undefined) return;
    if (codes.length === 0) {
      this.#text += `${this.#names[file] ?? ''},${row},${standing},,,,${was ?? ''},${now ?? ''}\r\n`;
      if (this.#text.length > 65_536) this.#write();
    } else this.#line(file, row, [standing, codes.join(' '), codes.map((code) => sentence(code, facts, 'vi')).join(' '), codes.map((code) => sentence(code, facts, 'en')).join(' '), was ?? '', now ?? '']);
  }

  #count(code: RowCode): void { this.counts.byCode.set(code, (this.counts.byCode.get(code) ?? 0) + 1); }

  #line(file: number, row: number, fields: readonly (string | number)[]): void {
    if (this.#handle === undefined) return;
    this.#text += csvLine([this.#files[file] ?? '', row, ...fields]);
    if (this.#text.length > 65_536) this.#write();
  }

  #write(): void {
    if (this.#handle !== undefined && this.#text !== '') writeSync(this.#handle, this.#text);
    this.#text = '';
  }

  close(): void {
    this.#write();
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }
}
