import { assemblyAt, dayValue, monthValue, numberOf, quarterValue, withoutOverlap, yearValue, type DeadlineHit, type Reference } from './calendar.ts';

const cue = '(?:dự kiến(?: vào)?|(?<!tính |cập nhật )(?:đến hết|đến trước|đến cuối|đến|tới|hết)|trước|trong|chậm nhất(?: là)?(?: trước| vào| đến)?|muộn nhất(?: là)?|không muộn hơn|không quá|bắt đầu từ|ngay từ|(?:đúng |nhân |vào )?dịp|kể từ|từ|vào|xong|hoàn thành(?: trong| trước| vào)?|thời hạn|thời gian(?: hoàn thành| thực hiện)?\\s*:|ngay trong|ngay)';
const day = '(\\d{1,2})(?:\\s*[/.-]\\s*(\\d{1,2})(?:\\s*[/.-]\\s*(\\d{4}))?|\\s+tháng\\s+(\\d{1,2})(?:(?:\\s+năm\\s+|\\s*/\\s*)(\\d{4}))?)';
const begin = '(?<![\\p{L}\\p{N}])';
const stop = '(?![\\p{L}\\p{N}/])';
const part = '(?:(?:đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần)\\s+)?';

const rangeOfDays = new RegExp(`${begin}từ\\s+(?:ngày\\s+)?\\d{1,2}(?:[/.-]\\d{1,2}(?:[/.-]\\d{4})?|\\s+tháng\\s+\\d{1,2}(?:\\s+năm\\s+\\d{4})?)?\\s*(?:đến(?: hết)?|-)\\s*(?:ngày\\s+)?${day}${stop}`, 'gu');
const rangeOfYears = new RegExp(`${begin}từ\\s+năm\\s+\\d{4}\\s*(?:đến(?: hết)?(?:\\s+năm)?|-)\\s*(\\d{4})${stop}`, 'gu');
const hour = '(?:\\d{1,2}\\s*(?:giờ|h)(?:\\s*\\d{2})?(?:\\s*phút)?\\s*,?\\s*)?';
const onDay = new RegExp(`${begin}(?:${cue}\\s*${hour}(?:ngày\\s+)?|(?<=;\\s{0,3})(?=\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}\\s*(?:;|$))|ngày\\s+(?=\\d{1,2}[^.;]{0,24}:))${day}${stop}`, 'gu');
const inMonth = new RegExp(`${begin}(?:${cue}\\s*${part}|cuối\\s+|đầu\\s+|giữa\\s+|^|(?<=[;:]\\s{0,3}))tháng\\s+(\\d{1,2})(?:(?:\\s+năm\\s+|\\s*/\\s*)(\\d{4})|\\s+năm\\s+(nay|sau|tới))?${stop}(?!\\s*tháng)`, 'gu');
const inQuarter = new RegExp(`${begin}(?:${cue}\\s*${part}|cuối\\s+|đầu\\s+|^|:\\s*)?quý\\s+(iv|iii|ii|i|[1-4])(?:\\s*(?:năm|/|-|,)?\\s*(\\d{4}))?${stop}`, 'gu');
const halfYear = new RegExp(`${begin}${cue}\\s*(?:6|06|sáu) tháng (đầu|cuối) năm(?:\\s+(\\d{4}))?${stop}`, 'gu');
const inYear = new RegExp(`${begin}(?:${cue}\\s*${part}|cuối\\s+)năm\\s+(\\d{4}|nay)${stop}(?!\\s*-\\s*\\d{4})`, 'gu');
const aimYear = new RegExp(`${begin}(?:phấn đấu|bảo đảm|đảm bảo|mục tiêu)\\s+(?:trong\\s+)?(năm\\s+(\\d{4}))${stop}`, 'gu');
const schoolYear = new RegExp(`${begin}${cue}\\s*(?:đầu\\s+)?(?:học kỳ\\s+[\\p{L}\\d]{1,4}\\s+(?:của\\s+)?)?năm học\\s+(\\d{4})\\s*-\\s*(\\d{4})${stop}`, 'gu');
const session = new RegExp(`${begin}(?:tại\\s+)?kỳ họp\\s+thứ\\s+(\\d{1,2}|\\p{L}{2,4})(?:\\s*\\([^()]{0,40}\\))?(?:,?\\s*(?:của\\s+)?quốc hội(?:\\s+khóa\\s+([xvi]{1,5}|\\d{1,2}))?)`, 'gu');
const sessionAfter = new RegExp(`${begin}quốc hội\\s+khóa\\s+([xvi]{1,5}|\\d{1,2})[^.;]{0,40}?kỳ họp\\s+thứ\\s+(\\d{1,2}|\\p{L}{2,4})${stop}`, 'gu');
const afterConference = new RegExp(`${begin}ngay sau (?:khi kết thúc )?(?:hội nghị|cuộc họp|phiên họp|buổi làm việc)(?: này)?${stop}`, 'gu');
const withinDays = new RegExp(`${begin}(?:trong (?:vòng|thời hạn|thời gian)|chậm nhất(?: là)?(?: sau)?|không quá|sau)\\s+(\\d{1,3})\\s+(ngày|tuần|tháng)(?:\\s+làm việc)?,?\\s*(?:tính |kể )?(?:từ|sau)\\s+(?:ngày|khi|thời điểm)[^.;,]{0,60}`, 'gu');

