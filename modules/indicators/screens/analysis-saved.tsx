import { useState } from 'react';
import { moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { newId } from '#kernel/id.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { Dialog, Drawer } from '#web/kit/dialog.tsx';
import { Checkbox, TextArea, TextInput } from '#web/kit/field.tsx';
import { EmptyState, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { dropAnalysis, keepAnalysis, listAnalyses, type Analysis } from '../schema.ts';
import type { Asked } from './analysis-state.ts';

type KeepProps = { readonly asked: Asked; readonly before: Analysis | undefined; readonly onKept: (kept: Analysis) => void };

/** Keeps the question under a title; one of my own may be changed in place, another's becomes a copy of mine. */
export function KeepButton({ asked, before, onKept }: KeepProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="star" onClick={() => setOpen(true)}>{t('indicators.keep')}</Button>
      {open && <KeepDialog asked={asked} before={before} onClose={() => setOpen(false)} onKept={(kept) => { setOpen(false); toast(t('indicators.kept')); onKept(kept); }} />}
    </>
  );
}

function KeepDialog({ asked, before, onClose, onKept }: KeepProps & { readonly onClose: () => void }) {
  const own = before?.mine === true ? before : undefined;
  const [title, setTitle] = useState(before?.title ?? '');
  const [note, setNote] = useState(before?.note ?? '');
  const [shared, setShared] = useState(own?.shared ?? false);
  const [id] = useState(() => newId<'Analysis'>());
  const keep = useCommand(keepAnalysis);
  const save = async (copy: boolean): Promise<void> => {
    if (title.trim() === '') return;
    const into = copy ? undefined : own;
    const answer = await keep.run({ params: { id: into?.id ?? id }, body: { title: title.trim(), note, query: asked.query, drawing: { ...asked.drawing, rows: [...asked.drawing.rows], columns: [...asked.drawing.columns] }, shared, baseRevision: into?.revision ?? 0 } });
    if (answer.ok) onKept(answer.value);
  };
  return (
    <Dialog open title={t('indicators.keep')} onClose={onClose} footer={<>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      {own !== undefined && <Button busy={keep.busy} onClick={() => void save(true)}>{t('indicators.keep-copy')}</Button>}
      <Button look="primary" busy={keep.busy} onClick={() => void save(false)}>{t('kit.save')}</Button>
    </>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void save(false); }}>
        <ProblemNotice problem={keep.problem} />
        <TextInput label={t('indicators.keep-title')} value={title} onText={setTitle} maxLength={200} autoFocus required />
        <TextArea label={t('indicators.keep-note')} optional value={note} onText={setNote} maxLength={2000} rows={3} />
        <Checkbox label={t('indicators.keep-shared')} hint={t('indicators.keep-shared-hint')} checked={shared} onCheck={setShared} />
      </form>
    </Dialog>
  );
}

/** My analyses and those offices shared, each opened by one press. */
export function SavedList({ onOpen, onClose }: { readonly onOpen: (analysis: Analysis) => void; readonly onClose: () => void }) {
  const list = useQuery(listAnalyses, {});
  const drop = useCommand(dropAnalysis);
  return (
    <Drawer open title={t('indicators.saved')} onClose={onClose}>
      <ProblemNotice problem={drop.problem} />
      <RemoteView of={list} lines={5} isEmpty={(value) => value.rows.length === 0} empty={<EmptyState icon="star" title={t('indicators.saved-none')}>{t('indicators.saved-none-why')}</EmptyState>}>
        {(value) => [true, false].map((mine) => {
          const rows = value.rows.filter((row) => row.mine === mine);
          return rows.length === 0 ? null : (
            <section key={String(mine)} className="kept-list">
              <h3>{t(mine ? 'indicators.saved-mine' : 'indicators.saved-shared')}</h3>
              <ul>{rows.map((row) => (
                <li key={row.id}>
                  <div><button type="button" className="linkish" onClick={() => onOpen(row)}>{row.title}</button>
                    <p className="xs muted">{row.office} · {moment(row.changedAt)}{row.mine && row.shared ? ` · ${t('indicators.is-shared')}` : ''}</p>{row.note !== '' && <p className="small">{row.note}</p>}</div>
                  {row.mine && <IconButton icon="close" label={t('indicators.drop', { name: row.title })} onClick={() => { void drop.run({ params: { id: row.id } }).then((answer) => { if (answer.ok) list.reload(); }); }} />}
                </li>
              ))}</ul>
            </section>
          );
        })}
      </RemoteView>
    </Drawer>
  );
}
