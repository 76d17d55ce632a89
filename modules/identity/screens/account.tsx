import { useState } from 'react';
import { useParams } from 'wouter';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Answer } from '#web/api.ts';
import { day, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { usePageTitle } from '#web/shell/screen-view.tsx';
import { useMay, useSession } from '#web/session.tsx';
import { endGrant, endSessions, getAccount, issueLink, leaveOffice, lockAccount, unlockAccount } from '../schema.ts';
import { AccountStateBadge } from './account-state.tsx';
import { OneTimeLink } from './create-account.tsx';
import { GrantRole } from './grant-role.tsx';
import { useOfficeNames } from './offices.ts';
import { ReasonDialog, roleName, type Ask } from './reason-dialog.tsx';

type Page = ReplyOf<typeof getAccount>;
type Grant = Page['grants'][number];

/** One account: what it holds, and what an administrator may do with it. */
export default function AccountScreen() {
  const { id = '' } = useParams<{ id: string }>();
  const page = useQuery(getAccount, { params: { id } });
  usePageTitle(page.value?.name);
  return <RemoteView of={page}>{(account) => <AccountView account={account} reload={page.reload} />}</RemoteView>;
}

function AccountView({ account, reload }: { readonly account: Page; readonly reload: () => void }) {
  const may = useMay();
  const own = useSession().account === account.id;
  const administers = may('identity.administer', account) && !own;
  const officeName = useOfficeNames([account.office, ...account.grants.map((grant) => grant.office)]);
  const [ask, setAsk] = useState<Ask>();
  const [granting, setGranting] = useState(false);
  const columns: readonly Column<Grant>[] = [
    { key: 'role', header: t('identity.accounts.role'), cell: (grant) => roleName(grant.role) },
    { key: 'office', header: t('identity.accounts.office'), cell: (grant) => officeName(grant.office) },
    { key: 'from', header: t('identity.grant.from'), cell: (grant) => day(grant.validFrom) },
    { key: 'until', header: t('identity.grant.until'), cell: (grant) => (grant.validUntil === null ? t('identity.grant.no-end') : day(grant.validUntil)) },
    { key: 'how', header: t('identity.grant.how'), cell: (grant) => t(grant.delegated ? 'identity.grant.delegated' : 'identity.grant.own') },
    ...(administers ? [{ key: 'end', header: <span className="vh">{t('identity.grant.end')}</span>, label: '', cell: (grant: Grant) => (
      <Button size="small" onClick={() => setAsk({ title: t('identity.grant.end'), say: t('identity.grant.end-say', { role: roleName(grant.role) }), go: t('identity.grant.end'), run: (reason) => call(endGrant, { params: { id: grant.id }, body: { reason } }) })}>{t('identity.grant.end')}<span className="vh"> {roleName(grant.role)}</span></Button>) }] : []),
  ];
  const done = (): void => { toast(t('identity.done')); reload(); };
  return (
    <>
      <PageHead crumbs={[{ label: t('nav.accounts'), to: '/quan-tri/nguoi-dung' }, { label: account.name }]} title={account.name} say={officeName(account.office)} tools={<AccountStateBadge state={account.state} />} />
      <div className="cols">
        <Card title={t('identity.accounts.roles')} tools={administers && account.state !== 'left' && <Button icon="plus" onClick={() => setGranting(true)}>{t('identity.grant.title')}</Button>}>
          <Table caption={t('identity.accounts.roles')} hideCaption columns={columns} rows={account.grants} rowKey={(grant) => grant.id} empty={<EmptyState icon="key" title={t('identity.grant.none')} />} />
        </Card>
        <div className="stack">
          <Card title={t('identity.account.facts')}>
            <Pairs pairs={[
              [t('identity.invitation.user-name'), account.userName], [t('identity.create.email'), account.email ?? '–'], [t('identity.account.created'), moment(account.createdAt)],
              [t('identity.account.sessions'), account.sessions], ...(account.stateReason === null ? [] : [[t('identity.reason'), account.stateReason] as const]),
            ]} />
          </Card>
          {administers && account.state !== 'left' && <Administration account={account} setAsk={setAsk} onDone={done} />}
        </div>
      </div>
      <ReasonDialog ask={ask} onClose={() => setAsk(undefined)} onDone={done} />
      {granting && <GrantRole account={account} onClose={() => setGranting(false)} onDone={() => { setGranting(false); done(); }} />}
    </>
  );
}

function Administration({ account, setAsk, onDone }: { readonly account: Page; readonly setAsk: (ask: Ask) => void; readonly onDone: () => void }) {
  const link = useCommand(issueLink);
  const unlock = useCommand(unlockAccount);
  const ending = useCommand(endSessions);
  const [made, setMade] = useState<ReplyOf<typeof issueLink>>();
  const params = { id: account.id };
  const then = async (work: Promise<Answer<unknown>>): Promise<void> => { if ((await work).ok) onDone(); };
  const newLink = async (): Promise<void> => {
    const answer = await link.run({ params, body: {} });
    if (answer.ok) setMade(answer.value);
  };
  return (
    <Card title={t('identity.account.administer')}>
      <ProblemNotice problem={link.problem ?? unlock.problem ?? ending.problem} />
      <div className="stack-s">
        <Button wide icon="link" busy={link.busy} onClick={() => void newLink()}>{t('identity.link.new')}</Button>
        <p className="xs muted">{t('identity.link.say')}</p>
        <Button wide icon="exit" busy={ending.busy} onClick={() => void then(ending.run({ params, body: {} }))}>{t('identity.account.end-sessions')}</Button>
        {account.state === 'locked'
          ? <Button wide icon="lock" busy={unlock.busy} onClick={() => void then(unlock.run({ params, body: {} }))}>{t('identity.account.unlock')}</Button>
          : <Button wide icon="lock" onClick={() => setAsk({ title: t('identity.account.lock'), say: t('identity.account.lock-say'), go: t('identity.account.lock'), run: (reason) => call(lockAccount, { params, body: { reason } }) })}>{t('identity.account.lock')}</Button>}
        <Button wide look="danger" onClick={() => setAsk({ title: t('identity.account.leave'), say: t('identity.account.leave-say'), go: t('identity.account.leave'), run: (reason) => call(leaveOffice, { params, body: { reason } }) })}>{t('identity.account.leave')}</Button>
      </div>
      <Dialog open={made !== undefined} title={t('identity.link.new')} onClose={() => { setMade(undefined); onDone(); }}>{made && <OneTimeLink link={made} />}</Dialog>
    </Card>
  );
}
