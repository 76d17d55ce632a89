import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { makeXlsx, makeZip } from './hostile-files.ts';
import { readWorkbook, tableOf, type WorkbookColumn, type WorkbookValue, writeWorkbook } from './xlsx.ts';
import { openArchive } from './zip-guard.ts';

const columns: readonly WorkbookColumn[] = [
  { key: 'code', title: 'Mã nhiệm vụ', type: 'text', locked: true },
  { key: 'name', title: 'Rõ việc', type: 'text', widthChars: 60 },
  { key: 'count', title: 'Số lượng', type: 'number' },
  { key: 'share', title: 'Tỷ lệ', type: 'percent', decimals: 1 },
  { key: 'dueOn', title: 'Hạn', type: 'date' },
];
const rows: Readonly<Record<string, WorkbookValue>>[] = [
  { code: '00123', name: 'Báo cáo kết quả', count: 1_234_567, share: 0.256, dueOn: '2025-12-31' },
  { code: '00124', name: '', count: 0, share: null, dueOn: '2024-02-29' },
  { code: '00125', name: 'dòng 1\ndòng 2  hai cách', count: null, share: 1, dueOn: '1999-01-01' },
];

async function partOf(bytes: Uint8Array, name: string): Promise<string> {
  const opened = openArchive(bytes);
  assert.ok(opened.ok);
  const part = opened.value.read(name);
  assert.ok(part.ok && part.value !== undefined);
  return new TextDecoder().decode(part.value);
}
async function codeOf(bytes: Uint8Array): Promise<string> {
  const read = await readWorkbook(bytes);
  return read.ok ? 'read' : read.problem.code;
}

