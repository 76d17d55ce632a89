/** Checks of items by themselves: breakdowns, elements, forms, targets. */
import { isPeriod } from '#kernel/period.ts';
import type { Verdict } from '../schema/files.ts';
import type { DataElement, DataSet } from '../schema/items.ts';
import type { At, Known } from './known.ts';
import { error, warning } from './read-items.ts';

/** A packed row stays inside its page up to about this many places (PERFORMANCE.md, section 2). */
export const mostPlaces = 240;

export const checkDisaggregations = (known: Known): Verdict[] => known.all('disaggregation').flatMap(({ item, at }) => {
  const found: Verdict[] = [];
  const ids = new Set<string>();
  const combinations = new Map<string, string>();
  for (const cell of item.cells) {
    if (ids.has(cell.id)) found.push(error(at, 'cell-twice', 'cells', { cell: cell.id }));
    ids.add(cell.id);
    const fits = cell.options.length === item.axes.length && item.axes.every((axis, index) => axis.options.some((option) => option.id === cell.options[index]));
    if (!fits) found.push(error(at, 'cell-options-wrong', 'cells', { cell: cell.id, axes: item.axes.map((axis) => axis.id).join(' × ') }));
    const other = combinations.get(cell.options.join(' '));
    if (other !== undefined) found.push(error(at, 'cells-alike', 'cells', { cell: cell.id, other }));
    combinations.set(cell.options.join(' '), cell.id);
  }
  return found;
});

const addsOverUnits = new Set(['sum', 'last', 'average-sum']);

export function checkElements(known: Known): Verdict[] {
  const listed = new Set(known.all('data-set').flatMap(({ item }) => item.sections.flatMap((section) => section.elements)));
  return known.all('data-element').flatMap(({ item, at }) => [
    ...meaningless(item, at),
    ...(item.validTo === null && !listed.has(item.id) ? [warning(at, 'element-nowhere')] : []),
  ]);
}

/** Adding what cannot be added: a per cent over units, an answer yes over months, a text at all. */
function meaningless({ valueType, aggregation }: DataElement, at: At): Verdict[] {
  if (valueType === 'text' && aggregation !== 'none') return [error(at, 'sum-of-text', 'aggregation', { aggregation })];
  if (valueType === 'percent' && addsOverUnits.has(aggregation)) return [error(at, 'sum-of-percent', 'aggregation', { aggregation })];
  if (valueType === 'yes-no' && (aggregation === 'sum' || aggregation === 'average-sum')) return [error(at, 'sum-of-yes', 'aggregation', { aggregation })];
  return [];
}

export function checkDataSets(known: Known): Verdict[] {
  const periodTypes = new Map<string, { readonly type: string; readonly dataSet: string }>();
  return known.all('data-set').flatMap(({ item, at }) => {
    const found = [...checkListing(item, at), ...checkPlaces(item, at, known)];
    for (const element of new Set(item.sections.flatMap((section) => section.elements))) {
      const other = periodTypes.get(element);
      if (other !== undefined && other.type !== item.periodType) found.push(warning(at, 'element-in-two-period-types', 'periodType', { id: element, other: other.dataSet }));
      periodTypes.set(element, { type: item.periodType, dataSet: item.id });
    }
    return found;
  });
}

function checkListing(item: DataSet, at: At): Verdict[] {
  const elements = item.sections.flatMap((section) => section.elements);
  const known = new Set<string>();
  const twice = elements.filter((one) => known.has(one) || !known.add(one));
  const sections = item.sections.map((section) => section.id);
  return [
    ...[...new Set(twice)].map((id) => error(at, 'element-listed-twice', 'sections', { id })),
    ...sections.filter((one, index) => sections.indexOf(one) !== index).map((id) => error(at, 'section-twice', 'sections', { id })),
    ...item.compulsory.filter((id) => !known.has(id)).map((id) => error(at, 'compulsory-not-listed', 'compulsory', { id })),
  ];
}

function checkPlaces(item: DataSet, at: At, known: Known): Verdict[] {
  const places = item.sections.flatMap((section) => section.elements).map((id) => {
    const breakdown = known.latest('data-element', id)?.disaggregation ?? null;
    return breakdown === null ? 1 : (known.latest('disaggregation', breakdown)?.cells.length ?? 1);
  }).reduce((sum, one) => sum + one, 0);
  return places > mostPlaces ? [warning(at, 'too-many-places', 'sections', { places, most: mostPlaces })] : [];
}

/** Targets that somebody may be held to; the others are kept as they were said. */
const binding = new Set(['adopted', 'pm_instruction', 'working_goal']);

export const checkTargets = (known: Known): Verdict[] => known.all('target').flatMap(({ item, at }) => {
  const wrong = item.path.filter((point) => !isPeriod(point.period));
  const order = item.path.map((point) => point.period);
  return [
    ...(item.indicator === null && binding.has(item.status) ? [warning(at, 'target-without-indicator', 'indicator')] : []),
    ...(item.low === null && item.path.length > 0 ? [error(at, 'path-without-value', 'path')] : []),
    ...(item.low === null && item.tiers.length > 0 ? [error(at, 'path-without-value', 'tiers')] : []),
    ...(item.low !== null && item.high !== null && item.low > item.high ? [error(at, 'range-reversed', 'high', { low: item.low, high: item.high })] : []),
    ...wrong.map((point) => error(at, 'period-wrong', 'path', { period: point.period })),
    ...(order.some((one, index) => index > 0 && one <= (order[index - 1] ?? '')) ? [error(at, 'path-out-of-order', 'path')] : []),
    ...(item.baseline !== null && !isPeriod(item.baseline.period) ? [error(at, 'period-wrong', 'baseline', { period: item.baseline.period })] : []),
  ];
});
