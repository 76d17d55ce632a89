import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { SavedMark } from '#web/kit/draft-mark.tsx';
import { TextArea, TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { moveTask, type TaskMove, type TaskView } from '../schema.ts';
import { moveWord } from './words.ts';

const plain: readonly TaskMove[] = ['acknowledge', 'submit-evidence', 'verify', 'accept'];
const main: readonly TaskMove[] = ['acknowledge', 'report', 'submit-evidence', 'verify', 'accept', 'grant-extension', 'answer-clarification'];

/** What moves the task on stands first. */
const inOrder = (moves: readonly TaskMove[]): readonly TaskMove[] => [...moves].sort((a, b) => Number(main.includes(b)) - Number(main.includes(a)));

/** The moves that the state table allows this reader, as buttons; what a move needs is asked in front of the page. */
type MovesProps = { readonly view: TaskView; readonly onChange: (view: TaskView) => void; readonly onStale: () => void };
export function TaskMoves({ view, onChange, onStale }: MovesProps) {
  const [asking, setAsking] = useState<TaskMove>();
  const move = useCommand(moveTask);
  const params = { province: view.task.province, task: view.task.id };
  const go = async (name: TaskMove): Promise<void> => {
    if (!plain.includes(name)) return setAsking(name);
    const answer = await move.run({ params, body: { move: name, version: view.version } });
    if (!answer.ok) {
      if (answer.problem.code === 'revision-stale') onStale();
      return;
    }
    onChange(answer.value);
    toast(t('directives.moved', { move: moveWord(name) }));
  };
  if (view.moves.length === 0) return null;
  return (
    <Card title={t('directives.what-next')}>
      <div className="stack-s">
        {move.problem?.code === 'revision-stale' ? <Notice tone="warn" live><p>{t('directives.task-moved-on')}</p></Notice> : <ProblemNotice problem={move.problem} />}
        <div className="row">{inOrder(view.moves).map((name) => <Button key={name} look={main.includes(name) ? 'primary' : 'plain'} busy={move.busy} onClick={() => void go(name)}>{moveWord(name)}</Button>)}</div>
      </div>
      {asking && <MoveDialog view={view} move={asking} onClose={() => setAsking(undefined)} onDone={(next) => { setAsking(undefined); onChange(next); toast(t('directives.moved', { move: moveWord(asking) })); }} />}
    </Card>
  );
}

type Typed = { readonly text: string; readonly percent: string; readonly until: string; readonly resultMeasure: string };

function MoveDialog({ view, move, onClose, onDone }: { readonly view: TaskView; readonly move: TaskMove; readonly onClose: () => void; readonly onDone: (view: TaskView) => void }) {
  const draft = useDraft<Typed>(`move-${view.task.id}-${move}`, { text: '', percent: String(view.task.percent), until: move === 'grant-extension' ? (view.task.extensionAskedFor ?? '') : '', resultMeasure: view.resultMeasure });
  const { value } = draft;
  const command = useCommand(moveTask);
  const set = (patch: Partial<Typed>): void => draft.set({ ...value, ...patch });
  const dated = move === 'ask-extension' || move === 'grant-extension' || move === 'amend';
  const send = async (): Promise<void> => {
    const percent = Number(value.percent);
    const answer = await command.run({
      params: { province: view.task.province, task: view.task.id },
      body: {
        move, version: view.version, ...(value.text === '' ? {} : { text: value.text }),
        ...(move === 'report' && Number.isInteger(percent) ? { percent } : {}),
        ...(dated && move !== 'amend' && value.until !== '' ? { until: value.until } : {}),
        ...(move === 'amend' && value.until !== '' ? { dueOn: value.until } : {}),
        ...(move === 'amend' ? { resultMeasure: value.resultMeasure } : {}),
      },
    });
    if (!answer.ok) return;
    draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open title={moveWord(move)} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('directives.cancel')}</Button><Button look={move === 'withdraw' ? 'danger' : 'primary'} busy={command.busy} onClick={() => void send()}>{moveWord(move)}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        {move === 'decline-authority' && <Notice><p>{t('directives.decline-say')}</p></Notice>}
        {command.problem?.code === 'revision-stale' ? <Notice tone="warn" live><p>{t('directives.task-changed')}</p></Notice> : <ProblemNotice problem={command.problem} />}
        {move === 'report' && <TextInput label={t('directives.percent')} hint={t('directives.percent-hint')} inputMode="numeric" width="short" value={value.percent} onText={(percent) => set({ percent })} />}
        {dated && <DateInput label={t(move === 'amend' ? 'directives.new-due' : 'directives.until')} value={value.until === '' ? undefined : value.until} onDay={(until) => set({ until: until ?? '' })} />}
        {move === 'amend' && <TextInput label={t('directives.measure')} value={value.resultMeasure} onText={(resultMeasure) => set({ resultMeasure })} maxLength={1000} />}
        <TextArea label={sayKey(`directives.text-${move}`, {}, t('directives.reason'))} value={value.text} onText={(text) => set({ text })} rows={4} maxLength={4000} />
      </form>
    </Dialog>
  );
}
