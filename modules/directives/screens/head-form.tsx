import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { day } from '#web/i18n/format.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, Pairs } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Select, TextArea, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { type DirectiveHead, type DirectiveView, saveHead } from '../schema.ts';

const kinds = ['conclusion', 'directive', 'dispatch', 'plan'] as const;
const secrecies = ['ordinary', 'secret', 'top-secret', 'absolute-secret'] as const;

/** Number, date, signer, kind, legal basis. Read from the text; opened to be corrected. */
export function HeadForm({ directive, onSaved }: { readonly directive: DirectiveView; readonly onSaved: (directive: DirectiveView) => void }) {
  const { head } = directive;
  const incomplete = head.title === '' || head.number === null || head.issuedOn === null || head.signer === null;
  const [open, setOpen] = useState(incomplete && directive.may.edit);
  if (open) return <Edit directive={directive} onClose={() => setOpen(false)} onSaved={onSaved} />;
  return (
    <Card title={t('directives.head')} tools={directive.may.edit && <Button size="small" icon="edit" onClick={() => setOpen(true)}>{t('directives.change')}</Button>}>
      <div className="grid2"><Pairs pairs={[
        [t('directives.number'), head.number ?? '–'], [t('directives.issued-on'), head.issuedOn === null ? '–' : day(head.issuedOn)], [t('directives.kind'), sayKey(`directive-kind.${head.kind}`)],
      ]} /><Pairs pairs={[
        [t('directives.signer'), [head.signer, head.signerPost].filter((part) => part !== null).join(', ') || '–'], [t('directives.issuer'), directive.issuerName], [t('directives.legal-basis'), head.legalBasis === '' ? '–' : head.legalBasis],
      ]} /></div>
    </Card>
  );
}

function Edit({ directive, onClose, onSaved }: { readonly directive: DirectiveView; readonly onClose: () => void; readonly onSaved: (directive: DirectiveView) => void }) {
  const draft = useDraft<DirectiveHead>(`directive-head-${directive.id}`, directive.head);
  const head = draft.value;
  const save = useCommand(saveHead);
  const set = (patch: Partial<DirectiveHead>): void => draft.set({ ...head, ...patch });
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
  const send = async (): Promise<void> => {
    const answer = await save.run({ params: { province: directive.province, directive: directive.id }, body: { version: directive.version, head } });
    if (!answer.ok) return;
    draft.clear();
    onSaved(answer.value);
    onClose();
  };
  return (
    <Card title={t('directives.head')} say={t('directives.head-say')}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <RestoredNotice draft={draft} />
        <ProblemNotice problem={save.problem} />
        <TextInput label={t('directives.name')} value={head.title} onText={(title) => set({ title })} maxLength={1000} />
        <div className="grid3">
          <TextInput label={t('directives.number')} value={head.number ?? ''} onText={(text) => set({ number: orNull(text) })} maxLength={60} />
          <DateInput label={t('directives.issued-on')} value={head.issuedOn ?? undefined} onDay={(issuedOn) => set({ issuedOn: issuedOn ?? null })} />
          <Select label={t('directives.kind')} value={head.kind} onChoose={(kind) => set({ kind })} choices={kinds.map((kind) => ({ value: kind, label: sayKey(`directive-kind.${kind}`) }))} />
          <TextInput label={t('directives.signer')} value={head.signer ?? ''} onText={(text) => set({ signer: orNull(text) })} maxLength={120} />
          <TextInput label={t('directives.signer-post')} value={head.signerPost ?? ''} onText={(text) => set({ signerPost: orNull(text) })} maxLength={200} />
          <Select label={t('directives.secrecy')} value={head.secrecy} onChoose={(secrecy) => set({ secrecy })} choices={secrecies.map((secrecy) => ({ value: secrecy, label: sayKey(`secrecy.${secrecy}`) }))} />
        </div>
        <TextArea label={t('directives.legal-basis')} value={head.legalBasis} onText={(legalBasis) => set({ legalBasis })} rows={3} maxLength={4000} optional />
        <div className="row actions"><Button type="submit" look="primary" busy={save.busy}>{t('directives.save')}</Button><Button onClick={() => { draft.clear(); onClose(); }}>{t('directives.cancel')}</Button><SavedMark draft={draft} /></div>
      </form>
    </Card>
  );
}
