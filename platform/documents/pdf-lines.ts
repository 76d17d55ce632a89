/** One run of glyphs as a PDF page places it; points, origin at the top left, `y` the baseline. */
export type Glyphs = { readonly text: string; readonly x: number; readonly y: number; readonly width: number; readonly size: number };
export type Line = { text: string; readonly left: number; right: number; readonly y: number; readonly size: number };

/** A gap wider than this many font sizes stands between table cells or columns, not between words. */
const columnGap = 1.6;
const wordGap = 0.12;

/**
 * Puts runs together into lines in the order the page draws them, so that columns and cells stay apart.
 * A run of blanks only says that a space is wanted: how wide the gap is, the places of its neighbours say.
 */
export function linesOf(runs: readonly Glyphs[]): Line[] {
  const lines: Line[] = [];
  let blank = false;
  for (const run of runs) {
    if (run.text.trim() === '') {
      blank = true;
      continue;
    }
    const line = lines.at(-1);
    const gap = line === undefined ? 0 : run.x - line.right;
    const sameLine = line !== undefined && Math.abs(run.y - line.y) < Math.min(run.size, line.size) * 0.5 && gap > -line.size * 0.6;
    if (line === undefined || !sameLine) lines.push({ text: run.text.trimStart(), left: run.x, right: run.x + run.width, y: run.y, size: run.size });
    else {
      const cell = gap > line.size * columnGap;
      const space = blank || gap > line.size * wordGap || /\s$/.test(line.text) || /^\s/.test(run.text);
      line.text = `${line.text.trimEnd()}${cell ? '\t' : space ? ' ' : ''}${run.text.trimStart()}`;
      line.right = Math.max(line.right, run.x + run.width);
    }
    blank = false;
  }
  for (const line of lines) line.text = line.text.trim();
  return lines;
}

const itemStart = /^(?:[+*•●▪◦]\s|\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)](?:\s|$)|\d{1,2}(?:\.\d{1,2}){1,4}\s|[a-zđ]\)|[IVXLC]{1,6}\.\s|Điều \d|Chương [IVXLC\d]|Phần (?:thứ|[IVXLC\d])|Mục [IVXLC\d]|Article \d)/u;
/** A dash may begin a list item, or go on with "Nhà Rồng - Khánh Hội": only after a stop or comma is it an item for sure. */
const dashStart = /^[-–—]\s/;
const stop = /[.;:,!?…]$/;
const sentenceEnd = /[.;:!?…”"]$/;
const lowercaseStart = /^[\p{Ll}\d(“"]/u;

function firstWordWidth(line: Line): number {
  const space = line.text.indexOf(' ');
  return space < 0 || line.text.length === 0 ? line.right - line.left : ((line.right - line.left) * space) / line.text.length;
}

/** Whether `next` goes on with the paragraph of `line`: the first word of `next` would not have fitted on `line`. */
function goesOn(line: Line, next: Line, page: { readonly right: number; readonly pitch: number }): boolean {
  const down = next.y - line.y;
  if (down <= 0 || down > Math.max(page.pitch * 1.3, line.size * 1.1) || Math.abs(next.size - line.size) > line.size * 0.12) return false;
  if (itemStart.test(next.text) || line.text.includes('\t') || next.text.includes('\t')) return false;
  if (next.left > line.left + line.size * 0.6) return false;
  if (dashStart.test(next.text) && (stop.test(line.text) || dashStart.test(line.text))) return false;
  return line.right + line.size * 0.2 + firstWordWidth(next) > page.right - line.size * 0.3;
}

function mostCommonPitch(lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    const down = next === undefined ? 0 : Math.round((next.y - line.y) * 2) / 2;
    if (down > line.size * 0.8 && down < line.size * 2.6) counts.set(down, (counts.get(down) ?? 0) + 1);
  });
  let [best, most] = [0, 0];
  for (const [pitch, count] of counts) if (count > most) [best, most] = [pitch, count];
  return best;
}

function join(a: string, b: string): string {
  return /[\p{L}]-$/u.test(a) && /^\p{Ll}/u.test(b) ? a + b : `${a} ${b}`;
}

/** Paragraphs of one page from its lines. */
function paragraphsOf(lines: readonly Line[]): { text: string; last: Line }[] {
  const page = { right: lines.reduce((right, line) => Math.max(right, line.right), 0), pitch: mostCommonPitch(lines) };
  const out: { text: string; last: Line }[] = [];
  for (const line of lines) {
    const open = out.at(-1);
    if (open !== undefined && goesOn(open.last, line, page)) {
      open.text = join(open.text, line.text);
      open.last = line;
    } else out.push({ text: line.text, last: line });
  }
  return out;
}

/** How many of these lines stand at the height that is most common among them. */
function atOneHeight(lines: readonly Line[]): number {
  const heights = lines.map((line) => line.y).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)] ?? 0;
  return heights.filter((height) => Math.abs(height - middle) < 3).length;
}

