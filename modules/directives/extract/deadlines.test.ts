import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { enDeadlines } from './deadlines/en.ts';
import { viDeadlines } from './deadlines/vi.ts';
import { foldText } from './normalise.ts';

const reference = { day: '2025-10-20', year: 2025 };
const vi = (text: string) => viDeadlines(text, foldText(text), reference).map((hit) => `${hit.type} ${hit.value}`);
const en = (text: string) => enDeadlines(text, foldText(text), reference).map((hit) => `${hit.type} ${hit.value}`);

const vietnamese: readonly (readonly [string, readonly string[]])[] = [
  ['hoàn thành trước ngày 31/12/2025', ['absolute 2025-12-31']],
  ['trước ngày 08 tháng 3 năm 2026', ['absolute 2026-03-08']],
  ['chậm nhất là ngày 05-11-2025', ['absolute 2025-11-05']],
  ['trước 10 tháng 3 năm 2026', ['absolute 2026-03-10']],
  ['trước ngày 15/11', ['absolute 2025-11-15']],
  ['trước ngày 15/3', ['absolute 2026-03-15']],
  ['từ ngày 01/11/2025 đến ngày 31/12/2025', ['absolute 2025-12-31']],
  ['trong tháng 11 năm 2025', ['absolute 2025-11']],
  ['trong tháng 11/2025', ['absolute 2025-11']],
  ['Cuối tháng 3 năm 2026: họp giao ban', ['absolute 2026-03']],
  ['xong trong tháng 02', ['absolute 2026-02']],
  ['trong quý IV năm 2025', ['absolute 2025-Q4']],
  ['hoàn thành quý I/2026', ['absolute 2026-Q1']],
  ['Thời gian hoàn thành: Quý II/2026', ['absolute 2026-Q2']],
  ['trong 6 tháng đầu năm 2026', ['absolute 2026-06']],
  ['trong năm 2026', ['absolute 2026']],
  ['đến hết năm 2026', ['absolute 2026']],
  ['Phấn đấu năm 2025 có 20%; đến năm 2030 đạt 50%', ['absolute 2025', 'absolute 2030']],
  ['từ năm học 2025 - 2026', ['absolute 2025-2026']],
  ['Định kỳ trước ngày 25 hằng tháng báo cáo', ['recurring R/P1M/D25']],
  ['trước ngày 15/12 hằng năm', ['recurring R/P1Y/12-15']],
  ['Định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) báo cáo', ['recurring R/P6M/06-15;R/P1Y/12-15']],
  ['định kỳ hằng quý báo cáo', ['recurring R/P3M']],
  ['Hằng tuần báo cáo', ['recurring R/P1W']],
  ['định kỳ mỗi học kỳ', ['recurring R/SEM']],
  ['định kỳ kiểm tra', ['recurring R/?']],
  ['trình Quốc hội tại Kỳ họp thứ 10, Quốc hội khóa XV', ['event NA15-S10']],
  ['tại kỳ họp thứ hai, Quốc hội khóa XVI', ['event NA16-S2']],
  ['ngay sau hội nghị này', ['event event:conference']],
  ['trong vòng 15 ngày kể từ ngày ban hành', ['event event:issue+P15D']],
];

const noneVi = [
  'khẩn trương, sớm hoàn thành ngay', 'thường xuyên kiểm tra', 'giai đoạn 2026 - 2030', 'Chương trình phòng, chống ma túy đến năm 2030', 'việc cấp bách phải làm ngay, không chờ đến năm 2030',
  'Quyết định số 1956/QĐ-TTg ngày 27 tháng 11 năm 2009', 'kế hoạch công tác năm 2010', 'trước ngày 30/02/2026', 'trước ngày 31 tháng 4 năm 2026', 'trong tháng 13 năm 2026', 'chương trình công tác hằng năm', 'dạy nghề dưới 3 tháng', 'trong 9 tháng đầu năm 2025',
];

const english: readonly (readonly [string, readonly string[]])[] = [
  ['by December 31, 2025', ['absolute 2025-12-31']],
  ['no later than 15 April 2026', ['absolute 2026-04-15']],
  ['by October 2025', ['absolute 2025-10']],
  ['before the end of May 2026', ['absolute 2026-05']],
  ['by November', ['absolute 2025-11']],
  ['in the second quarter of 2026', ['absolute 2026-Q2']],
  ['by Q4 2026', ['absolute 2026-Q4']],
  ['by 2027', ['absolute 2027']],
  ['by the end of this year', ['absolute 2025']],
  ['starting from the 2025-2026 school year', ['absolute 2025-2026']],
  ['to the 10th National Assembly session', ['event NA15-S10']],
  ['at the first session of the 16th National Assembly', ['event NA16-S1']],
  ['Immediately after this conference', ['event event:conference']],
  ['within 30 days of the issuance', ['event event:issue+P30D']],
  ['by the 25th of each month', ['recurring R/P1M/D25']],
  ['monthly reports by the 20th of each month', ['recurring R/P1M/D20']],
  ['report every quarter', ['recurring R/P3M']],
  ['on a regular basis', ['recurring R/?']],
  ['report weekly.', ['recurring R/P1W']],
];

const noneEn = ['promptly and immediately', 'without waiting until 2030', 'the National Target Program on Drug Prevention until 2030', 'Resolution No. 163 dated November 27, 2024', 'by February 30, 2026', 'weekly programmes on prevention', 'in synthetic drugs'];

describe('deadlines in Vietnamese', () => {
  for (const [text, expected] of vietnamese) test(text, () => assert.deepEqual(vi(text), expected));
  for (const text of noneVi) test(`none: ${text}`, () => assert.deepEqual(vi(text), []));
});

describe('deadlines in English', () => {
  for (const [text, expected] of english) test(text, () => assert.deepEqual(en(text), expected));
  for (const text of noneEn) test(`none: ${text}`, () => assert.deepEqual(en(text), []));
});

test('R47: no day that does not exist is ever a deadline', () => {
  for (const [day, month] of [[31, 2], [29, 2], [31, 6], [0, 5], [32, 1], [15, 13]]) {
    assert.deepEqual(vi(`trước ngày ${day}/${month}/2026`), [], `${day}/${month}`);
  }
  assert.deepEqual(vi('trước ngày 29/02/2028'), ['absolute 2028-02-29']);
});

test('a year that was not written is marked as taken from the date of the document', () => {
  const text = 'trước ngày 15/3';
  assert.equal(viDeadlines(text, foldText(text), reference)[0]?.yearInferred, true);
});
