/** What every unit reported in a period, straight from the bytes of the vectors: as text the same takes five times as long. */
import { quotedCode, type BinaryRow } from '#platform/db/copy-out.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Block } from '../rules/vectors.ts';

type Growing = { readonly units: string[]; readonly rev: number[]; readonly late: number[]; readonly approved: number[]; readonly rows: Float64Array[]; width: number };

/** Blocks by attribute; a value not reported is NaN. Units in the order of their codes. */
export async function readBlocks(tx: Tx, period: string, dataSet: string): Promise<ReadonlyMap<string, Block>> {
  const found = new Map<string, Growing>();
  await tx.copied(`select org_unit, attribute, rev, approved, late, vals from returns_pub.packed where period = ${quotedCode(period)} and data_set = ${quotedCode(dataSet)} order by org_unit, attribute`, (row) => {
    const [unit, attribute] = [row.code(), row.code()];
    let into = found.get(attribute);
    if (into === undefined) {
      into = { units: [], rev: [], late: [], approved: [], rows: [], width: 0 };
      found.set(attribute, into);
    }
    into.units.push(unit);
    into.rev.push(int4(row));
    into.approved.push(Number(row.flag()));
    into.late.push(Number(row.flag()));
    const values = float8s(row);
    into.rows.push(values);
    into.width = Math.max(into.width, values.length);
  });
  return new Map([...found].map(([attribute, one]) => [attribute, blockOf(one)]));
}

function blockOf({ units, rev, late, approved, rows, width }: Growing): Block {
  const values = new Float64Array(units.length * width).fill(Number.NaN);
  rows.forEach((row, at) => { values.set(row, at * width); });
  return {
    width, units, rowOf: new Map(units.map((unit, row) => [unit, row])), values, counts: null, returns: new Int32Array(units.length).fill(1),
    late: Int32Array.from(late), approved: Uint8Array.from(approved), rev: Int32Array.from(rev),
  };
}

function int4(row: BinaryRow): number {
  const length = row.field();
  const value = length === 4 ? row.view.getInt32(row.at) : 0;
  row.at += Math.max(0, length);
  return value;
}

/** A `float8[]` of one dimension in its binary form: dimensions, flags, type, length, lower bound, then each value behind its length. */
function float8s(row: BinaryRow): Float64Array {
  const bytes = row.field();
  const end = row.at + Math.max(0, bytes);
  const { view } = row;
  const length = bytes < 20 || view.getInt32(row.at) === 0 ? 0 : view.getInt32(row.at + 12);
  const values = new Float64Array(length).fill(Number.NaN);
  let at = row.at + 20;
  for (let i = 0; i < length; i += 1) {
    const missing = view.getInt32(at) === -1;
    at += 4;
    if (missing) continue;
    values[i] = view.getFloat64(at);
    at += 8;
  }
  row.at = end;
  return values;
}
