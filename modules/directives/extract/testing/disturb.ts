/** Ways in which pasted text differs from the original: each as edits of the text, in order, none inside another. */
type Edit = { readonly start: number; readonly end: number; readonly put: string };

const edits = (text: string, pattern: RegExp, put: (found: RegExpMatchArray) => Edit): Edit[] => [...text.matchAll(pattern)].map(put);
const swap = (m: RegExpMatchArray, put: string): Edit => ({ start: m.index ?? 0, end: (m.index ?? 0) + m[0].length, put });

/** Wraps at `width` columns as a mail program does, one space turned into a line end. */
function wrapped(text: string, width: number): Edit[] {
  const found: Edit[] = [];
  let lineStart = 0;
  let lastSpace = -1;
  for (let i = 0; i < text.length; i++) {
    if (text.charAt(i) === '\n') {
      lineStart = i + 1;
      lastSpace = -1;
    } else if (text.charAt(i) === ' ') lastSpace = i;
    if (i - lineStart >= width && lastSpace >= lineStart + width * 0.6) {
      found.push({ start: lastSpace, end: lastSpace + 1, put: '\n' });
      lineStart = lastSpace + 1;
      lastSpace = -1;
    }
  }
  return found;
}

export const disturbances = {
  decomposed: (text: string) => edits(text, /\P{M}\p{M}*/gu, (m) => swap(m, m[0].normalize('NFD'))),
  'windows line ends': (text: string) => edits(text, /\n/gu, (m) => swap(m, '\r\n')),
  'no-break spaces': (text: string) => edits(text, / (?=\d)/gu, (m) => swap(m, '\u00a0')),
  'wrapped at 78': (text: string) => wrapped(text, 78),
  'wrapped at 96': (text: string) => wrapped(text, 96),
  'round bullets': (text: string) => edits(text, /^-(?= )/gmu, (m) => swap(m, '\u2022')),
  'bidi controls': (text: string) => edits(text, /\n(?=\p{L})/gu, (m) => swap(m, '\n\u200f\u202a')),
  'double spaces': (text: string) => edits(text, / /gu, (m) => swap(m, '  ')),
} as const;

export type Disturbance = keyof typeof disturbances;

/** The disturbed text, and where each offset of the old text went. */
export function disturb(text: string, kind: Disturbance): { text: string; move: (offset: number) => number } {
  const list = disturbances[kind](text);
  let out = '';
  let from = 0;
  const marks: { from: number; to: number; newEnd: number; newStart: number }[] = [];
  for (const edit of list) {
    out += text.slice(from, edit.start);
    marks.push({ from: edit.start, to: edit.end, newStart: out.length, newEnd: out.length + edit.put.length });
    out += edit.put;
    from = edit.end;
  }
  out += text.slice(from);
  const move = (offset: number): number => {
    let shift = 0;
    for (const mark of marks) {
      if (offset <= mark.from) break;
      if (offset < mark.to) return Math.min(mark.newStart + (offset - mark.from), mark.newEnd);
      shift = mark.newEnd - mark.to;
    }
    return offset + shift;
  };
  return { text: out, move };
}
