import type { Language } from './types.ts';

export type ProductHit = { readonly start: number; readonly end: number; readonly text: string };

const documentNouns = 'sổ theo dõi|sổ|phác đồ|hội thi|cảnh báo|bảng phân công|dự trù|dự toán|đợt tấn công|đợt vận động|đợt ra quân|đợt tuyên truyền|tờ rơi|video|bộ công cụ|văn bản|kế hoạch|chương trình|đề án|báo cáo|danh sách|danh mục|quy chế|quy định|quy trình|hướng dẫn|cơ chế|chính sách|phương án|dự án|dự thảo|luật|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|công điện|công văn|giáo trình|tài liệu|học liệu|cẩm nang|sổ tay|bộ chỉ số|bộ tiêu chí|tiêu chí|tiêu chuẩn|quy chuẩn|định mức|cơ sở dữ liệu|phần mềm|hệ thống|nền tảng|ứng dụng|mô hình|ban chỉ đạo|tổ công tác|đoàn kiểm tra|đoàn công tác|tổ liên ngành|phong trào|chiến dịch|đợt cao điểm|cao điểm|đường dây nóng|hội nghị|hội thảo|cuộc thi|lễ|tờ trình|hồ sơ|bản đồ|kịch bản|lộ trình|chuyên đề|chuyên mục|chuyên trang|phóng sự|cuộc họp|biên chế|trung tâm|kiến nghị|chiến lược|quy hoạch|điều lệ|nội dung|thông báo|biểu mẫu|mẫu|giải pháp|pháp luật|bộ máy|kết luận|đơn giá|lớp tập huấn|khóa tập huấn|bộ câu hỏi|chuẩn dữ liệu|bộ dữ liệu|tổ liên gia|câu lạc bộ|thỏa thuận|bản ghi nhớ|hợp đồng';
const makeVerbs = 'ban hành|xây dựng|hoàn thiện|hoàn chỉnh|trình|đề xuất|chuẩn bị|lập|thành lập|kiện toàn|phát động|cung cấp|biên soạn|soạn thảo|sửa đổi|bổ sung|phê duyệt|công bố|tham mưu|có|gửi|ký|thiết kế|thiết lập|rà soát, bổ sung|rà soát|cập nhật|thí điểm|nghiên cứu|triển khai thí điểm|tổng hợp|thực hiện thí điểm|lựa chọn|mở|thể chế hóa|hướng dẫn|in ấn|xuất bản|phát hành|khai trương';
const made = new RegExp(`(?<!\\p{L})(${makeVerbs})(?!\\p{L})((?:[\\s,]+[\\p{L}\\d/-]+){0,6}?)[\\s,:]+((?:${documentNouns})(?!\\p{L}))`, 'gu');
const notObject = /(?:thực hiện|triển khai|theo|của|trong|tại|đối với|về|cho|từ|việc|bằng|qua|với|kết quả|để|nhằm|khai thác|quản lý|phục vụ|cơ sở|tình hình|xã hội|hiệu quả|chất lượng)(?!\p{L})/u;
const completed = /(?<!\p{L})(?:hoàn thành|hoành thành)(?: (?:việc|công tác|dứt điểm))?\s+([\p{L}\d][^.;,]{2,70})/u;
const guidance = /(?:^|(?<!\p{L})(?:chủ trì|phối hợp[^,;]{0,80}|và|,|khẩn trương|có)\s+)(hướng dẫn)(?!\s*(?:viên|của|số))(?!\p{L})(?=\s+(?:trình tự|xây dựng|thủ tục|thực hiện|việc|về|quy trình|chi tiết|các))/u;
const money = /(?<!\p{L})(?:bố trí(?: đủ| ngân sách| nguồn)?\s+(?:vốn|kinh phí|ngân sách|dự toán|nguồn lực tài chính)|phân bổ\s+(?:vốn|kinh phí|ngân sách|dự toán)|giao dự toán|cấp (?:bổ sung )?kinh phí|cân đối,? bố trí)(?!\p{L})/u;
const review = /(?<!\p{L})(?:sơ kết|tổng kết|giao ban|họp giao ban|hội nghị)(?!\p{L})/u;
const reporting = /(?<!\p{L})(?:tổng hợp(?: kết quả)?,?\s*báo cáo|tổng hợp [^;.]{3,100}, báo cáo|báo cáo kết quả|báo cáo định kỳ|gửi báo cáo|báo cáo bằng văn bản|có báo cáo)(?!\p{L})/u;
const lawDraft = /(?<!\p{L})(?:dự án|dự thảo|hồ sơ)\s+(?:luật|nghị định|nghị quyết|thông tư|pháp lệnh|quyết định)(?!\p{L})/u;
const event = /(?<!\p{L})(?:tổ chức|mở|phát động|triển khai)\s+(?:[\p{L}\d]+\s+){0,3}(?:hội nghị|hội thảo|cuộc thi|hội thi|lễ|đợt tấn công|đợt ra quân|đợt vận động|đợt cao điểm|chiến dịch|phong trào|cao điểm|lớp tập huấn|khóa tập huấn|cuộc họp|tọa đàm)(?!\p{L})/u;
const study = /nghiên cứu(?:,| và)?\s+(?:đầu tư|đề xuất|xây dựng|ban hành)\s+(?:dự án|cơ chế|chính sách|phương án|giải pháp|mô hình)/u;

