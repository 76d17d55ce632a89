/**
 * The cells of the matrix, read from the database only where this process has not seen them. A vector's digest is made by the
 * database from its cells at every write, whoever writes; equal digests are equal cells. So nothing here can be out of date, and
 * nothing is shown that the reader's own statement did not name: this memory knows cells by digest alone, of no place and no reader.
 */
import { Bounded } from '#kernel/bounded.ts';
import type { Database } from '#platform/db/database.ts';
import { digestLength, readCellsOf, readMatrixNames, readMatrixWhole, type MatrixSearch } from '../store/vectors.ts';
import type { By } from '../store/visible.ts';

/** A line's vectors. `name`: province and digest of each, one after another; equal names are equal cells in equal provinces. */
export type Line = { readonly directive: string; readonly root: string; readonly name: string };
export type CellsByDigest = ReadonlyMap<string, Uint8Array>;

/** At most 32 MB of cells: the ten thousand vectors of 300 directives in 34 provinces take less than 6. */
const mostBytes = 32 * 1_048_576;
const overhead = 250; // of one entry, beside its cells
const partLength = 2 + digestLength;

type Memory = Bounded<Uint8Array>;
const memories = new WeakMap<Database, Memory>();
function memoryOf(db: Database): Memory {
  const known = memories.get(db);
  if (known) return known;
  const made: Memory = new Bounded(mostBytes, (_, cells) => cells.length + overhead);
  memories.set(db, made);
  return made;
}

/** Calls `see` for each vector of a line, in the order of its name. */
export function eachPart({ name }: Line, see: (province: string, digest: string) => void): void {
  for (let at = 0; at < name.length; at += partLength) see(name.slice(at, at + 2), name.slice(at + 2, at + partLength));
}

const lineOf = ([directive, root, name]: readonly unknown[]): Line => ({ directive: String(directive), root: String(root), name: String(name) });
/** Every line that the reader sees, by name. */
export const readLines = async (by: By, search: MatrixSearch): Promise<Line[]> => (await readMatrixNames(by, search)).map(lineOf);

const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array());
/** Above this share of vectors not yet seen, reading all at once costs less than reading them one by one. */
const manyNew = 0.25;

/** The cells of lines. @returns undefined when they must be read whole: most are new, or one was written after it had been named */
export async function cellsOf(by: By, db: Database, lines: readonly Line[]): Promise<CellsByDigest | undefined> {
  const memory = memoryOf(db);
  const held = new Map<string, Uint8Array>();
  const lacking = new Map<string, { readonly province: string; readonly directive: string }>();
  let vectors = 0;
  for (const line of lines) {
    eachPart(line, (province, digest) => {
      vectors += 1;
      const cells = held.get(digest) ?? memory.get(digest);
      if (cells === undefined) lacking.set(digest, { province, directive: line.directive });
      else held.set(digest, cells);
    });
  }
  if (lacking.size === 0) return held;
  if (lacking.size > 100 && lacking.size > vectors * manyNew) return undefined;
  for (const [digest, read] of await readCellsOf(by, [...lacking.values()])) {
    const cells = Uint8Array.from(bytesOf(read)); // a copy, so that the network's buffer is let go
    held.set(String(digest), cells);
    memory.set(String(digest), cells);
    lacking.delete(String(digest));
  }
  return lacking.size === 0 ? held : undefined;
}

/** Names and cells in one statement, which no writer can come between. */
export async function readWhole(by: By, db: Database, search: MatrixSearch): Promise<{ readonly lines: Line[]; readonly cells: CellsByDigest }> {
  const memory = memoryOf(db);
  const held = new Map<string, Uint8Array>();
  const lines = (await readMatrixWhole(by, search)).map((row) => {
    const [all, sizes] = [bytesOf(row[3]), String(row[4]).split(',')];
    const line = lineOf(row);
    let [i, at] = [0, 0];
    eachPart(line, (_, digest) => {
      const cells = all.slice(at, at + Number(sizes[i]));
      [i, at] = [i + 1, at + cells.length];
      held.set(digest, cells);
      memory.set(digest, cells);
    });
    return line;
  });
  return { lines, cells: held };
}
