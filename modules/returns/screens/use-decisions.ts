import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '#web/api.ts';
import { call } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { toast } from '#web/kit/toast.tsx';
import { decideReturns, keyText, type Decision, type DecisionVerdict, type QueueRow, type Step } from '../schema.ts';

const undoMs = 10_000;
export type Made = { readonly rows: readonly QueueRow[]; readonly step: Step; readonly verdict: Decision['verdict']; readonly sections?: readonly string[]; readonly reason?: string };
type Waiting = { readonly made: Made; readonly timer: ReturnType<typeof setTimeout> };

const bodyOf = ({ rows, step, verdict, sections, reason }: Made): Decision => ({
  items: rows.map((row) => ({ key: row.key, rev: row.rev })), step, verdict, ...(sections === undefined || sections.length === 0 ? {} : { sections: [...sections] }), ...(reason === undefined || reason === '' ? {} : { reason }),
});
export const rowId = (row: Pick<QueueRow, 'key'>): string => keyText(row.key);

/**
 * Decisions of a sitting. Each stands ten seconds before it is sent, so taking it back leaves no trace in the record; leaving the
 * screen sends what stands. Refusals come back by name and their rows return to the queue.
 */
export function useDecisions(onSent: (sent: Made) => void): { readonly gone: ReadonlySet<string>; readonly refused: readonly DecisionVerdict[]; readonly problem: Problem | undefined; readonly decide: (made: Made) => void } {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<readonly DecisionVerdict[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const waiting = useRef(new Set<Waiting>());
  const told = useRef(onSent);
  told.current = onSent;
  const bringBack = useCallback((ids: readonly string[]) => setGone((before) => new Set([...before].filter((id) => !ids.includes(id)))), []);
  const send = useCallback(async (one: Waiting): Promise<void> => {
    clearTimeout(one.timer);
    if (!waiting.current.delete(one)) return;
    const answer = await call(decideReturns, { body: bodyOf(one.made) });
    setProblem(answer.ok ? undefined : answer.problem);
    const no = answer.ok ? answer.value.items.filter((item) => !item.ok) : [];
    setRefused((before) => [...no, ...before].slice(0, 50));
    bringBack(answer.ok ? no.map((item) => keyText(item.key)) : one.made.rows.map(rowId));
    told.current(one.made);
  }, [bringBack]);
  useEffect(() => {
    const all = waiting.current;
    const flush = (): void => { for (const one of [...all]) void send(one); };
    window.addEventListener('pagehide', flush);
    return () => { window.removeEventListener('pagehide', flush); flush(); };
  }, [send]);
  const decide = useCallback((made: Made): void => {
    const ids = made.rows.map(rowId);
    setGone((before) => new Set([...before, ...ids]));
    const one: Waiting = { made, timer: setTimeout(() => void send(one), undoMs) };
    waiting.current.add(one);
    toast(t(`returns.decided-${made.verdict}`, { count: ids.length, unit: made.rows[0]?.unit.nameVi ?? '' }), { undo: () => { clearTimeout(one.timer); if (waiting.current.delete(one)) bringBack(ids); } });
  }, [send, bringBack]);
  return { gone, refused, problem, decide };
}
