import { useCallback, useEffect, useMemo, useState } from 'react';
import { FieldWriter } from './field-writer.ts';
import { readForm } from './kept-form.ts';
import { watchOutbox } from './outbox-here.ts';
import { hereStore } from './store.ts';

export type KeptFormHere = {
  /** True once the device was read: a form drawn before would show less than is kept. */
  readonly ready: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  /** On the device within a moment; `undefined` takes the field out. */
  readonly set: (name: string, value: unknown) => void;
  readonly savedAt: number | undefined;
  /** The device refused to keep it: the screen must say so (`outbox.not-kept`). */
  readonly failed: boolean;
  /** Resolves when all that was typed is down: before `queueHere`. */
  readonly done: () => Promise<void>;
};

type State = { readonly form: string; readonly values: Readonly<Record<string, unknown>> };

/** A form of the outbox, field by field as this device keeps it: what two tabs type in different fields is lost to neither. Empty again once it was queued. */
export function useKeptForm(who: string, form: string): KeptFormHere {
  const writer = useMemo(() => new FieldWriter({ who, subject: form }), [who, form]);
  const [state, setState] = useState<State>({ form: '', values: {} });
  const [saved, setSaved] = useState(writer.state);
  useEffect(() => writer.watch(() => setSaved(writer.state)), [writer]);
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      await writer.done();
      const kept = await readForm(hereStore, who, form);
      if (!gone) setState({ form, values: Object.fromEntries(Object.entries(kept.fields).map(([name, field]) => [name, field.value])) });
    };
    void read();
    const stop = watchOutbox(() => void read());
    return () => { gone = true; stop(); };
  }, [writer, who, form]);
  const set = useCallback((name: string, value: unknown): void => {
    setState((before) => ({ form, values: { ...(before.form === form ? before.values : {}), [name]: value } }));
    writer.write({ [name]: value });
  }, [writer, form]);
  const here = state.form === form;
  return { ready: here, values: here ? state.values : {}, set, savedAt: saved.savedAt, failed: saved.failed, done: () => writer.done() };
}
