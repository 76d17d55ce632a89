/** Earlier vectors of the same unit, data set and attribute. */
import { readDoubles } from '#platform/db/binary.ts';
import { prepared, sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { keyText, type ReturnKey } from '../schema.ts';

/** @returns by `keyText` of the key asked for, then by period */
export async function readHistories(tx: Tx, asked: readonly { readonly key: ReturnKey; readonly periods: readonly string[] }[]): Promise<Map<string, Map<string, readonly (number | null)[]>>> {
  const pairs = asked.flatMap(({ key, periods }, n) => periods.map((period) => ({ n, key, period })));
  const rows = await tx.arrays(prepared('returns.histories', sql`
    select k.n, k.period, array_send(p.vals)
      from unnest(${pairs.map((one) => one.n)}::int[], ${pairs.map((one) => one.key.province)}::text[], ${pairs.map((one) => one.key.unit)}::text[], ${pairs.map((one) => one.period)}::text[],
        ${pairs.map((one) => one.key.dataSet)}::text[], ${`{${pairs.map((one) => `"${one.key.attribute}"`).join(',')}}`}::text[]) as k(n, province, org_unit, period, data_set, attribute)
      join returns.packed p on p.province = k.province and p.org_unit = k.org_unit and p.period = k.period and p.data_set = k.data_set and p.attribute = k.attribute`));
  const found = new Map<string, Map<string, readonly (number | null)[]>>();
  for (const [n, period, vals] of rows) {
    const key = asked[Number(n)]?.key;
    if (key === undefined) continue;
    const text = keyText(key);
    const own = found.get(text) ?? new Map<string, readonly (number | null)[]>();
    own.set(String(period), readDoubles(vals));
    found.set(text, own);
  }
  return found;
}