const programme = /(?:Chương trình|Đề án|Chiến lược|Kế hoạch|Quy hoạch|Dự án|Nghị quyết|Định hướng|chiến lược|tầm nhìn)/u;

/** "Đề án … đến năm 2020" and "tầm nhìn đến năm 2045" are names, "không chờ đến năm 2030" asks for nothing. */
function inTitle(text: string, fold: string, at: number): boolean {
  const from = Math.max(0, at - 240);
  const before = text.slice(from, at);
  // The comma of "phòng, chống" stands inside a name.
  const clause = before.replace(/phòng, chống/giu, 'phòng  chống').split(/[;,:]|\. /u).at(-1) ?? '';
  return programme.test(clause) || /(?:chờ|đợi|tầm nhìn|định hướng)\s*$/u.test(fold.slice(from, at));
}

const integer = (word: string | undefined): number | undefined => (word === undefined ? undefined : Number.parseInt(word, 10));

type Reader = (match: RegExpExecArray, text: string, fold: string, reference: Reference) => { type: DeadlineHit['type']; value: string; yearInferred?: true } | undefined;
const absolute = (value: { value: string; yearInferred?: true } | undefined) => value && { type: 'absolute' as const, ...value };
const refYear = (reference: Reference): number | undefined => (reference.day === undefined ? reference.year : Number(reference.day.slice(0, 4)));

const dayOf: Reader = (m, _text, _fold, reference) => absolute(dayValue(Number(m[1]), Number(m[2] ?? m[4]), integer(m[3] ?? m[5]), reference));

