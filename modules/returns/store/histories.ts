/** Vectors of named returns, at once. */
import { readDoubles } from '#platform/db/binary.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { keyText, type ReturnKey } from '../schema.ts';

export type Vector = { readonly vals: readonly (number | null)[]; readonly noData: readonly number[] };

/** @returns by `keyText`; a return that there is none of is left out */
export async function readVectors(tx: Tx, keys: readonly ReturnKey[]): Promise<Map<string, Vector>> {
  const rows = await tx.arrays(prepared('returns.histories', sql`
    select k.n, array_send(p.vals), p.no_data
      from unnest(${keys.map((_, n) => n)}::int[], ${keys.map((key) => key.province)}::text[], ${keys.map((key) => key.unit)}::text[], ${keys.map((key) => key.period)}::text[],
        ${keys.map((key) => key.dataSet)}::text[], ${`{${keys.map((key) => `"${key.attribute}"`).join(',')}}`}::text[]) as k(n, province, org_unit, period, data_set, attribute)
      join returns.packed p on p.province = k.province and p.org_unit = k.org_unit and p.period = k.period and p.data_set = k.data_set and p.attribute = k.attribute`));
  return new Map(rows.flatMap(([n, vals, noData]): [string, Vector][] => {
    const key = keys[Number(n)];
    return key === undefined ? [] : [[keyText(key), { vals: readDoubles(vals), noData: Array.isArray(noData) ? noData.map(Number) : [] }]];
  }));
}
