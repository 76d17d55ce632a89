/** Rows sorted into buckets by period and by thousands of units, in memory while they are few and on disk when they are many. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

/** One resolved row. `row` is its place in its file, `file` which file. */
export type SpilledRow = { unit: number; pair: number; attribute: number; row: number; file: number; flags: number; value: number; updated: number };
const recordBytes = 40;
/** Units of one period that are stored in one transaction: a bucket grows with the form, not with the file. */
const unitsABucket = 4096;
const heldBytes = 24 * 1024 * 1024;

type Held = { bytes: Buffer; used: number; onDisk: number };

export class Spill {
  readonly #buckets = new Map<number, Held>();
  #held = 0;
  #folder: string | undefined;
  rows = 0;

  add(period: number, row: SpilledRow): void {
    const key = period * 4096 + Math.floor(row.unit / unitsABucket);
    const bucket = this.#bucket(key);
    if (bucket.used + recordBytes > bucket.bytes.length) {
      if (this.#held + bucket.bytes.length > heldBytes) this.#flush();
      const wider = Buffer.allocUnsafe(Math.max(recordBytes * 64, bucket.bytes.length * 2));
      bucket.bytes.copy(wider, 0, 0, bucket.used);
      this.#held += wider.length - bucket.bytes.length;
      bucket.bytes = wider;
    }
    const { bytes, used } = bucket;
    bytes.writeUInt32LE(row.unit, used);
    bytes.writeUInt32LE(row.pair, used + 4);
    bytes.writeUInt32LE(row.attribute, used + 8);
    bytes.writeUInt32LE(row.row, used + 12);
    bytes.writeUInt32LE(row.file, used + 16);
    bytes.writeUInt32LE(row.flags, used + 20);
    bytes.writeDoubleLE(row.value, used + 24);
    bytes.writeDoubleLE(row.updated, used + 32);
    bucket.used += recordBytes;
    this.rows += 1;
  }

  #bucket(key: number): Held {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const made: Held = { bytes: Buffer.allocUnsafe(recordBytes * 64), used: 0, onDisk: 0 };
    this.#buckets.set(key, made);
    return made;
  }

  /** Everything held goes to disk: one file a bucket. */
  #flush(): void {
    if (this.#folder === undefined) { this.#folder = mkdtempSync(join(tmpdir(), 'sauro-import-')); mkdirSync(this.#folder, { recursive: true }); }
    for (const [key, bucket] of this.#buckets) {
      if (bucket.used > 0) appendFileSync(join(this.#folder, String(key)), bucket.bytes.subarray(0, bucket.used));
      bucket.onDisk += bucket.used;
      bucket.used = 0;
      bucket.bytes = Buffer.alloc(0);
    }
    this.#held = 0;
  }

  /** Keys of the buckets with their period, to be put in the order of time. */
  buckets(): { readonly key: number; readonly period: number }[] {
    return [...this.#buckets.keys()].map((key) => ({ key, period: Math.floor(key / 4096) }));
  }

  /** The rows of one bucket; they are forgotten with this. */
  take(key: number): SpilledRow[] {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return [];
    const disk = bucket.onDisk > 0 && this.#folder !== undefined ? readFileSync(join(this.#folder, String(key))) : Buffer.alloc(0);
    const rows: SpilledRow[] = [];
    for (const [bytes, length] of [[disk, disk.length], [bucket.bytes, bucket.used]] as const) {
      for (let at = 0; at < length; at += recordBytes) {
        rows.push({
          unit: bytes.readUInt32LE(at), pair: bytes.readUInt32LE(at + 4), attribute: bytes.readUInt32LE(at + 8), row: bytes.readUInt32LE(at + 12), file: bytes.readUInt32LE(at + 16),
          flags: bytes.readUInt32LE(at + 20), value: bytes.readDoubleLE(at + 24), updated: bytes.readDoubleLE(at + 32),
        });
      }
    }
    bucket.bytes = Buffer.alloc(0);
    bucket.used = 0;
    return rows;
  }

  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
