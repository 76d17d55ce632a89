import { base64Of, bytesOfHex } from '#kernel/bytes.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Context, Download } from '#platform/http/bind.ts';
import { nationLog, publishedKeys } from '#platform/log/checkpoint.ts';
import { inclusionProof, tilesForInclusion } from '#platform/log/proofs.ts';
import { logKeysInUse } from '#platform/log/record.ts';
import { proveConsistency, readerOf } from '#platform/log/sign.ts';
import * as log from '#platform/log/store.ts';
import type { CheckpointView, Inclusion, PlacedEntry } from '../schema.ts';
import { placedView, readableLogs } from './timeline.ts';

export const checkpointView = ({ root, ...rest }: log.StoredCheckpoint): CheckpointView => ({ ...rest, root: base64Of(root) });

/** The proof in the newest checkpoint of its log; null while the entry waits for its place or for the next checkpoint. */
async function inclusionOf(tx: Tx, province: string, position: number | null): Promise<Inclusion | null> {
  const [latest] = await log.listCheckpoints(tx, province, 1);
  if (position === null || latest === undefined || latest.size <= position) return null;
  const tiles = readerOf(await log.listTiles(tx, province, tilesForInclusion(position, latest.size)));
  return { index: position, size: latest.size, path: inclusionProof(position, latest.size, tiles).map(base64Of), note: latest.note };
}

export async function readEntry({ tx, may }: Pick<Context, 'tx' | 'may'>, province: string, id: string): Promise<Result<{ placed: PlacedEntry; inclusion: Inclusion | null }>> {
  const found = may('audit.read', { province }) ? await log.findEntry(tx, province, id) : undefined;
  if (found === undefined) return refuse({ code: 'not-found' });
  return ok({ placed: placedView(found), inclusion: await inclusionOf(tx, province, found.position) });
}

/** For whoever holds the leaf hash of a reply: proof of its place, and nothing of its content. */
export async function proveLeaf({ services }: Pick<Context, 'services'>, province: string, hash: string): Promise<Result<{ placed: boolean; inclusion: Inclusion | null }>> {
  return services.db.read('system', async (tx) => {
    const found = await log.findEntryByHash(tx, province, bytesOfHex(hash));
    if (found === undefined) return refuse({ code: 'not-found' });
    return ok({ placed: found.position !== null, inclusion: await inclusionOf(tx, province, found.position) });
  });
}

export async function listCheckpoints(tx: Tx, province: string, before: string | undefined) {
  const found = await log.listCheckpoints(tx, province, 50, before === undefined ? null : Number(before));
  return { keys: publishedKeys(logKeysInUse()), checkpoints: found.map(checkpointView) };
}

export async function readConsistency(tx: Tx, province: string, from: number, to: number): Promise<Result<{ path: string[] }>> {
  const head = await log.findHead(tx, province);
  if (head === undefined || from > to || to > head.size) return refuse({ code: 'not-found' });
  const path = await proveConsistency(tx, province, from, to);
  return path === null ? refuse({ code: 'tree-not-continued' }) : ok({ path: path.map(base64Of) });
}

export async function readTile(tx: Tx, province: string, level: number, index: number): Promise<Download | Result<never>> {
  const [tile] = level > 7 ? [] : await log.listTiles(tx, province, [{ level, index }]);
  if (tile === undefined) return refuse({ code: 'not-found' });
  return { bytes: tile.hashes, fileName: `tile-${province}-${level}-${index}`, contentType: 'application/octet-stream' };
}

/** The logs the asker may read, with what is signed of each, and the alarms about them. */
export async function readState({ tx, may }: Pick<Context, 'tx' | 'may'>) {
  const readable = await readableLogs({ tx, may });
  const latest = await log.listLatestCheckpoints(tx);
  const nation = latest.find((checkpoint) => checkpoint.log === nationLog);
  const signed = new Map(latest.map((checkpoint) => [checkpoint.log, checkpoint.size]));
  return {
    keys: publishedKeys(logKeysInUse()),
    logs: (await log.listHeads(tx)).filter((head) => readable.includes(head.log)).map((head) => ({ log: head.log, size: head.size, signed: signed.get(head.log) ?? 0 })),
    latest: nation === undefined ? null : checkpointView(nation),
    alarms: (await log.listAlarms(tx, 100)).filter((alarm) => readable.includes(alarm.log)).map((alarm) => ({ ...alarm, facts: { ...alarm.facts } })),
  };
}
