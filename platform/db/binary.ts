/** PostgreSQL's binary forms of what long vectors are made of, read and written without a text in between. */

const int4 = 23;
const float8 = 701;
const bytea = 17;

/** A `float8[]` of one dimension; null where an element is null. @throws RangeError when the column is something else */
export function readDoubles(bytes: Buffer): (number | null)[] {
  return readArray(bytes, float8, (at) => bytes.readDoubleBE(at));
}
/** An `int4[]` of one dimension. @throws RangeError when the column is something else or holds a null */
export function readIntegers(bytes: Buffer): number[] {
  return readArray(bytes, int4, (at) => bytes.readInt32BE(at)).map((value) => value ?? 0);
}

function readArray(bytes: Buffer, type: number, read: (at: number) => number): (number | null)[] {
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
    values[i] = read(at);
    at += size;
  }
  return values;
}

export const readInt4 = (bytes: Buffer | null): number => bytes?.readInt32BE(0) ?? 0;
export const readInt2 = (bytes: Buffer | null): number => bytes?.readInt16BE(0) ?? 0;
export const readBool = (bytes: Buffer | null): boolean => bytes?.[0] === 1;
export const readText = (bytes: Buffer | null): string => bytes?.toString('utf8') ?? '';
/** Microseconds since 2000 as an instant; exact to the millisecond. */
export const readInstant = (bytes: Buffer | null): string =>
  new Date(Number((bytes?.readBigInt64BE(0) ?? 0n) / 1000n) + Date.UTC(2000, 0, 1)).toISOString();
export function readUuid(bytes: Buffer | null): string {
  const hex = bytes?.toString('hex') ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
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
