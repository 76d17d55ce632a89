/**
 * The outbox: what a person sent while the line was bad. Three states, each true whenever it is shown:
 * `saved` it is on this device; `sending` a try began and its answer is not known here; `received` the other side answered with a receipt.
 * A command keeps its id over every try, so the other side applies it once however often it arrives (SECURITY R56).
 * Knows no module: a transport sends, a store keeps, a lock lets one tab send at a time. Nothing of a person is ever put in.
 */
import type { DeviceStore, Row, Writes } from './device-store.ts';
import { type KeptForm, formKey, formOf } from './kept-form.ts';

export type EntryState = 'saved' | 'sending' | 'received';
export type Problem = { readonly code: string } & Readonly<Record<string, unknown>>;
export type Entry = {
  /** The command's id, made when it was queued. */
  readonly id: string;
  /** Order of queueing on this device; entries of one subject are sent in it, each after the answer of the one before. */
  readonly seq: number;
  readonly kind: string;
  /** What it is about: one return, one place, one day of a facility. Entries of one subject wait for each other. */
  readonly subject: string;
  /** The form it was typed in, where that is not its subject's own. */
  readonly form?: string;
  readonly body: unknown;
  readonly state: EntryState;
  readonly savedAt: number;
  readonly tries: number;
  readonly triedAt: number | null;
  readonly nextTryAt: number | null;
  /** Why the last try did not end in a receipt. */
  readonly problem: Problem | null;
  /** Waits for the person: both sides changed, or it can never be taken as it is. It stays here until they decide. */
  readonly hold: 'conflict' | 'refused' | null;
  readonly receivedAt: number | null;
  readonly receipt: string | null;
  readonly answer: unknown;
  /** Settled by the person: replaced by another entry, or its fields taken back into the form. */
  readonly settled: string | null;
};

export type Outcome =
  | { readonly kind: 'received'; readonly receipt: string; readonly answer: unknown; /** What of the body stays on the device after it was received; left out: all of it. */ readonly keep?: unknown }
  | { readonly kind: 'unknown'; readonly problem: Problem }
  | { readonly kind: 'conflict' | 'refused'; readonly problem: Problem };
/** Sends one entry. `before` is the answer of the entry of the same subject that was received before it, if there is one. */
export type Transport = (entry: Entry, before: unknown) => Promise<Outcome>;
/** Runs the work while no other tab does; answers undefined at once when another is at it. */
export type OneAtATime = (work: () => Promise<void>) => Promise<void>;

export const entryPrefix = (who: string): string => `${who}/entry/`;
const entryKey = (who: string, id: string): string => `${entryPrefix(who)}${id}`;
const seqKey = (who: string): string => `${who}/seq`;

export const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && 'id' in value && 'seq' in value && 'state' in value && 'subject' in value;
export const isOpen = (entry: Entry): boolean => entry.state !== 'received' && entry.settled === null;

const inOrder = (rows: readonly Row[]): Entry[] => rows.map(([, value]) => value).filter(isEntry).sort((a, b) => a.seq - b.seq || a.savedAt - b.savedAt);
export const listEntries = async (store: DeviceStore, who: string): Promise<readonly Entry[]> => inOrder(await store.list(entryPrefix(who)));

export type NewEntry = { readonly id: string; readonly kind: string; readonly subject: string; readonly form?: string; readonly at: number };
const formOfEntry = ({ subject, form }: Pick<NewEntry, 'subject' | 'form'>): string => form ?? subject;
/** What of the form goes along: the body, and the fields that leave the form with it. */
export type Taken = { readonly body: unknown; readonly fields: readonly string[] };

const entryOf = (made: NewEntry, seq: number, body: unknown): Entry => ({
  id: made.id, seq, kind: made.kind, subject: made.subject, ...(made.form === undefined ? {} : { form: made.form }), body, state: 'saved', savedAt: made.at, tries: 0, triedAt: null, nextTryAt: null, problem: null, hold: null, receivedAt: null, receipt: null, answer: null, settled: null,
});

