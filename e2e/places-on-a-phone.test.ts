import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Page } from 'playwright-core';
import { openStage, phone, takeSeat, wide, type Seat } from './harness.ts';
import { ask, fillSignIn, seatOf, until } from './steps.ts';

const { product, browser } = await openStage();

const Place = Type.Object({ id: Type.String(), province: Type.String(), commune: Type.String(), code: Type.String(), state: Type.String(), checks: Type.Array(Type.Object({ day: Type.Integer(), state: Type.String() })) });
const Due = Type.Object({ rows: Type.Array(Type.Object({ place: Place, mayCheck: Type.Boolean() })) });
const View = Type.Object({ place: Place, history: Type.Array(Type.Object({ step: Type.String(), checkDay: Type.Union([Type.Integer(), Type.Null()]), byYou: Type.Boolean() })) });
const Page_ = Type.Object({ rows: Type.Array(Place), total: Type.Integer() });

async function officerOf(commune: string): Promise<Seat> {
  const seat = await takeSeat(browser, phone);
  await seat.page.goto(`${product.address}/viec`);
  await fillSignIn(seat.page, `xa${commune}.canbo`);
  await seat.page.locator('button.who').waitFor();
  await seat.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return seat;
}
/** A watched place of Hà Nội with the officer of its commune, who did not resolve it: a check between the four may be made on any day. */
async function checkToMake(): Promise<{ readonly place: Static<typeof Place>; readonly seat: Seat }> {
  const police = await seatOf(browser, product, 'tinh01.congan', '/tai-khoan');
  const due = await ask(police.page, '/hotspots/due-checks?province=01&within=30');
  await police.close();
  assert.ok(Value.Check(Due, due));
  const likelyFirst = due.rows.toSorted((a, b) => Number(a.mayCheck) - Number(b.mayCheck)); // what the police resolved, the officer did not
  for (const commune of new Set(likelyFirst.map(({ place }) => place.commune))) {
    const seat = await officerOf(commune);
    const own = await ask(seat.page, '/hotspots/due-checks?within=30');
    const found = Value.Check(Due, own) ? own.rows.find(({ mayCheck }) => mayCheck) : undefined;
    if (found !== undefined) return { place: found.place, seat };
    await seat.close();
  }
  throw new Error('the demonstration has no check that an officer may make');
}
const viewOf = async (page: Page, place: Static<typeof Place>): Promise<Static<typeof View>> => {
  const view = await ask(page, `/hotspots/places/${place.province}/${place.id}`);
  assert.ok(Value.Check(View, view));
  return view;
};

describe('places on a phone without a line', () => {
  test('a check recorded without a line outlives a reload, is sent from another screen, and is there once', async () => {
    const { place, seat: { page, context, faults, close } } = await checkToMake();
    const before = (await viewOf(page, place)).history.filter((entry) => entry.step === 'check').length;
    await page.goto(`${product.address}/diem-nong/kiem-tra`);
    await page.getByText(place.code).first().waitFor();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByRole('button', { name: `Ghi kiểm tra ${place.code}` }).click();
    await page.getByRole('radio').first().check();
    await page.locator('form button[type=submit]').click();
    await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
    await page.reload();
    await page.getByText(/Đã lưu trên máy này \d\d:\d\d/).first().waitFor();
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'no sideways scroll');
    await page.goto(`${product.address}/viec`); // a screen that knows nothing of places
    await page.locator('main h1').first().waitFor();
    await context.setOffline(false);
    const received = `(async () => { const db = await new Promise((ok) => { const open = indexedDB.open('sauro'); open.onsuccess = () => ok(open.result); }); const all = await new Promise((ok) => { const asked = db.transaction('outbox').objectStore('outbox').getAll(); asked.onsuccess = () => ok(asked.result); }); return all.filter((one) => one?.kind === 'hotspot-check').map((one) => one.state).join(); })()`;
    await until(() => page.evaluate(received), (state) => state === 'received', 40); // sent without opening a screen of places
    await page.goto(`${product.address}/diem-nong/${place.province}/${place.id}`);
    await page.getByText(/Đã nhận \d\d:\d\d, mã biên nhận/).first().waitFor();
    const after = (await viewOf(page, place)).history.filter((entry) => entry.step === 'check');
    assert.deepEqual([after.length, after.some((entry) => entry.byYou)], [before + 1, true]);
    assert.deepEqual(faults, []);
    await close();
  });

  test('a new place keeps what was typed over a reload, waits without a line, and gets its code when the line is back', async () => {
    const { page, context, faults, close } = await officerOf('00004');
    const listed = async (): Promise<Static<typeof Page_>> => { const list = await ask(page, '/hotspots/places?province=01&commune=00004'); assert.ok(Value.Check(Page_, list)); return list; };
    const { total } = await listed();
    await page.goto(`${product.address}/diem-nong/moi`);
    await page.locator('#noi').waitFor();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.locator('#noi').selectOption('market');
    await page.getByText(/Đã lưu trên máy này/).first().waitFor();
    await page.reload();
    await page.locator('#noi').waitFor();
    assert.equal(await page.locator('#noi').inputValue(), 'market');
    await page.locator('.sendbar button[type=submit]').click();
    await page.locator('.errs').waitFor(); // what is missing is said before anything waits
    await page.locator('#hoat-dong').check();
    await page.locator('.sendbar button[type=submit]').click();
    await page.locator('.outbox').getByText(/Đã lưu trên máy này/).waitFor();
    await context.setOffline(false);
    await page.locator('.outbox').getByText(/Đã nhận \d\d:\d\d, mã biên nhận ĐN-01-\d{4}-\d{4}/).waitFor();
    assert.equal((await listed()).total, total + 1);
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('the board by keyboard', () => {
  test('a card is found, moved on and opened without a mouse', async () => {
    const { page, faults, close } = await seatOf(browser, product, 'tinh01.congan', '/diem-nong');
    const card = page.locator('.lane').nth(1).locator('[data-card]').first();
    await card.waitFor();
    const code = (await card.locator('.k span').first().innerText()).trim();
    await page.locator('main h1').focus();
    for (let pressed = 0; pressed < 40 && !(await card.evaluate((element) => element.contains(document.activeElement))); pressed += 1) await page.keyboard.press('j');
    assert.ok(await card.evaluate((element) => element.contains(document.activeElement)), 'J walks over the cards');
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(code).waitFor();
    await dialog.getByRole('radio').first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await until(() => card.evaluate((element) => element.contains(document.activeElement)), (back) => back, 10); // the focus comes back to the card
    await page.keyboard.press('Shift+ArrowRight');
    await dialog.getByRole('radio').first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await until(() => card.evaluate((element) => element.contains(document.activeElement)), (back) => back, 10);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/diem-nong\/01\/[0-9a-f-]{36}/);
    await page.getByText(code).first().waitFor();
    await page.setViewportSize(wide);
    assert.deepEqual(faults, []);
    await close();
  });
});
