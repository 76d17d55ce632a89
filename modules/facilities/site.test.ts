/** What the tests of this module share: a server with units and the programme, facilities in two provinces, people at their offices. */
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { builtInProgramme, loadProgramme } from '../definitions/index.ts';
import { definitions } from '../definitions/module.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { facilities } from './module.ts';
import { noFlows } from './rules/balance.ts';
import type { Balance, DayFigures, FacilityView, Flows } from './schema.ts';

export const openSite = (): Promise<TestServer> => testServer([orgUnits, identity, definitions, facilities], {
  name: `fa${editionOfFiles().slice(0, 6)}`,
  fill: async (db) => {
    await loadUnits(db);
    const loaded = await loadProgramme(db, await builtInProgramme(), { note: 'thử', by: 'test', on: '2026-11-01' });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem));
  },
});

/** People by post; each call gives another person. */
export const people = {
  manager: (office = 'CA:01', province = '01'): Actor => actorWith(atProvince('facility-manager', province, office)),
  police: (province = '01'): Actor => actorWith(atProvince('province-police', province, `CA:${province}`)),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  secretary: (province = '01'): Actor => actorWith(atProvince('province-secretary', province)),
  inspector: (): Actor => actorWith(atNation('facility-inspector', 'TTCP')),
  auditor: (): Actor => actorWith(atNation('auditor', 'TTCP')),
  ministry: (): Actor => actorWith(atNation('ministry', 'BCA')),
};

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export const profile = { validFrom: '2020-01-01', nameVi: 'Cơ sở mẫu', nameEn: 'Sample facility', terrain: 'rural', commune: null, landM2: 9050, places: 100, beds: 110, decision: '' } as const;
/** A facility whose book opens on 1 November 2026 with 20 voluntary and 80 compulsory. The clock stands at 18 November 2026. */
export const enter = (site: TestServer, by: Actor, code = 'CS1', more: Record<string, unknown> = {}): Promise<FacilityView> => expectOk(site.call<FacilityView>(by, 'POST', '/facilities', {
  province: '01', code, ownership: 'public', openedOn: '2020-01-01', managerOffice: 'CA:01', profile, book: { from: '2026-11-01', voluntary: 20, compulsory: 80 }, ...more,
}));

export const opening: Balance = { voluntary: 20, compulsory: 80 };
/** A day on which this happened; everyone who is left was counted, unless said otherwise. */
export const figures = (voluntary: Partial<Flows>, compulsory: Partial<Flows>, more: Partial<DayFigures>): DayFigures =>
  ({ voluntary: { ...noFlows, ...voluntary }, compulsory: { ...noFlows, ...compulsory }, firstEver: 0, waitedDays: 0, waiting: 0, absent: 0, present: 0, ...more });
export type Refused = { readonly code: string } & Readonly<Record<string, unknown>>;
export const putDay = (site: TestServer, by: Actor, day: string, body: { readonly opening?: Balance; readonly figures?: DayFigures }, facility = 'CS1') =>
  site.call<Refused & { receipt?: string }>(by, 'PUT', `/facilities/01/${facility}/days/${day}`, { opening, figures: figures({}, {}, { present: 100 }), ...body });
