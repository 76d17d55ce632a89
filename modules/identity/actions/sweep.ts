import type { Now } from '#kernel/clock.ts';
import type { Services } from '#platform/services.ts';
import { laneForgottenAfterSeconds } from '../rules/delay.ts';
import { minutesAfter } from '../rules/session-life.ts';
import { sweep } from '../store/attempts.ts';

const deviceDays = 180;

/** Every hour: what ran out is deleted, so that no list of past sessions, addresses or failures builds up. */
export const sweepAway = ({ db }: Services, now: Now): Promise<void> =>
  db.write('system', (tx) => sweep(tx, now.at, minutesAfter(now.at, -laneForgottenAfterSeconds / 60), minutesAfter(now.at, -deviceDays * 1440)));
