/** Directives (or the lines of one) × communes in one answer: stored cells read into letters for today, one byte a cell. */
import { emptyCells, readCells, tallyOfLetters, todayNumber } from '../rules/cell.ts';
import { addTallies } from '../rules/official.ts';
import type { Matrix, Tally } from '../schema.ts';
import { findDirectiveHeads, findLineLabels } from '../store/matrix.ts';
import { allSeats, readMatrix } from '../store/vectors.ts';
import { byOf, type UseCase } from './use-case.ts';

type Columns = { readonly list: { province: string; communes: string[] }[]; readonly startOf: ReadonlyMap<string, number>; readonly width: number };

async function columnsOf({ tx }: UseCase, provinces: readonly string[]): Promise<Columns> {
  const list: { province: string; communes: string[] }[] = [];
  const startOf = new Map<string, number>();
  let width = 0;
  for (const [province, seats] of Map.groupBy(await allSeats(tx, provinces), (seat) => seat.province)) {
    startOf.set(province, width);
    list.push({ province, communes: seats.map((seat) => seat.commune) });
    width += seats.length;
  }
  return { list, startOf, width };
}

const partsOf = (text: string): (readonly [province: string, bytes: number])[] => text.split(',').map((part) => [part.slice(0, 2), Number(part.slice(3))] as const);
const ascii = new TextDecoder('latin1');

/** A reader below the province gets no matrix: row security shows it no vectors, and the answer has no rows. */
export async function matrixOf(use: UseCase, query: { readonly directive?: string; readonly province?: string; readonly since?: string }): Promise<Matrix> {
  const { tx, now } = use;
  const vectors = (await readMatrix(byOf(use), { directive: query.directive ?? null, province: query.province ?? null })).map(([directive, root, cells, parts]) => ({
    directive: String(directive), root: String(root), cells: cells instanceof Uint8Array ? cells : new Uint8Array(), parts: partsOf(String(parts)),
  }));
  const provinces = [...new Set(vectors.flatMap((vector) => vector.parts.map(([province]) => province)))].sort();
  const columns = await columnsOf(use, provinces);
  const heads = new Map((await findDirectiveHeads(tx, [...new Set(vectors.map((vector) => vector.directive))], query.since ?? null)).map((head) => [head.id, head]));
  const labels = new Map((query.directive === undefined ? [] : await findLineLabels(tx, query.directive)).map((line) => [line.id, line]));
  const today = todayNumber(now.today);
  const groups = Map.groupBy(vectors.filter((vector) => heads.has(vector.directive)), (vector) => (query.directive === undefined ? vector.directive : vector.root));
  const rows = [...groups].flatMap(([key, group]) => {
    const head = heads.get(group[0]?.directive ?? '');
    if (head === undefined) return [];
    const letters = emptyCells(columns.width);
    const tallies: Tally[] = group.map((vector) => fill(vector, columns, { letters, alone: group.length === 1, today }));
    const line = labels.get(key);
    return [{
      directive: head.id, origin: head.origin, assignment: query.directive === undefined ? null : key, label: line?.ordinal ?? head.number ?? '', title: line?.text ?? head.title, issuedOn: head.issuedOn, cells: ascii.decode(letters),
      tally: addTallies(tallies), at: head.sort,
    }];
  });
  rows.sort((a, b) => (query.directive === undefined ? (a.at < b.at ? 1 : a.at > b.at ? -1 : 0) : a.label.localeCompare(b.label, 'en', { numeric: true })));
  return { asOf: now.today, columns: columns.list, rows: rows.map(({ at: _, ...row }) => row) };
}

type Read = { readonly cells: Uint8Array; readonly parts: readonly (readonly [string, number])[] };

/** Writes one line's cells into the row, and counts the line by itself. @param alone the row has no other line, so the row is the line */
function fill({ cells, parts }: Read, columns: Columns, row: { readonly letters: Uint8Array; readonly alone: boolean; readonly today: number }): Tally {
  const own = row.alone ? row.letters : emptyCells(columns.width);
  let at = 0;
  for (const [province, bytes] of parts) {
    const part = cells.subarray(at, at + bytes);
    const start = columns.startOf.get(province) ?? 0;
    readCells(part, own, start, row.today);
    if (!row.alone) readCells(part, row.letters, start, row.today);
    at += bytes;
  }
  return tallyOfLetters(own);
}
