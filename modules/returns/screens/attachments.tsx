import { useState } from 'react';
import { download } from '#web/api.ts';
import { fileSize, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { useCommand, useQuery } from '#web/query.ts';
import { attachmentMaxBytes, attachToReturn, getAttachment, listAttachments, removeAttachment, type Attachment } from '../schema.ts';
import type { GridStore } from './grid-store.ts';
import { fullName } from './words.ts';

/** Documents beside one box, or beside all of them; `slot` left out: all, and what is added goes beside the whole return. Needs a line. */
function Attached({ store, slot }: { readonly store: GridStore; readonly slot?: number }) {
  const { attribute, ...params } = store.form.key;
  const found = useQuery(listAttachments, { params, query: { attribute } });
  const add = useCommand(attachToReturn);
  const remove = useCommand(removeAttachment);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<Parameters<typeof ProblemNotice>[0]['problem']>();
  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const answer = await add.run({ params, query: { attribute, slot: slot ?? 0 } }, { file, fileName: file.name });
    setFiles([]);
    if (answer.ok) found.reload();
  };
  const takeOff = async ({ id }: Attachment): Promise<void> => { if ((await remove.run({ params: { province: params.province, attachment: id } })).ok) found.reload(); };
  const open = async ({ id }: Attachment): Promise<void> => {
    const answer = await download(getAttachment, { params: { province: params.province, attachment: id } });
    setProblem(answer.ok ? undefined : answer.problem);
  };
  return (
    <div className="stack-m">
      <ProblemNotice problem={add.problem ?? remove.problem ?? problem} />
      <RemoteView of={found} lines={2}>
        {({ rows, may }) => {
          const mine = rows.filter((row) => slot === undefined || row.slot === slot);
          return (
            <>
              {mine.length === 0 && <EmptyState title={t('returns.no-attachments')}>{t('returns.attach-say')}</EmptyState>}
              <ul className="files">{mine.map((row) => (
                <li key={row.id}>
                  <span className="grow">{slot === undefined && row.slot !== 0 && <><b>{nameOf(store, row.slot)}</b>: </>}{row.removedAt === null ? row.fileName : <del>{row.fileName}</del>} <span className="muted xs">{fileSize(row.bytes)} · {row.office} · {moment(row.at)}{row.removedAt !== null && ` · ${t('returns.attachment-removed', { at: moment(row.removedAt) })}`}</span></span>
                  {row.removedAt === null && <Button size="small" look="quiet" icon="download" onClick={() => void open(row)}>{t('returns.attachment-open')}<span className="vh"> {row.fileName}</span></Button>}
                  {row.removedAt === null && may.attach && <Button size="small" look="quiet" busy={remove.busy} onClick={() => void takeOff(row)}>{t('kit.remove')}<span className="vh"> {row.fileName}</span></Button>}
                </li>
              ))}</ul>
              {may.attach && <FileDrop label={t('returns.attach')} hint={t('returns.attach-hint')} accept=".pdf,.docx,.xlsx,.csv,.txt" maxBytes={attachmentMaxBytes} files={files} onFiles={(chosen) => { setFiles(chosen); void send(chosen[0]); }} />}
            </>
          );
        }}
      </RemoteView>
    </div>
  );
}

const nameOf = (store: GridStore, slot: number): string => { const box = store.boxOf(slot); return box === undefined ? '' : `${box.number} ${fullName(box)}`; };

/** All documents of a return, on the page where it is looked over. */
export const AttachmentsCard = ({ store }: { readonly store: GridStore }) => <Card title={t('returns.attachments')} say={t('returns.attachments-say')}><Attached store={store} /></Card>;

/** Documents of one box, fetched when asked for, so that moving through the grid asks for nothing. */
export function AttachmentsOf({ store, slot }: { readonly store: GridStore; readonly slot: number }) {
  const [open, setOpen] = useState(false);
  return (
    <p>
      <Button size="small" icon="file" onClick={() => setOpen(true)}>{t('returns.attachments-of-box')}</Button>
      {open && <Dialog open title={t('returns.attachments-at', { box: nameOf(store, slot) })} onClose={() => setOpen(false)}><Attached store={store} slot={slot} /></Dialog>}
    </p>
  );
}
