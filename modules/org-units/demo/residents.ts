/** Residents of the demonstration: synthetic numbers, the same on every machine, labelled so wherever they are seen. */
import { hash } from 'node:crypto';
import type { Tx } from '#platform/db/tx.ts';
import { unitsOn } from '../actions/doors.ts';
import { loadUnitAttributes, type UnitAttributeGiven } from '../load/attributes.ts';
import type { UnitKind } from '../schema.ts';

/** Least and most residents of a kind, so that 3,321 units come to about the size of the country. */
const ranges: Readonly<Partial<Record<UnitKind, readonly [number, number]>>> = {
  commune: [9_000, 42_000], ward: [18_000, 92_000], 'special-zone': [800, 24_000], township: [5_000, 22_000], 'island-district': [500, 20_000],
};

/** SYNTHETIC residents of a unit of commune level, from its code alone; 0 for a kind that has units below it. */
export function syntheticResidents(code: string, kind: UnitKind): number {
  const range = ranges[kind];
  if (range === undefined) return 0;
  const share = Number.parseInt(hash('sha256', `residents ${code}`).slice(0, 8), 16) / 0xffffffff;
  return Math.round(range[0] + (range[1] - range[0]) * share * share ** 0.2);
}

const from = '2024-01-01';
const source = 'synthetic, for the demonstration';

/** Part of the second of two communes in what they become. */
const secondShare = 0.4;

/**
 * Synthetic residents of every unit of a day's tree, provinces and the nation as sums of their communes; attribute "residents".
 *
 * @param merger two communes that became one on a day before: until then each has its part
 */
export async function loadSyntheticResidents(tx: Tx, day: string, { merger, at }: { readonly merger?: { readonly from: readonly [string, string]; readonly into: string; readonly on: string }; readonly at?: string } = {}): Promise<number> {
  const units = await unitsOn(tx, day);
  const residents = new Map<string, number>();
  for (const unit of [...units].reverse()) { // children before parents
    const own = (residents.get(unit.code) ?? 0) + syntheticResidents(unit.code, unit.kind);
    residents.set(unit.code, own);
    if (unit.parent !== null) residents.set(unit.parent, (residents.get(unit.parent) ?? 0) + own);
  }
  const rows = units.map((unit): UnitAttributeGiven => ({ attribute: 'residents', unitCode: unit.code, validFrom: from, value: residents.get(unit.code) ?? 0, source, certainty: 'synthetic' }));
  return (await loadUnitAttributes(tx, merger === undefined ? rows : rows.flatMap((row) => (row.unitCode === merger.into ? partsOf(row, merger) : [row])), at)).stored;
}

function partsOf(row: UnitAttributeGiven, { from: [one, other], on }: { readonly from: readonly [string, string]; readonly on: string }): UnitAttributeGiven[] {
  const second = Math.floor(row.value * secondShare);
  return [{ ...row, unitCode: one, value: row.value - second }, { ...row, unitCode: other, value: second }, { ...row, validFrom: on }];
}
