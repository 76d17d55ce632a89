import { useState } from 'react';
import { day, number, today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RadioGroup, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { dueOf } from '../rules/follow-up.ts';
import { countOf } from '../rules/day-form.ts';
import { answerMatter, channels, complaintCategories, type FacilityView, incidentCategories, listMatters, type Matter, type MatterCategory, recordMatter, settleMatter } from '../schema.ts';
import { keyOf } from './words.ts';

/** Incidents and complaints: none stays without an answer, and the one who answers never closes it. */
export function MattersTab({ view }: { readonly view: FacilityView }) {
  const list = useQuery(listMatters, { params: keyOf(view.facility) });
  const [open, setOpen] = useState<Matter>();
  const [adding, setAdding] = useState(false);
  const done = (): void => { setOpen(undefined); setAdding(false); list.reload(); };
  return (
    <>
      <Card title={t('facilities.matters')} say={t('facilities.matters-say')} flush tools={view.may.report && <Button size="small" icon="plus" onClick={() => setAdding(true)}>{t('facilities.add-matter')}</Button>}>
        <RemoteView of={list}>{(value) => <Table caption={t('facilities.matters')} hideCaption rows={value.matters} rowKey={(row) => row.id} onOpen={setOpen} columns={columns(setOpen)} empty={<EmptyState title={t('facilities.no-matter')} icon="ok" />} />}</RemoteView>
      </Card>
      {open !== undefined && <MatterDialog view={view} matter={open} onClose={() => setOpen(undefined)} onDone={done} />}
      {adding && <AddDialog view={view} onClose={() => setAdding(false)} onDone={done} />}
    </>
  );
}

const columns = (open: (row: Matter) => void): Column<Matter>[] => [
  { key: 'what', header: t('facilities.matter'), rowHeader: true, cell: (row) => <><button type="button" className="linkish" onClick={() => open(row)}>{sayKey(`facilities.category-${row.category}`)}</button><small>{[t(`facilities.kind-${row.kind}`), t(`facilities.channel-${row.channel}`)].join(' · ')}</small></> },
  { key: 'day', header: t('facilities.day'), compare: (a, b) => a.onDay.localeCompare(b.onDay), cell: (row) => day(row.onDay) },
  { key: 'people', header: t('facilities.people'), numeric: true, cell: (row) => number(row.people) },
  { key: 'due', header: t('facilities.due-on'), compare: (a, b) => a.dueOn.localeCompare(b.dueOn), cell: (row) => day(row.dueOn) },
  { key: 'state', header: t('facilities.matter-state'), cell: (row) => <StatusBadge kind={row.overdue ? 'bad' : row.state === 'closed' ? 'ok' : row.state === 'answered' ? 'half' : 'warn'} bare>{row.overdue ? t('facilities.matter-overdue') : t(`facilities.matter-${row.state}`)}</StatusBadge> },
];

function MatterDialog({ view, matter, onClose, onDone }: { readonly view: FacilityView; readonly matter: Matter; readonly onClose: () => void; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const [answer, settle] = [useCommand(answerMatter), useCommand(settleMatter)];
  const params = { ...keyOf(view.facility), matter: matter.id };
  const run = async (move: 'answer' | 'close' | 'return'): Promise<void> => {
    const done = move === 'answer' ? await answer.run({ params, body: { rev: matter.rev, text: text.trim() } }) : await settle.run({ params, body: { rev: matter.rev, close: move === 'close', text: text.trim() } });
    if (done.ok) onDone();
  };
  const mayAnswer = view.may.record && matter.state === 'open';
  const maySettle = view.may.settle && matter.state === 'answered';
  return (
    <Dialog open kind="wide" title={sayKey(`facilities.category-${matter.category}`)} onClose={onClose} footer={
      <><Button onClick={onClose}>{t('facilities.close-window')}</Button>{mayAnswer && <Button look="primary" busy={answer.busy} disabled={text.trim() === ''} onClick={() => void run('answer')}>{t('facilities.answer')}</Button>}
        {maySettle && <><Button busy={settle.busy} disabled={text.trim() === ''} onClick={() => void run('return')}>{t('facilities.give-back')}</Button><Button look="primary" busy={settle.busy} onClick={() => void run('close')}>{t('facilities.close-matter')}</Button></>}</>}>
      <ProblemNotice problem={answer.problem ?? settle.problem} />
      {matter.text !== '' && <p className="doc">{matter.text}</p>}
      <p className="muted">{t('facilities.matter-facts', { day: day(matter.onDay), due: day(matter.dueOn), count: matter.people })}</p>
      {matter.category === 'death' && <Notice tone={matter.reviewedOutside ? 'ok' : 'warn'}><p>{t(matter.reviewedOutside ? 'facilities.reviewed-outside' : 'facilities.review-needed')}</p></Notice>}
      <Timeline entries={[...matter.steps].reverse().map((step, at) => ({ key: String(at), at: step.at, what: <>{t(`facilities.step-${step.kind}`)}{step.text !== '' && <p>{step.text}</p>}</>, who: sayKey(`facilities.role-${step.role}`) }))} />
      {(mayAnswer || maySettle) && <TextArea label={t(mayAnswer ? 'facilities.what-was-done' : 'facilities.note')} optional={!mayAnswer} hint={t('facilities.counts-only')} value={text} onText={setText} maxLength={1000} />}
    </Dialog>
  );
}

function AddDialog({ view, onClose, onDone }: { readonly view: FacilityView; readonly onClose: () => void; readonly onDone: () => void }) {
  const [kind, setKind] = useState<Matter['kind']>('complaint');
  const [category, setCategory] = useState<MatterCategory>('care');
  const [channel, setChannel] = useState<Matter['channel']>('box');
  const [onDay, setDay] = useState<string | undefined>(today());
  const [people, setPeople] = useState('1');
  const [text, setText] = useState('');
  const add = useCommand(recordMatter);
  const choose = (next: Matter['kind']): void => { setKind(next); setCategory(next === 'incident' ? 'injury' : 'care'); };
  const count = countOf(people);
  const send = async (): Promise<void> => {
    if (onDay !== undefined && count !== undefined && (await add.run({ params: keyOf(view.facility), body: { kind, category, channel, onDay, people: count, text: text.trim() } })).ok) onDone();
  };
  return (
    <Dialog open title={t('facilities.add-matter')} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={add.busy} disabled={onDay === undefined || count === undefined} onClick={() => void send()}>{t('facilities.save')}</Button></>}>
      <ProblemNotice problem={add.problem} />
      <RadioGroup label={t('facilities.matter')} value={kind} onChoose={choose} choices={(['complaint', 'incident'] as const).map((one) => ({ value: one, label: t(`facilities.kind-${one}`) }))} />
      <Select label={t('facilities.category')} value={category} onChoose={setCategory} choices={(kind === 'incident' ? incidentCategories : complaintCategories).map((one) => ({ value: one, label: sayKey(`facilities.category-${one}`) }))} />
      <div className="grid2">
        <DateInput label={t('facilities.day')} value={onDay} onDay={setDay} hint={onDay === undefined ? undefined : t('facilities.due-will-be', { day: day(dueOf(category, onDay)) })} />
        <Select label={t('facilities.channel')} value={channel} onChoose={setChannel} choices={channels.map((one) => ({ value: one, label: t(`facilities.channel-${one}`) }))} />
        <TextInput label={t('facilities.people-concerned')} width="short" inputMode="numeric" value={people} onText={setPeople} />
      </div>
      <TextArea label={t('facilities.what-happened')} optional hint={t('facilities.counts-only')} value={text} onText={setText} maxLength={500} />
    </Dialog>
  );
}
