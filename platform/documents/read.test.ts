import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, test } from 'node:test';
import { writeXlsx } from 'hucre/xlsx';
import english from './messages.en.json' with { type: 'json' };
import vietnamese from './messages.vi.json' with { type: 'json' };
import { makeDocx, makePdf, makePdfPage, makeZip, paragraph } from './hostile-files.ts';
import { parseDocument } from './parse.ts';
import { readDocument, uploadLimitBytes } from './read.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

async function textOf(bytes: Uint8Array, name = 'van-ban.txt'): Promise<string> {
  const read = await readDocument(bytes, name);
  assert.ok(read.ok, `expected text, got ${JSON.stringify(read)}`);
  return read.value.text;
}
async function codeOf(bytes: Uint8Array, name = 'van-ban.txt'): Promise<string> {
  const read = await readDocument(bytes, name);
  return read.ok ? `read: ${read.value.text.slice(0, 60)}` : read.problem.code;
}
async function notesOf(bytes: Uint8Array): Promise<readonly string[]> {
  const read = await readDocument(bytes, 'van-ban');
  return read.ok ? read.value.notes : [read.problem.code];
}

const sentence = 'Giao Bộ Công an chủ trì, phối hợp với Ủy ban nhân dân các tỉnh, thành phố báo cáo trước ngày 15 tháng 12 năm 2025.';
/** The same sentence as an old file holds it: TCVN3 (ABC) bytes, and VNI bytes, both shown as Latin-1. */
const tcvn3Sentence = 'Giao Bé C«ng an chñ tr×, phèi hîp víi ñy ban nh©n d©n c¸c tØnh, thµnh phè b¸o c¸o tr\u00adíc ngµy 15 th¸ng 12 n¨m 2025.';
const vniSentence = 'Giao Boä Coâng an chuû trì, phoái hôïp vôùi UÛy ban nhaân daân caùc tænh, thaønh phoá baùo caùo tröôùc ngaøy 15 thaùng 12 naêm 2025.';

describe('reading a plain text', () => {
  test('UTF-8 is read as it is, with the hash of the original bytes', async () => {
    const read = await readDocument(utf8(sentence), 'a.txt');
    assert.deepEqual(read, { ok: true, value: { text: sentence, kind: 'txt', sha256: createHash('sha256').update(utf8(sentence)).digest('hex'), notes: [] } });
  });

  test('UTF-8 and UTF-16 with their marks, and UTF-16 without one, are read', async () => {
    const utf16 = Buffer.from(sentence, 'utf16le');
    assert.equal(await textOf(utf8(`\ufeff${sentence}`)), sentence);
    assert.equal(await textOf(Buffer.from(`\ufeff${sentence}`, 'utf16le')), sentence);
    assert.equal(await textOf(Buffer.from(`\ufeff${sentence}`, 'utf16le').swap16()), sentence);
    assert.equal(await textOf(utf16), sentence);
    assert.equal(await textOf(Buffer.from(utf16).swap16()), sentence);
  });

  test('R46: decomposed letters and line ends stay as they came, because spans point at characters', async () => {
    const source = `${sentence.normalize('NFD')}\r\n- ${sentence}`;
    assert.equal(await textOf(utf8(source)), source);
  });

  test('R46: bytes of TCVN3 become Unicode, and it is said', async () => {
    assert.equal((await textOf(latin1(tcvn3Sentence))).toLowerCase(), sentence.toLowerCase());
    assert.deepEqual(await notesOf(latin1(tcvn3Sentence)), ['converted-tcvn3']);
  });

  test('R46: bytes of VNI become Unicode, and it is said', async () => {
    assert.equal(await textOf(latin1(vniSentence)), sentence);
    assert.deepEqual(await notesOf(latin1(vniSentence)), ['converted-vni']);
  });

  test('R46: TCVN3 and VNI text pasted into a UTF-8 file is found too', async () => {
    assert.equal((await textOf(utf8(tcvn3Sentence))).toLowerCase(), sentence.toLowerCase());
    assert.equal(await textOf(utf8(vniSentence)), sentence);
  });

  test('code page 1258, which writes tones as marks of their own, is read', async () => {
    const bytes = latin1('Ðo\u00e0n c\u00f4ng t\u00e1c \u00f0\u00ea\u00ec ngh\u00ea\u00f2 c\u00f4ng b\u00f4\u00ec, ki\u00eaÒm tra thu\u00eaì v\u00e0 ph\u00f4Ìi h\u00f5\u00f2p');
    assert.match(await textOf(bytes), /đế nghệ công bố/);
  });

  test('old bytes that no reading explains are refused, not guessed', async () => {
    assert.equal(await codeOf(latin1('\xe4\xf6\xdf \xfe\xf0\xe6 \xe5\xf8\xc6 \xdf\xdf\xe4 xin \xb6\xb6\xa4 \xaf\xb4\xbf')), 'document-legacy-encoding');
  });

  test('French in UTF-8, and curly quotes of Windows, are not taken for Vietnamese', async () => {
    const french = 'Les autorités ont décidé d’améliorer la sécurité des élèves; l’année dernière déjà, à côté du lycée, où était né le préfet.';
    assert.equal(await textOf(utf8(french)), french);
    assert.equal(await textOf(Buffer.from([0x93, 0x48, 0x69, 0x94])), '“Hi”');
  });

  test('R46: NUL, control, bidi and invisible characters and lone surrogates are taken out and said', async () => {
    assert.equal(await textOf(utf8(`Công\u202e an\u2066 tỉnh\u200b x\u0007${' đủ dài để không phải tệp nhị phân'.repeat(10)}`)), `Công an tỉnh x${' đủ dài để không phải tệp nhị phân'.repeat(10)}`);
    assert.deepEqual(await notesOf(utf8(`a\u202eb\u200bc ${'đ'.repeat(200)}\0`)), ['bidi-controls-removed', 'invisible-characters-removed', 'control-characters-removed']);
    assert.deepEqual(await notesOf(Buffer.from(`\ufeffa\ud800b`, 'utf16le')), ['characters-lost']);
  });

  test('10,000 lines are read whole', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `${i + 1}. ${sentence}`).join('\n');
    assert.equal((await textOf(utf8(lines))).split('\n').length, 10_000);
  });
});

