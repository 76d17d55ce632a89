import pdfmake from 'pdfmake';
import type { Content, ContentTable, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { type Annex, type Block, type DocumentTable, footLine, numberLine, type OfficialDocument, pageMm, printable, recipientLines, typePt, wordingOf } from './official-document.ts';
import { tinosFont, type TinosStyle } from './tinos.ts';

export type { Annex, Block, DocumentTable, OfficialDocument, TableColumn } from './official-document.ts';

const mm = (millimetres: number): number => (millimetres * 72) / 25.4;
const red = '#a82217';
const cellPadding = 3;
const lineHeight = 1.12;

const thinLines: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  paddingLeft: () => cellPadding,
  paddingRight: () => cellPadding,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

type Orientation = 'portrait' | 'landscape';
const contentWidthMm = (orientation: Orientation): number =>
  (orientation === 'portrait' ? pageMm.width : pageMm.height) - pageMm.left - pageMm.right;

/** A short rule below a heading, as the decree draws it: centred, a share of the width of its column. */
const rule = (columnMm: number, shareOfColumn: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 1, x2: mm(columnMm * shareOfColumn), y2: 1, lineWidth: 0.7 }],
  alignment: 'center',
  margin: [0, 2.5, 0, 2],
});

/** Issuer and number on the left, the nation's title, motto, place and date on the right (Annex I, section II, items 1 to 4). */
function letterhead(document: OfficialDocument, orientation: Orientation): Content {
  const words = wordingOf(document.language);
  const whole = contentWidthMm(orientation);
  const [left, right] = [whole * 0.42, whole * 0.58];
  const superior: Content[] = document.superior === undefined ? [] : [{ text: printable(document.superior).toUpperCase(), fontSize: typePt.issuer }];
  return {
    columns: [
      {
        width: mm(left),
        alignment: 'center',
        stack: [
          ...superior,
          { text: printable(document.issuer).toUpperCase(), fontSize: typePt.issuer, bold: true },
          rule(left, 0.4),
          { text: numberLine(document), fontSize: typePt.number, margin: [0, 4, 0, 0] },
        ],
      },
      {
        width: mm(right),
        alignment: 'center',
        stack: [
          { text: words.nation, fontSize: typePt.title, bold: true },
          { text: words.motto, fontSize: typePt.motto, bold: true },
          rule(right, 0.58),
          { text: printable(document.placeAndDate), fontSize: typePt.date, italics: true, margin: [0, 4, 0, 0] },
        ],
      },
    ],
    columnGap: 0,
  };
}

/** Kind and abstract (item 5); an official dispatch has no kind and writes its abstract under the number. */
function heading(document: OfficialDocument, orientation: Orientation): Content[] {
  const kind: Content[] = document.kind === '' ? [] : [{ text: printable(document.kind).toUpperCase(), fontSize: typePt.kind, bold: true, alignment: 'center' }];
  return [
    { text: '', margin: [0, 8, 0, 0] },
    ...kind,
    { text: printable(document.abstract), fontSize: typePt.abstract, bold: true, alignment: 'center', margin: [mm(12), 0, mm(12), 0] },
    rule(contentWidthMm(orientation), 0.22),
    { text: '', margin: [0, 4, 0, 0] },
  ];
}

const firstLineIndent = mm(10);

type Fragment = { readonly text: string; readonly noWrap: boolean };

/**
 * Justified text in pieces whose hyphenated words and numbers with strokes ("128/TB-VPTT", "kinh tế-xã hội") hold together: pdfmake
 * takes each hyphen and stroke for the end of a word and would widen the place after it as it widens spaces.
 */
function justified(text: string): Fragment[] {
  const fragments: { text: string; noWrap: boolean }[] = [];
  for (const word of text.split(/(?<=\s)(?=\S)/)) {
    const noWrap = word.length <= 40 && /[-–—/][^\s]/.test(word);
    const last = fragments.at(-1);
    if (last !== undefined && !noWrap && !last.noWrap) last.text += word;
    else fragments.push({ text: word, noWrap });
  }
  return fragments;
}

function blockContent(block: Block): Content {
  const base = { fontSize: typePt.text, lineHeight, alignment: 'justify' as const, leadingIndent: firstLineIndent, margin: [0, 0, 0, 5] as [number, number, number, number] };
  if (block.kind === 'heading') return { ...base, text: justified(printable(block.text)), bold: true, headlineLevel: 1 };
  if (block.kind === 'item') return { ...base, text: justified(`${printable(block.marker)} ${printable(block.text)}`), margin: [mm(5) * (block.level ?? 0), 0, 0, 5] };
  return { ...base, text: justified(printable(block.text)), bold: block.bold === true, italics: block.italic === true };
}

