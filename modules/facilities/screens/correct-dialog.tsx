import { useState } from 'react';
import { addDays } from '#kernel/day.ts';
import type { Problem } from '#web/api.ts';
import { day } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Checkbox, TextInput } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/notice.tsx';
import { toast } from '#web/kit/toast.tsx';
import { useCommand } from '#web/query.ts';
import { closingOf } from '../rules/balance.ts';
import { readDay, soFar, typedOf, type Typed } from '../rules/day-form.ts';
import { type Balance, type Book, type BookDay, correctDays, type Correction, type FacilityView } from '../schema.ts';
import { BalanceLine, DayFields } from './day-fields.tsx';
import { keyOf } from './words.ts';

type Props = { readonly view: FacilityView; readonly book: Book; readonly first: BookDay; readonly onClose: () => void; readonly onDone: () => void };
type Editing = { readonly row: BookDay; readonly typed: Typed };

/**
 * Putting a day right. When the next day would open with somebody else, the person either corrects it too, in the same command, or says
 * that every later count was wrong by the same people.
 */
export function CorrectDialog({ view, book, first, onClose, onDone }: Props) {
  const [days, setDays] = useState<readonly Editing[]>([{ row: first, typed: typedOf(first.figures) }]);
  const [reason, setReason] = useState('');
  const [shiftLater, setShiftLater] = useState(false);
  const [slip, setSlip] = useState<Problem & { readonly box?: string }>();
  const correct = useCommand(correctDays);
  const last = days.at(-1);
  const after = book.days.find((row) => last !== undefined && row.day === addDays(last.row.day, 1));
  const openingOf = (at: number): Balance => { const before = days[at - 1]; return before === undefined ? first.opening : closingOf(openingOf(at - 1), soFar(before.typed)); };
  const set = (at: number, box: string, value: string): void => setDays(days.map((one, i) => (i === at ? { ...one, typed: { ...one.typed, [box]: value } } : one)));
  const send = async (): Promise<void> => {
    const read: Correction['days'][number][] = [];
    for (const { row, typed } of days) {
      const figures = readDay(typed);
      if (!figures.ok) { setSlip(figures.problem); return; }
      read.push({ day: row.day, rev: row.rev, figures: figures.value });
    }
    if (reason.trim() === '') { setSlip({ code: 'correction-needs-reason' }); return; }
    setSlip(undefined);
    const done = await correct.run({ params: keyOf(view.facility), body: { reason: reason.trim(), shiftLater, days: read } });
    if (!done.ok) return;
    toast(t('facilities.days-corrected', { count: done.value.corrected + done.value.shifted }));
    onDone();
  };
  return (
    <Dialog open kind="wide" title={t('facilities.correct-day', { day: day(first.day) })} onClose={onClose} footer={<><Button onClick={onClose}>{t('facilities.cancel')}</Button><Button look="primary" busy={correct.busy} onClick={() => void send()}>{t('facilities.save-correction')}</Button></>}>
      <p className="small muted">{t('facilities.correct-say')}</p>
      <ProblemNotice problem={slip ?? correct.problem} />
      {days.map(({ row, typed }, at) => (
        <section key={row.day}>
          {days.length > 1 && <h3>{day(row.day)}</h3>}
          <DayFields typed={typed} set={(box, value) => set(at, box, value)} opening={openingOf(at)} wrong={at === 0 ? slip?.box : undefined} place={`sua-${at}`} />
          <BalanceLine typed={typed} opening={openingOf(at)} />
        </section>
      ))}
      {after !== undefined && <p><Button size="small" icon="plus" onClick={() => setDays([...days, { row: after, typed: typedOf(after.figures) }])}>{t('facilities.correct-next-too', { day: day(after.day) })}</Button></p>}
      <Checkbox label={t('facilities.shift-later')} hint={t('facilities.shift-later-say')} checked={shiftLater} onCheck={setShiftLater} />
      <TextInput label={t('facilities.reason')} value={reason} onText={setReason} maxLength={300} hint={t('facilities.reason-hint')} />
    </Dialog>
  );
}