const enNouns = 'solutions|training courses?|courses?|columns?|workshops?|summar(?:y|ies)|decisions?|action plans?|plans?|plan|reports?|lists?|guidelines?|guidance|regulations?|policies and laws|policies|polic(?:y|ies)|laws?|law|decrees?|circulars?|resolutions?|mechanisms?|committees?|task forces?|index system|index|indicators?|database|software|platform|system|campaigns?|models?|draft amendments?|amendments?|drafts?|programmes?|programs?|schemes?|projects?|strateg(?:y|ies)|roadmaps?|criteria|handbooks?|manuals?|hotline|curricul(?:um|a)|materials|conclusion|lessons|best practices|proposals?|budget|funds|funding|document|documents|standards?|procedures?|registers?|maps?|working groups?|dossiers?|protocols?|teams?|units?|agreements?|contracts?|databases?|websites?|portals?|apps?|applications?|toolkits?|surveys?|checklists?|rules|terms of reference';
const enVerbs = 'finali[sz]e|submit|develop|complete|draft|issue|promulgate|publish|prepare|compile|establish|set up|create|build|adopt|amend|revise|summari[sz]e|launch|formulate|design|produce|provide|allocate|propose|draw up|work out|promotion of|promulgation of|issuance of|establishment of|develop(?:ment)? of|review and amend|promote|organi[sz]e|introduce|update|send|review and evaluat(?:e|ing)|reviewing and evaluating|completion of|construct|consolidate|set out|approve|ratify|sign|appoint|form|compil(?:e|ing)';
const enMade = new RegExp(`(?<!\\p{L})(${enVerbs}|finali[sz]ing|submitting|developing|completing|drafting|issuing|promulgating|preparing|compiling|establishing|building|adopting|amending|revising|launching|designing|publishing)(?!\\p{L})((?:[\\s,]+(?:the|a|an|its|their|and|of|this|these|detailed|specific|[\\p{L}\\d'"“”-]+)){0,7}?)[\\s,"]+((?:${enNouns})(?!\\p{L}))`, 'u');
const enPassive = new RegExp(`(?<!\\p{L})((?:${enNouns}))(?!\\p{L})[^.;]{0,60}(?:must|should|shall|need to|have to|are to|is to) be (?:established|issued|completed|submitted|developed|finali[sz]ed|promulgated|approved|set up|published|prepared|built|drafted|sent|launched|adopted|compiled|allocated)`, 'u');
const enEvaluate = /(?:reviewing|review) and (?:evaluating|evaluate) the (?:responsibilit(?:y|ies)|performance|results?)[^.,;]{0,40}/u;
const notEnObject = /(?<!\p{L})(?:implement|according|under|with|for|on|from|through|in|effective|within)(?!\p{L})/u;

const hit = (text: string, start: number, end: number): ProductHit => ({ start, end, text: text.slice(start, end).replace(/[\s,.;:]+$/u, '') });

/** The concrete thing a clause asks for, as it is named there; ongoing activity has none. `dated`: the clause has a deadline. */
export function productOf(text: string, fold: string, language: Language, dated: boolean): ProductHit | undefined {
  return language === 'vi' ? viProduct(text, fold, dated) : enProduct(text, fold, dated);
}

