import { addDays } from '#kernel/day.ts';
import { today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { RadioGroup, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { addPilot, listModels, type Area, type Pilot } from '../schema.ts';
import { AreaPicker } from './area-picker.tsx';
import { nameOf } from './words.ts';

/** What is tried, what would show that it works, and against which places it is compared: written down before it begins. */
export function PilotDialog({ mayAdd, onClose, onDone }: { readonly mayAdd: readonly string[]; readonly onClose: () => void; readonly onDone: (made: Pilot) => void }) {
  const draft = useDraft('prevention-pilot-new', {
    province: mayAdd[0] ?? '00', titleVi: '', titleEn: '', hypothesis: '', measure: '', better: 'up' as 'up' | 'down', areas: [] as Area[], comparison: [] as Area[], startsOn: today(), endsOn: addDays(today(), 180), model: '',
  });
  const models = useQuery(listModels, { query: {} });
  const add = useCommand(addPilot);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const ready = [form.titleVi, form.titleEn, form.hypothesis, form.measure].every((text) => text.trim() !== '') && form.areas.length > 0 && form.comparison.length > 0;
  const send = async (): Promise<void> => {
    const answer = await add.run({ body: { ...form, model: form.model === '' ? null : form.model } });
    if (!answer.ok) return;
    await draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('prevention.add-pilot')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void send()}>{t('prevention.add-pilot')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={add.problem} /><RestoredNotice draft={draft} />
        <TextInput label={t('prevention.title-vi')} value={form.titleVi} onText={(titleVi) => change({ titleVi })} maxLength={200} />
        <TextInput label={t('prevention.title-en')} value={form.titleEn} onText={(titleEn) => change({ titleEn })} maxLength={200} />
        <TextArea label={t('prevention.hypothesis')} hint={t('prevention.hypothesis-hint')} rows={2} value={form.hypothesis} onText={(hypothesis) => change({ hypothesis })} />
        <TextInput label={t('prevention.measure')} hint={t('prevention.measure-hint')} value={form.measure} onText={(measure) => change({ measure })} maxLength={500} />
        <RadioGroup label={t('prevention.better')} value={form.better} onChoose={(better) => change({ better: better === 'down' ? 'down' : 'up' })} choices={[{ value: 'up', label: t('prevention.better.up') }, { value: 'down', label: t('prevention.better.down') }]} />
        <AreaPicker label={t('prevention.areas')} province={form.province} areas={form.areas} onAreas={(areas) => change({ areas })} />
        <AreaPicker label={t('prevention.comparison')} province={form.province} areas={form.comparison} onAreas={(comparison) => change({ comparison })} />
        <div className="grid2">
          <DateInput label={t('prevention.starts')} value={form.startsOn} onDay={(startsOn) => startsOn !== undefined && change({ startsOn })} />
          <DateInput label={t('prevention.ends')} value={form.endsOn} onDay={(endsOn) => endsOn !== undefined && change({ endsOn })} />
        </div>
        <Select label={t('prevention.model')} value={form.model} onChoose={(model) => change({ model })} choices={[{ value: '', label: t('prevention.no-model') }, ...(models.value?.rows ?? []).map(({ model }) => ({ value: model.id, label: nameOf(model) }))]} />
      </form>
    </Dialog>
  );
}
