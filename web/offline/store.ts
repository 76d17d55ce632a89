/** What this device keeps, in IndexedDB: one database of the product, two drawers. Every call answers; a browser without it keeps nothing. */
import type { DeviceStore, Row } from './device-store.ts';

type Drawer = 'drafts' | 'outbox';

let opening: Promise<IDBDatabase | undefined> | undefined;

function database(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((settle) => {
    if (typeof indexedDB === 'undefined') { settle(undefined); return; }
    const request = indexedDB.open('sauro', 1);
    request.onupgradeneeded = () => { for (const drawer of ['drafts', 'outbox'] as const) request.result.createObjectStore(drawer); };
    request.onsuccess = () => settle(request.result);
    request.onerror = () => settle(undefined);
    request.onblocked = () => settle(undefined);
  });
  return opening;
}

async function within<T>(drawer: Drawer, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await database();
  if (!db) return undefined;
  return new Promise((settle) => {
    try {
      const transaction = db.transaction(drawer, mode);
      const request = ask(transaction.objectStore(drawer));
      transaction.oncomplete = () => settle(request.result);
      transaction.onerror = () => settle(undefined);
      transaction.onabort = () => settle(undefined);
    } catch {
      settle(undefined); // the database was deleted under us
    }
  });
}

export const readKept = (drawer: Drawer, key: string): Promise<unknown> => within(drawer, 'readonly', (store) => store.get(key));
/** True when it is on this device now. */
export const keep = async (drawer: Drawer, key: string, value: unknown): Promise<boolean> => (await within(drawer, 'readwrite', (store) => store.put(value, key))) !== undefined;
export const forget = (drawer: Drawer, key: string): Promise<unknown> => within(drawer, 'readwrite', (store) => store.delete(key));

const upTo = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

async function listRows(prefix: string): Promise<readonly Row[]> {
  const db = await database();
  if (!db) return [];
  return new Promise((settle) => {
    try {
      const transaction = db.transaction('outbox', 'readonly');
      const store = transaction.objectStore('outbox');
      const keys = store.getAllKeys(upTo(prefix));
      const values = store.getAll(upTo(prefix));
      transaction.oncomplete = () => settle(keys.result.map((key, at) => [String(key), values.result[at] as unknown] as const)); // rows of any shape: the reader checks
      transaction.onerror = () => settle([]);
      transaction.onabort = () => settle([]);
    } catch {
      settle([]);
    }
  });
}

/** Reads and writes lie in one transaction of IndexedDB, which no other tab can come between and no kill can halve. */
const changeRows: DeviceStore['change'] = async (keys, decide) => {
  const db = await database();
  if (!db) return false;
  return new Promise((settle) => {
    try {
      const transaction = db.transaction('outbox', 'readwrite');
      const store = transaction.objectStore('outbox');
      let wrote = false;
      const write = (found: readonly unknown[]): void => {
        const writes = decide(found);
        if (writes === undefined) return;
        wrote = true;
        for (const [key, value] of writes) {
          if (value === undefined) store.delete(key);
          else store.put(value, key);
        }
      };
      const reads = keys.map((key) => store.get(key));
      const last = reads[reads.length - 1];
      if (last === undefined) write([]);
      else last.onsuccess = () => write(reads.map((read): unknown => read.result));
      transaction.oncomplete = () => settle(wrote);
      transaction.onerror = () => settle(false);
      transaction.onabort = () => settle(false);
    } catch {
      settle(false);
    }
  });
};

/** The outbox and the forms of figures on this device. */
export const hereStore: DeviceStore = { list: listRows, change: changeRows };

const lastWordKey = (key: string): string => `sauro.last-word.${key}`;

/** The last moment before a page goes leaves no time for IndexedDB: the value is put where writing is immediate. */
export function keepLastWord(key: string, value: unknown): void {
  try {
    localStorage.setItem(lastWordKey(key), JSON.stringify(value));
  } catch { /* full or forbidden: what IndexedDB has stays */ }
}

/** Takes that value out again. */
export function takeLastWord(key: string): unknown {
  try {
    const text = localStorage.getItem(lastWordKey(key));
    localStorage.removeItem(lastWordKey(key));
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Signing out leaves nothing of the person on a shared device. What waits to be sent stays: it holds counts of a unit, never a
 * person, is shown and sent only to the account that queued it, and would otherwise be lost (copies for reading are taken away).
 */
export async function forgetAll(): Promise<void> {
  await within('drafts', 'readwrite', (store) => store.clear());
  const copies = (await listRows('')).filter(([key]) => key.includes('/copy/'));
  await changeRows([], () => new Map(copies.map(([key]) => [key, undefined])));
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(lastWordKey(''))) localStorage.removeItem(key);
  } catch { /* forbidden: nothing was kept there */ }
}
