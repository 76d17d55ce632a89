/** Random programmes, trees, mergers, group sets and returns, held as a scene; and the same figures computed the slow, plain way. */
import type { Fate, GroupSet, Lineage, UnitRow } from '#modules/org-units/index.ts';
import type { Programme, Slot } from '#modules/definitions/schema.ts';
import { daysOf, periodRange, type Period } from '#kernel/period.ts';
import { FigureCache, type Base } from '../actions/cache.ts';
import { dayUnits, type DayUnits, type Scene } from '../actions/scene.ts';
import { foldUnits, approvedOnly, type Block } from '../rules/vectors.ts';
import { waysOf } from '../rules/ways.ts';
import { dataSet, element, words } from '../site.test.ts';

export type Random = { (): number; int(n: number): number; pick<T>(list: readonly T[]): T };
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_761 + 12_345) % 4_294_967_296;
  const next = (): number => { state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296; return state / 4_294_967_296; };
  const int = (n: number): number => Math.floor(next() * n);
  return Object.assign(next, { int, pick: <T>(list: readonly T[]): T => { const one = list[int(list.length)]; if (one === undefined) throw new Error('nothing to pick from'); return one; } });
}

export type Row = { readonly unit: string; readonly period: Period; readonly attribute: string; readonly approved: boolean; readonly values: readonly (number | null)[] };
export type World = { readonly scene: Scene; readonly rows: readonly Row[]; readonly slots: readonly Slot[]; readonly fateOf: (unit: string, from: string, to: string) => Fate; readonly months: readonly Period[]; readonly change: string };

export const elements = [
  element('flow', { disaggregation: 'sex-age' }), element('stock', { aggregation: 'last' }), element('mean', { aggregation: 'average', valueType: 'number' }), element('beds', { aggregation: 'average-sum', valueType: 'number' }),
  element('least', { aggregation: 'min' }), element('most', { aggregation: 'max' }),
];
const options = (ids: readonly string[]) => ids.map((id) => ({ id, name: words(id) }));
const breakdown = {
  id: 'sex-age', name: words('sex-age'), axes: [{ id: 'sex', name: words('sex'), options: options(['m', 'f']) }, { id: 'age', name: words('age'), options: options(['y', 'o']) }],
  cells: ['m', 'f'].flatMap((sex) => ['y', 'o'].map((age) => ({ id: `${sex}${age}`, options: [sex, age] }))), validFrom: '2020-01-01', validTo: null,
};
const attributes = ['', 'donor-a'];

const slotList: Slot[] = [...breakdown.cells.map((cell, i) => ({ slot: i + 1, element: 'flow', cell: cell.id, validFrom: '2020-01-01', validTo: null })), ...elements.slice(1).map((one, i) => ({ slot: i + 5, element: one.id, cell: '', validFrom: '2020-01-01', validTo: null }))];

function programme(): Programme {
  const monthly = dataSet('monthly', elements.map((one) => one.id), { assignedTo: { levels: ['province', 'commune', 'level-4'], kinds: [], groups: [], units: [] } });
  return {
    edition: 1, digest: 'x', head: { id: 'w', name: words('w'), calendar: { startDay: 15 }, firstPeriod: '2026-01', earliestMap: null, levels: [] }, elements: new Map(elements.map((one) => [one.id, one])),
    disaggregations: new Map([['sex-age', breakdown]]), dataSets: new Map([['monthly', monthly]]), rules: new Map(), indicators: new Map(), targets: new Map(), constants: new Map(), publishedFigures: [],
  };
}

const unitRow = (code: string, depth: number, parent: string | null, province: string): UnitRow => ({ code, id: code, depth, level: depth === 1 ? 'nation' : depth === 2 ? 'province' : depth === 3 ? 'commune' : 'level-4', kind: 'unit', parent, province, nameVi: code });
/** Nation, provinces, communes, and under some communes a fourth level. */
function treeRows(random: Random): UnitRow[] {
  const rows = [unitRow('00', 1, null, '00')];
  for (let p = 1; p <= 2 + random.int(2); p += 1) {
    const province = `0${p}`;
    rows.push(unitRow(province, 2, '00', province));
    for (let c = 1; c <= 3 + random.int(3); c += 1) {
      const commune = `${province}c${c}`;
      rows.push(unitRow(commune, 3, province, province));
      if (random() < 0.4) for (let f = 1; f <= 1 + random.int(3); f += 1) rows.push(unitRow(`${commune}f${f}`, 4, commune, province));
    }
  }
  return rows.sort((a, b) => a.depth - b.depth || (a.code < b.code ? -1 : 1));
}

/** Some leaves of a province become one; one is divided into two; the rest stay. */
function reform(random: Random, before: readonly UnitRow[]): { after: UnitRow[]; fates: Map<string, Fate> } {
  const parents = new Set(before.map((row) => row.parent));
  const leaves = before.filter((row) => row.depth === 3 && !parents.has(row.code));
  const province = leaves.length === 0 ? '' : random.pick(leaves).province;
  const here = leaves.filter((row) => row.province === province);
  const merged = here.slice(0, Math.min(2, here.length));
  const divided = here.length > 2 && random() < 0.7 ? here[2] : undefined;
  const fates = new Map<string, Fate>(before.map((row) => [row.code, { kind: 'whole', code: row.code, change: 'same' }]));
  const after = before.filter((row) => !(merged.length === 2 && merged.includes(row)) && row !== divided);
  if (merged.length === 2) {
    after.push(unitRow(`${province}new`, 3, province, province));
    for (const row of merged) fates.set(row.code, { kind: 'whole', code: `${province}new`, change: 'merged' });
  }
  if (divided !== undefined) {
    const parts = ['x', 'y'].map((part) => `${divided.code}${part}`);
    after.push(...parts.map((code) => unitRow(code, 3, province, province)));
    fates.set(divided.code, { kind: 'part', codes: parts, within: province });
  }
  return { after: after.sort((a, b) => a.depth - b.depth || (a.code < b.code ? -1 : 1)), fates };
}

