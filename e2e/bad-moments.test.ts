import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, takeSeat } from './harness.ts';
import { ask, draftFrom, figureIn, fillSignIn, noticeNumbered, seatOf } from './steps.ts';

const { product, browser } = await openStage();

const openEditor = async (page: Page, line: string): Promise<void> => {
  await page.getByRole('row').filter({ hasText: line }).getByRole('button', { name: /Rõ thẩm quyền/ }).click();
  await page.getByRole('dialog', { name: `Sửa ${line}` }).waitFor();
};
const authority = (page: Page) => page.getByRole('dialog').getByLabel('Thẩm quyền');
const save = (page: Page, name = 'Lưu') => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const cell = (page: Page, line: string, text: string) => page.getByRole('row').filter({ hasText: line }).getByText(text);

describe('bad moments', () => {
  test('a session ended elsewhere in mid-edit: what was typed stays and is saved after signing in again', async () => {
    const { page, close } = await seatOf(browser, product, 'vpcp', '/viec');
    await draftFrom(page, product, noticeNumbered('61/TB-VPCP'));
    await openEditor(page, 'NV-01');
    await authority(page).fill('Thủ tướng Chính phủ phê duyệt (sửa giữa chừng)');
    const elsewhere = await seatOf(browser, product, 'vpcp', '/tai-khoan');
    await elsewhere.page.getByRole('button', { name: 'Đóng mọi phiên khác' }).click();
    await elsewhere.page.getByText('Đã đóng phiên').waitFor();
    await save(page);
    const again = page.locator('dialog[open]').filter({ has: page.locator('#user-name') });
    await again.waitFor();
    assert.equal(await page.getByLabel('Thẩm quyền').inputValue(), 'Thủ tướng Chính phủ phê duyệt (sửa giữa chừng)');
    await fillSignIn(again, 'vpcp');
    await cell(page, 'NV-01', '(sửa giữa chừng)').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await Promise.all([close(), elsewhere.close()]);
  });

  test('two editors on one assignment: the second sees both values and chooses, nothing is lost', async () => {
    const first = await seatOf(browser, product, 'vpcp', '/viec');
    const address = await draftFrom(first.page, product, noticeNumbered('62/TB-VPCP'));
    const second = await seatOf(browser, product, 'vpcp', '/viec');
    await second.page.goto(address);
    await openEditor(first.page, 'NV-02');
    await openEditor(second.page, 'NV-02');
    await authority(first.page).fill('Bộ trưởng Bộ Y tế ban hành');
    await save(first.page);
    await cell(first.page, 'NV-02', 'Bộ trưởng Bộ Y tế ban hành').waitFor();
    await authority(second.page).fill('Thứ trưởng Bộ Y tế ban hành');
    await save(second.page);
    await second.page.getByText('Rõ thẩm quyền, bản của họ: Bộ trưởng Bộ Y tế ban hành').waitFor();
    assert.equal(await authority(second.page).inputValue(), 'Thứ trưởng Bộ Y tế ban hành');
    await save(second.page, 'Lưu bản của tôi');
    await cell(second.page, 'NV-02', 'Thứ trưởng Bộ Y tế ban hành').waitFor();

    await openEditor(first.page, 'NV-02');
    await authority(first.page).fill('Cục trưởng ban hành');
    await save(first.page);
    await first.page.getByText('bản của họ: Thứ trưởng Bộ Y tế ban hành').waitFor();
    await first.page.getByRole('button', { name: 'Lấy bản của họ' }).click();
    await cell(first.page, 'NV-02', 'Thứ trưởng Bộ Y tế ban hành').waitFor();
    await Promise.all([first.close(), second.close()]);
  });

  test('one gap filled for all lines that lack it; a line somebody changed meanwhile keeps what they wrote', async () => {
    const first = await seatOf(browser, product, 'vpcp', '/viec');
    const gaps = noticeNumbered('63/TB-VPCP').replace('trước ngày 15 tháng 01 năm 2027', '').replace('trước ngày 28 tháng 02 năm 2027', '').replace('Chương trình năm 2027 trước ngày 31 tháng 12 năm 2026', 'Chương trình năm 2027');
    const address = await draftFrom(first.page, product, gaps);
    const second = await seatOf(browser, product, 'vpcp', '/viec');
    await second.page.goto(address);
    const fill = async (page: Page, line: string, day: string): Promise<void> => {
      await page.getByRole('row').filter({ hasText: line }).getByRole('button', { name: /Rõ thời gian/ }).click();
      await page.getByRole('dialog').getByLabel('Hạn', { exact: true }).fill(day);
      await page.keyboard.press('Tab');
    };
    await first.page.getByRole('row').filter({ hasText: 'NV-01' }).getByText('+ Bổ sung').waitFor();
    await fill(second.page, 'NV-03', '30/06/2027');
    await save(second.page);
    await cell(second.page, 'NV-03', '30/06/2027').waitFor();
    await fill(first.page, 'NV-01', '31/03/2027');
    await first.page.getByRole('checkbox', { name: /Điền như vậy cho 2 nhiệm vụ khác/ }).check();
    await save(first.page);
    await first.page.getByText('Đã điền 1 nhiệm vụ; 1 nhiệm vụ vừa bị người khác sửa nên để nguyên').waitFor();
    await cell(first.page, 'NV-01', '31/03/2027').waitFor();
    await cell(first.page, 'NV-02', '31/03/2027').waitFor();
    await cell(first.page, 'NV-03', '30/06/2027').waitFor();
    await Promise.all([first.close(), second.close()]);
  });

  test('offline while typing: the text outlives a reload, offline and on line again', async () => {
    const { page, context, close } = await seatOf(browser, product, 'vpcp', '/viec');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.goto(`${product.address}/chi-dao/moi`);
    await page.getByLabel('Dán văn bản').waitFor();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByLabel('Dán văn bản').fill('Bộ Công an chủ trì, nội dung gõ khi mất mạng');
    await page.getByText(/Đã lưu trên máy này/).waitFor();
    await page.getByRole('button', { name: 'Đọc văn bản' }).click();
    await page.getByText(/Không kết nối được máy chủ/).first().waitFor();
    assert.equal(await page.getByLabel('Dán văn bản').inputValue(), 'Bộ Công an chủ trì, nội dung gõ khi mất mạng');
    for (const offline of [true, false]) {
      await context.setOffline(offline);
      await page.reload();
      await page.getByText(/Đã mở lại bản nháp/).waitFor();
      assert.equal(await page.getByLabel('Dán văn bản').inputValue(), 'Bộ Công an chủ trì, nội dung gõ khi mất mạng');
    }
    await close();
  });

  test('a double click on issue makes the tasks once', async () => {
    const { page, close } = await seatOf(browser, product, 'vpcp', '/viec');
    const address = await draftFrom(page, product, noticeNumbered('64/TB-VPCP'));
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    const go = page.getByRole('dialog').getByRole('button', { name: /^Giao [\d.]+ nhiệm vụ$/ });
    await go.waitFor();
    const tasks = figureIn(await go.innerText(), /Giao ([\d.]+) nhiệm vụ/);
    await go.dblclick();
    await page.getByText(/^Đã tới đủ 35 nơi/).waitFor({ timeout: 120_000 });
    await page.goto(address);
    await page.getByText(/nhiệm vụ đã giao tới từng nơi/).waitFor();
    assert.equal(figureIn(await page.locator('.facts').first().innerText(), /([\d.]+) nhiệm vụ đã giao/), tasks);
    const listed = await ask(page, '/directives?q=64%2FTB-VPCP');
    assert.ok(typeof listed === 'object' && listed !== null && 'total' in listed);
    assert.equal(listed.total, 1);
    await close();
  });

  test('R52: the service worker keeps no answer of the API that holds anything of a person or a task', async () => {
    const { page, close } = await seatOf(browser, product, 'vpcp', '/viec');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    for (const path of ['/viec', '/chi-dao', '/tinh', '/tai-khoan', '/kiem-toan']) {
      await page.goto(`${product.address}${path}`);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    const kept: unknown = await page.evaluate(`(async () => {
      const all = [];
      for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) {
        const answer = await (await caches.open(name)).match(request);
        all.push({ path: new URL(request.url).pathname, personal: answer.headers.get('x-sauro-personal') });
      }
      return all;
    })()`);
    assert.ok(Array.isArray(kept) && kept.length > 0, 'the shell is kept');
    const api = kept.filter((one: { readonly path: string }) => one.path.startsWith('/api/'));
    assert.deepEqual(api.filter((one: { readonly personal: string | null }) => one.personal !== 'none'), []);
    assert.deepEqual(api.filter((one: { readonly path: string }) => /session|my-work|inbox|tasks|directives|audit|accounts|sign-in/.test(one.path)), []);
    await close();
  });

  test('R49: the sign-in page and a refused address keep the content security policy', async () => {
    const seat = await takeSeat(browser);
    for (const path of ['/', '/en/', '/khong-co-trang-nay', '/invitation?token=x', '/sign-in/oidc?error=denied']) {
      await seat.page.goto(`${product.address}${path}`);
      await seat.page.locator('main h1').first().waitFor();
    }
    assert.deepEqual(seat.faults, []);
    await seat.close();
  });
});
