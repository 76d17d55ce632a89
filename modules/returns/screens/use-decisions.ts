import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '#web/api.ts';
import { call } from '#web/api.ts';
import { named, t } from '#web/i18n/words.ts';
import { toast } from '#web/kit/toast.tsx';
import { decideReturns, keyText, type Decision, type DecisionVerdict, type QueueRow, type Step } from '../schema.ts';

const undoMs = 10_000;
export type Made = { readonly rows: readonly QueueRow[]; readonly step: Step; readonly verdict: Decision['verdict']; readonly sections?: readonly string[]; readonly reason?: string };
type Waiting = { readonly made: Made; readonly timer: ReturnType<typeof setTimeout> };

const bodyOf = ({ rows, step, verdict, sections, reason }: Made): Decision => ({
  items: rows.map((row) => ({ key: row.key, rev: row.rev })), step, verdict, ...(sections === undefined || sections.length === 0 ? {} : { sections: [...sections] }), ...(reason === undefined || reason === '' ? {} : { reason }),
});
export const rowId = (row: Pick<QueueRow, 'key'>): string => keyText(row.key);

/** A row as it stands before one step: decided at one, it may still wait at the next. */
const atStep = (step: Step, id: string): string => `${step} ${id}`;

export type Decisions = {
  /** Rows decided on that the list shown may still hold. */
  readonly isGone: (step: Step, row: Pick<QueueRow, 'key'>) => boolean;
  /** How many of this step are gone. */
  readonly goneAt: (step: Step) => number;
  /** A decision stands its ten seconds or is on its way: the list must not change under the hand. */
  readonly standing: boolean;
  /** The list was asked for at this moment (ms): what was settled before is in it as the server has it. */
  readonly forget: (askedAt: number) => void;
  readonly refused: readonly DecisionVerdict[];
  readonly problem: Problem | undefined;
  readonly decide: (made: Made) => void;
};

/**
 * Decisions of a sitting. Each stands ten seconds before it is sent, so taking it back leaves no trace in the record; leaving the
 * screen sends what stands. Refusals come back by name and their rows return to the queue.
 */
export function useDecisions(): Decisions {
  /** When the server had each decision; never yet for those that stand. */
  const [gone, setGone] = useState<ReadonlyMap<string, number>>(new Map());
  const [standing, setStanding] = useState(0);
  const [refused, setRefused] = useState<readonly DecisionVerdict[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const waiting = useRef(new Set<Waiting>());
  const bringBack = useCallback((ids: readonly string[]) => setGone((before) => new Map([...before].filter(([id]) => !ids.includes(id)))), []);
  const send = useCallback(async (one: Waiting): Promise<void> => {
    clearTimeout(one.timer);
    if (!waiting.current.delete(one)) return;
    const { step, rows } = one.made;
    const answer = await call(decideReturns, { body: bodyOf(one.made) });
    setProblem(answer.ok ? undefined : answer.problem);
    const no = answer.ok ? answer.value.items.filter((item) => !item.ok) : [];
    setRefused((before) => [...no, ...before].slice(0, 50));
    const back = new Set(answer.ok ? no.map((item) => keyText(item.key)) : rows.map(rowId));
    const settledAt = Date.now();
    setGone((before) => new Map([...before].flatMap(([id, at]): [string, number][] => {
      const row = rows.find((each) => atStep(step, rowId(each)) === id);
      if (row === undefined) return [[id, at]];
      return back.has(rowId(row)) ? [] : [[id, settledAt]];
    })));
    setStanding((count) => count - 1);
  }, []);
  useEffect(() => {
    const all = waiting.current;
    const flush = (): void => { for (const one of [...all]) void send(one); };
    window.addEventListener('pagehide', flush);
    return () => { window.removeEventListener('pagehide', flush); flush(); };
  }, [send]);
  const decide = useCallback((made: Made): void => {
    const ids = made.rows.map((row) => atStep(made.step, rowId(row)));
    setGone((before) => new Map([...before, ...ids.map((id): [string, number] => [id, Number.POSITIVE_INFINITY])]));
    setStanding((count) => count + 1);
    const one: Waiting = { made, timer: setTimeout(() => void send(one), undoMs) };
    waiting.current.add(one);
    const takeBack = (): void => {
      clearTimeout(one.timer);
      if (!waiting.current.delete(one)) return;
      setStanding((count) => count - 1);
      bringBack(ids);
    };
    toast(t(`returns.decided-${made.verdict}`, { count: ids.length, unit: made.rows[0] === undefined ? '' : named(made.rows[0].unit) }), { undo: takeBack });
  }, [send, bringBack]);
  const forget = useCallback((askedAt: number) => setGone((before) => new Map([...before].filter(([, settledAt]) => settledAt > askedAt))), []);
  return {
    isGone: (step, row) => gone.has(atStep(step, rowId(row))), goneAt: (step) => [...gone.keys()].filter((id) => id.startsWith(atStep(step, ''))).length, standing: standing > 0, forget, refused, problem, decide,
  };
}
