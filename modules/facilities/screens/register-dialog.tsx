import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RadioGroup, TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { useCommand } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { countOf } from '../rules/day-form.ts';
import { type FacilityKey, type Ownership, ownerships, registerFacility } from '../schema.ts';
import { emptyProfile, ProfileFields, readProfile } from './profile-fields.tsx';

type Props = { readonly province: string | undefined; readonly onClose: () => void; readonly onDone: (key: FacilityKey) => void };

/** Entering a facility: what it is, who runs it, and with how many people its book begins. */
export function RegisterDialog({ province, onClose, onDone }: Props) {
  const own = useSession().holdings.find((holding) => holding.reach.level !== 'nation')?.reach;
  const [place, setPlace] = useState(province ?? (own !== undefined && 'province' in own ? own.province : ''));
  const [code, setCode] = useState('');
  const [ownership, setOwnership] = useState<Ownership>('public');
  const [office, setOffice] = useState('');
  const [openedOn, setOpenedOn] = useState<string>();
  const [from, setFrom] = useState<string>();
  const [start, setStart] = useState({ voluntary: '', compulsory: '' });
  const [profile, setProfile] = useState(emptyProfile);
  const [missing, setMissing] = useState(false);
  const enter = useCommand(registerFacility);
  const send = async (): Promise<void> => {
    const read = readProfile({ ...profile, validFrom: profile.validFrom ?? openedOn });
    const [voluntary, compulsory] = [countOf(start.voluntary), countOf(start.compulsory)];
    const whole = read !== undefined && openedOn !== undefined && from !== undefined && voluntary !== undefined && compulsory !== undefined && code.trim() !== '' && office.trim() !== '' && place.trim() !== '';
    setMissing(!whole);
    if (!whole) return;
    const key = { province: place.trim(), facility: code.trim().toUpperCase() };
    if ((await enter.run({ body: { province: key.province, code: key.facility, ownership, openedOn, managerOffice: office.trim(), profile: read, book: { from, voluntary, compulsory } } })).ok) onDone(key);
  };
  return (
    <Dialog open kind="wide" title={t('facilities.enter')} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={enter.busy} onClick={() => void send()}>{t('facilities.enter')}</Button></>}>
      {missing && <Notice tone="bad" live><p>{t('facilities.form-missing')}</p></Notice>}
      <ProblemNotice problem={enter.problem} />
      <div className="grid2">
        <TextInput label={t('facilities.province-code')} width="short" value={place} onText={setPlace} maxLength={2} />
        <TextInput label={t('facilities.code')} hint={t('facilities.code-hint')} width="short" value={code} onText={setCode} maxLength={20} />
        <RadioGroup label={t('facilities.ownership')} value={ownership} onChoose={setOwnership} choices={ownerships.map((one) => ({ value: one, label: t(`facilities.${one}`) }))} />
        <TextInput label={t('facilities.manager-office')} hint={t('facilities.manager-office-hint')} width="mid" value={office} onText={setOffice} maxLength={60} />
        <DateInput label={t('facilities.opened-on')} value={openedOn} onDay={setOpenedOn} />
      </div>
      <ProfileFields typed={profile} onChange={setProfile} />
      <fieldset className="day-part"><legend>{t('facilities.book-begins')}</legend>
        <div className="grid3">
          <DateInput label={t('facilities.book-from')} value={from} onDay={setFrom} />
          <TextInput label={t('facilities.voluntary')} width="short" inputMode="numeric" value={start.voluntary} onText={(voluntary) => setStart({ ...start, voluntary })} />
          <TextInput label={t('facilities.compulsory')} width="short" inputMode="numeric" value={start.compulsory} onText={(compulsory) => setStart({ ...start, compulsory })} />
        </div>
      </fieldset>
    </Dialog>
  );
}
