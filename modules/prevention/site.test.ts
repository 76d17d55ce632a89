/** What the tests of this module share: a server with all units and directives, people at their offices, a model and a pilot. */
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { directives } from '../directives/module.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { prevention } from './module.ts';
import type { Model, Pilot } from './schema.ts';

export const openSite = (): Promise<TestServer> =>
  testServer([orgUnits, identity, directives, prevention], { name: `pv${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });

export const people = {
  ministry: (office = 'BGDDT'): Actor => actorWith(atNation('ministry', office)),
  vpcp: (): Actor => actorWith(atNation('government-office', 'VPCP')),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
};
export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
export const modelBody = (changes: Record<string, unknown> = {}) => ({
  province: '00', setting: 'school', nameVi: 'Mô hình mẫu', nameEn: 'Sample model', purposeVi: 'Kỹ năng', purposeEn: 'Skills', components: [{ vi: 'Bài học', en: 'Lesson' }, { vi: 'Cha mẹ', en: 'Parents' }], months: [9, 11], ...changes,
});
export const addedModel = (site: TestServer, by: Actor = people.ministry(), changes: Record<string, unknown> = {}): Promise<Model> => expectOk(site.call<Model>(by, 'POST', '/prevention/models', modelBody(changes)));
export const month = (changes: Record<string, unknown> = {}) => ({ version: 0, sites: 2, sessions: 4, reached: 300, components: [0], ...changes });
export const activityPath = (model: Model, when = '2026-10', shard = '01', commune = '00004'): string => `/prevention/models/${model.province}/${model.id}/activities/${shard}/${commune}/${when}`;
export const pilotBody = (changes: Record<string, unknown> = {}) => ({
  province: '01', titleVi: 'Thí điểm mẫu', titleEn: 'Sample pilot', hypothesis: 'Mở buổi tối thì nhiều người đến hơn', measure: 'Lượt người đến trên 1.000 dân', better: 'up', areas: [{ province: '01', commune: '00004' }], comparison: [{ province: '01', commune: '00008' }],
  startsOn: '2026-01-01', endsOn: '2026-10-31', model: null, ...changes,
});
/** A pilot that runs, whose last day has come. */
export async function runningPilot(site: TestServer, by: Actor = people.leader(), changes: Record<string, unknown> = {}): Promise<Pilot> {
  const pilot = await expectOk(site.call<Pilot>(by, 'POST', '/prevention/pilots', pilotBody(changes)));
  return (await expectOk(site.call<{ pilot: Pilot }>(by, 'POST', `/prevention/pilots/${pilot.province}/${pilot.id}/moves`, { move: 'start', version: 1 }))).pilot;
}
export const conclusion = (changes: Record<string, unknown> = {}) => ({ version: 2, measured: { before: 1, after: 3, comparisonBefore: 1, comparisonAfter: 1.5 }, result: 'supported', lesson: 'Giữ giờ đều.', ...changes });
