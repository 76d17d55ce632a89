import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { insertInstrument, saveStage } from '../store.ts';
import { knownInstruments } from './cases.ts';

/** Loads the three known products inside the caller's transaction. */
export async function seedInstruments(tx: Tx, now: Now): Promise<void> {
  for (const { stages, ...one } of knownInstruments) {
    await insertInstrument(tx, { ...one, version: 1, demonstration: true }, now.at);
    for (const stage of stages) await saveStage(tx, one.province, one.id, stage, now.at);
  }
  await record(tx, { province: '00', at: now.at, actor: 'system', action: 'instruments.seeded', target: { type: 'instrument', id: 'known' }, facts: { instruments: knownInstruments.length } });
}
