/** A part of a paragraph's text. */
export type Piece = { readonly start: number; readonly end: number };

const boundary = /[.!?]["')\]]{0,2}\s+(?=["'(]?[\p{Lu}\d-])/gu;
const shortened = /(?:^|[\s(])(?:TP|Tp|GS|TS|PGS|ThS|BS|Ths|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|No|Nos|St|art|Art|v\.v|U\.S|Q|P|KT|TM|TL|\p{Lu})$/u;
const longest = 3000;

/** Sentences of a paragraph, from `from` (after its marker) on. A sentence of over 3,000 signs is cut, so no rule ever reads more. */
export function sentencesOf(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  let start = from;
  const add = (end: number) => {
    for (let at = start; at < end; at += longest) pieces.push(trimmed(text, at, Math.min(end, at + longest)));
    start = end;
  };
  for (const match of text.matchAll(boundary)) {
    if (match.index < from) continue;
    if (match[0].startsWith('.') && shortened.test(text.slice(Math.max(start, match.index - 8), match.index))) continue;
    add(match.index + match[0].length);
  }
  add(text.length);
  return pieces.filter((piece) => piece.end > piece.start);
}

function trimmed(text: string, start: number, end: number): Piece {
  let [a, b] = [start, end];
  while (a < b && text.charAt(a) === ' ') a++;
  while (b > a && text.charAt(b - 1) === ' ') b--;
  return { start: a, end: b };
}

/** Parts of a sentence between semicolons that stand outside quotes and brackets. */
export function clausesOf(text: string, piece: Piece): Piece[] {
  const clauses: Piece[] = [];
  let start = piece.start;
  let depth = 0;
  let quoted = false;
  for (let i = piece.start; i < piece.end; i++) {
    const sign = text.charAt(i);
    if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (sign === '"') quoted = !quoted;
    else if (sign === ';' && depth === 0 && !quoted) {
      clauses.push(trimmed(text, start, i + 1));
      start = i + 1;
    }
  }
  clauses.push(trimmed(text, start, piece.end));
  return clauses.filter((clause) => clause.end > clause.start);
}
