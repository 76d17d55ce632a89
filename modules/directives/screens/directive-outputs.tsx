import { useState } from 'react';
import { call, download } from '#web/api.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { Menu } from '#web/kit/menu.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { Problem } from '#web/api.ts';
import type { ReplyOf } from '#kernel/contract.ts';
import { type DirectiveView, getAnnexDocx, getAnnexPdf, getMatrixXlsx, getOriginal, importMatrix } from '../schema.ts';
import { clearWord } from './words.ts';

/** Annex as PDF and Word, matrix as Excel and back, the original. */
export function DirectiveOutputs({ directive, onImported }: { readonly directive: DirectiveView; readonly onImported: () => void }) {
  const [importing, setImporting] = useState(false);
  const input = { params: { province: directive.province, directive: directive.id } };
  const save = (contract: typeof getAnnexPdf): void => {
    void download(contract, input).then((answer) => { if (!answer.ok) toast(answer.problem.title ?? answer.problem.code); });
  };
  return (
    <>
      <Menu label={t('directives.outputs')} button={t('directives.outputs')} items={[
        { key: 'pdf', label: t('directives.annex-pdf'), icon: 'print', run: () => save(getAnnexPdf) },
        { key: 'docx', label: t('directives.annex-docx'), icon: 'file', run: () => save(getAnnexDocx) },
        { key: 'xlsx', label: t('directives.matrix-xlsx'), icon: 'download', run: () => save(getMatrixXlsx) },
        ...(directive.original === null ? [] : [{ key: 'original', label: t('directives.original'), icon: 'file' as const, run: () => save(getOriginal) }]),
        ...(directive.may.edit ? [{ key: 'import', label: t('directives.import-xlsx'), icon: 'upload' as const, run: () => setImporting(true) }] : []),
      ]} />
      {importing && <ImportDialog directive={directive} onClose={() => setImporting(false)} onImported={onImported} />}
    </>
  );
}

function ImportDialog({ directive, onClose, onImported }: { readonly directive: DirectiveView; readonly onClose: () => void; readonly onImported: () => void }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [result, setResult] = useState<ReplyOf<typeof importMatrix>>();
  const send = async (): Promise<void> => {
    const file = files[0];
    if (file === undefined) return;
    setBusy(true);
    const answer = await call(importMatrix, { params: { province: directive.province, directive: directive.id } }, { file, fileName: file.name });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    setResult(answer.value);
    onImported();
  };
  return (
    <Dialog open kind="wide" title={t('directives.import-xlsx')} onClose={onClose} footer={<><Button onClick={onClose}>{t('directives.close')}</Button><Button look="primary" busy={busy} disabled={files.length === 0} onClick={() => void send()}>{t('directives.import')}</Button></>}>
      <ProblemNotice problem={problem} />
      {result === undefined
        ? <FileDrop label={t('directives.edited-workbook')} accept=".xlsx" maxBytes={20 * 1_048_576} files={files} onFiles={setFiles} />
        : <Table caption={t('directives.import-result', { applied: result.applied, refused: result.refused })} rows={result.rows} rowKey={(row) => String(row.row)} columns={[
            { key: 'row', header: t('directives.row'), numeric: true, cell: (row) => String(row.row) },
            { key: 'line', header: t('directives.task'), rowHeader: true, cell: (row) => row.ordinal },
            { key: 'outcome', header: t('directives.outcome'), cell: (row) => sayKey(`directives.import-${row.outcome}`) },
            { key: 'what', header: t('directives.changed'), cell: (row) => (row.code === null ? row.changed.map(clearWord).join(', ') : `${row.column ?? ''} ${sayKey(`problem.${row.code}`)}`) },
          ]} />}
    </Dialog>
  );
}
