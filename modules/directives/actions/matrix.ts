/** Directives (or the lines of one) × communes in one answer: stored cells read into letters for today, one byte a cell. */
import { hash } from 'node:crypto';
import { Bounded } from '#kernel/bounded.ts';
import type { Database } from '#platform/db/database.ts';
import { emptyCells, readCells, tallyOfLetters, todayNumber } from '../rules/cell.ts';
import { addTallies } from '../rules/official.ts';
import type { Matrix, Tally } from '../schema.ts';
import { findDirectiveHeads, findLineLabels } from '../store/matrix.ts';
import { seatedCommunes } from '../store/vectors.ts';
import { cellsOf, eachPart, readLines, readWhole, type CellsByDigest, type Line } from './matrix-cells.ts';
import { byOf, type UseCase } from './use-case.ts';

/** `key` names what follows for the letters: which provinces stand where, with how many communes, on which day. */
type Columns = { readonly list: { province: string; communes: string[] }[]; readonly startOf: ReadonlyMap<string, number>; readonly width: number; readonly today: number; readonly key: string };

async function columnsOf({ tx, now }: UseCase, provinces: readonly string[]): Promise<Columns> {
  const list = (await seatedCommunes(tx, provinces)).map((row) => ({ province: row.province, communes: row.communes.split(',') }));
  const startOf = new Map<string, number>();
  let width = 0;
  for (const { province, communes } of list) {
    startOf.set(province, width);
    width += communes.length;
  }
  return { list, startOf, width, today: todayNumber(now.today), key: hash('sha256', `${now.today} ${[...startOf].join(' ')} ${width}`) };
}

/** What a row shows; remembered by the names of its lines' cells and the columns, so that a row is read again only when one of its cells changed. */
type Shown = { readonly cells: string; readonly tally: Tally };
/** At most 32 MB of rows: a row of the whole nation takes about 4 kB. */
const mostBytes = 32 * 1_048_576;
const memories = new WeakMap<Database, Bounded<Shown>>();
function memoryOf(db: Database): Bounded<Shown> {
  const known = memories.get(db);
  if (known) return known;
  const made = new Bounded<Shown>(mostBytes, (key, shown) => key.length + shown.cells.length + 250);
  memories.set(db, made);
  return made;
}

type Query = { readonly directive?: string; readonly province?: string; readonly since?: string };
type Head = Awaited<ReturnType<typeof findDirectiveHeads>>[number];
/** The rows without their cells. */
type Frame = { readonly columns: Columns; readonly rows: readonly { readonly head: Head; readonly assignment: string | null; readonly label: string; readonly title: string; readonly lines: readonly Line[]; readonly key: string }[] };

async function frameOf(use: UseCase, query: Query, lines: readonly Line[]): Promise<Frame> {
  const provinces = new Set<string>();
  for (const line of lines) eachPart(line, (province) => provinces.add(province));
  const columns = await columnsOf(use, [...provinces].sort());
  const heads = new Map((await findDirectiveHeads(use.tx, [...new Set(lines.map((line) => line.directive))], query.since ?? null)).map((head) => [head.id, head]));
  const labels = new Map((query.directive === undefined ? [] : await findLineLabels(use.tx, query.directive)).map((line) => [line.id, line]));
  const groups = Map.groupBy(lines, (line) => (query.directive === undefined ? line.directive : line.root));
  const rows = [...groups].flatMap(([key, own]) => {
    const head = heads.get(own[0]?.directive ?? '');
    if (head === undefined) return [];
    const label = labels.get(key);
    return [{
      head, assignment: query.directive === undefined ? null : key, label: label?.ordinal ?? head.number ?? '', title: label?.text ?? head.title, lines: own,
      key: `${columns.key} ${own.map((line) => line.name).join(' ')}`,
    }];
  });
  const newestFirst = (a: Head, b: Head): number => (a.sort < b.sort ? 1 : a.sort > b.sort ? -1 : 0);
  rows.sort((a, b) => (query.directive === undefined ? newestFirst(a.head, b.head) : a.label.localeCompare(b.label, 'en', { numeric: true })));
  return { columns, rows };
}

/** A reader below the province gets no matrix: row security shows it no vectors, and the answer has no rows. */
export async function matrixOf(use: UseCase, query: Query): Promise<Matrix> {
  const { services: { db }, now } = use;
  const [by, search, memory] = [byOf(use), { directive: query.directive ?? null, province: query.province ?? null }, memoryOf(db)];
  let frame = await frameOf(use, query, await readLines(by, search));
  const shown = new Map(frame.rows.flatMap(({ key }) => { const known = memory.get(key); return known === undefined ? [] : [[key, known] as const]; }));
  let cells = await cellsOf(by, db, frame.rows.filter((row) => !shown.has(row.key)).flatMap((row) => row.lines));
  if (cells === undefined) {
    const whole = await readWhole(by, db, search);
    [frame, cells] = [await frameOf(use, query, whole.lines), whole.cells];
  }
  const { columns } = frame;
  const read = cells;
  return {
    asOf: now.today, columns: columns.list,
    rows: frame.rows.map(({ head, assignment, label, title, lines, key }) => ({
      directive: head.id, origin: head.origin, assignment, label, title, issuedOn: head.issuedOn, ...(shown.get(key) ?? show(memory, key, lines, columns, read)),
    })),
  };
}

function show(memory: Bounded<Shown>, key: string, lines: readonly Line[], columns: Columns, cells: CellsByDigest): Shown {
  const letters = emptyCells(columns.width);
  const tally = addTallies(lines.map((line) => fill(line, cells, columns, { letters, alone: lines.length === 1 })));
  const shown = { cells: Buffer.from(letters).toString('latin1'), tally };
  memory.set(key, shown);
  return shown;
}

/** Writes one line's cells into the row, and counts the line by itself. @param row.alone the row has no other line, so the row is the line */
function fill(line: Line, cells: CellsByDigest, columns: Columns, row: { readonly letters: Uint8Array; readonly alone: boolean }): Tally {
  const own = row.alone ? row.letters : emptyCells(columns.width);
  eachPart(line, (province, digest) => {
    const part = cells.get(digest);
    if (part === undefined) throw new Error('the matrix lacks cells that it named');
    const start = columns.startOf.get(province) ?? 0;
    readCells(part, own, start, columns.today);
    if (!row.alone) readCells(part, row.letters, start, columns.today);
  });
  return tallyOfLetters(own);
}
