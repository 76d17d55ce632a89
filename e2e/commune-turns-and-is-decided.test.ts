/** In a browser: a clerk reports a point, it is removed and found again on day 60, the proposal turns, the council decides, anybody reads the notice, the log holds each step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, phone, takeSeat, wide, type Seat } from './harness.ts';
import { ask, fillSignIn, until } from './steps.ts';

const { product, browser } = await openStage();

type Listed = { readonly rows: readonly { readonly unit: { readonly code: string; readonly nameVi: string }; readonly reviewOpen: boolean }[] };
type Verdict = { readonly groups: readonly { readonly group: string; readonly criteria: readonly { readonly id: string; readonly verdict: string }[] }[] };
type Place = { readonly place: { readonly id: string; readonly state: string; readonly version: number; readonly recurredOnDay: number | null } };
type Cases = { readonly rows: readonly { readonly id: string; readonly kind: string; readonly state: string; readonly cause: string | null }[] };

const daysAgo = (days: number): string => new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
const shown = (day: string): string => day.split('-').reverse().join('/');

/** A POST of the product as this seat sends it. */
const tell = (page: Page, path: string, body: unknown): Promise<{ status: number; body: unknown }> => page.evaluate(`fetch(${JSON.stringify(`/api${path}`)}, {
  method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: ${JSON.stringify(JSON.stringify(body))},
}).then(async (answer) => ({ status: answer.status, body: await answer.json() }))`);

/** Seven people at seven browsers on one machine: each may be slow to open. */
const slowest = 120_000;
async function seatFor(userName: string, viewport = wide): Promise<Seat> {
  const seat = await takeSeat(browser, viewport);
  seat.page.setDefaultTimeout(slowest);
  await seat.page.goto(`${product.address}/viec`);
  await fillSignIn(seat.page, userName);
  await seat.page.locator('button.who').waitFor();
  return seat;
}

async function testThree(page: Page, unit: string): Promise<string | undefined> {
  const verdict = await ask(page, `/classification/verdict/${unit}`) as Verdict; // the product's own contract
  return verdict.groups.find((group) => group.group === 'drug-free')?.criteria.find((one) => one.id === 'drug-free.3')?.verdict;
}

