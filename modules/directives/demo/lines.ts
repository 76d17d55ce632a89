/** The three composed directives of the demonstration: fictitious numbers, our own words, days counted from the day of loading. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import { findAgency } from '#modules/org-units/registry/index.ts';
import type { SixClears } from '../schema.ts';

export type DemoLine = { readonly clears: SixClears; readonly dueOn: PlainDate };
export type DemoDirective = {
  readonly number: string; readonly title: string; readonly kind: 'conclusion' | 'directive' | 'plan'; readonly issuerOffice: string; readonly signer: string; readonly signerPost: string;
  readonly issuedOn: PlainDate; readonly legalBasis: string; readonly tags: readonly ('supply' | 'demand' | 'harm' | 'governance' | 'resources' | 'law')[]; readonly lines: readonly DemoLine[];
};

type Short = {
  readonly text: string; readonly classes?: readonly string[]; readonly offices?: readonly string[]; readonly with?: readonly string[]; readonly authority: string; readonly due: PlainDate; readonly product: string;
  readonly target?: readonly [number, string];
};

const namesOf = (offices: readonly string[] = []): string => offices.map((office) => findAgency(office)?.vi[0] ?? office).join(', ');

const line = (short: Short): DemoLine => ({
  dueOn: short.due,
  clears: {
    person: { offices: [...(short.offices ?? [])], classes: (short.classes ?? []).map((officeClass) => ({ officeClass })), post: null, text: namesOf(short.offices) }, task: { text: short.text },
    responsibility: { roles: ['lead', 'responsible'], coordinating: [...(short.with ?? [])], text: short.with === undefined ? '' : `Phối hợp: ${namesOf(short.with)}` }, authority: { text: short.authority },
    timeline: { deadlines: [{ type: 'absolute', value: short.due, text: '', dueOn: short.due }], dueOn: short.due },
    result: { product: short.product, measure: null, targets: short.target === undefined ? [] : [{ min: short.target[0], max: short.target[0], unit: short.target[1], year: null }] },
  },
});

const local = ['UBND-TINH', 'UBND-XA'];

/** @param today the day of loading; everything lies within the fourteen months before it and the three after */
export const demoDirectives = (today: PlainDate): readonly DemoDirective[] => [
  {
    number: '01/TB-VPCP-MAU', kind: 'conclusion', issuerOffice: 'VPCP', signer: 'Nguyễn Văn Mẫu', signerPost: 'Phó Chủ nhiệm Văn phòng Chính phủ', issuedOn: addDays(today, -424),
    title: 'Kết luận mẫu về triển khai Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030', legalBasis: 'Nghị quyết số 163/2024/QH15', tags: ['governance', 'demand', 'supply'],
    lines: [
      line({ text: 'Kiện toàn Ban Chỉ đạo, phân công thành viên phụ trách từng địa bàn.', classes: local, with: ['BCA'], authority: 'Chủ tịch Ủy ban nhân dân quyết định', due: addDays(today, -330), product: 'Quyết định kiện toàn và bảng phân công' }),
      line({ text: 'Lập danh sách điểm phức tạp về ma túy và phương án xử lý từng điểm.', classes: local, with: ['BCA'], authority: 'Chủ tịch Ủy ban nhân dân phê duyệt', due: addDays(today, -120), product: 'Danh sách và phương án được phê duyệt' }),
      line({ text: 'Xây dựng bộ chỉ số theo dõi, đánh giá Chương trình.', offices: ['BCA'], with: ['BYT', 'BTC'], authority: 'Trình Thủ tướng Chính phủ', due: addDays(today, -200), product: 'Bộ chỉ số' }),
      line({ text: 'Bố trí kinh phí thực hiện Chương trình trong dự toán hằng năm.', offices: ['BTC'], with: ['BCA'], authority: 'Trình Thủ tướng Chính phủ', due: addDays(today, -30), product: 'Phương án phân bổ' }),
    ],
  },
  {
    number: '02/KH-BCA-MAU', kind: 'plan', issuerOffice: 'BCA', signer: 'Trần Thị Mẫu', signerPost: 'Thứ trưởng', issuedOn: addDays(today, -200),
    title: 'Kế hoạch mẫu rà soát, thống kê và hỗ trợ người cần điều trị tại cộng đồng', legalBasis: 'Luật Phòng, chống ma túy số 120/2025/QH15', tags: ['harm', 'demand'],
    lines: [
      line({ text: 'Công bố điểm tư vấn, hỗ trợ điều trị tại cộng đồng và lịch trực.', classes: local, authority: 'Chủ tịch Ủy ban nhân dân quyết định', due: addDays(today, -20), product: 'Thông báo điểm tư vấn và lịch trực', target: [1, 'điểm'] }),
      line({ text: 'Báo cáo năng lực tiếp nhận của cơ sở cai nghiện công lập.', classes: ['UBND-TINH'], authority: 'Giám đốc Công an tỉnh thẩm định', due: addDays(today, -60), product: 'Báo cáo năng lực tiếp nhận' }),
    ],
  },
  {
    number: '03/CT-VPCP-MAU', kind: 'directive', issuerOffice: 'VPCP', signer: 'Lê Văn Mẫu', signerPost: 'Chủ nhiệm Văn phòng Chính phủ', issuedOn: addDays(today, -45),
    title: 'Chỉ thị mẫu về chuẩn bị đánh giá xã, phường, đặc khu không ma túy của năm', legalBasis: 'Quyết định số 28/2025/QĐ-TTg', tags: ['governance', 'law'],
    lines: [
      line({ text: 'Tự đánh giá theo tiêu chí địa bàn không ma túy và gửi hồ sơ.', classes: local, with: ['BCA'], authority: 'Chủ tịch Ủy ban nhân dân tỉnh phê duyệt', due: addDays(today, 24), product: 'Hồ sơ tự đánh giá' }),
      line({ text: 'Hướng dẫn thống nhất cách lập hồ sơ đánh giá.', offices: ['BCA'], with: ['BYT', 'BGDDT'], authority: 'Bộ trưởng ban hành', due: addDays(today, 3), product: 'Văn bản hướng dẫn' }),
      line({ text: 'Bố trí nhân lực y tế xác định tình trạng nghiện tại trạm y tế cấp xã.', offices: ['BYT'], with: ['BNV'], authority: 'Bộ trưởng quyết định', due: addDays(today, 80), product: 'Kế hoạch nhân lực', target: [80, '%'] }),
    ],
  },
];
