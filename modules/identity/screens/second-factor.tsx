import { useState } from 'react';
import { call, type Answer, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { passkeySignInOptions, signInWithPasskey, signInWithTotp } from '../schema.ts';
import type { Step } from './step.ts';
import { askPasskey, passkeysHere } from './webauthn.ts';

type SecondProps = { readonly factors: Step['factors']; readonly onStep: (step: Step) => void; readonly onRestart: () => void };

/** The code of the authenticator app, or a passkey. */
export function SecondFactor({ factors, onStep, onRestart }: SecondProps) {
  const work = async (ask: () => Promise<Answer<Step>>): Promise<Problem | undefined> => {
    const answer = await ask();
    if (answer.ok) onStep(answer.value);
    return answer.ok ? undefined : answer.problem;
  };
  const usePasskey = async (): Promise<Answer<Step>> => {
    const asked = await call(passkeySignInOptions, { body: {} }, { recover: false });
    if (!asked.ok) return asked;
    const given = await askPasskey(asked.value.options);
    return given.ok ? call(signInWithPasskey, { body: { answer: given.value } }, { recover: false }) : given;
  };
  return (
    <>
      <h2>{t('identity.second.title')}</h2>
      <FactorForm
        totp={factors.includes('totp')} passkey={factors.includes('passkey')}
        onCode={(code) => work(() => call(signInWithTotp, { body: { code } }, { recover: false }))} onPasskey={() => work(usePasskey)}
      />
      <p><button type="button" className="linkish" onClick={onRestart}>{t('identity.second.back')}</button></p>
    </>
  );
}

type FactorFormProps = { readonly totp: boolean; readonly passkey: boolean; readonly onCode: (code: string) => Promise<Problem | undefined>; readonly onPasskey: () => Promise<Problem | undefined> };

/** One field for six digits, one button for the passkey; used at sign-in, at step-up and when an app is set up. */
export function FactorForm({ totp, passkey, onCode, onPasskey }: FactorFormProps) {
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (ask: () => Promise<Problem | undefined>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const refused = await ask();
    setBusy(false);
    setProblem(refused);
    if (refused) setCode('');
  };
  const send = (): void => {
    const digits = code.replace(/\D/g, '');
    setWrong(digits.length !== 6);
    if (digits.length === 6) void run(() => onCode(digits));
  };
  const error = wrong ? t('identity.sign-in.need-code') : undefined;
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
      <ErrorSummary errors={error === undefined ? [] : [{ field: 'code', text: error }]} />
      {problem?.code === 'passkey-stopped' ? <Notice live><p>{t('identity.passkey.stopped')}</p></Notice> : <ProblemNotice problem={problem} />}
      {totp && <TextInput id="code" label={t('identity.second.code')} hint={t('identity.second.say')} error={error} width="short" inputMode="numeric" autoComplete="one-time-code" maxLength={7} value={code} onText={setCode} />}
      <div className="actions">
        {totp && <Button type="submit" look="primary" busy={busy}>{t('identity.second.go')}</Button>}
        {passkey && passkeysHere() && <Button icon="key" look={totp ? 'plain' : 'primary'} busy={busy} onClick={() => void run(onPasskey)}>{t('identity.sign-in.passkey')}</Button>}
      </div>
    </form>
  );
}