function viProduct(text: string, fold: string, dated: boolean): ProductHit | undefined {
  for (const pattern of [lawDraft, study]) {
    const match = pattern.exec(fold);
    if (match !== null && /(?:xây dựng|hoàn thiện|hoàn chỉnh|trình|soạn thảo|chuẩn bị|nghiên cứu|lập|đề xuất|tham mưu)/u.test(fold.slice(0, match.index + match[0].length))) return hit(text, match.index, match.index + match[0].length);
  }
  for (const match of fold.matchAll(made)) {
    const [, verb = '', between = '', noun = ''] = match;
    if (notObject.test(between)) continue;
    if (verb === 'có' && (between.trim() !== '' || /^(?:hệ thống|nội dung|trung tâm|dự án|chương trình|mô hình)$/u.test(noun))) continue;
    if (/^(?:hoàn thiện|bổ sung|rà soát|kiện toàn|phát triển)$/u.test(verb) && /^(?:hệ thống|bộ máy|nội dung|giải pháp)$/u.test(noun)) continue;
    if (/^(?:tổng hợp|trình|đề xuất)$/u.test(verb) && noun === 'kiến nghị') continue;
    const start = match.index + match[0].length - noun.length;
    return hit(text, start, nounEnd(fold, start + noun.length));
  }
  const done = completed.exec(fold);
  if (done !== null && done[1] !== undefined && !/^(?:trong|trước|vào|tốt|thắng lợi|xuất sắc|nhiệm vụ|các nhiệm vụ|kế hoạch|mục tiêu|các mục tiêu|chỉ tiêu|các chỉ tiêu)(?!\p{L})/u.test(done[1])) {
    const start = done.index + done[0].length - done[1].length;
    return hit(text, start, Math.min(start + 60, done.index + done[0].length));
  }
  for (const pattern of [event, money, guidance, reporting]) {
    const match = pattern.exec(fold);
    if (match !== null) return hit(text, match.index, nounEnd(fold, match.index + match[0].length));
  }
  if (!dated) return undefined;
  const told = /(?:^|[,;:]|(?<!\p{L})(?:và|tuần|tháng|quý|năm|ngày|\d{4}))\s*(báo cáo(?: nhanh| sơ kết| tổng kết)?)(?=\s+(?:\p{L}|\())(?!\s+(?:viên|của))/u.exec(fold);
  const undatedAfter = told !== null && /và\s*$/u.test(fold.slice(0, told.index + told[0].length - (told[1]?.length ?? 0))) && !/\d/u.test(fold.slice(told.index + told[0].length));
  if (undatedAfter) return undefined;
  const toldBy = told ?? /^(?:[^,;:.]{0,30}, )?(?:\p{L}+\s+){1,6}?(báo cáo)(?=\s+\p{L})/u.exec(fold);
  if (toldBy?.[1] !== undefined && told === null) return hit(text, toldBy.index + toldBy[0].length - toldBy[1].length, toldBy.index + toldBy[0].length);
  if (told?.[1] !== undefined) return hit(text, told.index + told[0].length - told[1].length, told.index + told[0].length);
  const counted = review.exec(fold) ?? /(?<!\p{L})(?:tất cả|toàn bộ|mọi|100\s?%)\s[^.;,]{3,60}/u.exec(fold);
  return counted === null ? undefined : hit(text, counted.index, counted.index + counted[0].length);
}

// A few words after the noun make it recognisable: "văn bản hướng dẫn", "kế hoạch hành động".
function nounEnd(fold: string, from: number): number {
  const tail = /^(?:\s+(?!(?:để|theo|trong|trước|tại|cho|các|của|thực hiện|triển khai|gửi|đến|từ|và|trên|với|nhằm|đối|trình|báo)(?!\p{L}))[\p{L}\d/-]+){0,9}/u.exec(fold.slice(from, from + 120));
  return from + (tail?.[0].length ?? 0);
}

function enProduct(text: string, spoken: string, dated: boolean): ProductHit | undefined {
  // A campaign's slogan in quotes is part of its name.
  const fold = spoken.replace(/"[^"]{0,200}"/gu, (quote) => `"${'x'.repeat(Math.max(0, quote.length - 2))}"`);
  const evaluate = enEvaluate.exec(fold);
  if (evaluate !== null) return hit(text, evaluate.index, evaluate.index + evaluate[0].length);
  const passive = enPassive.exec(fold);
  if (passive !== null && passive[1] !== undefined) return hit(text, passive.index, passive.index + passive[1].length);
  let from = 0;
  for (let tries = 0; tries < 6; tries++) {
    const match = enMade.exec(fold.slice(from));
    if (match === null) break;
    const [, verb = '', between = '', noun = ''] = match;
    const start = from + match.index + match[0].length - noun.length;
    if (!notEnObject.test(between) && !(verb === 'promote' && !/campaign/u.test(noun))) return hit(text, start, start + noun.length);
    from += match.index + verb.length;
  }
  const report = dated ? /(?<!\p{L})(?:report (?:on |results|progress|to )|(?:send|submit) (?:\p{L}+ )?reports?)/u.exec(fold) : null;
  if (report !== null) return hit(text, report.index, report.index + report[0].length);
  const everyone = dated ? /(?<!\p{L})(?:all|every)\s(?!year|month|quarter|week|day)[^.;,]{3,60}/u.exec(fold) : null;
  return everyone === null ? undefined : hit(text, everyone.index, everyone.index + everyone[0].length);
}