// Each pattern with a word it cannot do without: most clauses have none of them and cost one search.
const readers: readonly (readonly [RegExp, Reader, string])[] = [
  [rangeOfDays, dayOf, 'từ'],
  [onDay, (m, text, fold, reference) => (/(?:số|ký hiệu)\s+[^\s]{1,24}\s*$/u.test(fold.slice(Math.max(0, m.index - 40), m.index)) ? undefined : dayOf(m, text, fold, reference)), ''],
  [rangeOfYears, (m) => absolute(yearValue(Number(m[1]))), 'từ'],
  [inMonth, (m, _t, _f, reference) => {
    const said = refYear(reference);
    return absolute(monthValue(Number(m[1]), integer(m[2]) ?? (m[3] === undefined || said === undefined ? undefined : m[3] === 'nay' ? said : said + 1), reference));
  }, 'tháng'],
  [inQuarter, (m, _t, fold, reference) => {
    const bare = m[0].startsWith('quý');
    if (bare && (m[2] === undefined || /(?:kết quả|báo cáo|số liệu|tình hình|công tác)\s*$/u.test(fold.slice(Math.max(0, m.index - 12), m.index)))) return undefined;
    return absolute(quarterValue(numberOf(m[1]), integer(m[2]), reference));
  }, 'quý'],
  [halfYear, (m, _t, _f, reference) => {
    const year = integer(m[2]) ?? refYear(reference);
    return year === undefined ? undefined : absolute(monthValue(m[1] === 'đầu' ? 6 : 12, year, reference));
  }, 'tháng'],
  [inYear, (m, text, fold, reference) => {
    if (inTitle(text, fold, m.index)) return undefined;
    const year = m[1] === 'nay' ? refYear(reference) : Number(m[1]);
    return year === undefined ? undefined : absolute(yearValue(year));
  }, 'năm'],
  [aimYear, (m) => absolute(yearValue(Number(m[2]))), 'năm'],
  [schoolYear, (m) => (Number(m[2]) - Number(m[1]) === 1 ? { type: 'absolute', value: `${m[1]}-${m[2]}` } : undefined), 'năm học'],
  [session, (m, _t, _f, reference) => {
    const [term, number] = [m[2] === undefined ? assemblyAt(reference) : numberOf(m[2]), numberOf(m[1])];
    return term > 0 && number > 0 ? { type: 'event', value: `NA${term}-S${number}` } : undefined;
  }, 'kỳ họp'],
  [sessionAfter, (m) => (numberOf(m[1]) > 0 && numberOf(m[2]) > 0 ? { type: 'event', value: `NA${numberOf(m[1])}-S${numberOf(m[2])}` } : undefined), 'kỳ họp'],
  [afterConference, () => ({ type: 'event', value: 'event:conference' }), 'ngay sau'],
  [withinDays, (m) => ({ type: 'event', value: `event:issue+P${m[1]}${m[2] === 'ngày' ? 'D' : m[2] === 'tuần' ? 'W' : 'M'}` }), 'từ'],
];

/** Deadlines of a Vietnamese clause. A date that does not exist (30/02) is none. */
export function viDeadlines(text: string, fold: string, reference: Reference): DeadlineHit[] {
  const hits: DeadlineHit[] = [...viRecurring(fold)];
  const numbered = /\d/u.test(fold);
  for (const [pattern, read, word] of readers) {
    if (!fold.includes(word) || (!numbered && !/nay|thứ|ngay sau/u.test(fold))) continue;
    for (const match of fold.matchAll(pattern)) {
      const value = read(match, text, fold, reference);
      if (value !== undefined) hits.push({ start: match.index, end: match.index + match[0].trimEnd().length, ...value });
    }
  }
  const periodic = hits.some((hit) => hit.type === 'recurring' && hit.value !== 'R/?');
  return withoutOverlap(periodic ? hits.filter((hit) => hit.value !== 'R/?') : hits);
}

const each = '(?:hằng|hàng|mỗi|từng)';
const unit = /\s*(?:(?:(?:hằng|hàng|mỗi|một|từng|theo|01|1)\s+)?(ngày|tuần|tháng|quý|học kỳ|năm)(?!\s*(?:học|\d))|(\d{1,2}|ba|sáu)\s+(tháng|tuần|ngày)(?:\s+(?:đầu|cuối)\s+năm)?)(?:\s+(?:một|1|01)\s+lần|\s*\/\s*lần)?(?![\p{L}\p{N}])/uy;
const dayOfUnit = /\s*,?\s*\(?\s*(?:(?:trước|chậm nhất|vào|đến|là|gửi trước|báo cáo trước)\s+){0,2}ngày\s+(\d{1,2})(?:\s*[/.-]\s*(\d{1,2})|\s+tháng\s+(\d{1,2}))?(?![\d/]|\s+năm\s+\d)\s*\)?/uy;
const separator = /\s*(?:,|và|;|\/)\s*/uy;
const start = new RegExp(`${begin}(?:(định kỳ)(?:\\s+vào)?|(?:(?:trước|vào|chậm nhất|đến)\\s+)?(?:(?:ngày\\s+(\\d{1,2})(?:\\s*[/.-]\\s*(\\d{1,2})|\\s+tháng\\s+(\\d{1,2}))?)|thứ\\s+\\p{L}{2,4})\\s+(?=${each}\\s)|(?:trước|vào|chậm nhất|đến|lúc)\\s+\\d{1,2}\\s*(?:giờ|h)(?:\\s*\\d{2})?\\s+(?:thứ\\s+\\p{L}{2,4}\\s+)?(?=${each}\\s)|(?=${each}\\s+(?:ngày|tuần|tháng|quý|học kỳ|năm)${stop}))`, 'gu');

