/** Takes back an edited matrix: each row is applied or refused by itself, and says what became of it. */
import { displayDay } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { readWorkbook, tableOf, type ReadCell, type TableRow } from '#platform/documents/xlsx.ts';
import type { UploadedFile } from '#platform/http/bind.ts';
import { readDeadlines } from '../rules/read-deadline.ts';
import type { Assignment, Clear, DeadlineInput, importMatrix, RowVerdict, SixClearsInput } from '../schema.ts';
import { editLine } from './lines.ts';
import { wordedOf } from './outputs.ts';
import { editable, matrixColumns, matrixRow, type Worded } from './workbook.ts';
import type { UseCase } from './use-case.ts';

type Key = { readonly province: string; readonly directive: string };
type Reply = Static<(typeof importMatrix)['reply']>;
const mostRows = 5000;

function textOf(cell: ReadCell | undefined): string {
  if (cell === undefined || cell.type === 'empty' || cell.type === 'error' || cell.type === 'formula' || cell.type === 'boolean') return '';
  return cell.type === 'date' ? displayDay(cell.value) : String(cell.value).normalize('NFC').trim();
}

/** A line as it would be sent by the editor. */
const inputOf = ({ clears }: Assignment): SixClearsInput => ({
  ...clears, timeline: { deadlines: clears.timeline.deadlines.map(({ type, value, text }): DeadlineInput => ({ type, value, text })) },
});

type Change = { readonly input: SixClearsInput; readonly changed: Clear[] };
type Wrong = { readonly code: string; readonly column: string };

/** What a row changes; a cell left as it was is not a change. Who holds a task is chosen on the screen, not typed into a sheet. */
function changeOf(line: Assignment, row: TableRow, worded: Worded): Change | Wrong {
  const was = matrixRow(line, worded);
  const cells = Object.fromEntries(editable.map((key) => [key, textOf(row.cells[key])])) as Record<(typeof editable)[number], string>; // one text for each name of the list
  if (editable.some((key) => row.cells[key]?.type === 'formula')) return { code: 'formula-refused', column: editable.find((key) => row.cells[key]?.type === 'formula') ?? '' };
  const changed = editable.filter((key) => cells[key] !== was[key]);
  const before = inputOf(line);
  if (changed.includes('person')) return { code: 'person-not-by-sheet', column: 'person' };
  if (changed.includes('responsibility')) return { code: 'responsibility-not-by-sheet', column: 'responsibility' };
  if (changed.includes('task') && (cells.task === '' || cells.task.length > 6000)) return { code: 'text-missing', column: 'task' };
  const deadlines = changed.includes('timeline') ? readDeadlines(cells.timeline) : before.timeline.deadlines;
  if (deadlines === undefined) return { code: 'deadline-impossible', column: 'timeline' };
  return {
    changed: [...changed],
    input: {
      ...before, ...(changed.includes('task') ? { task: { text: cells.task } } : {}), ...(changed.includes('authority') ? { authority: { text: cells.authority.slice(0, 1000) } } : {}), timeline: { deadlines: [...deadlines] },
      ...(changed.includes('result') ? { result: { product: cells.result === '' ? null : cells.result.slice(0, 500), measure: null, targets: [] } } : {}),
    },
  };
}

async function applyRow(use: UseCase, key: Key, row: TableRow, lines: ReadonlyMap<string, Assignment>, worded: Worded): Promise<RowVerdict> {
  const code = textOf(row.cells['code']);
  const line = isId(code) ? lines.get(code) : undefined;
  const verdict = { row: row.rowNumber, ordinal: textOf(row.cells['ordinal']).slice(0, 40), changed: [], code: null, column: null } as const;
  if (line === undefined) return { ...verdict, changed: [], outcome: 'refused', code: 'line-unknown', column: 'code' };
  const version = row.cells['version'];
  const change = changeOf(line, row, worded);
  if ('code' in change) return { ...verdict, changed: [], outcome: 'refused', code: change.code, column: change.column };
  if (change.changed.length === 0) return { ...verdict, changed: [], outcome: 'unchanged' };
  const done = await editLine(use, { ...key, assignment: line.id }, { version: version?.type === 'number' ? version.value : -1, clears: change.input });
  return done.ok ? { ...verdict, changed: change.changed, outcome: 'applied' } : { ...verdict, changed: [], outcome: 'refused', code: done.problem.code, column: change.changed[0] ?? null };
}

export async function importWorkbook(use: UseCase, key: Key, file: UploadedFile): Promise<Result<Reply, Refusal>> {
  const found = await wordedOf(use, key);
  if (found === undefined) return refuse({ code: 'not-found' });
  if (found.view.state !== 'drafting' || !found.view.may.edit) return refuse({ code: 'already-issued' });
  const sheets = await readWorkbook(file.bytes);
  if (!sheets.ok) return ['document-unsafe', 'document-empty', 'document-too-large', 'document-zip-bomb'].includes(sheets.problem.code) ? sheets : refuse({ code: 'workbook-unreadable', reason: sheets.problem.code });
  const [sheet] = sheets.value;
  const table = sheet === undefined ? undefined : tableOf(sheet, matrixColumns(found.worded));
  if (table === undefined || !table.ok) return refuse({ code: 'workbook-unreadable', reason: table?.problem.code ?? 'no-sheet' });
  const lines = new Map(found.lines.map((line) => [line.id, line]));
  const known = table.value.some((row) => lines.has(textOf(row.cells['code'])));
  if (table.value.length > 0 && !known) return refuse({ code: 'workbook-of-other-directive' });
  const rows: RowVerdict[] = [];
  for (const row of table.value.slice(0, mostRows)) rows.push(await applyRow(use, key, row, lines, found.worded));
  return ok({ applied: rows.filter((row) => row.outcome === 'applied').length, refused: rows.filter((row) => row.outcome === 'refused').length, rows });
}
