import { ok, refuse, type Result } from '#kernel/result.ts';
import { type ListCounter, listCounter } from './docx-numbering.ts';
import { type Styles, readStyles } from './docx-styles.ts';
import { fromTcvn3, fromVni, legacyFont } from './legacy-encoding.ts';
import { decodeXml, scanXml, type XmlFault } from './xml.ts';
import { type Archive, type ArchiveRefusal, openArchive } from './zip-guard.ts';

export type DocxRefusal = ArchiveRefusal | { readonly code: 'document-unsafe'; readonly reason: string } | { readonly code: 'document-unsupported' };
export type DocxText = { readonly text: string; readonly notes: readonly string[] };

type Piece = { text: string; readonly font: string | undefined };
type Paragraph = { pieces: Piece[]; style: string | undefined; numId: string | undefined; level: number | undefined };
type Row = string[][];

/** Revisions taken out, copies kept for old programs, field codes: text that is in the file and not in the document. */
const skippedParts = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:pPrChange', 'w:rPrChange', 'w:sectPrChange', 'w:tblPrChange', 'w:instrText', 'w:delText', 'w:rt']);

const isOff = (value: string | undefined): boolean => value === '0' || value === 'false' || value === 'off' || value === 'none';

/** Joins pieces of one paragraph; neighbours in one old font are converted together, because VNI writes a letter as two characters. */
function textOf(pieces: readonly Piece[], notes: Set<string>): string {
  let out = '';
  for (let i = 0; i < pieces.length; i += 1) {
    const legacy = legacyFont(pieces[i]?.font);
    let run = pieces[i]?.text ?? '';
    while (legacy !== undefined && pieces[i + 1]?.font === pieces[i]?.font) {
      i += 1;
      run += pieces[i]?.text ?? '';
    }
    if (legacy === undefined) out += run;
    else {
      notes.add(`converted-${legacy.encoding}`);
      const converted = legacy.encoding === 'tcvn3' ? fromTcvn3(run) : fromVni(run);
      out += legacy.capitals ? converted.toUpperCase() : converted;
    }
  }
  return out;
}

/** One pass over `word/document.xml`, building lines. */
class BodyReader {
  readonly notes = new Set<string>();
  readonly #styles: Styles;
  readonly #lists: ListCounter;
  readonly #containers: string[][] = [[]];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: Row[] = [];
  #skipDepth = 0;
  #run: { font: string | undefined; hidden: boolean } | undefined;
  #inText = false;

  constructor(styles: Styles, lists: ListCounter) {
    this.#styles = styles;
    this.#lists = lists;
  }

