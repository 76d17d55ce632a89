/** What a reader's own browser concludes about one entry and about the newest checkpoint. The server's word counts for nothing here. */
import { bytesOfBase64, equalBytes, hexOf } from '#kernel/bytes.ts';
import { checkNote, headsOf, isSigned, parseVerifierKey, type CheckedNote, type Crypto, type Head, type NoteKey } from '#kernel/checkpoint.ts';
import { entryBytes } from '#kernel/entry.ts';
import { hashingAsync, leafHash, verifyConsistency, verifyInclusion, type Hash } from '#kernel/merkle.ts';
import type { Inclusion, PlacedEntry } from '../schema.ts';

/** Thrown by a `Crypto` that has no Ed25519: the reader is told so, instead of a false verdict. */
export class CannotVerify extends Error {}

export type Keys = { readonly log: string; readonly witness: string };
type Unsound = 'unsigned' | 'not-cosigned' | 'unsupported';
export type InclusionVerdict = 'included' | 'waiting' | 'altered' | 'not-included' | Unsound;
export type CheckpointVerdict = {
  readonly code: 'first-pin' | 'continues' | 'not-continued' | 'key-changed' | Unsound;
  /** Entries of all logs in the kept and in the new checkpoint. */
  readonly earlier: number;
  readonly size: number;
};

async function checkedNote(note: string, log: string, keys: Keys, crypto: Crypto): Promise<CheckedNote | Unsound> {
  const [logKey, witness] = await Promise.all([keys.log, keys.witness].map((line) => hashingAsync(parseVerifierKey(line), crypto.sha256)));
  if (!logKey || !witness) return 'unsigned';
  const origin = `${logKey.name}/${log}`;
  const known: NoteKey[] = [{ ...logKey, name: origin }, witness];
  try {
    const checked = await checkNote(note, known, crypto);
    if (checked === null || checked.checkpoint.origin !== origin || !isSigned(checked)) return 'unsigned';
    return checked.signatures.some((each) => each.key.kind === 'witness') ? checked : 'not-cosigned';
  } catch (error) {
    if (error instanceof CannotVerify) return 'unsupported';
    throw error;
  }
}

/** Hashes the entry as it is shown and follows the proof to the signed root. */
export async function judgeInclusion(placed: PlacedEntry, inclusion: Inclusion | null, keys: Keys, crypto: Crypto): Promise<InclusionVerdict> {
  const leaf = await hashingAsync(leafHash(entryBytes(placed.entry)), crypto.sha256);
  if (hexOf(leaf) !== placed.hash) return 'altered';
  if (inclusion === null) return 'waiting';
  const checked = await checkedNote(inclusion.note, placed.entry.log, keys, crypto);
  if (typeof checked === 'string') return checked;
  const { size, root } = checked.checkpoint;
  const proof = inclusion.path.map((text) => bytesOfBase64(text) ?? new Uint8Array());
  const holds = await hashingAsync(verifyInclusion({ index: inclusion.index, size, leaf, root, proof }), crypto.sha256);
  return holds && inclusion.index === placed.position ? 'included' : 'not-included';
}

export type Kept = { readonly note: string; readonly keys: Keys };
export type AskConsistency = (log: string, from: number, to: number) => Promise<readonly Hash[] | null>;

const sizeOf = (heads: readonly Head[]): number => heads.reduce((sum, head) => sum + head.size, 0);

async function continues(earlier: Head, now: Head | undefined, ask: AskConsistency, crypto: Crypto): Promise<boolean> {
  if (now === undefined || now.size < earlier.size) return false;
  if (now.size === earlier.size) return equalBytes(now.root, earlier.root);
  const proof = earlier.size === 0 ? [] : await ask(earlier.log, earlier.size, now.size);
  if (proof === null) return false;
  return hashingAsync(verifyConsistency({ earlierSize: earlier.size, earlierRoot: earlier.root, size: now.size, root: now.root, proof }), crypto.sha256);
}

/** Judges the nation's newest checkpoint against the one this reader kept: every head of every log must continue. */
export async function judgeCheckpoint(latest: Kept, kept: Kept | null, ask: AskConsistency, crypto: Crypto): Promise<CheckpointVerdict> {
  const checked = await checkedNote(latest.note, '00', latest.keys, crypto);
  if (typeof checked === 'string') return { code: checked, earlier: 0, size: 0 };
  const now = headsOf(checked.checkpoint);
  if (kept === null) return { code: 'first-pin', earlier: 0, size: sizeOf(now) };
  const before = await checkedNote(kept.note, '00', kept.keys, crypto);
  const sameKeys = kept.keys.log === latest.keys.log && kept.keys.witness === latest.keys.witness;
  if (!sameKeys || typeof before === 'string') return { code: 'key-changed', earlier: 0, size: sizeOf(now) };
  const earlier = headsOf(before.checkpoint);
  for (const head of earlier) {
    const found = await continues(head, now.find((each) => each.log === head.log), ask, crypto);
    if (!found) return { code: 'not-continued', earlier: sizeOf(earlier), size: sizeOf(now) };
  }
  return { code: 'continues', earlier: sizeOf(earlier), size: sizeOf(now) };
}
