/**
 * Figures over any dimensions. Values lie in the order measure, period, axes, groups, attribute, standing, unit: all units of one cell
 * side by side, because they are read from one sheet.
 */
import type { DataElement, Programme } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { periodTypeOf } from '#kernel/period.ts';
import { groupsGiveNothingBack } from '../rules/protect.ts';
import { mayCombine, waysOf } from '../rules/ways.ts';
import { readSlots } from '../rules/vectors.ts';
import { compactOf, type Compact, type Dimension, type PivotQuery, type PivotReply, type Standing } from '../schema.ts';
import { checkedPeriod, figureFor, periodInfo, stop, unitName } from './ask.ts';
import { coverageColumn } from './coverage.ts';
import { guardFor, type Guard } from './guard.ts';
import { askedOf, cellsOf, columnsOf, dataSetsOf, elementReader, spanOf, type Cells, type Columns, type Span } from './measure.ts';
import type { Marks } from './marks.ts';
import type { Reader } from './overview.ts';
import { axesOf, groupsOf, measuresOf, slotsUnder, standingsOf, unitDimension, unitsOf, type AskedMeasure, type Axes, type Groups, type Refused } from './pivot-axes.ts';
import type { DayUnits, Scene } from './scene.ts';
import { nodeSheet } from './sheets.ts';
import { grader } from './signs.ts';

export const mostCells = 1_000_000;

