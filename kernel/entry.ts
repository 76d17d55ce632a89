/**
 * One entry of the audit log and the bytes of it that are hashed.
 * An entry holds codes, ids, counts, keyed pseudonyms and keyed digests; it has no room for a name or a text (SECURITY R26).
 */
import type { Instant } from './day.ts';
import { utf8 } from './bytes.ts';

export const entryKinds = ['write', 'read', 'permission', 'publication', 'key'] as const;
export type EntryKind = (typeof entryKinds)[number];
export type Fact = string | number | boolean | null;

export type Entry = {
  /** The log it belongs to: a province code, '00' for the nation. */
  readonly log: string;
  readonly id: string;
  readonly at: Instant;
  readonly kind: EntryKind;
  /** What was done, in the words of the module: `directives.issued`. */
  readonly action: string;
  /** Keyed pseudonym of the account; null when the machinery acted by itself. */
  readonly actor: string | null;
  readonly role: string | null;
  /** Code of the place or office acted for. */
  readonly unit: string | null;
  readonly targetType: string;
  readonly target: string;
  /** Keyed digests of the content before and after; null where there was none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly facts: Readonly<Record<string, Fact>>;
};

const code = /^[A-Za-z0-9ĐđƯưƠơ_.,:;@#+=/-]{0,160}$/u;
const isCode = (value: string | null): boolean => value === null || code.test(value);
const isFact = (value: Fact): boolean =>
  typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'boolean' || isCode(value);

/**
 * The name of the first part that is not a code, an id, a whole number or a truth value, or null when all are.
 * Words with spaces or accents are refused: that is what names and texts are made of.
 */
export function uncodedPartOf(entry: Entry): string | null {
  const { facts, ...parts } = entry;
  const wrong = Object.entries(parts).find(([, value]) => !isCode(value));
  if (wrong) return wrong[0];
  return Object.entries(facts).find(([key, value]) => !isCode(key) || !isFact(value))?.[0] ?? null;
}

const sorted = (record: Readonly<Record<string, Fact>>): Record<string, Fact> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The entry as the one text that is hashed: JSON without spaces, keys in code-unit order, version first. */
export function entryText(entry: Entry): string {
  const { facts, log, id, at, kind, action, actor, role, unit, targetType, target, before, after } = entry;
  const parts = { action, actor, after, at, before, id, kind, log, role, target, targetType, unit }; // in order already
  return `{"v":1,"facts":${JSON.stringify(sorted(facts))},"entry":${JSON.stringify(parts)}}`;
}

export const entryBytes = (entry: Entry): Uint8Array => utf8(entryText(entry));
