import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, takeSeat, wide } from './harness.ts';
import { pageOf, prepareVisits, settled } from './every-screen.ts';
import { notice, paste } from './steps.ts';

const { product, browser } = await openStage();
const { visits, draft, issued, seats: signedIn } = await prepareVisits(browser, product);
const seats = new Map([...signedIn, ['', await takeSeat(browser, wide)]]);

type Stop = { readonly tag: string; readonly name: string; readonly href: string; readonly seen: boolean; readonly primary: boolean; readonly inDialog: boolean };
/** What `one` is, and whether an eye can tell that it has the focus: a ring by shadow or outline on it, on its own frame, or on its row's cells. */
const describing = `(one) => {
  const ring = (style) => (style.boxShadow !== 'none' && style.boxShadow !== '') || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !/, 0\\)$|transparent/.test(style.outlineColor));
  const looks = [getComputedStyle(one), getComputedStyle(one, '::after'), ...[...one.children].slice(0, 2).map((child) => getComputedStyle(child))];
  const borderTold = one.matches('.palette .in, summary');
  return { tag: one.tagName, name: (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 60), href: one.getAttribute('href') ?? '', seen: borderTold || looks.some(ring), primary: one.classList.contains('pri'), inDialog: one.closest('dialog[open]') !== null };
}`;
const focused = (page: Page): Promise<Stop> => page.evaluate(`(${describing})(document.activeElement ?? document.body)`);

/** Tabs through the page from its beginning until the focus leaves it or comes round. The page itself notes each stop, so that a long page costs no more than its keys. */
async function tabThrough(page: Page, most = 220): Promise<Stop[]> {
  await page.evaluate(`(() => {
    const describe = ${describing};
    const noted = { stops: [], first: undefined, round: false };
    removeEventListener('focusin', window.notesFocus, true);
    window.notesFocus = ({ target }) => {
      if (target === noted.first) noted.round = true;
      noted.first ??= target;
      if (!noted.round && target instanceof Element) noted.stops.push(describe(target));
    };
    window.focusNoted = noted;
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    addEventListener('focusin', window.notesFocus, true);
  })()`);
  for (let before = -1; ;) {
    const { count, round }: { count: number; round: boolean } = await page.evaluate(`({ count: window.focusNoted.stops.length, round: window.focusNoted.round })`);
    if (round || count === before || count >= most) break;
    before = count;
    for (let at = 0; at < 20; at += 1) await page.keyboard.press('Tab');
  }
  return page.evaluate(`window.focusNoted.stops`);
}

async function tabTo(page: Page, fits: (stop: Stop) => boolean, most = 120): Promise<Stop> {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (fits(stop)) return stop;
  }
  return assert.fail('the focus never came there');
}

describe('by keyboard only', () => {
  test('on every screen the focus is always seen and the main action is on its way', async () => {
    const faults: string[] = [];
    for (const visit of visits) {
      const page = pageOf(seats, visit.userName);
      await page.goto(`${product.address}${visit.address}`);
      await settled(page);
      const stops = await tabThrough(page);
      if (stops.length === 0) faults.push(`${visit.path}: nothing takes the focus`);
      faults.push(...stops.filter((stop) => !stop.seen).map((stop) => `${visit.path}: focus not seen on ${stop.tag} "${stop.name}"`));
      const primaries = await page.locator('main .btn.pri:visible').count();
      if (primaries > 0 && stops.length < 220 && !stops.some((stop) => stop.primary)) faults.push(`${visit.path}: the main action is not reached by Tab`);
    }
    assert.deepEqual(faults, []);
  });

  test('every screen of the menu opens with Enter and the focus lands on its heading, or in the form it leads to', async () => {
    const faults: string[] = [];
    for (const visit of visits.filter((one) => one.inMenu)) {
      const page = pageOf(seats, visit.userName);
      await page.goto(`${product.address}/tai-khoan`);
      await settled(page);
      await tabTo(page, (stop) => stop.tag === 'A' && stop.href.split('?')[0] === visit.address);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === visit.address);
      await page.locator('main h1').first().waitFor();
      await page.waitForTimeout(300);
      const stop = await focused(page);
      const sentOn = new URL(page.url()).pathname !== visit.address; // a clerk who owes a return lands in its first open box
      if (stop.tag !== 'H1' && !(sentOn && stop.tag === 'INPUT')) faults.push(`${visit.path}: focus on ${stop.tag} "${stop.name}"`);
    }
    assert.deepEqual(faults, []);
  });

  test('a notice is read, filled in and looked over before issuing without a mouse', async () => {
    const page = pageOf(seats, 'vpcp');
    await page.goto(`${product.address}/viec`);
    await settled(page);
    await tabTo(page, (stop) => stop.name === 'Tạo từ văn bản');
    await page.keyboard.press('Enter');
    await page.getByLabel('Dán văn bản').waitFor();
    await tabTo(page, (stop) => stop.tag === 'TEXTAREA');
    await paste(page, notice.replace('Số: 00/TB-VPCP', 'Số: 88/TB-VPCP').replace('trước ngày 28 tháng 02 năm 2027', ''));
    await tabTo(page, (stop) => stop.name === 'Đọc văn bản');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ma trận sáu rõ' }).waitFor();
    await tabTo(page, (stop) => stop.name.startsWith('+ Bổ sung'));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    assert.ok((await focused(page)).inDialog);
    await tabTo(page, (stop) => stop.tag === 'INPUT');
    await page.keyboard.insertText('28/02/2027');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('28/02/2027').waitFor();
    await tabTo(page, (stop) => stop.name === 'Giao nhiệm vụ');
    await page.keyboard.press('Enter');
    const go = page.getByRole('dialog').getByRole('button', { name: /^Giao [\d.]+ nhiệm vụ$/ });
    await go.waitFor();
    await tabTo(page, (stop) => /^Giao [\d.]+ nhiệm vụ$/.test(stop.name));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal((await focused(page)).name, 'Giao nhiệm vụ', 'the focus goes back to where the dialog was opened');
  });

  test('J, K and Enter move and open in the matrix, N opens the reminder, ? tells the keys', async () => {
    const page = pageOf(seats, 'vpcp');
    await page.goto(`${product.address}${issued}`);
    await settled(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/nv=NV-02/);
    await page.getByRole('heading', { name: 'NV-02 đi xuống tới đâu' }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Nhắc việc' });
    await dialog.waitFor();
    for (let at = 0; at < 12; at += 1) {
      await page.keyboard.press('Tab');
      const stop = await focused(page);
      assert.ok(stop.inDialog || stop.tag === 'BODY', `the focus left the dialog for ${stop.tag} "${stop.name}"`);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Nhắc việc chậm').waitFor();
    await page.keyboard.press('Escape');
  });

  test('a line of a draft is moved and removed by its menu, and put back by the word beside', async () => {
    const page = pageOf(seats, 'vpcp');
    await page.goto(`${product.address}${draft}`);
    await settled(page);
    const lines = await page.locator('table.mx tbody tr').count();
    await tabTo(page, (stop) => stop.name === 'Thao tác với NV-01');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('Đã bỏ NV-01').waitFor();
    assert.equal(await page.locator('table.mx tbody tr').count(), lines - 1);
    await tabTo(page, (stop) => stop.name === 'Hoàn tác');
    await page.keyboard.press('Enter');
    await page.locator('table.mx tbody tr').nth(lines - 1).waitFor();
  });
});
