import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readDocument } from '#platform/documents/read.ts';
import { readWorkbook, tableOf, writeWorkbook } from '#platform/documents/xlsx.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Assignment, DirectiveView, IssuePreview, RowVerdict } from './schema.ts';
import { clearsOf, draftWith, expectOk, issuedWith, openSite, people } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const notice = () => readFile(join(import.meta.dirname, 'demo', 'notice.vi.txt'), 'utf8');
type Created = { province: string; id: string; reading: { isDirective: boolean; proposed: number; notes: string[] } };
const draftFrom = (by: Actor, text: string) => site.call<Created & { code?: string }>(by, 'POST', '/directives', { text });

describe('from a text to a draft', () => {
  test('the composed notice pasted is a draft that may be issued as it stands, to agencies, 34 provinces and 3,321 communes', async () => {
    const office = people.vpcp();
    site.setClock('2026-11-20T03:00:00.000Z');
    const made = await expectOk(draftFrom(office, await notice()));
    assert.deepEqual([made.reading.isDirective, made.reading.proposed], [true, 5]);
    const preview = await expectOk(site.call<IssuePreview>(office, 'POST', `/directives/00/${made.id}/preview`, {}));
    assert.deepEqual([preview.agencies, preview.provinces, preview.communes, preview.missing, preview.missingHead, preview.refusals], [3, 34, 3321, [], [], []]);
    const source = await expectOk(site.call<{ text: string }>(office, 'GET', `/directives/00/${made.id}/source`));
    const view = await expectOk(site.call<DirectiveView>(office, 'GET', `/directives/00/${made.id}`));
    for (const line of view.assignments) assert.equal(source.text.slice(line.span?.start, line.span?.end), line.quote);
    assert.deepEqual([view.head.number, view.head.issuedOn, view.head.kind], ['00/TB-VPCP', '2026-11-20', 'conclusion']);
    site.setClock('2026-11-18T03:00:00.000Z');
  });
  test('a text that orders nothing proposes nothing and says so; the draft is kept', async () => {
    const made = await expectOk(draftFrom(people.vpcp(), 'Hôm nay trời đẹp. Mọi người đi dạo ở công viên.'));
    assert.deepEqual([made.reading.isDirective, made.reading.proposed], [false, 0]);
    assert.ok(made.reading.notes[0]?.startsWith('not-a-directive.'));
    assert.equal((await site.call(people.vpcp(), 'GET', `/directives/00/${made.id}`)).status, 200);
  });
  test('an uploaded Word file is read and its original comes back byte for byte', async () => {
    const { makeDocx, paragraph } = await import('#platform/documents/hostile-files.ts');
    const bytes = makeDocx((await notice()).split('\n').map(paragraph).join(''));
    const office = people.vpcp();
    const made = await expectOk(site.call<Created>(office, 'POST', '/directives/from-file', bytes, { 'x-file-name': encodeURIComponent('Thông báo.docx') }));
    assert.equal(made.reading.proposed, 5);
    const original = await site.call<Uint8Array>(office, 'GET', `/directives/00/${made.id}/original`);
    assert.deepEqual(new Uint8Array(original.body), new Uint8Array(bytes));
  });

  const bad: readonly (readonly [string, Uint8Array, string])[] = [
    ['empty', new Uint8Array(), 'document-empty'], ['binary', Uint8Array.from({ length: 4000 }, (_, i) => (i * 37) % 256), 'document-binary'],
    ['a pdf that is cut off', new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<'), 'document-corrupt'], ['larger than is read', new Uint8Array(21 * 1_048_576).fill(65), 'document-too-large'],
  ];
  for (const [what, bytes, code] of bad) test(`a file that is ${what} is refused as ${code}, in words`, async () => {
    const answer = await site.call<{ code: string; title: string }>(people.vpcp(), 'POST', '/directives/from-file', bytes, { 'x-file-name': 'x' });
    assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
    assert.equal(answer.body.code, code);
    assert.notEqual(answer.body.title, code);
  });
  test('a text of 10,000 lines, one with bidi controls and one with dates that do not exist are answered, never 5xx', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `${i + 1}. Bộ Công an chủ trì báo cáo số ${i} trước ngày 30/02/2027.`).join('\n');
    const long = await draftFrom(people.vpcp(), `Kết luận như sau:\n${lines}`);
    assert.equal(long.status, 200, JSON.stringify(long.body));
    assert.ok(long.body.reading.proposed <= 2000 && long.body.reading.notes.includes('lines-cut'));
    const bidi = await draftFrom(people.vpcp(), 'Giao \u202eBộ Công an\u202c ban hành kế hoạch trước ngày 31/12/2026.');
    assert.equal(bidi.status, 200);
  });
});

