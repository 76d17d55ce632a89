import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, keep, keepLastWord, readKept, takeLastWord } from './store.ts';

export type Draft<T> = {
  readonly value: T;
  readonly set: (next: T | ((before: T) => T)) => void;
  /** When the value last reached this device's store (ms since 1970); undefined: nothing of it is there. */
  readonly savedAt: number | undefined;
  /** True once the store was read: a form drawn before would be overwritten by the found draft. */
  readonly ready: boolean;
  /** True when an earlier draft was found. */
  readonly restored: boolean;
  /** After the form was sent, or when the person throws the draft away. */
  readonly clear: () => Promise<void>;
};

type Kept<T> = { readonly value: T; readonly at: number };
const saveWithinMs = 80;

const isKept = <T,>(found: unknown): found is Kept<T> => typeof found === 'object' && found !== null && 'value' in found && 'at' in found;

const newerOf = (a: unknown, b: unknown): unknown => (isKept(a) && (!isKept(b) || a.at >= b.at) ? a : b);

/**
 * The state of a form, written to this device within 100 ms of each change, so that an expired session, a reload or a
 * closed tab loses nothing. `key` names the form and what it is about (`directive-new`, `task:<id>:report`), never a person.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial);
  const [mark, setMark] = useState<{ ready: boolean; restored: boolean; savedAt: number | undefined }>({ ready: false, restored: false, savedAt: undefined });
  const latest = useRef(initial);
  const begun = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    let gone = false;
    const lastWord = takeLastWord(key);
    void readKept('drafts', key).then((stored) => {
      if (gone) return;
      const found = newerOf(lastWord, stored);
      if (isKept<T>(found) && latest.current === begun.current) {
        latest.current = found.value;
        setValue(found.value);
        setMark({ ready: true, restored: true, savedAt: found.at });
        if (found !== stored) void keep('drafts', key, found);
      } else setMark((before) => ({ ...before, ready: true }));
    });
    return () => { gone = true; };
  }, [key]);
  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const at = Date.now();
    if (await keep('drafts', key, { value: latest.current, at })) setMark((before) => ({ ...before, savedAt: at }));
  }, [key]);
  const set = useCallback((next: T | ((before: T) => T)) => {
    latest.current = typeof next === 'function' ? (next as (before: T) => T)(latest.current) : next; // a form's value is data, never a function
    setValue(latest.current);
    timer.current ??= setTimeout(() => void save(), saveWithinMs);
  }, [save]);
  useEffect(() => {
    const leaving = (): void => {
      if (timer.current === undefined) return;
      keepLastWord(key, { value: latest.current, at: Date.now() });
      void save();
    };
    const gone = (): void => { if (timer.current !== undefined) void save(); };
    window.addEventListener('pagehide', leaving);
    return () => { window.removeEventListener('pagehide', leaving); gone(); };
  }, [save, key]);
  const clear = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = begun.current;
    setValue(begun.current);
    setMark({ ready: true, restored: false, savedAt: undefined });
    await forget('drafts', key);
  }, [key]);
  return { value, set, savedAt: mark.savedAt, ready: mark.ready, restored: mark.restored, clear };
}
