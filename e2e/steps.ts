import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { root, takeSeat, wide, type RunningProduct, type Seat } from './harness.ts';

export const password = 'sau-ro-demo';
/** The composed notice of the demonstration: every line states all six clears; agencies, provinces and communes are addressed. */
export const notice = readFileSync(join(root, 'modules', 'directives', 'demo', 'notice.vi.txt'), 'utf8');

/** Signs in by name and password where the page stands (a screen that needs a session shows the form in its place). */
export async function fillSignIn(within: Page | Locator, userName: string): Promise<void> {
  await within.locator('#user-name').fill(userName);
  await within.locator('#password').fill(password);
  await within.locator('form button[type=submit]').click();
}

/** A person at a browser of their own, signed in, on `path`. */
export async function seatOf(browser: Browser, product: RunningProduct, userName: string, path = '/viec'): Promise<Seat> {
  const seat = await takeSeat(browser, wide);
  await seat.page.goto(`${product.address}${path}`);
  await fillSignIn(seat.page, userName);
  await seat.page.locator('button.who').waitFor();
  return seat;
}

/** Counts what a hand does from here on: each mouse click, each press of Enter. Survives changes of page. */
export async function countHandwork(context: BrowserContext, page: Page): Promise<() => Promise<number>> {
  const counting = `(() => {
    const add = (event) => { if (event.isTrusted && (event.type === 'mousedown' || event.key === 'Enter')) sessionStorage.setItem('handwork', String(Number(sessionStorage.getItem('handwork') ?? 0) + 1)); };
    if (window.handworkCounted) return;
    window.handworkCounted = true;
    window.addEventListener('mousedown', add, true);
    window.addEventListener('keydown', add, true);
  })()`;
  await context.addInitScript(counting);
  await page.evaluate(counting);
  await page.evaluate(`sessionStorage.setItem('handwork', '0')`);
  return async () => Number(await page.evaluate(`sessionStorage.getItem('handwork')`));
}

/** Pastes as Ctrl V does: the text arrives in the field that has the focus. */
export const paste = (page: Page, text: string): Promise<void> => page.keyboard.insertText(text);

/** From text to a draft, by the screen. Answers the address of the draft. */
export async function draftFrom(page: Page, product: RunningProduct, text: string): Promise<string> {
  await page.goto(`${product.address}/chi-dao/moi`);
  await page.getByLabel('Dán văn bản').fill(text);
  await page.getByRole('button', { name: 'Đọc văn bản' }).click();
  await page.waitForURL(/\/chi-dao\/\d{2}\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { name: 'Ma trận sáu rõ' }).waitFor();
  return page.url();
}

/** The same notice under another number, so that a test does not meet the directive of another. */
export const noticeNumbered = (number: string): string => notice.replace(/Số: \S+/, `Số: ${number}`);

/** The number in "3.392 nhiệm vụ". */
export function figureIn(text: string | null, pattern: RegExp): number {
  const found = pattern.exec(text ?? '')?.[1];
  assert.ok(found !== undefined, `no figure by ${String(pattern)} in: ${text ?? ''}`);
  return Number(found.replaceAll('.', ''));
}

/** A GET of the product as this seat sees it. */
export const ask = (page: Page, path: string): Promise<unknown> => page.evaluate(`fetch(${JSON.stringify(`/api${path}`)}).then((answer) => answer.json())`);

/** Asks again until the answer passes; the test's own time limit ends a wait that never does. */
export async function until<T>(what: () => Promise<T>, passes: (value: T) => boolean, seconds = 120): Promise<T> {
  for (let left = seconds * 4; ; left -= 1) {
    const value = await what();
    if (passes(value)) return value;
    assert.ok(left > 0, `still waiting: ${JSON.stringify(value)?.slice(0, 300) ?? ''}`);
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
}
