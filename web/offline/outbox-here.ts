/** The outbox of this browser: who sends, when, and how every open page of it hears. */
import { useEffect, useState } from 'react';
import { lastContact, watchContact } from '../api.ts';
import type { KeptForm } from './kept-form.ts';
import type { Entry, NewEntry, OneAtATime, Taken } from './outbox.ts';
import { isOpen, listEntries, nextTryOf, queueForm, sendDue, tidyOutbox } from './outbox.ts';
import { sendByKind } from './senders.ts';
import { hereStore } from './store.ts';

const watchers = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('sauro-outbox');
if (channel) channel.onmessage = () => watchers.forEach((watcher) => watcher());

/** Called whenever the outbox is not what it was, here or in another tab. @returns how to stop */
export function watchOutbox(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** Tells this page and the others that the outbox is not what it was. */
export function outboxChanged(): void {
  watchers.forEach((watcher) => watcher());
  channel?.postMessage('changed');
}

const me = Math.random().toString(36).slice(2);
const leaseMs = 90_000;

const leaseOf = (found: unknown): { readonly by: unknown; readonly until: number } | undefined =>
  typeof found === 'object' && found !== null && 'by' in found && 'until' in found && typeof found.until === 'number' ? { by: found.by, until: found.until } : undefined;

/** Without Web Locks (plain http, old WebView): a lease in the store. Two senders at once would still apply each command once. */
async function withLease(who: string, work: () => Promise<void>): Promise<void> {
  const key = `${who}/lease`;
  const now = Date.now();
  const mine = await hereStore.change([key], ([found]) => {
    const held = leaseOf(found);
    const taken = held !== undefined && held.by !== me && held.until > now && held.until - now <= leaseMs;
    return taken ? undefined : new Map([[key, { by: me, until: now + leaseMs }]]);
  });
  if (!mine) return;
  try {
    await work();
  } finally {
    await hereStore.change([key], () => new Map([[key, undefined]]));
  }
}

const alone = (who: string): OneAtATime => async (work) => {
  if (typeof navigator.locks === 'undefined') return withLease(who, work);
  await navigator.locks.request(`sauro-outbox-${who}`, { ifAvailable: true }, async (lock) => { if (lock !== null) await work(); });
};

/** Sends what is due now. `force`: also what would wait longer. */
export const sendNow = (who: string, force = false): Promise<void> =>
  sendDue({ store: hereStore, who, transport: sendByKind, alone: alone(who), now: Date.now, changed: outboxChanged }, force);

/**
 * Queues what the form holds and begins to send it. What was queued is sent from whatever screen the person goes to.
 * @param take what of the form goes along; undefined: nothing to send
 * @returns false when this device did not keep it: the form still holds everything, and the screen must say so
 */
export async function queueHere(who: string, made: NewEntry, take: (form: KeptForm) => Taken | undefined): Promise<boolean> {
  const kept = await queueForm(hereStore, who, made, take);
  outboxChanged();
  keepSending(who);
  await sendNow(who, true);
  return kept;
}

const shortestMs = 1000;
const shortestAgainMs = 5000;
const longestMs = 5 * 60_000;
let keeping: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

async function arrange(atLeastMs: number): Promise<void> {
  const who = keeping;
  if (who === undefined) return;
  const due = nextTryOf(await listEntries(hereStore, who), Date.now());
  clearTimeout(timer);
  if (due !== undefined) timer = setTimeout(() => void sendNow(who).then(() => arrange(shortestAgainMs)), Math.max(atLeastMs, Math.min(longestMs, due - Date.now())));
}

/** While this page lives: at the time told, when the line comes back, when the page is looked at again, wherever the person is in the product. */
function watchOver(): void {
  let { online } = lastContact();
  const now = (force: boolean): void => { if (keeping !== undefined) void sendNow(keeping, force); };
  watchContact(() => {
    const back = lastContact().online && !online;
    ({ online } = lastContact());
    if (back) now(true);
  });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') now(false); });
  watchers.add(() => void arrange(shortestMs));
}

/** Keeps sending what waits for this account. A second call for the same account changes nothing. */
export function keepSending(who: string): void {
  if (keeping === who) return;
  const first = keeping === undefined;
  keeping = who;
  if (first) watchOver();
  void sendNow(who).then(() => arrange(shortestAgainMs));
}

/** The outbox of an account on this device, oldest first; undefined while it is read. Sends while it is shown, and after. */
export function useOutbox(who: string): readonly Entry[] | undefined {
  const [entries, setEntries] = useState<readonly Entry[]>();
  useEffect(() => {
    let gone = false;
    const read = (): void => void listEntries(hereStore, who).then((found) => { if (!gone) setEntries(found); });
    watchers.add(read);
    void tidyOutbox(hereStore, who, Date.now()).then(() => { read(); keepSending(who); void sendNow(who); });
    return () => { gone = true; watchers.delete(read); };
  }, [who]);
  return entries;
}

/** Entries of other accounts that still wait on this device: how many, nothing else of them. */
export async function waitingOfOthers(who: string): Promise<number> {
  const rows = await hereStore.list('');
  return rows.filter(([key, value]) => key.includes('/entry/') && !key.startsWith(`${who}/`) && isOpen(value as Entry)).length; // rows under /entry/ are entries
}
