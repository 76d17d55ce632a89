import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractDirective } from './extract.ts';

// One sentence each for the rules of language and layout found wanting on documents the grammar was not written on.
const read = (text: string) => extractDirective(text).assignments;
const leads = (text: string) => read(text).map((one) => one.lead.map((lead) => lead.id ?? lead.text).join('+'));
const dues = (text: string) => read(text).flatMap((one) => one.deadlines.map((due) => due.value));
const plan = (lines: string) => `KẾ HOẠCH\nAn Bình, ngày 05 tháng 01 năm 2026\nỦy ban nhân dân phường ban hành Kế hoạch như sau:\n${lines}`;

describe('names of bodies', () => {
  test('parts of a name may be joined by dash, comma or "và"', () => {
    assert.deepEqual(leads(plan('1. Sở Văn hóa - Thể thao và Du lịch chủ trì tổ chức cuộc thi.\n2. Sở Lao động, Thương binh, Xã hội rà soát hồ sơ.')), ['SVHTTDL', 'SLDTBXH']);
  });

  test('the place after a local body belongs to its name', () => {
    assert.deepEqual(leads(plan('1. Báo và phát thanh, truyền hình Cao Lĩnh mở chuyên mục phòng, chống ma túy.\n2. Sở Y tế thành phố Hải Vân tổ chức tập huấn.')), ['PTTH-TINH', 'SYT']);
  });

  test('a heading names one body, whatever verbs stand in the name, in small letters or in capitals', () => {
    const body = (name: string) => leads(plan(`1. ${name}:\n- Lập danh sách hộ tham gia.\n- Báo cáo kết quả.`))[0];
    assert.equal(body('Phòng Hỗ trợ phát triển cộng đồng'), 'Phòng Hỗ trợ phát triển cộng đồng');
    assert.equal(body('TRUNG TÂM HỖ TRỢ VÀ BẢO VỆ TRẺ EM'), 'TRUNG TÂM HỖ TRỢ VÀ BẢO VỆ TRẺ EM');
  });

  test('divisions of the provincial police are known by name and by code', () => {
    assert.deepEqual(leads(plan('1. Phòng Cảnh sát điều tra tội phạm về ma túy (PC04):\n- Xác lập chuyên án.\n2. Phòng Hậu cần:\n- Bố trí phương tiện.')), ['PC04', 'PH10']);
  });

  test('"the ministry" is the one that holds the task before', () => {
    assert.deepEqual(leads('The Ministry of Health and the Ministry of Finance met on Monday.\nThe Minister told reporters that the Ministry of Health must publish the list. The ministry should also train nurses.'), ['BYT', 'BYT']);
  });
});

test('a known body before a colon may be followed by what it does', () => {
  assert.deepEqual(leads(plan('1. Sở Y tế tổ chức kiểm tra:\n- Rà soát các nhà thuốc.')), ['SYT']);
});

describe('who is asked', () => {
  test('a people\'s committee or the head of a body gives orders too', () => {
    assert.deepEqual(leads(plan('Chủ tịch UBND phường yêu cầu Trạm Y tế treo biển hướng dẫn trước ngày 10/02/2026.')), ['TYT-XA']);
  });

  test('a verb that is not known still follows the one it is asked of', () => {
    assert.deepEqual(leads(plan('1. Công an phường hạ nhiệt các điểm nóng trên địa bàn toàn phường.')), ['CA-XA']);
  });

  test('"cùng với" names who helps, not who leads', () => {
    const [one] = read(plan('1. Giao Sở Xây dựng cùng với Sở Tài chính tháo gỡ vướng mắc của dự án.'));
    assert.deepEqual([one?.lead.map((lead) => lead.id), one?.coordinating.map((other) => other.id)], [['SXD'], ['STC']]);
  });

  test('a passive order names its actor as subject, also one the registry does not know', () => {
    assert.deepEqual(leads('The Prime Minister spoke on Monday about the coast.\nThe coast patrol force was tasked to check every small port. The Ministry of Justice was told to draft a decree.'), ['coast patrol force', 'BTP']);
  });

  test('"while" and "and" part two orders with their own actors', () => {
    assert.deepEqual(leads('The leader closed the talks on Friday.\nThe Ministry of Health was asked to train nurses, while the Ministry of Finance must allocate funds and the Ministry of Justice should draft a decree.'), ['BYT', 'BTC', 'BTP']);
  });

  test('a need is an order to whom it is needed of', () => {
    assert.deepEqual(leads('He closed the talks on Friday.\nIt is necessary for the Ministry of Health to publish the list. The Ministry of Finance must pay.'), ['BYT', 'BTC']);
  });

  test('an order may go to nobody named', () => {
    assert.deepEqual(leads('In the directive, the Prime Minister requested to urgently complete the decrees on staff. The Ministry of Home Affairs must report.'), ['', 'BNV']);
  });

  test('nouns that look like verbs of asking ask nobody', () => {
    assert.deepEqual(leads('The Ministry of Health must publish a list of functions, tasks and powers of communes to be merged.'), ['BYT']);
  });

  test('what a condition allows is no permission', () => {
    assert.deepEqual(leads('Directors of departments must explain if hotspots are allowed to grow. Companies are allowed to import masks.').length, 1);
  });
});

