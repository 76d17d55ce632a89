import { useState } from 'react';
import { named, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Pairs } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand } from '#web/query.ts';
import { closeViolation, type ViolationRow } from '../schema.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { periodName, say, shown } from './words.ts';

type CloseProps = { readonly row: ViolationRow; readonly onDone: () => void; readonly onLeave: () => void };

/** Closing is for good: the reason stays in the record, and only new figures open the work item again. */
export function CloseDialog({ row, onDone, onLeave }: CloseProps) {
  const close = useCommand(closeViolation);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const text = reason.trim();
  const wrong = text.length < 3 ? t('returns.violation-reason-missing') : looksPersonal(text) ? t('returns.personal-note') : undefined;
  const gone = close.problem?.code === 'violation-closed';
  const run = async (): Promise<void> => {
    setTried(true);
    if (wrong !== undefined) { document.getElementById('ly-do-dong')?.focus(); return; }
    const answer = await close.run({ params: { id: row.id }, query: { province: row.key.province }, body: { reason: text } });
    if (!answer.ok) return;
    toast(t('returns.violation-is-closed', { name: say(row.name) }));
    onDone();
  };
  return (
    <Dialog open title={t('returns.violation-close-title')} onClose={gone ? onDone : onLeave} footer={gone ? <Button look="primary" onClick={onDone}>{t('kit.close')}</Button> : <>
      <Button onClick={onLeave}>{t('kit.cancel')}</Button><Button look="primary" busy={close.busy} onClick={() => void run()}>{t('returns.violation-close')}</Button>
    </>}>
      <div className="stack">
        <p><b>{say(row.name)}</b>, {named(row.unit)}, {periodName(row.key.period).toLowerCase()}</p>
        <Pairs pairs={row.kind === 'rule' ? [[t('returns.violation-left'), shown(row.value)], [t('returns.violation-right'), shown(row.usual)]] : [[t('returns.violation-value'), shown(row.value)], [t('returns.violation-usual'), shown(row.usual)]]} />
        {row.explanation !== '' && <p>{t('returns.unit-says')}: {row.explanation}</p>}
        <Notice tone="warn"><p>{t('returns.violation-no-undo')}</p></Notice>
        <TextArea id="ly-do-dong" label={t('returns.reason')} hint={t('returns.violation-reason-hint')} value={reason} onText={setReason} rows={3} maxLength={1000} autoFocus {...(wrong !== undefined && (tried || looksPersonal(text)) ? { error: wrong } : {})} />
        <ProblemNotice problem={close.problem} />
      </div>
    </Dialog>
  );
}
