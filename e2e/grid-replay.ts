import type { Page } from 'playwright-core';

/**
 * Watches every interaction of the page as the browser's own Event Timing tells it (the INP metric), and counts keys pressed down. What it
 * tells of a key, in steps of 8 ms: until the page heard of it, its handlers, and the wait until the frame with their result is presented. Headless
 * and without a graphics card that last part is drawn by the processor in another process and ends at the next beat of 16.7 ms: a bare page has it too.
 */
export async function watchHand(page: Page): Promise<void> {
  const watching = `(() => {
    if (window.handWatched) return;
    window.handWatched = { durations: new Map(), parts: [], keys: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.interactionId && entry.name === 'keydown') window.handWatched.parts.push([entry.processingStart - entry.startTime, entry.processingEnd - entry.processingStart, entry.startTime + entry.duration - entry.processingEnd]);
      for (const entry of list.getEntries()) if (entry.interactionId) window.handWatched.durations.set(entry.interactionId, Math.max(entry.duration, window.handWatched.durations.get(entry.interactionId) ?? 0));
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    window.addEventListener('keydown', (event) => { if (event.isTrusted) window.handWatched.keys += 1; }, true);
  })()`;
  await page.evaluate(watching);
}

/** `parts`: of each key pressed down the wait for the page, its handlers, and the wait for its frame, in ms. */
export type Hand = { readonly keys: number; readonly slow: readonly number[]; readonly parts: readonly (readonly number[])[] };
/** Keys pressed since `watchHand` (Ctrl counts as one), and the interactions that took 16 ms or longer, in ms. */
export const handOf = async (page: Page): Promise<Hand> => {
  const found: unknown = await page.evaluate('({ keys: window.handWatched.keys, slow: [...window.handWatched.durations.values()], parts: window.handWatched.parts })');
  if (typeof found !== 'object' || found === null || !('keys' in found) || typeof found.keys !== 'number' || !('slow' in found) || !Array.isArray(found.slow) || !('parts' in found) || !Array.isArray(found.parts)) throw new Error('the hand was not watched');
  return { keys: found.keys, slow: found.slow.map(Number), parts: found.parts.map((part: readonly unknown[]) => part.map(Number)) };
};

/** The 95th of a hundred interactions, in ms; those under 16 ms are not told by the browser and count as 16. @param all how many interactions there were */
export function p95(slow: readonly number[], all: number): number {
  const sorted = [...slow, ...Array.from({ length: Math.max(0, all - slow.length) }, () => 16)].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 16;
}

/** Makes this page's processor four times slower: the five-year-old telephone of a commune. */
export async function slowDown(page: Page, times = 4): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  return async () => { await session.send('Emulation.setCPUThrottlingRate', { rate: 1 }); };
}

/** Box by box as an officer does. @param figureOf `=` takes last month's over; else its digits are typed, then Enter. @returns how many boxes were filled */
export async function fillByKeyboard(page: Page, figureOf: (slot: number, last: string) => string, pause = 0): Promise<number> {
  let filled = 0;
  for (const seen = new Set<number>(); ; filled += 1) {
    const box = await page.evaluate(`(() => { const box = document.activeElement; return box && box.dataset && box.dataset.slot ? { slot: Number(box.dataset.slot), last: box.closest('tr').querySelector('.c-pv').textContent } : null; })()`);
    if (typeof box !== 'object' || box === null || !('slot' in box) || typeof box.slot !== 'number' || !('last' in box) || typeof box.last !== 'string' || seen.has(box.slot)) return filled;
    seen.add(box.slot);
    const wanted = figureOf(box.slot, box.last);
    if (wanted === '=') await page.keyboard.press('=');
    else {
      await page.keyboard.type(wanted, { delay: pause });
      await page.keyboard.press('Enter');
    }
    if (pause > 0) await page.waitForTimeout(pause);
  }
}

/** Ctrl V with this text on the clipboard, as one paste of the page. */
export async function pasteInto(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+V');
}
