/**
 * What one revision changed, in as few bytes as a log of everything needs: which slots, then a token a value.
 *
 * bytes   = 1 (gap length token × length)*       runs of slots, each with its tokens; for forms that hold fractions or very large numbers
 *         | 2 map token*                         for forms filled here and there
 *         | 3 count (gap length)* width bits     runs of slots, then all tokens in as many bits each as the largest needs
 *         | 4 map width bits
 * map     = varint(bytes of it) bytes: bit i of them, low bits first, says that slot i + 1 follows
 * gap     = varint from the slot before the run to its first; length, count: varints; width: one byte
 * token   = varint: 0 blank · 1 "no data" · 2 a double follows, 8 bytes little endian · n ≥ 3 the whole number z with zigzag(z) = n − 3
 * bits    = low bits first: 0 blank · 1 "no data" · n ≥ 2 the whole number n − 2
 */
import type { CellValue, SlotValue } from '../schema.ts';

const runs = 1;
const map = 2;
const bitRuns = 3;
const bitMap = 4;
/** Wider tokens stay varints, so that shifts stay within 32 bits. */
const mostBits = 24;
/** Beyond this a whole number's zigzag leaves the integers a double holds. */
const mostZigzag = 2 ** 51;

/** Grows by doubling; one is used for all revisions of a batch. */
class Bytes {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  #room(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  /** Base-128, low part first; by division because the numbers go beyond 32 bits. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  double(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

/** What is written is copied out before the next revision begins. */
const shared = new Bytes();

/** @param changes by ascending slot, each slot once */
export function encodeChanges(changes: readonly SlotValue[]): Uint8Array {
  const out = shared;
  out.length = 0;
  let [previous, count, largest, plain] = [0, 0, 0, 0];
  for (const [slot, value] of changes) {
    if (slot <= previous) throw new RangeError('slots must ascend');
    if (slot !== previous + 1 || count === 0) count += 1;
    previous = slot;
    const bits = bitToken(value);
    if (bits > largest) largest = bits;
    plain += bits < 64 ? 1 : bits < 8192 ? 2 : 3;
  }
  const width = 32 - Math.clz32(largest);
  const inBits = largest < 2 ** mostBits && Math.ceil(changes.length * width / 8) + 2 < plain;
  const inMap = mapIsShorter(count, previous);
  out.byte(inMap ? (inBits ? bitMap : map) : inBits ? bitRuns : runs);
  if (inMap) putMap(out, changes, previous);
  else if (inBits) { out.varint(count); putRuns(out, changes, false); } else putRuns(out, changes, true);
  if (inBits) putBits(out, changes, width);
  else if (inMap) for (const [, value] of changes) token(out, value);
  return out.taken();
}
const bitToken = (value: CellValue): number => (value === null ? 0 : value === 'no-data' ? 1 : Number.isInteger(value) && value >= 0 ? value + 2 : 2 ** mostBits);

function putRuns(out: Bytes, changes: readonly SlotValue[], tokens: boolean): void {
  let previous = 0;
  for (let at = 0; at < changes.length;) {
    const first = changes[at]?.[0] ?? 0;
    let end = at + 1;
    while (end < changes.length && changes[end]?.[0] === first + end - at) end += 1;
    out.varint(first - previous);
    out.varint(end - at);
    if (tokens) for (let i = at; i < end; i += 1) token(out, changes[i]?.[1] ?? null);
    previous = first + end - at - 1;
    at = end;
  }
}

function putBits(out: Bytes, changes: readonly SlotValue[], width: number): void {
  out.byte(width);
  let [held, bits] = [0, 0];
  for (const [, value] of changes) {
    held |= bitToken(value) << bits; // at most 7 + 24 bits
    bits += width;
    for (; bits >= 8; bits -= 8) { out.byte(held & 255); held >>>= 8; }
  }
  if (bits > 0) out.byte(held);
}
/** A run takes two bytes as a rule, a map one bit a slot and its length. */
const mapIsShorter = (count: number, last: number): boolean => Math.ceil(last / 8) + 2 < 2 * count;

function putMap(out: Bytes, changes: readonly SlotValue[], last: number): void {
  out.varint(Math.ceil(last / 8));
  let [byte, at] = [0, 0];
  for (const [slot] of changes) {
    for (; at < (slot - 1) >> 3; at += 1) { out.byte(byte); byte = 0; }
    byte |= 1 << ((slot - 1) & 7);
  }
  out.byte(byte);
}

/** The same bytes for a return that had nothing before: every slot answered, straight from its vector. */
export function encodeWhole(vals: readonly (number | null)[], noData: readonly number[]): Uint8Array {
  const changes: SlotValue[] = [];
  for (let slot = 1; slot <= Math.max(vals.length, noData.at(-1) ?? 0); slot += 1) {
    const value = vals[slot - 1] ?? (noData.length > 0 && noData.includes(slot) ? 'no-data' : null);
    if (value !== null) changes.push([slot, value]);
  }
  return encodeChanges(changes);
}

function token(out: Bytes, value: CellValue): void {
  if (value === null) out.byte(0);
  else if (value === 'no-data') out.byte(1);
  else if (Number.isInteger(value) && Math.abs(value) < mostZigzag) out.varint((value >= 0 ? 2 * value : -2 * value - 1) + 3);
  else {
    out.byte(2);
    out.double(value);
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 1;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }
  byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new RangeError('a revision ends too early');
    this.at += 1;
    return byte;
  }
  varint(): number {
    for (let [value, scale] = [0, 1]; scale <= 2 ** 56; scale *= 128) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('a number of a revision does not end');
  }
  token(): CellValue {
    const n = this.varint();
    if (n === 0) return null;
    if (n === 1) return 'no-data';
    if (n > 2) return (n - 3) % 2 === 0 ? (n - 3) / 2 : -(n - 2) / 2;
    if (this.at + 8 > this.#bytes.length) throw new RangeError('a revision ends too early');
    this.at += 8;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.at - 8, 8).getFloat64(0, true);
  }
  /** Slots by map. */
  map(): number[] {
    const slots: number[] = [];
    const length = this.varint();
    for (let i = 0; i < length; i += 1) {
      const byte = this.byte();
      for (let bit = 0; bit < 8; bit += 1) if ((byte >> bit & 1) === 1) slots.push(i * 8 + bit + 1);
    }
    return slots;
  }
  /** Slots by runs. */
  runs(): number[] {
    const slots: number[] = [];
    let last = 0;
    for (let count = this.varint(); count > 0; count -= 1) {
      const first = last + this.varint();
      const length = this.varint();
      if (length > mostSlots) throw new RangeError('a run of a revision is too long');
      for (let i = 0; i < length; i += 1) slots.push(first + i);
      last = first + length - 1;
    }
    return slots;
  }
  bits(slots: readonly number[]): SlotValue[] {
    const width = this.byte();
    if (width > mostBits) throw new RangeError('a token of a revision is too wide');
    let [held, bits] = [0, 0];
    return slots.map((slot): SlotValue => {
      for (; bits < width; bits += 8) held |= this.byte() << bits;
      const n = held & (2 ** width - 1);
      held >>>= width;
      bits -= width;
      return [slot, n === 0 ? null : n === 1 ? 'no-data' : n - 2];
    });
  }
}
const mostSlots = 100_000;

/** @throws RangeError when the bytes are not what `encodeChanges` writes: a stored revision was damaged */
export function decodeChanges(bytes: Uint8Array): SlotValue[] {
  const from = new Reader(bytes);
  let changes: SlotValue[] = [];
  switch (bytes[0]) {
    case runs: {
      let slot = 0;
      while (!from.done) {
        slot += from.varint();
        const length = from.varint();
        for (let i = 0; i < length; i += 1) changes.push([slot + i, from.token()]);
        slot += length - 1;
      }
      return changes;
    }
    case map: changes = from.map().map((slot): SlotValue => [slot, from.token()]); break;
    case bitRuns: changes = from.bits(from.runs()); break;
    case bitMap: changes = from.bits(from.map()); break;
    default: throw new RangeError('a revision of another format');
  }
  if (!from.done) throw new RangeError('a revision ends too late');
  return changes;
}
