import type { Actor } from '#kernel/actor.ts';
import { hexOf } from '#kernel/bytes.ts';
import type { Instant } from '#kernel/day.ts';
import { entryBytes, uncodedPartOf, type Entry, type EntryKind, type Fact } from '#kernel/entry.ts';
import { newId } from '#kernel/id.ts';
import { hashing, leafHash } from '#kernel/merkle.ts';
import type { Tx } from '../db/tx.ts';
import { keyedDigest, type LogKeys } from './keys.ts';
import { sha256 } from './sha256.ts';
import { insertLeaves } from './store.ts';

/** What a use case tells the log. Contents go in whole and are digested here with the key; they are never stored. */
export type Leaf = {
  /** Whose log: the province of the row written, '00' for the nation's own. */
  readonly province: string;
  readonly at: Instant;
  readonly actor: Actor | 'system';
  /** `write` unless said otherwise. */
  readonly kind?: EntryKind;
  /** In the module's words, as its events: `directives.issued`. */
  readonly action: string;
  readonly target: { readonly type: string; readonly id: string };
  /** Role used, when the actor holds several; the first one otherwise. */
  readonly role?: string;
  /** Code of the commune, office or province acted for; what the timeline filters by. */
  readonly unit?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Codes, counts, days and ids that make the entry readable. Names and texts are refused. */
  readonly facts?: Readonly<Record<string, Fact>>;
};

let keysInUse: LogKeys | undefined;

/** Called once at start, before the first write: entries are pseudonymised with these keys. */
export function useLogKeys(keys: LogKeys): void {
  keysInUse = keys;
}

/** The keys entries are written and checkpoints are signed with. @throws when none were set at start */
export const logKeysInUse = (): LogKeys => keysOrThrow();

function keysOrThrow(): LogKeys {
  if (keysInUse === undefined) throw new Error('the log has no keys: call useLogKeys at start');
  return keysInUse;
}

/** The pseudonym under which an account appears in the log. */
export function pseudonymOf(account: string): string {
  const keys = keysOrThrow();
  if (pseudonyms.keys !== keys || pseudonyms.byAccount.size > 20_000) pseudonyms = { keys, byAccount: new Map() };
  const known = pseudonyms.byAccount.get(account);
  if (known !== undefined) return known;
  const made = keyedDigest(keys, 'actor', account).slice(0, 32);
  pseudonyms.byAccount.set(account, made);
  return made;
}
/** An account writes many entries; its pseudonym is one digest. */
let pseudonyms: { readonly keys: LogKeys | undefined; readonly byAccount: Map<string, string> } = { keys: undefined, byAccount: new Map() };

/** Keyed digest of a content, whatever its shape; null when there was none. */
export const contentDigest = (content: unknown): string | null =>
  content === undefined || content === null ? null : keyedDigest(keysOrThrow(), 'content', stableText(content));

/** JSON with the keys of every object in one order, so that equal contents have equal digests. */
const stableText = (content: unknown): string =>
  typeof content === 'string' ? JSON.stringify(content) : JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value) ?? '';

function entryOf(leaf: Leaf): Entry {
  const { actor } = leaf;
  const entry: Entry = {
    log: leaf.province,
    id: newId<'Leaf'>(),
    at: new Date(leaf.at).toISOString(),
    kind: leaf.kind ?? 'write',
    action: leaf.action,
    actor: actor === 'system' ? null : pseudonymOf(actor.account),
    role: leaf.role ?? (actor === 'system' ? null : (actor.grants[0]?.role ?? null)),
    unit: leaf.unit ?? null,
    targetType: leaf.target.type,
    target: leaf.target.id,
    before: contentDigest(leaf.before),
    after: contentDigest(leaf.after),
    facts: leaf.facts ?? {},
  };
  const wrong = uncodedPartOf(entry);
  if (wrong !== null) throw new RangeError(`the log takes codes and counts only: "${wrong}" of ${leaf.action} is neither`);
  return entry;
}

/**
 * Writes entries in the transaction of the change: both are there after the commit, or neither (SECURITY R25).
 * Nothing is locked and the tree is not touched, so writers never wait for one another here.
 *
 * @throws RangeError when a part of an entry is a text instead of a code: a fault of the caller (SECURITY R26)
 */
export async function record(tx: Tx, leaves: Leaf | readonly Leaf[]): Promise<void> {
  const list: readonly Leaf[] = 'action' in leaves ? [leaves] : leaves;
  if (list.length === 0) return;
  keysOrThrow();
  const entries = list.map(entryOf).map((entry) => ({ entry, hash: hashing(leafHash(entryBytes(entry)), sha256) }));
  await insertLeaves(tx, entries);
  tx.leaves.push(...entries.map(({ entry, hash }) => `${entry.log}/${hexOf(hash)}`));
}

/** Records that something protected was read: a permission, a figure before publication, the log itself (SECURITY R25). */
export const recordRead = (tx: Tx, leaf: Omit<Leaf, 'kind' | 'before' | 'after'>): Promise<void> => record(tx, { ...leaf, kind: 'read' });
