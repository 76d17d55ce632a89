import { useState } from 'react';
import { writeOutboxFile } from '#kernel/outbox-file.ts';
import { clock, moment } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { A } from '#web/kit/link.tsx';
import { ProblemNotice, sayProblem } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { type Entry, isOpen, shownState, takeBack } from '#web/offline/outbox.ts';
import { outboxChanged, sendNow } from '#web/offline/outbox-here.ts';
import { sha256Hex } from '#web/offline/sha256.ts';
import { hereStore } from '#web/offline/store.ts';
import { fieldsOfSubmission, keyOfSubject } from '../entry/answers.ts';
import { isSubmission } from './sender.ts';
import { pathOf } from './use-return.ts';
import { periodName } from './words.ts';

/** One of three states, with time and place; what went wrong and when it is tried again stand beside it. */
export function EntryState({ entry }: { readonly entry: Entry }) {
  const now = Date.now();
  const state = shownState(entry, now);
  if (entry.hold !== null) return <StatusBadge kind="bad">{t(entry.hold === 'conflict' ? 'returns.held-conflict' : 'returns.held-refused', { at: clock(entry.savedAt) })}</StatusBadge>;
  if (state === 'received') return <StatusBadge kind="ok">{t('returns.received', { at: clock(entry.receivedAt ?? now), code: entry.receipt })}</StatusBadge>;
  if (state === 'sending') return <StatusBadge kind="half">{t('returns.sending', { at: clock(entry.triedAt ?? now) })}</StatusBadge>;
  return <StatusBadge kind="idle">{t('returns.saved-here', { at: clock(entry.savedAt) })}</StatusBadge>;
}

const RetryLine = ({ entry, who }: { readonly entry: Entry; readonly who: string }) => (isOpen(entry) && entry.hold === null && entry.problem !== null && entry.state === 'saved' ? (
  <span className="small muted">{sayProblem(entry.problem)} {entry.nextTryAt !== null && t('returns.next-try', { at: clock(entry.nextTryAt) })} <button type="button" className="linkish" onClick={() => void sendNow(who, true)}>{t('returns.try-now')}</button></span>
) : null);

/** What waits on this device and what went out of it, newest first; the file is the way out when no line comes. */
export function OutboxCard({ entries, who }: { readonly entries: readonly Entry[]; readonly who: string }) {
  const [failed, setFailed] = useState(false);
  const open = entries.filter(isOpen);
  const listed = [...entries].filter((entry) => entry.settled === null).sort((a, b) => b.savedAt - a.savedAt).slice(0, 20);
  if (listed.length === 0) return null;
  const save = async (): Promise<void> => setFailed(!(await saveFile(open)));
  return (
    <Card title={t('returns.outbox')} say={t('returns.outbox-say')} tools={open.length > 0 && <Button size="small" icon="download" onClick={() => void save()}>{t('returns.save-file')}</Button>}>
      {failed && <ProblemNotice problem={{ code: 'file-not-saved' }} />}
      <ul className="outbox">{listed.map((entry) => <OutboxLine key={entry.id} entry={entry} who={who} />)}</ul>
    </Card>
  );
}

function OutboxLine({ entry, who }: { readonly entry: Entry; readonly who: string }) {
  const key = keyOfSubject(entry.subject);
  const back = async (): Promise<void> => {
    if (isSubmission(entry.body)) await takeBack(hereStore, who, entry, fieldsOfSubmission(entry.body), Date.now());
    outboxChanged();
  };
  return (
    <li>
      <span className="grow">{key ? <A to={pathOf(key)}>{periodName(key.period)} · {key.dataSet} · {key.unit}</A> : entry.subject}<br /><span className="xs muted">{t('returns.filled-at', { at: moment(entry.savedAt) })}</span></span>
      <EntryState entry={entry} /><RetryLine entry={entry} who={who} />
      {entry.hold === 'conflict' && key && <A to={pathOf(key, '/xem-lai')}>{t('returns.decide')}</A>}
      {entry.hold === 'refused' && <><span className="small c-bad"><Icon name="bad" size={14} /> {entry.problem && sayProblem(entry.problem)}</span><Button size="small" onClick={() => void back()}>{t('returns.take-back')}</Button></>}
    </li>
  );
}

/** The command ids go along, so the file and the line together apply each return once. */
async function saveFile(entries: readonly Entry[]): Promise<boolean> {
  try {
    const text = await writeOutboxFile(entries.map((entry) => ({ id: entry.id, kind: entry.kind, subject: entry.subject, savedAt: new Date(entry.savedAt).toISOString(), body: entry.body })), new Date().toISOString(), sha256Hex);
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.download = `bao-cao-cho-gui-${new Date().toISOString().slice(0, 10)}.sauro.json`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    return true;
  } catch {
    return false;
  }
}
