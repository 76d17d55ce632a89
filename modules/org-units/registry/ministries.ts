import type { Agency } from './types.ts';

// Government of the 15th term after Resolution 176/2025/QH15 and Decrees of February 2025: 14 ministries, 3 agencies of
// ministerial rank, 5 agencies under the Government; in force 1 March 2025.
const since2025 = '2025-03-01';

export const ministries = [
  { id: 'BQP', level: 'central', kind: 'ministry', vi: ['Bộ Quốc phòng'], en: ['Ministry of National Defence', 'Ministry of National Defense', 'Ministry of Defence', 'Ministry of Defense', 'Defence Ministry', 'Defense Ministry'], abbreviations: ['BQP', 'MND'] },
  { id: 'BCA', level: 'central', kind: 'ministry', vi: ['Bộ Công an'], en: ['Ministry of Public Security', 'Public Security Ministry'], abbreviations: ['BCA', 'MPS'] },
  { id: 'BNG', level: 'central', kind: 'ministry', vi: ['Bộ Ngoại giao'], en: ['Ministry of Foreign Affairs', 'Foreign Ministry'], abbreviations: ['BNG', 'MOFA'] },
  { id: 'BNV', level: 'central', kind: 'ministry', vi: ['Bộ Nội vụ'], en: ['Ministry of Home Affairs', 'Ministry of the Interior', 'Home Affairs Ministry'], abbreviations: ['BNV', 'MOHA'] },
  { id: 'BTP', level: 'central', kind: 'ministry', vi: ['Bộ Tư pháp'], en: ['Ministry of Justice', 'Justice Ministry'], abbreviations: ['BTP', 'MOJ'] },
  { id: 'BTC', level: 'central', kind: 'ministry', vi: ['Bộ Tài chính'], en: ['Ministry of Finance', 'Finance Ministry'], abbreviations: ['BTC', 'MOF'] },
  { id: 'BCT', level: 'central', kind: 'ministry', vi: ['Bộ Công Thương'], en: ['Ministry of Industry and Trade', 'Industry and Trade Ministry'], abbreviations: ['BCT', 'MOIT'] },
  { id: 'BNNMT', level: 'central', kind: 'ministry', vi: ['Bộ Nông nghiệp và Môi trường', 'Bộ NN&MT', 'Bộ NNMT'], en: ['Ministry of Agriculture and Environment', 'Ministry of Agriculture and the Environment'], abbreviations: ['BNNMT', 'MAE'], from: since2025 },
  { id: 'BXD', level: 'central', kind: 'ministry', vi: ['Bộ Xây dựng'], en: ['Ministry of Construction', 'Construction Ministry'], abbreviations: ['BXD', 'MOC'] },
  { id: 'BVHTTDL', level: 'central', kind: 'ministry', vi: ['Bộ Văn hóa, Thể thao và Du lịch', 'Bộ Văn hóa Thể thao và Du lịch', 'Bộ VHTTDL', 'Bộ VHTT&DL', 'Bộ VH,TT&DL'], en: ['Ministry of Culture, Sports and Tourism', 'Ministry of Culture, Sport and Tourism', 'Culture Ministry'], abbreviations: ['BVHTTDL', 'MOCST'] },
  { id: 'BKHCN', level: 'central', kind: 'ministry', vi: ['Bộ Khoa học và Công nghệ', 'Bộ KH&CN', 'Bộ KHCN'], en: ['Ministry of Science and Technology', 'Science and Technology Ministry'], abbreviations: ['BKHCN', 'MOST'] },
  { id: 'BGDDT', level: 'central', kind: 'ministry', vi: ['Bộ Giáo dục và Đào tạo', 'Bộ GD&ĐT', 'Bộ GDĐT', 'Bộ GD-ĐT', 'Bộ Giáo dục & Đào tạo'], en: ['Ministry of Education and Training', 'Education Ministry', 'Ministry of Education'], abbreviations: ['BGDĐT', 'MOET'] },
  { id: 'BYT', level: 'central', kind: 'ministry', vi: ['Bộ Y tế'], en: ['Ministry of Health', 'Health Ministry'], abbreviations: ['BYT', 'MOH'] },
  { id: 'BDTTG', level: 'central', kind: 'ministry', vi: ['Bộ Dân tộc và Tôn giáo'], en: ['Ministry of Ethnic and Religious Affairs', 'Ministry of Ethnic Minorities and Religions', 'Ministry of Ethnic Minority and Religious Affairs'], abbreviations: ['BDTTG'], from: since2025 },
  { id: 'NHNN', level: 'central', kind: 'ministerial-agency', vi: ['Ngân hàng Nhà nước Việt Nam', 'Ngân hàng Nhà nước', 'Ngân hàng Nhà nước VN'], en: ['State Bank of Vietnam', 'State Bank of Viet Nam', 'State Bank', 'central bank'], abbreviations: ['NHNN', 'SBV'] },
  { id: 'TTCP', level: 'central', kind: 'ministerial-agency', vi: ['Thanh tra Chính phủ', 'Tổng Thanh tra Chính phủ'], en: ['Government Inspectorate', 'Inspectorate General of the Government'], abbreviations: ['TTCP'] },
  { id: 'VPCP', level: 'central', kind: 'ministerial-agency', vi: ['Văn phòng Chính phủ'], en: ['Government Office', 'Office of the Government'], abbreviations: ['VPCP'] },
  { id: 'VHLKHCN', level: 'central', kind: 'government-agency', vi: ['Viện Hàn lâm Khoa học và Công nghệ Việt Nam'], en: ['Vietnam Academy of Science and Technology', 'Viet Nam Academy of Science and Technology'], abbreviations: ['VAST'] },
  { id: 'VHLKHXH', level: 'central', kind: 'government-agency', vi: ['Viện Hàn lâm Khoa học xã hội Việt Nam'], en: ['Vietnam Academy of Social Sciences', 'Viet Nam Academy of Social Sciences'], abbreviations: ['VASS'] },
  { id: 'VTV', level: 'central', kind: 'media', vi: ['Đài Truyền hình Việt Nam'], en: ['Vietnam Television', 'Viet Nam Television'], abbreviations: ['VTV'] },
  { id: 'VOV', level: 'central', kind: 'media', vi: ['Đài Tiếng nói Việt Nam'], en: ['Voice of Vietnam', 'Radio the Voice of Vietnam', 'Voice of Viet Nam'], abbreviations: ['VOV'] },
  { id: 'TTXVN', level: 'central', kind: 'media', vi: ['Thông tấn xã Việt Nam'], en: ['Vietnam News Agency', 'Viet Nam News Agency'], abbreviations: ['TTXVN', 'VNA'] },

  // Ceased before or on 1 March 2025; older directives still name them.
  { id: 'BNNPTNT', level: 'central', kind: 'ministry', vi: ['Bộ Nông nghiệp và Phát triển nông thôn', 'Bộ NN&PTNT', 'Bộ NNPTNT'], en: ['Ministry of Agriculture and Rural Development'], abbreviations: ['BNNPTNT', 'MARD'], until: since2025, successors: ['BNNMT'] },
  { id: 'BTNMT', level: 'central', kind: 'ministry', vi: ['Bộ Tài nguyên và Môi trường', 'Bộ TN&MT', 'Bộ TNMT'], en: ['Ministry of Natural Resources and Environment', 'Ministry of Natural Resources and the Environment'], abbreviations: ['BTNMT', 'MONRE'], until: since2025, successors: ['BNNMT'] },
  { id: 'BLDTBXH', level: 'central', kind: 'ministry', vi: ['Bộ Lao động - Thương binh và Xã hội', 'Bộ Lao động, Thương binh và Xã hội', 'Bộ Lao động Thương binh và Xã hội', 'Bộ LĐTBXH', 'Bộ LĐ-TBXH', 'Bộ LĐ-TB&XH', 'Bộ LĐTB&XH'], en: ['Ministry of Labour, Invalids and Social Affairs', 'Ministry of Labor, Invalids and Social Affairs', 'Ministry of Labour, War Invalids and Social Affairs', 'Labour Ministry'], abbreviations: ['BLĐTBXH', 'MOLISA'], until: since2025, successors: ['BNV', 'BGDDT', 'BYT', 'BCA'] },
  { id: 'BGTVT', level: 'central', kind: 'ministry', vi: ['Bộ Giao thông vận tải', 'Bộ GTVT', 'Bộ Giao thông - Vận tải'], en: ['Ministry of Transport', 'Transport Ministry'], abbreviations: ['BGTVT'], until: since2025, successors: ['BXD'] },
  { id: 'BKHDT', level: 'central', kind: 'ministry', vi: ['Bộ Kế hoạch và Đầu tư', 'Bộ KH&ĐT', 'Bộ KHĐT'], en: ['Ministry of Planning and Investment'], abbreviations: ['BKHĐT', 'MPI'], until: since2025, successors: ['BTC'] },
  { id: 'BTTTT', level: 'central', kind: 'ministry', vi: ['Bộ Thông tin và Truyền thông', 'Bộ TT&TT', 'Bộ TTTT'], en: ['Ministry of Information and Communications'], abbreviations: ['BTTTT', 'MIC'], until: since2025, successors: ['BKHCN', 'BVHTTDL'] },
  { id: 'UBDT', level: 'central', kind: 'ministerial-agency', vi: ['Ủy ban Dân tộc'], en: ['Committee for Ethnic Minority Affairs', 'Committee for Ethnic Affairs'], abbreviations: ['UBDT', 'CEMA'], until: since2025, successors: ['BDTTG'] },
  { id: 'BHXHVN', level: 'central', kind: 'government-agency', vi: ['Bảo hiểm xã hội Việt Nam', 'BHXH Việt Nam'], en: ['Vietnam Social Security', 'Viet Nam Social Security', 'Vietnam Social Insurance'], abbreviations: ['BHXHVN'], until: since2025, successors: ['BTC'] },
  { id: 'UBQLV', level: 'central', kind: 'government-agency', vi: ['Ủy ban Quản lý vốn nhà nước tại doanh nghiệp'], en: ['Commission for the Management of State Capital at Enterprises', 'Commission for Management of State Capital'], abbreviations: ['CMSC'], until: since2025, successors: ['BTC'] },
  { id: 'BQLLCHCM', level: 'central', kind: 'government-agency', vi: ['Ban Quản lý Lăng Chủ tịch Hồ Chí Minh'], en: ['Ho Chi Minh Mausoleum Management Board'], until: since2025, successors: ['BQP'] },
  { id: 'BVHTT', level: 'central', kind: 'ministry', vi: ['Bộ Văn hóa - Thông tin', 'Bộ Văn hóa và Thông tin'], until: '2007-08-01', successors: ['BVHTTDL', 'BTTTT'] },
  { id: 'BTM', level: 'central', kind: 'ministry', vi: ['Bộ Thương mại'], en: ['Ministry of Trade'], until: '2007-08-01', successors: ['BCT'] },
  { id: 'BCN', level: 'central', kind: 'ministry', vi: ['Bộ Công nghiệp'], en: ['Ministry of Industry'], until: '2007-08-01', successors: ['BCT'] },
  { id: 'BTS', level: 'central', kind: 'ministry', vi: ['Bộ Thủy sản'], en: ['Ministry of Fisheries'], until: '2007-08-01', successors: ['BNNPTNT'] },
  { id: 'BBCVT', level: 'central', kind: 'ministry', vi: ['Bộ Bưu chính, Viễn thông', 'Bộ Bưu chính Viễn thông'], en: ['Ministry of Posts and Telematics'], until: '2007-08-01', successors: ['BTTTT'] },
  { id: 'UBDSGDTE', level: 'central', kind: 'ministerial-agency', vi: ['Ủy ban Dân số, Gia đình và Trẻ em'], until: '2007-08-01', successors: ['BYT', 'BLDTBXH', 'BVHTTDL'] },
  { id: 'UBTDTT', level: 'central', kind: 'ministerial-agency', vi: ['Ủy ban Thể dục Thể thao'], until: '2007-08-01', successors: ['BVHTTDL'] },
] as const satisfies readonly Agency[];
