import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { addInstrument, enhancements, instrumentKinds, stageNames, type InstrumentKind, type InstrumentRow, type StageName } from '../schema.ts';

type Enhancement = (typeof enhancements)[number];
/** A product: what it is, who leads it, what asked for it, and by when which stage is due. */
export function AddDialog({ mayAdd, onClose, onDone }: { readonly mayAdd: readonly { readonly province: string; readonly office: string }[]; readonly onClose: () => void; readonly onDone: (made: InstrumentRow) => void }) {
  const [first] = mayAdd;
  const draft = useDraft('instrument-new', {
    province: first?.province ?? '00', kind: 'decree' as InstrumentKind, titleVi: '', titleEn: '', leadOffice: first?.office ?? '', basis: '', enhancement: '' as Enhancement | '', dueStage: 'passed' as StageName, dueOn: undefined as string | undefined, dueText: '', dueEvent: '', note: '',
  });
  const add = useCommand(addInstrument);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const ready = form.titleVi.trim() !== '' && form.titleEn.trim() !== '' && form.leadOffice.trim() !== '';
  const send = async (): Promise<void> => {
    const answer = await add.run({ body: { ...form, enhancement: form.enhancement === '' ? null : form.enhancement, dueOn: form.dueOn ?? null, dueEvent: form.dueEvent.trim() === '' ? null : form.dueEvent } });
    if (!answer.ok) return;
    await draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('instruments.add')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('instruments.cancel')}</Button><Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void send()}>{t('instruments.add')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={add.problem} /><RestoredNotice draft={draft} />
        <Select label={t('instruments.kind')} value={form.kind} onChoose={(kind) => change({ kind })} choices={instrumentKinds.map((value) => ({ value, label: sayKey(`instruments.kind.${value}`) }))} />
        <TextInput label={t('instruments.title-vi')} value={form.titleVi} onText={(titleVi) => change({ titleVi })} maxLength={300} />
        <TextInput label={t('instruments.title-en')} value={form.titleEn} onText={(titleEn) => change({ titleEn })} maxLength={300} />
        <TextInput label={t('instruments.lead')} hint={t('instruments.lead-hint')} value={form.leadOffice} onText={(leadOffice) => change({ leadOffice })} maxLength={60} width="mid" />
        <TextInput label={t('instruments.basis')} optional value={form.basis} onText={(basis) => change({ basis })} maxLength={200} />
        <Select label={t('instruments.enhancement')} value={form.enhancement} onChoose={(enhancement) => change({ enhancement })} choices={[{ value: '', label: t('instruments.no-enhancement') }, ...enhancements.map((value) => ({ value, label: sayKey(`instruments.enhancement.${value}`) }))]} />
        <Select label={t('instruments.due-stage')} value={form.dueStage} onChoose={(dueStage) => change({ dueStage })} choices={stageNames.map((value) => ({ value, label: sayKey(`instruments.stage.${value}`) }))} />
        <div className="grid2">
          <DateInput label={t('instruments.due')} value={form.dueOn} onDay={(dueOn) => change({ dueOn })} />
          <TextInput label={t('instruments.due-event')} hint={t('instruments.due-event-hint')} optional value={form.dueEvent} onText={(dueEvent) => change({ dueEvent })} maxLength={120} />
        </div>
        <TextInput label={t('instruments.due-text')} optional value={form.dueText} onText={(dueText) => change({ dueText })} maxLength={200} />
      </form>
    </Dialog>
  );
}
