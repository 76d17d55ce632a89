import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { learntHeight, windowOf, wholeUpTo, type Learnt, type RowWindow } from './row-window.ts';

/** The window of rows for a table body that scrolls with the page. */
export function useRowWindow(count: number, body: RefObject<HTMLElement | null>): RowWindow {
  const [seen, setSeen] = useState(() => windowOf(count, 0, 900, 41));
  const learnt = useRef<Learnt | undefined>(undefined);
  const measure = (): void => {
    const element = body.current;
    if (!element || count <= wholeUpTo) return;
    const rows = element.querySelectorAll<HTMLElement>('tr[data-row]');
    const first = rows[0];
    const last = rows[rows.length - 1];
    if (first && last) learnt.current = learntHeight(learnt.current, window.innerWidth, (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / rows.length);
    const height = learnt.current?.height ?? 41;
    setSeen((before) => {
      const next = windowOf(count, element.getBoundingClientRect().top, window.innerHeight, height);
      return next.from === before.from && next.to === before.to && next.rowHeight === before.rowHeight && next.after === before.after ? before : next;
    });
  };
  useLayoutEffect(measure);
  useEffect(() => {
    if (count <= wholeUpTo) return undefined;
    let frame = 0;
    const later = (): void => { cancelAnimationFrame(frame); frame = requestAnimationFrame(measure); };
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => { cancelAnimationFrame(frame); window.removeEventListener('scroll', later); window.removeEventListener('resize', later); };
  }, [count]);
  return count <= wholeUpTo ? windowOf(count, 0, 0, seen.rowHeight) : { ...seen, to: Math.min(seen.to, count), from: Math.min(seen.from, Math.max(0, count - 1)) };
}
