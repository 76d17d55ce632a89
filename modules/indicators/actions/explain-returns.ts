/** Which returns a figure stands on, found in the vectors it was computed from: so the list, the hash and the figure are of one state. */
import type { UnitRow } from '#modules/org-units/index.ts';
import { opensSmallCounts } from '../rules/protect.ts';
import { returnLines, type RecipeReturn } from '../rules/recipe.ts';
import { mayReadFigures, placeOf, readsNation } from '../rules/scope.ts';
import { readSlots, type Block } from '../rules/vectors.ts';
import { waysOf } from '../rules/ways.ts';
import type { Figure } from '../schema.ts';
import { codesBelow, type Frame, type Term } from './explain-frame.ts';
import { shown } from './guard.ts';
import { askedOf, countsOf } from './measure.ts';
import type { DayUnits } from './scene.ts';
import { placesOn } from './sheets.ts';

/** One return that counts in the figure. */
export type Behind = {
  readonly key: Omit<RecipeReturn, 'rev'>; readonly rev: number;
  /** The unit on the period's own map. */
  readonly unit: UnitRow; readonly then: DayUnits;
  /** Where it counts on the figure's map: the unit itself, what it was merged into (`whole`), or what holds its parts. */
  readonly target: UnitRow; readonly whole: boolean;
  readonly block: Block; readonly row: number;
};

/** Every return at and below the unit, of each source; in the approved sums where these are asked. A unit merged since counts through its successor. */
export function returnsOf(frame: Frame): Behind[] {
  const { scene, span, standing, sources } = frame;
  const here = codesBelow(frame);
  const { byCode } = scene.tree(span.treeDay);
  const found: Behind[] = [];
  for (const { dataSet, period } of sources) {
    const then = scene.tree(scene.treeDayOf(period));
    const placeOn = placesOn(scene, scene.treeDayOf(period), span.treeDay);
    for (const [attribute, block] of scene.base(dataSet, period, true).blocks ?? []) {
      block.units.forEach((orgUnit, row) => {
        if (standing === 'approved' && block.approved[row] !== 1) return;
        const place = placeOn(orgUnit);
        const unit = then.byCode.get(orgUnit);
        const target = place === undefined || !here.has(place.code) ? undefined : byCode.get(place.code);
        if (unit === undefined || target === undefined || place === undefined) return;
        found.push({ key: { province: unit.province, orgUnit, period, dataSet, attribute }, rev: block.rev[row] ?? 0, unit, then, target, whole: place.whole, block, row });
      });
    }
  }
  return found;
}

/** The recipe's lines of returns, sorted; kept while none of the returns moved, for a year of the nation has forty thousand. */
export function linesOf(frame: Frame, returns: readonly Behind[]): readonly string[] {
  const { scene, unit, span, standing, sources } = frame;
  const bases = sources.map(({ dataSet, period }) => scene.base(dataSet, period, true));
  return scene.cache.derived(`recipe ${unit.code} ${span.treeDay} ${standing} ${sources.map((one) => `${one.dataSet} ${one.period}`).join()}`, [scene.tree(span.treeDay), ...bases],
    () => returnLines(returns.map((one) => ({ ...one.key, rev: one.rev }))));
}

/** Whether the reader may be shown single returns of the unit: who reads the unit of then, or all that it became. */
export function readableReturns({ scene, actor, span }: Frame, returns: readonly Behind[]): Behind[] {
  if (readsNation(actor)) return [...returns];
  const tree = scene.tree(span.treeDay);
  const reads = new Map<string, boolean>();
  const may = (unit: UnitRow, on: DayUnits): boolean => {
    const key = `${unit.id} ${on.day}`;
    const known = reads.get(key) ?? mayReadFigures(actor, placeOf(unit, on.ancestors.get(unit.code) ?? []));
    reads.set(key, known);
    return known;
  };
  return returns.filter(({ unit, then, target, whole }) => may(unit, then) || (whole && may(target, tree)));
}

/** Whether small counts of this return are open to the reader (SECURITY E4): to who enters or approves the unit, or the one that it became. */
export function opensReturn({ scene, actor, span }: Frame, { unit, then, target, whole }: Behind): boolean {
  const open = (row: UnitRow, on: DayUnits): boolean => { const place = placeOf(row, on.ancestors.get(row.code) ?? []); return opensSmallCounts(actor, place.province, place.commune ?? ''); };
  return open(target.id === unit.id ? target : unit, target.id === unit.id ? scene.tree(span.treeDay) : then) || (whole && open(target, scene.tree(span.treeDay)));
}

/** Reads the terms' cells out of single returns. What is hidden from the reader has no weight, so that the order of the list tells nothing of it. */
export function termReader(frame: Frame): { readonly values: (one: Behind) => Figure[]; readonly weight: (one: Behind) => number } {
  const { scene, guard, standing } = frame;
  const readers = frame.terms.map((term) => {
    const hides = guard.hider(term.element, term.span, standing);
    const bases = new Set(askedOf(scene, term.cells.dataSet, { span: term.span, standing, attribute: null })?.bases);
    const known = new Map<string, boolean>();
    const hidden = (one: Behind): boolean => {
      if (!term.element.protected) return false;
      // a unit that became another was weighed on its own map, where it may have been one of two that hide each other
      if (one.target.id !== one.unit.id) return !opensReturn(frame, one);
      const is = known.get(one.target.code) ?? hides(one.target);
      known.set(one.target.code, is);
      return is;
    };
    // a term of the year before has no value in a return of this year
    const cellOf = (one: Behind): number | null => (one.key.dataSet === term.cells.dataSet && bases.has(one.key.period) ? cellValue(term, one) : null);
    return { cellOf, hidden };
  });
  return {
    values: (one) => readers.map(({ cellOf, hidden }) => shown(cellOf(one), hidden(one))),
    weight: (one) => readers.reduce((sum, { cellOf, hidden }) => { const value = cellOf(one); return value === null || hidden(one) ? sum : sum + Math.abs(value); }, 0),
  };
}

function cellValue({ cells, element }: Term, { block, row }: Behind): number | null {
  const way = waysOf(element).units;
  return readSlots({ sums: block.values, counts: countsOf(block), width: block.width }, row, cells.slots, way === 'none' ? 'sum' : way).value;
}
