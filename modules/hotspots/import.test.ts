import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { shape, Type } from '#kernel/shape.ts';
import { readWorkbook, tableOf, writeWorkbook } from '#platform/documents/xlsx.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import type { ImportReport, PlaceView } from './schema.ts';
import { crew, expectOk, openSite, pathOf, people, placeIn, reported } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const headings = 'Mã xã;Loại;Loại nơi;Nguồn;Căn cứ;Hoạt động;Ngày phát hiện';
const send = (by: ReturnType<typeof people.police>, bytes: Uint8Array, apply: 'yes' | 'no' = 'no', headers: Record<string, string> = {}) =>
  site.call<ImportReport & { code?: string; columns?: string; column?: number }>(by, 'POST', `/hotspots/import?apply=${apply}`, bytes, headers);

describe('importing a list', () => {
  test('each row has its verdict; the rows that are right are recorded, the others say why and where', async () => {
    const by = people.police();
    const file = utf8([
      headings,
      '00004;Điểm;khu nhà trọ;Tuần tra;Nghi vấn;"Chứa chấp sử dụng; Sử dụng";01/11/2026',
      '00008;Hotspot;market;patrol;documented;retail;2026-11-02',
      '00004;Điểm;khu nhà trọ;Tuần tra;Nghi vấn;Sử dụng;01/11/2026',
      '00008;Điểm;nhà ông Ba;Tuần tra;Nghi vấn;Sử dụng;01/11/2026',
      '00008;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng 0912345678;01/11/2026',
      '00008;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;31/11/2026',
      '00008;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;01/12/2026',
      '00008;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;01/03/2025',
      '01273;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;01/11/2026',
      '00008;Điểm;chợ;Tuần tra;Nghi vấn;;01/11/2026',
    ].join('\r\n'));
    const report = await expectOk(send(by, file));
    assert.deepEqual(report.rows.map(({ row, verdict, problem, column }) => [row, verdict, problem, column]), [
      [2, 'new', null, null], [3, 'new', null, null], [4, 'refused', 'import-row-twice', null], [5, 'refused', 'import-word-unknown', 'setting'], [6, 'refused', 'import-looks-personal', 'activities'], [7, 'refused', 'import-day-invalid', 'found'],
      [8, 'refused', 'day-in-future', null], [9, 'refused', 'unit-began-later', null], [10, 'refused', 'not-your-area', 'commune'], [11, 'refused', 'import-cell-empty', 'activities'],
    ]);
    assert.equal((await site.db.read('system', (tx) => tx.one(shape({ n: Type.Integer() }), sql`select count(*)::int as n from hotspots.place where province = '01'`))).n, 0, 'a try changes nothing');
    const applied = await expectOk(send(by, file, 'yes'));
    assert.deepEqual([applied.fresh, applied.refused, applied.rows[0]?.code !== null], [2, 8, true]);
    const again = await expectOk(send(by, file, 'yes'));
    assert.deepEqual([again.fresh, again.known], [0, 2], 'the same list again makes nothing twice');
  });
  test('E1: a column that is not of the template is refused whole, and so are words beside the columns: it is where names come in', async () => {
    const by = people.police();
    const named = await send(by, utf8(`${headings};Chủ nhà\r\n00004;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;01/11/2026;Nguyễn Văn A`));
    assert.deepEqual([named.status, named.body.code, named.body.column], [422, 'import-column-unknown', 8]);
    assert.doesNotMatch(JSON.stringify(named.body), /Nguyễn/);
    assert.equal((await send(by, utf8(`${headings}\r\n00004;Điểm;chợ;Tuần tra;Nghi vấn;Sử dụng;01/11/2026;Nguyễn Văn A`))).body.code, 'import-column-unknown');
    assert.equal((await send(by, utf8('Mã xã;Loại;Nguồn\r\n00004;Điểm;x'))).body.code, 'import-headings-missing');
    assert.equal((await send(by, Uint8Array.of(1, 0, 2))).body.code, 'import-unreadable');
  });
  test('the template in each language is filled in and comes back', async () => {
    for (const language of ['vi', 'en'] as const) {
      const file = await site.call<Uint8Array>(people.police(), 'GET', `/hotspots/import-template?language=${language}`);
      const book = await readWorkbook(new Uint8Array(file.body));
      assert.ok(book.ok);
      const head = book.value[0]?.rows[0]?.map((cell) => (cell.type === 'text' ? cell.value : '')) ?? [];
      assert.equal(head.length, 7);
      const cells = { vi: ['00004', 'Điểm nguy cơ', 'khu giáp ranh', 'Tổng rà soát', 'Nghi vấn', 'Sử dụng'], en: ['00004', 'Risk point', 'vacant house or land', 'General review', 'Suspected', 'Use'] }[language];
      const filled = await writeWorkbook({ sheets: [{ name: 'x', columns: head.map((title, i) => ({ key: `c${i}`, title, type: i === 6 ? 'date' : 'text' })), rows: [Object.fromEntries([...cells, '2026-11-03'].map((value, i) => [`c${i}`, value]))] }] });
      const report = await expectOk(send(people.police(), filled));
      assert.deepEqual(report.rows.map(({ verdict, problem }) => [verdict, problem]), [['new', null]], language);
    }
  });
  test('a list that went out holds no exact place and reads back as a table', async () => {
    const view = await reported(site, people.officer(), { setting: 'hotel', exact: { latitudeE5: 2_112_345, longitudeE5: 10_512_345 } });
    const file = await site.call<Uint8Array>(people.leader(), 'GET', '/hotspots/places.xlsx');
    const book = await readWorkbook(new Uint8Array(file.body));
    assert.ok(book.ok);
    const table = tableOf(book.value[0] ?? { name: '', hidden: false, rows: [], merges: [] }, [{ key: 'code', title: 'Mã' }, { key: 'state', title: 'Tình trạng' }]);
    assert.ok(table.ok);
    assert.ok(table.value.some(({ cells }) => cells['code']?.type === 'text' && cells['code'].value === view.place.code));
    assert.doesNotMatch(JSON.stringify(book.value), /2112345|10512345/);
  });
});

