import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getDocumentProxy } from 'unpdf';
import { pageMm } from './official-document.ts';
import { columnWidthsMm, officialDocument } from './pdf.ts';
import { readDocument } from './read.ts';
import { sampleDocument } from './sample-document.ts';

const millimetres = (points: number): number => (points * 25.4) / 72;

type Placed = { readonly text: string; readonly left: number; readonly right: number; readonly fromTop: number; readonly size: number };
type Page = { readonly width: number; readonly height: number; readonly runs: readonly Placed[] };

/** Each page's runs of text, in millimetres from the left and the top edge. */
async function pagesOf(bytes: Uint8Array): Promise<Page[]> {
  const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
  const pages: Page[] = [];
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const page = await pdf.getPage(n);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item): Placed[] => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , size = 0, x = 0, y = 0] = item.transform as number[];
      return [{ text: item.str.normalize('NFC'), left: millimetres(x), right: millimetres(x + item.width), fromTop: millimetres(height - y), size }];
    });
    pages.push({ width: millimetres(width), height: millimetres(height), runs });
  }
  return pages;
}

const isFoot = (page: Page, run: Placed): boolean => run.fromTop > page.height - pageMm.bottom;
const near = (value: number, from: number, to: number): boolean => value >= from - 0.6 && value <= to + 0.6;

