/** What every drawing of an analysis gets: the answer laid out, and how its keys and values are said. */
import { withQuery } from '#web/place.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import type { Compact, PivotQuery } from '../schema.ts';
import { codeOf, type Laid, type Line } from './analysis-cube.ts';
import { sayDimension, sayKeyOf, type Book, type MeasureFacts } from './analysis-book.ts';

export type View = { readonly book: Book; readonly laid: Laid; readonly query: PivotQuery };

/** The key a row or column has in a dimension; a dimension of one key has it everywhere. */
function keyAt({ laid }: View, code: string, row: Line | undefined, column: Line | undefined): string | undefined {
  const number = laid.dimensions.findIndex((one) => codeOf(one) === code);
  const dimension = laid.dimensions[number];
  if (dimension === undefined) return undefined;
  if (laid.single.includes(number)) return dimension.keys[0];
  const onRow = laid.rowDims.indexOf(number);
  const at = onRow !== -1 ? row?.at[onRow] : column?.at[laid.columnDims.indexOf(number)];
  return at === undefined ? undefined : dimension.keys[at];
}
export const factsAt = (view: View, row: Line | undefined, column: Line | undefined): MeasureFacts | undefined => view.book.measures.get(keyAt(view, 'measure', row, column) ?? '');

const sayLine = (view: View, dims: readonly number[], line: Line): string[] => dims.map((number, at) => sayKeyOf(view.book, view.laid.dimensions[number], line.at[at] ?? 0));
export const sayRow = (view: View, row: Line): string => sayLine(view, view.laid.rowDims, row).join(' · ') || t('indicators.value');
export const sayColumn = (view: View, column: Line): string => sayLine(view, view.laid.columnDims, column).join(' · ') || t('indicators.value');
export const rowNames = (view: View): string => view.laid.rowDims.flatMap((at) => { const one = view.laid.dimensions[at]; return one === undefined ? [] : [sayDimension(one)]; }).join(' · ') || t('indicators.value');

/** What holds for the whole drawing: the dimensions of one key, the standing, the map it was counted on. */
export function sayWhole(view: View): string {
  const { laid, query } = view;
  const single = laid.single.flatMap((at) => { const one = laid.dimensions[at]; return one === undefined || one.keys.length === 0 ? [] : [sayKeyOf(view.book, one, 0)]; });
  return [...single, query.standing === 'approved' ? t('indicators.approved') : query.standing === 'reported' ? t('indicators.reported') : '', query.mapDay == null ? '' : t('indicators.on-map', { day: day(query.mapDay) })].filter((part) => part !== '').join(' · ');
}

/** Where one value comes from, when it is the whole of an element or an indicator in a unit and a period. */
export function explainPath(view: View, row: Line, column: Line): string | undefined {
  const { query, book, laid } = view;
  if ((query.groups ?? []).length > 0 || query.attribute === true || query.where !== undefined) return undefined;
  const [measure, unit, period] = ['measure', 'unit', 'period'].map((code) => keyAt(view, code, row, column));
  const facts = book.measures.get(measure ?? '');
  if (facts === undefined || unit === undefined || period === undefined) return undefined;
  const axes = laid.dimensions.flatMap((one) => (one.kind === 'axis' ? [{ id: one.id, option: keyAt(view, codeOf(one), row, column) ?? '' }] : [])).filter((axis) => axis.option !== '');
  const standing = keyAt(view, 'standing', row, column) ?? query.standing;
  const cell = axes.length === 0 ? undefined : cellOf(book, facts.breakdown, axes);
  if (axes.length > 0 && cell === undefined) return undefined;
  return withQuery('/giai-thich', { [facts.measure.kind === 'indicator' ? 'chi' : 'so']: facts.measure.id, o: cell, 'don-vi': unit, ky: period, muc: standing === 'approved' ? 'da-duyet' : undefined, 'ban-do': query.mapDay ?? undefined });
}

/** The one cell of a breakdown these options name; undefined when they name several. */
function cellOf(book: Book, breakdown: string | null, axes: readonly { readonly id: string; readonly option: string }[]): string | undefined {
  const found = book.dictionary.disaggregations.find((one) => one.id === breakdown);
  const cells = found?.cells.filter((cell) => axes.every(({ id, option }) => cell.options[found.axes.findIndex((axis) => axis.id === id)] === option)) ?? [];
  return cells.length === 1 ? cells[0]?.id : undefined;
}

/** The greatest number of a measure over the lines drawn, so that panels of one measure share one scale. */
export function mostOf(view: View, rows: readonly Line[], columns: readonly Line[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const row of rows) for (const column of columns) {
    const value: Compact = view.laid.values[row.offset + column.offset] ?? null;
    if (typeof value !== 'number') continue;
    const key = factsAt(view, row, column)?.key ?? '';
    most.set(key, Math.max(most.get(key) ?? 0, value));
  }
  return most;
}
