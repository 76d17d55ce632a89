import { call } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { carry } from '#web/offline/carry.ts';
import type { Sender } from '#web/offline/senders.ts';
import { reportPlace } from '../schema.ts';
import { placePath, recordPath } from './addresses.ts';
import { fieldsOfReport, isReport, keyOfSubject } from './outbox.ts';
import { titleOf } from './words.ts';

/** A place recorded on this device. Its exact place leaves the device with the receipt: from then on it is opened for a purpose, and logged. */
const sender: Sender = {
  send: async (entry) => {
    const { body } = entry;
    if (!isReport(body)) return { kind: 'refused', problem: { code: 'entry-not-read' } };
    const { exact: _, ...keep } = body;
    return carry(entry, (options) => call(reportPlace, { body }, options), (view) => ({ receipt: view.place.code, answer: { province: view.place.province, id: view.place.id }, keep }));
  },
  say: (entry) => {
    const key = keyOfSubject(entry.subject);
    const title = isReport(entry.body) ? t('hotspots.outbox-place', { title: titleOf(entry.body), day: day(entry.body.foundOn) }) : entry.subject;
    return entry.state === 'received' && key !== undefined ? { title, to: placePath(key) } : { title, to: recordPath };
  },
  fieldsOf: (entry) => (isReport(entry.body) ? fieldsOfReport(entry.body) : undefined),
};
export default sender;
