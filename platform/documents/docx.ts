import {
  AlignmentType, BorderStyle, Document, Footer, Header, type IBorderOptions, type ISectionOptions, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph,
  SectionType, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, VerticalAlign, WidthType,
} from 'docx';
import { type Annex, type Block, type DocumentTable, footLine, numberLine, type OfficialDocument, pageMm, printable, recipientLines, typePt, wordingOf } from './official-document.ts';
import { columnWidthsMm } from './pdf.ts';

const font = 'Times New Roman';
/** Twentieths of a point, the unit of Word, from millimetres and from points. */
const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
const points = (size: number): number => Math.round(size * 20);

type Align = (typeof AlignmentType)[keyof typeof AlignmentType];
type RunStyle = { readonly bold?: boolean; readonly italics?: boolean; readonly color?: string };
type ParagraphStyle = RunStyle & { readonly align?: Align; readonly before?: number; readonly after?: number; readonly indentMm?: number; readonly firstLineMm?: number; readonly keepNext?: boolean; readonly pageBreak?: boolean };

const run = (text: string, size: number, style: RunStyle = {}): TextRun[] =>
  printable(text).split('\n').map((line, i) => new TextRun({ text: line, font, size: size * 2, ...(i > 0 ? { break: 1 } : {}), ...style }));

function line(text: string, size: number, style: ParagraphStyle = {}): Paragraph {
  const { bold, italics, color } = style;
  return new Paragraph({
    alignment: style.align ?? AlignmentType.CENTER,
    spacing: { before: points(style.before ?? 0), after: points(style.after ?? 0), line: 252, lineRule: LineRuleType.AUTO },
    indent: { left: twips(style.indentMm ?? 0), firstLine: twips(style.firstLineMm ?? 0) },
    keepNext: style.keepNext === true,
    pageBreakBefore: style.pageBreak === true,
    children: run(text, size, { ...(bold === undefined ? {} : { bold }), ...(italics === undefined ? {} : { italics }), ...(color === undefined ? {} : { color }) }),
  });
}

/** A rule under a heading: an empty paragraph of the wanted width whose upper border is the rule. */
const rule = (columnMm: number, shareOfColumn: number): Paragraph =>
  new Paragraph({
    indent: { left: twips((columnMm * (1 - shareOfColumn)) / 2), right: twips((columnMm * (1 - shareOfColumn)) / 2) },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    spacing: { before: 20, after: 0, line: 80, lineRule: LineRuleType.EXACT },
    children: [],
  });

const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

function twoColumns(widthsMm: readonly [number, number], columns: readonly [Paragraph[], Paragraph[]]): Table {
  return new Table({
    width: { size: twips(widthsMm[0] + widthsMm[1]), type: WidthType.DXA },
    columnWidths: widthsMm.map(twips),
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    rows: [new TableRow({ cantSplit: true, children: columns.map((children, i) => new TableCell({ width: { size: twips(widthsMm[i] ?? 0), type: WidthType.DXA }, borders: noBorders, margins: { left: 0, right: 0 }, children })) })],
  });
}

type Orientation = 'portrait' | 'landscape';
const contentMm = (orientation: Orientation): number => (orientation === 'portrait' ? pageMm.width : pageMm.height) - pageMm.left - pageMm.right;

function letterhead(document: OfficialDocument, orientation: Orientation): Table {
  const words = wordingOf(document.language);
  const whole = contentMm(orientation);
  const [left, right] = [whole * 0.42, whole * 0.58];
  const superior = document.superior === undefined ? [] : [line(document.superior.toUpperCase(), typePt.issuer)];
  return twoColumns(
    [left, right],
    [
      [...superior, line(document.issuer.toUpperCase(), typePt.issuer, { bold: true }), rule(left, 0.4), line(numberLine(document), typePt.number, { before: 4 })],
      [
        line(words.nation, typePt.title, { bold: true }),
        line(words.motto, typePt.motto, { bold: true }),
        rule(right, 0.58),
        line(document.placeAndDate, typePt.date, { italics: true, before: 4 }),
      ],
    ],
  );
}

function blockLine(block: Block): Paragraph {
  const base = { align: AlignmentType.JUSTIFIED, after: 5, firstLineMm: 10 } as const;
  if (block.kind === 'heading') return line(block.text, typePt.text, { ...base, bold: true, keepNext: true });
  if (block.kind === 'item') return line(`${block.marker} ${block.text}`, typePt.text, { ...base, indentMm: 5 * (block.level ?? 0) });
  return line(block.text, typePt.text, { ...base, bold: block.bold === true, italics: block.italic === true });
}

const aligned: Readonly<Record<'left' | 'center' | 'right', Align>> = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT };

