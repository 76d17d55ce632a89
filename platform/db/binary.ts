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

/** Many vectors as one array, and where each begins and ends in it: `(all)[first:last]` is the vector, an empty one where last < first. */
export type Vectors = { readonly all: Buffer; readonly first: readonly number[]; readonly last: readonly number[] };

/**
 * `float8[]` vectors for one parameter, without the text of any number. A null goes out as NaN, which no value ever is, and comes back by
 * `array_replace(vector, 'NaN', null)`: an array without nulls is cut into slices without looking at what lies before them.
 *
 * @param vectors null: an empty one
 * @throws RangeError when a value is NaN or infinite
 */
export function doubleVectors(vectors: readonly (ArrayLike<number | null> | null)[]): Vectors {
  const { made, view } = flat(vectors, float8, 8);
  let at = 20;
  for (const vector of vectors) {
    const values = vector ?? none;
    for (let i = 0; i < values.length; i += 1, at += 12) {
      const value = values[i] ?? Number.NaN;
      if (!Number.isFinite(value) && values[i] !== null && values[i] !== undefined) throw new RangeError('a vector holds a value that is no number');
      view.setInt32(at, 8);
      view.setFloat64(at + 4, value);
    }
  }
  return made;
}
/** The same for `int4[]` vectors, which hold no null. */
export function integerVectors(vectors: readonly (ArrayLike<number> | null)[]): Vectors {
  const { made, view } = flat(vectors, int4, 4);
  let at = 20;
  for (const vector of vectors) {
    const values = vector ?? none;
    for (let i = 0; i < values.length; i += 1, at += 8) {
      view.setInt32(at, 4);
      view.setInt32(at + 4, values[i] ?? 0);
    }
  }
  return made;
}
const none: ArrayLike<number> = [];

/** Room for all elements of all vectors, and where each vector stands. */
function flat(vectors: readonly (ArrayLike<unknown> | null)[], type: number, size: number): { readonly made: Vectors; readonly view: DataView } {
  let count = 0;
  const [first, last]: [number[], number[]] = [[], []];
  for (const vector of vectors) {
    first.push(count + 1);
    count += vector?.length ?? 0;
    last.push(count);
  }
  const all = count === 0 ? header(0, type, 0, 12) : header(1, type, count, 20 + count * (4 + size));
  return { made: { all, first, last }, view: new DataView(all.buffer, all.byteOffset, all.length) };
}

/** An array's head: dimensions, no nulls, type of its elements, how many, counted from one. */
function header(dimensions: number, type: number, count: number, bytes: number): Buffer {
  const out = Buffer.allocUnsafe(bytes);
  [dimensions, 0, type].forEach((value, i) => out.writeInt32BE(value, i * 4));
  if (dimensions === 1) { out.writeInt32BE(count, 12); out.writeInt32BE(1, 16); }
  return out;
}

/** A `text[]` of any texts; the driver's own escaping is slow, and an empty text asks for it. */
export function textArray(texts: readonly (string | null)[]): string {
  let out = '{';
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i];
    if (i > 0) out += ',';
    out += text === null || text === undefined ? 'NULL' : awkward.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
  }
  return `${out}}`;
}
const awkward = /["\\]/;

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
