/** All SQL of the log. Hashes travel as hexadecimal or base64 text, so that the shapes stay plain JSON. */
import { Type, type Static } from 'typebox';
import { base64Of, bytesOfBase64, bytesOfHex, hexOf } from '#kernel/bytes.ts';
import type { Head } from '#kernel/checkpoint.ts';
import { entryKinds, type Entry } from '#kernel/entry.ts';
import type { Hash } from '#kernel/merkle.ts';
import { newId } from '#kernel/id.ts';
import { Nullable, oneOf, shape } from '#kernel/shape.ts';
import { byteaArray, textArray } from '../db/binary.ts';
import { prepared, sql, type Sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import type { Tile, TileKey } from './tiles.ts';

export type HashedEntry = { readonly entry: Entry; readonly hash: Hash };
/** An entry as the log holds it. `position` is null while it waits for its place. */
export type PlacedEntry = HashedEntry & { readonly position: number | null };

const LeafRow = shape({
  province: Type.String(), id: Type.String(), at: Type.String(), kind: oneOf(entryKinds), action: Type.String(),
  actor: Nullable(Type.String()), role: Nullable(Type.String()), unit: Nullable(Type.String()),
  targetType: Type.String(), target: Type.String(), beforeDigest: Nullable(Type.String()), afterDigest: Nullable(Type.String()),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  hash: Type.String(), position: Nullable(Type.Number()),
});

const leafColumns: Sql = sql`
  l.province, l.id, l.at, l.kind, l.action, l.actor, l.role, l.unit, l.target_type, l.target,
  l.before_digest, l.after_digest, l.facts, encode(l.hash, 'hex') as hash, l.position`;

function placedEntry({ province, beforeDigest, afterDigest, hash, position, ...rest }: Static<typeof LeafRow>): PlacedEntry {
  return { entry: { log: province, before: beforeDigest, after: afterDigest, ...rest }, hash: bytesOfHex(hash), position };
}

const listEntries = async (tx: Tx, statement: Sql): Promise<PlacedEntry[]> => (await tx.rows(LeafRow, statement)).map(placedEntry);

export async function insertLeaves(tx: Tx, list: readonly HashedEntry[]): Promise<void> {
  const entries = list.map((one) => one.entry);
  // Columns and not one document: reading a document costs the server more than writing the rows.
  const texts = (of: (entry: Entry) => string | null): string => textArray(entries.map(of));
  await tx.run(prepared('log.insert-leaves', sql`
    insert into log.leaf (province, id, at, kind, action, actor, role, unit, target_type, target, before_digest, after_digest, facts, hash)
    select t.* from unnest(${texts((one) => one.log)}::text[], ${texts((one) => one.id)}::uuid[], ${texts((one) => one.at)}::timestamptz[], ${texts((one) => one.kind)}::text[], ${texts((one) => one.action)}::text[],
      ${texts((one) => one.actor)}::text[], ${texts((one) => one.role)}::text[], ${texts((one) => one.unit)}::text[], ${texts((one) => one.targetType)}::text[], ${texts((one) => one.target)}::text[],
      ${texts((one) => one.before)}::text[], ${texts((one) => one.after)}::text[], ${texts((one) => JSON.stringify(one.facts))}::jsonb[], ${byteaArray(list.map((one) => one.hash))}::bytea[]) as t`));
}

/** True when this transaction is now the only one that may place entries of the log; the lock ends with it. */
export const lockLog = async (tx: Tx, province: string): Promise<boolean> =>
  (await tx.one(shape({ held: Type.Boolean() }), sql`select pg_try_advisory_xact_lock(7364103, ${Number(province)}::int) as held`)).held;

/** The same for signing, which looks at all logs at once. */
export const lockSigning = async (tx: Tx): Promise<boolean> =>
  (await tx.one(shape({ held: Type.Boolean() }), sql`select pg_try_advisory_xact_lock(7364104) as held`)).held;

/** Logs with entries that have no place yet. */
export const listWaitingLogs = async (tx: Tx): Promise<string[]> =>
  (await tx.rows(shape({ province: Type.String() }), sql`select distinct province from log.leaf where position is null order by province`)).map((row) => row.province);

/**
 * Entries without a place, oldest first. Chosen by the missing place and not by time: a transaction that commits late
 * brings entries older than some already placed, and they must not be passed over.
 */
export const listWaiting = (tx: Tx, province: string, limit: number): Promise<PlacedEntry[]> => listEntries(tx, sql`
  select ${leafColumns} from log.leaf l where l.province = ${province} and l.position is null order by l.at, l.id limit ${limit}`);

/** @throws when an entry already has a place: another sequencer was at work, and this transaction must fall */
export async function placeEntries(tx: Tx, province: string, ids: readonly string[], first: number): Promise<void> {
  const placed = await tx.run(sql`
    update log.leaf l set position = p.place + ${first}::bigint - 1
      from unnest(${ids}::uuid[]) with ordinality as p(id, place)
     where l.province = ${province} and l.id = p.id and l.position is null`);
  if (placed !== ids.length) throw new Error(`log ${province}: ${ids.length - placed} entries were placed by someone else`);
}

const HeadRow = shape({ province: Type.String(), size: Type.Number(), root: Type.String() });
const headOf = ({ province, size, root }: Static<typeof HeadRow>): Head => ({ log: province, size, root: bytesOfHex(root) });

export async function findHead(tx: Tx, province: string): Promise<Head | undefined> {
  const row = await tx.maybe(HeadRow, sql`select province, size, encode(root, 'hex') as root from log.head where province = ${province}`);
  return row && headOf(row);
}

export const listHeads = async (tx: Tx): Promise<Head[]> =>
  (await tx.rows(HeadRow, sql`select province, size, encode(root, 'hex') as root from log.head order by province`)).map(headOf);

export const saveHead = (tx: Tx, head: Head, at: string) => tx.run(sql`
  insert into log.head (province, size, root, at) values (${head.log}, ${head.size}, decode(${hexOf(head.root)}, 'hex'), ${at})
  on conflict (province) do update set size = excluded.size, root = excluded.root, at = excluded.at`);

const TileRow = shape({ level: Type.Number(), index: Type.Number(), hashes: Type.String() });

/** The tiles asked for, those that exist. */
export async function listTiles(tx: Tx, province: string, keys: readonly TileKey[]): Promise<Tile[]> {
  if (keys.length === 0) return [];
  const rows = await tx.rows(TileRow, sql`
    select t.level, t.index, replace(encode(t.hashes, 'base64'), E'\n', '') as hashes
      from log.tile t
      join unnest(${keys.map((key) => key.level)}::int[], ${keys.map((key) => key.index)}::bigint[]) as k(level, index)
        on k.level = t.level and k.index = t.index
     where t.province = ${province}`);
  return rows.map(({ level, index, hashes }) => ({ level, index, hashes: bytesOfBase64(hashes) ?? new Uint8Array() }));
}

export async function saveTiles(tx: Tx, province: string, tiles: readonly Tile[]): Promise<void> {
  await tx.run(sql`
    insert into log.tile (province, level, index, hashes)
    select ${province}, t.level, t.index, decode(t.hashes, 'base64')
      from unnest(${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => tile.index)}::bigint[], ${tiles.map((tile) => base64Of(tile.hashes))}::text[])
        as t(level, index, hashes)
    on conflict (province, level, index) do update set hashes = excluded.hashes`);
}

const CheckpointRow = shape({
  province: Type.String(), number: Type.Number(), size: Type.Number(), root: Type.String(), note: Type.String(), signedAt: Type.String(),
});
export type StoredCheckpoint = Head & { readonly number: number; readonly note: string; readonly signedAt: string };
const storedCheckpoint = ({ province, root, ...rest }: Static<typeof CheckpointRow>): StoredCheckpoint => ({ log: province, root: bytesOfHex(root), ...rest });
const checkpointColumns: Sql = sql`c.province, c.number, c.size, encode(c.root, 'hex') as root, c.note, c.signed_at`;

/** The newest checkpoint of each log. */
export const listLatestCheckpoints = async (tx: Tx): Promise<StoredCheckpoint[]> => (await tx.rows(CheckpointRow, sql`
  select distinct on (c.province) ${checkpointColumns} from log.checkpoint c order by c.province, c.number desc`)).map(storedCheckpoint);

/** A log's checkpoints, newest first. @param beforeNumber to go on from an earlier page */
export const listCheckpoints = async (tx: Tx, province: string, limit: number, beforeNumber: number | null = null): Promise<StoredCheckpoint[]> => (await tx.rows(CheckpointRow, sql`
  select ${checkpointColumns} from log.checkpoint c
   where c.province = ${province} and (${beforeNumber}::int is null or c.number < ${beforeNumber}::int)
   order by c.number desc limit ${limit}`)).map(storedCheckpoint);

/** A log's checkpoints in the order they were signed, after a number. */
export const listCheckpointsAfter = async (tx: Tx, province: string, number: number, limit: number): Promise<StoredCheckpoint[]> => (await tx.rows(CheckpointRow, sql`
  select ${checkpointColumns} from log.checkpoint c where c.province = ${province} and c.number > ${number} order by c.number limit ${limit}`)).map(storedCheckpoint);

export const saveCheckpoint = (tx: Tx, { log, number, size, root, note, signedAt }: StoredCheckpoint) => tx.run(sql`
  insert into log.checkpoint (province, number, size, root, note, signed_at)
  values (${log}, ${number}, ${size}, decode(${hexOf(root)}, 'hex'), ${note}, ${signedAt})`);

/** Entries that have their place, in order, from one position on. */
export const listPlaced = (tx: Tx, province: string, from: number, limit: number): Promise<PlacedEntry[]> => listEntries(tx, sql`
  select ${leafColumns} from log.leaf l where l.province = ${province} and l.position >= ${from} order by l.position limit ${limit}`);

export const findEntry = async (tx: Tx, province: string, id: string): Promise<PlacedEntry | undefined> => (await listEntries(tx, sql`
  select ${leafColumns} from log.leaf l where l.province = ${province} and l.id = ${id}`))[0];

/** The entry a reply's leaf hash names. */
export const findEntryByHash = async (tx: Tx, province: string, hash: Hash): Promise<PlacedEntry | undefined> => (await listEntries(tx, sql`
  select ${leafColumns} from log.leaf l where l.province = ${province} and l.hash = decode(${hexOf(hash)}, 'hex') limit 1`))[0];

/** What the timeline may be narrowed to; a part left out does not narrow. */
export type EntryFilter = {
  /** Logs the reader may see at all. */
  readonly logs: readonly string[];
  readonly log?: string; readonly from?: string; readonly until?: string; readonly kind?: string; readonly action?: string;
  readonly unit?: string; readonly role?: string; readonly actor?: string; readonly targetType?: string; readonly target?: string;
};

/** Newest first, over every log the transaction's row security shows. @param before last entry of the page before */
export const listEntriesBy = (tx: Tx, f: EntryFilter, limit: number, before?: { readonly at: string; readonly id: string }): Promise<PlacedEntry[]> => listEntries(tx, sql`
  select ${leafColumns}
    from log.leaf l
   where l.province = any (${f.logs}::text[])
     and (${f.log ?? null}::text is null or l.province = ${f.log ?? null})
     and (${f.from ?? null}::timestamptz is null or l.at >= ${f.from ?? null})
     and (${f.until ?? null}::timestamptz is null or l.at < ${f.until ?? null})
     and (${f.kind ?? null}::text is null or l.kind = ${f.kind ?? null})
     and (${f.action ?? null}::text is null or l.action = ${f.action ?? null} or starts_with(l.action, ${f.action ?? null} || '.'))
     and (${f.unit ?? null}::text is null or l.unit = ${f.unit ?? null})
     and (${f.role ?? null}::text is null or l.role = ${f.role ?? null})
     and (${f.actor ?? null}::text is null or l.actor = ${f.actor ?? null})
     and (${f.targetType ?? null}::text is null or l.target_type = ${f.targetType ?? null})
     and (${f.target ?? null}::text is null or l.target = ${f.target ?? null})
     and (${before?.at ?? null}::timestamptz is null or (l.at, l.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
   order by l.at desc, l.id desc
   limit ${limit}`);

export type Alarm = { readonly log: string; readonly at: string; readonly code: AlarmCode; readonly facts: Readonly<Record<string, string | number>> };
export type AlarmCode = 'leaf-late' | 'leaf-missing' | 'leaf-altered' | 'witness-refused';

export const saveAlarm = (tx: Tx, { log, at, code, facts }: Alarm) => tx.run(sql`
  insert into log.alarm (province, id, at, code, facts) values (${log}, ${newId()}, ${at}, ${code}, ${JSON.stringify(facts)}::jsonb)`);

const AlarmRow = shape({
  log: Type.String(), at: Type.String(), code: oneOf(['leaf-late', 'leaf-missing', 'leaf-altered', 'witness-refused'] as const),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export const listAlarms = (tx: Tx, limit: number): Promise<Alarm[]> => tx.rows(AlarmRow, sql`
  select province as log, at, code, facts from log.alarm order by at desc, id limit ${limit}`);

/** How many entries written before an instant still wait for their place, by log. */
export const countLate = (tx: Tx, before: string) => tx.rows(shape({ log: Type.String(), count: Type.Number(), oldest: Type.String() }), sql`
  select province as log, count(*)::int as count, min(at) as oldest from log.leaf where position is null and at < ${before} group by province order by province`);
