import type { Normal } from './normalise.ts';
import type { AgencyFinder } from './agencies.ts';

/** A paragraph of the normal text, hard line ends outside. */
export type Paragraph = { readonly start: number; readonly end: number; readonly blankBefore: boolean };

const marker = /^(?:[-+*\u2022]\s|(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)/]|\(?[a-zđ]\)|[a-zđ]\.|[IVX]{1,5}[.)/]|[A-Z][.)])(?:\s|$)|(?:Điều|Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC)\s+[\dIVX]+\b)/u;
const pageNumber = /^(?:trang |page )?-? ?\d{1,3}(?: ?\/ ?\d{1,3})? ?-?$/iu;
const lower = /^[\p{Ll}\d(,;%&]/u;
const closed = /[.;:!?]["')\]]?$/u;

/** `at` is where the line begins, `start` where its text does. */
type Line = { at: number; start: number; end: number; text: string };

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const stop = found < 0 ? text.length : found;
    let [a, b] = [start, stop];
    // Cell borders of a head set as a table are no text.
    while (a < b && /[ \t|]/u.test(text.charAt(a))) a++;
    while (b > a && /[ \t|]/u.test(text.charAt(b - 1))) b--;
    if (/^[-_=*. ]+$/u.test(text.slice(a, b))) b = a;
    lines.push({ at: start, start: a, end: b, text: text.slice(a, b) });
    start = stop + 1;
  }
  return lines;
}

/** Width at which the text was broken by hand or by a PDF reader; 0 when lines are whole paragraphs. */
function wrapWidth(lines: readonly Line[]): number {
  const filled = lines.filter((line) => line.text !== '');
  const width = filled.reduce((most, line) => Math.max(most, line.text.length), 0);
  if (width > 140 || width < 40) return 0;
  let broken = 0;
  filled.forEach((line, i) => {
    const next = filled[i + 1];
    if (next !== undefined && line.text.length >= width * 0.7 && !closed.test(line.text) && lower.test(next.text) && !marker.test(next.text)) broken++;
  });
  return broken >= 2 && broken >= filled.length * 0.08 ? width : 0;
}

/** Whether a marker at the start of `next` is only a dash or number carried over from a broken line. */
function carriedOver(line: Line, next: Line, finder: AgencyFinder): boolean {
  if (closed.test(line.text)) return false;
  if (/^- ?\d{2,4}\b/u.test(next.text) && /\d$/u.test(line.text)) return true;
  if (!next.text.startsWith('- ')) return false;
  const tail = line.text.slice(-60);
  return finder.findIn(`${tail} ${next.text.slice(0, 60)}`).some((m) => m.start < tail.length && m.end > tail.length + 1);
}

function joins(line: Line, next: Line, width: number, finder: AgencyFinder): boolean {
  if (line.text === '' || next.text === '') return false;
  if (marker.test(next.text) && !(width > 0 && line.text.length >= width * 0.6 && carriedOver(line, next, finder))) return false;
  if (width === 0) return !closed.test(line.text) && /^\p{Ll}/u.test(next.text) && !/^\p{Lu}[\p{Lu}\s,.]+$/u.test(line.text);
  if (closed.test(line.text)) return /[,;.]$/u.test(line.text) && line.text.length >= width * 0.7 && lower.test(next.text);
  if (line.text.length < width * 0.7) return /^\p{Ll}/u.test(next.text);
  return true;
}

/** Paragraphs of the text with wrapped lines put together again; page numbers between lines are stepped over. */
export function paragraphsOf(normal: Normal, finder: AgencyFinder, isRow: (start: number) => boolean): Paragraph[] {
  const lines = linesOf(normal.text).filter((line) => (!pageNumber.test(line.text) || line.text === '') && !isRow(line.at));
  const width = wrapWidth(lines);
  const paragraphs: { start: number; end: number; blankBefore: boolean }[] = [];
  let last: Line | undefined;
  let blank = true;
  for (const line of lines) {
    if (line.text === '') {
      blank = true;
      continue;
    }
    const open = paragraphs.at(-1);
    if (open !== undefined && last !== undefined && !blank && joins(last, line, width, finder)) open.end = line.end;
    else paragraphs.push({ start: line.start, end: line.end, blankBefore: blank });
    last = line;
    blank = false;
  }
  return paragraphs;
}
