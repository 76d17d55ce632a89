/** What the tests of this module share: a server with all units, people at their offices, a notice that issues. */
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { directives } from './module.ts';
import type { Assignment, DirectiveView, SixClearsInput, TaskPage, TaskView } from './schema.ts';

export const openSite = (): Promise<TestServer> =>
  testServer([orgUnits, identity, directives], { name: `du${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });

/** People by post; each call of a maker gives another person. */
export const people = {
  vpcp: (): Actor => actorWith(atNation('government-office', 'VPCP')),
  ministry: (office = 'BCA'): Actor => actorWith(atNation('ministry', office)),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  secretary: (province = '01'): Actor => actorWith(atProvince('province-secretary', province)),
  communeLeader: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-leader', province, commune)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
};

/** Six clears that may be issued, unless changed. */
export const clearsOf = (changes: Partial<SixClearsInput> = {}): SixClearsInput => ({
  person: { offices: [], classes: [{ officeClass: 'UBND-TINH' }, { officeClass: 'UBND-XA' }], post: null, text: '' },
  task: { text: 'Kiện toàn Ban Chỉ đạo, lập danh sách điểm phức tạp về ma túy trên địa bàn.' },
  responsibility: { roles: ['lead'], coordinating: ['BCA'], text: '' }, authority: { text: 'Chủ tịch Ủy ban nhân dân quyết định' },
  timeline: { deadlines: [{ type: 'absolute', value: '2026-12-31' }] }, result: { product: 'Quyết định kiện toàn và danh sách', measure: null, targets: [] }, ...changes,
});

type Line = Partial<SixClearsInput>;

/** A draft with these lines and a whole head, ready to be issued. */
export async function draftWith(site: TestServer, by: Actor, lines: readonly Line[], number = `${newId().slice(0, 6)}/TB-VPCP`): Promise<DirectiveView> {
  const made = await site.call<{ province: string; id: string }>(by, 'POST', '/directives', { text: '' });
  const path = `/directives/${made.body.province}/${made.body.id}`;
  for (const line of lines) await expectOk(site.call<Assignment>(by, 'POST', `${path}/assignments`, { clears: clearsOf(line) }));
  const draft = await expectOk(site.call<DirectiveView>(by, 'GET', path));
  return expectOk(site.call<DirectiveView>(by, 'PUT', `${path}/head`, {
    version: draft.version, head: { ...draft.head, kind: 'conclusion', title: 'Thông báo mẫu', number, issuedOn: '2026-11-18', signer: 'Nguyễn Văn Mẫu', signerPost: 'Phó Chủ nhiệm' },
  }));
}

/** A directive that has reached everyone. */
export async function issuedWith(site: TestServer, by: Actor, lines: readonly Line[]): Promise<DirectiveView> {
  const draft = await draftWith(site, by, lines);
  const path = `/directives/${draft.province}/${draft.id}`;
  await expectOk(site.call<DirectiveView>(by, 'POST', `${path}/issue`, { version: draft.version }));
  await site.deliver();
  return expectOk(site.call<DirectiveView>(by, 'GET', path));
}

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** The one task a person's office holds of a directive. */
export async function taskOf(site: TestServer, by: Actor, directive: string, office?: string): Promise<TaskView> {
  const page = await expectOk(site.call<TaskPage>(by, 'GET', `/tasks?directive=${directive}${office === undefined ? '' : `&office=${encodeURIComponent(office)}`}`));
  const [row] = page.rows;
  if (row === undefined) throw new Error('no task');
  return expectOk(site.call<TaskView>(by, 'GET', `/tasks/${row.province}/${row.id}`));
}

export const move = (site: TestServer, by: Actor, view: TaskView, what: string, more: Record<string, unknown> = {}) =>
  site.call<TaskView & { code?: string }>(by, 'POST', `/tasks/${view.task.province}/${view.task.id}/moves`, { move: what, version: view.version, ...more });
