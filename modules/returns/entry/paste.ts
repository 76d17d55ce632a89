/** A column or block pasted from a spreadsheet, planned before anything changes: each row with its box, value and verdict. Pure. */
import type { CellValue } from '../schema.ts';
import type { Box, Values } from './boxes.ts';
import { type Marks, marksOf, readTyped, type ReadAs, type TypedProblem } from './typed.ts';

export type PasteVerdict = 'set' | 'same' | 'blank' | 'heading' | 'beyond-end' | 'no-box' | 'ask' | TypedProblem;
export type PasteRow = {
  readonly row: number; readonly text: string; readonly name: string; readonly box: Box | undefined; readonly before: CellValue; readonly after: CellValue;
  readonly as: ReadAs; readonly verdict: PasteVerdict; readonly ask: { readonly whole: number; readonly decimal: number } | undefined;
};
export type PastePlan = {
  readonly rows: readonly PasteRow[]; readonly column: number; readonly columns: readonly number[]; readonly by: 'names' | 'place'; readonly marks: Marks;
  /** How many boxes would change, and how many rows are left out with a reason. */
  readonly sets: number; readonly left: number;
};

/** Cells of a clipboard text: tabs and line ends, quotes around a cell that holds either (as spreadsheets copy). */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const push = (cell: string): void => void rows[rows.length - 1]?.push(cell.normalize('NFC').trim());
  const given = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  let cell = '';
  let quoted = false;
  for (let at = 0; at < given.length; at += 1) {
    const char = given.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (given.charAt(at + 1) === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === '\t') { push(cell); cell = ''; } else if (char === '\n') { push(cell); cell = ''; rows.push([]); } else cell += char;
  }
  push(cell);
  return rows;
}

const fold = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
const looksLikeFigure = (text: string): boolean => text !== '' && readTyped(text, 'number').kind !== 'wrong';

/** The column that holds the figures: the last one with mostly figures, but not one that only counts 1, 2, 3 … */
function figureColumns(rows: readonly (readonly string[])[]): number[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? ''));
  return columns.flatMap((column, at) => {
    const filled = column.filter((text) => text !== '');
    const figures = filled.filter(looksLikeFigure);
    const counting = width > 1 && figures.length > 2 && figures.every((text, index) => Number(text) === index + 1);
    return !counting && figures.length > 0 && figures.length >= filled.length - 1 - filled.length / 4 ? [at] : [];
  });
}

/** Boxes by what a row calls them: code, number in the form, or name in either language. A name that two boxes share names none. */
function boxesByName(boxes: readonly Box[]): Map<string, Box | null> {
  const names = new Map<string, Box | null>();
  for (const box of boxes) {
    const own = box.part ? [`${box.element.id}.${box.slot}`] : [box.element.id, fold(box.element.name.vi), fold(box.element.name.en), fold(box.element.shortName.vi)];
    for (const name of new Set([...own, box.number])) names.set(name, names.has(name) ? null : box);
  }
  return names;
}

type Asked = { readonly boxes: readonly Box[]; readonly values: Values; readonly from: number; /** Chosen in the preview; left out: guessed. */ readonly column?: number; readonly marks?: Marks };

/** @param from index of the box that had the focus */
export function planPaste(text: string, { boxes, values, from, column, marks }: Asked): PastePlan {
  const rows = cellsOf(text);
  const columns = figureColumns(rows);
  const chosen = column ?? columns[columns.length - 1] ?? 0;
  const names = boxesByName(boxes);
  const named = rows.map((row) => row.flatMap((cell, at) => (at === chosen || cell === '' ? [] : [names.get(cell) ?? names.get(fold(cell))])).find((box) => box !== undefined && box !== null));
  const found = named.filter((box) => box !== undefined).length;
  const by = found > 0 && found * 2 >= rows.length ? 'names' : 'place';
  const guess = marks ?? guessMarks(rows.map((row) => row[chosen] ?? ''));
  let next = from;
  const planned = rows.map((row, at): PasteRow => {
    const given = row[chosen] ?? '';
    const name = row.filter((cell, index) => index !== chosen && cell !== '' && !looksLikeFigure(cell)).join(' · ');
    const blank = { row: at + 1, text: given, name, box: undefined, before: null, after: null, as: 'plain', ask: undefined } as const;
    if (by === 'place' && at === 0 && rows.length > 1 && given !== '' && isHeading(given)) return { ...blank, verdict: 'heading' };
    const box = by === 'names' ? named[at] : boxes[next];
    if (by === 'place') next += 1;
    if (box === undefined) return { ...blank, verdict: by === 'names' ? (given === '' || isHeading(given) ? 'heading' : 'no-box') : 'beyond-end' };
    return { ...blank, box, ...valueFor(given, box, values, guess) };
  });
  const sets = planned.filter((row) => row.verdict === 'set').length;
  return { rows: planned, column: chosen, columns, by, marks: guess, sets, left: planned.length - sets - planned.filter((row) => row.verdict === 'same' || row.verdict === 'heading').length };
}

const isHeading = (text: string): boolean => {
  const read = readTyped(text, 'number');
  return read.kind === 'wrong' && read.code === 'number-not-read';
};

type Planned = Pick<PasteRow, 'before' | 'after' | 'as' | 'verdict' | 'ask'>;
function valueFor(given: string, box: Box, values: Values, marks: Marks): Planned {
  const before = values.get(box.slot) ?? null;
  const kept = { before, after: before, as: 'plain', ask: undefined } as const;
  if (given === '') return { ...kept, verdict: 'blank' }; // a merged cell pastes as empties: an empty never wipes a figure out
  const read = readTyped(given, box.element.valueType, marks);
  if (read.kind === 'wrong') return { ...kept, verdict: read.code };
  if (read.kind === 'ask') return { ...kept, verdict: 'ask', ask: { whole: read.whole, decimal: read.decimal } };
  return { before, after: read.value, as: read.as, ask: undefined, verdict: read.value === before ? 'same' : 'set' };
}

/** One certain text decides for all that could be read both ways; two that contradict each other decide nothing. */
function guessMarks(texts: readonly string[]): Marks {
  const proofs = new Set(texts.map(marksOf).filter((marks) => marks === 'comma-decimal' || marks === 'point-decimal'));
  const [only] = proofs;
  return proofs.size === 1 && only !== undefined ? only : 'unknown';
}

/** What confirming the plan writes. */
export const pastedValues = (plan: PastePlan): readonly (readonly [number, CellValue])[] =>
  plan.rows.flatMap((row) => (row.verdict === 'set' && row.box !== undefined ? [[row.box.slot, row.after] as const] : []));
