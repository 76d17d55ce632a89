import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { SavedMark } from '#web/kit/draft-mark.tsx';
import { RadioGroup, Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { AreaStatus, AreaCaseMove, ObjectionSource } from '../schema/procedure-words.ts';
import { type CaseView, moveCase, type MoveInput } from '../schema/procedure.ts';
import { asStatus, levelStatuses, moveWord, postWord, statusWord } from './words.ts';

/** What a move is told beyond itself. A move that is not here needs nothing but an optional word. */
type Ask = 'status' | 'seat' | 'minutes' | 'reason' | 'number' | 'decidedOn' | 'source' | 'reference' | 'objection' | 'upheld' | 'text' | 'must-text';
const asks: Readonly<Partial<Record<AreaCaseMove, readonly Ask[]>>> = {
  return: ['must-text'], opine: ['seat', 'status', 'text'], conclude: ['status', 'minutes', 'reason'], reconsider: ['must-text'], sign: ['number', 'decidedOn'],
  object: ['source', 'reference', 'must-text'], 'answer-objection': ['objection', 'upheld', 'must-text'], drop: ['must-text'], comment: ['must-text'],
};
const askedOf = (move: AreaCaseMove, view: CaseView): readonly Ask[] => (move === 'sign' && view.row.state === 'signed-once' ? [] : (asks[move] ?? ['text']));
const forward: readonly AreaCaseMove[] = ['submit', 'convene', 'opine', 'conclude', 'sign', 'publish', 'enlist', 'answer-objection'];

type CardProps = { readonly view: CaseView; readonly onChange: (view: CaseView) => void; readonly onStale: () => void };
/** The steps open to this reader, and what stands in the way of those that are not open yet. */
export function CaseMoves({ view, onChange, onStale }: CardProps) {
  const [asking, setAsking] = useState<AreaCaseMove>();
  if (view.moves.length === 0 && view.blocked.length === 0) return <Card title={t('classification.next')}><p className="muted small">{t('classification.nothing-for-you')}</p></Card>;
  const main = view.moves.find((move) => forward.includes(move));
  return (
    <Card title={t('classification.next')}>
      <div className="stack-m">
        {view.moves.length > 0 && <div className="stack-s">{view.moves.map((move) => <Button key={move} wide look={move === main ? 'primary' : 'plain'} onClick={() => setAsking(move)}>{moveWord(move)}</Button>)}</div>}
        {view.blocked.length > 0 && <ul className="bal">{view.blocked.map((one) => <li key={one.move}><span aria-hidden="true">–</span><span>{moveWord(one.move)}<small>{sayKey(`problem.${one.code}`)}</small></span></li>)}</ul>}
      </div>
      {asking !== undefined && <MoveDialog view={view} move={asking} onClose={() => setAsking(undefined)} onStale={onStale} onDone={(next) => { setAsking(undefined); onChange(next); toast(t('classification.moved', { move: moveWord(asking) })); }} />}
    </Card>
  );
}

type Typed = {
  readonly text: string; readonly reason: string; readonly minutes: string; readonly number: string; readonly decidedOn: string; readonly reference: string; readonly status: AreaStatus | ''; readonly seat: string;
  readonly source: ObjectionSource | ''; readonly objection: string; readonly upheld: 'yes' | 'no' | '';
};
const empty: Typed = { text: '', reason: '', minutes: '', number: '', decidedOn: '', reference: '', status: '', seat: '', source: '', objection: '', upheld: '' };

function inputOf(move: AreaCaseMove, version: number, typed: Typed, asked: readonly Ask[]): MoveInput {
  const has = (ask: Ask): boolean => asked.includes(ask);
  const text = typed.text.trim();
  return {
    move, version,
    ...(text !== '' ? { text } : {}),
    ...(has('status') && typed.status !== '' ? { status: typed.status } : {}), ...(has('reason') && typed.reason.trim() !== '' ? { reason: typed.reason.trim() } : {}),
    ...((has('minutes') || typed.seat !== '') && typed.minutes.trim() !== '' ? { minutes: typed.minutes.trim() } : {}), ...(has('seat') && typed.seat !== '' ? { seat: typed.seat } : {}),
    ...(has('number') && typed.number.trim() !== '' ? { number: typed.number.trim() } : {}), ...(has('decidedOn') && typed.decidedOn !== '' ? { decidedOn: typed.decidedOn } : {}),
    ...(has('source') && typed.source !== '' ? { source: typed.source } : {}), ...(has('reference') && typed.reference.trim() !== '' ? { reference: typed.reference.trim() } : {}),
    ...(has('objection') && typed.objection !== '' ? { objection: typed.objection } : {}), ...(has('upheld') && typed.upheld !== '' ? { upheld: typed.upheld === 'yes' } : {}),
  };
}

type DialogProps = { readonly view: CaseView; readonly move: AreaCaseMove; readonly onClose: () => void; readonly onDone: (view: CaseView) => void; readonly onStale: () => void };
function MoveDialog({ view, move, onClose, onDone, onStale }: DialogProps) {
  const asked = askedOf(move, view);
  const open = view.objections.filter((one) => one.answer === null);
  const draft = useDraft<Typed>(`case-${view.row.id}-${move}`, { ...empty, status: move === 'conclude' ? (asStatus(view.proposalNow.status) ?? '') : '', objection: open.length === 1 ? (open[0]?.id ?? '') : '' });
  const command = useCommand(moveCase);
  const typed = draft.value;
  const set = (patch: Partial<Typed>): void => draft.set({ ...typed, ...patch });
  const send = async (): Promise<void> => {
    const answer = await command.run({ params: { province: view.row.province, case: view.row.id }, body: inputOf(move, view.row.version, typed, asked) });
    if (!answer.ok) {
      if (answer.problem.code === 'case-changed') onStale();
      return;
    }
    draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open title={moveWord(move)} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look={move === 'drop' ? 'danger' : 'primary'} busy={command.busy} onClick={() => void send()}>{moveWord(move)}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={command.problem} />
        <p className="small muted">{sayKey(`classification.move-say.${move}`, {}, '')}</p>
        <Fields view={view} asked={asked} typed={typed} set={set} open={open} move={move} />
      </form>
    </Dialog>
  );
}

type FieldsProps = { readonly view: CaseView; readonly move: AreaCaseMove; readonly asked: readonly Ask[]; readonly typed: Typed; readonly set: (patch: Partial<Typed>) => void; readonly open: CaseView['objections'] };
function Fields({ view, move, asked, typed, set, open }: FieldsProps) {
  const has = (ask: Ask): boolean => asked.includes(ask);
  const others = view.council.filter((seat) => seat.id !== view.mySeat);
  const against = has('reason') && typed.status !== '' && typed.status !== view.proposalNow.status;
  return (
    <>
      {has('seat') && others.length > 0 && <Select label={t('classification.for-member')} hint={t('classification.for-member-hint')} value={typed.seat} onChoose={(seat) => set({ seat })} choices={[{ value: '', label: view.mySeat === null ? t('classification.choose-member') : t('classification.myself') }, ...others.map((seat) => ({ value: seat.id, label: `${sayKey(`council-part.${seat.part}`)}: ${postWord(seat.post)}, ${seat.officeNameVi}` }))]} />}
      {has('seat') && typed.seat !== '' && <TextInput label={t('classification.minutes')} hint={t('classification.minutes-member-hint')} maxLength={80} value={typed.minutes} onText={(minutes) => set({ minutes })} />}
      {has('status') && <RadioGroup label={t(move === 'opine' ? 'classification.my-opinion' : 'classification.council-concludes')} hint={t('classification.proposed-is', { status: statusWord(view.proposalNow.status) })} value={typed.status === '' ? undefined : typed.status} onChoose={(status) => set({ status })} choices={levelStatuses(view.row.unit.level).map((one) => ({ value: one, label: statusWord(one) }))} />}
      {has('minutes') && <TextInput label={t('classification.minutes')} maxLength={80} value={typed.minutes} onText={(minutes) => set({ minutes })} />}
      {against && <Notice tone="warn"><p>{t('classification.against-needs-reason')}</p></Notice>}
      {has('reason') && <TextArea label={t('classification.reason')} hint={t('classification.no-person')} optional={!against} rows={4} maxLength={5000} value={typed.reason} onText={(reason) => set({ reason })} />}
      {has('number') && <TextInput label={t('classification.decision-number')} hint={t('classification.decision-number-hint')} maxLength={80} value={typed.number} onText={(number) => set({ number })} />}
      {has('decidedOn') && <DateInput label={t('classification.decided-on')} value={typed.decidedOn === '' ? undefined : typed.decidedOn} onDay={(day) => set({ decidedOn: day ?? '' })} />}
      {has('source') && <RadioGroup<ObjectionSource> label={t('classification.objection-from')} value={typed.source === '' ? undefined : typed.source} onChoose={(source) => set({ source })} choices={(['unit', 'office', 'letter'] as const).map((one) => ({ value: one, label: sayKey(`objection-source.${one}`) }))} />}
      {has('reference') && typed.source !== 'unit' && <TextInput label={t('classification.reference')} hint={t('classification.reference-hint')} maxLength={120} value={typed.reference} onText={(reference) => set({ reference })} />}
      {has('objection') && <Select label={t('classification.which-objection')} value={typed.objection} onChoose={(objection) => set({ objection })} choices={[{ value: '', label: t('classification.choose') }, ...open.map((one) => ({ value: one.id, label: `${sayKey(`objection-source.${one.source}`)}: ${one.text.slice(0, 80)}` }))]} />}
      {has('upheld') && <RadioGroup<'yes' | 'no'> label={t('classification.objection-verdict')} value={typed.upheld === '' ? undefined : typed.upheld} onChoose={(upheld) => set({ upheld })} choices={[{ value: 'yes', label: t('classification.upheld'), hint: t('classification.upheld-say') }, { value: 'no', label: t('classification.not-upheld') }]} />}
      {(has('text') || has('must-text')) && <TextArea label={t(has('must-text') ? 'classification.words' : 'classification.note')} hint={t('classification.no-person')} optional={has('text')} rows={4} maxLength={5000} value={typed.text} onText={(text) => set({ text })} />}
    </>
  );
}