type Plan = {
  readonly scene: Scene; readonly query: PivotQuery; readonly guard: Guard; readonly tree: DayUnits; readonly units: readonly UnitRow[]; readonly spans: readonly Span[];
  readonly axes: Axes; readonly groups: Groups | undefined; readonly groupsIn: (span: Span) => Groups | undefined; readonly attributes: readonly (string | null)[]; readonly standings: readonly Standing[];
  readonly cells: Map<Programme, Map<string, readonly (Cells | undefined)[]>>; readonly marks: Marks;
};
type AskedElement = Extract<AskedMeasure, { kind: 'element' }>;
/** The figures one after another; where nothing is put, nothing was reported. Room is made once: growing took longer than adding up. */
class Out {
  readonly values: Compact[];
  readonly counts: number[] | null;
  hidden = 0;
  #next = 0;
  constructor(size: number, counted: boolean) {
    this.values = new Array<Compact>(size).fill(null);
    this.counts = counted ? new Array<number>(size).fill(0) : null;
  }
  put(value: Compact, count: number): void {
    if (value === '<') this.hidden += 1;
    this.values[this.#next] = value;
    if (this.counts !== null) this.counts[this.#next] = count;
    this.#next += 1;
  }
  pass(cells: number): void {
    this.#next += cells;
  }
}

/** Options a data set's attribute has among what was reported; null alone when the attribute is no dimension. */
function attributesOf(scene: Scene, query: PivotQuery, measures: readonly AskedMeasure[], spans: readonly Span[]): (string | null)[] {
  const only = query.where?.attributes;
  if (query.attribute !== true) return only === undefined || only.length === 0 ? [null] : only.length === 1 ? [only[0] ?? ''] : stop({ code: 'pivot-attributes-apart', count: only.length });
  const found = new Set<string>();
  for (const measure of measures) {
    if (measure.kind !== 'element') continue;
    for (const span of spans) {
      const asked = askedOf(scene, cellsOf(scene, measure.id, null)?.dataSet ?? '', { span, standing: 'reported', attribute: null });
      for (const period of asked?.bases ?? []) for (const attribute of scene.base(asked?.dataSet ?? '', period, false).sheets.reported.keys()) found.add(attribute);
    }
  }
  const list = [...found].sort().filter((one) => only?.includes(one) ?? true);
  return list.length === 0 ? [''] : list;
}

export function pivotOf(scene: Scene, query: PivotQuery, reader: Reader): PivotReply {
  if (query.measures.length === 0 || query.periods.length === 0) stop({ code: 'pivot-empty' });
  const mapDay = query.mapDay ?? null;
  const periods = [...new Set(query.periods.map(checkedPeriod))];
  scene.prepare(periods, mapDay);
  const spans = periods.map((period) => spanOf(scene, period, mapDay));
  const last = [...spans].sort((a, b) => (a.treeDay < b.treeDay ? -1 : 1)).at(-1) ?? stop({ code: 'pivot-empty' });
  const tree = scene.tree(last.treeDay);
  const units = unitsOf(tree, query, reader);
  const { measures, refused } = measuresOf(scene, query, last);
  const axes = axesOf(query, measures, last);
  const groups = groupsOf(scene, tree, query, units, last.treeDay);
  const attributes = attributesOf(scene, query, measures, spans);
  const standings = standingsOf(query);
  const size = measures.length * spans.length * axes.keys.length * (groups?.keys.length ?? 1) * attributes.length * standings.length * units.length;
  if (size > mostCells) stop({ code: 'pivot-too-large', cells: size, most: mostCells });
  const byDay = new Map<string, Groups | undefined>();
  const groupsIn = ({ treeDay }: Span): Groups | undefined => {
    if (!byDay.has(treeDay)) byDay.set(treeDay, groupsOf(scene, scene.tree(treeDay), query, units, treeDay));
    return byDay.get(treeDay);
  };
  const plan: Plan = { scene, query, groupsIn, guard: guardFor(scene, reader.actor), tree, units, spans, axes, groups, attributes, standings, cells: new Map(), marks: reader.marks };
  const out = new Out(size, query.counts === true);
  for (const measure of measures) for (const span of spans) addMeasure(plan, measure, span, out, refused);
  return {
    dimensions: dimensionsOf(plan, measures), values: out.values, counts: out.counts, coverageOf: coverageFor(plan, measures), grades: gradesOf(plan, measures), periods: periods.map((period) => periodInfo(scene, period)),
    refused: dedupe(refused), notOnMap: mapDay === null ? [] : dividedOn(plan, mapDay), hidden: out.hidden, edition: scene.latest.edition,
  };
}

const dedupe = (refused: readonly Refused[]): Refused[] => [...new Map(refused.map((one) => [`${one.measure} ${one.code}`, one])).values()];

/** All cells of one measure in one period, axis by axis, group by group. */
function addMeasure(plan: Plan, measure: AskedMeasure, span: Span, out: Out, refused: Refused[]): void {
  const { axes, groups, attributes, standings, units } = plan;
  const perAxis = (groups?.keys.length ?? 1) * attributes.length * standings.length * units.length;
  const no = measure.kind === 'element' ? elementRefusal(plan, measure, span) : indicatorRefusal(plan, measure);
  if (no !== undefined) {
    refused.push(no);
    out.pass(axes.keys.length * perAxis);
    return;
  }
  if (measure.kind === 'element') {
    addElements(plan, measure, span, out);
    return;
  }
  for (const key of axes.keys) {
    if (key.some((option) => option !== '')) { out.pass(perAxis); continue; }
    for (let i = 0; i < attributes.length; i += 1) for (const standing of standings) addIndicator(plan, measure, span, standing, out);
  }
}

/** An element's cells, attributes and standings in one period: the vectors are looked up once for all of its cells. */
function addElements(plan: Plan, measure: AskedElement, span: Span, out: Out): void {
  const { scene, groups, attributes, standings, units } = plan;
  const under = cellsUnder(plan, measure.element, span);
  const first = under.find((cells) => cells !== undefined);
  const parts = attributes.flatMap((attribute) => standings.map((standing) => ({
    attribute, standing, columns: groups !== undefined || measure.element.protected || first === undefined ? undefined : columnsOf(scene, measure.element, { cells: first, want: { span, attribute, standing }, units }),
  })));
  for (const cells of under) {
    if (cells === undefined) { out.pass((groups?.keys.length ?? 1) * parts.length * units.length); continue; }
    const [slot] = cells.slots.length === 1 ? cells.slots : [];
    for (const group of groups?.keys ?? [null]) for (const { attribute, standing, columns } of parts) {
      if (columns !== undefined && slot !== undefined) addColumn(columns, slot, out); else addElement(plan, { measure, span, cells, group, attribute, standing }, out);
    }
  }
}

/** Slots under each key of the axes: the same in all periods with the same definitions. */
function cellsUnder({ scene, query, axes, cells }: Plan, element: DataElement, span: Span): readonly (Cells | undefined)[] {
  const kept = cells.get(span.programme) ?? new Map<string, readonly (Cells | undefined)[]>();
  cells.set(span.programme, kept);
  const known = kept.get(element.id) ?? axes.keys.map((key) => slotsUnder(scene, query, element, span, key));
  kept.set(element.id, known);
  return known;
}

function addColumn({ sums, counts, width, rows }: Columns, slot: number, out: Out): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    const at = row * width + slot - 1;
    const count = row < 0 || slot > width ? 0 : (counts[at] ?? 0);
    const value = count === 0 ? 0 : (sums[at] ?? 0);
    const whole = value | 0; // a small whole number is kept and written out in a third of a double's time
    out.put(count === 0 ? null : whole === value ? whole : value, count);
  }
}