function tableParts(table: DocumentTable, document: OfficialDocument, orientation: Orientation): (Paragraph | Table)[] {
  const widths = columnWidthsMm(table, contentMm(orientation));
  const cell = (text: string, c: number, header: boolean): TableCell =>
    new TableCell({
      width: { size: twips(widths[c] ?? 0), type: WidthType.DXA },
      verticalAlign: header ? VerticalAlign.CENTER : VerticalAlign.TOP,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      ...(header ? { shading: { type: ShadingType.CLEAR, fill: 'EEF1F6', color: 'auto' } } : {}),
      children: [line(text, typePt.table, { bold: header, align: header ? AlignmentType.CENTER : aligned[table.columns[c]?.align ?? 'left'] })],
    });
  const filters = table.filters ?? [];
  const { filters: filterWord } = wordingOf(document.language);
  return [
    ...(table.caption === undefined ? [] : [line(table.caption, typePt.text, { bold: true, align: AlignmentType.LEFT, before: 4, after: 2, keepNext: true })]),
    ...(filters.length === 0 ? [] : [line(`${filterWord} ${filters.join('; ')}`, typePt.table, { italics: true, align: AlignmentType.LEFT, after: 3, keepNext: true })]),
    new Table({
      width: { size: twips(contentMm(orientation)), type: WidthType.DXA },
      columnWidths: widths.map(twips),
      layout: TableLayoutType.FIXED,
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: table.columns.map((column, c) => cell(column.title, c, true)) }),
        ...table.rows.map((row) => new TableRow({ cantSplit: true, children: table.columns.map((_, c) => cell(row[c] ?? '', c, false)) })),
      ],
    }),
  ];
}

function signature(document: OfficialDocument, orientation: Orientation): (Paragraph | Table)[] {
  const { signer } = document;
  const whole = contentMm(orientation);
  const recipients =
    document.recipients.length === 0
      ? [line('', typePt.recipients)]
      : [
          line(wordingOf(document.language).recipients, typePt.recipientsTitle, { bold: true, italics: true, align: AlignmentType.LEFT }),
          ...recipientLines(document.recipients).map((text) => line(text, typePt.recipients, { align: AlignmentType.LEFT })),
        ];
  const onBehalf = signer.onBehalf === undefined ? [] : [line(signer.onBehalf.toUpperCase(), typePt.post, { bold: true })];
  const signed = [...onBehalf, line(signer.post.toUpperCase(), typePt.post, { bold: true }), line(signer.name ?? '', typePt.post, { bold: true, before: 62 })];
  return [line('', 6), twoColumns([whole * 0.48, whole * 0.52], [recipients, signed])];
}

function annexParts(annex: Annex, document: OfficialDocument): (Paragraph | Table)[] {
  return [
    line(annex.label.toUpperCase(), typePt.kind, { bold: true }),
    line(annex.title.toUpperCase(), typePt.abstract, { bold: true }),
    line(annex.reference, typePt.text, { italics: true, after: 4 }),
    ...tableParts(annex.table, document, annex.orientation ?? 'portrait'),
  ];
}

/** Margins, page number and foot of one part of the document; the number is shown from page 2 on. */
function section(document: OfficialDocument, orientation: Orientation, isFirst: boolean, children: (Paragraph | Table)[]): ISectionOptions {
  const words = wordingOf(document.language);
  const foot = (): Footer =>
    new Footer({
      children: [
        ...(document.synthetic ? [line(words.synthetic, 10, { bold: true, color: 'A82217' })] : []),
        line(footLine(document), typePt.small, { color: '465062' }),
      ],
    });
  const number = new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], font, size: typePt.page * 2 })] })] });
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: isFirst,
      page: {
        // the library turns the sheet itself: width and height are given for the upright page
        size: { width: twips(pageMm.width), height: twips(pageMm.height), orientation: orientation === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin: { top: twips(pageMm.top), bottom: twips(pageMm.bottom), left: twips(pageMm.left), right: twips(pageMm.right), header: twips(pageMm.numberFromTop), footer: twips(7) },
      },
    },
    headers: { default: number, ...(isFirst ? { first: new Header({ children: [new Paragraph({})] }) } : {}) },
    footers: { default: foot(), ...(isFirst ? { first: foot() } : {}) },
    children,
  };
}

/**
 * The same document as `officialDocument` of `pdf.ts`, as a Word file that can be edited before it is signed: same page, sizes, parts
 * and words; Times New Roman, which each office machine has.
 */
export async function officialDocx(document: OfficialDocument): Promise<Uint8Array> {
  const orientation = document.orientation ?? 'portrait';
  const kind = document.kind === '' ? [] : [line(document.kind.toUpperCase(), typePt.kind, { bold: true, before: 10, keepNext: true })];
  const basis = (document.legalBasis ?? []).map((text) => blockLine({ kind: 'paragraph', text, italic: true }));
  const main = section(document, orientation, true, [
    letterhead(document, orientation),
    ...kind,
    line(document.abstract, typePt.abstract, { bold: true, keepNext: true, before: kind.length === 0 ? 10 : 0 }),
    rule(contentMm(orientation), 0.22),
    line('', 6),
    ...basis,
    ...document.body.map(blockLine),
    ...(document.table === undefined ? [] : tableParts(document.table, document, orientation)),
    ...signature(document, orientation),
  ]);
  const annex = document.annex === undefined ? [] : [section(document, document.annex.orientation ?? 'portrait', false, annexParts(document.annex, document))];
  return Packer.toBuffer(
    new Document({
      creator: 'Sáu Rõ',
      title: printable(document.abstract),
      subject: printable(document.kind),
      styles: { default: { document: { run: { font, size: typePt.text * 2, language: { value: document.language === 'vi' ? 'vi-VN' : 'en-GB' } } } } },
      sections: [main, ...annex],
    }),
  );
}
