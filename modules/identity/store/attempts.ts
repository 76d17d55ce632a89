import { shape, Type, type Static } from '#kernel/shape.ts';
import type { Instant } from '#kernel/day.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Lane = shape({ lane: Type.String(), failures: Type.Number(), freeAt: Type.String(), lastAt: Type.String() });
export type LaneRow = Static<typeof Lane>;

/** The lanes as they stand, locked in name order so that two tries never wait for each other in a circle. */
export async function lockLanes(tx: Tx, names: readonly string[], at: Instant): Promise<LaneRow[]> {
  await tx.run(sql`
    insert into identity.attempt_lane (lane, failures, free_at, last_at)
    select name, 0, ${at}, ${at} from unnest(${[...names].sort()}::text[]) as name
    on conflict (lane) do nothing`);
  return tx.rows(Lane, sql`select lane, failures, free_at, last_at from identity.attempt_lane where lane = any (${names}::text[]) order by lane for update`);
}

export const saveLanes = (tx: Tx, lanes: readonly LaneRow[]) => tx.run(sql`
  update identity.attempt_lane l set failures = n.failures, free_at = n.free_at, last_at = n.last_at
    from jsonb_to_recordset(${JSON.stringify(lanes.map((l) => ({ lane: l.lane, failures: l.failures, free_at: l.freeAt, last_at: l.lastAt })))}::jsonb)
      as n(lane text, failures int, free_at timestamptz, last_at timestamptz)
   where l.lane = n.lane`);

/** Clears what has no use any more: lanes left alone, challenges and sessions past their end, old links and browsers. */
export async function sweep(tx: Tx, at: Instant, lanesBefore: Instant, devicesBefore: Instant): Promise<void> {
  await tx.run(sql`delete from identity.attempt_lane where last_at < ${lanesBefore}`);
  await tx.run(sql`delete from identity.challenge where expires_at < ${at}`);
  await tx.run(sql`delete from identity.session where ends_at < ${at}`);
  await tx.run(sql`delete from identity.known_device where last_used_at < ${devicesBefore}`);
}
