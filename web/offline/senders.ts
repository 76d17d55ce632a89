/**
 * Which kinds of command may wait on this device, and who sends each. The start page knows only the names: a sender is fetched
 * when an entry of its kind waits, so that what was queued on one screen is sent from every other, and after a reload.
 */
import type { Entry, Transport } from './outbox.ts';

export type SaidEntry = { readonly title: string; /** Its screen, below the language. */ readonly to?: string };
export type Sender = {
  readonly send: Transport;
  /** The thing in the words of its module; loaded with the sender. Never a person. */
  readonly say: (entry: Entry) => SaidEntry;
  /** The fields a refused entry leaves in the form when the person takes it back; without it there is nothing to take back. */
  readonly fieldsOf?: (entry: Entry) => Readonly<Record<string, unknown>> | undefined;
  /** The screen on which a conflict is decided. */
  readonly decideAt?: (entry: Entry) => string | undefined;
  /** Words of "received", with {at} and {code}; else the general ones. */
  readonly receivedKey?: string;
  /** True when the server reads this kind from the file of the outbox too. */
  readonly inFile?: boolean;
};
export type LoadSender = () => Promise<Sender>;

/** The kinds one page knows. Tests make a shelf a tab; the browser has one. */
export function senderShelf() {
  const known = new Map<string, LoadSender>();
  const loaded = new Map<string, Sender>();
  const fetched = async (kind: string): Promise<Sender | undefined> => {
    const here = loaded.get(kind);
    if (here !== undefined) return here;
    try {
      const sender = await known.get(kind)?.();
      if (sender !== undefined) loaded.set(kind, sender);
      return sender;
    } catch {
      return undefined;
    }
  };
  /** A kind whose code is not here waits; it is not an error of the entry, and entries of other kinds go on. */
  const send: Transport = async (entry, before) => {
    const sender = await fetched(entry.kind);
    return sender === undefined ? { kind: 'unknown', problem: { code: 'sender-not-loaded' } } : sender.send(entry, before);
  };
  return {
    /** The kinds of a module with how each one's code is fetched, as `sends` of `app/web-modules.ts` names them. */
    know: (senders: Readonly<Record<string, LoadSender>>): void => { for (const [kind, load] of Object.entries(senders)) known.set(kind, load); },
    here: (kind: string): Sender | undefined => loaded.get(kind),
    /** @returns undefined when this build does not know the kind or its code cannot be fetched now: the entry waits and is asked again */
    fetched,
    send,
  };
}

const page = senderShelf();
export const knowSenders = page.know;
export const senderHere = page.here;
export const senderOf = page.fetched;
export const sendByKind: Transport = page.send;
