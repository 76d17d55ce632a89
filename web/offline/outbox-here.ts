/** The outbox of this browser: who sends, when, and how every open page of it hears. */
import { useEffect, useRef, useState } from 'react';
import { lastContact, watchContact } from '../api.ts';
import type { Entry, OneAtATime, Transport } from './outbox.ts';
import { isOpen, listEntries, nextTryOf, sendDue, tidyOutbox } from './outbox.ts';
import { hereStore } from './store.ts';

const transports = new Map<string, Transport>();
/** A module says how its kind of entry is sent. */
export const sendsKind = (kind: string, transport: Transport): void => void transports.set(kind, transport);

/** A kind whose code is not loaded here waits; it is not an error of the entry. */
const sendByKind: Transport = (entry, before) => transports.get(entry.kind)?.(entry, before) ?? Promise.resolve({ kind: 'unknown', problem: { code: 'sender-not-loaded' } });

const watchers = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('sauro-outbox');
if (channel) channel.onmessage = () => watchers.forEach((watcher) => watcher());

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

const shortestMs = 1000;
const longestMs = 5 * 60_000;

/** Keeps sending while a screen that shows the outbox is open: at the time told, when the line comes back, when the page is looked at again. */
function useSender(who: string, entries: readonly Entry[] | undefined): void {
  const online = useRef(lastContact().online);
  useEffect(() => watchContact(() => {
    const now = lastContact().online;
    if (now && !online.current) void sendNow(who, true);
    online.current = now;
  }), [who]);
  useEffect(() => {
    const looked = (): void => { if (document.visibilityState === 'visible') void sendNow(who); };
    document.addEventListener('visibilitychange', looked);
    return () => document.removeEventListener('visibilitychange', looked);
  }, [who]);
  useEffect(() => {
    const due = entries === undefined ? undefined : nextTryOf(entries, Date.now());
    if (due === undefined) return undefined;
    const timer = setTimeout(() => void sendNow(who), Math.max(shortestMs, Math.min(longestMs, due - Date.now())));
    return () => clearTimeout(timer);
  }, [who, entries]);
}

/** The outbox of an account on this device, oldest first; undefined while it is read. Sends while it is shown. */
export function useOutbox(who: string): readonly Entry[] | undefined {
  const [entries, setEntries] = useState<readonly Entry[]>();
  useEffect(() => {
    let gone = false;
    const read = (): void => void listEntries(hereStore, who).then((found) => { if (!gone) setEntries(found); });
    watchers.add(read);
    void tidyOutbox(hereStore, who, Date.now()).then(() => { read(); void sendNow(who); });
    return () => { gone = true; watchers.delete(read); };
  }, [who]);
  useSender(who, entries);
  return entries;
}

/** Entries of other accounts that still wait on this device: how many, nothing else of them. */
export async function waitingOfOthers(who: string): Promise<number> {
  const rows = await hereStore.list('');
  return rows.filter(([key, value]) => key.includes('/entry/') && !key.startsWith(`${who}/`) && isOpen(value as Entry)).length; // rows under /entry/ are entries
}
