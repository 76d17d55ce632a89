import { viAdverbs, viVerbs } from './vi.ts';

/** Nouns that open the name of a body not in the registry: "Cục …", "Trung tâm …". The name follows with a capital. */
export const genericHeads = [
  'Bộ', 'Sở', 'Cục', 'Tổng cục', 'Vụ', 'Ban', 'Ban Chỉ đạo', 'Ban Quản lý', 'Ủy ban', 'Hội', 'Hội đồng', 'Hội đồng quản trị', 'Hội đồng thành viên', 'Liên đoàn', 'Liên hiệp', 'Hiệp hội',
  'Tập đoàn', 'Tổng công ty', 'Công ty', 'Viện', 'Trường', 'Đại học', 'Học viện', 'Đài', 'Báo', 'Ngân hàng', 'Quỹ', 'Trung tâm', 'Chi cục', 'Phòng',
  'Công an', 'Tỉnh ủy', 'Thành ủy', 'Đảng ủy', 'Văn phòng', 'Thanh tra', 'Kho bạc', 'Bệnh viện', 'Bộ Tư lệnh', 'Bộ Chỉ huy', 'Viện kiểm sát', 'Tòa án', 'Tổ công tác', 'Đoàn kiểm tra',
  'Đoàn', 'Trạm', 'UBND', 'HĐND', 'Ủy ban nhân dân', 'Hội đồng nhân dân', 'Cơ quan', 'Chi nhánh', 'Tạp chí', 'Bảo hiểm xã hội', 'Hải quan', 'Đồn', 'Cơ sở', 'Trung tâm Y tế',
] as const;

/** Heads that alone, with a capital, refer back to a body named before. */
export const bareHeads = ['Bộ', 'Sở', 'Cục', 'Tổng cục', 'Tổng công ty', 'Tập đoàn', 'Công ty', 'Ngân hàng', 'Ban Chỉ đạo', 'Viện', 'Hiệp hội', 'Tổ công tác', 'Ban Quản lý', 'Hội đồng quản trị', 'Cơ sở', 'Trung tâm', 'Bệnh viện', 'Chi cục'] as const;

/** Words that begin like a body and are none. */
export const notAgencies = [
  'ban hành', 'bộ luật', 'bộ chỉ số', 'bộ tiêu chí', 'bộ tài liệu', 'hội nghị', 'hội thảo', 'trường hợp', 'đoàn kết', 'phòng ngừa', 'phòng chống', 'báo cáo', 'quỹ đất', 'viện dẫn', 'vụ việc', 'vụ án', 'tổ chức',
  'cơ sở dữ liệu', 'cơ sở vật chất', 'cơ sở hạ tầng', 'cơ sở lý luận', 'cơ sở thực tiễn', 'trung tâm của', 'trung tâm hành chính tỉnh', 'cơ sở pháp lý', 'cơ quan liên quan', 'hội đồng nhân dân và', 'đoàn viên', 'bộ phận', 'bộ máy', 'hội viên', 'trạm thu phí', 'báo chí', 'sở hữu', 'vụ mùa', 'phòng, chống', 'bộ trưởng', 'cục trưởng', 'vụ trưởng', 'viện trưởng', 'viện phí', 'trường học', 'sở dĩ', 'hội trường', 'đoàn thể', 'đài thọ', 'báo động', 'cơ quan',
] as const;

/** Words at which the name of a body ends. */
export const nameStops = [
  ...viVerbs, ...viAdverbs, 'các', 'những', 'mỗi', 'theo', 'tại', 'để', 'cho', 'trong', 'với', 'và', 'hoặc', 'của', 'trên', 'dưới', 'từ', 'đến', 'khi', 'nếu', 'do', 'bởi',
  'về', 'là', 'đã', 'đang', 'sẽ', 'được', 'bị', 'có', 'phải', 'cần', 'không', 'chưa', 'trước', 'sau', 'này', 'đó', 'nêu', 'liên quan', 'cùng', 'như', 'vào', 'ở', 'thuộc', 'trực thuộc', 'số', 'ngày', 'tháng', 'năm', 'nhằm', 'gồm',
] as const;

