/** Places of the demonstration agree with the monthly returns of the demonstration: read here, handed over there. */
import type { Now } from '#kernel/clock.ts';
import { daysOf, periodAt, periodRange, shiftPeriod } from '#kernel/period.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { seedHotspots, type CommunePoints } from '#modules/hotspots/index.ts';
import { lineage, unitsOn } from '#modules/org-units/index.ts';

const OfCommune = shape({ province: Type.String(), commune: Type.String(), months: Type.String() });
const elements = ['diem-phat-hien', 'diem-triet-xoa', 'diem-tai-phat', 'diem', 'diem-theo-doi'] as const;

/** The register begins with the months that two years of assessment ask of: the last of the one before, and this one. */
const monthsReplayed = 14;

/** Months of communes that ever had a point, each as `period,found,removed,recurred,left,watched`, in one line a commune: far less to carry than whole returns. */
async function readPoints(tx: Tx, { today }: Now): Promise<CommunePoints[]> {
  const slots = await slotsOf(tx);
  const { head: { calendar } } = await latestProgramme(tx);
  const last = shiftPeriod(periodAt(today, 'month', calendar), -1);
  const periods = periodRange(shiftPeriod(last, 1 - monthsReplayed), last);
  const [found = 0, removed = 0, recurred = 0, left = 0, watched = 0] = elements.map((element) => slots.homeOf(element, '')?.slot);
  const rows = await tx.rows(OfCommune, sql`
    select province, org_unit as commune, string_agg(period || ',' || vals[${found}::int]::bigint || ',' || vals[${removed}::int]::bigint || ',' || vals[${recurred}::int]::bigint || ',' || vals[${left}::int]::bigint || ',' || vals[${watched}::int]::bigint, ';' order by period) as months
      from returns_pub.packed where period = any(${periods}::text[]) and data_set = 'xa-thang' and attribute = '' group by 1, 2
    having max(vals[${found}::int]) > 0 or max(vals[${left}::int]) > 0 or max(vals[${removed}::int]) > 0 or max(vals[${watched}::int]) > 0 order by 1, 2`);
  const days = new Map<string, ReturnType<typeof daysOf>>();
  const spanOf = (period: string): ReturnType<typeof daysOf> => {
    const span = days.get(period) ?? daysOf(period, calendar);
    days.set(period, span);
    return span;
  };
  const communes = rows.map(({ province, commune, months }): CommunePoints => ({
    province, commune, months: months.split(';').map((month) => {
      const [period = '', ...counts] = month.split(',');
      const [foundThen = 0, removedThen = 0, recurredThen = 0, leftThen = 0, watchedThen = 0] = counts.map(Number);
      return { ...spanOf(period), found: foundThen, removed: removedThen, recurred: recurredThen, left: leftThen, watched: watchedThen };
    }),
  }));
  return togetherNow(tx, communes, { first: spanOf(periods[0] ?? last).last, last: spanOf(last).last });
}

/** Communes that became one live on as it: their points are recorded under the code it bears. A month in which one of them sent nothing tells of neither. */
async function togetherNow(tx: Tx, communes: readonly CommunePoints[], { first, last }: { readonly first: string; readonly last: string }): Promise<CommunePoints[]> {
  const open = new Set((await unitsOn(tx, last)).map((unit) => unit.code));
  const gone = communes.filter(({ commune }) => !open.has(commune));
  if (gone.length === 0) return [...communes];
  const { fate } = await lineage(tx);
  const goesTo = (commune: string): string => { const found = fate(commune, first, last); return found.kind === 'whole' ? found.code : commune; };
  const joined = Map.groupBy(gone, ({ commune }) => goesTo(commune));
  return communes.filter(({ commune }) => open.has(commune)).map((one) => {
    const others = joined.get(one.commune) ?? [];
    const until = others.map(({ months }) => months.at(-1)?.last ?? '').sort().at(-1) ?? '';
    return { ...one, months: one.months.flatMap((month) => {
      if (month.last > until) return [month];
      const same = others.flatMap(({ months }) => months.filter((each) => each.last === month.last));
      const sum = (of: (month: CommunePoints['months'][number]) => number): number => same.reduce((total, each) => total + of(each), of(month));
      return same.length < others.length ? [] : [{ ...month, found: sum((each) => each.found), removed: sum((each) => each.removed), recurred: sum((each) => each.recurred), left: sum((each) => each.left), watched: sum((each) => each.watched) }];
    }) };
  });
}

export const seedHotspotsFromReturns = async (tx: Tx, now: Now): Promise<number> =>
  seedHotspots(tx, now, await readPoints(tx, now));
