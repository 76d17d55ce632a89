import { useState } from 'react';
import { useLocation } from 'wouter';
import { addDays } from '#kernel/day.ts';
import { today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { getUnitTree } from '#modules/org-units/schema.ts';
import { homeReach, useSession } from '#web/session.tsx';
import { replicatePilot, type Pilot } from '../schema.ts';

/** Who takes it over and by when; the draft of the directive opens, and is issued there by whoever may. */
export function ReplicateDialog({ pilot, onClose }: { readonly pilot: Pilot; readonly onClose: () => void }) {
  const tree = useQuery(getUnitTree, { query: {} });
  const reach = homeReach(useSession());
  const [chosen, setChosen] = useState<readonly string[]>(reach.level === 'nation' ? [] : [reach.province]);
  const [communes, setCommunes] = useState(true);
  const [dueOn, setDueOn] = useState<string | undefined>(addDays(today(), 180));
  const replicate = useCommand(replicatePilot);
  const [, navigate] = useLocation();
  const provinces = (tree.value?.provinces ?? []).filter((one) => reach.level === 'nation' || one.code === reach.province);
  const send = async (): Promise<void> => {
    if (dueOn === undefined) return;
    const answer = await replicate.run({ params: { province: pilot.province, pilot: pilot.id }, body: { provinces: [...chosen], communes, dueOn } });
    if (answer.ok) navigate(`/chi-dao/${answer.value.province}/${answer.value.directive}`);
  };
  return (
    <Dialog open kind="wide" title={t('prevention.move.replicate')} onClose={onClose} footer={<><Button onClick={onClose}>{t('prevention.cancel')}</Button><Button look="primary" busy={replicate.busy} disabled={chosen.length === 0 || dueOn === undefined} onClick={() => void send()}>{t('prevention.make-draft')}</Button></>}>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ProblemNotice problem={replicate.problem} />
        <p>{t('prevention.replicate-say')}</p>
        <DateInput label={t('prevention.due-on')} value={dueOn} onDay={setDueOn} min={today()} />
        <Checkbox label={t('prevention.communes-too')} checked={communes} onCheck={setCommunes} />
        <fieldset className="field"><legend>{t('prevention.to-provinces', { count: chosen.length })}</legend>
          <Button size="small" onClick={() => setChosen(chosen.length === provinces.length ? [] : provinces.map((one) => one.code))}>{t(chosen.length === provinces.length ? 'prevention.choose-none' : 'prevention.choose-all')}</Button>
          <div className="grid3">{provinces.map((one) => <Checkbox key={one.code} label={one.nameVi} checked={chosen.includes(one.code)} onCheck={(on) => setChosen(on ? [...chosen, one.code] : chosen.filter((code) => code !== one.code))} />)}</div>
        </fieldset>
      </form>
    </Dialog>
  );
}
