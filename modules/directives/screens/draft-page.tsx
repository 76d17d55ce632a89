import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead, StatStrip } from '#web/kit/card.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Menu } from '#web/kit/menu.tsx';
import { EmptyState, Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { SixDots } from '#web/kit/status.tsx';
import { toast } from '#web/kit/toast.tsx';
import { type Assignment, type Clear, clears, type DirectiveView, discardDraft, orderAssignments, removeAssignment, restoreAssignment } from '../schema.ts';
import { AssignmentEditor } from './assignment-editor.tsx';
import { DirectiveOutputs } from './directive-outputs.tsx';
import { HeadForm } from './head-form.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { KeysLine } from './parts.tsx';
import { SixMatrix } from './six-matrix.tsx';
import { dotsOf } from './words.ts';

type Editing = { readonly assignment: Assignment | undefined; readonly clear: Clear };

export function DraftPage({ found, onChange }: { readonly found: DirectiveView; readonly onChange: () => void }) {
  const [directive, setDirective] = useState(found);
  useEffect(() => setDirective(found), [found]);
  const [editing, setEditing] = useState<Editing>();
  const [issuing, setIssuing] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const [, navigate] = useLocation();
  const discard = useCommand(discardDraft);
  const remove = useCommand(removeAssignment);
  const restore = useCommand(restoreAssignment);
  const order = useCommand(orderAssignments);
  const params = { province: directive.province, directive: directive.id };
  const lines = directive.assignments.filter((assignment) => !assignment.removed);
  const missing = lines.reduce((sum, line) => sum + line.verdicts.filter((verdict) => verdict.verdict === 'missing').length, 0);

  const removeLine = async (assignment: Assignment): Promise<void> => {
    const answer = await remove.run({ params: { ...params, assignment: assignment.id } });
    if (!answer.ok) return;
    setDirective(answer.value);
    toast(t('directives.line-removed', { line: assignment.ordinal }), {
      undo: () => { void restore.run({ params: { ...params, assignment: assignment.id }, body: {} }).then((back) => { if (back.ok) setDirective(back.value); }); },
    });
  };
  const move = async (assignment: Assignment, step: number): Promise<void> => {
    const ids = lines.map((line) => line.id);
    const at = ids.indexOf(assignment.id);
    const [moved = ''] = ids.splice(at, 1);
    ids.splice(at + step, 0, moved);
    const answer = await order.run({ params, body: { version: directive.version, order: ids } });
    if (answer.ok) setDirective(answer.value);
  };
  const throwAway = async (): Promise<void> => {
    setDiscarding(false);
    if ((await discard.run({ params })).ok) navigate('/chi-dao');
  };

  const lineMenu = (assignment: Assignment) => (
    <Menu label={t('directives.line-actions', { line: assignment.ordinal })} buttonClass="btn small icon" button={<><Icon name="more" /><span className="vh">{t('directives.line-actions', { line: assignment.ordinal })}</span></>} items={[
      { key: 'edit', label: t('directives.edit-line'), icon: 'edit', run: () => setEditing({ assignment, clear: 'task' }) },
      ...(assignment.id !== lines[0]?.id ? [{ key: 'up', label: t('directives.move-up'), icon: 'up' as const, run: () => void move(assignment, -1) }] : []),
      ...(assignment.id !== lines.at(-1)?.id ? [{ key: 'down', label: t('directives.move-down'), icon: 'down' as const, run: () => void move(assignment, 1) }] : []),
      { key: 'remove', label: t('directives.remove-line'), icon: 'close', run: () => void removeLine(assignment) },
    ]} />);

  return (
    <>
      <PageHead title={directive.head.title === '' ? t('directives.untitled') : directive.head.title} say={t('directives.draft-say')}
        crumbs={[{ label: t('directives.title'), to: '/chi-dao' }, { label: t('directives.draft') }]}
        tools={<>
          <DirectiveOutputs directive={directive} onImported={onChange} />
          {directive.may.edit && <Menu label={t('directives.more')} button={t('directives.more')} items={[
            { key: 'discard', label: t('directives.discard'), icon: 'close', run: () => setDiscarding(true) },
          ]} />}
          {directive.may.issue && <Button look="primary" icon="flag" onClick={() => setIssuing(true)}>{t('directives.issue')}</Button>}
        </>} />
      <div className="stack">
        <ReadingNote directive={directive} />
        <ProblemNotice problem={discard.problem ?? remove.problem ?? order.problem} />
        <StatStrip stats={[
          { label: t('directives.lines'), value: number(lines.length) },
          { label: t('directives.six-clears'), value: <><SixDots states={overallDots(lines)} />{number(lines.length * 6 - missing)}/{number(lines.length * 6)}</> },
          { label: t('directives.cells-missing'), value: number(missing), ...(missing > 0 ? { tone: 'warn' as const } : { tone: 'ok' as const }) },
        ]} />
        <HeadForm directive={directive} onSaved={setDirective} />
        <Card title={t('directives.matrix')} say={t('directives.matrix-say')} flush {...(lines.length > 0 ? { footer: <KeysLine remind={false} /> } : {})}
          tools={directive.may.edit && <Button size="small" icon="plus" onClick={() => setEditing({ assignment: undefined, clear: 'task' })}>{t('directives.add-line')}</Button>}>
          {lines.length === 0
            ? <EmptyState title={t('directives.no-lines')} icon="list" action={directive.may.edit && <Button look="primary" onClick={() => setEditing({ assignment: undefined, clear: 'task' })}>{t('directives.add-line')}</Button>}>{t('directives.no-lines-say')}</EmptyState>
            : <SixMatrix caption={t('directives.matrix')} assignments={lines} chosen={editing?.assignment?.id}
                {...(directive.may.edit ? { onEdit: (assignment: Assignment, clear: Clear) => setEditing({ assignment, clear }) } : {})}
                lastColumn={{ title: t('directives.clearness'), cell: (assignment) => (
                  <div className="stack-s">
                    <div className="row between"><SixDots states={dotsOf(assignment)} />{directive.may.edit && lineMenu(assignment)}</div>
                    {assignment.ambiguous.length > 0 && <p className="small c-warn">{t('directives.ambiguous', { verbs: assignment.ambiguous.map((verb) => `“${verb.verb}”`).join(', ') })}</p>}
                  </div>) }} />}
        </Card>
      </div>
      {editing && <AssignmentEditor key={editing.assignment?.id ?? 'new'} directive={directive} assignment={editing.assignment} start={editing.clear} onClose={() => setEditing(undefined)} onSaved={onChange} />}
      <Dialog open={discarding} title={t('directives.discard')} onClose={() => setDiscarding(false)} footer={<><Button onClick={() => setDiscarding(false)}>{t('directives.cancel')}</Button><Button look="danger" onClick={() => void throwAway()}>{t('directives.discard')}</Button></>}>
        <p>{t('directives.discard-sure')}</p>
      </Dialog>
      {issuing && <IssueDialog directive={directive} onClose={() => setIssuing(false)} onIssued={(next) => { setIssuing(false); setDirective(next); onChange(); }} />}
    </>
  );
}

/** A clear is missing in the whole as soon as one line lacks it. */
const overallDots = (lines: readonly Assignment[]) => clears.map((clear) => (lines.some((line) => line.verdicts.some((one) => one.clear === clear && one.verdict === 'missing')) ? 'missing' as const : 'clear' as const));

function ReadingNote({ directive }: { readonly directive: DirectiveView }) {
  const { reading } = directive;
  if (reading === null) return null;
  return (
    <Notice tone={reading.isDirective ? 'info' : 'warn'}>
      <p>{reading.isDirective ? t('directives.read-result', { count: reading.proposed, time: number(reading.milliseconds) }) : t('directives.not-a-directive')}</p>
      {reading.notes.length > 0 && <ul>{reading.notes.map((note) => <li key={note}>{sayKey(`note.${note}`)}</li>)}</ul>}
    </Notice>
  );
}
