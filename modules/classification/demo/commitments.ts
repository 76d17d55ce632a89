/** What provinces of the demonstration promised for the share of drug-free communes: two in three of them, for this year and for 2030. Synthetic. */
import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { saveCommitment } from '#modules/indicators/index.ts';

/** 50 % of communes by 2030. */
const target = 'T01';

/** @param provinces codes in order; the same promises every time */
export async function seedCommitments(tx: Tx, provinces: readonly string[], now: Now): Promise<number> {
  const promising = provinces.map((province, at) => ({ province, at })).filter(({ at }) => at % 3 !== 2);
  for (const { province, at } of promising) {
    for (const [period, value] of [['2026', 22 + ((at * 5) % 10)], ['2030', 50 + ((at * 7) % 21)]] as const) {
      await saveCommitment(tx, { province, unit: province, commune: null, target, period, value, basis: `Kế hoạch ${100 + at}/KH-UBND (mẫu)`, revision: 1, recordedAt: now.at, office: `UBND:${province}`, by: demonstrationAccountId(`tinh${province}.thuky`) });
    }
  }
  return promising.length;
}
