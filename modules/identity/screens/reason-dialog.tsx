import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import type { Answer, Problem } from '#web/api.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { ErrorSummary, ProblemNotice } from '#web/kit/notice.tsx';

export type Ask = { readonly title: string; readonly say: string; readonly go: string; readonly run: (reason: string) => Promise<Answer<unknown>> };

/** A step that needs its reason on record. `ask` undefined: closed. */
export function ReasonDialog({ ask, onClose, onDone }: { readonly ask: Ask | undefined; readonly onClose: () => void; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const close = (): void => { setReason(''); setMissing(false); setProblem(undefined); onClose(); };
  const go = async (): Promise<void> => {
    if (!ask) return;
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    setBusy(true);
    const answer = await ask.run(reason.trim());
    setBusy(false);
    if (!answer.ok) { setProblem(answer.problem); return; }
    close();
    onDone();
  };
  const error = missing ? t('identity.need-reason') : undefined;
  return (
    <Dialog open={ask !== undefined} title={ask?.title ?? ''} onClose={close} footer={<><Button onClick={close}>{t('kit.cancel')}</Button><Button look="primary" busy={busy} onClick={() => void go()}>{ask?.go}</Button></>}>
      <p>{ask?.say}</p>
      <ErrorSummary errors={error === undefined ? [] : [{ field: 'reason', text: error }]} />
      <ProblemNotice problem={problem} />
      <TextArea id="reason" label={t('identity.reason')} value={reason} error={error} maxLength={500} onText={setReason} />
    </Dialog>
  );
}

export const roleName = (role: string): string => sayKey(`identity.role.${role}`, {}, role);
