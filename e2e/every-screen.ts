import assert from 'node:assert/strict';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Browser, Page } from 'playwright-core';
import type { RunningProduct, Seat } from './harness.ts';
import { ask, draftFrom, noticeNumbered, seatOf } from './steps.ts';

const Modules = Type.Array(Type.Object({ screens: Type.Array(Type.Object({ path: Type.String(), permission: Type.String(), nav: Type.Optional(Type.Unknown()) })) }));
type Listed = Static<typeof Modules>[number]['screens'][number];

/** Who opens a screen in the tests, by the permission it needs. */
const opener = (permission: string): string => {
  const prefix = permission.split('.')[0] ?? '';
  const exactly: Readonly<Record<string, string>> = { 'identity.two-bodies': 'giamsat', 'returns.approve': 'tinh01.thuky', 'hotspots.read': 'tinh01.thuky', 'hotspots.import': 'xa00004' };
  const who: Readonly<Record<string, string>> = { anyone: '', 'signed-in': 'vpcp', directives: 'vpcp', tasks: 'vpcp', 'org-units': 'vpcp', identity: 'quantri', audit: 'kiemtoan', returns: 'xa00004.canbo', indicators: 'vpcp', classification: 'vpcp', hotspots: 'xa00004.canbo', facilities: 'tinh01.congan', coverage: 'vpcp', prevention: 'vpcp', instruments: 'vpcp' };
  const found = exactly[permission] ?? who[prefix];
  assert.ok(found !== undefined, `no test person may open a screen with "${permission}": name one here`);
  return found;
};

export type Visit = { readonly path: string; readonly address: string; readonly userName: string; readonly inMenu: boolean };

/** The screens as the product lists them; read when it runs, so a screen added there is tested without a change here. */
export async function listedScreens(): Promise<readonly Listed[]> {
  const source = new URL('../app/web-modules.ts', import.meta.url).href;
  const loaded: unknown = await import(source);
  assert.ok(typeof loaded === 'object' && loaded !== null && 'webModules' in loaded);
  assert.ok(Value.Check(Modules, loaded.webModules));
  return loaded.webModules.flatMap((module) => module.screens);
}

const firstHref = async (page: Page, address: string, pattern: RegExp): Promise<string> => {
  await page.goto(address);
  await page.locator('main table a').first().waitFor();
  const hrefs = await page.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const found = hrefs.find((href) => pattern.test(href));
  assert.ok(found !== undefined, `no link like ${String(pattern)} on ${address}`);
  return found.split('?')[0] ?? '';
};

const Due = Type.Object({ next: Type.Object({ province: Type.String(), unit: Type.String(), period: Type.String(), dataSet: Type.String() }) });
const Shown = Type.Object({ period: Type.Object({ id: Type.String() }) });
/** The return a commune owes next. */
async function dueReturn(page: Page): Promise<string> {
  const due = await ask(page, '/returns/due?unit=00004');
  assert.ok(Value.Check(Due, due), 'the demonstration has a return that is due');
  return `/bao-cao/${due.next.province}/${due.next.unit}/${due.next.period}/${due.next.dataSet}`;
}

const Places = Type.Object({ rows: Type.Array(Type.Object({ province: Type.String(), id: Type.String() })) });
/** The most urgent place of a province. */
async function aPlace(page: Page): Promise<string> {
  const found = await ask(page, '/hotspots/places?province=01');
  assert.ok(Value.Check(Places, found) && found.rows[0] !== undefined, 'the demonstration has places');
  return `/diem-nong/${found.rows[0].province}/${found.rows[0].id}`;
}

