/** The answer of a pivot laid out in rows and columns. No value is copied: a row and a column each know their place in the flat list. */
import type { Compact, Dimension, PivotReply } from '../schema.ts';
import type { DrawingShape } from './analysis-state.ts';

/** `measure`, `period`, `unit`, `attribute`, `standing`, `g-<set>`, `x-<axis>`. */
export const codeOf = (dimension: Pick<Dimension, 'kind' | 'id'>): string => (dimension.kind === 'group' ? `g-${dimension.id}` : dimension.kind === 'axis' ? `x-${dimension.id}` : dimension.kind);

/** One row or column: its keys, one a dimension of its side, and where its values begin. */
export type Line = { readonly key: string; readonly at: readonly number[]; readonly offset: number };
export type Laid = {
  readonly dimensions: readonly Dimension[];
  /** Numbers of dimensions on each side, in order; those of one key stand on neither. */
  readonly rowDims: readonly number[]; readonly columnDims: readonly number[]; readonly single: readonly number[];
  readonly rows: readonly Line[]; readonly columns: readonly Line[]; readonly values: readonly Compact[]; readonly counts: readonly number[] | null;
  /** Rows left out: the measure has no such breakdown, the group holds nothing of the unit, or the measure was refused. */
  readonly left: number;
};

export const valueIn = ({ values }: Laid, row: Line, column: Line): Compact => values[row.offset + column.offset] ?? null;

/** How far apart two neighbours of each dimension lie; the last dimension is the fastest. */
function stridesOf(dimensions: readonly Dimension[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let at = dimensions.length - 1; at >= 0; at -= 1) { strides[at] = stride; stride *= Math.max(1, dimensions[at]?.keys.length ?? 1); }
  return strides;
}

function linesOf(dimensions: readonly Dimension[], strides: readonly number[], side: readonly number[]): Line[] {
  let lines: Line[] = [{ key: '', at: [], offset: 0 }];
  for (const number of side) {
    const keys = dimensions[number]?.keys ?? [];
    const stride = strides[number] ?? 1;
    lines = lines.flatMap((line) => keys.map((key, at) => ({ key: line.key === '' ? key : `${line.key}|${key}`, at: [...line.at, at], offset: line.offset + at * stride })));
  }
  return lines;
}

type Placing = Pick<DrawingShape, 'rows' | 'columns'> & { readonly kind?: DrawingShape['kind'] };
/**
 * Which dimension stands where: as the drawing says, the rest on the rows, so that none is ever lost. Of one key: on neither. A map has
 * units on its rows and nothing else; bars have one measure at a time, chosen as a column.
 */
export function sidesOf(dimensions: readonly Dimension[], drawing: Placing): { rows: number[]; columns: number[]; single: number[] } {
  const wide = dimensions.map((one, at) => ({ at, code: codeOf(one), many: one.keys.length !== 1 }));
  const places = drawing.kind === 'tiles' || drawing.kind === 'map';
  const take = (codes: readonly string[]): number[] => [...new Set(codes)].flatMap((code) => wide.filter((one) => one.many && one.code === code && !(places && code === 'unit')).map((one) => one.at));
  const columns = take(drawing.columns);
  const named = places ? [] : take(drawing.rows).filter((at) => !columns.includes(at));
  const free = wide.filter((one) => one.many && !columns.includes(one.at) && !named.includes(one.at));
  const across = free.filter((one) => (places ? one.code !== 'unit' : drawing.kind === 'bars' && ['measure', 'standing'].includes(one.code)));
  columns.unshift(...across.map((one) => one.at));
  const rest = free.filter((one) => !across.includes(one));
  const rank = ['unit', 'group', 'measure', 'axis', 'attribute', 'standing', 'period'];
  rest.sort((a, b) => rank.indexOf(dimensions[a.at]?.kind ?? '') - rank.indexOf(dimensions[b.at]?.kind ?? ''));
  return { rows: [...named, ...rest.map((one) => one.at)], columns, single: wide.filter((one) => !one.many).map((one) => one.at) };
}

type Sides = ReturnType<typeof sidesOf>;
type Whole = { readonly all: readonly Line[]; readonly columns: readonly Line[]; readonly dimensions: readonly Dimension[]; readonly strides: readonly number[]; readonly sides: Sides; readonly values: readonly Compact[] };

/** Rows of combinations of measure and breakdown that hold a figure anywhere; of the others the programme has none to hold. */
function withMeaning({ all, columns, dimensions, strides, sides, values }: Whole): Line[] {
  const telling = dimensions.flatMap((one, at) => (one.kind === 'measure' || one.kind === 'axis' ? [at] : []));
  const spotOf = (line: Line, side: readonly number[]): number => side.reduce((sum, number, at) => (telling.includes(number) ? sum + (line.at[at] ?? 0) * (strides[number] ?? 1) : sum), 0);
  const spotOfValue = (index: number): number => telling.reduce((sum, number) => sum + (Math.floor(index / (strides[number] ?? 1)) % (dimensions[number]?.keys.length ?? 1)) * (strides[number] ?? 1), 0);
  const alive = new Set<number>();
  values.forEach((value, index) => { if (value !== null) alive.add(spotOfValue(index)); });
  const across = [...new Set(columns.map((column) => spotOf(column, sides.columns)))];
  return all.filter((row) => { const spot = spotOf(row, sides.rows); return across.some((other) => alive.has(spot + other)); });
}

