import { useEffect, useState } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextArea } from '#web/kit/field.tsx';
import { Notice, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { type Assignment, type DirectiveView, getProgress, getReach, withdrawDirective } from '../schema.ts';
import { CascadeCard } from './cascade-card.tsx';
import { CommuneMatrix } from './commune-matrix.tsx';
import { DirectiveLog } from './directive-log.tsx';
import { DirectiveOutputs } from './directive-outputs.tsx';
import { IssuedStats, LineProgress, type ProgressView } from './issued-progress.tsx';
import { KeysLine } from './parts.tsx';
import { RemindButton } from './remind.tsx';
import { SixMatrix } from './six-matrix.tsx';
import { TaskTable } from './task-table.tsx';

const views = ['ma-tran', 'danh-sach', 'dia-ban'] as const;
type View = (typeof views)[number];
const isView = (text: string | null): text is View => views.some((view) => view === text);

/** What was issued and how far it has come: matrix, cascade, tasks, map of communes. The view and the line are in the address. */
export function IssuedPage({ directive, onChange }: { readonly directive: DirectiveView; readonly onChange: () => void }) {
  const [query, setQuery] = useQueryState();
  const asked = query.get('xem');
  const view: View = isView(asked) ? asked : 'ma-tran';
  const progress = useQuery(getProgress, { params: { province: directive.province, directive: directive.id }, query: {} });
  const { head } = directive;
  useReissuing(directive, onChange, progress.reload);
  const openLine = (assignment: Assignment): void => {
    setQuery({ nv: assignment.ordinal });
    document.getElementById('di-xuong')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <PageHead title={head.title} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: head.number ?? t('directives.directive') }]}
        say={[sayKey(`directive-kind.${head.kind}`), head.number, head.issuedOn === null ? null : day(head.issuedOn), [head.signer, head.signerPost].filter((part) => part !== null).join(', '), directive.issuerName].filter((part) => part !== null && part !== '').join(' · ')}
        tools={<><CopyLink /><DirectiveOutputs directive={directive} onImported={onChange} />{directive.may.withdraw && directive.state === 'issued' && <Withdraw directive={directive} onDone={onChange} />}
          {directive.may.remind && directive.state === 'issued' && <RemindButton directive={directive} look="primary" shortcut target={{ official: 'open-overdue' }} label={remindWords(progress.value)} />}</>} />
      <div className="stack">
        {directive.state === 'issuing' && <Reaching directive={directive} />}
        {directive.state === 'withdrawn' && <Notice tone="warn"><p>{t('directives.withdrawn-say')}</p></Notice>}
        <RemoteView of={progress}>{(value) => {
          const chosen = chosenLine(directive, value, query.get('nv'));
          return (
            <>
              <IssuedStats directive={directive} progress={value} />
              <Card title={t('directives.matrix')} say={t('directives.computed-say')} flush {...(view === 'ma-tran' ? { footer: <KeysLine remind={directive.may.remind} /> } : {})}
                tools={<Segmented label={t('directives.view')} value={view} choices={views.map((one) => ({ value: one, label: sayKey(`directives.view-${one}`) }))} onChoose={(next) => setQuery({ xem: next, tt: undefined, tr: undefined })} />}>
                {view === 'ma-tran' && <SixMatrix caption={t('directives.matrix')} assignments={directive.assignments} chosen={chosen?.id} onOpen={openLine}
                  lastColumn={{ title: t('directives.progress'), cell: (assignment) => <LineProgress assignment={assignment} found={value.assignments.find((one) => one.assignment === assignment.id)} /> }} />}
                {view === 'danh-sach' && <TaskTable filter={{ directive: directive.id }} holder />}
                {view === 'dia-ban' && <CommuneMatrix directive={directive.id} />}
              </Card>
              <div className="cols" id="di-xuong">
                {chosen && <CascadeCard key={chosen.id} directive={directive} assignment={chosen} overdue={value.assignments.find((one) => one.assignment === chosen.id)} />}
                <DirectiveLog directive={directive} />
              </div>
            </>
          );
        }}</RemoteView>
      </div>
    </>
  );
}

const remindWords = (progress: ProgressView | undefined): string =>
  (progress === undefined || progress.tally.openOverdue === 0 ? t('directives.remind-late') : `${t('directives.remind-late')} (${number(progress.tally.openOverdue)})`);

/** The line the address names, else the one with most overdue tasks, else the widest: where the reader should look first. */
function chosenLine(directive: DirectiveView, progress: ProgressView, asked: string | null): Assignment | undefined {
  const named = directive.assignments.find((assignment) => assignment.ordinal === asked);
  if (named) return named;
  const late = (line: ProgressView['assignments'][number]): number => line.levels.reduce((sum, level) => sum + level.tally.openOverdue, 0);
  const first = [...progress.assignments].sort((a, b) => late(b) - late(a) || b.progress.of - a.progress.of)[0];
  return directive.assignments.find((assignment) => assignment.id === first?.assignment) ?? directive.assignments[0];
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
