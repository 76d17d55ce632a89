import { useEffect, useRef, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { download, type Problem } from '#web/api.ts';
import { fileSize } from '#web/i18n/format.ts';
import { named, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, RadioGroup, Select } from '#web/kit/field.tsx';
import { EmptyState, Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { useQuery } from '#web/query.ts';
import { exportReturns, listDue } from '../schema.ts';
import { periodName, say } from './words.ts';

type Due = ReplyOf<typeof listDue>;
type ExportProps = {
  readonly unit: string;
  /** What is chosen when the dialog opens: the period and form in view. */
  readonly period?: string; readonly dataSet?: string;
  /** The duties of the unit when the screen has them; else they are asked for. */
  readonly due?: Due;
};

/** Figures of the period and unit in view as a file. */
export function ExportButton(props: ExportProps) {
  const [open, setOpen] = useState(false);
  return <><Button icon="download" onClick={() => setOpen(true)}>{t('returns.export')}</Button>{open && <ExportDialog {...props} onClose={() => setOpen(false)} />}</>;
}

function ExportDialog({ unit, period, dataSet, due, onClose }: ExportProps & { readonly onClose: () => void }) {
  const asked = useQuery(listDue, due === undefined ? { query: { unit } } : undefined);
  const form = (value: Due) => <ExportForm due={value} {...(period === undefined ? {} : { period })} {...(dataSet === undefined ? {} : { dataSet })} />;
  return (
    <Dialog open title={t('returns.export-title')} onClose={onClose}>
      {due !== undefined ? form(due) : <RemoteView of={asked}>{form}</RemoteView>}
    </Dialog>
  );
}

/** Periods of a form in which anything was sent, newest first. */
const periodsOf = (due: Due, dataSet: string): string[] => [...new Set([
  ...due.own.filter((cell) => cell.dataSet === dataSet && cell.rev > 0).map((cell) => cell.period), ...due.below.filter((count) => count.dataSet === dataSet && count.sent > 0).map((count) => count.period),
])].sort().reverse();

type Progress = { readonly received: number } | { readonly fileName: string };
function ExportForm({ due, period, dataSet }: { readonly due: Due; readonly period?: string; readonly dataSet?: string }) {
  const sets = due.dataSets.filter((set) => periodsOf(due, set.id).length > 0);
  const [set, setSet] = useState(() => (sets.find((one) => one.id === dataSet) ?? sets[0])?.id ?? '');
  const periods = periodsOf(due, set);
  const [wanted, setWanted] = useState(period);
  const chosen = periods.find((one) => one === wanted) ?? periods[0];
  const below = due.below.some((count) => count.dataSet === set);
  const [sums, setSums] = useState(due.unit.code === '00');
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<Problem>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  if (chosen === undefined) return <EmptyState icon="download" title={t('returns.export-none')}>{t('returns.export-none-say', { unit: named(due.unit) })}</EmptyState>;
  const busy = progress !== undefined && 'received' in progress;
  const run = async (): Promise<void> => {
    const own = new AbortController();
    stop.current = own;
    setProblem(undefined);
    setProgress({ received: 0 });
    const answer = await download(exportReturns, { query: { format, dataSet: set, periods: chosen, node: due.unit.code, ...(below && sums ? { sums: true } : {}) } }, { signal: own.signal, onBytes: (received) => setProgress({ received }) });
    if (stop.current !== own) return;
    setProgress(answer.ok ? { fileName: answer.value.fileName } : undefined);
    setProblem(answer.ok ? undefined : answer.problem);
  };
  return (
    <div className="stack">
      <p>{t('returns.export-say', { unit: named(due.unit) })}</p>
      <Select label={t('returns.return')} value={set} choices={sets.map((one) => ({ value: one.id, label: say(one.name) }))} onChoose={setSet} />
      <Select label={t('returns.period')} value={chosen} choices={periods.map((one) => ({ value: one, label: periodName(one) }))} onChoose={setWanted} />
      <RadioGroup label={t('returns.export-format')} value={format} onChoose={setFormat} choices={[{ value: 'xlsx', label: t('returns.export-xlsx') }, { value: 'csv', label: t('returns.export-csv') }]} />
      {below && <Checkbox label={t('returns.export-sums')} hint={t('returns.export-sums-hint')} checked={sums} onCheck={setSums} />}
      <p className="small muted">{t('returns.export-hidden')}</p>
      <ProblemNotice problem={problem} />
      <div role="status">
        {progress !== undefined && ('received' in progress ? <p>{progress.received === 0 ? t('returns.export-preparing') : t('returns.export-coming', { size: fileSize(progress.received) })}</p> : <Notice tone="ok"><p>{t('returns.export-done', { file: progress.fileName })}</p></Notice>)}
      </div>
      <div className="actions">
        <Button look="primary" icon="download" busy={busy} onClick={() => void run()}>{t('returns.export-run')}</Button>
        {busy && <Button onClick={() => { stop.current?.abort(); stop.current = undefined; setProgress(undefined); }}>{t('kit.cancel')}</Button>}
      </div>
    </div>
  );
}
