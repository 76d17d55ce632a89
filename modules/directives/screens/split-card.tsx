import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { day } from '#web/i18n/format.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { SavedMark } from '#web/kit/draft-mark.tsx';
import { TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { type SplitLine, splitTask, type TaskView } from '../schema.ts';
import { OfficePicker } from './office-picker.tsx';

/** A province passes its task on: parts for its communes or departments, none due later than its own. */
export function SplitCard({ view, onChange }: { readonly view: TaskView; readonly onChange: (view: TaskView) => void }) {
  const [open, setOpen] = useState(false);
  if (!open) return <Card title={t('directives.split')} say={t('directives.split-say')} tools={<Button size="small" icon="split" onClick={() => setOpen(true)}>{t('directives.split-start')}</Button>}>{null}</Card>;
  return <SplitForm view={view} onClose={() => setOpen(false)} onChange={onChange} />;
}

function SplitForm({ view, onClose, onChange }: { readonly view: TaskView; readonly onClose: () => void; readonly onChange: (view: TaskView) => void }) {
  const { task } = view;
  const first: SplitLine = {
    text: task.text, offices: [], classes: [{ officeClass: 'UBND-XA', provinces: [task.province] }], dueOn: task.dueOn ?? '', product: view.clears.result.product ?? view.resultMeasure,
    authority: view.clears.authority.text,
  };
  const draft = useDraft<SplitLine>(`split-${task.id}`, first);
  const line = draft.value;
  const split = useCommand(splitTask);
  const set = (patch: Partial<SplitLine>): void => draft.set({ ...line, ...patch });
  const send = async (): Promise<void> => {
    const answer = await split.run({ params: { province: task.province, task: task.id }, body: { version: view.version, lines: [line] } });
    if (!answer.ok) return;
    draft.clear();
    toast(t('directives.split-done', { count: answer.value.created }));
    onChange(answer.value.task);
    onClose();
  };
  return (
    <Card title={t('directives.split')} say={task.dueOn === null ? undefined : t('directives.split-latest', { day: day(task.dueOn) })}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={split.problem} />
        <TextArea label={t('directives.task')} value={line.text} onText={(text) => set({ text })} rows={3} maxLength={4000} />
        <OfficePicker label={t('directives.who')} hint={t('directives.who-hint')} offices={line.offices} classes={line.classes} onChange={(offices, classes) => set({ offices, classes })} />
        <div className="row">
          <DateInput label={t('directives.due')} value={line.dueOn === '' ? undefined : line.dueOn} {...(task.dueOn === null ? {} : { max: task.dueOn })} onDay={(dueOn) => set({ dueOn: dueOn ?? '' })} />
          <TextInput label={t('directives.product')} value={line.product} onText={(product) => set({ product })} maxLength={500} />
        </div>
        <div className="row actions"><Button type="submit" look="primary" busy={split.busy}>{t('directives.split-now')}</Button><Button onClick={onClose}>{t('directives.cancel')}</Button><SavedMark draft={draft} /></div>
      </form>
    </Card>
  );
}
