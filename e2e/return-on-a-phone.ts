/** What several journeys begin with: a clerk's phone on the return that is due, filled in by hand and sent while there is no line. */
import type { Browser, Page } from 'playwright-core';
import { phone, takeSeat, type RunningProduct, type Seat } from './harness.ts';
import { fillSignIn } from './steps.ts';

/** @property path of the return, `province/unit/period/data-set` */
export type ClerkOnPhone = Seat & { readonly path: string };

/** A clerk signed in on a phone, on the return that is due, everything kept for being without a line. */
export async function clerkOnDueReturn(browser: Browser, product: RunningProduct, userName: string): Promise<ClerkOnPhone> {
  const seat = await takeSeat(browser, phone);
  const { page } = seat;
  await page.goto(`${product.address}/viec`);
  await fillSignIn(page, userName);
  await page.locator('button.who').waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.goto(`${product.address}/bao-cao`);
  await page.waitForURL(/\/bao-cao\/\d\d\/[^/]+\/[^/]+\/xa-thang/);
  await page.locator('input.cell:visible').first().waitFor();
  await page.waitForLoadState('networkidle');
  return { ...seat, path: new URL(page.url()).pathname.split('/').slice(2, 6).join('/') };
}

/** Fills every box that no register has filled with last month's figure, or 0, and sends: without a line it waits on the phone. @returns what was typed, by slot */
export async function fillAndSend(page: Page): Promise<Map<number, string>> {
  const steps = page.locator('.steps button');
  const typed = new Map<number, string>();
  for (let section = 0; section < await steps.count(); section += 1) {
    await steps.nth(section).click();
    for (const box of await page.locator('section:not([hidden]) input.cell:not(.auto)').all()) {
      const last = (await box.evaluate((node) => node.closest('tr')?.querySelector('.c-pv')?.textContent ?? '')).replaceAll('.', '');
      const figure = /^\d+$/.test(last) ? last : '0';
      typed.set(Number(await box.getAttribute('data-slot')), figure);
      await box.fill(figure);
    }
  }
  await page.getByRole('button', { name: 'Xem lại và gửi' }).click();
  await page.getByRole('button', { name: /^Gửi/ }).click();
  await page.getByText(/Sẽ tự gửi khi có mạng/).first().waitFor();
  return typed;
}
