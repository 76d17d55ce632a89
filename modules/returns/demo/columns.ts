/**
 * Columns of made-up rows as the bytes that go to the server: a value after another, parted by semicolons. Hundreds of thousands of rows
 * are written straight into these bytes, because as objects and strings they would cost more to keep than to make.
 */
const hexDigits = Buffer.from('0123456789abcdef', 'latin1');

export class Column {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  #rows = 0;

  /** Room for this many more bytes; where the next goes. */
  #room(more: number): number {
    if (this.#length + more > this.#bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
      this.#bytes.copy(wider, 0, 0, this.#length);
      this.#bytes = wider;
    }
    return this.#length;
  }

  /** Begins the value of the next row. */
  next(): this {
    if (this.#rows > 0) this.text(';');
    this.#rows += 1;
    return this;
  }

  /** @param text ASCII; a semicolon would begin the next row */
  text(text: string): this {
    const at = this.#room(text.length);
    for (let i = 0; i < text.length; i += 1) this.#bytes[at + i] = text.charCodeAt(i);
    this.#length += text.length;
    return this;
  }

  number(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 1e9) return this.text(String(value));
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits += 1;
    const at = this.#room(digits);
    let rest = value;
    for (let i = at + digits - 1; i >= at; i -= 1) {
      const tens = Math.floor(rest / 10);
      this.#bytes[i] = 48 + rest - tens * 10;
      rest = tens;
    }
    this.#length += digits;
    return this;
  }

  /** The last `digits` hexadecimal digits of a 32-bit number. */
  hex(value: number, digits = 8): this {
    const at = this.#room(digits);
    for (let i = 0; i < digits; i += 1) this.#bytes[at + i] = hexDigits[(value >>> ((digits - 1 - i) * 4)) & 15] ?? 0;
    this.#length += digits;
    return this;
  }

  hexOf(bytes: Uint8Array): this {
    for (const byte of bytes) this.hex(byte, 2);
    return this;
  }

  /** `{1,NULL,3}` */
  array(values: readonly (number | null)[]): this {
    this.text('{');
    for (let i = 0; i < values.length; i += 1) {
      if (i > 0) this.text(',');
      const value = values[i];
      if (value === null || value === undefined) this.text('NULL'); else this.number(value);
    }
    return this.text('}');
  }

  /** What was written, and nothing left. The bytes are the caller's own. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafe(Math.max(1 << 16, this.#length));
    [this.#length, this.#rows] = [0, 0];
    return taken;
  }
}

export type Columns<Name extends string> = Readonly<Record<Name, Column>>;
export const columnsOf = <Name extends string>(...names: readonly Name[]): Columns<Name> => Object.fromEntries(names.map((name) => [name, new Column()])) as Columns<Name>; // one for each name, as the type says
export type Taken<Name extends string> = Readonly<Record<Name, Buffer>>;
export const takeAll = <Name extends string>(columns: Columns<Name>): Taken<Name> =>
  Object.fromEntries(Object.entries<Column>(columns).map(([name, column]) => [name, column.take()])) as Taken<Name>; // the same names
