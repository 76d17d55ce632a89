import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { fillByKeyboard, handOf, pasteInto, watchHand } from './grid-replay.ts';
import { openStage, phone, takeSeat, wide, type Seat } from './harness.ts';
import { ask, fillSignIn, until } from './steps.ts';

const { product, browser } = await openStage();

/** A commune officer at their own device; each test has a commune of its own. */
async function officerOf(commune: string, viewport: { readonly width: number; readonly height: number }): Promise<Seat> {
  const seat = await takeSeat(browser, viewport);
  await seat.page.goto(`${product.address}/viec`);
  await fillSignIn(seat.page, `xa${commune}.canbo`);
  await seat.page.locator('button.who').waitFor();
  await seat.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return seat;
}

/** Opens the return that is due, as `/bao-cao` does: straight in the grid, nothing chosen. */
async function openDue(page: Page): Promise<void> {
  await page.goto(`${product.address}/bao-cao`);
  await page.waitForURL(/\/bao-cao\/\d{2}\/\d{5}\/[^/]+\/xa-thang/);
  await page.locator('input.cell:visible').first().waitFor();
  await page.waitForLoadState('networkidle');
}

type History = { readonly revisions: readonly { readonly receiptCode: string; readonly mine: boolean; readonly changes: readonly { readonly slot: number; readonly after: unknown }[] }[] };
const isHistory = (value: unknown): value is History => typeof value === 'object' && value !== null && 'revisions' in value && Array.isArray(value.revisions);
async function historyOf(page: Page): Promise<History['revisions']> {
  const path = new URL(page.url()).pathname.split('/').slice(2, 6).join('/');
  const found = await ask(page, `/returns/history/${path}`);
  return isHistory(found) ? found.revisions : [];
}

/** The figure of each box, without grouping, as a clerk's own table would hold it: what a register has filled in already, else last month's. */
const lastMonth = async (page: Page): Promise<ReadonlyMap<number, string>> => {
  const rows: unknown = await page.evaluate(`[...document.querySelectorAll('input.cell')].map((box) => [Number(box.dataset.slot), (box.classList.contains('auto') ? box.value : box.closest('tr').querySelector('.c-pv').textContent).replace(/[.]/g, '')])`);
  assert.ok(Array.isArray(rows) && rows.length >= 55, 'a form of about sixty boxes');
  return new Map(rows.map((row: readonly [number, string]) => [row[0], /^\d+$/.test(row[1]) ? row[1] : '0']));
};
const filledOf = async (page: Page): Promise<string> => /(\d+\/\d+)/.exec(await page.locator('.sendbar').innerText())?.[1] ?? '';
const bar = (page: Page) => page.locator('.sendbar');

