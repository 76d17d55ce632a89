import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { handOf, p95, slowDown, watchHand } from './grid-replay.ts';
import { openBrowser, startProduct, takeSeat, wide, type RunningProduct } from './harness.ts';
import { fillSignIn } from './steps.ts';

let product: RunningProduct;
let browser: Browser;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

/** Seconds of processor the page's own thread has worked. Unlike a clock it does not count the time others took the processor away. */
async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0;
}
const nextPaint = (page: Page): Promise<unknown> => page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))');

test('DESIGN 9: a key in the grid answers within 100 ms on a processor four times slower, 95 times of 100', async () => {
  const { page, close } = await takeSeat(browser, wide);
  await page.goto(`${product.address}/bao-cao`);
  await fillSignIn(page, 'xa00091.canbo');
  await page.locator('input.cell').first().waitFor();
  await page.waitForLoadState('networkidle');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const idle: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const before = await worked(session);
    await nextPaint(page);
    idle.push((await worked(session)) - before);
  }
  const rest = idle.sort((a, b) => a - b)[10] ?? 0;
  const costs: number[] = [];
  const press = async (key: string): Promise<void> => {
    const before = await worked(session);
    await page.keyboard.press(key);
    await nextPaint(page);
    costs.push(((await worked(session)) - before - rest) * 1000);
    await page.waitForTimeout(150); // a hand is not faster
  };
  for (let box = 0; box < 60; box += 1) {
    if (box % 3 === 0) await press('=');
    else {
      await press(String(box % 2));
      await press('Enter');
    }
  }
  const four = 4 * (costs.sort((a, b) => a - b)[Math.ceil(costs.length * 0.95) - 1] ?? 0);

  await page.locator('input.cell').first().focus();
  await watchHand(page);
  const back = await slowDown(page);
  for (let box = 0; box < 20; box += 1) {
    await page.keyboard.press('1', { delay: 40 });
    await page.keyboard.press('Enter', { delay: 40 });
    await page.waitForTimeout(250);
  }
  await back();
  const { slow, keys } = await handOf(page);
  console.log(`INP at 4x: ${p95(slow, keys)} ms p95 by the clock of this machine (event timing, ${keys} keys); by processor time ${four.toFixed(0)} ms p95 (${costs.length} keys)`);
  assert.ok(four <= 100, `${four.toFixed(0)} ms of processor time`);
  await close();
});
