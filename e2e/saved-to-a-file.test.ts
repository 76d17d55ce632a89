/** The way out when no line comes: what waits on a phone is saved to a file, the province brings it in, and the phone's own sending later changes nothing. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openStage, phone, takeSeat } from './harness.ts';
import { ask, fillSignIn, seatOf } from './steps.ts';

const { product, browser } = await openStage();

type History = { readonly revisions: readonly { readonly receiptCode: string; readonly changes: readonly { readonly slot: number; readonly after: unknown }[] }[] };
const isHistory = (value: unknown): value is History => typeof value === 'object' && value !== null && 'revisions' in value && Array.isArray(value.revisions);

test('a return that waits on a phone goes to the province as a file, and is received once though the phone sends it too', async () => {
  const clerk = await takeSeat(browser, phone);
  await clerk.page.goto(`${product.address}/viec`);
  await fillSignIn(clerk.page, 'xa00082.canbo');
  await clerk.page.locator('button.who').waitFor();
  await clerk.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await clerk.page.goto(`${product.address}/bao-cao`);
  await clerk.page.locator('input.cell:visible').first().waitFor();
  await clerk.page.waitForLoadState('networkidle');
  const path = new URL(clerk.page.url()).pathname.split('/').slice(2, 6).join('/');
  await clerk.context.setOffline(true);
  const steps = clerk.page.locator('.steps button');
  const typed = new Map<number, string>();
  for (let section = 0; section < await steps.count(); section += 1) {
    await steps.nth(section).click();
    for (const box of await clerk.page.locator('section:not([hidden]) input.cell:not(.auto)').all()) {
      const last = (await box.evaluate((node) => node.closest('tr')?.querySelector('.c-pv')?.textContent ?? '')).replaceAll('.', '');
      const figure = /^\d+$/.test(last) ? last : '0';
      typed.set(Number(await box.getAttribute('data-slot')), figure);
      await box.fill(figure);
    }
  }
  await clerk.page.getByRole('button', { name: 'Xem lại và gửi' }).click();
  await clerk.page.getByRole('button', { name: /^Gửi/ }).click();
  await clerk.page.getByText(/Sẽ tự gửi khi có mạng/).first().waitFor();
  const [saved] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.getByRole('button', { name: 'Lưu ra tệp' }).click()]);
  assert.match(saved.suggestedFilename(), /\.sauro\.json$/);
  const bytes = await readFile(await saved.path());

  const secretary = await seatOf(browser, product, 'tinh01.thuky', '/bao-cao/nhap');
  await secretary.page.goto(`${product.address}/bao-cao/nhap`);
  const bring = async (): Promise<void> => {
    await secretary.page.locator('input[type=file]').setInputFiles({ name: saved.suggestedFilename(), mimeType: 'application/json', buffer: bytes });
    await secretary.page.getByRole('button', { name: 'Xem trước, chưa ghi gì' }).click();
  };
  await bring();
  await secretary.page.getByRole('button', { name: /^Nhận/ }).click();
  await secretary.page.getByText('Đã nhận').first().waitFor();
  const history = async (): Promise<History['revisions']> => { const found = await ask(secretary.page, `/returns/history/${path}`); return isHistory(found) ? found.revisions : []; };
  const [first, ...others] = await history();
  assert.ok(first);
  assert.deepEqual(others, []);
  const arrived = new Map(first.changes.map(({ slot, after }) => [slot, String(after)]));
  for (const [slot, figure] of typed) assert.equal(arrived.get(slot), figure, `slot ${slot}`);

  await clerk.context.setOffline(false);
  await clerk.page.getByText(/Tỉnh đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();
  assert.deepEqual((await history()).map((one) => one.receiptCode), [first.receiptCode], 'the phone’s own sending changes nothing');
  for (const seat of [clerk, secretary]) {
    assert.deepEqual(seat.faults, []);
    await seat.close();
  }
});
