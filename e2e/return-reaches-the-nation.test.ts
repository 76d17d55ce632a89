/** From a clerk's cell to the nation's figure and back: received, seen without a reload, approved, and explained down to the cell. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './harness.ts';
import { clerkOnDueReturn, fillAndSend } from './return-on-a-phone.ts';
import { ask, seatOf, until } from './steps.ts';

const { product, browser } = await openStage();

type Counts = { readonly received: number; readonly approved: number };
/** "Nguồn: 1/3.321 báo cáo đã gửi, 0 đã duyệt", as it stands on the page. */
async function countsOn(page: Page): Promise<Counts> {
  const text = await page.locator('.head').first().innerText();
  const found = /Nguồn: ([\d.]+)\/[\d.]+ báo cáo đã gửi, ([\d.]+) đã duyệt/.exec(text);
  const number = (part: string | undefined): number => Number((part ?? '-1').replaceAll('.', ''));
  return { received: number(found?.[1]), approved: number(found?.[2]) };
}

/** In the queue of the head or the province, which follows the feed: the return of this commune, approved with the keyboard's A. */
async function approve(page: Page, commune: string): Promise<void> {
  const row = page.locator('.qrow', { hasText: commune }).first();
  await row.locator('button').click({ timeout: 60_000 });
  await page.keyboard.press('a');
}

test('a phone sends, the nation sees it without a reload, two steps approve, the figure explains itself down to the cell', async () => {
  const clerk = await clerkOnDueReturn(browser, product, 'xa00070.canbo');
  const [province = '', unit = '', period = ''] = clerk.path.split('/');

  const nation = await seatOf(browser, product, 'vpcp', `/tong-quan?ky=${period}`);
  await nation.page.goto(`${product.address}/tong-quan?ky=${period}`);
  await nation.page.getByText(/Nguồn: [\d.]+\/3\.321/).waitFor();
  await nation.page.evaluate('window.notReloaded = true');
  const before = await countsOn(nation.page);

  await clerk.context.setOffline(true);
  await fillAndSend(clerk.page);
  assert.deepEqual(await countsOn(nation.page), before, 'nothing has arrived yet');
  await clerk.context.setOffline(false);
  await clerk.page.getByText(/Tỉnh đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();

  await until(() => countsOn(nation.page), (now) => now.received === before.received + 1, 20);
  assert.equal(await nation.page.evaluate('window.notReloaded'), true, 'the overview changed without a reload');

  const communeName = (await clerk.page.locator('main h1').innerText()).split(', ').at(-1) ?? '';
  const leader = await seatOf(browser, product, 'xa00070', '/bao-cao/duyet');
  await leader.page.goto(`${product.address}/bao-cao/duyet?ky=${period}`);
  await approve(leader.page, communeName);
  const secretary = await seatOf(browser, product, 'tinh01.thuky', '/bao-cao/duyet');
  await secretary.page.goto(`${product.address}/bao-cao/duyet?ky=${period}`);
  await approve(secretary.page, communeName);
  await until(() => countsOn(nation.page), (now) => now.approved === before.approved + 1, 30);
  assert.equal(await nation.page.evaluate('window.notReloaded'), true, 'approval too was seen without a reload');

  // From a figure on the overview to where it comes from, down the units it was added over, to the return and its cells.
  const explained = nation.page.getByRole('heading', { name: /^Vì sao có số này/ });
  await nation.page.locator('.bullets a.fig').first().click();
  await explained.waitFor();
  for (const place of ['Thành phố Hà Nội', communeName]) {
    await nation.page.locator('main table a').getByText(place, { exact: true }).first().click();
    await nation.page.locator('main .head p').getByText(place).first().waitFor();
  }
  const source = nation.page.locator(`main a[href*="/bao-cao/${province}/${unit}/${period}/xa-thang/lich-su"]`).first();
  await source.click();
  await nation.page.waitForURL(/lich-su/);
  await nation.page.locator('main').getByText(communeName).first().waitFor();
  const history = await ask(nation.page, `/returns/history/${province}/${unit}/${period}/xa-thang`);
  assert.ok(typeof history === 'object' && history !== null && 'approvals' in history && Array.isArray(history.approvals));
  assert.deepEqual(history.approvals.map((one: { step: string }) => one.step).sort(), ['head', 'province']);
  for (const seat of [clerk, nation, leader, secretary]) {
    assert.deepEqual(seat.faults, []);
    await seat.close();
  }
});
