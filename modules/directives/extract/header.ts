import { dayValue } from './deadlines/calendar.ts';
import { sourceSpan, type Normal } from './normalise.ts';
import type { Block } from './outline.ts';
import type { DirectiveHeader, DocumentKind, Found } from './types.ts';

const kinds: readonly (readonly [DocumentKind, RegExp, RegExp])[] = [
  ['directive', /\/ct-/u, /^chỉ thị(?!\p{L})|^directive(?!\p{L})/u],
  ['dispatch', /\/cđ-/u, /^công điện(?!\p{L})|^(?:official )?dispatch(?!\p{L})|^công văn(?!\p{L})/u],
  ['plan', /\/kh-/u, /^kế hoạch(?!\p{L})|^chương trình hành động|^(?:action )?plan(?!\p{L})/u],
  ['conclusion', /\/(?:tb|kl)-/u, /^thông báo(?!\p{L})[\s\S]{0,40}(?:kết luận|ý kiến)|^thông báo$|^kết luận(?!\p{L})|^(?:notice|conclusion)(?!\p{L})/u],
];
const kindOfNumber = /^(?:số|no\.?)\s*:?\s*(\d{1,6}[\p{L}\d]*\s?\/\s?[\p{L}\d/&.-]{1,40})/u;
const secrecy = [['absolute-secret', /^tuyệt mật$/u], ['top-secret', /^tối mật$/u], ['secret', /^mật$|^độ mật\s*:\s*mật$/u]] as const;
const urgency = [['express', /^hỏa tốc(?:\s|$)/u], ['very-urgent', /^thượng khẩn$/u], ['urgent', /^khẩn$/u]] as const;
const written = /(?:ngày|,)\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/u;
const writtenEn = /(\d{1,2})\s+(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{4})|(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{1,2}),\s+(\d{4})/u;
const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const signing = /^(?:kt\.|tm\.|tl\.|tuq\.|q\.|thủ tướng|phó thủ tướng|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng|chánh văn phòng|bộ trưởng, chủ nhiệm|giám đốc|phó giám đốc|signed)/u;
const namePattern = /^\p{Lu}[\p{L}]{0,9}(?: \p{Lu}[\p{L}]{0,9}){1,4}$/u;

/** First lines that hold the head of a document. */
const headLines = 24;

type Line = { readonly start: number; readonly end: number; readonly text: string; readonly fold: string };

function linesBetween(normal: Normal, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let at = from;
  for (const text of normal.text.slice(from, to).split('\n')) {
    const lead = text.length - text.trimStart().length;
    const bare = text.trim();
    if (bare !== '') lines.push({ start: at + lead, end: at + lead + bare.length, text: bare, fold: normal.fold.slice(at + lead, at + lead + bare.length) });
    at += text.length + 1;
  }
  return lines;
}

function found<T extends string>(normal: Normal, start: number, end: number, value: T): Found<T> {
  return { text: normal.text.slice(start, end).replace(/[\n\t]/gu, ' '), value, span: sourceSpan(normal, start, end) };
}

function dateOf(normal: Normal, lines: readonly Line[]): Found | undefined {
  for (const line of lines.slice(0, 14)) {
    if (line.text.length > 80) continue;
    const vi = written.exec(line.fold);
    const en = vi === null ? writtenEn.exec(line.fold) : null;
    const day = vi !== null
      ? dayValue(Number(vi[1]), Number(vi[2]), Number(vi[3]), {})
      : en === null ? undefined : dayValue(Number(en[1] ?? en[5]), monthNames.indexOf(en[2] ?? en[4] ?? '') + 1, Number(en[3] ?? en[6]), {});
    const match = vi ?? en;
    if (day !== undefined && match !== null) return found(normal, line.start + match.index, line.start + match.index + match[0].length, day.value);
  }
  return undefined;
}