// A grey PNG of 8 × 8 with words in it.
const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const u32 = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
function chunk(type: string, body: Uint8Array | readonly number[]): number[] {
  const typed = [...utf8(type), ...body];
  return [...u32(body.length), ...typed, ...u32((typed.reduce((c, byte) => (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0)];
}
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunk('IHDR', [...u32(8), ...u32(8), 8, 0, 0, 0, 0]), ...chunk('tEXt', utf8('Author\0CANARY Nguyen')), ...chunk('IDAT', deflateSync(new Uint8Array(72))), ...chunk('IEND', [])]);

describe('photographs', () => {
  test('E1: what is kept and given back is the image alone; opening asks for a purpose and is logged; removing removes the bytes', async () => {
    const by = crew();
    const view = await placeIn(site, 'listed', by, { setting: 'vacant' });
    const add = (bytes: Uint8Array, query = 'stage=found&takenOn=2026-11-17&noPerson=yes') => site.call<PlaceView & { code?: string }>(by.resolver, 'POST', `${pathOf(view)}/photographs?${query}`, bytes);
    assert.equal((await add(png, 'stage=found&takenOn=2026-11-17')).status, 400, 'who sends it states that no person is to be seen');
    assert.equal((await add(png, 'stage=found&takenOn=2026-11-19&noPerson=yes')).body.code, 'day-in-future');
    assert.equal((await add(utf8('GIF89a'))).body.code, 'photograph-kind');
    const added = await expectOk(add(png));
    assert.equal((await add(png)).body.code, 'photograph-already');
    const [photograph] = added.photographs;
    assert.ok(photograph);
    const path = `${pathOf(view)}/photographs/${photograph.id}`;
    const opened = await site.call<Uint8Array>(by.leader, 'GET', `${path}?purpose=check`);
    assert.equal(opened.status, 200);
    assert.equal(Buffer.from(opened.body).includes('CANARY'), false);
    assert.equal(Buffer.from(opened.body).includes('IDAT'), true);
    assert.equal((await site.call(people.provinceLeader(), 'GET', `${path}?purpose=check`)).status, 403);
    const rows = (): Promise<{ images: number; canaries: number; openings: number }> => site.db.write('system', (tx) => tx.one(shape({ images: Type.Integer(), canaries: Type.Integer(), openings: Type.Integer() }), sql`
      select (select count(*)::int from hotspots.photograph where removed_at is null and place = ${view.place.id}) as images, (select count(*)::int from hotspots.photograph_image where position('CANARY'::bytea in image) > 0) as canaries,
             (select count(*)::int from log.leaf where action = 'hotspots.photograph-opened' and target = ${view.place.id}) as openings`));
    assert.deepEqual(await rows(), { images: 1, canaries: 0, openings: 1 });
    await expectOk(site.call(by.resolver, 'POST', `${path}/removal`, { reason: 'shows-person' }));
    assert.equal((await site.call(by.leader, 'GET', `${path}?purpose=check`)).status, 404);
    assert.equal((await rows()).images, 0);
  });
});