describe('a file that cannot be read says why', () => {
  test('empty, blank, and too large', async () => {
    assert.equal(await codeOf(new Uint8Array()), 'document-empty');
    assert.equal(await codeOf(utf8(' \r\n\t\u200b\n')), 'document-empty');
    assert.deepEqual(await readDocument(new Uint8Array(50 * 1024 * 1024), 'to.txt'), {
      ok: false,
      problem: { code: 'document-too-large', fileName: 'to.txt', sizeMb: 50, limitMb: 20 },
    });
    assert.equal(await codeOf(utf8(sentence.repeat(30_000))), 'document-too-long');
    assert.ok(utf8(sentence.repeat(30_000)).length < uploadLimitBytes);
  });

  test('pictures, programs and noise are binary, whatever their name', async () => {
    assert.equal(await codeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'bao-cao.docx'), 'document-binary');
    assert.equal(await codeOf(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), 'x.txt'), 'document-binary');
    assert.equal(await codeOf(new Uint8Array(3000), 'x.txt'), 'document-binary');
  });

  test('old Word, RTF, HTML and a zip that is no document are not supported', async () => {
    const compound = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]);
    assert.equal(await codeOf(compound), 'document-unsupported');
    assert.equal(await codeOf(utf8('{\\rtf1 x}')), 'document-unsupported');
    assert.equal(await codeOf(utf8('<!DOCTYPE html><p>x')), 'document-unsupported');
    assert.equal(await codeOf(makeZip([{ name: 'a.txt', content: 'x' }])), 'document-unsupported');
  });

  test('an office file with a password is told apart from an old one', async () => {
    const locked = await writeXlsx({ sheets: [{ name: 'A', rows: [['x']] }], encryption: { password: 'mat-khau', spinCount: 1000 } });
    assert.equal(await codeOf(locked), 'document-encrypted');
  });

  test('R42: bombs dressed as Word files, flat and nested, are refused', async () => {
    const bomb = makeZip([{ name: 'word/document.xml', content: new Uint8Array(30 * 1024 * 1024) }]);
    assert.equal(await codeOf(bomb, 'ke-hoach.docx'), 'document-zip-bomb');
    const nested = makeZip([{ name: 'word/inner.docx', content: bomb, stored: true }]);
    assert.equal(await codeOf(nested), 'document-unsupported');
    const carried = makeZip([{ name: 'word/document.xml', content: `<w:document><w:body>${paragraph('Giao Bộ Y tế')}</w:body></w:document>` }, { name: 'word/embeddings/x.docx', content: bomb, stored: true }]);
    assert.equal(await textOf(carried), 'Giao Bộ Y tế');
    assert.ok((await notesOf(carried)).includes('attachments-ignored'));
  });

  test('the deadline ends the reading, not the service', async () => {
    const read = await readDocument(makeDocx(paragraph('x').repeat(1000)), 'a.docx', { timeMs: 1 });
    assert.deepEqual(read, { ok: false, problem: { code: 'document-timeout', seconds: 1, fileName: 'a.docx' } });
    assert.equal(await textOf(makeDocx(paragraph('vẫn đọc được'))), 'vẫn đọc được');
  });

  test('every code and note has its sentence in both languages', () => {
    assert.deepEqual(Object.keys(vietnamese).sort(), Object.keys(english).sort());
    const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    const english2: Readonly<Record<string, string>> = english;
    for (const [key, text] of Object.entries(vietnamese)) assert.deepEqual(placeholders(text), placeholders(english2[key] ?? ''), key);
  });
});

