import type { Agency } from './types.ts';

// Decree 150/2025/NĐ-CP: a commune has an office, a division of economy (in wards and special zones: economy,
// infrastructure and urban affairs), a division of culture and society, and a public service centre.
const since = '2025-07-01';

/** Bodies of a commune, ward or special zone, and those who speak for a hamlet or street group. */
export const communeBodies = [
  { id: 'VP-XA', level: 'commune', kind: 'department', vi: ['Văn phòng HĐND và UBND xã', 'Văn phòng HĐND và UBND phường', 'Văn phòng HĐND và UBND', 'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã', 'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường', 'Văn phòng Hội đồng nhân dân và Ủy ban nhân dân', 'Văn phòng HĐND&UBND', 'Văn phòng UBND xã', 'Văn phòng UBND phường'], from: since },
  { id: 'PVHXH', level: 'commune', kind: 'department', vi: ['Phòng Văn hóa - Xã hội', 'Phòng Văn hóa, Xã hội', 'Phòng VH-XH', 'Phòng VHXH'], en: ['Division of Culture and Society', 'Culture and Society Division'], from: since },
  { id: 'PKT', level: 'commune', kind: 'department', vi: ['Phòng Kinh tế'], en: ['Economic Division'], from: since },
  { id: 'PKTHTDT', level: 'commune', kind: 'department', vi: ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Phòng KT, HT&ĐT', 'Phòng KTHTĐT'], en: ['Division of Economy, Infrastructure and Urban Affairs'], from: since },
  { id: 'TTHCC-XA', level: 'commune', kind: 'department', vi: ['Trung tâm Phục vụ hành chính công', 'Trung tâm Phục vụ hành chính công xã', 'Trung tâm Phục vụ hành chính công phường'], en: ['public administration service centre', 'Public Administrative Service Centre'] },
  { id: 'TTCUDV-XA', level: 'commune', kind: 'department', vi: ['Trung tâm Cung ứng dịch vụ sự nghiệp công', 'Trung tâm Dịch vụ tổng hợp'] },
  { id: 'BCHQS-XA', level: 'commune', kind: 'military', vi: ['Ban Chỉ huy Quân sự xã', 'Ban Chỉ huy Quân sự phường', 'Ban Chỉ huy Quân sự cấp xã', 'Ban CHQS xã', 'Ban CHQS phường', 'Ban Chỉ huy quân sự các xã, phường'], en: ['commune military command'] },
  { id: 'MTTQ-XA', level: 'commune', kind: 'mass-organisation', vi: ['Ủy ban Mặt trận Tổ quốc Việt Nam xã', 'Ủy ban Mặt trận Tổ quốc Việt Nam phường', 'Ủy ban MTTQ Việt Nam xã', 'Ủy ban MTTQ Việt Nam phường', 'Ủy ban MTTQ Việt Nam cấp xã', 'UBMTTQ Việt Nam xã', 'UBMTTQ Việt Nam phường', 'UB MTTQ xã', 'UB MTTQ phường', 'MTTQ xã', 'MTTQ phường', 'Mặt trận Tổ quốc xã', 'Mặt trận Tổ quốc phường'], en: ['commune Fatherland Front Committee', 'ward Fatherland Front Committee'] },
  { id: 'DTN-XA', level: 'commune', kind: 'mass-organisation', vi: ['Đoàn Thanh niên xã', 'Đoàn Thanh niên phường', 'Đoàn TNCS Hồ Chí Minh xã', 'Đoàn TNCS Hồ Chí Minh phường', 'Đoàn xã', 'Đoàn phường', 'Đoàn Thanh niên'], en: ['commune Youth Union'] },
  { id: 'HPN-XA', level: 'commune', kind: 'mass-organisation', vi: ['Hội Liên hiệp Phụ nữ xã', 'Hội Liên hiệp Phụ nữ phường', 'Hội LHPN xã', 'Hội LHPN phường', 'Hội Phụ nữ xã', 'Hội Phụ nữ phường', 'Hội Phụ nữ'], en: ["commune Women's Union"] },
  { id: 'HND-XA', level: 'commune', kind: 'mass-organisation', vi: ['Hội Nông dân xã', 'Hội Nông dân phường'] },
  { id: 'HCCB-XA', level: 'commune', kind: 'mass-organisation', vi: ['Hội Cựu chiến binh xã', 'Hội Cựu chiến binh phường'] },
  { id: 'VHTD', level: 'commune', kind: 'class', vi: ['tổ trưởng các tổ dân phố', 'các tổ trưởng tổ dân phố', 'tổ trưởng tổ dân phố', 'trưởng các thôn', 'các trưởng thôn', 'trưởng thôn', 'trưởng thôn, tổ trưởng tổ dân phố', 'trưởng các thôn, tổ dân phố', 'trưởng các thôn, bản, tổ dân phố', 'trưởng thôn, bản, tổ dân phố', 'bí thư chi bộ, trưởng thôn', 'trưởng bản', 'trưởng ấp', 'trưởng khu phố', 'trưởng các khu phố', 'trưởng ban công tác mặt trận', 'các thôn, tổ dân phố', 'các thôn, bản, tổ dân phố', 'các tổ dân phố'], en: ['hamlet heads', 'village heads', 'heads of residential groups', 'residential groups'] },
  { id: 'ANTT-CS', level: 'commune', kind: 'class', vi: ['lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở', 'lực lượng tham gia bảo vệ an ninh trật tự ở cơ sở', 'Tổ bảo vệ an ninh, trật tự', 'Tổ bảo vệ an ninh trật tự'], en: ['grassroots security forces'] },
  { id: 'SCHOOLS-XA', level: 'commune', kind: 'class', vi: ['các trường học trên địa bàn', 'các trường trên địa bàn', 'các trường học trên địa bàn phường', 'các trường học trên địa bàn xã', 'hiệu trưởng các trường', 'hiệu trưởng các trường học', 'Ban giám hiệu các trường'] },
] as const satisfies readonly Agency[];
