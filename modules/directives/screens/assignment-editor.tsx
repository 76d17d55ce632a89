import { useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { addAssignment, type Assignment, type clears, type DirectiveView, editAssignment, getSource, type SixClears, type SixClearsInput } from '../schema.ts';
import { ClearFields } from './clear-fields.tsx';

type EditorProps = {
  readonly directive: DirectiveView;
  readonly assignment: Assignment | undefined;
  readonly start: (typeof clears)[number];
  readonly onClose: () => void;
  readonly onSaved: () => void;
};

const blank: SixClearsInput = {
  person: { offices: [], classes: [], post: null, text: '' }, task: { text: '' }, responsibility: { roles: ['lead'], coordinating: [], text: '' },
  authority: { text: '' }, timeline: { deadlines: [] }, result: { product: null, measure: null, targets: [] },
};
const inputOf = (six: SixClears): SixClearsInput => ({
  person: six.person, task: six.task, responsibility: six.responsibility, authority: six.authority, result: six.result,
  timeline: { deadlines: six.timeline.deadlines.map(({ type, value, text }) => ({ type, value, text })) },
});

/** One line beside its source sentence: six parts, the reason of each verdict, and the choice to fill the same gap in all lines. */
export function AssignmentEditor({ directive, assignment, start, onClose, onSaved }: EditorProps) {
  const draft = useDraft<SixClearsInput>(`assignment-${directive.id}-${assignment?.id ?? 'new'}-${assignment?.version ?? 0}`, assignment === undefined ? blank : inputOf(assignment.clears));
  const edit = useCommand(editAssignment);
  const add = useCommand(addAssignment);
  const [all, setAll] = useState(false);
  const [version, setVersion] = useState(assignment?.version ?? 0);
  const params = { province: directive.province, directive: directive.id };
  const stale = edit.problem?.code === 'revision-stale';
  const sameGap = directive.assignments.filter((line) => !line.removed && line.id !== assignment?.id && line.verdicts.some((verdict) => verdict.clear === start && verdict.verdict === 'missing'));

  const save = async (): Promise<void> => {
    const answer = assignment === undefined
      ? await add.run({ params, body: { clears: draft.value } })
      : await edit.run({ params: { ...params, assignment: assignment.id }, body: { version, clears: draft.value } });
    if (!answer.ok) {
      const theirs = answer.problem['theirs'];
      if (typeof theirs === 'object' && theirs !== null && 'version' in theirs && typeof theirs.version === 'number') setVersion(theirs.version);
      return;
    }
    if (all) for (const line of sameGap) await edit.run({ params: { ...params, assignment: line.id }, body: { version: line.version, clears: { ...inputOf(line.clears), [start]: draft.value[start] } } });
    draft.clear();
    onSaved();
    onClose();
  };

  return (
    <Drawer open title={assignment === undefined ? t('directives.add-line') : t('directives.edit-named', { line: assignment.ordinal })} onClose={onClose}
      footer={<><SavedMark draft={draft} /><Button onClick={onClose}>{t('directives.cancel')}</Button><Button look="primary" busy={edit.busy || add.busy} onClick={() => void save()}>{t('directives.save')}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <RestoredNotice draft={draft} />
        {stale && <Notice tone="warn" live><p>{t('directives.two-editors')}</p></Notice>}
        {!stale && <ProblemNotice problem={edit.problem ?? add.problem} />}
        {assignment !== undefined && <SourceQuote directive={directive} assignment={assignment} />}
        {assignment !== undefined && assignment.ambiguous.length > 0 && (
          <Notice tone="warn"><ul>{assignment.ambiguous.map((verb) => <li key={verb.start}>{t('directives.ambiguous-verb', { verb: verb.verb })} {sayKey(`verb.${verb.suggestion}`)}</li>)}</ul></Notice>)}
        <ClearFields value={draft.value} onChange={draft.set} start={start} verdicts={assignment?.verdicts ?? []} />
        {sameGap.length > 0 && start !== 'task' && <Checkbox label={t('directives.fill-all', { count: sameGap.length })} checked={all} onCheck={setAll} />}
      </form>
    </Drawer>
  );
}

/** The sentence the line came from, with what stands around it. */
function SourceQuote({ directive, assignment }: { readonly directive: DirectiveView; readonly assignment: Assignment }) {
  const source = useQuery(getSource, assignment.span === null ? undefined : { params: { province: directive.province, directive: directive.id } });
  if (assignment.span === null) return null;
  const text = source.value?.text;
  const { start, end } = assignment.span;
  return (
    <section aria-label={t('directives.source')}>
      <h3>{t('directives.source')}</h3>
      <p className="doc">{text === undefined ? assignment.quote : <>{start > 160 ? '…' : ''}{text.slice(Math.max(0, start - 160), start)}<mark>{text.slice(start, end)}</mark>{text.slice(end, end + 120)}…</>}</p>
    </section>
  );
}