describe('R43: XML parts of a Word file', () => {
  const withPart = (xml: string): Uint8Array => makeDocx('', { 'word/document.xml': xml });
  const attacks: Readonly<Record<string, string>> = {
    'external file': '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>',
    'http address': '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>',
    'parameter entity': '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><d/>',
    'billion laughs': `<!DOCTYPE d [<!ENTITY a "lol">${[...'bcdefgh'].map((c, i) => `<!ENTITY ${c} "${`&${'abcdefg'[i]};`.repeat(10)}">`).join('')}]><d>&h;</d>`,
    'UTF-7 declaration': '<?xml version="1.0" encoding="UTF-7"?><d>+ADwAIQ-DOCTYPE</d>',
  };
  for (const [name, xml] of Object.entries(attacks)) {
    test(`R43: ${name} is refused`, async () => assert.equal(await codeOf(withPart(xml)), 'document-unsafe'));
  }

  test('R43: a DOCTYPE in UTF-16, in styles, in numbering or in relations is refused as well', async () => {
    const wide = makeZip([{ name: 'word/document.xml', content: Buffer.from('\ufeff<!DOCTYPE d><d/>', 'utf16le') }]);
    assert.equal(await codeOf(wide), 'document-unsafe');
    for (const part of ['word/styles.xml', 'word/numbering.xml', 'word/_rels/document.xml.rels', '[Content_Types].xml']) {
      assert.equal(await codeOf(makeDocx(paragraph('x'), { [part]: '<!DOCTYPE d><d/>' })), 'document-unsafe', part);
    }
  });

  test('R43: an undeclared entity, broken nesting and bottomless nesting are damage', async () => {
    assert.equal(await codeOf(withPart('<d>&x;</d>')), 'document-corrupt');
    assert.equal(await codeOf(withPart('<d><e></d></e>')), 'document-corrupt');
    assert.equal(await codeOf(makeDocx('<w:p>'.repeat(2_000))), 'document-corrupt');
  });
});

describe('reading a PDF', () => {
  test('the text layer is read', async () => {
    assert.equal(await textOf(makePdfPage('BT /F1 12 Tf 72 700 Td (Conclusion No. 564) Tj ET')), 'Conclusion No. 564');
  });

  test('a scan, an empty page, a damaged file have their own answers', async () => {
    assert.equal(await codeOf(makePdfPage('q 500 0 0 700 40 40 cm /Scan Do Q')), 'document-scanned');
    assert.equal(await codeOf(makePdfPage('')), 'document-empty');
    assert.equal(await codeOf(utf8('%PDF-1.7\nnothing follows')), 'document-corrupt');
  });

  test('a file with far too many pages is refused by its count', async () => {
    const kids = Array.from({ length: 2000 }, () => '3 0 R').join(' ');
    const pdf = makePdf(['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count 2000 >>`, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>']);
    assert.equal(await codeOf(pdf), 'document-too-many-pages');
  });

  test('R42: a stream that inflates without end is stopped, and the next document is read', { timeout: 60_000 }, async () => {
    const stream = deflateSync(Buffer.alloc(200 * 1024 * 1024, 0x20), { level: 9 }).toString('latin1');
    const bomb = makePdf([
      '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
      `<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n${stream}\nendstream`,
    ]);
    const read = await readDocument(bomb, 'bom.pdf', { timeMs: 4_000 });
    assert.equal(read.ok, false);
    assert.equal(await textOf(utf8('tiếp theo')), 'tiếp theo');
  });
});

test('R48: altered documents are read or refused, never thrown', async () => {
  const samples: ['docx' | 'pdf', Uint8Array][] = [
    ['docx', makeDocx(paragraph(sentence).repeat(3))],
    ['pdf', makePdfPage('BT /F1 12 Tf 72 700 Td (Conclusion) Tj ET')],
  ];
  let seed = 12345;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  for (const [kind, good] of samples) {
    for (let i = 0; i < 60; i += 1) {
      const altered = Uint8Array.from(good);
      for (let n = 0; n <= next(4); n += 1) altered[next(altered.length)] = next(256);
      const answer = await parseDocument(kind, altered);
      assert.equal(typeof answer.ok, 'boolean');
    }
  }
});