/** Verbs and everyday words that stand inside names of bodies ("Phòng Cảnh sát điều tra …", "Phòng Hậu cần"); in a heading they do not end the name. */
export const wordsInNames: ReadonlySet<string> = new Set([
  'điều', 'tra', 'quản', 'lý', 'bảo', 'vệ', 'kiểm', 'soát', 'phát', 'triển', 'xây', 'dựng', 'đầu', 'tư', 'hỗ', 'trợ', 'giám', 'sát', 'thanh', 'tổ', 'chức', 'đào', 'tạo', 'tư', 'vấn', 'giáo', 'dục', 'cai', 'nghiện', 'phòng', 'chống',
  'cứu', 'nạn', 'hộ', 'thông', 'tin', 'khai', 'thác', 'thi', 'hành', 'án', 'tham', 'mưu', 'tổng', 'hợp', 'hậu', 'cần', 'phục', 'vụ', 'tiếp', 'nhận', 'chăm', 'sóc', 'điều', 'trị', 'tuyên', 'vận', 'động', 'tập', 'huấn', 'kiểm', 'định', 'nghiên', 'xử', 'cung', 'cấp', 'giới', 'thiệu', 'bồi', 'dưỡng', 'về', 'và', 'của', 'công', 'tác', 'cho', 'cùng', 'trực', 'chi', 'nhánh',
]);

/** Heads that name a body also when the whole line stands in capitals. */
export const capitalHeads: ReadonlySet<string> = new Set(['sở', 'phòng', 'cục', 'chi', 'trạm', 'trung', 'ban', 'ủy', 'ubnd', 'hội', 'đoàn', 'liên', 'báo', 'đài', 'viện', 'tòa', 'công', 'bộ', 'văn', 'thanh', 'kho', 'bệnh', 'trường', 'ngân', 'bảo', 'thuế', 'hải', 'quỹ', 'tỉnh', 'thành']);

/** English nouns that can hold a task when they end a subject ("specialised forces"). */
export const enActorNouns = [
  'authorities', 'localities', 'locality', 'agencies', 'agency', 'forces', 'force', 'units', 'departments', 'department', 'ministries', 'ministry', 'committees', 'committee', 'police', 'schools', 'universities',
  'hospitals', 'enterprises', 'businesses', 'companies', 'corporations', 'banks', 'organisations', 'organizations', 'associations', 'unions', 'leaders', 'heads', 'head', 'officials', 'officers', 'chairpersons',
  'chairmen', 'chairman', 'directors', 'director', 'provinces', 'province', 'cities', 'city', 'communes', 'wards', 'districts', 'sectors', 'branches', 'governments', 'administrations', 'councils', 'council', 'board', 'boards',
  'guards', 'guard', 'courts', 'procuracies', 'prosecutors', 'inspectorate', 'inspectorates', 'media', 'press', 'facilities', 'centres', 'centers', 'investors', 'contractors', 'office', 'offices', 'team', 'teams', 'customs', 'teachers', 'families', 'secretariat', 'bank', 'levels', 'members', 'bodies', 'owners', 'operators', 'areas', 'sector', 'industry', 'service', 'services', 'system', 'command', 'commands', 'stations', 'institutions', 'institution', 'networks', 'groups', 'army', 'forces', 'staff', 'organs', 'party', 'front', 'chief', 'chiefs', 'commission', 'commissions',
] as const;
/** Vietnamese nouns that open an actor not named with a capital ("lực lượng …", "nhà trường"). */
export const viActorNouns = [
  'lực lượng', 'các lực lượng', 'cơ quan', 'các cơ quan', 'đơn vị', 'các đơn vị', 'các cấp', 'các ngành', 'cấp ủy', 'chính quyền', 'các doanh nghiệp', 'doanh nghiệp', 'các cơ sở', 'nhà trường', 'các nhà trường', 'các trường',
  'các bệnh viện', 'các ban', 'các hội', 'các tổ', 'tổ công tác', 'chủ đầu tư', 'các chủ đầu tư', 'các nhà thầu', 'cán bộ', 'cán bộ, công chức', 'mỗi cán bộ', 'các tổ chức', 'tổ chức đảng', 'các cục', 'các vụ', 'các phòng', 'các phòng, ban', 'phòng, ban',
  'các xã', 'các phường', 'từng đơn vị', 'từng cơ quan', 'mỗi đơn vị', 'các thành viên', 'các trung tâm', 'các tập đoàn', 'các tổng công ty', 'công an', 'bộ đội', 'các trạm y tế', 'trạm y tế', 'các hợp tác xã', 'các hiệp hội', 'ban chỉ đạo', 'ban quản lý',
  'lãnh đạo', 'thủ trưởng', 'người đứng đầu', 'đảng viên', 'các đồng chí', 'đồng chí', 'hiệu trưởng', 'thường trực', 'bộ phận', 'các tổ chức tín dụng', 'các ngân hàng',
] as const;
