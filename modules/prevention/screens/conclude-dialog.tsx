import { t, sayKey } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { RadioGroup, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { differenceOf } from '../rules/decide.ts';
import { concludePilot, type Pilot, type PilotResult } from '../schema.ts';
import { decimalTyped, signed } from './words.ts';

const results = ['supported', 'not-supported', 'unclear'] as const satisfies readonly PilotResult[];
const figures = ['before', 'after', 'comparisonBefore', 'comparisonAfter'] as const;

/** The four figures, what they mean, and what was learnt; the difference is computed while one types. */
export function ConcludeDialog({ pilot, onClose, onDone }: { readonly pilot: Pilot; readonly onClose: () => void; readonly onDone: () => void }) {
  const draft = useDraft(`prevention-conclude:${pilot.id}`, { before: '', after: '', comparisonBefore: '', comparisonAfter: '', result: 'unclear' as PilotResult, lesson: '' });
  const conclude = useCommand(concludePilot);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const [before, after, comparisonBefore, comparisonAfter] = figures.map((name) => decimalTyped(form[name]));
  const measured = before === undefined || after === undefined || comparisonBefore === undefined || comparisonAfter === undefined ? null : { before, after, comparisonBefore, comparisonAfter };
  const difference = differenceOf(measured);
  const send = async (): Promise<void> => {
    if (measured === null) return;
    const answer = await conclude.run({ params: { province: pilot.province, pilot: pilot.id }, body: { version: pilot.version, measured, result: form.result, lesson: form.lesson } });
    if (!answer.ok) return;
    await draft.clear();
    onDone();
  };
  return (
    <Dialog open kind="wide" title={t('prevention.move.conclude')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={conclude.busy} disabled={measured === null || form.lesson.trim() === ''} onClick={() => void send()}>{t('prevention.move.conclude')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={conclude.problem} /><RestoredNotice draft={draft} />
        <p>{pilot.measure}</p>
        <div className="grid2">{figures.map((name) => <TextInput key={name} label={t(`prevention.figure.${name}`)} inputMode="decimal" width="short" value={form[name]} onText={(typed) => change({ [name]: typed })} />)}</div>
        <p role="status">{difference === null ? '' : t('prevention.difference-is', { difference: signed(difference) })}</p>
        <RadioGroup label={t('prevention.result')} value={form.result} onChoose={(result) => change({ result: results.find((one) => one === result) ?? 'unclear' })} choices={results.map((value) => ({ value, label: sayKey(`prevention.result.${value}`) }))} />
        <TextArea label={t('prevention.lesson')} hint={t('prevention.lesson-hint')} rows={4} value={form.lesson} onText={(lesson) => change({ lesson })} />
      </form>
    </Dialog>
  );
}
