/** A question and its drawing as one compact text in the address, so that a link shows the same. */
import { isPeriod, periodRange, periodTypeOf } from '#kernel/period.ts';
import type { Analysis, Measure, PivotQuery } from '../schema.ts';

export type DrawingShape = Analysis['drawing'];
export type DrawingKind = DrawingShape['kind'];
export const drawingKinds = ['table', 'bars', 'lines', 'small-multiples', 'tiles', 'map'] as const satisfies readonly DrawingKind[];
/** A question as it is asked, and how it is drawn. */
export type Asked = { readonly query: PivotQuery; readonly drawing: DrawingShape };

export const plainDrawing: DrawingShape = { kind: 'table', rows: [], columns: ['period'], sort: null };
export const isAskable = (query: PivotQuery): boolean => query.measures.length > 0 && query.periods.length > 0;

const pattern = { id: /^[A-Za-z][A-Za-z0-9_-]{0,62}$/, unit: /^[0-9A-Za-z_.-]{1,12}$/, level: /^(self|children|list|province|commune|level-([4-9]|1[0-9]))$/, day: /^\d{4}-\d{2}-\d{2}$/, code: /^.{1,63}$/s };
const shortKinds: Readonly<Record<DrawingKind, string>> = { table: 't', bars: 'b', lines: 'l', 'small-multiples': 'm', map: 'c', tiles: 'o' };

/** Only letters, digits and `-` stand for themselves, so `.`, `*` and `_` are free to part the text and nothing is percent-coded. */
const pack = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, (char) => `_${(char.codePointAt(0) ?? 0).toString(16)}_`);
const unpack = (text: string): string => text.replace(/_([0-9a-f]{1,6})_/g, (whole, hex: string) => (Number.parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(hex, 16)) : whole));
const field = (letter: string, list: readonly string[]): string => letter + list.map(pack).join('.');

/** Periods of one type without a gap are written as their two ends. */
function packPeriods(periods: readonly string[]): string {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return '';
  const whole = periodTypeOf(first) === periodTypeOf(last) ? periodRange(first, last) : [];
  return whole.length === periods.length && whole.every((one, at) => one === periods[at]) ? field('p', first === last ? [first] : [first, last]) : field('l', periods);
}

export function packAsked({ query, drawing }: Asked): string {
  const { measures, units, where } = query;
  const parts = [
    measures.length > 0 ? field('m', measures.map((one) => (one.kind === 'element' ? 'e' : 'i') + one.id)) : '', packPeriods(query.periods),
    field('u', [units.of, units.level]), units.list !== undefined && units.list.length > 0 ? field('v', units.list) : '',
    (query.groups ?? []).length > 0 ? field('g', query.groups ?? []) : '', (query.axes ?? []).length > 0 ? field('x', query.axes ?? []) : '', query.attribute === true ? 'a' : '',
    ...(where?.axes ?? []).map((one) => field('X', [one.axis, ...one.options])), ...(where?.groups ?? []).map((one) => field('G', [one.set, ...one.groups])),
    (where?.attributes ?? []).length > 0 ? field('A', where?.attributes ?? []) : '',
    query.standing === 'reported' ? '' : `s${query.standing === 'both' ? 'b' : 'a'}`, query.mapDay == null ? '' : `d${query.mapDay}`, query.counts === true ? 'n' : '',
    drawing.kind === 'table' ? '' : `k${shortKinds[drawing.kind]}`, drawing.rows.length > 0 ? field('r', drawing.rows) : '', drawing.columns.length > 0 ? field('c', drawing.columns) : '', drawing.sort === null ? '' : field('o', [drawing.sort]),
  ];
  return parts.filter((part) => part !== '').join('*');
}

const measureOf = (text: string): Measure[] => {
  const id = text.slice(1);
  return pattern.id.test(id) && (text[0] === 'e' || text[0] === 'i') ? [{ kind: text[0] === 'e' ? 'element' : 'indicator', id }] : [];
};
function periodsOf(letter: string, list: readonly string[]): string[] {
  const good = list.filter(isPeriod);
  const [first, last = first] = good;
  if (letter === 'l' || first === undefined || last === undefined) return good.slice(0, 240);
  return periodTypeOf(first) === periodTypeOf(last) ? periodRange(first, last).slice(0, 240) : good;
}
const heads = (list: readonly string[]): readonly [string, string[]] => [list[0] ?? '', list.slice(1)];

/** The question an address holds; parts that make no sense are as if they were not there. */
export function unpackAsked(text: string, start: PivotQuery): Asked {
  let query: PivotQuery = { ...start, measures: [], periods: [] };
  let drawing: DrawingShape = { ...plainDrawing, columns: [] };
  let where: NonNullable<PivotQuery['where']> = {};
  for (const part of text.split('*')) {
    const letter = part[0] ?? '';
    const list = part.length > 1 ? part.slice(1).split('.').map(unpack) : [];
    const codes = list.filter((one) => pattern.code.test(one));
    const [head, rest] = heads(codes);
    if (letter === 'm') query = { ...query, measures: list.flatMap(measureOf).slice(0, 200) };
    else if (letter === 'p' || letter === 'l') query = { ...query, periods: periodsOf(letter, list) };
    else if (letter === 'u' && pattern.unit.test(head) && pattern.level.test(rest[0] ?? '')) query = { ...query, units: { ...query.units, of: head, level: rest[0] ?? 'children' } };
    else if (letter === 'v') query = { ...query, units: { ...query.units, list: codes.filter((one) => pattern.unit.test(one)).slice(0, 5000) } };
    else if (letter === 'g') query = { ...query, groups: codes.slice(0, 4) };
    else if (letter === 'x') query = { ...query, axes: codes.slice(0, 4) };
    else if (letter === 'a') query = { ...query, attribute: true };
    else if (letter === 'X' && rest.length > 0) where = { ...where, axes: [...(where.axes ?? []), { axis: head, options: rest }].slice(0, 8) };
    else if (letter === 'G' && rest.length > 0) where = { ...where, groups: [...(where.groups ?? []), { set: head, groups: rest }].slice(0, 8) };
    else if (letter === 'A') where = { ...where, attributes: codes };
    else if (letter === 's') query = { ...query, standing: part[1] === 'b' ? 'both' : 'approved' };
    else if (letter === 'd' && pattern.day.test(part.slice(1))) query = { ...query, mapDay: part.slice(1) };
    else if (letter === 'n') query = { ...query, counts: true };
    else if (letter === 'k') drawing = { ...drawing, kind: drawingKinds.find((kind) => shortKinds[kind] === part[1]) ?? 'table' };
    else if (letter === 'r') drawing = { ...drawing, rows: codes.slice(0, 8) };
    else if (letter === 'c') drawing = { ...drawing, columns: codes.slice(0, 8) };
    else if (letter === 'o') drawing = { ...drawing, sort: head === '' ? null : head.slice(0, 80) };
  }
  if (query.units.level === 'list' && (query.units.list ?? []).length === 0) query = { ...query, units: { of: query.units.of, level: 'children' } };
  return { query: Object.keys(where).length === 0 ? query : { ...query, where }, drawing };
}