/**
 * Queues a command made from the form as the device holds it, and takes its fields out of the form, in one step.
 * @returns false when the device did not keep it (then the form still holds everything)
 */
export function queueForm(store: DeviceStore, who: string, made: NewEntry, take: (form: KeptForm) => Taken | undefined): Promise<boolean> {
  const keys = [seqKey(who), formKey(who, formOfEntry(made)), entryKey(who, made.id)];
  return store.change(keys, ([seq, stored, existing]) => {
    if (isEntry(existing)) return undefined; // the same press twice
    const form = formOf(stored);
    const taken = take(form);
    if (taken === undefined) return undefined;
    const next = typeof seq === 'number' ? seq + 1 : 1;
    const left = Object.fromEntries(Object.entries(form.fields).filter(([name]) => !taken.fields.includes(name)));
    return new Map<string, unknown>([
      [seqKey(who), next], [entryKey(who, made.id), entryOf(made, next, taken.body)],
      [formKey(who, formOfEntry(made)), Object.keys(left).length === 0 ? undefined : { fields: left, at: form.at }],
    ]);
  });
}

const minuteMs = 60_000;
const longestWaitMs = 30 * minuteMs;

/** Milliseconds until the next try: 5 s, doubled each time up to half an hour, spread by a fifth so that 3,000 devices do not return at once. */
export function waitAfter(tries: number, id: string): number {
  const wait = Math.min(longestWaitMs, 5000 * 2 ** Math.min(20, Math.max(0, tries - 1)));
  const spread = [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0) + tries) % 1000, 7) / 1000;
  return Math.round(wait * (0.8 + 0.4 * spread));
}

/** A clock that was set back never keeps an entry waiting longer than the longest wait. */
const isDue = (entry: Entry, now: number): boolean => entry.nextTryAt === null || entry.nextTryAt <= now || entry.nextTryAt - now > longestWaitMs * 1.3;

/** When the next try is due, over all open entries; undefined: nothing waits to be tried. */
export function nextTryOf(entries: readonly Entry[], now: number): number | undefined {
  const waiting = firstOfEach(entries).filter((entry) => entry.hold === null).map((entry) => (isDue(entry, now) ? now : (entry.nextTryAt ?? now)));
  return waiting.length === 0 ? undefined : Math.min(...waiting);
}

function firstOfEach(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) if (isOpen(entry) && !first.has(entry.subject)) first.set(entry.subject, entry);
  return [...first.values()];
}

/** The state to show. A try whose tab died long ago is said to be saved again, which is what it is. */
export const shownState = (entry: Entry, now: number): EntryState =>
  entry.state === 'sending' && (entry.triedAt === null || Math.abs(now - entry.triedAt) > 2 * minuteMs) ? 'saved' : entry.state;

const answerBefore = (entries: readonly Entry[], entry: Entry): unknown => {
  const before = entries.filter((one) => one.subject === entry.subject && one.state === 'received' && one.seq < entry.seq);
  return before[before.length - 1]?.answer;
};

export type Sending = { readonly store: DeviceStore; readonly who: string; readonly transport: Transport; readonly alone: OneAtATime; readonly now: () => number; readonly changed: () => void };

/** Sends all that is due, one after the other. `force`: also what would wait (the person asked, or the line came back). */
export const sendDue = (sending: Sending, force = false): Promise<void> => sending.alone(async () => {
  await cutTries(sending);
  const tried = new Set<string>();
  for (;;) {
    const entries = await listEntries(sending.store, sending.who);
    const next = firstOfEach(entries).find((entry) => entry.hold === null && !tried.has(entry.id) && (force || isDue(entry, sending.now())));
    if (next === undefined) return;
    tried.add(next.id);
    const outcome = await tryOnce(sending, next, answerBefore(entries, next));
    if (outcome?.kind === 'unknown' && outcome.problem.code === 'offline') return;
  }
});

