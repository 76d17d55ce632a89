import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { call } from '#web/api.ts';
import { moment } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { RadioGroup, TextArea } from '#web/kit/field.tsx';
import { EmptyState, ErrorSummary, Notice, ProblemNotice, RemoteView, type FormError } from '#web/kit/notice.tsx';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { confirmTwoBodies, declineTwoBodies, listAccounts, listTwoBodyRequests, requestTwoBodies } from '../schema.ts';
import { findOffices, useOfficeNames } from './offices.ts';

type Request = ReplyOf<typeof listTwoBodyRequests>['requests'][number];
const stateKind: Readonly<Record<Request['state'], StatusKind>> = { waiting: 'half', confirmed: 'done', declined: 'idle' };

/** Giving or taking the oversight role: one body asks, another confirms (SECURITY E12). */
export default function Oversight() {
  const list = useQuery(listTwoBodyRequests, {});
  const [asking, setAsking] = useState(false);
  return (
    <>
      <PageHead title={t('nav.oversight')} say={t('identity.oversight.say')} tools={<Button look="primary" icon="plus" onClick={() => setAsking(true)}>{t('identity.oversight.ask')}</Button>} />
      <div className="stack">
        <Notice><p>{t('identity.oversight.rule')}</p></Notice>
        <Card><RemoteView of={list}>{(value) => <Requests requests={value.requests} reload={list.reload} />}</RemoteView></Card>
      </div>
      {asking && <AskDialog onClose={() => setAsking(false)} onDone={() => { setAsking(false); toast(t('identity.oversight.asked')); list.reload(); }} />}
    </>
  );
}

function Requests({ requests, reload }: { readonly requests: readonly Request[]; readonly reload: () => void }) {
  const officeName = useOfficeNames(requests.flatMap((request) => [request.office, request.requestedOffice, ...(request.decidedOffice === null ? [] : [request.decidedOffice])]));
  const confirm = useCommand(confirmTwoBodies);
  const decline = useCommand(declineTwoBodies);
  const decide = async (command: typeof confirm | typeof decline, id: string): Promise<void> => {
    if ((await command.run({ params: { id }, body: {} })).ok) { toast(t('identity.done')); reload(); }
  };
  const columns: readonly Column<Request>[] = [
    { key: 'who', header: t('identity.oversight.account'), cell: (request) => <>{request.accountName}<span className="block xs muted">{officeName(request.office)}</span></> },
    { key: 'kind', header: t('identity.oversight.kind'), cell: (request) => sayKey(`identity.oversight.${request.kind}`) },
    { key: 'reason', header: t('identity.reason'), cell: (request) => request.reason },
    { key: 'asked', header: t('identity.oversight.first-body'), cell: (request) => <>{request.requestedByName}, {officeName(request.requestedOffice)}<span className="block xs muted">{moment(request.requestedAt)}</span></> },
    { key: 'state', header: t('identity.accounts.state'), cell: (request) => <StatusBadge kind={stateKind[request.state]} bare>{sayKey(`identity.oversight.state.${request.state}`)}</StatusBadge> },
    { key: 'decide', header: t('identity.oversight.second-body'), cell: (request) => (request.mayConfirm && request.state === 'waiting' ? (
      <span className="row tight">
        <Button size="small" look="primary" busy={confirm.busy} onClick={() => void decide(confirm, request.id)}>{t('identity.oversight.confirm')}<span className="vh"> {request.accountName}</span></Button>
        <Button size="small" busy={decline.busy} onClick={() => void decide(decline, request.id)}>{t('identity.oversight.decline')}<span className="vh"> {request.accountName}</span></Button>
      </span>
    ) : request.decidedByName === null ? t('identity.oversight.wait-other') : <>{request.decidedByName}{request.decidedOffice !== null && `, ${officeName(request.decidedOffice)}`}</>) },
  ];
  return (
    <>
      <ProblemNotice problem={confirm.problem ?? decline.problem} />
      <Table caption={t('identity.oversight.caption')} hideCaption columns={columns} rows={requests} rowKey={(request) => request.id} empty={<EmptyState icon="shield" title={t('identity.oversight.none')}>{t('identity.oversight.none-say')}</EmptyState>} />
    </>
  );
}

async function findAccounts(typed: string, signal: AbortSignal): Promise<readonly Option[]> {
  const answer = await call(listAccounts, { query: { limit: 20, state: 'active', ...(typed.trim() !== '' && { search: typed.trim() }) } }, { signal });
  return answer.ok ? answer.value.accounts.map((account) => ({ value: account.id, label: account.name, hint: `${account.userName} · ${account.office}` })) : [];
}

function AskDialog({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [kind, setKind] = useState<Request['kind']>('oversight-grant');
  const [account, setAccount] = useState<Option>();
  const [office, setOffice] = useState<Option>();
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const ask = useCommand(requestTwoBodies);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (!account) found.push({ field: 'ask-account', text: t('identity.oversight.need-account') });
    if (!office) found.push({ field: 'ask-office', text: t('identity.need-office') });
    if (reason.trim() === '') found.push({ field: 'ask-reason', text: t('identity.need-reason') });
    setErrors(found);
    if (!account || !office || found.length > 0) return;
    if ((await ask.run({ body: { kind, account: account.value, office: office.value, reason: reason.trim() } })).ok) onDone();
  };
  return (
    <Dialog open title={t('identity.oversight.ask')} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={ask.busy} onClick={() => void send()}>{t('identity.oversight.send')}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ErrorSummary errors={errors} />
        <ProblemNotice problem={ask.problem} />
        <RadioGroup label={t('identity.oversight.kind')} value={kind} onChoose={setKind} choices={(['oversight-grant', 'oversight-removal'] as const).map((value) => ({ value, label: sayKey(`identity.oversight.${value}`) }))} />
        <Combobox id="ask-account" label={t('identity.oversight.account')} error={errorOf('ask-account')} value={account} onPick={setAccount} load={findAccounts} />
        <Combobox id="ask-office" label={t('identity.accounts.office')} error={errorOf('ask-office')} value={office} onPick={setOffice} load={findOffices} />
        <TextArea id="ask-reason" label={t('identity.reason')} error={errorOf('ask-reason')} value={reason} maxLength={500} onText={setReason} />
      </form>
    </Dialog>
  );
}
