import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { call, type Problem } from '#web/api.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { Checkbox } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { chooseOwnDevice, isOwnDevice } from '#web/offline/own-device.ts';
import { useQuery } from '#web/query.ts';
import { useSessionState } from '#web/session.tsx';
import { currentSession, signInForDemonstration, signInOptions } from '../schema.ts';
import { SignInForm } from './sign-in-form.tsx';
import type { Step } from './step.ts';

/** Signing in. Drawn in place of any screen that needs a session, so the address stays where the person wanted to go. */
export default function SignIn() {
  const options = useQuery(signInOptions, {});
  const { reload } = useSessionState();
  const [path, navigate] = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const [going, setGoing] = useState<string>();
  const [own, setOwn] = useState(() => isOwnDevice());
  const [begun, setBegun] = useState<Step | 'asking'>('asking');
  useEffect(() => {
    void call(currentSession, {}, { recover: false }).then((answer) => setBegun(answer.ok ? { stage: answer.value.stage === 'full' ? 'none' : answer.value.stage, factors: answer.value.factors } : { stage: 'none', factors: [] }));
  }, []);
  const done = async (): Promise<void> => {
    await reload();
    if (path.startsWith('/dang-nhap')) navigate('/', { replace: true });
  };
  const enter = async (userName: string): Promise<void> => {
    setGoing(userName);
    const answer = await call(signInForDemonstration, { body: { userName } }, { recover: false });
    setGoing(undefined);
    if (answer.ok) await done();
    else setProblem(answer.problem);
  };
  const accounts = options.value?.demonstration ?? [];
  const wide = accounts.length > 0;
  return (
    <div className={`signin${wide ? ' wide' : ''}`}>
      <PageHead title={t('identity.sign-in.title')} say={t('app.programme')} />
      <ProblemNotice problem={problem ?? options.problem} />
      <div className={wide ? 'grid2' : ''}>
        <Card>
          {begun === 'asking' ? null : <SignInForm options={options.value} begin={begun} onDone={() => void done()} />}
          <Checkbox id="own-device" label={t('identity.sign-in.own-device')} hint={t('identity.sign-in.own-device-say')} checked={own} onCheck={(on) => { chooseOwnDevice(on); setOwn(on); }} />
        </Card>
        {wide && (
          <Card title={t('identity.sign-in.demonstration')} say={t('identity.sign-in.demonstration-say')}>
            <ul className="files">{accounts.map((account) => (
              <li key={account.userName}>
                <span className="grow"><b className="block">{sayKey(`identity.role.${account.role}`, {}, account.role)}</b><span className="muted xs">{account.name} · {account.userName}</span></span>
                <Button size="small" busy={going === account.userName} onClick={() => void enter(account.userName)}>{t('identity.sign-in.demonstration-go')}<span className="vh"> {sayKey(`identity.role.${account.role}`, {}, account.role)}, {account.userName}</span></Button>
              </li>
            ))}</ul>
          </Card>
        )}
      </div>
    </div>
  );
}
