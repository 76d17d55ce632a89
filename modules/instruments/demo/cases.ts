/** The three known products of the programme with their real days (public acts; official digests read). Facts, not samples. */
import type { Instrument } from '../schema.ts';

export const knownInstruments: readonly Omit<Instrument, 'link' | 'version' | 'demonstration'>[] = [
  {
    province: '00', id: '1a500000-0000-4000-8000-000000000001', kind: 'law', titleVi: 'Luật Phòng, chống ma túy (sửa đổi)', titleEn: 'Law on Drug Prevention and Control (amended)', leadOffice: 'BCA', basis: '564/TB-VPCP (20/10/2025)', enhancement: 'law',
    dueStage: 'submitted', dueOn: null, dueText: 'Trình Kỳ họp thứ 10, Quốc hội khóa XV (tháng 10 đến tháng 12/2025)', dueEvent: 'NA15-S10', note: '440 trên 444 đại biểu tán thành.',
    stages: [{ stage: 'passed', on: '2025-12-10', number: '120/2025/QH15', source: 'Quốc hội, 10/12/2025' }, { stage: 'in-force', on: '2026-07-01', number: '120/2025/QH15', source: '120/2025/QH15' }],
  },
  {
    province: '00', id: '1a500000-0000-4000-8000-000000000002', kind: 'decision', titleVi: 'Tín dụng đối với người sau cai nghiện', titleEn: 'Credit for people after rehabilitation', leadOffice: 'BCA', basis: '564/TB-VPCP (20/10/2025)', enhancement: 'investment',
    dueStage: 'submitted', dueOn: '2025-11-30', dueText: 'Trình trong tháng 11/2025', dueEvent: null, note: 'Ngày trình không công bố.',
    stages: [
      { stage: 'comment', on: '2025-10-17', number: '', source: 'Dự thảo lấy ý kiến 17/10/2025' }, { stage: 'passed', on: '2026-03-03', number: '08/2026/QĐ-TTg', source: '08/2026/QĐ-TTg (03/03/2026)' },
      { stage: 'in-force', on: '2026-05-01', number: '08/2026/QĐ-TTg', source: '08/2026/QĐ-TTg' },
    ],
  },
  {
    province: '00', id: '1a500000-0000-4000-8000-000000000003', kind: 'guidance', titleVi: 'Hướng dẫn theo dõi, đánh giá Chương trình', titleEn: 'Guidance on monitoring and evaluation of the programme', leadOffice: 'BCA', basis: '564/TB-VPCP (20/10/2025)', enhancement: 'smart-management',
    dueStage: 'passed', dueOn: null, dueText: 'Sớm', dueEvent: null, note: '', stages: [{ stage: 'passed', on: '2025-12-05', number: '46/HD-BCA-C04', source: '46/HD-BCA-C04 (05/12/2025)' }],
  },
];
