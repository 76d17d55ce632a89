import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { ChannelRow, Drive, DriveCount } from '../schema.ts';
import { seenCounts, seenOwned, type By } from './scoped.ts';

const driveColumns = sql`o.province, o.id, o.name_vi, o.name_en, o.message_vi, o.message_en, o.channels, o.starts_on, o.ends_on, o.state, o.office, o.version, o.demonstration`;
export const listDrives = ({ tx, scope }: By) => tx.rows(Drive, sql`select ${driveColumns} from prevention.drive o where ${seenOwned(scope)} order by o.starts_on desc, o.id limit 500`);
export const findDrive = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Drive, sql`select ${driveColumns} from prevention.drive o where o.province = ${province} and o.id = ${id} and ${seenOwned(scope)}`);
export const insertDrive = (tx: Tx, one: Drive, at: string) => tx.run(sql`
  insert into prevention.drive (province, id, name_vi, name_en, message_vi, message_en, channels, starts_on, ends_on, state, office, version, demonstration, added_at)
  values (${one.province}, ${one.id}, ${one.nameVi}, ${one.nameEn}, ${one.messageVi}, ${one.messageEn}, ${one.channels}::text[], ${one.startsOn}, ${one.endsOn}, ${one.state}, ${one.office}, ${one.version}, ${one.demonstration}, ${at})`);

const told = sql`count(distinct a.commune) filter (where a.activities > 0)::int as communes, coalesce(sum(a.activities), 0)::int as activities, coalesce(sum(a.reached), 0)::int as reached, coalesce(sum(a.cost_vnd), 0)::int8 as cost_vnd`;
const Told = { communes: Type.Integer(), activities: Type.Integer(), reached: Type.Integer(), costVnd: Type.Integer() };
export type Within = { readonly drive: string; readonly province?: string | undefined };
const within = ({ drive, province }: Within) => sql`a.drive = ${drive} and (${province ?? null}::text is null or a.province = ${province ?? null})`;
export const totalsOfDrives = ({ tx, scope }: By) => tx.rows(shape({ drive: Type.String(), ...Told }), sql`select a.drive, ${told} from prevention.drive_count a where ${seenCounts(scope)} group by a.drive`);
export const totalsOf = ({ tx, scope }: By, area: Within) => tx.one(shape(Told), sql`select ${told} from prevention.drive_count a where ${within(area)} and ${seenCounts(scope)}`);
export const totalsByArea = ({ tx, scope }: By, area: Within, by: 'province' | 'commune') => tx.rows(shape({ province: Type.String(), code: Type.String(), ...Told }), sql`
  select a.province, case when ${by} = 'province' then a.province else a.commune end as code, ${told} from prevention.drive_count a where ${within(area)} and ${seenCounts(scope)} group by 1, 2`);
export const totalsByChannel = ({ tx, scope }: By, area: Within) => tx.rows(ChannelRow, sql`
  select a.channel, sum(a.activities)::int as activities, sum(a.reached)::int as reached, sum(a.cost_vnd)::int8 as cost_vnd from prevention.drive_count a where ${within(area)} and ${seenCounts(scope)} group by a.channel order by a.channel`);

export type CountKey = { readonly province: string; readonly drive: string; readonly commune: string; readonly month: string; readonly channel: string };
export const listCounts = ({ tx, scope }: By, { province, drive, commune }: Pick<CountKey, 'province' | 'drive' | 'commune'>) => tx.rows(DriveCount, sql`
  select a.month, a.channel, a.activities, a.reached, a.cost_vnd, a.version from prevention.drive_count a where a.province = ${province} and a.drive = ${drive} and a.commune = ${commune} and ${seenCounts(scope)} order by a.month desc, a.channel limit 400`);
/** Writes a month of a channel, or puts it right where its version is the one known. @returns 0 when somebody wrote in between */
export const saveCount = (tx: Tx, key: CountKey, one: Omit<DriveCount, 'month' | 'channel'> & { readonly office: string; readonly at: string }) => tx.run(sql`
  insert into prevention.drive_count as c (province, drive, commune, month, channel, activities, reached, cost_vnd, office, version, recorded_at)
  values (${key.province}, ${key.drive}, ${key.commune}, ${key.month}, ${key.channel}, ${one.activities}, ${one.reached}, ${one.costVnd}, ${one.office}, ${one.version}, ${one.at})
  on conflict (province, drive, commune, month, channel) do update set activities = excluded.activities, reached = excluded.reached, cost_vnd = excluded.cost_vnd, office = excluded.office, version = excluded.version, recorded_at = excluded.recorded_at
    where c.version = excluded.version - 1`);
