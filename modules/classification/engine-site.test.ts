/** What the tests of the engine share: the built-in programme, all units, returns of months put in as they would stand, points in the register. */
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { builtInProgramme, loadProgramme, slotsOf } from '../definitions/index.ts';
import { definitions } from '../definitions/module.ts';
import { directives } from '../directives/module.ts';
import { hotspots } from '../hotspots/module.ts';
import { identity } from '../identity/module.ts';
import { indicators } from '../indicators/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { returns } from '../returns/module.ts';
import { classification } from './module.ts';

export const monthsOf2025 = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`);

/** The clock stands at 20 January 2026: the period of 2025 has ended, that of 2026 runs, and none of its months is due yet. */
export async function openEngineSite(): Promise<TestServer> {
  const site = await testServer([orgUnits, identity, definitions, directives, hotspots, returns, indicators, classification], {
    name: `ce1${editionOfFiles().slice(0, 6)}`, fill: async (db) => {
      await loadUnits(db);
      const loaded = await loadProgramme(db, await builtInProgramme(), { note: 'thử', by: 'test', on: '2024-11-15' });
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts.slice(0, 3)));
    },
  });
  site.setClock('2026-01-20T03:00:00.000Z');
  return site;
}

export const people = {
  nation: (): Actor => actorWith(atNation('government-office', 'VPCP')), ministry: (): Actor => actorWith(atNation('ministry', 'BCA')), analyst: (): Actor => actorWith(atNation('national-analyst', 'BCA')),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)), police: (province = '01'): Actor => actorWith(atProvince('province-police', province, `CA:${province}`)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
};

/** A month in which nothing happened, in a commune of 10,000 residents: every box answered. */
export const quietMonth: Readonly<Record<string, number>> = {
  'nhan-khau': 10_000, 'ho-so-quan-ly.nguoi-nghien': 0, 'ho-so-quan-ly.nguoi-su-dung': 0, 'ngoai-ba-dien': 0, diem: 0, 'diem-phat-hien': 0, 'diem-triet-xoa': 0, 'nguoi-bi-bat': 0, cay: 0, 'dien-tich-cay': 0, 'vi-pham-cu-tru': 0, 'truy-na': 0,
  'tuyen-trong-diem.noi-tinh': 0, 'tuyen-trong-diem.lien-tinh': 0, 'dang-dieu-tri.thay-the': 0, 'dang-dieu-tri.tai-nha': 0, 'quan-ly-sau-cai': 0, 'da-tiep-can': 0,
};

export type Put = { readonly province?: string; readonly approved?: boolean; readonly rev?: number; readonly at?: string };
/** A return as it stands after it was sent (and approved); the month's version rises as it does with every commit. */
export async function put(site: TestServer, unit: string, months: readonly string[], figures: Readonly<Record<string, number>>, more: Put = {}): Promise<void> {
  await site.db.write('system', async (tx) => {
    const slots = await slotsOf(tx);
    const placed = slots.of('xa-thang');
    const values: (number | null)[] = Array.from({ length: Math.max(...placed.map((one) => one.slot)) }, () => null);
    for (const [name, value] of Object.entries(figures)) {
      const [element = '', cell = ''] = name.split('.');
      const home = slots.homeOf(element, cell);
      if (home === undefined) throw new Error(`no box ${name}`);
      values[home.slot - 1] = value;
    }
    const at = more.at ?? '2026-01-05T02:00:00.000Z';
    for (const month of months) {
      await tx.run(sql`
        insert into returns.packed (at, sent_at, by, rev, standing, late, approved, province, org_unit, period, data_set, vals)
        values (${at}::timestamptz, ${at}::timestamptz, '00000000-0000-4000-8000-000000000000'::uuid, ${more.rev ?? 1}, ${more.approved === false ? 0 : 2}, false, ${more.approved ?? true}, ${more.province ?? '01'}, ${unit}, ${month}, 'xa-thang', ${values}::float8[])
        on conflict (province, org_unit, period, data_set, attribute) do update set rev = returns.packed.rev + 1, vals = excluded.vals, approved = excluded.approved, at = excluded.at`);
      await tx.run(sql`insert into returns.version (version, at, period, data_set) values (1, ${at}::timestamptz, ${month}, 'xa-thang') on conflict (period, data_set) do update set version = returns.version.version + 1`);
    }
  });
}
/** A whole quiet year, with some months otherwise. */
export async function putYear(site: TestServer, unit: string, otherwise: Readonly<Record<string, Readonly<Record<string, number>>>> = {}, more: Put = {}): Promise<void> {
  for (const month of monthsOf2025) await put(site, unit, [month], { ...quietMonth, ...otherwise[month] }, more);
}

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
