import { useState } from 'react';
import { t } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextInput } from './field.tsx';
import { toast } from './toast.tsx';

/** Puts text on the clipboard, also on plain http where the clipboard API is missing. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'vh';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** Copies the address of this view: filters, scope and day are in it, so the receiver sees the same (if allowed). */
export const CopyLink = ({ address }: { readonly address?: string }) => (
  <Button icon="link" onClick={() => { void copyText(address ?? window.location.href).then((done) => toast(t(done ? 'kit.link-copied' : 'kit.copy-failed'))); }}>{t('kit.copy-link')}</Button>
);

/** Copies a ready text (a reminder for a chat group). */
export const CopyText = ({ text, label }: { readonly text: string; readonly label?: string }) => (
  <Button icon="paste" onClick={() => { void copyText(text).then((done) => toast(t(done ? 'kit.text-copied' : 'kit.copy-failed'))); }}>{label ?? t('kit.copy-text')}</Button>
);

/** Asks for a name and hands it over with the query of this view; the screen's module stores it. */
export function SaveView({ onSave }: { readonly onSave: (name: string, query: string) => Promise<void> | void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = async (): Promise<void> => {
    if (name.trim() === '') return;
    await onSave(name.trim(), window.location.search.replace(/^\?/, ''));
    setOpen(false);
    setName('');
    toast(t('kit.view-saved'));
  };
  return (
    <>
      <Button icon="star" onClick={() => setOpen(true)}>{t('kit.save-view')}</Button>
      <Dialog open={open} title={t('kit.save-view')} onClose={() => setOpen(false)} footer={<><Button onClick={() => setOpen(false)}>{t('kit.cancel')}</Button><Button look="primary" onClick={() => void save()}>{t('kit.save')}</Button></>}>
        <form onSubmit={(event) => { event.preventDefault(); void save(); }}><TextInput label={t('kit.view-name')} hint={t('kit.view-hint')} value={name} onText={setName} maxLength={80} autoFocus /></form>
      </Dialog>
    </>
  );
}
