import { equalBytes, hexOf } from '#kernel/bytes.ts';
import { entryBytes } from '#kernel/entry.ts';
import { hashing, leafHash } from '#kernel/merkle.ts';
import type { Database } from '../db/database.ts';
import { sha256 } from './sha256.ts';
import { findHead, listTiles, listWaiting, listWaitingLogs, lockLog, placeEntries, saveAlarm, saveHead, saveTiles, type PlacedEntry } from './store.ts';
import { edgeOf, growTiles } from './tiles.ts';

/** Entries placed in one transaction; a checkpoint is due after as many (SECURITY R27). */
export const batchSize = 256;

const isAltered = ({ entry, hash }: PlacedEntry): boolean => !equalBytes(hashing(leafHash(entryBytes(entry)), sha256), hash);

/**
 * Gives the waiting entries of one log their places: positions, tiles and head in one transaction.
 *
 * Killed at any point, nothing of the batch is there and the entries still wait; a second sequencer finds the log locked and
 * leaves it alone. So no entry is dropped and none is placed twice (SECURITY R25).
 *
 * @returns how many were placed; 0 also when another sequencer is at work
 */
export const sequence = (db: Database, province: string, at: string): Promise<number> => db.write('system', async (tx) => {
  if (!(await lockLog(tx, province))) return 0;
  const waiting = await listWaiting(tx, province, batchSize);
  if (waiting.length === 0) return 0;
  const size = (await findHead(tx, province))?.size ?? 0;
  const edge = await listTiles(tx, province, edgeOf(size));
  const grown = growTiles(size, edge, waiting.map((leaf) => leaf.hash));
  await placeEntries(tx, province, waiting.map((leaf) => leaf.entry.id), size);
  await saveTiles(tx, province, grown.changed);
  await saveHead(tx, { log: province, size: grown.size, root: grown.root }, at);
  // The promised hash goes into the tree whatever the row says now; verification then names the altered row.
  for (const leaf of waiting.filter(isAltered)) {
    await saveAlarm(tx, { log: province, at, code: 'leaf-altered', facts: { id: leaf.entry.id, hash: hexOf(leaf.hash) } });
  }
  return waiting.length;
});

/** Places everything that waits, log by log. @param afterBatch called after each batch, to sign a checkpoint when one is due */
export async function sequenceAll(db: Database, clock: () => Date, afterBatch: () => Promise<void> = async () => undefined): Promise<number> {
  let total = 0;
  for (const province of await db.read('system', listWaitingLogs)) {
    for (let placed = batchSize; placed === batchSize; ) {
      placed = await sequence(db, province, clock().toISOString());
      total += placed;
      if (placed > 0) await afterBatch();
    }
  }
  return total;
}
