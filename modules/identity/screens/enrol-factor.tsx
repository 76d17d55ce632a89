import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { addPasskey, confirmTotp, enrolTotp, passkeyEnrolmentOptions } from '../schema.ts';
import { QrCode } from './qr-code.tsx';
import { FactorForm } from './second-factor.tsx';
import type { Step } from './step.ts';
import { makePasskey, passkeysHere } from './webauthn.ts';

type EnrolProps = { readonly factors: Step['factors']; readonly onStep: (step: Step) => void };

/** The first second factor, asked right after the first password. */
export const EnrolFactor = ({ factors, onStep }: EnrolProps) => (
  <>
    <h2>{t('identity.enrol.title')}</h2>
    <p>{t('identity.enrol.say')}</p>
    {factors.includes('passkey') && passkeysHere() && <AddPasskey onStep={onStep} />}
    {factors.includes('totp') && <AddTotp onStep={onStep} />}
  </>
);

export function AddPasskey({ onStep }: { readonly onStep: (step: Step) => void }) {
  const [label, setLabel] = useState(t('identity.enrol.passkey-default'));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const add = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const asked = await call(passkeyEnrolmentOptions, { body: {} });
    const made = asked.ok ? await makePasskey(asked.value.options) : asked;
    const answer = made.ok ? await call(addPasskey, { body: { label: label.trim() || t('identity.enrol.passkey-default'), answer: made.value } }) : made;
    setBusy(false);
    if (answer.ok) onStep(answer.value);
    else setProblem(answer.problem);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void add(); }}>
      {problem?.code === 'passkey-stopped' ? <Notice live><p>{t('identity.passkey.stopped')}</p></Notice> : <ProblemNotice problem={problem} />}
      <TextInput label={t('identity.enrol.passkey-label')} value={label} onText={setLabel} maxLength={80} />
      <div className="actions"><Button type="submit" icon="key" busy={busy}>{t('identity.enrol.passkey')}</Button></div>
    </form>
  );
}

export function AddTotp({ onStep }: { readonly onStep: (step: Step) => void }) {
  const [enrolment, setEnrolment] = useState<ReplyOf<typeof enrolTotp>>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const begin = async (): Promise<void> => {
    setBusy(true);
    const answer = await call(enrolTotp, { body: {} });
    setBusy(false);
    if (answer.ok) setEnrolment(answer.value);
    else setProblem(answer.problem);
  };
  if (!enrolment) {
    return <><ProblemNotice problem={problem} /><div className="actions"><Button icon="shield" busy={busy} onClick={() => void begin()}>{t('identity.enrol.begin')}</Button></div></>;
  }
  return (
    <>
      <h3>{t('identity.enrol.totp')}</h3>
      <p>{t('identity.enrol.totp-say')}</p>
      <QrCode text={enrolment.uri} label={t('identity.enrol.qr')} />
      <p className="small">{t('identity.enrol.secret')} <code>{enrolment.secret.replace(/(.{4})/g, '$1 ').trim()}</code></p>
      <FactorForm
        totp passkey={false} onPasskey={async () => undefined}
        onCode={async (code) => {
          const answer = await call(confirmTotp, { body: { code } });
          if (answer.ok) onStep(answer.value);
          return answer.ok ? undefined : answer.problem;
        }}
      />
    </>
  );
}
