import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, TextArea, TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import type { ReplyOf } from '#kernel/contract.ts';
import type { AreaCaseMove } from '../schema/procedure-words.ts';
import { type AreaCaseRow, moveCases } from '../schema/procedure.ts';
import { moveWord, stateWord, unitWord } from './words.ts';

/** Steps a sitting takes for many at once. A conclusion against the proposal is made one by one, with its own reason. */
const bulk = ['convene', 'opine', 'conclude', 'sign', 'publish', 'enlist'] as const satisfies readonly AreaCaseMove[];
type Bulk = (typeof bulk)[number];
type Answers = ReplyOf<typeof moveCases>;

export function ManyMoves({ province, rows, onDone }: { readonly province: string; readonly rows: readonly AreaCaseRow[]; readonly onDone: () => void }) {
  const [move, setMove] = useState<Bulk>();
  return (
    <div className="row tight"><b className="small">{t('classification.chosen', { count: rows.length })}</b>
      {bulk.map((one) => <Button key={one} size="small" onClick={() => setMove(one)}>{moveWord(one)}</Button>)}
      {move !== undefined && <ManyDialog province={province} rows={rows} move={move} onClose={() => setMove(undefined)} onDone={onDone} />}
    </div>
  );
}

function ManyDialog({ province, rows, move, onClose, onDone }: { readonly province: string; readonly rows: readonly AreaCaseRow[]; readonly move: Bulk; readonly onClose: () => void; readonly onDone: () => void }) {
  const command = useCommand(moveCases);
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState('');
  const [number, setNumber] = useState('');
  const [decidedOn, setDecidedOn] = useState<string>();
  const [understood, setUnderstood] = useState(false);
  const [answers, setAnswers] = useState<Answers>();
  const asProposed = move === 'opine' || move === 'conclude';
  const send = async (): Promise<void> => {
    const answer = await command.run({
      params: { province },
      body: {
        cases: rows.map((row) => ({ id: row.id, version: row.version })), ...(asProposed ? { asProposed: true } : {}),
        input: { move, ...(text.trim() === '' ? {} : { text: text.trim() }), ...(minutes.trim() === '' ? {} : { minutes: minutes.trim() }), ...(number.trim() === '' ? {} : { number: number.trim() }), ...(decidedOn === undefined ? {} : { decidedOn }) },
      },
    });
    if (answer.ok) setAnswers(answer.value);
  };
  const title = t('classification.many-title', { move: moveWord(move), count: rows.length });
  if (answers !== undefined) return <Results title={title} rows={rows} answers={answers} onClose={() => { onClose(); onDone(); }} />;
  return (
    <Dialog open title={title} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={command.busy} disabled={asProposed && !understood} onClick={() => void send()}>{moveWord(move)}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={command.problem} />
        {asProposed && <><Notice><p>{t('classification.as-proposed')}</p></Notice><Checkbox label={t('classification.as-proposed-understood')} checked={understood} onCheck={setUnderstood} /></>}
        {move === 'conclude' && <TextInput label={t('classification.minutes')} maxLength={80} value={minutes} onText={setMinutes} />}
        {move === 'sign' && <><TextInput label={t('classification.decision-number')} hint={t('classification.decision-number-hint')} maxLength={80} value={number} onText={setNumber} /><DateInput label={t('classification.decided-on')} value={decidedOn} onDay={setDecidedOn} /></>}
        <TextArea label={t('classification.note')} hint={t('classification.no-person')} optional rows={3} maxLength={5000} value={text} onText={setText} />
      </form>
    </Dialog>
  );
}

/** What became of each: the sitting is not stopped by one case that cannot take the step. */
function Results({ title, rows, answers, onClose }: { readonly title: string; readonly rows: readonly AreaCaseRow[]; readonly answers: Answers; readonly onClose: () => void }) {
  const names = new Map(rows.map((row) => [row.id, unitWord(row.unit)] as const));
  const refused = answers.answers.filter((one) => !one.ok);
  return (
    <Dialog open kind="wide" title={title} onClose={onClose} footer={<Button look="primary" onClick={onClose}>{t('kit.close')}</Button>}>
      <p role="status"><b>{t('classification.many-done', { done: answers.done, refused: refused.length })}</b></p>
      <Table caption={t('classification.many-results')} hideCaption rows={[...refused, ...answers.answers.filter((one) => one.ok)]} rowKey={(row) => row.id} columns={[
        { key: 'unit', header: t('classification.area'), rowHeader: true, cell: (row) => names.get(row.id) ?? row.id },
        { key: 'result', header: t('classification.col-result'), cell: (row) => (row.ok ? (row.state === null ? '' : stateWord(row.state)) : <span className="c-bad">{sayKey(`problem.${row.code ?? ''}`)}</span>) },
      ]} />
    </Dialog>
  );
}
