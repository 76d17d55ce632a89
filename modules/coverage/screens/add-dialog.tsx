import { language, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { addPlaces, type DivisionView, type PlaceKind } from '../schema.ts';
import { countTyped, sayKind } from './words.ts';

/** Residential groups by name, one a line; establishments of a type as one cluster. A draft of it stays on the device. */
export function AddDialog({ view, onClose, onDone }: { readonly view: DivisionView; readonly onClose: () => void; readonly onDone: () => void }) {
  const [first = 'residential-group'] = view.campaign.kinds;
  const draft = useDraft(`coverage-add:${view.campaign.id}:${view.commune}`, { kind: first as PlaceKind, names: '', size: '', plannedOn: undefined as string | undefined, office: '' });
  const add = useCommand(addPlaces);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const groups = form.kind === 'residential-group';
  const names = groups ? form.names.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [''];
  const size = countTyped(form.size);
  const ready = names.length > 0 && size !== undefined;
  const send = async (): Promise<void> => {
    if (size === undefined || names.length === 0) return;
    const { campaign, shard, commune } = view;
    const plan = { size, plannedOn: form.plannedOn ?? null, plannedOffice: form.office === '' ? null : form.office };
    const answer = await add.run({ params: { province: campaign.province, campaign: campaign.id, shard, commune }, body: { places: names.slice(0, 300).map((name) => ({ kind: form.kind, name, ...plan })) } });
    if (!answer.ok) return;
    await draft.clear();
    toast(t('coverage.added', { count: answer.value.added.length }));
    onDone();
  };
  return (
    <Dialog open kind="wide" title={t('coverage.add-places')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('coverage.cancel')}</Button><Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void send()}>{t('coverage.add-places')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={add.problem} /><RestoredNotice draft={draft} />
        <Select label={t('coverage.kind-of-place')} value={form.kind} onChoose={(kind) => change({ kind })} choices={view.campaign.kinds.map((kind) => ({ value: kind, label: sayKind(kind) }))} />
        {groups ? <TextArea label={t('coverage.group-names')} hint={t('coverage.group-names-hint')} rows={5} value={form.names} onText={(typed) => change({ names: typed })} /> : <p className="small muted">{t('coverage.cluster-say')}</p>}
        <TextInput label={t(groups ? 'coverage.size-homes-each' : 'coverage.size-establishments')} inputMode="numeric" width="short" value={form.size} onText={(typed) => change({ size: typed })} />
        <DateInput label={t('coverage.planned-on')} value={form.plannedOn} onDay={(plannedOn) => change({ plannedOn })} min={view.campaign.startsOn} max={view.campaign.endsOn} />
        <Select label={t('coverage.planned-office')} value={form.office} onChoose={(office) => change({ office })} choices={[{ value: '', label: t('coverage.no-office') }, ...view.offices.map((one) => ({ value: one.id, label: language() === 'en' ? one.nameEn : one.nameVi }))]} />
      </form>
    </Dialog>
  );
}
