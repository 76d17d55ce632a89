import { useState } from 'react';
import { language, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import type { Target } from '#modules/definitions/schema.ts';
import { recordCommitment, type Commitment } from '../schema.ts';
import { sayPeriod, sayTargetUnit } from './figure.tsx';
import { readNumber } from './typed-number.ts';

type CommitProps = { readonly target: Target; readonly period: string; readonly unit: string; readonly name: string; readonly held: Commitment | undefined; readonly onClose: () => void; readonly onDone: () => void };

/** A number and the document it stands in; more than the target asks is welcome, less in its year is refused. */
export function CommitDialog({ target, period, unit, name, held, onClose, onDone }: CommitProps) {
  const record = useCommand(recordCommitment);
  const [typed, setTyped] = useState(held === undefined ? '' : String(held.value).replace('.', language() === 'vi' ? ',' : '.'));
  const [basis, setBasis] = useState(held?.basis ?? '');
  const [tried, setTried] = useState(false);
  const value = readNumber(typed, language());
  const send = async (): Promise<void> => {
    setTried(true);
    if (value === undefined || basis.trim() === '') return;
    const answer = await record.run({ body: { unit, target: target.id, period, value, basis: basis.trim(), baseRevision: held?.revision ?? 0 } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('indicators.commitment-of', { unit: name })} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={record.busy} onClick={() => void send()}>{t('kit.save')}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <p className="small muted">{target.name[language()]} · {sayPeriod(period)}</p>
        <ProblemNotice problem={record.problem} />
        <TextInput label={t('indicators.committed-value')} hint={sayTargetUnit(target.unit).trim()} inputMode="decimal" width="short" value={typed} onText={setTyped} error={tried && value === undefined ? t('indicators.a-number') : undefined} />
        <TextInput label={t('indicators.basis')} hint={t('indicators.basis-hint')} value={basis} onText={setBasis} maxLength={300} error={tried && basis.trim() === '' ? t('indicators.basis-needed') : undefined} />
      </form>
    </Dialog>
  );
}
