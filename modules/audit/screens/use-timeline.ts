import { useCallback, useEffect, useState } from 'react';
import type { ReplyOf } from '#kernel/contract.ts';
import { call, type Problem } from '#web/api.ts';
import type { listEntries, listMyEntries, PlacedEntry, TimelineFilter } from '../schema.ts';

type Page = ReplyOf<typeof listEntries>;
export type TimelineState = {
  readonly entries: readonly PlacedEntry[];
  readonly next: string | null;
  readonly askedAt: string;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  readonly more: () => void;
  readonly reload: () => void;
};

type Held = { readonly key: string; readonly entries: readonly PlacedEntry[]; readonly next: string | null; readonly askedAt: string; readonly problem: Problem | undefined };

/** Pages of a timeline one after another; begins anew when the filter changes. */
export function useTimeline(contract: typeof listEntries | typeof listMyEntries, filter: TimelineFilter): TimelineState {
  const key = JSON.stringify(filter);
  const [held, setHeld] = useState<Held>({ key: '', entries: [], next: null, askedAt: '', problem: undefined });
  const [loading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const ask = useCallback(async (before: string | undefined, signal?: AbortSignal) => {
    setLoading(true);
    const askedAt = new Date().toISOString();
    const query = { ...(JSON.parse(key) as TimelineFilter), ...(before === undefined ? {} : { before }) }; // written above from a filter
    const answer = await call<typeof listEntries>(contract as typeof listEntries, { query }, signal ? { signal } : {}); // one reply shape for both
    if (signal?.aborted === true) return;
    setLoading(false);
    setHeld((old) => joined(old, { key, askedAt, before }, answer.ok ? answer.value : undefined, answer.ok ? undefined : answer.problem));
  }, [contract, key]);
  useEffect(() => {
    const stop = new AbortController();
    void ask(undefined, stop.signal);
    return () => stop.abort();
  }, [ask, round]);
  const same = held.key === key;
  return {
    entries: same ? held.entries : [], next: same ? held.next : null, askedAt: held.askedAt, loading, problem: same ? held.problem : undefined,
    more: () => { if (held.next !== null) void ask(held.next); },
    reload: () => setRound((n) => n + 1),
  };
}

type Asked = { readonly key: string; readonly askedAt: string; readonly before: string | undefined };

function joined(old: Held, { key, askedAt, before }: Asked, page: Page | undefined, problem: Problem | undefined): Held {
  if (page === undefined) return old.key === key ? { ...old, problem } : { key, entries: [], next: null, askedAt, problem };
  if (before === undefined) return { key, entries: page.entries, next: page.next, askedAt, problem: undefined };
  return { ...old, entries: [...old.entries, ...page.entries], next: page.next, problem: undefined };
}
