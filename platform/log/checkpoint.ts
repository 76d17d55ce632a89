import { concatBytes, utf8 } from '#kernel/bytes.ts';
import {
  checkpointText, cosignedMessage, headLine, keyIdOf, noteOf, parseNote, secondsAsBytes, verifierKeyText,
  type Checkpoint, type Crypto, type Head, type NoteKey, type NoteSignature,
} from '#kernel/checkpoint.ts';
import { hashing } from '#kernel/merkle.ts';
import { verifyEd25519, type LogKeys } from './keys.ts';
import { sha256 } from './sha256.ts';

/** The nation's own log, whose checkpoint also signs the heads of all the others. */
export const nationLog = '00';

export const nodeCrypto: Crypto = { sha256: async (bytes) => sha256(bytes), verify: verifyEd25519 };

export const originOf = (keys: Pick<LogKeys, 'origin'>, log: string): string => `${keys.origin}/${log}`;
export const logKeyOf = (keys: LogKeys, log: string): NoteKey => ({ name: originOf(keys, log), kind: 'log', publicKey: keys.log.publicKey });
export const witnessKeyOf = (keys: LogKeys): NoteKey => ({ name: `${keys.origin}/witness`, kind: 'witness', publicKey: keys.witness.publicKey });

const keyId = (key: NoteKey): Uint8Array => hashing(keyIdOf(key), sha256);

/** The two lines to publish and pin: the log's key (under the origin's own name) and the witness's. */
export const publishedKeys = (keys: LogKeys): { readonly log: string; readonly witness: string } => ({
  log: hashing(verifierKeyText({ name: keys.origin, kind: 'log', publicKey: keys.log.publicKey }), sha256),
  witness: hashing(verifierKeyText(witnessKeyOf(keys)), sha256),
});

/** A log's checkpoint as a signed note. @param heads for the nation's: the heads of all logs, its own included */
export function signCheckpoint(keys: LogKeys, head: Head, heads: readonly Head[] = []): string {
  const checkpoint: Checkpoint = {
    origin: originOf(keys, head.log),
    size: head.size,
    root: head.root,
    extensions: [...heads].sort((a, b) => (a.log < b.log ? -1 : 1)).map(headLine),
  };
  const text = checkpointText(checkpoint);
  const key = logKeyOf(keys, head.log);
  return noteOf({ text, signatures: [{ name: key.name, keyId: keyId(key), signature: keys.log.sign(utf8(text)) }] });
}

/** The note with the witness's line added. Only the witness calls this, after it has checked consistency. */
export function cosign(keys: Pick<LogKeys, 'origin' | 'witness'>, note: string, seconds: number): string {
  const parsed = parseNote(note);
  if (parsed === null) throw new RangeError('not a signed note');
  const key: NoteKey = { name: `${keys.origin}/witness`, kind: 'witness', publicKey: keys.witness.publicKey };
  const signature = concatBytes(secondsAsBytes(seconds), keys.witness.sign(cosignedMessage(parsed.text, seconds)));
  const line: NoteSignature = { name: key.name, keyId: keyId(key), signature };
  return noteOf({ text: parsed.text, signatures: [...parsed.signatures, line] });
}
