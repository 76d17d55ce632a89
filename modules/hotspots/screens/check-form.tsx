import { useState } from 'react';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { clock, day, today } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { DateInput } from '#web/kit/date-input.tsx';
import { RadioGroup, Select } from '#web/kit/field.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { queueHere } from '#web/offline/outbox-here.ts';
import { useKeptForm } from '#web/offline/use-kept-form.ts';
import { useSession } from '#web/session.tsx';
import { type CheckDay, checkDays, type CheckResult, checkResults, type PlaceRow } from '../schema.ts';
import { checkWindowDays } from '../rules/life.ts';
import { checkForm, checkKind, subjectOf } from './outbox.ts';
import { capital, sayCheckDay, sayResult } from './words.ts';

const allDays = [...checkDays, 0] as const;

/** A check of a removed place. It needs no line: kept on the device as it is filled in, sent when it can be. */
export function CheckForm({ row, onQueued }: { readonly row: PlaceRow; readonly onQueued?: () => void }) {
  const who = useSession().account;
  const form = useKeptForm(who, checkForm(row.province, row.id));
  const [lost, setLost] = useState(false);
  const done = row.checks.filter((check) => check.state === 'done').map((check) => check.day);
  const open = row.checks.filter((check) => check.state === 'late' || check.state === 'open');
  const checkDay = allDays.find((one) => one === form.values['day']) ?? open[0]?.day ?? 0;
  const typedDay = form.values['checkedOn'];
  const checkedOn = typeof typedDay === 'string' ? typedDay : today();
  const result = checkResults.find((one) => one === form.values['result']);
  if (!form.ready) return null;
  const send = async (): Promise<void> => {
    if (result === undefined) return;
    await form.done();
    const id = newId<'Command'>();
    const kept = await queueHere(who, { id, kind: checkKind, subject: subjectOf(row.province, row.id), form: checkForm(row.province, row.id), at: Date.now() },
      (stored) => ({ body: { id, day: checkDay, checkedOn, result }, fields: Object.keys(stored.fields) }));
    setLost(!kept);
    if (kept) onQueued?.();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {(lost || form.failed) && <Notice tone="bad" live><p>{t('outbox.not-kept')}</p></Notice>}
      <Select label={t('hotspots.which-check')} value={`${checkDay}`} onChoose={(next) => form.set('day', Number(next))}
        choices={allDays.map((value: CheckDay) => ({ value: `${value}`, label: choiceOf(row, value), disabled: done.includes(value) || tooEarly(row, value) }))} />
      <DateInput label={t('hotspots.checked-on')} value={checkedOn} onDay={(next) => form.set('checkedOn', next)} max={today()} />
      <RadioGroup label={t('hotspots.check-found')} value={result} onChoose={(next: CheckResult) => form.set('result', next)} choices={checkResults.map((value) => ({ value, label: capital(sayResult(value)), hint: t(`hotspots.result-${value}-say`) }))} />
      <div className="actions"><Button type="submit" look="primary" disabled={result === undefined}>{t('hotspots.record-check')}</Button>
        {form.savedAt !== undefined && <span className="small muted" role="status">{t('outbox.saved-here', { at: clock(form.savedAt) })}</span>}</div>
    </form>
  );
}

const dueOf = (row: PlaceRow, value: CheckDay): string | undefined => row.checks.find((check) => check.day === value)?.dueOn;
const tooEarly = (row: PlaceRow, value: CheckDay): boolean => { const due = dueOf(row, value); return due !== undefined && today() < addDays(due, -checkWindowDays); };
function choiceOf(row: PlaceRow, value: CheckDay): string {
  const due = dueOf(row, value);
  return due === undefined ? sayCheckDay(value) : t('hotspots.check-choice', { check: sayCheckDay(value), day: day(due) });
}
