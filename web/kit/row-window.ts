export type RowWindow = { readonly from: number; readonly to: number; readonly before: number; readonly after: number; readonly rowHeight: number };

/** The row height that a list of this width is laid out by. */
export type Learnt = { readonly width: number; readonly height: number };
/**
 * Learns from the rows drawn first at each width; later rows may only make it smaller. Rows of a list may differ much in height: a height that
 * followed each window would change the window, which would change the height, without end.
 *
 * @param drawn mean height of the rows now drawn, px; 0 while they are hidden
 */
export function learntHeight(before: Learnt | undefined, width: number, drawn: number): Learnt | undefined {
  if (drawn <= 0) return before;
  if (before === undefined || before.width !== width) return { width, height: drawn };
  return drawn < before.height * 0.6 ? { width, height: drawn } : before;
}

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
