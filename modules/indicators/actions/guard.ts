/** What a reader may not see of protected counts, decided from the vectors themselves, the same for all readers who are not entitled. */
import type { Actor } from '#kernel/actor.ts';
import type { DataElement, Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Period } from '#kernel/period.ts';
import { lazy } from '../rules/lazy.ts';
import { approvesProvince, hiddenTotals, hiddenUnits, isSmall, opensSmallCounts, type Contributor, type HiddenTotals } from '../rules/protect.ts';
import { placeOf } from '../rules/scope.ts';
import { readSlots } from '../rules/vectors.ts';
import { waysOf } from '../rules/ways.ts';
import type { Figure, Standing } from '../schema.ts';
import { askedOf, cellsOf, elementsOf, type Span } from './measure.ts';
import type { Scene } from './scene.ts';
import { nodeSheet, unitBlock, type Asked } from './sheets.ts';

const cellGroups = (scene: Scene, dataSet: string, element: string): number[][] => scene.slots.of(dataSet).filter((one) => one.element === element).map((one) => [one.slot]);

/** Totals of provinces that are hidden in one period of a data set: from stored roll-ups alone, so no unit need be read for it. */
function totalsHidden(scene: Scene, element: DataElement, asked: Asked): HiddenTotals {
  const tree = scene.tree(asked.treeDay);
  const cells = cellsOf(scene, element.id, null)?.slots ?? [];
  const [reported, approved] = (['reported', 'approved'] as const).map((standing) => nodeSheet(scene, { ...asked, standing, attribute: null }, []));
  if (reported === undefined || approved === undefined) return { reported: new Set(), approved: new Set() };
  return scene.cache.derived(`totals-hidden ${element.id} ${asked.dataSet} ${asked.bases.join()}`, [reported, approved, element], () => {
    const way = waysOf(element).units;
    const at = (sheet: typeof reported, node: string, slots: readonly number[]) => {
      const row = sheet.rowOf.get(node);
      return row === undefined ? { value: null, count: 0 } : readSlots(sheet, row, slots, way === 'none' ? 'sum' : way);
    };
    return hiddenTotals(tree.rows.filter((row) => row.depth === 2).map(({ code }) => {
      const groups = [cells, ...cells.map((slot) => [slot])];
      const most = (sheet: typeof reported): number => Math.max(0, ...cells.map((slot) => at(sheet, code, [slot]).count));
      const total = at(reported, code, cells).value ?? 0;
      const approvedTotal = at(approved, code, cells).value ?? 0;
      return {
        node: code, total, units: most(reported), small: groups.some((slots) => isSmall(at(reported, code, slots).value)),
        approvedTotal, approvedUnits: most(approved), approvedSmall: groups.some((slots) => isSmall(at(approved, code, slots).value)),
        restSmall: groups.some((slots) => isSmall((at(reported, code, slots).value ?? 0) - (at(approved, code, slots).value ?? 0))),
      };
    }));
  });
}

/** Units below provinces whose element is hidden in one period, over the whole nation. */
function unitsHidden(scene: Scene, element: DataElement, asked: Asked): ReadonlySet<string> {
  const tree = scene.tree(asked.treeDay);
  const reported = unitBlock(scene, { ...asked, standing: 'reported', attribute: null });
  const totals = totalsHidden(scene, element, asked);
  return scene.cache.derived(`units-hidden ${element.id} ${asked.dataSet} ${asked.bases.join()}`, [reported, totals, element], () => {
    const groups = cellGroups(scene, asked.dataSet, element.id);
    const byProvince = new Map<string, Contributor[]>();
    reported.units.forEach((unit, row) => {
      const here = tree.byCode.get(unit);
      if (here === undefined || here.depth < 3) return;
      const above = tree.ancestors.get(unit) ?? [];
      const province = above[above.length - 2] ?? '';
      const cells = groups.map(([slot = 0]) => { const value = reported.values[row * reported.width + slot - 1]; return value === undefined || Number.isNaN(value) ? null : value; });
      const given = cells.filter((value) => value !== null);
      const list = byProvince.get(province) ?? [];
      list.push({ unit, cells, total: given.length === 0 ? null : given.reduce((sum, value) => sum + value, 0), approved: reported.approved[row] === 1 });
      byProvince.set(province, list);
    });
    return new Set([...byProvince].flatMap(([province, list]) => [...hiddenUnits(list, totals.reported.has(province) || totals.approved.has(province))]));
  });
}

