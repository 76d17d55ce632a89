import { useState } from 'react';
import { today } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, RadioGroup, Select, TextInput } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { dismissalReasons, getPlace, type DismissalReason, type Measure, measures as allMeasures, movePlace, type Move, type PlaceRow, type PlaceView } from '../schema.ts';
import { life, type Transition } from '../rules/life.ts';
import { placePath } from './addresses.ts';
import { capital, sayDismissal, sayMeasure, sayMove, sayState, titleOf } from './words.ts';

type StepDialogProps = { readonly row: PlaceRow; readonly wanted: Move | undefined; readonly commune: string; readonly onClose: () => void; readonly onDone: () => void };

/** The next step of a place: which ones it may take, what each needs, and who has to be somebody else. */
export function StepDialog({ row, wanted, commune, onClose, onDone }: StepDialogProps) {
  const view = useQuery(getPlace, { params: { province: row.province, place: row.id } });
  return (
    <Dialog open title={t('hotspots.move-title', { code: row.code })} onClose={onClose}>
      <p className="muted small">{capital(titleOf(row))}, {commune}. {t('hotspots.now-state', { state: sayState(view.value?.place.state ?? row.state) })}</p>
      <RemoteView of={view} lines={4}>{(value) => <StepForm view={value} wanted={wanted} reload={view.reload} onDone={onDone} />}</RemoteView>
    </Dialog>
  );
}

type Filled = { readonly measures: ReadonlySet<Measure>; readonly documentNumber: string; readonly documentDate: string | undefined; readonly reason: DismissalReason; readonly duplicateOf: string; readonly onDay: string | undefined };
const empty: Filled = { measures: new Set(), documentNumber: '', documentDate: undefined, reason: 'not-confirmed', duplicateOf: '', onDay: undefined };

/** Only what the step takes goes along: a field of another step would be refused. */
function bodyOf(move: Move, version: number, filled: Filled) {
  const { takes }: Transition = life[move];
  const number = filled.documentNumber.trim();
  return {
    move, version, ...(filled.onDay === undefined ? {} : { onDay: filled.onDay }),
    ...(takes.includes('measures') && filled.measures.size > 0 ? { measures: [...filled.measures] } : {}),
    ...(takes.includes('document') && number !== '' ? { documentNumber: number, ...(filled.documentDate === undefined ? {} : { documentDate: filled.documentDate }) } : {}),
    ...(takes.includes('reason') ? { reason: filled.reason } : {}),
    ...(takes.includes('duplicateOf') && filled.reason === 'duplicate' && filled.duplicateOf.trim() !== '' ? { duplicateOf: filled.duplicateOf.trim() } : {}),
  };
}

function StepForm({ view, wanted, reload, onDone }: { readonly view: PlaceView; readonly wanted: Move | undefined; readonly reload: () => void; readonly onDone: () => void }) {
  const possible = view.next.filter((next) => next.refusal === '');
  const [chosen, setChosen] = useState<Move | undefined>(wanted);
  const [filled, setFilled] = useState(empty);
  const command = useCommand(movePlace);
  const { place } = view;
  const move = view.next.find((next) => next.move === chosen)?.move ?? possible[0]?.move;
  const ready = move !== undefined && view.next.some((next) => next.move === move && next.refusal === '');
  const send = async (): Promise<void> => {
    if (move === undefined) return;
    const answer = await command.run({ params: { province: place.province, place: place.id }, body: bodyOf(move, place.version, filled) });
    if (answer.ok) {
      toast(t('hotspots.moved', { code: place.code, state: sayState(answer.value.place.state) }));
      onDone();
    } else if (answer.problem.code === 'place-changed') reload();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <ProblemNotice problem={command.problem} />
      {view.checkRefusal !== null && <Notice><p>{t('hotspots.check-instead')} <A to={placePath(place)}>{t('hotspots.record-check')}</A></p></Notice>}
      {view.next.length === 0 ? <Notice><p>{t('hotspots.no-step')}</p></Notice> : (
        <RadioGroup label={t('hotspots.which-step')} value={move} onChoose={setChosen} choices={view.next.map((next) => ({
          value: next.move, label: sayMove(next.move), disabled: next.refusal !== '', ...(next.refusal === '' ? {} : { hint: sayKey(`problem.${next.refusal}`, {}, next.refusal) }),
        }))} />
      )}
      {ready && <StepFields move={move} filled={filled} onFilled={setFilled} />}
      {view.next.length > 0 && <div className="actions"><Button type="submit" look="primary" disabled={!ready} busy={command.busy}>{t('hotspots.record-step')}</Button></div>}
    </form>
  );
}

function StepFields({ move, filled, onFilled }: { readonly move: Move; readonly filled: Filled; readonly onFilled: (filled: Filled) => void }) {
  const { takes, needs }: Transition = life[move];
  const toggle = (measure: Measure, on: boolean): void => {
    const next = new Set(filled.measures);
    if (on) next.add(measure);
    else next.delete(measure);
    onFilled({ ...filled, measures: next });
  };
  return (
    <>
      {takes.includes('reason') && <Select label={t('hotspots.reason')} value={filled.reason} onChoose={(reason) => onFilled({ ...filled, reason })} choices={dismissalReasons.map((value) => ({ value, label: capital(sayDismissal(value)) }))} />}
      {takes.includes('duplicateOf') && filled.reason === 'duplicate' && <TextInput label={t('hotspots.duplicate-of')} hint={t('hotspots.code-hint')} value={filled.duplicateOf} onText={(duplicateOf) => onFilled({ ...filled, duplicateOf })} width="mid" />}
      {takes.includes('measures') && (
        <fieldset className="field"><legend>{t('hotspots.measures')}</legend>
          {allMeasures.map((measure) => <Checkbox key={measure} label={capital(sayMeasure(measure))} checked={filled.measures.has(measure)} onCheck={(on) => toggle(measure, on)} />)}
        </fieldset>
      )}
      {takes.includes('document') && (
        <>
          <TextInput label={t('hotspots.document-number')} hint={t('hotspots.document-hint')} optional={needs.document !== true} value={filled.documentNumber} onText={(documentNumber) => onFilled({ ...filled, documentNumber })} width="mid" />
          {filled.documentNumber.trim() !== '' && <DateInput label={t('hotspots.document-date')} value={filled.documentDate} onDay={(documentDate) => onFilled({ ...filled, documentDate })} max={today()} />}
        </>
      )}
      <DateInput label={t('hotspots.step-day')} hint={t('hotspots.step-day-hint')} optional value={filled.onDay} onDay={(onDay) => onFilled({ ...filled, onDay })} max={today()} />
    </>
  );
}
