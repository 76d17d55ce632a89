import { createHash } from 'node:crypto';
import { fold } from '#kernel/fold.ts';
import { formatUuid } from '#kernel/id.ts';
import type { PlainDate } from '#kernel/day.ts';
import { hashPassword } from '#platform/crypto/password.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Level, RoleCode } from '../schema/roles.ts';
import { insertDemonstrationAccounts } from '../store/demonstration.ts';

/** Printed at the start in demonstration mode; refused with its accounts in production. */
export const demonstrationPassword = 'sau-ro-demo';

export type DemonstrationAccount = {
  readonly userName: string; readonly name: string; readonly role: RoleCode; readonly office: string; readonly post: string;
  readonly level: Level; readonly province: string; readonly commune: string | null; readonly validFrom: PlainDate;
};

const idOf = (kind: string, userName: string): string => formatUuid(new Uint8Array(createHash('sha256').update(`${kind} ${userName}`).digest()));

/** The id a demonstration account has in every installation: the seed of other modules may name it before it exists. */
export const demonstrationAccountId = (userName: string): string => idOf('demonstration-account', userName);

/**
 * Makes demonstration accounts with one role each. One Argon2 hash serves them all: their password is public.
 * @param tx of the system
 * @returns how many were made
 */
export async function seedDemonstrationAccounts(tx: Tx, accounts: readonly DemonstrationAccount[], at: string): Promise<number> {
  const rows = accounts.map((account) => ({
    id: demonstrationAccountId(account.userName), grant_id: idOf('demonstration-grant', account.userName), user_name: account.userName, name: account.name,
    search_text: fold(`${account.name} ${account.userName}`), role: account.role, office: account.office, post: account.post, level: account.level,
    province: account.province, commune: account.commune, valid_from: account.validFrom,
  }));
  return insertDemonstrationAccounts(tx, JSON.stringify(rows), await hashPassword(demonstrationPassword), at);
}