describe('a commune sends its monthly return', () => {
  test('a phone without a line fills and queues it, outlives reloads, and is received once when the line is back', async () => {
    const { page, context, faults, close } = await officerOf('00004', phone);
    await openDue(page);
    const earlier = (await historyOf(page)).length;
    const wanted = await lastMonth(page);
    await context.setOffline(true);
    const steps = page.locator('.steps button');
    for (let section = 0; section < await steps.count(); section += 1) {
      await steps.nth(section).click();
      for (const box of await page.locator('section:not([hidden]) input.cell').all()) await box.fill(wanted.get(Number(await box.getAttribute('data-slot'))) ?? '0');
    }
    await steps.first().click();
    await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
    const all = `${wanted.size}/${wanted.size}`;
    await page.reload();
    await page.locator('input.cell:visible').first().waitFor();
    await until(() => filledOf(page), (filled) => filled === all, 10); // every cell outlived the reload without a line
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'no sideways scroll');
    await page.getByRole('button', { name: 'Xem lại và gửi' }).click();
    await page.getByRole('button', { name: /^Gửi/ }).click();
    await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
    await page.getByText(/Sẽ tự gửi khi có mạng/).first().waitFor();
    await page.reload();
    await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
    await context.setOffline(false);
    await page.getByText(/Tỉnh đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();
    const shownCode = /mã biên nhận (\S+)/.exec(await page.locator('main').innerText())?.[1];
    for (let again = 0; again < 2; again += 1) {
      await page.reload();
      await page.getByText(/Tỉnh đã nhận/).first().waitFor();
    }
    const revisions = await historyOf(page);
    assert.equal(revisions.length, earlier + 1, 'applied once');
    assert.equal(revisions[0]?.receiptCode, shownCode);
    const arrived = new Map(revisions[0]?.changes.map((change) => [change.slot, String(change.after)]));
    for (const [slot, figure] of wanted) assert.equal(arrived.get(slot), figure, `slot ${slot}`);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a phone of one’s own, closed and opened again without a line, shows the form with what was typed; one that is not asks who is there', async () => {
    for (const own of [true, false]) {
      const { page, context, close } = await takeSeat(browser, phone);
      await page.goto(`${product.address}/viec`);
      await page.locator('#own-device').setChecked(own);
      await fillSignIn(page, 'xa00025.canbo');
      await page.locator('button.who').waitFor();
      await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
      await openDue(page);
      const address = page.url();
      const box = page.locator('section:not([hidden]) input.cell').first();
      await box.fill('7');
      await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
      await context.setOffline(true);
      await page.close();
      const again = await context.newPage();
      await again.goto(address);
      if (own) {
        await again.locator('section:not([hidden]) input.cell').first().waitFor();
        await until(() => again.locator('section:not([hidden]) input.cell').first().inputValue(), (value) => value === '7', 30);
      } else {
        await again.locator('#user-name').waitFor();
        assert.equal(await again.locator('input.cell').count(), 0);
      }
      await close();
    }
  });

  test('sixty figures by keyboard take at most 200 keys and no mouse, from opening to sent', async () => {
    const { page, faults, close } = await officerOf('00008', wide);
    await openDue(page);
    const wanted = await lastMonth(page);
    await watchHand(page);
    // What stays the same and is long to type is taken over with one key; everything else is typed out.
    await fillByKeyboard(page, (slot, last) => { const figure = wanted.get(slot) ?? '0'; return figure.length >= 4 && last.replaceAll('.', '') === figure ? '=' : figure; });
    await until(() => filledOf(page), (filled) => filled === `${wanted.size}/${wanted.size}`, 10);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Gửi báo cáo' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Tỉnh đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();
    const { keys } = await handOf(page);
    console.log(`${wanted.size} figures by keyboard: ${keys} keys`);
    assert.ok(keys <= 200, `${keys} keys`);
    assert.deepEqual(faults, []);
    await close();
  });

  test('the same column pasted from a spreadsheet takes at most 12 keys, and one undo takes it back whole', async () => {
    const { page, faults, close } = await officerOf('00025', wide);
    await openDue(page);
    const wanted = await lastMonth(page);
    const filledIn = await page.locator('input.cell.auto').count(); // points come from their register
    const paste = async (): Promise<void> => {
      await pasteInto(page, [...wanted.values()].join('\n'));
      await page.getByRole('dialog', { name: 'Xem trước khi dán' }).waitFor();
      await page.keyboard.press('Enter');
      await until(() => page.evaluate('document.activeElement?.dataset?.slot !== undefined'), (there) => there === true, 10);
    };
    await paste();
    await page.keyboard.press('Control+Z');
    await bar(page).getByText(new RegExp(`^${filledIn}/${wanted.size} `)).waitFor();
    await watchHand(page);
    await paste();
    await bar(page).getByText(`${wanted.size}/${wanted.size}`).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Gửi báo cáo' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Tỉnh đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();
    const { keys } = await handOf(page);
    console.log(`${wanted.size} figures pasted: ${keys} keys`);
    assert.ok(keys <= 12, `${keys} keys`);
    assert.deepEqual(faults, []);
    await close();
  });
});