/** A person per account, signed in once; addresses of screens about one thing, found the way a person finds them. */
export async function prepareVisits(browser: Browser, product: RunningProduct): Promise<{ readonly visits: readonly Visit[]; readonly seats: ReadonlyMap<string, Seat>; readonly draft: string; readonly issued: string }> {
  const seats = new Map<string, Seat>();
  for (const userName of ['vpcp', 'quantri', 'giamsat', 'kiemtoan', 'xa00004.canbo', 'xa00004', 'tinh01.thuky', 'tinh01.congan']) seats.set(userName, await seatOf(browser, product, userName, '/tai-khoan'));
  const page = pageOf(seats, 'vpcp');
  const issued = await firstHref(page, `${product.address}/chi-dao?trang-thai=issued`, /\/chi-dao\/\d{2}\/[0-9a-f-]{36}/);
  const task = await firstHref(page, `${product.address}${issued}?xem=danh-sach`, /\/nhiem-vu\//);
  const account = await firstHref(pageOf(seats, 'quantri'), `${product.address}/quan-tri/nguoi-dung`, /nguoi-dung\/[^/?]+/);
  const draft = new URL(await draftFrom(page, product, noticeNumbered('77/TB-VPCP').replace('trước ngày 28 tháng 02 năm 2027', ''))).pathname;
  const due = await dueReturn(pageOf(seats, 'xa00004.canbo'));
  const overview = await ask(page, '/figures/overview');
  assert.ok(Value.Check(Shown, overview), 'the demonstration has figures');
  const place = await aPlace(pageOf(seats, 'tinh01.thuky'));
  const about: Readonly<Record<string, string>> = {
    '/chi-tieu/:indicator': '/chi-tieu/tiep-can-dieu-tri', '/giai-thich': `/giai-thich?chi=tiep-can-dieu-tri&don-vi=01&ky=${overview.period.id}`,
    '/bao-cao/:province/:unit/:period/:dataSet': due, '/bao-cao/:province/:unit/:period/:dataSet/xem-lai': `${due}/xem-lai`, '/bao-cao/:province/:unit/:period/:dataSet/lich-su': `${due}/lich-su`,
    '/ra-soat/:province/:campaign': '/ra-soat/00/c0fe4830-0000-4000-8000-000000000002', '/ra-soat/:province/:campaign/:shard/:commune': '/ra-soat/00/c0fe4830-0000-4000-8000-000000000002/01/00004',
    '/phong-ngua/mo-hinh/:province/:model': '/phong-ngua/mo-hinh/00/9de00001-0000-4000-8000-000000000001', '/phong-ngua/thi-diem/:province/:pilot': '/phong-ngua/thi-diem/00/9de00002-0000-4000-8000-000000000001',
    '/phong-ngua/truyen-thong/:province/:drive': '/phong-ngua/truyen-thong/00/9de00003-0000-4000-8000-000000000001', '/van-ban/:province/:instrument': '/van-ban/00/1a500000-0000-4000-8000-000000000002',
    '/chi-dao/:province/:directive': issued, '/nhiem-vu/:province/:task': task, '/tinh/:ma': '/tinh/01', '/xa/:ma': '/xa/00004', '/ban-chi-dao/:ma': '/ban-chi-dao/01',
    '/xa/:ma/khong-ma-tuy': '/xa/00004/khong-ma-tuy', '/tinh/:ma/khong-ma-tuy': '/tinh/01/khong-ma-tuy', '/khong-ma-tuy/hoi-dong/:ma': '/khong-ma-tuy/hoi-dong/01', '/cong-khai/khong-ma-tuy/:province/:period': '/cong-khai/khong-ma-tuy/01/2025',
    '/quan-tri/nguoi-dung/:id': account, '/diem-nong/:province/:place': place,
    '/co-so/:province/:facility': '/co-so/01/CS1', '/co-so/:province/:facility/so': '/co-so/01/CS1/so', '/co-so/:province/:facility/kiem-tra': '/co-so/01/CS1/kiem-tra',
  };
  const visits = (await listedScreens()).map((screen): Visit => {
    const address = about[screen.path] ?? (screen.path.includes(':') ? undefined : screen.path);
    assert.ok(address !== undefined, `a screen about one thing needs an example here: ${screen.path}`);
    return { path: screen.path, address, userName: opener(screen.permission), inMenu: screen.nav !== undefined };
  });
  return { visits, seats, draft, issued };
}

export function pageOf(seats: ReadonlyMap<string, Seat>, userName: string): Page {
  const seat = seats.get(userName);
  assert.ok(seat, userName);
  return seat.page;
}

/** Waits until the screen stands: its heading is there and nothing is being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForTimeout(150); // questions begin to be asked
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
