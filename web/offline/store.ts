/** A small key-value store in IndexedDB, one database of the product, two drawers. Every call answers; a browser without it keeps nothing. */
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

/** Signing out leaves nothing of the person on a shared device. */
export async function forgetAll(): Promise<void> {
  for (const drawer of ['drafts', 'outbox'] as const) await within(drawer, 'readwrite', (store) => store.clear());
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(lastWordKey(''))) localStorage.removeItem(key);
  } catch { /* forbidden: nothing was kept there */ }
}
