import { bytesOfBase64 } from '#kernel/bytes.ts';
import { call } from '#web/api.ts';
import { CannotVerify, judgeCheckpoint, type CheckpointVerdict, type Kept } from '../rules/judge.ts';
import { readConsistency } from '../schema.ts';
import { browserCrypto } from './browser-crypto.ts';

const place = 'sauro.audit.checkpoint';

/** The checkpoint this browser kept. Damaged or blocked storage is as good as none. */
function readKept(): Kept | null {
  try {
    const held: unknown = JSON.parse(window.localStorage.getItem(place) ?? 'null');
    if (typeof held !== 'object' || held === null || !('note' in held) || !('keys' in held)) return null;
    const { note, keys } = held;
    if (typeof note !== 'string' || typeof keys !== 'object' || keys === null || !('log' in keys) || !('witness' in keys)) return null;
    return typeof keys.log === 'string' && typeof keys.witness === 'string' ? { note, keys: { log: keys.log, witness: keys.witness } } : null;
  } catch {
    return null;
  }
}

function keep(latest: Kept): void {
  try {
    window.localStorage.setItem(place, JSON.stringify(latest));
  } catch { /* no room or not allowed: the next visit begins anew */ }
}

const ask = async (log: string, from: number, to: number): Promise<readonly Uint8Array[] | null> => {
  const answer = await call(readConsistency, { params: { log }, query: { from: String(from), to: String(to) } });
  return answer.ok ? answer.value.path.map((text) => bytesOfBase64(text) ?? new Uint8Array()) : null;
};

/** Judges the newest checkpoint against the kept one, and keeps it when it is sound; a kept one is never given up for a wrong one. */
export async function judgeLatest(latest: Kept): Promise<CheckpointVerdict> {
  try {
    const verdict = await judgeCheckpoint(latest, readKept(), ask, browserCrypto);
    if (verdict.code === 'first-pin' || verdict.code === 'continues') keep(latest);
    return verdict;
  } catch (error) {
    if (error instanceof CannotVerify) return { code: 'unsupported', earlier: 0, size: 0 };
    throw error;
  }
}
