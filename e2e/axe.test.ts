import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, phone, root, takeSeat, wide } from './harness.ts';
import { pageOf, prepareVisits, settled } from './every-screen.ts';

const { product, browser } = await openStage();
const { visits, draft, issued, seats: signedIn } = await prepareVisits(browser, product);
const seats = new Map([...signedIn, ['', await takeSeat(browser, wide)]]);

const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const rules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'], preload: false }";

/** What axe finds on the page as it stands, one line a rule. */
const faultsOn = async (page: Page): Promise<string[]> => {
  if (await page.evaluate('typeof window.axe === "undefined"')) await page.evaluate(axe);
  return page.evaluate(`axe.run(document, ${rules}).then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`);
};
/** Elements that stick out of the window, when the page itself scrolls sideways. */
const overflowOn = (page: Page): Promise<string[]> => page.evaluate(`(() => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll')).slice(0, 4).map((one) => one.tagName + '.' + one.className + ' sticks out');
})()`);

const darken = async (page: Page, dark: boolean): Promise<void> => {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  await page.locator(`html[data-theme="${dark ? 'dark' : 'light'}"]`).waitFor({ state: 'attached' });
};

const look = async (page: Page, name: string, found: string[], alsoDark = false): Promise<void> => {
  const note = (where: string, faults: readonly string[]): void => { found.push(...faults.map((fault) => `${name} ${where}: ${fault}`)); };
  await page.setViewportSize(wide);
  await settled(page);
  note('1440', await faultsOn(page));
  if (alsoDark) {
    await darken(page, true);
    note('dark', await faultsOn(page));
    await darken(page, false);
  }
  await page.setViewportSize(phone);
  note('390', await faultsOn(page));
  note('390', await overflowOn(page));
  await page.setViewportSize({ width: 320, height: 700 });
  note('320', await overflowOn(page));
};

describe('every screen of the product, WCAG 2.x A and AA', () => {
  for (const language of ['vi', 'en'] as const) {
    test(`no violation and no sideways scrolling at 1440, 390 and 320 px, ${language === 'vi' ? 'Vietnamese, light and dark' : 'English'}`, async () => {
      const found: string[] = [];
      for (const visit of visits) {
        const page = pageOf(seats, visit.userName);
        await page.goto(`${product.address}${language === 'en' ? '/en' : ''}${visit.address}`);
        await look(page, visit.path, found, language === 'vi');
      }
      assert.deepEqual(found, []);
    });
  }

  test('no violation in what opens over a screen: editor, issue, reminder, menu, search, keys, communes', async () => {
    const page = pageOf(seats, 'vpcp');
    const found: string[] = [];
    const states: readonly (readonly [string, string, (page: Page) => Promise<void>])[] = [
      ['draft', draft, async () => undefined],
      ['editor', draft, (on) => on.getByRole('button', { name: /^\+ Bổ sung/ }).first().click()],
      ['issue', draft, (on) => on.getByRole('button', { name: 'Giao nhiệm vụ' }).click()],
      ['outputs', draft, (on) => on.getByRole('button', { name: 'In, xuất' }).click()],
      ['remind', issued, (on) => on.keyboard.press('n')],
      ['communes', `${issued}?xem=dia-ban`, async () => undefined],
      ['tasks', `${issued}?xem=danh-sach`, async () => undefined],
      ['search', '/viec', (on) => on.keyboard.press('Control+k')],
      ['keys', issued, (on) => on.keyboard.press('?')],
      ['calendar editor', '/lich-lam-viec', (on) => on.getByRole('button', { name: 'Sửa lịch năm' }).click()],
      ['feed', '/viec', (on) => on.getByRole('button', { name: 'Lịch hạn' }).click()],
    ];
    for (const [name, address, open] of states) {
      await page.setViewportSize(wide);
      await page.goto(`${product.address}${address}`);
      await settled(page);
      await open(page);
      await look(page, name, found);
    }
    assert.deepEqual(found, []);
  });

  test('R49: no screen breaks the content security policy and none throws', () => {
    assert.deepEqual([...seats.values()].flatMap((seat) => seat.faults), []);
  });
});
