/** The dimensions of a pivot, and which slots of an element stand under each key of its axes. */
import type { DataElement, Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Dimension, PivotQuery, PivotReply, Standing } from '../schema.ts';
import { namesOf, readable, stop, unitFor } from './ask.ts';
import { cellsOf, elementIn, type Cells, type Span } from './measure.ts';
import type { Reader } from './overview.ts';
import type { DayUnits, Scene } from './scene.ts';
import type { Fold } from './sheets.ts';

export type AskedMeasure = { readonly kind: 'element'; readonly id: string; readonly element: DataElement } | { readonly kind: 'indicator'; readonly id: string; readonly indicator: Indicator };
export type Refused = PivotReply['refused'][number];

/** Measures as the latest span defines them; the drug-free share brings what must stand beside it (SECURITY E13). */
export function measuresOf(scene: Scene, query: PivotQuery, span: Span): { measures: AskedMeasure[]; refused: Refused[] } {
  const refused: Refused[] = [];
  const named = span.programme.head.overview;
  const asked = query.measures.some((one) => one.kind === 'indicator' && one.id === named?.share) ? [...query.measures, ...(named?.beside ?? []).map((id) => ({ kind: 'indicator' as const, id }))] : query.measures;
  const seen = new Set<string>();
  const measures = asked.flatMap((one): AskedMeasure[] => {
    if (seen.has(`${one.kind} ${one.id}`)) return [];
    seen.add(`${one.kind} ${one.id}`);
    if (one.kind === 'indicator') {
      const indicator = span.programme.indicators.get(one.id) ?? scene.latest.indicators.get(one.id);
      if (indicator !== undefined) return [{ kind: 'indicator', id: one.id, indicator }];
    } else {
      const element = elementIn(scene, span, one.id);
      if (element !== undefined && cellsOf(scene, one.id, null) !== undefined) return [{ kind: 'element', id: one.id, element }];
    }
    refused.push({ measure: one.id, code: 'unknown', detail: '' });
    return [];
  });
  return { measures, refused };
}

/** One value of each axis dimension, '' where the element has no such axis. */
export type AxisKey = readonly string[];
export type Axes = { readonly dimensions: readonly Dimension[]; readonly keys: readonly AxisKey[] };

/** Every combination of lists, the last one fastest; one empty combination of none. */
export const crossed = (lists: readonly (readonly string[])[]): string[][] => lists.reduce<string[][]>((sofar, list) => sofar.flatMap((head) => list.map((one) => [...head, one])), [[]]);

export function axesOf(query: PivotQuery, measures: readonly AskedMeasure[], span: Span): Axes {
  const wanted = query.axes ?? [];
  const breakdowns = measures.flatMap((one) => (one.kind === 'element' && one.element.disaggregation !== null ? span.programme.disaggregations.get(one.element.disaggregation) ?? [] : []));
  const dimensions = wanted.map((id): Dimension => {
    const axes = breakdowns.flatMap((one) => one.axes).filter((axis) => axis.id === id);
    const options = new Map(axes.flatMap((axis) => axis.options).map((option) => [option.id, option.name]));
    const only = query.where?.axes?.find((one) => one.axis === id)?.options;
    const without = measures.some((one) => one.kind === 'indicator' || !(span.programme.disaggregations.get(one.element.disaggregation ?? '')?.axes.some((axis) => axis.id === id) ?? false));
    const keys = [...options.keys()].filter((option) => only?.includes(option) ?? true);
    return { kind: 'axis', id, name: axes[0]?.name ?? null, keys: [...keys, ...(without ? [''] : [])], names: [...keys.map((key) => options.get(key) ?? { vi: key, en: key }), ...(without ? [{ vi: '–', en: '–' }] : [])] };
  });
  return { dimensions, keys: crossed(dimensions.map((one) => one.keys)) };
}

