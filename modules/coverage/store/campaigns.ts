/** Campaigns and their progress. Counts are aggregates of one scan; nothing is counted in JavaScript. */
import { Nullable, shape, Type, Day } from '#kernel/shape.ts';
import type { PlainDate } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Campaign, CountSums, KindRow, ReviewRow, Totals } from '../schema.ts';
import { seenCampaigns, seenPlaces, type By } from './scoped.ts';

const campaignColumns = sql`c.province, c.id, c.name_vi, c.name_en, c.basis, c.starts_on, c.ends_on, c.review_days::text[] as review_days, c.kinds, c.state, c.issuer_office, c.succeeds, c.version, c.demonstration`;

export const listCampaigns = ({ tx, scope }: By) => tx.rows(Campaign, sql`
  select ${campaignColumns} from coverage.campaign c where ${seenCampaigns(scope)} order by c.starts_on desc, c.province, c.id limit 500`);
export const findCampaign = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Campaign, sql`
  select ${campaignColumns} from coverage.campaign c where c.province = ${province} and c.id = ${id} and ${seenCampaigns(scope)}`);
export const lockCampaign = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Campaign, sql`
  select ${campaignColumns} from coverage.campaign c where c.province = ${province} and c.id = ${id} and ${seenCampaigns(scope)} for update`);
/** The campaign a place belongs to, which lies with its province or with the nation. */
export const findCampaignOf = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Campaign, sql`
  select ${campaignColumns} from coverage.campaign c where c.province in (${province}, '00') and c.id = ${id} and ${seenCampaigns(scope)}`);

export const insertCampaign = (tx: Tx, one: Campaign, at: string) => tx.run(sql`
  insert into coverage.campaign (province, id, name_vi, name_en, basis, starts_on, ends_on, review_days, kinds, state, issuer_office, succeeds, version, demonstration, opened_at)
  values (${one.province}, ${one.id}, ${one.nameVi}, ${one.nameEn}, ${one.basis}, ${one.startsOn}, ${one.endsOn}, ${one.reviewDays}::date[], ${one.kinds}::text[], ${one.state}, ${one.issuerOffice}, ${one.succeeds},
          ${one.version}, ${one.demonstration}, ${at})`);
export const setClosed = (tx: Tx, province: string, id: string) =>
  tx.run(sql`update coverage.campaign set state = 'closed', version = version + 1 where province = ${province} and id = ${id}`);

/** What every count of places consists of; `p` is the table. */
const counted = (today: PlainDate) => sql`
  count(p.id)::int as places, count(p.id) filter (where p.state = 'not-applicable')::int as not_applicable, count(p.id) filter (where p.state = 'reached')::int as reached,
  count(p.id) filter (where p.planned_on is not null)::int as planned, count(p.id) filter (where p.state = 'due' and p.planned_on < ${today}::date)::int as late,
  coalesce(sum(p.size) filter (where p.state <> 'not-applicable'), 0)::int as size, coalesce(sum(p.size_reached), 0)::int as size_reached, coalesce(sum(p.visits), 0)::int as visits`;

/** Where to count: a campaign, within a province or a commune of it when given. */
export type Area = { readonly campaign: string; readonly province?: string | undefined; readonly commune?: string | undefined; readonly today: PlainDate };
const within = ({ campaign, province, commune }: Area) =>
  sql`p.campaign = ${campaign} and (${province ?? null}::text is null or p.province = ${province ?? null}) and (${commune ?? null}::text is null or p.commune = ${commune ?? null})`;

const CampaignTotals = shape({ campaign: Type.String(), ...Totals.properties });
export const totalsOfCampaigns = ({ tx, scope }: By, today: PlainDate) => tx.rows(CampaignTotals, sql`
  select p.campaign, ${counted(today)} from coverage.place p where ${seenPlaces(scope)} group by p.campaign`);
export const totalsOf = ({ tx, scope }: By, area: Area) => tx.one(Totals, sql`
  select ${counted(area.today)} from coverage.place p where ${within(area)} and ${seenPlaces(scope)}`);
export const totalsByKind = ({ tx, scope }: By, area: Area) => tx.rows(KindRow, sql`
  select p.kind, ${counted(area.today)} from coverage.place p where ${within(area)} and ${seenPlaces(scope)} group by p.kind`);

const Row = shape({ province: Type.String(), code: Type.String(), divided: Type.Integer(), ...Totals.properties, lastOn: Nullable(Day) });
export const totalsByProvince = ({ tx, scope }: By, area: Area) => tx.rows(Row, sql`
  select p.province, p.province as code, count(distinct p.commune)::int as divided, ${counted(area.today)}, max(p.last_on) as last_on
    from coverage.place p where ${within(area)} and ${seenPlaces(scope)} group by p.province`);
export const totalsByCommune = ({ tx, scope }: By, area: Area) => tx.rows(Row, sql`
  select p.province, p.commune as code, 1 as divided, ${counted(area.today)}, max(p.last_on) as last_on
    from coverage.place p where ${within(area)} and ${seenPlaces(scope)} group by p.province, p.commune`);

/** Places that had been reached by the end of each review day. */
export const reachedByReview = ({ tx, scope }: By, area: Area, days: readonly PlainDate[]) => tx.rows(ReviewRow, sql`
  select d.day, count(p.id) filter (where p.reached_on <= d.day)::int as reached, count(p.id)::int as places
    from unnest(${days}::date[]) as d(day) left join coverage.place p on p.state <> 'not-applicable' and ${within(area)} and ${seenPlaces(scope)}
   group by d.day order by d.day`);

const Offers = shape({ offered: CountSums, accepted: CountSums });
export const offersOf = ({ tx, scope }: By, area: Area) => tx.one(Offers, sql`
  select array[coalesce(sum(p.offered[1]), 0), coalesce(sum(p.offered[2]), 0), coalesce(sum(p.offered[3]), 0), coalesce(sum(p.offered[4]), 0)]::int[] as offered,
         array[coalesce(sum(p.accepted[1]), 0), coalesce(sum(p.accepted[2]), 0), coalesce(sum(p.accepted[3]), 0), coalesce(sum(p.accepted[4]), 0)]::int[] as accepted
    from coverage.place p where ${within(area)} and ${seenPlaces(scope)}`);
