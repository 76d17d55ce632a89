import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import en from './messages.en.json' with { type: 'json' };
import vi from './messages.vi.json' with { type: 'json' };
import { extractDirective, type Clear } from './extract.ts';
import { readFixtures } from '../../../tools/directive-fixtures.ts';

const notice = (task: string): string => `THÔNG BÁO\nKết luận của Thủ tướng Chính phủ\nThủ tướng Chính phủ kết luận như sau:\n${task}`;
const first = (task: string) => {
  const one = extractDirective(notice(task)).assignments[0];
  assert.ok(one, `nothing found in: ${task}`);
  return one;
};
const reason = (task: string, clear: Clear): string => {
  const verdict = first(task).verdicts[clear];
  return `${verdict.state} ${verdict.reason.code}`;
};

describe('each clear says why', () => {
  const table: readonly (readonly [Clear, string, string])[] = [
    ['person', '1. Bộ Y tế rà soát danh mục thuốc.', 'clear person-named'],
    ['person', '1. Bộ Y tế:\n- Rà soát danh mục thuốc.', 'clear person-inherited'],
    ['person', '1. Các địa phương rà soát danh sách.', 'clear person-class'],
    ['person', '1. Rà soát danh mục thuốc.', 'missing person-missing'],
    ['person', '1. Ban Chỉ đạo cấp tỉnh phải được thành lập trước ngày 31/12/2026.', 'missing person-passive'],
    ['responsibility', '1. Giao Bộ Y tế rà soát danh mục thuốc.', 'clear responsibility-marked'],
    ['responsibility', '1. Bộ Y tế rà soát danh mục thuốc.', 'implicit responsibility-sole'],
    ['responsibility', '1. Bộ Y tế, Bộ Công an rà soát danh mục thuốc.', 'missing responsibility-joint'],
    ['authority', '1. Bộ Y tế rà soát danh mục thuốc, báo cáo Thủ tướng Chính phủ.', 'clear authority-body'],
    ['authority', '1. Bộ Y tế thực hiện Quyết định số 1956/QĐ-TTg.', 'clear authority-instrument'],
    ['authority', '1. Bộ Y tế xử lý theo thẩm quyền.', 'implicit authority-general'],
    ['authority', '1. Bộ Y tế rà soát danh mục thuốc.', 'missing authority-missing'],
    ['timeline', '1. Bộ Y tế rà soát danh mục thuốc trước ngày 31/12/2026.', 'clear timeline-dated'],
    ['timeline', '1. Bộ Y tế định kỳ hằng quý báo cáo kết quả.', 'clear timeline-recurring'],
    ['timeline', '1. Bộ Y tế trình Quốc hội tại Kỳ họp thứ 10, Quốc hội khóa XV.', 'clear timeline-event'],
    ['timeline', '1. Bộ Y tế định kỳ rà soát danh mục thuốc.', 'implicit timeline-no-period'],
    ['timeline', '1. Bộ Y tế khẩn trương rà soát danh mục thuốc.', 'missing timeline-urgency'],
    ['timeline', '1. Bộ Y tế rà soát danh mục thuốc.', 'missing timeline-missing'],
    ['result', '1. Bộ Y tế ban hành Kế hoạch điều trị.', 'clear result-product'],
    ['result', '1. Bộ Y tế bảo đảm 100% trạm y tế đủ điều kiện.', 'clear result-target'],
    ['result', '1. Bộ Y tế tăng cường kiểm tra, bảo đảm an toàn.', 'implicit result-outcome'],
    ['result', '1. Bộ Y tế tăng cường kiểm tra.', 'missing result-activity'],
  ];
  for (const [clear, task, expected] of table) test(`${clear}: ${task.replace('\n', ' ')}`, () => assert.equal(reason(task, clear), expected));

  test('every reason, suggestion and refusal has its words in both languages, with the same places for facts', () => {
    const reasons = readFixtures().flatMap(({ text }) => extractDirective(text).assignments.flatMap((one) => Object.values(one.verdicts)));
    const texts = new Map(Object.entries(vi));
    for (const { reason: { code, facts } } of reasons) {
      const sentence = texts.get(`extract.reason.${code}`);
      assert.ok(sentence !== undefined, code);
      for (const [, name = ''] of sentence.matchAll(/\{(\w+)\}/gu)) assert.ok(name in facts, `${code} lacks ${name}`);
    }
    assert.deepEqual(Object.keys(vi).sort(), Object.keys(en).sort());
  });
});

