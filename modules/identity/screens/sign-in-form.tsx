import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Answer, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, Notice, ProblemNotice, type FormError } from '#web/kit/notice.tsx';
import { passkeySignInOptions, signInWithPasskey, signInWithPassword, startOidc, type signInOptions } from '../schema.ts';
import { EnrolFactor } from './enrol-factor.tsx';
import { SecondFactor } from './second-factor.tsx';
import { askPasskey, passkeysHere } from './webauthn.ts';
import type { Step } from './step.ts';

type Options = ReplyOf<typeof signInOptions>;
type FormProps = { readonly options: Options | undefined; readonly begin?: Step; readonly onDone: () => void };

/** Password, then the second factor (or its first set-up); or a passkey alone; or the office's sign-on. */
export function SignInForm({ options, begin, onDone }: FormProps) {
  const [step, setStep] = useState<Step>(begin ?? { stage: 'none', factors: [] });
  const take = (next: Step): void => { if (next.stage === 'full') onDone(); else setStep(next); };
  const restart = (): void => setStep({ stage: 'none', factors: [] });
  if (step.stage === 'second-factor') return <SecondFactor factors={step.factors} onStep={take} onRestart={restart} />;
  if (step.stage === 'enrolment') return <EnrolFactor factors={step.factors} onStep={take} />;
  return <FirstStep options={options} onStep={take} />;
}

function FirstStep({ options, onStep }: { readonly options: Options | undefined; readonly onStep: (step: Step) => void }) {
  const [form, setForm] = useState({ userName: '', password: '' });
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const work = async (ask: () => Promise<Answer<Step>>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const answer = await ask();
    setBusy(false);
    if (answer.ok) onStep(answer.value);
    else setProblem(answer.problem);
  };
  const send = (): void => {
    const found: FormError[] = [];
    if (form.userName.trim() === '') found.push({ field: 'user-name', text: t('identity.sign-in.need-user-name') });
    if (form.password === '') found.push({ field: 'password', text: t('identity.sign-in.need-password') });
    setErrors(found);
    if (found.length === 0) void work(() => call(signInWithPassword, { body: form }, { recover: false }));
  };
  const usePasskey = async (): Promise<Answer<Step>> => {
    const asked = await call(passkeySignInOptions, { body: {} }, { recover: false });
    if (!asked.ok) return asked;
    const given = await askPasskey(asked.value.options);
    return given.ok ? call(signInWithPasskey, { body: { answer: given.value } }, { recover: false }) : given;
  };
  const goToProvider = async (): Promise<void> => {
    setBusy(true);
    const answer = await call(startOidc, { body: { purpose: 'sign-in' } }, { recover: false });
    if (answer.ok) window.location.assign(answer.value.url);
    else { setBusy(false); setProblem(answer.problem); }
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
      <ErrorSummary errors={errors} />
      {problem?.code === 'passkey-stopped' ? <Notice live><p>{t('identity.passkey.stopped')}</p></Notice> : <ProblemNotice problem={problem} />}
      <TextInput id="user-name" label={t('identity.sign-in.user-name')} value={form.userName} error={errorOf('user-name')} autoComplete="username" autoCapitalize="none" spellCheck={false} onText={(userName) => setForm({ ...form, userName })} />
      <TextInput id="password" type="password" label={t('identity.sign-in.password')} value={form.password} error={errorOf('password')} autoComplete="current-password" onText={(password) => setForm({ ...form, password })} />
      <div className="actions"><Button type="submit" look="primary" busy={busy}>{t('identity.sign-in.go')}</Button>
        {options?.passkeys === true && passkeysHere() && <Button icon="key" onClick={() => void work(usePasskey)}>{t('identity.sign-in.passkey')}</Button>}
        {options?.oidc === true && <Button icon="exit" onClick={() => void goToProvider()}>{t('identity.sign-in.oidc')}</Button>}
      </div>
      <p className="xs muted block">{t('identity.sign-in.forgotten')}</p>
    </form>
  );
}
