import type { AgencyFinder, Mention } from './agencies.ts';
import { paragraphsOf } from './lines.ts';
import { foldText, type Normal } from './normalise.ts';

export type MarkerKind = 'part' | 'roman' | 'number' | 'letter' | 'bullet' | 'plus';
export type SectionMode = 'none' | 'tasks' | 'findings' | 'objectives';

/** A paragraph in its place in the outline. Offsets of `text`, `fold` and `mentions` count from `start` in the normal text. */
export type Block = {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly fold: string;
  readonly mentions: readonly Mention[];
  readonly marker?: { readonly kind: MarkerKind; readonly rank: number; readonly ordinal: number; readonly length: number };
  readonly heading: boolean;
  readonly agentOnly: boolean;
  readonly mode: SectionMode;
  readonly parent?: Block;
};

const plainHeadingRank = 5.5;
const plainRank = 8;
/** Deeper nesting than any real document has is laid flat. */
const deepest = 12;
const letters = 'abcdđeghiklmnopqrstuvxy';
const romans: Readonly<Record<string, number>> = { I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9, X: 10, XI: 11, XII: 12 };

function markerOf(text: string): Block['marker'] {
  const bullet = /^([-*\u2022]|\+)\s+/u.exec(text) ?? /^([-+\u2022])(?=\p{Lu})/u.exec(text);
  if (bullet) return bullet[1] === '+' ? { kind: 'plus', rank: 7, ordinal: 0, length: bullet[0].length } : { kind: 'bullet', rank: 6, ordinal: 0, length: bullet[0].length };
  const part = /^(?:điều|phần|chương|mục)\s+([ivx]+|\d{1,3})\s*[.:]?\s*/iu.exec(text);
  if (part && /^(?:Đ|P|C|M)/u.test(text)) return { kind: 'part', rank: text.startsWith('Điều') ? 1.5 : 0, ordinal: Number(part[1]) || romans[(part[1] ?? '').toUpperCase()] || 1, length: part[0].length };
  const roman = /^([IVX]{1,4})\s?[.)/]\s*/u.exec(text);
  if (roman) return { kind: 'roman', rank: 1, ordinal: romans[roman[1] ?? ''] ?? 1, length: roman[0].length };
  const deep = /^(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?(?:\s+|$)/u.exec(text);
  if (deep) {
    const steps = (deep[1] ?? '').split('.').map(Number);
    return { kind: 'number', rank: 1 + Math.min(steps.length, 3), ordinal: steps.at(-1) ?? 1, length: deep[0].length };
  }
  const number = /^(\d{1,2})\s?(?:[.)]\s*(?!\d)|\/\s+)/u.exec(text);
  if (number) return { kind: 'number', rank: 2, ordinal: Number(number[1]), length: number[0].length };
  const letter = /^\(?([a-zđ])\s?[.)]\s+/u.exec(text);
  if (letter) return { kind: 'letter', rank: 5, ordinal: letters.indexOf(letter[1] ?? 'a') + 1, length: letter[0].length };
  const upper = /^([A-HK-Z])[.)]\s+/u.exec(text);
  if (upper) return { kind: 'part', rank: 0.5, ordinal: (upper[1] ?? 'A').charCodeAt(0) - 64, length: upper[0].length };
  return undefined;
}

const agentPrefix = /^(?:kính )?(?:đề nghị|yêu cầu|giao|phân công|trách nhiệm của|nhiệm vụ của|đối với|về phía|riêng|responsibilities of|tasks of|for|to)(?![\p{L}\p{N}])\s*(?:cho )?/u;

/** Whether the words name agencies and nothing else ("Đề nghị Hội Nông dân Việt Nam"). */
function namesOnlyAgencies(fold: string, from: number, mentions: readonly Mention[]): boolean {
  const named = mentions.filter((m) => m.start >= from || m.outer >= from);
  if (named.length === 0 || named.some((m) => m.kind === 'related') && named.length === 1) return false;
  let rest = '';
  let at = from;
  for (const mention of named) {
    rest += `${fold.slice(at, Math.max(at, mention.outer))} `;
    at = mention.end;
  }
  rest += fold.slice(at);
  rest = rest.replace(/\([^()]{0,200}\)/gu, ' ').trim().replace(agentPrefix, '');
  return /^(?:[\s,;:.&/-]|và|and|the|các|cùng|of|đồng chí|khác|trên địa bàn tỉnh|cấp tỉnh|trực thuộc|to(?=:$))*$/u.test(rest);
}

const taskWords = /nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|trách nhiệm|nội dung|tasks|implementation|assignments|yêu cầu (?:các|bộ|sở|ủy|ubnd|công an)|như sau|sau đây/u;
const objectiveWords = /mục đích|mục tiêu|quan điểm|phạm vi|chỉ tiêu|^yêu cầu(?: chung)?[.:]?$|mục đích, yêu cầu|kinh phí|purpose|objectives?$|goals?$/u;
const findingWords = /^(?:về |một số |những |các )?(?:kết quả|tình hình|thực trạng|đánh giá|tồn tại|hạn chế|khó khăn|nguyên nhân|đặc điểm tình hình)|^(?:results|situation|background|shortcomings|achievements)/u;

function modeOf(body: string): SectionMode | undefined {
  if (objectiveWords.test(body) && !/nhiệm vụ|giải pháp|tổ chức thực hiện/u.test(body)) return 'objectives';
  if (findingWords.test(body) && !/nhiệm vụ|giải pháp|thời gian tới|khắc phục|nâng cao|tăng cường|yêu cầu/u.test(body)) return 'findings';
  return taskWords.test(body) ? 'tasks' : undefined;
}

