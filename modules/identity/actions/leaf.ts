import type { Actor } from '#kernel/actor.ts';
import type { Instant } from '#kernel/day.ts';
import type { EntryKind, Fact } from '#kernel/entry.ts';
import type { Tx } from '#platform/db/tx.ts';
import { pseudonymOf, record } from '#platform/log/record.ts';

type Told = {
  readonly at: Instant; readonly actor: Actor | 'system'; readonly action: `identity.${string}`; readonly province: string;
  readonly kind?: EntryKind;
  /** The account it is about; it appears under its pseudonym. */
  readonly account: string; readonly unit?: string | null; readonly role?: string; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>>;
};

// Who may do what changed: the log's own kind for it, which its readers filter by.
const aboutRights = /^identity\.(role-|grant-|two-bodies-|first-administrator)/;

/** One entry of the log about an account, in the transaction of the change (SECURITY R25, R26). */
export const tell = (tx: Tx, { account, ...told }: Told): Promise<void> => record(tx, { kind: aboutRights.test(told.action) ? 'permission' : 'write', ...told, target: { type: 'account', id: pseudonymOf(account) } });