describe('editing a draft', () => {
  test('two editors of one line: the second sees both values and loses nothing', async () => {
    const [one, other] = [people.vpcp(), people.vpcp()];
    const draft = await draftWith(site, one, [{}]);
    const [line] = draft.assignments;
    const path = `/directives/00/${draft.id}/assignments/${line?.id}`;
    const saved = await expectOk(site.call<Assignment>(one, 'PUT', path, { version: line?.version, clears: clearsOf({ task: { text: 'Bản của người thứ nhất' } }) }));
    const stale = await site.call<{ code: string; theirs: Assignment; yours: { task: { text: string } } }>(other, 'PUT', path, { version: line?.version, clears: clearsOf({ task: { text: 'Bản của người thứ hai' } }) });
    assert.deepEqual([stale.status, stale.body.code, stale.body.theirs.clears.task.text, stale.body.yours.task.text], [409, 'revision-stale', 'Bản của người thứ nhất', 'Bản của người thứ hai']);
    assert.equal((await site.call(other, 'PUT', path, { version: saved.version, clears: clearsOf() })).status, 200);
  });
  test('split, merge, remove, put back and reorder keep numbers in order', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{ task: { text: 'Lập danh sách; phân công người' } }, {}]);
    const [first, second] = draft.assignments;
    const path = `/directives/00/${draft.id}/assignments`;
    let view = await expectOk(site.call<DirectiveView>(office, 'POST', `${path}/${first?.id}/split`, { version: first?.version, at: 14 }));
    assert.deepEqual(view.assignments.map((line) => [line.ordinal, line.clears.task.text.slice(0, 14)]), [['NV-01', 'Lập danh sách'], ['NV-02', 'phân công ngườ'], ['NV-03', 'Kiện toàn Ban ']]);
    view = await expectOk(site.call<DirectiveView>(office, 'DELETE', `${path}/${second?.id}`));
    assert.deepEqual(view.assignments.filter((line) => !line.removed).map((line) => line.ordinal), ['NV-01', 'NV-02']);
    view = await expectOk(site.call<DirectiveView>(office, 'POST', `${path}/${second?.id}/restoration`, {}));
    const ids = view.assignments.map((line) => line.id);
    view = await expectOk(site.call<DirectiveView>(office, 'PUT', path, { version: view.version, order: [...ids].reverse() }));
    assert.deepEqual(view.assignments.map((line) => [line.id, line.ordinal]), [...ids].reverse().map((id, i) => [id, `NV-0${i + 1}`]));
    const merged = await expectOk(site.call<DirectiveView>(office, 'POST', `${path}/${ids[0]}/merge`, { version: view.assignments.find((line) => line.id === ids[0])?.version, other: ids[1] }));
    assert.equal(merged.assignments.filter((line) => !line.removed).length, 2);
  });
  test('a missing clear, a classified document and a number used twice are refused when issuing, by name', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{ authority: { text: '' } }]);
    const refused = await site.call<{ code: string; cells: { ordinal: string; clear: string }[] }>(office, 'POST', `/directives/00/${draft.id}/issue`, { version: draft.version });
    assert.deepEqual([refused.status, refused.body.code, refused.body.cells.map((cell) => [cell.ordinal, cell.clear])], [422, 'clears-missing', [['NV-01', 'authority']]]);
    const secret = await site.call<{ code: string }>(office, 'PUT', `/directives/00/${draft.id}/head`, { version: draft.version, head: { ...draft.head, secrecy: 'secret' } });
    assert.deepEqual([secret.status, secret.body.code], [422, 'secrecy-above-ordinary']);
    const issued = await issuedWith(site, office, [{ person: { offices: ['BCA'], classes: [], post: null, text: '' } }]);
    const twin = await draftWith(site, office, [{ person: { offices: ['BCA'], classes: [], post: null, text: '' } }], issued.head.number ?? '');
    const taken = await site.call<{ code: string }>(office, 'POST', `/directives/00/${twin.id}/issue`, { version: twin.version });
    assert.deepEqual([taken.status, taken.body.code], [409, 'number-taken']);
  });
  test('R55: a double submission issues once and answers twice the same', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{ person: { offices: ['BCA'], classes: [], post: null, text: '' } }]);
    const headers = { 'idempotency-key': '7f3a3a50-0000-4000-8000-00000000abcd' };
    const answers = await Promise.all([0, 1, 2].map(() => site.call<DirectiveView>(office, 'POST', `/directives/00/${draft.id}/issue`, { version: draft.version }, headers)));
    assert.deepEqual(answers.map((answer) => [answer.status, answer.body.version]), Array.from({ length: 3 }, () => [200, answers[0]?.body.version]));
  });
});

