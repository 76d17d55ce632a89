/** How a queued return is sent and spoken of. */
import { call } from '#web/api.ts';
import { carry } from '#web/offline/carry.ts';
import type { Sender } from '#web/offline/senders.ts';
import { type Submission, submitReturn } from '../schema.ts';
import { baseToSend, fieldsOfSubmission, keyOfSubject } from '../entry/answers.ts';
import { pathOf } from './addresses.ts';
import { periodName } from './words.ts';

export const isSubmission = (value: unknown): value is Submission => typeof value === 'object' && value !== null && 'baseRev' in value && 'values' in value && Array.isArray(value.values);

const sender: Sender = {
  send: async (entry, before) => {
    const key = keyOfSubject(entry.subject);
    const { body } = entry;
    if (key === undefined || !isSubmission(body)) return { kind: 'refused', problem: { code: 'return-not-read' } };
    const base = baseToSend(body, before);
    const { attribute: _, ...params } = key;
    return carry(entry, (options) => call(submitReturn, { params, body: { ...body, baseRev: base } }, options), (value) => ({ receipt: value.receiptCode, answer: { ...value, base } }), ['revision-stale']);
  },
  say: (entry) => {
    const key = keyOfSubject(entry.subject);
    return key === undefined ? { title: entry.subject } : { title: `${periodName(key.period)} · ${key.dataSet} · ${key.unit}`, to: pathOf(key) };
  },
  fieldsOf: (entry) => (isSubmission(entry.body) ? fieldsOfSubmission(entry.body) : undefined),
  decideAt: (entry) => {
    const key = keyOfSubject(entry.subject);
    return key === undefined ? undefined : pathOf(key, '/xem-lai');
  },
  receivedKey: 'returns.received',
  inFile: true,
};
export default sender;
