import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { type getModel, recordActivity, recordBase, type Activity, type Model } from '../schema.ts';
import { countTyped, monthName } from './words.ts';

type Own = NonNullable<ReplyOf<typeof getModel>['own']>;
type Closing = { readonly onClose: () => void; readonly onDone: () => void };

/** Four numbers and what was delivered. No name, no class, no test: the form has no place for them. */
export function MonthDialog({ model, own, month, held, onClose, onDone }: Closing & { readonly model: Model; readonly own: Own; readonly month: string; readonly held: Activity | undefined }) {
  const draft = useDraft(`prevention-month:${model.id}:${own.commune}:${month}:${held?.version ?? 0}`, { sites: String(held?.sites ?? ''), sessions: String(held?.sessions ?? ''), reached: String(held?.reached ?? ''), components: [...(held?.components ?? [])] });
  const record = useCommand(recordActivity);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const [sites, sessions, reached] = [countTyped(form.sites), countTyped(form.sessions), countTyped(form.reached)];
  const ready = sites !== undefined && sessions !== undefined && reached !== undefined;
  const send = async (): Promise<void> => {
    if (sites === undefined || sessions === undefined || reached === undefined) return;
    const answer = await record.run({ params: { province: model.province, model: model.id, shard: own.province, commune: own.commune, month }, body: { version: held?.version ?? 0, sites, sessions, reached, components: form.components } });
    if (!answer.ok) return;
    await draft.clear();
    toast(t('prevention.month-kept', { month: monthName(month) }));
    onDone();
  };
  return (
    <Dialog open title={t('prevention.record-month', { month: monthName(month) })} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={record.busy} disabled={!ready} onClick={() => void send()}>{t('prevention.save')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={record.problem} /><RestoredNotice draft={draft} />
        <TextInput label={sayKey(`prevention.sites.${model.setting}`)} inputMode="numeric" width="short" value={form.sites} onText={(typed) => change({ sites: typed })} />
        <TextInput label={t('prevention.sessions')} inputMode="numeric" width="short" value={form.sessions} onText={(typed) => change({ sessions: typed })} />
        <TextInput label={t('prevention.people-reached')} hint={t('prevention.attendances')} inputMode="numeric" width="short" value={form.reached} onText={(typed) => change({ reached: typed })} />
        <fieldset className="field"><legend>{t('prevention.delivered')}</legend>
          {model.components.map((one, at) => <Checkbox key={one.vi} label={language() === 'en' ? one.en : one.vi} checked={form.components.includes(at)} onCheck={(on) => change({ components: on ? [...form.components, at] : form.components.filter((other) => other !== at) })} />)}
        </fieldset>
        <p className="small muted">{t('prevention.counts-only')}</p>
      </form>
    </Dialog>
  );
}

export function BaseDialog({ model, own, year, onClose, onDone }: Closing & { readonly model: Model; readonly own: Own; readonly year: string }) {
  const [sites, setSites] = useState(String(own.base?.sites ?? ''));
  const [people, setPeople] = useState(String(own.base?.people ?? ''));
  const record = useCommand(recordBase);
  const [nSites, nPeople] = [countTyped(sites), countTyped(people)];
  const send = async (): Promise<void> => {
    if (nSites === undefined || nPeople === undefined) return;
    if ((await record.run({ params: { shard: own.province, commune: own.commune, year, setting: model.setting }, body: { version: own.base?.version ?? 0, sites: nSites, people: nPeople } })).ok) onDone();
  };
  return (
    <Dialog open title={t('prevention.edit-base')} onClose={onClose} footer={<><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={record.busy} disabled={nSites === undefined || nPeople === undefined} onClick={() => void send()}>{t('prevention.save')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={record.problem} />
        <p>{t('prevention.base-say', { commune: own.nameVi, year })}</p>
        <TextInput label={sayKey(`prevention.base.${model.setting}`)} inputMode="numeric" width="short" value={sites} onText={setSites} />
        <TextInput label={t('prevention.base-people')} inputMode="numeric" width="short" value={people} onText={setPeople} />
      </form>
    </Dialog>
  );
}