/** The slots of an element under a key of the axes, filters applied; undefined when the key is not the element's. */
export function slotsUnder(scene: Scene, query: PivotQuery, element: DataElement, span: Span, key: AxisKey): Cells | undefined {
  const breakdown = element.disaggregation === null ? undefined : span.programme.disaggregations.get(element.disaggregation);
  const axes = breakdown?.axes.map((axis) => axis.id) ?? [];
  const needs: { readonly at: number; readonly options: readonly string[] }[] = [];
  for (const [i, id] of (query.axes ?? []).entries()) {
    const at = axes.indexOf(id);
    const option = key[i] ?? '';
    if ((at === -1) !== (option === '')) return undefined;
    if (at !== -1) needs.push({ at, options: [option] });
  }
  for (const { axis, options } of query.where?.axes ?? []) if (axes.includes(axis)) needs.push({ at: axes.indexOf(axis), options });
  if (needs.length === 0 || breakdown === undefined) return cellsOf(scene, element.id, null);
  return cellsOf(scene, element.id, breakdown.cells.filter((cell) => needs.every(({ at, options }) => options.includes(cell.options[at] ?? ''))).map((cell) => cell.id));
}

/** The units a pivot asks for, in the order of the tree. Refused: units the reader may not ask about, an empty list. */
export function unitsOf(tree: DayUnits, query: PivotQuery, reader: Reader): readonly UnitRow[] {
  const { of, level, list } = query.units;
  if (level === 'list') {
    if (list === undefined || list.length === 0) stop({ code: 'unit-list-missing' });
    return (list ?? []).map((code) => unitFor(tree, reader.actor, code));
  }
  const unit = unitFor(tree, reader.actor, of);
  if (level === 'self') return [unit];
  if (level === 'children') return readable(tree, reader.actor, tree.children.get(unit.code) ?? []);
  return readable(tree, reader.actor, tree.rows.filter((row) => row.level === level && (row.code === unit.code || unit.depth === 1 || (tree.ancestors.get(row.code) ?? []).includes(unit.code))));
}

export type Groups = { readonly dimensions: readonly Dimension[]; readonly keys: readonly (readonly string[])[]; readonly fold: Fold; readonly nodeOf: (unit: string, key: readonly string[]) => string; readonly sets: readonly string[] };
/** Group sets as dimensions and filters: the parts of each unit that its groups make. Undefined when the query names none. */
export function groupsOf(scene: Scene, tree: DayUnits, query: PivotQuery, units: readonly UnitRow[], day: string): Groups | undefined {
  const filters = query.where?.groups ?? [];
  const wanted = [...new Set([...(query.groups ?? []), ...filters.map((one) => one.set)])];
  if (wanted.length === 0) return undefined;
  const all = scene.groups(day);
  const sets = wanted.map((id) => all.find((one) => one.id === id) ?? stop({ code: 'group-set-unknown', set: id }));
  const dimensions = (query.groups ?? []).map((id): Dimension => {
    const set = sets[wanted.indexOf(id)];
    const only = filters.find((one) => one.set === id)?.groups;
    const groups = (set?.groups ?? []).filter((group) => only?.includes(group.id) ?? true);
    return { kind: 'group', id, name: set?.name ?? null, keys: [...groups.map((group) => group.id), ...(only === undefined ? [''] : [])], names: [...groups.map((group) => group.name), ...(only === undefined ? [{ vi: 'Không thuộc nhóm nào', en: 'In no group' }] : [])] };
  });
  const asked = new Set(units.map((row) => row.code));
  const dimSets = (query.groups ?? []).map((id) => sets[wanted.indexOf(id)]);
  const nodeOf = (unit: string, key: readonly string[]): string => [unit, ...key].join('\u0000');
  const nodesOf = (code: string): string[] => {
    const fits = filters.every(({ set, groups }) => groups.includes(sets[wanted.indexOf(set)]?.groupOf.get(code) ?? ''));
    if (!fits) return [];
    const key = dimSets.map((set) => set?.groupOf.get(code) ?? '');
    return [code, ...(tree.ancestors.get(code) ?? [])].filter((node) => asked.has(node)).map((node) => nodeOf(node, key));
  };
  const keys = crossed(dimensions.map((one) => one.keys));
  const nodes = units.flatMap((row) => keys.map((key) => nodeOf(row.code, key)));
  return { dimensions, keys, nodeOf, sets: wanted, fold: { key: JSON.stringify([day, wanted, filters, query.groups ?? [], query.units]), nodes, nodesOf } };
}

export const unitDimension = (units: readonly UnitRow[]): Dimension => ({ kind: 'unit', id: 'unit', name: null, keys: units.map((row) => row.code), names: units.map(namesOf) });
export const standingsOf = (query: PivotQuery): readonly Standing[] => (query.standing === 'both' ? ['reported', 'approved'] : [query.standing]);
