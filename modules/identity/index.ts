import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Services } from '#platform/services.ts';
import { nowOf, type Now } from '#kernel/clock.ts';
import { firstAdministratorLink as makeFirstLink } from './actions/invitations.ts';
import { listHolders, type Holder } from './store/grants.ts';

export { authenticate } from './actions/authenticate.ts';
export { demonstrationAccountId, demonstrationPassword, seedDemonstrationAccounts, type DemonstrationAccount } from './actions/demonstration.ts';
export { areDifferentPeople, officesOf } from './rules/granting.ts';
export type { Holder };

/** The one-time link for the first administrator (24 hours); undefined once a nation's administrator works here. Earlier links stop working. */
export const firstAdministratorLink = ({ db }: Pick<Services, 'db'>, publicUrl: string, now: Now = nowOf(new Date())): Promise<string | undefined> =>
  db.write('system', async (tx) => (await makeFirstLink(tx, publicUrl, now))?.link);

/** Everyone who holds a role at the office on the day, own holders before delegates; under the reader's row security. */
export const findAccountsByOffice = (tx: Tx, office: string, onDay: PlainDate): Promise<Holder[]> => listHolders(tx, office, null, onDay);

/** Who holds the post on the day: its own holder first, a delegate when it has none; undefined when the post is vacant. */
export const currentHolder = async (tx: Tx, office: string, post: string, onDay: PlainDate): Promise<Holder | undefined> => (await listHolders(tx, office, post, onDay))[0];
