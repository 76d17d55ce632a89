import { useCallback, useEffect, useRef, useState } from 'react';
import type { Contract, InputOf, ReplyOf } from '#kernel/contract.ts';
import { newId } from '#kernel/id.ts';
import { call, copyDate, type Answer, type CallOptions, type Problem } from './api.ts';

/** What a screen knows of something it asked for. `value` stays while it is asked again, so nothing flickers. */
export type Remote<T> = {
  readonly state: 'loading' | 'ready' | 'refused';
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  /** Set when the value is the service worker's copy. */
  readonly copiedAt: string | undefined;
  readonly reload: () => void;
};

type Held<T> = { readonly key: string; readonly state: Remote<T>['state']; readonly value: T | undefined; readonly problem: Problem | undefined };

/** Asks a GET contract when the screen opens, when its input changes and when `reload` is called. `input` undefined: not yet. */
export function useQuery<C extends Contract>(contract: C, input: InputOf<C> | undefined): Remote<ReplyOf<C>> {
  const key = input === undefined ? '' : `${contract.path} ${JSON.stringify(input)}`;
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<Held<ReplyOf<C>>>({ key: '', state: 'loading', value: undefined, problem: undefined });
  const asked = useRef(input);
  asked.current = input;
  useEffect(() => {
    const now = asked.current;
    if (now === undefined) return undefined;
    const stop = new AbortController();
    void call(contract, now, { signal: stop.signal }).then((answer) => {
      if (stop.signal.aborted) return;
      setHeld((before) => (answer.ok
        ? { key, state: 'ready', value: answer.value, problem: undefined }
        : { key, state: 'refused', value: before.key === key ? before.value : undefined, problem: answer.problem }));
    });
    return () => stop.abort();
  }, [contract, key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const same = held.key === key;
  return {
    state: same ? held.state : 'loading', value: same ? held.value : undefined, problem: same ? held.problem : undefined,
    copiedAt: same ? copyDate(held.value) : undefined, reload,
  };
}

export type CommandState<C extends Contract> = {
  readonly run: (input: InputOf<C>, options?: CallOptions) => Promise<Answer<ReplyOf<C>>>;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly clear: () => void;
};

/** Runs a command. A repeat of the same input after a failed try carries the same command id, so it happens once. */
export function useCommand<C extends Contract>(contract: C): CommandState<C> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const last = useRef({ text: '', id: '' });
  const run = useCallback(async (input: InputOf<C>, options: CallOptions = {}) => {
    const text = `${JSON.stringify(input)}${options.file?.size ?? ''}${options.fileName ?? ''}`;
    if (last.current.text !== text) last.current = { text, id: newId<'Command'>() };
    setBusy(true);
    setProblem(undefined);
    const answer = await call(contract, input, { commandId: last.current.id, ...options });
    if (answer.ok || !mayHaveArrived(answer.problem.code)) last.current = { text: '', id: '' };
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    return answer;
  }, [contract]);
  return { run, busy, problem, clear: useCallback(() => setProblem(undefined), []) };
}

/** Codes after which nobody knows whether the command was carried out. */
const mayHaveArrived = (code: string): boolean => code === 'offline' || code === 'busy-try-again' || code === 'internal-fault';
