/**
 * Checkpoints of a Merkle log as signed notes: the C2SP forms signed-note, tlog-checkpoint and tlog-cosignature (Ed25519).
 * A note is text a person can print, keep and compare; nothing in it needs this software to be read.
 */
import { base64Of, bytesOfBase64, concatBytes, equalBytes, hexOf, utf8 } from './bytes.ts';
import { hashingAsync, type Hash, type Hashing } from './merkle.ts';

export type Checkpoint = {
  /** Names the log: `example.gov.vn/sauro/01`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly extensions: readonly string[];
};

/** `log`: signed by the log itself (type 0x01); `witness`: a cosignature with its time (type 0x04). */
export type SignerKind = 'log' | 'witness';
export type NoteKey = { readonly name: string; readonly kind: SignerKind; readonly publicKey: Uint8Array };
export type NoteSignature = { readonly name: string; readonly keyId: Uint8Array; readonly signature: Uint8Array };
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
export type Crypto = { readonly sha256: (bytes: Uint8Array) => Promise<Hash>; readonly verify: Ed25519Verify };

const typeByte: Record<SignerKind, number> = { log: 1, witness: 4 };
const maxNoteLength = 1_000_000;
const maxSignatures = 32;

const isLine = (text: string): boolean => text.length > 0 && !/[\u0000-\u001f]/.test(text);
const isKeyName = (text: string): boolean => text.length > 0 && !/[\s+\u0000-\u001f]/u.test(text);

/** @throws RangeError when an origin or an extension line cannot be written in a note */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  if (![origin, ...extensions].every(isLine)) throw new RangeError('a checkpoint line is empty or has control characters');
  return `${[origin, String(size), base64Of(root), ...extensions].join('\n')}\n`;
}

/** The checkpoint in a note's text, or null when the text is not one. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n');
  const bytes = bytesOfBase64(root);
  if (!isLine(origin) || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32) return null;
  if (!extensions.every(isLine) || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root: bytes, extensions };
}

export const signatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `\u2014 ${name} ${base64Of(concatBytes(keyId, signature))}\n`;

export const noteOf = ({ text, signatures }: SignedNote): string => `${text}\n${signatures.map(signatureLine).join('')}`;

/** The note's text and signatures, or null when it is not a signed note. Signatures are parsed, not verified. */
export function parseNote(note: string): SignedNote | null {
  const cut = note.lastIndexOf('\n\n');
  if (note.length > maxNoteLength || cut < 0 || !note.endsWith('\n')) return null;
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) return null;
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > maxSignatures) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, encoded] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = encoded === undefined ? null : bytesOfBase64(encoded);
    if (name === undefined || !isKeyName(name) || bytes === null || bytes.length < 5) return null;
    signatures.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, cut + 1), signatures };
}

const typedKey = ({ kind, publicKey }: NoteKey): Uint8Array => concatBytes(Uint8Array.of(typeByte[kind]), publicKey);

export function* keyIdOf(key: NoteKey): Hashing<Uint8Array> {
  const digest = yield concatBytes(utf8(`${key.name}\n`), typedKey(key));
  return digest.slice(0, 4);
}

/** The key as one line to publish and pin: `name+hex key id+base64(type, public key)`. */
export function* verifierKeyText(key: NoteKey): Hashing<string> {
  return `${key.name}+${hexOf(yield* keyIdOf(key))}+${base64Of(typedKey(key))}`;
}

/** The published key, or null when the line is not an Ed25519 key of one of the two kinds or its id does not match. */
export function* parseVerifierKey(line: string): Hashing<NoteKey | null> {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim()) ?? [];
  const bytes = encoded === undefined ? null : bytesOfBase64(encoded);
  if (name === undefined || bytes?.length !== 33) return null;
  const kind = bytes[0] === typeByte.log ? 'log' : bytes[0] === typeByte.witness ? 'witness' : null;
  if (kind === null) return null;
  const key = { name, kind, publicKey: bytes.slice(1) } as const;
  return hexOf(yield* keyIdOf(key)) === id ? key : null;
}

/** What a witness signs: its time, then the whole text of the note. @param seconds POSIX time */
export const cosignedMessage = (text: string, seconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${seconds}\n${text}`);

export const secondsAsBytes = (seconds: number): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, i) => Math.floor(seconds / 2 ** (8 * (7 - i))) % 256);

const secondsOfBytes = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

export type CheckedSignature = { readonly key: NoteKey; readonly valid: boolean; readonly signedAtSeconds: number | null };
export type CheckedNote = {
  readonly checkpoint: Checkpoint;
  readonly text: string;
  /** One for each signature of a known key; signatures of unknown keys are left out, as the form asks. */
  readonly signatures: readonly CheckedSignature[];
};

async function checkSignature(text: string, line: NoteSignature, key: NoteKey, crypto: Crypto): Promise<CheckedSignature> {
  if (key.kind === 'log') {
    return { key, valid: await crypto.verify(key.publicKey, utf8(text), line.signature), signedAtSeconds: null };
  }
  const seconds = secondsOfBytes(line.signature.slice(0, 8));
  const whole = line.signature.length === 72 && Number.isSafeInteger(seconds);
  const valid = whole && (await crypto.verify(key.publicKey, cosignedMessage(text, seconds), line.signature.slice(8)));
  return { key, valid, signedAtSeconds: whole ? seconds : null };
}

/** Reads a checkpoint note and checks each signature made by a known key; null when it is not a checkpoint note. */
export async function checkNote(note: string, keys: readonly NoteKey[], crypto: Crypto): Promise<CheckedNote | null> {
  const parsed = parseNote(note);
  const checkpoint = parsed === null ? null : parseCheckpoint(parsed.text);
  if (parsed === null || checkpoint === null) return null;
  const signatures: CheckedSignature[] = [];
  for (const key of keys) {
    const keyId = await hashingAsync(keyIdOf(key), crypto.sha256);
    const line = parsed.signatures.find((each) => each.name === key.name && equalBytes(each.keyId, keyId));
    if (line !== undefined) signatures.push(await checkSignature(parsed.text, line, key, crypto));
  }
  return { checkpoint, text: parsed.text, signatures };
}

/** True when the log's own key signed it and no known key's signature is wrong. */
export const isSigned = (checked: CheckedNote): boolean =>
  checked.signatures.some((each) => each.key.kind === 'log' && each.key.name === checked.checkpoint.origin) &&
  checked.signatures.every((each) => each.valid);

/** The head of one log: how many leaves, and the hash over all of them. */
export type Head = { readonly log: string; readonly size: number; readonly root: Hash };

/** The nation's checkpoint carries each log's head as an extension line `head 01 1234 <base64 root>`. */
export const headLine = ({ log, size, root }: Head): string => `head ${log} ${size} ${base64Of(root)}`;

/** The heads a checkpoint carries; lines of other kinds are left out. */
export const headsOf = (checkpoint: Checkpoint): readonly Head[] =>
  checkpoint.extensions.flatMap((line) => {
    const [, log, size, root] = /^head ([0-9A-Z]{2}) (0|[1-9]\d{0,15}) (\S+)$/.exec(line) ?? [];
    const bytes = root === undefined ? null : bytesOfBase64(root);
    return log === undefined || bytes?.length !== 32 ? [] : [{ log, size: Number(size), root: bytes }];
  });
