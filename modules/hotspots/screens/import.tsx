import { useState } from 'react';
import { call, download, type Problem } from '#web/api.ts';
import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { getImportTemplate, importPlaces, type ImportReport, type ImportVerdict } from '../schema.ts';
import { boardPath } from './addresses.ts';

const verdictKind = { new: 'ok', known: 'idle', refused: 'bad' } as const;

/** Many places from a workbook: first the verdict of every row, then the rows that are right. */
export default function ImportScreen() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [report, setReport] = useState<ImportReport>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState<'yes' | 'no'>();
  const file = files[0];
  const run = async (apply: 'yes' | 'no'): Promise<void> => {
    if (file === undefined) return;
    setBusy(apply);
    const answer = await call(importPlaces, { query: { apply } }, { file, fileName: file.name });
    setBusy(undefined);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setReport(answer.value);
  };
  return (
    <>
      <PageHead title={t('hotspots.import-title')} crumbs={[{ label: t('hotspots.title'), to: boardPath }, { label: t('hotspots.import-title') }]} say={t('hotspots.import-say')}
        tools={<Button icon="download" onClick={() => void download(getImportTemplate, { query: { language: language() } }).then((answer) => setProblem(answer.ok ? undefined : answer.problem))}>{t('hotspots.template')}</Button>} />
      <div className="stack middle">
        <Card title={t('hotspots.import-file')} footer={<Button look="primary" busy={busy === 'no'} disabled={file === undefined} onClick={() => void run('no')}>{t('hotspots.import-try')}</Button>}>
          <FileDrop label={t('hotspots.import-file')} hint={t('hotspots.import-hint')} accept=".xlsx,.csv" maxBytes={10 * 1_048_576} files={files} onFiles={(next) => { setFiles(next); setReport(undefined); setProblem(undefined); }} />
          <ProblemNotice problem={problem} />
        </Card>
        {report && <Report report={report} busy={busy === 'yes'} onApply={() => void run('yes')} />}
      </div>
    </>
  );
}

function Report({ report, busy, onApply }: { readonly report: ImportReport; readonly busy: boolean; readonly onApply: () => void }) {
  const say = (row: ImportVerdict): string => (row.problem === null ? '' : sayKey(`problem.${row.problem}`, row.facts, row.problem));
  return (
    <Card title={t('hotspots.import-verdicts')} say={t('hotspots.import-counts', { fresh: number(report.fresh), known: number(report.known), refused: number(report.refused) })} flush
      footer={report.applied ? <LinkButton to={boardPath} query={{ xem: 'danh-sach', sap: 'updated' }}>{t('hotspots.see-list')}</LinkButton> : <Button look="primary" busy={busy} disabled={report.fresh === 0} onClick={onApply}>{t('hotspots.import-apply', { count: report.fresh })}</Button>}>
      {report.applied && <Notice tone="ok" live><p>{t('hotspots.import-done', { count: number(report.fresh) })}</p></Notice>}
      <Table caption={t('hotspots.import-verdicts')} hideCaption rows={report.rows} rowKey={(row) => `${row.row}`} columns={[
        { key: 'row', header: t('hotspots.import-row'), numeric: true, rowHeader: true, cell: (row) => row.row, compare: (a, b) => a.row - b.row },
        { key: 'verdict', header: t('hotspots.import-verdict'), cell: (row) => <StatusBadge kind={verdictKind[row.verdict]} bare>{t(`hotspots.verdict-${row.verdict}`)}</StatusBadge>, compare: (a, b) => (a.verdict < b.verdict ? 1 : -1) },
        { key: 'column', header: t('hotspots.import-column'), cell: (row) => row.column ?? '–' },
        { key: 'why', header: t('hotspots.import-why'), cell: (row) => say(row) || '–' },
        { key: 'code', header: t('hotspots.code'), cell: (row) => row.code ?? '–' },
      ]} />
    </Card>
  );
}
