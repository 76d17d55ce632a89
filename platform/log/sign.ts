import { equalBytes } from '#kernel/bytes.ts';
import { headsOf, parseCheckpoint, parseNote, type Head } from '#kernel/checkpoint.ts';
import { hashing, joinSubtrees, type Hash } from '#kernel/merkle.ts';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/tx.ts';
import { nationLog, signCheckpoint } from './checkpoint.ts';
import type { LogKeys } from './keys.ts';
import { consistencyProof, tilesForConsistency } from './proofs.ts';
import { batchSize } from './sequencer.ts';
import { sha256 } from './sha256.ts';
import { listHeads, listLatestCheckpoints, listTiles, lockSigning, saveAlarm, saveCheckpoint, type StoredCheckpoint } from './store.ts';
import type { ReadTile, Tile } from './tiles.ts';
import type { Witness } from './witness.ts';

const longestMs = 60_000;
const emptyRoot: Hash = hashing(joinSubtrees([]), sha256);

export type Signing = {
  readonly db: Database;
  readonly keys: LogKeys;
  readonly witness: Witness;
  /** Codes of the logs the nation's checkpoint must cover even while they are empty: the 34 provinces and '00'. */
  readonly logs: readonly string[];
  readonly clock: () => Date;
};

export const readerOf = (tiles: readonly Tile[]): ReadTile => {
  const held = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  return ({ level, index }) => held.get(`${level}/${index}`);
};

/** A consistency proof from the stored tiles, or null when the tree does not hold what it would need. */
export async function proveConsistency(tx: Tx, log: string, earlier: number, size: number): Promise<readonly Hash[] | null> {
  if (earlier > size) return null;
  try {
    return consistencyProof(earlier, size, readerOf(await listTiles(tx, log, tilesForConsistency(earlier, size))));
  } catch {
    return null; // a tile is missing: the tree was cut, which the caller reports
  }
}

const isDue = (last: StoredCheckpoint | undefined, newLeaves: number, now: Date): boolean =>
  last === undefined || newLeaves >= batchSize || now.getTime() - Date.parse(last.signedAt) >= longestMs;

const sameHead = (a: Head, b: Head | undefined): boolean => b !== undefined && a.size === b.size && equalBytes(a.root, b.root);

function headsIn(note: string | undefined): readonly Head[] {
  const parsed = note === undefined ? null : parseNote(note);
  const checkpoint = parsed === null ? null : parseCheckpoint(parsed.text);
  return checkpoint === null ? [] : headsOf(checkpoint);
}

/** Heads that must be signed now: logs that grew and whose last checkpoint is 60 s old or 256 entries behind. */
function dueHeads(heads: readonly Head[], latest: ReadonlyMap<string, StoredCheckpoint>, now: Date): readonly Head[] {
  const provinces = heads.filter((head) => {
    const last = latest.get(head.log);
    return head.log !== nationLog && head.size > (last?.size ?? 0) && isDue(last, head.size - (last?.size ?? 0), now);
  });
  const last = latest.get(nationLog);
  const covered = new Map(headsIn(last?.note).map((head) => [head.log, head]));
  const newLeaves = heads.reduce((sum, head) => sum + head.size - (covered.get(head.log)?.size ?? 0), 0);
  const nation = heads.find((head) => head.log === nationLog);
  const changed = heads.some((head) => !sameHead(head, covered.get(head.log)));
  return nation !== undefined && changed && isDue(last, newLeaves, now) ? [...provinces, nation] : provinces;
}

/**
 * Signs the checkpoints that are due, the nation's over the heads of all logs, and asks the witness to cosign each.
 * A checkpoint the witness refuses is kept without its line and raises an alarm: the tree no longer continues what it saw.
 *
 * @param force sign every log that has grown at all, now
 * @returns how many were signed; 0 also while another process signs
 */
export const signDue = ({ db, keys, witness, logs, clock }: Signing, force = false): Promise<number> => db.write('system', async (tx) => {
  if (!(await lockSigning(tx))) return 0;
  const now = clock();
  const known = new Map((await listHeads(tx)).map((head) => [head.log, head]));
  const latest = new Map((await listLatestCheckpoints(tx)).map((checkpoint) => [checkpoint.log, checkpoint]));
  // A log once covered stays covered: one that vanished from the database is signed as empty, and the witness refuses that.
  const covered = headsIn(latest.get(nationLog)?.note).map((head) => head.log);
  const codes = [...new Set([nationLog, ...logs, ...known.keys(), ...covered])].sort();
  const heads = codes.map((log) => known.get(log) ?? { log, size: 0, root: emptyRoot });
  const due = dueHeads(heads, latest, force ? new Date(8_640_000_000_000_000) : now);
  for (const head of due) {
    const note = signCheckpoint(keys, head, head.log === nationLog ? heads : []);
    const answer = await witness.look(note, head.log === nationLog ? heads : [head], (log, earlier, size) => proveConsistency(tx, log, earlier, size), Math.floor(now.getTime() / 1000));
    if (answer.refused) await saveAlarm(tx, { log: answer.refused.log, at: now.toISOString(), code: 'witness-refused', facts: { seenSize: answer.refused.seenSize, size: head.size } });
    await saveCheckpoint(tx, { ...head, number: (latest.get(head.log)?.number ?? 0) + 1, note: answer.note, signedAt: now.toISOString() });
  }
  return due.length;
});
