import { addDays } from '#kernel/day.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox, Select, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { openCampaign, placeKinds, type Campaign, type PlaceKind } from '../schema.ts';
import { nameOf, sayKind } from './words.ts';

type Props = { readonly mayOpen: readonly string[]; readonly earlier: readonly Campaign[]; readonly today: string; readonly onClose: () => void; readonly onDone: (made: Campaign) => void };

/** A new campaign: its plan, its days, what kinds of places it reaches, and which campaign it follows. */
export function OpenDialog({ mayOpen, earlier, today, onClose, onDone }: Props) {
  const draft = useDraft('coverage-campaign-new', {
    province: mayOpen[0] ?? '00', nameVi: '', nameEn: '', basis: '', startsOn: today, endsOn: addDays(today, 90), firstReview: addDays(today, 30), lastReview: addDays(today, 90), kinds: [...placeKinds] as PlaceKind[], succeeds: '',
  });
  const open = useCommand(openCampaign);
  const form = draft.value;
  const change = (patch: Partial<typeof form>): void => draft.set((before) => ({ ...before, ...patch }));
  const ready = form.nameVi.trim() !== '' && form.nameEn.trim() !== '' && form.basis.trim() !== '' && form.kinds.length > 0;
  const send = async (): Promise<void> => {
    const { firstReview, lastReview, succeeds, ...rest } = form;
    const answer = await open.run({ body: { ...rest, reviewDays: [...new Set([firstReview, lastReview])], succeeds: succeeds === '' ? null : succeeds } });
    if (!answer.ok) return;
    await draft.clear();
    onDone(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('coverage.open')} onClose={onClose} footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('coverage.cancel')}</Button><Button look="primary" busy={open.busy} disabled={!ready} onClick={() => void send()}>{t('coverage.open')}</Button></>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); if (ready) void send(); }}>
        <ProblemNotice problem={open.problem} /><RestoredNotice draft={draft} />
        {mayOpen.length > 1 && <Select label={t('coverage.for-whom')} value={form.province} onChoose={(province) => change({ province })} choices={mayOpen.map((code) => ({ value: code, label: code === '00' ? t('coverage.of-nation') : t('coverage.of-province', { code }) }))} />}
        <TextInput label={t('coverage.name-vi')} value={form.nameVi} onText={(nameVi) => change({ nameVi })} maxLength={200} />
        <TextInput label={t('coverage.name-en')} value={form.nameEn} onText={(nameEn) => change({ nameEn })} maxLength={200} />
        <TextInput label={t('coverage.basis')} hint={t('coverage.basis-hint')} value={form.basis} onText={(basis) => change({ basis })} maxLength={120} width="mid" />
        <div className="grid2">
          <DateInput label={t('coverage.starts')} value={form.startsOn} onDay={(startsOn) => startsOn !== undefined && change({ startsOn })} />
          <DateInput label={t('coverage.ends')} value={form.endsOn} onDay={(endsOn) => endsOn !== undefined && change({ endsOn })} />
          <DateInput label={t('coverage.first-review')} value={form.firstReview} onDay={(firstReview) => firstReview !== undefined && change({ firstReview })} />
          <DateInput label={t('coverage.last-review')} value={form.lastReview} onDay={(lastReview) => lastReview !== undefined && change({ lastReview })} />
        </div>
        <fieldset><legend>{t('coverage.kinds')}</legend>
          {placeKinds.map((kind) => <Checkbox key={kind} label={sayKind(kind)} checked={form.kinds.includes(kind)} onCheck={(on) => change({ kinds: on ? [...form.kinds, kind] : form.kinds.filter((one) => one !== kind) })} />)}
        </fieldset>
        <Select label={t('coverage.succeeds')} hint={t('coverage.succeeds-hint')} value={form.succeeds} onChoose={(succeeds) => change({ succeeds })}
          choices={[{ value: '', label: t('coverage.succeeds-none') }, ...earlier.filter((one) => one.province === '00' || one.province === form.province).map((one) => ({ value: one.id, label: `${nameOf(one)} (${day(one.startsOn)})` }))]} />
      </form>
    </Dialog>
  );
}
