/** How an entry goes over the wire, the same for every kind. */
import type { Answer, CallOptions } from '../api.ts';
import type { Entry, Outcome } from './outbox.ts';

/** After these nobody knows whether it arrived, or the person has to come back first: it is tried again. */
const again = new Set(['offline', 'stopped', 'busy-try-again', 'internal-fault', 'sign-in-needed', 'step-up-needed', 'too-many-requests', 'csrf']);
const longestMs = 60_000;

/**
 * Sends a contract under the entry's command id, cuts a try that hangs, and says which of the three ends it came to: received,
 * unknown (tried again), or a refusal that waits for the person. No dialog opens by itself.
 * @param receiptOf the receipt and what the next entry of the same subject gets as `before`
 * @param conflicts refusals that mean both sides changed the same thing
 */
export async function carry<T>(entry: Entry, sent: (options: CallOptions) => Promise<Answer<T>>, receiptOf: (value: T) => { readonly receipt: string; readonly answer: unknown; readonly keep?: unknown }, conflicts: readonly string[] = []): Promise<Outcome> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), longestMs);
  const answer = await sent({ commandId: entry.id, recover: false, signal: stop.signal });
  clearTimeout(timer);
  if (answer.ok) return { kind: 'received', ...receiptOf(answer.value) };
  const { problem } = answer;
  if (conflicts.includes(problem.code)) return { kind: 'conflict', problem };
  return again.has(problem.code) || (problem.status ?? 0) >= 500 || problem.status === 429 ? { kind: 'unknown', problem } : { kind: 'refused', problem };
}
