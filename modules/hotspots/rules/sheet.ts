/** A row of a list of places as it is typed, read into words of the register. Nothing that the columns do not take is kept or given back. */
import { isPlainDate } from '#kernel/day.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { activities, bases, kinds, settings, sources, type ReportPlace } from '../schema.ts';

export const sheetColumns = ['commune', 'kind', 'setting', 'source', 'basis', 'activities', 'found'] as const;
export type SheetColumn = (typeof sheetColumns)[number];
export type SheetRow = { readonly row: number; readonly cells: Readonly<Partial<Record<SheetColumn, string>>> };

/** What each typed word of a column means; keys are folded by `plainWord`. */
export type Lexicon = Readonly<Record<'kind' | 'setting' | 'source' | 'basis' | 'activity', ReadonlyMap<string, string>>>;
export const plainWord = (text: string): string => text.normalize('NFC').trim().toLowerCase().replace(/\s+/gu, ' ');

export type RowRefusal = Refusal & { readonly column?: SheetColumn };
const wrong = (code: string, column: SheetColumn): Result<never, RowRefusal> => refuse({ code, column });

/** A day as 31/12/2026 or 2026-12-31. */
export function typedDay(text: string): string | undefined {
  const typed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const [, day = '', month = '', year = ''] = typed ?? [];
  const plain = typed === null ? text.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(plain) ? plain : undefined;
}

const oneOfWords = <const V extends readonly string[]>(words: V, found: string | undefined): V[number] | undefined => words.find((one) => one === found);

/** @param provinceOf the province of a commune's code; the file does not name it twice */
export function readRow({ cells }: SheetRow, lexicon: Lexicon, provinceOf: (commune: string) => string | undefined): Result<ReportPlace, RowRefusal> {
  const personal = sheetColumns.find((column) => looksPersonal(cells[column] ?? ''));
  if (personal !== undefined) return wrong('import-looks-personal', personal);
  const empty = sheetColumns.find((column) => (cells[column] ?? '').trim() === '');
  if (empty !== undefined) return wrong('import-cell-empty', empty);
  const word = (column: SheetColumn, of: keyof Lexicon): string | undefined => lexicon[of].get(plainWord(cells[column] ?? ''));
  const [kind, setting, source, basis] = [oneOfWords(kinds, word('kind', 'kind')), oneOfWords(settings, word('setting', 'setting')), oneOfWords(sources, word('source', 'source')), oneOfWords(bases, word('basis', 'basis'))];
  if (kind === undefined) return wrong('import-word-unknown', 'kind');
  if (setting === undefined) return wrong('import-word-unknown', 'setting');
  if (source === undefined) return wrong('import-word-unknown', 'source');
  if (basis === undefined) return wrong('import-word-unknown', 'basis');
  const found = [...new Set((cells.activities ?? '').split(';').map(plainWord).filter((text) => text !== '').map((text) => oneOfWords(activities, lexicon.activity.get(text))))];
  const known = found.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < found.length) return wrong('import-word-unknown', 'activities');
  const foundOn = typedDay(cells.found ?? '');
  if (foundOn === undefined) return wrong('import-day-invalid', 'found');
  const commune = (cells.commune ?? '').trim();
  const province = /^[0-9A-Za-z_.-]{3,20}$/.test(commune) ? provinceOf(commune) : undefined;
  if (province === undefined) return wrong('import-word-unknown', 'commune');
  return ok({ province, commune, kind, setting, source, basis, activities: known, foundOn });
}
