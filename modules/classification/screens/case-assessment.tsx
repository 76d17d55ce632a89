import { useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand } from '#web/query.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { Checkbox, RadioGroup, TextArea } from '#web/kit/field.tsx';
import { EmptyState, ErrorSummary, type FormError, Notice, ProblemNotice } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { toast } from '#web/kit/toast.tsx';
import type { AreaStatus } from '../schema/procedure-words.ts';
import { type Assessment, type CaseView, saveAssessment } from '../schema/procedure.ts';
import { FigureText } from './figures.tsx';
import { articleWord, asStatus, criterionVerdict, criterionWord, isTest, levelStatuses, statusKind, statusWord, thresholdText } from './words.ts';

/** The unit's own assessment: read, or written while the case is still with the unit. */
export function AssessmentCard({ view, onChange, onStale }: { readonly view: CaseView; readonly onChange: (view: CaseView) => void; readonly onStale: () => void }) {
  if (view.editable) return <AssessmentForm key={view.row.id} view={view} onChange={onChange} onStale={onStale} />;
  const written = view.assessment;
  return (
    <Card title={t('classification.self-assessment')} say={t('classification.self-assessment-by', { unit: view.row.unit.nameVi })}>
      {written === null ? <EmptyState icon="edit" title={t('classification.not-assessed')}>{t('classification.not-assessed-say')}</EmptyState> : (
        <div className="stack-m">
          <p><StatusBadge kind={statusKind(written.status)}>{statusWord(written.status)}</StatusBadge></p>
          {written.statement !== '' && <p className="letter">{written.statement}</p>}
          {written.answers.filter((one) => !one.agrees || one.note !== '').map((one) => <Notice key={one.criterion} tone={one.agrees ? 'info' : 'warn'}><p><b>{criterionWord(one.criterion)}</b>: {one.agrees ? '' : `${t('classification.disagrees')}. `}{one.note}</p></Notice>)}
        </div>
      )}
    </Card>
  );
}

type Typed = { readonly status: AreaStatus | ''; readonly statement: string; readonly notes: Readonly<Record<string, string>>; readonly against: readonly string[] };
const begun = (view: CaseView): Typed => ({
  status: view.assessment?.status ?? asStatus(view.proposalReported.status) ?? '', statement: view.assessment?.statement ?? '',
  notes: Object.fromEntries(view.assessment?.answers.map((one) => [one.criterion, one.note] as const) ?? []), against: view.assessment?.answers.filter((one) => !one.agrees).map((one) => one.criterion) ?? [],
});

function AssessmentForm({ view, onChange, onStale }: { readonly view: CaseView; readonly onChange: (view: CaseView) => void; readonly onStale: () => void }) {
  const draft = useDraft<Typed>(`assessment-${view.row.id}`, begun(view));
  const save = useCommand(saveAssessment);
  const [tried, setTried] = useState(0);
  const { value } = draft;
  const set = (patch: Partial<Typed>): void => draft.set({ ...value, ...patch });
  const criteria = view.proposalReported.criteria;
  const status = value.status;
  const errors: FormError[] = [
    ...(status === '' ? [{ field: 'status', text: t('classification.choose-status') }] : []),
    ...value.against.filter((id) => (value.notes[id] ?? '').trim() === '').map((id) => ({ field: `note-${id}`, text: t('classification.note-needed', { criterion: criterionWord(id) }) })),
  ];
  const send = async (): Promise<void> => {
    setTried((n) => n + 1);
    if (errors.length > 0 || status === '') return;
    const assessment: Assessment = { status, statement: value.statement.trim(), answers: criteria.map((one) => ({ criterion: one.id, agrees: !value.against.includes(one.id), note: (value.notes[one.id] ?? '').trim() })) };
    const answer = await save.run({ params: { province: view.row.province, case: view.row.id }, body: { version: view.row.version, assessment } });
    if (!answer.ok) {
      if (answer.problem.code === 'case-changed') onStale();
      return;
    }
    draft.clear();
    onChange(answer.value);
    toast(t('classification.assessment-kept'));
  };
  return (
    <Card title={t('classification.self-assessment')} say={t('classification.assess-say')} footer={<div className="row between"><SavedMark draft={draft} /><Button look="primary" busy={save.busy} onClick={() => void send()}>{t('classification.keep-assessment')}</Button></div>}>
      <form className="stack-m" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <RestoredNotice draft={draft} />
        <ProblemNotice problem={save.problem} />
        <ErrorSummary errors={tried > 0 ? errors : []} attempt={tried} />
        <RadioGroup id="status" label={t('classification.we-assess')} hint={t('classification.proposed-is', { status: statusWord(view.proposalReported.status) })} value={status === '' ? undefined : status} onChoose={(next) => set({ status: next })}
          choices={levelStatuses(view.row.unit.level).map((one) => ({ value: one, label: statusWord(one) }))} error={tried > 0 && status === '' ? t('classification.choose-status') : undefined} />
        <fieldset className="field"><legend>{t('classification.criterion-by-criterion')}</legend>
          {criteria.filter((one) => isTest(one.id)).map((one) => <Answer key={one.id} criterion={one} value={value} set={set} tried={tried > 0} />)}
          <details className="source-rows" open={value.against.some((id) => !isTest(id))}><summary>{t('classification.class-criteria', { count: criteria.filter((one) => !isTest(one.id)).length })}</summary>
            {criteria.filter((one) => !isTest(one.id)).map((one) => <Answer key={one.id} criterion={one} value={value} set={set} tried={tried > 0} />)}
          </details>
        </fieldset>
        <TextArea label={t('classification.statement')} hint={t('classification.statement-hint')} optional rows={4} maxLength={5000} value={value.statement} onText={(statement) => set({ statement })} />
      </form>
    </Card>
  );
}

type AnswerProps = { readonly criterion: CaseView['proposalNow']['criteria'][number]; readonly value: Typed; readonly set: (patch: Partial<Typed>) => void; readonly tried: boolean };
function Answer({ criterion, value, set, tried }: AnswerProps) {
  const { id } = criterion;
  const against = value.against.includes(id);
  const note = value.notes[id] ?? '';
  return (
    <div className="answer">
      <p className="small"><b>{criterionWord(id)}</b> <span className="muted">{articleWord(criterion.article)} · {t('classification.value')} <FigureText figure={criterion.value} decimals={4} />{criterion.threshold === '' ? '' : ` · ${t('classification.threshold')} ${thresholdText(criterion.threshold)}`} · {criterionVerdict(id, criterion.verdict)}</span></p>
      <Checkbox label={<>{t('classification.we-see-otherwise')}<span className="vh">: {criterionWord(id)}</span></>} checked={against} onCheck={(on) => set({ against: on ? [...value.against, id] : value.against.filter((one) => one !== id) })} />
      {against && <TextArea id={`note-${id}`} label={t('classification.why-otherwise')} hint={t('classification.no-person')} rows={2} maxLength={1000} value={note} onText={(text) => set({ notes: { ...value.notes, [id]: text } })} error={tried && note.trim() === '' ? t('classification.note-needed', { criterion: criterionWord(id) }) : undefined} />}
    </div>
  );
}