function elementRefusal({ scene, units, groups, tree, guard, query }: Plan, { id, element }: AskedElement, span: Span): Refused | undefined {
  const asked = askedOf(scene, cellsOf(scene, id, null)?.dataSet ?? '', { span, standing: 'reported', attribute: null });
  if (asked === undefined) return { measure: id, code: 'period-finer-than-returns', detail: span.period };
  const may = mayCombine(element, { units: groups !== undefined || units.some((row) => row.depth < 3 && tree.children.has(row.code) && !reportsItself(scene, asked.dataSet, row)), time: asked.bases.length > 1 });
  if (!may.ok) return { measure: id, code: may.problem.why, detail: span.period };
  if (element.protected && groups !== undefined && units.some((row) => row.depth <= 1 || !guard.seesAllOf(row.province))) {
    if (groups.sets.length > 1 || query.mapDay != null) return { measure: id, code: 'protected-in-groups', detail: '' };
  }
  return undefined;
}

/** A province that owes the data set itself is one unit, not a sum. */
const reportsItself = (scene: Scene, dataSet: string, row: UnitRow): boolean => scene.latest.dataSets.get(dataSet)?.assignedTo.levels.includes(row.level) ?? false;

/** An indicator is computed for units of the tree; parts of them that groups make are asked by its elements. */
function indicatorRefusal({ groups, attributes }: Plan, { id }: AskedMeasure): Refused | undefined {
  if (groups !== undefined || (attributes.length > 1 || attributes[0] !== null)) return { measure: id, code: 'axis-not-in-measure', detail: 'group' };
  return undefined;
}

function addIndicator({ scene, guard, units }: Plan, { indicator }: Extract<AskedMeasure, { kind: 'indicator' }>, span: Span, standing: Standing, out: Out): void {
  for (const row of units) {
    const value = compactOf(figureFor({ scene, guard, span, standing }, span.programme.indicators.get(indicator.id) ?? indicator, row));
    out.put(value, 0);
  }
}

type ElementCell = {
  readonly measure: AskedElement; readonly span: Span; readonly cells: Cells; readonly group: readonly string[] | null;
  readonly attribute: string | null; readonly standing: Standing;
};
function addElement(plan: Plan, cell: ElementCell, out: Out): void {
  const { scene, units, guard } = plan;
  const { element } = cell.measure;
  const hides = element.protected ? guard.hider(element, cell.span, cell.standing) : undefined;
  const hideGroups = cell.group === null || !element.protected ? undefined : hiddenGroups(plan, element, cell.span);
  const put = (value: number | null, count: number, row: UnitRow): void => {
    const hidden = value !== null && (hides?.(row) === true || hideGroups?.(row) === true);
    out.put(hidden ? '<' : value, hides !== undefined ? 0 : count);
  };
  const read = cell.group === null ? elementReader(scene, element, cell.cells, cell) : groupReader(plan, cell);
  for (const row of units) { const { value, count } = read(row); put(value, count, row); }
}

/** Groups are those of the map the period is counted on, so nothing falls out of them because a unit was merged later. */
function groupReader({ scene, groupsIn }: Plan, { measure, span, cells, group, attribute, standing }: ElementCell) {
  const asked = askedOf(scene, cells.dataSet, { span, standing, attribute });
  const groups = groupsIn(span);
  const sheet = asked === undefined || groups === undefined ? undefined : nodeSheet(scene, asked, cells.slots, groups.fold);
  const over = waysOf(measure.element).units;
  return (row: UnitRow) => {
    const at = sheet?.rowOf.get(groups?.nodeOf(row.code, group ?? []) ?? '');
    return sheet === undefined || at === undefined ? { value: null, count: 0 } : readSlots(sheet, at, cells.slots, over === 'none' ? 'sum' : over);
  };
}

