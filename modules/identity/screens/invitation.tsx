import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Problem } from '#web/api.ts';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, ProblemNotice, Skeleton, type FormError } from '#web/kit/notice.tsx';
import { useSessionState } from '#web/session.tsx';
import { acceptInvitation, lookAtInvitation } from '../schema.ts';
import { SignInForm } from './sign-in-form.tsx';
import type { Step } from './step.ts';

type Invitation = ReplyOf<typeof lookAtInvitation>;

/** The token stands behind `#`, so that no server log or history of a proxy holds it. A query works too. */
const tokenOfAddress = (): string => window.location.hash.replace(/^#/, '') || new URLSearchParams(window.location.search).get('ma') || new URLSearchParams(window.location.search).get('token') || '';

/** A one-time link: the first administrator, a new account, or a lost password. */
export default function InvitationScreen() {
  const [token] = useState(tokenOfAddress);
  const [seen, setSeen] = useState<Invitation>();
  const [problem, setProblem] = useState<Problem>();
  const [step, setStep] = useState<Step>();
  const { reload } = useSessionState();
  const [, navigate] = useLocation();
  useEffect(() => {
    window.history.replaceState(null, '', window.location.pathname);
    if (token === '') return;
    void call(lookAtInvitation, { body: { token } }, { recover: false }).then((answer) => (answer.ok ? setSeen(answer.value) : setProblem(answer.problem)));
  }, [token]);
  const done = async (): Promise<void> => {
    await reload();
    navigate('/', { replace: true });
  };
  const take = (next: Step): void => { if (next.stage === 'full') void done(); else setStep(next); };
  const title = seen === undefined ? t('identity.invitation.title') : sayKey(`identity.invitation.${seen.kind}`);
  return (
    <div className="signin">
      <PageHead title={title} say={seen && !step ? t('identity.invitation.say', { at: moment(seen.expiresAt) }) : undefined} />
      <Card>
        {token === '' && <p>{t('identity.invitation.none')}</p>}
        <ProblemNotice problem={problem} />
        {step ? <SignInForm options={undefined} begin={step} onDone={() => void done()} />
          : seen ? <AcceptForm token={token} seen={seen} onStep={take} /> : token !== '' && !problem && <Skeleton lines={4} />}
      </Card>
    </div>
  );
}

const shortest = 12;

function AcceptForm({ token, seen, onStep }: { readonly token: string; readonly seen: Invitation; readonly onStep: (step: Step) => void }) {
  const [form, setForm] = useState({ name: seen.name, userName: seen.userName, password: '', repeat: '' });
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (form.name.trim() === '') found.push({ field: 'name', text: t('identity.invitation.need-name') });
    if (form.userName.trim() === '') found.push({ field: 'user-name', text: t('identity.sign-in.need-user-name') });
    if ([...form.password.normalize('NFC')].length < shortest) found.push({ field: 'password', text: t('identity.invitation.short') });
    else if (form.password !== form.repeat) found.push({ field: 'repeat', text: t('identity.invitation.differs') });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const { name, userName, password } = form;
    const answer = await call(acceptInvitation, { body: { token, name, userName, password } }, { recover: false });
    setBusy(false);
    if (answer.ok) onStep(answer.value);
    else setProblem(answer.problem);
  };
  const fixed = seen.kind !== 'first-administrator';
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <ErrorSummary errors={errors} />
      <ProblemNotice problem={problem} />
      <TextInput id="name" label={t('identity.invitation.name')} value={form.name} error={errorOf('name')} autoComplete="name" readOnly={fixed} onText={(name) => setForm({ ...form, name })} />
      <TextInput id="user-name" label={t('identity.invitation.user-name')} value={form.userName} error={errorOf('user-name')} autoComplete="username" autoCapitalize="none" spellCheck={false} readOnly={fixed} onText={(userName) => setForm({ ...form, userName })} />
      <TextInput id="password" type="password" label={t('identity.invitation.password')} hint={t('identity.invitation.password-hint')} value={form.password} error={errorOf('password')} autoComplete="new-password" onText={(password) => setForm({ ...form, password })} />
      <TextInput id="repeat" type="password" label={t('identity.invitation.repeat')} value={form.repeat} error={errorOf('repeat')} autoComplete="new-password" onText={(repeat) => setForm({ ...form, repeat })} />
      <div className="actions"><Button type="submit" look="primary" busy={busy}>{t('identity.invitation.go')}</Button></div>
    </form>
  );
}
