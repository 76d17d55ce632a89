import { useState } from 'react';
import { useLocation } from 'wouter';
import { fileSize } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { createDraft, createDraftFromFile } from '../schema.ts';
import { directivePath } from './words.ts';

const maxFileBytes = 20 * 1_048_576;

/** Paste a conclusion or drop its file; the draft opens with its lines proposed. Nothing becomes a task without a person's confirmation. */
export default function NewDirectiveScreen() {
  const draft = useDraft('directive-new-text', '');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [, navigate] = useLocation();
  const paste = useCommand(createDraft);
  const upload = useCommand(createDraftFromFile);
  const file = files[0];
  const busy = paste.busy || upload.busy;

  const read = async (): Promise<void> => {
    const answer = file === undefined
      ? await paste.run({ body: { text: draft.value } })
      : await upload.run({ query: {} }, { file, fileName: file.name });
    if (!answer.ok) return;
    draft.clear();
    navigate(directivePath(answer.value));
  };

  return (
    <>
      <PageHead title={t('directives.new-from-text')} say={t('directives.new-say')} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: t('directives.new-from-text') }]} />
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void read(); }}>
        <RestoredNotice draft={draft} />
        <ProblemNotice problem={paste.problem ?? upload.problem} />
        <Card>
          <div className="stack">
            <TextArea label={t('directives.paste')} hint={t('directives.paste-hint')} value={draft.value} onText={draft.set} rows={14} disabled={file !== undefined} autoFocus />
            <SavedMark draft={draft} />
            <FileDrop label={t('directives.or-file')} hint={t('directives.file-hint', { limit: fileSize(maxFileBytes) })} accept=".txt,.docx,.pdf" maxBytes={maxFileBytes} files={files} onFiles={setFiles} />
            <Notice><p>{t('directives.ordinary-only')}</p></Notice>
          </div>
        </Card>
        <div className="sendbar"><span className="grow small muted">{t('directives.read-say')}</span>
          <Button type="submit" look="primary" size="big" busy={busy} disabled={file === undefined && draft.value.trim() === ''}>{t('directives.read-text')}</Button></div>
      </form>
    </>
  );
}
