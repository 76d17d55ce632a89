import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { removeStage, setStage, type InstrumentRow, type StageName } from '../schema.ts';

/** The real day of a stage with the document it stands in. */
export function StageDialog({ row, stage, onClose, onDone }: { readonly row: InstrumentRow; readonly stage: StageName; readonly onClose: () => void; readonly onDone: () => void }) {
  const { instrument } = row;
  const held = instrument.stages.find((one) => one.stage === stage);
  const [on, setOn] = useState<string | undefined>(held?.on);
  const [number, setNumber] = useState(held?.number ?? instrument.stages.find((one) => one.stage === 'passed')?.number ?? '');
  const [source, setSource] = useState(held?.source ?? '');
  const save = useCommand(setStage);
  const remove = useCommand(removeStage);
  const params = { province: instrument.province, instrument: instrument.id, stage };
  const send = async (): Promise<void> => { if (on !== undefined && (await save.run({ params, body: { version: instrument.version, on, number, source } })).ok) onDone(); };
  const takeOut = async (): Promise<void> => { if ((await remove.run({ params, body: { version: instrument.version } })).ok) onDone(); };
  return (
    <Dialog open title={sayKey(`instruments.stage.${stage}`)} onClose={onClose} footer={<>
      {held !== undefined && <Button look="danger" busy={remove.busy} onClick={() => void takeOut()}>{t('instruments.take-out')}</Button>}
      <Button onClick={onClose}>{t('instruments.cancel')}</Button><Button look="primary" busy={save.busy} disabled={on === undefined} onClick={() => void send()}>{t('instruments.save')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={save.problem ?? remove.problem} />
        <DateInput label={t('instruments.on')} value={on} onDay={setOn} />
        <TextInput label={t('instruments.number')} optional={stage !== 'passed'} value={number} onText={setNumber} maxLength={120} width="mid" />
        <TextInput label={t('instruments.source')} optional value={source} onText={setSource} maxLength={300} />
      </form>
    </Dialog>
  );
}