type Raw = { start: number; end: number; text: string; fold: string; mentions: Mention[]; marker: Block['marker'] };

function rawBlocks(normal: Normal, finder: AgencyFinder, isRow: (start: number) => boolean): Raw[] {
  const raw: Raw[] = [];
  const paragraphs = paragraphsOf(normal, finder, isRow);
  for (let i = 0; i < paragraphs.length; i++) {
    const first = paragraphs[i];
    if (first === undefined) continue;
    let end = first.end;
    // "2." alone on its line belongs to the line after it.
    if (/^(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]$/u.test(normal.text.slice(first.start, first.end)) && paragraphs[i + 1] !== undefined) end = paragraphs[++i]?.end ?? end;
    const text = normal.text.slice(first.start, end).replace(/[\n\t]/gu, ' ');
    raw.push({ start: first.start, end, text, fold: foldText(text), mentions: finder.findIn(text), marker: markerOf(text) });
  }
  return raw;
}

function headingKind(block: Raw, next: Raw | undefined, index: number): { heading: boolean; agentOnly: boolean } {
  const from = block.marker?.length ?? 0;
  const body = block.text.slice(from).trim();
  const bare = body.replace(/[.:;,]$/u, '');
  // The issuer's own line at the head of the page hands no task to anybody.
  const letterhead = index < 8 && block.marker === undefined && !/:$/u.test(body) && body === body.toUpperCase();
  const agentOnly = !letterhead && !/;$/u.test(body) && bare.length < 400 && namesOnlyAgencies(block.fold, from, block.mentions);
  if (/:$/u.test(body)) return { heading: true, agentOnly };
  // Bullets that only name agencies list the addressees of a dispatch.
  if (agentOnly && (block.marker?.rank ?? 0) >= 6 && (next?.marker?.rank ?? 0) <= (block.marker?.rank ?? 0)) return { heading: false, agentOnly: false };
  if (agentOnly && next !== undefined) return { heading: true, agentOnly };
  if (/[.;!?,"/]$/u.test(body)) return { heading: false, agentOnly: false };
  if (body.length <= 240 && body === body.toUpperCase() && /\p{L}{2}/u.test(body)) return { heading: true, agentOnly: false };
  if (next === undefined || body.length > 200) return { heading: false, agentOnly: false };
  const deeper = next.marker === undefined || (block.marker !== undefined && next.marker.rank > block.marker.rank);
  if (block.marker !== undefined && block.marker.rank < 6) return { heading: deeper, agentOnly: false };
  if (block.marker === undefined && body.length <= 140 && next.marker !== undefined && next.marker.ordinal <= 1) return { heading: true, agentOnly: false };
  return { heading: false, agentOnly: false };
}

type Open = { block: Block; rank: number };

/** Takes finished blocks off the stack, so that its last one is the parent of the next block. */
function closeFor(stack: Open[], rank: number, raw: Raw, heading: boolean, agentOnly: boolean): void {
  const ordinal = raw.marker?.ordinal ?? 0;
  if (raw.marker !== undefined && (ordinal > 1 || rank >= 6)) {
    const same = stack.findLastIndex((open) => open.rank === rank && open.block.marker !== undefined);
    const headingAfter = stack.findLastIndex((open) => open.block.heading && open.rank < rank);
    if (same >= 0 && (rank < 6 || same > headingAfter)) {
      stack.length = same;
      return;
    }
  }
  if (raw.marker === undefined && heading) {
    const carries = !agentOnly && stack.at(-1)?.block.heading === true;
    while (stack.length > 0 && !carries && (stack.at(-1)?.rank ?? 0) >= plainHeadingRank) stack.pop();
    return;
  }
  for (;;) {
    const top = stack.at(-1);
    if (top === undefined || top.rank < rank) return;
    if (ordinal === 1 && stack.length < deepest && top.block.heading && top.block.index === stack.at(-1)?.block.index && top.rank !== rank) return;
    if (top.block.heading && raw.marker === undefined && stack.length < deepest) return;
    stack.pop();
  }
}

/** Mentions that lie within a piece of the block; they stand in order, so the first is looked up by halving. */
export function mentionsWithin(block: Block, start: number, end: number): Mention[] {
  let [low, high] = [0, block.mentions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((block.mentions[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const within: Mention[] = [];
  for (let i = low; i < block.mentions.length; i++) {
    const mention = block.mentions[i];
    if (mention === undefined || mention.start >= end) break;
    if (mention.end <= end) within.push(mention);
  }
  return within;
}

/** The outline of the document: every paragraph with its marker, its parent, whether it heads others and in what section it stands. */
export function outlineOf(normal: Normal, finder: AgencyFinder, isRow: (start: number) => boolean): Block[] {
  const raw = rawBlocks(normal, finder, isRow);
  const blocks: Block[] = [];
  const stack: Open[] = [];
  raw.forEach((one, index) => {
    const { heading, agentOnly } = headingKind(one, raw[index + 1], index);
    const rank = one.marker?.rank ?? (heading ? plainHeadingRank : plainRank);
    closeFor(stack, rank, one, heading, agentOnly);
    const parent = stack.at(-1)?.block;
    const body = one.fold.slice(one.marker?.length ?? 0).trim();
    const own = heading && !agentOnly ? modeOf(body) : agentOnly ? 'tasks' : undefined;
    const { marker, ...rest } = one;
    const block: Block = { ...rest, index, heading, agentOnly, mode: own ?? parent?.mode ?? 'none', ...(marker && { marker }), ...(parent && { parent }) };
    blocks.push(block);
    stack.push({ block, rank });
  });
  return blocks;
}
