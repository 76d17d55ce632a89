import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { addDays, type PlainDate } from '#kernel/day.ts';
import { day, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select } from '#web/kit/field.tsx';
import { EmptyState, ErrorSummary, ProblemNotice, RemoteView, type FormError } from '#web/kit/notice.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { currentSession, delegate, endDelegation, listColleagues, listDelegations } from '../schema.ts';
import { useOfficeNames } from './offices.ts';
import { roleName } from './reason-dialog.tsx';

type Row = ReplyOf<typeof listDelegations>['delegations'][number];

/** Roles lent to colleagues for a time, and roles lent to me. */
export function MyDelegations() {
  const list = useQuery(listDelegations, {});
  const [open, setOpen] = useState(false);
  const end = useCommand(endDelegation);
  const takeBack = async (id: string): Promise<void> => {
    if ((await end.run({ params: { id }, body: {} })).ok) { toast(t('identity.done')); list.reload(); }
  };
  const columns: readonly Column<Row>[] = [
    { key: 'role', header: t('identity.accounts.role'), cell: (row) => roleName(row.role) },
    { key: 'from', header: t('identity.delegate.giver'), cell: (row) => row.fromName },
    { key: 'to', header: t('identity.delegate.taker'), cell: (row) => row.toName },
    { key: 'until', header: t('identity.grant.until'), cell: (row) => (row.validUntil === null ? '–' : day(row.validUntil)) },
    { key: 'end', header: <span className="vh">{t('identity.delegate.end')}</span>, label: '', cell: (row) => (row.mine ? <Button size="small" busy={end.busy} onClick={() => void takeBack(row.id)}>{t('identity.delegate.end')}<span className="vh"> {row.toName}</span></Button> : null) },
  ];
  return (
    <Card title={t('identity.delegate.list')} say={t('identity.delegate.say')} tools={<Button size="small" icon="plus" onClick={() => setOpen(true)}>{t('identity.delegate.title')}</Button>}>
      <ProblemNotice problem={end.problem} />
      <RemoteView of={list} lines={2} isEmpty={(value) => value.delegations.length === 0} empty={<EmptyState icon="people" title={t('identity.delegate.none')} />}>
        {(value) => <Table caption={t('identity.delegate.list')} hideCaption columns={columns} rows={value.delegations} rowKey={(row) => row.id} />}
      </RemoteView>
      {open && <DelegateDialog onClose={() => setOpen(false)} onDone={() => { setOpen(false); toast(t('identity.done')); list.reload(); }} />}
    </Card>
  );
}

function DelegateDialog({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const session = useQuery(currentSession, {});
  const colleagues = useQuery(listColleagues, {});
  const grants = (session.value?.grants ?? []).filter((grant) => !grant.delegated);
  const officeName = useOfficeNames(grants.map((grant) => grant.office));
  const [form, setForm] = useState<{ grant: string; account: string; from: PlainDate | undefined; until: PlainDate | undefined }>({ grant: '', account: '', from: today(), until: addDays(today(), 14) });
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const command = useCommand(delegate);
  const office = grants.find((grant) => grant.id === form.grant)?.office;
  const offered = (colleagues.value?.colleagues ?? []).filter((one) => office === undefined || one.office === office);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (form.grant === '') found.push({ field: 'dl-grant', text: t('identity.grant.need-role') });
    if (form.account === '') found.push({ field: 'dl-account', text: t('identity.delegate.need-taker') });
    if (form.until === undefined) found.push({ field: 'dl-until', text: t('identity.delegate.need-until') });
    setErrors(found);
    if (found.length > 0 || form.until === undefined) return;
    if ((await command.run({ body: { grant: form.grant, account: form.account, from: form.from ?? today(), until: form.until } })).ok) onDone();
  };
  return (
    <Dialog open title={t('identity.delegate.title')} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={command.busy} onClick={() => void send()}>{t('identity.delegate.go')}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ErrorSummary errors={errors} />
        <ProblemNotice problem={command.problem ?? colleagues.problem} />
        <Select id="dl-grant" label={t('identity.accounts.role')} error={errorOf('dl-grant')} value={form.grant} onChoose={(grant) => setForm({ ...form, grant, account: '' })} choices={[{ value: '', label: t('identity.choose') }, ...grants.map((grant) => ({ value: grant.id as string, label: `${roleName(grant.role)}, ${officeName(grant.office)}` }))]} />
        <Select id="dl-account" label={t('identity.delegate.taker')} hint={t('identity.delegate.taker-hint')} error={errorOf('dl-account')} value={form.account} onChoose={(account) => setForm({ ...form, account })} choices={[{ value: '', label: t('identity.choose') }, ...offered.map((one) => ({ value: one.account as string, label: one.name }))]} />
        <DateInput label={t('identity.grant.from')} value={form.from} onDay={(from) => setForm({ ...form, from })} />
        <DateInput id="dl-until" label={t('identity.grant.until')} error={errorOf('dl-until')} value={form.until} onDay={(until) => setForm({ ...form, until })} />
      </form>
    </Dialog>
  );
}
