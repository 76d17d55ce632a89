import { useEffect, useState } from 'react';
import { writeOutboxFile } from '#kernel/outbox-file.ts';
import { clock, moment } from '../i18n/format.ts';
import { sayKey, t } from '../i18n/words.ts';
import { type Entry, isOpen, shownState, takeBack } from '../offline/outbox.ts';
import { outboxChanged, sendNow } from '../offline/outbox-here.ts';
import { type Sender, senderHere, senderOf } from '../offline/senders.ts';
import { sha256Hex } from '../offline/sha256.ts';
import { hereStore } from '../offline/store.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { Icon } from './icon.tsx';
import { A } from './link.tsx';
import { ProblemNotice, sayProblem } from './notice.tsx';
import { StatusBadge } from './status.tsx';

/** One of three states, with time and place; what waits for the person says so. */
export function EntryState({ entry, receivedKey = 'outbox.received' }: { readonly entry: Entry; readonly receivedKey?: string }) {
  const now = Date.now();
  const state = shownState(entry, now);
  if (entry.hold !== null) return <StatusBadge kind="bad">{t(entry.hold === 'conflict' ? 'outbox.held-conflict' : 'outbox.held-refused', { at: clock(entry.savedAt) })}</StatusBadge>;
  if (state === 'received') return <StatusBadge kind="ok">{sayKey(receivedKey, { at: clock(entry.receivedAt ?? now), code: entry.receipt })}</StatusBadge>;
  if (state === 'sending') return <StatusBadge kind="half">{t('outbox.sending', { at: clock(entry.triedAt ?? now) })}</StatusBadge>;
  return <StatusBadge kind="idle">{t('outbox.saved-here', { at: clock(entry.savedAt) })}</StatusBadge>;
}

/** What went wrong the last time and when it is tried again. */
const RetryLine = ({ entry, who }: { readonly entry: Entry; readonly who: string }) => (isOpen(entry) && entry.hold === null && entry.problem !== null && entry.state === 'saved' ? (
  <span className="small muted">{sayProblem(entry.problem)} {entry.nextTryAt !== null && t('outbox.next-try', { at: clock(entry.nextTryAt) })} <button type="button" className="linkish" onClick={() => void sendNow(who, true)}>{t('outbox.try-now')}</button></span>
) : null);

type OutboxCardProps = { readonly entries: readonly Entry[]; readonly who: string };

/** What waits on this device and what went out of it, newest first; the file is the way out when no line comes. */
export function OutboxCard({ entries, who }: OutboxCardProps) {
  const [failed, setFailed] = useState(false);
  const senders = useSenders(entries);
  const inFile = entries.filter((entry) => isOpen(entry) && senders.get(entry.kind)?.inFile === true);
  const listed = [...entries].filter((entry) => entry.settled === null).sort((a, b) => b.savedAt - a.savedAt).slice(0, 20);
  if (listed.length === 0) return null;
  const save = async (): Promise<void> => setFailed(!(await saveFile(inFile)));
  return (
    <Card title={t('outbox.title')} say={t('outbox.say')} tools={inFile.length > 0 && <Button size="small" icon="download" onClick={() => void save()}>{t('outbox.save-file')}</Button>}>
      {failed && <ProblemNotice problem={{ code: 'file-not-saved' }} />}
      <ul className="outbox">{listed.map((entry) => <OutboxLine key={entry.id} entry={entry} who={who} sender={senders.get(entry.kind)} />)}</ul>
    </Card>
  );
}

/** The senders of what is listed, as far as they are here; the others are fetched. */
function useSenders(entries: readonly Entry[]): ReadonlyMap<string, Sender> {
  const kinds = [...new Set(entries.map((entry) => entry.kind))].sort();
  const missing = kinds.filter((kind) => senderHere(kind) === undefined).join();
  const [, again] = useState(0);
  useEffect(() => {
    let gone = false;
    if (missing !== '') void Promise.all(missing.split(',').map(senderOf)).then(() => { if (!gone) again((n) => n + 1); });
    return () => { gone = true; };
  }, [missing]);
  return new Map(kinds.flatMap((kind) => { const sender = senderHere(kind); return sender === undefined ? [] : [[kind, sender] as const]; }));
}

function OutboxLine({ entry, who, sender }: { readonly entry: Entry; readonly who: string; readonly sender: Sender | undefined }) {
  const said = sender?.say(entry) ?? { title: entry.subject };
  const fields = entry.hold === 'refused' ? sender?.fieldsOf?.(entry) : undefined;
  const decideAt = entry.hold === 'conflict' ? sender?.decideAt?.(entry) : undefined;
  const back = async (): Promise<void> => {
    if (fields !== undefined) await takeBack(hereStore, who, entry, fields, Date.now());
    outboxChanged();
  };
  return (
    <li>
      <span className="grow">{said.to === undefined ? said.title : <A to={said.to}>{said.title}</A>}<br /><span className="xs muted">{t('outbox.filled-at', { at: moment(entry.savedAt) })}</span></span>
      <EntryState entry={entry} {...(sender?.receivedKey === undefined ? {} : { receivedKey: sender.receivedKey })} /><RetryLine entry={entry} who={who} />
      {decideAt !== undefined && <A to={decideAt}>{t('outbox.decide')}</A>}
      {entry.hold === 'refused' && <><span className="small c-bad"><Icon name="bad" size={14} /> {entry.problem && sayProblem(entry.problem)}</span>{fields && <Button size="small" onClick={() => void back()}>{t('outbox.take-back')}</Button>}</>}
    </li>
  );
}

/** The command ids go along, so the file and the line together apply each entry once. */
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