  get lines(): readonly string[] {
    return this.#containers[0] ?? [];
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (this.#skipDepth > 0 || skippedParts.has(name)) {
      this.#skipDepth += 1;
      if (name === 'w:del' || name === 'w:moveFrom') this.notes.add('tracked-changes-applied');
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    if (name === 'w:p') this.#paragraphs.push({ pieces: [], style: undefined, numId: undefined, level: undefined });
    else if (name === 'w:r' || name === 'm:r') this.#run = { font: undefined, hidden: false };
    else if (name === 'w:t' || name === 'm:t') this.#inText = true;
    else if (name === 'w:tr') this.#tables.push([]);
    else if (name === 'w:tc' || name === 'w:txbxContent') this.#containers.push([]);
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') this.notes.add('footnotes-left-out');
    else if (name === 'w:drawing' || name === 'w:pict') this.notes.add('pictures-left-out');
    else if (this.#run !== undefined) this.#openInRun(name, attribute, this.#run);
    else if (paragraph !== undefined) readParagraphProperty(paragraph, name, attribute);
  }

  #openInRun(name: string, attribute: (name: string) => string | undefined, run: { font: string | undefined; hidden: boolean }): void {
    if (name === 'w:rFonts') run.font = attribute('w:ascii') ?? attribute('w:hAnsi');
    else if (name === 'w:vanish' && !isOff(attribute('w:val'))) run.hidden = true;
    else if (name === 'w:tab' || name === 'w:ptab') this.#append('\t');
    else if (name === 'w:cr' || (name === 'w:br' && attribute('w:type') !== 'page')) this.#append('\n');
    else if (name === 'w:noBreakHyphen') this.#append('-');
    // Word turns U+00AD into this element; in an old font it is the letter "ư", elsewhere it is cleaned away
    else if (name === 'w:softHyphen') this.#append('\u00ad');
  }

  text(text: string): void {
    if (this.#inText && this.#skipDepth === 0) this.#append(text);
  }

  close(name: string): void {
    if (this.#skipDepth > 0) {
      this.#skipDepth -= 1;
      return;
    }
    if (name === 'w:t' || name === 'm:t') this.#inText = false;
    else if (name === 'w:r' || name === 'm:r') this.#run = undefined;
    else if (name === 'w:p') this.#endParagraph();
    else if (name === 'w:tc') this.#tables.at(-1)?.push(this.#containers.pop() ?? []);
    else if (name === 'w:tr') this.#endRow(this.#tables.pop() ?? []);
    else if (name === 'w:txbxContent') this.#containers.at(-2)?.push(...(this.#containers.pop() ?? []));
  }

  #append(text: string): void {
    if (this.#run?.hidden === true) {
      this.notes.add('hidden-text-left-out');
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    const font = this.#run?.font ?? this.#styles.fontOf(paragraph?.style);
    const last = paragraph?.pieces.at(-1);
    if (last !== undefined && last.font === font) last.text += text;
    else paragraph?.pieces.push({ text, font });
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (paragraph === undefined) return;
    const inherited = this.#styles.numberingOf(paragraph.style);
    const numId = paragraph.numId ?? inherited?.numId;
    const text = textOf(paragraph.pieces, this.notes).trimEnd();
    const marker = numId === undefined || numId === '0' ? '' : this.#lists.marker(numId, paragraph.level ?? inherited?.level ?? 0);
    this.#containers.at(-1)?.push(marker === '' || text === '' ? text : `${marker} ${text.trimStart()}`);
  }

  /** A row of short cells is one line with tabs; a row with paragraphs in its cells (letterheads) is read cell after cell. */
  #endRow(cells: Row): void {
    const filled = cells.map((lines) => lines.filter((line) => line.trim() !== ''));
    const target = this.#containers.at(-1);
    if (filled.every((lines) => lines.length <= 1)) {
      const line = filled.map((lines) => (lines[0] ?? '').replaceAll('\n', ' ')).join('\t').trimEnd();
      if (line.trim() !== '') target?.push(line);
    } else for (const lines of filled) target?.push(...lines);
  }
}

function readParagraphProperty(paragraph: Paragraph, name: string, attribute: (name: string) => string | undefined): void {
  if (name === 'w:pStyle') paragraph.style = attribute('w:val');
  else if (name === 'w:numId') paragraph.numId = attribute('w:val');
  else if (name === 'w:ilvl') paragraph.level = Math.min(8, Math.max(0, Number(attribute('w:val')) || 0));
}

const faultRefusal = (fault: XmlFault): { ok: false; problem: DocxRefusal } =>
  fault === 'doctype' || fault === 'encoding' ? refuse({ code: 'document-unsafe', reason: fault }) : refuse({ code: 'document-corrupt', reason: fault });

/** One XML part as text, with every refusal that its bytes can cause; `undefined` when the part is absent. */
export function readXmlPart(archive: Archive, name: string): Result<string | undefined, DocxRefusal> {
  const bytes = archive.read(name);
  if (!bytes.ok) return bytes;
  if (bytes.value === undefined) return ok(undefined);
  const decoded = decodeXml(bytes.value);
  return 'fault' in decoded ? faultRefusal(decoded.fault) : ok(decoded.xml);
}

/** What the relations of the document point at outside of it: never followed, and said. */
function externalNotes(xml: string | undefined, notes: Set<string>): XmlFault | undefined {
  return xml === undefined
    ? undefined
    : scanXml(xml, {
        open(_, attribute) {
          if (attribute('TargetMode') === 'External') notes.add('external-links-ignored');
        },
        text() {},
        close() {},
      });
}

/**
 * The text of a Word document, one line a paragraph, list numbers written out, a table row a line.
 *
 * Only four parts are inflated. Macros, embedded objects, pictures, headers, footnotes and comments are not read; what was left out is noted.
 */
export function readDocx(bytes: Uint8Array): Result<DocxText, DocxRefusal> {
  const opened = openArchive(bytes);
  if (!opened.ok) return opened;
  const archive = opened.value;
  if (!archive.names.includes('word/document.xml')) return refuse({ code: 'document-unsupported' });
  const parts: Record<'types' | 'relations' | 'styles' | 'numbering' | 'body', string | undefined> = { types: '', relations: '', styles: '', numbering: '', body: '' };
  for (const [key, name] of [
    ['types', '[Content_Types].xml'],
    ['relations', 'word/_rels/document.xml.rels'],
    ['styles', 'word/styles.xml'],
    ['numbering', 'word/numbering.xml'],
    ['body', 'word/document.xml'],
  ] as const) {
    const part = readXmlPart(archive, name);
    if (!part.ok) return part;
    parts[key] = part.value;
  }
  const notes = new Set<string>();
  if (archive.names.some((name) => name.endsWith('vbaProject.bin'))) notes.add('macros-ignored');
  if (archive.names.some((name) => name.startsWith('word/embeddings/'))) notes.add('attachments-ignored');
  const ignore = { open() {}, text() {}, close() {} };
  const fault = (parts.types === undefined ? undefined : scanXml(parts.types, ignore)) ?? externalNotes(parts.relations, notes);
  if (fault !== undefined) return faultRefusal(fault);
  const styles = readStyles(parts.styles);
  if ('fault' in styles) return faultRefusal(styles.fault);
  const lists = listCounter(parts.numbering);
  if ('fault' in lists) return faultRefusal(lists.fault);
  const reader = new BodyReader(styles.styles, lists.counter);
  const bodyFault = scanXml(parts.body ?? '', {
    open: (name, attribute) => reader.open(name, attribute),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name),
  });
  if (bodyFault !== undefined) return faultRefusal(bodyFault);
  return ok({ text: reader.lines.join('\n'), notes: [...notes, ...reader.notes] });
}
