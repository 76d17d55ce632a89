/** How a queued return is sent; loaded with any screen of returns. */
import { call } from '#web/api.ts';
import type { Outcome } from '#web/offline/outbox.ts';
import { sendsKind } from '#web/offline/outbox-here.ts';
import { type Submission, submitReturn } from '../schema.ts';
import { baseToSend, keyOfSubject, submissionKind } from '../entry/answers.ts';

/** After these nobody knows whether it arrived, or the person has to come back first: it is tried again. */
const again = new Set(['offline', 'stopped', 'busy-try-again', 'internal-fault', 'sign-in-needed', 'step-up-needed', 'too-many-requests', 'csrf']);
const longestMs = 60_000;

export const isSubmission = (value: unknown): value is Submission => typeof value === 'object' && value !== null && 'baseRev' in value && 'values' in value && Array.isArray(value.values);

sendsKind(submissionKind, async (entry, before): Promise<Outcome> => {
  const key = keyOfSubject(entry.subject);
  if (key === undefined || !isSubmission(entry.body)) return { kind: 'refused', problem: { code: 'return-not-read' } };
  const base = baseToSend(entry.body, before);
  const { attribute: _, ...params } = key;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), longestMs);
  const answer = await call(submitReturn, { params, body: { ...entry.body, baseRev: base } }, { commandId: entry.id, recover: false, signal: stop.signal });
  clearTimeout(timer);
  if (answer.ok) return { kind: 'received', receipt: answer.value.receiptCode, answer: { ...answer.value, base } };
  if (answer.problem.code === 'revision-stale') return { kind: 'conflict', problem: answer.problem };
  return again.has(answer.problem.code) || (answer.problem.status ?? 0) >= 500 || answer.problem.status === 429 ? { kind: 'unknown', problem: answer.problem } : { kind: 'refused', problem: answer.problem };
});
