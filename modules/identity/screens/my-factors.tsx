import { useState } from 'react';
import { call } from '#web/api.ts';
import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { listFactors, removePasskey, removeTotp, startOidc } from '../schema.ts';
import { AddPasskey, AddTotp } from './enrol-factor.tsx';
import { passkeysHere } from './webauthn.ts';

/** Authenticator app, passkeys and the office's sign-on of the account. */
export function MyFactors() {
  const factors = useQuery(listFactors, {});
  const [adding, setAdding] = useState<'totp' | 'passkey'>();
  const dropTotp = useCommand(removeTotp);
  const dropPasskey = useCommand(removePasskey);
  const after = async (work: Promise<{ readonly ok: boolean }>): Promise<void> => {
    if (!(await work).ok) return;
    toast(t('identity.done'));
    factors.reload();
  };
  const link = async (): Promise<void> => {
    const answer = await call(startOidc, { body: { purpose: 'link' } });
    if (answer.ok) window.location.assign(answer.value.url);
    else toast(answer.problem.title ?? answer.problem.code);
  };
  return (
    <Card title={t('identity.me.factors')} say={t('identity.me.factors-say')}>
      <ProblemNotice problem={dropTotp.problem ?? dropPasskey.problem} />
      <RemoteView of={factors} lines={3}>{(value) => (
        <>
          <ul className="files">
            <li><Icon name="shield" /><span className="grow"><b>{t('identity.enrol.totp')}</b> <StatusBadge kind={value.totp ? 'ok' : 'idle'} bare>{t(value.totp ? 'identity.me.in-use' : 'identity.me.not-set')}</StatusBadge></span>
              {value.totp ? <Button size="small" busy={dropTotp.busy} onClick={() => void after(dropTotp.run({}))}>{t('kit.remove')}<span className="vh"> {t('identity.enrol.totp')}</span></Button> : <Button size="small" onClick={() => setAdding('totp')}>{t('identity.me.add')}<span className="vh"> {t('identity.enrol.totp')}</span></Button>}</li>
            {value.passkeys.map((key) => (
              <li key={key.id}><Icon name="key" /><span className="grow"><b>{key.label}</b><span className="block muted xs">{t('identity.me.made', { at: moment(key.createdAt) })}{key.lastUsedAt !== null && ` · ${t('identity.me.used', { at: moment(key.lastUsedAt) })}`}</span></span>
                <Button size="small" busy={dropPasskey.busy} onClick={() => void after(dropPasskey.run({ params: { id: key.id } }))}>{t('kit.remove')}<span className="vh"> {key.label}</span></Button></li>
            ))}
            {value.linked.map((one) => <li key={one.issuer}><Icon name="link" /><span className="grow"><b>{t('identity.sign-in.oidc')}</b><span className="block muted xs">{one.issuer} · {moment(one.linkedAt)}</span></span></li>)}
          </ul>
          <div className="actions">
            {value.passkeysPossible && passkeysHere() && <Button icon="plus" onClick={() => setAdding('passkey')}>{t('identity.me.add-passkey')}</Button>}
            <Button icon="link" onClick={() => void link()}>{t('identity.me.link-oidc')}</Button>
          </div>
        </>
      )}</RemoteView>
      <Dialog open={adding !== undefined} title={t(adding === 'totp' ? 'identity.enrol.totp' : 'identity.me.add-passkey')} onClose={() => setAdding(undefined)}>
        {adding === 'totp' ? <AddTotp onStep={() => { setAdding(undefined); void after(Promise.resolve({ ok: true })); }} /> : <AddPasskey onStep={() => { setAdding(undefined); void after(Promise.resolve({ ok: true })); }} />}
      </Dialog>
    </Card>
  );
}
