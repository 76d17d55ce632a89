import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { call, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { ProblemNotice, Skeleton } from '#web/kit/notice.tsx';
import { useSessionState } from '#web/session.tsx';
import { finishOidc } from '../schema.ts';
import { SignInForm } from './sign-in-form.tsx';
import type { Step } from './step.ts';

/** Where the office's identity provider sends the browser back to. */
export default function OidcReturn() {
  const { reload } = useSessionState();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const [step, setStep] = useState<Step>();
  const done = async (): Promise<void> => {
    await reload();
    navigate('/', { replace: true });
  };
  useEffect(() => {
    const returned = window.location.search.replace(/^\?/, '');
    window.history.replaceState(null, '', window.location.pathname); // the code works once; it does not stay in the address
    void call(finishOidc, { body: { returned: returned === '' ? 'none' : returned } }, { recover: false }).then((answer) => {
      if (!answer.ok) setProblem(answer.problem);
      else if (answer.value.stage === 'full') void done();
      else setStep(answer.value);
    });
  }, []);
  return (
    <div className="signin">
      <PageHead title={t('identity.sign-in.title')} say={problem || step ? undefined : t('identity.oidc.returning')} />
      <Card>
        <ProblemNotice problem={problem} />
        {problem ? <div className="actions"><LinkButton to="/dang-nhap" look="primary">{t('identity.sign-in.title')}</LinkButton></div>
          : step ? <SignInForm options={undefined} begin={step} onDone={() => void done()} /> : <Skeleton lines={2} />}
      </Card>
    </div>
  );
}