describe('numbers to be reached', () => {
  const targets = (task: string) => first(task).result.targets.map(({ min, max, unit, year }) => [min, max, unit, year]);
  test('a share, a range and their years', () => {
    assert.deepEqual(targets('1. Bộ Công an phấn đấu năm 2025 có 20% số xã không ma túy; đến năm 2030 đạt 50% số xã và 15% - 20% số tỉnh.'), [[20, 20, '%', 2025], [50, 50, '%', 2030], [15, 20, '%', 2030]]);
  });
  test('a count of things to be made', () => {
    assert.deepEqual(targets('1. Bộ Y tế bổ sung 1.200 cán bộ cho tuyến xã trước năm 2028.'), [[1200, 1200, 'cán bộ', 2028]]);
  });
  test('rates granted, ages, statistics in brackets and document numbers are none', () => {
    assert.deepEqual(targets('1. Ngân hàng Nhà nước hỗ trợ 100% lãi suất theo Quyết định số 20/QĐ-TTg (hiện có 8 cơ sở).'), []);
  });
});

describe('verbs that oblige nobody to anything that can be checked', () => {
  test('are marked where they stand, with what to say instead', () => {
    const one = first('1. Bộ Y tế tăng cường kiểm tra, quan tâm bố trí nhân lực.');
    assert.deepEqual(one.ambiguousVerbs.map((verb) => [verb.text, verb.suggestion]), [['tăng cường', 'say-how-much'], ['quan tâm', 'say-what-changes']]);
    const source = notice('1. Bộ Y tế tăng cường kiểm tra, quan tâm bố trí nhân lực.');
    assert.equal(source.slice(...(one.ambiguousVerbs[0]?.span ?? [0, 0])), 'tăng cường');
  });
});

describe('the grammar of an order', () => {
  const leads = (task: string) => extractDirective(notice(task)).assignments.map((one) => one.lead.map((actor) => actor.id ?? actor.text).join('+'));
  test('permission, approval, thanks and closing words oblige nobody', () => {
    for (const task of ['1. Đồng ý với đề nghị của Bộ Y tế về chủ trương đầu tư.', '1. Khuyến khích các địa phương mở rộng mô hình.', '1. Biểu dương các địa phương đã làm tốt.', 'Văn phòng Chính phủ xin thông báo để các bộ, ngành biết, thực hiện.', '1. Bộ Y tế đã ban hành hướng dẫn.']) {
      assert.deepEqual(leads(task), [], task);
    }
  });
  test('an approval that goes on to assign is an assignment', () => assert.deepEqual(leads('1. Đồng ý chủ trương mua sắm; giao Bộ Tài chính bố trí kinh phí.'), ['BTC']));
  test('a clause with its own actor stands alone', () => assert.deepEqual(leads('1. Bộ Y tế ban hành hướng dẫn; Bộ Công an kiểm tra việc thực hiện.'), ['BYT', 'BCA']));
  test('"Bộ" and "It" mean the agency named before', () => {
    assert.deepEqual(leads('1. Tổng công ty Hàng hải Việt Nam hoàn thiện đề án. Tổng công ty phải báo cáo trong tháng 3 năm 2026.').slice(0, 1), ['VINALINES']);
    const text = 'He assigned the Ministry of Health to draft a plan by May 2026. It must also train doctors.';
    assert.deepEqual(extractDirective(text).assignments.map((one) => one.lead.map((actor) => actor.id).join()), ['BYT', 'BYT']);
  });
  test('a sentence that only gives a day joins the one before it', () => {
    const found = extractDirective(notice('1. Bộ Y tế ban hành hướng dẫn. Hoàn thành trước ngày 30/6/2026.')).assignments;
    assert.equal(found.length, 1);
    assert.equal(found[0]?.deadlines[0]?.value, '2026-06-30');
  });
  test('objectives without an actor are no tasks; the same words under an agency are', () => {
    assert.deepEqual(leads('I. MỤC TIÊU\n- Giảm số người nghiện mới.\nII. NHIỆM VỤ\n1. Bộ Công an:\n- Giảm số người nghiện mới.'), ['BCA']);
  });
});
