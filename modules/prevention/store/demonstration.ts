/** Fills the demonstration's counts from the communes of the day, one statement a table. Chance is a hash of what the row names. */
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const communes = (today: PlainDate) => sql`
  select province, code, hashint4(code::int) & 2147483647 as h from org_units_pub.unit_version
   where level = 'commune' and code ~ '^\\d+$' and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)`;

/** Schools and residential groups of every commune in a school year. */
export const seedBases = (tx: Tx, year: string, today: PlainDate, at: string) => tx.run(sql`
  insert into prevention.base (province, commune, school_year, setting, sites, people, recorded_at)
  select c.province, c.code, ${year}, s.setting, s.sites, s.sites * (90 + c.h % 300), ${at}::timestamptz
    from (${communes(today)}) c, lateral (values ('school', 2 + c.h % 5), ('residential', 4 + c.h % 9)) s(setting, sites)
  on conflict do nothing`);

/** A model's months in a school year: most communes hold it, some with fewer components; nothing of the future. */
export const seedActivities = (tx: Tx, one: { readonly model: string; readonly year: string; readonly months: readonly string[]; readonly setting: string; readonly components: number; readonly salt: number }, today: PlainDate, at: string) => tx.run(sql`
  insert into prevention.activity (province, model, commune, month, school_year, sites, sessions, reached, components, office, recorded_at)
  select c.province, ${one.model}, c.code, m.month, ${one.year}, v.sites, v.sites + c.h % 3, (v.sites + c.h % 3) * (60 + (c.h / 5 + ${one.salt}::int) % 140),
         array(select g from generate_series(0, ${one.components}::int - 1) g where (c.h / 3 + g + ${one.salt}::int) % 4 <> 0 or g = 0), 'UBND:' || c.province || ':' || c.code, ${at}::timestamptz
    from (${communes(today)}) c join prevention.base b on b.province = c.province and b.commune = c.code and b.school_year = ${one.year} and b.setting = ${one.setting}
    cross join unnest(${one.months}::text[]) with ordinality m(month, at)
    cross join lateral (select greatest(1, b.sites - (c.h / 11 + m.at)::int % 3) as sites) v
   where (c.h / 13 + m.at * 5 + ${one.salt}::int) % 10 < 7 and b.sites > 0`);

/** A campaign's months by channel, in about half of the communes. */
export const seedDriveCounts = (tx: Tx, one: { readonly drive: string; readonly months: readonly string[] }, today: PlainDate, at: string) => tx.run(sql`
  insert into prevention.drive_count (province, drive, commune, month, channel, activities, reached, cost_vnd, office, recorded_at)
  select c.province, ${one.drive}, c.code, m.month, case (c.h / 7) % 3 when 0 then 'meeting' when 1 then 'loudspeaker' else 'online' end, 1 + c.h % 6, (1 + c.h % 6) * (40 + c.h % 200), (1 + c.h % 6) * 350000::bigint,
         'UBND:' || c.province || ':' || c.code, ${at}::timestamptz
    from (${communes(today)}) c cross join unnest(${one.months}::text[]) with ordinality m(month, at) where (c.h / 3 + m.at * 7) % 10 < 5`);