function kindOf(normal: Normal, lines: readonly Line[], number: Found | undefined): { kind: Found<DocumentKind>; title?: Found } | undefined {
  const bySuffix = number === undefined ? undefined : kinds.find(([, suffix]) => suffix.test(number.value.toLowerCase().replace(/\s/gu, '')));
  // A sentence that begins "Công điện gửi …" in the body is no title: a title stands in capitals, alone, or at the very top without a full stop.
  const at = lines.findIndex((line, i) => kinds.some(([, , title]) => title.test(line.fold)) && (line.text === line.text.toUpperCase() || line.text.length < 24 || (i < 3 && line.text.length < 400 && !/[.:;]$/u.test(line.text))));
  const line = lines[at];
  const named = line === undefined ? undefined : kinds.find(([, , title]) => title.test(line.fold));
  const kind = bySuffix?.[0] ?? named?.[0];
  if (kind === undefined) return undefined;
  if (line === undefined) return number === undefined ? undefined : { kind: { ...number, value: kind } };
  const place = found(normal, line.start, line.end, kind);
  // The title is the line itself when it says more than the kind, else what follows it.
  const next = lines[at + 1];
  const titled = line.text.length > 30 ? line : next;
  return { kind: place, ...(titled !== undefined && { title: found(normal, titled.start, titled.end, titled.text) }) };
}

function signerOf(normal: Normal, lines: readonly Line[]): Found | undefined {
  const tail = lines.slice(-14);
  const from = tail.findIndex((line) => signing.test(line.fold) && line.text.length < 80);
  if (from < 0) return undefined;
  const line = tail.slice(from + 1).find((one) => namePattern.test(one.text) && one.text !== one.text.toUpperCase() && one.text.length < 40);
  return line && found(normal, line.start, line.end, line.text);
}

function marked<T extends string>(normal: Normal, lines: readonly Line[], table: readonly (readonly [T, RegExp])[]): Found<T> | undefined {
  for (const line of lines) for (const [value, pattern] of table) if (pattern.test(line.fold)) return found(normal, line.start, line.end, value);
  return undefined;
}

// "Số:" and the number on two lines, as a table gives them.
const numbered = (line: Line | undefined): Line | undefined => (line !== undefined && /^\d{1,6}[\p{L}\d]*\s?\//u.test(line.fold) ? line : undefined);

/** Head of the document: number, date, issuer, signer, kind, title, secrecy, urgency and legal basis, each with its place. */
export function headerOf(normal: Normal, blocks: readonly Block[]): DirectiveHeader {
  const all = linesBetween(normal, 0, normal.text.length);
  const head = all.slice(0, headLines);
  const labelled = head.findIndex((line) => /^(?:số|no\.?)\s*:?$/u.test(line.fold));
  const numberLine = head.find((line) => kindOfNumber.test(line.fold)) ?? (labelled < 0 ? undefined : numbered(head[labelled + 1]));
  const numberMatch = numberLine && (kindOfNumber.exec(numberLine.fold) ?? /^(\d{1,6}[\p{L}\d]*\s?\/\s?[\p{L}\d/&.-]{1,40})/u.exec(numberLine.fold));
  let number: Found | undefined;
  if (numberLine !== undefined && numberMatch) {
    const end = numberLine.start + numberMatch[0].length;
    const start = end - (numberMatch[1] ?? '').length;
    number = found(normal, start, end, normal.text.slice(start, end).replace(/\s/gu, ''));
  }
  const date = dateOf(normal, head);
  const kind = kindOf(normal, head, number);
  const issuerBlock = number === undefined && date === undefined ? undefined : blocks.slice(0, 6).find((b) => b.mentions.length > 0 && b.text === b.text.toUpperCase() && b.text.length < 120) ?? blocks.slice(0, 2).find((b) => b.text === b.text.toUpperCase() && b.text.length < 80 && !/cộng hòa|độc lập/u.test(b.fold));
  const signer = signerOf(normal, all);
  const secret = marked(normal, head, secrecy);
  const hurry = marked(normal, head, urgency);
  const legalBasis = all.filter((line) => /^(?:-\s*)?(?:căn cứ|pursuant to)(?!\p{L})/u.test(line.fold) && line.start < normal.text.length * 0.4 + 2000).slice(0, 20).map((line) => found(normal, line.start, line.end, line.text));
  return {
    ...(number && { number }), ...(date && { date }), ...(issuerBlock && { issuer: found(normal, issuerBlock.start, issuerBlock.end, issuerBlock.text) }),
    ...(signer && { signer }), ...(kind && { kind: kind.kind }), ...(kind?.title && { title: kind.title }), ...(secret && { secrecy: secret }), ...(hurry && { urgency: hurry }), legalBasis,
  };
}
