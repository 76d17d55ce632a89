import { useState } from 'react';
import { call } from '#web/api.ts';
import { language, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { RadioGroup, TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, ProblemNotice, type FormError } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand } from '#web/query.ts';
import { useSession } from '#web/session.tsx';
import { addressIn } from '#web/shell/language.ts';
import { changePassword, setLanguage } from '../schema.ts';
import { MyDelegations } from './my-delegations.tsx';
import { MyFactors } from './my-factors.tsx';
import { MySessions } from './my-sessions.tsx';
import { useOfficeNames } from './offices.ts';
import { roleName } from './reason-dialog.tsx';

/** What is mine: roles, second factors, sessions, password, language, delegations. */
export default function MyAccount() {
  const session = useSession();
  const officeName = useOfficeNames(session.holdings.map((holding) => holding.office));
  return (
    <>
      <PageHead title={t('nav.account')} say={session.name} />
      <div className="cols">
        <div className="stack">
          <MyFactors />
          <MySessions />
          <MyDelegations />
        </div>
        <div className="stack">
          <Card title={t('identity.me.roles')}>
            <ul className="stack-s small">{session.holdings.map((holding) => <li key={`${holding.role}${holding.office}`}><b>{roleName(holding.role)}</b><span className="block muted">{officeName(holding.office)}</span></li>)}</ul>
            {session.holdings.length === 0 && <p className="small muted">{t('identity.grant.none')}</p>}
          </Card>
          <LanguageCard />
          <PasswordCard />
          <Card title={t('identity.me.calendar')}><p className="small">{t('identity.me.calendar-say')}</p><LinkButton to="/viec" icon="calendar">{t('identity.me.calendar-open')}</LinkButton></Card>
        </div>
      </div>
    </>
  );
}

function LanguageCard() {
  const choose = async (next: 'vi' | 'en'): Promise<void> => {
    if (next === language()) return;
    await call(setLanguage, { body: { language: next } });
    window.location.assign(addressIn(next, window.location.pathname, window.location.search));
  };
  return (
    <Card title={t('shell.language')}>
      <RadioGroup label={t('identity.me.language')} value={language()} onChoose={(next) => void choose(next)} choices={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
    </Card>
  );
}

const empty = { current: '', next: '', repeat: '' };

function PasswordCard() {
  const [form, setForm] = useState(empty);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const change = useCommand(changePassword);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (form.current === '') found.push({ field: 'pw-current', text: t('identity.sign-in.need-password') });
    if ([...form.next.normalize('NFC')].length < 12) found.push({ field: 'pw-next', text: t('identity.invitation.short') });
    else if (form.next !== form.repeat) found.push({ field: 'pw-repeat', text: t('identity.invitation.differs') });
    setErrors(found);
    if (found.length > 0) return;
    if (!(await change.run({ body: { current: form.current, next: form.next } })).ok) return;
    setForm(empty);
    toast(t('identity.me.password-changed'));
  };
  return (
    <Card title={t('identity.me.password')} say={t('identity.me.password-say')}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ErrorSummary errors={errors} />
        <ProblemNotice problem={change.problem} />
        <TextInput id="pw-current" type="password" label={t('identity.me.password-current')} error={errorOf('pw-current')} autoComplete="current-password" value={form.current} onText={(current) => setForm({ ...form, current })} />
        <TextInput id="pw-next" type="password" label={t('identity.invitation.password')} hint={t('identity.invitation.password-hint')} error={errorOf('pw-next')} autoComplete="new-password" value={form.next} onText={(next) => setForm({ ...form, next })} />
        <TextInput id="pw-repeat" type="password" label={t('identity.invitation.repeat')} error={errorOf('pw-repeat')} autoComplete="new-password" value={form.repeat} onText={(repeat) => setForm({ ...form, repeat })} />
        <Button type="submit" busy={change.busy}>{t('identity.me.password-go')}</Button>
      </form>
    </Card>
  );
}
