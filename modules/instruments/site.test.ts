/** What the tests of this module share. */
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { directives } from '../directives/module.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { instruments } from './module.ts';
import type { InstrumentRow } from './schema.ts';

export const openSite = (): Promise<TestServer> => testServer([orgUnits, identity, directives, instruments], { name: `in${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
export const people = {
  ministry: (office = 'BCA'): Actor => actorWith(atNation('ministry', office)), vpcp: (): Actor => actorWith(atNation('government-office', 'VPCP')), leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
};
export const body = (changes: Record<string, unknown> = {}) => ({
  province: '00', kind: 'decree', titleVi: 'Nghị định mẫu', titleEn: 'Sample decree', leadOffice: 'BCA', basis: '564/TB-VPCP', enhancement: 'law', dueStage: 'passed', dueOn: '2026-10-31', dueText: '', dueEvent: null, note: '', ...changes,
});
export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body: given } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(given)}`);
  return given;
}
export const tracked = (site: TestServer, by: Actor = people.ministry(), changes: Record<string, unknown> = {}): Promise<InstrumentRow> => expectOk(site.call<InstrumentRow>(by, 'POST', '/instruments', body(changes)));
export const stage = (site: TestServer, by: Actor, row: InstrumentRow, [name, on, number = '']: readonly [name: string, on: string, number?: string]) =>
  site.call<InstrumentRow & { code: string }>(by, 'PUT', `/instruments/${row.instrument.province}/${row.instrument.id}/stages/${name}`, { version: row.instrument.version, on, number, source: '' });
