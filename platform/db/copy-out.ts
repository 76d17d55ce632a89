/**
 * Rows of a query in PostgreSQL's binary form, one after another as they come: for reads of whole periods, where the text of numbers would
 * cost more than adding them. Row security applies to a COPY of a query as to the query.
 */
import pg from 'pg';

/** One row. Fields are asked for in their order; what is given out lives until the next row comes. */
export class BinaryRow {
  view: DataView = new DataView(new ArrayBuffer(0));
  #bytes: Buffer = Buffer.alloc(0);
  at = 0;

  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  /** Steps behind the next field's length. @returns its length in bytes, -1 for NULL */
  field(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4);
  }
  code(): string {
    const length = this.field();
    this.at += Math.max(0, length);
    return length <= 0 ? '' : this.#bytes.toString('utf8', this.at - length, this.at);
  }
  flag(): boolean {
    const length = this.field();
    this.at += Math.max(0, length);
    return length === 1 && this.#bytes[this.at - 1] === 1;
  }
  /** An `int4`; 0 for NULL. */
  integer(): number {
    const length = this.field();
    this.at += Math.max(0, length);
    return length === 4 ? this.view.getInt32(this.at - 4) : 0;
  }
  /** A `float8[]` of one dimension, NaN where an element is NULL: dimensions, flags, type, length, lower bound, then each value behind its length. */
  doubles(): Float64Array {
    const bytes = this.field();
    const end = this.at + Math.max(0, bytes);
    const { view } = this;
    const values = new Float64Array(bytes < 20 ? 0 : view.getInt32(this.at + 12)).fill(Number.NaN);
    let at = this.at + 20;
    for (let i = 0; i < values.length; i += 1) {
      const missing = view.getInt32(at) === -1;
      at += 4;
      if (missing) continue;
      values[i] = view.getFloat64(at);
      at += 8;
    }
    this.at = end;
    return values;
  }
}

const headerBytes = 19; // signature, flags, length of an extension that nobody uses

/** A query of the driver's own kind, so that it may share a connection with others; each message of the copy comes here. */
class CopyOut extends pg.Query {
  readonly #take: (row: BinaryRow) => void;
  readonly #row = new BinaryRow();
  #begun = false;
  failed: unknown;
  constructor(text: string, take: (row: BinaryRow) => void) {
    super(text);
    this.#take = take;
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.failed !== undefined) return;
    try {
      const row = this.#row;
      row.begin(chunk);
      if (!this.#begun) row.at = headerBytes;
      this.#begun = true;
      while (row.at < chunk.length) {
        const fields = row.view.getInt16(row.at);
        row.at += 2;
        if (fields === -1) return; // the end
        this.#take(row);
      }
    } catch (error) {
      this.failed = error; // told when the server is done: the connection stays in step
    }
  }
}

const plain = /^[A-Za-z0-9:_-]*$/;
/** A code inside a statement that takes no parameters. @throws RangeError when it holds anything but letters, digits and _ - : */
export function quotedCode(code: string): string {
  if (!plain.test(code)) throw new RangeError('a code holds a character that no code has');
  return `'${code}'`;
}

/** @param query its text, without parameters; see `quotedCode` @param take reads every field of its row, in order, at once */
export const copyOut = (client: pg.PoolClient | pg.Client, query: string, take: (row: BinaryRow) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const copy = new CopyOut(`copy (${query}) to stdout (format binary)`, take);
    copy.once('error', reject);
    copy.once('end', () => { if (copy.failed === undefined) resolve(); else reject(copy.failed instanceof Error ? copy.failed : new Error(String(copy.failed))); });
    client.query(copy);
  });
