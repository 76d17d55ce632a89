import { useState } from 'react';
import { language, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { planPlace, removePlace, type DivisionView, type Place } from '../schema.ts';
import { countTyped, placeName } from './words.ts';

/** When a place is to be reached and by which office; a place nobody has visited can be taken out. */
export function PlanDialog({ view, place, onClose, onDone }: { readonly view: DivisionView; readonly place: Place; readonly onClose: () => void; readonly onDone: () => void }) {
  const [size, setSize] = useState(String(place.size));
  const [plannedOn, setPlannedOn] = useState<string | undefined>(place.plannedOn ?? undefined);
  const [office, setOffice] = useState(place.plannedOffice ?? '');
  const plan = useCommand(planPlace);
  const remove = useCommand(removePlace);
  const params = { shard: place.shard, place: place.id };
  const typed = countTyped(size);
  const send = async (): Promise<void> => {
    if (typed === undefined) return;
    const answer = await plan.run({ params, body: { version: place.version, size: typed, plannedOn: plannedOn ?? null, plannedOffice: office === '' ? null : office } });
    if (answer.ok) { toast(t('coverage.planned-now')); onDone(); }
  };
  const takeOut = async (): Promise<void> => { if ((await remove.run({ params })).ok) onDone(); };
  return (
    <Dialog open title={t('coverage.plan-of', { place: placeName(place) })} onClose={onClose} footer={<>
      {place.visits === 0 && <Button look="danger" busy={remove.busy} onClick={() => void takeOut()}>{t('coverage.remove')}</Button>}
      <Button onClick={onClose}>{t('coverage.cancel')}</Button><Button look="primary" busy={plan.busy} disabled={typed === undefined} onClick={() => void send()}>{t('coverage.save')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={plan.problem ?? remove.problem} />
        <TextInput label={t(place.kind === 'residential-group' ? 'coverage.size-homes' : 'coverage.size-establishments')} inputMode="numeric" width="short" value={size} onText={setSize} />
        <DateInput label={t('coverage.planned-on')} value={plannedOn} onDay={setPlannedOn} min={view.campaign.startsOn} max={view.campaign.endsOn} />
        <Select label={t('coverage.planned-office')} value={office} onChoose={setOffice} choices={[{ value: '', label: t('coverage.no-office') }, ...view.offices.map((one) => ({ value: one.id, label: language() === 'en' ? one.nameEn : one.nameVi }))]} />
      </form>
    </Dialog>
  );
}
