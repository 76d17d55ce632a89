import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Drawer } from '#web/kit/dialog.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox } from '#web/kit/field.tsx';
import { Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { addAssignment, type Assignment, type Clear, clears, type DirectiveView, editAssignment, getSource, type SixClears, type SixClearsInput } from '../schema.ts';
import { ClearFields } from './clear-fields.tsx';
import { clearText, clearWord, lineText } from './words.ts';

type EditorProps = {
  readonly directive: DirectiveView;
  readonly assignment: Assignment | undefined;
  readonly start: Clear;
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

type Theirs = Pick<Assignment, 'version' | 'clears'>;
/** The other editor's line inside the refusal `revision-stale`. */
const isTheirs = (value: unknown): value is Theirs =>
  typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number' && 'clears' in value && typeof value.clears === 'object';

/** One line beside its source sentence: six parts, the reason of each verdict, and the choice to fill the same gap in all lines. */
export function AssignmentEditor({ directive, assignment, start, onClose, onSaved }: EditorProps) {
  const draft = useDraft<SixClearsInput>(`assignment-${directive.id}-${assignment?.id ?? 'new'}-${assignment?.version ?? 0}`, assignment === undefined ? blank : inputOf(assignment.clears));
  const edit = useCommand(editAssignment);
  const add = useCommand(addAssignment);
  const form = useRef<HTMLFormElement>(null);
  const [all, setAll] = useState(false);
  const [theirs, setTheirs] = useState<Theirs>();
  const params = { province: directive.province, directive: directive.id };
  const sameGap = directive.assignments.filter((line) => !line.removed && line.id !== assignment?.id && line.verdicts.some((verdict) => verdict.clear === start && verdict.verdict === 'missing'));
  useEffect(() => form.current?.querySelector(`[data-clear="${start}"]`)?.querySelector<HTMLElement>('input, textarea, select')?.focus(), [start]);

  /** The same clear for every other line that lacks it; a line changed meanwhile keeps what its editor wrote. */
  const fillOthers = async (): Promise<void> => {
    let filled = 0;
    for (const line of sameGap) {
      const answer = await edit.run({ params: { ...params, assignment: line.id }, body: { version: line.version, clears: { ...inputOf(line.clears), [start]: draft.value[start] } } });
      if (answer.ok) filled += 1;
    }
    toast(filled === sameGap.length ? t('directives.filled-all', { count: filled }) : t('directives.filled-some', { count: filled, refused: sameGap.length - filled }));
  };
  const save = async (): Promise<void> => {
    if (edit.busy || add.busy) return;
    const answer = assignment === undefined
      ? await add.run({ params, body: { clears: draft.value } })
      : await edit.run({ params: { ...params, assignment: assignment.id }, body: { version: theirs?.version ?? assignment.version, clears: draft.value } });
    if (!answer.ok) {
      if (answer.problem.code === 'revision-stale' && isTheirs(answer.problem['theirs'])) setTheirs(answer.problem['theirs']);
      return;
    }
    if (all) await fillOthers();
    await draft.clear();
    onSaved();
    onClose();
  };
  const takeTheirs = async (): Promise<void> => {
    await draft.clear();
    onSaved();
    onClose();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  };
  const stale = theirs !== undefined && edit.problem?.code === 'revision-stale';

  return (
    <Drawer open title={assignment === undefined ? t('directives.add-line') : t('directives.edit-named', { line: assignment.ordinal })} onClose={onClose}
      footer={<><span className="grow"><SavedMark draft={draft} /></span><Button onClick={onClose}>{t('directives.cancel')}</Button><Button look="primary" busy={edit.busy || add.busy} onClick={() => void save()} title={t('directives.save-keys')}>{t(stale ? 'directives.keep-mine' : 'directives.save')}</Button></>}>
      <form className="stack-m" ref={form} onSubmit={(event) => { event.preventDefault(); void save(); }} onKeyDown={onKey}>
        <RestoredNotice draft={draft} />
        {stale && <TwoEditors mine={draft.value} theirs={theirs} onTake={() => void takeTheirs()} />}
        {!stale && <ProblemNotice problem={edit.problem ?? add.problem} />}
        {assignment !== undefined && <SourceQuote directive={directive} assignment={assignment} />}
        {assignment !== undefined && assignment.ambiguous.length > 0 && (
          <Notice tone="warn"><ul>{assignment.ambiguous.map((verb) => <li key={verb.start}>{t('directives.ambiguous-verb', { verb: verb.verb })} {sayKey(`verb.${verb.suggestion}`)}</li>)}</ul></Notice>)}
        <ClearFields value={draft.value} onChange={draft.set} verdicts={assignment?.verdicts ?? []} />
        {sameGap.length > 0 && start !== 'task' && <Checkbox label={t('directives.fill-all', { count: sameGap.length })} checked={all} onCheck={setAll} />}
      </form>
    </Drawer>
  );
}

/** Both values side by side where they differ; nothing is lost whichever is kept. */
function TwoEditors({ mine, theirs, onTake }: { readonly mine: SixClearsInput; readonly theirs: Theirs; readonly onTake: () => void }) {
  const other = inputOf(theirs.clears);
  const differing = clears.filter((clear) => JSON.stringify(other[clear]) !== JSON.stringify(mine[clear]));
  return (
    <Notice tone="warn" live>
      <p>{t('directives.two-editors')}</p>
      <ul>{differing.map((clear) => <li key={clear}>{t('directives.their-value', { clear: clearWord(clear), text: clearText(theirs.clears, clear) || '–' })}</li>)}</ul>
      <p><button type="button" className="linkish" onClick={onTake}>{t('directives.take-theirs')}</button></p>
    </Notice>
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
      <p className="doc">{text === undefined ? lineText(assignment.quote ?? '') : <>{start > 160 ? '…' : ''}{text.slice(Math.max(0, start - 160), start)}<mark>{text.slice(start, end)}</mark>{text.slice(end, end + 120)}{end + 120 < text.length ? '…' : ''}</>}</p>
    </section>
  );
}
