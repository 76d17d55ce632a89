/** What tests of places start from: the real tree of units, people by post, a place brought to any state. */
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { directives } from '../directives/module.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { hotspots } from './module.ts';
import type { MovePlace, PlaceView, ReportPlace, State } from './schema.ts';

export const openSite = (): Promise<TestServer> => testServer([orgUnits, identity, directives, hotspots], { name: `hs${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });

/** People by post; each call of a maker gives another person. */
export const people = {
  officer: (commune = '00004'): Actor => actorWith(atCommune('commune-officer', '01', commune)),
  leader: (commune = '00004'): Actor => actorWith(atCommune('commune-leader', '01', commune)),
  police: (province = '01'): Actor => actorWith(atProvince('province-police', province, `CA:${province}`)),
  provinceLeader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  nation: (): Actor => actorWith(atNation('government-office', 'VPCP')),
};

export const given = (changes: Partial<ReportPlace> = {}): ReportPlace => ({ province: '01', commune: '00004', kind: 'point', setting: 'boarding-house', source: 'patrol', basis: 'suspected', activities: ['harbouring'], foundOn: '2026-11-10', ...changes });

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
export const pathOf = ({ place }: PlaceView): string => `/hotspots/places/${place.province}/${place.id}`;
export const reported = (site: TestServer, by: Actor, changes: Partial<ReportPlace> = {}): Promise<PlaceView> => expectOk(site.call<PlaceView>(by, 'POST', '/hotspots/places', given(changes)));
export const step = (site: TestServer, by: Actor, view: PlaceView, move: MovePlace['move'], more: Partial<MovePlace> = {}) =>
  site.call<PlaceView & { code?: string }>(by, 'POST', `${pathOf(view)}/moves`, { move, version: view.place.version, ...more });

export type Crew = { readonly reporter: Actor; readonly leader: Actor; readonly resolver: Actor; readonly checker: Actor };
export const crew = (): Crew => ({ reporter: people.officer(), leader: people.leader(), resolver: people.officer(), checker: people.officer() });
const order = ['verify', 'list', 'start', 'resolve', 'remove', 'watch'] as const;
const reached: Readonly<Record<(typeof order)[number], State>> = { verify: 'verified', list: 'listed', start: 'resolving', resolve: 'resolved', remove: 'removed', watch: 'watched' };

/** A place in a state, all steps taken on one day (that of `setClock`) by the people whose steps they are. */
export async function placeIn(site: TestServer, state: State, by: Crew = crew(), changes: Partial<ReportPlace> = {}): Promise<PlaceView> {
  let view = await reported(site, by.reporter, changes);
  for (const move of order) {
    if (view.place.state === state) return view;
    const who = { verify: by.resolver, list: by.leader, start: by.resolver, resolve: by.resolver, remove: by.leader, watch: by.checker }[move];
    const more = move === 'start' || move === 'resolve' ? { measures: ['regular-patrol' as const] } : move === 'remove' ? { documentNumber: '12/QĐ-UBND', documentDate: changes.foundOn ?? '2026-11-10' } : {};
    view = await expectOk(step(site, who, view, move, more));
    if (view.place.state !== reached[move]) throw new Error(`${move} led to ${view.place.state}`);
  }
  return view;
}
export const check = (site: TestServer, by: Actor, view: PlaceView, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  site.call<PlaceView & { code?: string }>(by, 'POST', `${pathOf(view)}/checks`, body, headers);
