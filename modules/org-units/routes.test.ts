import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import Value from 'typebox/value';
import { actorWith, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { sql } from '#platform/db/sql.ts';
import { findOffice, getTree, getUnit, loadUnits, officesOfClass, provinceCodes } from './index.ts';
import { editionOfFiles } from './load.ts';
import { orgUnits } from './module.ts';
import { CommitteeBoard, UnitPage, UnitTree, type CommitteePage, type RecordCommittee, type SearchHit } from './schema.ts';

let server: TestServer;
const office = actorWith(atNation('government-office'));
before(async () => {
  server = await testServer([orgUnits], { name: `ou${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
  server.setClock('2026-11-21T03:00:00.000Z');
});
after(() => server.close());

const get = async <T>(path: string): Promise<T> => {
  const answer = await server.call<T>(office, 'GET', path);
  assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body).slice(0, 200)}`);
  return answer.body;
};
const refused = async (path: string): Promise<Record<string, unknown>> => {
  const answer = await server.call(office, 'GET', path);
  assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
  return { status: answer.status, code: answer.body['code'], title: answer.body['title'] };
};

describe('the tree as of a day', () => {
  test('today: 25 + 9 provincial and 3,321 communal units, in one reply of at most 120 kB packed', async () => {
    const tree = await get<UnitTree>('/units/tree');
    assert.ok(Value.Check(UnitTree, tree));
    assert.deepEqual([tree.asOf, tree.counts.provinces, tree.counts.cities, tree.counts.communalUnits], ['2026-11-21', 25, 9, 3321]);
    assert.equal(tree.provinces.reduce((sum, province) => sum + province.communes.length, 0), 3321);
    assert.ok(gzipSync(JSON.stringify(tree)).length <= 120_000);
  });
  test('another day gives the names of that day', async () => {
    const kinds = async (day: string) => (await get<UnitTree>(`/units/tree?asOf=${day}`)).provinces.find((province) => province.code === '75')?.nameVi;
    assert.deepEqual([await kinds('2026-04-29'), await kinds('2026-04-30')], ['Tỉnh Đồng Nai', 'Thành phố Đồng Nai']);
  });
  test('who has the tree already is told so and gets no second copy; after a change it is another version', async () => {
    const { version } = await get<UnitTree>('/units/tree?asOf=2026-08-31');
    const again = await get<UnitTree>(`/units/tree?asOf=2026-05-01&known=${version}`);
    assert.deepEqual([again.unchanged, again.provinces, again.counts.communalUnits], [true, [], 3321]);
    const later = await get<UnitTree>(`/units/tree?asOf=2026-09-01&known=${version}`);
    assert.deepEqual([later.unchanged, later.provinces.length], [false, 34]);
  });
  test('before the reform: 63 provinces', async () => assert.equal((await get<UnitTree>('/units/tree?asOf=2025-06-30')).provinces.length, 63));
});

describe('the page of a unit', () => {
  test('a merged province shows where it came from, its communes, offices and codes', async () => {
    const page = await get<UnitPage>('/units/08');
    assert.ok(Value.Check(UnitPage, page));
    assert.deepEqual(page.predecessors.map((link) => link.unit.nameVi), ['Tỉnh Hà Giang', 'Tỉnh Tuyên Quang']);
    assert.equal(page.communes.length, 124);
    assert.deepEqual(page.offices.slice(0, 3).map((one) => one.id), ['UBND:08', 'CA:08', 'BCD:08']);
    assert.deepEqual(page.offices[0]?.posts.filter((post) => post.head).map((post) => post.nameVi), ['Chủ tịch']);
  });
  test('a renamed ward shows both versions with basis and certainty', async () => {
    const page = await get<UnitPage>('/units/26485');
    assert.deepEqual(page.versions.map((version) => [version.nameVi, version.validFrom, version.basis, version.certainty]).slice(-2), [
      ['Xã Nhơn Trạch', '2025-07-01', '19/2025/QĐ-TTg', 'S'], ['Phường Nhơn Trạch', '2026-04-30', '237/NQ-UBTVQH16', 'S']]);
    assert.equal(page.province?.nameVi, 'Thành phố Đồng Nai');
  });
  test('a former commune, asked for on its day, shows its district and what it became', async () => {
    const page = await get<UnitPage>('/units/26740?asOf=2025-06-01');
    assert.deepEqual([page.current.nameVi, page.current.districtVi, page.successors.map((link) => link.unit.nameVi)], ['Phường Bến Nghé', 'Quận 1', ['Phường Sài Gòn']]);
  });
  test('an older code leads to the unit', async () => assert.equal((await get<UnitPage>('/units/06978')).current.nameVi, 'Xã Ba Chẽ'));
  test('the nation counts everything', async () => assert.equal((await get<UnitPage>('/units/00')).counts?.communalUnits, 3321));
});

describe('wrong questions get clear answers', () => {
  for (const [path, status, code, words] of [
    ['/units/tree?asOf=2026-02-30', 422, 'day-invalid', /NNNN-TT-NN/u],
    ['/units/tree?asOf=2024-12-31', 422, 'day-before-history', /2025-01-01/u],
    ['/units/abc', 422, 'unit-code-malformed', /abc/u],
    ['/units/99', 404, 'unit-unknown', /99/u],
    ['/units/02', 404, 'unit-not-on-day', /Tỉnh Hà Giang.*2026-11-21.*2025-07-01/u],
    ['/units/offices?classId=XYZ', 404, 'office-class-unknown', /XYZ/u],
    ['/units/boundaries/province', 404, 'boundaries-missing', /import-boundaries/u],
    ['/steering-committees/99', 404, 'unit-unknown', /99/u],
    ['/steering-committees/02', 404, 'unit-unknown', /02/u],
  ] as const) test(`${path} is refused as ${code}`, async () => {
    const answer = await refused(path);
    assert.deepEqual([answer['status'], answer['code']], [status, code]);
    assert.match(String(answer['title']), words);
  });
  test('a search for nothing, for signs and for very long text is no fault', async () => {
    for (const q of ['', '%27', '%F0%9F%98%80', 'x'.repeat(200)]) assert.deepEqual(Object.keys(await get(`/units/search?q=${q}`)), ['asOf', 'hits']);
    assert.equal((await refused(`/units/search?q=${'x'.repeat(201)}`))['code'], 'input-invalid');
  });
});

describe('search over HTTP', () => {
  test('finds units unaccented and offices by name', async () => {
    const first = async (q: string) => (await get<{ hits: SearchHit[] }>(`/units/search?q=${encodeURIComponent(q)}`)).hits[0]?.code;
    assert.deepEqual([await first('thanh hoa'), await first('hoàng sa'), await first('Sở Y tế Huế')], ['38', '20333', 'SYT:46']);
  });
});

describe('what other modules ask', () => {
  const ask = <T>(work: Parameters<typeof server.db.read<T>>[1]): Promise<T> => server.db.read(office, work);
  test('classes of offices: 34 provincial and 3,321 communal committees, of some provinces only when asked', async () => {
    const count = (classId: string, scope: { provinces?: string[] } = {}) => ask(async (tx) => (await officesOfClass(tx, classId, { asOf: '2026-11-21', ...scope })).length);
    assert.deepEqual([await count('UBND-TINH'), await count('UBND-XA'), await count('CA-XA'), await count('UBND')], [34, 3321, 3321, 3355]);
    assert.deepEqual([await count('UBND-XA', { provinces: ['12'] }), await count('LOCAL'), await count('NO-SUCH')], [38, 34, 0]);
    assert.ok((await count('MINS')) >= 17);
  });
  test('an office bears the name of its day and has a head', async () => {
    const name = (day: string) => ask(async (tx) => (await findOffice(tx, 'UBND:75', day))?.nameVi);
    assert.deepEqual([await name('2026-04-29'), await name('2026-04-30')], ['Ủy ban nhân dân tỉnh Đồng Nai', 'Ủy ban nhân dân thành phố Đồng Nai']);
    assert.equal((await ask((tx) => findOffice(tx, 'BCA', '2026-11-21')))?.posts.find((post) => post.head)?.nameVi, 'Bộ trưởng');
    assert.equal(await ask((tx) => findOffice(tx, 'UBND:75:99999', '2026-11-21')), undefined);
  });
  test('units and the tree', async () => {
    const unit = await ask((tx) => getUnit(tx, '00004', '2026-11-21'));
    assert.equal(unit.ok && unit.value.nameVi, 'Phường Ba Đình');
    assert.equal((await ask((tx) => getTree(tx, '2026-11-21'))).provinces.length, 34);
    assert.equal(provinceCodes().length, 35);
  });
});

describe('loading', () => {
  test('a second load of the same files does nothing; a load of other files replaces the register and keeps the ids', async () => {
    assert.equal((await loadUnits(server.db)).loaded, false);
    const ids = () => server.db.read('system', (tx) => tx.arrays(sql`select unit_id, valid_from, name_vi from org_units.unit_version order by 1, 2`));
    const before = await ids();
    await server.db.write('system', async (tx) => {
      await tx.run(sql`update org_units.edition set digest = 'another'`);
      await tx.run(sql`update org_units.unit_version set name_vi = 'x' where code = '01'`);
    });
    assert.equal((await loadUnits(server.db)).loaded, true);
    assert.deepEqual(await ids(), before);
  });
  test('R25: the load has its leaf in the nation’s log', async () => {
    const rows = await server.db.read('system', (tx) => tx.arrays(sql`select count(*)::int from log.leaf where province = '00' and action = 'org-units.loaded'`));
    assert.ok(Number(rows[0]?.[0]) >= 1);
  });
});

describe('steering committees', () => {
  const leader = actorWith(atProvince('province-leader', '20'));
  const body = (changes: Partial<RecordCommittee> = {}): RecordCommittee => ({
    decisionNumber: '1999/QĐ-UBND', decidedOn: '2025-11-10', signerPost: 'Chủ tịch', documentHash: 'a'.repeat(64), documentUrl: 'https://example.gov.vn/1999.pdf',
    meetings: [{ heldOn: '2026-01-15', document: '12/TB-BCĐ' }], baseRevision: 0, seats: [{ role: 'chair', office: 'UBND:20', post: 'Chủ tịch', holder: null }], ...changes,
  });
  const put = (changes: Partial<RecordCommittee> = {}, headers = {}) => server.call<CommitteePage & { code: string }>(leader, 'PUT', '/steering-committees/20', body(changes), headers);

  test('the board shows all 34 with their state against 31 October 2025', async () => {
    const board = await get<CommitteeBoard>('/steering-committees');
    assert.ok(Value.Check(CommitteeBoard, board));
    assert.deepEqual([board.rows.length, board.dueOn, board.rows.every((row) => row.state === 'missing' && row.daysLate === 386)], [34, '2025-10-31', true]);
  });
  test('refusals name what is wrong', async () => {
    for (const [changes, code] of [
      [{ decidedOn: '2027-01-01' }, 'committee-decided-in-future'], [{ decidedOn: '2024-01-01' }, 'committee-decided-too-early'], [{ seats: [] }, 'committee-chair-missing'],
      [{ seats: [{ role: 'chair', office: 'UBND:20', post: 'a', holder: null }, { role: 'chair', office: 'CA:20', post: 'b', holder: null }] }, 'committee-chair-twice'],
      [{ seats: [{ role: 'chair', office: 'UBND:99', post: 'a', holder: null }] }, 'committee-seat-office-unknown'],
      [{ meetings: [{ heldOn: '2027-01-01', document: null }] }, 'committee-meeting-in-future'],
      [{ meetings: [{ heldOn: '2025-11-09', document: null }] }, 'committee-meeting-before-decision'], [{ baseRevision: 7 }, 'committee-revision-stale'],
    ] as const) assert.equal((await put(changes as Partial<RecordCommittee>)).body.code, code);
  });
  test('recorded late, then corrected; a second editor with the old revision is told; the board and the log follow', async () => {
    const first = await put();
    assert.deepEqual([first.status, first.body.state, first.body.daysLate, first.body.recorded?.revision], [200, 'late', 10, 1]);
    assert.ok(String(first.headers['x-sauro-leaf']).startsWith('20/'));
    assert.equal((await put({ decisionNumber: '2/QĐ' })).body.code, 'committee-revision-stale');
    const second = await put({ decidedOn: '2025-10-31', baseRevision: 1 });
    assert.deepEqual([second.body.state, second.body.recorded?.revision], ['on-time', 2]);
    const row = (await get<CommitteeBoard>('/steering-committees')).rows.find((one) => one.province === '20');
    assert.deepEqual([row?.state, row?.seatCount, row?.meetingCount, row?.lastMeetingOn], ['on-time', 1, 1, '2026-01-15']);
  });
  test('R55: the same command twice is recorded once', async () => {
    const key = { 'idempotency-key': '6f1f7a52-0000-4000-8000-000000000001' };
    const [one, two] = [await put({ baseRevision: 2 }, key), await put({ baseRevision: 2 }, key)];
    assert.deepEqual([one.body.recorded?.revision, two.body.recorded?.revision], [3, 3]);
  });
});
