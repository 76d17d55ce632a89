import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

export type RowWindow = { readonly from: number; readonly to: number; readonly before: number; readonly after: number; readonly rowHeight: number };

/** Lists up to this long are drawn whole. */
export const wholeUpTo = 150;
const spare = 12;

/**
 * Which rows of a long list stand in the window. @param top distance of the list's top from the window's, px (negative: scrolled past)
 * @param rowHeight mean height of a drawn row, px
 */
export function windowOf(count: number, top: number, viewHeight: number, rowHeight: number): RowWindow {
  if (count <= wholeUpTo) return { from: 0, to: count, before: 0, after: 0, rowHeight };
  const first = Math.max(0, Math.floor(-top / rowHeight) - spare);
  const from = Math.min(first, Math.max(0, count - 1));
  const to = Math.min(count, Math.ceil((-top + viewHeight) / rowHeight) + spare);
  const end = Math.max(to, Math.min(count, from + spare));
  return { from, to: end, before: from * rowHeight, after: (count - end) * rowHeight, rowHeight };
}

/** The window of rows for a table body that scrolls with the page. */
export function useRowWindow(count: number, body: RefObject<HTMLElement | null>): RowWindow {
  const [seen, setSeen] = useState(() => windowOf(count, 0, 900, 41));
  const measure = (): void => {
    const element = body.current;
    if (!element || count <= wholeUpTo) return;
    const rows = element.querySelectorAll<HTMLElement>('tr[data-row]');
    const first = rows[0];
    const last = rows[rows.length - 1];
    const drawn = first && last ? (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / rows.length : 41;
    setSeen((before) => {
      // Keeps the height once learnt unless it changed clearly (phone cards), so that the page does not creep.
      const height = Math.abs(drawn - before.rowHeight) > 4 && drawn > 0 ? drawn : before.rowHeight;
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
