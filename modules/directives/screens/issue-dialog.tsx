import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { StatStrip } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { type DirectiveView, issueDirective, type IssuePreview, previewIssue } from '../schema.ts';
import { clearWord } from './words.ts';

/** Counts before anything goes out; what is still unclear keeps the button away. */
export function IssueDialog({ directive, onClose, onIssued }: { readonly directive: DirectiveView; readonly onClose: () => void; readonly onIssued: (directive: DirectiveView) => void }) {
  const params = { province: directive.province, directive: directive.id };
  const preview = useQuery(previewIssue, { params, body: {} });
  const issue = useCommand(issueDirective);
  const ready = preview.value !== undefined && preview.value.refusals.length === 0;
  const send = async (): Promise<void> => {
    const answer = await issue.run({ params, body: { version: directive.version } });
    if (answer.ok) onIssued(answer.value);
  };
  return (
    <Dialog open kind="wide" title={t('directives.issue-title')} onClose={onClose}
      footer={<><Button onClick={onClose}>{t('directives.back')}</Button>{ready && <Button look="primary" icon="flag" busy={issue.busy} onClick={() => void send()}>{t('directives.issue-now', { count: preview.value?.tasks ?? 0 })}</Button>}</>}>
      <ProblemNotice problem={issue.problem} />
      <RemoteView of={preview}>{(value) => <Preview preview={value} />}</RemoteView>
    </Dialog>
  );
}

function Preview({ preview }: { readonly preview: IssuePreview }) {
  return (
    <div className="stack">
      <StatStrip stats={[
        { label: t('directives.to-agencies'), value: number(preview.agencies) }, { label: t('directives.to-provinces'), value: number(preview.provinces) },
        { label: t('directives.to-communes'), value: number(preview.communes) }, { label: t('directives.tasks'), value: number(preview.tasks) },
      ]} />
      {preview.refusals.map((code) => <Notice key={code} tone="bad"><p>{sayKey(`problem.${code}`)}</p></Notice>)}
      {preview.missingHead.length > 0 && <Notice tone="warn"><p>{t('directives.head-missing', { fields: preview.missingHead.map((field) => sayKey(`directives.head-${field}`)).join(', ') })}</p></Notice>}
      {preview.missing.length > 0 && (
        <Notice tone="warn"><p>{t('directives.cells-to-fill', { count: preview.missing.length })}</p>
          <ul>{preview.missing.slice(0, 12).map((cell) => <li key={`${cell.assignment}${cell.clear}`}>{cell.ordinal}: {clearWord(cell.clear)}</li>)}</ul></Notice>)}
      <Table caption={t('directives.by-line')} rows={preview.byAssignment} rowKey={(row) => row.assignment} columns={[
        { key: 'line', header: t('directives.task'), rowHeader: true, cell: (row) => row.ordinal },
        { key: 'a', header: t('directives.to-agencies'), numeric: true, cell: (row) => number(row.agencies) },
        { key: 'p', header: t('directives.to-provinces'), numeric: true, cell: (row) => number(row.provinces) },
        { key: 'c', header: t('directives.to-communes'), numeric: true, cell: (row) => number(row.communes) },
      ]} />
    </div>
  );
}