describe('an official document as PDF (Decree 30/2020, Annex I)', () => {
  test('pages are A4, upright, and lying for the annex', async () => {
    const pages = await pagesOf(await officialDocument(sampleDocument()));
    assert.ok(pages.length > 3);
    assert.deepEqual([Math.round(pages[0]?.width ?? 0), Math.round(pages[0]?.height ?? 0)], [210, 297]);
    assert.deepEqual([Math.round(pages[1]?.width ?? 0), Math.round(pages[1]?.height ?? 0)], [297, 210]);
  });

  test('margins lie in the ranges: left 30-35, right 15-20, top and bottom 20-25 mm', async () => {
    const pages = await pagesOf(await officialDocument(sampleDocument()));
    for (const page of pages) {
      const body = page.runs.filter((run) => !isFoot(page, run) && run.fromTop > 20);
      assert.ok(body.every((run) => run.left >= 29.9), 'nothing stands in the left margin');
      assert.ok(body.every((run) => run.right <= page.width - 14.9), 'nothing stands in the right margin');
      assert.ok(body.every((run) => run.fromTop <= page.height - 20), 'nothing stands in the bottom margin');
    }
    const first = pages[0]?.runs.filter((run) => run.fromTop < 275) ?? [];
    assert.ok(near(Math.min(...first.map((run) => run.left)), 30, 35));
    assert.ok(near(210 - Math.max(...first.map((run) => run.right)), 15, 20));
    assert.ok(near(Math.min(...first.map((run) => run.fromTop - millimetres(run.size) * 0.9)), 20, 25));
  });

  test('the page number stands in the middle of the top margin, from page 2, in 13-14 points', async () => {
    const pages = await pagesOf(await officialDocument(sampleDocument()));
    pages.forEach((page, i) => {
      const top = page.runs.filter((run) => run.fromTop < 20);
      assert.deepEqual(top.map((run) => run.text), i === 0 ? [] : [`${i + 1}`]);
      for (const number of top) {
        assert.ok(number.size >= 13 && number.size <= 14);
        assert.ok(Math.abs((number.left + number.right) / 2 - (pageMm.left + (page.width - pageMm.right)) / 2) < 1);
      }
    });
  });

  test('sizes are those of the decree: national title 12-13, motto 13-14, text 13-14 points', async () => {
    const [page] = await pagesOf(await officialDocument(sampleDocument()));
    const sizeOf = (start: string): number => page?.runs.find((run) => run.text.startsWith(start))?.size ?? 0;
    assert.ok(near(sizeOf('CỘNG'), 12, 13) && near(sizeOf('Độc'), 13, 14) && near(sizeOf('Ngưỡng'), 13, 14));
  });

  test('the header row is repeated on each page of a table, and no row is torn', async () => {
    const pages = await pagesOf(await officialDocument(sampleDocument()));
    for (const page of pages.slice(1)) {
      const words = page.runs.map((run) => run.text).join(' ').replace(/\s+/g, ' ');
      assert.match(words, /STT Rõ người Rõ việc Rõ thời gian/);
      const begun = words.match(/Nhiệm vụ số \d+:/g)?.length ?? 0;
      assert.equal(words.match(/điểm phức tạp\./g)?.length ?? 0, begun);
      assert.ok(begun > 0);
    }
  });

  test('synthetic data says so on every page; real data never', async () => {
    for (const synthetic of [true, false]) {
      const pages = await pagesOf(await officialDocument({ ...sampleDocument(), synthetic }));
      for (const page of pages) assert.equal(page.runs.some((run) => run.text.includes('GIẢ LẬP')) || page.runs.map((run) => run.text).join('').includes('GIẢ LẬP'), synthetic);
    }
  });

  test('fonts are embedded: every font of the file carries its program', async () => {
    const source = Buffer.from(await officialDocument(sampleDocument(3))).toString('latin1');
    const descriptors = source.match(/\/Type \/FontDescriptor[\s\S]*?endobj/g) ?? [];
    assert.equal(descriptors.length, 4);
    for (const descriptor of descriptors) assert.match(descriptor, /\/FontFile2 \d+ 0 R/);
    for (const name of source.match(/\/FontName \/\S+/g) ?? []) assert.match(name, /^\/FontName \/[A-Z]{6}\+Tinos/);
  });

  test('every Vietnamese letter is drawn by a glyph of the font: none is missing, none falls apart', async () => {
    const bases = 'aăâeêioôơuưy';
    const toned = [...bases].flatMap((base) => ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (base + tone).normalize('NFC')));
    const letters = `${toned.join('')}đ₫`;
    const text = `${letters} ${letters.toUpperCase()}`;
    const document = { ...sampleDocument(1), body: [{ kind: 'paragraph' as const, text: text.normalize('NFD') }] };
    const read = await readDocument(await officialDocument(document), 'a.pdf');
    assert.ok(read.ok);
    const packed = read.value.text.replace(/\s/g, '');
    assert.ok(packed.includes(text.replace(/\s/g, '')));
  });

  test('text read back is the text put in: paragraphs whole, page numbers and foot left out', async () => {
    const document = sampleDocument();
    const read = await readDocument(await officialDocument(document), 'a.pdf');
    assert.ok(read.ok, JSON.stringify(read));
    const lines = read.value.text.split('\n');
    for (const block of document.body) assert.ok(lines.includes(block.kind === 'item' ? `${block.marker} ${block.text}` : block.text), block.text);
    for (const line of document.legalBasis ?? []) assert.ok(lines.includes(line));
    assert.ok(lines.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM') && lines.includes('Số: 128/TB-VPTT') && lines.includes('- Lưu: VT, VPTT.'));
    assert.ok(!read.value.text.includes('In từ Sáu Rõ'));
    assert.deepEqual(read.value.notes, ['running-lines-left-out']);
  });

  test('a cell longer than a page is not cut off', async () => {
    const long = Array.from({ length: 900 }, (_, i) => `từ${i}`).join(' ');
    const sample = sampleDocument(0);
    const document = { ...sample, table: { columns: [{ title: 'Một' }, { title: 'Hai', widthMm: 30 }], rows: [['ngắn', long]] } };
    const words = (await pagesOf(await officialDocument(document))).flatMap((page) => page.runs.map((run) => run.text)).join(' ');
    for (const word of ['từ0', 'từ450', 'từ899']) assert.ok(words.includes(word), word);
  });

  test('two hundred recipients are all named', async () => {
    const recipients = Array.from({ length: 200 }, (_, i) => `Ủy ban nhân dân xã thứ ${i + 1}`);
    const { annex: _annex, ...sample } = sampleDocument(0);
    const words = (await pagesOf(await officialDocument({ ...sample, recipients }))).flatMap((page) => page.runs.map((run) => run.text)).join(' ').replace(/\s+/g, ' ');
    for (const recipient of recipients) assert.ok(words.includes(recipient), recipient);
  });

  test('English, a dispatch without kind, no recipients, no number: still a document', async () => {
    const { superior: _superior, annex: _annex, ...rest } = sampleDocument(1);
    const read = await readDocument(await officialDocument({ ...rest, language: 'en', kind: '', number: '', recipients: [], synthetic: false, orientation: 'landscape' }), 'a.pdf');
    assert.ok(read.ok);
    assert.match(read.value.text, /SOCIALIST REPUBLIC OF VIET NAM/);
    assert.match(read.value.text, /No\. \.{9}/);
  });

  test('column widths fill the line whatever was asked for', () => {
    const widths = (asked: (number | undefined)[]): number =>
      columnWidthsMm({ columns: asked.map((widthMm) => ({ title: '', ...(widthMm === undefined ? {} : { widthMm }) })), rows: [] }, 163).reduce((a, b) => a + b, 0);
    for (const asked of [[10, undefined], [100, 100, 100], [200, undefined, undefined], [undefined], [20, 20]]) assert.ok(Math.abs(widths(asked) - 163) < 0.01, String(asked));
  });

  test('a password-protected PDF has its own answer', async () => {
    const pdfmake = (await import('pdfmake')).default;
    const locked = await pdfmake.createPdf({ content: 'x', userPassword: 'mat-khau', defaultStyle: { font: 'Tinos' } }).getBuffer();
    const read = await readDocument(locked, 'khoa.pdf');
    assert.deepEqual(read, { ok: false, problem: { code: 'document-encrypted', fileName: 'khoa.pdf' } });
  });
});

test('words with hyphens and strokes, dashes at a line\'s start and paragraphs over a page\'s end are read back as they were', async () => {
  const text = 'Bộ Lao động-Thương binh và Xã hội phối hợp với Ngân hàng Nhà nước - Chi nhánh khu vực, căn cứ Quyết định số 1956/QĐ-TTg ngày 27/11/2009, tổ chức đào tạo nghề cho lao động nông thôn giai đoạn 2026–2030 theo hướng kinh tế-xã hội bền vững, ';
  const { annex: _annex, legalBasis: _basis, ...sample } = sampleDocument(0);
  for (let extra = 0; extra < 6; extra += 1) {
    const body = Array.from({ length: 5 }, (_, i) => ({ kind: 'paragraph' as const, text: `${i}${'x'.repeat(extra * 3)} ${text.repeat(6 + i)}hết.` }));
    const read = await readDocument(await officialDocument({ ...sample, body }), 'a.pdf');
    assert.ok(read.ok);
    const lines = new Set(read.value.text.split('\n'));
    for (const block of body) assert.ok(lines.has(block.text.replace(/\s+/g, ' ')), block.text.slice(0, 20));
  }
});
