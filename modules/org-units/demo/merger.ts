/**
 * The demonstration's merger: a real one of 1 July 2025 that takes effect later, so that its communes report before and their successor after.
 * Only the day is made up, and the register says so wherever it shows a basis. Today's map is the real one.
 */
import { hash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { postpone } from '../load/postpone.ts';
import { saveAmendment, type Postponement } from '../store/amendments.ts';

/** Xã Suối Hai (Hà Nội) was made of Xã Tản Lĩnh, whose code it bears, and Xã Ba Trại, and of nothing else. */
export const demonstrationMerger = { into: '09694', from: ['09694', '09697'] } as const;

/** Communes whose merger the demonstration holds back until a day; called before anybody reads the register. Once. @returns false when it cannot be held back so long: then all stays as it is */
export async function demonstrateMerger(tx: Tx, on: PlainDate, at: string): Promise<boolean> {
  const postponed: Postponement = { postponed: { into: demonstrationMerger.into, on } };
  const id = hash('sha256', JSON.stringify(postponed)).slice(0, 16);
  if (!await postpone(tx, id, postponed)) return false;
  await saveAmendment(tx, id, postponed, at);
  await record(tx, { province: '00', at, actor: 'system', action: 'org-units.merger-postponed', target: { type: 'amendment', id }, facts: { into: demonstrationMerger.into, on } });
  return true;
}
