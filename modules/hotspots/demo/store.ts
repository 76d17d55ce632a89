/** Writes the demonstration, a statement a table; the history is made of the days of the times through. */
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Kind, State } from '../schema.ts';

export type PlaceRow = {
  readonly province: string; readonly id: string; readonly commune: string; readonly code: string; readonly kind: Kind; readonly setting: string; readonly source: string; readonly basis: string; readonly activity: string; readonly state: State; readonly cycle: number;
  readonly foundOn: PlainDate; readonly since: PlainDate; readonly dueOn: PlainDate | null; readonly nextCheck: number | null; readonly office: string; readonly recurrences: number; readonly recurredAfter: number | null; readonly measure: string | null;
};
type Day = PlainDate | null;
export type CycleRow = {
  readonly province: string; readonly place: string; readonly commune: string; readonly kind: Kind; readonly cycle: number; readonly openedOn: PlainDate; readonly verifiedOn: Day; readonly listedOn: Day; readonly startedOn: Day; readonly resolvedOn: Day;
  readonly removedOn: Day; readonly watchedOn: Day; readonly closedOn: Day; readonly recurredOn: Day; readonly reporter: string; readonly resolver: string | null; readonly head: string; readonly office: string;
};
export type CheckRow = { readonly province: string; readonly commune: string; readonly place: string; readonly cycle: number; readonly day: number; readonly checkedOn: PlainDate; readonly late: boolean; readonly result: 'clean'; readonly account: string };
export type DemoRows = { readonly places: readonly PlaceRow[]; readonly cycles: readonly CycleRow[]; readonly checks: readonly CheckRow[]; readonly numbers: ReadonlyMap<string, number> };

export async function insertDemonstration(tx: Tx, { places, cycles, checks, numbers }: DemoRows, at: string): Promise<void> {
  const times = JSON.stringify(cycles);
  await tx.run(sql`
    insert into hotspots.cycle (province, place, cycle, commune, kind, opened_on, verified_on, listed_on, started_on, resolved_on, removed_on, watched_on, closed_on, recurred_on, reporters, resolvers)
    select province, place, cycle, commune, kind, "openedOn", "verifiedOn", "listedOn", "startedOn", "resolvedOn", "removedOn", "watchedOn", "closedOn", "recurredOn", array[reporter], array_remove(array[resolver], null)
      from jsonb_to_recordset(${times}::jsonb) as c(province text, place uuid, cycle int, commune text, kind text, "openedOn" date, "verifiedOn" date, "listedOn" date, "startedOn" date, "resolvedOn" date, "removedOn" date, "watchedOn" date,
        "closedOn" date, "recurredOn" date, reporter uuid, resolver uuid)`);
  await tx.run(sql`
    insert into hotspots.check_made (province, place, cycle, id, commune, day, checked_on, late, result, account, at)
    select m.province, m.place, m.cycle, md5(m.place::text || m.cycle || m.day)::uuid, m.commune, m.day, m."checkedOn", m.late, m.result, m.account, m."checkedOn" + interval '9 hours'
      from jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) as m(province text, place uuid, cycle int, commune text, day smallint, "checkedOn" date, late boolean, result text, account uuid)`);
  // The steps in the order of their days; their number in the history follows from it.
  await tx.run(sql`
    insert into hotspots.entry (province, place, seq, commune, cycle, at, on_day, step, from_state, to_state, account, office, late, measures, document_number, document_date, check_day, check_result)
    select s.province, s.place, row_number() over (partition by s.province, s.place order by s.cycle, s.on_day, s.rank, s.check_day), s.commune, s.cycle, s.on_day + interval '9 hours', s.on_day, s.step, s.from_state, s.to_state, s.account, s.office, s.late,
           case when s.step in ('start', 'resolve') then array['regular-patrol'] else '{}' end, case when s.step = 'remove' then (100 + s.cycle) || '/QĐ-UBND' end, case when s.step = 'remove' then s.on_day end, s.check_day, s.check_result
      from (
        select c.province, c.place, c.commune, c.cycle, e.on_day, e.rank, e.step, e.from_state, e.to_state, e.account, c.office, false as late, null::smallint as check_day, null::text as check_result
          from jsonb_to_recordset(${times}::jsonb) as c(province text, place uuid, cycle int, commune text, "openedOn" date, "verifiedOn" date, "listedOn" date, "startedOn" date, "resolvedOn" date, "removedOn" date, "watchedOn" date, "closedOn" date,
                 "recurredOn" date, reporter uuid, resolver uuid, head uuid, office text)
         cross join lateral (values
           (1, 'report', case when c.cycle = 1 then c."openedOn" end, null, 'reported', c.reporter), (2, 'verify', c."verifiedOn", 'reported', 'verified', c.reporter), (3, 'list', case when c.cycle = 1 then c."listedOn" end, 'verified', 'listed', c.head),
           (4, 'start', c."startedOn", case when c.cycle = 1 then 'listed' else 'recurred' end, 'resolving', coalesce(c.resolver, c.reporter)), (5, 'resolve', c."resolvedOn", 'resolving', 'resolved', c.resolver), (6, 'remove', c."removedOn", 'resolved', 'removed', c.head),
           (7, 'watch', c."watchedOn", 'removed', 'watched', c.head), (9, 'close', c."closedOn", 'watched', 'closed', c.head), (10, 'recur', c."recurredOn", 'watched', 'recurred', c.reporter)) as e(rank, step, on_day, from_state, to_state, account)
         where e.on_day is not null
        union all
        select m.province, m.place, m.commune, m.cycle, m.checked_on, 8, 'check', 'watched', 'watched', m.account, 'UBND:' || m.province || ':' || m.commune, m.late, m.day, m.result from hotspots.check_made m) s`);
  await tx.run(sql`
    insert into hotspots.place (province, id, commune, code, kind, setting, source, basis, activities, state, cycle, found_on, since, due_on, next_check, office, measures, entry_count, recurrences, recurred_after, change, created_at, updated_at, demonstration)
    select p.province, p.id, p.commune, p.code, p.kind, p.setting, p.source, p.basis, array[p.activity], p.state, p.cycle, p."foundOn", p.since, p."dueOn", p."nextCheck", p.office, array_remove(array[p.measure], null), e.entries, p.recurrences,
           p."recurredAfter", 1, p."foundOn" + interval '9 hours', ${at}::timestamptz, true
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(province text, id uuid, commune text, code text, kind text, setting text, source text, basis text, activity text, state text, cycle int, "foundOn" date, since date, "dueOn" date,
             "nextCheck" smallint, office text, measure text, recurrences int, "recurredAfter" int)
      join (select province, place, count(*)::int as entries from hotspots.entry group by 1, 2) e on e.province = p.province and e.place = p.id`);
  await tx.run(sql`insert into hotspots.version (province, version) select distinct province, 1 from hotspots.place`);
  await tx.run(sql`
    insert into hotspots.counter (province, year, last) select split_part(key, '-', 1), split_part(key, '-', 2)::int, value::int from jsonb_each_text(${JSON.stringify(Object.fromEntries(numbers))}::jsonb)`);
}