describe('orders said otherwise', () => {
  test('a request for an action names nobody', () => {
    assert.deepEqual(leads('The leader requested drafting a common guide for all schools. The Ministry of Health must print it.'), ['', 'BYT']);
  });

  test('what the function of a body is stands between it and its verb', () => {
    assert.deepEqual(leads(plan('1. Trạm Y tế và Công an phường theo chức năng, nhiệm vụ được giao gỡ bỏ quảng cáo sai phạm trên địa bàn.')), ['TYT-XA+CA-XA']);
  });

  test('the areas of People\'s Committees belong to their name and tell the level', () => {
    assert.deepEqual(leads("The Prime Minister asked the People's Committees of 12 river provinces and cities to plant trees. He asked People's Committees of poor communes to build stations."), ['UBND-TINH', 'UBND-XA']);
  });

  test('who helps may stand between who leads and the verb', () => {
    const found = read('The Prime Minister asked the Ministry of Health to train nurses.\nThe Ministry of Finance together with the Ministry of Justice monitors the use of funds.');
    assert.deepEqual(found.map((one) => [one.lead.map((lead) => lead.id).join(), one.coordinating.map((other) => other.id).join()]), [['BYT', ''], ['BTC', 'BTP']]);
  });

  test('below "requests:" an agency and "to" with a verb is an order, on one line or over its bullets', () => {
    const text = 'OFFICIAL DISPATCH\nHanoi, 4 August 2026\nThe Prime Minister requests:\n1. The Minister of Justice to draft a decree.\n2. The Minister of Health to:\n- Train nurses;\n- Open two stations.\nIt is necessary to keep records.';
    assert.deepEqual(leads(text), ['BTP', 'BYT', 'BYT', '']);
  });

  test('a numbered body keeps its number, and is meant by its head alone later', () => {
    assert.deepEqual(leads(plan('1. Cơ sở cai nghiện ma túy số 3 cần đổi mới việc dạy nghề. Hằng tháng, Cơ sở báo cáo Công an tỉnh.')), ['CSCN', 'CSCN']);
  });

  test('"assigned functions" assigns nothing', () => {
    assert.deepEqual(read('The Ministry of Health must train nurses within its assigned functions. It must report.').map((one) => one.roleMarkers), [[], []]);
  });
});

