import type { Now } from '#kernel/clock.ts';
import type { Services } from '#platform/services.ts';
import { laneForgottenAfterSeconds } from '../rules/delay.ts';
import { minutesAfter } from '../rules/session-life.ts';
import { endExpiredGrants } from '../store/grants.ts';
import { grantEnded } from './grants.ts';
import { sweep } from '../store/attempts.ts';

const deviceDays = 180;

/**
 * Every hour: what ran out is deleted, so that no list of past sessions, addresses or failures builds up; and a role or delegation past its
 * last day, which counted for nothing since then, is ended with its entry and event, so that its post's work is handed over.
 */
export const sweepAway = ({ db }: Pick<Services, 'db'>, now: Now): Promise<void> =>
  db.write('system', async (tx) => {
    await sweep(tx, now.at, minutesAfter(now.at, -laneForgottenAfterSeconds / 60), minutesAfter(now.at, -deviceDays * 1440));
    for (const grant of await endExpiredGrants(tx, now.today, now.at)) await grantEnded(tx, 'system', now, grant, 'expired');
  });