function groupSet(random: Random, id: string, groups: readonly string[], codes: Iterable<string>): GroupSet {
  const groupOf = new Map([...codes].flatMap((code) => (random() < 0.85 ? [[code, random.pick(groups)] as const] : [])));
  return { id, name: words(id), inherits: false, lone: false, basis: '', certainty: 'P', groups: groups.map((one) => ({ id: one, name: words(one) })), members: groupOf, groupOf };
}

function blockOf(rows: readonly Row[]): Block {
  const width = slotList.length;
  const units = rows.map((row) => row.unit);
  const values = new Float64Array(units.length * width).fill(Number.NaN);
  rows.forEach((row, at) => row.values.forEach((value, slot) => { if (value !== null) values[at * width + slot] = value; }));
  return {
    width, units, rowOf: new Map(units.map((unit, at) => [unit, at])), values, counts: null, returns: new Int32Array(units.length).fill(1), late: new Int32Array(units.length), rev: new Int32Array(units.length).fill(1),
    approved: Uint8Array.from(rows, (row) => Number(row.approved)),
  };
}

export function worldOf(seed: number): World {
  const random = seeded(seed);
  const before = treeRows(random);
  const { after, fates } = reform(random, before);
  const months = periodRange('2026-01', '2026-06');
  const change = random() < 0.25 ? '2025-01-01' : '2026-03-15';
  const [old, now] = [dayUnits(change === '2025-01-01' ? '2024-01-01' : '2026-01-14', before), dayUnits('2026-06-14', after)];
  const treeOn = (day: string): DayUnits => (day < change ? old : now);
  const rows: Row[] = [];
  for (const period of months) for (const attribute of attributes) {
    const tree = treeOn(daysOf(period, { startDay: 15 }).last);
    for (const row of tree.rows) {
      if (row.depth < (change === '2025-01-01' ? 2 : 3) || random() < (attribute === '' ? 0.25 : 0.7)) continue; // in some worlds provinces send the same return as their communes
      rows.push({ unit: row.code, period, attribute, approved: random() < 0.5, values: slotList.map(() => (random() < 0.25 ? null : random() < 0.2 ? 0 : random.int(400) / (random() < 0.2 ? 8 : 1))) });
    }
  }
  const definitions = programme();
  const ways = slotList.map((slot) => { const one = definitions.elements.get(slot.element); return one && waysOf(one); });
  const bases = new Map(months.map((period): [string, Base] => {
    const blocks = new Map(attributes.map((attribute) => [attribute, blockOf(rows.filter((row) => row.period === period && row.attribute === attribute))]));
    const tree = treeOn(daysOf(period, { startDay: 15 }).last);
    const inner = tree.rows.filter((row) => row.depth <= 2 || tree.children.has(row.code)).map((row) => row.code);
    // as returns keeps them: a node's own return and all that lies below it
    const above = (unit: string): readonly string[] => [unit, ...(tree.ancestors.get(unit) ?? [])];
    const sheets = (change_: (block: Block) => Block) => new Map([...blocks].map(([attribute, block]) => [attribute, foldUnits(change_(block), inner, above, ways.map((way) => way && { ...way, units: 'sum' as const }))]));
    return [period, { version: 1, blocks, sheets: { reported: sheets((block) => block), approved: sheets(approvedOnly) } }];
  }));
  const sets = [groupSet(random, 'terrain', ['high', 'low'], new Set([...before, ...after].map((row) => row.code))), groupSet(random, 'owner', ['state', 'other'], new Set([...before, ...after].map((row) => row.code)))];
  const fateOf = (unit: string, from: string, to: string): Fate => {
    if (treeOn(from) === treeOn(to)) return { kind: 'whole', code: unit, change: 'same' };
    return from < to ? (fates.get(unit) ?? { kind: 'unknown' }) : backward(fates, unit);
  };
  const lineage: Lineage = { fate: fateOf, between: (from, to) => new Map(treeOn(from).rows.map((row) => [row.code, fateOf(row.code, from, to)])) };
  const scene: Scene = {
    cache: new FigureCache(), latest: definitions, head: definitions.head, lineage,
    slots: { of: () => slotList, homeOf: (id, cell) => { const found = slotList.find((one) => one.element === id && one.cell === cell); return found === undefined ? undefined : { dataSet: 'monthly', slot: found.slot }; } },
    prepare: () => undefined, memo: new Map(),
    programmeOf: () => definitions, programmeOn: () => definitions, treeDayOf: (period) => daysOf(period, { startDay: 15 }).last, tree: treeOn, groups: () => sets, attributes: () => new Map(),
    base: (_, period) => bases.get(period) ?? { version: 0, blocks: new Map(), sheets: { reported: new Map(), approved: new Map() } },
  };
  return { scene, rows, slots: slotList, fateOf, months, change };
}

/** Seen from the later map: a unit made of others lies in parts of the earlier one. */
function backward(fates: ReadonlyMap<string, Fate>, unit: string): Fate {
  const sources = [...fates].filter(([, fate]) => (fate.kind === 'whole' && fate.code === unit) || (fate.kind === 'part' && fate.codes.includes(unit)));
  const [only] = sources;
  if (only === undefined) return { kind: 'none' };
  if (sources.length === 1) return { kind: 'whole', code: only[0], change: only[0] === unit ? 'same' : 'merged' };
  return { kind: 'part', codes: sources.map(([code]) => code), within: unit.slice(0, 2) };
}
