import type { Agency } from './types.ts';

/** Divisions of a provincial police force, by name and code (order of the Ministry of Public Security's system of codes). */
export const provincialPolice = [
  { id: 'PC01', level: 'province', kind: 'police', vi: ['Văn phòng Cơ quan Cảnh sát điều tra Công an tỉnh'], abbreviations: ['PC01'] },
  { id: 'PC02', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát hình sự'], en: ['Criminal Police Division'], abbreviations: ['PC02'] },
  { id: 'PC03', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát điều tra tội phạm về tham nhũng, kinh tế, buôn lậu', 'Phòng Cảnh sát kinh tế'], en: ['Economic Police Division'], abbreviations: ['PC03'] },
  { id: 'PC04', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát điều tra tội phạm về ma túy', 'Phòng CSĐT tội phạm về ma túy', 'Phòng CSĐTTP về ma túy'], en: ['Drug Crime Investigation Police Division', 'Drug Crime Investigation Division'], abbreviations: ['PC04'] },
  { id: 'PC05', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát phòng, chống tội phạm về môi trường'], abbreviations: ['PC05'] },
  { id: 'PC06', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát quản lý hành chính về trật tự xã hội', 'Phòng CSQLHC về TTXH'], abbreviations: ['PC06'] },
  { id: 'PC07', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ', 'Phòng Cảnh sát PCCC và CNCH'], abbreviations: ['PC07'] },
  { id: 'PC08', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát giao thông'], en: ['Traffic Police Division'], abbreviations: ['PC08'] },
  { id: 'PC09', level: 'province', kind: 'police', vi: ['Phòng Kỹ thuật hình sự'], abbreviations: ['PC09'] },
  { id: 'PC10', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát thi hành án hình sự và hỗ trợ tư pháp'], abbreviations: ['PC10'] },
  { id: 'PK02', level: 'province', kind: 'police', vi: ['Phòng Cảnh sát cơ động'], abbreviations: ['PK02'] },
  { id: 'PA01', level: 'province', kind: 'police', vi: ['Phòng An ninh đối ngoại'], abbreviations: ['PA01'] },
  { id: 'PA02', level: 'province', kind: 'police', vi: ['Phòng An ninh đối nội', 'Phòng An ninh chính trị nội bộ'], abbreviations: ['PA02', 'PA03'] },
  { id: 'PA04', level: 'province', kind: 'police', vi: ['Phòng An ninh kinh tế'], abbreviations: ['PA04'] },
  { id: 'PA05', level: 'province', kind: 'police', vi: ['Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao', 'Phòng An ninh mạng'], abbreviations: ['PA05'] },
  { id: 'PA08', level: 'province', kind: 'police', vi: ['Phòng Quản lý xuất nhập cảnh'], abbreviations: ['PA08'] },
  { id: 'PA09', level: 'province', kind: 'police', vi: ['Phòng An ninh điều tra', 'Cơ quan An ninh điều tra Công an tỉnh'], abbreviations: ['PA09'] },
  { id: 'PV01', level: 'province', kind: 'police', vi: ['Phòng Tham mưu'], en: ['Staff Division'], abbreviations: ['PV01'] },
  { id: 'PV05', level: 'province', kind: 'police', vi: ['Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc', 'Phòng Xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc', 'Phòng Xây dựng phong trào bảo vệ ANTQ'], abbreviations: ['PV05'] },
  { id: 'PV06', level: 'province', kind: 'police', vi: ['Phòng Hồ sơ'], abbreviations: ['PV06'] },
  { id: 'PX01', level: 'province', kind: 'police', vi: ['Phòng Tổ chức cán bộ'], abbreviations: ['PX01'] },
  { id: 'PX03', level: 'province', kind: 'police', vi: ['Phòng Công tác Đảng và công tác chính trị', 'Phòng Công tác chính trị'], abbreviations: ['PX03'] },
  { id: 'PX05', level: 'province', kind: 'police', vi: ['Thanh tra Công an tỉnh'], abbreviations: ['PX05'] },
  { id: 'PH10', level: 'province', kind: 'police', vi: ['Phòng Hậu cần'], en: ['Logistics Division'], abbreviations: ['PH10'] },
] as const satisfies readonly Agency[];
