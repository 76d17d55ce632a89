/**
 * Rows of a JSON document of any size, read as its bytes arrive: `{"dataValues": [{…}, …], "period": "202401", …}` or a bare array.
 * Only one piece of the file is held at a time. Pure: bytes in, rows out.
 */

/** One element of the array. `unreadable`: bytes that are no JSON object, the rest of the array is kept. */
export type JsonRow = Readonly<Record<string, unknown>>;
export type JsonRowsTo = {
  /** @param number position in the array, from 1 */
  row(row: JsonRow, number: number): void;
  unreadable(text: string, number: number): void;
  /** A scalar beside the array, in the order of the file: it may come after the rows. */
  header(key: string, value: string): void;
};

const code = (text: string): number => text.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const [openBrace, closeBrace, openBracket, closeBracket, comma, colon] = [code('{'), code('}'), code('['), code(']'), code(','), code(':')];
const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** A byte of the byte order mark, which some programs write before a document. */
const isMark = (byte: number): boolean => byte === 0xef || byte === 0xbb || byte === 0xbf;

/** Where the reader stands: before anything, among the keys of the whole, inside the rows, or skipping a value nobody asked for. */
type State = 'start' | 'keys' | 'after-key' | 'value' | 'rows' | 'done';

const isRow = (value: unknown): value is JsonRow => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads one document. Call `push` for each piece and `end` once. */
export class JsonRows {
  readonly #to: JsonRowsTo;
  readonly #keys: ReadonlySet<string>;
  readonly #decoder = new TextDecoder('utf-8');
  #bytes: Uint8Array = new Uint8Array(0);
  #state: State = 'start';
  #bare = false;
  #key = '';
  #count = 0;
  // of the value or row that began and has not ended
  #at = 0;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #scalar = false;

  /** @param rowKeys keys whose array holds the rows: `dataValues` */
  constructor(rowKeys: readonly string[], to: JsonRowsTo) {
    this.#keys = new Set(rowKeys);
    this.#to = to;
  }

