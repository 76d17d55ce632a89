import { useState } from 'react';
import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Notice } from '#web/kit/notice.tsx';
import type { CheckSlot, PlaceView } from '../schema.ts';
import { CheckForm } from './check-form.tsx';
import { capital, sayCheckDay, sayResult } from './words.ts';

const lookOf = (slot: CheckSlot): string | undefined => (slot.state === 'late' || (slot.state === 'done' && slot.result !== 'clean') ? 'x' : slot.state === 'done' ? 'v' : undefined);
function sayOf(slot: CheckSlot): string {
  if (slot.state === 'done') return `${capital(slot.result === null ? '' : sayResult(slot.result))}${slot.checkedOn === null ? '' : `, ${day(slot.checkedOn)}`}`;
  return t(slot.state === 'late' ? 'hotspots.slot-late' : slot.state === 'open' ? 'hotspots.slot-open' : 'hotspots.slot-coming');
}

/** The four checks of the present watch, and the form of the next one; by another person than who resolved it. */
export function ChecksCard({ view }: { readonly view: PlaceView }) {
  const { place, checkRefusal } = view;
  const [open, setOpen] = useState(false);
  return (
    <Card title={t('hotspots.checks')} say={t('hotspots.checks-say')} tools={checkRefusal === '' && !open && <Button size="small" look="primary" onClick={() => setOpen(true)}>{t('hotspots.record-check')}</Button>}>
      <ol className="slots">{place.checks.map((slot) => (
        <li key={slot.day} className={lookOf(slot)}><b>{sayCheckDay(slot.day)}</b>{sayOf(slot)}<br /><span className="xs muted">{t('hotspots.check-due', { day: day(slot.dueOn) })}</span></li>
      ))}</ol>
      {checkRefusal !== null && checkRefusal !== '' && <div style={{ marginTop: 16 }}><Notice><p>{sayKey(`problem.${checkRefusal}`, {}, checkRefusal)}</p></Notice></div>}
      {open && <div style={{ marginTop: 16 }}><CheckForm row={place} onQueued={() => setOpen(false)} /></div>}
    </Card>
  );
}
