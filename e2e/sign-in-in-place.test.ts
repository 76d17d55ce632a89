import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, root } from './harness.ts';

const { product, browser } = await openStage();

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const rules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }";

/** What axe finds on the page as it stands, one line a rule. */
const faultsOn = (page: Page): Promise<string[]> =>
  page.evaluate(`${axe}; axe.run(document, ${rules}).then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(' | ')))`);

/** A page of its own; reports of the content security policy and uncaught faults are gathered. */
async function newPage(width = 1440): Promise<{ page: Page; reports: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const reports: string[] = [];
  page.on('console', (message) => { if (/content security|trusted/i.test(message.text())) reports.push(message.text()); });
  page.on('pageerror', (error) => reports.push(error.message));
  return { page, reports };
}

async function signIn(page: Page, userName: string): Promise<void> {
  await page.fill('#user-name', userName);
  await page.fill('#password', 'sau-ro-demo');
  await page.click('form button[type=submit]');
  await page.waitForSelector('button.who');
}

describe('signing in where one stands', () => {
  test('a link to a screen leads there after signing in', async () => {
    const { page } = await newPage();
    await page.goto(`${product.address}/quan-tri/nguoi-dung?trang-thai=active`);
    await signIn(page, 'quantri');
    await page.waitForSelector('table tbody tr');
    assert.match(page.url(), /\/quan-tri\/nguoi-dung\?trang-thai=active$/);
  });

  test('a session that ends in mid-edit: sign in over the page, what was typed stays, the command goes on by itself', async () => {
    const { page } = await newPage();
    await page.goto(`${product.address}/quan-tri/nguoi-dung?tim=${encodeURIComponent('xa00004.canbo')}`);
    await signIn(page, 'quantri');
    await page.click('table tbody tr a');
    await page.click('main button:has-text("Khóa tài khoản")');
    await page.fill('#reason', 'Chuyển công tác');
    await page.context().clearCookies();
    await page.click('dialog button:has-text("Khóa tài khoản")');
    await page.waitForSelector('dialog[open] #user-name');
    assert.equal(await page.inputValue('#reason'), 'Chuyển công tác');
    await page.fill('dialog #user-name', 'quantri');
    await page.fill('dialog #password', 'sau-ro-demo');
    await page.click('dialog form button[type=submit]');
    await page.waitForSelector('.head .st.bad');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.match((await page.textContent('main')) ?? '', /Chuyển công tác/);
  });
});

describe('R49: the screens of accounts stand under the content security policy, with nothing for axe to find', () => {
  for (const { language, base } of [{ language: 'Vietnamese', base: '' }, { language: 'English', base: '/en' }]) {
    for (const width of [1440, 390]) {
      test(`${language}, ${width} px`, async () => {
        const { page, reports } = await newPage(width);
        await page.goto(`${product.address}${base}/`);
        await page.waitForSelector('#user-name');
        assert.deepEqual(await faultsOn(page), [], 'sign-in');
        await signIn(page, 'quantri');
        for (const path of ['/tai-khoan', '/quan-tri/nguoi-dung', '/quan-tri/giam-sat', '/khong-co-trang-nay']) {
          await page.goto(`${product.address}${base}${path}`);
          await page.waitForSelector('main h1');
          await page.waitForLoadState('networkidle');
          assert.deepEqual(await faultsOn(page), [], path);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${path} is wider than the window`);
        }
        assert.deepEqual(reports, []);
        await page.context().close();
      });
    }
  }
});
