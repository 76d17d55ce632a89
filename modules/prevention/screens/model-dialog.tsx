import { t, sayKey } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { addModel, settings, type Model, type Setting } from '../schema.ts';

const schoolMonths = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** A model: its setting, what it consists of in both languages, and in which months it is held. */
export function ModelDialog({ mayAdd, onClose, onDone }: { readonly mayAdd: readonly string[]; readonly onClose: () => void; readonly onDone: (made: Model) => void }) {
  const draft = useDraft('prevention-model-new', { province: mayAdd[0] ?? '00', setting: 'school' as Setting, nameVi: '', nameEn: '', purposeVi: '', purposeEn: '', componentsVi: '', componentsEn: '', months: [] as number[] });
  const add = useCommand(addModel);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const [vi, en] = [lines(form.componentsVi), lines(form.componentsEn)];
  const ready = form.nameVi.trim() !== '' && form.nameEn.trim() !== '' && vi.length > 0 && vi.length === en.length && vi.length <= 12;
  const send = async (): Promise<void> => {
    const { componentsVi: _vi, componentsEn: _en, ...rest } = form;
    const answer = await add.run({ body: { ...rest, components: vi.map((text, at) => ({ vi: text, en: en[at] ?? text })) } });
    if (!answer.ok) return;
    await draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('prevention.add-model')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void send()}>{t('prevention.add-model')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={add.problem} /><RestoredNotice draft={draft} />
        <Select label={t('prevention.setting')} value={form.setting} onChoose={(setting) => change({ setting })} choices={settings.map((value) => ({ value, label: sayKey(`prevention.setting.${value}`) }))} />
        <TextInput label={t('prevention.name-vi')} value={form.nameVi} onText={(nameVi) => change({ nameVi })} maxLength={200} />
        <TextInput label={t('prevention.name-en')} value={form.nameEn} onText={(nameEn) => change({ nameEn })} maxLength={200} />
        <TextArea label={t('prevention.purpose-vi')} optional rows={2} value={form.purposeVi} onText={(purposeVi) => change({ purposeVi })} />
        <TextArea label={t('prevention.purpose-en')} optional rows={2} value={form.purposeEn} onText={(purposeEn) => change({ purposeEn })} />
        <TextArea label={t('prevention.components-vi')} hint={t('prevention.components-hint')} rows={4} value={form.componentsVi} onText={(componentsVi) => change({ componentsVi })} />
        <TextArea label={t('prevention.components-en')} hint={t('prevention.components-same')} rows={4} value={form.componentsEn} onText={(componentsEn) => change({ componentsEn })} />
        <fieldset className="field"><legend>{t('prevention.months')}</legend><div className="row">
          {schoolMonths.map((month) => <Checkbox key={month} label={t('prevention.month-short', { month })} checked={form.months.includes(month)} onCheck={(on) => change({ months: on ? [...form.months, month] : form.months.filter((one) => one !== month) })} />)}
        </div></fieldset>
      </form>
    </Dialog>
  );
}
