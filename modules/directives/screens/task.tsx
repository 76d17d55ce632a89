import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { day, moment, number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { Card, PageHead, Pairs } from '#web/kit/card.tsx';
import { ProgressBar } from '#web/kit/charts.tsx';
import { CopyLink } from '#web/kit/copy-link.tsx';
import { A } from '#web/kit/link.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Timeline } from '#web/kit/timeline.tsx';
import { clears, getTask, type TaskEntry, type TaskView } from '../schema.ts';
import { EvidenceCard } from './evidence-card.tsx';
import { Left, TallyBar, tallyTotal, TaskStatus } from './parts.tsx';
import { OfficeNames } from './office-picker.tsx';
import { SplitCard } from './split-card.tsx';
import { TaskMoves } from './task-moves.tsx';
import { TaskTable } from './task-table.tsx';
import { clearText, clearWord, directivePath, lineText, sentence, stateWord, taskPath } from './words.ts';

export default function TaskScreen() {
  const { province = '', task = '' } = useParams<{ province: string; task: string }>();
  const found = useQuery(getTask, { params: { province, task } });
  const [view, setView] = useState<TaskView>();
  useEffect(() => setView(found.value), [found.value]);
  if (view === undefined) return <><PageHead title={t('directives.task')} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }]} /><RemoteView of={found}>{() => null}</RemoteView></>;
  return <TaskPage view={view} onChange={setView} onStale={found.reload} />;
}

type PageProps = { readonly view: TaskView; readonly onChange: (view: TaskView) => void; readonly onStale: () => void };
function TaskPage({ view, onChange, onStale }: PageProps) {
  const { task, directive } = view;
  return (
    <>
      <PageHead title={<><span className="muted">{task.ordinal}</span> {lineText(view.clears.task.text)}</>}
        crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: directive.number ?? directive.title, to: directivePath(directive) }, { label: task.ordinal }]}
        say={[task.holderName, task.holderPost].filter((part) => part !== null).join(' · ')}
        tools={<><CopyLink /><TaskStatus row={task} bare={false} /></>} />
      <div className="cols">
        <div className="stack">
          <TaskMoves view={view} onChange={onChange} onStale={onStale} />
          <SixCard view={view} />
          <EvidenceCard view={view} onChange={onChange} />
          {view.may.split && <SplitCard view={view} onChange={onChange} />}
          {tallyTotal(view.children.tally) > 0 && (
            <Card title={t('directives.children')} say={t('directives.computed-say')} flush>
              <div className="body"><TallyBar title={t('directives.children')} tally={view.children.tally} /></div>
              <TaskTable filter={{ parent: task.id, province: task.province }} holder ofOne />
            </Card>)}
        </div>
        <div className="stack">
          <Facts view={view} />
          <Card title={t('directives.history')} footer={t('directives.history-say')}>
            <Timeline entries={[...view.entries].reverse().map((entry) => ({ key: String(entry.seq), at: entry.at, what: <EntryLine entry={entry} />, who: [entry.officeName, entry.post].filter((part) => part !== null).join(', ') }))} />
          </Card>
        </div>
      </div>
    </>
  );
}

function Facts({ view }: { readonly view: TaskView }) {
  const { task, children } = view;
  const percent = children.progress.of > 0 ? (children.progress.percent ?? 0) : task.percent;
  return (
    <Card title={t('directives.progress')}>
      <div className="stack">
        <ProgressBar share={percent / 100} label={t('directives.progress')} />
        <Pairs pairs={[
          [t('directives.progress'), `${number(percent)}%${children.progress.of > 0 ? ` (${number(children.progress.done)}/${number(children.progress.of)})` : ''}`],
          [t('directives.due'), <Left key="left" row={task} />],
          ...(task.dueFirst !== null && task.dueFirst !== task.dueOn ? [[t('directives.due-first'), day(task.dueFirst)] as const] : []),
          ...(task.extensionAskedFor === null ? [] : [[t('directives.extension-asked'), day(task.extensionAskedFor)] as const]),
          [t('directives.assigned-by'), view.assignedByName],
          ...(view.parent === null ? [] : [[t('directives.parent'), <A key="parent" to={taskPath(view.parent)}>{t('directives.open-parent')}</A>] as const]),
          [t('directives.updated'), moment(task.updatedAt)],
        ]} />
      </div>
    </Card>
  );
}

function SixCard({ view }: { readonly view: TaskView }) {
  return (
    <Card title={t('directives.six-clears')}>
      <Pairs pairs={clears.filter((clear) => clear !== 'task').map((clear) => {
        const verdict = view.verdicts.find((one) => one.clear === clear)?.verdict;
        const text = clearText(view.clears, clear);
        const { coordinating } = view.clears.responsibility;
        return [clearWord(clear), <span key={clear}>{text === '' ? '–' : sentence(text)}{clear === 'responsibility' && coordinating.length > 0 && <> · {t('directives.coordinating')}: <OfficeNames offices={coordinating} /></>}{verdict !== undefined && verdict !== 'clear' && <> <StatusBadge kind={verdict === 'missing' ? 'bad' : 'warn'} bare>{sayKey(`verdict.${verdict}`)}</StatusBadge></>}</span>] as const;
      })} />
      {view.quote !== null && <p className="doc">{view.quote}</p>}
    </Card>
  );
}

function EntryLine({ entry }: { readonly entry: TaskEntry }) {
  const { payload } = entry;
  return (
    <>
      <span className="b">{sayKey(`task-entry.${entry.kind}`)}</span>
      {entry.to !== null && entry.to !== entry.from && <span className="muted"> → {stateWord(entry.to)}</span>}
      {payload.percent !== undefined && <> · {number(payload.percent)}%</>}
      {payload.until !== undefined && <> · {day(payload.until)}</>}
      {payload.before !== undefined && payload.after !== undefined && <> · <s>{payload.before}</s> → {payload.after}</>}
      {payload.text !== undefined && payload.text !== '' && <p>{payload.text}</p>}
    </>
  );
}
