import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { sql } from '#platform/db/sql.ts';
import { printPdf } from '#platform/documents/print.ts';
import { sampleDocument } from '#platform/documents/sample-document.ts';
import { writeWorkbook } from '#platform/documents/xlsx.ts';
import { actorWith, atNation, type TestServer } from '#platform/testing/test-server.ts';
import type { Attachment } from './schema.ts';
import { expectOk, keyOf, openSite, pathOf, people, slots } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

type Answer = { readonly rows: readonly Attachment[]; readonly may: { readonly attach: boolean }; readonly code?: string };
const key = keyOf();
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const bring = (by: Actor, slot: number, bytes: Uint8Array, name = 'so-theo-doi.txt', of = key) =>
  site.call<Answer>(by, 'POST', `${pathOf(of)}/attachments?slot=${slot}`, bytes, { 'idempotency-key': newId(), 'x-file-name': encodeURIComponent(name) });
const list = (by: Actor, of = key) => site.call<Answer>(by, 'GET', `${pathOf(of)}/attachments`);
const sheet = (cell: string) => writeWorkbook({ sheets: [{ name: 'Sổ', columns: [{ key: 'a', title: 'Nội dung', type: 'text', widthChars: 20 }], rows: [{ a: cell }] }] });

describe('documents beside the boxes of a return', () => {
  test('a PDF, a workbook and a text are kept byte for byte, each beside its box, and leave a leaf', async () => {
    const files = [[slots.found, await printPdf(sampleDocument(3)), 'thông báo.pdf'], [slots.resolved, await sheet('14 vụ theo biên bản số 12'), 'sổ vụ việc.xlsx'], [0, bytesOf('Nguồn: sổ theo dõi tháng 11, trang 3 đến 9'), 'nguồn.txt']] as const;
    for (const [slot, bytes, name] of files) await expectOk(bring(people.officer(), slot, bytes, name));
    const { rows, may } = await expectOk(list(people.head()));
    assert.deepEqual(rows.map(({ slot, fileName, office, removedAt, mine }) => [slot, fileName, office, removedAt, mine]), [
      [0, 'nguồn.txt', 'UBND:01:00004', null, false], [slots.found, 'thông báo.pdf', 'UBND:01:00004', null, false], [slots.resolved, 'sổ vụ việc.xlsx', 'UBND:01:00004', null, false],
    ]);
    assert.equal(may.attach, true);
    for (const [slot, bytes] of files) {
      const row = rows.find((one) => one.slot === slot);
      const back = await site.call<Buffer>(people.secretary(), 'GET', `/returns/attachments/01/${row?.id}`);
      assert.deepEqual([back.status, createHash('sha256').update(new Uint8Array(back.body)).digest('hex')], [200, createHash('sha256').update(bytes).digest('hex')]);
    }
    const leaves = await site.db.read('system', (tx) => tx.arrays(sql`select action, count(*)::int from log.leaf where action = 'returns.attached' group by 1`));
    assert.deepEqual(leaves, [['returns.attached', 3]], 'R25');
  });

  test('E1: a file that holds the number of a person’s papers or telephone is refused, whatever its kind and wherever the number stands', async () => {
    const refused = [
      bring(people.officer(), slots.found, bytesOf('Danh sách\n1. Số căn cước 001099012345')), bring(people.officer(), slots.found, bytesOf('Liên hệ 0912 345 678')), bring(people.officer(), slots.found, await sheet('001 099 012 345'), 'danh-sach.xlsx'),
      bring(people.officer(), slots.found, bytesOf('Số liệu tháng 11'), 'bien-ban-0912345678.txt'),
    ];
    for (const one of await Promise.all(refused)) assert.deepEqual([one.status, one.body.code], [422, 'attachment-names-person']);
  });

  test('E1: what cannot be read is not taken: a picture, random bytes, an empty file, a broken PDF', async () => {
    const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Array<number>(200).fill(7)]);
    for (const [bytes, code] of [[picture, 'attachment-unreadable'], [bytesOf('%PDF-1.7 hỏng'), 'attachment-unreadable'], [new Uint8Array(), 'file-empty'], [bytesOf('   \n '), 'attachment-unreadable']] as const) {
      const answer = await bring(people.officer(), slots.found, bytes);
      assert.deepEqual([answer.status, answer.body.code], [422, code]);
    }
  });

  test('E4: what lies beside a protected box is for the unit and its province only', async () => {
    await expectOk(bring(people.officer(), slots.male, bytesOf('Sổ tổng hợp số người đang cai tại nhà: 7')));
    const whole = await expectOk(list(people.secretary()));
    const hidden = whole.rows.find(({ slot }) => slot === slots.male);
    assert.ok(hidden);
    for (const by of [people.ministry(), people.analyst(), actorWith(atNation('auditor'))]) {
      assert.equal((await expectOk(list(by))).rows.some(({ slot }) => slot === slots.male), false);
      assert.equal((await site.call(by, 'GET', `/returns/attachments/01/${hidden.id}`)).status, 404);
    }
  });

  test('R8: only people of the unit attach and take off; others of another place see nothing', async () => {
    for (const by of [people.officer('01', '00008'), people.secretary(), people.ministry(), people.police(), people.leader('04')]) assert.notEqual((await bring(by, slots.found, bytesOf('Số liệu'))).status, 200);
    for (const by of [people.officer('01', '00008'), people.police(), people.leader('04')]) assert.ok([403, 404].includes((await list(by)).status));
    const [first] = (await expectOk(list(people.officer()))).rows;
    assert.equal((await site.call(people.secretary(), 'DELETE', `/returns/attachments/01/${first?.id}`, undefined, { 'idempotency-key': newId() })).status, 403);
    const rows = await site.db.read(people.leader('04'), (tx) => tx.arrays(sql`select id from returns.attachment`));
    assert.deepEqual(rows, [], 'R10: row security alone');
  });

  test('a removed one stays known without its file; removing twice is no error of the second', async () => {
    const { rows } = await expectOk(bring(people.officer(), slots.money, bytesOf('Bảng kê chi tháng 11')));
    const added = rows.find(({ slot }) => slot === slots.money);
    for (const status of [200, 404]) assert.equal((await site.call(people.officer(), 'DELETE', `/returns/attachments/01/${added?.id}`, undefined, { 'idempotency-key': newId() })).status, status);
    assert.equal((await site.call(people.officer(), 'GET', `/returns/attachments/01/${added?.id}`)).status, 404);
    assert.notEqual((await expectOk(list(people.officer()))).rows.find(({ id }) => id === added?.id)?.removedAt, null);
  });

  test('a return takes forty and no more, also when the last places are asked for at once; a box that is not on the form is refused', async () => {
    const of = keyOf({ period: '2026-10' });
    for (let at = 0; at < 38; at += 1) await expectOk(bring(people.officer(), 0, bytesOf(`Trang ${at}`), `${at}.txt`, of));
    const last = await Promise.all(Array.from({ length: 6 }, (_, at) => bring(people.officer(), 0, bytesOf(`Thêm ${at}`), `t${at}.txt`, of)));
    assert.deepEqual(last.map(({ status }) => status).sort(), [200, 200, 409, 409, 409, 409]);
    assert.equal((await bring(people.officer(), 4000, bytesOf('Số liệu'))).body.code, 'slot-unknown');
  });
});
