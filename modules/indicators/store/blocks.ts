/** What every unit reported in a period, straight from the bytes of the vectors: as text the same takes five times as long. */
import { quotedCode } from '#platform/db/copy-out.ts';
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
    into.rev.push(row.integer());
    into.approved.push(Number(row.flag()));
    into.late.push(Number(row.flag()));
    const values = row.doubles();
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
