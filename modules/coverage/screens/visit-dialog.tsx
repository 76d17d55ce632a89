import { newId } from '#kernel/id.ts';
import { t } from '#web/i18n/words.ts';
import { queueHere } from '#web/offline/outbox-here.ts';
import { useKeptForm } from '#web/offline/use-kept-form.ts';
import { useState } from 'react';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { SavedMark } from '#web/kit/draft-mark.tsx';
import { RadioGroup, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice, Skeleton } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { visitAllowed } from '../rules/review.ts';
import { services, type DivisionView, type Outcome, type Place } from '../schema.ts';
import { formOfPlace, kindOfVisit, type QueuedVisit } from './queued-visit.ts';
import { countTyped, divisionPath, placeName } from './words.ts';
import { serviceNames } from './service-names.ts';

type Props = { readonly view: DivisionView; readonly place: Place; readonly who: string; readonly onClose: () => void; readonly onDone: () => void };
const outcomes = ['reached', 'closed', 'not-applicable'] as const satisfies readonly Outcome[];

/** A visit: day, outcome and counts. Kept on the device field by field and sent from the outbox, so it is recorded in the field without a line. */
export function VisitDialog({ view, place, who, onClose, onDone }: Props) {
  const form = useKeptForm(who, formOfPlace(view.shard, place.id));
  const [problem, setProblem] = useState<{ readonly code: string } & Readonly<Record<string, unknown>>>();
  const [busy, setBusy] = useState(false);
  const text = (name: string, otherwise = ''): string => { const value = form.values[name]; return typeof value === 'string' ? value : otherwise; };
  const outcome = outcomes.find((one) => one === text('outcome')) ?? 'reached';
  const visitedOn = text('visitedOn', view.asOf);
  const counts = (of: 'offered' | 'accepted'): (number | undefined)[] => services.map((service) => countTyped(text(`${of}.${service}`, '0')));
  const send = async (): Promise<void> => {
    const sizeReached = countTyped(text('sizeReached', '0'));
    const [offered, accepted] = [counts('offered'), counts('accepted')];
    const numbers = [sizeReached, ...offered, ...accepted];
    if (outcome === 'reached' && numbers.some((count) => count === undefined)) { setProblem({ code: 'input-invalid' }); return; }
    const shown = (list: readonly (number | undefined)[]): number[] => list.map((count) => (outcome === 'reached' ? (count ?? 0) : 0));
    const visit = { visitedOn, outcome, sizeReached: outcome === 'reached' ? (sizeReached ?? 0) : 0, offered: shown(offered), accepted: shown(accepted) };
    const allowed = visitAllowed(view.campaign, place, visit, view.asOf);
    if (!allowed.ok) { setProblem(allowed.problem); return; }
    setBusy(true);
    await form.done();
    const body: QueuedVisit = { shard: view.shard, place: place.id, name: placeName(place), path: divisionPath(view.campaign, view.shard, view.commune), visit, fields: { ...form.values } };
    const kept = await queueHere(who, { id: newId<'Command'>(), kind: kindOfVisit, subject: `${view.shard}/${place.id}`, form: formOfPlace(view.shard, place.id), at: Date.now() }, (found) => ({ body, fields: Object.keys(found.fields) }));
    setBusy(false);
    if (!kept) { setProblem({ code: 'coverage-not-kept' }); return; }
    toast(t('coverage.visit-kept'));
    onDone();
  };
  return (
    <Dialog open kind="wide" title={t('coverage.record-of', { place: placeName(place) })} onClose={onClose} footer={<><SavedMark draft={form} /><Button onClick={onClose}>{t('coverage.cancel')}</Button><Button look="primary" busy={busy} onClick={() => void send()}>{t('coverage.record')}</Button></>}>
      {!form.ready ? <Skeleton lines={6} /> : (
        <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <ProblemNotice problem={problem} />
          <DateInput label={t('coverage.visited-on')} value={visitedOn} onDay={(next) => form.set('visitedOn', next)} min={view.campaign.startsOn} max={view.asOf} />
          <RadioGroup label={t('coverage.outcome')} value={outcome} onChoose={(next) => form.set('outcome', next)} choices={outcomes.map((one) => ({ value: one, label: t(`coverage.outcome.${one}`) }))} />
          {outcome === 'reached' && <>
            <TextInput label={t(place.kind === 'residential-group' ? 'coverage.homes-reached' : 'coverage.establishments-reached')} hint={t('coverage.at-most', { count: place.size })} inputMode="numeric" width="short" value={text('sizeReached', '')} onText={(typed) => form.set('sizeReached', typed)} />
            <table className="tbl">
              <caption>{t('coverage.services-counts')}</caption>
              <thead><tr><th scope="col">{t('coverage.service')}</th><th scope="col" className="num">{t('coverage.offered')}</th><th scope="col" className="num">{t('coverage.accepted')}</th></tr></thead>
              <tbody>{services.map((service, at) => (
                <tr key={service}><th scope="row">{serviceNames()[at]}</th>
                  {(['offered', 'accepted'] as const).map((of) => <td key={of} className="num" data-l={t(`coverage.${of}`)}><TextInput label={`${t(`coverage.${of}`)}: ${serviceNames()[at] ?? ''}`} hideLabel inputMode="numeric" width="short" value={text(`${of}.${service}`, '')} onText={(typed) => form.set(`${of}.${service}`, typed === '' ? undefined : typed)} /></td>)}
                </tr>))}</tbody>
            </table>
          </>}
          <p className="small muted">{t('coverage.counts-only')}</p>
        </form>
      )}
    </Dialog>
  );
}
