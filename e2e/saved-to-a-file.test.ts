/** The way out when no line comes: what waits on a phone is saved to a file, the province brings it in, and the phone's own sending later changes nothing. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openStage } from './harness.ts';
import { clerkOnDueReturn, fillAndSend } from './return-on-a-phone.ts';
import { ask, seatOf } from './steps.ts';

const { product, browser } = await openStage();

type History = { readonly revisions: readonly { readonly receiptCode: string; readonly changes: readonly { readonly slot: number; readonly after: unknown }[] }[] };
const isHistory = (value: unknown): value is History => typeof value === 'object' && value !== null && 'revisions' in value && Array.isArray(value.revisions);

test('a return that waits on a phone goes to the province as a file, and is received once though the phone sends it too', async () => {
  const clerk = await clerkOnDueReturn(browser, product, 'xa00082.canbo');
  await clerk.context.setOffline(true);
  const typed = await fillAndSend(clerk.page);
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
  const history = async (): Promise<History['revisions']> => { const found = await ask(secretary.page, `/returns/history/${clerk.path}`); return isHistory(found) ? found.revisions : []; };
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
