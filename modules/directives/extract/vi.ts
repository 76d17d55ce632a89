import type { Mention } from './agencies.ts';
import { viActorNouns } from './lexicon/actors.ts';
import { viAdverbs, viVerbs } from './lexicon/vi.ts';
import { groupAt, groupsOf, type Group } from './groups.ts';
import { anyOf, PhraseTable, tokenise, type Token } from './phrases.ts';

/** How a clause obliges: an agency is asked, an agency is the subject, a bare imperative, or a thing to be done by a day. */
export type ObligationKind = 'asked' | 'subject' | 'imperative' | 'passive';

export type Obligation = {
  readonly kind: ObligationKind;
  readonly lead: readonly Mention[];
  /** Where the predicate begins. */
  readonly at: number;
};

/** What surrounds a clause. `fold` and `text` are the clause alone, `mentions` lie inside it. */
export type Clause = {
  readonly text: string;
  readonly fold: string;
  readonly mentions: readonly Mention[];
  /** The document speaks in official form and its introduction is over, so a bare verb may oblige. */
  readonly official: boolean;
  readonly findings: boolean;
  /** A report that has already told of an order: "Bộ Công Thương tăng cường …" goes on with it. */
  readonly commanding?: boolean;
};

type Word = 'verb' | 'adverb' | 'strong' | 'blocked';
const words = new PhraseTable<Word>();
for (const phrase of ['phải', 'cần', 'cần phải', 'có trách nhiệm', 'chịu trách nhiệm', 'có nhiệm vụ', 'sẽ', 'chủ trì', 'được giao', 'được phân công', 'có kế hoạch', 'có báo cáo', 'có giải pháp', 'có biện pháp', 'có phương án', 'có văn bản', 'có sơ kết', 'tự chịu trách nhiệm', 'chịu trách nhiệm toàn diện', 'căn cứ']) words.add(phrase, 'strong');
for (const phrase of ['đã', 'đang', 'vừa', 'mới', 'chưa', 'vẫn', 'bị', 'được', 'là', 'có', 'đạt', 'nhấn mạnh', 'cho biết', 'khẳng định', 'kết luận', 'chủ trì hội nghị', 'chủ trì cuộc họp', 'chủ trì phiên họp', 'phát biểu', 'ghi nhận', 'đánh giá cao', 'biểu dương', 'thống nhất', 'đồng ý', 'nhất trí', 'hoan nghênh', 'có ý kiến', 'về', 'của', 'trong', 'tại', 'giao', 'cho rằng', 'xin thông báo', 'thông báo', 'trân trọng', 'làm']) words.add(phrase, 'blocked');
for (const phrase of viAdverbs) words.add(phrase, 'adverb');
for (const phrase of viVerbs) words.add(phrase, 'verb');
const actorNouns = new PhraseTable<true>();
for (const phrase of viActorNouns) actorNouns.add(phrase, true);