/** We hold the lock, so whatever reads `sending` was cut in the middle: it is saved, and due. */
async function cutTries({ store, who, changed }: Sending): Promise<void> {
  for (const cut of (await listEntries(store, who)).filter((entry) => entry.state === 'sending')) {
    await rewrite(store, who, cut, (entry) => (entry.state === 'sending' && entry.tries === cut.tries ? { ...entry, state: 'saved', nextTryAt: null } : undefined));
    changed();
  }
}

const rewrite = (store: DeviceStore, who: string, { id }: Entry, decide: (entry: Entry) => Entry | undefined): Promise<boolean> =>
  store.change([entryKey(who, id)], ([found]) => {
    const next = isEntry(found) ? decide(found) : undefined;
    return next === undefined ? undefined : new Map([[entryKey(who, id), next]]);
  });

async function tryOnce(sending: Sending, entry: Entry, before: unknown): Promise<Outcome | undefined> {
  const { store, who, now, changed } = sending;
  const tries = entry.tries + 1;
  const marked = await rewrite(store, who, entry, (found) => (isOpen(found) && found.state === 'saved' && found.tries === entry.tries ? { ...found, state: 'sending', tries, triedAt: now() } : undefined));
  if (!marked) return undefined;
  changed();
  const outcome = await sending.transport({ ...entry, state: 'sending', tries }, before);
  await rewrite(store, who, entry, (found) => settledBy(outcome, found, tries, now()));
  changed();
  return outcome;
}

/** A receipt is true whoever brought it; any other answer counts only for the try it belongs to. */
function settledBy(outcome: Outcome, found: Entry, tries: number, now: number): Entry | undefined {
  if (outcome.kind === 'received') return found.state === 'received' ? undefined : { ...found, state: 'received', hold: null, problem: null, nextTryAt: null, receivedAt: now, receipt: outcome.receipt, answer: outcome.answer, ...('keep' in outcome ? { body: outcome.keep } : {}) };
  if (found.state !== 'sending' || found.tries !== tries) return undefined;
  const saved: Entry = { ...found, state: 'saved', problem: outcome.problem };
  return outcome.kind === 'unknown' ? { ...saved, nextTryAt: now + waitAfter(tries, found.id) } : { ...saved, hold: outcome.kind, nextTryAt: null };
}

/** The person decided a held entry: another command takes its place in the order, under an id of its own. */
export const replaceEntry = (store: DeviceStore, who: string, held: Entry, made: NewEntry & { readonly body: unknown }): Promise<boolean> =>
  store.change([entryKey(who, held.id), entryKey(who, made.id)], ([found, existing]): Writes | undefined =>
    isEntry(found) && isOpen(found) && found.hold !== null && existing === undefined
      ? new Map<string, unknown>([[entryKey(who, held.id), { ...found, settled: made.id }], [entryKey(who, made.id), entryOf(made, found.seq, made.body)]])
      : undefined);

/** The person takes a held entry back: its fields return to the form, but never over what was typed since. */
export const takeBack = (store: DeviceStore, who: string, held: Entry, fields: Readonly<Record<string, unknown>>, at: number): Promise<boolean> => {
  const form = formKey(who, formOfEntry(held));
  return store.change([entryKey(who, held.id), form], ([found, stored]): Writes | undefined => {
    if (!isEntry(found) || !isOpen(found) || found.hold === null) return undefined;
    const back = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, at: found.savedAt }]));
    return new Map<string, unknown>([[entryKey(who, held.id), { ...found, settled: 'taken-back' }], [form, { fields: { ...back, ...formOf(stored).fields }, at }]]);
  });
};

const keepReceivedMs = 30 * 24 * 60 * minuteMs;
/** Takes away what was received or settled over 30 days ago. What was never received is never taken away. */
export async function tidyOutbox(store: DeviceStore, who: string, now: number): Promise<void> {
  const old = (await listEntries(store, who)).filter((entry) => !isOpen(entry) && now - (entry.receivedAt ?? entry.savedAt) > keepReceivedMs);
  if (old.length > 0) await store.change([], () => new Map(old.map((entry) => [entryKey(who, entry.id), undefined])));
}
