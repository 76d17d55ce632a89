import { base64Of, hexOf } from '#kernel/bytes.ts';
import type { Instant } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publishedKeys } from '#platform/log/checkpoint.ts';
import { logKeysInUse } from '#platform/log/record.ts';
import { listCheckpointsAfter, listHeads, listLatestCheckpoints, listPlaced, listTiles } from '#platform/log/store.ts';
import { tileWidth } from '#platform/log/tiles.ts';
import { writeLine } from '../rules/lines.ts';

const pageSize = 1024;

async function* checkpointLines(tx: Tx, log: string): AsyncGenerator<string> {
  let number = 0;
  for (;;) {
    const page = await listCheckpointsAfter(tx, log, number, pageSize);
    for (const { note } of page) yield writeLine({ type: 'checkpoint', log, note });
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    number = last.number;
  }
}

async function* entryLines(tx: Tx, log: string): AsyncGenerator<string> {
  let from = 0;
  let tileIndex = -1;
  for (;;) {
    const page = await listPlaced(tx, log, from, pageSize);
    const indexes = [...new Set(page.map((leaf) => Math.floor((leaf.position ?? 0) / tileWidth)))];
    const tiles = new Map((await listTiles(tx, log, indexes.map((index) => ({ level: 0, index })))).map((tile) => [tile.index, tile]));
    for (const { position, hash, entry } of page) {
      if (position === null) continue;
      const index = Math.floor(position / tileWidth);
      const tile = tiles.get(index);
      if (index !== tileIndex && tile !== undefined) yield writeLine({ type: 'tile', log, index, hashes: base64Of(tile.hashes) });
      tileIndex = index;
      yield writeLine({ type: 'entry', position, hash: hexOf(hash), entry });
      from = position + 1;
    }
    if (page.length < pageSize) return;
  }
}

/**
 * The export of some logs, or of all, line by line: what `verifyExport` reads, and all a foreign verifier needs.
 * The nation's checkpoints are always in it, because they vouch for every log's head.
 *
 * @param only logs wanted; left out means all
 */
export async function* exportLog(tx: Tx, at: Instant, only?: readonly string[]): AsyncGenerator<string> {
  const keys = logKeysInUse();
  const heads = await listHeads(tx);
  const signed = (await listLatestCheckpoints(tx)).map((checkpoint) => checkpoint.log);
  const wanted = [...new Set([...heads.map((head) => head.log), ...signed])].filter((log) => only === undefined || only.includes(log)).sort();
  const sizes = new Map(heads.map((head) => [head.log, head.size]));
  yield writeLine({ type: 'export', version: 1, origin: keys.origin, at, keys: publishedKeys(keys), logs: wanted.map((log) => ({ log, size: sizes.get(log) ?? 0 })) });
  for (const log of new Set(['00', ...wanted])) yield* checkpointLines(tx, log);
  let entries = 0;
  for (const log of wanted) {
    for await (const line of entryLines(tx, log)) {
      if (line.startsWith('{"type":"entry"')) entries += 1;
      yield line;
    }
  }
  yield writeLine({ type: 'end', entries });
}
