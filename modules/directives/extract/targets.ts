import type { Language } from './types.ts';

export type TargetHit = { readonly start: number; readonly end: number; readonly min: number; readonly max: number; readonly unit: string; readonly year: number | null };

const figure = '(\\d{1,3}(?:[.,]\\d{3})+|\\d{1,6}(?:[.,]\\d{1,2})?)';
const percent = new RegExp(`(?<![\\p{L}\\p{N}.,/])${figure}(?:\\s?%)?\\s?(?:-|đến|to)\\s?${figure}\\s?(?:%|percent|per cent)|(?<![\\p{L}\\p{N}.,/-])${figure}\\s?(?:%|percent|per cent)`, 'gu');
const viUnits = 'bác sĩ|điều dưỡng|chiến sĩ|học sinh|sinh viên|hội viên|gia đình|tình nguyện viên|công chức|ca|lần|chuyên án|chuyên mục|tổ dân phố|khu phố|bản|ấp|trạm y tế|cơ sở giáo dục|lớp tập huấn|thủ tục|tàu|huyện|xã|phường|tỉnh|thành phố|biên chế|giáo viên|cán bộ|người|mô hình|cơ sở|trạm|lớp|hội nghị|buổi|đợt|cuộc|vụ|trường|trung tâm|căn|nhà|dự án|doanh nghiệp|điểm|tụ điểm|điểm nóng|lượt|học viên|chốt|tổ|đội|đoàn|hồ sơ|chuyên đề|tin, bài|bài|phóng sự|giường|km|ha|tấn|tỷ đồng|triệu đồng|lao động|hộ|thôn|khu|đơn vị|câu lạc bộ|chuyên mục|giường bệnh|lượt người|nhân viên|cuộc thi|tuyên truyền viên|công trình|km đường|ki-ốt|máy|xe|phòng|thiết bị';
const viCount = new RegExp(`(?<![\\p{L}\\p{N}.,/-])(?:${figure}\\s?(?:-|đến)\\s?)?${figure}(?:\\s?(triệu|nghìn|vạn|tỷ))?\\s+(${viUnits})(?![\\p{L}\\p{N}])`, 'gu');
const viAim = /(?:thực hiện|chọn|bổ sung|tối thiểu|ít nhất|xây dựng|thành lập|tổ chức|đạt|hoàn thành|đào tạo|bố trí|có|phấn đấu|triển khai|mở|triệt xóa|giải quyết|xóa|nâng|lên|cử|đầu tư|trồng|thí điểm|giảm|khởi công|tập huấn|được|quản lý|còn|không quá|tăng thêm|kiểm tra|cho|quy mô|đủ|(?:tổ chức|xây dựng|triển khai|ký|mở|thí điểm)[^,;.]{0,40} tại|xác lập|đấu tranh|lập|duy trì)(?:\s+(?:có|đủ|được|khoảng|trên|hơn|mới|từ|thêm|mỗi năm|ít nhất|tối thiểu|tổng số|đạt))*\s*$/u;
const enUnits = 'communes?|wards?|provinces?|cities|districts?|facilit(?:y|ies)|cent(?:re|er)s?|models?|people|persons|officers|teachers|schools?|courses?|classes|hotspots?|campaigns?|hospitals?|stations?|beds?|units?|teams?|households?|workers?|conferences?|inspections?|projects?|vessels?|counsellors?|counselors?|doctors?|nurses?|inspectors?|households?|cameras?|kilomet(?:re|er)s?|hectares?|villages?';
const enCount = new RegExp(`(?<![\\p{L}\\p{N}.,/-])${figure}\\s+(?:(?:new|more|additional|public|pilot|model|provincial|communal|community|drug-free|school|social|health|medical|police|rehabilitation|treatment)\\s+){0,2}(${enUnits})(?![\\p{L}\\p{N}])`, 'gu');
const enAim = /(?:at least|no fewer than|no less than|minimum of|establish|set up|build|train|open|eliminate|complete|organi[sz]e|select|reach|achieve|create|provide|recruit|add|upgrade|launch|remove|clear|dismantle|inspect|aim for|expand\p{L}*(?: [\p{L}-]+){1,5} to)\s+(?:at least\s+|a further\s+|another\s+|about\s+)?$/u;

const granted = /^\s*(?:lãi suất|kinh phí|chi phí|học phí|tiền|vốn|giá trị|mức|so với|interest|of (?:the )?(?:cost|costs|interest|tuition|salary|budget))/u;
const reported = /(?:chiếm|tăng|giảm|bằng|so với cùng kỳ|đã đạt|đạt tỷ lệ|hỗ trợ|cấp|accounting for|up|down|increase of|subsid\p{L}*|covers?|covering)\s*(?:khoảng\s*|trên\s*|hơn\s*)?$/u;
const yearNear = /(?:năm|in|by|before|until|đến)\s+(?:the end of\s+)?(20\d{2})/gu;

function numeric(word: string): number {
  const thousands = /^\d{1,3}(?:[.,]\d{3})+$/u.test(word);
  return Number(thousands ? word.replace(/[.,]/gu, '') : word.replace(',', '.'));
}

const scales: Readonly<Record<string, number>> = { nghìn: 1e3, vạn: 1e4, triệu: 1e6, tỷ: 1e9 };

/** Numbers a clause wants reached. Rates granted, statistics in brackets and numbers of documents are none. */
export function targetsOf(fold: string, language: Language): TargetHit[] {
  const hits: Omit<TargetHit, 'year'>[] = [];
  for (const match of fold.matchAll(percent)) {
    const end = match.index + match[0].length;
    const before = fold.slice(Math.max(0, match.index - 40), match.index);
    if (granted.test(fold.slice(end)) || (reported.test(before) && !/(?:phấn đấu|bảo đảm|đảm bảo|ít nhất|at least|to )[^,;]{0,30}$/u.test(before))) continue;
    const low = numeric(match[1] ?? match[3] ?? '0');
    hits.push({ start: match.index, end, min: low, max: match[2] === undefined ? low : numeric(match[2]), unit: '%' });
  }
  for (const match of fold.matchAll(language === 'vi' ? viCount : enCount)) {
    const before = fold.slice(Math.max(0, match.index - 60), match.index);
    if (!(language === 'vi' ? viAim : enAim).test(before) || inBrackets(fold, match.index)) continue;
    const [low, high, scale, unit] = language === 'vi' ? [match[1], match[2], match[3], match[4]] : [undefined, match[1], undefined, match[2]];
    const most = numeric(high ?? '0') * (scales[scale ?? ''] ?? 1);
    if (most > 0) hits.push({ start: match.index, end: match.index + match[0].length, min: low === undefined ? most : numeric(low), max: most, unit: unit ?? '' });
  }
  hits.sort((a, b) => a.start - b.start);
  return hits.map((hit, i) => ({ ...hit, year: yearOf(fold, hit.end, hits[i + 1]?.start ?? fold.length, hit.start) }));
}

const inBrackets = (fold: string, at: number): boolean => fold.lastIndexOf('(', at) > fold.lastIndexOf(')', at);

/** Year of a target: named after it in its part of the sentence, else the last one named before. */
function yearOf(fold: string, from: number, to: number, start: number): number | null {
  const rest = fold.slice(from, to);
  const own = rest.includes(';') ? rest.slice(0, rest.indexOf(';')) : rest;
  const after = [...own.matchAll(yearNear)][0]?.[1];
  if (after !== undefined) return Number(after);
  const before = [...fold.slice(0, start).matchAll(yearNear)].at(-1)?.[1];
  return before === undefined ? null : Number(before);
}