/** Sums by groups of a protected element: where a group holds exactly one hidden unit, all groups of that unit's table are hidden. */
function hiddenGroups({ scene, guard, groups }: Plan, element: Parameters<Guard['hiddenBelow']>[0], span: Span): (row: UnitRow) => boolean {
  const hidden = [...guard.hiddenBelow(element, span)];
  const tree = scene.tree(span.treeDay);
  const sets = scene.groups(span.treeDay).filter((set) => groups?.sets.includes(set.id));
  return (row) => {
    if (row.depth > 1 && guard.seesAllOf(row.province)) return false;
    const below = hidden.filter((code) => code === row.code || (tree.ancestors.get(code) ?? []).includes(row.code));
    const perGroup = new Map<string, number>();
    for (const code of below) { const key = sets.map((set) => set.groupOf.get(code) ?? '').join(' '); perGroup.set(key, (perGroup.get(key) ?? 0) + 1); }
    return !groupsGiveNothingBack(perGroup.values());
  };
}

function dimensionsOf({ axes, groups, attributes, standings, units, spans, query }: Plan, measures: readonly AskedMeasure[]): Dimension[] {
  const plain = (kind: Dimension['kind'], keys: readonly string[]): Dimension => ({ kind, id: kind, name: null, keys: [...keys], names: keys.map((key) => (key === '' ? { vi: '–', en: '–' } : { vi: key, en: key })) });
  return [
    { ...plain('measure', measures.map((one) => `${one.kind}:${one.id}`)), names: measures.map((one) => (one.kind === 'element' ? one.element.name : one.indicator.name)) },
    plain('period', spans.map((span) => span.period)), ...axes.dimensions, ...(groups?.dimensions ?? []), ...(query.attribute === true ? [plain('attribute', attributes.map((one) => one ?? ''))] : []),
    ...(standings.length > 1 ? [plain('standing', standings)] : []), unitDimension(units),
  ];
}

const setsOf = (plan: Plan, measures: readonly AskedMeasure[]): string[] => [...new Set(measures.flatMap((one) => {
  const [span] = plan.spans;
  return one.kind === 'element' ? cellsOf(plan.scene, one.id, null)?.dataSet ?? [] : span === undefined ? [] : dataSetsOf(plan.scene, one.indicator, span);
}))].sort();

function coverageFor(plan: Plan, measures: readonly AskedMeasure[]): PivotReply['coverageOf'] {
  const dataSets = setsOf(plan, measures);
  const [received, expected]: [number[], number[]] = [[], []];
  for (const dataSet of dataSets) for (const span of plan.spans) {
    const column = coverageColumn(plan.scene, dataSet, span, plan.units);
    received.push(...column.received);
    expected.push(...column.expected);
  }
  return { dataSets, received, expected };
}

/** One grade a unit, of the last period in the data sets' own type; none for analyses of more units than a screen shows. */
function gradesOf(plan: Plan, measures: readonly AskedMeasure[]): PivotReply['grades'] {
  const span = plan.spans.at(-1);
  const [dataSet] = setsOf(plan, measures);
  if (span === undefined || dataSet === undefined || plan.units.length > 400) return [];
  const asked = askedOf(plan.scene, dataSet, { span, standing: 'reported', attribute: null });
  if (asked === undefined || asked.bases.length !== 1) return [];
  const grade = grader(plan.scene, asked, span, plan.marks);
  return plan.units.map((unit) => grade(unit)?.grade ?? null);
}

/** Units of the periods' own maps that lie in several units of the day asked for. */
function dividedOn({ scene, spans }: Plan, mapDay: string): PivotReply['notOnMap'] {
  const found = new Map<string, PivotReply['notOnMap'][number]>();
  for (const span of spans) {
    if (periodTypeOf(span.period) === undefined) continue;
    const own = scene.treeDayOf(span.period);
    if (scene.tree(own) === scene.tree(mapDay)) continue;
    const fates = scene.lineage.between(own, mapDay);
    for (const row of scene.tree(own).rows) if (fates.get(row.code)?.kind === 'part' || fates.get(row.code)?.kind === 'none') found.set(row.code, unitName(row));
  }
  return [...found.values()].slice(0, 5000);
}
