import { useState } from 'react';
import { addDays } from '#kernel/day.ts';
import type { ReplyOf } from '#kernel/contract.ts';
import { today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { addDrive, channels, type getDrive, recordDrive, type Channel, type Drive, type DriveCount } from '../schema.ts';
import { countTyped, monthName } from './words.ts';

/** A campaign's words are checked against the plain-language list when it is sent. */
export function DriveDialog({ mayAdd, onClose, onDone }: { readonly mayAdd: readonly string[]; readonly onClose: () => void; readonly onDone: (made: Drive) => void }) {
  const draft = useDraft('prevention-drive-new', { province: mayAdd[0] ?? '00', nameVi: '', nameEn: '', messageVi: '', messageEn: '', channels: ['meeting'] as Channel[], startsOn: today(), endsOn: addDays(today(), 90) });
  const add = useCommand(addDrive);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const ready = [form.nameVi, form.nameEn, form.messageVi, form.messageEn].every((text) => text.trim() !== '') && form.channels.length > 0;
  const send = async (): Promise<void> => {
    const answer = await add.run({ body: form });
    if (!answer.ok) return;
    await draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('prevention.add-drive')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void send()}>{t('prevention.add-drive')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={add.problem} /><RestoredNotice draft={draft} />
        <TextInput label={t('prevention.name-vi')} value={form.nameVi} onText={(nameVi) => change({ nameVi })} maxLength={200} />
        <TextInput label={t('prevention.name-en')} value={form.nameEn} onText={(nameEn) => change({ nameEn })} maxLength={200} />
        <TextArea label={t('prevention.message-vi')} hint={t('prevention.message-hint')} rows={3} value={form.messageVi} onText={(messageVi) => change({ messageVi })} />
        <TextArea label={t('prevention.message-en')} rows={3} value={form.messageEn} onText={(messageEn) => change({ messageEn })} />
        <fieldset className="field"><legend>{t('prevention.channels')}</legend>{channels.map((channel) => <Checkbox key={channel} label={sayKey(`prevention.channel.${channel}`)} checked={form.channels.includes(channel)} onCheck={(on) => change({ channels: on ? [...form.channels, channel] : form.channels.filter((one) => one !== channel) })} />)}</fieldset>
        <div className="grid2">
          <DateInput label={t('prevention.starts')} value={form.startsOn} onDay={(startsOn) => startsOn !== undefined && change({ startsOn })} />
          <DateInput label={t('prevention.ends')} value={form.endsOn} onDay={(endsOn) => endsOn !== undefined && change({ endsOn })} />
        </div>
      </form>
    </Dialog>
  );
}

type CountProps = { readonly drive: Drive; readonly own: NonNullable<ReplyOf<typeof getDrive>['own']>; readonly held: DriveCount | undefined; readonly onClose: () => void; readonly onDone: () => void };
/** Months of the campaign that have begun, the latest first. */
function monthsOf(drive: Drive): string[] {
  const months: string[] = [];
  for (let day = `${drive.startsOn.slice(0, 7)}-01`; day <= drive.endsOn && day <= today(); day = addDays(`${day.slice(0, 7)}-28`, 7).slice(0, 8).concat('01')) months.unshift(day.slice(0, 7));
  return months;
}

export function CountDialog({ drive, own, held, onClose, onDone }: CountProps) {
  const months = monthsOf(drive);
  const [month, setMonth] = useState(held?.month ?? months[0] ?? '');
  const [channel, setChannel] = useState<Channel>(held?.channel ?? drive.channels[0] ?? 'meeting');
  const before = held ?? own.counts.find((one) => one.month === month && one.channel === channel);
  const [typed, setTyped] = useState({ activities: String(held?.activities ?? ''), reached: String(held?.reached ?? ''), thousands: held === undefined ? '' : String(Math.round(held.costVnd / 1000)) });
  const record = useCommand(recordDrive);
  const [activities, reached, thousands] = [countTyped(typed.activities), countTyped(typed.reached), countTyped(typed.thousands === '' ? '0' : typed.thousands)];
  const ready = activities !== undefined && reached !== undefined && thousands !== undefined && month !== '';
  const send = async (): Promise<void> => {
    if (activities === undefined || reached === undefined || thousands === undefined) return;
    const params = { province: drive.province, drive: drive.id, shard: own.province, commune: own.commune, month, channel };
    if ((await record.run({ params, body: { version: before?.version ?? 0, activities, reached, costVnd: thousands * 1000 } })).ok) onDone();
  };
  return (
    <Dialog open title={t('prevention.record')} onClose={onClose} footer={<><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={record.busy} disabled={!ready} onClick={() => void send()}>{t('prevention.save')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={record.problem} />
        <Select label={t('prevention.month')} value={month} onChoose={setMonth} disabled={held !== undefined} choices={(held === undefined ? months : [held.month]).map((value) => ({ value, label: monthName(value) }))} />
        <Select label={t('prevention.channel')} value={channel} onChoose={setChannel} disabled={held !== undefined} choices={drive.channels.map((value) => ({ value, label: sayKey(`prevention.channel.${value}`) }))} />
        <TextInput label={t('prevention.activities')} inputMode="numeric" width="short" value={typed.activities} onText={(text) => setTyped({ ...typed, activities: text })} />
        <TextInput label={t('prevention.people-reached')} hint={t('prevention.attendances')} inputMode="numeric" width="short" value={typed.reached} onText={(text) => setTyped({ ...typed, reached: text })} />
        <TextInput label={t('prevention.cost-thousands')} inputMode="numeric" width="short" value={typed.thousands} onText={(text) => setTyped({ ...typed, thousands: text })} />
      </form>
    </Dialog>
  );
}
