import { bytesOfHex } from '#kernel/bytes.ts';
import type { Database } from '../db/database.ts';
import { countLate, findEntryByHash, saveAlarm, type Alarm } from './store.ts';

/** How long an entry may take from its reply into the tree (SECURITY R27). */
export const lateAfterMs = 120_000;
const mostRemembered = 100_000;

type Promised = { readonly leaf: string; readonly repliedAtMs: number };

/**
 * Remembers the leaf hashes this process has given out in replies and looks, two minutes later, whether each is in the tree.
 * An entry taken out of the database before it had a place leaves no other trace than the promise made for it.
 */
export class ReplyWatch {
  #promised: Promised[] = [];

  /** @param leaves as in `tx.leaves`: `<log>/<hash in hexadecimal>` */
  replied(leaves: readonly string[], at: Date): void {
    for (const leaf of leaves) this.#promised.push({ leaf, repliedAtMs: at.getTime() });
    if (this.#promised.length > mostRemembered) this.#promised = this.#promised.slice(-mostRemembered);
  }

  /** Raises an alarm for each promise not kept, and for entries that wait too long. @returns the alarms raised now */
  async check(db: Database, now: Date): Promise<readonly Alarm[]> {
    const due = this.#promised.filter(({ repliedAtMs }) => now.getTime() - repliedAtMs >= lateAfterMs);
    this.#promised = this.#promised.filter(({ repliedAtMs }) => now.getTime() - repliedAtMs < lateAfterMs);
    const at = now.toISOString();
    return db.write('system', async (tx) => {
      const alarms: Alarm[] = [];
      for (const { leaf } of due) {
        const [log = '', hash = ''] = leaf.split('/');
        const found = await findEntryByHash(tx, log, bytesOfHex(hash));
        if (found === undefined) alarms.push({ log, at, code: 'leaf-missing', facts: { hash } });
      }
      for (const late of await countLate(tx, new Date(now.getTime() - lateAfterMs).toISOString())) {
        alarms.push({ log: late.log, at, code: 'leaf-late', facts: { count: late.count, oldest: late.oldest } });
      }
      for (const alarm of alarms) await saveAlarm(tx, alarm);
      return alarms;
    });
  }
}
