import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestServer } from '#platform/testing/test-server.ts';
import { issuedWith, expectOk, move, openSite, people, taskOf } from './site.test.ts';
import type { CascadeRow, DirectiveView, Matrix, TaskPage, TaskView } from './schema.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const provinces = { person: { offices: [], classes: [{ officeClass: 'UBND-TINH', provinces: ['04', '08'] }], post: null, text: '' } };
const part = (more: Record<string, unknown> = {}) => ({ text: 'Mỗi xã lập danh sách', offices: [], classes: [{ officeClass: 'UBND-XA' }], dueOn: '2026-12-20', product: 'Danh sách', ...more });
const split = (view: TaskView, lines: unknown[], by = people.leader('04')) =>
  site.call<{ created: number; task: TaskView; code?: string; office?: string }>(by, 'POST', `/tasks/${view.task.province}/${view.task.id}/split`, { version: view.version, lines });

describe('a province splits its task', () => {
  test('for its communes and a department: children within its day, progress computed from them, the nation sees them in the same cells', async () => {
    const office = people.vpcp();
    const issued = await issuedWith(site, office, [provinces]);
    const mine = await taskOf(site, people.leader('04'), issued.id);
    assert.ok(mine.may.split);
    const done = await expectOk(split(mine, [part(), part({ text: 'Sở Y tế tập huấn', offices: ['SYT:04'], classes: [], dueOn: '2026-12-31' })]));
    assert.equal(done.created, 57);
    assert.deepEqual([done.task.task.state, done.task.children.progress.done, done.task.children.progress.of], ['in-progress', 0, 57]);
    const children = await expectOk(site.call<TaskPage>(people.leader('04'), 'GET', `/tasks?parent=${mine.task.id}`));
    assert.ok(children.rows.every((row) => (row.dueOn ?? '9999') <= (mine.task.dueOn ?? '') && row.ordinal.startsWith('NV-01.')));
    const officer = people.officer('04', '01273');
    let child = await taskOf(site, officer, issued.id);
    child = await expectOk(move(site, officer, child, 'acknowledge'));
    child = await expectOk(site.call<TaskView>(officer, 'POST', `/tasks/04/${child.task.id}/evidence`, { kind: 'measured', value: 12, unit: 'điểm' }));
    child = await expectOk(move(site, officer, child, 'submit-evidence'));
    child = await expectOk(move(site, people.secretary('04'), child, 'verify'));
    child = await expectOk(move(site, people.leader('04'), child, 'accept'));
    const matrix = await expectOk(site.call<Matrix>(office, 'GET', `/task-matrix?directive=${issued.id}`));
    assert.equal(matrix.rows.length, 1);
    const at = matrix.columns[0]?.communes.indexOf('01273') ?? -1;
    assert.equal(matrix.rows[0]?.cells.charAt(at), 'd');
    const cascade = await expectOk(site.call<{ provinces: CascadeRow[] }>(office, 'GET', `/directives/00/${issued.id}/assignments/${issued.assignments[0]?.id}/cascade`));
    assert.deepEqual(cascade.provinces.map((row) => [row.province, row.progress.done, row.progress.of]), [['04', 1, 56], ['08', 0, 0]]);
    const early = await move(site, people.leader('04'), await taskOf(site, people.leader('04'), issued.id, 'UBND:04'), 'submit-evidence');
    assert.equal(early.body.code, 'children-open');
  });

  test('a part due after the whole, outside the province, or for nobody is refused by name; a neighbour may not split it', async () => {
    const issued = await issuedWith(site, people.vpcp(), [provinces]);
    const mine = await taskOf(site, people.leader('04'), issued.id);
    assert.equal((await split(mine, [part({ dueOn: '2027-01-01' })])).body.code, 'due-after-parent');
    assert.equal((await split(mine, [part({ offices: ['UBND:01'] })])).body.code, 'outside-province');
    assert.equal((await split(mine, [part({ classes: [{ officeClass: 'UBND-XA', communes: ['99999'] }] })])).body.code, 'no-recipient');
    assert.equal((await split(mine, [part()], people.leader('08'))).status, 404);
  });
});

describe('deadlines and withdrawal', () => {
  test('an extension asked and granted moves the day, keeps the first, and shows in the cell', async () => {
    const issued = await issuedWith(site, people.vpcp(), [{ ...provinces, timeline: { deadlines: [{ type: 'absolute', value: '2026-11-20' }] } }]);
    const leader = people.leader('04');
    let task = await taskOf(site, leader, issued.id);
    task = await expectOk(move(site, leader, task, 'acknowledge'));
    task = await expectOk(move(site, leader, task, 'ask-extension', { text: 'Chờ số liệu', until: '2026-12-10' }));
    const asked = await taskOf(site, people.vpcp(), issued.id, 'UBND:04');
    assert.ok(asked.moves.includes('grant-extension') && !task.moves.includes('grant-extension'));
    task = await expectOk(move(site, people.vpcp(), asked, 'grant-extension'));
    assert.deepEqual([task.task.dueOn, task.task.dueFirst, task.task.extensionAskedFor], ['2026-12-10', '2026-11-20', null]);
    assert.deepEqual(task.entries.at(-1)?.payload, { until: '2026-12-10', before: '2026-11-20', after: '2026-12-10', field: 'dueOn' });
  });

  test('withdrawing a directive ends every open task in every province', async () => {
    const office = people.vpcp();
    const issued = await issuedWith(site, office, [{ person: { offices: ['BCA'], classes: [{ officeClass: 'UBND-TINH', provinces: ['04'] }, { officeClass: 'UBND-XA', provinces: ['04'] }], post: null, text: '' } }]);
    const gone = await expectOk(site.call<DirectiveView>(office, 'POST', `/directives/00/${issued.id}/withdrawal`, { reason: 'Ban hành nhầm' }));
    assert.equal(gone.state, 'withdrawn');
    await site.deliver();
    const page = await expectOk(site.call<TaskPage>(office, 'GET', `/tasks?directive=${issued.id}`));
    assert.deepEqual([page.total, new Set(page.rows.map((row) => row.state)), page.tally], [58, new Set(['withdrawn']), { doneOnTime: 0, doneLate: 0, openWithin: 0, openOverdue: 0 }]);
    const matrix = await expectOk(site.call<Matrix>(office, 'GET', `/task-matrix?directive=${issued.id}`));
    assert.equal(matrix.rows[0]?.cells, 'w'.repeat(56));
  });
});