  push(piece: Uint8Array): void {
    if (this.#bytes.length === 0) this.#bytes = piece;
    else {
      const joined = new Uint8Array(this.#bytes.length + piece.length);
      joined.set(this.#bytes);
      joined.set(piece, this.#bytes.length);
      this.#bytes = joined;
    }
    let used = 0;
    for (;;) {
      const before = this.#state;
      const next = this.#step(used);
      if (next === undefined) break;
      used = next;
      if (used >= this.#bytes.length && before === this.#state) break;
    }
    this.#bytes = this.#bytes.subarray(used);
    this.#at -= used;
  }

  /** @returns false when the file ended before its last bracket: it was cut */
  end(): boolean {
    return this.#state === 'done';
  }

  #text(from: number, to: number): string {
    return this.#decoder.decode(this.#bytes.subarray(from, to));
  }

  /** One step of the document. @returns up to where the bytes are used; undefined: more are needed */
  #step(from: number): number | undefined {
    switch (this.#state) {
      case 'start': return this.#begin(from);
      case 'keys': return this.#readKey(from);
      case 'after-key': return this.#enterValue(from);
      case 'value': return this.#readValue(from);
      case 'rows': return this.#readRows(from);
      case 'done': return undefined;
    }
  }

  #begin(from: number): number | undefined {
    let at = from;
    while (at < this.#bytes.length && (isSpace(this.#bytes[at] ?? 0) || isMark(this.#bytes[at] ?? 0))) at += 1;
    if (at >= this.#bytes.length) return undefined;
    if (this.#bytes[at] === openBracket) { this.#bare = true; this.#enterRows(at + 1); return at + 1; }
    if (this.#bytes[at] !== openBrace) throw new NotJson();
    this.#state = 'keys';
    return at + 1;
  }

  #readKey(from: number): number | undefined {
    let at = from;
    while (at < this.#bytes.length && (isSpace(this.#bytes[at] ?? 0) || this.#bytes[at] === comma)) at += 1;
    if (at >= this.#bytes.length) return undefined;
    if (this.#bytes[at] === closeBrace) { this.#state = 'done'; return at + 1; }
    if (this.#bytes[at] !== quote) throw new NotJson();
    for (let end = at + 1; end < this.#bytes.length; end += 1) {
      if (this.#bytes[end] === backslash) { end += 1; continue; }
      if (this.#bytes[end] !== quote) continue;
      this.#key = this.#text(at + 1, end);
      this.#state = 'after-key';
      return end + 1;
    }
    return undefined;
  }

  #enterValue(from: number): number | undefined {
    let at = from;
    while (at < this.#bytes.length && (isSpace(this.#bytes[at] ?? 0) || this.#bytes[at] === colon)) at += 1;
    if (at >= this.#bytes.length) return undefined;
    if (this.#keys.has(this.#key) && this.#bytes[at] === openBracket) { this.#enterRows(at + 1); return at + 1; }
    this.#state = 'value';
    this.#scalar = this.#bytes[at] !== openBrace && this.#bytes[at] !== openBracket;
    this.#at = at;
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    return at;
  }

  #enterRows(at: number): void {
    this.#state = 'rows';
    this.#at = at;
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
  }

  /** A value beside the rows: a scalar is told, an object or a list is passed over without being held. */
  #readValue(from: number): number | undefined {
    let at = Math.max(this.#at, from);
    for (; at < this.#bytes.length; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inText = false;
      } else if (byte === quote) this.#inText = true;
      else if (byte === openBrace || byte === openBracket) this.#depth += 1;
      else if (this.#depth > 0 && (byte === closeBrace || byte === closeBracket)) this.#depth -= 1;
      else if (this.#depth === 0 && (byte === comma || byte === closeBrace)) {
        if (this.#scalar) this.#tellHeader(this.#text(from, at).trim());
        this.#state = 'keys';
        return at;
      }
    }
    this.#at = at;
    return this.#scalar ? undefined : at;
  }

  #tellHeader(text: string): void {
    let value: unknown;
    try { value = JSON.parse(text); } catch { return; }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') this.#to.header(this.#key, String(value));
  }

  /** All whole rows of what is held, given out at once: one parse for many is several times cheaper. */
  #readRows(from: number): number | undefined {
    const starts: number[] = [];
    const ends: number[] = [];
    const bytes = this.#bytes;
    const length = bytes.length;
    let start = from;
    let depth = this.#depth;
    let inText = this.#inText;
    let escaped = this.#escaped;
    let at = Math.max(this.#at, from);
    let closed = false;
    for (; at < length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inText = false;
      } else if (byte === quote) inText = true;
      else if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace) depth -= 1;
      else if (byte === closeBracket && depth > 0) depth -= 1;
      else if (depth === 0 && (byte === comma || byte === closeBracket)) {
        starts.push(start);
        ends.push(at);
        start = at + 1;
        if (byte === closeBracket) { closed = true; break; }
      }
    }
    this.#depth = depth; this.#inText = inText; this.#escaped = escaped; this.#at = at;
    this.#giveOut(starts, ends);
    if (!closed) return start > from ? start : undefined;
    this.#state = this.#bare ? 'done' : 'keys';
    return at + 1;
  }

  #giveOut(starts: readonly number[], ends: readonly number[]): void {
    const [first] = starts;
    const last = ends.at(-1);
    if (first === undefined || last === undefined) return;
    const whole = this.#parse(`[${this.#text(first, last)}]`);
    if (Array.isArray(whole) && whole.length === starts.length && whole.every(isRow)) {
      for (const row of whole) {
        this.#count += 1;
        this.#to.row(row, this.#count);
      }
      return;
    }
    starts.forEach((start, i) => { this.#giveOne(this.#text(start, ends[i] ?? start).trim()); });
  }

  #giveOne(text: string): void {
    if (text === '') return;
    this.#count += 1;
    // A program that writes a bare NaN or Infinity writes no JSON; the row is read so that its verdict can name the value.
    const row = this.#parse(text) ?? this.#parse(text.replace(/:\s*(-?(?:NaN|Infinity))\b/gu, ':"$1"'));
    if (isRow(row)) this.#to.row(row, this.#count);
    else this.#to.unreadable(text.slice(0, 200), this.#count);
  }

  #parse(text: string): unknown {
    try { return JSON.parse(text) as unknown; } catch { return undefined; }
  }
}

/** The document is no JSON object or array. */
export class NotJson extends Error {
  constructor() {
    super('not JSON');
  }
}
