import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import mammoth from 'mammoth';
import { officialDocx } from './docx.ts';
import { makeDocx, paragraph } from './hostile-files.ts';
import { readDocument } from './read.ts';
import { sampleDocument } from './sample-document.ts';
import { openArchive } from './zip-guard.ts';

async function linesOf(bytes: Uint8Array): Promise<string[]> {
  const read = await readDocument(bytes, 'a.docx');
  assert.ok(read.ok, JSON.stringify(read));
  return read.value.text.split('\n');
}
async function notesOf(bytes: Uint8Array): Promise<readonly string[]> {
  const read = await readDocument(bytes, 'a.docx');
  assert.ok(read.ok, JSON.stringify(read));
  return read.value.notes;
}
function partOf(bytes: Uint8Array, name: string): string {
  const opened = openArchive(bytes);
  assert.ok(opened.ok);
  const part = opened.value.read(name);
  assert.ok(part.ok && part.value !== undefined);
  return new TextDecoder().decode(part.value);
}

describe('an official document as a Word file', () => {
  test('text read back is the text put in, table rows as lines', async () => {
    const document = sampleDocument(2);
    const lines = await linesOf(await officialDocx(document));
    for (const block of document.body) assert.ok(lines.includes(block.kind === 'item' ? `${block.marker} ${block.text}` : block.text), block.text);
    assert.ok(lines.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM') && lines.includes('Số: 128/TB-VPTT') && lines.includes('- Lưu: VT, VPTT.'));
    assert.ok(lines.includes(document.annex?.table.rows[1]?.join('\t') ?? ''));
  });

  test('a foreign reader (mammoth) sees the same words', async () => {
    const document = sampleDocument(2);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await officialDocx(document)) });
    for (const block of document.body) assert.ok(value.includes(block.text));
  });

  test('page, margins, repeated header and whole rows are those of the decree', async () => {
    const xml = partOf(await officialDocx(sampleDocument(2)), 'word/document.xml');
    assert.match(xml, /<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"\/>/);
    assert.match(xml, /<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
    for (const margins of xml.match(/<w:pgMar [^>]*>/g) ?? ['']) {
      const mm = (side: string): number => (Number(new RegExp(`w:${side}="(\\d+)"`).exec(margins)?.[1]) / 1440) * 25.4;
      assert.ok(mm('top') >= 20 && mm('top') <= 25 && mm('bottom') >= 20 && mm('bottom') <= 25);
      assert.ok(mm('left') >= 30 && mm('left') <= 35 && mm('right') >= 15 && mm('right') <= 20);
    }
    assert.match(xml, /<w:tblHeader\/>/);
    const rows = xml.match(/<w:tr>/g)?.length ?? 0;
    assert.equal(xml.match(/<w:cantSplit\/>/g)?.length, rows);
    assert.match(xml, /<w:titlePg\/>/);
  });

  test('synthetic data says so in the foot of every page', async () => {
    const bytes = await officialDocx(sampleDocument(1));
    const opened = openArchive(bytes);
    assert.ok(opened.ok);
    const feet = opened.value.names.filter((name) => /word\/footer\d+\.xml/.test(name));
    assert.ok(feet.length >= 3);
    for (const foot of feet) assert.match(partOf(bytes, foot), /DỮ LIỆU GIẢ LẬP/);
  });
});

describe('reading a Word file', () => {
  const levels = [['decimal', '%1.'], ['lowerLetter', '%2)'], ['decimal', '%1.%3.'], ['bullet', '•']]
    .map(([format, text], i) => `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`).join('');
  const numbering = `<w:numbering><w:abstractNum w:abstractNumId="0">${levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`;
  const item = (level: number, text: string, list = 1): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

  test('list numbers that Word computes are written out, levels and restarts included', async () => {
    const body = [item(0, 'một'), item(1, 'hai'), item(1, 'ba'), item(2, 'bốn'), item(0, 'năm'), item(1, 'sáu'), item(3, 'bảy'), item(0, 'tám', 2)].join('');
    assert.deepEqual(await linesOf(makeDocx(body, { 'word/numbering.xml': numbering })), ['1. một', 'a) hai', 'b) ba', '1.1. bốn', '2. năm', 'a) sáu', '- bảy', '5. tám']);
  });

  test('numbers that come from a style are found through the styles it is based on', async () => {
    const styles = '<w:styles><w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/></w:style></w:styles>';
    const styled = (style: string, text: string): string => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const bytes = makeDocx(styled('B', 'một') + styled('C', 'vòng') + styled('A', 'hai'), { 'word/numbering.xml': numbering, 'word/styles.xml': styles });
    assert.deepEqual(await linesOf(bytes), ['1. một', 'vòng', '2. hai']);
  });

  test('runs, tabs, line breaks and references make one paragraph', async () => {
    const bytes = makeDocx('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Bộ </w:t></w:r><w:r><w:t>Công an &amp; Bộ&#32;Y tế</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r></w:p>');
    assert.deepEqual(await linesOf(bytes), ['Bộ Công an & Bộ Y tế\tx', 'y']);
  });

  test('deleted and hidden text, field codes and copies for old programs are not read, and it is said', async () => {
    const bytes = makeDocx('<w:p><w:del><w:r><w:t>xóa</w:t><w:delText>xóa</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><mc:AlternateContent><mc:Choice><w:t> một</w:t></mc:Choice><mc:Fallback><w:t> hai</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>');
    assert.deepEqual(await linesOf(bytes), ['thêm một']);
    assert.deepEqual([...(await notesOf(bytes))].sort(), ['hidden-text-left-out', 'tracked-changes-applied']);
  });

  test('a letterhead in a table is read cell after cell, a table of figures row by row', async () => {
    const cell = (...texts: string[]): string => `<w:tc>${texts.map(paragraph).join('')}</w:tc>`;
    const bytes = makeDocx(`<w:tbl><w:tr>${cell('CHÍNH PHỦ', 'Số: 1/NQ-CP')}${cell('CỘNG HÒA', 'Độc lập')}</w:tr></w:tbl><w:tbl><w:tr>${cell('1')}${cell('Bộ Y tế')}</w:tr><w:tr>${cell('2')}${cell('')}</w:tr></w:tbl>`);
    assert.deepEqual(await linesOf(bytes), ['CHÍNH PHỦ', 'Số: 1/NQ-CP', 'CỘNG HÒA', 'Độc lập', '1\tBộ Y tế', '2']);
  });

  test('R46: text in the old fonts .VnTime, .VnTimeH and VNI-Times is converted by its font, also when it comes from a style', async () => {
    const styles = '<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>';
    const run = (text: string, font?: string): string => `<w:r>${font === undefined ? '' : `<w:rPr><w:rFonts w:ascii="${font}"/></w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
    const bytes = makeDocx(`<w:p>${run('C«ng an ')}${run('tØnh ', '.VnTimeH')}${run('coâ', 'VNI-Times')}${run('ng', 'VNI-Times')}${run(' Đắk', 'Times New Roman')}</w:p>`, { 'word/styles.xml': styles });
    assert.deepEqual(await linesOf(bytes), ['Công an TỈNH công Đắk']);
  });

  test('R41: macros are never run and links never followed; both are said', async () => {
    const bytes = makeDocx(paragraph('x'), { 'word/vbaProject.bin': 'x', 'word/_rels/document.xml.rels': '<Relationships><Relationship Id="a" Type="b" Target="http://127.0.0.1:9/" TargetMode="External"/></Relationships>' });
    assert.deepEqual(await notesOf(bytes), ['macros-ignored', 'external-links-ignored']);
  });
});
