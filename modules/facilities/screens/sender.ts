import { call } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { carry } from '#web/offline/carry.ts';
import type { Sender } from '#web/offline/senders.ts';
import { recordDay } from '../schema.ts';
import { isQueuedDay } from './queued-day.ts';
import { facilityPath } from './words.ts';

/** How a queued day is sent and spoken of. A book that was corrected meanwhile, or a day somebody else recorded, waits for the person. */
const sender: Sender = {
  send: async (entry) => {
    const { body } = entry;
    if (!isQueuedDay(body)) return { kind: 'refused', problem: { code: 'input-invalid' } };
    const { province, facility } = body;
    return carry(entry, (options) => call(recordDay, { params: { province, facility, day: body.day }, body: body.command }, options), (value) => ({ receipt: value.receipt, answer: value.day.closing }));
  },
  say: ({ subject, body }) => (isQueuedDay(body) ? { title: `${body.name}, ${day(body.day)}`, to: facilityPath(body, '/so') } : { title: subject }),
  fieldsOf: ({ body }) => (isQueuedDay(body) ? body.fields : undefined),
};
export default sender;
