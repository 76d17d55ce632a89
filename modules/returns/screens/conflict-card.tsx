import { useState } from 'react';
import { newId } from '#kernel/id.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { RadioGroup } from '#web/kit/field.tsx';
import { type Entry, replaceEntry } from '#web/offline/outbox.ts';
import { outboxChanged, sendNow } from '#web/offline/outbox-here.ts';
import { hereStore } from '#web/offline/store.ts';
import { conflictsIn, resolved } from '../entry/answers.ts';
import type { GridStore } from './grid-store.ts';
import { isSubmission } from './sender.ts';
import type { ReturnHere } from './use-return.ts';
import { say, shown } from './words.ts';

/** Both sides changed the same boxes: both values stand here until a person chose, box by box. Nothing is overwritten meanwhile. */
export function ConflictCard({ here, entry, store }: { readonly here: ReturnHere; readonly entry: Entry; readonly store: GridStore }) {
  const conflicts = conflictsIn(entry.problem);
  const [theirs, setTheirs] = useState<ReadonlySet<number>>(new Set());
  const rev = entry.problem?.['rev'];
  const choose = (slot: number, whose: 'mine' | 'theirs'): void => setTheirs((before) => {
    const next = new Set(before);
    if (whose === 'theirs') next.add(slot);
    else next.delete(slot);
    return next;
  });
  const send = async (): Promise<void> => {
    if (!isSubmission(entry.body) || typeof rev !== 'number') return;
    await replaceEntry(hereStore, here.who, entry, { id: newId<'Command'>(), kind: entry.kind, subject: entry.subject, at: Date.now(), body: resolved(entry.body, rev, theirs) });
    outboxChanged();
    await sendNow(here.who, true);
  };
  return (
    <Card title={t('returns.conflict-title', { count: conflicts.length })} say={t('returns.conflict-say')} footer={<Button look="primary" onClick={() => void send()}>{t('returns.conflict-send')}</Button>}>
      {conflicts.map(({ slot, theirs: other, yours }) => (
        <RadioGroup key={slot} label={`${store.boxOf(slot)?.number ?? ''} ${say(store.boxOf(slot)?.name ?? { vi: String(slot), en: '' })}`} value={theirs.has(slot) ? 'theirs' : 'mine'} onChoose={(whose) => choose(slot, whose)}
          choices={[{ value: 'mine', label: t('returns.conflict-mine', { value: shown(yours) }) }, { value: 'theirs', label: t('returns.conflict-theirs', { value: shown(other) }) }]} />
      ))}
    </Card>
  );
}
