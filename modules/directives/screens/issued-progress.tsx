import type { ReplyOf } from '#kernel/contract.ts';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { StatStrip } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { SixDots, StatusBadge } from '#web/kit/status.tsx';
import type { Assignment, AssignmentProgress, DirectiveView, getProgress, Tally } from '../schema.ts';
import { clears } from '../schema.ts';
import { TallyBar } from './parts.tsx';

export type ProgressView = ReplyOf<typeof getProgress>;

const lateOf = (line: AssignmentProgress): number => line.levels.reduce((sum, level) => sum + level.tally.openOverdue, 0);

/** Five figures of an issued directive: what was given, how clear, how far, what is late and where. */
export function IssuedStats({ directive, progress }: { readonly directive: DirectiveView; readonly progress: ProgressView }) {
  const lines = directive.assignments.length;
  const gaps = directive.assignments.reduce((sum, line) => sum + line.verdicts.filter((verdict) => verdict.verdict === 'missing').length, 0);
  const late = progress.assignments.filter((line) => lateOf(line) > 0).map((line) => line.ordinal);
  const states = clears.map((clear) => (directive.assignments.some((line) => line.verdicts.find((one) => one.clear === clear)?.verdict === 'missing') ? 'missing' : 'clear') as 'missing' | 'clear');
  return (
    <StatStrip stats={[
      { label: t('directives.lines'), value: number(lines), note: t('directives.recipients', { count: progress.progress.of }) },
      { label: t('directives.six-clears'), value: <><SixDots states={states} />{number(lines * 6 - gaps)}/{number(lines * 6)}</>, note: gaps === 0 ? t('directives.all-clear') : t('directives.gaps-left', { count: gaps }) },
      { label: t('directives.done'), value: <><Icon name="ok" size={18} />{progress.progress.percent === null ? '–' : `${number(progress.progress.percent)}%`}</>, tone: 'ok', note: t('directives.of-tasks', { done: progress.progress.done, of: progress.progress.of }) },
      { label: sayKey('official-state.open-within'), value: number(progress.tally.openWithin), note: t('directives.of-tasks', { done: progress.tally.openWithin, of: progress.progress.of }) },
      {
        label: sayKey('official-state.open-overdue'), value: progress.tally.openOverdue > 0 ? <><Icon name="bad" size={18} />{number(progress.tally.openOverdue)}</> : number(0),
        note: late.length === 0 ? t('directives.no-late') : t('directives.late-lines', { lines: `${late.slice(0, 4).join(', ')}${late.length > 4 ? '…' : ''}` }), ...(progress.tally.openOverdue > 0 ? { tone: 'bad' as const } : {}),
      },
    ]} />
  );
}

const sumOf = (levels: AssignmentProgress['levels']): Tally => levels.reduce<Tally>((sum, { tally }) => ({
  doneOnTime: sum.doneOnTime + tally.doneOnTime, doneLate: sum.doneLate + tally.doneLate, openWithin: sum.openWithin + tally.openWithin, openOverdue: sum.openOverdue + tally.openOverdue,
}), { doneOnTime: 0, doneLate: 0, openWithin: 0, openOverdue: 0 });

/** How far one line is: done of all with its status, one bar, and how many are late. Computed from the tasks below. */
export function LineProgress({ assignment, found }: { readonly assignment: Assignment; readonly found: AssignmentProgress | undefined }) {
  if (found === undefined || found.progress.of === 0) return <StatusBadge kind="idle" bare>{t('directives.no-tasks')}</StatusBadge>;
  const late = lateOf(found);
  const { done, of, percent } = found.progress;
  const kind = done === of ? 'done' : late > 0 ? 'bad' : done > 0 ? 'half' : 'idle';
  return (
    <div className="stack-s">
      <StatusBadge kind={kind} bare>{number(done)}/{number(of)} · {number(percent ?? 0)}%</StatusBadge>
      <TallyBar thin twin={false} legend={false} title={t('directives.progress-of', { line: assignment.ordinal })} tally={sumOf(found.levels)} />
      {late > 0 && <small className="c-bad">{sayKey('official-state.open-overdue')}: {number(late)}</small>}
    </div>
  );
}
