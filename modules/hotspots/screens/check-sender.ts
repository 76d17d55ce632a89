import { call } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { carry } from '#web/offline/carry.ts';
import type { Sender } from '#web/offline/senders.ts';
import { recordCheck } from '../schema.ts';
import { placePath } from './addresses.ts';
import { isCheck, keyOfSubject } from './outbox.ts';
import { sayCheckDay, sayResult } from './words.ts';

/** A check made where there was no line: added beside others, so a colleague's step in between does not push it out. */
const sender: Sender = {
  send: async (entry) => {
    const key = keyOfSubject(entry.subject);
    const { body } = entry;
    if (key === undefined || !isCheck(body)) return { kind: 'refused', problem: { code: 'entry-not-read' } };
    return carry(entry, (options) => call(recordCheck, { params: { province: key.province, place: key.id }, body }, options), (view) => ({ receipt: view.place.code, answer: null }));
  },
  say: (entry) => {
    const key = keyOfSubject(entry.subject);
    const title = isCheck(entry.body) ? t('hotspots.outbox-check', { check: sayCheckDay(entry.body.day), day: day(entry.body.checkedOn), result: sayResult(entry.body.result) }) : entry.subject;
    return key === undefined ? { title } : { title, to: placePath(key) };
  },
  fieldsOf: (entry) => (isCheck(entry.body) ? { day: entry.body.day, checkedOn: entry.body.checkedOn, result: entry.body.result } : undefined),
};
export default sender;
