import { useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Combobox, type Option } from '#web/kit/combobox.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, Notice, ProblemNotice, type FormError } from '#web/kit/notice.tsx';
import { useCommand } from '#web/query.ts';
import { createAccount } from '../schema.ts';
import { findOffices, seatOf } from './offices.ts';

type Link = ReplyOf<typeof createAccount>;

/** Creates an account and shows its one-time link, once. */
export function CreateAccount({ onClose, onCreated }: { readonly onClose: () => void; readonly onCreated: () => void }) {
  const [form, setForm] = useState({ name: '', userName: '', email: '' });
  const [office, setOffice] = useState<Option>();
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [link, setLink] = useState<Link>();
  const create = useCommand(createAccount);
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  const send = async (): Promise<void> => {
    const found: FormError[] = [];
    if (form.name.trim() === '') found.push({ field: 'new-name', text: t('identity.invitation.need-name') });
    if (form.userName.trim() === '') found.push({ field: 'new-user', text: t('identity.sign-in.need-user-name') });
    if (!office) found.push({ field: 'new-office', text: t('identity.need-office') });
    setErrors(found);
    if (found.length > 0 || !office) return;
    const { province, commune } = seatOf(office.value);
    const answer = await create.run({ body: { name: form.name.trim(), userName: form.userName.trim(), email: form.email.trim() === '' ? null : form.email.trim(), office: office.value, province, commune } });
    if (!answer.ok) return;
    setLink(answer.value);
    onCreated();
  };
  return (
    <Dialog open title={t('identity.create.title')} onClose={onClose}
      footer={link ? <><Button onClick={onClose}>{t('kit.close')}</Button><LinkButton to={`/quan-tri/nguoi-dung/${link.id}`} look="primary">{t('identity.create.open')}</LinkButton></> : <><Button onClick={onClose}>{t('kit.cancel')}</Button><Button look="primary" busy={create.busy} onClick={() => void send()}>{t('identity.create.go')}</Button></>}>
      {link ? <OneTimeLink link={link} /> : (
        <form noValidate onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <ErrorSummary errors={errors} />
          <ProblemNotice problem={create.problem} />
          <TextInput id="new-name" label={t('identity.invitation.name')} value={form.name} error={errorOf('new-name')} autoComplete="off" onText={(name) => setForm({ ...form, name })} />
          <TextInput id="new-user" label={t('identity.invitation.user-name')} value={form.userName} error={errorOf('new-user')} autoComplete="off" autoCapitalize="none" spellCheck={false} onText={(userName) => setForm({ ...form, userName })} />
          <TextInput label={t('identity.create.email')} optional value={form.email} type="email" autoComplete="off" onText={(email) => setForm({ ...form, email })} />
          <Combobox id="new-office" label={t('identity.accounts.office')} hint={t('identity.create.office-hint')} error={errorOf('new-office')} value={office} onPick={setOffice} load={findOffices} />
        </form>
      )}
    </Dialog>
  );
}

/** The link stands here once; only its hash is stored. */
export const OneTimeLink = ({ link }: { readonly link: Link }) => (
  <>
    <Notice tone="ok" live><p>{t('identity.link.made', { at: moment(link.expiresAt) })}</p></Notice>
    <p className="small"><code>{link.link}</code></p>
    <CopyText text={link.link} label={t('kit.copy-link')} />
  </>
);
