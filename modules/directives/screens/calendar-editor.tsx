import { useState } from 'react';
import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { type CalendarDay, editCalendar, type YearCalendar } from '../schema.ts';
import { dayName } from './working-calendar.tsx';

type Line = Pick<CalendarDay, 'day' | 'kind' | 'name'>;
const kinds = ['off', 'working'] as const;

/** The decided days of a year, written as a list; what is being typed is kept on this device. */
export function CalendarEditor({ calendar, onClose, onSaved }: { readonly calendar: YearCalendar; readonly onClose: () => void; readonly onSaved: () => void }) {
  const draft = useDraft<readonly Line[]>(`working-calendar-${calendar.year}`, calendar.days.map((one) => ({ day: one.day, kind: one.kind, name: dayName(one) })));
  const [incomplete, setIncomplete] = useState(false);
  const save = useCommand(editCalendar);
  const put = (at: number, patch: Partial<Line>): void => draft.set(draft.value.map((line, index) => (index === at ? { ...line, ...patch } : line)));
  const send = async (): Promise<void> => {
    const missing = draft.value.some((line) => line.day === '' || line.name.trim() === '');
    setIncomplete(missing);
    if (missing) return;
    const answer = await save.run({ params: { year: String(calendar.year) }, body: { days: draft.value.map((line) => ({ ...line, name: line.name.trim() })) } });
    if (!answer.ok) return;
    await draft.clear();
    toast(t('working-calendar.saved', { year: String(calendar.year) }));
    onSaved();
  };
  return (
    <Dialog open kind="wide" title={t('working-calendar.edit')} onClose={onClose} footer={<><span className="grow"><SavedMark draft={draft} /></span><Button onClick={onClose}>{t('directives.cancel')}</Button><Button look="primary" busy={save.busy} onClick={() => void send()}>{t('directives.save')}</Button></>}>
      <form className="stack-s" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p className="muted small">{t('working-calendar.edit-say')}</p>
        <RestoredNotice draft={draft} />
        <ProblemNotice problem={save.problem} />
        {incomplete && <Notice tone="bad" live><p>{t('working-calendar.day-missing')}</p></Notice>}
        {draft.value.map((line, at) => (
          <div className="row day-line" key={at}>
            <DateInput label={t('working-calendar.day')} value={line.day === '' ? undefined : line.day} min={`${calendar.year}-01-01`} max={`${calendar.year}-12-31`} onDay={(value) => put(at, { day: value ?? '' })} />
            <Select label={t('working-calendar.kind')} value={line.kind} onChoose={(kind) => put(at, { kind })} choices={kinds.map((kind) => ({ value: kind, label: sayKey(`working-calendar.kind-${kind}`) }))} />
            <TextInput label={t('working-calendar.name')} value={line.name} onText={(name) => put(at, { name })} maxLength={120} />
            <Button size="small" icon="close" onClick={() => draft.set(draft.value.filter((_, index) => index !== at))}><span className="vh">{t('working-calendar.remove-day', { day: line.day === '' ? '' : day(line.day) })}</span></Button>
          </div>
        ))}
        <Button icon="plus" onClick={() => draft.set([...draft.value, { day: '', kind: 'off', name: '' }])}>{t('working-calendar.add')}</Button>
      </form>
    </Dialog>
  );
}
