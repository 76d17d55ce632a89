/**
 * What one revision changed, in as few bytes as a log of everything needs: runs of slots, then a token a value.
 *
 * bytes   = format (1) run*
 * run     = varint(gap to the run's first slot) varint(length) token × length
 * token   = varint: 0 blank · 1 "no data" · 2 a double follows, 8 bytes little endian · n ≥ 3 the whole number z with zigzag(z) = n − 3
 */
import type { CellValue, SlotValue } from '../schema.ts';

const format = 1;
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
  out.byte(format);
  let previous = 0;
  for (let at = 0; at < changes.length;) {
    const first = changes[at]?.[0] ?? 0;
    let end = at + 1;
    while (end < changes.length && changes[end]?.[0] === first + end - at) end += 1;
    if (first <= previous) throw new RangeError('slots must ascend');
    out.varint(first - previous);
    out.varint(end - at);
    for (let i = at; i < end; i += 1) token(out, changes[i]?.[1] ?? null);
    previous = first + end - at - 1;
    at = end;
  }
  return out.taken();
}

/** The same bytes for a return that had nothing before: every slot answered, straight from its vector. */
export function encodeWhole(vals: readonly (number | null)[], noData: readonly number[]): Uint8Array {
  const out = whole;
  out.length = 0;
  out.byte(format);
  const answered = (slot: number): boolean => (vals[slot - 1] ?? null) !== null || (noData.length > 0 && noData.includes(slot));
  let previous = 0;
  for (let first = 1; first <= vals.length;) {
    if (!answered(first)) { first += 1; continue; }
    let end = first + 1;
    while (end <= vals.length && answered(end)) end += 1;
    out.varint(first - previous);
    out.varint(end - first);
    for (let slot = first; slot < end; slot += 1) token(out, vals[slot - 1] ?? 'no-data');
    previous = end - 1;
    first = end;
  }
  return out.taken();
}
const whole = new Bytes();

function token(out: Bytes, value: CellValue): void {
  if (value === null) return out.byte(0);
  if (value === 'no-data') return out.byte(1);
  if (Number.isInteger(value) && Math.abs(value) < mostZigzag) return out.varint((value >= 0 ? 2 * value : -2 * value - 1) + 3);
  out.byte(2);
  out.double(value);
}

/** @throws RangeError when the bytes are not what `encodeChanges` writes: a stored revision was damaged */
export function decodeChanges(bytes: Uint8Array): SlotValue[] {
  if (bytes[0] !== format) throw new RangeError('a revision of another format');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const changes: SlotValue[] = [];
  let at = 1;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined || scale > 2 ** 56) throw new RangeError('a revision ends too early');
      at += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const value = (): CellValue => {
    const n = varint();
    if (n === 0) return null;
    if (n === 1) return 'no-data';
    if (n > 2) return (n - 3) % 2 === 0 ? (n - 3) / 2 : -(n - 2) / 2;
    if (at + 8 > bytes.length) throw new RangeError('a revision ends too early');
    at += 8;
    return view.getFloat64(at - 8, true);
  };
  let slot = 0;
  while (at < bytes.length) {
    slot += varint();
    const length = varint();
    for (let i = 0; i < length; i += 1) changes.push([slot + i, value()]);
    slot += length - 1;
  }
  return changes;
}