describe('papers and workbooks', () => {
  test('the annex is a PDF and a Word document that say the number, the six clears and that the data are synthetic', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{}]);
    for (const form of ['pdf', 'docx']) {
      const file = await site.call<Uint8Array>(office, 'GET', `/directives/00/${draft.id}/annex.${form}`);
      assert.equal(file.status, 200);
      const read = await readDocument(new Uint8Array(file.body), `annex.${form}`);
      assert.ok(read.ok, form);
      if (read.ok) for (const words of [draft.head.number ?? '', 'Rõ người', 'Kiện toàn']) assert.ok(read.value.text.normalize('NFC').replace(/\s+/g, ' ').includes(words), `${form}: ${words}`);
    }
  });
  test('the matrix comes back edited: good rows are applied, each other row says why not', async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{}, {}, {}]);
    const path = `/directives/00/${draft.id}/matrix`;
    const file = await expectOk(site.call<Uint8Array>(office, 'GET', `${path}.xlsx`));
    const sheets = await readWorkbook(new Uint8Array(file));
    assert.ok(sheets.ok);
    const sheet = sheets.value[0];
    assert.ok(sheet);
    const titles = sheet.rows.find((row) => row.some((cell) => cell.type === 'text' && cell.value === 'Rõ việc'))?.map((cell) => (cell.type === 'text' ? cell.value : '')) ?? [];
    const table = tableOf(sheet, titles.map((title) => ({ key: title, title })));
    assert.ok(table.ok);
    const rows = table.value.map(({ cells }) => Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell.type === 'text' || cell.type === 'number' || cell.type === 'date' ? cell.value : null])));
    if (rows[0]) rows[0]['Rõ thời gian'] = '30/06/2027';
    if (rows[1]) rows[1]['Rõ thời gian'] = '31/02/2027';
    const edited = await writeWorkbook({ sheets: [{ name: 'x', columns: titles.map((title) => ({ key: title, title, type: title === 'Lần sửa' ? 'number' as const : title === 'Hạn' ? 'date' as const : 'text' as const })), rows }] });
    const answer = await expectOk(site.call<{ applied: number; refused: number; rows: RowVerdict[] }>(office, 'POST', path, edited));
    assert.deepEqual(answer.rows.map((row) => [row.ordinal, row.outcome, row.code]), [['NV-01', 'applied', null], ['NV-02', 'refused', 'deadline-impossible'], ['NV-03', 'unchanged', null]]);
    const view = await expectOk(site.call<DirectiveView>(office, 'GET', `/directives/00/${draft.id}`));
    assert.equal(view.assignments[0]?.clears.timeline.dueOn, '2027-06-30');
    const junk = await site.call<{ code: string }>(office, 'POST', path, new TextEncoder().encode('không phải bảng tính'));
    assert.deepEqual([junk.status, junk.body.code], [422, 'workbook-unreadable']);
  });
});