/** Whether a row would be higher than most of a page: then rows may be split, because an unsplittable one would lose its end. */
function hasGiantRow(table: DocumentTable, widthsMm: readonly number[], orientation: Orientation): boolean {
  const pageLines = mm((orientation === 'portrait' ? pageMm.height : pageMm.width) - pageMm.top - pageMm.bottom) / (typePt.table * 1.25);
  return table.rows.some((row) =>
    row.some((cell, c) => {
      const charsPerLine = Math.max(1, (mm(widthsMm[c] ?? 20) - 2 * cellPadding) / (typePt.table * 0.55));
      return cell.split('\n').reduce((lines, line) => lines + Math.ceil((line.length + 1) / charsPerLine), 0) > pageLines * 0.75;
    }),
  );
}

/** Widths in millimetres that fill the line exactly; given ones are shrunk together when they are too wide. */
export function columnWidthsMm(table: DocumentTable, wholeMm: number): number[] {
  const given = table.columns.reduce((sum, column) => sum + (column.widthMm ?? 0), 0);
  const open = table.columns.filter((column) => column.widthMm === undefined).length;
  const room = open === 0 ? wholeMm : wholeMm - Math.min(wholeMm * 0.3, open * 12);
  const scale = given > room || (open === 0 && given > 0) ? room / given : 1;
  const rest = open === 0 ? 0 : (wholeMm - given * scale) / open;
  return table.columns.map((column) => (column.widthMm === undefined ? rest : column.widthMm * scale));
}

function tableContent(table: DocumentTable, document: OfficialDocument, orientation: Orientation): Content[] {
  const words = wordingOf(document.language);
  const widths = columnWidthsMm(table, contentWidthMm(orientation));
  const header: TableCell[] = table.columns.map((column) => ({ text: printable(column.title), bold: true, alignment: 'center', fillColor: '#eef1f6' }));
  const body: TableCell[][] = table.rows.map((row) => table.columns.map((column, c) => ({ text: printable(row[c] ?? ''), alignment: column.align ?? 'left' })));
  // pdfmake loses what does not fit when a block that may not break is higher than the page
  const giant = hasGiantRow(table, widths, orientation);
  const content: ContentTable = {
    table: {
      headerRows: 1,
      keepWithHeaderRows: body.length > 0 && !giant ? 1 : 0,
      dontBreakRows: !giant,
      // the cells' padding and lines come on top of a width of pdfmake
      widths: widths.map((width) => mm(width) - 2 * cellPadding - 0.6),
      body: [header, ...body],
    },
    layout: thinLines,
    fontSize: typePt.table,
    margin: [0, 4, 0, 8],
  };
  const filters = table.filters ?? [];
  return [
    ...(table.caption === undefined ? [] : [{ text: printable(table.caption), bold: true, fontSize: typePt.text, margin: [0, 4, 0, 2] as [number, number, number, number] }]),
    ...(filters.length === 0 ? [] : [{ text: `${words.filters} ${filters.map(printable).join('; ')}`, italics: true, fontSize: typePt.table }]),
    content,
  ];
}

/** A page for a desk that nobody signs or receives by name has no such block. */
const isSigned = ({ signer, recipients }: OfficialDocument): boolean => recipients.length > 0 || signer.post !== '' || signer.name !== undefined || signer.onBehalf !== undefined;

/** Recipients on the left, who signs on the right, never torn apart (items 7 to 9). The space between post and name is for the signature. */
function signature(document: OfficialDocument): Content {
  const { signer } = document;
  const onBehalf: Content[] = signer.onBehalf === undefined ? [] : [{ text: printable(signer.onBehalf).toUpperCase(), bold: true, fontSize: typePt.post }];
  const recipients: Content[] =
    document.recipients.length === 0
      ? []
      : [{ text: wordingOf(document.language).recipients, bold: true, italics: true, fontSize: typePt.recipientsTitle }, ...recipientLines(document.recipients).map((text): Content => ({ text, fontSize: typePt.recipients }))];
  return {
    // pdfmake loses what does not fit when a block that may not break is higher than the page
    unbreakable: document.recipients.length < 35,
    margin: [0, 10, 0, 0],
    columns: [
      { width: '48%', stack: recipients.length === 0 ? [''] : recipients },
      {
        width: '52%',
        alignment: 'center',
        stack: [
          ...onBehalf,
          { text: printable(signer.post).toUpperCase(), bold: true, fontSize: typePt.post },
          { text: printable(signer.name ?? ''), bold: true, fontSize: typePt.post, margin: [0, mm(22), 0, 0] },
        ],
      },
    ],
  };
}

