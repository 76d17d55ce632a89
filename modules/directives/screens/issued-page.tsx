import { useEffect, useState } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { type Assignment, type AssignmentProgress, type DirectiveView, getProgress, getReach, withdrawDirective } from '../schema.ts';
import { CascadeCard } from './cascade-card.tsx';
import { CommuneMatrix } from './commune-matrix.tsx';
import { DirectiveOutputs } from './directive-outputs.tsx';
import { TallyBar } from './parts.tsx';
import { RemindButton } from './remind.tsx';
import { SixMatrix } from './six-matrix.tsx';
import { TaskTable } from './task-table.tsx';

const views = ['ma-tran', 'danh-sach', 'dia-ban'] as const;
type View = (typeof views)[number];
const isView = (text: string | null): text is View => views.some((view) => view === text);

/** What was issued and how far it has come: matrix, cascade, tasks, map of communes. */
export function IssuedPage({ directive, onChange }: { readonly directive: DirectiveView; readonly onChange: () => void }) {
  const [query, setQuery] = useQueryState();
  const asked = query.get('xem');
  const view: View = isView(asked) ? asked : 'ma-tran';
  const params = { province: directive.province, directive: directive.id };
  const progress = useQuery(getProgress, { params, query: {} });
  const chosen = directive.assignments.find((assignment) => assignment.ordinal === query.get('nv')) ?? directive.assignments[0];
  const { head } = directive;
  useReissuing(directive, onChange, progress.reload);
  return (
    <>
      <PageHead title={head.title} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: head.number ?? t('directives.directive') }]}
        say={[sayKey(`directive-kind.${head.kind}`), head.number, head.issuedOn === null ? null : day(head.issuedOn), [head.signer, head.signerPost].filter((part) => part !== null).join(', '), directive.issuerName].filter((part) => part !== null && part !== '').join(' · ')}
        tools={<><CopyLink /><DirectiveOutputs directive={directive} onImported={onChange} />{directive.may.withdraw && directive.state === 'issued' && <Withdraw directive={directive} onDone={onChange} />}
          {directive.may.remind && <RemindButton directive={directive} look="primary" target={{ official: 'open-overdue' }} label={t('directives.remind-late')} />}</>} />
      <div className="stack">
        {directive.state === 'issuing' && <Reaching directive={directive} />}
        {directive.state === 'withdrawn' && <Notice tone="warn"><p>{t('directives.withdrawn-say')}</p></Notice>}
        <RemoteView of={progress}>{(value) => (
          <>
            <StatStrip stats={[
              { label: t('directives.lines'), value: number(directive.assignments.length) },
              { label: t('directives.tasks'), value: number(value.progress.of) },
              { label: t('directives.done'), value: value.progress.percent === null ? '–' : `${number(value.progress.percent)}%`, note: `${number(value.progress.done)}/${number(value.progress.of)}` },
              { label: sayKey('official-state.open-within'), value: number(value.tally.openWithin) },
              { label: sayKey('official-state.open-overdue'), value: number(value.tally.openOverdue), ...(value.tally.openOverdue > 0 ? { tone: 'bad' as const } : {}) },
            ]} />
            <Card title={t('directives.matrix')} say={t('directives.computed-say')} flush
              tools={<Segmented label={t('directives.view')} value={view} choices={views.map((one) => ({ value: one, label: sayKey(`directives.view-${one}`) }))} onChoose={(next) => setQuery({ xem: next })} />}>
              {view === 'ma-tran' && <SixMatrix caption={t('directives.matrix')} assignments={directive.assignments} chosen={chosen?.id}
                rowHead={(assignment) => <><span className="id">{assignment.ordinal}</span><button type="button" className="linkish" onClick={() => setQuery({ nv: assignment.ordinal })}>{assignment.clears.task.text}</button></>}
                lastColumn={{ title: t('directives.progress'), cell: (assignment) => <LineProgress assignment={assignment} found={value.assignments.find((one) => one.assignment === assignment.id)} /> }} />}
              {view === 'danh-sach' && <TaskTable filter={{ directive: directive.id }} holder />}
              {view === 'dia-ban' && <CommuneMatrix directive={directive.id} />}
            </Card>
          </>
        )}</RemoteView>
        {chosen && <CascadeCard directive={directive} assignment={chosen} />}
      </div>
    </>
  );
}

/** While tasks are still going out, the page asks again every two seconds. */
function useReissuing(directive: DirectiveView, onChange: () => void, reloadProgress: () => void): void {
  useEffect(() => {
    if (directive.state !== 'issuing') return undefined;
    const timer = setInterval(() => { onChange(); reloadProgress(); }, 2000);
    return () => clearInterval(timer);
  }, [directive.state, onChange, reloadProgress]);
}

function Reaching({ directive }: { readonly directive: DirectiveView }) {
  const reach = useQuery(getReach, { params: { province: directive.province, directive: directive.id } });
  const { reached, of } = reach.value ?? directive.reach;
  return <Notice live><p>{t('directives.reached', { reached, of })}</p><ProgressBar share={of === 0 ? 0 : reached / of} label={t('directives.reached', { reached, of })} /></Notice>;
}

function LineProgress({ assignment, found }: { readonly assignment: Assignment; readonly found: AssignmentProgress | undefined }) {
  if (found === undefined || found.progress.of === 0) return <StatusBadge kind="idle" bare>{t('directives.no-tasks')}</StatusBadge>;
  const late = found.levels.reduce((sum, level) => sum + level.tally.openOverdue, 0);
  const kind = found.progress.done === found.progress.of ? 'done' : late > 0 ? 'bad' : 'half';
  return (
    <div className="stack-s">
      <StatusBadge kind={kind} bare>{number(found.progress.done)}/{number(found.progress.of)} ({number(found.progress.percent ?? 0)}%)</StatusBadge>
      <ProgressBar share={found.progress.done / found.progress.of} label={t('directives.progress-of', { line: assignment.ordinal })} />
      {found.levels.map((level) => <TallyBar key={level.level} thin legend={false} title={sayKey(`task-level.${level.level}`)} tally={level.tally} />)}
    </div>
  );
}

function Withdraw({ directive, onDone }: { readonly directive: DirectiveView; readonly onDone: () => void }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useCommand(withdrawDirective);
  const send = async (): Promise<void> => {
    const answer = await withdraw.run({ params: { province: directive.province, directive: directive.id }, body: { reason } });
    if (!answer.ok) return;
    setOpen(false);
    onDone();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('directives.withdraw')}</Button>
      <Dialog open={open} title={t('directives.withdraw')} onClose={() => setOpen(false)} footer={<><Button onClick={() => setOpen(false)}>{t('directives.cancel')}</Button><Button look="danger" busy={withdraw.busy} disabled={reason.trim() === ''} onClick={() => void send()}>{t('directives.withdraw')}</Button></>}>
        <p>{t('directives.withdraw-say')}</p><ProblemNotice problem={withdraw.problem} />
        <TextArea label={t('directives.reason')} value={reason} onText={setReason} rows={3} maxLength={1000} />
      </Dialog>
    </>
  );
}