describe('rows of orders', () => {
  test('below an order a list is read, though the text has no head', () => {
    assert.deepEqual(leads('The Prime Minister requested the Ministry of Finance to carry out the following tasks:\n- Open accounts for communes.\n- Publish the circulars.'), ['BTC', 'BTC']);
  });

  test('a report goes on from an order with the present tense, and stops with what was done', () => {
    assert.deepEqual(leads('Accordingly, the Prime Minister asked the Ministry of Health to train nurses.\nThe Ministry of Finance allocates funds to communes.\nThe Ministry of Justice has drafted a law.'), ['BYT', 'BTC']);
    assert.deepEqual(leads('Theo đó, UBND tỉnh giao Sở Y tế mở lớp tập huấn cho cán bộ cơ sở trong toàn tỉnh.\nSở Tài chính cân đối nguồn kinh phí cho các xã.\nSở Tư pháp đã thẩm định dự thảo.'), ['SYT', 'STC']);
  });

  test('an agency that only the first paragraph asks is kept beside the details that follow', () => {
    const news = 'In a dispatch sent to provinces on Monday evening, the Prime Minister asked the Ministry of Justice to draft the decree.\nThe Ministry of Health must train nurses.\nThe Ministry of Finance must allocate funds.';
    assert.deepEqual(leads(news), ['BTP', 'BYT', 'BTC']);
  });

  test('the legal basis is no task', () => {
    assert.deepEqual(leads('QUYẾT ĐỊNH\nCHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ\nCăn cứ Luật Phòng, chống ma túy;\nTheo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 5/TTr-SYT.\nĐiều 1. Giao Sở Y tế tổ chức tập huấn.'), ['SYT']);
  });

  test('who decides is handed down from the lead-in line', () => {
    const found = read(plan('1. Công an phường tham mưu Ủy ban nhân dân phường:\n- Kiện toàn Tổ công tác.\n- Ban hành quy chế.'));
    assert.deepEqual(found.map((one) => one.verdicts.authority.state), ['clear', 'clear']);
  });
});

describe('days', () => {
  test('an hour may stand before the day or the period', () => {
    assert.deepEqual(dues(plan('1. Công an phường báo cáo trước 16 giờ 30 ngày 12/02/2026.\n2. Trạm Y tế báo cáo nhanh trước 15 giờ hằng ngày.')), ['2026-02-12', 'R/P1D']);
  });

  test('a period may close the clause', () => {
    assert.deepEqual(dues(plan('1. Công an phường gặp gỡ người được quản lý hằng tuần.\n2. Trạm Y tế phát sóng mỗi tháng một lần.')), ['R/P1W', 'R/P1M']);
    assert.deepEqual(dues(plan('1. Công an phường rà soát kế hoạch hằng năm.')), []);
  });

  test('half a school year counts as its school year', () => {
    assert.deepEqual(dues(plan('1. Các trường học đưa nội dung này vào giảng dạy từ học kỳ I năm học 2026 - 2027.')), ['2026-2027']);
  });

  test('a report without a head is dated by the day it tells of, not by a cited document', () => {
    assert.deepEqual(dues('HANOI - On March 16, 2026, the Prime Minister met leaders in 2025 style under Law No. 5 dated June 1, 2021.\nThe Ministry of Health must report before the end of April.'), ['2026-04']);
  });
});

test('two days joined by "and" are two; a day in a relative clause dates that clause', () => {
  assert.deepEqual(dues('The Ministry of Health must report before May 5, 2026 and June 5, 2026. The Ministry of Justice must receive the experts who will arrive in early July 2026.'), ['2026-05-05', '2026-06-05']);
});

test('the day of the meeting dates a conclusion without a head, not a day to come', () => {
  const text = 'Thông báo kết luận của Phó Chủ tịch UBND tỉnh tại buổi làm việc với các xã\nNgày 19 tháng 6 năm 2026, Phó Chủ tịch UBND tỉnh đã làm việc với các xã và kết luận như sau:\n1. Sở Y tế báo cáo ngay trong tháng 6.\n2. Sở Tài chính báo cáo trước ngày 15/7/2026.';
  assert.deepEqual(dues(text), ['2026-06', '2026-07-15']);
});

test('a report on a day is a product', () => {
  assert.deepEqual(read(plan('1. Công an phường rà soát địa bàn, báo cáo UBND phường trước ngày 12/02/2026.')).map((one) => one.verdicts.result.state), ['clear']);
});

test('a bare day in a cell of a table is marked without the border of the cell', () => {
  const text = plan('STT | Nội dung | Chủ trì | Thời hạn\n1 | Lập hồ sơ quản lý | Công an phường | 15/3/2026\n2 | Tổ chức hội nghị | Trạm Y tế | Tháng 4/2026');
  const due = read(text).flatMap((one) => one.deadlines);
  assert.deepEqual(due.map((one) => [one.value, text.slice(...one.span)]), [['2026-03-15', '15/3/2026'], ['2026-04', 'Tháng 4/2026']]);
});

test('a range of things to be made is a target', () => {
  assert.deepEqual(read(plan('1. Công an phường xây dựng từ 02 đến 04 mô hình tự quản.'))[0]?.result.targets.map((target) => [target.min, target.max]), [[2, 4]]);
});