/** Among the first two or the last three lines that a page draws. */
const isAtEdge = (lines: readonly Line[], text: string): boolean => [...lines.slice(0, 2), ...lines.slice(-3)].some((line) => line.text === text);

/** Page numbers, and lines that stand on most pages at the same height (running headers, stamps): no part of what the document says. */
export function withoutRunningLines(pages: readonly (readonly Line[])[]): { readonly pages: Line[][]; readonly removed: boolean } {
  const places = new Map<string, Line[]>();
  for (const lines of pages) for (const line of lines) {
    const list = places.get(line.text) ?? [];
    if (list.length === 0) places.set(line.text, list);
    list.push(line);
  }
  const running = new Set<string>();
  for (const [text, list] of places) {
    const edges = list.length === pages.length && pages.every((lines) => isAtEdge(lines, text));
    if (atOneHeight(list) >= Math.max(edges ? 2 : 3, pages.length * 0.6)) running.add(text);
  }
  const isEdge = (lines: readonly Line[], line: Line): boolean => lines.every((other) => other.y >= line.y - 1) || lines.every((other) => other.y <= line.y + 1);
  const kept = pages.map((lines) => {
    const rest = lines.filter((line) => !running.has(line.text));
    return rest.filter((line) => !(/^(?:[-–]\s?)?\d{1,4}(?:\s?[-–]|\s?\/\s?\d{1,4})?$/.test(line.text) && isEdge(rest, line)));
  });
  return { pages: kept, removed: running.size > 0 };
}

/** Whether the first paragraph of a page goes on with the last one of the page before: nothing ended there, and the line was full. */
function goesOnOverPage(before: { readonly text: string; readonly last: Line }, next: Line, right: number): boolean {
  if (sentenceEnd.test(before.text) || itemStart.test(next.text) || dashStart.test(next.text)) return false;
  if (lowercaseStart.test(next.text)) return true;
  const full = before.last.right + firstWordWidth(next) > right - before.last.size * 0.3;
  return full && next.left <= before.last.left + before.last.size * 0.6 && Math.abs(next.size - before.last.size) < 0.5;
}

/** Text of a document from the lines of its pages: one line a paragraph, also where a paragraph runs over a page's end. */
export function joinPages(pages: readonly (readonly Line[])[]): string {
  const all: { text: string; last: Line }[] = [];
  let right = 0;
  for (const lines of pages) {
    const here = paragraphsOf(lines);
    const [before, first, firstLine] = [all.at(-1), here[0], lines[0]];
    if (before !== undefined && first !== undefined && firstLine !== undefined && goesOnOverPage(before, firstLine, right)) {
      before.text = join(before.text, first.text);
      before.last = first.last;
      here.shift();
    }
    all.push(...here);
    right = lines.reduce((most, line) => Math.max(most, line.right), 0);
  }
  return all.map((paragraph) => paragraph.text).join('\n');
}
