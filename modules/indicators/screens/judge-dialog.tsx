import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RadioGroup, TextArea } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { judgeFigure, judgementSteps, type Judged, type JudgementStep } from '../schema.ts';
import { sayPeriod, sayStep } from './figure.tsx';

const leastReason = 20;
type JudgeProps = { readonly indicator: string; readonly unit: string; readonly period: string; readonly judged: Judged; readonly onClose: () => void; readonly onDone: () => void };

/** Another judgement than the computed one, signed with its reason; the computed one stays beside it for ever. */
export function JudgeDialog({ indicator, unit, period, judged, onClose, onDone }: JudgeProps) {
  const judge = useCommand(judgeFigure);
  const [step, setStep] = useState<JudgementStep>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const short = [...reason.trim()].length < leastReason;
  const send = async (): Promise<void> => {
    setTried(true);
    if (step === undefined || short) return;
    const answer = await judge.run({ body: { indicator, unit, period, step, reason: reason.trim() } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('indicators.judge-otherwise')} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={judge.busy} onClick={() => void send()}>{t('indicators.judge-sign')}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p className="small muted">{sayPeriod(period)} · {t('indicators.judge-computed', { step: judged.step === null ? t('indicators.not-judged') : sayStep(judged.step) })} {sayKey(`indicators.why.${judged.reason}`)}</p>
        <Notice><p>{t('indicators.judge-say')}</p></Notice>
        <ProblemNotice problem={judge.problem} />
        <RadioGroup label={t('indicators.judgement')} value={step} onChoose={setStep} choices={judgementSteps.filter((one) => one !== judged.step).map((one) => ({ value: one, label: sayStep(one) }))} error={tried && step === undefined ? t('indicators.judge-choose') : undefined} />
        <TextArea label={t('indicators.judge-reason')} hint={t('indicators.judge-reason-hint', { least: leastReason })} rows={4} maxLength={1000} value={reason} onText={setReason} error={tried && short ? t('indicators.judge-reason-short', { least: leastReason }) : undefined} />
      </form>
    </Dialog>
  );
}