const asking = anyOf(['giao', 'giao nhiệm vụ cho', 'giao trách nhiệm cho', 'yêu cầu', 'đề nghị', 'phân công', 'chỉ đạo', 'kiến nghị', 'ủy quyền', 'chỉ định', 'lưu ý', 'nhắc nhở', 'đôn đốc', 'kêu gọi'], 'gu');
const notAsking = /(?:đã|được|bị|theo|như|của|các|những|nội dung|văn bản|công văn|tờ trình|chưa|việc|bàn|chuyển|sự|có|kế hoạch|do|khi|bằng|một số|phiếu|đơn|tập trung|công tác|tăng cường|đáp ứng|phù hợp|bàn|sau|lãnh đạo|để|kịp thời|chủ động|thường xuyên|và)\s*,?\s*$/u;
const clauseOpens = /(?:^|[,;:"-]|(?:đồng thời|do đó|vì vậy|theo đó|riêng|trong đó|cùng với đó|song song|ngoài ra|bên cạnh đó|từ nay|tiếp đó|trước mắt)\s*)$/u;
const adverbial = /^(?:để|nhằm|trên cơ sở|căn cứ|trong|đối với|về|khi|nếu|cùng với|bên cạnh|sau khi|từ|trước|đến|tại|hằng|hàng|định kỳ|theo|qua|thông qua|vì vậy|do đó|đồng thời|riêng|ngoài ra|tiếp thu|việc|ngành|các vấn đề|với|vì|thực hiện|nhất là|trường hợp|quá trình)(?![\p{L}])/u;
const fillerOpens = /^(?:,|\(|theo|căn cứ|trong|trên|tại|thuộc|trực thuộc|các cấp|ở|liên quan|có liên quan|phạm vi|với|cấp|và|cùng|là|tỉnh|thành phố|toàn|nơi|khác|được|-)(?![\p{L}])/u;
const principals = new Set(['principal']);
const heads = 'HEADS';

const kindAt = (tokens: readonly Token[], i: number) => words.longest(tokens, i);

// "… trên địa bàn tỉnh", "… nêu trên" say which of them; the predicate may follow at once.
const fillers = /^\s*(?:,?\s*(?:theo|trong phạm vi|căn cứ|trên cơ sở)(?: phạm vi)? (?:chức năng|nhiệm vụ|thẩm quyền|trách nhiệm|lĩnh vực)(?:,? (?:nhiệm vụ|quyền hạn|thẩm quyền|và nhiệm vụ))*(?: của (?:mình|đơn vị mình|đơn vị|ngành mình|ngành)| được giao| được phân công| quản lý| phụ trách)?,?|trên địa bàn(?: toàn)?(?: tỉnh| thành phố| xã| huyện)?|trong (?:toàn )?tỉnh|trong cả nước|trên (?:phạm vi )?toàn quốc|(?:có )?liên quan|nêu trên|nói trên|các cấp|trong phạm vi quản lý|ở địa phương|ở cơ sở|biên giới|trọng điểm)(?!\p{L})/u;
function afterFillers(fold: string, from: number): number {
  let at = from;
  for (let tries = 0; tries < 3; tries++) {
    const found = fillers.exec(fold.slice(at, at + 110));
    if (found === null) break;
    at += found[0].length;
  }
  return at;
}

/** Index of the token where a predicate of this subject begins, or -1. `strict` asks for a modal verb. */
function predicateAfter(fold: string, tokens: readonly Token[], from: number, strict: boolean, far: boolean): number {
  let i = tokens.findIndex((token) => token.start >= afterFillers(fold, from));
  if (i < 0) return -1;
  const accepts = (word: Word | undefined) => word === 'strong' || (!strict && (word === 'verb' || word === 'adverb'));
  const direct = kindAt(tokens, i);
  if (direct?.value === 'blocked' && !/^được\s+(?:giao|phân công)/u.test(fold.slice(tokens[i]?.start ?? 0))) return modalBeyond(fold, tokens, i);
  if (accepts(direct?.value)) return leadsToVerb(tokens, i, strict) ? i : -1;
  if (!far && !fillerOpens.test(fold.slice(tokens[i]?.start ?? 0))) return !strict && direct === undefined && unknownVerb(fold, tokens, i) ? i : -1;
  const limit = Math.min(tokens.length, i + 45);
  for (i++; i < limit; i++) {
    const text = tokens[i]?.text ?? '';
    if (text === ';' || text === '.') return -1;
    const word = kindAt(tokens, i);
    const afterComma = /^[,)]$/u.test(tokens[i - 1]?.text ?? '');
    if (/^(?:đã|đang)$/u.test(text)) return -1;
    if (word?.value === 'strong' || (word !== undefined && accepts(word.value) && (afterComma || strongAdverb.test(fold.slice(tokens[i]?.start ?? 0))))) return i;
  }
  return -1;
}

const noVerb = /^(?:còn|rất|cơ bản|nhiều|hầu hết|đều|chậm|gồm|bao gồm|nêu|nhất|thì|mà|hay|nói|thấy|nhận|hiện|lại|dự|tham dự|nào|sở tại|khóa|nhiệm kỳ|giai đoạn|năm|tháng|ngày|quý|đến|từ|hoặc|một|hai|ba|nơi|do|vì|nếu|khi|sau|trước|số|chính|thường|gần|như|này|đó|kia|ấy|ban đầu|loại|cụ thể|mạnh|yếu|kém|tốt|cao|thấp|lớn|nhỏ|mới|cũ)(?!\p{L})/u;

/** A word right after the name that is no known verb and nothing else either, in a clause long enough to be a sentence. */
function unknownVerb(fold: string, tokens: readonly Token[], at: number): boolean {
  const first = tokens[at];
  if (first === undefined || !/^\p{L}{2,}$/u.test(first.text) || tokens.length - at < 5 || noVerb.test(fold.slice(first.start))) return false;
  return !tokens.slice(at, at + 8).some((token) => /^(?:đã|đang|vừa|được|bị|là)$/u.test(token.text));
}

// "Các địa phương chưa kết nối phải hoàn thành …": what stands between only says which of them.
function modalBeyond(fold: string, tokens: readonly Token[], from: number): number {
  // "Công an tỉnh là cơ quan thường trực, có trách nhiệm …"
  const post = /^là [^.;:]{3,90}?(?:,|và)\s+(?=(?:có trách nhiệm|chịu trách nhiệm|chủ trì)(?!\p{L}))/u.exec(fold.slice(tokens[from]?.start ?? 0));
  if (post !== null) return tokens.findIndex((token) => token.start >= (tokens[from]?.start ?? 0) + post[0].length);
  if (!/^(?:chưa|đã|đang|có|bị|được|trong|tại|của|về)(?!\p{L})/u.test(fold.slice(tokens[from]?.start ?? 0))) return -1;
  for (let i = from + 1; i < Math.min(tokens.length, from + 24); i++) {
    if (/^[,;:.]$/u.test(tokens[i]?.text ?? '')) return -1;
    if (/^(?:phải|cần|có trách nhiệm|chịu trách nhiệm)(?!\p{L})/u.test(fold.slice(tokens[i]?.start ?? 0))) return i;
  }
  return -1;
}

const strongAdverb = /^(?:khẩn trương|chủ động|tiếp tục|tập trung|thường xuyên|kịp thời|nghiêm túc|trực tiếp|tăng cường|đẩy mạnh|quyết liệt|phối hợp|sớm)(?![\p{L}])/u;

// Words with which a report goes on telling orders; a plain verb ("tổ chức") would as well tell what was done.
const commands = /^(?:khẩn trương|chủ động|tiếp tục|tập trung|kịp thời|nghiêm túc|trực tiếp|tăng cường|đẩy mạnh|quyết liệt|sớm|chủ trì|chỉ đạo|rà soát|hướng dẫn|bố trí|tham mưu|phối hợp)(?!\p{L})/u;

// An adverb promises a verb: "sớm hoàn thành" does, "tốt" at the end of a report does not.
function leadsToVerb(tokens: readonly Token[], at: number, strict: boolean): boolean {
  let i = at;
  for (let steps = 0; steps < 6; steps++) {
    const word = kindAt(tokens, i);
    if (word === undefined) return steps > 0;
    if (word.value === 'blocked') return steps > 0 && (tokens[i]?.text === 'có' || tokens[i]?.text === 'làm' || tokens[i]?.text === 'thống');
    if (word.value === 'verb') return !strict || steps > 0;
    i = word.after;
  }
  return true;
}

/** "Giao Bộ Y tế …", "Thủ tướng Chính phủ yêu cầu các bộ, ngành …": the agency asked leads. */
function findAsked(clause: Clause, groups: readonly Group[], tokens: readonly Token[]): Obligation | undefined {
  for (const match of clause.fold.matchAll(asking)) {
    const before = clause.fold.slice(0, match.index);
    if (before.length > 0 && notAsking.test(before)) continue;
    const after = match.index + match[0].length;
    if (/^\s+(?:của|này|nêu|tại|về|trên)(?![\p{L}])/u.test(clause.fold.slice(after))) continue;
    const group = groupAt(clause.fold, groups, after, /^(?:\s|:|cho|nhiệm vụ cho|với|đồng chí|các|toàn thể|toàn bộ|riêng|lãnh đạo|thủ trưởng)*$/u);
    const speaks = before.trim() === '' || /[,;:"]\s*$/u.test(before) || speakerBefore(clause, match.index) || /(?:nhấn mạnh|và|cũng|đồng thời|vừa|tiếp tục|thống nhất|trước mắt|trong đó)\s*$/u.test(before);
    if (!speaks) continue;
    if (match[0] === 'chỉ đạo' && !(clause.official ? principalBefore(clause, match.index) : speakerBefore(clause, match.index))) continue;
    const lead = group?.members ?? genericActor(clause, tokens, after);
    if (lead === undefined) continue;
    const end = group?.end ?? lead.at(-1)?.end ?? after;
    const open = tokens.findIndex((token) => token.start >= end);
    if (open < 0 || open >= tokens.length - 1) continue;
    const predicate = predicateAfter(clause.fold, tokens, end, false, true);
    // An unknown verb: the names that follow one another still are all asked.
    const at = predicate < 0 ? (groups.findLast((one) => one.start >= end && /^[^.:]{0,60}$/u.test(clause.fold.slice(end, one.start)))?.end ?? tokens[open]?.start ?? end) : (tokens[predicate]?.start ?? end);
    return { kind: 'asked', lead: lead[0]?.id === heads ? lead.slice(0, 1) : [...lead, ...alsoNamed(clause, end, at)], at };
  }
  return undefined;
}

/** Whether a person or body that gives orders stands before the verb. */
function speakerBefore(clause: Clause, at: number): boolean {
  if (principalBefore(clause, at)) return true;
  // "UBND phường đề nghị …", "Giám đốc Công an tỉnh yêu cầu …": who governs, or heads a body, speaks for it.
  const last = clause.mentions.filter((m) => m.end <= at).at(-1);
  if (last !== undefined && (last.kind === 'peoples-committee' || last.kind === 'committee' || last.outer < last.start) && /^(?:\s|cũng|đồng thời|tiếp tục|\([^()]*\))*$/u.test(clause.fold.slice(last.end, at)) && !/(?:của|theo|với|cho)\s*$/u.test(clause.fold.slice(0, last.outer))) return true;
  return /(?:thủ tướng|chủ tịch|bộ trưởng|thứ trưởng|giám đốc|ban chỉ đạo|đồng chí|ủy ban nhân dân tỉnh|ubnd tỉnh|hội nghị|trưởng ban|bí thư)[^,;:]{0,60}$/u.test(clause.fold.slice(Math.max(0, at - 90), at));
}

function principalBefore(clause: Clause, at: number): boolean {
  const last = clause.mentions.filter((m) => m.end <= at).at(-1);
  const gap = last === undefined ? '' : clause.fold.slice(last.end, at);
  return last !== undefined && principals.has(last.kind) && gap.length < 60 && !/[;:]|(?<!\p{L})đã(?!\p{L})/u.test(gap);
}

/** An actor without a capital after a request or at the start of a clause ("lực lượng quản lý thị trường"). */
function genericActor(clause: Clause, tokens: readonly Token[], from: number): readonly Mention[] | undefined {
  const at = tokens.findIndex((token) => token.start >= from);
  const noun = at < 0 ? undefined : actorNouns.longest(tokens, at);
  const first = tokens[at];
  if (clause.mentions.some((m) => m.start === first?.start && m.kind !== 'generic')) return undefined;
  if (noun === undefined || first === undefined || clause.fold.slice(from, first.start).trim() !== '') return undefined;
  let i = noun.after;
  while (i < tokens.length && i < noun.after + 16) {
    const word = kindAt(tokens, i);
    if (word !== undefined && (word.value === 'strong' || word.value === 'adverb' || (word.value === 'verb' && i > noun.after && !/^(?:và|,)$/u.test(tokens[i - 1]?.text ?? '')))) break;
    if (/^[;:.]$/u.test(tokens[i]?.text ?? '')) break;
    i++;
  }
  if (i >= tokens.length || i >= noun.after + 16) return undefined;
  const end = tokens[i - 1]?.end ?? first.end;
  return [{ start: first.start, outer: first.start, end, kind: 'generic', text: clause.text.slice(first.start, end).replace(/[\s,]+$/u, '') }];
}

/** An agency that is the subject of a modal verb or, in official text, of a verb of action. */
function findSubject(clause: Clause, groups: readonly Group[], tokens: readonly Token[]): Obligation | undefined {
  const strict = !clause.official || clause.findings;
  for (const group of groups) {
    const before = clause.fold.slice(0, group.start).trimEnd();
    const first = group.members[0];
    if (first === undefined) continue;
    if (clauseOpens.test(before) && (before === '' || mayOpenLater(clause, before))) {
      const found = subjectOf(clause, tokens, group.members, group.end, strict);
      if (found !== undefined) return found;
    } else if (adverbial.test(clause.fold.trimStart()) && !/(?:với|cùng)\s*$/u.test(before)) {
      for (let k = group.members.length - 1; k > 0; k--) {
        const member = group.members[k];
        if (member === undefined || member.kind === 'class' || !/,\s*$/u.test(clause.fold.slice(0, member.outer))) continue;
        const found = subjectOf(clause, tokens, [member], member.end, strict);
        if (found !== undefined) return found;
      }
    }
  }
  const generic = genericActor(clause, tokens, 0);
  if (generic !== undefined) {
    const at = predicateAfter(clause.fold, tokens, generic[0]?.end ?? 0, !clause.official || clause.findings, false);
    if (at >= 0) return { kind: 'subject', lead: generic, at: tokens[at]?.start ?? 0 };
  }
  return undefined;
}

// After a clause that already commands ("Tăng cường …, các địa phương …") a later name is its object, unless the clause only introduces.
function mayOpenLater(clause: Clause, before: string): boolean {
  if (/[;:"]$/u.test(before)) return true;
  const start = clause.fold.trimStart();
  return adverbial.test(start) || !opensWithVerb(clause.fold, 0);
}

function subjectOf(clause: Clause, tokens: readonly Token[], members: readonly Mention[], end: number, strict: boolean): Obligation | undefined {
  const first = members[0];
  if (first === undefined || first.kind === 'related') return undefined;
  const modalOnly = strict || first.kind === 'principal';
  let at = predicateAfter(clause.fold, tokens, end, modalOnly, first.id === heads);
  if (at < 0 && clause.commanding === true && !clause.findings) {
    const open = predicateAfter(clause.fold, tokens, end, false, false);
    if (open >= 0 && commands.test(clause.fold.slice(tokens[open]?.start ?? 0))) at = open;
  }
  if (at < 0) return undefined;
  if (first.kind === 'principal' && !/^được (?:giao|phân công)(?!\p{L})/u.test(clause.fold.slice(tokens[at]?.start ?? 0))) return undefined;
  const predicate = clause.fold.slice(tokens[at]?.start ?? 0);
  if (/^(?:đề nghị|yêu cầu|kiến nghị)(?![\p{L}])/u.test(predicate)) return undefined;
  if (/^(?:cùng\s+)?(?:có trách nhiệm\s+)?phối hợp(?![\p{L}])/u.test(predicate) && /chủ trì/u.test(clause.fold.slice(0, first.outer))) return undefined;
  return { kind: 'subject', lead: first.id === heads ? [first] : [...members, ...alsoNamed(clause, end, tokens[at]?.start ?? 0)], at: tokens[at]?.start ?? 0 };
}

// "Giám đốc các sở, thủ trưởng đơn vị trực thuộc, Chủ tịch UBND các xã tập trung …": names after one that is not known.
function alsoNamed(clause: Clause, from: number, to: number): readonly Mention[] {
  return groupsOf(clause.fold, clause.mentions)
    .filter((group) => group.start >= from && group.end <= to && /[,;]\s*$|(?<!\p{L})và\s*$/u.test(clause.fold.slice(from, group.start)))
    .flatMap((group) => group.members)
    .filter((m) => m.kind !== 'related');
}

/** Whether an imperative begins here: adverbs and a verb, not a noun made from one ("báo cáo của …"). */
export function opensWithVerb(fold: string, from: number): boolean {
  // "Chỉ thị nêu rõ …": the document speaks; "chỉ" is no adverb there.
  if (/^["'(\s]*(?:chỉ thị|công điện|công văn|nghị quyết|nghị định|văn bản|chương trình|đề án)(?!\p{L})/u.test(fold.slice(from, from + 20))) return false;
  const tokens = tokenise(fold.slice(from, from + 400));
  let i = 0;
  while (/^["'(-]$/u.test(tokens[i]?.text ?? '')) i++;
  let seen = false;
  for (let steps = 0; steps < 7; steps++) {
    const word = kindAt(tokens, i);
    if (word === undefined) return seen;
    if (word.value === 'blocked') {
      const text = tokens[i]?.text ?? '';
      return (text === 'có' || text === 'làm' || (text === 'thống' && !/^thống nhất (?:với|chủ trương|về)/u.test(fold.slice(from)))) || (seen && text !== 'đã') || (text === 'giao' && !seen) || text === 'thông' || text === 'giao';
    }
    if (word.value === 'verb' || word.value === 'strong') return !/^(?:của|là|này|nêu)$/u.test(tokens[word.after]?.text ?? '');
    seen = true;
    i = word.after;
  }
  return seen;
}

/** The obligation a Vietnamese clause states, if any; bare imperatives are judged by the caller, who knows what they inherit. */
export function viObligation(clause: Clause): Obligation | undefined {
  const tokens = tokenise(clause.fold);
  const groups = groupsOf(clause.fold, clause.mentions);
  const asked = findAsked(clause, groups, tokens);
  const subject = findSubject(clause, groups, tokens);
  if (asked !== undefined && subject !== undefined) return subject.at < asked.at && !/^(?:yêu cầu|đề nghị|chỉ đạo)/u.test(clause.fold.slice(subject.at)) ? subject : asked;
  return asked ?? subject;
}

/** "yêu cầu các bộ, ngành thành viên;": names whom it asks and ends before the verb. */
export function viAwaitsVerb(clause: Clause): boolean {
  const groups = groupsOf(clause.fold, clause.mentions);
  const tokens = tokenise(clause.fold);
  const opening = groups[0] !== undefined && clause.fold.slice(0, groups[0].start).trim() === '' ? groups[0] : undefined;
  const asked = [...clause.fold.matchAll(asking)].map((match) => groupAt(clause.fold, groups, match.index + match[0].length, /^(?:\s|:|cho|đồng chí|các)*$/u)).find((group) => group !== undefined);
  const last = asked ?? opening;
  return last !== undefined && predicateAfter(clause.fold, tokens, last.end, false, true) < 0;
}

const coordination = anyOf(['phối hợp chặt chẽ cùng với', 'phối hợp chặt chẽ với', 'phối hợp chặt chẽ cùng', 'phối hợp chặt chẽ', 'phối hợp cùng với', 'phối hợp cùng', 'phối hợp với', 'phối hợp tốt với', 'phối hợp thường xuyên với', 'phối hợp, hỗ trợ', 'phối hợp', 'kết hợp với', 'cùng với', 'hợp tác với', 'liên kết với', 'lấy ý kiến của', 'lấy ý kiến', 'tham khảo ý kiến', 'xin ý kiến', 'với sự phối hợp của', 'với sự tham gia của', 'thống nhất với', 'trao đổi với', 'cơ quan phối hợp', 'đơn vị phối hợp', 'phối hợp thực hiện'], 'gu');

/** Agencies a clause asks its holder to work with. */
export function viCoordinating(clause: Clause, lead: readonly Mention[], obligation: Obligation | undefined): Mention[] {
  const groups = groupsOf(clause.fold, clause.mentions);
  const found: Mention[] = [];
  for (const match of clause.fold.matchAll(coordination)) {
    const after = match.index + match[0].length;
    const between = /^(?:\s|:|,|chặt chẽ|chính thức|bằng văn bản|của|với|cùng|hiệu quả|đồng bộ|các|lãnh đạo|tham gia|thường xuyên)*$/u;
    const group = groupAt(clause.fold, groups, after, between);
    if (group !== undefined) found.push(...group.members);
    if (match[0] !== 'phối hợp') continue;
    const before = groups.find((one) => one.end <= match.index && /^(?:\s|,|cùng|có trách nhiệm)*$/u.test(clause.fold.slice(one.end, match.index)));
    if (before !== undefined && !before.members.some((m) => lead.includes(m))) found.push(...before.members);
  }
  const helped = /^\s*cùng(?: với)?\s+/u.exec(clause.fold);
  if (helped !== null) found.push(...(groupAt(clause.fold, groups, helped[0].length)?.members ?? []));
  const directs = /^\s*(?:trực tiếp |khẩn trương |tập trung |kịp thời |lãnh đạo, )?chỉ đạo\s*/u.exec(clause.fold.slice(obligation?.at ?? 0));
  if (directs !== null) found.push(...(groupAt(clause.fold, groups, (obligation?.at ?? 0) + directs[0].length)?.members ?? []));
  return found.filter((m, i) => m.kind !== 'related' && found.indexOf(m) === i && !lead.includes(m));
}
