import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestServer } from '#platform/testing/test-server.ts';
import { sql } from '#platform/db/sql.ts';
import { publish } from '#platform/events/publish.ts';
import { shape, Type } from '#kernel/shape.ts';
import type { Actor } from '#kernel/actor.ts';
import type { DirectiveView, History, IssuePreview, Matrix, TaskPage } from './schema.ts';
import { cellOf } from './rules/cell.ts';
import { clearsOf, draftWith, expectOk, issuedWith, move, openSite, people, taskOf } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

describe('issuing to the nation', () => {
  test('34 provinces and 3,321 communes each get their task once, and the directive reads issued only then', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{}, { person: { offices: ['BCA', 'BYT'], classes: [], post: null, text: '' } }]);
    const path = `/directives/00/${draft.id}`;
    const preview = await expectOk(site.call<IssuePreview>(office, 'POST', `${path}/preview`, {}));
    assert.deepEqual([preview.agencies, preview.provinces, preview.communes, preview.tasks, preview.missing, preview.refusals], [2, 34, 3321, 3357, [], []]);
    const issuing = await expectOk(site.call<DirectiveView>(office, 'POST', `${path}/issue`, { version: draft.version }));
    assert.deepEqual([issuing.state, issuing.reach], ['issuing', { reached: 0, of: 35 }]);
    await site.deliver();
    const issued = await expectOk(site.call<DirectiveView>(office, 'GET', path));
    assert.deepEqual([issued.state, issued.reach], ['issued', { reached: 35, of: 35 }]);
    const { rows, notices } = await site.db.read('system', (tx) => tx.one(shape({ rows: Type.Integer(), notices: Type.Integer() }), sql`
      select (select count(*)::int from directives.task where directive = ${draft.id}) as rows, (select count(*)::int from directives.notice where directive = ${draft.id}) as notices`));
    assert.deepEqual([rows, notices], [3357, 3357]);
    const matrix = await expectOk(site.call<Matrix>(office, 'GET', `/task-matrix?directive=${draft.id}`));
    assert.equal(matrix.rows.length, 1);
    assert.equal(matrix.rows[0]?.cells.length, 3321);
    assert.deepEqual(cellOf(matrix.rows[0]?.cells.charAt(0) ?? ''), { state: 'assigned', official: 'open-within' });
    const again = await site.call(office, 'POST', `${path}/issue`, { version: issued.version });
    assert.deepEqual([again.status, (again.body as { code: string }).code], [409, 'already-issued']);
  });

  test('a commune acknowledges, reports with a file, another person verifies, the province accepts, and the parent moves', async () => {
    const [office, leader] = [people.vpcp(), people.leader()];
    const issued = await issuedWith(site, office, [{}]);
    const [officer, chair] = [people.officer(), people.communeLeader()];
    let task = await taskOf(site, officer, issued.id);
    assert.equal(task.task.holderOffice, 'UBND:01:00004');
    assert.ok(task.moves.includes('acknowledge'));
    task = await expectOk(move(site, officer, task, 'acknowledge'));
    task = await expectOk(move(site, officer, task, 'report', { text: 'Đã họp', percent: 40 }));
    const early = await move(site, officer, task, 'submit-evidence');
    assert.deepEqual([early.status, early.body.code], [422, 'evidence-missing']);
    task = await expectOk(site.call<typeof task>(officer, 'POST', `/tasks/01/${task.task.id}/evidence-file`, new TextEncoder().encode('quyết định'), { 'x-file-name': encodeURIComponent('Quyết định.pdf') }));
    assert.equal(task.evidence[0]?.fileName, 'Quyết định.pdf');
    task = await expectOk(move(site, officer, task, 'submit-evidence'));
    const own = await move(site, officer, task, 'verify');
    assert.deepEqual([own.status, own.body.code], [403, 'verifier-is-reporter']);
    task = await expectOk(move(site, chair, task, 'verify'));
    task = await expectOk(move(site, leader, task, 'accept'));
    assert.equal(task.task.official, 'done-on-time');
    const above = await taskOf(site, leader, issued.id, 'UBND:01');
    assert.deepEqual([above.children.progress.done, above.children.progress.of], [1, 126]);
    const progress = await expectOk(site.call<{ progress: { done: number; of: number } }>(office, 'GET', `/directives/00/${issued.id}/progress`));
    assert.deepEqual([progress.progress.done, progress.progress.of], [1, 3355]);
    const historyFor = async (who: Actor) => expectOk(site.call<History>(who, 'GET', `/directives/${who === office ? '00' : '01'}/${issued.id}/history`));
    const history = await historyFor(office);
    assert.deepEqual([history.reached, history.of, history.withdrawnAt], [34, 34, null]);
    const steps = ['acknowledge', 'report', 'evidence-added', 'submit-evidence', 'verify', 'accept'].sort();
    assert.deepEqual(history.days.map((one) => [one.day, one.kind, one.tasks, one.steps]).sort(), steps.map((kind) => ['2026-11-18', kind, 1, 1]));
    assert.equal((await historyFor(officer)).days.length, steps.length);
    assert.deepEqual((await historyFor(people.officer('01', '00008'))).days, [], 'the next commune sees the directive and none of the steps of its neighbour');
  });

  test('the same province told twice changes nothing', async () => {
    const issued = await issuedWith(site, people.vpcp(), [{ person: { offices: [], classes: [{ officeClass: 'UBND-XA', provinces: ['04'] }], post: null, text: '' } }]);
    await site.db.write('system', (tx) => publish(tx, '2026-11-18T03:00:00.000Z', [{ province: '00', type: 'directives.issued', payload: { directive: issued.id, target: '04' } }]));
    await site.deliver();
    const page = await expectOk(site.call<TaskPage>(people.vpcp(), 'GET', `/tasks?directive=${issued.id}`));
    assert.equal(page.total, 56);
  });

  test('a stranger to the line cannot be named: wrong office codes are refused by name', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, []);
    const answer = await site.call<{ code: string; office: string }>(office, 'POST', `/directives/00/${draft.id}/assignments`, { clears: clearsOf({ person: { offices: ['UBND:99'], classes: [], post: null, text: '' } }) });
    assert.deepEqual([answer.status, answer.body.code, answer.body.office], [422, 'office-unknown', 'UBND:99']);
  });
});
