import { useState } from 'react';
import { call, type Answer, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { useQuery } from '#web/query.ts';
import { useSessionState } from '#web/session.tsx';
import { currentSession, signInOptions, stepUp, stepUpPasskeyOptions } from '../schema.ts';
import { FactorForm } from './second-factor.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { askPasskey } from './webauthn.ts';

type RecoverProps = { readonly code: 'sign-in-needed' | 'step-up-needed'; readonly account: string | undefined; readonly onDone: (again: boolean) => void };

/** Over the page: sign in again, or show the second factor again; then the command that asked goes on by itself. */
export default function Recover({ code, account, onDone }: RecoverProps) {
  const title = code === 'sign-in-needed' ? t('identity.recover.expired') : t('identity.recover.step-up');
  return (
    <Dialog open title={title} onClose={() => onDone(false)}>
      {code === 'sign-in-needed' ? <SignInAgain account={account} onDone={onDone} /> : <ShowFactor onDone={onDone} />}
    </Dialog>
  );
}

function SignInAgain({ account, onDone }: { readonly account: string | undefined; readonly onDone: (again: boolean) => void }) {
  const options = useQuery(signInOptions, {});
  const { reload } = useSessionState();
  const done = async (): Promise<void> => {
    const now = await call(currentSession, {}, { recover: false });
    // Somebody else signed in here: nothing the first person began is sent in the second one's name.
    if (now.ok && now.value.account?.id !== account) { window.location.reload(); return; }
    await reload();
    onDone(true);
  };
  return <><p>{t('identity.recover.expired-say')}</p><SignInForm options={options.value} onDone={() => void done()} /></>;
}

function ShowFactor({ onDone }: { readonly onDone: (again: boolean) => void }) {
  const session = useQuery(currentSession, {});
  const [problem, setProblem] = useState<Problem>();
  const factors = session.value?.factors ?? [];
  const finish = (answer: Answer<unknown>): Problem | undefined => {
    if (answer.ok) onDone(true);
    return answer.ok ? undefined : answer.problem;
  };
  const usePasskey = async (): Promise<Problem | undefined> => {
    const asked = await call(stepUpPasskeyOptions, { body: {} }, { recover: false });
    if (!asked.ok) return asked.problem;
    const given = await askPasskey(asked.value.options);
    return given.ok ? finish(await call(stepUp, { body: { kind: 'passkey', answer: given.value } }, { recover: false })) : given.problem;
  };
  const demonstrate = async (): Promise<void> => setProblem(finish(await call(stepUp, { body: { kind: 'demonstration' } }, { recover: false })));
  return (
    <>
      <p>{t('identity.recover.step-up-say')}</p>
      <ProblemNotice problem={problem} />
      {session.value?.account?.demonstration === true
        ? <Button look="primary" onClick={() => void demonstrate()}>{t('identity.recover.demonstration')}</Button>
        : <FactorForm totp={factors.length === 0 || factors.includes('totp')} passkey={factors.length === 0 || factors.includes('passkey')} onCode={async (totp) => finish(await call(stepUp, { body: { kind: 'totp', code: totp } }, { recover: false }))} onPasskey={usePasskey} />}
    </>
  );
}