/** A step of the case by its button and the dialog behind it. */
async function take(page: Page, button: string, fill: (dialog: ReturnType<Page['locator']>) => Promise<void> = async () => undefined): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).first();
  await wanted.waitFor({ timeout: 40_000 }).catch(() => page.reload()); // a page whose first answer was lost on a busy machine is asked for once more
  await wanted.click();
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  await fill(dialog);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('from a phone’s report to the public notice: a point recurs on day 60 and a listed commune is decided anew', async () => {
  const leader = await seatFor('tinh01');
  const { rows } = await ask(leader.page, '/classification/list?province=01&status=drug-free') as Listed;
  let unit: Listed['rows'][number]['unit'] | undefined;
  for (const row of rows.filter((one) => !one.reviewOpen).slice(1, 12)) {
    if ((await testThree(leader.page, row.unit.code)) !== 'met') continue;
    unit = row.unit;
    break;
  }
  assert.ok(unit !== undefined, 'a recognised commune without a point');
  const { code, nameVi } = unit;

  // a clerk reports it from a phone
  const clerk = await seatFor(`xa${code}.canbo`, phone);
  await clerk.page.goto(`${product.address}/diem-nong/moi`);
  await clerk.page.locator('#noi').selectOption('boarding-house');
  await clerk.page.getByLabel('Chứa chấp sử dụng').check();
  await clerk.page.getByLabel('Ngày phát hiện').first().fill(shown(daysAgo(75)));
  await clerk.page.getByRole('button', { name: 'Ghi và gửi' }).click();
  const found = await until(() => ask(clerk.page, `/hotspots/places?commune=${code}&sort=updated`) as Promise<{ rows: { id: string; foundOn: string }[] }>, (page) => page.rows.some((row) => row.foundOn === daysAgo(75)));
  const id = found.rows.find((row) => row.foundOn === daysAgo(75))?.id ?? '';

  // its life until the watch, by the clerk and the head, each step on its day
  const head = await seatFor(`xa${code}`);
  let version = 1;
  const step = async (page: Page, move: string, days: number, more: Record<string, unknown> = {}): Promise<void> => {
    version = ((await ask(page, `/hotspots/places/01/${id}`)) as Place).place.version;
    const answer = await tell(page, `/hotspots/places/01/${id}/moves`, { move, version, onDay: daysAgo(days), ...more });
    assert.equal(answer.status, 200, `${move}: ${JSON.stringify(answer.body)}`);
  };
  await step(clerk.page, 'verify', 74);
  await step(head.page, 'list', 73);
  assert.equal(await testThree(leader.page, code), 'not-met');
  await step(clerk.page, 'start', 72, { measures: ['regular-patrol'] });
  await step(clerk.page, 'resolve', 62, { measures: ['regular-patrol'] });
  await step(head.page, 'remove', 60, { documentNumber: '12/QĐ-UBND', documentDate: daysAgo(60) });
  await step(head.page, 'watch', 60);
  assert.equal((await tell(head.page, `/hotspots/places/01/${id}/checks`, { day: 30, checkedOn: daysAgo(30), result: 'clean' })).status, 200);
  assert.equal(await testThree(leader.page, code), 'to-conclude', 'none on the closing day, one in the period');

  // the head, who did not resolve it, checks on day 60 and finds it again
  await head.page.goto(`${product.address}/diem-nong/01/${id}`);
  await head.page.getByRole('button', { name: 'Ghi kiểm tra' }).first().click({ timeout: slowest });
  await head.page.getByLabel(/^Tái phát/).check();
  await head.page.locator('form').getByRole('button', { name: 'Ghi kiểm tra' }).click();
  await head.page.getByText(/tái phát sau 60 ngày/).waitFor({ timeout: slowest });
  assert.equal(await testThree(leader.page, code), 'not-met');

  // a review opened by itself; the province decides it step by step
  const review = await until(() => ask(leader.page, `/classification/cases?unit=${code}&kind=review`) as Promise<Cases>, (page) => page.rows.some((row) => row.state === 'preparing'));
  const open = review.rows.find((row) => row.state === 'preparing');
  assert.equal(open?.cause, 'criterion-broken');
  const path = `/xa/${code}/khong-ma-tuy?ky=${new Date(Date.now() + 17 * 86_400_000).getUTCFullYear()}&ho-so=${open?.id ?? ''}`;
  const [secretary, police] = [await seatFor('tinh01.thuky'), await seatFor('tinh01.congan')];
  await secretary.page.goto(`${product.address}${path}`);
  await take(secretary.page, 'Đưa ra hội đồng');
  for (const member of [secretary, police]) {
    await member.page.goto(`${product.address}${path}`);
    await take(member.page, 'Cho ý kiến', (dialog) => dialog.getByLabel('Loại III').check());
  }
  await leader.page.goto(`${product.address}${path}`);
  await take(leader.page, 'Kết luận', async (dialog) => {
    await dialog.getByLabel('Loại III').check();
    await dialog.getByLabel('Số biên bản').fill('21/BB-HĐ');
    await dialog.getByLabel('Lý do').fill('Điểm đã tái phát trong thời gian theo dõi, đã đối chiếu tại biên bản.');
  });
  await police.page.goto(`${product.address}${path}`);
  await take(police.page, 'Ký', async (dialog) => {
    await dialog.getByLabel('Số quyết định').fill('1200/QĐ-UBND');
    await dialog.getByLabel('Ngày quyết định').first().fill(shown(daysAgo(0)));
  });
  await leader.page.goto(`${product.address}${path}`);
  await take(leader.page, 'Ký');
  await secretary.page.goto(`${product.address}${path}`);
  await take(secretary.page, 'Công bố');

  // anybody reads the notice, with the figures on rights beside it, and without an account
  const anybody = await takeSeat(browser, phone);
  anybody.page.setDefaultTimeout(slowest);
  const period = /ky=(\d{4})/.exec(path)?.[1] ?? '';
  await anybody.page.goto(`${product.address}/cong-khai/khong-ma-tuy/01/${period}`);
  await anybody.page.getByText(nameVi).first().waitFor({ timeout: slowest });
  await anybody.page.getByText('1200/QĐ-UBND').first().waitFor();
  const notice = await ask(anybody.page, `/public/classification/01/${period}`) as { rights: unknown[]; items: { unit: string; status: string; standing: string }[] };
  assert.deepEqual(notice.items.filter((item) => item.unit === code).map((item) => [item.status, item.standing]), [['III', 'open-to-objections']]);
  assert.ok(notice.rights.length >= 5, 'E13');

  // the log holds each step, and proves that it does
  const auditor = await seatFor('kiemtoan');
  const log = await until(() => ask(auditor.page, `/audit/entries?log=01&target=${open?.id ?? ''}&limit=100`) as Promise<{ entries: { entry: { id: string; action: string }; position: number | null }[] }>, (page) => page.entries.length >= 8 && page.entries.every((one) => one.position !== null));
  assert.deepEqual([...new Set(log.entries.map(({ entry }) => entry.action.replace('classification.', '')))].sort(), ['conclude', 'convene', 'opine', 'publish', 'review-opened', 'sign']);
  const proven = await until(() => ask(auditor.page, `/audit/logs/01/entries/${log.entries[0]?.entry.id ?? ''}`) as Promise<{ inclusion: { note: string } | null }>, (page) => page.inclusion !== null);
  assert.match(proven.inclusion?.note ?? '', /\/01\n/);
  for (const seat of [leader, clerk, head, secretary, police, anybody, auditor]) assert.deepEqual(seat.faults, []);
});
