import { useState } from 'react';
import type { InputOf } from '#kernel/contract.ts';
import { t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import type { Look } from '#web/kit/button.tsx';
import { CopyText } from '#web/kit/copy-link.tsx';
import { useKeys } from '#web/kit/keys.ts';
import { Dialog } from '#web/kit/dialog.tsx';
import { ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { composeReminder, type DirectiveView, remind } from '../schema.ts';

type Target = InputOf<typeof composeReminder>['body'];

/** Who is late, in words ready to copy, and one click to remind them all inside the system. `shortcut`: N opens it too. */
export function RemindButton({ directive, target, label, look = 'plain', shortcut = false }: { readonly directive: DirectiveView; readonly target: Target; readonly label: string; readonly look?: Look; readonly shortcut?: boolean }) {
  const [open, setOpen] = useState(false);
  useKeys(shortcut ? [{ key: 'n', labelKey: 'directives.key-remind', run: () => setOpen(true) }] : []);
  return (
    <>
      <Button look={look} icon="bell" onClick={() => setOpen(true)}>{label}</Button>
      {open && <RemindDialog directive={directive} target={target} onClose={() => setOpen(false)} />}
    </>
  );
}

function RemindDialog({ directive, target, onClose }: { readonly directive: DirectiveView; readonly target: Target; readonly onClose: () => void }) {
  const params = { province: directive.province, directive: directive.id };
  const text = useQuery(composeReminder, { params, body: target });
  const send = useCommand(remind);
  const go = async (): Promise<void> => {
    const answer = await send.run({ params, body: target });
    if (!answer.ok) return;
    toast(t('directives.reminded', { count: answer.value.reminded, offices: answer.value.offices }));
    onClose();
  };
  return (
    <Dialog open kind="wide" title={t('directives.remind')} onClose={onClose} footer={<>
      {text.value && <CopyText text={text.value.text} />}<Button look="primary" icon="bell" busy={send.busy} disabled={text.value === undefined} onClick={() => void go()}>{t('directives.remind-now')}</Button></>}>
      <ProblemNotice problem={send.problem} />
      <RemoteView of={text}>{(value) => <><p>{t('directives.remind-offices', { count: value.offices })}</p><pre className="doc letter" tabIndex={0} role="region" aria-label={t('directives.remind')}>{value.text}</pre></>}</RemoteView>
    </Dialog>
  );
}
