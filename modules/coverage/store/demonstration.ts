/** Fills the demonstration in two statements from the communes of the day. Chance is a hash of what the row names, so every installation shows the same. */
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

type Seeding = { readonly campaign: string; readonly startsOn: PlainDate; readonly endsOn: PlainDate; readonly today: PlainDate };

/** One commune in sixty is not divided yet; the others have two to six residential groups and up to four clusters of establishments. */
export const seedPlaces = (tx: Tx, { campaign, startsOn, endsOn, today }: Seeding) => tx.run(sql`
  with commune as materialized (
    select province, code, (hashint4(code::int) & 2147483647) as h, 25 + (hashtext(province) & 2147483647) % 70 as pace
      from org_units_pub.unit_version where level = 'commune' and code ~ '^\\d+$' and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date) order by province, code),
  wanted as (
    select c.province, c.code, c.h, c.pace, 'residential-group' as kind, n as number from commune c, generate_series(1, 2 + c.h % 5) n where c.h % 60 <> 7
    union all select c.province, c.code, c.h, c.pace, k.kind, 1 from commune c, unnest(array['boarding-house', 'industrial-park', 'conditional-business', 'public-place']) with ordinality k(kind, at)
     where c.h % 60 <> 7 and (k.at in (1, 3) or (c.h / 7 + k.at) % 3 = 0)),
  lived as materialized (
    select w.*, (hashint4(code::int * 31 + number * 7 + length(kind)) & 2147483647) as g from wanted w),
  dated as materialized (
    select l.*, ${startsOn}::date + (10 + g % 85)::int as planned_on, case when g % 53 = 0 then 'not-applicable' when (g / 11) % 100 < pace then 'reached' else 'due' end as wished,
           case when kind = 'residential-group' then 80 + g % 240 else 1 + g % 40 end as size from lived l),
  decided as materialized (
    select d.*, case when wished = 'reached' and planned_on > ${today}::date then 'due' else wished end as state, (wished = 'reached' and planned_on <= ${today}::date) as met from dated d order by province, code, kind, number)
  insert into coverage.place (province, id, campaign, commune, kind, number, name, size, planned_on, planned_office, state, reached_on, last_on, size_reached, visits, offered, accepted)
  select province, ('c0fe0000-0000-4000-8000-' || lpad(to_hex(row_number() over ()), 12, '0'))::uuid, ${campaign}, code, kind, number,
         case when kind = 'residential-group' then (case when h % 3 = 0 then 'Thôn ' else 'Tổ dân phố ' end) || number else '' end, size,
         case when g % 9 = 0 and not met then null else least(planned_on, ${endsOn}::date) end, (case when kind = 'residential-group' then 'UBND' else 'CA' end) || ':' || province || ':' || code, state,
         case when met then planned_on end, case when met then planned_on end, case when met then size - (g % 7 * size / 60) else 0 end, case when met then 1 else 0 end,
         case when met then array[20 + g % 60, 4 + g % 9, g % 5, g % 4] else array[0, 0, 0, 0] end, case when met then array[15 + g % 60, 2 + g % 9, (g % 5) / 2, (g % 4) / 2] else array[0, 0, 0, 0] end
    from decided`);

/** The visit behind each place that was reached. */
export const seedVisits = (tx: Tx, { campaign, at }: { readonly campaign: string; readonly at: string }) => tx.run(sql`
  insert into coverage.visit (province, id, place, commune, visited_on, outcome, size_reached, offered, accepted, office, post, recorded_at)
  select province, ('c0fe0001' || substr(id::text, 9))::uuid, id, commune, reached_on, 'reached', size_reached, offered, accepted, planned_office,
         case when planned_office like 'CA:%' then 'truong-cong-an' else 'can-bo' end, least(${at}::timestamptz, reached_on::timestamptz + interval '10 hours')
    from coverage.place where campaign = ${campaign} and state = 'reached' and planned_office is not null`);
