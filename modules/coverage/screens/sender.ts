/** How a queued visit is sent and spoken of: the place as it was called when it was queued, the day, the counts. */
import { call } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { carry } from '#web/offline/carry.ts';
import type { Sender } from '#web/offline/senders.ts';
import { recordVisit } from '../schema.ts';
import { isQueuedVisit } from './queued-visit.ts';

const sender: Sender = {
  send: async (entry) => {
    const { body } = entry;
    if (!isQueuedVisit(body)) return { kind: 'refused', problem: { code: 'input-invalid' } };
    return carry(entry, (options) => call(recordVisit, { params: { shard: body.shard, place: body.place }, body: body.visit }, options), (value) => ({ receipt: value.id.slice(0, 8), answer: { version: value.version } }));
  },
  say: ({ subject, body }) => (isQueuedVisit(body) ? { title: `${body.name}, ${day(body.visit.visitedOn)}`, to: body.path } : { title: subject }),
  fieldsOf: ({ body }) => (isQueuedVisit(body) ? body.fields : undefined),
};
export default sender;
