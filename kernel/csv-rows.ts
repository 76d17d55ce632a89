/** Rows of a CSV text of any size as its pieces arrive (RFC 4180; also `;` and tab, byte order mark, either line end). Pure. */

export type CsvRowsTo = {
  /** @param line of the file on which the row begins, from 1 */
  row(fields: readonly string[], line: number): void;
};

/** Longest row taken: beyond it a quote was never closed, and the row is given as it is. */
const longestRow = 1_000_000;

export class CsvRows {
  readonly #to: CsvRowsTo;
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';
  #line = 1;
  #separator = '';
  /** The next quote of the piece at hand; -1: none. */
  #quoteAt = -1;

  constructor(to: CsvRowsTo) {
    this.#to = to;
  }

  push(piece: Uint8Array): void {
    this.#take(this.#decoder.decode(piece, { stream: true }), false);
  }

  end(): void {
    this.#take(this.#decoder.decode(), true);
  }

  #take(text: string, last: boolean): void {
    const whole = this.#rest + text;
    let from = 0;
    this.#quoteAt = whole.indexOf('"');
    for (;;) {
      const end = this.#endOfRow(whole, from, last);
      if (end === undefined) break;
      this.#give(whole.slice(from, end));
      from = end + 1;
      if (from >= whole.length) break;
    }
    this.#rest = whole.slice(from);
  }

  /** The line end that ends the row: the first one that no open quote spans. */
  #endOfRow(text: string, from: number, last: boolean): number | undefined {
    let end = from;
    for (;;) {
      end = text.indexOf('\n', end);
      if (end === -1) return last && from < text.length ? text.length : undefined;
      if (this.#quoteAt !== -1 && this.#quoteAt < from) this.#quoteAt = text.indexOf('"', from);
      if (this.#quoteAt === -1 || this.#quoteAt > end) return end;
      if (end - from > longestRow || quotes(text, from, end) % 2 === 0) return end;
      end += 1;
    }
  }

  #give(row: string): void {
    const line = this.#line;
    this.#line += 1;
    for (let at = row.indexOf('\n'); at !== -1; at = row.indexOf('\n', at + 1)) this.#line += 1;
    const text = row.endsWith('\r') ? row.slice(0, -1) : row;
    if (this.#separator === '') this.#separator = separatorOf(text);
    if (text.trim() === '') return;
    this.#to.row(text.includes('"') ? quotedFields(text, this.#separator) : text.split(this.#separator), line);
  }
}

function quotes(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('"', from); at !== -1 && at < to; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

/** The one that the first row has most of; a comma when it has none. */
function separatorOf(row: string): string {
  const plain = row.replace(/"[^"]*"/gu, '');
  const count = (one: string): number => plain.split(one).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best), ',');
}

function quotedFields(row: string, separator: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (row[at] === '"') {
      let text = '';
      at += 1;
      for (;;) {
        const end = row.indexOf('"', at);
        if (end === -1) { text += row.slice(at); at = row.length; break; }
        text += row.slice(at, end);
        at = end + 1;
        if (row[at] !== '"') break;
        text += '"';
        at += 1;
      }
      const next = row.indexOf(separator, at);
      fields.push(text + (next === -1 ? row.slice(at) : row.slice(at, next)).trimEnd());
      if (next === -1) return fields;
      at = next + 1;
      continue;
    }
    const next = row.indexOf(separator, at);
    fields.push(next === -1 ? row.slice(at) : row.slice(at, next));
    if (next === -1) return fields;
    at = next + 1;
  }
}

/** A field written so that it is read back the same, and that a spreadsheet does not run it (a leading = + - @ of a text gets an apostrophe). */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const inert = /^[=+\-@\t\r]/u.test(value) && !/^-?\d+(?:\.\d+)?$/u.test(value) ? `'${value}` : value;
  return /[",\n\r;\t]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
export const csvLine = (fields: readonly (string | number | null)[]): string => `${fields.map(csvField).join(',')}\r\n`;
