import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readDocument } from '#platform/documents/read.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { caseAt, castOf, Evidence, openSite, people, why } from './site.test.ts';

let site: TestServer;
const evidence = new Evidence();
before(async () => {
  site = await openSite();
  evidence.stand();
});
after(() => site.close());

/** The words of a paper in one line, as a reader sees them. */
async function wordsOf(by: ReturnType<typeof people.secretary>, path: string): Promise<string> {
  const answer = await site.call<Uint8Array>(by, 'GET', path);
  assert.equal(answer.status, 200, path);
  assert.equal(Buffer.from(answer.body).subarray(0, 5).toString(), '%PDF-');
  const read = await readDocument(new Uint8Array(answer.body), 'paper.pdf');
  assert.ok(read.ok, JSON.stringify(read));
  return read.value.text.replace(/\s+/g, ' ');
}

describe('papers in the form of Decree 30/2020/NĐ-CP', () => {
  test('the council’s file of a case: nation and motto, issuer, number of the minutes, basis, every part in order, who signed, the criteria', async () => {
    evidence.put('00004', 'III', 1);
    const view = await caseAt(site, castOf('01', '00004'), 'decided', { unit: '00004', reason: why });
    const text = await wordsOf(people.secretary(), `/classification/cases/01/${view.row.id}/file.pdf`);
    let from = 0;
    for (const part of ['HỘI ĐỒNG XÉT DUYỆT', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc']) assert.ok(text.includes(part), part);
    for (const part of ['HỒ SƠ XÉT DUYỆT', 'Quyết định số 28/2025/QĐ-TTg', 'I. Địa bàn và kỳ đánh giá', 'II. Tự đánh giá', 'III. Đề xuất', 'Loại III', 'IV. Ý kiến thành viên', 'Giám đốc Công an', 'V. Kết luận', 'Không ma túy', why, 'VI. Quyết định và chữ ký', '812/QĐ-UBND', 'Không có điểm tổ chức, chứa chấp']) {
      const at = text.indexOf(part, from);
      assert.ok(at >= 0, `${part} in its place`);
      from = at;
    }
  });

  test('E4: the file that a reader above the province, or its police, prints holds no small number of people', async () => {
    evidence.put('00008', 'drug-free');
    const view = await caseAt(site, castOf('01', '00008'), 'concluded', { unit: '00008' });
    const text = await wordsOf(people.ministry(), `/classification/cases/01/${view.row.id}/file.pdf`);
    assert.match(text, /Người ngoài ba diện\).{0,20}dưới 10/);
    assert.match(await wordsOf(people.police(), `/classification/cases/01/${view.row.id}/file.pdf`), /dưới 10/, 'the police advise from verdicts');
    assert.doesNotMatch(await wordsOf(people.secretary(), `/classification/cases/01/${view.row.id}/file.pdf`), /dưới 10/);
  });

  test('the draft decision of a province lists its concluded communes by status, and those against the proposal are marked', async () => {
    const text = await wordsOf(people.leader(), '/classification/decisions/01/2026/decision.pdf');
    for (const part of ['ỦY BAN NHÂN DÂN', 'QUYẾT ĐỊNH', 'Điều 1.', 'Điều 3.', 'PHỤ LỤC', 'Khác đề xuất']) assert.ok(text.includes(part), part);
    assert.equal((await site.call(people.leader('04'), 'GET', '/classification/decisions/01/2026/decision.pdf')).status, 409);
    assert.equal((await site.call(people.leader('04'), 'GET', '/classification/decisions/04/2026/decision.pdf')).status, 409);
  });
});
