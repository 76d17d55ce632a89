/**
 * PostgreSQL's binary forms of long vectors, whose text costs more than all else. The driver reads columns as text only, so a statement
 * asks for `array_send(column)`, whose bytes come as hexadecimal.
 */

const int4 = 23;
const float8 = 701;
const bytea = 17;

/** A `float8[]` of one dimension; null where an element is null. @throws RangeError when the column is something else */
export function readDoubles(bytes: unknown): (number | null)[] {
  return readArray(bytes, float8, (from, at) => from.readDoubleBE(at));
}
/** An `int4[]` of one dimension. @throws RangeError when the column is something else or holds a null */
export function readIntegers(bytes: unknown): number[] {
  return readArray(bytes, int4, (from, at) => from.readInt32BE(at)).map((value) => value ?? 0);
}

function readArray(bytes: unknown, type: number, read: (from: Buffer, at: number) => number): (number | null)[] {
  if (!Buffer.isBuffer(bytes)) throw new RangeError('an array as bytes was expected');
  const dimensions = bytes.readInt32BE(0);
  if (bytes.readInt32BE(8) !== type || dimensions > 1) throw new RangeError('an array of another type');
  if (dimensions === 0) return [];
  const length = bytes.readInt32BE(12);
  const values = new Array<number | null>(length);
  let at = 20;
  for (let i = 0; i < length; i += 1) {
    const size = bytes.readInt32BE(at);
    at += 4;
    if (size === -1) { values[i] = null; continue; }
    values[i] = read(bytes, at);
    at += size;
  }
  return values;
}

/** A `bytea[]` as a parameter. */
export function byteaArray(list: readonly Uint8Array[]): Buffer {
  const out = Buffer.alloc(20 + list.reduce((sum, one) => sum + 4 + one.length, 0));
  [list.length === 0 ? 0 : 1, 0, bytea, list.length, 1].forEach((value, i) => out.writeInt32BE(value, i * 4));
  if (list.length === 0) return out.subarray(0, 12);
  let at = 20;
  for (const one of list) {
    out.writeInt32BE(one.length, at);
    out.set(one, at + 4);
    at += 4 + one.length;
  }
  return out;
}

/** The text of an array of numbers, as PostgreSQL reads it. */
export function vectorText(values: ArrayLike<number | null>): string {
  let text = '{';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    text += i > 0 ? ',' : '';
    text += value === null || value === undefined ? 'NULL' : value;
  }
  return `${text}}`;
}

/** A `text[]` of such texts: unnested and cast, each row has its own vector, of any length. */
export const vectorsText = (vectors: readonly (string | null)[]): string => `{${vectors.map((one) => (one === null ? 'NULL' : `"${one}"`)).join(',')}}`;