/** Rows of a unit in groups that hold none of it: left out where another group holds a figure of the unit, so a silent unit keeps its rows. */
function inOwnGroups({ all, columns, dimensions, sides, values }: Whole): Line[] {
  const unitAt = sides.rows.findIndex((at) => dimensions[at]?.kind === 'unit');
  if (unitAt === -1) return [...all];
  const told = new Set<number>();
  const filled = all.map((row) => {
    const has = columns.some((column) => values[row.offset + column.offset] != null);
    if (has) told.add(row.at[unitAt] ?? 0);
    return has;
  });
  return all.filter((row, at) => filled[at] === true || !told.has(row.at[unitAt] ?? 0));
}

/** Rows of a measure that was refused are told of once, with the reason, and not again as empty rows; one refused for some periods only stays. */
function answered({ all, columns, dimensions, sides, values }: Whole, refused: PivotReply['refused']): Line[] {
  const side = sides.rows.findIndex((at) => dimensions[at]?.kind === 'measure');
  const keys = dimensions[sides.rows[side] ?? -1]?.keys ?? [];
  const out = new Set(refused.map((one) => one.measure));
  const told = new Set(all.flatMap((row) => (columns.some((column) => values[row.offset + column.offset] != null) ? [row.at[side]] : [])));
  return all.filter((row) => told.has(row.at[side]) || !out.has((keys[row.at[side] ?? 0] ?? '').replace(/^[a-z]+:/, '')));
}

/** @param withEmpty also rows whose breakdown the measure does not have */
export function layOut(reply: Pick<PivotReply, 'dimensions' | 'values' | 'counts'> & { readonly refused?: PivotReply['refused'] }, drawing: Placing, withEmpty = false): Laid {
  const { dimensions, values, counts } = reply;
  const strides = stridesOf(dimensions);
  const sides = sidesOf(dimensions, drawing);
  const columns = linesOf(dimensions, strides, sides.columns);
  const all = linesOf(dimensions, strides, sides.rows);
  const onRows = (kind: Dimension['kind']): boolean => sides.rows.some((at) => dimensions[at]?.kind === kind);
  const whole: Whole = { all, columns, dimensions, strides, sides, values };
  const meant = withEmpty || !onRows('axis') ? all : withMeaning(whole);
  const grouped = withEmpty || !onRows('group') ? meant : inOwnGroups({ ...whole, all: meant });
  const rows = withEmpty || !onRows('measure') ? grouped : answered({ ...whole, all: grouped }, reply.refused ?? []);
  return { dimensions, rowDims: sides.rows, columnDims: sides.columns, single: sides.single, rows, columns, values, counts, left: all.length - rows.length };
}

/** Rows by the values of one column: numbers in order, hidden ones below them, missing ones last whichever way. */
export function sortLines(laid: Laid, sort: { readonly column: number; readonly down: boolean } | undefined): readonly Line[] {
  const column = sort === undefined ? undefined : laid.columns[sort.column];
  if (sort === undefined || column === undefined) return laid.rows;
  const rank = (value: Compact): number => (value === null ? 2 : value === '<' ? 1 : 0);
  return [...laid.rows].sort((a, b) => {
    const [x, y] = [valueIn(laid, a, column), valueIn(laid, b, column)];
    if (typeof x === 'number' && typeof y === 'number') return sort.down ? y - x : x - y;
    return rank(x) - rank(y);
  });
}

/** `3-d`: by the fourth column, downwards. */
export function readSort(text: string | null): { readonly column: number; readonly down: boolean } | undefined {
  const found = /^(\d{1,5})-([ad])$/.exec(text ?? '');
  return found === null ? undefined : { column: Number(found[1]), down: found[2] === 'd' };
}

/** A round upper end: 1, 2, 2.5 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value * 0.999999) ?? 10) * power;
}

/** Lower ends of six classes of about equal numbers of units. */
export function classBounds(values: readonly Compact[]): number[] {
  const sorted = values.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b);
  return [...new Set([0, 1, 2, 3, 4, 5].flatMap((at) => sorted[Math.floor((at * sorted.length) / 6)] ?? []))];
}
export const classIn = (value: number, bounds: readonly number[]): 1 | 2 | 3 | 4 | 5 | 6 => ([1, 2, 3, 4, 5, 6] as const)[Math.max(0, bounds.findLastIndex((low) => value >= low))] ?? 1;
