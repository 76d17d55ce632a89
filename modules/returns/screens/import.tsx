import { useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { FileDrop } from '#web/kit/file-drop.tsx';
import { A } from '#web/kit/link.tsx';
import { EmptyState, Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { type ImportAnswer, type ImportedReturn, importReturns, type ImportRow } from '../schema.ts';
import './entry.css';
import { pathOf } from './use-return.ts';
import { periodName } from './words.ts';

const kinds: Readonly<Record<ImportedReturn['outcome'] | ImportRow['outcome'], StatusKind>> = { received: 'ok', 'would-take': 'half', same: 'idle', refused: 'bad', taken: 'ok' };

/** A file comes in twice: first nothing changes and every row gets its verdict, then, when the person says so, the good rows are taken. */
export default function ImportScreen() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [answer, setAnswer] = useState<ImportAnswer>();
  const bring = useCommand(importReturns);
  const file = files[0];
  const run = async (dryRun: boolean): Promise<void> => {
    if (!file) return;
    const found = await bring.run({ query: { dryRun } }, { file, fileName: file.name });
    setAnswer(found.ok ? found.value : undefined);
  };
  const choose = (chosen: readonly File[]): void => {
    setFiles(chosen.slice(-1));
    setAnswer(undefined);
    bring.clear();
  };
  return (
    <>
      <PageHead title={t('returns.import-title')} say={t('returns.import-say')} crumbs={[{ label: t('returns.title'), to: '/bao-cao?xem=lich' }, { label: t('returns.import') }]} />
      <div className="stack">
        <Card>
          <FileDrop label={t('returns.import-file')} hint={t('returns.import-hint')} accept=".xlsx,.csv,.txt,.json,.gz" maxBytes={20 * 1_048_576} files={files} onFiles={choose} />
          <div className="actions"><Button look={answer ? 'plain' : 'primary'} busy={bring.busy} disabled={!file} onClick={() => void run(true)}>{t('returns.import-try')}</Button>
            {answer?.dryRun === true && answer.taken > 0 && <Button look="primary" busy={bring.busy} onClick={() => void run(false)}>{t('returns.import-confirm', { count: answer.taken })}</Button>}</div>
          <ProblemNotice problem={bring.problem} />
        </Card>
        {answer ? <Answer answer={answer} /> : <EmptyState icon="upload" title={t('returns.import-empty')} action={<LinkButton to="/bao-cao" query={{ xem: 'lich' }}>{t('returns.import-open-form')}</LinkButton>}>{t('returns.import-empty-say')}</EmptyState>}
      </div>
    </>
  );
}

function Answer({ answer }: { readonly answer: ImportAnswer }) {
  const told = answer.rows.filter((row) => row.outcome === 'refused' || row.code !== '');
  return (
    <>
      <Notice tone={answer.refused > 0 ? 'warn' : 'ok'} live><p>{t(answer.dryRun ? 'returns.import-dry' : 'returns.import-done', { taken: answer.taken, refused: answer.refused })}</p></Notice>
      <StatStrip stats={[[t('returns.import-read'), number(answer.read)], [t('returns.import-taken'), number(answer.taken)], [t('returns.import-same'), number(answer.same)], [t('returns.import-refused'), number(answer.refused)]].map(([label = '', value = '']) => ({ label, value }))} />
      <Card title={t('returns.import-returns', { count: answer.returns.length })} flush>
        <Table caption={t('returns.import-returns', { count: answer.returns.length })} hideCaption rows={answer.returns} rowKey={(row) => `${row.key.unit}/${row.key.period}/${row.key.dataSet}/${row.key.attribute}`} columns={[
          { key: 'return', header: t('returns.return'), cell: (row) => <A to={pathOf(row.key)}>{row.key.unit} · {row.key.dataSet} · {periodName(row.key.period)}</A> },
          { key: 'outcome', header: t('returns.verdict'), cell: (row) => <StatusBadge kind={kinds[row.outcome]} bare>{sayKey(`returns.import-is-${row.outcome}`)}{row.problem !== null && `: ${sayKey(`problem.${row.problem}`)}`}</StatusBadge> },
          { key: 'changes', header: t('returns.import-changes'), numeric: true, cell: (row) => number(row.changes) },
          { key: 'receipt', header: t('returns.import-receipt'), cell: (row) => row.receiptCode },
        ]} empty={<EmptyState title={t('returns.import-none')} />} />
      </Card>
      <Card title={t('returns.import-rows', { count: told.length })} flush>
        <Table caption={t('returns.import-rows', { count: told.length })} hideCaption rows={told} rowKey={(row) => `${row.place} ${row.row} ${row.code}`} empty={<EmptyState icon="ok" title={t('returns.import-all-good')} />} columns={[
          { key: 'row', header: t('returns.col-row'), cell: (row) => <>{row.row} <small>{row.place}</small></> },
          { key: 'outcome', header: t('returns.verdict'), cell: (row) => <StatusBadge kind={kinds[row.outcome]} bare>{sayKey(`returns.import-is-${row.outcome}`)}</StatusBadge> },
          { key: 'says', header: t('returns.reason'), cell: (row) => (language() === 'en' ? row.en : row.vi) },
        ]} />
      </Card>
    </>
  );
}