function annexContent(annex: Annex, document: OfficialDocument): Content[] {
  const orientation = annex.orientation ?? 'portrait';
  return [
    { text: printable(annex.label).toUpperCase(), bold: true, fontSize: typePt.kind, alignment: 'center', pageBreak: 'before', pageOrientation: orientation },
    { text: printable(annex.title).toUpperCase(), bold: true, fontSize: typePt.abstract, alignment: 'center' },
    { text: printable(annex.reference), italics: true, fontSize: typePt.text, alignment: 'center', margin: [0, 0, 0, 4] },
    ...tableContent(annex.table, document, orientation),
  ];
}

function definition(document: OfficialDocument): TDocumentDefinitions {
  const orientation = document.orientation ?? 'portrait';
  const words = wordingOf(document.language);
  const label: Content[] = document.synthetic ? [{ text: words.synthetic, bold: true, color: red, fontSize: 10, alignment: 'center' }] : [];
  const basis = (document.legalBasis ?? []).map((text): Content => blockContent({ kind: 'paragraph', text, italic: true }));
  return {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: [mm(pageMm.left), mm(pageMm.top), mm(pageMm.right), mm(pageMm.bottom)],
    language: document.language === 'vi' ? 'vi-VN' : 'en-GB',
    displayTitle: true,
    info: { title: printable(document.abstract), author: printable(document.issuer), subject: printable(document.kind), creator: 'Sáu Rõ', producer: 'Sáu Rõ', creationDate: new Date(document.printedAt) },
    defaultStyle: { font: 'Tinos', fontSize: typePt.text },
    header: (page) => (page < 2 ? '' : { text: String(page), alignment: 'center', fontSize: typePt.page, margin: [mm(pageMm.left), mm(pageMm.numberFromTop), mm(pageMm.right), 0] }),
    footer: () => ({ stack: [...label, { text: footLine(document), fontSize: typePt.small, alignment: 'center', color: '#465062' }], margin: [mm(pageMm.left), mm(5), mm(pageMm.right), 0] }),
    content: [
      letterhead(document, orientation),
      ...heading(document, orientation),
      ...basis,
      ...document.body.map(blockContent),
      ...(document.table === undefined ? [] : tableContent(document.table, document, orientation)),
      ...(isSigned(document) ? [signature(document)] : []),
      ...(document.annex === undefined ? [] : annexContent(document.annex, document)),
    ],
    // a heading is never the last line of a page
    pageBreakBefore: (node, container) => node.headlineLevel === 1 && container.getFollowingNodesOnPage().length === 0,
  };
}

let prepared = false;

/** pdfmake reads fonts by name, from its own in-memory file system; its types do not name that one, so it is looked at before use. */
function keepFont(name: string, style: TinosStyle): string {
  const files: unknown = 'virtualfs' in pdfmake ? pdfmake.virtualfs : undefined;
  if (typeof files !== 'object' || files === null || !('writeFileSync' in files) || typeof files.writeFileSync !== 'function') throw new Error('pdfmake keeps no files in memory');
  files.writeFileSync(name, tinosFont(style));
  return name;
}

function prepare(): void {
  if (prepared) return;
  pdfmake.setFonts({
    Tinos: {
      normal: keepFont('Tinos-Regular.ttf', '400-normal'),
      bold: keepFont('Tinos-Bold.ttf', '700-normal'),
      italics: keepFont('Tinos-Italic.ttf', '400-italic'),
      bolditalics: keepFont('Tinos-BoldItalic.ttf', '700-italic'),
    },
  });
  // nothing in a document of ours is fetched or read from disk
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  prepared = true;
}

/**
 * An administrative document as PDF in the form of Decree 30/2020/NĐ-CP: A4, its margins, sizes and order of parts, page number centred
 * in the top margin from page 2, table header repeated, rows whole, fonts embedded, text selectable.
 */
export async function officialDocument(document: OfficialDocument): Promise<Uint8Array> {
  prepare();
  return pdfmake.createPdf(definition(document)).getBuffer();
}