const baseAsked = (asked: Asked, period: Period, scene: Scene): Asked => ({ ...asked, bases: [period], treeDay: scene.treeDayOf(period) });

export type Guard = {
  /** Whether the reader may not see this element of this unit in this span. */
  readonly hides: (element: DataElement, unit: UnitRow, span: Span, standing: Standing) => boolean;
  /** The same for one unit after another. */
  readonly hider: (element: DataElement, span: Span, standing: Standing) => (unit: UnitRow) => boolean;
  readonly hidesIndicator: (indicator: Indicator, unit: UnitRow, span: Span, standing: Standing) => boolean;
  /** How many units below a node are hidden, by group: what decides whether sums of groups may be shown. */
  readonly hiddenBelow: (element: DataElement, span: Span) => ReadonlySet<string>;
  readonly seesAllOf: (province: string) => boolean;
};

export function guardFor(scene: Scene, actor: Actor): Guard {
  const hider: Guard['hider'] = (element, span, standing) => {
    const dataSet = element.protected ? cellsOf(scene, element.id, null)?.dataSet : undefined;
    const asked = dataSet === undefined ? undefined : askedOf(scene, dataSet, { span, standing, attribute: null });
    if (asked === undefined) return () => false;
    const bases = asked.bases.map((period) => baseAsked(asked, period, scene));
    const tree = scene.tree(span.treeDay);
    const maps = [...new Set(bases.map((base) => scene.tree(base.treeDay)))].filter((map) => map !== tree);
    const [totals, units] = [lazy(() => bases.map((base) => totalsHidden(scene, element, base)[standing])), lazy(() => bases.map((base) => unitsHidden(scene, element, base)))];
    return (unit) => {
      if (unit.depth <= 1 || approvesProvince(actor, unit.province)) return false;
      if (unit.depth === 2) return totals().some((set) => set.has(unit.code));
      const place = placeOf(unit, tree.ancestors.get(unit.code) ?? []);
      if (opensSmallCounts(actor, place.province, place.commune ?? '')) return false;
      // what was added up from other units was not weighed as one: hidden whole
      if (unit.depth > 3 || tree.children.has(unit.code) || maps.some((map) => map.byCode.get(unit.code)?.id !== unit.id)) return true;
      return units().some((set) => set.has(unit.code));
    };
  };
  const hides: Guard['hides'] = (element, unit, span, standing) => hider(element, span, standing)(unit);
  const parts = new Map<string, { readonly element: DataElement; readonly span: Span }[]>();
  const protectedParts = (indicator: Indicator, span: Span) => {
    const key = `${indicator.id} ${span.period} ${span.treeDay}`;
    const known = parts.get(key) ?? elementsOf(scene, indicator, span).filter((one) => one.element.protected);
    parts.set(key, known);
    return known;
  };
  return {
    hides, hider,
    hidesIndicator: (indicator, unit, span, standing) => protectedParts(indicator, span).some((one) => hides(one.element, unit, one.span, standing)),
    hiddenBelow: (element, span) => {
      const dataSet = cellsOf(scene, element.id, null)?.dataSet;
      const asked = dataSet === undefined ? undefined : askedOf(scene, dataSet, { span, standing: 'reported', attribute: null });
      return new Set(asked === undefined ? [] : asked.bases.flatMap((period) => [...unitsHidden(scene, element, baseAsked(asked, period, scene))]));
    },
    seesAllOf: (province) => approvesProvince(actor, province),
  };
}

/** A number as the reader gets it. */
export const shown = (value: number | null, hidden: boolean): Figure => (value === null ? { missing: true } : hidden ? { suppressed: true } : { v: value });
