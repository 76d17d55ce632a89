import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { number, today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card, PageHead } from '#web/kit/card.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { RestoredNotice, SavedMark } from '#web/kit/draft-mark.tsx';
import { RadioGroup, TextArea, TextInput } from '#web/kit/field.tsx';
import { ErrorSummary, ProblemNotice, RemoteView } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useDraft } from '#web/offline/draft.ts';
import { useCommand, useQuery } from '#web/query.ts';
import { type AnswerInput, type Checklist, type FacilityView, type Finding, findings, getChecklist, getFacility, recordInspection } from '../schema.ts';
import './facilities.css';
import { crumbs, facilityPath, keyOf } from './words.ts';

/** A new inspection: every line of the checklist answered; what falls short gets a day by which it is put right. */
export default function InspectionScreen() {
  const { province = '', facility = '' } = useParams<{ province: string; facility: string }>();
  const found = useQuery(getFacility, { params: { province, facility } });
  const checklist = useQuery(getChecklist, {});
  if (found.value === undefined || checklist.value === undefined) {
    const head = <PageHead title={t('facilities.inspect')} crumbs={[{ label: t('facilities.title'), to: '/co-so' }]} />;
    return found.value === undefined ? <>{head}<RemoteView of={found}>{() => null}</RemoteView></> : <>{head}<RemoteView of={checklist}>{() => null}</RemoteView></>;
  }
  return <Form view={found.value} checklist={checklist.value} />;
}

type Line = { readonly finding: Finding | ''; readonly note: string; readonly dueOn: string };
type Draft = { readonly onDay: string; readonly summary: string; readonly lines: Readonly<Record<string, Line>> };
const blank: Line = { finding: '', note: '', dueOn: '' };
const isShort = (finding: Line['finding']): boolean => finding === 'partly' || finding === 'fails';

function Form({ view, checklist }: { readonly view: FacilityView; readonly checklist: Checklist }) {
  const [, navigate] = useLocation();
  const key = keyOf(view.facility);
  const draft = useDraft<Draft>(`facility-inspection-${key.province}-${key.facility}`, { onDay: today(), summary: '', lines: {} });
  const [attempt, setAttempt] = useState(0);
  const record = useCommand(recordInspection);
  const { onDay, summary, lines } = draft.value;
  const lineOf = (id: string): Line => lines[id] ?? blank;
  const set = (id: string, part: Partial<Line>): void => draft.set({ ...draft.value, lines: { ...lines, [id]: { ...lineOf(id), ...part } } });
  const faults = checklist.items.flatMap((item) => { const line = lineOf(item.id); return line.finding === '' ? [{ item, text: t('facilities.line-open', { item: item[language()] }) }] : isShort(line.finding) && line.dueOn === '' ? [{ item, text: t('facilities.line-needs-day', { item: item[language()] }) }] : []; });
  const send = async (): Promise<void> => {
    setAttempt(attempt + 1);
    if (faults.length > 0) return;
    const answers = checklist.items.flatMap((item): AnswerInput[] => { const { finding, note, dueOn } = lineOf(item.id); return finding === '' ? [] : [{ item: item.id, finding, note: note.trim(), dueOn: isShort(finding) ? dueOn : null }]; });
    if (!(await record.run({ params: key, body: { onDay, checklist: checklist.version, summary: summary.trim(), answers } })).ok) return;
    draft.clear();
    toast(t('facilities.inspection-saved'));
    navigate(facilityPath(key, '?xem=kiem-tra'));
  };
  const answered = checklist.items.length - checklist.items.filter((item) => lineOf(item.id).finding === '').length;
  return (
    <>
      <PageHead title={t('facilities.inspect')} crumbs={crumbs(view.facility, t('facilities.inspect'))} say={t('facilities.checklist-is', { version: checklist.version, count: checklist.items.length })} />
      <form className="stack narrow" onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <RestoredNotice draft={draft} />
        {attempt > 0 && faults.length > 0 && <ErrorSummary attempt={attempt} errors={faults.map(({ item, text }) => ({ field: `muc-${item.id}`, text }))} />}
        <ProblemNotice problem={record.problem} />
        <Card><DateInput label={t('facilities.inspected-on')} value={onDay} onDay={(next) => draft.set({ ...draft.value, onDay: next ?? today() })} /></Card>
        {[...new Set(checklist.items.map((item) => item.part))].map((part) => (
          <Card key={part} title={sayKey(`facilities.part-${part}`)}>
            {checklist.items.filter((item) => item.part === part).map((item) => {
              const line = lineOf(item.id);
              return (
                <div className="check-line" id={`muc-${item.id}`} key={item.id} tabIndex={-1}>
                  <RadioGroup<Finding | ''> label={item[language()]} value={line.finding} onChoose={(finding) => set(item.id, { finding })} choices={findings.map((one) => ({ value: one, label: t(`facilities.finding-${one}`) }))} />
                  {isShort(line.finding) && <div className="grid2"><DateInput label={t('facilities.put-right-by-label')} value={line.dueOn === '' ? undefined : line.dueOn} onDay={(next) => set(item.id, { dueOn: next ?? '' })} min={onDay} /><TextInput label={t('facilities.note')} optional value={line.note} onText={(note) => set(item.id, { note })} maxLength={500} /></div>}
                </div>
              );
            })}
          </Card>
        ))}
        <Card><TextArea label={t('facilities.summary')} optional hint={t('facilities.counts-only')} value={summary} onText={(next) => draft.set({ ...draft.value, summary: next })} maxLength={1000} /></Card>
        <div className="sendbar"><p className="day-sum">{t('facilities.answered', { done: number(answered), of: number(checklist.items.length) })}</p><SavedMark draft={draft} /><Button type="submit" look="primary" busy={record.busy}>{t('facilities.record-inspection')}</Button></div>
      </form>
    </>
  );
}