const length = (word: string, count = 1): string => ({ ngày: `P${count}D`, tuần: `P${count}W`, tháng: `P${count}M`, quý: `P${3 * count}M`, năm: `P${count}Y`, 'học kỳ': 'SEM' })[word] ?? '';
const pad = (word: string): string => word.padStart(2, '0');

function dated(period: string, dayNumber: string | undefined, month: string | undefined): string {
  if (dayNumber === undefined || period === 'SEM') return `R/${period}`;
  return month === undefined ? `R/${period}/D${pad(dayNumber)}` : `R/${period}/${pad(month)}-${pad(dayNumber)}`;
}

function stick(pattern: RegExp, fold: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(fold);
}

/** "định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12)" is one deadline of two periods. */
function* viRecurring(fold: string): Generator<DeadlineHit> {
  if (!/định kỳ|hằng|hàng|mỗi|từng/u.test(fold)) return;
  let from = 0;
  for (const match of fold.matchAll(start)) {
    if (match.index < from) continue;
    // "hằng năm" after a noun belongs to it ("kế hoạch hằng năm"); at the start of a clause, after a date or a report it sets a period.
    const before = fold.slice(Math.max(0, match.index - 40), match.index);
    const opens = before.trim() === '' || /[,;:(.-]\s*$/u.test(before) || /(?:báo cáo|tổng hợp|giao ban|họp|sơ kết|tổng kết|thống kê|kiểm tra|rà soát|chế độ|gửi|kết quả|tình hình|vào)\s*(?:\p{L}+\s*){0,1}$/u.test(before);
    const timed = match[0].trim() !== '';
    const counted = /^mỗi (?:tuần|tháng|quý|năm)\s*(?:[,;.|(]|$|(?:ít nhất |tối thiểu |không dưới |từ )?(?:một|hai|ba|\d{1,2})\s+\p{L}+)/u.test(fold.slice(match.index, match.index + 40));
    const closesClause = /^\p{L}+ (?:ngày|tuần|tháng|quý)\s*(?:[,;.|(]|$)/u.test(fold.slice(match.index, match.index + 24)) && !/(?:kế hoạch|chương trình|báo cáo|lịch|dự toán|chi phí|thu nhập|sinh hoạt|tiền|công tác|nhiệm vụ)\s*$/u.test(before);
    if (match[1] === undefined && match[2] === undefined && !timed && !closesClause && !counted && (!opens || /^mỗi|^từng/u.test(fold.slice(match.index)) || /(?:bình quân|trung bình|chương trình công tác|kế hoạch công tác)\s*$/u.test(before))) continue;
    const periods: string[] = [];
    let at = match.index + match[0].length;
    let ended = at;
    for (;;) {
      const found = stick(unit, fold, at);
      if (found === null) break;
      const period = found[1] === undefined ? length(found[3] ?? '', numberOf(found[2])) : length(found[1]);
      at = unit.lastIndex;
      const on = stick(dayOfUnit, fold, at);
      const leading = periods.length === 0 && match[2] !== undefined;
      periods.push(dated(period, leading ? match[2] : on?.[1], leading ? (match[3] ?? match[4]) : (on?.[2] ?? on?.[3])));
      if (on !== null && !leading) at = dayOfUnit.lastIndex;
      ended = at;
      const next = stick(separator, fold, at);
      if (next === null || stick(unit, fold, separator.lastIndex) === null) break;
      at = separator.lastIndex;
    }
    if (periods.length === 0 && match[1] === undefined) continue;
    from = ended;
    yield { start: match.index, end: ended, type: 'recurring', value: periods.length === 0 ? 'R/?' : periods.join(';') };
  }
}
