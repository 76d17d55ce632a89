import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { bytesOfHex, hexOf } from '#kernel/bytes.ts';
import type { Head } from '#kernel/checkpoint.ts';
import { hashing, verifyConsistency, type Hash } from '#kernel/merkle.ts';
import { shape } from '#kernel/shape.ts';
import { cosign } from './checkpoint.ts';
import type { LogKeys } from './keys.ts';
import { sha256 } from './sha256.ts';

/** The heads a witness has cosigned last, by log. It keeps them itself: the database may be rewritten, its memory may not. */
export type WitnessMemory = { read(): Promise<ReadonlyMap<string, Head>>; write(heads: ReadonlyMap<string, Head>): Promise<void> };

export type WitnessAnswer = { readonly note: string; readonly refused?: { readonly log: string; readonly seenSize: number } };
export type ProveConsistency = (log: string, earlier: number, size: number) => Promise<readonly Hash[] | null>;
export type Witness = {
  /** Cosigns a checkpoint when every head it covers continues what was seen before; otherwise gives the note back unsigned. */
  look(note: string, heads: readonly Head[], prove: ProveConsistency, seconds: number): Promise<WitnessAnswer>;
};

async function continues(seen: Head | undefined, head: Head, prove: ProveConsistency): Promise<boolean> {
  if (seen === undefined) return true;
  if (seen.size > head.size) return false;
  const proof = await prove(head.log, seen.size, head.size);
  if (proof === null) return false;
  return hashing(verifyConsistency({ earlierSize: seen.size, size: head.size, earlierRoot: seen.root, root: head.root, proof }), sha256);
}

/** A witness with the installation's own witness key. A party outside the operator runs the same with a key of its own. */
export const witnessOf = (keys: Pick<LogKeys, 'origin' | 'witness'>, memory: WitnessMemory): Witness => ({
  async look(note, heads, prove, seconds) {
    const seen = new Map(await memory.read());
    for (const head of heads) {
      const before = seen.get(head.log);
      if (!(await continues(before, head, prove))) return { note, refused: { log: head.log, seenSize: before?.size ?? 0 } };
      seen.set(head.log, head);
    }
    await memory.write(seen);
    return { note: cosign(keys, note, seconds) };
  },
});

export function memoryOnly(): WitnessMemory {
  let held: ReadonlyMap<string, Head> = new Map();
  return { read: async () => held, write: async (heads) => { held = heads; } };
}

/** The installation's own witness, which remembers in its keys' folder. */
export const fileWitness = (keys: Pick<LogKeys, 'origin' | 'witness'>, folder: string): Witness => witnessOf(keys, memoryInFile(folder));

const Remembered = Type.Record(Type.String(), shape({ size: Type.Number(), root: Type.String({ pattern: '^[0-9a-f]{64}$' }) }));

/** Memory in `witness.json` beside the witness's key. @throws when the file is damaged: a witness that forgets is none */
export function memoryInFile(folder: string): WitnessMemory {
  const path = join(folder, 'witness.json');
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '{}';
        throw error;
      });
      const heads = Value.Parse(Remembered, JSON.parse(text));
      return new Map(Object.entries(heads).map(([log, { size, root }]) => [log, { log, size, root: bytesOfHex(root) }]));
    },
    async write(heads) {
      const text = JSON.stringify(Object.fromEntries([...heads.values()].map((head) => [head.log, { size: head.size, root: hexOf(head.root) }])), null, 1);
      await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    },
  };
}