describe('a workbook that goes out', () => {
  test('comes back with every field the same: numbers numbers, days days, leading zeros kept', async () => {
    const read = await readWorkbook(await writeWorkbook({ sheets: [{ name: 'Nhiệm vụ', above: ['Lọc: tất cả'], columns, rows }] }));
    assert.ok(read.ok && read.value[0] !== undefined);
    const table = tableOf(read.value[0], columns);
    assert.ok(table.ok);
    assert.deepEqual(table.value.map((row) => row.rowNumber), [3, 4, 5]);
    assert.deepEqual(table.value[0]?.cells, {
      code: { type: 'text', value: '00123' }, name: { type: 'text', value: 'Báo cáo kết quả' }, count: { type: 'number', value: 1_234_567 },
      share: { type: 'number', value: 0.256 }, dueOn: { type: 'date', value: '2025-12-31' },
    });
    assert.deepEqual(table.value[1]?.cells['count'], { type: 'number', value: 0 });
    assert.deepEqual(table.value[1]?.cells['share'], { type: 'empty' });
    assert.deepEqual(table.value[1]?.cells['dueOn'], { type: 'date', value: '2024-02-29' });
    assert.deepEqual(table.value[2]?.cells['name'], { type: 'text', value: 'dòng 1\ndòng 2  hai cách' });
  });

  test('freezes the header, locks the code column only, labels synthetic data and explains its words', async () => {
    const bytes = await writeWorkbook({
      sheets: [{ name: 'Nhiệm vụ', columns, rows }], syntheticLabel: 'DỮ LIỆU GIẢ LẬP',
      definitions: { name: 'Giải thích', titles: ['Từ', 'Nghĩa'], rows: [['Hạn', 'Ngày phải xong']] },
    });
    const workbook = await readXlsx(bytes, { readStyles: true });
    assert.deepEqual(workbook.sheets.map((sheet) => sheet.name), ['Nhiệm vụ', 'Giải thích']);
    for (const sheet of workbook.sheets) assert.equal(sheet.rows[0]?.[0], 'DỮ LIỆU GIẢ LẬP');
    const [sheet] = workbook.sheets;
    assert.equal(sheet?.freezePane?.rows, 2);
    assert.equal(sheet?.protection?.sheet, true);
    const locked = [0, 1, 2, 3, 4].map((c) => sheet?.cells?.get(`2,${c}`)?.style?.protection?.locked);
    assert.deepEqual(locked.slice(1), [false, false, false, false]);
    assert.notEqual(locked[0], false);
    assert.equal(sheet?.cells?.get('2,3')?.style?.numFmt, '0.0%');
    assert.deepEqual(workbook.sheets[1]?.rows.slice(1), [['Từ', 'Nghĩa'], ['Hạn', 'Ngày phải xong']]);
  });

  test('R41: text that looks like a formula is stored as text in text format, and nothing is a formula', async () => {
    const lures = ['=1+1', '+84', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '=HYPERLINK("http://x";"y")', "=cmd|'/c calc'!A0", '=DDE("a";"b")'];
    const bytes = await writeWorkbook({ sheets: [{ name: '=A', above: ['=1'], columns, rows: lures.map((name) => ({ code: name, name, dueOn: name, count: null, share: null })) }] });
    const sheet = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    assert.equal(/<f[ >]/.test(sheet), false);
    const workbook = await readXlsx(bytes, { readStyles: true });
    lures.forEach((_, r) => {
      const cell = workbook.sheets[0]?.cells?.get(`${r + 2},1`);
      assert.equal(cell?.type, 'string');
      assert.equal(cell?.style?.numFmt, '@');
    });
  });

  test('R46: any text goes out and comes back in canonical composition, or as nothing when nothing can be seen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 20 }), async (texts) => {
        const bytes = await writeWorkbook({ sheets: [{ name: 'A', columns, rows: texts.map((name) => ({ code: 'x', name })) }] });
        const read = await readXlsx(bytes);
        assert.equal(read.sheets[0]?.rows.length, texts.length + 1);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});

describe('a workbook that comes in', () => {
  test('R41: a formula is not evaluated; what its program kept stands beside it', async () => {
    const read = await readWorkbook(makeXlsx('<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="b"><v>1</v></c></row></sheetData>'));
    assert.ok(read.ok);
    assert.deepEqual(read.value[0]?.rows[0], [
      { type: 'formula', cached: 2 }, { type: 'formula', cached: null }, { type: 'error', value: '#REF!' }, { type: 'boolean', value: true },
    ]);
  });

  test('merged cells are reported', async () => {
    const read = await readWorkbook(makeXlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'));
    assert.ok(read.ok);
    assert.deepEqual(read.value[0]?.merges, [{ startRow: 0, startCol: 0, endRow: 1, endCol: 1 }]);
  });

  test('R41: macros, external links, queries and embedded files are refused', async () => {
    for (const part of ['xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml', 'xl/connections.xml', 'xl/macrosheets/sheet1.xml', 'xl/embeddings/o.bin']) {
      assert.equal(await codeOf(makeXlsx('<sheetData/>', { [part]: '<a/>' })), 'document-unsafe', part);
    }
    const rels = '<Relationships><Relationship Id="r" Type="x/oleObject" Target="http://x" TargetMode="External"/></Relationships>';
    assert.equal(await codeOf(makeXlsx('<sheetData/>', { 'xl/worksheets/_rels/sheet1.xml.rels': rels })), 'document-unsafe');
  });

  test('R43: a DOCTYPE in the sheet, the strings or the relations is refused', async () => {
    for (const part of ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/_rels/workbook.xml.rels']) {
      assert.equal(await codeOf(makeXlsx('<sheetData/>', { [part]: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>' })), 'document-unsafe', part);
    }
  });

  test('R42: two cells at opposite corners do not fill the memory', async () => {
    const code = await codeOf(makeXlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'));
    assert.ok(['document-corrupt', 'workbook-too-large', 'document-zip-bomb'].includes(code), code);
  });

  test('empty, not a workbook, a Word file, a bomb: refused by code', async () => {
    assert.equal(await codeOf(new Uint8Array()), 'document-empty');
    assert.equal(await codeOf(new TextEncoder().encode('a,b')), 'document-unsupported');
    assert.equal(await codeOf(makeZip([{ name: 'word/document.xml', content: '<d/>' }])), 'document-unsupported');
    assert.equal(await codeOf(makeZip([{ name: 'xl/workbook.xml', content: new Uint8Array(9 * 1024 * 1024) }])), 'document-zip-bomb');
  });

  test('rows given a name are a table of the workbook, so formulas and pivots can name them; titles that repeat are told apart', async () => {
    const bytes = await writeWorkbook({ sheets: [{ name: 'Số liệu', table: 'So_lieu', columns: [{ key: 'a', title: 'Kỳ', type: 'text' }, { key: 'b', title: 'kỳ', type: 'number' }], rows: [{ a: '2026-11', b: 1 }] }], syntheticLabel: 'GIẢ LẬP' });
    assert.ok(Buffer.from(bytes).toString('latin1').includes('xl/tables/table1.xml'));
    const read = await readWorkbook(bytes);
    assert.ok(read.ok && read.value[0] !== undefined);
    assert.deepEqual(tableOf(read.value[0], [{ key: 'a', title: 'Kỳ' }, { key: 'b', title: 'kỳ (2)' }]), { ok: true, value: [{ rowNumber: 3, cells: { a: { type: 'text', value: '2026-11' }, b: { type: 'number', value: 1 } } }] });
  });
  test('a table whose columns were moved is found; one that lacks a column is refused by its title', async () => {
    const moved = [...columns].reverse();
    const read = await readWorkbook(await writeWorkbook({ sheets: [{ name: 'A', columns: moved, rows }] }));
    assert.ok(read.ok && read.value[0] !== undefined);
    const table = tableOf(read.value[0], columns);
    assert.ok(table.ok);
    assert.deepEqual(table.value[0]?.cells['code'], { type: 'text', value: '00123' });
    const without = await readWorkbook(await writeWorkbook({ sheets: [{ name: 'A', columns: columns.slice(1), rows }] }));
    assert.ok(without.ok && without.value[0] !== undefined);
    assert.deepEqual(tableOf(without.value[0], columns), { ok: false, problem: { code: 'workbook-columns-missing', titles: 'Mã nhiệm vụ' } });
  });
});
