import type { OfficialDocument } from './official-document.ts';

/** A composed document for the tests: every part of the decree's form, stacked marks, mixed words, a table over several pages. */
export const sampleDocument = (rows = 60): OfficialDocument => ({
  superior: 'Bộ Công an',
  issuer: 'Văn phòng thường trực phòng, chống ma túy',
  number: '128/TB-VPTT',
  placeAndDate: 'Hà Nội, ngày 15 tháng 11 năm 2025',
  kind: 'Thông báo',
  abstract: 'Kết luận tại Hội nghị trực tuyến triển khai Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030',
  legalBasis: ['Căn cứ Luật Phòng, chống ma túy số 120/2025/QH15;', 'Xét đề nghị của Thủ trưởng các đơn vị,'],
  body: [
    { kind: 'paragraph', text: 'Ngưỡng ấm ức, thẳng thắn, quyết liệt: ẳ ẵ ặ ề ể ễ ộ ỡ ợ ữ ự ỷ ỹ ỵ Đ đ Ư ư 1.250.000 ₫. Bộ Công an chủ trì, phối hợp với Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương rà soát, lập danh sách các điểm phức tạp về ma túy trên địa bàn, báo cáo kết quả trước ngày 15 tháng 12 năm 2025.' },
    { kind: 'heading', text: 'I. NHIỆM VỤ TRỌNG TÂM' },
    { kind: 'item', marker: '1.', text: 'Bộ Y tế hướng dẫn các cơ sở cai nghiện thực hiện quy trình điều trị, bảo đảm 100% học viên được khám sức khỏe khi tiếp nhận; hoàn thành trong quý I năm 2026.' },
    { kind: 'item', marker: 'a)', text: 'Sở Y tế các tỉnh tổng hợp nhu cầu thuốc.', level: 1 },
    { kind: 'paragraph', text: 'Văn phòng thông báo để các bộ, ngành, địa phương biết, thực hiện./.' },
  ],
  signer: { onBehalf: 'TL. Bộ trưởng', post: 'Chánh Văn phòng', name: 'Nguyễn Văn Mẫu' },
  recipients: ['Thủ tướng Chính phủ (để báo cáo)', 'Ủy ban nhân dân các tỉnh, thành phố', 'Lưu: VT, VPTT'],
  synthetic: true,
  language: 'vi',
  printedAt: '2025-11-15T03:20:00.000Z',
  hash: '9f2c1a7be04d',
  annex: {
    label: 'Phụ lục',
    title: 'Nhiệm vụ giao các địa phương',
    reference: '(Kèm theo Thông báo số 128/TB-VPTT ngày 15 tháng 11 năm 2025)',
    orientation: 'landscape',
    table: {
      filters: ['Trạng thái: tất cả', 'Đơn vị: 34 tỉnh, thành phố'],
      columns: [{ title: 'STT', widthMm: 12, align: 'center' }, { title: 'Rõ người' }, { title: 'Rõ việc', widthMm: 90 }, { title: 'Rõ thời gian', widthMm: 28, align: 'center' }, { title: 'Số lượng', widthMm: 22, align: 'right' }],
      rows: Array.from({ length: rows }, (_, i) => [`${i + 1}`, `Công an tỉnh thứ ${i + 1}`, `Nhiệm vụ số ${i + 1}: rà soát, lập danh sách và phân công người chịu trách nhiệm từng điểm phức tạp.`, '15/12/2025', '1.234']),
    },
  },
});
