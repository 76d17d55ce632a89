import { useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import type { PlainDate } from '#kernel/day.ts';
import type { Office } from '#modules/org-units/schema.ts';
import { today } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Select } from '#web/kit/field.tsx';
import { ErrorSummary, ProblemNotice, type FormError } from '#web/kit/notice.tsx';
import { useCommand } from '#web/query.ts';
import { grantRole, roles, type getAccount, type RoleCode } from '../schema.ts';
import { roleLevels } from '../rules/granting.ts';
import { findOffices, officesOf, seatOf, useOfficeNames } from './offices.ts';
import { roleName } from './reason-dialog.tsx';

type GrantRoleProps = { readonly account: ReplyOf<typeof getAccount>; readonly onClose: () => void; readonly onDone: () => void };

/** A role at an office, by post, from a day, perhaps until a day. Oversight is given by two bodies elsewhere. */
export function GrantRole({ account, onClose, onDone }: GrantRoleProps) {
  const officeName = useOfficeNames([account.office]);
  const [office, setOffice] = useState<Option | undefined>({ value: account.office, label: '' });
  const shownOffice = office && (office.label === '' ? { ...office, label: officeName(office.value) } : office);
  const [posts, setPosts] = useState<Office['posts']>([]);
  const [form, setForm] = useState<{ role: RoleCode | ''; post: string; from: PlainDate | undefined; until: PlainDate | undefined }>({ role: '', post: '', from: today(), until: undefined });
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const grant = useCommand(grantRole);
  const seat = office && seatOf(office.value);
  useEffect(() => {
    let gone = false;
    setPosts([]);
    if (office && seat) void officesOf(seat.unit).then((all) => { if (!gone) setPosts(all.find((one) => one.id === office.value)?.posts ?? []); });
    return () => { gone = true; };
  }, [office?.value]);
  const offered = roles.filter((role) => role !== 'oversight' && (seat === undefined || roleLevels[role].includes(seat.level)));
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (!office) found.push({ field: 'grant-office', text: t('identity.need-office') });
    if (form.role === '') found.push({ field: 'grant-role', text: t('identity.grant.need-role') });
    if (form.post === '') found.push({ field: 'grant-post', text: t('identity.grant.need-post') });
    if (form.from === undefined) found.push({ field: 'grant-from', text: t('identity.grant.need-from') });
    setErrors(found);
    if (!office || !seat || form.role === '' || form.post === '' || form.from === undefined) return;
    const { level, province, commune } = seat;
    const answer = await grant.run({ params: { id: account.id }, body: { role: form.role, office: office.value, post: form.post, level, province, commune, from: form.from, until: form.until ?? null } });
    if (answer.ok) onDone();
  };
  return (
    <Dialog open title={t('identity.grant.title')} onClose={onClose} footer={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={grant.busy} onClick={() => void send()}>{t('identity.grant.go')}</Button></>}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <ErrorSummary errors={errors} />
        <ProblemNotice problem={grant.problem} />
        <Combobox id="grant-office" label={t('identity.accounts.office')} error={errorOf('grant-office')} value={shownOffice} onPick={(next) => { setOffice(next); setForm({ ...form, post: '', role: '' }); }} load={findOffices} />
        <Select id="grant-role" label={t('identity.accounts.role')} error={errorOf('grant-role')} value={form.role} onChoose={(role) => setForm({ ...form, role })} choices={[{ value: '' as const, label: t('identity.choose') }, ...offered.map((role) => ({ value: role, label: roleName(role) }))]} />
        <Select id="grant-post" label={t('identity.grant.post')} error={errorOf('grant-post')} value={form.post} onChoose={(post) => setForm({ ...form, post })} choices={[{ value: '', label: t('identity.choose') }, ...posts.map((post) => ({ value: post.id, label: named(post) }))]} />
        <DateInput id="grant-from" label={t('identity.grant.from')} error={errorOf('grant-from')} value={form.from} onDay={(from) => setForm({ ...form, from })} />
        <DateInput label={t('identity.grant.until')} optional value={form.until} onDay={(until) => setForm({ ...form, until })} />
      </form>
    </Dialog>
  );
}
