import type { AgencyFinder, Mention } from './agencies.ts';
import type { Normal } from './normalise.ts';

type Column = 'task' | 'lead' | 'coordinating' | 'due' | 'product';
type Cell = { readonly start: number; readonly end: number };

/** A row of a table of tasks; offsets into the normal text. */
export type TableRow = {
  readonly start: number;
  readonly end: number;
  readonly lead: readonly Mention[];
  readonly coordinating: readonly Mention[];
  readonly product?: Cell;
};

export type Tables = { readonly rows: readonly TableRow[]; isRow(start: number): boolean };

const columns: readonly (readonly [Column, RegExp])[] = [
  ['coordinating', /phối hợp|coordinat|supporting/u],
  ['lead', /chủ trì|phụ trách|cơ quan thực hiện|đơn vị thực hiện|cơ quan, đơn vị|lead|responsible|in charge/u],
  ['due', /thời gian|thời hạn|tiến độ|hoàn thành|deadline|time|due/u],
  ['product', /sản phẩm|kết quả|đầu ra|output|product|deliverable/u],
  ['task', /nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|task|activit/u],
];
const border = /\t| ?\| ?/gu;

/** Cells of a line parted by tabs (word processors, PDF) or upright strokes. */
function cellsOf(text: string, start: number, end: number): Cell[] {
  const line = text.slice(start, end);
  const cells: Cell[] = [];
  let from = 0;
  const add = (to: number) => {
    const cell = line.slice(from, to);
    const lead = cell.length - cell.trimStart().length;
    cells.push({ start: start + from + lead, end: start + from + lead + cell.trim().length });
  };
  for (const match of line.matchAll(border)) {
    if (match.index > 0 || match[0] === '\t') add(match.index);
    from = match.index + match[0].length;
  }
  if (from < line.length) add(line.length);
  return cells;
}

function headOf(normal: Normal, cells: readonly Cell[]): Map<Column, number> | undefined {
  if (cells.length < 3) return undefined;
  const found = new Map<Column, number>();
  cells.forEach((cell, i) => {
    const fold = normal.fold.slice(cell.start, cell.end);
    const column = fold.length > 60 ? undefined : columns.find(([, words]) => words.test(fold))?.[0];
    if (column !== undefined && !found.has(column)) found.set(column, i);
  });
  return found.has('task') && found.has('lead') ? found : undefined;
}

/** Tables whose head names a task and who leads it; each row is one task. */
export function tablesOf(normal: Normal, finder: AgencyFinder): Tables {
  const rows: TableRow[] = [];
  const starts = new Set<number>();
  let head: Map<Column, number> | undefined;
  let width = 0;
  let at = 0;
  for (const line of normal.text.split('\n')) {
    const [start, end] = [at, at + line.length];
    at = end + 1;
    if (!/[\t|]/u.test(line)) {
      if (line.trim() !== '') head = undefined;
      continue;
    }
    const cells = cellsOf(normal.text, start, end);
    const opened = headOf(normal, cells);
    if (opened !== undefined) {
      head = opened;
      width = cells.length;
      starts.add(start);
      continue;
    }
    if (head === undefined || cells.length < 3) continue;
    starts.add(start);
    const row = rowOf(normal, finder, head, cells.length === width ? cells : [], [start, end]);
    if (row !== undefined) rows.push(row);
  }
  return { rows, isRow: (start) => starts.has(start) };
}

function rowOf(normal: Normal, finder: AgencyFinder, head: ReadonlyMap<Column, number>, cells: readonly Cell[], [start, end]: readonly [number, number]): TableRow | undefined {
  const cellIn = (column: Column): Cell | undefined => {
    const cell = cells[head.get(column) ?? -1];
    return cell !== undefined && cell.end > cell.start ? cell : undefined;
  };
  const agencies = (column: Column): Mention[] => {
    const cell = cellIn(column);
    return cell === undefined ? [] : finder.findIn(normal.text.slice(cell.start, cell.end)).filter((m) => m.kind !== 'related').map((m) => ({ ...m, start: m.start + cell.start, end: m.end + cell.start, outer: m.outer + cell.start }));
  };
  const task = cellIn('task');
  if (task === undefined || task.end - task.start < 8) return undefined;
  const lead = agencies('lead');
  if (lead.length === 0 && cellIn('due') === undefined) return undefined;
  const product = cellIn('product');
  const last = cells.at(-1);
  return { start: Math.max(start, task.start), end: last === undefined ? end : Math.max(last.end, task.end), lead, coordinating: agencies('coordinating'), ...(product && { product }) };
}
