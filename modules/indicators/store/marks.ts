/** What grades need beside the vectors: rules broken and not explained, unusual numbers explained, and what drawn samples counted anew. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Found = shape({ dataSet: Type.String(), period: Type.String(), orgUnit: Type.String(), broken: Type.Integer(), explained: Type.Integer() });
/** By unit: rules broken and still open, and unusual numbers the unit has explained. As the machinery: readers see sums of it, as grades. */
export const readFound = (tx: Tx): Promise<Static<typeof Found>[]> => tx.rows(Found, sql`
  select data_set, period, org_unit, count(*) filter (where kind <> 'outlier' and state = 'open')::int as broken, count(*) filter (where kind = 'outlier' and state <> 'open')::int as explained
    from returns_pub.violation where (kind <> 'outlier' and state = 'open') or (kind = 'outlier' and state <> 'open')
   group by data_set, period, org_unit`);

const Counted = shape({ province: Type.String(), dataSet: Type.String(), period: Type.String(), reported: Nullable(Type.Number()), counted: Type.Number() });
/** What drawn samples counted anew, by province, data set and period. The factor is public, as the sample is; the single counts are not. */
export const readCounted = (tx: Tx): Promise<Static<typeof Counted>[]> => tx.rows(Counted, sql`
  select c.province, s.data_set, s.period, sum(c.reported) as reported, sum(c.counted) as counted
    from indicators.sample_count c join indicators.sample s on s.province = c.province and s.id = c.sample
   where c.reported is not null
   group by c.province, s.data_set, s.period`);
